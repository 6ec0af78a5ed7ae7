//! Links and leads of other stories inside a page: headlines between the paragraphs, and the teasers below the report.
//!
//! Neither carries a label once a page is saved as text. Links are headlines, lines without a full stop among paragraphs
//! that all have one. Teasers are leads: several paragraphs in a row that take up nothing of what stands before them, neither
//! with a connective, as nearly every later paragraph of an Arabic report does, nor with its words.

use std::collections::HashSet;

use super::{furniture::Page, tokens::Tokens};
use crate::lang::Class;

/// Words of a headline that stands alone between two paragraphs; fewer are a heading of the report's own.
const HEADLINE: std::ops::RangeInclusive<usize> = 7..=16;
/// Fewer words do beside another such line.
const NEXT_HEADLINE: usize = 4;
/// The share of paragraphs that must end like sentences, as a fraction.
const ENDED: (usize, usize) = (7, 10);
/// Words of a lead.
const LEAD: std::ops::RangeInclusive<usize> = 12..=60;
/// The fewest leads in a row; two paragraphs of a report can be as far from the rest.
const LEADS: usize = 3;
/// The most of them.
const MOST: usize = 12;
/// The most that leads may share with the text before them, in hundredths of their words: the first of them, most, and all taken together.
const SHARED: (usize, usize, usize) = (22, 30, 27);

/// Hides the links and teasers among the lines of a page; what is hidden already is passed over.
pub(super) fn hide(tokens: &Tokens<'_>, lines: &[(usize, usize)], page: &mut Page) {
    let body: Vec<(usize, usize)> = lines
        .iter()
        .copied()
        .filter(|(start, end)| *end > page.body && !page.hides(*start) && tokens.words(*start, *end) > 0)
        .collect();
    let leads = leads(tokens, &body, page);
    for &(start, end) in &body[body.len() - leads..] {
        page.hide(tokens, start, end, "teaser");
    }
    let report = &body[..body.len() - leads];
    for n in links(tokens, report) {
        page.hide(tokens, report[n].0, report[n].1, "related");
    }
}

/// The lines that are headlines of other stories.
fn links(tokens: &Tokens<'_>, body: &[(usize, usize)]) -> Vec<usize> {
    let ended: Vec<bool> = body.iter().map(|line| ends(tokens, *line)).collect();
    let n_ended = ended.iter().filter(|ended| **ended).count();
    if n_ended < 4 || n_ended * ENDED.1 < body.len() * ENDED.0 {
        return Vec::new();
    }
    let is_open = |n: usize| !ended[n] && !is_linked(tokens, body[n]) && !has_bullet(tokens, body[n]);
    let words = |n: usize| tokens.words(body[n].0, body[n].1);
    let mut found = Vec::new();
    let mut n = 1;
    while n + 1 < body.len() {
        // A group of such lines between two paragraphs.
        let stop = (n..body.len()).find(|n| !is_open(*n)).unwrap_or(body.len());
        let group = n..stop;
        let whole = ended[n - 1] && stop < body.len() && ended[stop];
        let sure = group.clone().any(|n| HEADLINE.contains(&words(n)));
        let fits = group.clone().all(|n| (NEXT_HEADLINE..=*HEADLINE.end()).contains(&words(n)));
        // Lines with a colon each are a list.
        let colon = |n: usize| (body[n].0..body[n].1).any(|at| tokens.mark(at) == ':');
        let list = group.len() > 1 && group.clone().all(colon);
        if whole && sure && fits && !list && group.len() <= 4 {
            found.extend(group);
        }
        n = stop.max(n) + 1;
    }
    found
}

/// How many of the last lines are leads of other stories.
fn leads(tokens: &Tokens<'_>, body: &[(usize, usize)], page: &Page) -> usize {
    let fits = |line: &(usize, usize)| LEAD.contains(&tokens.words(line.0, line.1)) && !has_bullet(tokens, *line);
    let first = body.len() - body.iter().rev().take(MOST).take_while(|line| fits(line)).count();
    let mut before: HashSet<&str> = HashSet::new();
    let (start, end) = page.title_tokens;
    let title: HashSet<&str> = stems(tokens, start, end).collect();
    before.extend(&title);
    before.extend(body[..first].iter().flat_map(|(start, end)| stems(tokens, *start, *end)));
    let mut linked = body[..first].iter().filter(|line| is_linked(tokens, **line)).count();
    for n in first..(body.len() + 1).saturating_sub(LEADS) {
        let rest = &body[n..];
        let shares: Vec<usize> = rest.iter().map(|(start, end)| shared(tokens, *start, *end, &before)).collect();
        let near = shares.iter().filter(|share| **share > SHARED.1).count();
        let goes_on = rest.iter().filter(|line| is_linked(tokens, **line)).count();
        let mut words = (rest[0].0..rest[0].1).filter(|at| tokens.all[*at].is_word());
        // What goes on about the headline is the report.
        let begins = stems(tokens, rest[0].0, rest[0].1).all(|stem| !title.contains(stem))
            && !is_linked(tokens, rest[0])
            && words.next().is_some_and(|at| !tokens.all[at].is(Class::FUNCTION));
        // Where paragraphs are not linked in general, missing links say nothing.
        let missing = linked > 0 && linked * 4 >= n;
        let apart = shares[0] <= SHARED.0 && near * 4 <= rest.len() && shares.iter().sum::<usize>() <= SHARED.2 * rest.len();
        if begins && missing && goes_on * 4 <= rest.len() && apart {
            return rest.len();
        }
        before.extend(stems(tokens, body[n].0, body[n].1));
        linked += usize::from(is_linked(tokens, body[n]));
    }
    0
}

/// Hundredths of a paragraph's words that stand in the text before it.
fn shared(tokens: &Tokens<'_>, start: usize, end: usize, before: &HashSet<&str>) -> usize {
    let (mut all, mut known) = (0, 0);
    for stem in stems(tokens, start, end) {
        all += 1;
        known += usize::from(before.contains(stem));
    }
    known * 100 / all.max(1)
}

/// The longer words between two tokens without particles and article.
fn stems<'t>(tokens: &'t Tokens<'_>, start: usize, end: usize) -> impl Iterator<Item = &'t str> {
    let long = |word: &&str| word.chars().count() > 3;
    (start..end).map(|at| tokens.folded(at)).filter(long).map(move |word| {
        let word = word.strip_prefix(['و', 'ف']).filter(long).unwrap_or(word);
        let word = word.strip_prefix(['ب', 'ك', 'ل']).filter(long).unwrap_or(word);
        word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
    })
}

/// Whether a paragraph goes on from the one before it: وأضاف, كما, لكن.
fn is_linked(tokens: &Tokens<'_>, (start, end): (usize, usize)) -> bool {
    let Some(at) = (start..end).find(|at| tokens.all[*at].is_word()) else { return true };
    let (token, word) = (&tokens.all[at], tokens.folded(at));
    // وقال has a word behind its particle; of an unknown word و is a particle more often than not, ف less often.
    let leads_on = Class::FUNCTION | Class::AUXILIARY | Class::CLAUSE_BREAK | Class::CUE | Class::PREPOSITION | Class::IMPERSONAL;
    let attached = token.forms().iter().any(|form| form.cut == 1 && form.class.has(leads_on) && word.chars().count() > 2)
        && word.starts_with(['و', 'ف'])
        || word.starts_with('و') && word.chars().count() > 3 && !token.is_known();
    attached
        || token.is(Class::CLAUSE_BREAK | Class::IMPERSONAL)
        || matches!(
            word,
            "كما"
                | "اما"
                | "ثم"
                | "هذا"
                | "هذه"
                | "ذلك"
                | "كذلك"
                | "الا"
                | "بيد"
                | "بدوره"
                | "بدورها"
                | "هو"
                | "هي"
                | "وقد"
        )
}

/// Points of a list: 1-, •, -.
fn has_bullet(tokens: &Tokens<'_>, (start, _): (usize, usize)) -> bool {
    matches!(tokens.mark(start), '0' | '-' | '–' | '•' | '*' | '·')
}

/// Whether a line ends like a sentence, whatever quotation marks and brackets close behind.
fn ends(tokens: &Tokens<'_>, (start, end): (usize, usize)) -> bool {
    let last = (start..end).rev().map(|at| tokens.mark(at)).find(|mark| !matches!(mark, '"' | '»' | '”' | ')' | '’' | '\''));
    last.is_some_and(|mark| matches!(mark, '.' | '؟' | '?' | '!' | ':' | '؛' | '…' | ';' | '،' | ','))
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, extract::extract, lang::Packs};

    const REPORT: [&str; 4] = [
        "أعلنت الوزارة أن السد الجديد سيبدأ العمل في مطلع الشهر المقبل بعد سنوات من البناء.",
        "وأضافت الوزارة أن السد سيوفر المياه لنحو مليون نسمة في المحافظات الشمالية.",
        "وقال المهندس المشرف إن البناء تأخر بسبب نقص المواد اللازمة.",
        "وأوضح أن السد سيخفض كلفة الكهرباء في المنطقة.",
    ];
    const LEADS: [&str; 3] = [
        "فاز المنتخب على ضيفه بهدفين نظيفين مساء الخميس ليتصدر مجموعته قبل جولتين من نهاية التصفيات القارية.",
        "كشفت دراسة حديثة أن النوم ساعة إضافية كل ليلة يحسن الذاكرة لدى طلاب الجامعات وكبار السن أيضا.",
        "تراجعت أسعار الذهب إلى أدنى مستوياتها منذ شهرين مع صعود الدولار أمام العملات الرئيسية الأخرى.",
    ];

    fn hidden(paragraphs: &[&str]) -> Vec<(String, String)> {
        let text = format!("السد الجديد يبدأ العمل قريبا\n\n{}\n", paragraphs.join("\n"));
        let found = extract(&text, &Fields::default(), Packs::get());
        found.header.furniture.iter().map(|part| (part.why.to_string(), part.span.of(&text).to_owned())).collect()
    }

    #[test]
    fn leads_of_other_stories_below_the_report_are_teasers() {
        let with = hidden(&[&REPORT[..], &LEADS[..]].concat());
        let expected: Vec<_> = LEADS.iter().map(|lead| ("teaser".to_owned(), (*lead).to_owned())).collect();
        assert_eq!(with, expected);
        // Two may be the report's own, and so may what stands before more of it.
        assert_eq!(hidden(&[&REPORT[..], &LEADS[..2]].concat()), []);
        assert_eq!(hidden(&[&REPORT[..2], &LEADS[..], &REPORT[2..]].concat()), []);
    }

    #[test]
    fn headlines_between_paragraphs_are_links_and_headings_are_not() {
        let link = "سبعة أسئلة عن السدود الكبيرة وما تفعله بالأنهار";
        let with = |line: &str| hidden(&[&REPORT[..2], &[line], &REPORT[2..]].concat());
        assert_eq!(with(link), [("related".to_owned(), link.to_owned())]);
        assert_eq!(with("كلفة البناء"), []);
        assert_eq!(with("ومن المقرر أن تزور اللجنة السد في الأسبوع المقبل"), []);
    }
}

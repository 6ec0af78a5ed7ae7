//! What marks a line as furniture: phrases of web pages, credits, bylines, and the names of agencies in them.

use super::{byline::label_end, furniture::SHORT, tokens::Tokens};
use crate::{
    domain::Kind,
    lang::{Class, packs::key_of},
    text::Span,
};

/// The most words of a line that begins with the label of a link or of a notice.
const LABELLED: usize = 40;

/// Why a line is furniture, where its words are those of a web page: `widget`, `continued`, `related`, ….
pub(super) fn phrase(tokens: &Tokens<'_>, key: &str, words: usize) -> Option<String> {
    let list = &tokens.pack.furniture;
    let is_line = |why: &str| !matches!(why, "credit line" | "byline" | "share" | "pointer" | "taken from" | "masthead");
    if words <= SHORT
        && let Some((_, why)) = list.iter().find(|(phrase, why)| phrase == key && is_line(why))
    {
        return Some(why.clone());
    }
    if words <= SHORT && is_share_bar(tokens, key) {
        return Some("share bar".into());
    }
    // Long lines cannot be labels; links to other stories and notices carry their label in front.
    if words > LABELLED {
        return None;
    }
    let starts = |phrase: &str| key.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    list.iter().find(|(phrase, why)| matches!(why.as_str(), "related" | "notice") && starts(phrase)).map(|(_, why)| why.clone())
}

/// A label of another story that dots part from its headline: `المزيد... X`, `اقرأ.. X`.
pub(super) fn pointer(tokens: &Tokens<'_>, start: usize, end: usize, words: usize) -> Option<String> {
    let first = (start..end).find(|at| tokens.all[*at].is_word())?;
    let dots = tokens.mark(first + 1) == '…' || tokens.mark(first + 1) == '.' && tokens.mark(first + 2) == '.';
    let label = || tokens.pack.furniture.iter().any(|(phrase, why)| why == "pointer" && phrase == tokens.folded(first));
    (dots && words <= LABELLED && label()).then(|| "related".into())
}

/// Names of networks and of buttons only, two at least: `فيسبوك تويتر واتساب`.
fn is_share_bar(tokens: &Tokens<'_>, key: &str) -> bool {
    let is_button = |word: &str| tokens.pack.furniture.iter().any(|(phrase, why)| why == "share" && phrase == word);
    key.contains(' ') && key.split(' ').all(is_button)
}

/// A short line that names sources only: `المصدر: X`, `| وكالات`, `اسم/`; or the writer, at any length behind a label of three words.
pub(super) fn credit(tokens: &Tokens<'_>, start: usize, end: usize, words: usize) -> Option<String> {
    if words <= LABELLED && tokens.mark(start + 3) == 'w' && label_end(tokens, start, end) == Some(start + 3) {
        return Some("byline".into());
    }
    if words > SHORT {
        return None;
    }
    let colon = (start..end).find(|token| tokens.mark(*token) == ':');
    if let Some(colon) = colon {
        let label = key_of(Span { start: tokens.all[start].span.start, end: tokens.all[colon].span.start }.of(tokens.text));
        let known = tokens
            .pack
            .furniture
            .iter()
            .find(|(phrase, why)| matches!(why.as_str(), "credit line" | "byline") && *phrase == label);
        if let Some((_, why)) = known {
            return Some(if why == "byline" { "byline".into() } else { "credit".into() });
        }
    }
    if label_end(tokens, start, end).is_some() {
        return Some("byline".into());
    }
    if taken_from(tokens, start, end).is_some() {
        return Some("credit".into());
    }
    let mut at = start;
    let mut sources = 0;
    while at < end {
        // فرانس 24/ أ ف ب: names of several words too.
        let stop = media_at(tokens, at, end).or_else(|| is_source(tokens, at).then_some(at + 1));
        match stop {
            Some(stop) => (at, sources) = (stop, sources + 1),
            None if !tokens.all[at].is_word() => at += 1,
            None => return None,
        }
    }
    (sources > 0).then(|| "credit".into())
}

/// The token behind the label of a line that says from which paper an article is taken: `*نقلا عن X`.
pub(super) fn taken_from(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let first = (start..end).find(|at| tokens.all[*at].is_word())?;
    let label =
        key_of(Span { start: tokens.all[first].span.start, end: tokens.all[(first + 1).min(end - 1)].span.end }.of(tokens.text));
    let known = tokens.pack.furniture.iter().any(|(phrase, why)| why == "taken from" && *phrase == label);
    // A sentence goes on and ends with a full stop.
    let report = (first + 2..end)
        .any(|at| tokens.all[at].is(Class::CUE | Class::THAT | Class::PREPOSITION) || matches!(tokens.mark(at), '،' | '.' | ':'));
    // نقلا عن صحيفة X
    let name = (first + 2..end).find(|at| tokens.mark(*at) == 'w' && !tokens.all[*at].is(Class::ORG_LABEL))?;
    (known && !report).then_some(name)
}

/// The bracket that ends a paragraph and holds nothing but a label: `… (صورة تعبيرية)`, `… (رويترز)`; the token of its opening.
pub(super) fn bracketed_label(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<(usize, String)> {
    let close = (start..end).rev().find(|at| tokens.mark(*at) != '.')?;
    if tokens.mark(close) != ')' {
        return None;
    }
    let open = (start + 1..close).rev().take(SHORT).find(|at| tokens.mark(*at) == '(')?;
    let words = tokens.words(open, close);
    let key = key_of(tokens.span(open, close).of(tokens.text));
    // Behind a full stop: in a sentence a bracket explains the words before it.
    let apart = matches!(tokens.mark(open - 1), '.' | '؟' | '!' | '?' | '"' | '»' | '”');
    if words == 0 || !apart {
        return None;
    }
    let why = phrase(tokens, &key, words).or_else(|| credit(tokens, open, close, words))?;
    Some((open, why))
}

fn is_source(tokens: &Tokens<'_>, token: usize) -> bool {
    let folded = tokens.folded(token);
    let phrases = &tokens.pack.furniture;
    if phrases.iter().any(|(phrase, why)| {
        why == "credit" && (phrase == folded || folded.len() <= 2 && phrase.split(' ').any(|word| word == folded))
    }) {
        return true;
    }
    is_agency(tokens, token)
}

/// Whether the name of an agency or outlet begins at this token.
pub(super) fn is_agency(tokens: &Tokens<'_>, token: usize) -> bool {
    let name = || {
        let form = tokens.all[token].forms().first()?;
        let node = tokens.packs.names.step(0, form.word)?;
        Some(is_media(tokens, tokens.packs.names.end(node)?))
    };
    name() == Some(true)
}

fn is_media(tokens: &Tokens<'_>, entry: u32) -> bool {
    let entry = tokens.packs.names.entry(entry);
    entry.kind == Kind::Organisation && matches!(entry.role, "agency" | "outlet" | "broadcaster" | "newspaper" | "media")
}

/// The token behind the longest name of an agency or outlet that begins at a token.
fn media_at(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    longest_name(tokens, start, end).filter(|(entry, _)| is_media(tokens, *entry)).map(|(_, stop)| stop)
}

/// The longest thing of the lexicon that begins at a token, and the token behind it.
pub(super) fn longest_name(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<(u32, usize)> {
    let names = &tokens.packs.names;
    let (mut node, mut next, mut longest) = (0, start, None);
    let first = tokens.all[start].forms().first().map(|form| form.word);
    while next < end
        && let Some(word) = if next == start { first } else { tokens.whole(next) }
        && let Some(step) = names.step(node, word)
    {
        (node, next) = (step, next + 1);
        longest = names.end(node).map(|entry| (entry, next)).or(longest);
    }
    longest
}

/// The names of agencies and outlets between two tokens; what is part of a longer name is none: العربية in الإمارات العربية المتحدة.
pub(super) fn agencies_in<'t>(tokens: &Tokens<'t>, start: usize, end: usize) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        match longest_name(tokens, at, end) {
            Some((entry, stop)) => {
                if is_media(tokens, entry) {
                    found.push(tokens.span(at, stop).of(tokens.text));
                }
                at = stop;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, extract::extract, lang::Packs};

    /// What the furniture of a report is, with one line above its paragraph and one below.
    fn labels(title: &str, above: &str, report: &str, below: &str) -> Vec<String> {
        let text = format!("{title}\n{above}\n\n{report}\n{below}\n");
        let found = extract(&text, &Fields::default(), Packs::get());
        found.header.furniture.iter().map(|part| part.why.to_string()).collect()
    }

    #[test]
    fn lines_of_the_page_are_told_by_their_words() {
        let arabic = |above: &str, below: &str| {
            labels("لقاء وزاري في القاهرة", above, "التقى الوزير نظيره في القاهرة وبحث معه التعاون.", below)
        };
        for (line, why) in [
            ("شارك فيسبوك تويتر واتساب", "share bar"),
            ("يمكنكم تسلم إشعارات بأهم الموضوعات بعد تحميل التطبيق على الهاتف.", "notice"),
            ("بقلم: سمير تاراسيان", "byline"),
            ("المصدر: وكالات", "credit"),
            ("صورة أرشيفية", "caption"),
            ("قد يهمك أيضا: لقاء آخر في القاهرة", "related"),
        ] {
            assert_eq!(arabic("", line), [why], "{line}");
        }
        assert_eq!(arabic("", "انتهى اللقاء مساء. (رويترز)"), ["credit"]);
        assert_eq!(arabic("", "اشترك في اللقاء وزراء من سبع دول."), [""; 0]);
        for (line, why) in [
            ("** جميع المقالات المنشورة تمثل رأي كتابها فقط.", "notice"),
            ("*نقلا عن بريد الساحل اليومي", "credit"),
            ("فرانس 24/ أ ف ب", "credit"),
            ("المزيد... لقاء آخر في القاهرة بعد أسبوع", "related"),
            ("سيضاف المزيد من التفاصيل إلى هذا الموضوع", "continued"),
        ] {
            assert_eq!(arabic("", line), [why], "{line}");
        }
        for line in ["المزيد من الوزراء وصلوا إلى القاهرة مساء.", "نقلا عن مصدر في الوزارة، فإن اللقاء انتهى مساء."]
        {
            assert_eq!(arabic("", line), [""; 0], "{line}");
        }
        let english = |line: &str| labels("Ministers meet in Cairo", line, "The ministers met in Cairo and talked.", "");
        assert_eq!(english("By Jane Doe and John Roe"), ["byline"]);
        assert_eq!(english("By the river they met"), [""; 0]);
    }

    #[test]
    fn part_of_a_longer_name_is_no_agency() {
        let text = "لقاء وزاري في دبي\n\nدبي، الإمارات العربية المتحدة (CNN)-- التقى الوزير نظيره في دبي وبحث معه التعاون.\n";
        let found = extract(text, &Fields::default(), Packs::get());
        assert_eq!(found.header.agencies, ["CNN"]);
    }
}

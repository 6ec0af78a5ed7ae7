//! What an Arabic reporting word reports: a clause behind أن or a colon, a quotation, a noun behind its preposition, or a bare noun.

use super::{Finder, content};
use crate::lang::{Class, Complement, Cue, Family, Mood, Preposition};

/// Where reported content begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reported {
    /// Its first token.
    pub start: usize,
    /// Letters cut off it (attached ب).
    pub cut: u8,
    /// Its end where the marks tell.
    pub end: Option<usize>,
    /// The last token of the reporting words: a preposition next to the verb belongs to them.
    pub cue_end: usize,
    /// The outlet named in between.
    pub via: Option<crate::domain::NameIndex>,
    /// The rule.
    pub rule: &'static str,
}

/// The most tokens between a verb and its content.
const REACH: usize = 60;

impl Finder<'_, '_> {
    /// Looks for the content of the cue at token `at`, whose subject ends before `from`; `bound` is the end of the sentence.
    pub(super) fn reported(&self, at: usize, from: usize, bound: usize, cue: &Cue) -> Option<Reported> {
        let mut found = self.find_reported(at, from, bound, cue)?;
        // أعرب عن أمله في X: what is hoped for, not the hope.
        let feeling = ["امل", "ثقت", "اعتقاد", "رغبت", "استعداد", "قلق"]
            .iter()
            .any(|word| self.tokens.folded(found.start).starts_with(word));
        if cue.family == Family::Express && found.cut == 0 && feeling {
            let next = found.start + 1;
            if self.tokens.folded(next) == "في" {
                found.start = next + 1;
            } else if self.tokens.folded(next).starts_with('ب')
                && !self.is_that(next)
                && self.tokens.folded(found.start).starts_with("امل")
            {
                (found.start, found.cut) = (next, 1);
            }
            if found.cut == 0 && self.is_that(found.start) {
                found.start += 1;
            }
        }
        Some(found)
    }

    fn find_reported(&self, at: usize, from: usize, bound: usize, cue: &Cue) -> Option<Reported> {
        let tokens = self.tokens;
        let mut found = Reported { start: 0, cut: 0, end: None, cue_end: at, via: None, rule: "" };
        // The preposition next to the verb is part of the cue.
        let preposition = cue.preposition.map_or("", |preposition| preposition.folded());
        let adjacent = tokens.folded(at + 1) == preposition && !preposition.is_empty();
        if adjacent {
            found.cue_end = at + 1;
        }
        let mut next = at + 1;
        let limit = bound.min(at + REACH);
        let mut noun: Option<Reported> = None;
        while next < limit {
            let token = &tokens.all[next];
            let mark = token.mark;
            if let Some(quote) = quote_opening(self, next) {
                let (open, close) = (tokens.quotes[quote].open, tokens.quotes[quote].close);
                let colon = next > 0 && tokens.mark(next - 1) == ':';
                let count = content::words(tokens, open, close);
                // Marks around a name that a comma follows: حزب «X»، ….
                let mention = self.bare_mention(open + 1);
                let covered = mention.is_some_and(|mention| self.ranges[mention].1 >= close);
                let comma = matches!(tokens.mark(close + 1), '،' | ',');
                // What is said comes later: في مقابلة مع «X» إن ….
                let later = count <= 5 && (close + 1..limit.min(close + 8)).any(|token| self.is_that(token));
                let name = covered || mention.is_some() && count <= 5 && comma || later;
                let long = count >= if cue.strict { 4 } else { 3 } && !name;
                if colon || long && noun.is_none_or(|noun| noun.start >= next) {
                    return Some(Reported { start: open + 1, end: Some(close), rule: "verb+quote", ..found });
                }
                next = close + 1;
                continue;
            }
            if mark == ':' {
                let quote = quote_opening(self, next + 1);
                let end = quote.map(|quote| tokens.quotes[quote].close);
                return Some(Reported { start: next + 1 + usize::from(quote.is_some()), end, rule: "verb:", ..found });
            }
            if mark == 'w' {
                if self.is_that(next) {
                    return Some(Reported { start: next + 1, rule: "verb+that", ..found });
                }
                if token.is(Class::SOURCE) && next > at + 1 {
                    // وأضاف X، حسبما ذكرت Y: the outlet comes in between.
                    let mut end = next + 1;
                    if tokens.all.get(end).is_some_and(|token| token.can_be(Class::CUE)) {
                        end += 1;
                    }
                    let source = self.subject_after(end, limit);
                    if source.speaker.span.is_some() {
                        found.via = source.speaker.name;
                        next = source.next.max(end);
                        continue;
                    }
                }
                let other = token.form(Class::CUE).filter(|form| {
                    form.cut <= 1 && next >= from && !token.is(Class::COMMON | Class::FUNCTION | Class::TITLE | Class::GIVEN)
                });
                if other.is_some() && self.mention_at(next).is_none() {
                    break;
                }
                if noun.is_none() && next >= from.min(limit) {
                    noun = self.noun_behind(at, next, from, cue, &found, adjacent);
                    if noun.is_some()
                        && matches!(cue.family, Family::Call | Family::Warn | Family::Promise | Family::Accuse)
                        && !self.that_follows(next)
                    {
                        break;
                    }
                }
            }
            // A noun behind a time may yet turn out to belong to it: في بيان، أن ….
            if noun.is_some_and(|noun| noun.rule != "verb+noun" || noun.start <= from + 1)
                && matches!(mark, '،' | '؛')
                && next > from + 1
            {
                break;
            }
            next += 1;
        }
        noun.filter(|noun| noun.start < bound)
    }

    /// Whether a token stands right behind an apposition to the subject that ends at `from`: أعلن X، مرشح Y، انسحابه; X - الذي … - معارضته.
    fn behind_apposition(&self, from: usize, next: usize) -> bool {
        let tokens = self.tokens;
        let opens = tokens.mark(from);
        let closes = match opens {
            '،' | ',' => opens,
            '(' => ')',
            '-' | '–' => opens,
            _ => return false,
        };
        let inside = next.saturating_sub(from);
        (3..=30).contains(&inside)
            && tokens.mark(next - 1) == closes
            && (from + 1..next - 1).all(|at| tokens.mark(at) != closes && !self.is_that(at) && tokens.mark(at) != ':')
    }

    /// Whether أن or the like follows a preposition.
    fn that_follows(&self, at: usize) -> bool {
        self.is_that(at + 1)
    }

    /// Whether a token is the complementiser that opens reported content, not part of بعد أن or يمكن أن.
    pub(super) fn is_that(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let Some(token) = tokens.all.get(at).filter(|token| token.is(Class::THAT)) else { return false };
        if token.quote != 0 {
            return false;
        }
        let before = at.checked_sub(1).map_or("", |before| tokens.folded(before));
        !matches!(
            before,
            "بعد"
                | "قبل"
                | "دون"
                | "بدون"
                | "يمكن"
                | "يجب"
                | "ينبغي"
                | "منذ"
                | "الا"
                | "كما"
                | "لو"
                | "غير"
                | "حتي"
                | "حيث"
                | "رغم"
                | "بشرط"
                | "شرط"
        )
    }

    /// A noun that the cue takes: behind its preposition, or directly behind the subject.
    fn noun_behind(&self, at: usize, next: usize, from: usize, cue: &Cue, found: &Reported, adjacent: bool) -> Option<Reported> {
        let tokens = self.tokens;
        let token = &tokens.all[next];
        if cue.complement.has(Complement::PREPOSITION)
            && let Some(preposition) = cue.preposition
        {
            let folded = tokens.folded(next);
            if folded == preposition.folded() {
                let close = tokens.mark(next - 1) == '،'
                    || adjacent
                    || next <= from + 1
                    || matches!(cue.family, Family::Call | Family::Warn | Family::Express | Family::Accuse);
                return close.then_some(Reported { start: next + 1, rule: "verb+preposition", ..*found });
            }
            // دعا X Y لـZ
            let to = preposition == Preposition::To && cue.family == Family::Call && next > at + 1;
            if to && folded.starts_with('ل') && self.mention_at(next).is_none() && token.forms().iter().all(|form| form.cut > 0)
            {
                return Some(Reported { start: next, cut: 1, rule: "verb+preposition", ..*found });
            }
            if preposition.folded() == "ب" && folded.starts_with('ب') {
                let rest = token.forms().iter().any(|form| form.cut == 1 && !form.class.has(Class::FUNCTION | Class::CUE));
                let whole = token.is_known()
                    && !(folded.starts_with("بال")
                        || token.is(Class::COMMON) && !token.is(Class::FUNCTION | Class::PAPER | Class::TITLE));
                let bold =
                    (!matches!(cue.family, Family::Say) || next <= from + 1) && token.is_unknown() && folded.chars().count() >= 5;
                let attached = (rest || bold) && !whole;
                if attached {
                    return Some(Reported { start: next, cut: 1, rule: "verb+preposition", ..*found });
                }
            }
        }
        let object = cue.complement.has(Complement::OBJECT) && cue.mood == Mood::Verb
            || cue.mood == Mood::Participle && cue.complement.has(Complement::OBJECT);
        let any =
            cue.family == Family::Deny && matches!(tokens.folded(next), "اي" | "ايه" | "هذه" | "تلك" | "هذا" | "ذلك" | "كل");
        // Between subject and object stand at most a time and commas.
        let between = |at: usize| {
            let word = matches!(
                tokens.folded(at),
                "اليوم"
                    | "امس"
                    | "مساء"
                    | "صباح"
                    | "في"
                    | "يوم"
                    | "وقت"
                    | "سابق"
                    | "لاحق"
                    | "بدايه"
                    | "نهايه"
                    | "مطلع"
                    | "منتصف"
                    | "اواخر"
                    | "اوائل"
                    | "ظهر"
                    | "ليل"
                    | "خلال"
                    | "الشهر"
                    | "الاسبوع"
                    | "رسميا"
                    | "ايضا"
                    | "جميعا"
                    | "مجددا"
                    | "علنا"
            );
            let time = tokens.all[at].is(Class::WEEKDAY | Class::MONTH | Class::RELATIVE_TIME | Class::YEAR);
            word || time || matches!(tokens.mark(at), '،' | ',' | '0' | '/')
        };
        let governed = matches!(
            tokens.folded(next.saturating_sub(1)),
            "في" | "خلال" | "يوم" | "مطلع" | "بدايه" | "نهايه" | "منتصف" | "اواخر" | "اوائل"
        );
        let aside = self.behind_apposition(from, next);
        let behind = aside || next >= from && next <= from + 9 && (from..next).all(between) && !between(next) && !governed;
        let no_noun = token.is(Class::FUNCTION
            | Class::THAT
            | Class::WEEKDAY
            | Class::PREPOSITION
            | Class::SOURCE
            | Class::RELATIVE
            | Class::CUE)
            || token.forms().iter().any(|form| form.cut > 0 && form.class.has(Class::FUNCTION));
        // X، وزير …، is an apposition.
        let apposition = next > from && token.is(Class::TITLE | Class::SOURCE_PERSON | Class::KIN | Class::HONORIFIC);
        if object && !apposition && behind && next > at && (any || !no_noun) {
            let own = ["ه", "ها", "هم", "هما"].iter().any(|pronoun| tokens.folded(next).ends_with(pronoun));
            let sure = from > at + 1 || token.is(Class::COMMON) || any || own || attached(tokens.folded(at), cue);
            return sure.then_some(Reported { start: next, rule: "verb+noun", ..*found });
        }
        None
    }
}

/// Whether a cue has its object attached: تعتبرها X امتدادا.
fn attached(folded: &str, cue: &Cue) -> bool {
    cue.family == Family::Describe && ["ه", "ها", "هم"].iter().any(|pronoun| folded.ends_with(pronoun))
}

/// The quotation that opens at a token.
pub(super) fn quote_opening(finder: &Finder<'_, '_>, at: usize) -> Option<usize> {
    let tokens = finder.tokens;
    let next = tokens.all.get(at + 1)?;
    let quote = usize::from(next.quote).checked_sub(1)?;
    (tokens.quotes[quote].open == at).then_some(quote)
}

//! Forms: what the words of a query stand for, as terms of the index; queries and highlighting go by the same ones.
//!
//! The index holds each word under one term as it is written and under one for each rest that it may hide behind particles. Two
//! signs keep these apart, so that no term stands for two things and none has to be held twice:
//!
//! | in a text | terms | asked for by |
//! |---|---|---|
//! | `رئيس` | `رئيس` | رئيس, الرئيس, `=رئيس` |
//! | `الرئيس` | [`ARTICLE`]`رئيس` | رئيس, الرئيس, `=الرئيس` |
//! | `والرئيس` | `والرئيس`, [`MARK`][`ARTICLE`]`رئيس` | رئيس, الرئيس, والرئيس |
//! | `بوتين` | `بوتين`, [`MARK`]`وتين` | بوتين, وتين |
//! | `إلهام` | `الهام`: a hamza begins no article | إلهام, الهام, and not هام |

use std::collections::BTreeSet;

use crate::{
    domain::Term,
    text::{may_hide_forms, proclitic_rests, without_article},
};

/// Stands in the index before what is no word of the text, but the rest of one behind proclitics.
pub(super) const MARK: &str = "\u{1}";

/// Stands in the index for the article ال where three letters or more follow it: so a word and what ال stands before are found by
/// two terms, and not each word with ال held under two.
pub(super) const ARTICLE: &str = "\u{2}";

/// Both: ال behind particles.
const MARKED_ARTICLE: &str = "\u{1}\u{2}";

/// How near a form is to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The word itself, with and without particles.
    Own,
    /// Spellings of the same name, other names of the same thing, in whatever script; singular and plural.
    Kindred,
    /// What was taken since nothing else was found.
    Near,
}

/// One or more words side by side that answer to a word or words of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) tier: Tier,
    /// For each of its words the terms under which the index holds it.
    pub(super) words: Vec<Vec<String>>,
    /// All terms that begin in one of these ways answer too.
    pub(super) begun: Vec<String>,
    /// How it is shown.
    pub(super) shown: String,
}

impl Form {
    /// A folded word in its own forms: behind particles, and with and without ال.
    pub(super) fn word(tier: Tier, folded: &str, seated: bool) -> Form {
        Form::phrase(tier, [(folded, seated)])
    }

    /// Words side by side, each folded and with what tells whether its alif is written with hamza.
    pub(super) fn phrase<'a>(tier: Tier, words: impl IntoIterator<Item = (&'a str, bool)>) -> Form {
        let (mut terms, mut shown) = (Vec::new(), String::new());
        for (folded, seated) in words {
            // Particles stand before the first word of a name.
            terms.push(if terms.is_empty() { own_terms(folded, seated) } else { written_terms(folded) });
            shown.push_str(if shown.is_empty() { "" } else { " " });
            shown.push_str(folded);
        }
        Form { tier, words: terms, begun: Vec::new(), shown }
    }

    /// Another name: its article, where it has one, belongs to it (الرقة is no رقة).
    pub(super) fn name<'a>(words: impl IntoIterator<Item = (&'a str, bool)>) -> Form {
        Form::phrase(Tier::Kindred, words.into_iter().map(|(folded, _)| (folded, true)))
    }

    /// A word of a query as it was typed.
    pub(super) fn typed(term: &Term) -> Form {
        let mut form = Form::word(Tier::Own, &term.folded, term.seated);
        if term.exact {
            form.words = vec![written_terms(&term.folded)];
        }
        if term.open {
            form.begun = beginnings(&term.folded);
        }
        form
    }
}

/// The terms under which the index may hold what is written as this word: which of them, its hamza and its letters tell.
pub(super) fn written_terms(folded: &str) -> Vec<String> {
    let behind = without_article(folded, false).map(|rest| format!("{ARTICLE}{rest}"));
    std::iter::once(folded.to_owned()).chain(behind).collect()
}

/// The terms under which the index holds a word: itself, with and without ال, and behind particles.
fn own_terms(folded: &str, seated: bool) -> Vec<String> {
    let mut terms = Vec::new();
    for form in std::iter::once(folded).chain(without_article(folded, seated)) {
        for term in written_terms(form).into_iter().chain([format!("{ARTICLE}{form}")]) {
            for term in [format!("{MARK}{term}"), term] {
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
    }
    terms
}

/// How the terms of all words begin that are written so, at least to their first letters.
pub(super) fn written_beginnings(begun: &str) -> Vec<String> {
    let behind = match begun {
        "ا" => Some(""),
        _ => begun.strip_prefix("ال"),
    };
    std::iter::once(begun.to_owned()).chain(behind.map(|rest| format!("{ARTICLE}{rest}"))).collect()
}

/// How the terms of all words begin that begin so, or do behind particles and ال.
pub(super) fn beginnings(begun: &str) -> Vec<String> {
    let mut all: BTreeSet<String> = written_beginnings(begun).into_iter().chain([format!("{ARTICLE}{begun}")]).collect();
    all.extend(all.clone().into_iter().map(|beginning| format!("{MARK}{beginning}")));
    // What begins as another one does is among its terms.
    let mut all: Vec<String> = all.into_iter().collect();
    all.dedup_by(|later, earlier| later.starts_with(earlier.as_str()));
    all
}

/// The word that a term stands for where it is one that was written; none where it hides behind particles.
pub(super) fn written_word(term: &str) -> Option<String> {
    if term.starts_with(MARK) {
        return None;
    }
    Some(term.strip_prefix(ARTICLE).map_or_else(|| term.to_owned(), |rest| format!("ال{rest}")))
}

/// Hands out the terms of the index for a word of a text, itself first: its signs, and where in the word the rest begins.
pub(super) fn terms_of_text(folded: &str, seated: bool, mut each: impl FnMut(&'static str, usize)) {
    if !may_hide_forms(folded) {
        return each("", 0);
    }
    // Where rests begin, as bits: particles are a few letters of two bytes.
    let bit = |start: usize| 1_u64.checked_shl(start as u32).unwrap_or_default();
    let mut rests = 0_u64;
    proclitic_rests(folded, seated, |rest| rests |= bit(folded.len() - rest.len()));
    let (mut start, mut signs) = (0, ["", ARTICLE]);
    loop {
        let behind = without_article(&folded[start..], seated).map(|rest| folded.len() - rest.len());
        match behind.filter(|behind| rests & bit(*behind) != 0) {
            // What stands behind its ال needs no term of its own.
            Some(behind) => {
                rests &= !bit(behind);
                each(signs[1], behind);
            }
            None => each(signs[0], start),
        }
        let left = rests & (u64::MAX << start << 1);
        if left == 0 {
            return;
        }
        (start, signs) = (left.trailing_zeros() as usize, [MARK, MARKED_ARTICLE]);
    }
}

/// What the words of one query stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    entries: Vec<(Vec<Term>, Vec<Form>)>,
}

impl Meaning {
    /// Gives words that stand side by side a further form.
    pub(super) fn add(&mut self, terms: &[Term], form: Form) {
        let at = match self.entries.iter().position(|(known, _)| known == terms) {
            Some(at) => at,
            None => {
                self.entries.push((terms.to_vec(), Vec::new()));
                self.entries.len() - 1
            }
        };
        let forms = &mut self.entries[at].1;
        if !forms.iter().any(|known| known.words == form.words && known.begun == form.begun) {
            forms.push(form);
        }
    }

    /// The forms of a word, or of several words together; what was typed comes first.
    pub(super) fn of(&self, terms: &[Term]) -> &[Form] {
        self.entries.iter().find(|(known, _)| known == terms).map_or(&[], |(_, forms)| forms)
    }

    /// The sequences of several words that have forms together.
    pub(super) fn sequences(&self) -> impl Iterator<Item = &[Term]> {
        self.entries.iter().map(|(terms, _)| terms.as_slice()).filter(|terms| terms.len() > 1)
    }

    /// All forms.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Form> {
        self.entries.iter().flat_map(|(_, forms)| forms)
    }

    /// Whether there is more than what was typed.
    pub(super) fn is_wider(&self) -> bool {
        self.forms().any(|form| form.tier > Tier::Own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The terms of the index for a word of a text.
    fn held(folded: &str, seated: bool) -> Vec<String> {
        let mut terms = Vec::new();
        terms_of_text(folded, seated, |signs, start| terms.push(format!("{signs}{}", &folded[start..])));
        terms
    }

    fn meets(asked: &[String], held: &[String]) -> bool {
        asked.iter().any(|term| held.contains(term))
    }

    #[test]
    fn a_word_is_held_once_for_each_way_to_read_it() {
        for (word, seated, terms) in [
            ("رئيس", false, vec!["رئيس"]),
            ("الرئيس", false, vec!["\u{2}رئيس"]),
            ("والرئيس", false, vec!["والرئيس", "\u{1}\u{2}رئيس"]),
            ("للرئيس", false, vec!["للرئيس", "\u{1}لرئيس", "\u{1}رئيس"]),
            ("الهام", true, vec!["الهام"]),
            ("والهام", true, vec!["والهام", "\u{1}الهام"]),
            ("الحد", false, vec!["الحد"]),
            ("لcnn", false, vec!["لcnn", "\u{1}cnn"]),
        ] {
            assert_eq!(held(word, seated), terms, "{word}");
        }
    }

    #[test]
    fn beginnings_are_those_of_words_as_written_and_behind_particles_and_the_article() {
        assert_eq!(beginnings("ر"), ["\u{1}\u{2}ر", "\u{1}ر", "\u{2}ر", "ر"]);
        assert_eq!(beginnings("الر"), ["\u{1}\u{2}الر", "\u{1}\u{2}ر", "\u{1}الر", "\u{2}الر", "\u{2}ر", "الر"]);
        assert_eq!(beginnings("ال"), ["\u{1}\u{2}", "\u{1}ال", "\u{2}", "ال"]);
    }

    /// Words that are rich in what particles and articles are made of.
    fn word() -> impl Strategy<Value = String> {
        "[وفبكل]{0,2}(ال|لل)?(ال)?[ابلرسيc]{1,5}"
    }

    proptest! {
        #[test]
        fn terms_meet_where_the_word_or_a_rest_of_it_is_what_was_asked(text in word(), asked in word(), hamza: bool, typed: bool) {
            let (seated, asked_seated) = (hamza && text.contains('ا'), typed && asked.contains('ا'));
            let mut rests = vec![text.as_str()];
            proclitic_rests(&text, seated, |rest| rests.push(rest));
            let held = held(&text, seated);
            let bare = without_article(&asked, asked_seated);
            let expected = rests.iter().any(|rest| *rest == asked || Some(*rest) == bare);
            prop_assert_eq!(meets(&own_terms(&asked, asked_seated), &held), expected);
            prop_assert_eq!(meets(&written_terms(&asked), &held), text == asked);
            for end in asked.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let begun = &asked[..end];
                let found = beginnings(begun).iter().any(|begun| held.iter().any(|term| term.starts_with(begun.as_str())));
                prop_assert_eq!(found, rests.iter().any(|rest| rest.starts_with(begun)));
                let found = written_beginnings(begun).iter().any(|begun| held.iter().any(|term| term.starts_with(begun.as_str())));
                prop_assert_eq!(found, text.starts_with(begun));
            }
        }
    }
}

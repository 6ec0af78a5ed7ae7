//! Where the words of a query match in a text: the same forms as in the index, applied to one text for highlighting.

use super::forms::{Form, terms_of_text};
use crate::text::{Compared, Span};

/// The words that a reader looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matcher {
    forms: Vec<Form>,
}

impl Matcher {
    /// Looks for these forms.
    pub(super) fn new(forms: impl IntoIterator<Item = Form>) -> Matcher {
        Matcher { forms: forms.into_iter().collect() }
    }

    /// Where the words match, in order of the text; a match is always a whole word of the text, or several side by side.
    pub(super) fn hits(&self, text: &str) -> Vec<Span> {
        let mut hits: Vec<Span> = Vec::new();
        if self.forms.is_empty() {
            return hits;
        }
        // For each form of several words the spans of those that match so far, the last word of the text included.
        let mut begun: Vec<Vec<(usize, Span)>> = vec![Vec::new(); self.forms.len()];
        let (mut words, mut folded) = (Compared::new(text), String::new());
        while let Some(span) = words.next_into(&mut folded) {
            let seated = words.seated();
            for (form, begun) in self.forms.iter().zip(&mut begun) {
                let mut next = Vec::new();
                for (done, start) in begun.drain(..).chain([(0, span)]) {
                    let wanted = &form.words[done];
                    let begun = if done + 1 == form.words.len() { form.begun.as_slice() } else { &[] };
                    if !matches(wanted, begun, &folded, seated) {
                        continue;
                    }
                    match done + 1 == form.words.len() {
                        true => hits.push(Span { start: start.start, end: span.end }),
                        false => next.push((done + 1, start)),
                    }
                }
                *begun = next;
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        hits.dedup_by(|later, earlier| later.start < earlier.end && later.end <= earlier.end);
        hits
    }
}

/// Whether a word of a text is held by the index under one of the terms, or under one that begins in one of the ways `begun`.
fn matches(terms: &[String], begun: &[String], folded: &str, seated: bool) -> bool {
    let mut found = false;
    terms_of_text(folded, seated, |signs, start| {
        // All words of all texts on a page come by here: the last byte already parts most of them from a term.
        let (rest, from) = (&folded.as_bytes()[start..], signs.len());
        let begins = |term: &[u8]| {
            let Some(its) = term.get(from..).filter(|its| its.len() <= rest.len()) else { return false };
            let alike = its.is_empty() || its.last() == rest.get(its.len() - 1);
            alike && rest.starts_with(its) && term.starts_with(signs.as_bytes())
        };
        let is = |term: &[u8]| term.len() == from + rest.len() && begins(term);
        found = found || terms.iter().any(|term| is(term.as_bytes())) || begun.iter().any(|begun| begins(begun.as_bytes()));
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Term, store::forms::Tier};

    fn found<'a>(word: &str, open: bool, text: &'a str) -> Vec<&'a str> {
        let seated = crate::text::words(word)[0].seated;
        let term = Term { typed: word.into(), folded: crate::text::fold(word), seated, exact: false, open };
        lit([Form::typed(&term)], text)
    }

    fn lit(forms: impl IntoIterator<Item = Form>, text: &str) -> Vec<&str> {
        Matcher::new(forms).hits(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_word_is_found_in_all_its_forms() {
        let text = "وقال بوتين إن لبوتين وبوتين رأيا، والرئيسُ الروسي في روسيا";
        assert_eq!(found("بوتين", false, text), ["بوتين", "لبوتين", "وبوتين"]);
        assert_eq!(found("رئيس", false, text), ["والرئيسُ"]);
        assert_eq!(found("الروسي", false, text), ["الروسي"]);
        assert_eq!(found("روس", false, text), [""; 0]);
        assert_eq!(found("روس", true, text), ["الروسي", "روسيا"]);
        assert_eq!(found("Putin", false, "PUTIN, putins, Putin's"), ["PUTIN", "Putin"]);
    }

    #[test]
    fn an_alif_with_hamza_begins_no_article() {
        let text = "إلهام هام، والهام بإلهام";
        assert_eq!(found("إلهام", false, text), ["إلهام", "والهام", "بإلهام"]);
        assert_eq!(found("هام", false, text), ["هام", "والهام"]);
        assert_eq!(found("الهام", false, text), ["إلهام", "هام", "والهام", "بإلهام"]);
    }

    #[test]
    fn names_of_several_words_are_lit_as_one() {
        let form = Form::phrase(Tier::Kindred, [("قره", false), ("باغ", false)]);
        assert_eq!(lit([form.clone()], "في قره باغ، وقرة باغ قره وباغ"), ["قره باغ", "وقرة باغ"]);
        assert_eq!(lit([form, Form::word(Tier::Own, "باغ", false)], "قره باغ باغ"), ["قره باغ", "باغ"]);
        let exact = Term { typed: "بوتين".into(), folded: "بوتين".into(), seated: false, exact: true, open: false };
        assert_eq!(lit([Form::typed(&exact)], "بوتين وبوتين"), ["بوتين"]);
    }
}

//! Where the words of a query match in a text: the same rules as the index, applied to one text for highlighting.

use crate::text::{Compared, Span, proclitic_rests, without_article};

/// The words that a reader looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matcher {
    forms: Vec<Form>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    folded: String,
    /// Whether it stands for all words that begin with it.
    open: bool,
}

/// The forms of a word under which the index holds it with and without ال.
pub(super) fn own_forms(folded: &str, seated: bool) -> impl Iterator<Item = &str> {
    std::iter::once(folded).chain(without_article(folded, seated))
}

impl Matcher {
    /// Looks for this folded word too.
    pub(super) fn add(&mut self, folded: &str, seated: bool, open: bool) {
        for form in own_forms(folded, seated) {
            self.forms.push(Form { folded: form.to_owned(), open: false });
        }
        if open {
            self.forms.push(Form { folded: folded.to_owned(), open: true });
        }
    }

    /// Where the words match, in order of the text; a match is always a whole word of the text.
    pub(super) fn hits(&self, text: &str) -> Vec<Span> {
        let mut hits = Vec::new();
        if self.forms.is_empty() {
            return hits;
        }
        let (mut splitter, mut folded) = (Compared::new(text), String::new());
        while let Some(span) = splitter.next_into(&mut folded) {
            let mut matches = self.takes(&folded);
            if !matches {
                proclitic_rests(&folded, splitter.seated(), |rest| matches = matches || self.takes(rest));
            }
            if matches {
                hits.push(span);
            }
        }
        hits
    }

    fn takes(&self, folded: &str) -> bool {
        self.forms.iter().any(|form| match form.open {
            true => folded.starts_with(&form.folded),
            false => folded == form.folded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(word: &str, open: bool, text: &'a str) -> Vec<&'a str> {
        let mut matcher = Matcher::default();
        let word = crate::text::words(word).remove(0);
        matcher.add(&word.folded, word.seated, open);
        matcher.hits(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_word_is_found_in_all_its_forms() {
        let text = "وقال بوتين إن لبوتين وبوتين رأيا، والرئيسُ الروسي في روسيا";
        assert_eq!(found("بوتين", false, text), ["بوتين", "لبوتين", "وبوتين"]);
        assert_eq!(found("رئيس", false, text), ["والرئيسُ"]);
        assert_eq!(found("الروسي", false, text), ["الروسي"]);
        assert_eq!(found("روس", false, text), [""; 0]);
        assert_eq!(found("روس", true, text), ["الروسي", "روسيا"]);
        assert_eq!(found("Putin", false, "PUTIN, putins"), ["PUTIN"]);
        let text = "إلهام هام، والهام بإلهام";
        assert_eq!(found("إلهام", false, text), ["إلهام", "والهام", "بإلهام"]);
        assert_eq!(found("هام", false, text), ["هام", "والهام"]);
        assert_eq!(found("الهام", false, text), ["إلهام", "هام", "والهام", "بإلهام"]);
    }
}

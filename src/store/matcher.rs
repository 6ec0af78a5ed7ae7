//! Where the words of a query match in a text: the same rules as the index, applied to one text for highlighting.

use crate::text::{Span, Splitter, proclitic_rests};

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

/// The fewest letters that may remain without the article.
const FEWEST_LETTERS: usize = 3;

/// A word without ال where three letters remain: the form under which the index holds the word with and without it.
pub(super) fn bare(folded: &str) -> &str {
    folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= FEWEST_LETTERS).unwrap_or(folded)
}

impl Matcher {
    /// Looks for this folded word too.
    pub(super) fn add(&mut self, folded: &str, open: bool) {
        self.forms.push(Form { folded: bare(folded).to_owned(), open: false });
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
        let (mut splitter, mut folded) = (Splitter::new(text), String::new());
        while let Some(span) = splitter.next_into(&mut folded) {
            let mut matches = self.takes(&folded);
            if !matches {
                proclitic_rests(&folded, |rest| matches = matches || self.takes(rest));
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
        matcher.add(&crate::text::fold(word), open);
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
    }
}

//! Words: where they lie in a text, in which folded form they are compared, and which forms an Arabic word hides behind its proclitics.

use super::{
    Span,
    fold::{self, Fate},
};

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, vowel points and joiners inside it included.
    pub span: Span,
    /// The form in which it is compared.
    pub folded: String,
}

/// Splits a text into words, one at a time and without allocating: the caller's buffer receives the folded form.
///
/// A digit next to an Arabic letter begins a new word ("2021ء", "الـ10"); Latin letters and digits stay together ("F16").
#[derive(Clone, Debug)]
pub struct Splitter<'a> {
    text: &'a str,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Digit,
    Arabic,
    Other,
}

impl<'a> Splitter<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str) -> Splitter<'a> {
        Splitter { text, at: 0 }
    }

    /// Moves to the next word, puts its folded form into `folded` and returns where it stands; `None` at the end.
    pub fn next_into(&mut self, folded: &mut String) -> Option<Span> {
        folded.clear();
        let fates = fold::fates();
        let (mut start, mut end, mut sort) = (self.at, self.at, Sort::Other);
        for (offset, c) in self.text[self.at..].char_indices() {
            let at = self.at + offset;
            let fate = fold::fate(fates, c);
            let letter = match fate {
                Fate::Dropped => {
                    if !folded.is_empty() {
                        end = at + c.len_utf8();
                    }
                    continue;
                }
                Fate::Separator if folded.is_empty() => continue,
                Fate::Separator => {
                    self.at = at + c.len_utf8();
                    return Some(Span::new(start, end));
                }
                Fate::Letter(letter) => Some(letter),
                Fate::Many => None,
            };
            let its = letter.map_or(Sort::Other, sort_of);
            if folded.is_empty() {
                (start, sort) = (at, its);
            } else if its != sort && (its == Sort::Arabic || sort == Sort::Arabic) && (its == Sort::Digit || sort == Sort::Digit)
            {
                self.at = at;
                return Some(Span::new(start, end));
            } else {
                sort = its;
            }
            match letter {
                Some(letter) => folded.push(letter),
                None => fold::expand(c, folded),
            }
            end = at + c.len_utf8();
        }
        self.at = self.text.len();
        (!folded.is_empty()).then(|| Span::new(start, end))
    }
}

impl Iterator for Splitter<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut folded = String::new();
        self.next_into(&mut folded).map(|span| Word { span, folded })
    }
}

fn sort_of(c: char) -> Sort {
    match c {
        c if c.is_ascii_digit() => Sort::Digit,
        c if fold::is_arabic_letter(c) => Sort::Arabic,
        _ => Sort::Other,
    }
}

/// Returns the words of `text` in order.
pub fn words(text: &str) -> Vec<Word> {
    Splitter::new(text).collect()
}

/// The fewest letters that may remain when a proclitic is cut off.
const FEWEST_LETTERS: usize = 3;

/// Hands `each` every form that a folded Arabic word may hide behind attached particles: the rests after و ف, then ب ك ل,
/// then ال or لل, as long as three letters remain; the longest first, the word itself not among them.
///
/// `وبالاتفاق` gives `بالاتفاق`, `الاتفاق`, `اتفاق`. These are candidates: `بوتين` gives `وتين` too. An index that holds
/// all of them at one position lets the bare word find every attached form without a stemmer, which would cut names.
pub fn proclitic_rests<'a>(folded: &'a str, mut each: impl FnMut(&'a str)) {
    if !folded.chars().all(fold::is_arabic_letter) {
        return;
    }
    let mut cut = |rest: Option<&'a str>| rest.filter(|rest| rest.chars().count() >= FEWEST_LETTERS).inspect(|rest| each(rest));
    let conjunction = cut(folded.strip_prefix(['و', 'ف']));
    for base in [Some(folded), conjunction].into_iter().flatten() {
        let preposition = cut(base.strip_prefix(['ب', 'ك', 'ل']));
        cut(base.strip_prefix("ال"));
        cut(base.strip_prefix("لل"));
        if let Some(rest) = preposition {
            cut(rest.strip_prefix("ال"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn digits_part_from_arabic_letters_but_not_from_latin_ones() {
        assert_eq!(folded("26 نوفمبر 2021ء) الـ10 F16"), ["26", "نوفمبر", "2021", "ء", "ال", "10", "f16"]);
    }

    #[test]
    fn a_word_ends_where_its_marks_end() {
        let text = "«تمَّ، النصّ»";
        let spans: Vec<&str> = words(text).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(spans, ["تمَّ", "النصّ"]);
    }

    #[test]
    fn proclitics_are_peeled_from_the_outside() {
        for (word, rests) in [
            ("وبالاتفاق", vec!["بالاتفاق", "الاتفاق", "اتفاق"]),
            ("لبوتين", vec!["بوتين"]),
            ("للاتحاد", vec!["لاتحاد", "اتحاد"]),
            ("بن", vec![]),
            ("putin", vec![]),
        ] {
            let mut found = Vec::new();
            proclitic_rests(word, |rest| found.push(rest));
            assert_eq!(found, rests, "{word}");
        }
    }

    proptest! {
        #[test]
        fn every_word_folds_from_its_own_span(text in "[\\PC\u{600}-\u{6FF} ]{0,80}") {
            let mut before = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= before && !word.span.is_empty());
                prop_assert_eq!(crate::text::fold(word.span.of(&text)), word.folded);
                before = word.span.end;
            }
        }
    }
}

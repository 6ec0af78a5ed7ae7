//! Words: where they lie in a text, in which folded form they are compared, and which forms an Arabic word hides behind its proclitics.
//!
//! Folding takes the hamza off an alif, but what looks like an article after it is none if the alif was written with one:
//! `إلهام` is no `ال` and `هام`. So a word remembers whether its first alif was written so ([`Word::seated`]).

use super::{
    Span,
    fold::{self, Fate, Sort, sort_of},
};

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, vowel points and joiners inside it included.
    pub span: Span,
    /// The form in which it is compared.
    pub folded: String,
    /// Whether its first alif is written with hamza or madda, and so begins no article.
    pub seated: bool,
}

/// Splits a text into words, one at a time and without allocating: the caller's buffer receives the folded form.
///
/// A digit next to an Arabic letter begins a new word ("2021ء", "الـ10"); Latin letters and digits stay together ("F16").
#[derive(Clone, Debug)]
pub struct Splitter<'a> {
    text: &'a str,
    at: usize,
    /// The word returned last.
    word: &'a str,
}

impl<'a> Splitter<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str) -> Splitter<'a> {
        Splitter { text, at: 0, word: "" }
    }

    /// Whether the first alif of the word returned last is written with hamza or madda.
    pub fn seated(&self) -> bool {
        is_first_alif_seated(self.word)
    }

    /// Moves to the next word, puts its folded form into `folded` and returns where it stands; `None` at the end.
    pub fn next_into(&mut self, folded: &mut String) -> Option<Span> {
        folded.clear();
        let (text, fates) = (self.text, fold::fates());
        let begins = |c| !matches!(fold::fate(fates, c), Fate::Separator | Fate::Dropped);
        let Some(start) = text[self.at..].find(begins).map(|skipped| self.at + skipped) else {
            (self.at, self.word) = (text.len(), "");
            return None;
        };
        // What is compared as it is written is taken over in runs: most words are one.
        let (mut end, mut run, mut sort) = (text.len(), start, None);
        self.at = text.len();
        for (offset, c) in text[start..].char_indices() {
            let at = start + offset;
            let fate = fold::fate(fates, c);
            let its = match fate {
                Fate::Kept(its) if Some(its) == sort => continue,
                Fate::Kept(its) => its,
                Fate::Letter(letter) => sort_of(letter),
                Fate::Many => Sort::Other,
                Fate::Dropped => {
                    folded.push_str(&text[run..at]);
                    run = at + c.len_utf8();
                    continue;
                }
                Fate::Separator => {
                    (end, self.at) = (at, at + c.len_utf8());
                    break;
                }
            };
            if matches!((sort, its), (Some(Sort::Digit), Sort::Arabic) | (Some(Sort::Arabic), Sort::Digit)) {
                (end, self.at) = (at, at);
                break;
            }
            sort = Some(its);
            if !matches!(fate, Fate::Kept(_)) {
                folded.push_str(&text[run..at]);
                run = at + c.len_utf8();
                match fate {
                    Fate::Letter(letter) => folded.push(letter),
                    _ => fold::expand(c, folded),
                }
            }
        }
        folded.push_str(&text[run..end]);
        self.word = &text[start..end];
        Some(Span::new(start, end))
    }
}

/// Whether the first alif of a word is written with hamza or madda.
fn is_first_alif_seated(word: &str) -> bool {
    let fates = fold::fates();
    let mut chars = word.chars();
    let alif = chars.by_ref().find(|c| match fold::fate(fates, *c) {
        Fate::Kept(_) => *c == 'ا',
        Fate::Letter(letter) => letter == 'ا',
        Fate::Many => {
            let mut letters = String::new();
            fold::expand(*c, &mut letters);
            letters.ends_with('ا')
        }
        Fate::Separator | Fate::Dropped => false,
    });
    // Decomposed text writes the mark behind its alif.
    let mut marks = chars.take_while(|c| fold::fate(fates, *c) == Fate::Dropped);
    alif.is_some_and(|alif| is_seated(alif) || marks.any(|mark| matches!(mark, '\u{653}'..='\u{655}')))
}

/// Alif with hamza or madda, presentation forms and ligatures with lam among them.
fn is_seated(c: char) -> bool {
    matches!(c, 'أ' | 'إ' | 'آ' | '\u{FE81}'..='\u{FE84}' | '\u{FE87}' | '\u{FE88}' | '\u{FEF5}'..='\u{FEFA}')
}

/// Hands out the words of a text as index, queries and highlighting compare them: the s of an English possessive is none of them.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    splitter: Splitter<'a>,
    /// Where the word before ended, if it was one that takes an apostrophe.
    owner: Option<u32>,
}

impl<'a> Compared<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str) -> Compared<'a> {
        Compared { splitter: Splitter::new(text), owner: None }
    }

    /// Moves on as [`Splitter::next_into`] does.
    pub fn next_into(&mut self, folded: &mut String) -> Option<Span> {
        let mut span = self.splitter.next_into(folded)?;
        if folded == "s" && self.owner.is_some_and(|end| is_apostrophe(self.splitter.text, end, span.start)) {
            span = self.splitter.next_into(folded)?;
        }
        self.owner = folded.ends_with(|c: char| c.is_ascii_alphabetic()).then_some(span.end);
        Some(span)
    }

    /// Whether the first alif of the word returned last is written with hamza or madda.
    pub fn seated(&self) -> bool {
        self.splitter.seated()
    }
}

fn is_apostrophe(text: &str, from: u32, to: u32) -> bool {
    matches!(Span::new(from as usize, to as usize).of(text), "'" | "’")
}

impl Iterator for Compared<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut folded = String::new();
        let span = self.next_into(&mut folded)?;
        Some(Word { span, folded, seated: self.seated() })
    }
}

/// Returns the words of `text` in order, as [`Compared`] hands them out.
pub fn words(text: &str) -> Vec<Word> {
    Compared::new(text).collect()
}

/// The fewest letters that may remain when a proclitic is cut off.
const FEWEST_LETTERS: usize = 3;

/// A folded word without ال, where three letters remain and the alif was written without hamza.
pub fn without_article(folded: &str, seated: bool) -> Option<&str> {
    folded.strip_prefix("ال").filter(|rest| !seated && rest.chars().nth(FEWEST_LETTERS - 1).is_some())
}

/// Whether a folded word begins as those do that [`proclitic_rests`] cuts: a glance that spares most words the rest.
pub fn may_hide_forms(folded: &str) -> bool {
    folded.starts_with(['و', 'ف', 'ب', 'ك', 'ل']) || folded.starts_with("ال")
}

/// Whether enough is left of a word of Arabic letters, each of which takes two bytes.
fn has_enough_letters(rest: &str) -> bool {
    rest.len() >= 2 * FEWEST_LETTERS
}

/// Hands `each` every form that a folded Arabic word may hide behind attached particles: the rests after و ف, then ب ك ل,
/// then ال or لل, as long as three letters remain; the longest first, the word itself not among them. A `seated` alif
/// begins no article. Before Latin letters (`لـCNN`) two are enough.
///
/// `وبالاتفاق` gives `بالاتفاق`, `الاتفاق`, `اتفاق`. These are candidates: `بوتين` gives `وتين` too. An index that holds
/// them at one position lets the bare word find every attached form without a stemmer, which would cut names.
pub fn proclitic_rests<'a>(folded: &'a str, seated: bool, mut each: impl FnMut(&'a str)) {
    if !may_hide_forms(folded) {
        return;
    }
    if let Some(at) = folded.find(|c| !fold::is_arabic_letter(c)) {
        let (particles, rest) = folded.split_at(at);
        if is_particles(particles) && rest.len() > 1 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            each(rest);
        }
        return;
    }
    let mut cut = |rest: Option<&'a str>| rest.filter(|rest| has_enough_letters(rest)).inspect(|rest| each(rest));
    let conjunction = cut(folded.strip_prefix(['و', 'ف']));
    for base in [Some(folded), conjunction].into_iter().flatten() {
        let preposition = cut(base.strip_prefix(['ب', 'ك', 'ل']));
        // No particle before it holds an alif: the article's is the first of the word.
        if !seated {
            cut(base.strip_prefix("ال"));
            cut(preposition.and_then(|rest| rest.strip_prefix("ال")));
        }
        cut(base.strip_prefix("لل"));
    }
}

fn is_particles(letters: &str) -> bool {
    let rest = letters.strip_prefix(['و', 'ف']).unwrap_or(letters);
    let rest = rest.strip_prefix(['ب', 'ك', 'ل']).unwrap_or(rest);
    matches!(rest, "" | "ال" | "ل")
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
    fn the_s_of_a_possessive_is_no_word() {
        assert_eq!(folded("Putin's ally, the Times’s 's s Ivan 's"), ["putin", "ally", "the", "times", "s", "s", "ivan", "s"]);
    }

    #[test]
    fn proclitics_are_peeled_from_the_outside() {
        for (written, rests) in [
            ("وبالاتفاق", vec!["بالاتفاق", "الاتفاق", "اتفاق"]),
            ("لبوتين", vec!["بوتين"]),
            ("للاتحاد", vec!["لاتحاد", "اتحاد"]),
            ("الهام", vec!["هام"]),
            ("إلهام", vec![]),
            ("إ\u{64E}لهام", vec![]),
            ("ا\u{655}لهام", vec![]),
            ("القرا\u{653}ن", vec!["قران"]),
            ("ﺇﻟﻬﺎﻡ", vec![]),
            ("وإلهام", vec!["الهام"]),
            ("الإلهام", vec!["الهام"]),
            ("ألمانيا", vec![]),
            ("لألمانيا", vec!["المانيا"]),
            ("ٱلكتاب", vec!["كتاب"]),
            ("بن", vec![]),
            ("putin", vec![]),
            ("لـCNN", vec!["cnn"]),
            ("والـBBC", vec!["bbc"]),
            ("سيCNN", vec![]),
            ("a\u{653}", vec![]),
        ] {
            let word = words(written).remove(0);
            let mut found = Vec::new();
            proclitic_rests(&word.folded, word.seated, |rest| found.push(rest));
            assert_eq!(found, rests, "{written}");
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

//! Folding: the form in which words are compared and searched, the same for index, query, highlighting and lexicons.
//!
//! One letter of the original gives one letter, several, or none. Folded alike are: hamza seats (أإآٱ with ا, ؤ with ئ), ى and
//! Persian ی with ي, ک with ك, ة and the other round letters with ه, digits of all scripts, letter case, Latin
//! diacritics, and presentation forms (by NFKC). Harakat, tatweel and invisible marks vanish.

use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Changes whenever [`fold`], the word splitting built on it or the terms that the index makes of words are others; indexes made
/// under another number are rebuilt.
pub const ANALYSIS_VERSION: u32 = 3;

/// What becomes of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Not part of any word.
    Separator,
    /// Part of the word around it, but not compared.
    Dropped,
    /// Compared as it is.
    Kept(Sort),
    /// Compared as this other letter or digit.
    Letter(char),
    /// Compared as several letters, or outside the table: ask [`expand`].
    Many,
}

/// What letters and digits are where words are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Digit,
    Arabic,
    Other,
}

/// The sort of a letter or digit that is folded.
pub(crate) fn sort_of(folded: char) -> Sort {
    match folded {
        c if c.is_ascii_digit() => Sort::Digit,
        c if is_arabic_letter(c) => Sort::Arabic,
        _ => Sort::Other,
    }
}

/// Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic: everything two bytes of UTF-8 hold below U+0700.
const TABLE: usize = 0x700;

static FATES: LazyLock<Box<[Fate; TABLE]>> = LazyLock::new(|| {
    let mut fates = Box::new([Fate::Separator; TABLE]);
    for (code, fate) in (0..).zip(fates.iter_mut()) {
        *fate = char::from_u32(code).map_or(Fate::Separator, work_out);
    }
    fates
});

/// Borrows the table once, so that loops over a text need not check that it is there.
pub(crate) fn fates() -> &'static [Fate; TABLE] {
    &FATES
}

/// Looks up one character; `fates` comes from [`fates`].
pub(crate) fn fate(fates: &[Fate; TABLE], c: char) -> Fate {
    match fates.get(c as usize) {
        Some(fate) => *fate,
        None => work_out(c),
    }
}

/// Appends what a character of [`Fate::Many`] is compared as.
pub(crate) fn expand(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkc() {
        // Hamza seats are letters of their own here; decomposed, ؤ would become و and ئ would become ي.
        if is_arabic_letter(part) {
            out.extend(single(part));
            continue;
        }
        for lower in std::iter::once(part).nfkd().flat_map(char::to_lowercase) {
            if let Some(letter) = single(lower) {
                out.push(letter);
            } else if let Some(letters) = ligature(lower) {
                out.push_str(letters);
            }
        }
    }
}

/// Returns `text` in the form in which it is compared. Separators stay, so that words remain words.
pub fn fold(text: &str) -> String {
    let fates = fates();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fate(fates, c) {
            Fate::Separator | Fate::Kept(_) => out.push(c),
            Fate::Dropped => {}
            Fate::Letter(letter) => out.push(letter),
            Fate::Many => expand(c, &mut out),
        }
    }
    out
}

/// The letters of the Arabic alphabet as they remain after folding.
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{6FA}'..='\u{6FF}' | '\u{750}'..='\u{77F}')
}

fn work_out(c: char) -> Fate {
    if is_ignorable(c) {
        return Fate::Dropped;
    }
    if !c.is_alphanumeric() && !is_joining_mark(c) {
        return Fate::Separator;
    }
    let mut whole = String::new();
    expand(c, &mut whole);
    let mut letters = whole.chars();
    match (letters.next(), letters.next()) {
        (None, _) => Fate::Dropped,
        (Some(letter), None) if letter == c => Fate::Kept(sort_of(c)),
        (Some(letter), None) => Fate::Letter(letter),
        _ => Fate::Many,
    }
}

/// The fold of one lower-case, decomposed character; `None` for what vanishes and for [`ligature`]s.
fn single(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ۀ' | 'ہ' | 'ە' | 'ھ' | 'ۃ' => 'ه',
        'ؤ' => 'ئ',
        'ı' => 'i',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ħ' => 'h',
        'ŧ' => 't',
        'ß' | 'æ' | 'œ' | 'þ' => return None,
        c if is_ignorable(c) => return None,
        c => c.to_digit(10).or_else(|| foreign_digit(c)).map_or(c, |digit| char::from_digit(digit, 10).expect("a decimal digit")),
    })
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// Decimal digits come in runs of ten that begin at a multiple of ten or sixteen; the scripts of news are listed.
fn foreign_digit(c: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{FF10}'];
    ZEROS.iter().map(|zero| (c as u32).wrapping_sub(*zero as u32)).find(|digit| *digit < 10)
}

/// Vowel points, accents, tatweel, joiners and bidi marks: written, but never compared.
fn is_ignorable(c: char) -> bool {
    match c {
        '\u{640}'
        | '\u{AD}'
        | '\u{61C}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' => true,
        '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' => true,
        // Viramas and nuktas (classes below 10) change the letter in Indic scripts and stay.
        c => canonical_combining_class(c) >= 10,
    }
}

fn is_joining_mark(c: char) -> bool {
    (1..10).contains(&canonical_combining_class(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        for (one, other) in [
            ("أرمينيا", "ارمينيا"),
            ("إردوغان", "أردوغان"),
            ("رئيسُ", "رئيس"),
            ("قره باغ", "قرة باغ"),
            ("٢٠٢١", "2021"),
            ("۲۰۲۱", "2021"),
            ("علی", "على"),
            ("کاراباخ", "كاراباخ"),
            ("تشـــرين", "تشرين"),
            ("مسؤول", "مسئول"),
            ("ﺑﻮﺗﻴﻦ", "بوتين"),
            ("اﻷﻣﻢ", "الأمم"),
            ("Élysée", "elysee"),
            ("İstanbul", "istanbul"),
            ("Erdoğan", "ERDOGAN"),
            ("Straße", "strasse"),
            ("ＡＢＣ", "abc"),
            ("می\u{200C}خواهم", "میخواهم"),
            ("שָׁלוֹם", "שלום"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn different_letters_stay_different() {
        for (one, other) in [("علم", "عالم"), ("سلام", "شلام"), ("حق", "هق"), ("мир", "мор")] {
            assert_ne!(fold(one), fold(other));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "[\\PC\u{600}-\u{6FF}\u{FB50}-\u{FEFC}A-ÿ]{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}

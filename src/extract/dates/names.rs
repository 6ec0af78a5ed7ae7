//! The parts of a date: numbers, days in words, months under one or two names, years and the words that stand for one.

use super::{Relative, hijri};
use crate::{extract::tokens::Tokens, lang::Class};

/// A month as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    /// From 1, of the calendar at hand.
    pub number: u8,
    /// Of the Islamic calendar.
    pub hijri: bool,
    /// How many letters in front are particles.
    pub cut: u8,
    /// The token after it.
    pub end: usize,
}

pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    (tokens.mark(at) == '0').then(|| tokens.folded(at).parse().ok()).flatten()
}

pub(super) fn day(tokens: &Tokens<'_>, at: usize) -> Option<u8> {
    let short = tokens.folded(at).len() <= 2;
    number(tokens, at).filter(|day| short && (1..=31).contains(day)).and_then(|day| u8::try_from(day).ok())
}

/// A year of four digits, of either calendar.
pub(super) fn year(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    (tokens.folded(at).len() == 4)
        .then(|| number(tokens, at))
        .flatten()
        .filter(|year| (1000..=2199).contains(year))
        .and_then(|year| i16::try_from(year).ok())
}

/// The month whose name begins at a token; double names (كانون الثاني/يناير, أيلول (سبتمبر), مارس آذار) count once.
pub(super) fn month(tokens: &Tokens<'_>, at: usize) -> Option<Month> {
    let first = single(tokens, at)?;
    let again = |at: usize| single(tokens, at).filter(|other| !other.hijri && other.cut == 0);
    match tokens.mark(first.end) {
        _ if first.hijri => {}
        '/' | '\\' | '-' | '–' => {
            if let Some(other) =
                again(first.end + 1).filter(|other| other.number == first.number || tokens.mark(first.end) == '/')
            {
                return Some(Month { end: other.end, ..first });
            }
        }
        '(' => {
            if let Some(other) = again(first.end + 1).filter(|other| tokens.mark(other.end) == ')') {
                return Some(Month { end: other.end + 1, ..first });
            }
        }
        _ => {
            if let Some(other) = again(first.end).filter(|other| other.number == first.number) {
                return Some(Month { end: other.end, ..first });
            }
        }
    }
    Some(first)
}

fn single(tokens: &Tokens<'_>, at: usize) -> Option<Month> {
    let token = tokens.all.get(at).filter(|token| token.is_word())?;
    if let Some((number, words)) = hijri::month(tokens.folded(at), tokens.folded(at + 1)) {
        return Some(Month { number, hijri: true, cut: 0, end: at + words });
    }
    let form = token.form(Class::MONTH)?;
    if form.cut == 0 && token.first.is_ascii() && token.first.is_lowercase() {
        return None;
    }
    let month = |number: u8, words: usize| Month { number, hijri: false, cut: form.cut, end: at + words };
    let number = u8::try_from(form.value).ok()?;
    if number < 100 {
        // Nov. 26
        let stop = token.first.is_ascii() && tokens.mark(at + 1) == '.' && tokens.mark(at + 2) == '0';
        return Some(month(number, 1 + usize::from(stop)));
    }
    let first = number - 100;
    let second = if first == 12 { 1 } else { first + 1 };
    match tokens.folded(at + 1) {
        "الاول" | "اول" => Some(month(first, 2)),
        "الثاني" | "ثاني" | "ثان" => Some(month(second, 2)),
        _ => None,
    }
}

/// A day in words and the token after it: الثالث, الثالث عشر, الثالث والعشرين.
pub(super) fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    const UNITS: [&str; 10] = ["اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"];
    let word = tokens.folded(at);
    let stem = word.strip_prefix("ال").unwrap_or(word);
    let tens = |word: &str| match word {
        "العشرين" | "والعشرين" => 20,
        "الثلاثين" | "والثلاثين" => 30,
        _ => 0,
    };
    let (day, next) = match UNITS.iter().position(|unit| *unit == stem).and_then(|unit| u8::try_from(unit + 1).ok()) {
        Some(unit) if tokens.folded(at + 1) == "عشر" => (unit + 10, at + 2),
        Some(unit) if tens(tokens.folded(at + 1)) > 0 => (unit + tens(tokens.folded(at + 1)), at + 2),
        Some(unit) => (unit, at + 1),
        None if stem == "حادي" && tokens.folded(at + 1) == "عشر" => (11, at + 2),
        None if stem == "حادي" => (1 + tens(tokens.folded(at + 1)), at + 2),
        None => (tens(word), at + 1),
    };
    ((1..=31).contains(&day)).then_some((day, next))
}

/// A day in digits or words, and the token after it.
pub(super) fn any_day(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    if let Some(day) = day(tokens, at) {
        return Some((day, at + 1));
    }
    // Digits and Latin letters are one word: 26th.
    let english = || ["th", "st", "nd", "rd"].iter().find_map(|ending| tokens.folded(at).strip_suffix(ending)?.parse().ok());
    english().filter(|day| (1..=31).contains(day)).map(|day| (day, at + 1)).or_else(|| ordinal(tokens, at))
}

/// The year, or a word that stands for one, after a month, and the token after it.
pub(super) fn trailing_year(tokens: &Tokens<'_>, at: usize) -> (Option<i16>, Option<Relative>, usize) {
    let mut next = at;
    if matches!(tokens.mark(next), '،' | ',') {
        next += 1;
    }
    let is_year_word = |at: usize| tokens.all.get(at).is_some_and(|token| token.is(Class::YEAR) && !token.first.is_ascii());
    if next == at && tokens.folded(next) == "من" && is_year_word(next + 1) {
        next += 1;
    }
    if matches!(tokens.folded(next), "of") {
        next += 1;
    }
    if next == at || matches!(tokens.folded(next.wrapping_sub(1)), "من") {
        if is_year_word(next) {
            if let Some(year) = year(tokens, next + 1) {
                return (Some(year), None, next + 2);
            }
            if let Some(relative) = relative(tokens, next + 1) {
                // العام المقبل 2019
                let stated = year(tokens, next + 2);
                return (stated, Some(relative), next + 2 + usize::from(stated.is_some()));
            }
        }
        if let Some(relative) = relative(tokens, next).filter(|_| !tokens.all[next].first.is_ascii()) {
            return (None, Some(relative), next + 1);
        }
    }
    match year(tokens, next) {
        Some(year) => (Some(year), None, next + 1),
        None => (None, None, at),
    }
}

/// Which year a word like الماضي means.
pub(super) fn relative(tokens: &Tokens<'_>, at: usize) -> Option<Relative> {
    let token = tokens.all.get(at).filter(|token| token.is(Class::RELATIVE_TIME))?;
    let word = tokens.folded(at);
    Some(match word.strip_prefix("ال").unwrap_or(word).trim_end_matches('ه') {
        "جاري" | "حالي" | "this" => Relative::This,
        "مقبل" | "قادم" | "next" => Relative::Next,
        _ if token.is_word() => Relative::Last,
        _ => return None,
    })
}

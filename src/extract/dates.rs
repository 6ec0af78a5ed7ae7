//! Dates of the Arab and the English press: all calendars' month names, double names, digits of all scripts.

use super::tokens::Tokens;
use crate::{domain::Dated, lang::Class, text::Span};

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoundDate {
    /// Where it stands, by the annotation guide: year word and `الماضي` inside, weekday outside.
    pub span: Span,
    /// Its tokens.
    pub tokens: (usize, usize),
    /// The day of the month, if stated.
    pub day: Option<u8>,
    /// The month, if stated.
    pub month: Option<u8>,
    /// The year, if stated.
    pub year: Option<i16>,
    /// The weekday before it, Monday 0.
    pub weekday: Option<u8>,
}

impl FoundDate {
    /// The date as far as the text itself states it.
    pub fn dated(&self) -> Option<Dated> {
        match (self.year?, self.month, self.day) {
            (year, Some(month), Some(day)) => Dated::ymd(year, month, day),
            (year, Some(month), None) => Dated::ym(year, month),
            (year, None, _) => Some(Dated { year, month: None, day: None }),
        }
    }
}

/// All dates of a text in order.
pub(super) fn find(tokens: &Tokens<'_>) -> Vec<FoundDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        match date_at(tokens, at) {
            Some(date) => {
                at = date.tokens.1;
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a line is a date and nothing else but weekday, clock time and marks.
pub(super) fn is_date_line(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let mut at = start;
    let mut any = false;
    while at < end {
        if let Some(date) = date_at(tokens, at) {
            at = date.tokens.1;
            any = true;
            continue;
        }
        let token = &tokens.all[at];
        if token.mark == 'w' && !token.can_be(Class::WEEKDAY) && tokens.written(at).chars().count() > 2 {
            return false;
        }
        at += 1;
    }
    any
}

fn number(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    (tokens.mark(at) == '0').then(|| tokens.folded(at).parse().ok()).flatten()
}

fn day(tokens: &Tokens<'_>, at: usize) -> Option<u8> {
    number(tokens, at).filter(|day| (1..=31).contains(day)).and_then(|day| u8::try_from(day).ok())
}

fn year(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    (tokens.folded(at).len() == 4)
        .then(|| number(tokens, at))
        .flatten()
        .filter(|year| (1000..=2100).contains(year))
        .and_then(|year| i16::try_from(year).ok())
}

/// The month whose name begins at a token, whether it is cut off particles, and the token after it; double names count once.
fn month(tokens: &Tokens<'_>, at: usize) -> Option<(u8, u8, usize)> {
    let (number, cut, mut next) = single_month(tokens, at)?;
    if tokens.mark(next) == '/'
        && let Some((_, _, end)) = single_month(tokens, next + 1)
    {
        next = end;
    } else if let Some((same, 0, end)) = single_month(tokens, next)
        && same == number
    {
        // 29 مارس آذار
        next = end;
    }
    Some((number, cut, next))
}

fn single_month(tokens: &Tokens<'_>, at: usize) -> Option<(u8, u8, usize)> {
    let token = tokens.all.get(at)?;
    let form = token.form(Class::MONTH)?;
    let english = form.cut == 0 && token.first.is_ascii();
    if english && token.first.is_lowercase() {
        return None;
    }
    let number = u8::try_from(form.value).ok()?;
    if number < 100 {
        return Some((number, form.cut, at + 1));
    }
    let first = number - 100;
    let second = if first == 12 { 1 } else { first + 1 };
    match tokens.folded(at + 1) {
        "الاول" | "اول" => Some((first, form.cut, at + 2)),
        "الثاني" | "ثاني" => Some((second, form.cut, at + 2)),
        _ => None,
    }
}

pub(super) fn date_at(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let token = tokens.all[at];
    if !token.is_word() {
        return None;
    }
    numeric(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at)).or_else(|| year_only(tokens, at))
}

/// 12/1/2021 (day first, as the Arab press writes), 2021-01-12.
fn numeric(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let mark = tokens.mark(at + 1);
    if !matches!(mark, '/' | '-' | '.') || tokens.mark(at + 3) != mark {
        return None;
    }
    let (first, second, third) = (number(tokens, at)?, number(tokens, at + 2)?, number(tokens, at + 4)?);
    let (year, month, day) =
        if let Some(year) = year(tokens, at) { (year, second, third) } else { (year(tokens, at + 4)?, second, first) };
    // Month first where day first cannot be.
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Dated::ymd(year, month, day)?;
    Some(finish(tokens, (at, at + 5), 0, Some(day), Some(month), Some(year)))
}

/// `10 من تشرين الثاني الماضي`, `9 نوفمبر/تشرين الثاني 2020`, `26 November 2021`.
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let (the_day, mut next) = match day(tokens, at) {
        Some(day) => (day, at + 1),
        None => ordinal(tokens, at)?,
    };
    // Ordinal endings: 26th.
    if tokens.all.get(next).is_some_and(|token| !token.spaced) && matches!(tokens.folded(next), "th" | "st" | "nd" | "rd") {
        next += 1;
    }
    if matches!(tokens.folded(next), "من" | "of" | "شهر") {
        next += 1;
    }
    if tokens.folded(next) == "شهر" {
        next += 1;
    }
    let (month, _, end) = month(tokens, next)?;
    let (year, end) = trailing_year(tokens, end);
    Some(finish(tokens, (at, end), 0, Some(the_day), Some(month), year))
}

/// A day in words and the token after it: الثالث, الثالث عشر, الثالث والعشرين.
fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
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

/// `نوفمبر 2021`, `November 26, 2021`, `January 2021`, a bare month.
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let (month, cut, end) = month(tokens, at)?;
    let english = tokens.all[at].first.is_ascii();
    if english && let Some(the_day) = day(tokens, end) {
        let (year, end) = trailing_year(tokens, end + 1);
        return Some(finish(tokens, (at, end), cut, Some(the_day), Some(month), year));
    }
    let (year, after) = trailing_year(tokens, end);
    // A month alone is a date only where nothing else is meant: not May, March or مارس as a verb.
    if after == end && year.is_none() && (english || tokens.written(at).chars().count() < 4) {
        return None;
    }
    (year.is_some() || after > end).then(|| finish(tokens, (at, after), cut, None, Some(month), year))
}

/// `عام 2020`, `في 2018`.
fn year_only(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    if tokens.all[at].can_be(Class::YEAR) && !tokens.all[at].first.is_ascii() {
        let form = tokens.all[at].form(Class::YEAR)?;
        let year = year(tokens, at + 1)?;
        return Some(finish(tokens, (at, at + 2), form.cut, None, None, Some(year)));
    }
    let year = year(tokens, at).filter(|year| (1900..=2099).contains(year))?;
    let before = at.checked_sub(1)?;
    let word = tokens.folded(before).trim_start_matches('و');
    let leads = matches!(
        word,
        "في" | "منذ"
            | "in"
            | "since"
            | "سنه"
            | "حتي"
            | "until"
            | "by"
            | "from"
            | "before"
            | "خلال"
            | "ل"
            | "لعام"
            | "بدايه"
            | "نهايه"
            | "عامي"
    );
    // A number behind a word and before a mark or particle is a year more often than a count.
    let after = tokens.all.get(at + 1);
    let closed =
        after.is_none_or(|next| matches!(next.mark, '،' | ',' | '.' | '\n' | ')') || next.is(Class::FUNCTION)) && year != 2000;
    let leads = leads || closed && tokens.all[before].first.is_alphabetic() && !tokens.all[before].first.is_ascii();
    let alone = !matches!(tokens.mark(at + 1), '-' | '–' | '/' | '%') && tokens.mark(before) == 'w';
    (leads && alone).then(|| finish(tokens, (at, at + 1), 0, None, None, Some(year)))
}

/// The year, or a word that stands for one, after a month, and the token after it.
fn trailing_year(tokens: &Tokens<'_>, at: usize) -> (Option<i16>, usize) {
    let mut next = at;
    if matches!(tokens.mark(next), '،' | ',') {
        next += 1;
    }
    if next == at && tokens.folded(next) == "من" && tokens.all.get(next + 1).is_some_and(|token| token.can_be(Class::YEAR)) {
        next += 1;
    }
    if next == at || tokens.folded(next.wrapping_sub(1)) == "من" {
        if tokens.all.get(next).is_some_and(|token| token.is(Class::YEAR) && !token.first.is_ascii()) {
            if let Some(year) = year(tokens, next + 1) {
                return (Some(year), next + 2);
            }
            if tokens.all.get(next + 1).is_some_and(|token| token.is(Class::RELATIVE_TIME)) {
                return (None, next + 2);
            }
        }
        if tokens.all.get(next).is_some_and(|token| token.is(Class::RELATIVE_TIME) && !token.first.is_ascii()) {
            return (None, next + 1);
        }
    }
    match year(tokens, next) {
        Some(year) => (Some(year), next + 1),
        None => (None, at),
    }
}

fn finish(
    tokens: &Tokens<'_>,
    range: (usize, usize),
    cut: u8,
    day: Option<u8>,
    month: Option<u8>,
    year: Option<i16>,
) -> FoundDate {
    let span = Span::new(tokens.cut_start(range.0, cut), tokens.all[range.1 - 1].span.end as usize);
    let mut weekday = None;
    for before in (range.0.saturating_sub(3)..range.0).rev() {
        if let Some(form) = tokens.all[before].form(Class::WEEKDAY) {
            weekday = u8::try_from(form.value).ok();
            break;
        }
    }
    FoundDate { span, tokens: range, day, month, year, weekday }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Packs, detect};

    #[test]
    fn dates_of_the_press() {
        for (text, span, date) in [
            ("يوم 9 تشرين الثاني/نوفمبر 2020 في", "9 تشرين الثاني/نوفمبر 2020", Some("2020-11-09")),
            ("بتاريخ 11 يناير/كانون الثاني 2021.", "11 يناير/كانون الثاني 2021", Some("2021-01-11")),
            ("في الـ10 من تشرين الأول الماضي قال", "10 من تشرين الأول الماضي", None),
            ("صدر في ١٣ يناير ٢٠٢١", "١٣ يناير ٢٠٢١", Some("2021-01-13")),
            ("كان ذلك في عام 1985 هناك", "عام 1985", Some("1985")),
            ("الاثنين 14 ماي", "14 ماي", None),
            ("صدر 12/1/2021 هناك في", "12/1/2021", Some("2021-01-12")),
            ("It was on 26 November 2021 that", "26 November 2021", Some("2021-11-26")),
            ("It was on November 26, 2021, that", "November 26, 2021", Some("2021-11-26")),
            ("في الثالث عشر من مارس/آذار الماضي قال", "الثالث عشر من مارس/آذار الماضي", None),
            ("since January 2020 we", "January 2020", Some("2020-01")),
        ] {
            let packs = Packs::get();
            let tokens = Tokens::new(text, packs.pack(detect(text)), packs);
            let found = find(&tokens);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].span.of(text), span);
            assert_eq!(found[0].dated().map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}

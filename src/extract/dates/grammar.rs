//! What a date looks like: the orders of day, month and year that the press writes.

use super::{
    FoundDate, Relative,
    hijri::YEARS,
    names::{any_day, day, month, number, relative, trailing_year, year},
};
use crate::{
    domain::Dated,
    extract::tokens::{Case, Tokens},
    lang::Class,
    text::Span,
};

/// The date that begins at a token.
pub(super) fn date_at(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    if !tokens.all[at].is_word() {
        return None;
    }
    numeric(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at)).or_else(|| year_only(tokens, at))
}

/// What was read of a date.
#[derive(Default)]
struct Parts {
    cut: u8,
    day: Option<u8>,
    month: Option<u8>,
    year: Option<i16>,
    relative: Option<Relative>,
    hijri: bool,
    several: bool,
}

/// 12/1/2021 (day first, as the Arab press writes), 2021-01-12; two numbers that can both be the month leave it open in
/// languages of which some readers write it first.
fn numeric(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let mark = tokens.mark(at + 1);
    if !matches!(mark, '/' | '-' | '.') || tokens.mark(at + 3) != mark {
        return None;
    }
    // 2021-11-26T10:00: letters and digits of Latin script are one word.
    let stamped = || tokens.folded(at + 4).split_once('t').and_then(|(day, hour)| day.parse().ok().filter(|_| hour.len() == 2));
    let (first, second, third) = (number(tokens, at)?, number(tokens, at + 2)?, number(tokens, at + 4).or_else(stamped)?);
    let year_first = year(tokens, at).is_some();
    let (year, month, day) =
        if let Some(year) = year(tokens, at) { (year, second, third) } else { (year(tokens, at + 4)?, second, first) };
    // Month first where day first cannot be.
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let hijri = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
    if !hijri {
        Dated::ymd(year, month, day)?;
    }
    let open = !year_first && day <= 12 && day != month && mark != '.' && !tokens.pack.language.is_rtl();
    let parts =
        Parts { day: (!open).then_some(day), month: (!open).then_some(month), year: Some(year), hijri, ..Parts::default() };
    Some(finish(tokens, (at, at + 5), parts))
}

/// `10 من تشرين الثاني الماضي`, `9 نوفمبر/تشرين الثاني 2020`, `29 و30 نوفمبر`, `26 November 2021`, `10 محرم 1443هـ`.
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let (first_day, mut next) = any_day(tokens, at)?;
    let (mut several, mut last_day) = (false, first_day);
    while let Some((day, end)) = one_more_day(tokens, next).filter(|(day, _)| *day > last_day) {
        (several, last_day, next) = (true, day, end);
    }
    if matches!(tokens.folded(next), "من" | "of" | "شهر") {
        next += 1;
    }
    if tokens.folded(next) == "شهر" {
        next += 1;
    }
    // 26-Nov-2021
    let dashed = tokens.mark(next) == '-'
        && tokens.all[at].first.is_ascii_digit()
        && tokens.all.get(next + 1).is_some_and(|it| !it.spaced);
    next += usize::from(dashed);
    let month = month(tokens, next).filter(|month| month.cut == 0)?;
    let dashed = dashed && tokens.mark(month.end) == '-' && year(tokens, month.end + 1).is_some();
    let (year, relative, end) = trailing_year(tokens, month.end + usize::from(dashed));
    if month.hijri && !year.is_some_and(|year| YEARS.contains(&year)) {
        return None;
    }
    let parts = Parts {
        day: Some(first_day),
        month: Some(month.number),
        year,
        relative,
        hijri: month.hijri,
        several,
        ..Parts::default()
    };
    Some(finish(tokens, (at, end), parts))
}

/// A further day of the same month: و30, -19, and the day after.
fn one_more_day(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    if matches!(tokens.folded(at), "و" | "and" | "الي") || matches!(tokens.mark(at), '-' | '–' | '،' | ',') {
        return day(tokens, at + 1).map(|day| (day, at + 2)).filter(|(_, end)| {
            // 14-19 مارس, and no score or range of anything else.
            let next = if matches!(tokens.folded(*end), "من" | "شهر" | "of") { *end + 1 } else { *end };
            month(tokens, next).is_some() || one_more_day(tokens, *end).is_some()
        });
    }
    let word = tokens.folded(at).strip_prefix('و').filter(|rest| rest.starts_with("ال"))?;
    const DAYS: [&str; 10] = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"];
    let day = DAYS.iter().position(|day| *day == word).and_then(|day| u8::try_from(day + 1).ok())?;
    Some((day, at + 1 + usize::from(tokens.folded(at + 1) == "عشر")))
}

/// `نوفمبر 2021`, `November 26, 2021`, `January 2021`, `أيلول (سبتمبر) الماضي`.
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let month = month(tokens, at)?;
    let english = tokens.all[at].first.is_ascii();
    let parts = Parts { cut: month.cut, month: Some(month.number), hijri: month.hijri, ..Parts::default() };
    if english && let Some((the_day, end)) = any_day(tokens, month.end) {
        let (year, relative, end) = trailing_year(tokens, end);
        return Some(finish(tokens, (at, end), Parts { day: Some(the_day), year, relative, ..parts }));
    }
    let (year, relative, after) = trailing_year(tokens, month.end);
    if month.hijri && !year.is_some_and(|year| YEARS.contains(&year)) {
        return None;
    }
    // A month alone is a date only where nothing else is meant: not May, March or مارس as a verb.
    let told = year.is_some() || relative.is_some();
    told.then(|| finish(tokens, (at, after), Parts { year, relative, ..parts }))
}

/// `عام 2020`, `العام المقبل 2019`, `خريف عام 2020`, `في 2018`, `(2018)`.
fn year_only(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    if matches!(tokens.folded(at), "خريف" | "صيف" | "شتاء" | "ربيع")
        && at + 1 < tokens.all.len()
        && let Some(date) = year_word(tokens, at + 1)
    {
        let span = Span { start: tokens.all[at].span.start, end: date.span.end };
        return Some(FoundDate { span, tokens: (at, date.tokens.1), ..date });
    }
    year_word(tokens, at).or_else(|| bare_year(tokens, at))
}

fn year_word(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let token = &tokens.all[at];
    let form = token.form(Class::YEAR).filter(|_| !token.first.is_ascii())?;
    let relative = relative(tokens, at + 1);
    let place = at + 1 + usize::from(relative.is_some());
    let year = year(tokens, place)?;
    let parts =
        Parts { cut: form.cut, year: Some(year), relative, hijri: is_marked_hijri(tokens, place, year), ..Parts::default() };
    Some(finish(tokens, (at, place + 1), parts))
}

/// 1443هـ, عام 1443 هجري: without a mark a year of the Islamic calendar is one of the other.
fn is_marked_hijri(tokens: &Tokens<'_>, at: usize, year: i16) -> bool {
    let mark = tokens.folded(at + 1);
    YEARS.contains(&year) && (mark == "ه" || mark == "هـ" || mark.trim_start_matches("ال").starts_with("هجري"))
}

/// How far before a number the name may begin that it is a part of: رؤية السعودية 2030.
const NAME_REACH: usize = 4;

fn bare_year(tokens: &Tokens<'_>, at: usize) -> Option<FoundDate> {
    let year = year(tokens, at)?;
    let before = at.checked_sub(1)?;
    let after = tokens.all.get(at + 1);
    let word = tokens.folded(before).trim_start_matches('و');
    let english = tokens.all[before].first.is_ascii();
    let parts = || Parts { year: Some(year), ..Parts::default() };
    let modern = (1900..=2099).contains(&year);
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
    if tokens.mark(before) == '(' && modern && tokens.mark(at + 1) == ')' {
        return Some(finish(tokens, (at, at + 1), parts()));
    }
    if tokens.mark(before) != 'w' || matches!(tokens.mark(at + 1), '-' | '–' | '/' | '%') {
        return None;
    }
    if english {
        // The 2004 Asian tsunami; in 1677, but not in 1500 metres.
        let names = after.is_some_and(|next| next.case == Case::Title);
        let counts = after.is_some_and(|next| next.case == Case::Lower && !next.is(Class::FUNCTION));
        let ok = leads && (modern || !counts) || modern && names && tokens.all[before].case == Case::Lower;
        return ok.then(|| finish(tokens, (at, at + 1), parts()));
    }
    // A number behind a word and before a mark or particle is a year more often than a count.
    let closed = modern
        && year != 2000
        && after.is_none_or(|next| {
            matches!(next.mark, '،' | ',' | '.' | '\n' | ')') || next.is(Class::FUNCTION) || tokens.folded(at + 1) == "و"
        })
        && tokens.all[before].first.is_alphabetic();
    let is_named = (at.saturating_sub(NAME_REACH)..at).any(|place| {
        matches!(
            tokens.folded(place).trim_start_matches(['و', 'ل', 'ب']),
            "رئيه"
                | "مونديال"
                | "كاس"
                | "برنامج"
                | "يورو"
                | "اولمبياد"
                | "اكسبو"
                | "خطه"
                | "اجنده"
                | "استراتيجيه"
        )
    });
    (leads && modern || closed && !is_named).then(|| finish(tokens, (at, at + 1), parts()))
}

/// How far before a date its weekday may stand.
const WEEKDAY_REACH: usize = 3;

fn finish(tokens: &Tokens<'_>, range: (usize, usize), parts: Parts) -> FoundDate {
    let Parts { cut, day, month, year, relative, hijri, several } = parts;
    let span = Span::new(tokens.cut_start(range.0, cut), tokens.all[range.1 - 1].span.end as usize);
    let weekday = |at: usize| tokens.all[at].form(Class::WEEKDAY).and_then(|form| u8::try_from(form.value).ok());
    let near = (range.0.saturating_sub(WEEKDAY_REACH)..range.0).rev().take_while(|at| tokens.mark(*at) != '\n');
    FoundDate { span, tokens: range, day, month, year, relative, weekday: near.into_iter().find_map(weekday), hijri, several }
}

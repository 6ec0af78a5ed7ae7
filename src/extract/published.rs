//! The day of publication, as far as a text tells it: a date line, a place line, or a report that says of its day that it is today.
//!
//! Nothing is guessed. A date with the weekday of another day tells nothing, nor do two statements that contradict each
//! other; a missing year is filled in only where weekday, day, month and the years in the text leave one candidate.

use super::{dates::FoundDate, furniture::Page, tokens::Tokens};
use crate::{domain::Dated, lang::Class};

/// So many tokens of the report are looked at for `اليوم الجمعة` and for the day of what it reports.
const LEAD: usize = 60;

/// The day of publication.
pub(super) fn published(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate]) -> Option<Dated> {
    let on_page = |date: &&FoundDate| is_of_the_page(page, date) && date.day.is_some() && !date.several;
    let whole = || dates.iter().filter(on_page).filter(|date| date.is_whole());
    if whole().any(FoundDate::contradicts_itself) {
        return None;
    }
    match stated(tokens, whole()) {
        Stated::Day(day) => return Some(day),
        Stated::Contradiction => return None,
        Stated::Nothing => {}
    }
    match dates.iter().find(on_page) {
        Some(date) => without_year(tokens, page, dates, date),
        None => day_of_the_report(tokens, page, dates),
    }
}

/// Whether a date stands in furniture that is about this report; links and teasers tell of other stories.
fn is_of_the_page(page: &Page, date: &FoundDate) -> bool {
    let foreign = |why: &str| matches!(why, "related" | "teaser" | "notice" | "caption");
    page.furniture.iter().any(|part| part.span.contains(date.span) && !foreign(&part.why))
}

/// What the date lines of a page say.
enum Stated {
    Nothing,
    Day(Dated),
    Contradiction,
}

/// The day that date lines state: the one labelled as that of publication, else the only one that is not that of a change.
fn stated<'a>(tokens: &Tokens<'_>, dates: impl Iterator<Item = &'a FoundDate>) -> Stated {
    let labelled = |date: &FoundDate, words: &[&str]| {
        let near = date.tokens.0.saturating_sub(5)..date.tokens.0;
        near.rev().take_while(|at| tokens.mark(*at) != '\n').any(|at| words.contains(&tokens.folded(at)))
    };
    let days: Vec<(&FoundDate, Dated)> =
        dates.filter_map(|date| Some((date, date.dated().filter(|day| day.day.is_some())?))).collect();
    if days.is_empty() {
        return Stated::Nothing;
    }
    let published = days.iter().find(|(date, _)| labelled(date, &["نشر", "النشر", "نشرت", "published", "posted"]));
    if let Some((_, day)) = published {
        return Stated::Day(*day);
    }
    let is_change = |date: &FoundDate| labelled(date, &["تحديث", "التحديث", "تعديل", "updated", "modified"]);
    let mut own = days.iter().filter(|(date, _)| !is_change(date)).map(|(_, day)| *day);
    match own.next() {
        Some(day) if own.all(|other| other == day) => Stated::Day(day),
        Some(_) => Stated::Contradiction,
        None => Stated::Nothing,
    }
}

/// A day and month of a page's date line, with the only year that its weekday and the years of the text leave.
fn without_year(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate], date: &FoundDate) -> Option<Dated> {
    let (day, month) = (date.day?, date.month?);
    // The weekday may stand in the first sentences: today, Friday.
    let weekday = match (date.weekday, today(tokens, page)) {
        (Some(line), Some(report)) if line != report => return None,
        (line, report) => line.or(report)?,
    };
    let mut years: Vec<i16> =
        dates.iter().filter(|date| !date.hijri).filter_map(|date| date.year).filter(|year| *year >= 1990).collect();
    years.sort_unstable();
    let last = *years.last()?;
    // News is written in a year that it names or in the one after.
    let fits = |year: &i16| Dated::ymd(*year, month, day).and_then(Dated::weekday) == Some(weekday);
    let mut candidates = (last..=last + 1).filter(fits);
    let candidate = candidates.next()?;
    candidates.next().is_none().then(|| Dated::ymd(candidate, month, day)).flatten()
}

/// The weekday of the report, where its first sentences say `اليوم الجمعة`; `None` too where they say two.
fn today(tokens: &Tokens<'_>, page: &Page) -> Option<u8> {
    let end = tokens.all.len().min(page.body + LEAD);
    let mut days = (page.body.min(end)..end).filter_map(|at| {
        let form = tokens.all[at].form(Class::WEEKDAY)?;
        let before = tokens.folded(at.checked_sub(1)?);
        is_today(before).then(|| u8::try_from(form.value).ok()).flatten()
    });
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// The day that the first sentences tell with weekday, day, month and year as that of what they report, or the day after
/// it where they say yesterday: `اليوم الجمعة 11 أفريل 2014`.
fn day_of_the_report(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate]) -> Option<Dated> {
    let in_lead = |date: &&FoundDate| date.tokens.0 >= page.body && date.tokens.0 < page.body + LEAD;
    let told = dates.iter().filter(in_lead).find(|date| date.is_whole() && date.relative.is_none() && !date.hijri)?;
    let weekday_at = (told.tokens.0.saturating_sub(2)..told.tokens.0).rev().find(|at| tokens.all[*at].can_be(Class::WEEKDAY))?;
    let day = told.dated().filter(|_| told.weekday.is_some() && !told.contradicts_itself())?;
    // The report of a coming day, or one that knows of later days, was written on another.
    let later = |date: &FoundDate| date.dated().is_some_and(|other| other.sort_key() > day.sort_key() && other.day.is_some());
    let before: Vec<&str> = (weekday_at.saturating_sub(3)..weekday_at).map(|at| tokens.folded(at)).collect();
    let coming = before
        .iter()
        .any(|word| matches!(*word, "غدا" | "tomorrow" | "next" | "منذ" | "حتي" | "until" | "since" | "قبل" | "الي"));
    let will = sentence_looks_ahead(tokens, told.tokens.0);
    if coming || will || dates.iter().any(later) {
        return None;
    }
    let yesterday = before.iter().any(|word| matches!(word.trim_start_matches('و'), "امس" | "الامس" | "yesterday"));
    Dated::of_days(day.to_days()? + i64::from(yesterday))
}

/// Whether the sentence up to a token tells of something to come.
fn sentence_looks_ahead(tokens: &Tokens<'_>, at: usize) -> bool {
    let start = (0..at).rev().find(|before| matches!(tokens.mark(*before), '\n' | '.')).map_or(0, |stop| stop + 1);
    (start..at).any(|at| {
        let word = tokens.folded(at);
        matches!(word, "سوف" | "will" | "المقبل" | "المقبله" | "القادم" | "القادمه")
            || word.starts_with("سي")
                && word.chars().count() > 4
                && !tokens.all[at].is(Class::TITLE | Class::GIVEN | Class::NATIONALITY)
    })
}

fn is_today(word: &str) -> bool {
    matches!(word, "اليوم" | "today")
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, extract::extract, lang::Packs};

    fn day(text: &str) -> Option<String> {
        extract(text, &Fields::default(), Packs::get()).header.published.map(|date| date.to_string())
    }

    #[test]
    fn the_page_tells_the_day() {
        const REPORT: &str = "\n\nالتقى الوزير نظيره في القاهرة وبحث معه التعاون بين البلدين في مجالات عدة.\n";
        for (line, date) in [
            ("١٣ يناير ٢٠٢١", Some("2021-01-13")),
            ("الجمعة 26 نوفمبر 2021ء", Some("2021-11-26")),
            ("تاريخ النشر: 13 جانفي 2021 آخر تحديث: 14 جانفي 2021", Some("2021-01-13")),
            ("آخر تحديث 14 جانفي 2021", None),
            ("13 جانفي 2021 - 15 جانفي 2021", None),
            ("الأربعاء 10 محرم 1443هـ", Some("2021-08-18")),
            ("14 ماي", None),
            ("الخميس 26 نوفمبر 2021", None),
        ] {
            assert_eq!(day(&format!("لقاء وزاري في القاهرة\n{line}{REPORT}")).as_deref(), date, "{line}");
        }
        // The day of another story.
        let link = "اقرأ أيضا: ماذا حدث في 11 أفريل 2014";
        assert_eq!(day(&format!("لقاء وزاري في القاهرة{REPORT}{link}\n")), None);
    }

    #[test]
    fn the_report_tells_the_day_where_it_dates_itself() {
        for (lead, date) in [
            ("أعلن الوزير اليوم الجمعة 11 أفريل 2014 أن الاجتماع انتهى.", Some("2014-04-11")),
            ("أعلن الوزير أمس الجمعة 11 أفريل 2014 أن الاجتماع انتهى.", Some("2014-04-12")),
            ("أعلن الوزير، الجمعة 11 أفريل 2014، أن الاجتماع انتهى.", Some("2014-04-11")),
            // Not a Friday.
            ("أعلن الوزير اليوم الجمعة 12 أفريل 2014 أن الاجتماع انتهى.", None),
            ("سيعقد الاجتماع يوم الجمعة 11 أفريل 2014 في القاهرة.", None),
            ("أعلن الوزير أن الحرب بدأت في 11 أفريل 2014.", None),
            ("أعلن الوزير اليوم الجمعة أن الاجتماع انتهى.", None),
        ] {
            assert_eq!(day(&format!("لقاء وزاري في القاهرة\n\n{lead}\n")).as_deref(), date, "{lead}");
        }
    }
}

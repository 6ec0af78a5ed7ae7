//! Times in a query: dates, ranges of them, months by name and words such as "last week", in English and Arabic.

use crate::{
    domain::{Dated, Period, Recent, Unit},
    lang::calendar,
    text::words,
};

/// Words that stand for a time told from today, folded; the first of each is the one that is shown.
const RECENT: &[(Recent, &[&str])] = &[
    (Recent::Today, &["today", "اليوم"]),
    (Recent::Yesterday, &["yesterday", "امس", "البارحه"]),
    (Recent::This(Unit::Week), &["this week", "هذا الاسبوع", "الاسبوع الحالي", "الاسبوع الجاري"]),
    (Recent::Last(Unit::Week), &["last week", "الاسبوع الماضي"]),
    (Recent::This(Unit::Month), &["this month", "هذا الشهر", "الشهر الحالي", "الشهر الجاري"]),
    (Recent::Last(Unit::Month), &["last month", "الشهر الماضي"]),
    (Recent::This(Unit::Year), &["this year", "هذا العام", "هذه السنه", "العام الحالي", "العام الجاري"]),
    (Recent::Last(Unit::Year), &["last year", "العام الماضي", "السنه الماضيه"]),
];

/// Reads a time; `None` where it is none.
pub(super) fn read(value: &str) -> Option<Period> {
    let value = value.trim();
    if let Some((from, to)) = value.split_once("..") {
        let end = |end: &str| if end.trim().is_empty() { Some(None) } else { date(end).map(Some) };
        return Some(Period::Between(end(from)?, end(to)?));
    }
    if let Some(date) = date(value) {
        return Some(Period::Between(Some(date), Some(date)));
    }
    let folded = folded(value);
    let known = RECENT.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(recent, _)| *recent);
    known.or_else(|| days(&folded)).map(Period::Recent)
}

/// `7d`, `7 days`, `last 7 days`, `7 ايام`.
fn days(folded: &str) -> Option<Recent> {
    let parts: Vec<&str> = folded.split(' ').filter(|part| !matches!(*part, "last" | "اخر" | "past")).collect();
    let number = match parts[..] {
        [number, "d" | "day" | "days" | "ايام" | "يوما" | "يوم"] => number,
        [number] => number.strip_suffix('d')?,
        _ => return None,
    };
    number.parse().ok().filter(|days| *days > 0).map(Recent::Days)
}

/// `2021`, `2021-11`, `2021-11-26`, `نوفمبر 2021`, `26 November 2021`, in digits of any script.
fn date(text: &str) -> Option<Dated> {
    let plain: String = text.trim().chars().map(|c| if c == '/' { '-' } else { c }).collect();
    let plain = crate::text::fold(&plain);
    if let Ok(date) = plain.parse() {
        return Some(date);
    }
    let folded = folded(text);
    let (numbers, names): (Vec<&str>, Vec<&str>) =
        folded.split(' ').filter(|word| *word != "ء" && *word != "م").partition(|word| word.parse::<u32>().is_ok());
    let month = calendar::month(&names.join(" "))?;
    match numbers[..] {
        [year] if year.len() == 4 => Dated::ym(year.parse().ok()?, month),
        [day, year] if year.len() == 4 => Dated::ymd(year.parse().ok()?, month, day.parse().ok()?),
        _ => None,
    }
}

/// The words of a value, folded and one blank apart; `last-week` is two.
fn folded(value: &str) -> String {
    words(value).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// A time as it is typed.
pub(super) fn show(period: Period) -> String {
    match period {
        Period::Between(Some(from), Some(to)) if from == to => from.to_string(),
        Period::Between(from, to) => {
            let end = |end: Option<Dated>| end.map(|date| date.to_string()).unwrap_or_default();
            format!("{}..{}", end(from), end(to))
        }
        Period::Recent(Recent::Days(days)) => format!("{days}d"),
        Period::Recent(recent) => {
            let (_, names) = RECENT.iter().find(|(known, _)| *known == recent).expect("all others are listed");
            names[0].replace(' ', "-")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let between = |from: &str, to: &str| Some(Period::Between(from.parse().ok(), to.parse().ok()));
        for (typed, expected) in [
            ("2021", between("2021", "2021")),
            ("٢٠٢١", between("2021", "2021")),
            ("2021-11", between("2021-11", "2021-11")),
            ("2021/11/26", between("2021-11-26", "2021-11-26")),
            ("2021-11..2022", between("2021-11", "2022")),
            ("2021..", between("2021", "")),
            ("..2021", between("", "2021")),
            ("نوفمبر 2021", between("2021-11", "2021-11")),
            ("تشرين الثاني 2021", between("2021-11", "2021-11")),
            ("26 November 2021", between("2021-11-26", "2021-11-26")),
            ("November 2021..2022", between("2021-11", "2022")),
            ("last week", Some(Period::Recent(Recent::Last(Unit::Week)))),
            ("last-week", Some(Period::Recent(Recent::Last(Unit::Week)))),
            ("الأسبوع الماضي", Some(Period::Recent(Recent::Last(Unit::Week)))),
            ("أمس", Some(Period::Recent(Recent::Yesterday))),
            ("30d", Some(Period::Recent(Recent::Days(30)))),
            ("last 7 days", Some(Period::Recent(Recent::Days(7)))),
            ("soon", None),
            ("2021-13", None),
            ("", None),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }
}

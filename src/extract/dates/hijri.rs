//! The Islamic calendar: its months as the press names them, and its days in the Gregorian calendar.
//!
//! The arithmetic is the tabular calendar of civil epoch (16 July 622, Julian) with the leap years 2, 5, 7, 10, 13, 16, 18,
//! 21, 24, 26 and 29 of 30. Printed calendars (Umm al-Qura in Saudi Arabia, sightings of the moon elsewhere) differ from it
//! by a day or two, so that a Hijri day alone tells a Gregorian month at best; a weekday beside it tells the day.

use crate::domain::Dated;

/// By how many days printed calendars may differ from the tabular one.
const SLACK: i64 = 2;

/// The day of 1 Muharram 1 counted from 1970-01-01.
const EPOCH: i64 = -492_148;

/// Years that the press can mean.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1300..=1500;

/// A day of the Islamic calendar; the month from 1 for Muharram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hijri {
    pub year: i16,
    pub month: u8,
    pub day: Option<u8>,
}

impl Hijri {
    /// The Gregorian date as surely as the calendar tells it: the day with the help of `weekday`, else the month where all
    /// days that can be meant lie in one.
    pub fn gregorian(self, weekday: Option<u8>) -> Option<Dated> {
        let day = self.day?;
        let middle = self.tabular(day);
        let near = || (middle - SLACK..=middle + SLACK).filter_map(Dated::of_days);
        match weekday {
            Some(_) => near().find(|date| date.weekday() == weekday),
            None => {
                let month = near().next()?;
                let same = near().all(|date| (date.year, date.month) == (month.year, month.month));
                same.then_some(Dated { day: None, ..month })
            }
        }
    }

    /// The number of a day of this month in the tabular calendar, counted from 1970-01-01.
    fn tabular(self, day: u8) -> i64 {
        let year = i64::from(self.year) - 1;
        // Months have 30 and 29 days in turn; the leap day is the last of the year.
        let months = (i64::from(self.month) - 1) * 59;
        EPOCH + year * 354 + (year * 11 + 14).div_euclid(30) + (months + 1) / 2 + i64::from(day) - 1
    }
}

/// The month that one or two folded words name, and how many of them its name takes.
pub(super) fn month(first: &str, second: &str) -> Option<(u8, usize)> {
    let one = match first {
        "محرم" | "المحرم" => 1,
        "صفر" => 2,
        "رجب" => 7,
        "شعبان" => 8,
        "رمضان" => 9,
        "شوال" => 10,
        _ => 0,
    };
    if one > 0 {
        // محرم الحرام, رمضان المبارك
        let praised = matches!(second, "الحرام" | "المبارك" | "المعظم" | "الخير");
        return Some((one, 1 + usize::from(praised)));
    }
    let two = match (first, second) {
        ("ربيع", "الاول" | "اول") => 3,
        ("ربيع", "الثاني" | "الاخر" | "ثاني" | "اخر") => 4,
        ("جمادي" | "جماد", "الاولي" | "الاول") => 5,
        ("جمادي" | "جماد", "الاخره" | "الثانيه" | "الاخر" | "الثاني") => 6,
        ("ذو" | "ذي", "القعده") => 11,
        ("ذو" | "ذي", "الحجه") => 12,
        _ => return None,
    };
    Some((two, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hijri(year: i16, month: u8, day: u8) -> Hijri {
        Hijri { year, month, day: Some(day) }
    }

    #[test]
    fn the_tabular_year_begins_where_tables_say() {
        // 1 Muharram 1443 was 10 August 2021, 1 Ramadan 1400 14 July 1980.
        for (date, gregorian) in [(hijri(1443, 1, 1), "2021-08-10"), (hijri(1400, 9, 1), "1980-07-14")] {
            let number = gregorian.parse::<Dated>().unwrap().to_days().unwrap();
            assert!((date.tabular(1) - number).abs() <= 1, "{gregorian}");
        }
        // No day is left out and none counted twice.
        for year in 1300..1500 {
            let next = hijri(year + 1, 1, 1).tabular(1) - hijri(year, 1, 1).tabular(1);
            assert!(next == 354 || next == 355);
            assert_eq!(hijri(year, 12, 1).tabular(1) - hijri(year, 11, 1).tabular(1), 30);
        }
    }

    #[test]
    fn a_weekday_settles_the_day_and_without_one_the_month_must_do() {
        let day = hijri(1443, 1, 10);
        assert_eq!(day.gregorian(Some(2)).unwrap().to_string(), "2021-08-18");
        assert_eq!(day.gregorian(None).unwrap().to_string(), "2021-08");
        // The turn of a Gregorian month may lie on either side.
        assert_eq!(hijri(1443, 1, 23).gregorian(None), None);
    }
}

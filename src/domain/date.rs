//! Calendar dates as far as a text states them.

use std::{fmt, str::FromStr};

/// A date with the precision that its source gives: a year, a month or a day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dated {
    /// The year, 1 or later.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; never set without a month.
    pub day: Option<u8>,
}

impl Dated {
    /// A whole date, or `None` where the calendar has no such day.
    pub fn ymd(year: i16, month: u8, day: u8) -> Option<Dated> {
        let real = year >= 1 && (1..=days_in(year, month)).contains(&day);
        real.then_some(Dated { year, month: Some(month), day: Some(day) })
    }

    /// A month of a year, or `None` where there is no such month.
    pub fn ym(year: i16, month: u8) -> Option<Dated> {
        (year >= 1 && (1..=12).contains(&month)).then_some(Dated { year, month: Some(month), day: None })
    }

    /// `day`, `month` or `year`, as JSON names it.
    pub fn precision(self) -> &'static str {
        match (self.month, self.day) {
            (Some(_), Some(_)) => "day",
            (Some(_), None) => "month",
            _ => "year",
        }
    }

    /// The next date of the same precision.
    pub fn following(self) -> Dated {
        let Dated { year, month, day } = self;
        match (month, day) {
            (Some(month), Some(day)) if day < days_in(year, month) => Dated { day: Some(day + 1), ..self },
            (Some(month), _) if month < 12 => Dated { month: Some(month + 1), day: day.map(|_| 1), ..self },
            _ => Dated { year: year.saturating_add(1), month: month.map(|_| 1), day: day.map(|_| 1) },
        }
    }

    /// A number that orders dates: `yyyymmdd`, with 0 where nothing is stated.
    pub fn sort_key(self) -> u32 {
        let part = |n: Option<u8>| u32::from(n.unwrap_or(0));
        u32::from(self.year.unsigned_abs()) * 10_000 + part(self.month) * 100 + part(self.day)
    }

    /// The way back from [`Dated::sort_key`]; 0 is no date.
    pub fn from_sort_key(key: u32) -> Option<Dated> {
        let some = |n: u32| u8::try_from(n).ok().filter(|n| *n > 0);
        let year = i16::try_from(key / 10_000).ok().filter(|year| *year > 0)?;
        Some(Dated { year, month: some(key / 100 % 100), day: some(key % 100) })
    }

    /// The number of a whole date's day, counted from 1970-01-01 as 0, earlier days below 0.
    pub fn to_days(self) -> Option<i64> {
        let (month, day) = (i64::from(self.month?), i64::from(self.day?));
        // Years that begin in March have their leap day last (H. Hinnant, "chrono-compatible low-level date algorithms").
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The day with this number, the way back from [`Dated::to_days`]; `None` outside the years 1 to 9999.
    pub fn of_days(days: i64) -> Option<Dated> {
        let days = days.checked_add(719_468)?;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let year = i16::try_from(year).ok().filter(|year| *year <= 9999)?;
        Dated::ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day that a number in a date's place means: `20211126`, or seconds or milliseconds since 1970 (UTC).
    pub fn of_number(number: i64) -> Option<Dated> {
        let compact = || {
            let number = u32::try_from(number).ok().filter(|number| (10_000_000..100_000_000).contains(number))?;
            let date = Dated::from_sort_key(number)?;
            Dated::ymd(date.year, date.month?, date.day?)
        };
        // Seconds have had ten digits since 2001, milliseconds thirteen.
        let seconds = if number.unsigned_abs() >= 100_000_000_000 { number.div_euclid(1000) } else { number };
        compact().or_else(|| Dated::of_days(seconds.div_euclid(86_400)).filter(|_| seconds >= 86_400))
    }

    /// The day of the week, Monday 0 to Sunday 6, of a whole date.
    pub fn weekday(self) -> Option<u8> {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.to_days()? + 3).rem_euclid(7)).ok()
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Dated {
    type Err = String;

    /// Reads `2021`, `2021-11` and `2021-11-26`, the last also at the head of an ISO time stamp.
    fn from_str(text: &str) -> Result<Dated, String> {
        let fault = || format!("'{text}' is no date; write 2021, 2021-11 or 2021-11-26");
        let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let mut parts = date.splitn(3, '-');
        let mut number = |most: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() <= most && !part.is_empty() => part.parse::<i16>().map(Some).map_err(|_| fault()),
            Some(_) => Err(fault()),
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let narrow = |n: i16| u8::try_from(n).map_err(|_| fault());
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => Dated::ymd(year, narrow(month)?, narrow(day)?).ok_or_else(fault),
            (Some(year), Some(month), None) => Dated::ym(year, narrow(month)?).ok_or_else(fault),
            (Some(year), None, None) if (1000..=9999).contains(&year) => Ok(Dated { year, month: None, day: None }),
            _ => Err(fault()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_each_other_at_their_precision() {
        for (date, next) in [
            ("2024", "2025"),
            ("2024-11", "2024-12"),
            ("2024-12", "2025-01"),
            ("2024-02-28", "2024-02-29"),
            ("2023-02-28", "2023-03-01"),
            ("2023-12-31", "2024-01-01"),
        ] {
            assert_eq!(date.parse::<Dated>().unwrap().following().to_string(), next);
        }
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for text in ["2021", "2021-11", "2021-11-26"] {
            assert_eq!(text.parse::<Dated>().unwrap().to_string(), text);
        }
        assert_eq!("2021-11-26T08:00:00Z".parse(), Ok(Dated { year: 2021, month: Some(11), day: Some(26) }));
        for text in ["", "11", "2021-13", "2021-02-30", "26-11-2021", "yesterday", "2021-11-26-1"] {
            assert!(text.parse::<Dated>().is_err(), "{text}");
        }
    }

    #[test]
    fn sort_keys_lead_back() {
        for text in ["2021", "2021-11", "2021-11-26"] {
            let date: Dated = text.parse().unwrap();
            assert_eq!(Dated::from_sort_key(date.sort_key()), Some(date));
        }
        assert_eq!(Dated::from_sort_key(0), None);
    }

    #[test]
    fn days_are_numbered_without_a_gap() {
        for (date, number) in [("1970-01-01", 0), ("2000-03-01", 11_017), ("1969-12-31", -1), ("2021-11-26", 18_957)] {
            let date: Dated = date.parse().unwrap();
            assert_eq!((date.to_days(), Dated::of_days(number)), (Some(number), Some(date)));
        }
        for number in -40_000..40_000 {
            assert_eq!(Dated::of_days(number).and_then(Dated::to_days), Some(number));
        }
        assert_eq!((Dated::of_days(i64::MAX), Dated::of_days(-800_000)), (None, None));
    }

    #[test]
    fn numbers_mean_days() {
        for (number, date) in [
            (20_211_126, Some("2021-11-26")),
            (1_637_888_400, Some("2021-11-26")),
            (1_637_888_400_000, Some("2021-11-26")),
            (20_211_326, Some("1970-08-22")),
            (2021, None),
            (-5, None),
        ] {
            assert_eq!(Dated::of_number(number).map(|date| date.to_string()).as_deref(), date);
        }
    }

    #[test]
    fn weekdays_of_known_days() {
        for (date, weekday) in [("2021-01-11", 0), ("2021-11-26", 4), ("2000-02-29", 1), ("2024-12-25", 2)] {
            assert_eq!(date.parse::<Dated>().unwrap().weekday(), Some(weekday), "{date}");
        }
    }
}

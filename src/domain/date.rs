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

    /// The day of the week, Monday 0 to Sunday 6, of a whole date.
    pub fn weekday(self) -> Option<u8> {
        let (month, day) = (self.month?, self.day?);
        // Sakamoto's method; his table counts from Sunday.
        const OFFSETS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = i32::from(self.year) - i32::from(month < 3);
        let sunday_first = year + year / 4 - year / 100 + year / 400 + OFFSETS[usize::from(month) - 1] + i32::from(day);
        u8::try_from((sunday_first + 6).rem_euclid(7)).ok()
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
    fn weekdays_of_known_days() {
        for (date, weekday) in [("2021-01-11", 0), ("2021-11-26", 4), ("2000-02-29", 1), ("2024-12-25", 2)] {
            assert_eq!(date.parse::<Dated>().unwrap().weekday(), Some(weekday), "{date}");
        }
    }
}

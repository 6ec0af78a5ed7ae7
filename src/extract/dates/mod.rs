//! Dates of the Arab and the English press: all calendars' month names, double names, digits of all scripts.

mod grammar;
mod hijri;
mod names;
mod record;

pub use record::date_of;

use grammar::date_at;

use super::tokens::Tokens;
use crate::{domain::Dated, lang::Class, text::Span};

/// How a date is told from the day of writing: كانون الثاني الماضي.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    /// The latest before it.
    Last,
    /// That of the same year.
    This,
    /// The next after it.
    Next,
}

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
    /// What is said in place of a year.
    pub relative: Option<Relative>,
    /// The weekday before it, Monday 0.
    pub weekday: Option<u8>,
    /// Day, month and year are those of the Islamic calendar.
    pub hijri: bool,
    /// It names two days or more: 29 و30 نوفمبر; the first is in `day`.
    pub several: bool,
}

impl FoundDate {
    /// The date as far as the text itself states it.
    pub fn dated(&self) -> Option<Dated> {
        if self.hijri {
            return hijri::Hijri { year: self.year?, month: self.month?, day: self.day }.gregorian(self.weekday);
        }
        match (self.year?, self.month, self.day) {
            (year, Some(month), Some(day)) => Dated::ymd(year, month, day),
            (year, Some(month), None) => Dated::ym(year, month),
            (year, None, _) => Some(Dated { year, month: None, day: None }),
        }
    }

    /// A day of a year that the text states.
    pub fn is_whole(&self) -> bool {
        self.day.is_some() && self.year.is_some() && !self.several
    }

    /// Whether the weekday beside a whole date is not that of the date.
    pub fn contradicts_itself(&self) -> bool {
        let own = self.dated().and_then(Dated::weekday);
        matches!((own, self.weekday), (Some(own), Some(stated)) if own != stated)
    }

    /// The date with its year told from the day of publication: what the words say, else the one that lies nearest, on the
    /// stated weekday where there is one.
    pub fn resolved(&self, published: Option<Dated>) -> Option<Dated> {
        if self.year.is_some() || self.hijri {
            return self.dated();
        }
        let (month, published) = (self.month?, published?);
        let of_year = |year: i16| match self.day {
            Some(day) => Dated::ymd(year, month, day),
            None => Dated::ym(year, month),
        };
        let this = published.year;
        // Months are compared where a day is not stated on either side.
        let whole = self.day.is_some() && published.day.is_some();
        let order = |date: Dated| if whole { date.sort_key() } else { date.sort_key() / 100 };
        let now = order(published);
        match self.relative {
            Some(Relative::This) => of_year(this),
            Some(Relative::Last) => [this, this - 1].into_iter().filter_map(of_year).find(|date| order(*date) < now),
            Some(Relative::Next) => [this, this + 1].into_iter().filter_map(of_year).find(|date| order(*date) > now),
            None => {
                let fits = |date: &Dated| self.weekday.is_none() || date.weekday().is_none() || date.weekday() == self.weekday;
                let months = |date: &Dated| i32::from(date.year) * 12 + i32::from(date.month.unwrap_or(1));
                let near = |date: &Dated| (months(date) - months(&published)).abs();
                [this, this - 1, this + 1].into_iter().filter_map(of_year).filter(fits).min_by_key(near)
            }
        }
    }
}

/// All dates of a text in order.
pub(super) fn find(tokens: &Tokens<'_>) -> Vec<FoundDate> {
    let mut found: Vec<FoundDate> = Vec::new();
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
    same_day_in_two_calendars(tokens, &mut found);
    found
}

/// `10 محرم 1443هـ الموافق 18 أغسطس 2021م`: the Gregorian date tells which day the Hijri one is.
fn same_day_in_two_calendars(tokens: &Tokens<'_>, found: &mut [FoundDate]) {
    for n in 1..found.len() {
        let (one, other) = (found[n - 1], found[n]);
        let between = one.tokens.1..other.tokens.0;
        let near = between.len() <= 6
            && between.clone().all(|at| tokens.mark(at) != '\n')
            && between
                .into_iter()
                .any(|at| tokens.folded(at).ends_with("موافق") || matches!(tokens.mark(at), '/' | '-' | '–' | '('));
        if one.hijri == other.hijri || !near {
            continue;
        }
        let (islamic, gregorian) = if one.hijri { (n - 1, other) } else { (n, one) };
        let weekday = found[islamic].weekday.or(gregorian.weekday);
        found[islamic] = FoundDate {
            day: gregorian.day,
            month: gregorian.month,
            year: gregorian.year,
            relative: gregorian.relative,
            hijri: false,
            ..found[islamic]
        };
        for date in [n - 1, n] {
            found[date].weekday = weekday;
        }
    }
}

/// A whole date that begins at a token.
pub(super) fn whole_date_at(tokens: &Tokens<'_>, at: usize) -> bool {
    date_at(tokens, at).is_some_and(|date| date.is_whole())
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
        if token.mark == 'w' && !is_beside_date(tokens, at) && tokens.written(at).chars().count() > 2 {
            return false;
        }
        at += 1;
    }
    any
}

/// A word that stands beside dates: a weekday, the name of a zone, `published`.
fn is_beside_date(tokens: &Tokens<'_>, at: usize) -> bool {
    let label =
        ["published", "posted", "updated", "gmt", "utc", "نشر", "النشر", "تاريخ", "بتاريخ", "تحديث", "اخر", "الموافق", "الساعه"];
    tokens.all[at].can_be(Class::WEEKDAY) || label.contains(&tokens.folded(at))
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
            ("بنهاية شهر أيلول (سبتمبر) 2017.", "أيلول (سبتمبر) 2017", Some("2017-09")),
            ("يومي 29 و30 نوفمبر الجاري في", "29 و30 نوفمبر الجاري", None),
            ("من 14-19 مارس الجاري", "14-19 مارس الجاري", None),
            ("يومي السابع والثامن من يونيو بخصوص", "السابع والثامن من يونيو", None),
            ("بدء التشغيل العام المقبل 2019، حيث", "العام المقبل 2019", Some("2019")),
            ("نزاع مسلح في خريف عام 2020، أسفر", "خريف عام 2020", Some("2020")),
            ("نحو 2123 عاما بحلول عام 2123.", "عام 2123", Some("2123")),
            ("في 5 غشت 2021م قال", "5 غشت 2021", Some("2021-08-05")),
            ("الأربعاء 10 محرم 1443هـ قال", "10 محرم 1443", Some("2021-08-18")),
            ("شركة (2018).", "2018", Some("2018")),
            ("the devastating 2004 Asian tsunami", "2004", Some("2004")),
            ("the transit in 1677 was", "1677", Some("1677")),
            ("on Nov. 26, 2021 he", "Nov. 26, 2021", Some("2021-11-26")),
        ] {
            let packs = Packs::get();
            let tokens = Tokens::new(text, packs.pack(detect(text)), packs);
            let found = find(&tokens);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].span.of(text), span);
            assert_eq!(found[0].dated().map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn numbers_that_only_look_like_dates() {
        for text in ["رؤية السعودية 2030.", "مونديال 2010، وقع", "في رمضان قال", "for 2000 metres", "محرم عليه"]
        {
            let packs = Packs::get();
            assert_eq!(find(&Tokens::new(text, packs.pack(detect(text)), packs)), [], "{text}");
        }
    }

    #[test]
    fn a_year_is_told_from_the_day_of_publication() {
        for (text, published, resolved) in [
            ("في 9 نوفمبر الماضي", "2021-01-13", Some("2020-11-09")),
            ("في 9 يناير الماضي", "2021-01-13", Some("2021-01-09")),
            ("في 9 يناير المقبل", "2021-01-13", Some("2022-01-09")),
            ("في 9 يناير الجاري", "2021-01-13", Some("2021-01-09")),
            ("في 20 ديسمبر", "2021-01-13", Some("2020-12-20")),
            ("في 20 فبراير", "2021-01-13", Some("2021-02-20")),
            // The nearest that is a Friday.
            ("يوم الجمعة 14 مايو", "2020-11-13", Some("2021-05-14")),
            ("في نوفمبر الماضي", "2021-01", Some("2020-11")),
            ("في 30 فبراير", "2021-01-13", None),
        ] {
            let packs = Packs::get();
            let tokens = Tokens::new(text, packs.pack(detect(text)), packs);
            let date = find(&tokens)[0].resolved(published.parse().ok());
            assert_eq!(date.map(|date| date.to_string()).as_deref(), resolved, "{text}");
        }
    }
}

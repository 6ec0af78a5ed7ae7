//! The timeline of what is listed: how many articles were published in each year, month or day, as bars to walk along.

use super::Ticket;
use crate::domain::{Clause, Dated, Expr, Period, Query, Timeline};

/// How long a time a bar stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zoom {
    /// A year.
    #[default]
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

impl Zoom {
    /// What bars of this length stand for.
    pub fn name(self) -> &'static str {
        match self {
            Zoom::Year => "year",
            Zoom::Month => "month",
            Zoom::Day => "day",
        }
    }

    pub(super) fn finer(self) -> Zoom {
        if self == Zoom::Year { Zoom::Month } else { Zoom::Day }
    }

    pub(super) fn coarser(self) -> Zoom {
        if self == Zoom::Day { Zoom::Month } else { Zoom::Year }
    }

    /// The bar in which a date lies; `None` where it is not known so precisely.
    fn bar_of(self, date: Dated) -> Option<Dated> {
        Some(match self {
            Zoom::Year => Dated { month: None, day: None, ..date },
            Zoom::Month => Dated { month: Some(date.month?), day: None, ..date },
            Zoom::Day => Dated { day: Some(date.day?), ..date },
        })
    }
}

/// No strip has more bars: years that are far apart are not told by days.
const MOST_BARS: usize = 20_000;

/// The strip of bars and the cursor on it.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// Whether it is on the screen.
    pub on: bool,
    /// Whether keys go to it.
    pub walking: bool,
    /// What bars stand for.
    pub zoom: Zoom,
    /// Each time with the number of its articles, without a gap, the oldest first.
    pub bars: Vec<(Dated, usize)>,
    /// An index into `bars`; 0 without any.
    pub cursor: usize,
    /// The first bar in sight.
    pub first: usize,
    /// How many articles have no date that is precise enough.
    pub vague: usize,
    /// The dates of the answer.
    timeline: Timeline,
    /// Whether somebody chose what bars stand for.
    chosen: bool,
    pub(super) asked: Option<Ticket>,
    pub(super) answer: u64,
    /// A date to go to in the list, once it is known how many articles come before it.
    pub(super) jump: Option<(Ticket, Dated)>,
}

impl Strip {
    /// Rows of the screen that it takes: bars, and below them what they are.
    pub const ROWS: u16 = 2;

    /// Takes the dates of an answer and shows them in `width` columns.
    pub(super) fn take(&mut self, timeline: Timeline, width: usize) {
        let here = self.bars.get(self.cursor).map(|(date, _)| *date);
        let is_new = self.bars.is_empty();
        self.timeline = timeline;
        if !self.chosen {
            let fitting = [Zoom::Day, Zoom::Month].into_iter().find(|zoom| self.count(*zoom) <= width);
            self.zoom = fitting.unwrap_or(Zoom::Year);
        }
        self.build(here.filter(|_| !is_new), width);
    }

    /// Lets bars stand for shorter or longer times.
    pub(super) fn zoom_to(&mut self, zoom: Zoom, width: usize) {
        if self.count(zoom) > MOST_BARS {
            return;
        }
        let here = self.bars.get(self.cursor).map(|(date, _)| *date);
        (self.zoom, self.chosen) = (zoom, true);
        self.build(here, width);
    }

    /// How many bars there would be.
    fn count(&self, zoom: Zoom) -> usize {
        let mut dates = self.timeline.dates.iter().filter_map(|(date, _)| zoom.bar_of(*date));
        let Some(first) = dates.next() else { return 0 };
        let last = dates.next_back().unwrap_or(first);
        let months = |date: Dated| usize::from(date.year.unsigned_abs()) * 12 + usize::from(date.month.unwrap_or(1));
        let months = months(last) - months(first) + 1;
        match zoom {
            Zoom::Year => months / 12 + 1,
            Zoom::Month => months,
            // Near enough.
            Zoom::Day if months > 1 => months * 30,
            Zoom::Day => usize::from(last.day.unwrap_or(31).saturating_sub(first.day.unwrap_or(1))) + 1,
        }
    }

    /// Makes the bars; the cursor goes to the one in which `here` lies, or that lies in it, else to the last.
    fn build(&mut self, here: Option<Dated>, width: usize) {
        self.bars.clear();
        self.vague = self.timeline.undated;
        for (date, articles) in &self.timeline.dates {
            let Some(bar) = self.zoom.bar_of(*date) else {
                self.vague += articles;
                continue;
            };
            while let Some((last, _)) = self.bars.last().copied().filter(|(last, _)| *last < bar) {
                if self.bars.len() > MOST_BARS {
                    break;
                }
                self.bars.push((last.following(), 0));
            }
            match self.bars.last_mut() {
                Some((last, count)) if *last == bar => *count += articles,
                Some(_) => self.vague += articles,
                None => self.bars.push((bar, *articles)),
            }
        }
        let near = here.and_then(|here| {
            let is_there = |(date, count): &&(Dated, usize)| *count > 0 && (within(*date, here) || within(here, *date));
            let place = self.bars.iter().rev().find(is_there).map(|(date, _)| *date);
            self.bars
                .iter()
                .position(|(date, _)| Some(*date) == place)
                .or_else(|| self.bars.iter().position(|(date, _)| *date >= here))
        });
        self.first = 0;
        self.move_to(near.unwrap_or(usize::MAX), width);
    }

    /// Moves the cursor to a bar and scrolls along.
    pub(super) fn move_to(&mut self, bar: usize, width: usize) {
        let end = self.bars.len();
        self.cursor = bar.min(end.saturating_sub(1));
        let width = width.max(1);
        if self.cursor < self.first {
            self.first = self.cursor;
        } else if self.cursor >= self.first + width {
            self.first = self.cursor + 1 - width;
        }
        self.first = self.first.min(end.saturating_sub(width));
    }

    /// How many articles of an answer in this order come before the first of a date.
    pub(super) fn before(timeline: &Timeline, date: Dated, oldest_first: bool) -> usize {
        let first = date.sort_key();
        let last = first
            + if date.month.is_none() {
                9_999
            } else if date.day.is_none() {
                99
            } else {
                0
            };
        let is_before = |key: u32| if oldest_first { key < first } else { key > last };
        timeline.dates.iter().filter(|(date, _)| is_before(date.sort_key())).map(|(_, articles)| articles).sum()
    }
}

/// Whether a date lies in another, which may be a month or a year.
pub fn within(date: Dated, whole: Dated) -> bool {
    let same = |one: Option<u8>, other: Option<u8>| other.is_none() || one == other;
    date.year == whole.year && same(date.month, whole.month) && same(date.day, whole.day)
}

/// Whether a condition is one of time.
pub(super) fn is_date(part: &Expr) -> bool {
    matches!(part, Expr::Leaf(Clause::Date(_)))
}

/// The single date to which a query keeps, if there is one.
pub fn kept_to(query: &Query) -> Option<Dated> {
    query.parts().iter().find_map(|part| match part {
        Expr::Leaf(Clause::Date(Period::Between(Some(from), Some(to)))) if from == to => Some(*from),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(dates: &[(&str, usize)], width: usize) -> Strip {
        let mut strip = Strip::default();
        let dates = dates.iter().map(|(date, articles)| (date.parse().unwrap(), *articles)).collect();
        strip.take(Timeline { dates, undated: 1 }, width);
        strip
    }

    fn bars(strip: &Strip) -> Vec<(String, usize)> {
        strip.bars.iter().map(|(date, articles)| (date.to_string(), *articles)).collect()
    }

    #[test]
    fn bars_are_as_fine_as_there_is_room_and_without_gaps() {
        let dates = [("2023-11-30", 1), ("2023-12", 2), ("2024-02-01", 3), ("2024-02-02", 4)];
        let strip_at = |width| strip(&dates, width);
        assert_eq!(
            bars(&strip_at(10)),
            [("2023-11".into(), 1), ("2023-12".into(), 2), ("2024-01".into(), 0), ("2024-02".into(), 7)]
        );
        assert_eq!(strip_at(10).vague, 1);
        assert_eq!(bars(&strip_at(3)), [("2023".into(), 3), ("2024".into(), 7)]);
        let fine = strip_at(200);
        assert_eq!((fine.zoom, fine.bars.len(), fine.vague), (Zoom::Day, 65, 3));
    }

    #[test]
    fn zooming_keeps_the_cursor_where_it_was() {
        let mut strip = strip(&[("2023-11-30", 1), ("2024-02-01", 3), ("2024-05-02", 4)], 3);
        let at = |strip: &Strip| strip.bars[strip.cursor].0.to_string();
        assert_eq!(at(&strip), "2024");
        strip.zoom_to(Zoom::Month, 3);
        assert_eq!(at(&strip), "2024-05");
        strip.move_to(3, 3);
        assert_eq!((at(&strip).as_str(), strip.first), ("2024-02", 3));
        strip.zoom_to(Zoom::Day, 3);
        assert_eq!(at(&strip), "2024-02-01");
        strip.zoom_to(Zoom::Year, 3);
        assert_eq!(at(&strip), "2024");
    }

    #[test]
    fn a_date_has_a_place_in_either_order() {
        let dates = [("2023", 5), ("2023-11-30", 1), ("2024-02-01", 3), ("2024-05-02", 4)];
        let timeline = Timeline { dates: dates.iter().map(|(date, n)| (date.parse().unwrap(), *n)).collect(), undated: 2 };
        for (date, newest_first, oldest_first) in
            [("2024", 0, 6), ("2024-02", 4, 6), ("2023", 7, 0), ("2025", 0, 13), ("2020", 13, 0)]
        {
            let date = date.parse().unwrap();
            assert_eq!(
                (Strip::before(&timeline, date, false), Strip::before(&timeline, date, true)),
                (newest_first, oldest_first)
            );
        }
    }
}

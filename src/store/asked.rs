//! From a query to what the index is asked: names to their keys, decisions to rows, times to dates.

use std::ops::RangeInclusive;

use anyhow::Result;
use jiff::{ToSpan, Zoned, civil::Date};
use rusqlite::Connection;

use super::{
    forms::Form,
    index::{Ask, Asked, Place, Rows},
    matcher::Matcher,
    sayings, spellings,
};
use crate::{
    domain::{self, Clause, Dated, Expr, Period, Query, Reach, Recent, Term, UNNAMED, Unit, Who},
    lang::Family,
};

/// Works out what a query means for an archive. `rows` are the articles that its conditions on decisions chose, in their
/// order; without them those conditions are passed over.
pub(super) fn resolve(db: &Connection, query: &Query, rows: Vec<Rows>) -> Result<Asked> {
    let mut resolver = Resolver { db, rows: rows.into_iter(), known: &mut Known::new(), said: None };
    Ok(Asked { root: resolver.expr(&query.root)?, order: query.order })
}

/// Works out what a query means for statements: words are those of what was said, speakers and verbs its own. `titled` gives the
/// articles whose titles hold some words; names that were looked up for another reach are `known`.
pub(super) fn resolve_said(
    db: &Connection,
    query: &Query,
    rows: Vec<Rows>,
    reach: Reach,
    known: &mut Known,
    titled: &mut dyn FnMut(&[Term]) -> Result<Rows>,
) -> Result<Ask> {
    Resolver { db, rows: rows.into_iter(), known, said: Some(Said { reach, titled }) }.expr(&query.root)
}

/// What stands before the keys of names in the index of statements, by how far they reach.
pub(super) fn sign(reach: Reach) -> &'static str {
    match reach {
        Reach::Content => "",
        Reach::Sentence => "~",
        Reach::Title => "^",
    }
}

/// Words with the keys of the names that hold them: all entities are passed through for each.
pub(super) type Known = Vec<(Vec<Term>, Vec<String>)>;

struct Resolver<'a> {
    db: &'a Connection,
    rows: std::vec::IntoIter<Rows>,
    known: &'a mut Known,
    /// Only where statements are meant.
    said: Option<Said<'a>>,
}

struct Said<'a> {
    reach: Reach,
    titled: &'a mut dyn FnMut(&[Term]) -> Result<Rows>,
}

impl Resolver<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<Ask> {
        Ok(match expr {
            Expr::All(parts) => Ask::All(self.each(parts)?),
            Expr::Any(parts) => Ask::Any(self.each(parts)?),
            Expr::Not(part) => {
                // What a statement is not about is named nowhere near it.
                let reach = self.said.as_mut().map(|said| std::mem::replace(&mut said.reach, Reach::Title));
                let part = self.expr(part)?;
                if let (Some(said), Some(reach)) = (&mut self.said, reach) {
                    said.reach = reach;
                }
                Ask::Not(Box::new(part))
            }
            Expr::Leaf(clause) => self.clause(clause)?,
        })
    }

    fn each(&mut self, parts: &[Expr]) -> Result<Vec<Ask>> {
        parts.iter().map(|part| self.expr(part)).collect()
    }

    fn clause(&mut self, clause: &Clause) -> Result<Ask> {
        Ok(match clause {
            Clause::Words { terms, place } => {
                let terms: Vec<Term> = terms.iter().filter(|term| !term.folded.is_empty()).cloned().collect();
                match (terms.is_empty(), &mut self.said) {
                    (true, _) => Ask::default(),
                    (false, Some(said)) if *place == domain::Place::Title => Ask::Rows((said.titled)(&terms)?),
                    (false, _) => Ask::Words { terms, title: *place == domain::Place::Title },
                }
            }
            Clause::About(who) if self.said.is_some() => self.topic(who)?,
            Clause::About(who) => Ask::Keys(Place::Name, self.keys(who)?),
            Clause::By(Who::Entity(id)) if id.0 == UNNAMED => Ask::Keys(Place::Label, vec![UNNAMED.to_owned()]),
            Clause::By(who) => Ask::Keys(Place::Speaker, self.keys(who)?),
            Clause::Verb(family) => Ask::Keys(Place::Label, verbs(family)),
            Clause::Kind(manner) => Ask::Keys(Place::Label, vec![sayings::kind(*manner).to_owned()]),
            Clause::From(terms) => Ask::Keys(Place::Outlet, spellings::outlets(self.db, terms)?),
            Clause::Lang(language) => Ask::Keys(Place::Language, vec![language.code().to_owned()]),
            Clause::Date(period) => Ask::Dates(stretch(*period, Zoned::now().date())),
            Clause::Is(_) | Clause::Tag { .. } | Clause::HasNote => self.rows.next().map_or_else(Ask::default, Ask::Rows),
        })
    }

    /// What a statement is about: a name, or words where no name is meant.
    fn topic(&mut self, who: &Who) -> Result<Ask> {
        let keys = self.keys(who)?;
        let Some(Said { reach, titled }) = &mut self.said else { return Ok(Ask::default()) };
        let mut any = Vec::new();
        for within in Reach::ALL.into_iter().take_while(|within| *within as u8 <= *reach as u8) {
            any.push(Ask::Keys(Place::Name, keys.iter().map(|key| format!("{}{key}", sign(within))).collect()));
            if let Who::Named(terms) = who {
                let terms = terms.clone();
                any.push(match within {
                    Reach::Content => Ask::Words { terms, title: false },
                    Reach::Sentence => Ask::Words { terms, title: true },
                    Reach::Title => Ask::Rows(titled(&terms)?),
                });
            }
        }
        Ok(Ask::Any(any))
    }

    fn keys(&mut self, who: &Who) -> Result<Vec<String>> {
        let terms = match who {
            Who::Entity(entity) => return spellings::keys(self.db, entity),
            Who::Named(terms) => terms,
        };
        if let Some((_, keys)) = self.known.iter().find(|(known, _)| known == terms) {
            return Ok(keys.clone());
        }
        let keys = spellings::named(self.db, terms)?;
        self.known.push((terms.clone(), keys.clone()));
        Ok(keys)
    }
}

/// The labels of the families that a word stands for: `called` is `called_for`.
fn verbs(typed: &str) -> Vec<String> {
    let labels = Family::ALL.into_iter().map(Family::label);
    labels.filter(|label| *label == typed || label.strip_suffix("_for") == Some(typed)).map(str::to_owned).collect()
}

/// The sort keys of the dates in a period, seen from `today`. A date of a whole month or year lies in a period that holds
/// its beginning.
fn stretch(period: Period, today: Date) -> RangeInclusive<u32> {
    let day = |date: Date| date.year().unsigned_abs() as u32 * 10_000 + date.month() as u32 * 100 + date.day() as u32;
    let days = |from: Date, to: Date| day(from)..=day(to);
    match period {
        Period::Between(from, to) => {
            let from = from.map_or(1, Dated::sort_key);
            from..=to.map_or(u32::MAX, last_key)
        }
        Period::Recent(Recent::Today) => days(today, today),
        Period::Recent(Recent::Yesterday) => days(before(today, 1), before(today, 1)),
        Period::Recent(Recent::Days(n)) => days(before(today, i32::from(n.max(1)) - 1), today),
        Period::Recent(Recent::This(Unit::Week)) => {
            let monday = before(today, i32::from(today.weekday().to_monday_zero_offset()));
            days(monday, before(monday, -6))
        }
        Period::Recent(Recent::Last(Unit::Week)) => {
            let monday = before(today, 7 + i32::from(today.weekday().to_monday_zero_offset()));
            days(monday, before(monday, -6))
        }
        Period::Recent(Recent::This(Unit::Month)) => month(today),
        Period::Recent(Recent::Last(Unit::Month)) => month(before(today.first_of_month(), 1)),
        Period::Recent(Recent::This(Unit::Year)) => year(today),
        Period::Recent(Recent::Last(Unit::Year)) => year(before(today.first_of_year(), 1)),
    }
}

fn before(date: Date, days: i32) -> Date {
    date.saturating_sub(days.days())
}

fn month(date: Date) -> RangeInclusive<u32> {
    let first = date.year().unsigned_abs() as u32 * 10_000 + date.month() as u32 * 100;
    first..=first + 99
}

fn year(date: Date) -> RangeInclusive<u32> {
    let first = date.year().unsigned_abs() as u32 * 10_000;
    first..=first + 9_999
}

/// The highest sort key within a date.
fn last_key(date: Dated) -> u32 {
    date.sort_key()
        + if date.month.is_none() {
            9_999
        } else if date.day.is_none() {
            99
        } else {
            0
        }
}

/// The same condition for what has no date, where it asks for dates at all.
pub(super) fn undated(ask: &Ask) -> Option<Ask> {
    fn without(ask: &Ask, found: &mut bool) -> Ask {
        match ask {
            Ask::All(parts) => Ask::All(parts.iter().map(|part| without(part, found)).collect()),
            Ask::Any(parts) => Ask::Any(parts.iter().map(|part| without(part, found)).collect()),
            Ask::Dates(_) => {
                *found = true;
                Ask::Dates(0..=0)
            }
            other => other.clone(),
        }
    }
    let mut found = false;
    let ask = without(ask, &mut found);
    found.then_some(ask)
}

/// Finds in a text the places where words match that were not looked up in the index: only as they were typed.
pub(super) fn matcher(asked: &Asked) -> Matcher {
    Matcher::new(asked.root.terms().map(Form::typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_stretches_of_days() {
        let today: Date = "2021-11-24".parse().unwrap();
        let between = |from: &str, to: &str| Period::Between(from.parse().ok(), to.parse().ok());
        for (period, from, to) in [
            (between("2021", "2021"), 20_210_000, 20_219_999),
            (between("2021-11", "2022"), 20_211_100, 20_229_999),
            (between("2021-11-05", ""), 20_211_105, u32::MAX),
            (between("", "2021-11-05"), 1, 20_211_105),
            (Period::Recent(Recent::Today), 20_211_124, 20_211_124),
            (Period::Recent(Recent::Yesterday), 20_211_123, 20_211_123),
            (Period::Recent(Recent::Days(30)), 20_211_026, 20_211_124),
            (Period::Recent(Recent::This(Unit::Week)), 20_211_122, 20_211_128),
            (Period::Recent(Recent::Last(Unit::Week)), 20_211_115, 20_211_121),
            (Period::Recent(Recent::Last(Unit::Month)), 20_211_000, 20_211_099),
            (Period::Recent(Recent::Last(Unit::Year)), 20_200_000, 20_209_999),
        ] {
            assert_eq!(stretch(period, today), from..=to, "{period:?}");
        }
    }
}

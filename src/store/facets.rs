//! What the answer to a query is made of, counted over the whole of it.

use std::ops::ControlFlow;

use anyhow::Result;

use super::{
    Archive, asked,
    index::{Counting, Place, Watch},
    journal::Wanted,
    marked::folded,
    schema,
    spellings::{self, Known},
};
use crate::{
    domain::{Aspect, Clause, Dated, Facet, Facets, Kind, Language, Period, Query, State, Term, Timeline, Who},
    text::words,
};

/// So many of a kind of names, and of outlets and tags, are told.
const MOST: usize = 24;

/// So many of the newest months are told.
const MOST_MONTHS: usize = 36;

/// Names that are looked up before it is believed that no more of a kind come.
const LOOKED_UP: usize = 1_000;

/// More of a kind are counted than are told, for names of one thing may be many and rare.
const COUNTED: usize = MOST * 3 / 2;

impl Archive {
    /// What the answer to a query is made of; `None` where `watch`, which is asked every few hundred microseconds, broke it off.
    ///
    /// An entity is counted once in an article, whatever it is called there, and all counts are exact. Conditions on decisions
    /// choose as in the list that was searched for last.
    ///
    /// # Errors
    /// When archive or index cannot be read.
    pub fn facets(&mut self, query: &Query, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Facets>> {
        let facets = self.all_facets(query, watch);
        schema::explained(&self.folder, facets)
    }

    fn all_facets(&mut self, query: &Query, watch: Watch<'_>) -> Result<Option<Facets>> {
        let counting = self.counting(query)?;
        let mut facets = Vec::new();
        if self.names(&counting, &mut facets, watch)?.is_break() || self.keys(&counting, &mut facets, watch)?.is_break() {
            return Ok(None);
        }
        facets.extend(months(&self.engine()?.dates(&counting)));
        self.decided(&counting, &mut facets)?;
        Ok(Some(Facets { total: counting.total, facets }))
    }

    /// When the articles that answer a query were published.
    ///
    /// # Errors
    /// When archive or index cannot be read.
    pub fn timeline(&mut self, query: &Query) -> Result<Timeline> {
        let dates = self.counting(query).and_then(|counting| Ok(self.engine()?.dates(&counting)));
        let dates = schema::explained(&self.folder, dates)?;
        let undated = dates.iter().filter(|(key, _)| *key == 0).map(|(_, count)| *count).sum();
        let dated = dates.into_iter().filter_map(|(key, count)| Some((Dated::from_sort_key(key)?, count)));
        Ok(Timeline { dates: dated.collect(), undated })
    }

    fn counting(&mut self, query: &Query) -> Result<Counting> {
        let _ = self.journal.look();
        let rows = self.selection.of(query, &self.db, &self.journal)?;
        let asked = asked::resolve(&self.db, query, rows)?;
        self.engine()?.counting(&asked)
    }

    /// Persons, places and organisations.
    fn names(&mut self, counting: &Counting, facets: &mut Vec<Facet>, watch: Watch<'_>) -> Result<ControlFlow<()>> {
        let Some(frequent) = self.engine()?.frequent_names(counting, &mut *watch)? else { return Ok(ControlFlow::Break(())) };
        let mut known: Vec<Known> = Vec::new();
        let room = |known: &[Known], kind: Kind| known.iter().filter(|known| known.kind == kind).count() < COUNTED;
        for key in frequent.iter().take(LOOKED_UP) {
            if !NAMED.iter().any(|(kind, _)| room(&known, *kind)) {
                break;
            }
            if watch().is_break() {
                return Ok(ControlFlow::Break(()));
            }
            if let Some(entity) = spellings::known(&self.db, key)?
                && room(&known, entity.kind)
                && !known.iter().any(|other| other.number == entity.number)
            {
                known.push(entity);
            }
        }
        let mut counted = Vec::new();
        for Known { number, id, kind, name } in known {
            if watch().is_break() {
                return Ok(ControlFlow::Break(()));
            }
            let keys = spellings::keys_of(&self.db, number)?;
            let articles = self.engine()?.naming(counting, &keys)?;
            counted.push((kind, name, id, articles));
        }
        counted.sort_by(|(_, one, _, its), (_, other, _, theirs)| theirs.cmp(its).then_with(|| one.cmp(other)));
        for (kind, aspect) in NAMED {
            let of_kind = counted.iter().filter(|(its, .., articles)| *its == kind && *articles > 0).take(MOST);
            facets.extend(of_kind.map(|(_, name, id, articles)| Facet {
                aspect,
                name: name.clone(),
                clause: Clause::About(Who::Entity(id.clone())),
                articles: *articles,
            }));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Outlets and languages.
    fn keys(&mut self, counting: &Counting, facets: &mut Vec<Facet>, watch: Watch<'_>) -> Result<ControlFlow<()>> {
        for (place, aspect) in [(Place::Outlet, Aspect::Outlets), (Place::Language, Aspect::Languages)] {
            let Some(counted) = self.engine()?.keys(counting, place, &mut *watch)? else { return Ok(ControlFlow::Break(())) };
            facets.extend(counted.into_iter().take(MOST).map(|(name, articles)| {
                let clause = match aspect {
                    Aspect::Languages => Clause::Lang(Language::from_code(&name)),
                    _ => Clause::From(exactly(&name)),
                };
                Facet { aspect, name, clause, articles }
            }));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reading states and tags.
    fn decided(&mut self, counting: &Counting, facets: &mut Vec<Facet>) -> Result<()> {
        let tags = self.journal.tags()?;
        let tags = tags.into_iter().take(MOST).map(|(tag, _)| {
            let folded = folded(&tag);
            (Wanted::Tag(folded.clone(), false), tag, Aspect::Tags, Clause::Tag { name: folded, open: false })
        });
        let states = [(Wanted::Read, State::Read, "read"), (Wanted::Starred, State::Starred, "starred")];
        let states = states.map(|(wanted, state, name)| (wanted, name.to_owned(), Aspect::States, Clause::Is(state)));
        let (mut sets, mut told) = (Vec::new(), Vec::new());
        for (wanted, name, aspect, clause) in states.into_iter().chain(tags) {
            sets.push(self.selection.marked.of(&wanted, &self.db, &self.journal)?);
            told.push((name, aspect, clause));
        }
        let counts = self.engine()?.among(counting, sets.iter());
        let unread = counting.total - counts.first().map_or(0, |read| *read);
        let unread = ("unread".to_owned(), Aspect::States, Clause::Is(State::Unread), unread);
        let counted = told.into_iter().zip(counts).map(|((name, aspect, clause), articles)| (name, aspect, clause, articles));
        let mut all: Vec<Facet> = std::iter::once(unread)
            .chain(counted)
            .filter(|(.., articles)| *articles > 0)
            .map(|(name, aspect, clause, articles)| Facet { aspect, name, clause, articles })
            .collect();
        all.sort_by_key(|facet| (facet.aspect, (facet.aspect == Aspect::Tags).then_some(std::cmp::Reverse(facet.articles))));
        facets.extend(all);
        Ok(())
    }
}

const NAMED: [(Kind, Aspect); 3] =
    [(Kind::Person, Aspect::People), (Kind::Place, Aspect::Places), (Kind::Organisation, Aspect::Organisations)];

/// The words of a name, to be looked for as they are.
fn exactly(name: &str) -> Vec<Term> {
    let term = |word| Term { exact: true, ..Term::of(word, name) };
    words(name).into_iter().map(term).collect()
}

/// The newest months in which something was published; what is known by its year alone is in no month.
fn months(dates: &[(u32, usize)]) -> Vec<Facet> {
    let mut months: Vec<(u32, usize)> = Vec::new();
    for (date, count) in dates.iter().filter(|(date, _)| date / 100 % 100 > 0) {
        match months.last_mut() {
            Some((month, articles)) if *month == date / 100 => *articles += count,
            _ => months.push((date / 100, *count)),
        }
    }
    let facet = |(month, articles): &(u32, usize)| {
        let month = Dated::from_sort_key(month * 100)?;
        let clause = Clause::Date(Period::Between(Some(month), Some(month)));
        Some(Facet { aspect: Aspect::Months, name: month.to_string(), clause, articles: *articles })
    };
    months.iter().rev().take(MOST_MONTHS).filter_map(facet).collect()
}

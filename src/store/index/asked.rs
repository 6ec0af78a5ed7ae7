//! A query in terms of the index: words, keys, dates and rows, put together.

use std::{ops::RangeInclusive, sync::Arc};

use super::{sets::Bits, snapshot::Place};
use crate::domain::{Order, Term};

/// A query in terms of the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::store) struct Asked {
    pub(in crate::store) root: Ask,
    pub(in crate::store) order: Order,
}

/// Conditions put together, as in [`crate::domain::Expr`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) enum Ask {
    All(Vec<Ask>),
    Any(Vec<Ask>),
    Not(Box<Ask>),
    /// These words side by side, in the title or anywhere.
    Words {
        terms: Vec<Term>,
        title: bool,
    },
    /// At least one of these keys in a field of keys.
    Keys(Place, Vec<String>),
    /// Published in this stretch, as [`crate::domain::Dated::sort_key`] counts.
    Dates(RangeInclusive<u32>),
    /// In or out of a set of rows.
    Rows(Rows),
}

impl Default for Ask {
    fn default() -> Ask {
        Ask::All(Vec::new())
    }
}

impl Ask {
    /// The words that must or may occur, in order; each condition's words together.
    pub(in crate::store) fn phrases(&self) -> Vec<&[Term]> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a [Term]>) {
        match self {
            Ask::All(parts) | Ask::Any(parts) => parts.iter().for_each(|part| part.collect(found)),
            Ask::Words { terms, .. } => found.push(terms),
            Ask::Not(_) | Ask::Keys(..) | Ask::Dates(_) | Ask::Rows(_) => {}
        }
    }

    /// Whether this is just that word, anywhere in the article.
    pub(super) fn is_word(&self, term: &Term) -> bool {
        matches!(self, Ask::Words { terms, title: false } if terms.as_slice() == [term.clone()])
    }

    /// The words that must or may occur, in order.
    pub(in crate::store) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.phrases().into_iter().flatten()
    }
}

/// Articles by their rows in SQLite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Rows {
    /// Whether it takes the articles that are in the set, or all others.
    inside: bool,
    set: Arc<Bits>,
}

impl Rows {
    /// Makes a set of rows.
    pub(in crate::store) fn new(rows: &[i64], inside: bool) -> Rows {
        // Rows are counted from 1; the index holds 32 bits of them.
        let rows = || rows.iter().filter_map(|row| u32::try_from(*row).ok());
        let mut set = Bits::none(rows().max().map_or(0, |last| last as usize + 1));
        rows().for_each(|row| set.insert(row));
        Rows { inside, set: Arc::new(set) }
    }

    /// The same set, of which those within or those without are taken.
    pub(in crate::store) fn taking(&self, inside: bool) -> Rows {
        Rows { inside, set: Arc::clone(&self.set) }
    }

    /// Puts a row into the set, or takes it out; those who hold the set as it was keep it.
    pub(in crate::store) fn put(&mut self, row: i64, within: bool) {
        let Ok(row) = u32::try_from(row) else { return };
        let set = Arc::make_mut(&mut self.set);
        if within {
            set.reach(row);
            set.insert(row);
        } else if set.has(row as usize) {
            set.remove(row);
        }
    }

    /// How many rows of the set are among others.
    pub(super) fn common(&self, others: &Bits) -> usize {
        self.set.common(others)
    }

    /// Whether it takes a row.
    pub(super) fn takes(&self, row: i64) -> bool {
        self.set.has(row as usize) == self.inside
    }
}

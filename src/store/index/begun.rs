//! The terms that begin as what is being typed does. With each letter these are some of those of the letter before, so that these are
//! kept: a dictionary is looked through once for a word, and not once for each letter.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use anyhow::Result;
use tantivy::{postings::TermInfo, termdict::TermStreamer};

use super::{
    sets::Bits,
    snapshot::{Place, Segment, Snapshot},
};

/// The beginnings that were asked for, the latest at the end.
#[derive(Default)]
pub(super) struct Begun {
    recent: Vec<(Place, String, Vec<Option<Terms>>)>,
}

/// A letter asks for six beginnings in two places at most; these and those of the letter before are kept.
const MOST_RECENT: usize = 24;

/// Longer lists are not kept. Mostly the beginnings of so many have sets that lie ready ([`super::prefixes`]).
const MOST_TERMS: usize = 512;

/// A part of a sorted list of terms, with where each stands.
#[derive(Clone)]
struct Terms {
    all: Arc<[(Box<str>, TermInfo)]>,
    part: Range<usize>,
}

impl Terms {
    /// Those that begin so.
    fn narrowed(&self, beginning: &str) -> Terms {
        let terms = &self.all[self.part.clone()];
        let from = terms.partition_point(|(term, _)| **term < *beginning);
        let count = terms[from..].partition_point(|(term, _)| term.starts_with(beginning));
        let from = self.part.start + from;
        Terms { all: self.all.clone(), part: from..from + count }
    }

    fn terms(&self) -> &[(Box<str>, TermInfo)] {
        &self.all[self.part.clone()]
    }
}

impl Begun {
    fn of(&self, place: Place, beginning: &str) -> Option<&Vec<Option<Terms>>> {
        self.recent.iter().rev().find(|(its, known, _)| *its == place && known == beginning).map(|(_, _, terms)| terms)
    }

    fn put(&mut self, place: Place, beginning: &str, terms: Vec<Option<Terms>>) {
        if self.recent.len() == MOST_RECENT {
            self.recent.remove(0);
        }
        self.recent.push((place, beginning.to_owned(), terms));
    }
}

impl Snapshot {
    /// Adds the documents of all terms that begin so, deleted ones included.
    pub(super) fn fill_beginning(&self, place: Place, beginning: &str, bits: &mut Bits) -> Result<()> {
        let shorter = beginning.char_indices().next_back().map_or("", |(last, _)| &beginning[..last]);
        let (known, is_new) = {
            let begun = self.dictionary.begun.borrow();
            let its = begun.of(place, beginning);
            (its.or_else(|| begun.of(place, shorter)).cloned(), its.is_none())
        };
        let mut all = Vec::with_capacity(self.segments.len());
        for (nth, segment) in self.segments.iter().enumerate() {
            let known = known.as_ref().and_then(|known| known[nth].as_ref()).map(|known| known.narrowed(beginning));
            all.push(match known {
                Some(terms) => {
                    let mut filling = segment.filling(place);
                    terms.terms().iter().try_for_each(|(_, term)| filling.add(term, bits))?;
                    Some(terms)
                }
                None if segment.fill_ready(place, beginning, bits) => None,
                None => segment.fill_from_dictionary(place, beginning, bits)?,
            });
        }
        if is_new {
            self.dictionary.begun.borrow_mut().put(place, beginning, all);
        }
        Ok(())
    }

    /// The terms that begin in one of these ways; `None` where these are more than `most`.
    pub(super) fn beginning_with(&self, place: Place, beginnings: &[String], most: usize) -> Result<Option<Vec<String>>> {
        let mut found = BTreeSet::new();
        for segment in &self.segments {
            for beginning in beginnings {
                let mut range = segment.range(place, beginning)?;
                while range.advance() {
                    found.insert(std::str::from_utf8(range.key())?.to_owned());
                    if found.len() > most {
                        return Ok(None);
                    }
                }
            }
        }
        Ok(Some(found.into_iter().collect()))
    }
}

impl Segment {
    /// Adds the documents of all terms that begin so; returns these where they are few.
    fn fill_from_dictionary(&self, place: Place, beginning: &str, bits: &mut Bits) -> Result<Option<Terms>> {
        let (mut terms, mut is_few, mut range) = (Vec::new(), true, self.range(place, beginning)?);
        let mut filling = self.filling(place);
        while range.advance() {
            filling.add(range.value(), bits)?;
            is_few = terms.len() < MOST_TERMS;
            if is_few {
                terms.push((std::str::from_utf8(range.key())?.into(), range.value().clone()));
            }
        }
        Ok(is_few.then(|| Terms { part: 0..terms.len(), all: terms.into() }))
    }

    fn range(&self, place: Place, beginning: &str) -> Result<TermStreamer<'_>> {
        // No UTF-8 holds this byte: it is behind all that begin so.
        let after = [beginning.as_bytes(), &[0xFF]].concat();
        Ok(self.words(place).terms().range().ge(beginning).lt(after).into_stream()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index::{Entry, Shelf, Writer};

    #[test]
    fn what_is_kept_of_a_letter_tells_the_same_as_the_dictionary() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 9, 1).unwrap();
        for (change, rows) in [(1, 0..1000_i64), (2, 1000..1400)] {
            for row in rows {
                let text = format!("ab{} abc{} b{row}", row % 7, row % 11);
                writer.add(&Entry { row, text: &text, ..Entry::default() }).unwrap();
            }
            writer.commit(change).unwrap();
        }
        writer.finish().unwrap();
        let opened = || Snapshot::of_articles(archive.path());
        let count = |snapshot: &Snapshot, beginning: &str| {
            let mut bits = Bits::none(snapshot.bound());
            snapshot.fill_beginning(Place::All, beginning, &mut bits).unwrap();
            bits.count()
        };
        let typing = opened();
        for beginning in ["a", "ab", "abc", "abc1", "abc10", "abc10x", "abc1", "b", "b1", "b10", "b100", "b1000", "x"] {
            assert_eq!(count(&typing, beginning), count(&opened(), beginning), "{beginning}");
        }
        assert_eq!([count(&typing, "abc10"), count(&typing, "b1000"), count(&typing, "abc10x")], [127, 1, 0]);
    }
}

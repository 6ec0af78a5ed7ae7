//! Who speaks in an answer made of statements. Of a million different speakers only those are told who say most.
//!
//! Each segment counts by the numbers of its own keys; keys themselves are read only for those that are frequent in some segment.
//! Of those who are shown it is then counted exactly how many groups of same statements have one of theirs.

use std::{collections::HashMap, ops::Range};

use anyhow::Result;
use tantivy::columnar::StrColumn;

use super::{Ask, Sayings, schema::SPEAKER, sets::Bits, snapshot::Place};
use crate::domain::{Order, UNKNOWN, UNNAMED};

/// Those who say most, by the keys of their names, about the most frequent first.
#[derive(Default)]
pub(in crate::store) struct Voices {
    pub(in crate::store) named: Vec<String>,
    /// The same for sources that are described and not named.
    pub(in crate::store) unnamed: Vec<String>,
}

/// So many times as many keys as are asked for are looked at in each segment: some stand for the same speaker, and who is rare
/// in one may be frequent in another.
const SPARE: usize = 2;

impl Sayings {
    /// Those who speak in the answer, of those with names and of those without at least the `most` frequent.
    pub(in crate::store) fn voices(&mut self, asked: &[Ask], most: usize) -> Result<Voices> {
        let last = self.answered(None, (asked, &[]), Order::Newest)?;
        let (mut named, mut unnamed) = (HashMap::new(), HashMap::new());
        // All of them, not the first of each group alone: somebody may only ever have repeated others.
        let mut docs = last.docs.iter().peekable();
        for segment in &self.engine.snapshot.segments {
            let end = segment.base + segment.size;
            let Some(column) = segment.columns.str(SPEAKER)? else { continue };
            let mut often = vec![0_u32; column.num_terms()];
            while let Some(doc) = docs.next_if(|doc| *doc < end) {
                if let Some(ordinal) = column.ords().first(doc - segment.base) {
                    often[ordinal as usize] += 1;
                }
            }
            let sources = sources(&column)?;
            for range in [0..sources.start, sources.clone(), sources.end..often.len()] {
                let found = if range == sources { &mut unnamed } else { &mut named };
                let ordinals = frequent(&often, range, most * SPARE);
                let mut counts = ordinals.iter().map(|ordinal| often[*ordinal as usize] as usize);
                column.dictionary().sorted_ords_to_term_cb(&ordinals, |key| {
                    let key = String::from_utf8_lossy(key).into_owned();
                    *found.entry(key).or_default() += counts.next().unwrap_or(0);
                })?;
            }
        }
        drop(docs);
        self.last = Some(last);
        named.remove(UNKNOWN);
        Ok(Voices { named: in_order(named), unnamed: in_order(unnamed) })
    }

    /// Looks through an answer as by its speakers.
    pub(in crate::store) fn pages(&mut self, asked: &[Ask]) -> Result<Pages<'_>> {
        let last = self.answered(None, (asked, &[]), Order::Newest)?;
        self.last = Some(last);
        let one = Bits::none(self.engine.snapshot.bound());
        Ok(Pages { sayings: self, one })
    }
}

/// An answer by its speakers.
pub(in crate::store) struct Pages<'a> {
    sayings: &'a Sayings,
    /// The documents of one of them; empty in between.
    one: Bits,
}

impl Pages<'_> {
    /// How many groups of same statements the answer has.
    pub(in crate::store) fn all(&self) -> usize {
        self.sayings.last.as_ref().map_or(0, |last| last.firsts.count())
    }

    /// How many of them have a statement with one of these keys: as many as the answer has when it is narrowed to them.
    pub(in crate::store) fn count(&mut self, place: Place, keys: &[String]) -> Result<usize> {
        let Some(last) = &self.sayings.last else { return Ok(0) };
        let mut docs = Vec::new();
        for segment in &self.sayings.engine.snapshot.segments {
            for key in keys {
                if let Some(info) = segment.words(place).terms().get(key)? {
                    segment.each(place, &info, |doc| docs.extend(last.docs.has(doc as usize).then_some(doc)))?;
                }
            }
        }
        docs.iter().for_each(|doc| self.one.insert(*doc));
        let is_first = |doc: &&u32| self.sayings.groups.is_first(**doc, &self.one);
        let count = docs.iter().filter(is_first).count();
        docs.iter().for_each(|doc| self.one.remove(*doc));
        Ok(count)
    }
}

/// Keys, the most frequent first.
fn in_order(found: HashMap<String, usize>) -> Vec<String> {
    let mut found: Vec<(usize, String)> = found.into_iter().map(|(key, count)| (count, key)).collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, key)| key).collect()
}

/// The numbers of the keys of sources that are described and not named; keys are numbered in their order.
fn sources(column: &StrColumn) -> Result<Range<usize>> {
    let first = first_from(column, UNNAMED)?;
    // No key holds this character.
    Ok(first..first_from(column, &format!("{UNNAMED}\u{10FFFF}"))?)
}

/// The number of the first key that is not before `wanted`.
fn first_from(column: &StrColumn, wanted: &str) -> Result<usize> {
    let (mut low, mut high, mut key) = (0, column.num_terms(), String::new());
    while low < high {
        let middle = low + (high - low) / 2;
        key.clear();
        column.ord_to_str(middle as u64, &mut key)?;
        if key.as_str() < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The numbers in a range that were counted most often, about so many, in rising order.
fn frequent(often: &[u32], range: Range<usize>, most: usize) -> Vec<u64> {
    let mut found: Vec<usize> = range.filter(|ordinal| often[*ordinal] > 0).collect();
    if found.len() > most {
        found.select_nth_unstable_by_key(most, |ordinal| std::cmp::Reverse(often[*ordinal]));
        found.truncate(most);
        found.sort_unstable();
    }
    found.into_iter().map(|ordinal| ordinal as u64).collect()
}

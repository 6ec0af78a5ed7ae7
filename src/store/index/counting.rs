//! Counting the documents of an answer by what they bear. All counts are exact.
//!
//! Outlets, languages and dates are few: their postings and numbers are passed through. Of the names, of which there may be a
//! million, those in most documents of the answer are found by [`forward`], and counted by whoever knows which of
//! them stand for the same thing.

use std::{collections::HashMap, ops::ControlFlow};

use anyhow::Result;

use super::{
    Asked, Engine, Rows, forward,
    sets::Bits,
    snapshot::{Place, Snapshot},
};

/// Asked again and again in the course of long work; when it breaks, the work ends without a result.
pub(in crate::store) type Watch<'a> = &'a mut dyn FnMut() -> ControlFlow<()>;

/// The documents of an answer.
#[derive(Debug)]
pub(in crate::store) struct Counting {
    docs: Bits,
    /// How many there are.
    pub(in crate::store) total: usize,
}

/// Of each segment the names in most documents of the answer are looked at, so many of them.
const LOOKED_AT: usize = 500;

impl Engine {
    /// The documents that answer a query.
    pub(in crate::store) fn counting(&mut self, asked: &Asked) -> Result<Counting> {
        self.search(asked, 0..0)?;
        let docs = match &self.last {
            Some((_, answer)) => answer.documents(self.snapshot.bound()),
            None => Bits::default(),
        };
        Ok(Counting { total: docs.count(), docs })
    }

    /// All documents.
    pub(in crate::store) fn everything(&self) -> Counting {
        let docs = self.snapshot.alive.clone();
        Counting { total: docs.count(), docs }
    }

    /// How many documents hold at least one of these keys in a field of keys.
    pub(in crate::store) fn holding(&mut self, place: Place, keys: &[String]) -> Result<usize> {
        let mut any = Bits::none(self.snapshot.bound());
        for key in keys {
            self.fill(place, std::slice::from_ref(key), &[], &mut any)?;
        }
        any.keep(&self.snapshot.alive);
        Ok(any.count())
    }

    /// How many articles were published when, by [`crate::domain::Dated::sort_key`], 0 where there is no date; the oldest first.
    pub(in crate::store) fn dates(&self, counting: &Counting) -> Vec<(u32, usize)> {
        dates(&self.snapshot, &counting.docs)
    }

    /// The keys of a field that few different ones stand in, the most frequent first; `None` where `watch` broke it off.
    pub(in crate::store) fn keys(
        &self,
        counting: &Counting,
        place: Place,
        watch: Watch<'_>,
    ) -> Result<Option<Vec<(String, usize)>>> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for segment in &self.snapshot.segments {
            let mut terms = segment.words(place).terms().stream()?;
            while let Some((key, info)) = terms.next() {
                if watch().is_break() {
                    return Ok(None);
                }
                let mut holding = 0;
                segment.each(place, info, |doc| holding += usize::from(counting.docs.has(doc as usize)))?;
                if holding > 0 {
                    *counts.entry(std::str::from_utf8(key)?.to_owned()).or_default() += holding;
                }
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by(|(one, its), (other, theirs)| theirs.cmp(its).then_with(|| one.cmp(other)));
        Ok(Some(counts))
    }

    /// The keys of the names in most of the documents, the most frequent first; `None` where `watch` broke it off.
    pub(in crate::store) fn frequent_names(&self, counting: &Counting, watch: Watch<'_>) -> Result<Option<Vec<String>>> {
        let mut found: HashMap<String, u64> = HashMap::new();
        for (segment, (id, _)) in self.snapshot.segments.iter().zip(&self.snapshot.state) {
            let counts = forward::count(&self.folder, &id.uuid_string(), segment, &counting.docs, &mut *watch)?;
            let Some(counts) = counts else { return Ok(None) };
            let mut often: Vec<(u32, u64)> = (0_u64..).zip(counts).filter_map(|(n, c)| (c > 0).then_some((c, n))).collect();
            if often.len() > LOOKED_AT {
                often.select_nth_unstable_by(LOOKED_AT, |one, other| other.cmp(one));
                often.truncate(LOOKED_AT);
            }
            let terms = segment.words(Place::Name).terms();
            let mut key = Vec::new();
            for (count, name) in often {
                key.clear();
                if terms.ord_to_term(name, &mut key)? {
                    *found.entry(std::str::from_utf8(&key)?.to_owned()).or_default() += u64::from(count);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_unstable_by(|(one, its), (other, theirs)| theirs.cmp(its).then_with(|| one.cmp(other)));
        Ok(Some(found.into_iter().map(|(key, _)| key).collect()))
    }

    /// How many of the documents hold at least one of these names.
    pub(in crate::store) fn naming(&self, counting: &Counting, keys: &[String]) -> Result<usize> {
        let mut any = Bits::none(self.snapshot.bound());
        for key in keys {
            for (segment, info) in self.snapshot.holding(Place::Name, key)? {
                segment.fill(Place::Name, &info, &mut any)?;
            }
        }
        any.keep(&counting.docs);
        Ok(any.count())
    }

    /// Counts those of some articles that are among the documents.
    pub(in crate::store) fn among<'a>(&self, counting: &Counting, sets: impl Iterator<Item = &'a Rows>) -> Vec<usize> {
        let rows = || counting.docs.iter().filter_map(|doc| u32::try_from(self.snapshot.row(doc)).ok());
        let mut held = Bits::none(rows().max().map_or(0, |last| last as usize + 1));
        rows().for_each(|row| held.insert(row));
        sets.map(|set| set.common(&held)).collect()
    }
}

/// Days of a month and months of a year are counted from 0, for what is known only by its year or month.
const MONTHS: u32 = 13;
const DAYS: u32 = 32;

fn dates(snapshot: &Snapshot, docs: &Bits) -> Vec<(u32, usize)> {
    let (mut undated, mut first, mut last) = (0, u32::MAX, 0);
    for doc in docs.iter() {
        match snapshot.date(doc) {
            0 => undated += 1,
            date => (first, last) = (first.min(date), last.max(date)),
        }
    }
    let mut found = Vec::new();
    if undated > 0 {
        found.push((0, undated));
    }
    if last == 0 {
        return found;
    }
    // A table of all days between the first year and the last: a count costs one addition.
    let years = first / 10_000..=last / 10_000;
    let slot = |date: u32| ((date / 10_000 - years.start()) * MONTHS + date / 100 % 100) * DAYS + date % 100;
    let mut table = vec![0_usize; ((years.end() - years.start() + 1) * MONTHS * DAYS) as usize];
    for date in docs.iter().map(|doc| snapshot.date(doc)).filter(|date| *date > 0) {
        if let Some(count) = table.get_mut(slot(date) as usize) {
            *count += 1;
        }
    }
    let date = |slot: u32| (slot / DAYS / MONTHS + years.start()) * 10_000 + slot / DAYS % MONTHS * 100 + slot % DAYS;
    found.extend((0_u32..).zip(table).filter(|(_, count)| *count > 0).map(|(slot, count)| (date(slot), count)));
    found
}

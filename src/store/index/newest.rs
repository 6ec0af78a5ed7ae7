//! The newest or oldest of a set of documents, without putting all of them in order.

use std::cmp::Reverse;

use super::{sets::Bits, snapshot::Snapshot};

/// Looking whether one of the newest of all is in an answer costs as much as passing over so many of the answer.
const DEARER: usize = 4;

impl Snapshot {
    /// Lower is newer turned round: rises from the oldest to the newest, with those that have no date behind all others.
    pub(super) fn age(&self, doc: u32) -> u64 {
        if self.date(doc) == 0 { self.key(doc) } else { u64::MAX - self.key(doc) }
    }

    /// The newest `most` documents of a set, newest first.
    pub(super) fn newest(&self, bits: &Bits, most: usize) -> Vec<u32> {
        let count = bits.count();
        // Of an answer with one in n documents n times `most` are looked at, so many more in case the answer is an old one.
        let steps = most * (self.bound() / count.max(1) + 1) * 5 / 4;
        let newest = if steps * DEARER < count { self.newest_by_calendar(bits, most, steps) } else { None };
        newest.unwrap_or_else(|| self.highest(bits.iter(), most))
    }

    /// The same where they are among about so many newest of all; `None` where they are not.
    fn newest_by_calendar(&self, bits: &Bits, most: usize, steps: usize) -> Option<Vec<u32>> {
        // The date behind which so many stand is taken from the largest segment.
        let largest = self.segments.iter().max_by_key(|segment| segment.size)?;
        let bar = largest.calendar()?.date(steps * largest.size as usize / self.bound())?;
        let mut found = Vec::with_capacity(2 * most);
        for segment in &self.segments {
            match segment.calendar() {
                Some(calendar) => {
                    let documents = calendar.since(bar).map(|doc| segment.base + doc);
                    found.extend(documents.filter(|doc| bits.has(*doc as usize)));
                }
                None => found.extend(bits.iter_in(segment.documents()).filter(|doc| self.date(*doc) >= bar)),
            }
        }
        (found.len() >= most).then(|| self.highest(found.into_iter(), most))
    }

    fn highest(&self, docs: impl Iterator<Item = u32>, most: usize) -> Vec<u32> {
        highest(docs, most, |doc| self.key(doc), |doc| self.day(doc))
    }

    /// The oldest `most` documents of a set, oldest first.
    pub(super) fn oldest(&self, bits: &Bits, most: usize) -> Vec<u32> {
        highest(bits.iter(), most, |doc| self.age(doc), |_| ())
    }
}

/// The `most` documents with the highest keys, in falling order; no two have the same key. `roughly` rises with the key, and is
/// cheaper to look up.
///
/// Twice as many are gathered before the lower half of them is thrown away: most documents are then passed over by one
/// comparison with the lowest that was kept.
fn highest<R: Ord>(
    docs: impl Iterator<Item = u32>,
    most: usize,
    key: impl Fn(u32) -> u64,
    roughly: impl Fn(u32) -> R,
) -> Vec<u32> {
    let mut kept: Vec<(Reverse<u64>, u32)> = Vec::new();
    let mut lowest = None;
    let keep_best = |kept: &mut Vec<(Reverse<u64>, u32)>| {
        let last = (kept.len() > most).then(|| *kept.select_nth_unstable(most).1);
        kept.truncate(most);
        last.map(|(Reverse(key), doc)| (roughly(doc), key))
    };
    for doc in docs.take(if most == 0 { 0 } else { usize::MAX }) {
        if lowest.as_ref().is_none_or(|(low, lowest)| roughly(doc) >= *low && key(doc) > *lowest) {
            kept.push((Reverse(key(doc)), doc));
            if kept.len() > 2 * most {
                lowest = keep_best(&mut kept);
            }
        }
    }
    keep_best(&mut kept);
    kept.sort_unstable();
    kept.into_iter().map(|(_, doc)| doc).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::{collection::btree_map, prelude::*};

    use super::*;
    use crate::store::index::{Entry, Shelf, Writer};

    proptest! {
        #[test]
        fn the_highest_are_the_first_of_all_sorted(keys in btree_map(any::<u64>(), 0u32..500, 0..200), most in 0usize..40) {
            let docs: BTreeMap<u32, u64> = keys.into_iter().map(|(key, doc)| (doc, key)).collect();
            let mut bits = Bits::none(512);
            docs.keys().for_each(|doc| bits.insert(*doc));
            let mut sorted: Vec<u32> = docs.keys().copied().collect();
            sorted.sort_by_key(|doc| Reverse(docs[doc]));
            sorted.truncate(most);
            prop_assert_eq!(highest(bits.iter(), most, |doc| docs[&doc], |doc| docs[&doc] >> 60), sorted);
        }
    }

    #[test]
    fn the_newest_are_the_same_with_calendars_and_without() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 9, 1).unwrap();
        // Two segments, days without order, some articles without a date.
        for (change, rows) in [(1, 1..2500_i64), (2, 2500..3000)] {
            for row in rows {
                let date = if row % 50 == 0 { 0 } else { 20_200_101 + (row as u32 * 37 % 12) * 100 + row as u32 * 11 % 28 };
                writer.add(&Entry { row, date, text: "a", ..Entry::default() }).unwrap();
            }
            writer.commit(change).unwrap();
        }
        let newest = || {
            let snapshot = Snapshot::of_articles(archive.path());
            let mut some = snapshot.alive.clone();
            snapshot.alive.iter().filter(|doc| doc % 3 == 0).for_each(|doc| some.remove(doc));
            let with = snapshot.segments.iter().filter(|segment| segment.calendar().is_some()).count();
            let newest: Vec<Vec<i64>> = [(&snapshot.alive, 20), (&some, 20), (&some, 1)]
                .map(|(docs, most)| snapshot.newest(docs, most).into_iter().map(|doc| snapshot.row(doc)).collect())
                .into();
            (with, newest)
        };
        let (_, without) = newest();
        writer.finish().unwrap();
        let (with, newest) = newest();
        assert!(with > 0);
        assert_eq!(newest, without);
        assert_eq!(newest.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 1]);
    }
}

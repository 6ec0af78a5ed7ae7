//! The newest or oldest of a set of documents, without putting all of them in order.

use std::cmp::Reverse;

use super::{sets::Bits, snapshot::Snapshot};

impl Snapshot {
    /// Lower is newer turned round: rises from the oldest to the newest, with those that have no date behind all others.
    pub(super) fn age(&self, doc: u32) -> u64 {
        if self.date(doc) == 0 { self.key(doc) } else { u64::MAX - self.key(doc) }
    }

    /// The newest `most` documents of a set, newest first.
    pub(super) fn newest(&self, bits: &Bits, most: usize) -> Vec<u32> {
        highest(bits, most, |doc| self.key(doc))
    }

    /// The oldest `most` documents of a set, oldest first.
    pub(super) fn oldest(&self, bits: &Bits, most: usize) -> Vec<u32> {
        highest(bits, most, |doc| self.age(doc))
    }
}

/// The `most` documents with the highest keys, in falling order; no two have the same key.
///
/// Twice as many are gathered before the lower half of them is thrown away: most documents are then passed over by one
/// comparison with the lowest that was kept.
fn highest(bits: &Bits, most: usize, key: impl Fn(u32) -> u64) -> Vec<u32> {
    let mut kept: Vec<(Reverse<u64>, u32)> = Vec::new();
    let mut lowest = None;
    let keep_best = |kept: &mut Vec<(Reverse<u64>, u32)>| {
        let last = (kept.len() > most).then(|| *kept.select_nth_unstable(most).1);
        kept.truncate(most);
        last.map(|(Reverse(key), _)| key)
    };
    for doc in bits.iter().take(if most == 0 { 0 } else { usize::MAX }) {
        let key = key(doc);
        if lowest.is_none_or(|lowest| key > lowest) {
            kept.push((Reverse(key), doc));
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

    proptest! {
        #[test]
        fn the_highest_are_the_first_of_all_sorted(keys in btree_map(any::<u64>(), 0u32..500, 0..200), most in 0usize..40) {
            let docs: BTreeMap<u32, u64> = keys.into_iter().map(|(key, doc)| (doc, key)).collect();
            let mut bits = Bits::none(512);
            docs.keys().for_each(|doc| bits.insert(*doc));
            let mut sorted: Vec<u32> = docs.keys().copied().collect();
            sorted.sort_by_key(|doc| Reverse(docs[doc]));
            sorted.truncate(most);
            prop_assert_eq!(highest(&bits, most, |doc| docs[&doc]), sorted);
        }
    }
}

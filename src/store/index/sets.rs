//! Sets of documents as bits. A set over a million documents is 125 KB: intersecting and counting take microseconds, so that
//! exact totals cost nothing once the postings are read.

use std::ops::Range;

/// A set of document numbers below a bound that all sets of a [`super::snapshot::Snapshot`] share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set over documents below `bound`.
    pub(super) fn none(bound: usize) -> Bits {
        Bits { words: vec![0; bound.div_ceil(64)] }
    }

    pub(super) fn insert(&mut self, doc: u32) {
        self.words[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub(super) fn remove(&mut self, doc: u32) {
        self.words[doc as usize / 64] &= !(1 << (doc % 64));
    }

    /// Whether it holds a document; also asked for those beyond its bound.
    pub(super) fn has(&self, doc: usize) -> bool {
        self.words.get(doc / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(super) fn keep(&mut self, other: &Bits) {
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine &= theirs;
        }
    }

    pub(super) fn add(&mut self, other: &Bits) {
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine |= theirs;
        }
    }

    pub(super) fn drop(&mut self, other: &Bits) {
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine &= !theirs;
        }
    }

    /// Adds a set whose first document is `first`, a multiple of 64, as [`Bits::to_bytes`] gave it.
    pub(super) fn add_bytes(&mut self, first: u32, bytes: &[u8]) {
        let words = self.words.iter_mut().skip(first as usize / 64);
        for (mine, theirs) in words.zip(bytes.as_chunks().0) {
            *mine |= u64::from_le_bytes(*theirs);
        }
    }

    /// Takes over from another set the documents in `from`, so that the first of them stands at `first`; all bounds are
    /// multiples of 64.
    pub(super) fn copy(&mut self, first: u32, other: &Bits, from: Range<usize>) {
        let words = &other.words[from.start / 64..from.end / 64];
        let first = first as usize / 64;
        self.words[first..first + words.len()].copy_from_slice(words);
    }

    /// The set as bytes, the first document in the lowest bit.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in both.
    pub(super) fn common(&self, other: &Bits) -> usize {
        self.words.iter().zip(&other.words).map(|(mine, theirs)| (mine & theirs).count_ones() as usize).sum()
    }

    /// Makes room for a number beyond the bound.
    pub(super) fn reach(&mut self, doc: u32) {
        let words = doc as usize / 64 + 1;
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
    }

    /// Whether some document is in both.
    pub(super) fn meets(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).any(|(mine, theirs)| mine & theirs != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The documents in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(at as u32 * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::btree_set, prelude::*};

    fn bits(docs: impl IntoIterator<Item = u32>) -> Bits {
        let mut bits = Bits::none(300);
        docs.into_iter().for_each(|doc| bits.insert(doc));
        bits
    }

    proptest! {
        #[test]
        fn bits_are_sets(one in btree_set(0u32..300, 0..50), other in btree_set(0u32..300, 0..50)) {
            let (mut both, mut any, mut only) = (bits(one.clone()), bits(one.clone()), bits(one.clone()));
            both.keep(&bits(other.clone()));
            any.add(&bits(other.clone()));
            only.drop(&bits(other.clone()));
            prop_assert!(both.iter().eq(one.intersection(&other).copied()));
            prop_assert!(any.iter().eq(one.union(&other).copied()));
            prop_assert!(only.iter().eq(one.difference(&other).copied()));
            let mut shifted = Bits::none(400);
            shifted.add_bytes(64, &bits(one.clone()).to_bytes());
            prop_assert!(shifted.iter().eq(one.iter().map(|doc| doc + 64)));
            prop_assert!((0..400).all(|doc| any.has(doc as usize) == (one.contains(&doc) || other.contains(&doc))));
            prop_assert_eq!(bits(one.clone()).common(&bits(other.clone())), both.count());
            let mut wider = bits(one.clone());
            wider.reach(400);
            wider.insert(400);
            prop_assert_eq!(wider.count(), one.len() + 1);
            prop_assert_eq!(any.count(), one.union(&other).count());
            prop_assert_eq!(both.is_empty(), one.is_disjoint(&other));
            prop_assert_eq!(bits(one.clone()).meets(&bits(other.clone())), !one.is_disjoint(&other));
        }
    }
}

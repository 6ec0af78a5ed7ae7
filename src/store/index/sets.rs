//! Sets of documents as bits. A set over a million documents is 125 KB: intersecting and counting take microseconds, so that
//! exact totals cost nothing once the postings are read.

use std::ops::Range;

/// A set of document numbers below a bound that all sets of a [`super::snapshot::Snapshot`] share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

/// How a packed set begins.
const BITS: u8 = b'b';
const STEPS: u8 = b's';

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

    /// Adds a set over `size` documents whose first one is `first`, a multiple of 64, as [`Bits::packed`] gave it; `false` where
    /// the bytes are no such set.
    pub(super) fn add_packed(&mut self, first: u32, size: u32, bytes: &[u8]) -> bool {
        let words = self.words.iter_mut().skip(first as usize / 64);
        match bytes.split_first() {
            Some((&BITS, bits)) => {
                for (mine, theirs) in words.zip(bits.as_chunks().0) {
                    *mine |= u64::from_le_bytes(*theirs);
                }
                true
            }
            Some((&STEPS, steps)) => {
                let (mut next, mut step, mut shift) = (0_u64, 0_u64, 0);
                for byte in steps {
                    step |= u64::from(byte & 0x7F) << shift;
                    if *byte < 0x80 {
                        next += step;
                        if next >= u64::from(size) {
                            return false;
                        }
                        self.insert(first + next as u32);
                        (next, step, shift) = (next + 1, 0, 0);
                    } else {
                        shift = (shift + 7).min(28);
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// Takes over from another set the documents in `from`, so that the first of them stands at `first`; all bounds are
    /// multiples of 64.
    pub(super) fn copy(&mut self, first: u32, other: &Bits, from: Range<usize>) {
        let words = &other.words[from.start / 64..from.end / 64];
        let first = first as usize / 64;
        self.words[first..first + words.len()].copy_from_slice(words);
    }

    /// The set as bytes: its bits, or how far each document stands behind the one before, seven bits a byte, whichever is shorter.
    pub(super) fn packed(&self) -> Vec<u8> {
        let (mut steps, mut next) = (vec![STEPS], 0);
        for doc in self.iter() {
            let mut step = doc - next;
            while step >= 0x80 {
                steps.push(step as u8 | 0x80);
                step >>= 7;
            }
            steps.push(step as u8);
            next = doc + 1;
            if steps.len() > self.words.len() * 8 {
                return std::iter::once(BITS).chain(self.words.iter().flat_map(|word| word.to_le_bytes())).collect();
            }
        }
        steps
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
        each(&self.words, 0)
    }

    /// Those of a range that begins at a multiple of 64 and ends where a segment does.
    pub(super) fn iter_in(&self, range: Range<u32>) -> impl Iterator<Item = u32> {
        let words = range.start as usize / 64..range.end.div_ceil(64) as usize;
        each(&self.words[words], range.start)
    }
}

/// The documents of which these are the bits, the first one being `first`.
fn each(words: &[u64], first: u32) -> impl Iterator<Item = u32> {
    words.iter().enumerate().flat_map(move |(at, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < 64).then_some(first + at as u32 * 64 + bit)
        })
    })
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

    #[test]
    fn sets_are_packed_as_bits_or_as_steps_and_anything_else_is_refused() {
        for docs in [vec![], vec![0], vec![299], (0..300).step_by(2).collect(), (0..300).collect(), vec![1, 130, 131]] {
            let packed = bits(docs.clone()).packed();
            assert!(packed.len() <= 41, "{packed:?}");
            let mut read = Bits::none(300);
            assert!(read.add_packed(0, 300, &packed));
            assert_eq!(read, bits(docs));
        }
        for wrong in [&b""[..], b"x", b"s\xff\xff\x03", b"s\x00\x00\xff\xff\xff\xff\xff\xff\x7f"] {
            assert!(!Bits::none(300).add_packed(0, 300, wrong), "{wrong:?}");
        }
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
            prop_assert!(shifted.add_packed(64, 320, &bits(one.clone()).packed()));
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

//! The weights of the features: a compact file, read into a table that one probe reaches.

use std::collections::BTreeMap;

use super::{
    features::FEATURES_VERSION,
    label::LABELS,
    lattice::{Pairs, Row},
    packed::{Reader, put_groups},
};

const MAGIC: u32 = u32::from_le_bytes(*b"qala");

/// How many features are looked up at once: so few that no sum of their weights leaves 16 bits.
const AT_ONCE: usize = 64;
/// How many bits of the filter there are for each feature, at least.
const BITS: usize = 16;

/// Weights of features and of pairs of labels.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// A bit for the upper bits of every key. It is small enough for a near cache, and most features of a text have no weights.
    filter: Vec<u64>,
    shift: u32,
    /// Keys by slot, with the place of their row; key 0 marks an empty one.
    slots: Vec<(u32, u32)>,
    rows: Vec<[i8; LABELS]>,
    scale: f32,
    /// Scores of pairs of labels.
    pub(super) pairs: Pairs,
}

/// Sums of weights, in steps of the scale.
pub(super) type Steps = [i32; LABELS];

impl Weights {
    /// A table of rows in steps of `scale`, for keys that are not 0.
    pub(super) fn new(rows: &[(u32, [i8; LABELS])], scale: f32, pairs: Pairs) -> Weights {
        let count = (rows.len() * 2).next_power_of_two().max(2);
        let bits = (rows.len() * BITS).next_power_of_two().clamp(64, 1 << 31);
        let mut weights = Weights {
            filter: vec![0; bits / 64],
            shift: u32::BITS - bits.ilog2(),
            slots: vec![(0, 0); count],
            rows: rows.iter().map(|(_, row)| *row).collect(),
            scale,
            pairs,
        };
        for (place, (key, _)) in rows.iter().enumerate() {
            let bit = (key >> weights.shift) as usize;
            weights.filter[bit / 64] |= 1 << (bit % 64);
            let mut slot = *key as usize & (count - 1);
            while weights.slots[slot].0 != 0 {
                slot = (slot + 1) & (count - 1);
            }
            weights.slots[slot] = (*key, place as u32);
        }
        weights
    }

    /// The mean of weights that were fitted to different material: steadier than each of them. None if there are none.
    pub(super) fn mean(all: &[&Weights]) -> Option<Weights> {
        let (count, first) = (all.len() as f64, all.first()?);
        let mut sums: BTreeMap<u32, [f64; LABELS]> = BTreeMap::new();
        for weights in all {
            for (key, place) in weights.slots.iter().filter(|(key, _)| *key != 0) {
                let sums = sums.entry(*key).or_insert([0.0; LABELS]).iter_mut();
                let row = weights.rows[*place as usize].iter();
                sums.zip(row).for_each(|(sum, weight)| *sum += f64::from(*weight) * f64::from(weights.scale) / count);
            }
        }
        let pair = |from: usize, to: usize| all.iter().map(|weights| f64::from(weights.pairs[from][to])).sum::<f64>() / count;
        let pairs = std::array::from_fn(|from| std::array::from_fn(|to| pair(from, to) as f32));
        let top = sums.values().flatten().fold(0.0_f64, |top, weight| top.max(weight.abs())).min(4.0);
        if top == 0.0 {
            return Some((*first).clone());
        }
        let scale = top / 127.0;
        let step = |sum: f64| (sum / scale).round().clamp(-127.0, 127.0) as i8;
        let rows: Vec<(u32, [i8; LABELS])> = sums.into_iter().map(|(key, row)| (key, row.map(step))).collect();
        let rows: Vec<_> = rows.into_iter().filter(|(_, row)| row.iter().any(|weight| *weight != 0)).collect();
        Some(Weights::new(&rows, scale as f32, pairs))
    }

    /// Adds the weights of features to sums.
    pub(super) fn add(&self, features: &[u32], sums: &mut Steps) {
        let last = self.slots.len() - 1;
        for features in features.chunks(AT_ONCE) {
            // Three passes, so that many answers of the memory are waited for at once: which features may have weights, where they
            // lie, what they are. In the first no branch depends on them.
            let (mut likely, mut count) = ([0_u32; AT_ONCE], 0);
            for feature in features {
                likely[count & (AT_ONCE - 1)] = *feature;
                let bit = (feature >> self.shift) as usize;
                count += (self.filter[bit / 64] >> (bit % 64) & 1) as usize;
            }
            let (mut places, mut found) = ([0_u32; AT_ONCE], 0);
            for feature in &likely[..count] {
                let mut slot = *feature as usize & last;
                while self.slots[slot].0 != *feature && self.slots[slot].0 != 0 {
                    slot = (slot + 1) & last;
                }
                places[found & (AT_ONCE - 1)] = self.slots[slot].1;
                found += usize::from(self.slots[slot].0 != 0);
            }
            let mut small = [0_i16; LABELS];
            for place in &places[..found] {
                for (sum, weight) in small.iter_mut().zip(&self.rows[*place as usize]) {
                    *sum += i16::from(*weight);
                }
            }
            sums.iter_mut().zip(small).for_each(|(sum, small)| *sum += i32::from(small));
        }
    }

    /// The scores that sums of weights stand for.
    pub(super) fn scores(&self, sums: Steps) -> Row {
        sums.map(|sum| sum as f32 * self.scale)
    }

    /// Reads a file that [`Weights::write`] made; none if it is of another version of the features.
    pub(super) fn read(bytes: &[u8]) -> Option<Weights> {
        let mut reader = Reader::new(bytes);
        if reader.long() != MAGIC || reader.long() != FEATURES_VERSION {
            return None;
        }
        let scale = reader.fraction();
        let pairs = std::array::from_fn(|_| std::array::from_fn(|_| reader.fraction()));
        let count = reader.long();
        let mut key = 0_u32;
        let mut rows = Vec::with_capacity(count as usize);
        for _ in 0..count {
            key = key.wrapping_add(reader.groups());
            let set = reader.short();
            let row = std::array::from_fn(|label| if set >> label & 1 == 1 { reader.byte() as i8 } else { 0 });
            rows.push((key, row));
        }
        Some(Weights::new(&rows, scale, pairs))
    }

    /// The file of these weights.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [MAGIC, FEATURES_VERSION, self.scale.to_bits()] {
            bytes.extend(number.to_le_bytes());
        }
        self.pairs.iter().flatten().for_each(|score| bytes.extend(score.to_bits().to_le_bytes()));
        let mut rows: Vec<(u32, &[i8; LABELS])> =
            self.slots.iter().filter(|(key, _)| *key != 0).map(|(key, place)| (*key, &self.rows[*place as usize])).collect();
        rows.sort_unstable();
        bytes.extend((rows.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, row) in rows {
            put_groups(&mut bytes, key - last);
            last = key;
            let set = row.iter().enumerate().fold(0_u16, |set, (label, weight)| set | u16::from(*weight != 0) << label);
            bytes.extend(set.to_le_bytes());
            bytes.extend(row.iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
        }
        bytes
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::model::lattice::neutral;

    #[test]
    fn weights_come_back_from_their_file() {
        let row = |label: usize, weight: i8| std::array::from_fn(|at| if at == label { weight } else { 0 });
        let weights = Weights::new(&[(9, row(0, -3)), (400, row(15, 127)), (u32::MAX, row(4, 1))], 0.5, neutral());
        let back = Weights::read(&weights.write()).unwrap();
        assert_eq!(back.len(), 3);
        let score = |weights: &Weights, features: &[u32]| {
            let mut sums = [0; LABELS];
            weights.add(features, &mut sums);
            weights.scores(sums)
        };
        assert_eq!(score(&back, &[9, 400, 7]), score(&weights, &[9, 400, 7]));
        assert_eq!(score(&back, &[u32::MAX, 400])[15], 63.5);
        assert_eq!(score(&back, &[400; 1000])[15], 63500.0);
        assert!(Weights::read(b"nothing").is_none());
    }

    #[test]
    fn the_mean_of_weights_scores_as_they_do_together() {
        let one = Weights::new(&[(9, std::array::from_fn(|_| 100)), (12, std::array::from_fn(|_| -50))], 0.02, neutral());
        let two = Weights::new(&[(9, std::array::from_fn(|_| 50))], 0.02, neutral());
        let mean = Weights::mean(&[&one, &two]).unwrap();
        let score = |weights: &Weights, feature: u32| {
            let mut sums = [0; LABELS];
            weights.add(&[feature], &mut sums);
            weights.scores(sums)[3]
        };
        assert!((score(&mean, 9) - 1.5).abs() < 0.01, "{}", score(&mean, 9));
        assert!((score(&mean, 12) + 0.5).abs() < 0.01, "{}", score(&mean, 12));
        assert_eq!(mean.pairs, neutral());
        assert!(Weights::mean(&[]).is_none());
    }
}

//! The weights of the features: a compact file, read into a table that one probe reaches.

use super::{
    features::FEATURES_VERSION,
    label::LABELS,
    lattice::{Pairs, Row},
    packed::{Reader, put_groups},
};

const MAGIC: u32 = u32::from_le_bytes(*b"qala");

/// Weights of features and of pairs of labels.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// Keys by slot; 0 marks an empty one.
    keys: Vec<u32>,
    rows: Vec<[i8; LABELS]>,
    scale: f32,
    /// Scores of pairs of labels.
    pub(super) pairs: Pairs,
}

impl Weights {
    /// A table of rows in steps of `scale`, for keys that are not 0.
    pub(super) fn new(rows: &[(u32, [i8; LABELS])], scale: f32, pairs: Pairs) -> Weights {
        let slots = (rows.len() * 2).next_power_of_two().max(2);
        let mut weights = Weights { keys: vec![0; slots], rows: vec![[0; LABELS]; slots], scale, pairs };
        for (key, row) in rows {
            let mut slot = *key as usize & (slots - 1);
            while weights.keys[slot] != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            (weights.keys[slot], weights.rows[slot]) = (*key, *row);
        }
        weights
    }

    /// The scores of the labels of a token with these features.
    pub(super) fn score(&self, features: &[u32]) -> Row {
        let mut sums = [0_i32; LABELS];
        let last = self.keys.len() - 1;
        for feature in features {
            let mut slot = *feature as usize & last;
            loop {
                let key = self.keys[slot];
                if key == *feature {
                    for (sum, weight) in sums.iter_mut().zip(&self.rows[slot]) {
                        *sum += i32::from(*weight);
                    }
                }
                if key == *feature || key == 0 {
                    break;
                }
                slot = (slot + 1) & last;
            }
        }
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
            self.keys.iter().zip(&self.rows).filter(|(key, _)| **key != 0).map(|(key, row)| (*key, row)).collect();
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
        self.keys.iter().filter(|key| **key != 0).count()
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
        assert_eq!(back.score(&[9, 400, 7]), weights.score(&[9, 400, 7]));
        assert_eq!(back.score(&[u32::MAX, 400])[15], 63.5);
        assert!(Weights::read(b"nothing").is_none());
    }
}

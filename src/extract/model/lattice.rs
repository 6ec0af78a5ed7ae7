//! Sequences of labels over a sentence: the best one (Viterbi) and how likely each label is (forward and backward sums).

use super::label::{LABELS, Label};

/// A score or probability for each label.
pub(super) type Row = [f32; LABELS];

/// Scores of label pairs; the last row is that of the sentence's beginning. Pairs that [`Label::allows`] forbids have [`FORBIDDEN`].
pub(super) type Pairs = [Row; LABELS + 1];

/// The score of what cannot be.
pub(super) const FORBIDDEN: f32 = -1e4;

/// Pair scores of zero where a pair is allowed.
pub(super) fn neutral() -> Pairs {
    let mut pairs = [[0.0; LABELS]; LABELS + 1];
    for first in Label::all() {
        for next in Label::all().filter(|next| !first.allows(*next)) {
            pairs[usize::from(first.0)][usize::from(next.0)] = FORBIDDEN;
        }
    }
    for next in Label::all().filter(|next| !Label::OUTSIDE.allows(*next)) {
        pairs[LABELS][usize::from(next.0)] = FORBIDDEN;
    }
    pairs
}

/// The best sequence of labels for the scores of a sentence's tokens.
pub(super) fn best(scores: &[Row], pairs: &Pairs) -> Vec<Label> {
    let Some(first) = scores.first() else { return Vec::new() };
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut sums: Row = std::array::from_fn(|label| first[label] + pairs[LABELS][label]);
    for row in &scores[1..] {
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut back = [0; LABELS];
        for (before, sum) in sums.iter().enumerate() {
            for label in 0..LABELS {
                let total = sum + pairs[before][label];
                if total > next[label] {
                    (next[label], back[label]) = (total, before as u8);
                }
            }
        }
        for label in 0..LABELS {
            next[label] += row[label];
        }
        sums = next;
        from.push(back);
    }
    let mut last = (0..LABELS).max_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0) as u8;
    let mut labels = vec![Label(last)];
    for back in from.iter().rev() {
        last = back[usize::from(last)];
        labels.push(Label(last));
    }
    labels.reverse();
    labels
}

/// Forward and backward sums of a sentence in the probability space, scaled token by token.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// How likely each token has each label.
    pub likely: Vec<Row>,
    /// The logarithm of the sum over all sequences.
    pub total: f64,
    forward: Vec<Row>,
    backward: Vec<Row>,
    emit: Vec<Row>,
}

impl Sums {
    /// Sums over all sequences; labels outside `allowed` (a set of bits for each token) count nothing.
    pub fn over(&mut self, scores: &[Row], pairs: &Pairs, allowed: Option<&[u32]>) {
        let count = scores.len();
        for rows in [&mut self.likely, &mut self.forward, &mut self.backward, &mut self.emit] {
            rows.clear();
            rows.resize(count, [0.0; LABELS]);
        }
        self.total = 0.0;
        for (at, row) in scores.iter().enumerate() {
            let open = |label: usize| allowed.is_none_or(|allowed| (allowed[at] >> label) & 1 == 1);
            // The best of those that count: next to a far better one that does not, their factors would all be zero.
            let top = row.iter().enumerate().filter(|(label, _)| open(*label)).map(|(_, score)| *score).fold(f32::MIN, f32::max);
            self.total += f64::from(top);
            for (label, (factor, score)) in self.emit[at].iter_mut().zip(row).enumerate() {
                *factor = if open(label) { (score - top).exp() } else { 0.0 };
            }
        }
        for at in 0..count {
            let mut row = [0.0; LABELS];
            if at == 0 {
                row = pairs[LABELS];
            } else {
                for (before, weight) in self.forward[at - 1].iter().enumerate() {
                    for label in 0..LABELS {
                        row[label] += weight * pairs[before][label];
                    }
                }
            }
            row.iter_mut().zip(&self.emit[at]).for_each(|(value, factor)| *value *= factor);
            let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            self.total += f64::from(sum.ln());
            self.forward[at] = row.map(|value| value / sum);
        }
        for at in (0..count).rev() {
            let mut row = [1.0; LABELS];
            if at + 1 < count {
                let next: Row = std::array::from_fn(|label| self.emit[at + 1][label] * self.backward[at + 1][label]);
                row = std::array::from_fn(|label| (0..LABELS).map(|after| pairs[label][after] * next[after]).sum());
                let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
                row = row.map(|value| value / sum);
            }
            self.backward[at] = row;
            let mut likely: Row = std::array::from_fn(|label| self.forward[at][label] * row[label]);
            let sum = likely.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            likely = likely.map(|value| value / sum);
            self.likely[at] = likely;
        }
    }

    /// Adds `sign` times the likelihood of each pair of neighbouring labels to `into`.
    pub fn add_pairs(&self, pairs: &Pairs, sign: f32, into: &mut Pairs) {
        let Some(first) = self.likely.first() else { return };
        for label in 0..LABELS {
            into[LABELS][label] += sign * first[label];
        }
        for at in 1..self.likely.len() {
            let mut cells = [[0.0; LABELS]; LABELS];
            let mut sum = 0.0;
            for before in 0..LABELS {
                for label in 0..LABELS {
                    let cell =
                        self.forward[at - 1][before] * pairs[before][label] * self.emit[at][label] * self.backward[at][label];
                    cells[before][label] = cell;
                    sum += cell;
                }
            }
            let scale = sign / sum.max(f32::MIN_POSITIVE);
            for (row, cells) in into.iter_mut().zip(&cells) {
                for label in 0..LABELS {
                    row[label] += scale * cells[label];
                }
            }
        }
    }
}

/// Pair scores as factors.
pub(super) fn factors(pairs: &Pairs) -> Pairs {
    pairs.map(|row| row.map(f32::exp))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All sequences of labels over `count` tokens, with their scores.
    fn sequences(scores: &[Row], pairs: &Pairs) -> Vec<(Vec<u8>, f64)> {
        let mut all: Vec<(Vec<u8>, f64)> = vec![(Vec::new(), 0.0)];
        for row in scores {
            let mut longer = Vec::new();
            for (sequence, score) in &all {
                let before = sequence.last().map_or(LABELS, |label| usize::from(*label));
                for label in 0..LABELS {
                    let mut next = sequence.clone();
                    next.push(label as u8);
                    longer.push((next, score + f64::from(row[label] + pairs[before][label])));
                }
            }
            all = longer;
        }
        all
    }

    #[test]
    fn sums_and_the_best_sequence_are_those_of_all_sequences() {
        let mut state = 7_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as f32 / 32768.0 - 1.0
        };
        let scores: Vec<Row> = (0..3).map(|_| std::array::from_fn(|_| draw())).collect();
        let mut pairs = neutral();
        pairs.iter_mut().flatten().filter(|score| **score == 0.0).for_each(|score| *score = draw());
        let all = sequences(&scores, &pairs);
        let found: Vec<u8> = best(&scores, &pairs).iter().map(|label| label.0).collect();
        let top = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(found, top.0);
        let total: f64 = all.iter().map(|(_, score)| score.exp()).sum();
        let mut sums = Sums::default();
        sums.over(&scores, &factors(&pairs), None);
        assert!((sums.total - total.ln()).abs() < 1e-3, "{} {}", sums.total, total.ln());
        for label in 0..LABELS {
            let share: f64 =
                all.iter().filter(|(sequence, _)| usize::from(sequence[1]) == label).map(|(_, score)| score.exp()).sum();
            assert!((f64::from(sums.likely[1][label]) - share / total).abs() < 1e-4);
        }
    }

    #[test]
    fn what_is_allowed_counts_however_far_behind_it_stands() {
        let mut far = [0.0; LABELS];
        far[1] = 500.0;
        let mut sums = Sums::default();
        sums.over(&[far, far], &factors(&neutral()), Some(&[1, 1]));
        assert!(sums.likely.iter().all(|row| (row[0] - 1.0).abs() < 1e-6), "{:?}", sums.likely);
        assert!(sums.total.abs() < 1e-3, "{}", sums.total);
    }
}

//! Fitting the weights: stochastic gradient steps scaled feature by feature (AdaGrad) with an L1 penalty that leaves few weights.
//!
//! Duchi, Hazan and Singer, "Adaptive subgradient methods" (2011). The penalty of a weight that no token touches is made up for
//! when next it is touched.

use std::collections::HashMap;

use super::{
    super::{
        Model,
        label::LABELS,
        lattice::{self, FORBIDDEN, Pairs, Row, Sums},
        lexis::Lexis,
        weights::Weights,
    },
    Sentence,
};

/// How to train.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How often all sentences are gone through.
    pub rounds: usize,
    /// Length of a step.
    pub rate: f32,
    /// The penalty of weights.
    pub penalty: f32,
    /// How often a feature must occur.
    pub least: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounds: 10, rate: 0.05, penalty: 6e-5, least: 2 }
    }
}

/// Weights while they are fitted.
struct Fit {
    rows: Vec<Row>,
    squares: Vec<Row>,
    /// The step at which each row was last made up for.
    touched: Vec<u32>,
    pairs: Pairs,
    pair_squares: Pairs,
    step: u32,
}

/// Fits a model to sentences.
pub fn fit(sentences: &[Sentence], lexis: &Lexis, settings: Settings) -> Model {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in sentences.iter().flat_map(|sentence| &sentence.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut keys: Vec<u32> = counts.iter().filter(|(_, count)| **count >= settings.least).map(|(key, _)| *key).collect();
    keys.sort_unstable();
    drop(counts);
    let index: HashMap<u32, u32> = keys.iter().enumerate().map(|(place, key)| (*key, place as u32)).collect();
    // Features as indices of rows, those that are too rare left out.
    let data: Vec<Vec<Vec<u32>>> = sentences
        .iter()
        .map(|sentence| {
            (0..sentence.ends.len())
                .map(|token| sentence.of(token).iter().filter_map(|feature| index.get(feature).copied()).collect())
                .collect()
        })
        .collect();
    drop(index);
    let mut fit = Fit {
        rows: vec![[0.0; LABELS]; keys.len()],
        squares: vec![[0.0; LABELS]; keys.len()],
        touched: vec![0; keys.len()],
        pairs: lattice::neutral(),
        pair_squares: [[0.0; LABELS]; LABELS + 1],
        step: 0,
    };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    // The mean over the ends of the later rounds is steadier than the last end.
    let (mut sums, mut pair_sums, mut ends) = (vec![[0.0_f32; LABELS]; keys.len()], [[0.0_f32; LABELS]; LABELS + 1], 0.0_f32);
    for round in 0..settings.rounds {
        for place in (1..order.len()).rev() {
            state = crate::lang::table::mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
            order.swap(place, (state % (place as u64 + 1)) as usize);
        }
        for sentence in &order {
            fit.learn(&data[*sentence], &sentences[*sentence].allowed, settings);
        }
        for row in 0..keys.len() {
            fit.make_up(row, settings);
        }
        if round * 2 >= settings.rounds {
            ends += 1.0;
            let sums = sums.iter_mut().chain(&mut pair_sums).flatten();
            sums.zip(fit.rows.iter().chain(&fit.pairs).flatten()).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let mean = |row: Row| row.map(|sum| sum / ends.max(1.0));
    let rows: Vec<Row> = sums.into_iter().map(mean).collect();
    Model::new(quantise(&keys, &rows, &pair_sums.map(mean)), lexis.clone())
}

impl Fit {
    fn learn(&mut self, tokens: &[Vec<u32>], allowed: &[u32], settings: Settings) {
        self.step += 1;
        let mut scores: Vec<Row> = Vec::with_capacity(tokens.len());
        for token in tokens {
            let mut sums = [0.0; LABELS];
            for &row in token {
                for (sum, weight) in sums.iter_mut().zip(&self.rows[row as usize]) {
                    *sum += weight;
                }
            }
            scores.push(sums);
        }
        let factors = lattice::factors(&self.pairs);
        let (mut free, mut bound) = (Sums::default(), Sums::default());
        free.over(&scores, &factors, None);
        bound.over(&scores, &factors, Some(allowed));
        let mut pulls = [[0.0; LABELS]; LABELS + 1];
        free.add_pairs(&factors, 1.0, &mut pulls);
        bound.add_pairs(&factors, -1.0, &mut pulls);
        for ((weights, squares), pulls) in self.pairs.iter_mut().zip(&mut self.pair_squares).zip(&pulls) {
            for label in 0..LABELS {
                if weights[label] > FORBIDDEN / 2.0 {
                    squares[label] += pulls[label] * pulls[label];
                    weights[label] -= settings.rate * pulls[label] / (squares[label].sqrt() + 1e-3);
                }
            }
        }
        for (at, token) in tokens.iter().enumerate() {
            let pull: Row = std::array::from_fn(|label| free.likely[at][label] - bound.likely[at][label]);
            if pull.iter().all(|pull| pull.abs() < 1e-4) {
                continue;
            }
            for &row in token {
                self.make_up(row as usize, settings);
                let (weights, squares) = (&mut self.rows[row as usize], &mut self.squares[row as usize]);
                for label in 0..LABELS {
                    squares[label] += pull[label] * pull[label];
                    weights[label] -= settings.rate * pull[label] / (squares[label].sqrt() + 1e-3);
                }
            }
        }
    }

    /// Takes off a row the penalty of the steps since it was last touched.
    fn make_up(&mut self, row: usize, settings: Settings) {
        let steps = (self.step - std::mem::replace(&mut self.touched[row], self.step)) as f32;
        if steps == 0.0 {
            return;
        }
        for (weight, square) in self.rows[row].iter_mut().zip(&self.squares[row]) {
            let less = settings.penalty * steps * settings.rate / (square.sqrt() + 1e-3);
            *weight = weight.signum() * (weight.abs() - less).max(0.0);
        }
    }
}

/// Weights in 127 steps to either side of zero.
fn quantise(keys: &[u32], rows: &[Row], pairs: &Pairs) -> Weights {
    let top = rows.iter().flatten().fold(1e-6_f32, |top, weight| top.max(weight.abs())).min(4.0);
    let scale = top / 127.0;
    let small: Vec<(u32, [i8; LABELS])> = keys
        .iter()
        .zip(rows)
        .map(|(key, row)| (*key, row.map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
        .collect();
    Weights::new(&small, scale, *pairs)
}

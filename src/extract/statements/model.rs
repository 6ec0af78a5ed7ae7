//! Log-linear choices among a few options: sums of weights that a program learnt from annotated articles.
//!
//! Two choices are made so: whether a word reports at all, and who speaks. The rules propose the
//! options and their own favourite first, so that without weights the rules decide. Features are short texts (`s:part:last`);
//! only their hashes are looked up.

use std::sync::LazyLock;

use crate::{
    lang::table::{NumberMap, hash},
    text::Span,
};

/// The weights of features.
#[derive(Clone, Debug, Default)]
pub struct Weights(NumberMap<f32>);

impl Weights {
    /// Reads lines of feature, tab, weight; lines that begin with `#` are comments and what is no number is left out.
    pub fn read(text: &str) -> Weights {
        let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        Weights(rows.filter_map(|(feature, weight)| Some((hash(&[feature]), weight.trim().parse().ok()?))).collect())
    }

    /// The option that these weights choose.
    pub fn choose(&self, decision: &Decision) -> usize {
        let mut options = Options::new(self, false);
        for option in &decision.options {
            options.open(Vec::new);
            option.features.iter().for_each(|feature| options.add(&[feature]));
        }
        options.best().0
    }

    /// The weights that are part of the program.
    pub fn get() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.tsv")));
        &WEIGHTS
    }
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether a word reports: the first option says that it does, the second that it does not.
    Cue,
    /// Who speaks; the spans of an option are places that name the speaker, none where nobody is known.
    Speaker,
}

/// One of the things to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choosable {
    /// Its features.
    pub features: Vec<String>,
    /// What it stands for.
    pub spans: Vec<Span>,
}

/// A choice as a trainer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What is chosen.
    pub question: Question,
    /// The reporting words.
    pub cue: Span,
    /// What there was to choose from, the rules' favourite first.
    pub options: Vec<Choosable>,
}

/// Options while their features are gathered.
pub(super) struct Options<'w> {
    weights: &'w Weights,
    sums: Vec<f32>,
    /// The options in words, where a trainer wants them.
    recorded: Option<Vec<Choosable>>,
}

impl<'w> Options<'w> {
    pub fn new(weights: &'w Weights, recording: bool) -> Options<'w> {
        Options { weights, sums: Vec::new(), recorded: recording.then(Vec::new) }
    }

    /// Begins the next option; `spans` are asked for only while recording.
    pub fn open(&mut self, spans: impl FnOnce() -> Vec<Span>) {
        self.sums.push(0.0);
        if let Some(recorded) = &mut self.recorded {
            recorded.push(Choosable { features: Vec::new(), spans: spans() });
        }
    }

    /// Gives the option at hand a feature, in parts that are read as one text.
    pub fn add(&mut self, parts: &[&str]) {
        if let (Some(sum), Some(weight)) = (self.sums.last_mut(), self.weights.0.get(&hash(parts))) {
            *sum += weight;
        }
        if let Some(option) = self.recorded.as_mut().and_then(|recorded| recorded.last_mut()) {
            option.features.push(parts.concat());
        }
    }

    /// The best option, the first among equals, and its probability.
    pub fn best(&self) -> (usize, f32) {
        let (mut best, mut top) = (0, f32::NEG_INFINITY);
        for (index, sum) in self.sums.iter().enumerate() {
            if *sum > top {
                (best, top) = (index, *sum);
            }
        }
        let all: f32 = self.sums.iter().map(|sum| (sum - top).exp()).sum();
        (best, 1.0 / all.max(1.0))
    }

    /// [`Options::best`], the last option aside unless its probability is at least `least`.
    pub fn best_but_last(&self, least: f32) -> (usize, f32) {
        let all = Options { weights: self.weights, sums: self.sums.clone(), recorded: None };
        let (best, share) = all.best();
        if best + 1 < self.sums.len() || share >= least || best == 0 {
            return (best, share);
        }
        let top = self.sums[best];
        let others = Options { weights: self.weights, sums: self.sums[..best].to_vec(), recorded: None };
        let (other, _) = others.best();
        (other, share * (self.sums[other] - top).exp())
    }

    /// The choice in words, where a trainer wants it.
    pub fn decision(self, question: Question, cue: Span) -> Option<Decision> {
        Some(Decision { question, cue, options: self.recorded? })
    }
}

/// A number as one of a few texts, so that features stay few.
pub(super) fn bucket(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=8 => "6",
        9..=13 => "9",
        14..=22 => "14",
        _ => "23",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_option_wins_and_the_first_among_equals() {
        let weights = Weights::read("# a comment\nx:near\t2\nx:far\t-1.5\nbroken\tno number\n");
        let mut options = Options::new(&weights, true);
        for feature in ["far", "near", "near"] {
            options.open(Vec::new);
            options.add(&["x:", feature]);
        }
        let (best, share) = options.best();
        assert_eq!(best, 1);
        assert!(share > 0.45 && share < 0.5, "{share}");
        let decision = options.decision(Question::Speaker, Span::default()).unwrap();
        assert_eq!(decision.options[0].features, ["x:far"]);
    }
}

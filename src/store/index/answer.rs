//! An ordered answer that is put in order only as far as somebody looks.

use std::{ops::Range, sync::Arc};

use anyhow::Result;

use super::{
    rank::{Terms, rank},
    sets::Bits,
    snapshot::{Place, Snapshot},
};
use crate::store::forms::Meaning;

/// The documents that answer a query, in tiers.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// How many there are.
    pub(super) total: usize,
    /// Whether there may be more, for there was no time to look at all.
    pub(super) at_least: bool,
    /// Words that nothing matched, with what was taken instead.
    pub(super) respelled: Vec<(String, Vec<String>)>,
    /// What the words of the query stand for.
    pub(super) meaning: Arc<Meaning>,
    runs: Vec<Run>,
}

/// How documents of an answer are ranked.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    /// For each word of the query the terms that stand for it.
    pub(super) terms: Arc<Terms>,
    /// Where they are looked for.
    pub(super) place: Place,
    /// What all of these documents are worth.
    pub(super) tier: f32,
    /// So many of the newest are ranked; behind them the order is by date.
    pub(super) most: usize,
}

#[derive(Debug)]
enum Run {
    /// To be ranked when somebody looks.
    Unranked { docs: Bits, count: usize, by: Ranking },
    /// In this order, with scores.
    Ranked(Vec<(u32, f32)>),
    /// By date; `order` holds the first of them.
    ByDate { docs: Bits, count: usize, order: Vec<u32>, oldest_first: bool },
}

/// Ordering begins with this many and goes on in larger steps.
const FIRST_STEP: usize = 4096;

impl Answer {
    /// Appends documents from the best down.
    pub(super) fn then_best(&mut self, docs: Bits, by: Ranking) {
        let count = docs.count();
        if count > 0 {
            self.total += count;
            self.runs.push(Run::Unranked { docs, count, by });
        }
    }

    /// Appends documents from the newest down.
    pub(super) fn then_newest(&mut self, docs: Bits) {
        self.then_by_date(docs, false);
    }

    /// Appends documents by date.
    pub(super) fn then_by_date(&mut self, docs: Bits, oldest_first: bool) {
        let count = docs.count();
        if count > 0 {
            self.total += count;
            self.runs.push(Run::ByDate { docs, count, order: Vec::new(), oldest_first });
        }
    }

    /// All of them, below a bound.
    pub(super) fn documents(&self, bound: usize) -> Bits {
        let mut all = Bits::none(bound);
        for run in &self.runs {
            match run {
                Run::Ranked(ranked) => ranked.iter().for_each(|(doc, _)| all.insert(*doc)),
                Run::Unranked { docs, .. } | Run::ByDate { docs, .. } => all.add(docs),
            }
        }
        all
    }

    /// The documents of a window with their scores; fewer at the end.
    pub(super) fn window(&mut self, snapshot: &Snapshot, window: Range<usize>) -> Result<Vec<(u32, f32)>> {
        let mut found = Vec::new();
        let (mut before, mut at) = (0, 0);
        while at < self.runs.len() {
            let length = self.runs[at].len();
            let from = window.start.saturating_sub(before).min(length);
            let to = window.end.saturating_sub(before).min(length);
            if from < to && matches!(self.runs[at], Run::Unranked { .. }) {
                let unranked = self.runs.remove(at);
                self.runs.splice(at..at, unranked.ranked(snapshot)?);
                continue;
            }
            if from < to {
                self.runs[at].append(snapshot, from..to, &mut found);
            }
            (before, at) = (before + length, at + 1);
        }
        Ok(found)
    }
}

impl Run {
    fn len(&self) -> usize {
        match self {
            Run::Ranked(ranked) => ranked.len(),
            Run::Unranked { count, .. } | Run::ByDate { count, .. } => *count,
        }
    }

    /// What was not ranked yet in order: the newest of it, and the rest behind them.
    fn ranked(self, snapshot: &Snapshot) -> Result<Vec<Run>> {
        let Run::Unranked { mut docs, count, by } = self else { return Ok(vec![self]) };
        let candidates = snapshot.newest(&docs, by.most);
        candidates.iter().for_each(|doc| docs.remove(*doc));
        let count = count - candidates.len();
        let ranked = Run::Ranked(rank(snapshot, candidates, &by.terms, by.place, by.tier)?);
        let rest = Run::ByDate { docs, count, order: Vec::new(), oldest_first: false };
        Ok(if count > 0 { vec![ranked, rest] } else { vec![ranked] })
    }

    fn append(&mut self, snapshot: &Snapshot, window: Range<usize>, found: &mut Vec<(u32, f32)>) {
        match self {
            Run::Unranked { .. } => {}
            Run::Ranked(ranked) => found.extend_from_slice(&ranked[window]),
            Run::ByDate { docs, count, order, oldest_first } => {
                if order.len() < window.end {
                    let step = window.end.max(FIRST_STEP).saturating_mul(4).min(*count);
                    *order = match (step == *count, *oldest_first) {
                        (true, true) => sorted(docs, |doc| snapshot.age(doc)),
                        (true, false) => sorted(docs, |doc| snapshot.key(doc)),
                        (false, true) => snapshot.oldest(docs, step),
                        (false, false) => snapshot.newest(docs, step),
                    };
                }
                found.extend(order[window].iter().map(|doc| (*doc, 0.0)));
            }
        }
    }
}

fn sorted(docs: &Bits, key: impl Fn(u32) -> u64) -> Vec<u32> {
    let mut order: Vec<u32> = docs.iter().collect();
    order.sort_unstable_by_key(|doc| std::cmp::Reverse(key(*doc)));
    order
}

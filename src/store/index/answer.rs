//! An ordered answer that is put in order only as far as somebody looks.

use std::{ops::Range, sync::Arc};

use super::{sets::Bits, snapshot::Snapshot};
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

#[derive(Debug)]
enum Run {
    /// In this order, with scores.
    Ranked(Vec<(u32, f32)>),
    /// By date; `order` holds the first of them.
    ByDate { docs: Bits, count: usize, order: Vec<u32>, oldest_first: bool },
}

/// Ordering begins with this many and goes on in larger steps.
const FIRST_STEP: usize = 4096;

impl Answer {
    /// Appends documents in an order of their own.
    pub(super) fn then_ranked(&mut self, ranked: Vec<(u32, f32)>) {
        self.total += ranked.len();
        self.runs.push(Run::Ranked(ranked));
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
                Run::ByDate { docs, .. } => all.add(docs),
            }
        }
        all
    }

    /// The documents of a window with their scores; fewer at the end.
    pub(super) fn window(&mut self, snapshot: &Snapshot, window: Range<usize>) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        let mut before = 0;
        for run in &mut self.runs {
            let length = run.len();
            let from = window.start.saturating_sub(before).min(length);
            let to = window.end.saturating_sub(before).min(length);
            if from < to {
                run.append(snapshot, from..to, &mut found);
            }
            before += length;
        }
        found
    }
}

impl Run {
    fn len(&self) -> usize {
        match self {
            Run::Ranked(ranked) => ranked.len(),
            Run::ByDate { count, .. } => *count,
        }
    }

    fn append(&mut self, snapshot: &Snapshot, window: Range<usize>, found: &mut Vec<(u32, f32)>) {
        match self {
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

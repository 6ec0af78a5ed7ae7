//! The order inside a tier: BM25 over the words, recency, and a bonus where the words stand side by side.

use anyhow::Result;
use tantivy::{postings::Postings, schema::IndexRecordOption};

use super::{
    phrase,
    postings::each_posting,
    snapshot::{Place, Snapshot},
};

/// A term of the index that stands for a word of a query, and its worth next to the word itself.
pub(super) type Weighted = (String, f32);

/// For each word of a query the terms that stand for it.
pub(super) type Terms = Vec<Vec<Weighted>>;

/// What a tier adds to all scores below it.
const TIER: f32 = 1000.0;

/// Two words side by side.
const ADJACENT: f32 = 8.0;

/// The whole phrase in the text.
const PHRASE: f32 = 100.0;

/// Side by side is looked at for so many of the best.
const LOOKED_AT: usize = 512;

/// Orders candidates of which every word matches in `place`, best first; titles are a tier above the `tier` at hand.
pub(super) fn rank(snapshot: &Snapshot, mut docs: Vec<u32>, terms: &Terms, place: Place, tier: f32) -> Result<Vec<(u32, f32)>> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    docs.sort_unstable();
    let tier = if place == Place::Title { tier + TIER } else { tier };
    let mut scored: Vec<(u32, f32)> = docs.into_iter().map(|doc| (doc, tier + recency(snapshot.date(doc)))).collect();
    for word in terms {
        add_bm25(snapshot, &mut scored, word)?;
    }
    if terms.len() > 1 {
        order(snapshot, &mut scored);
        let looked_at = scored.len().min(LOOKED_AT);
        add_adjacency(snapshot, &mut scored[..looked_at], terms, place)?;
    }
    order(snapshot, &mut scored);
    Ok(scored)
}

fn order(snapshot: &Snapshot, scored: &mut [(u32, f32)]) {
    scored.sort_unstable_by(|(one, its), (other, theirs)| {
        theirs.total_cmp(its).then_with(|| snapshot.key(*other).cmp(&snapshot.key(*one)))
    });
}

/// Where recency begins to count.
const FIRST_DAY: f32 = 20_100_101.0;

/// A point for about fifteen years: enough to order what is else alike.
fn recency(date: u32) -> f32 {
    (date as f32 - FIRST_DAY).max(0.0) / 150_000.0
}

/// The terms of one word count as one, each by its worth. The candidates are in rising order.
fn add_bm25(snapshot: &Snapshot, scored: &mut [(u32, f32)], word: &[Weighted]) -> Result<()> {
    let docs: Vec<u32> = scored.iter().map(|(doc, _)| *doc).collect();
    let (mut counts, mut often) = (vec![0.0_f32; scored.len()], 0.0);
    for (term, weight) in word {
        let holding = snapshot.often(Place::All, term)?;
        if holding == 0 {
            continue;
        }
        often += holding as f32 * weight;
        each_posting(snapshot, &docs, term, Place::All, IndexRecordOption::WithFreqs, |at, segment, doc, posting| {
            let length = segment.lengths.fieldnorm(doc) as f32 / segment.mean_length.max(1.0);
            counts[at] += weight * posting.term_freq() as f32 / (0.25 + 0.75 * length);
        })?;
    }
    let all = snapshot.bound() as f32;
    let rarity = (1.0 + (all - often + 0.5).max(0.0) / (often + 0.5)).ln();
    for ((_, score), count) in scored.iter_mut().zip(counts) {
        *score += rarity * count * 2.2 / (count + 1.2);
    }
    Ok(())
}

/// Adds what words side by side are worth; puts the candidates into rising order.
fn add_adjacency(snapshot: &Snapshot, scored: &mut [(u32, f32)], terms: &Terms, place: Place) -> Result<()> {
    scored.sort_unstable_by_key(|(doc, _)| *doc);
    let docs: Vec<u32> = scored.iter().map(|(doc, _)| *doc).collect();
    let mut before: Vec<Vec<u32>> = Vec::new();
    let mut whole: Vec<Vec<u32>> = Vec::new();
    for (nth, word) in terms.iter().enumerate() {
        let word: Vec<&str> = word.iter().map(|(term, _)| term.as_str()).collect();
        let here = phrase::positions(snapshot, &docs, &word, place)?;
        if nth == 0 {
            whole = here.clone();
        } else {
            for (at, (_, score)) in scored.iter_mut().enumerate() {
                let is_pair = before[at].iter().any(|position| phrase::follows(&here[at], *position));
                *score += if is_pair { ADJACENT } else { 0.0 };
                phrase::step(&mut whole[at], &here[at]);
            }
        }
        before = here;
    }
    for ((_, score), whole) in scored.iter_mut().zip(whole) {
        if !whole.is_empty() {
            *score += if place == Place::Title { TIER } else { PHRASE };
        }
    }
    Ok(())
}

//! Words side by side: which documents hold a phrase, by the positions of its words.

use anyhow::Result;
use tantivy::{postings::Postings, schema::IndexRecordOption};

use super::{
    postings::each_posting,
    snapshot::{Place, Snapshot},
};

/// The positions of a word at each of some documents, which are in rising order; `terms` are the forms that stand for it.
pub(super) fn positions(snapshot: &Snapshot, docs: &[u32], terms: &[impl AsRef<str>], place: Place) -> Result<Vec<Vec<u32>>> {
    let mut found: Vec<Vec<u32>> = vec![Vec::new(); docs.len()];
    let mut positions = Vec::new();
    for term in terms {
        each_posting(snapshot, docs, term.as_ref(), place, IndexRecordOption::WithFreqsAndPositions, |at, _, _, posting| {
            posting.positions(&mut positions);
            found[at].extend_from_slice(&positions);
        })?;
    }
    found.iter_mut().for_each(|positions| positions.sort_unstable());
    Ok(found)
}

/// Whether a word with these positions stands directly behind this one.
pub(super) fn follows(positions: &[u32], position: u32) -> bool {
    positions.binary_search(&(position + 1)).is_ok()
}

/// Keeps those positions of a phrase's last word behind which the next word stands, and moves them on to it.
pub(super) fn step(so_far: &mut Vec<u32>, next: &[u32]) {
    so_far.retain(|position| follows(next, *position));
    so_far.iter_mut().for_each(|position| *position += 1);
}

/// Positions are looked up for so many documents at a time, so that memory stays small.
const CHUNK: usize = 16_384;

/// Of these documents, in rising order, those in which the words stand side by side; each word by the forms that stand for it.
pub(super) fn holding(snapshot: &Snapshot, docs: &[u32], words: &[Vec<String>], place: Place) -> Result<Vec<u32>> {
    let Some((first, rest)) = words.split_first() else { return Ok(docs.to_vec()) };
    let mut holding = Vec::new();
    for chunk in docs.chunks(CHUNK) {
        let mut phrase = positions(snapshot, chunk, first, place)?;
        for word in rest {
            let next = positions(snapshot, chunk, word, place)?;
            phrase.iter_mut().zip(&next).for_each(|(so_far, next)| step(so_far, next));
        }
        holding.extend(chunk.iter().zip(&phrase).filter(|(_, phrase)| !phrase.is_empty()).map(|(doc, _)| *doc));
    }
    Ok(holding)
}

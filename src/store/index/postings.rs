//! Looking up a few documents in the postings of a term.

use anyhow::Result;
use tantivy::{DocSet, postings::SegmentPostings, schema::IndexRecordOption};

use super::snapshot::{Place, Segment, Snapshot};

/// Visits the postings of a term at those of some documents that hold it; the documents are in rising order.
pub(super) fn each_posting(
    snapshot: &Snapshot,
    docs: &[u32],
    term: &str,
    place: Place,
    option: IndexRecordOption,
    mut each: impl FnMut(usize, &Segment, u32, &mut SegmentPostings),
) -> Result<()> {
    for (segment, info) in snapshot.holding(place, term)? {
        let from = docs.partition_point(|doc| *doc < segment.base);
        let to = docs.partition_point(|doc| *doc < segment.base + segment.size);
        if from == to {
            continue;
        }
        let mut postings = segment.words(place).read_postings_from_terminfo(&info, option)?;
        for (at, doc) in docs.iter().enumerate().take(to).skip(from) {
            let doc = doc - segment.base;
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                each(at, segment, doc, &mut postings);
            }
        }
    }
    Ok(())
}

//! The documents of each segment from the newest down, so that the newest of a large answer are found without passing through all
//! of it.
//!
//! Each segment of some size has a file of its own beside tantivy's: the dates of its documents and their numbers, in falling order
//! of the dates. Where it is missing, all documents of the answer in that segment are passed through, which is right too, only slower.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Result;
use tantivy::directory::OwnedBytes;

use super::beside::{self, Work};

const MAGIC: &[u8; 8] = b"qaladat1";
pub(super) const ENDING: &str = "dates";

/// Smaller segments do without.
const FEWEST_DOCS: u32 = 128;

/// A date, as [`crate::domain::Dated::sort_key`] gives it, and a document of the segment; each of 32 bits, little end first.
const ENTRY: usize = 8;

/// The documents of one segment in falling order of their dates.
pub(super) struct Calendar {
    entries: OwnedBytes,
}

impl Calendar {
    /// Opens that of a segment with so many documents; none where the file is missing or damaged.
    pub(super) fn open(folder: &Path, segment: &str, docs: u32) -> Option<Calendar> {
        if docs < FEWEST_DOCS {
            return None;
        }
        let bytes = beside::open(folder, segment, ENDING)?;
        let is_whole = bytes.starts_with(MAGIC) && bytes.len() == MAGIC.len() + docs as usize * ENTRY;
        is_whole.then(|| Calendar { entries: bytes.slice(MAGIC.len()..bytes.len()) })
    }

    /// The date before which so many documents stand; `None` where it has fewer.
    pub(super) fn date(&self, documents: usize) -> Option<u32> {
        self.entries().get(documents).map(|entry| halves(entry).0)
    }

    /// The documents of this date and later ones, the newest first, by their numbers within the segment.
    pub(super) fn since(&self, date: u32) -> impl Iterator<Item = u32> {
        self.entries().iter().map(halves).take_while(move |(its, _)| *its >= date).map(|(_, doc)| doc)
    }

    fn entries(&self) -> &[[u8; ENTRY]] {
        self.entries.as_chunks().0
    }
}

/// A date and a document.
fn halves(entry: &[u8; ENTRY]) -> (u32, u32) {
    let both = u64::from_le_bytes(*entry);
    (both as u32, (both >> 32) as u32)
}

/// A number that rises with the sort key of a date, of months of 31 days each.
pub(super) fn day(date: u32) -> u16 {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let days = year.saturating_sub(FIRST_YEAR) * 372 + month.saturating_sub(1) * 31 + day;
    u16::try_from(days).unwrap_or(u16::MAX)
}

/// Before it days are not told apart.
const FIRST_YEAR: u32 = 1900;

/// Makes the files that segments lack.
pub(super) fn complete(work: Work<'_>) -> Result<()> {
    work.complete((ENDING, MAGIC), FEWEST_DOCS, |path, segment| {
        let mut entries: Vec<(u32, u32)> = (0..segment.size).map(|doc| (work.snapshot.date(segment.base + doc), doc)).collect();
        entries.sort_unstable_by(|one, other| other.cmp(one));
        let mut out = BufWriter::new(File::create(path)?);
        out.write_all(MAGIC)?;
        for (date, doc) in entries {
            out.write_all(&date.to_le_bytes())?;
            out.write_all(&doc.to_le_bytes())?;
        }
        out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        Ok(())
    })
}

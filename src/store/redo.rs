//! Extraction once more, for articles that an older version of it has read; the old result serves until the new one is in.

use std::ops::ControlFlow;

use anyhow::Result;
use rayon::prelude::*;
use rusqlite::Connection;

use super::{
    articles::{self, Entry},
    import::Reader,
    pace::Pace,
    schema::{counter, set_counter},
    writer::Writer,
};
use crate::domain::Article;

/// So many are read at a time.
pub(super) const BATCH: usize = 256;

/// Brings all articles up to the version of `reader`; `watch` is asked after each batch whether to go on. Stopped or killed,
/// the next import goes on with what is left.
pub(super) fn redo(
    writer: &mut Writer<'_>,
    db: &Connection,
    reader: Reader<'_>,
    watch: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let version = reader.stages.version();
    if counter(db, "extracted")? >= u64::from(version) {
        return Ok(ControlFlow::Continue(()));
    }
    let mut after = 0;
    let next = || {
        // What is replaced gets new rows behind all others, of the new version.
        let rows = articles::behind(db, version, after, BATCH)?;
        after = rows.last().copied().unwrap_or(after);
        Ok(rows)
    };
    if all(writer, db, reader, next, watch)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    set_counter(db, "extracted", u64::from(version))?;
    Ok(ControlFlow::Continue(()))
}

/// Reads articles once more, batch after batch until `next` has none; `watch` is asked after each whether to go on.
pub(super) fn all(
    writer: &mut Writer<'_>,
    db: &Connection,
    reader: Reader<'_>,
    mut next: impl FnMut() -> Result<Vec<i64>>,
    watch: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let (mut taken, mut pace) = (0, Pace::start());
    loop {
        let rows = next()?;
        if rows.is_empty() {
            break;
        }
        taken += again(writer, db, reader, rows)?;
        if pace.is_due(taken) {
            writer.commit()?;
            pace.committed();
        }
        if watch().is_break() {
            writer.commit()?;
            return Ok(ControlFlow::Break(()));
        }
    }
    writer.commit()?;
    Ok(ControlFlow::Continue(()))
}

/// Reads some articles once more and puts them in the place of what was read before; says how many.
fn again(writer: &mut Writer<'_>, db: &Connection, reader: Reader<'_>, rows: Vec<i64>) -> Result<u64> {
    let old: Vec<(i64, Article)> = rows
        .into_iter()
        .filter_map(|row| articles::article(db, row).transpose().map(|article| Ok((row, article?))))
        .collect::<Result<_>>()?;
    let new: Vec<(i64, Entry)> = old.into_par_iter().map(|(row, article)| (row, reader.again(article))).collect();
    for (row, entry) in &new {
        writer.replace(*row, entry)?;
    }
    Ok(new.len() as u64)
}

//! Extraction once more, for articles that an older version of it has read; the old result serves until the new one is in.

use std::ops::ControlFlow;

use anyhow::Result;
use rayon::prelude::*;
use rusqlite::Connection;

use super::{
    articles::{self, Entry},
    import::{Stages, entry},
    pace::Pace,
    schema::{counter, set_counter},
    writer::Writer,
};
use crate::domain::{Article, Draft, Source};

/// So many are read at a time.
const BATCH: usize = 256;

/// Brings all articles up to the version of `stages`; `watch` is asked after each batch whether to go on. Stopped or killed,
/// the next import goes on with what is left.
pub(super) fn redo(
    writer: &mut Writer<'_>,
    db: &Connection,
    stages: &dyn Stages,
    watch: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    if counter(db, "extracted")? >= u64::from(stages.version()) {
        return Ok(ControlFlow::Continue(()));
    }
    let (mut after, mut taken, mut pace) = (0, 0, Pace::start());
    loop {
        // What is replaced gets new rows behind all others, of the new version.
        let rows = articles::behind(db, stages.version(), after, BATCH)?;
        let Some(last) = rows.last() else { break };
        after = *last;
        let old: Vec<(i64, Article)> = rows
            .into_iter()
            .filter_map(|row| articles::article(db, row).transpose().map(|article| Ok((row, article?))))
            .collect::<Result<_>>()?;
        let new: Vec<(i64, Entry)> = old.into_par_iter().map(|(row, article)| (row, again(stages, article))).collect();
        for (row, entry) in &new {
            writer.replace(*row, entry)?;
        }
        taken += new.len() as u64;
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
    set_counter(db, "extracted", u64::from(stages.version()))?;
    Ok(ControlFlow::Continue(()))
}

fn again(stages: &dyn Stages, article: Article) -> Entry {
    let Article { id, text, fields, .. } = article;
    // Sources are kept apart from the text; the writer moves them.
    let source = Source { file: String::new(), item: None };
    entry(stages, Draft { source, text, fields }, id)
}

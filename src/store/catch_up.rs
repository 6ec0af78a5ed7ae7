//! Completing an index by what SQLite holds beyond it: after a killed import, and where one is made anew.

use std::{ops::ControlFlow, path::Path};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::{
    blob,
    index::{self, Shelf},
    sayings::{self, Seen},
    schema::counter,
    spellings::linkable,
};
use crate::domain::Extraction;

/// Opens both indexes for writing and brings them up to date.
pub(super) fn open_indexes(folder: &Path, db: &Connection, threads: usize) -> Result<[index::Writer; 2]> {
    let change = counter(db, "change")?;
    let open = |shelf, threads| {
        let mut index = index::Writer::open(folder, shelf, change, threads)?;
        let _ = complete_index(db, &mut index, &mut |_| ControlFlow::Continue(()))?;
        Ok::<_, anyhow::Error>(index)
    };
    Ok([open(Shelf::Articles, threads)?, open(Shelf::Statements, 1)?])
}

/// How many threads write to an index while nothing else is done.
pub(super) fn threads(shelf: Shelf) -> usize {
    match shelf {
        Shelf::Articles => index::all_threads(),
        Shelf::Statements => 1,
    }
}

/// The keys of an article's names, each once.
pub(super) fn keys(extraction: &Extraction) -> Vec<&str> {
    let mut keys: Vec<&str> = linkable(extraction).map(|(_, name)| name.key.0.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of the names of those who speak in an article, each once.
pub(super) fn speakers(extraction: &Extraction) -> Vec<&str> {
    let speakers = extraction.statements.iter().filter_map(|statement| statement.speaker_name);
    let mut keys: Vec<&str> =
        speakers.filter_map(|name| extraction.names.get(name.0 as usize)).map(|name| name.key.0.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Articles that the index takes in between two of its commits while it is made anew.
const CATCH_UP: usize = 20_000;

/// Between two questions whether to go on so many articles are taken in.
const ASKED_EVERY: usize = 64;

/// Adds to an index what SQLite holds beyond it and removes what went away.
///
/// Rows rise with their change numbers, so the missing ones are the last. `watch` hears again and again how many are to come yet;
/// where it breaks, what is in so far is committed, and the next call goes on from there.
pub(super) fn complete_index(
    db: &Connection,
    index: &mut index::Writer,
    watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let (from, to) = (index.change(), counter(db, "change")?);
    if from == to {
        return Ok(ControlFlow::Continue(()));
    }
    let mut gone = db.prepare("SELECT row FROM removed WHERE change > ?1")?;
    let mut rows = gone.query([from.cast_signed()])?;
    while let Some(row) = rows.next()? {
        index.remove(row.get(0)?)?;
    }
    let last: Option<i64> = db
        .query_row("SELECT row FROM article WHERE change <= ?1 ORDER BY row DESC LIMIT 1", [from.cast_signed()], |row| row.get(0))
        .optional()?;
    let mut missing = db.prepare(
        "SELECT row, change, published, title, text, extraction, outlet, language FROM article JOIN body USING(row) WHERE row > ?1 ORDER BY row",
    )?;
    let to_come: i64 = db.query_row("SELECT count(*) FROM article WHERE row > ?1", [last.unwrap_or(0)], |row| row.get(0))?;
    let mut rows = missing.query([last.unwrap_or(0)])?;
    let (mut since_commit, mut at, mut taken, mut stopped) = (0, from, 0, false);
    while let Some(row) = rows.next()? {
        if taken % ASKED_EVERY == 0 {
            stopped = watch(to_come.unsigned_abs().saturating_sub(taken as u64)).is_break();
        }
        taken += 1;
        let change: i64 = row.get(1)?;
        // What a commit says is that all of a change is in.
        if (since_commit >= CATCH_UP || stopped) && change.cast_unsigned() != at {
            index.commit(at)?;
            since_commit = 0;
            if stopped {
                return Ok(ControlFlow::Break(()));
            }
        }
        at = change.cast_unsigned();
        since_commit += 1;
        let extraction = blob::decode(row.get_ref(5)?.as_blob()?)?;
        let (title, text) = (row.get_ref(3)?.as_str()?, row.get_ref(4)?.as_str()?);
        let (number, date, outlet) = (row.get(0)?, row.get(2)?, row.get_ref(6)?.as_str_or_null()?);
        match index.shelf() {
            Shelf::Articles => index.add(&index::Entry {
                row: number,
                date,
                title,
                text,
                names: keys(&extraction),
                speakers: speakers(&extraction),
                labels: sayings::all_labels(text, &extraction),
                outlet,
                language: row.get_ref(7)?.as_str()?,
            })?,
            Shelf::Statements => {
                let sketches = sayings::sketches(text, &extraction);
                let seen = Seen { row: number, date, text, extraction: &extraction, outlet };
                sayings::each(seen, &sketches, |saying| index.add_saying(saying))?;
            }
        }
    }
    index.commit(to)?;
    Ok(ControlFlow::Continue(()))
}

/// Completes or makes the indexes of an archive where they are behind. One of an older analysis answers as it is; the next import
/// makes it anew.
pub(super) fn bring_index_up_to_date(folder: &Path, db: &Connection) -> Result<()> {
    let change = counter(db, "change")?;
    for shelf in Shelf::ALL {
        let is_outdated = index::age(&folder.join(shelf.folder()), shelf).is_ok_and(|age| age == index::Age::Outdated);
        if is_outdated || index::is_complete(folder, shelf, change) {
            continue;
        }
        let mut index = index::Writer::open(folder, shelf, change, threads(shelf))?;
        let _ = complete_index(db, &mut index, &mut |_| ControlFlow::Continue(()))?;
        index.finish()?;
    }
    Ok(())
}

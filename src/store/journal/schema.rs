//! The database of decisions: its tables, and opening it where one may write and where one may only read.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::store::schema::{plan_once, unchanging};

/// The version of the tables below.
const VERSION: i64 = 1;

/// Marks the file as qala's decisions ("qald" in ASCII).
const APPLICATION: i64 = 0x7161_6c64;

/// `step` and `change` are the journal: rows are added and never taken away, undoing flags a step. `mark` is what holds now; it
/// follows from the journal. Articles are numbered as in the archive: by their ids, the highest bit turned.
const TABLES: &str = "
-- `undone` is 0 while a step is in effect, else a number that rises with every undo; `dropped` steps cannot be redone.
CREATE TABLE step(number INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, label TEXT NOT NULL,
  seconds INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0, undone_by INTEGER, dropped INTEGER NOT NULL DEFAULT 0);
CREATE INDEX step_undone ON step(undone) WHERE undone > 0;
-- `slot` is what is set: 'read', 'star', 'tag:' and its folded name, 'note:' and its id. `value` is 1 or 0; `text` is the tag as
-- typed or what a note says.
CREATE TABLE change(step INTEGER NOT NULL, nth INTEGER NOT NULL, article INTEGER NOT NULL, slot TEXT NOT NULL,
  value INTEGER NOT NULL, text TEXT, start INTEGER, end INTEGER, quote TEXT, PRIMARY KEY(step, nth)) WITHOUT ROWID;
CREATE INDEX change_slot ON change(article, slot, step);
-- `first` is the step that first set the slot.
CREATE TABLE mark(article INTEGER NOT NULL, slot TEXT NOT NULL, text TEXT, start INTEGER, end INTEGER, quote TEXT,
  first INTEGER NOT NULL, step INTEGER NOT NULL, PRIMARY KEY(article, slot)) WITHOUT ROWID;
CREATE INDEX mark_slot ON mark(slot, article);
-- How far articles were read: no steps, so that scrolling does not fill the journal.
CREATE TABLE position(article INTEGER PRIMARY KEY, at INTEGER NOT NULL);
-- Where the articles were read from, so that decisions follow a source whose content changed, and where they went.
CREATE TABLE place(article INTEGER NOT NULL, file BLOB NOT NULL, item TEXT NOT NULL, PRIMARY KEY(article, file, item))
  WITHOUT ROWID;
CREATE TABLE moved(article INTEGER PRIMARY KEY, became INTEGER NOT NULL, seconds INTEGER NOT NULL);
-- `undone` counts undos; `followed` is the change of the archive up to which decisions have followed their sources.
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('undone', 0);
";

/// The name of the database inside an archive.
const FILE: &str = "decisions.db";

/// How long a writer waits for another one; theirs are transactions of milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database of decisions.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) db: Connection,
    /// Why nothing can be written, where that is so.
    pub(super) refusal: Option<String>,
}

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Opens what is there; `None` where nothing was ever decided.
pub(super) fn open(folder: &Path) -> Result<Option<Opened>> {
    let path = path(folder);
    if !path.exists() {
        return Ok(None);
    }
    let read_only = || format!("decisions cannot be kept in {}: nothing may be written there", folder.display());
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = connect(&path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|db| Ok((db.is_readonly("main")?, db)));
    let (read_only, db) = match opened {
        Ok((is_read_only, db)) => (is_read_only.then(read_only), db),
        // A write-ahead log needs files beside the database; where they cannot be made, nobody writes either.
        Err(error) if is_denied(&error) => {
            let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY;
            let db = connect(&path, flags).or_else(|_| connect(unchanging(&path), flags | OpenFlags::SQLITE_OPEN_URI));
            (Some(read_only()), db?)
        }
        Err(error) => return Err(error.into()),
    };
    if !has_tables(&db)? {
        // Somebody is just making it.
        return Ok(None);
    }
    let refusal = check(&path, &db)?.or(read_only);
    if refusal.is_none() {
        write_ahead(&db)?;
    }
    Ok(Some(Opened { db, refusal }))
}

/// Opens the database for the first decision and makes it if nobody else just did.
pub(super) fn create(folder: &Path) -> Result<Opened> {
    let path = path(folder);
    let make = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let db = connect(&path, flags)?;
        let making = Transaction::new_unchecked(&db, TransactionBehavior::Immediate)?;
        if !has_tables(&making)? {
            making.execute_batch(TABLES)?;
            making.pragma_update(None, "application_id", APPLICATION)?;
            making.pragma_update(None, "user_version", VERSION)?;
        }
        making.commit()?;
        Ok(db)
    };
    let db = make().map_err(|error| match is_denied(&error) {
        true => anyhow::Error::new(error)
            .context(format!("decisions cannot be kept in {}: nothing may be written there", folder.display())),
        false => error.into(),
    })?;
    write_ahead(&db)?;
    let refusal = check(&path, &db)?;
    Ok(Opened { db, refusal })
}

fn connect(path: impl AsRef<Path>, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    plan_once(&db)?;
    has_tables(&db)?;
    Ok(db)
}

fn has_tables(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_master", [], |row| Ok(row.get::<_, i64>(0)? > 0))
}

/// A refusal to write where a newer program made the file.
fn check(path: &Path, db: &Connection) -> Result<Option<String>> {
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        bail!("{} holds no decisions of qala", path.display());
    }
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((version > VERSION).then(|| format!("{} was made by a newer qala; it can be read, but not changed", path.display())))
}

/// Readers and writers do not wait for each other, and what was committed has reached the disk.
fn write_ahead(db: &Connection) -> Result<()> {
    db.pragma_update(None, "synchronous", "full")?;
    let started = Instant::now();
    loop {
        let mode: rusqlite::Result<String> = db.query_row("PRAGMA journal_mode = wal", [], |row| row.get(0));
        match mode {
            Ok(_) => return Ok(()),
            // Changing the mode does not wait for others by itself.
            Err(error) if is_busy(&error) && started.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(error).context("cannot prepare the decisions for writing"),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

pub(super) fn is_denied(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::journal::state::MARKS;

    #[test]
    fn statements_are_planned_once_for_all_values() {
        let folder = tempfile::tempdir().unwrap();
        let db = create(folder.path()).unwrap().db;
        for article in 0..3 {
            let mut select = db.prepare_cached(MARKS).unwrap();
            assert!(!select.exists([article]).unwrap());
            assert_eq!(select.get_status(StatementStatus::RePrepare), 0, "article {article}");
        }
    }
}

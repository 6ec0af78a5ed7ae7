//! The journal of decisions: a database of its own, so that no import delays a mark and nothing derived can take one away.
//!
//! A *step* is what one key or command decided; it sets *slots* of articles (read, star, one for each tag and note). What holds
//! is a rule, not a history: **a slot has the value that the newest step in effect gives it.** Undoing takes a step out of
//! effect, redoing puts it back in its old place; so any sequence of both equals replaying the steps that remain.
//!
//! Several sessions decide at once. A session undoes its own steps, the newest first, then those that were there before it
//! began; steps that others made meanwhile are theirs. Where another session's newer step sets the same slot, undoing shows
//! nothing there: theirs holds on. A session redoes what it undid, the last first, then what was undone before it began, and
//! a new decision drops what it could have redone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use rusqlite::{Connection, Transaction, TransactionBehavior};

mod anchor;
mod moves;
mod schema;
mod state;
mod steps;

pub(super) use anchor::{anchor, anchored};
pub(super) use state::Wanted;

/// The decisions of an archive as one session sees and makes them.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    /// There once something was decided.
    opened: Option<schema::Opened>,
    session: Session,
    /// SQLite's number for what others have committed.
    seen: Option<i64>,
    /// How often this session has written.
    written: u64,
}

/// What tells a session's steps from others.
#[derive(Clone, Copy, Debug, Default)]
struct Session {
    id: i64,
    /// The last step before it began.
    after: i64,
    /// The last undo before it began.
    after_undo: i64,
}

impl Journal {
    /// Begins a session and makes no file. With what is wrong, where the decisions cannot be read.
    pub(super) fn open(folder: &Path, archive: &Connection) -> (Journal, Option<anyhow::Error>) {
        let mut journal =
            Journal { folder: folder.to_owned(), opened: None, session: Session::default(), seen: None, written: 0 };
        let begun = journal.begin(archive);
        (journal, begun.err())
    }

    fn begin(&mut self, archive: &Connection) -> Result<()> {
        self.session.id = archive.query_row("SELECT random()", [], |row| row.get(0))?;
        self.look()?;
        if let Some(db) = self.opened.as_ref().map(|opened| &opened.db) {
            self.session.after = db.query_row("SELECT coalesce(max(number), 0) FROM step", [], |row| row.get(0))?;
            self.session.after_undo = db.query_row("SELECT value FROM counter WHERE name = 'undone'", [], |row| row.get(0))?;
            self.seen = Some(db.pragma_query_value(None, "data_version", |row| row.get(0))?);
        }
        Ok(())
    }

    /// The database, when there is one.
    fn db(&self) -> Option<&Connection> {
        self.opened.as_ref().map(|opened| &opened.db)
    }

    /// Opens the database if somebody made it since.
    pub(super) fn look(&mut self) -> Result<()> {
        if self.opened.is_none() {
            self.opened = schema::open(&self.folder).with_context(|| self.failure())?;
            if let Some(opened) = &self.opened {
                opened.db.set_prepared_statement_cache_capacity(32);
            }
        }
        Ok(())
    }

    /// Whether others decided something since this was last asked.
    pub(super) fn refresh(&mut self) -> Result<bool> {
        self.look()?;
        let now = self.db().map(|db| db.pragma_query_value(None, "data_version", |row| row.get(0))).transpose()?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }

    /// What tells states of the journal apart: SQLite's number for what others have written, and how often this session has.
    pub(super) fn version(&self) -> Result<(Option<i64>, u64)> {
        let others = self.db().map(|db| db.pragma_query_value(None, "data_version", |row| row.get(0))).transpose()?;
        Ok((others, self.written))
    }

    /// The database for writing, made if need be.
    fn writable(&mut self) -> Result<()> {
        self.look()?;
        if self.opened.is_none() {
            let created = schema::create(&self.folder)?;
            created.db.set_prepared_statement_cache_capacity(32);
            self.seen = Some(created.db.pragma_query_value(None, "data_version", |row| row.get(0))?);
            self.opened = Some(created);
        }
        match self.opened.as_ref().and_then(|opened| opened.refusal.clone()) {
            Some(refusal) => Err(anyhow!(refusal)),
            None => Ok(()),
        }
    }

    /// Does something in one transaction that is on the disk when this returns.
    fn write<T>(&mut self, act: impl FnOnce(&Transaction<'_>, Session) -> Result<T>) -> Result<T> {
        self.writable()?;
        self.written += 1;
        let session = self.session;
        let db = self.db().context("the decisions were just opened")?;
        let done = Transaction::new_unchecked(db, TransactionBehavior::Immediate).map_err(Into::into).and_then(|transaction| {
            let done = act(&transaction, session)?;
            transaction.commit()?;
            Ok(done)
        });
        done.map_err(|error: anyhow::Error| match error.is::<rusqlite::Error>() {
            true => error.context(format!("what was decided could not be kept in {}", schema::path(&self.folder).display())),
            false => error,
        })
    }

    fn failure(&self) -> String {
        format!("the decisions in {} cannot be read", schema::path(&self.folder).display())
    }
}

//! One writer's transactions: SQLite first, then the indexes, each of which says up to which change it is complete.
//!
//! Killed between them, the archive is whole and an index behind; the `catch_up` module adds what is missing. Killed before the
//! first, nothing of the batch exists, and its files are not marked as done. Either way a second import ends where an undisturbed
//! one does.

use std::{mem, panic::resume_unwind, path::Path, thread};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{
    articles::{self, Entry},
    catch_up::{keys, open_indexes, speakers},
    holders::{self, Held},
    index,
    linking::{self, Link},
    relink,
    sayings::{self, Seen},
    schema::{counter, set_counter},
    sources,
    spellings::Deltas,
};
use crate::{
    domain::{ArticleId, Fields, Report},
    extract::link::Linker,
};

/// A place between two steps of a commit, where tests pull the plug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Everything is written and nothing committed.
    BeforeRecord,
    /// SQLite has committed, the indexes have not.
    BeforeIndex,
    /// The index of articles has committed too, that of statements has not.
    BetweenIndexes,
    /// All have committed.
    AfterIndex,
    /// The names are linked, but not committed.
    BeforeLinks,
}

/// Called at every step; an error ends the import there.
pub(super) type AtStep<'a> = &'a dyn Fn(Step) -> Result<()>;

/// Writes articles in batches.
pub(super) struct Writer<'a> {
    db: &'a Connection,
    index: index::Writer,
    statements: index::Writer,
    at_step: AtStep<'a>,
    /// Whether a transaction is open.
    open: bool,
    /// The number of the transaction that is open, or was last.
    change: u64,
    /// Articles in the archive, the open transaction included.
    articles: u64,
    deltas: Deltas,
    held: Held,
    /// The version of extraction of what is put in.
    version: u32,
}

/// What an older program puts in among what a newer one has read is behind again.
const LOWER_EXTRACTED: &str = "UPDATE counter SET value = min(value, ?1) WHERE name = 'extracted'";

impl<'a> Writer<'a> {
    /// Opens the archive's indexes and brings them up to date; so many threads index articles of this version of extraction.
    pub(super) fn open(
        folder: &Path,
        db: &'a Connection,
        (version, threads): (u32, usize),
        at_step: AtStep<'a>,
    ) -> Result<Writer<'a>> {
        let [index, statements] = open_indexes(folder, db, threads)?;
        let (change, articles) = (counter(db, "change")?, counter(db, "articles")?);
        Ok(Writer {
            db,
            index,
            statements,
            at_step,
            open: false,
            change,
            articles,
            deltas: Deltas::default(),
            held: Held::default(),
            version,
        })
    }

    /// How many articles there are, the open batch included.
    pub(super) fn articles(&self) -> u64 {
        self.articles
    }

    /// Notes that reading a file begins; returns its number.
    pub(super) fn begin_file(&mut self, file: &crate::read::FileEntry) -> Result<i64> {
        self.begin()?;
        sources::begin(self.db, file)
    }

    /// Notes that a file was read to its end; articles that it held before and no place holds now go away.
    pub(super) fn end_file(&mut self, number: i64, done: Option<&crate::read::FileEntry>) -> Result<()> {
        self.begin()?;
        let mut select = self.db.prepare_cached(
            "SELECT row FROM orphan WHERE NOT EXISTS (SELECT 1 FROM source WHERE source.article = orphan.row) ORDER BY row",
        )?;
        let orphans: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for row in orphans {
            self.remove(row)?;
        }
        self.db.prepare_cached("DELETE FROM orphan")?.execute([])?;
        if let Some(file) = done {
            sources::finish(self.db, number, file)?;
        }
        Ok(())
    }

    /// Takes one article in, as read from `item` of the file with this number, and counts what became of it.
    ///
    /// `entry` is asked for only where the content is new, or what the record says of it in `fields`.
    pub(super) fn take(
        &mut self,
        file: i64,
        item: Option<&str>,
        (id, fields): (ArticleId, &Fields),
        entry: impl FnOnce() -> Entry,
        report: &mut Report,
    ) -> Result<()> {
        self.begin()?;
        let before = sources::article_at(self.db, file, item)?;
        let known = articles::row_of(self.db, id)?;
        let count = match (before, known) {
            (Some(before), Some(known)) if before == known => {
                if articles::fields(self.db, known)?.as_ref() == Some(fields) || !sources::is_first(self.db, file, item, known)? {
                    report.unchanged += 1;
                } else {
                    self.replace(known, &entry())?;
                    report.updated += 1;
                }
                return Ok(());
            }
            (Some(_), _) => &mut report.updated,
            (None, Some(_)) => &mut report.duplicates,
            (None, None) => &mut report.added,
        };
        *count += 1;
        let row = match known {
            Some(row) => row,
            None => self.insert(&entry())?,
        };
        sources::point(self.db, file, item, row)?;
        if let Some(before) = before {
            self.db.prepare_cached("INSERT OR IGNORE INTO orphan VALUES (?1)")?.execute([before])?;
        }
        Ok(())
    }

    /// Puts an article in once more, as its record or a newer version of extraction now reads; its sources and its id stay.
    pub(super) fn replace(&mut self, row: i64, entry: &Entry) -> Result<()> {
        self.begin()?;
        self.remove(row)?;
        let new = self.insert(entry)?;
        self.db.prepare_cached("UPDATE source SET article = ?2 WHERE article = ?1")?.execute([row, new])?;
        self.db.prepare_cached("UPDATE orphan SET row = ?2 WHERE row = ?1")?.execute([row, new])?;
        Ok(())
    }

    fn insert(&mut self, entry: &Entry) -> Result<i64> {
        let row = articles::insert(self.db, entry, self.change)?;
        self.index.add(&index::Entry {
            row,
            date: entry.published,
            title: &entry.title,
            text: &entry.draft.text,
            names: keys(&entry.extraction),
            speakers: speakers(&entry.extraction),
            labels: sayings::all_labels(&entry.draft.text, &entry.extraction),
            outlet: entry.outlet.as_deref(),
            language: entry.extraction.header.language.code(),
        })?;
        let (text, outlet) = (entry.draft.text.as_str(), entry.outlet.as_deref());
        let seen = Seen { row, date: entry.published, text, extraction: &entry.extraction, outlet };
        sayings::each(seen, &entry.sketches, |saying| self.statements.add_saying(saying))?;
        self.deltas.count(&entry.extraction, &entry.draft.text, 1);
        holders::add(self.db, &mut self.held, row, &entry.extraction)?;
        self.articles += 1;
        Ok(row)
    }

    fn remove(&mut self, row: i64) -> Result<()> {
        let Some((article, extraction)) = articles::read(self.db, row)? else { return Ok(()) };
        self.deltas.count(&extraction, &article.text, -1);
        holders::take_away(self.db, &mut self.held, row, &extraction)?;
        articles::remove(self.db, row, self.change)?;
        self.index.remove(row)?;
        self.statements.remove(row)?;
        self.articles -= 1;
        Ok(())
    }

    fn begin(&mut self) -> Result<()> {
        if !self.open {
            self.db.execute_batch("BEGIN IMMEDIATE")?;
            self.open = true;
            self.change += 1;
            // The indexes have seen these; they need not be remembered any longer.
            let seen = self.index.change().min(self.statements.change()).cast_signed();
            self.db.prepare_cached("DELETE FROM removed WHERE change <= ?1")?.execute([seen])?;
        }
        Ok(())
    }

    /// Makes the batch part of the archive and of its index.
    pub(super) fn commit(&mut self) -> Result<()> {
        if !self.open {
            return Ok(());
        }
        self.deltas.flush(self.db)?;
        self.held.flush(self.db)?;
        set_counter(self.db, "change", self.change)?;
        set_counter(self.db, "articles", self.articles)?;
        self.db.prepare_cached(LOWER_EXTRACTED)?.execute([self.version])?;
        (self.at_step)(Step::BeforeRecord)?;
        self.db.execute_batch("COMMIT")?;
        self.open = false;
        (self.at_step)(Step::BeforeIndex)?;
        self.index.commit(self.change)?;
        (self.at_step)(Step::BetweenIndexes)?;
        self.statements.commit(self.change)?;
        (self.at_step)(Step::AfterIndex)
    }

    /// Links names to entities where anything changed since that was last done.
    ///
    /// With a `linker` only what changed is looked at, where that is little; `link` does all.
    pub(super) fn link(&mut self, link: Link<'_>, linker: Option<&Linker>) -> Result<()> {
        if self.open { Ok(()) } else { link_names(self.db, (link, linker), self.change, self.at_step) }
    }

    /// Ends the work: names are linked, the indexes are put in order meanwhile, and all is on the disk for good.
    pub(super) fn close(mut self, link: Link<'_>, linker: Option<&Linker>) -> Result<()> {
        self.commit()?;
        let Writer { db, index, statements, at_step, change, .. } = &mut self;
        thread::scope(|scope| {
            let indexes = [index, statements].map(|index| scope.spawn(|| index.finish()));
            let linked = link_names(db, (link, linker), *change, *at_step);
            // Readers may hold the log for now; then the next checkpoint does it.
            let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).optional();
            indexes.into_iter().try_for_each(|index| index.join().unwrap_or_else(|panic| resume_unwind(panic)))?;
            linked
        })
    }
}

fn link_names(db: &Connection, (link, linker): (Link<'_>, Option<&Linker>), change: u64, at_step: AtStep<'_>) -> Result<()> {
    let linked = counter(db, "linked")?;
    if linked == change {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    match linker.filter(|_| linked > 0) {
        Some(linker) if relink::is_worthwhile(db)? => relink::relink(db, linker)?,
        _ => linking::link(db, link)?,
    }
    set_counter(db, "linked", change)?;
    at_step(Step::BeforeLinks)?;
    Ok(transaction.commit()?)
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if mem::take(&mut self.open) {
            // What fails here failed before; SQLite rolls back by itself when the connection closes.
            let _ = self.db.execute_batch("ROLLBACK");
        }
    }
}

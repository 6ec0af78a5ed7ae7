//! One writer's transactions: SQLite first, then the indexes, each of which says up to which change it is complete.
//!
//! Killed between them, the archive is whole and an index behind; [`complete_index`] adds what is missing. Killed before
//! the first, nothing of the batch exists, and its files are not marked as done. Either way a second import ends where an
//! undisturbed one does.

use std::{mem, ops::ControlFlow, panic::resume_unwind, path::Path, thread};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{
    articles::{self, Entry},
    blob,
    index::{self, Shelf},
    linking::{self, Link},
    relink,
    sayings::{self, Seen},
    schema::{counter, set_counter},
    sources,
    spellings::{Deltas, linkable},
};
use crate::{
    domain::{ArticleId, Extraction, Fields, Report},
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
        Ok(Writer { db, index, statements, at_step, open: false, change, articles, deltas: Deltas::default(), version })
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
        self.articles += 1;
        Ok(row)
    }

    fn remove(&mut self, row: i64) -> Result<()> {
        let Some((article, extraction)) = articles::read(self.db, row)? else { return Ok(()) };
        self.deltas.count(&extraction, &article.text, -1);
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

/// Opens both indexes for writing and brings them up to date.
fn open_indexes(folder: &Path, db: &Connection, threads: usize) -> Result<[index::Writer; 2]> {
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

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if mem::take(&mut self.open) {
            // What fails here failed before; SQLite rolls back by itself when the connection closes.
            let _ = self.db.execute_batch("ROLLBACK");
        }
    }
}

/// The keys of an article's names, each once.
fn keys(extraction: &Extraction) -> Vec<&str> {
    let mut keys: Vec<&str> = linkable(extraction).map(|(_, name)| name.key.0.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of the names of those who speak in an article, each once.
fn speakers(extraction: &Extraction) -> Vec<&str> {
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

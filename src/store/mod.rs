//! The one door to what is stored: [`Archive`], a folder with SQLite as the record and a derived search index.
//!
//! | file | holds |
//! |---|---|
//! | `archive.db` | everything: articles, what was extracted from them, their sources, names and entities |
//! | `decisions.db` | what people decided: read, stars, tags, notes; made with the first of them, and of its own |
//! | `index/`, `statements/` | the search indexes; may be deleted at any time, the next writer makes them again |
//! | `index.new/`, `statements.new/` | those of a newer analysis while they are made; the old ones answer until then |
//! | `searches.toml` | saved searches, as plain text |
//! | `writer.lock` | the lease of the one writer |
//!
//! Many readers and one writer work at the same time, in one process or several.

use std::{
    fs,
    ops::{ControlFlow, Range},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use rusqlite::Connection;

use crate::domain::{ArticleId, Entity, Kind, Order, Page, Progress, Query, Reading, Report};

mod anew;
mod articles;
mod asked;
mod blob;
mod catch_up;
mod decisions;
mod explain;
mod facets;
mod forms;
mod glance;
mod holders;
mod import;
mod index;
mod journal;
mod lease;
mod linking;
mod marked;
mod matcher;
mod offers;
mod pace;
mod redo;
mod relink;
mod said;
mod sayings;
mod schema;
mod searches;
mod snippet;
mod sources;
mod spellings;
mod stages;
#[cfg(test)]
mod tests;
mod writer;

pub use decisions::{Decided, Restored};
pub use snippet::snippet;

use index::{Ask, Engine, Found, Sayings, Shelf, Stamp};
use journal::Journal;
use lease::Lease;
use matcher::Matcher;

/// What an archive is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Searching and reading: cheap, possible at any time and in read-only places.
    Read,
    /// Importing: takes the writer's lease, makes the archive if there is none and completes its index. An index of an older
    /// analysis of words answers as it is, until an import has made a new one beside it.
    Write,
}

/// An archive of articles, for one thread; other threads and processes open it for themselves.
pub struct Archive {
    folder: PathBuf,
    db: Connection,
    lease: Option<Lease>,
    notice: Option<String>,
    /// Opened by the first query with words.
    engine: Option<Engine>,
    /// Opened by the first question for statements.
    sayings: Option<Sayings>,
    newest: articles::Newest,
    journal: Journal,
    /// The articles that the conditions on decisions of the last query chose.
    selection: decisions::Selection,
    /// SQLite's number for what other connections have committed, as `refresh` saw it last.
    seen: i64,
    /// The same as the list from the newest down saw it last.
    listed: i64,
    /// The indexes on the disk as they were when somebody asked for what others imported.
    stamp: Stamp,
}

impl Archive {
    /// Opens the archive in `folder`.
    ///
    /// An archive of a newer qala is opened for reading whatever was asked; [`Archive::notice`] then says so.
    ///
    /// # Errors
    /// For reading: when there is none, or it is damaged. For writing also: when another process writes, or the place is
    /// read-only.
    pub fn open(folder: &Path, access: Access) -> Result<Archive> {
        match access {
            Access::Read => Archive::open_reader(folder),
            Access::Write => Archive::open_writer(folder),
        }
    }

    fn open_reader(folder: &Path) -> Result<Archive> {
        let (db, age) = schema::open_reader(folder)?;
        let notice = (age == schema::Age::Newer).then(|| newer(folder));
        Archive::with(folder, db, None, notice)
    }

    fn open_writer(folder: &Path) -> Result<Archive> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the archive {}", folder.display()))?;
        let lease = Lease::take(folder)?;
        let (db, age) = schema::open_writer(folder)?;
        if age == schema::Age::Newer {
            drop(db);
            return Archive::open_reader(folder);
        }
        let completed = catch_up::bring_index_up_to_date(folder, &db);
        schema::explained(folder, completed)?;
        Archive::with(folder, db, Some(lease), None)
    }

    fn with(folder: &Path, db: Connection, lease: Option<Lease>, notice: Option<String>) -> Result<Archive> {
        db.set_prepared_statement_cache_capacity(64);
        let seen = data_version(&db).map_err(|error| schema::explain(folder, error))?;
        let newest = articles::Newest::default();
        // Articles can be read without what was decided about them; notices tell.
        let (journal, failure) = Journal::open(folder, &db);
        let notice = notice.or(failure.map(|error| format!("{error:#}")));
        let (folder, selection, stamp) = (folder.to_owned(), decisions::Selection::default(), Stamp::of(folder));
        Ok(Archive {
            folder,
            db,
            lease,
            notice,
            engine: None,
            sayings: None,
            newest,
            journal,
            selection,
            seen,
            listed: seen,
            stamp,
        })
    }

    /// What the user should know of this archive, as a sentence.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Whether it may be written to.
    pub fn is_writable(&self) -> bool {
        self.lease.is_some()
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A part of the answer to a query, `window` counting hits from 0.
    ///
    /// Without clauses these are all articles from the newest down. The answer to the last query is kept: moving through it
    /// costs nothing but the rows shown.
    ///
    /// # Errors
    /// With words or names: when the search index is missing, foreign or damaged. Browsing needs no index.
    pub fn search(&mut self, query: &Query, window: Range<usize>) -> Result<Page> {
        let page = self.page(query, window, None);
        schema::explained(&self.folder, page)
    }

    fn page(&mut self, query: &Query, window: Range<usize>, until: Option<Instant>) -> Result<Page> {
        let first = window.start;
        // Without decisions lists are as good; whoever decides hears of it.
        let _ = self.journal.look();
        let rows = self.selection.of(query, &self.db, &self.journal)?;
        let asked = asked::resolve(&self.db, query, rows)?;
        if asked.root == Ask::default() && asked.order != Order::Oldest {
            let now = data_version(&self.db)?;
            if std::mem::replace(&mut self.listed, now) != now {
                self.newest.forget();
            }
            let total = usize::try_from(schema::counter(&self.db, "articles")?)?;
            let mut hits = self.newest.window(&self.db, window, total)?;
            for hit in &mut hits {
                hit.marks = self.journal.marks(hit.id)?;
            }
            return Ok(Page { first, hits, total, articles: total, ..Page::default() });
        }
        let Found { rows, total, at_least, respelled, meaning } = self.engine()?.search_until(until, &asked, window)?;
        let matcher = Matcher::new(meaning.forms().cloned());
        let mut hits = Vec::with_capacity(rows.len());
        let mut scores = rows.iter();
        // What is gone since the index was opened is passed over.
        for (row, mut hit) in articles::hits(&self.db, &rows.iter().map(|(row, _)| *row).collect::<Vec<_>>())? {
            hit.title_hits = matcher.hits(&hit.title);
            hit.score = scores.find(|(its, _)| *its == row).map_or(0.0, |(_, score)| *score);
            hit.marks = self.journal.marks(hit.id)?;
            hits.push(hit);
        }
        let articles = usize::try_from(schema::counter(&self.db, "articles")?)?;
        Ok(Page { first, hits, total, at_least, articles, respelled })
    }

    /// An article with all that was found in it, and the places where the query's words match; `None` where there is none.
    ///
    /// Noted passages stand where their words are now; one whose words are gone has an empty span and its quote.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn read(&mut self, id: ArticleId, query: &Query) -> Result<Option<Reading>> {
        let reading = self.reading(id, query);
        schema::explained(&self.folder, reading)
    }

    fn reading(&mut self, id: ArticleId, query: &Query) -> Result<Option<Reading>> {
        let Some(row) = articles::row_of(&self.db, id)? else { return Ok(None) };
        let Some((article, extraction)) = articles::read(&self.db, row)? else { return Ok(None) };
        let entities = extraction.names.iter().map(|name| spellings::behind(&self.db, name)).collect::<Result<_>>()?;
        let matcher = self.matcher(query)?;
        let hits = matcher.hits(&article.text);
        let marks = journal::anchored(self.journal.marks(id)?, &article.text);
        Ok(Some(Reading { article, extraction, entities, hits, marks }))
    }

    /// Finds the places in a text where the words of a query match.
    fn matcher(&mut self, query: &Query) -> Result<Matcher> {
        let asked = asked::resolve(&self.db, query, self.selection.held(query))?;
        if asked.root.terms().next().is_none() {
            return Ok(Matcher::default());
        }
        Ok(match self.engine().and_then(|engine| engine.search(&asked, 0..0)) {
            Ok(found) => Matcher::new(found.meaning.forms().cloned()),
            // Without an index the words themselves are still shown.
            Err(_) => asked::matcher(&asked),
        })
    }

    /// The article whose id begins with these hexadecimal digits.
    ///
    /// # Errors
    /// When several do, or when these are no such digits.
    pub fn find(&self, id_prefix: &str) -> Result<Option<ArticleId>> {
        schema::explained(&self.folder, articles::find(&self.db, id_prefix))
    }

    /// How many articles it holds.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn len(&self) -> Result<usize> {
        let articles = schema::explained(&self.folder, schema::counter(&self.db, "articles"))?;
        Ok(usize::try_from(articles)?)
    }

    /// Whether it holds nothing.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// The entities that some spelling of which holds these words, each at least begun; all without words. Those in most
    /// articles come first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn entities(&self, words: &str, kind: Option<Kind>, limit: usize) -> Result<Vec<Entity>> {
        schema::explained(&self.folder, spellings::search(&self.db, words, kind, limit))
    }

    /// Sees what writers committed since; `true` when something changed.
    ///
    /// # Errors
    /// When archive or index cannot be read.
    pub fn refresh(&mut self) -> Result<bool> {
        let now = data_version(&self.db).map_err(|error| schema::explain(&self.folder, error))?;
        let changed = std::mem::replace(&mut self.seen, now) != now;
        let index_changed = match self.engine.as_mut().map(Engine::refresh) {
            None => false,
            Some(Ok(changed)) => changed,
            // It is being made anew; the next search says so or finds it done.
            Some(Err(_)) => {
                self.engine = None;
                true
            }
        };
        let sayings_changed = match self.sayings.as_mut().map(Sayings::refresh) {
            None => false,
            Some(Ok(changed)) => changed,
            Some(Err(_)) => {
                self.sayings = None;
                true
            }
        };
        let index_changed = index_changed || sayings_changed;
        // Damaged decisions keep nobody from reading.
        let decided = self.journal.refresh().unwrap_or(false);
        if changed || index_changed || decided {
            self.reselect();
        }
        Ok(changed || index_changed || decided)
    }

    /// Reads files and folders into the archive. One bad file does not stop it: the report names what could not be read.
    ///
    /// `watch` hears of the course after every batch, and ten times a second while there is none; when it breaks, the import
    /// ends after the batch at hand with a report of what was done. Killed at any moment, a second import completes it.
    ///
    /// # Errors
    /// When the archive was not opened for writing, or cannot be written to.
    pub fn import(&mut self, paths: &[PathBuf], watch: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Result<Report> {
        self.import_with(&stages::Built, paths, watch)
    }

    /// [`Archive::import`] of the texts alone: they can be searched and read soon. Names and statements of what is new are found
    /// by the next [`Archive::import`], whatever it reads.
    ///
    /// # Errors
    /// As [`Archive::import`].
    pub fn import_texts(&mut self, paths: &[PathBuf], watch: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Result<Report> {
        self.import_with(&stages::Texts, paths, watch)
    }

    fn import_with(&mut self, stages: &dyn import::Stages, paths: &[PathBuf], watch: import::Watch<'_>) -> Result<Report> {
        if !self.is_writable() {
            match &self.notice {
                Some(notice) => bail!("{notice}"),
                None => bail!("the archive in {} is open for reading only", self.folder.display()),
            }
        }
        let before = schema::counter(&self.db, "change")?;
        let prepared = self.journal.before_import(before);
        let report = import::run(&self.folder, &self.db, stages, paths, watch);
        self.newest.forget();
        (self.engine, self.sayings) = (None, None);
        self.reselect();
        let report = schema::explained(&self.folder, report)?;
        // The articles are in all the same; the next import tries again.
        if let Err(error) = prepared.and_then(|()| self.journal.follow(&self.db, Some(before))) {
            self.notice.get_or_insert(format!("{error:#}"));
        }
        Ok(report)
    }

    fn engine(&mut self) -> Result<&mut Engine> {
        opened(&self.folder, &mut self.engine)
    }
}

/// The engine of articles, opened where nobody has done so.
fn opened<'a>(folder: &Path, engine: &'a mut Option<Engine>) -> Result<&'a mut Engine> {
    match engine {
        Some(engine) => Ok(engine),
        none => {
            let engine = Engine::open(folder, Shelf::Articles).with_context(|| unsearchable(folder))?;
            Ok(none.insert(engine))
        }
    }
}

fn unsearchable(folder: &Path) -> String {
    let folder_shown = folder.display();
    match Lease::is_held(folder) {
        true => format!("the search index of {folder_shown} is being made; it can be searched soon"),
        false => format!("{folder_shown} cannot be searched; `qala import PATH…` makes its index again, whatever it reads"),
    }
}

fn data_version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "data_version", |row| row.get(0))
}

fn newer(folder: &Path) -> String {
    format!("the archive in {} was made by a newer qala; it can be read, but not changed", folder.display())
}

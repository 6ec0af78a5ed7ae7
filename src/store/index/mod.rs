//! The search indexes, one of articles and one of statements: derived from SQLite, found to be foreign or damaged by their
//! fingerprints, and then made anew.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use crate::domain::UNKNOWN;

mod anew;
mod answer;
mod asked;
mod begun;
mod beside;
mod calendar;
mod counting;
mod dictionary;
mod expand;
mod explaining;
mod forward;
mod fuzzy;
mod groups;
mod keeper;
mod lines;
mod names;
mod newest;
mod phrase;
mod phrases;
mod postings;
mod prefixes;
mod rank;
mod said;
mod schema;
mod search;
mod sets;
mod sketch;
mod snapshot;
mod tokenizer;
mod voices;
mod within;

pub(super) use anew::{Age, Stamp, age, ensure_room, take_place, tidy};
pub(super) use asked::{Ask, Asked, Rows};
pub(super) use counting::{Counting, Watch};
use keeper::Keeper;
pub(super) use said::{Answered, Sayings, Spoken};
pub(super) use schema::Shelf;
use schema::{Fields, SaidFields};
pub(super) use search::{Engine, Found};
pub(super) use sketch::Sketch;
pub(super) use snapshot::Place;
pub(super) use voices::Voices;

const FINGERPRINT: &str = "fingerprint";

/// Opens the index in a folder as it is, and says whether it is of this version.
///
/// # Errors
/// When there is none, when another version of qala made it otherwise than this one could read, or when it is damaged.
fn open(folder: &Path, shelf: Shelf) -> Result<(Index, Fields, Age)> {
    let age = anew::age(folder, shelf)?;
    let index = Index::open_in_dir(folder).context("the search index is damaged")?;
    schema::register(&index);
    Ok((index, schema::schema(shelf).1, age))
}

fn create(folder: &Path, shelf: Shelf) -> Result<(Index, Fields)> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove the old index {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (schema, fields) = schema::schema(shelf);
    let index = Index::create_in_dir(folder, schema)?;
    schema::register(&index);
    fs::write(folder.join(FINGERPRINT), shelf.fingerprint())?;
    Ok((index, fields))
}

/// The one who writes to an index.
pub(super) struct Writer {
    shelf: Shelf,
    /// There until the merges are waited for.
    writer: Option<IndexWriter>,
    /// Looks after what was committed until then.
    keeper: Option<Keeper>,
    index: Index,
    fields: Fields,
    folder: PathBuf,
    /// The change number up to which the committed index is complete.
    change: u64,
}

/// What the index takes in of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry<'a> {
    pub(super) row: i64,
    pub(super) date: u32,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    pub(super) names: Vec<&'a str>,
    pub(super) speakers: Vec<&'a str>,
    /// The labels of its statements.
    pub(super) labels: Vec<&'a str>,
    pub(super) outlet: Option<&'a str>,
    pub(super) language: &'a str,
}

/// What the index of statements takes in of a statement.
#[derive(Clone, Debug, Default)]
pub(super) struct Saying<'a> {
    /// The row of its article.
    pub(super) row: i64,
    /// Its number among the article's statements, from 0.
    pub(super) number: u32,
    pub(super) date: u32,
    /// What was said, in pieces.
    pub(super) content: Vec<&'a str>,
    /// The rest of the sentence, in pieces.
    pub(super) around: Vec<&'a str>,
    /// The keys of names, with their signs.
    pub(super) names: Vec<String>,
    pub(super) speaker: Option<&'a str>,
    /// The family of its verb, how it is rendered, and whether its source is unnamed.
    pub(super) labels: Vec<&'a str>,
    pub(super) outlet: Option<&'a str>,
    pub(super) language: &'a str,
    pub(super) sketch: Sketch,
}

/// Memory for postings that are not yet on disk, per thread. More makes fewer, larger segments.
const HEAP_PER_THREAD: usize = 128 << 20;

impl Writer {
    /// Opens an index for writing; one that cannot be used or knows more than SQLite (`change`) is made anew, empty.
    pub(super) fn open(archive: &Path, shelf: Shelf, change: u64, threads: usize) -> Result<Writer> {
        Writer::open_in(archive.join(shelf.folder()), shelf, change, threads)
    }

    fn open_in(folder: PathBuf, shelf: Shelf, change: u64, threads: usize) -> Result<Writer> {
        let usable = open(&folder, shelf).and_then(|(index, fields, age)| {
            ensure!(age == Age::Current, "the search index was made by another version");
            let state = snapshot::Snapshot::open(&folder, &index, &fields)?;
            ensure!(state.change <= change, "the search index knows more than the archive");
            Ok((index, fields, state.change))
        });
        let (index, fields, change) = match usable {
            Ok(usable) => usable,
            Err(_) => {
                let (index, fields) = create(&folder, shelf)?;
                (index, fields, 0)
            }
        };
        let threads = threads.max(1);
        let writer = Some(writer(&index, threads).context("cannot write to the search index")?);
        let keeper = Some(Keeper::start(shelf, folder.clone(), index.clone(), fields));
        Ok(Writer { shelf, writer, keeper, index, fields, folder, change })
    }

    /// Which of the archive's indexes it is.
    pub(super) fn shelf(&self) -> Shelf {
        self.shelf
    }

    /// The change number up to which the committed index is complete.
    pub(super) fn change(&self) -> u64 {
        self.change
    }

    /// Takes an article in with the next commit.
    pub(super) fn add(&self, entry: &Entry<'_>) -> Result<()> {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.all, entry.text);
        document.add_text(self.fields.title, entry.title);
        let Fields { name, speaker, label, outlet, language, .. } = self.fields;
        for (field, keys) in [(name, &entry.names), (speaker, &entry.speakers), (label, &entry.labels)] {
            keys.iter().for_each(|key| document.add_text(field, key));
        }
        if let Some(name) = entry.outlet {
            document.add_text(outlet, name);
        }
        document.add_text(language, entry.language);
        document.add_u64(self.fields.date, u64::from(entry.date));
        document.add_u64(self.fields.row, entry.row.cast_unsigned());
        self.writer()?.add_document(document)?;
        Ok(())
    }

    /// Takes a statement in with the next commit; only an index of statements does.
    pub(super) fn add_saying(&self, saying: &Saying<'_>) -> Result<()> {
        let Fields { all, title, name, speaker, label, outlet, language, date, row, said } = self.fields;
        let SaidFields { number, sketch } = said.context("this is no index of statements")?;
        let mut document = TantivyDocument::new();
        saying.content.iter().for_each(|piece| document.add_text(all, piece));
        saying.around.iter().for_each(|piece| document.add_text(title, piece));
        saying.names.iter().for_each(|key| document.add_text(name, key));
        document.add_text(speaker, saying.speaker.unwrap_or(UNKNOWN));
        saying.labels.iter().for_each(|its| document.add_text(label, its));
        for (field, value) in [(outlet, saying.outlet), (language, Some(saying.language))] {
            value.into_iter().for_each(|value| document.add_text(field, value));
        }
        document.add_u64(date, u64::from(saying.date));
        document.add_u64(row, saying.row.cast_unsigned());
        document.add_u64(number, u64::from(saying.number));
        for (field, half) in sketch.into_iter().zip(saying.sketch.0) {
            document.add_u64(field, half);
        }
        self.writer()?.add_document(document)?;
        Ok(())
    }

    /// Takes an article, or its statements, out with the next commit.
    pub(super) fn remove(&self, row: i64) -> Result<()> {
        self.writer()?.delete_term(Term::from_field_u64(self.fields.row, row.cast_unsigned()));
        Ok(())
    }

    fn writer(&self) -> Result<&IndexWriter> {
        self.writer.as_ref().context("the search index is closed")
    }

    /// Makes everything so far visible; the index is then complete up to `change`.
    pub(super) fn commit(&mut self, change: u64) -> Result<()> {
        let mut prepared = self.writer.as_mut().context("the search index is closed")?.prepare_commit()?;
        prepared.set_payload(&change.to_string());
        prepared.commit().context("the search index could not be written; it is completed by the next import")?;
        self.change = change;
        Ok(())
    }

    /// Lets running merges come to their end and makes what speeds up searches; nothing more can be written then.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.writer.take().map_or(Ok(()), IndexWriter::wait_merging_threads)?;
        self.keeper = None;
        keeper::complete_at_once(self.shelf, &self.folder, &self.index, &self.fields)?;
        if self.shelf == Shelf::Articles {
            return Ok(());
        }
        // These look at all segments together.
        groups::complete(&self.folder, &snapshot::Snapshot::open(&self.folder, &self.index, &self.fields)?)
    }
}

/// How often, and after how many milliseconds, the lock of the index is tried again.
const TRIES: usize = 50;
const PAUSE: u64 = 20;

/// The archive's lease keeps other writers away; but a program that is just being started (an editor, a browser) holds all that
/// this process holds for a moment, also the lock that a writer has given back.
fn writer(index: &Index, threads: usize) -> tantivy::Result<IndexWriter> {
    for _ in 1..TRIES {
        match index.writer_with_num_threads(threads, threads * HEAP_PER_THREAD) {
            Err(tantivy::TantivyError::LockFailure(..)) => std::thread::sleep(std::time::Duration::from_millis(PAUSE)),
            opened => return opened,
        }
    }
    index.writer_with_num_threads(threads, threads * HEAP_PER_THREAD)
}

/// Whether an index can be used and is complete up to this change.
pub(super) fn is_complete(archive: &Path, shelf: Shelf, change: u64) -> bool {
    let folder = archive.join(shelf.folder());
    let opened = open(&folder, shelf).and_then(|(index, fields, age)| {
        ensure!(age == Age::Current, "the search index was made by another version");
        snapshot::Snapshot::open(&folder, &index, &fields)
    });
    opened.is_ok_and(|snapshot| snapshot.change == change)
}

/// How many threads index: half of the cores, since extraction keeps the others busy, and more threads leave more and smaller
/// segments to merge.
pub(super) fn threads() -> usize {
    (all_threads() / 2).max(1)
}

/// How many threads index where nothing else is to be done.
pub(super) fn all_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

//! Importing: one thread reads files, all cores extract, and the caller's thread writes, in the order of the files.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::Result;
use rayon::prelude::*;
use rusqlite::Connection;

use super::{
    anew,
    articles::{self, Entry},
    holders, index,
    pace::Pace,
    redo, schema, sources,
    writer::{Step, Writer},
};
use crate::{
    domain::{Article, ArticleId, Draft, Extraction, Fault, Fields, Progress, Report, Source},
    extract::{Holders, Links, NameCount, date_of, link::Linker},
    read::{self, FileEntry},
};

/// What an import is told of its course, and how it is stopped.
pub(super) type Watch<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

/// The two stages of extraction; tests put simpler ones in their place.
pub(super) trait Stages: Sync {
    /// Stage 1: what one article holds, where other articles told these holders of offices.
    fn extract(&self, text: &str, fields: &Fields, holders: &Holders) -> Extraction;

    /// The version of stage 1; articles that an older one read are read again.
    fn version(&self) -> u32;

    /// Stage 2: the entities behind all names.
    fn link(&self, names: Vec<NameCount>) -> Links;

    /// The rules behind it where they can be told of a few names at a time.
    fn linker(&self) -> Option<&Linker> {
        None
    }

    /// How many threads may index beside it.
    fn threads(&self) -> usize {
        index::threads()
    }

    /// Called between the steps of a commit; an error ends the import there.
    fn at(&self, _step: Step) -> Result<()> {
        Ok(())
    }
}

/// What travels between the threads, in the order of the files.
enum Item {
    Begin(usize),
    Draft(Draft, ArticleId),
    Fault(Fault),
    End(usize),
}

/// The same after extraction.
enum Ready {
    Begin(usize),
    /// Content that was new when it was looked up.
    New(Box<Entry>),
    /// Content that the archive held already.
    Known(Draft, ArticleId),
    Fault(Fault),
    End(usize),
}

/// A batch is full with so many articles or bytes of text.
const BATCH_ARTICLES: usize = 64;
const BATCH_BYTES: usize = 512 << 10;

/// Batches waiting between two threads: enough that none stands still, little enough memory.
const QUEUE: usize = 4;

/// How often the caller hears of the course at least.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// A file changed so shortly before it was read may change again without a new time stamp.
const RACY: Duration = Duration::from_secs(2);

/// Linking while the import goes on may take one part of so many of the time, and pauses so long at least.
const LINKING_SHARE: u32 = 30;
const LINKING_PAUSE: Duration = Duration::from_secs(4);

/// Reads what `paths` mean into the archive in `folder`.
pub(super) fn run(folder: &Path, db: &Connection, stages: &dyn Stages, paths: &[PathBuf], watch: Watch<'_>) -> Result<Report> {
    let started = Instant::now();
    let mut report = Report::default();
    let mut progress = Progress { committed: schema::counter(db, "articles")?, ..Progress::default() };
    let (files, faults) = read::list(paths);
    report.failed = faults;
    progress.bytes_total = files.iter().map(|file| file.size).sum();
    let files = leave_out_unchanged(db, files, &mut report, &mut progress)?;
    progress.read = report.read;

    let mut heard = progress.clone();
    let mut watch_renewal = |done: u64, of: u64| {
        heard.renewing = Some((done, of));
        watch(&heard)
    };
    if anew::renew(folder, db, &mut watch_renewal)?.is_break() {
        return Ok(report);
    }
    let at_step = |step| stages.at(step);
    let holders = holders::snapshot(db)?;
    let reader = Reader { stages, holders: &holders };
    let mut writer = Writer::open(folder, db, (stages.version(), stages.threads()), &at_step)?;
    let mut stopped = watch(&progress).is_break();
    if !files.is_empty() && !stopped {
        let to_look_up = schema::open_reader(folder)?.0;
        thread::scope(|scope| {
            let (drafts, to_extract) = sync_channel(QUEUE);
            let (extracted, ready) = sync_channel(QUEUE);
            scope.spawn(|| read_files(&files, drafts));
            scope.spawn(|| extract_all(to_look_up, reader, to_extract, extracted));
            let mut course =
                Course { files: &files, reader, report: &mut report, progress: &mut progress, watch: &mut *watch, at: None };
            course.write_all(&mut writer, &ready).map(|flow| stopped = flow.is_break())
            // The channel ends here, and with it the threads that feed it.
        })?;
    }
    writer.commit()?;
    progress.committed = writer.articles();
    if !stopped {
        stopped = redo::redo(&mut writer, db, reader, &mut || watch(&progress))?.is_break()
            || holders::settle(&mut writer, db, stages, &mut || watch(&progress))?.is_break();
    }
    progress.committed = writer.articles();
    writer.close(&|names| stages.link(names), stages.linker())?;
    if !stopped {
        // The last commit is worth a last word; there is nothing left to stop.
        let _ = watch(&progress);
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Counts the articles of files that have not changed; what remains is to be read.
fn leave_out_unchanged(
    db: &Connection,
    files: Vec<FileEntry>,
    report: &mut Report,
    progress: &mut Progress,
) -> Result<Vec<FileEntry>> {
    let mut to_read = Vec::new();
    for file in files {
        match sources::known(db, &file)? {
            Some(known) if known.done => {
                let articles = sources::articles(db, known.number)?;
                report.read += articles;
                report.unchanged += articles;
                progress.bytes_read += file.size;
            }
            _ => to_read.push(file),
        }
    }
    Ok(to_read)
}

fn read_files(files: &[FileEntry], drafts: SyncSender<Vec<Item>>) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for (number, file) in files.iter().enumerate() {
        let mut stopped = false;
        batch.push(Item::Begin(number));
        read::drafts(file, date_of, &mut |found| {
            bytes += found.as_ref().map_or(0, |draft| draft.text.len());
            batch.push(match found {
                Ok(draft) => {
                    let id = ArticleId::of(&draft.text);
                    Item::Draft(draft, id)
                }
                Err(fault) => Item::Fault(fault),
            });
            if batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES {
                bytes = 0;
                stopped = drafts.send(std::mem::take(&mut batch)).is_err();
            }
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if stopped {
            return;
        }
        batch.push(Item::End(number));
    }
    // Nobody listens any more where the import was stopped.
    let _ = drafts.send(batch);
}

fn extract_all(db: Connection, reader: Reader<'_>, drafts: Receiver<Vec<Item>>, extracted: SyncSender<Vec<Ready>>) {
    for batch in drafts {
        // Content that is known needs no extraction; what is committed meanwhile is found by the writer.
        let batch: Vec<(Item, bool)> = batch
            .into_iter()
            .map(|item| {
                let known = matches!(&item, Item::Draft(_, id) if articles::row_of(&db, *id).is_ok_and(|row| row.is_some()));
                (item, known)
            })
            .collect();
        let ready = batch.into_par_iter().map(|(item, known)| prepare(reader, item, known)).collect();
        if extracted.send(ready).is_err() {
            return;
        }
    }
}

fn prepare(reader: Reader<'_>, item: Item, known: bool) -> Ready {
    match item {
        Item::Begin(file) => Ready::Begin(file),
        Item::End(file) => Ready::End(file),
        Item::Fault(fault) => Ready::Fault(fault),
        Item::Draft(draft, id) if known => Ready::Known(draft, id),
        Item::Draft(draft, id) => Ready::New(Box::new(reader.entry(draft, id))),
    }
}

/// Stage 1 with what the archive knows.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub stages: &'a dyn Stages,
    pub holders: &'a Holders,
}

impl Reader<'_> {
    /// Reads an article that comes.
    pub fn entry(self, draft: Draft, id: ArticleId) -> Entry {
        let extraction = self.stages.extract(&draft.text, &draft.fields, self.holders);
        Entry::new(draft, id, extraction, self.stages.version())
    }

    /// Reads an article of the archive once more.
    pub fn again(self, article: Article) -> Entry {
        let Article { id, text, fields, .. } = article;
        // Sources are kept apart from the text; the writer moves them.
        self.entry(Draft { source: Source { file: String::new(), item: None }, text, fields }, id)
    }
}

/// The file at hand: its number in the archive, and whether all of it could be read.
struct Current {
    number: i64,
    whole: bool,
    bytes: u64,
}

/// The course of an import in the writing thread.
struct Course<'a, 'w> {
    files: &'a [FileEntry],
    reader: Reader<'a>,
    report: &'a mut Report,
    progress: &'a mut Progress,
    watch: Watch<'w>,
    at: Option<Current>,
}

impl Course<'_, '_> {
    fn write_all(&mut self, writer: &mut Writer<'_>, ready: &Receiver<Vec<Ready>>) -> Result<ControlFlow<()>> {
        let (mut pace, before) = (Pace::start(), writer.articles());
        let (mut linked_at, mut linking) = (Instant::now(), Duration::ZERO);
        loop {
            match ready.recv_timeout(REPORT_EVERY) {
                Ok(batch) => {
                    for item in batch {
                        self.write(writer, item)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(ControlFlow::Continue(())),
            }
            if pace.is_due(writer.articles().saturating_sub(before)) {
                writer.commit()?;
                self.progress.committed = writer.articles();
                if pace.committed() || linked_at.elapsed() > linking * LINKING_SHARE + LINKING_PAUSE {
                    let begun = Instant::now();
                    writer.link(&|names| self.reader.stages.link(names), self.reader.stages.linker())?;
                    (linked_at, linking) = (Instant::now(), begun.elapsed());
                }
            }
            if (self.watch)(self.progress).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    fn write(&mut self, writer: &mut Writer<'_>, item: Ready) -> Result<()> {
        match item {
            Ready::Begin(file) => {
                let number = writer.begin_file(&self.files[file])?;
                self.at = Some(Current { number, whole: true, bytes: 0 });
            }
            Ready::Fault(fault) => {
                if let Some(at) = &mut self.at {
                    at.whole = false;
                }
                self.report.failed.push(fault);
            }
            Ready::New(entry) => {
                let (id, item, bytes) = (entry.id, entry.draft.source.item.clone(), entry.draft.text.len());
                let fields = entry.draft.fields.clone();
                self.take(writer, item.as_deref(), (id, &fields), bytes, || *entry)?;
            }
            Ready::Known(draft, id) => {
                let (reader, item, bytes) = (self.reader, draft.source.item.clone(), draft.text.len());
                let fields = draft.fields.clone();
                self.take(writer, item.as_deref(), (id, &fields), bytes, || reader.entry(draft, id))?;
            }
            Ready::End(file) => {
                let file = &self.files[file];
                if let Some(Current { number, whole, bytes }) = self.at.take() {
                    writer.end_file(number, (whole && !is_racy(file)).then_some(file))?;
                    self.progress.bytes_read += file.size.saturating_sub(bytes);
                }
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        writer: &mut Writer<'_>,
        item: Option<&str>,
        content: (ArticleId, &Fields),
        bytes: usize,
        entry: impl FnOnce() -> Entry,
    ) -> Result<()> {
        let Some(at) = &mut self.at else { return Ok(()) };
        writer.take(at.number, item, content, entry, self.report)?;
        self.report.read += 1;
        self.progress.read = self.report.read;
        at.bytes += bytes as u64;
        self.progress.bytes_read = (self.progress.bytes_read + bytes as u64).min(self.progress.bytes_total);
        Ok(())
    }
}

/// Whether a file changed so recently that its time stamp would not show another change.
fn is_racy(file: &FileEntry) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos());
    i128::try_from(now).map_or(true, |now| now - file.modified_ns < RACY.as_nanos() as i128)
}

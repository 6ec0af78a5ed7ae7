//! Makes the files beside tantivy's while a long import goes on, so that readers of what is committed need not wait for its end.

use std::{
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::Result;
use tantivy::{Index, index::SegmentId};

use super::{
    Shelf, all_threads,
    beside::{self, Share, Work},
    calendar, forward, names, prefixes,
    schema::Fields,
    snapshot::{self, Snapshot},
};

/// How often it is looked whether there are new segments: they come with commits and with the ends of merges.
const EVERY: Duration = Duration::from_secs(1);

/// A thread that gives new segments what belongs beside them; it ends with its owner.
pub(super) struct Keeper {
    /// Never sent to: the thread ends when it is dropped.
    alive: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Begins to look after an index.
    pub(super) fn start(shelf: Shelf, folder: PathBuf, index: Index, fields: Fields) -> Keeper {
        let (alive, end) = channel::<()>();
        let thread = thread::spawn(move || {
            let mut snapshot = Snapshot::default();
            let mut done: Vec<SegmentId> = Vec::new();
            while matches!(end.recv_timeout(EVERY), Err(RecvTimeoutError::Timeout)) {
                let Ok(metas) = index.load_metas() else { continue };
                let now: Vec<SegmentId> = snapshot::state(&metas).into_iter().map(|(id, _)| id).collect();
                if now == done {
                    continue;
                }
                // What goes wrong here goes wrong again when the import ends, and is told then.
                let completed = snapshot.reopen(&folder, &index, &fields).and_then(|()| complete(shelf, &folder, &snapshot));
                if completed.is_ok() {
                    done = snapshot.state.iter().map(|(id, _)| *id).collect();
                }
            }
        });
        Keeper { alive: Some(alive), thread: Some(thread) }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.alive = None;
        // A panic of tantivy's over damage is found again by whoever opens the index.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The endings of all files beside segments.
const ENDINGS: [&str; 4] = [prefixes::ENDING, calendar::ENDING, forward::ENDING, names::ENDING];

/// Makes the files that are missing beside the segments of an index.
fn complete(shelf: Shelf, folder: &Path, snapshot: &Snapshot) -> Result<()> {
    beside::tidy(folder, snapshot, &ENDINGS)?;
    make(shelf, Work { folder, snapshot, share: Share::ALL })
}

/// The same with as many cores as index, where nothing else is to be done.
pub(super) fn complete_at_once(shelf: Shelf, folder: &Path, index: &Index, fields: &Fields) -> Result<()> {
    let snapshot = Snapshot::open(folder, index, fields)?;
    beside::tidy(folder, &snapshot, &ENDINGS)?;
    let of = all_threads().min(snapshot.segments.len()).max(1);
    let part = |nth| {
        // What looks into an index remembers what it saw, each for itself.
        let snapshot = Snapshot::open(folder, index, fields)?;
        make(shelf, Work { folder, snapshot: &snapshot, share: Share { nth, of } })
    };
    thread::scope(|scope| {
        let parts: Vec<_> = (0..of).map(|nth| scope.spawn(move || part(nth))).collect();
        parts.into_iter().try_for_each(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

fn make(shelf: Shelf, work: Work<'_>) -> Result<()> {
    prefixes::complete(work)?;
    calendar::complete(work)?;
    if shelf == Shelf::Articles {
        forward::complete(work)?;
    }
    names::complete(work)
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Instant};

    use super::*;
    use crate::store::index::{Entry, Writer};

    #[test]
    fn what_belongs_beside_a_segment_comes_before_the_import_ends() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 1, 1).unwrap();
        for row in 1..=3000_i64 {
            writer.add(&Entry { row, title: "a", text: "b c d", ..Entry::default() }).unwrap();
        }
        writer.commit(1).unwrap();
        let started = Instant::now();
        let is_there = || {
            let mut names = fs::read_dir(archive.path().join("index")).unwrap().map(|entry| entry.unwrap().path());
            names.any(|path| path.extension().is_some_and(|ending| ending == "prefixes"))
        };
        while !is_there() {
            assert!(started.elapsed() < Duration::from_secs(60), "nobody made it");
            thread::sleep(EVERY / 20);
        }
    }
}

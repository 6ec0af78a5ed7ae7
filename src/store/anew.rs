//! Making search indexes of an older analysis anew, beside the old ones, which answer until then.

use std::{ops::ControlFlow, path::Path};

use anyhow::{Result, ensure};
use rusqlite::Connection;

use super::{
    Archive,
    catch_up::{complete_index, threads},
    index::{self, Age, Shelf, Stamp},
    schema::{self, counter},
};
use crate::domain::Progress;

/// Makes anew what is outdated; `watch` hears how far that is, of how much. Broken off or killed, the next call goes on where it
/// was; each index is put in place when it is whole.
pub(super) fn renew(
    folder: &Path,
    db: &Connection,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let is_outdated = |shelf: &Shelf| index::age(&folder.join(shelf.folder()), *shelf).is_ok_and(|age| age == Age::Outdated);
    let (outdated, others): (Vec<Shelf>, Vec<Shelf>) = Shelf::ALL.into_iter().partition(is_outdated);
    others.into_iter().for_each(|shelf| index::tidy(folder, shelf));
    if outdated.is_empty() {
        return Ok(ControlFlow::Continue(()));
    }
    index::ensure_room(folder, &outdated)?;
    let (change, articles) = (counter(db, "change")?, counter(db, "articles")?);
    let of = articles * outdated.len() as u64;
    for (before, shelf) in (0_u64..).zip(outdated) {
        let mut fresh = index::Writer::open_beside(folder, shelf, change, threads(shelf))?;
        let mut to_come = |to_come: u64| watch((before + 1) * articles - to_come.min(articles), of);
        if complete_index(db, &mut fresh, &mut to_come)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        fresh.finish()?;
        drop(fresh);
        index::take_place(folder, shelf)?;
    }
    Ok(ControlFlow::Continue(()))
}

impl Archive {
    /// Makes search indexes of an older analysis anew, as an import does first of all; `watch` hears how far that is, and breaks
    /// it off. What is there so far is gone on with the next time.
    ///
    /// # Errors
    /// When the archive is open for reading only, when there is no room for another index, or when it cannot be written.
    pub fn renew(&mut self, watch: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Result<()> {
        ensure!(self.is_writable(), "the archive in {} is open for reading only", self.folder.display());
        let mut progress = Progress { committed: counter(&self.db, "articles")?, ..Progress::default() };
        let renewed = renew(&self.folder, &self.db, &mut |done, of| {
            progress.renewing = Some((done, of));
            watch(&progress)
        });
        (self.engine, self.sayings) = (None, None);
        schema::explained(&self.folder, renewed.map(drop))
    }

    /// Whether the search indexes of the archive in a folder are another version's or missing, so that a writer has something to
    /// do.
    pub fn wants_upkeep(folder: &Path) -> bool {
        Shelf::ALL.into_iter().any(|shelf| !index::age(&folder.join(shelf.folder()), shelf).is_ok_and(|age| age == Age::Current))
    }

    /// Whether anybody has written articles or put other indexes in place since this was last asked; looks for them if so. Cheap
    /// enough to be asked every second.
    ///
    /// # Errors
    /// As for [`Archive::refresh`].
    pub fn others_imported(&mut self) -> Result<bool> {
        let now = Stamp::of(&self.folder);
        if std::mem::replace(&mut self.stamp, now) == now {
            return Ok(false);
        }
        self.refresh()
    }
}

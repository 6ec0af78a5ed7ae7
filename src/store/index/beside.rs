//! Files beside those of tantivy, one a segment, that are made in the course of an import and go with their segment.

use std::{
    cmp::Reverse,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Result;
use tantivy::{
    Directory,
    directory::{MmapDirectory, OwnedBytes},
};

use super::snapshot::{Segment, Snapshot};

/// Ends the name of a file that is being written, or was when the program was killed.
const UNFINISHED: &str = "unfinished";

/// The file of a segment with this ending, mapped into memory; `None` where there is none.
pub(super) fn open(folder: &Path, segment: &str, ending: &str) -> Option<OwnedBytes> {
    let file = PathBuf::from(format!("{segment}.{ending}"));
    // The index itself would take its checksum off the end of a file; these have none.
    MmapDirectory::open(folder).ok()?.open_read(&file).ok()?.read_bytes().ok()
}

/// Removes the files with these endings of segments that are no more.
pub(super) fn tidy(folder: &Path, snapshot: &Snapshot, endings: &[&str]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let found = entry?.path();
        let (Some(stem), Some(its)) = (found.file_stem(), found.extension()) else { continue };
        let lives = || snapshot.segments.iter().any(|segment| stem == segment.id.as_str());
        if its == UNFINISHED || endings.iter().any(|ending| its == *ending) && !lives() {
            fs::remove_file(found)?;
        }
    }
    Ok(())
}

/// Which of the segments somebody works at, where several share the work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) nth: usize,
    pub(super) of: usize,
}

impl Share {
    /// The whole work.
    pub(super) const ALL: Share = Share { nth: 0, of: 1 };
}

/// The segments beside which files are made.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) folder: &'a Path,
    pub(super) snapshot: &'a Snapshot,
    pub(super) share: Share,
}

impl Work<'_> {
    /// Makes the files with this ending that segments of at least so many documents lack, or that another version began otherwise.
    pub(super) fn complete(
        self,
        (ending, magic): (&str, &[u8]),
        fewest_docs: u32,
        write: impl Fn(&Path, &Segment) -> Result<()>,
    ) -> Result<()> {
        let mut segments: Vec<&Segment> = self.snapshot.segments.iter().filter(|segment| segment.size >= fewest_docs).collect();
        // Dealt out from the largest down, so that all end at about the same time.
        segments.sort_by_key(|segment| Reverse(segment.size));
        for segment in segments.into_iter().skip(self.share.nth).step_by(self.share.of) {
            let path = self.folder.join(format!("{}.{ending}", segment.id));
            if !begins(&path, magic) {
                let unfinished = path.with_extension(UNFINISHED);
                write(&unfinished, segment)?;
                fs::rename(unfinished, path)?;
            }
        }
        Ok(())
    }
}

fn begins(path: &Path, magic: &[u8]) -> bool {
    let mut head = vec![0; magic.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok_and(|()| head == magic)
}

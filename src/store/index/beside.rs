//! Files beside those of tantivy, one a segment, that are made in the course of an import and go with their segment.

use std::{
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

/// Makes the files with this ending that segments of at least so many documents lack, or that another version began otherwise, and
/// removes those of segments that are no more.
pub(super) fn complete(
    folder: &Path,
    snapshot: &Snapshot,
    (ending, magic): (&str, &[u8]),
    fewest_docs: u32,
    write: impl Fn(&Path, &Segment) -> Result<()>,
) -> Result<()> {
    let path = |segment: &Segment| folder.join(format!("{}.{ending}", segment.id));
    let wanted: Vec<_> = snapshot.segments.iter().map(path).collect();
    for entry in fs::read_dir(folder)? {
        let found = entry?.path();
        if found.extension().is_some_and(|its| its == ending || its == UNFINISHED) && !wanted.contains(&found) {
            fs::remove_file(found)?;
        }
    }
    for (segment, path) in snapshot.segments.iter().zip(wanted) {
        if segment.size >= fewest_docs && !begins(&path, magic) {
            let unfinished = path.with_extension(UNFINISHED);
            write(&unfinished, segment)?;
            fs::rename(unfinished, path)?;
        }
    }
    Ok(())
}

fn begins(path: &Path, magic: &[u8]) -> bool {
    let mut head = vec![0; magic.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok_and(|()| head == magic)
}

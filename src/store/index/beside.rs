//! Files beside those of tantivy, one a segment, that are made in the course of an import and go with their segment.

use std::{fs, path::Path};

use anyhow::Result;

use super::snapshot::{Segment, Snapshot};

/// Ends the name of a file that is being written, or was when the program was killed.
const UNFINISHED: &str = "unfinished";

/// Makes the files with this ending that segments of at least so many documents lack, and removes those of segments that are no more.
pub(super) fn complete(
    folder: &Path,
    snapshot: &Snapshot,
    ending: &str,
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
        if segment.size >= fewest_docs && !path.exists() {
            let unfinished = path.with_extension(UNFINISHED);
            write(&unfinished, segment)?;
            fs::rename(unfinished, path)?;
        }
    }
    Ok(())
}

//! Which files are meant: named ones, and those below named folders that have the ending of a known format.

use std::{
    fs::Metadata,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use walkdir::WalkDir;

use super::{Format, fault, says};
use crate::{
    domain::{Fault, Source},
    text::clean_line,
};

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it lies, as given or below the folder given.
    pub path: PathBuf,
    /// The same for people and JSON: cleaned, and in UTF-8 whatever the file system holds.
    pub shown: String,
    /// How articles lie in it.
    pub format: Format,
    /// Bytes.
    pub size: u64,
    /// Last change in nanoseconds since 1970; 0 where the file system does not tell.
    pub modified_ns: i128,
}

/// Lists the files that `paths` mean, folders walked in order of names, each file once.
///
/// A named file is read whatever its ending; unknown ones count as plain text. Hidden files below a folder are passed
/// over, links are followed. What does not exist or is no regular file becomes a fault.
pub fn list(paths: &[PathBuf]) -> (Vec<FileEntry>, Vec<Fault>) {
    let (mut files, mut faults): (Vec<FileEntry>, Vec<Fault>) = (Vec::new(), Vec::new());
    for root in paths {
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let visible = walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'));
        for entry in visible {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => match look(entry.path(), entry.depth() == 0, entry.metadata().map_err(|error| error.to_string())) {
                    Ok(file) => files.extend(file),
                    Err(fault) => faults.push(fault),
                },
                Err(error) => {
                    let shown = shown(error.path().unwrap_or(root));
                    let reason = match error.io_error() {
                        Some(error) => says(error),
                        None => "leads back to a folder above it".into(),
                    };
                    faults.push(fault(&Source { file: shown, item: None }, reason));
                }
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.path.clone()));
    (files, faults)
}

fn look(path: &Path, named: bool, metadata: Result<Metadata, String>) -> Result<Option<FileEntry>, Fault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    let format = match Format::of(&ending) {
        Some(format) => format,
        None if named => Format::Plain,
        None => return Ok(None),
    };
    let source = Source { file: shown(path), item: None };
    let metadata = metadata.map_err(|reason| fault(&source, format!("could not be read: {reason}")))?;
    if !metadata.is_file() {
        return Err(fault(&source, "is no regular file"));
    }
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified_ns = modified.and_then(|since| i128::try_from(since.as_nanos()).ok()).unwrap_or(0);
    Ok(Some(FileEntry { path: path.to_owned(), shown: source.file, format, size: metadata.len(), modified_ns }))
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_are_walked_in_order_and_other_endings_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.md", "c.jsonl", "photo.jpg", ".hidden.txt", "deep/d.TXT"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (files, faults) = list(&[folder.path().to_owned(), folder.path().join("b.txt"), folder.path().join("photo.jpg")]);
        let names: Vec<_> = files.iter().map(|file| file.path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.md", "b.txt", "c.jsonl", "d.TXT", "photo.jpg"]);
        assert_eq!(faults, []);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let (files, faults) = list(&["no/such/folder".into()]);
        assert_eq!(
            (files.len(), faults[0].source.file.as_str(), faults[0].reason.as_str()),
            (0, "no/such/folder", "does not exist")
        );
    }
}

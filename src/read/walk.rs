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
    /// Where it lies: the same absolute path wherever the program was started and however the folder was written.
    pub path: PathBuf,
    /// The path as given or below the folder given, for people and JSON: cleaned, and in UTF-8 whatever the file system holds.
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
    for given in paths {
        let root = &place(given);
        let shown = |path: &Path| shown(&as_given(path, root, given));
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let visible = walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'));
        for entry in visible {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let metadata = entry.metadata().map_err(|error| error.to_string());
                    match look(entry.path(), shown(entry.path()), entry.depth() == 0, metadata) {
                        Ok(file) => files.extend(file),
                        Err(fault) => faults.push(fault),
                    }
                }
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

/// The one absolute path of a file or folder that was named. The last name of a file stays, link or not: its ending tells the
/// format, and what a link leads to may change.
fn place(given: &Path) -> PathBuf {
    let whole = |path: &Path| path.canonicalize().ok();
    let found = match (given.parent(), given.file_name()) {
        (Some(parent), Some(name)) if !given.is_dir() => {
            whole(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).map(|parent| parent.join(name))
        }
        _ => whole(given),
    };
    found.or_else(|| std::path::absolute(given).ok()).unwrap_or_else(|| given.to_owned())
}

/// A path below `root` as the user would write it, who called that root `given`.
fn as_given(path: &Path, root: &Path, given: &Path) -> PathBuf {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => given.to_owned(),
        Ok(rest) => given.join(rest),
        Err(_) => path.to_owned(),
    }
}

fn look(path: &Path, shown: String, named: bool, metadata: Result<Metadata, String>) -> Result<Option<FileEntry>, Fault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    let format = match Format::of(&ending) {
        Some(format) => format,
        None if named => Format::Plain,
        None => return Ok(None),
    };
    let source = Source { file: shown, item: None };
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
    fn a_folder_is_read_once_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        fs::write(folder.path().join("news/a.txt"), "x").unwrap();
        let [one, other] = ["news", "news/../news/./"].map(|name| folder.path().join(name));
        let (files, faults) = list(&[one.clone(), other.clone(), other.join("a.txt")]);
        assert_eq!((files.len(), faults), (1, Vec::new()));
        assert_eq!(files[0].shown, one.join("a.txt").to_string_lossy());
        assert_eq!(list(&[other]).0[0].path, files[0].path);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_behind_a_link_is_the_folder_and_a_file_behind_a_link_keeps_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("news")).unwrap();
        fs::write(path("news/a"), "x").unwrap();
        std::os::unix::fs::symlink(path("news"), path("link")).unwrap();
        std::os::unix::fs::symlink(path("news/a"), path("news/latest.md")).unwrap();
        let (files, _) = list(&[path("link"), path("news")]);
        assert_eq!(files.len(), 1);
        assert!(files[0].path.ends_with("news/latest.md") && files[0].shown.ends_with("link/latest.md"));
        assert_eq!(list(&[path("news/latest.md")]).0[0].format, Format::Markdown);
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

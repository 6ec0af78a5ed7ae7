//! From bytes to drafts: formats, encodings and folders.
//!
//! A format is one file here: a function from an open file to drafts and faults. To add one, copy `plain.rs`, name its endings
//! in [`Format::of`] and call it from [`drafts`].

use std::{fmt, fs::File, ops::ControlFlow};

use crate::domain::{Draft, Fault, Source};

pub mod corpus;
mod dates;
pub mod encoding;
mod jsonl;
mod markdown;
mod plain;
mod walk;

pub use dates::ReadDate;
pub use walk::{FileEntry, list};

/// The most that one article may hold, in bytes as stored in its file.
pub const LARGEST_ARTICLE: u64 = 16 << 20;

/// Receives what a file holds, one record or fault after the other, and says whether to go on.
pub type Each<'a> = &'a mut dyn FnMut(Result<Draft, Fault>) -> ControlFlow<()>;

/// How articles lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article, as the web or an editor saved it.
    Plain,
    /// One article, perhaps with fields in front matter.
    Markdown,
    /// One JSON object with an article on each line.
    JsonLines,
}

impl Format {
    /// The format that a file's ending names; `None` for endings that are no articles.
    pub fn of(ending: &str) -> Option<Format> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Plain),
            "md" | "markdown" => Some(Format::Markdown),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            _ => None,
        }
    }
}

/// Reads the articles of one file. What cannot be read is handed on as a fault, and reading goes on behind it.
///
/// A record's own date that neither is ISO nor known to `date` is a fault too; the record is read without it.
pub fn drafts(file: &FileEntry, date: ReadDate, each: Each<'_>) {
    let whole = Source { file: file.shown.clone(), item: None };
    let bytes = match File::open(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let _ = each(Err(fault(&whole, says(&error))));
            return;
        }
    };
    match file.format {
        Format::Plain => plain::read(bytes, whole, each),
        Format::Markdown => markdown::read(bytes, whole, date, each),
        Format::JsonLines => jsonl::read(bytes, whole, date, each),
    }
}

fn fault(source: &Source, reason: impl fmt::Display) -> Fault {
    Fault { source: source.clone(), reason: reason.to_string() }
}

/// The part of an input error that a user can act on.
fn says(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".into(),
        std::io::ErrorKind::PermissionDenied => "may not be read (permission denied)".into(),
        _ => format!("could not be read: {error}"),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Reads made-up files the way an import does.
    use super::*;
    use std::path::Path;

    pub(crate) fn read(name: &str, bytes: &[u8]) -> (Vec<Draft>, Vec<Fault>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_path(&path)
    }

    pub(crate) fn read_path(path: &Path) -> (Vec<Draft>, Vec<Fault>) {
        let (files, mut faults) = list(&[path.to_owned()]);
        let mut found = Vec::new();
        for file in files {
            drafts(&file, |text| "2021-11-26".parse().ok().filter(|_| text == "26 Nov 2021"), &mut |it| {
                match it {
                    Ok(draft) => found.push(draft),
                    Err(fault) => faults.push(fault),
                }
                ControlFlow::Continue(())
            });
        }
        (found, faults)
    }
}

//! An index that another version made, and the new one beside it that takes its place when it is whole.

use std::{fs, io, path::Path, time::SystemTime};

use anyhow::{Context, Result, ensure};

use super::{FINGERPRINT, Shelf, Writer};

/// How an index stands to this version of qala.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Age {
    /// This version would make it so.
    Current,
    /// Only the analysis of words was another one: it can be read, but nothing may be added to it.
    Outdated,
}

/// How the index in a folder stands to this version.
///
/// # Errors
/// When there is none, or when it was made so that this version cannot read it.
pub(in crate::store) fn age(folder: &Path, shelf: Shelf) -> Result<Age> {
    let made_with = fs::read_to_string(folder.join(FINGERPRINT)).context("there is no search index")?;
    let wanted = shelf.fingerprint();
    if made_with == wanted {
        return Ok(Age::Current);
    }
    ensure!(but_analysis(&made_with) == but_analysis(&wanted), "the search index was made by another version ({made_with})");
    Ok(Age::Outdated)
}

/// The layout of fields and the version of tantivy in a fingerprint.
fn but_analysis(fingerprint: &str) -> Option<(&str, &str)> {
    let (layout, rest) = fingerprint.split_once(", analysis ")?;
    Some((layout, rest.split_once(", ")?.1))
}

/// Where a new index grows, and where an old one waits to be removed on systems that cannot exchange two folders at once.
fn beside(archive: &Path, shelf: Shelf, ending: &str) -> std::path::PathBuf {
    archive.join(format!("{}.{ending}", shelf.folder()))
}

impl Writer {
    /// Opens the index that is to take the place of an old one, as far as it has come; `change` as for [`Writer::open`].
    pub(in crate::store) fn open_beside(archive: &Path, shelf: Shelf, change: u64, threads: usize) -> Result<Writer> {
        Writer::open_in(beside(archive, shelf, "new"), shelf, change, threads)
    }
}

/// Puts the new index in the place of the old one, which goes away. Readers that have the old one open keep it until they look
/// for news.
pub(in crate::store) fn take_place(archive: &Path, shelf: Shelf) -> Result<()> {
    let [place, new, old] = [archive.join(shelf.folder()), beside(archive, shelf, "new"), beside(archive, shelf, "old")];
    if exchange(&new, &place).is_err() {
        // For a moment there is no index; who looks just then looks again.
        fs::rename(&place, &old)
            .and_then(|()| fs::rename(&new, &place))
            .context("the new search index cannot be put in place")?;
    }
    tidy(archive, shelf);
    Ok(())
}

/// Removes what an exchange, or a new index that was not completed, has left. Only the writer may do so.
pub(in crate::store) fn tidy(archive: &Path, shelf: Shelf) {
    for left in ["new", "old"].map(|ending| beside(archive, shelf, ending)).iter().filter(|left| left.exists()) {
        // What cannot be removed now costs room until the next time.
        let _ = fs::remove_dir_all(left);
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Checks that new indexes have room beside the old ones.
///
/// # Errors
/// When they have not; the message says what is wanted and what there is.
pub(in crate::store) fn ensure_room(archive: &Path, shelves: &[Shelf]) -> Result<()> {
    let size = |folder: std::path::PathBuf| -> u64 {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
    };
    let old: u64 = shelves.iter().map(|shelf| size(archive.join(shelf.folder()))).sum();
    let begun: u64 = shelves.iter().map(|shelf| size(beside(archive, *shelf, "new"))).sum();
    // While segments are merged, some are there twice.
    let wanted = (old + old / 2).saturating_sub(begun);
    // Where the system does not say, the disk itself will.
    let Ok(room) = rustix::fs::statvfs(archive) else { return Ok(()) };
    let free = room.f_bavail.saturating_mul(room.f_frsize);
    ensure!(
        wanted <= free,
        "this version of qala wants a new search index, and there is no room for it beside the old one in {}: it takes about {} MB, and {} MB are free. Searches use the old one",
        archive.display(),
        wanted.div_ceil(1_000_000),
        free / 1_000_000
    );
    Ok(())
}

/// Tells states of the indexes on the disk apart without opening them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Stamp([Option<SystemTime>; 2]);

impl Stamp {
    /// That of the indexes of an archive as they are now.
    pub(in crate::store) fn of(archive: &Path) -> Stamp {
        let written = |shelf: Shelf| archive.join(shelf.folder()).join("meta.json").metadata().and_then(|file| file.modified());
        Stamp(Shelf::ALL.map(|shelf| written(shelf).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_index_of_the_same_layout_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let now = Shelf::Articles.fingerprint();
        let older = now.replace("analysis ", "analysis 9");
        for (made_with, expected) in
            [(now.as_str(), Some(Age::Current)), (&older, Some(Age::Outdated)), ("layout 0, analysis 1, x", None), ("", None)]
        {
            fs::write(folder.path().join(FINGERPRINT), made_with).unwrap();
            assert_eq!(age(folder.path(), Shelf::Articles).ok(), expected, "{made_with}");
        }
        assert!(age(folder.path(), Shelf::Statements).is_err());
    }

    #[test]
    fn a_lack_of_room_is_told_in_numbers() {
        let archive = tempfile::tempdir().unwrap();
        assert!(ensure_room(archive.path(), &Shelf::ALL).is_ok());
        let index = archive.path().join(Shelf::Articles.folder());
        fs::create_dir(&index).unwrap();
        // A file of a size that no disk has, and that takes no room.
        fs::File::create(index.join("x")).unwrap().set_len(1 << 42).unwrap();
        let said = ensure_room(archive.path(), &Shelf::ALL).unwrap_err().to_string();
        assert!(said.contains("6597070 MB") && said.contains("are free"), "{said}");
    }
}

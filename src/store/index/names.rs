//! The words of which the names in the archive are made, by how they sound: what other spellings and scripts are looked for in.
//!
//! Names only, so that a name never turns into a common word that happens to sound like it. Each segment of some size has a
//! file of its own, made when an import ends: lines of key, word and number of articles, in order of the keys ([`keys`]), in
//! which is searched where they lie. For small segments the same is made in memory. Without all that only typed spellings are found.

use std::{collections::HashMap, fs, path::Path};

use anyhow::Result;
use tantivy::{InvertedIndexReader, directory::OwnedBytes};

use super::{
    beside::{self, Work},
    lines::Lines,
    snapshot::{Place, Snapshot},
};
use crate::lang::{Aliases, phonetic::keys, phonetic::script};

const MAGIC: &[u8] = b"qala names 1\n";
pub(super) const ENDING: &str = "names";

/// Segments of this size have a file; for smaller ones it is soon made in memory.
const FEWEST_DOCS: u32 = 32;

/// Without their file larger ones do without names until the import at hand ends.
const MOST_DOCS_IN_MEMORY: u32 = 20_000;

/// A word is a name where one in so many articles that hold it holds it in a name.
pub(super) const ONE_IN: u64 = 5;

/// Shorter words are no names to be guessed.
const FEWEST_LETTERS: usize = 3;

/// The names of one segment.
pub(super) struct Names {
    lines: Lines,
}

impl Names {
    /// Opens those of a segment with so many documents and these name keys.
    pub(super) fn open(folder: &Path, segment: &str, docs: u32, keys: &InvertedIndexReader) -> Names {
        let whole = beside::open(folder, segment, ENDING).filter(|bytes| bytes.starts_with(MAGIC) && bytes.ends_with(b"\n"));
        let lines = match whole {
            Some(bytes) => bytes.slice(MAGIC.len()..bytes.len()),
            None if docs <= MOST_DOCS_IN_MEMORY => OwnedBytes::new(lines(keys).unwrap_or_default().into_bytes()),
            None => OwnedBytes::empty(),
        };
        Names { lines: Lines(lines) }
    }

    /// Hands out the words with this key and in how many articles names hold them, the most frequent first.
    pub(super) fn each(&self, key: &str, mut each: impl FnMut(&str, u32)) {
        for line in self.lines.of(key.as_bytes()) {
            if let Some((word, count)) = line.split_once('\t').and_then(|(word, count)| Some((word, count.parse().ok()?))) {
                each(word, count);
            }
        }
    }
}

impl Snapshot {
    /// Whether a word mostly stands in names.
    pub(super) fn is_name(&self, word: &str) -> Result<bool> {
        let bare = without_article(word);
        let Some(key) = keys(bare).into_iter().next() else { return Ok(false) };
        let mut named = 0;
        for segment in &self.segments {
            segment.names().each(&key, |other, count| named += if other == bare { u64::from(count) } else { 0 });
        }
        Ok(named > 0 && named * ONE_IN >= self.written(Place::All, word)?)
    }
}

/// The lines for a segment with these name keys.
fn lines(name_keys: &InvertedIndexReader) -> Result<String> {
    let aliases = Aliases::get();
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut terms = name_keys.terms().stream()?;
    while let Some((key, info)) = terms.next() {
        let Ok(key) = std::str::from_utf8(key) else { continue };
        let mut count = |word: &str| match counts.get_mut(word) {
            Some(known) => *known += info.doc_freq,
            None => {
                counts.insert(word.to_owned(), info.doc_freq);
            }
        };
        match key.split_once(':') {
            Some(("per" | "loc" | "org", name)) => name.split(' ').map(without_article).for_each(&mut count),
            Some(_) => {}
            None => aliases.words_of(key).iter().for_each(|word| count(word)),
        }
    }
    let mut all: Vec<(String, u32, &str)> = Vec::new();
    for (word, count) in &counts {
        if word.chars().count() >= FEWEST_LETTERS && script(word).is_some() && !aliases.is_common(word) {
            all.extend(keys(word).into_iter().map(|key| (key, *count, word.as_str())));
        }
    }
    all.sort_unstable_by(|one, other| (&one.0, other.1, one.2).cmp(&(&other.0, one.1, other.2)));
    Ok(all.iter().map(|(key, count, word)| format!("{key}\t{word}\t{count}\n")).collect())
}

/// Keys of names are folded and so tell nothing of a hamza.
fn without_article(word: &str) -> &str {
    crate::text::without_article(word, false).unwrap_or(word)
}

/// Makes the files that segments lack.
pub(super) fn complete(work: Work<'_>) -> Result<()> {
    work.complete((ENDING, MAGIC), FEWEST_DOCS, |path, segment| {
        let lines = lines(segment.words(Place::Name))?;
        Ok(fs::write(path, [MAGIC, lines.as_bytes(), b"\n"].concat())?)
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::store::index::{Entry, Shelf, Writer, snapshot::Snapshot};

    #[test]
    fn names_are_found_by_their_sound_with_and_without_files() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 1, 1).unwrap();
        for row in 1..=i64::from(FEWEST_DOCS) {
            let person = if row % 4 == 0 { "per:تاريل برخاشوف" } else { "per:dovrin kelmatov" };
            let names = vec![person, "loc:الكلمات", "date:2021-01-13"];
            writer.add(&Entry { row, names, ..Entry::default() }).unwrap();
        }
        writer.commit(1).unwrap();
        writer.finish().unwrap();
        let heard = || {
            let snapshot = Snapshot::of_articles(archive.path());
            let mut heard = Vec::new();
            for key in ["barkhashov", "kelmatov", "كلمات"].iter().flat_map(|word| keys(word)) {
                snapshot
                    .segments
                    .iter()
                    .for_each(|segment| segment.names().each(&key, |word, n| heard.push((word.to_owned(), n))));
            }
            heard.sort();
            heard.dedup();
            heard
        };
        let with = heard();
        let count = FEWEST_DOCS / 4;
        assert!(with.contains(&("برخاشوف".into(), count)) && with.contains(&("kelmatov".into(), 3 * count)), "{with:?}");
        let files = fs::read_dir(archive.path().join(Shelf::Articles.folder())).unwrap().map(|file| file.unwrap().path());
        let made: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|its| its == ENDING)).collect();
        assert_eq!(made.len(), 1);
        fs::write(&made[0], "damaged").unwrap();
        assert_eq!(heard(), with);
    }
}

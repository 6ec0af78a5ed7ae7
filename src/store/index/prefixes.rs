//! Ready-made sets for short beginnings of words: the union over a third of a dictionary is too slow for a key stroke.
//!
//! Each segment of some size has a file of its own beside tantivy's, made when an import ends. It holds every beginning, of any
//! length, whose union would cost more than half a posting for each document of the segment; a term counts as a hundred
//! postings, since finding its list costs about as much. Everything lighter is united from the dictionary when it is asked for.
//! Without the files searches are right too, only slower.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use tantivy::{InvertedIndexReader, postings::TermInfo, schema::IndexRecordOption};

use super::{
    beside,
    sets::Bits,
    snapshot::{Place, Segment, Snapshot, fill},
};

const MAGIC: &[u8; 8] = b"qalapre1";
const ENDING: &str = "prefixes";

/// What a term costs besides its postings, counted in postings.
const COST_OF_TERM: u64 = 100;

/// Smaller segments do without; a handful of them, as an import leaves behind, would otherwise cost more than all the rest.
const FEWEST_DOCS: u32 = 128;

/// The ready-made sets of one segment.
pub(super) struct Prefixes {
    /// Where the set of a beginning stands in the file.
    places: HashMap<(Place, String), u64>,
    file: File,
}

impl Prefixes {
    /// Opens those of a segment with so many documents; none where the file is missing or damaged.
    pub(super) fn open(folder: &Path, segment: &str, docs: u32) -> Option<Prefixes> {
        (docs >= FEWEST_DOCS).then(|| read_directory(&path(folder, segment), docs).ok()).flatten()
    }

    /// Adds the documents of all words in `place` that begin with `word`; `false` where there is no set for it.
    pub(super) fn fill(&self, place: Place, word: &str, segment: &Segment, bits: &mut Bits) -> bool {
        let Some(at) = self.places.get(&(place, word.to_owned())) else { return false };
        let mut bytes = vec![0; set_size(segment.size)];
        let mut reader = &self.file;
        let read = reader.seek(SeekFrom::Start(*at)).and_then(|_| reader.read_exact(&mut bytes));
        if read.is_ok() {
            bits.add_bytes(segment.base, &bytes);
        }
        read.is_ok()
    }
}

fn path(folder: &Path, segment: &str) -> PathBuf {
    folder.join(format!("{segment}.{ENDING}"))
}

fn set_size(docs: u32) -> usize {
    docs.div_ceil(64) as usize * 8
}

/// The file is: magic, number of documents, place of the directory; then the sets; then the directory, each entry a place,
/// an offset, a length and the beginning itself. All numbers are 64 bits, little end first.
fn read_directory(path: &Path, docs: u32) -> Result<Prefixes> {
    let mut file = File::open(path)?;
    let mut magic = [0; 8];
    file.read_exact(&mut magic)?;
    ensure!(magic == *MAGIC && read_number(&mut file)? == u64::from(docs), "another file");
    let directory = read_number(&mut file)?;
    file.seek(SeekFrom::Start(directory))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let mut rest = &bytes[..];
    let mut places = HashMap::new();
    while !rest.is_empty() {
        let place = if read_number(&mut rest)? == 0 { Place::All } else { Place::Title };
        let (offset, length) = (read_number(&mut rest)?, usize::try_from(read_number(&mut rest)?)?);
        let (prefix, behind) = rest.split_at_checked(length).context("cut short")?;
        ensure!(offset + set_size(docs) as u64 <= directory, "a set behind the end");
        places.insert((place, std::str::from_utf8(prefix)?.to_owned()), offset);
        rest = behind;
    }
    Ok(Prefixes { places, file })
}

fn read_number(from: &mut impl Read) -> Result<u64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// Makes the files that segments lack and removes those of segments that are no more.
pub(super) fn complete(folder: &Path, snapshot: &Snapshot) -> Result<()> {
    beside::complete(folder, snapshot, ENDING, FEWEST_DOCS, write)
}

fn write(path: &Path, segment: &Segment) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(MAGIC)?;
    out.write_all(&u64::from(segment.size).to_le_bytes())?;
    out.write_all(&0_u64.to_le_bytes())?;
    let (mut offset, mut directory) = (24_u64, Vec::new());
    for (number, place) in [(0_u64, Place::All), (1, Place::Title)] {
        let words = segment.words(place);
        let heavy = heavy_prefixes(words, u64::from(segment.size) / 2)?;
        unite(segment, words, &heavy, |prefix, set| {
            for number in [number, offset, prefix.len() as u64] {
                directory.extend_from_slice(&number.to_le_bytes());
            }
            directory.extend_from_slice(prefix.as_bytes());
            offset += set_size(segment.size) as u64;
            Ok(out.write_all(&set.to_bytes())?)
        })?;
    }
    out.write_all(&directory)?;
    out.seek(SeekFrom::Start(16))?;
    out.write_all(&offset.to_le_bytes())?;
    out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    Ok(())
}

/// The beginnings that cost more than `limit`.
fn heavy_prefixes(words: &InvertedIndexReader, limit: u64) -> Result<HashSet<String>> {
    let mut heavy = HashSet::new();
    // Length in bytes and cost of the beginnings of the term at hand, the shortest first.
    let mut open: Vec<(usize, u64)> = Vec::new();
    let mut term = String::new();
    let mut close = |open: &mut Vec<(usize, u64)>, term: &str, keep: usize| {
        while let Some((length, cost)) = open.pop_if(|(length, _)| *length > keep) {
            if cost > limit {
                heavy.insert(term[..length].to_owned());
            }
            if let Some((_, above)) = open.last_mut() {
                *above += cost;
            }
        }
    };
    each_term(words, |next, info| {
        let common = common(&term, next);
        close(&mut open, &term, common);
        let ends = next.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end > common);
        open.extend(ends.map(|end| (end, 0)));
        if let Some((_, cost)) = open.last_mut() {
            *cost += u64::from(info.doc_freq) + COST_OF_TERM;
        }
        term.clear();
        term.push_str(next);
        Ok(())
    })?;
    close(&mut open, &term, 0);
    Ok(heavy)
}

/// Hands out the set of each heavy beginning; a shorter one takes over the finished sets of the longer ones within it.
fn unite(
    segment: &Segment,
    words: &InvertedIndexReader,
    heavy: &HashSet<String>,
    mut each: impl FnMut(&str, &Bits) -> Result<()>,
) -> Result<()> {
    let mut open: Vec<(String, Bits)> = Vec::new();
    let mut close = |open: &mut Vec<(String, Bits)>, next: &str| -> Result<()> {
        while let Some((prefix, set)) = open.pop_if(|(prefix, _)| next.is_empty() || !next.starts_with(prefix.as_str())) {
            each(&prefix, &set)?;
            if let Some((_, above)) = open.last_mut() {
                above.add(&set);
            }
        }
        Ok(())
    };
    each_term(words, |term, info| {
        close(&mut open, term)?;
        let known = open.last().map_or(0, |(prefix, _)| prefix.len());
        for (at, c) in term.char_indices() {
            let prefix = &term[..at + c.len_utf8()];
            if prefix.len() > known && heavy.contains(prefix) {
                open.push((prefix.to_owned(), Bits::none(segment.size as usize)));
            }
        }
        if let Some((_, set)) = open.last_mut() {
            let mut postings = words.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            fill(&mut postings, 0, set);
        }
        Ok(())
    })?;
    close(&mut open, "")
}

fn each_term(words: &InvertedIndexReader, mut each: impl FnMut(&str, &TermInfo) -> Result<()>) -> Result<()> {
    let mut terms = words.terms().stream()?;
    while let Some((term, info)) = terms.next() {
        each(std::str::from_utf8(term)?, info)?;
    }
    Ok(())
}

/// The length of the common beginning, on a character boundary.
fn common(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    (0..=same).rev().find(|at| other.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        domain::Term,
        store::index::{Ask, Asked, Engine, Entry, Shelf, Writer},
    };

    #[test]
    fn ready_made_sets_are_those_of_the_dictionary() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 1, 1).unwrap();
        for row in 1..=3000_i64 {
            let title = format!("abc{} الرئيس", row % 7);
            let text = format!("{title} ab{} وقال{} b{}", row % 13, row % 5, row % 1000);
            writer.add(&Entry { row, title: &title, text: &text, ..Entry::default() }).unwrap();
        }
        writer.commit(1).unwrap();
        writer.finish().unwrap();
        let asked = |word: &str| {
            let term = Term { typed: word.into(), folded: word.into(), seated: false, exact: false, open: true };
            Asked { root: Ask::Words { terms: vec![term], title: false }, ..Asked::default() }
        };
        let totals = || {
            let mut engine = Engine::open(archive.path(), Shelf::Articles).unwrap();
            ["a", "ab", "abc", "abc1", "b", "b1", "ا", "ال", "ق", "قال1", "و", "x"].map(|word| {
                let found = engine.search(&asked(word), 0..3).unwrap();
                (found.total, found.rows)
            })
        };
        let with = totals();
        assert_eq!([with[0].0, with[1].0, with[4].0, with[11].0], [3000, 3000, 3000, 0]);
        let files: Vec<PathBuf> =
            fs::read_dir(archive.path().join(Shelf::Articles.folder())).unwrap().map(|file| file.unwrap().path()).collect();
        let made: Vec<&PathBuf> = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == ENDING)).collect();
        assert_eq!(made.len(), 1);
        fs::write(made[0], "damaged").unwrap();
        assert_eq!(totals(), with);
    }
}

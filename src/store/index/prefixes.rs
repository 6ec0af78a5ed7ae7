//! Ready-made sets for short beginnings of words: the union over a third of a dictionary is too slow for a key stroke.
//!
//! Each segment of some size has a file of its own beside tantivy's, made when an import ends. It holds every beginning, of any
//! length, whose union would cost more than an eighth of a posting for each document of the segment; a term counts as a hundred
//! postings, since finding its list costs about as much. Everything lighter is united from the dictionary when it is asked for.
//! Without the files searches are right too, only slower.

use std::{
    collections::HashSet,
    fs::File,
    io::{BufWriter, Seek, SeekFrom, Write},
    path::Path,
};

use anyhow::Result;
use tantivy::{InvertedIndexReader, directory::OwnedBytes, postings::TermInfo, schema::IndexRecordOption};

use super::{
    beside::{self, Work},
    lines::Lines,
    sets::Bits,
    snapshot::{Place, Segment, fill},
};

const MAGIC: &[u8; 8] = b"qalapre2";
pub(super) const ENDING: &str = "prefixes";

/// What a term costs besides its postings, counted in postings.
const COST_OF_TERM: u64 = 100;

/// A beginning is light while its union costs at most one posting for so many documents of the segment.
const LIGHT: u64 = 8;

/// Smaller segments do without; a handful of them, as an import leaves behind, would otherwise cost more than all the rest.
const FEWEST_DOCS: u32 = 128;

/// The magic, the number of documents, and the place of the directory; the numbers of 64 bits, little end first.
const HEADER: usize = 24;

/// The ready-made sets of one segment.
pub(super) struct Prefixes {
    /// For each place and beginning where its set stands in the file, and its length.
    directory: Lines,
    file: OwnedBytes,
}

impl Prefixes {
    /// Opens those of a segment with so many documents; none where the file is missing or damaged.
    ///
    /// The file is a head, the sets and the directory: lines of the place's sign and the beginning, offset and length.
    pub(super) fn open(folder: &Path, segment: &str, docs: u32) -> Option<Prefixes> {
        let file = if docs >= FEWEST_DOCS { beside::open(folder, segment, ENDING)? } else { return None };
        let (head, _) = file.split_at_checked(HEADER)?;
        let (magic, numbers) = head.split_at(MAGIC.len());
        let number = |at: usize| numbers.as_chunks().0.get(at).map(|number| u64::from_le_bytes(*number));
        let (its, directory) = (number(0)?, usize::try_from(number(1)?).ok()?);
        let is_whole = magic == MAGIC && its == u64::from(docs) && (HEADER..=file.len()).contains(&directory);
        is_whole.then(|| Prefixes { directory: Lines(file.slice(directory..file.len())), file })
    }

    /// Adds the documents of all terms in `place` that begin so; `false` where there is no set for them.
    pub(super) fn fill(&self, place: Place, beginning: &str, segment: &Segment, bits: &mut Bits) -> bool {
        let Some(sign) = sign(place) else { return false };
        let key = [&[sign], beginning.as_bytes()].concat();
        let place = self.directory.of(&key).next().and_then(|line| {
            let (offset, length) = line.split_once('\t')?;
            Some((offset.parse::<usize>().ok()?, length.parse::<usize>().ok()?))
        });
        let set = place.and_then(|(offset, length)| self.file.get(offset..offset.checked_add(length)?));
        set.is_some_and(|set| bits.add_packed(segment.base, segment.size, set))
    }
}

/// The places that have sets.
const PLACES: [Place; 2] = [Place::All, Place::Title];

fn sign(place: Place) -> Option<u8> {
    match place {
        Place::All => Some(b'A'),
        Place::Title => Some(b'T'),
        _ => None,
    }
}

/// Makes the files that segments lack.
pub(super) fn complete(work: Work<'_>) -> Result<()> {
    work.complete((ENDING, MAGIC), FEWEST_DOCS, write)
}

fn write(path: &Path, segment: &Segment) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(MAGIC)?;
    out.write_all(&u64::from(segment.size).to_le_bytes())?;
    out.write_all(&0_u64.to_le_bytes())?;
    let (mut offset, mut directory) = (HEADER, Vec::new());
    for place in PLACES {
        let words = segment.words(place);
        let heavy = heavy_prefixes(words, u64::from(segment.size) / LIGHT)?;
        unite(segment, words, &heavy, |prefix, set| {
            let set = set.packed();
            let sign = sign(place).map_or('?', char::from);
            directory.push(format!("{sign}{prefix}\t{offset}\t{}\n", set.len()));
            offset += set.len();
            Ok(out.write_all(&set)?)
        })?;
    }
    directory.sort_unstable();
    out.write_all(directory.concat().as_bytes())?;
    out.seek(SeekFrom::Start(16))?;
    out.write_all(&(offset as u64).to_le_bytes())?;
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
            if prefix.len() > known {
                // Of what is not heavy no longer beginning is.
                if !heavy.contains(prefix) {
                    break;
                }
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
    use std::{fs, path::PathBuf};

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

//! Which names each article holds: the postings of the names turned round, so that the names of any answer are counted in one
//! pass over its articles, however many names the dictionary has.
//!
//! Each segment of some size has a file of its own beside tantivy's, made when an import ends. A name is told by its place in
//! the segment's dictionary. Without the file the postings themselves are passed through, which is right too, only slower.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use tantivy::{TERMINATED, schema::IndexRecordOption};

use super::{
    beside::Work,
    counting::Watch,
    sets::Bits,
    snapshot::{Place, Segment},
};

const MAGIC: &[u8; 8] = b"qalafwd1";
pub(super) const ENDING: &str = "forward";

/// Smaller segments do without.
const FEWEST_DOCS: u32 = 128;

/// Articles that are read from the file at once.
const CHUNK: u32 = 1024;

/// Articles whose names are held in memory while the file is made.
const STRETCH: u32 = 1 << 18;

/// Magic, number of documents, place of the directory.
const HEADER: u64 = 24;

/// Counts for every name of a segment in how many documents of `answer` it occurs; `None` where `watch` broke it off.
pub(super) fn count(folder: &Path, id: &str, segment: &Segment, answer: &Bits, watch: Watch<'_>) -> Result<Option<Vec<u32>>> {
    let names = segment.words(Place::Name).terms().num_terms();
    let mut counts = vec![0; names];
    // A damaged file is as good as none.
    match from_file(&path(folder, id), segment, answer, &mut counts, &mut *watch) {
        Ok(whole) => Ok(whole.then_some(counts)),
        Err(_) => from_postings(segment, answer, watch),
    }
}

/// The file is: magic, number of documents, place of the directory; then for each document the bytes of its names and before
/// them their length; then the directory, the place of each chunk of documents. Names rise, and each is told by its distance
/// from the one before. Numbers of the head and the directory are 64 bits, little end first; the others take seven bits a byte.
fn from_file(path: &Path, segment: &Segment, answer: &Bits, counts: &mut [u32], watch: Watch<'_>) -> Result<bool> {
    let mut file = File::open(path)?;
    let mut header = [0; HEADER as usize];
    file.read_exact(&mut header)?;
    let (magic, numbers) = header.split_at(8);
    let (docs, directory) = numbers.split_at(8);
    ensure!(magic == MAGIC && number(docs) == u64::from(segment.size), "another file");
    let directory = number(directory);
    file.seek(SeekFrom::Start(directory))?;
    let mut places = Vec::new();
    file.read_to_end(&mut places)?;
    let (places, _) = places.as_chunks::<8>();
    ensure!(places.len() == segment.size.div_ceil(CHUNK) as usize, "cut short");
    let places: Vec<u64> = places.iter().map(|place| u64::from_le_bytes(*place)).chain([directory]).collect();
    let mut bytes = Vec::new();
    for (nth, first) in (0..segment.size).step_by(CHUNK as usize).enumerate() {
        let last = segment.size.min(first + CHUNK);
        let is_in = |doc: u32| answer.has((segment.base + doc) as usize);
        if !(first..last).any(is_in) {
            continue;
        }
        if watch().is_break() {
            return Ok(false);
        }
        let length = places[nth + 1].checked_sub(places[nth]).context("places out of order")?;
        ensure!(length <= directory, "a place behind the end");
        bytes.resize(usize::try_from(length)?, 0);
        file.seek(SeekFrom::Start(places[nth]))?;
        file.read_exact(&mut bytes)?;
        let mut rest = &bytes[..];
        for doc in first..last {
            let length = short(&mut rest).context("cut short")?;
            let (mut names, behind) = rest.split_at_checked(length as usize).context("cut short")?;
            rest = behind;
            if is_in(doc) {
                let mut name = 0;
                while let Some(step) = short(&mut names) {
                    name += step;
                    *counts.get_mut(name as usize).context("a name behind the last")? += 1;
                }
            }
        }
    }
    Ok(true)
}

fn from_postings(segment: &Segment, answer: &Bits, watch: Watch<'_>) -> Result<Option<Vec<u32>>> {
    let mut counts = Vec::new();
    let whole = each_posting(segment, 0..segment.size, watch, |name, doc| {
        counts.resize(name as usize + 1, 0);
        counts[name as usize] += u32::from(answer.has((segment.base + doc) as usize));
    })?;
    counts.resize(segment.words(Place::Name).terms().num_terms(), 0);
    Ok(whole.then_some(counts))
}

/// How many lists of postings are read between two looks at `watch`.
const BREATH: u32 = 512;

/// Hands out every name with each of its documents in a range; `false` where `watch` broke it off.
fn each_posting(
    segment: &Segment,
    range: std::ops::Range<u32>,
    watch: Watch<'_>,
    mut each: impl FnMut(u32, u32),
) -> Result<bool> {
    let words = segment.words(Place::Name);
    let mut terms = words.terms().stream()?;
    let mut name = 0;
    while let Some((_, info)) = terms.next() {
        if name % BREATH == 0 && watch().is_break() {
            return Ok(false);
        }
        let mut postings = words.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        loop {
            let docs = postings.docs();
            let Some(first) = docs.first() else { break };
            if *first >= range.end {
                break;
            }
            docs.iter().filter(|doc| **doc != TERMINATED && range.contains(doc)).for_each(|doc| each(name, *doc));
            postings.advance();
        }
        name += 1;
    }
    Ok(true)
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
    let (mut at, mut places, mut record) = (HEADER, Vec::new(), Vec::new());
    for first in (0..segment.size).step_by(STRETCH as usize) {
        let range = first..segment.size.min(first.saturating_add(STRETCH));
        // Names come in rising order, documents do not: sorted by both.
        let mut held: Vec<u64> = Vec::new();
        let go_on = &mut || std::ops::ControlFlow::Continue(());
        each_posting(segment, range.clone(), go_on, |name, doc| held.push(u64::from(doc) << 32 | u64::from(name)))?;
        held.sort_unstable();
        let mut held = held.into_iter().peekable();
        for doc in range {
            if doc % CHUNK == 0 {
                places.push(at);
            }
            record.clear();
            let mut before = 0;
            while let Some(next) = held.next_if(|next| next >> 32 == u64::from(doc)) {
                let name = next as u32;
                put_short(name - before, &mut record);
                before = name;
            }
            let mut length = Vec::new();
            put_short(u32::try_from(record.len())?, &mut length);
            out.write_all(&length)?;
            out.write_all(&record)?;
            at += (length.len() + record.len()) as u64;
        }
    }
    for place in places {
        out.write_all(&place.to_le_bytes())?;
    }
    out.seek(SeekFrom::Start(16))?;
    out.write_all(&at.to_le_bytes())?;
    out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    Ok(())
}

fn path(folder: &Path, segment: &str) -> PathBuf {
    folder.join(format!("{segment}.{ENDING}"))
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn put_short(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// `None` at the end, and of a number that is cut short or too large.
fn short(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

//! The committed state of the index as a query sees it: its segments under one numbering of documents, with the dates and
//! rows in memory.
//!
//! Segments are opened directly and not through tantivy's reader, which takes a lock file and so cannot work in read-only
//! places. What that lock guards against (a file deleted between reading the list and opening it) is answered by trying again.

use std::{
    cell::OnceCell,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use tantivy::{
    Index, InvertedIndexReader, SegmentReader, TERMINATED,
    columnar::Column,
    fastfield::FastFieldReaders,
    fieldnorm::FieldNormReader,
    index::{SegmentComponent, SegmentId, SegmentMeta},
    postings::{BlockSegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    calendar::{Calendar, day},
    dictionary::Dictionary,
    names::Names,
    prefixes::Prefixes,
    schema::{Fields, NUMBER},
    sets::Bits,
};

/// One segment and where its documents stand in the common numbering.
pub(super) struct Segment {
    pub(super) base: u32,
    pub(super) size: u32,
    /// In the order of [`Place`].
    words: [Arc<InvertedIndexReader>; Place::COUNT],
    pub(super) lengths: FieldNormReader,
    /// The mean number of words of an article.
    pub(super) mean_length: f32,
    /// What is known of each document besides.
    pub(super) columns: FastFieldReaders,
    /// Opened by the first word that is still being typed.
    prefixes: OnceCell<Prefixes>,
    pub(super) id: String,
    /// Opened by the first query that looks for a name.
    names: OnceCell<Names>,
    /// Opened by the first large answer.
    calendar: OnceCell<Calendar>,
    /// Opened by the first statement that is shown: opening it takes longer than all else of a card.
    numbers: OnceCell<Column<u64>>,
    folder: PathBuf,
}

/// Where words and keys are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) enum Place {
    /// Words of the whole article.
    All,
    /// Words of its title.
    Title,
    /// Keys of the names in it.
    Name,
    /// Keys of the names of those who speak in it.
    Speaker,
    /// Labels of its statements: families of verbs, kinds, described speakers.
    Label,
    /// Its outlet.
    Outlet,
    /// The code of its language.
    Language,
}

impl Place {
    pub(super) const COUNT: usize = 7;
}

/// The committed state of the index.
#[derive(Default)]
pub(super) struct Snapshot {
    pub(super) segments: Vec<Segment>,
    /// The documents that were not deleted.
    pub(super) alive: Bits,
    /// For each document its date and row as one number: higher is newer, and no two are alike.
    keys: Vec<u64>,
    /// The same, days alone: a quarter of the memory to pass through.
    days: Vec<u16>,
    /// Terms that were looked up.
    pub(super) dictionary: Dictionary,
    /// What tells this state from others: the segments and their deletions.
    pub(super) state: Vec<(SegmentId, Option<u64>)>,
    /// The change number up to which the index is complete.
    pub(super) change: u64,
}

impl Segment {
    /// A segment that stands at the beginning of all.
    fn new(folder: &Path, reader: &SegmentReader, fields: &Fields) -> Result<Segment> {
        let Fields { all, title, name, speaker, label, outlet, language, .. } = *fields;
        let open = |field| reader.inverted_index(field);
        let words = [open(all)?, open(title)?, open(name)?, open(speaker)?, open(label)?, open(outlet)?, open(language)?];
        let (id, size) = (reader.segment_id().uuid_string(), reader.max_doc());
        Ok(Segment {
            base: 0,
            size,
            mean_length: words[Place::All as usize].total_num_tokens() as f32 / size.max(1) as f32,
            words,
            lengths: reader.get_fieldnorms_reader(all)?,
            columns: reader.fast_fields().clone(),
            prefixes: OnceCell::new(),
            id,
            names: OnceCell::new(),
            calendar: OnceCell::new(),
            numbers: OnceCell::new(),
            folder: folder.to_owned(),
        })
    }

    pub(super) fn words(&self, place: Place) -> &InvertedIndexReader {
        &self.words[place as usize]
    }

    /// The names in it by how they sound.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::open(&self.folder, &self.id, self.size, self.words(Place::Name)))
    }

    /// Adds the documents of a term.
    pub(super) fn fill(&self, place: Place, term: &TermInfo, bits: &mut Bits) -> Result<()> {
        self.filling(place).add(term, bits)
    }

    /// Hands out the documents of a term in the common numbering.
    pub(super) fn each(&self, place: Place, term: &TermInfo, mut each: impl FnMut(u32)) -> Result<()> {
        let mut postings = self.words(place).read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
        while !postings.docs().is_empty() {
            postings.docs().iter().filter(|doc| **doc != TERMINATED).for_each(|doc| each(self.base + doc));
            postings.advance();
        }
        Ok(())
    }

    /// The ready-made sets, which may come later than the segment.
    fn prefixes(&self) -> Option<&Prefixes> {
        if self.prefixes.get().is_none() {
            let _ = self.prefixes.set(Prefixes::open(&self.folder, &self.id, self.size)?);
        }
        self.prefixes.get()
    }

    /// The documents by date, which may come later than the segment.
    pub(super) fn calendar(&self) -> Option<&Calendar> {
        if self.calendar.get().is_none() {
            let _ = self.calendar.set(Calendar::open(&self.folder, &self.id, self.size)?);
        }
        self.calendar.get()
    }

    /// The number of a statement among those of its article, by its place in the segment.
    pub(super) fn number(&self, doc: u32) -> Result<u64> {
        if self.numbers.get().is_none() {
            let _ = self.numbers.set(self.columns.u64(NUMBER)?);
        }
        Ok(self.numbers.get().and_then(|numbers| numbers.first(doc)).unwrap_or(0))
    }

    /// Its documents in the common numbering.
    pub(super) fn documents(&self) -> Range<u32> {
        self.base..self.base + self.size
    }

    /// Adds the documents of all terms that begin so, where they lie ready; `false` where they do not.
    pub(super) fn fill_ready(&self, place: Place, beginning: &str, bits: &mut Bits) -> bool {
        self.prefixes().is_some_and(|prefixes| prefixes.fill(place, beginning, self, bits))
    }

    /// Adds the documents of term after term: the buffers of the first list serve for all.
    pub(super) fn filling(&self, place: Place) -> Filling<'_> {
        Filling { words: self.words(place), base: self.base, postings: None }
    }
}

/// What adds the documents of terms of a segment to a set.
pub(super) struct Filling<'s> {
    words: &'s InvertedIndexReader,
    base: u32,
    postings: Option<BlockSegmentPostings>,
}

impl Filling<'_> {
    /// Adds those of one.
    pub(super) fn add(&mut self, term: &TermInfo, bits: &mut Bits) -> Result<()> {
        let postings = match &mut self.postings {
            Some(postings) => {
                self.words.reset_block_postings_from_terminfo(term, postings)?;
                postings
            }
            none => none.insert(self.words.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?),
        };
        fill(postings, self.base, bits);
        Ok(())
    }
}

/// Adds the documents of a list, the first document of its segment being `base`.
pub(super) fn fill(postings: &mut BlockSegmentPostings, base: u32, bits: &mut Bits) {
    loop {
        let docs = postings.docs();
        if docs.is_empty() {
            return;
        }
        for doc in docs.iter().filter(|doc| **doc != TERMINATED) {
            bits.insert(base + doc);
        }
        postings.advance();
    }
}

const TRIES: usize = 5;

impl Snapshot {
    /// Opens what was committed last in the index in `folder`.
    pub(super) fn open(folder: &Path, index: &Index, fields: &Fields) -> Result<Snapshot> {
        let mut snapshot = Snapshot::default();
        snapshot.reopen(folder, index, fields)?;
        Ok(snapshot)
    }

    /// Becomes what was committed since; segments that are in both stay open. After a failure it is as it was.
    pub(super) fn reopen(&mut self, folder: &Path, index: &Index, fields: &Fields) -> Result<()> {
        for _ in 1..TRIES {
            if self.try_reopen(folder, index, fields).is_ok() {
                return Ok(());
            }
        }
        self.try_reopen(folder, index, fields)
    }

    fn try_reopen(&mut self, folder: &Path, index: &Index, fields: &Fields) -> Result<()> {
        let metas = index.load_metas()?;
        let (change, state) = (change_of(metas.payload.as_deref())?, state(&metas));
        let mut opened = Vec::with_capacity(state.len());
        for (meta, its) in metas.segments.iter().zip(&state) {
            opened.push(match self.state.iter().position(|known| known == its) {
                Some(at) => Err(at),
                None => {
                    // Where only deletions are new, its files are known to be whole.
                    if !self.state.iter().any(|(id, _)| *id == its.0) {
                        check(index, meta)?;
                    }
                    let reader = SegmentReader::open(&index.segment(meta.clone()))?;
                    Ok((Segment::new(folder, &reader, fields)?, keys(&reader)?, reader))
                }
            });
        }
        // Nothing can fail from here on.
        let mut old: Vec<Option<Segment>> = std::mem::take(&mut self.segments).into_iter().map(Some).collect();
        let mut snapshot = Snapshot { change, state, ..Snapshot::default() };
        let bound = |segment: &Segment| aligned(segment.size) as usize;
        let sizes = opened.iter().map(|opened| match opened {
            Ok((segment, ..)) => bound(segment),
            Err(at) => old[*at].as_ref().map_or(0, bound),
        });
        snapshot.alive = Bits::none(sizes.sum());
        for opened in opened {
            let base = snapshot.keys.len() as u32;
            let mut segment = match opened {
                Ok((segment, keys, reader)) => {
                    snapshot.keys.extend(keys);
                    reader.doc_ids_alive().for_each(|doc| snapshot.alive.insert(base + doc));
                    segment
                }
                Err(at) => {
                    let segment = old[at].take().expect("no segment is listed twice");
                    let before = segment.base as usize..segment.base as usize + bound(&segment);
                    snapshot.keys.extend_from_slice(&self.keys[before.clone()]);
                    snapshot.alive.copy(base, &self.alive, before);
                    segment
                }
            };
            segment.base = base;
            snapshot.keys.resize(base as usize + bound(&segment), 0);
            snapshot.segments.push(segment);
        }
        snapshot.days = snapshot.keys.iter().map(|key| day((key >> 32) as u32)).collect();
        *self = snapshot;
        Ok(())
    }

    /// The bound of document numbers.
    pub(super) fn bound(&self) -> usize {
        self.keys.len()
    }

    /// The row in SQLite.
    pub(super) fn row(&self, doc: u32) -> i64 {
        i64::from(self.keys[doc as usize] as u32)
    }

    /// The documents of a row, deleted ones included.
    pub(super) fn docs_of(&self, row: i64) -> impl Iterator<Item = u32> {
        let wanted = row as u32;
        (0_u32..).zip(&self.keys).filter(move |(_, key)| **key as u32 == wanted).map(|(doc, _)| doc)
    }

    /// The sort key of the date, 0 where there is none.
    pub(super) fn date(&self, doc: u32) -> u32 {
        (self.keys[doc as usize] >> 32) as u32
    }

    /// Rises with the key; days far from now are alike.
    pub(super) fn day(&self, doc: u32) -> u16 {
        self.days[doc as usize]
    }

    /// Higher is newer; no two documents have the same.
    pub(super) fn key(&self, doc: u32) -> u64 {
        self.keys[doc as usize]
    }
}

/// Tantivy panics over damage in these files; they are small next to the postings.
fn check(index: &Index, segment: &SegmentMeta) -> Result<()> {
    for part in [SegmentComponent::FastFields, SegmentComponent::Terms, SegmentComponent::FieldNorms] {
        let file = segment.relative_path(part);
        ensure!(index.directory().validate_checksum(&file)?, "{} is damaged", file.display());
    }
    Ok(())
}

/// The dates and rows of a segment's documents, as [`Snapshot::keys`] holds them.
fn keys(reader: &SegmentReader) -> Result<Vec<u64>> {
    let (dates, rows) = (reader.fast_fields().u64("date")?, reader.fast_fields().u64("row")?);
    let (dates, rows) = (dates.first_or_default_col(0), rows.first_or_default_col(0));
    Ok((0..reader.max_doc()).map(|doc| dates.get_val(doc) << 32 | rows.get_val(doc) & 0xFFFF_FFFF).collect())
}

/// The segments of a committed state and how far their deletions went.
pub(super) fn state(metas: &tantivy::IndexMeta) -> Vec<(SegmentId, Option<u64>)> {
    metas.segments.iter().map(|meta| (meta.id(), meta.delete_opstamp())).collect()
}

/// The change number that a commit carries; an index without commits is complete up to 0.
pub(super) fn change_of(payload: Option<&str>) -> Result<u64> {
    payload.map_or(Ok(0), str::parse).context("the search index does not say what it holds")
}

/// Segments begin at whole words of the bit sets.
fn aligned(size: u32) -> u32 {
    size.next_multiple_of(64)
}

#[cfg(test)]
impl Snapshot {
    /// What an archive's index of articles holds now.
    pub(super) fn of_articles(archive: &Path) -> Snapshot {
        let folder = archive.join(super::Shelf::Articles.folder());
        let (index, fields, _) = super::open(&folder, super::Shelf::Articles).unwrap();
        Snapshot::open(&folder, &index, &fields).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index::{Entry, Shelf, Writer, open};

    #[test]
    fn a_state_reopened_is_the_state_opened_anew() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 3, 1).unwrap();
        let folder = archive.path().join("index");
        let (index, fields, _) = open(&folder, Shelf::Articles).unwrap();
        let mut kept = Snapshot::open(&folder, &index, &fields).unwrap();
        for change in 1..=4_i64 {
            for row in change * 100..change * 100 + 70 {
                writer.add(&Entry { row, date: 20_210_000 + row as u32, text: "a", ..Entry::default() }).unwrap();
            }
            // Of what is there already something goes away, so that a segment stays and its deletions do not.
            if change == 3 {
                (100..110).for_each(|row| writer.remove(row).unwrap());
            }
            writer.commit(change.cast_unsigned()).unwrap();
            kept.reopen(&folder, &index, &fields).unwrap();
            let anew = Snapshot::open(&folder, &index, &fields).unwrap();
            let bases = |snapshot: &Snapshot| snapshot.segments.iter().map(|segment| segment.base).collect::<Vec<_>>();
            assert_eq!((&kept.keys, &kept.alive, bases(&kept)), (&anew.keys, &anew.alive, bases(&anew)));
            assert_eq!((&kept.state, kept.change), (&anew.state, anew.change));
        }
        assert_eq!(kept.alive.count(), 4 * 70 - 10);
    }
}

//! Queries over bit sets of postings: every word becomes the set of its documents, sets are intersected, and the size of what
//! remains is the exact total.
//!
//! The sets of recent words are kept, so that while a word is typed the words before it are free. A word that is still open is
//! the union over its range of the dictionary.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Result;
use tantivy::Index;

use super::tokenizer::MARK;
use super::{
    answer::Answer,
    fuzzy,
    rank::rank,
    schema::Fields,
    sets::Bits,
    snapshot::{Place, Snapshot, change_of, state},
};
use crate::store::matcher::own_forms;

/// A query in terms of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Asked {
    /// Folded words, all of which must occur.
    pub(in crate::store) words: Vec<String>,
    /// Whether the last word is still being typed.
    pub(in crate::store) open: bool,
    /// Lists of name keys; of each list one must occur.
    pub(in crate::store) names: Vec<Vec<String>>,
    /// Sets of rows, in or out of each of which an article must be.
    pub(in crate::store) rows: Vec<Rows>,
}

/// Articles by their rows in SQLite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Rows {
    /// Whether it takes the articles that are in the set, or all others.
    pub(in crate::store) inside: bool,
    set: Arc<Bits>,
}

impl Rows {
    /// Makes a set of rows.
    pub(in crate::store) fn new(rows: &[i64], inside: bool) -> Rows {
        // Rows are counted from 1; the index holds 32 bits of them.
        let rows = || rows.iter().filter_map(|row| u32::try_from(*row).ok());
        let mut set = Bits::none(rows().max().map_or(0, |last| last as usize + 1));
        rows().for_each(|row| set.insert(row));
        Rows { inside, set: Arc::new(set) }
    }
}

/// The index as one thread reads it.
pub(in crate::store) struct Engine {
    folder: PathBuf,
    index: Index,
    fields: Fields,
    snapshot: Snapshot,
    recent: Recent,
    last: Option<(Asked, Answer)>,
}

/// The part of an answer that a caller sees.
#[derive(Debug)]
pub(in crate::store) struct Found {
    /// Rows in SQLite with scores.
    pub(in crate::store) rows: Vec<(i64, f32)>,
    pub(in crate::store) total: usize,
    pub(in crate::store) respelled: Vec<(String, Vec<String>)>,
}

/// So many of the newest documents are ranked by how well they match; behind them the order is by date.
const RANKED_TITLES: usize = 1024;
const RANKED_OTHERS: usize = 2048;

impl Engine {
    /// Opens the index of an archive for reading.
    pub(in crate::store) fn open(archive: &Path) -> Result<Engine> {
        let (index, fields) = super::open(archive)?;
        let folder = archive.join(super::FOLDER);
        let snapshot = Snapshot::open(&folder, &index, &fields)?;
        Ok(Engine { folder, index, fields, snapshot, recent: Recent::default(), last: None })
    }

    /// Sees what was committed since; `true` when there was something.
    pub(in crate::store) fn refresh(&mut self) -> Result<bool> {
        let metas = self.index.load_metas()?;
        if change_of(metas.payload.as_deref())? == self.snapshot.change && state(&metas) == self.snapshot.state {
            return Ok(false);
        }
        self.snapshot = Snapshot::open(&self.folder, &self.index, &self.fields)?;
        self.recent = Recent::default();
        self.last = None;
        Ok(true)
    }

    /// Answers a query; the answer to the last one is kept, so that scrolling in it costs nothing.
    pub(in crate::store) fn search(&mut self, asked: &Asked, window: Range<usize>) -> Result<Found> {
        let mut answer = match self.last.take() {
            Some((before, answer)) if before == *asked => answer,
            _ => self.answer(asked)?,
        };
        let docs = answer.window(&self.snapshot, window);
        let rows = docs.into_iter().map(|(doc, score)| (self.snapshot.row(doc), score)).collect();
        let found = Found { rows, total: answer.total, respelled: answer.respelled.clone() };
        self.last = Some((asked.clone(), answer));
        Ok(found)
    }

    fn answer(&mut self, asked: &Asked) -> Result<Answer> {
        let mut allowed = self.snapshot.alive.clone();
        for keys in &asked.names {
            let mut named = Bits::none(self.snapshot.bound());
            for key in keys {
                named.add(&*self.word(Place::Name, key, false)?);
            }
            allowed.keep(&named);
        }
        for rows in &asked.rows {
            let mut chosen = Bits::none(self.snapshot.bound());
            let meets = |doc: &u32| rows.set.has(self.snapshot.row(*doc) as usize) == rows.inside;
            allowed.iter().filter(meets).for_each(|doc| chosen.insert(doc));
            allowed = chosen;
        }
        let mut answer = Answer::default();
        if asked.words.is_empty() {
            answer.then_newest(allowed);
            return Ok(answer);
        }
        let mut terms: Vec<Vec<String>> = asked.words.iter().map(|word| terms_of(word)).collect();
        let mut all = self.every_word(Place::All, asked, &answer.respelled, &allowed)?;
        if all.is_empty() {
            let respelled = self.respell(asked)?;
            all = self.every_word(Place::All, asked, &respelled, &allowed)?;
            if !all.is_empty() {
                for (word, instead) in asked.words.iter().zip(&mut terms) {
                    if let Some((_, alternatives)) = respelled.iter().find(|(asked, _)| asked == word) {
                        instead.clone_from(alternatives);
                    }
                }
                answer.respelled = respelled;
            }
        }
        let mut title = self.every_word(Place::Title, asked, &answer.respelled, &all)?;
        all.drop(&title);
        for (bits, most, place) in [(&mut title, RANKED_TITLES, Place::Title), (&mut all, RANKED_OTHERS, Place::All)] {
            let candidates = self.snapshot.newest(bits, most);
            let mut ranked = Bits::none(self.snapshot.bound());
            candidates.iter().for_each(|doc| ranked.insert(*doc));
            answer.then_ranked(rank(&self.snapshot, candidates, &terms, place)?);
            bits.drop(&ranked);
            answer.then_newest(std::mem::take(bits));
        }
        Ok(answer)
    }

    /// The documents among `allowed` that hold every word, or what is taken instead of it.
    fn every_word(&mut self, place: Place, asked: &Asked, respelled: &[(String, Vec<String>)], allowed: &Bits) -> Result<Bits> {
        let mut all = allowed.clone();
        for (nth, word) in asked.words.iter().enumerate() {
            match respelled.iter().find(|(asked, _)| asked == word) {
                None => {
                    let open = asked.open && nth + 1 == asked.words.len();
                    all.keep(&*self.word(place, word, open)?);
                }
                Some((_, alternatives)) => {
                    let mut any = Bits::none(self.snapshot.bound());
                    for alternative in alternatives {
                        any.add(&*self.word(place, alternative, false)?);
                    }
                    all.keep(&any);
                }
            }
        }
        Ok(all)
    }

    /// Other spellings for the words that nothing matches.
    fn respell(&mut self, asked: &Asked) -> Result<Vec<(String, Vec<String>)>> {
        let mut respelled: Vec<(String, Vec<String>)> = Vec::new();
        for (nth, word) in asked.words.iter().enumerate() {
            let open = asked.open && nth + 1 == asked.words.len();
            let mut bits = (*self.word(Place::All, word, open)?).clone();
            bits.keep(&self.snapshot.alive);
            if bits.is_empty() && !respelled.iter().any(|(known, _)| known == word) {
                let alternatives = fuzzy::respellings(&self.snapshot, self.fields.all, word, open)?;
                if !alternatives.is_empty() {
                    respelled.push((word.clone(), alternatives));
                }
            }
        }
        Ok(respelled)
    }

    /// The documents of one word, deleted ones included.
    fn word(&mut self, place: Place, word: &str, open: bool) -> Result<Arc<Bits>> {
        if let Some(bits) = self.recent.get(place, word, open) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        let terms = if place == Place::Name { vec![word.to_owned()] } else { terms_of(word) };
        for segment in &self.snapshot.segments {
            for term in &terms {
                if let Some(term) = segment.words(place).terms().get(term)? {
                    segment.fill(place, &term, &mut bits)?;
                }
            }
            if open {
                segment.fill_prefix(place, word, &mut bits)?;
                segment.fill_prefix(place, &format!("{MARK}{word}"), &mut bits)?;
            }
        }
        let bits = Arc::new(bits);
        self.recent.put(place, word, open, &bits);
        Ok(bits)
    }
}

/// The terms under which the index holds a word.
fn terms_of(word: &str) -> Vec<String> {
    own_forms(word, false).flat_map(|form| [form.to_owned(), format!("{MARK}{form}")]).collect()
}

/// The sets of the words asked for last.
#[derive(Default)]
struct Recent {
    sets: Vec<(Place, bool, String, Arc<Bits>)>,
}

/// At a million articles these are six megabytes.
const MOST_RECENT: usize = 48;

impl Recent {
    fn get(&mut self, place: Place, word: &str, open: bool) -> Option<Arc<Bits>> {
        let at = self.sets.iter().position(|(its, opened, known, _)| (*its, *opened, known.as_str()) == (place, open, word))?;
        let found = self.sets.remove(at);
        let bits = found.3.clone();
        self.sets.push(found);
        Some(bits)
    }

    fn put(&mut self, place: Place, word: &str, open: bool, bits: &Arc<Bits>) {
        if self.sets.len() == MOST_RECENT {
            self.sets.remove(0);
        }
        self.sets.push((place, open, word.to_owned(), bits.clone()));
    }
}

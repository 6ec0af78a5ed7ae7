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

use super::{
    answer::Answer,
    asked::{Ask, Asked},
    fuzzy, phrase,
    rank::rank,
    schema::{Fields, Shelf},
    sets::Bits,
    snapshot::{Place, Snapshot, change_of, state},
};
use crate::{
    domain::{Order, Term},
    store::matcher::bare,
};

/// The index as one thread reads it.
pub(in crate::store) struct Engine {
    folder: PathBuf,
    index: Index,
    fields: Fields,
    pub(super) snapshot: Snapshot,
    recent: Recent,
    last: Option<(Asked, Answer)>,
}

/// The part of an answer that a caller sees.
#[derive(Debug)]
pub(in crate::store) struct Found {
    /// Rows in SQLite with scores.
    pub(in crate::store) rows: Vec<(i64, f32)>,
    pub(in crate::store) total: usize,
    pub(in crate::store) respelled: Respelled,
}

/// Words that nothing holds, each with the words that are taken instead, best first.
pub(in crate::store) type Respelled = Vec<(String, Vec<String>)>;

/// So many of the newest documents are ranked by how well they match; behind them the order is by date.
const RANKED_TITLES: usize = 1024;
const RANKED_OTHERS: usize = 2048;

impl Engine {
    /// Opens an index of an archive for reading.
    pub(in crate::store) fn open(archive: &Path, shelf: Shelf) -> Result<Engine> {
        let (index, fields) = super::open(archive, shelf)?;
        let folder = archive.join(shelf.folder());
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
        let mut answer = Answer::default();
        let mut all;
        (all, answer.respelled) = self.matching(&asked.root)?;
        let terms: Vec<Vec<String>> = asked.root.terms().map(|term| forms(term, &answer.respelled)).collect();
        if terms.is_empty() || asked.order != Order::Best {
            answer.then_by_date(all, asked.order == Order::Oldest);
            return Ok(answer);
        }
        let mut title = self.within(&asked.root, Place::Title, &answer.respelled, &all)?;
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

    /// All documents that meet a condition, and the words for which others were taken because nothing does otherwise.
    pub(super) fn matching(&mut self, root: &Ask) -> Result<(Bits, Respelled)> {
        let alive = self.snapshot.alive.clone();
        let found = self.within(root, Place::All, &Respelled::new(), &alive)?;
        if found.is_empty() {
            let respelled = self.respell(root)?;
            if !respelled.is_empty() {
                let instead = self.within(root, Place::All, &respelled, &alive)?;
                if !instead.is_empty() {
                    return Ok((instead, respelled));
                }
            }
        }
        Ok((found, Respelled::new()))
    }

    /// The articles that meet a condition, by their rows.
    pub(in crate::store) fn rows(&mut self, root: &Ask) -> Result<Vec<i64>> {
        let found = self.matching(root)?.0;
        Ok(found.iter().map(|doc| self.snapshot.row(doc)).collect())
    }

    /// Those of the documents `allowed` that meet a condition; words stand in `place` at least.
    pub(super) fn within(&mut self, ask: &Ask, place: Place, respelled: &Respelled, allowed: &Bits) -> Result<Bits> {
        let mut found = allowed.clone();
        match ask {
            Ask::All(parts) => {
                // Phrases read positions: they come last, when few documents are left.
                let is_phrase = |part: &&Ask| matches!(part, Ask::Words { terms, .. } if terms.len() > 1);
                let (phrases, others): (Vec<&Ask>, Vec<&Ask>) = parts.iter().partition(is_phrase);
                for part in others.into_iter().chain(phrases) {
                    found = self.within(part, place, respelled, &found)?;
                }
            }
            Ask::Any(parts) => {
                found = Bits::none(self.snapshot.bound());
                for part in parts {
                    found.add(&self.within(part, place, respelled, allowed)?);
                }
            }
            Ask::Not(part) => found.drop(&self.within(part, Place::All, respelled, allowed)?),
            Ask::Words { terms, title } => {
                let place = if *title { Place::Title } else { place };
                for term in terms {
                    found.keep(&*self.term(place, term, respelled)?);
                }
                if terms.len() > 1 {
                    let words: Vec<Vec<String>> = terms.iter().map(|term| forms(term, respelled)).collect();
                    let docs: Vec<u32> = found.iter().collect();
                    found = Bits::none(self.snapshot.bound());
                    phrase::holding(&self.snapshot, &docs, &words, place)?.into_iter().for_each(|doc| found.insert(doc));
                }
            }
            Ask::Keys(place, keys) => {
                let mut any = Bits::none(self.snapshot.bound());
                for key in keys {
                    any.add(&*self.word(*place, key, false)?);
                }
                found.keep(&any);
            }
            Ask::Dates(stretch) => {
                let outside = allowed.iter().filter(|doc| !stretch.contains(&self.snapshot.date(*doc)));
                outside.for_each(|doc| found.remove(doc));
            }
            Ask::Rows(rows) => {
                let outside = allowed.iter().filter(|doc| !rows.takes(self.snapshot.row(*doc)));
                outside.for_each(|doc| found.remove(doc));
            }
        }
        Ok(found)
    }

    /// Other spellings for the words that nothing holds.
    fn respell(&mut self, root: &Ask) -> Result<Respelled> {
        let mut respelled = Respelled::new();
        for term in root.terms().filter(|term| !term.exact) {
            let mut bits = (*self.word(Place::All, &term.folded, term.open)?).clone();
            bits.keep(&self.snapshot.alive);
            if bits.is_empty() && !respelled.iter().any(|(known, _)| *known == term.folded) {
                let alternatives = fuzzy::respellings(&self.snapshot, self.fields.all, &term.folded, term.open)?;
                if !alternatives.is_empty() {
                    respelled.push((term.folded.clone(), alternatives));
                }
            }
        }
        Ok(respelled)
    }

    /// The documents of one word of a query, or of what is taken instead of it.
    fn term(&mut self, place: Place, term: &Term, respelled: &Respelled) -> Result<Arc<Bits>> {
        let Some((_, alternatives)) = respelled.iter().find(|(word, _)| *word == term.folded) else {
            return self.word(place, &term.folded, term.open);
        };
        let mut any = Bits::none(self.snapshot.bound());
        for alternative in alternatives {
            any.add(&*self.word(place, alternative, false)?);
        }
        Ok(Arc::new(any))
    }

    /// The documents of one word or key, deleted ones included.
    fn word(&mut self, place: Place, word: &str, open: bool) -> Result<Arc<Bits>> {
        if let Some(bits) = self.recent.get(place, word, open) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        let finished = if place.is_text() { bare(word) } else { word };
        for segment in &self.snapshot.segments {
            if let Some(term) = segment.words(place).terms().get(finished)? {
                segment.fill(place, &term, &mut bits)?;
            }
            if open {
                segment.fill_prefix(place, word, &mut bits)?;
            }
        }
        let bits = Arc::new(bits);
        self.recent.put(place, word, open, &bits);
        Ok(bits)
    }
}

/// The terms of the index that stand for a word of a query, best first.
pub(super) fn forms(term: &Term, respelled: &Respelled) -> Vec<String> {
    match respelled.iter().find(|(word, _)| *word == term.folded) {
        Some((_, alternatives)) => alternatives.clone(),
        None => vec![bare(&term.folded).to_owned()],
    }
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

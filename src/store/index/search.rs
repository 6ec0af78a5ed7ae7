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
    expand, fuzzy, phrase,
    rank::{Weighted, rank},
    schema::Fields,
    sets::Bits,
    snapshot::{Place, Snapshot, change_of, state},
};
use crate::{
    domain::{Order, Term},
    store::forms::{Form, MARK, Meaning, Tier},
};

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
    /// Words that nothing holds, each with the words that are taken instead, best first.
    pub(in crate::store) respelled: Vec<(String, Vec<String>)>,
    /// What the words stand for.
    pub(in crate::store) meaning: Arc<Meaning>,
}

/// So many of the newest documents are ranked by how well they match; behind them the order is by date.
const RANKED_TITLES: usize = 1024;
const RANKED_OTHERS: usize = 2048;

/// What articles that hold what was typed are worth above those that hold something else that it stands for.
const OWN: f32 = 3000.0;

/// What other forms of a word are worth next to what was typed.
const LESS: f32 = 0.5;

/// Other names of several words are checked to stand side by side in so many articles.
const MOST_LOOKED_AT: usize = 20_000;

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
        let (respelled, meaning) = (answer.respelled.clone(), answer.meaning.clone());
        let found = Found { rows, total: answer.total, respelled, meaning };
        self.last = Some((asked.clone(), answer));
        Ok(found)
    }

    fn answer(&mut self, asked: &Asked) -> Result<Answer> {
        let mut answer = Answer::default();
        let mut meaning = expand::meaning(&self.snapshot, &asked.root)?;
        let alive = self.snapshot.alive.clone();
        let mut tier = Tier::Kindred;
        let mut all = self.within(&asked.root, View { meaning: &meaning, tier, place: Place::All }, &alive)?;
        if all.is_empty() {
            let respelled = self.respell(asked, &mut meaning)?;
            if !respelled.is_empty() {
                tier = Tier::Near;
                all = self.within(&asked.root, View { meaning: &meaning, tier, place: Place::All }, &alive)?;
            }
            if !all.is_empty() {
                answer.respelled = respelled;
            }
        }
        let view = View { meaning: &meaning, tier, place: Place::All };
        if !all.is_empty() {
            answer.respelled.extend(self.taken_instead(asked, view)?);
        }
        let terms: Vec<Vec<Weighted>> = asked.root.terms().map(|term| weighted(&meaning, term, view.tier)).collect();
        if terms.is_empty() || asked.order != Order::Best {
            answer.then_by_date(all, asked.order == Order::Oldest);
        } else {
            // What was typed goes before what it also stands for.
            let typed = View { tier: Tier::Own, ..view };
            let mut own = match meaning.is_wider() && !all.is_empty() {
                true => self.within(&asked.root, typed, &all)?,
                false => all.clone(),
            };
            all.drop(&own);
            for (set, view, tier) in [(&mut own, typed, OWN), (&mut all, view, 0.0)] {
                let mut title = self.within(&asked.root, View { place: Place::Title, ..view }, set)?;
                set.drop(&title);
                for (bits, most, place) in [(&mut title, RANKED_TITLES, Place::Title), (set, RANKED_OTHERS, Place::All)] {
                    let candidates = self.snapshot.newest(bits, most);
                    let mut ranked = Bits::none(self.snapshot.bound());
                    candidates.iter().for_each(|doc| ranked.insert(*doc));
                    answer.then_ranked(rank(&self.snapshot, candidates, &terms, place, tier)?);
                    bits.drop(&ranked);
                    answer.then_newest(std::mem::take(bits));
                }
            }
        }
        answer.meaning = Arc::new(meaning);
        Ok(answer)
    }

    /// Those of the documents `allowed` that meet a condition.
    fn within(&mut self, ask: &Ask, view: View<'_>, allowed: &Bits) -> Result<Bits> {
        let mut found = allowed.clone();
        match ask {
            Ask::All(parts) => {
                // Phrases read positions: they come last, when few documents are left.
                let is_phrase = |part: &&Ask| matches!(part, Ask::Words { terms, .. } if terms.len() > 1);
                let (phrases, others): (Vec<&Ask>, Vec<&Ask>) = parts.iter().partition(is_phrase);
                let (sequences, others) = sequences(others, view);
                for (parts, terms) in sequences {
                    let mut words = found.clone();
                    for part in parts {
                        words = self.within(part, view, &words)?;
                    }
                    found.keep(&*self.forms(view, terms)?);
                    found.add(&words);
                }
                for part in others.into_iter().chain(phrases) {
                    found = self.within(part, view, &found)?;
                }
            }
            Ask::Any(parts) => {
                found = Bits::none(self.snapshot.bound());
                for part in parts {
                    found.add(&self.within(part, view, allowed)?);
                }
            }
            Ask::Not(part) => {
                let widest = View { place: Place::All, tier: view.tier.max(Tier::Kindred), ..view };
                found.drop(&self.within(part, widest, allowed)?);
            }
            Ask::Words { terms, title } => {
                let view = if *title { View { place: Place::Title, ..view } } else { view };
                let view = if terms.len() > 1 { View { tier: Tier::Own, ..view } } else { view };
                for term in terms {
                    found.keep(&*self.forms(view, std::slice::from_ref(term))?);
                }
                if terms.len() > 1 {
                    let words: Vec<Vec<String>> = terms.iter().flat_map(|term| Form::typed(term).words).collect();
                    found = self.side_by_side(&found, &words, view.place)?;
                }
            }
            Ask::Keys(place, keys) => {
                let mut any = Bits::none(self.snapshot.bound());
                for key in keys {
                    any.add(&*self.key(*place, key)?);
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

    /// The words of which no article holds a form of their own, each with the other forms for which it stands.
    fn taken_instead(&mut self, asked: &Asked, view: View<'_>) -> Result<Vec<(String, Vec<String>)>> {
        let mut instead: Vec<(String, Vec<String>)> = Vec::new();
        for term in asked.root.terms() {
            let here = std::slice::from_ref(term);
            let others = view.meaning.of(here).iter().filter(|form| form.tier == Tier::Kindred);
            let others: Vec<String> = others.map(|form| form.shown.clone()).collect();
            let known = instead.iter().any(|(known, _)| *known == term.folded);
            if others.is_empty() || known || view.meaning.sequences().any(|terms| terms.contains(term)) {
                continue;
            }
            let own = self.forms(View { tier: Tier::Own, ..view }, here)?;
            if !own.meets(&self.snapshot.alive) {
                instead.push((term.folded.clone(), others));
            }
        }
        Ok(instead)
    }

    /// Gives the words that nothing holds other spellings; returns both.
    fn respell(&mut self, asked: &Asked, meaning: &mut Meaning) -> Result<Vec<(String, Vec<String>)>> {
        let mut respelled: Vec<(String, Vec<String>)> = Vec::new();
        for term in asked.root.terms().filter(|term| !term.exact) {
            let here = std::slice::from_ref(term);
            let view = View { meaning: &*meaning, tier: Tier::Kindred, place: Place::All };
            let holding = self.forms(view, here)?;
            if !holding.meets(&self.snapshot.alive) && !respelled.iter().any(|(known, _)| *known == term.folded) {
                let alternatives = fuzzy::respellings(&self.snapshot, self.fields.all, &term.folded, term.open)?;
                if !alternatives.is_empty() {
                    alternatives.iter().for_each(|other| meaning.add(here, Form::word(Tier::Near, other, true)));
                    respelled.push((term.folded.clone(), alternatives));
                }
            }
        }
        Ok(respelled)
    }

    /// The documents of the forms of a word, or of several words together, deleted ones included.
    fn forms(&mut self, view: View<'_>, terms: &[Term]) -> Result<Arc<Bits>> {
        let View { meaning, tier, place } = view;
        let name = (place, tier, terms.to_vec());
        if let Some(bits) = self.recent.get(&name) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        for form in meaning.of(terms).iter().filter(|form| form.tier <= tier) {
            match form.words.as_slice() {
                [terms] => self.fill(place, terms, form.begun.as_deref(), &mut bits)?,
                words => bits.add(&self.phrase(words, place)?),
            }
        }
        let bits = Arc::new(bits);
        self.recent.put(name, &bits);
        Ok(bits)
    }

    /// The documents that hold these words side by side.
    fn phrase(&self, words: &[Vec<String>], place: Place) -> Result<Bits> {
        let mut all = self.snapshot.alive.clone();
        for terms in words {
            let mut bits = Bits::none(self.snapshot.bound());
            self.fill(place, terms, None, &mut bits)?;
            all.keep(&bits);
        }
        // Words that meet so often mostly stand side by side where both occur; looking would take too long.
        if all.count() > MOST_LOOKED_AT { Ok(all) } else { self.side_by_side(&all, words, place) }
    }

    fn side_by_side(&self, among: &Bits, words: &[Vec<String>], place: Place) -> Result<Bits> {
        let docs: Vec<u32> = among.iter().collect();
        let mut found = Bits::none(self.snapshot.bound());
        phrase::holding(&self.snapshot, &docs, words, place)?.into_iter().for_each(|doc| found.insert(doc));
        Ok(found)
    }

    /// Adds the documents of some terms, and of all words that begin with `begun`.
    fn fill(&self, place: Place, terms: &[String], begun: Option<&str>, bits: &mut Bits) -> Result<()> {
        for segment in &self.snapshot.segments {
            for term in terms {
                if let Some(term) = segment.words(place).terms().get(term)? {
                    segment.fill(place, &term, bits)?;
                }
            }
            if let Some(begun) = begun {
                segment.fill_prefix(place, begun, bits)?;
                segment.fill_prefix(place, &format!("{MARK}{begun}"), bits)?;
            }
        }
        Ok(())
    }

    /// The documents of a key, deleted ones included.
    fn key(&mut self, place: Place, key: &str) -> Result<Arc<Bits>> {
        let term = Term { typed: String::new(), folded: key.to_owned(), exact: true, open: false };
        let name = (place, Tier::Own, vec![term]);
        if let Some(bits) = self.recent.get(&name) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        self.fill(place, &[key.to_owned()], None, &mut bits)?;
        let bits = Arc::new(bits);
        self.recent.put(name, &bits);
        Ok(bits)
    }
}

/// How a query is looked at: what its words stand for, how far from what was typed, and where they stand at least.
#[derive(Clone, Copy)]
struct View<'a> {
    meaning: &'a Meaning,
    tier: Tier,
    place: Place,
}

/// Of the parts of a conjunction those words that have other names together, with the words, and the rest.
fn sequences<'a, 'm>(parts: Vec<&'a Ask>, view: View<'m>) -> (Vec<(Vec<&'a Ask>, &'m [Term])>, Vec<&'a Ask>) {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < parts.len() {
        let stands = |terms: &&[Term]| {
            parts[at..].len() >= terms.len() && terms.iter().zip(&parts[at..]).all(|(term, part)| part.is_word(term))
        };
        let longest =
            if view.tier > Tier::Own { view.meaning.sequences().filter(stands).max_by_key(|terms| terms.len()) } else { None };
        match longest {
            Some(terms) => {
                found.push((parts[at..at + terms.len()].to_vec(), terms));
                at += terms.len();
            }
            None => {
                others.push(parts[at]);
                at += 1;
            }
        }
    }
    (found, others)
}

/// The terms of the index that stand for a word of a query, with their worth.
fn weighted(meaning: &Meaning, term: &Term, tier: Tier) -> Vec<Weighted> {
    let alone = meaning.of(std::slice::from_ref(term)).iter();
    // Other names of several words together count where the first of them stands.
    let together = meaning.sequences().filter(|terms| terms[0] == *term).flat_map(|terms| meaning.of(terms));
    let forms = alone.chain(together).filter(|form| form.tier <= tier);
    let weight = |form: &Form| if form.tier == Tier::Own { 1.0 } else { LESS };
    forms.flat_map(|form| form.words[0].iter().map(move |term| (term.clone(), weight(form)))).collect()
}

/// The sets of the words asked for last.
#[derive(Default)]
struct Recent {
    sets: Vec<(Name, Arc<Bits>)>,
}

/// Words or keys, where they stand and how far they reach.
type Name = (Place, Tier, Vec<Term>);

/// At a million articles these are six megabytes.
const MOST_RECENT: usize = 48;

impl Recent {
    fn get(&mut self, name: &Name) -> Option<Arc<Bits>> {
        let at = self.sets.iter().position(|(known, _)| known == name)?;
        let found = self.sets.remove(at);
        let bits = found.1.clone();
        self.sets.push(found);
        Some(bits)
    }

    fn put(&mut self, name: Name, bits: &Arc<Bits>) {
        if self.sets.len() == MOST_RECENT {
            self.sets.remove(0);
        }
        self.sets.push((name, bits.clone()));
    }
}

//! Queries over bit sets of postings: every word becomes the set of its documents, sets are intersected, and the size of what
//! remains is the exact total.
//!
//! The sets of recent words are kept, so that while a word is typed the words before it are free. A word that is still open is
//! the union over its range of the dictionary.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::{Context, Result};
use tantivy::Index;

use super::{
    answer::{Answer, Ranking},
    asked::{Ask, Asked},
    expand, fuzzy,
    phrases::Phrases,
    rank::{Terms, Weighted},
    schema::{Fields, Shelf},
    sets::Bits,
    snapshot::{Place, Snapshot, change_of, state},
    within::{Recent, View},
};
use crate::{
    domain::{Order, Term},
    store::forms::{Form, Meaning, Tier},
};

/// The index as one thread reads it.
pub(in crate::store) struct Engine {
    pub(super) folder: PathBuf,
    index: Index,
    pub(super) fields: Fields,
    pub(super) snapshot: Snapshot,
    pub(super) recent: Recent,
    pub(super) phrases: Phrases,
    pub(super) last: Option<(Asked, Answer)>,
}

/// The part of an answer that a caller sees.
#[derive(Debug)]
pub(in crate::store) struct Found {
    /// Rows in SQLite with scores.
    pub(in crate::store) rows: Vec<(i64, f32)>,
    pub(in crate::store) total: usize,
    /// Whether there may be more, for there was no time to look at all.
    pub(in crate::store) at_least: bool,
    /// Words that nothing holds, each with the words that are taken instead, best first.
    pub(in crate::store) respelled: Vec<(String, Vec<String>)>,
    /// What the words stand for.
    pub(in crate::store) meaning: Arc<Meaning>,
}

/// The documents that meet a condition.
pub(super) struct Matching {
    pub(super) docs: Bits,
    /// What the condition's words stand for, and how far from what was typed.
    pub(super) meaning: Meaning,
    pub(super) tier: Tier,
    /// Words that nothing holds, each with what was taken instead.
    pub(super) respelled: Vec<(String, Vec<String>)>,
}

/// So many of the newest documents are ranked by how well they match; behind them the order is by date.
const RANKED_TITLES: usize = 1024;
const RANKED_OTHERS: usize = 2048;

/// What articles that hold what was typed are worth above those that hold something else that it stands for.
const OWN: f32 = 3000.0;

/// What other forms of a word are worth next to what was typed.
const LESS: f32 = 0.5;

impl Engine {
    /// Opens an index of an archive for reading, also one of an older analysis: words that this version folds otherwise are not
    /// found in that, all others are.
    pub(in crate::store) fn open(archive: &Path, shelf: Shelf) -> Result<Engine> {
        let folder = archive.join(shelf.folder());
        let (index, fields, _) = super::open(&folder, shelf)?;
        let snapshot = Snapshot::open(&folder, &index, &fields).context("the search index is damaged")?;
        Ok(Engine { folder, index, fields, snapshot, recent: Recent::default(), phrases: Phrases::default(), last: None })
    }

    /// Sees what was committed since; `true` when there was something.
    pub(in crate::store) fn refresh(&mut self) -> Result<bool> {
        let metas = self.index.load_metas()?;
        if change_of(metas.payload.as_deref())? == self.snapshot.change && state(&metas) == self.snapshot.state {
            return Ok(false);
        }
        self.snapshot.reopen(&self.folder, &self.index, &self.fields)?;
        self.recent = Recent::default();
        self.phrases.forget();
        self.last = None;
        Ok(true)
    }

    /// Answers a query; the answer to the last one is kept, so that scrolling in it costs nothing.
    pub(in crate::store) fn search(&mut self, asked: &Asked, window: Range<usize>) -> Result<Found> {
        self.search_until(None, asked, window)
    }

    /// The same; where it takes longer, with the newest documents that were found by then.
    pub(in crate::store) fn search_until(
        &mut self,
        until: Option<Instant>,
        asked: &Asked,
        window: Range<usize>,
    ) -> Result<Found> {
        let mut answer = match self.last.take() {
            Some((before, answer)) if before == *asked && (until.is_some() || !answer.at_least) => answer,
            _ => {
                self.phrases.begin(until);
                let answered = guarded(|| self.answer(asked));
                let at_least = self.phrases.is_over_now();
                let mut answer = answered?;
                answer.at_least = at_least;
                answer
            }
        };
        let docs = guarded(|| answer.window(&self.snapshot, window))?;
        let rows = docs.into_iter().map(|(doc, score)| (self.snapshot.row(doc), score)).collect();
        let (respelled, meaning) = (answer.respelled.clone(), answer.meaning.clone());
        let found = Found { rows, total: answer.total, at_least: answer.at_least, respelled, meaning };
        self.last = Some((asked.clone(), answer));
        Ok(found)
    }

    /// Looks for more of an answer that was cut short; says whether all is known then.
    pub(in crate::store) fn look_on(&mut self, until: Instant, asked: &Asked) -> Result<bool> {
        self.phrases.begin(Some(until));
        let looked = guarded(|| self.matching(asked).map(drop));
        let is_cut = self.phrases.is_over_now();
        looked?;
        Ok(!is_cut)
    }

    fn answer(&mut self, asked: &Asked) -> Result<Answer> {
        let mut answer = Answer::default();
        let Matching { docs: mut all, meaning, tier, respelled } = self.matching(asked)?;
        answer.respelled = respelled;
        let view = View { meaning: &meaning, tier, place: Place::All };
        let terms: Terms = asked.root.terms().map(|term| weighted(&meaning, term, view.tier)).collect();
        if terms.is_empty() || asked.order != Order::Best {
            answer.then_by_date(all, asked.order == Order::Oldest);
        } else {
            let terms = Arc::new(terms);
            // What was typed goes before what it also stands for.
            let typed = View { tier: Tier::Own, ..view };
            let mut own = match meaning.is_wider() && !all.is_empty() {
                true => self.within(&asked.root, typed, &all)?,
                false => all.clone(),
            };
            all.drop(&own);
            for (set, view, tier) in [(&mut own, typed, OWN), (&mut all, view, 0.0)] {
                let title = self.within(&asked.root, View { place: Place::Title, ..view }, set)?;
                set.drop(&title);
                for (docs, most, place) in
                    [(title, RANKED_TITLES, Place::Title), (std::mem::take(set), RANKED_OTHERS, Place::All)]
                {
                    answer.then_best(docs, Ranking { terms: terms.clone(), place, tier, most });
                }
            }
        }
        answer.meaning = Arc::new(meaning);
        Ok(answer)
    }

    /// All documents that meet a condition, and what its words stand for among them.
    pub(super) fn matching(&mut self, asked: &Asked) -> Result<Matching> {
        let mut meaning = expand::meaning(&self.snapshot, &asked.root)?;
        let (mut tier, mut respelled) = (Tier::Kindred, Vec::new());
        let alive = self.snapshot.alive.clone();
        let mut docs = self.within(&asked.root, View { meaning: &meaning, tier, place: Place::All }, &alive)?;
        if docs.is_empty() && !self.phrases.is_cut {
            let near = self.respell(asked, &mut meaning)?;
            if !near.is_empty() {
                tier = Tier::Near;
                docs = self.within(&asked.root, View { meaning: &meaning, tier, place: Place::All }, &alive)?;
            }
            if !docs.is_empty() {
                respelled = near;
            }
        }
        if !docs.is_empty() {
            let view = View { meaning: &meaning, tier, place: Place::All };
            respelled.extend(self.taken_instead(asked, view)?);
        }
        Ok(Matching { docs, meaning, tier, respelled })
    }

    /// The articles that meet a condition, by their rows; no words are respelled for it.
    pub(in crate::store) fn rows(&mut self, root: &Ask) -> Result<Vec<i64>> {
        let meaning = expand::meaning(&self.snapshot, root)?;
        let (alive, tier) = (self.snapshot.alive.clone(), Tier::Kindred);
        let found = self.within(root, View { meaning: &meaning, tier, place: Place::All }, &alive)?;
        Ok(found.iter().map(|doc| self.snapshot.row(doc)).collect())
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
            // A guess what the word hides or sounds like does not count: it found nothing.
            let typed = Form::typed(term);
            let mut holding = Bits::none(self.snapshot.bound());
            self.fill(Place::All, &typed.words[0], &typed.begun, &mut holding)?;
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
}

/// Tantivy panics over damage that no checksum at opening told of.
fn guarded<T>(answer: impl FnOnce() -> Result<T>) -> Result<T> {
    let answered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(answer));
    answered.unwrap_or_else(|_| Err(anyhow::anyhow!("the search index is damaged")))
}

/// The terms of the index that stand for a word of a query, with their worth.
pub(super) fn weighted(meaning: &Meaning, term: &Term, tier: Tier) -> Vec<Weighted> {
    let alone = meaning.of(std::slice::from_ref(term)).iter();
    // Other names of several words together count where the first of them stands.
    let together = meaning.sequences().filter(|terms| terms[0] == *term).flat_map(|terms| meaning.of(terms));
    let forms = alone.chain(together).filter(|form| form.tier <= tier);
    let weight = |form: &Form| if form.tier == Tier::Own { 1.0 } else { LESS };
    forms.flat_map(|form| form.words[0].iter().map(move |term| (term.clone(), weight(form)))).collect()
}

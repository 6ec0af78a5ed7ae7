//! Which documents meet a condition: sets of postings put together as the query puts its conditions together.
//!
//! The sets of recent words are kept, so that while a word is typed the words before it are free.

use std::sync::Arc;

use anyhow::Result;

use super::{asked::Ask, search::Engine, sets::Bits, snapshot::Place};
use crate::{
    domain::Term,
    store::forms::{Form, Meaning, Tier},
};

/// Other names of several words are checked to stand side by side in so many articles.
const MOST_LOOKED_AT: usize = 20_000;

/// A word that is still being typed takes part in a phrase if no more terms than these begin with it.
const MOST_BEGINNINGS: usize = 256;

impl Engine {
    /// Those of the documents `allowed` that meet a condition.
    pub(super) fn within(&mut self, ask: &Ask, view: View<'_>, allowed: &Bits) -> Result<Bits> {
        let mut found = allowed.clone();
        match ask {
            Ask::All(parts) => {
                // Phrases read positions: they come last, when few documents are left.
                let is_phrase = |part: &&Ask| matches!(part, Ask::Words { terms, .. } if terms.len() > 1);
                let (phrases, others): (Vec<&Ask>, Vec<&Ask>) = parts.iter().partition(is_phrase);
                let (sequences, mut others) = sequences(others, view);
                // Numbers are looked up document by document: the fewer the better.
                others.sort_by_key(|part| matches!(part, Ask::Rows(_) | Ask::Dates(_)));
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
                // What was not looked at could be among those that are left out.
                found.drop(&self.wholly(|engine| engine.within(part, widest, allowed))?);
            }
            Ask::Words { terms, title } => {
                let view = if *title { View { place: Place::Title, ..view } } else { view };
                let whole = view;
                let view = if terms.len() > 1 { View { tier: Tier::Own, ..view } } else { view };
                for term in terms {
                    found.keep(&*self.forms(view, std::slice::from_ref(term))?);
                }
                if terms.len() > 1 {
                    let mut words = Vec::new();
                    for Form { words: mut forms, begun, .. } in terms.iter().map(Form::typed) {
                        if !begun.is_empty() {
                            match self.snapshot.beginning_with(view.place, &begun, MOST_BEGINNINGS)? {
                                Some(more) => forms[0].extend(more),
                                // So much begins like this that the word is as good as not typed yet.
                                None => break,
                            }
                        }
                        words.append(&mut forms);
                    }
                    found = self.side_by_side(&found, &words, view.place)?;
                    let mut others = (*self.forms(whole, terms)?).clone();
                    others.keep(allowed);
                    found.add(&others);
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

    /// The documents of the forms of a word, or of several words together, deleted ones included.
    pub(super) fn forms(&mut self, view: View<'_>, terms: &[Term]) -> Result<Arc<Bits>> {
        let View { meaning, tier, place } = view;
        let name = (place, tier, terms.to_vec());
        if let Some(bits) = self.recent.get(&name) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        for form in meaning.of(terms).iter().filter(|form| form.tier <= tier) {
            match form.words.as_slice() {
                [terms] => self.fill(place, terms, &form.begun, &mut bits)?,
                words => bits.add(&self.phrase(words, place)?),
            }
        }
        let bits = Arc::new(bits);
        self.recent.put(name, &bits);
        Ok(bits)
    }

    /// The documents that hold these words side by side.
    fn phrase(&mut self, words: &[Vec<String>], place: Place) -> Result<Bits> {
        let mut all = self.snapshot.alive.clone();
        for terms in words {
            let mut bits = Bits::none(self.snapshot.bound());
            self.fill(place, terms, &[], &mut bits)?;
            all.keep(&bits);
        }
        // Words that meet so often mostly stand side by side where both occur; looking would take too long.
        if all.count() > MOST_LOOKED_AT {
            return Ok(all);
        }
        // What is kept as the documents of a word must be all of them.
        self.wholly(|engine| engine.side_by_side(&all, words, place))
    }

    /// Adds the documents of some terms, and of all that begin in one of the ways `begun`.
    pub(super) fn fill(&self, place: Place, terms: &[String], begun: &[String], bits: &mut Bits) -> Result<()> {
        for term in terms {
            for (segment, info) in self.snapshot.holding(place, term)? {
                segment.fill(place, &info, bits)?;
            }
        }
        begun.iter().try_for_each(|beginning| self.snapshot.fill_beginning(place, beginning, bits))
    }

    /// The documents of a key, deleted ones included.
    pub(super) fn key(&mut self, place: Place, key: &str) -> Result<Arc<Bits>> {
        let term = Term { typed: String::new(), folded: key.to_owned(), seated: false, exact: true, open: false };
        let name = (place, Tier::Own, vec![term]);
        if let Some(bits) = self.recent.get(&name) {
            return Ok(bits);
        }
        let mut bits = Bits::none(self.snapshot.bound());
        self.fill(place, &[key.to_owned()], &[], &mut bits)?;
        let bits = Arc::new(bits);
        self.recent.put(name, &bits);
        Ok(bits)
    }
}

/// How a query is looked at: what its words stand for, how far from what was typed, and where they stand at least.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) meaning: &'a Meaning,
    pub(super) tier: Tier,
    pub(super) place: Place,
}

/// Neighbouring parts of a conjunction and the words of which they are made, which have other names together.
type Sequence<'a, 'm> = (Vec<&'a Ask>, &'m [Term]);

/// Of the parts of a conjunction those words that have other names together, with the words, and the rest.
fn sequences<'a, 'm>(parts: Vec<&'a Ask>, view: View<'m>) -> (Vec<Sequence<'a, 'm>>, Vec<&'a Ask>) {
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

/// The sets of the words asked for last.
#[derive(Default)]
pub(super) struct Recent {
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

//! What the words of a query stand for: their own forms, spellings of the same name, other names of the same thing in whatever
//! script. Where nothing is found, [`super::fuzzy`] comes in behind it.

use std::collections::HashMap;

use anyhow::Result;

use super::{
    asked::Ask,
    names::ONE_IN,
    snapshot::{Place, Snapshot},
};
use crate::{
    domain::Term,
    lang::{AliasName, Aliases, en::number::numbers, phonetic},
    store::forms::{Form, Meaning, Tier},
    text::{proclitic_rests, without_article},
};

/// A word typed behind particles is also looked for without them where the rest is so much more frequent.
const MORE_FREQUENT: u64 = 4;

/// Spellings within one script: only so far apart, and only of longer words.
const KINDRED_DISTANCE: u32 = 14;
const KINDRED_LETTERS: usize = 6;

/// Spellings in another script: those that sound hardly worse than the best, and only so many.
const MARGIN: u32 = 4;
const MOST: usize = 4;

/// The most words of one key that are listened to.
const HEARD: usize = 128;

/// The fewest letters of a name that is looked for by its sound.
const FEWEST_LETTERS: usize = 4;

/// What the words of a query stand for in this state of the index.
pub(super) fn meaning(snapshot: &Snapshot, root: &Ask) -> Result<Meaning> {
    let mut expander = Expander { snapshot, aliases: Aliases::get(), meaning: Meaning::default() };
    expander.visit(root)?;
    Ok(expander.meaning)
}

struct Expander<'a> {
    snapshot: &'a Snapshot,
    aliases: &'static Aliases,
    meaning: Meaning,
}

impl Expander<'_> {
    fn visit(&mut self, ask: &Ask) -> Result<()> {
        match ask {
            Ask::All(parts) => {
                for run in runs(parts) {
                    for from in 0..run.len() {
                        self.sequence(&run[from..])?;
                    }
                }
                parts.iter().try_for_each(|part| self.visit(part))
            }
            Ask::Any(parts) => parts.iter().try_for_each(|part| self.visit(part)),
            Ask::Not(part) => self.visit(part),
            Ask::Words { terms, .. } => match terms.as_slice() {
                [term] => self.word(term),
                // What stands side by side is meant so; only as a whole it may be a name, as in Nagorno-Karabakh.
                terms => {
                    terms.iter().for_each(|term| self.meaning.add(std::slice::from_ref(term), Form::typed(term)));
                    let keys: Vec<&str> = terms.iter().map(key).collect();
                    let names = self.aliases.find(&keys).filter(|(count, _)| *count == terms.len());
                    match names.filter(|_| !terms.iter().any(|term| term.exact)) {
                        Some((_, names)) => self.add_names(terms, names),
                        None => Ok(()),
                    }
                }
            },
            Ask::Keys(..) | Ask::Dates(_) | Ask::Rows(_) => Ok(()),
        }
    }

    /// Gives a name of several words at the beginning of these its other names.
    fn sequence(&mut self, terms: &[Term]) -> Result<()> {
        let keys: Vec<&str> = terms.iter().map(key).collect();
        if let Some((count, names)) = self.aliases.find(&keys).filter(|(count, _)| *count > 1) {
            self.add_names(&terms[..count], names)?;
        }
        Ok(())
    }

    fn word(&mut self, term: &Term) -> Result<()> {
        let here = std::slice::from_ref(term);
        self.meaning.add(here, Form::typed(term));
        if term.exact || !term.folded.chars().any(char::is_alphabetic) {
            return Ok(());
        }
        let word = self.rest(term)?.unwrap_or(&term.folded);
        if word != term.folded {
            self.meaning.add(here, Form::word(Tier::Own, word, term.seated));
        }
        let key = without_article(word, term.seated).unwrap_or(word);
        let names = self.aliases.find(&[key]).map(|(_, names)| names);
        let is_name = names.is_some();
        self.add_names(here, names.unwrap_or_default())?;
        if !is_name && !self.aliases.is_given(key) {
            for other in numbers(&term.folded) {
                if self.often(&other)? > 0 {
                    self.meaning.add(here, Form::word(Tier::Kindred, &other, true));
                }
            }
        }
        if key.chars().count() >= FEWEST_LETTERS && !self.aliases.is_common(key) && !(term.open && self.begins(&term.folded)?) {
            self.add_kindred(here, key, is_name)?;
        }
        Ok(())
    }

    /// What remains of a word that was typed behind particles; `None` where it is rather a word of its own.
    fn rest<'t>(&self, term: &'t Term) -> Result<Option<&'t str>> {
        let mut rests = Vec::new();
        proclitic_rests(&term.folded, term.seated, |rest| rests.push(rest));
        let article = without_article(&term.folded, term.seated);
        rests.retain(|rest| Some(*rest) != article);
        if rests.is_empty() || self.aliases.knows(key(term)) {
            return Ok(None);
        }
        let often = self.often(&term.folded)?;
        for rest in rests {
            let bare = without_article(rest, term.seated).unwrap_or(rest);
            if self.aliases.knows(bare) && self.all(bare)? > 0 || self.often(rest)? > MORE_FREQUENT * often.max(1) {
                return Ok(Some(rest));
            }
        }
        Ok(None)
    }

    fn add_names(&mut self, terms: &[Term], names: Vec<AliasName>) -> Result<()> {
        for name in names {
            let words = name.words.iter().map(|word| (&*word.folded, word.seated));
            let form = Form::name(words);
            if self.occurs(&form)? {
                self.meaning.add(terms, form);
            }
        }
        Ok(())
    }

    /// Adds names that sound like `word`; such of another script only where no list knows them.
    fn add_kindred(&mut self, terms: &[Term], word: &str, is_listed: bool) -> Result<()> {
        let Some(script) = phonetic::script(word) else { return Ok(()) };
        let (mut own, mut heard) = (0, HashMap::<String, u64>::new());
        for key in phonetic::keys(word) {
            for segment in &self.snapshot.segments {
                let mut left = HEARD;
                segment.names().each(&key, |other, count| {
                    if other == word {
                        own = own.max(u64::from(count));
                    } else if left > 0 {
                        left -= 1;
                        *heard.entry(other.to_owned()).or_default() += u64::from(count);
                    }
                });
            }
        }
        // A word that occurs, but in no names, is none.
        if own * ONE_IN < self.all(word)? {
            return Ok(());
        }
        let mut found = Vec::new();
        for (other, count) in heard {
            let same = phonetic::script(&other) == Some(script);
            let (shorter, longer) =
                (word.chars().count().min(other.chars().count()), word.chars().count().max(other.chars().count()));
            if same && (longer < KINDRED_LETTERS || shorter + 1 < KINDRED_LETTERS || !self.aliases.may_be_one(word, &other))
                || !same && is_listed
            {
                continue;
            }
            let Some(distance) = phonetic::distance(word, &other).filter(|distance| !same || *distance <= KINDRED_DISTANCE)
            else {
                continue;
            };
            if count * ONE_IN >= self.all(&other)? {
                found.push((same, distance, std::cmp::Reverse(count), other));
            }
        }
        found.sort_unstable();
        for same in [true, false] {
            let those = || found.iter().filter(|found| found.0 == same);
            let limit = those().next().map_or(0, |best| best.1 + if same { KINDRED_DISTANCE } else { MARGIN });
            for (_, _, _, other) in those().take_while(|found| found.1 <= limit).take(MOST) {
                self.meaning.add(terms, Form::word(Tier::Kindred, other, false));
            }
        }
        Ok(())
    }

    /// In how many articles a word stands as it is.
    fn often(&self, word: &str) -> Result<u64> {
        self.snapshot.written(Place::All, word)
    }

    /// In how many articles a word stands in one of its forms, about.
    fn all(&self, word: &str) -> Result<u64> {
        Form::word(Tier::Own, word, true).words[0].iter().map(|term| self.snapshot.often(Place::All, term)).sum()
    }

    fn begins(&self, word: &str) -> Result<bool> {
        self.snapshot.begins(Place::All, word)
    }

    fn occurs(&self, form: &Form) -> Result<bool> {
        for terms in &form.words {
            let mut found = false;
            for term in terms {
                found = found || self.snapshot.often(Place::All, term)? > 0;
            }
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The stretches of single words that were typed side by side.
fn runs(parts: &[Ask]) -> Vec<Vec<Term>> {
    let mut runs = vec![Vec::new()];
    for part in parts {
        match part {
            Ask::Words { terms, title: false } if terms.len() == 1 && !terms[0].exact => {
                runs.last_mut().expect("never empty").push(terms[0].clone());
            }
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

fn key(term: &Term) -> &str {
    without_article(&term.folded, term.seated).unwrap_or(&term.folded)
}

//! Who can be whom: the rules by which names of persons join, told of a few names at a time.
//!
//! A full name can only join full names of its *block*, those whose first and last words have the same skeletons; a bare
//! last name only the full names that end in it. What changes in an archive therefore touches few names.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{
    own_id,
    skeleton::{is_respelling, skeleton},
};
use crate::{
    domain::{EntityId, Kind, NameKey},
    lang::Packs,
};

/// The most founders of a block that a name is compared with.
const COMPARED: usize = 48;

/// The full name of a person, folded, that a key holds.
pub fn full_name(key: &NameKey) -> Option<&str> {
    key.0.strip_prefix("per:").filter(|name| name.contains(' '))
}

/// The bare last name, or whatever single word a person is called by, that a key holds.
pub fn single_name(key: &NameKey) -> Option<&str> {
    key.0.strip_prefix("per:").filter(|name| !name.contains(' '))
}

/// The last word of a full name.
pub fn last_of(full: &str) -> &str {
    full.rsplit(' ').next().unwrap_or_default()
}

/// The block of a full name.
pub fn block_of(full: &str) -> String {
    let first = full.split(' ').next().unwrap_or_default();
    format!("{} {}", skeleton(first), skeleton(last_of(full)))
}

/// The rules, with the people whom the lexicon knows, so that misspelt famous names find their entity.
#[derive(Debug)]
pub struct Linker {
    /// Founders that the lexicon puts into each block, in its order.
    famous: HashMap<String, Vec<(Vec<String>, &'static str)>>,
    /// By which last words each of its people can be meant.
    lasts: HashMap<&'static str, BTreeSet<String>>,
    /// The way back.
    by_last: HashMap<String, Vec<&'static str>>,
}

impl Linker {
    /// The rules with the lexicon that is built in.
    pub fn get() -> &'static Linker {
        static LINKER: LazyLock<Linker> = LazyLock::new(|| Linker::new(Packs::get()));
        &LINKER
    }

    fn new(packs: &Packs) -> Linker {
        let (famous, lasts, by_last) = Default::default();
        let mut linker = Linker { famous, lasts, by_last };
        for entry in packs.names.entries().iter().filter(|entry| entry.kind == Kind::Person) {
            for name in [entry.arabic, entry.english] {
                let words: Vec<String> = crate::text::words(name).into_iter().map(|word| word.folded).collect();
                let Some(last) = words.last() else { continue };
                if linker.lasts.entry(entry.slug).or_default().insert(last.clone()) {
                    linker.by_last.entry(last.clone()).or_default().push(entry.slug);
                }
                if words.len() > 1 {
                    linker.famous.entry(block_of(&words.join(" "))).or_default().push((words, entry.slug));
                }
            }
        }
        linker
    }

    /// The last words by which a person of the lexicon can be meant; nothing for what else a key may be.
    pub fn lasts_of(&self, key: &NameKey) -> impl Iterator<Item = &str> {
        self.lasts.get(key.0.as_str()).into_iter().flatten().map(String::as_str)
    }

    /// The keys of the lexicon's people whom this last word can mean.
    pub fn famous_called(&self, last: &str) -> &[&'static str] {
        self.by_last.get(last).map_or(&[], Vec::as_slice)
    }

    /// The entities of all full names of one block with how often each is mentioned, in any order; the same order comes back.
    ///
    /// The most frequent spelling founds an entity, ties go by the alphabet, and every other name joins the first founder that
    /// it is a respelling of, word for word.
    pub fn place(&self, names: &[(&str, u64)]) -> Vec<EntityId> {
        let Some(block) = names.first().map(|(name, _)| block_of(name)) else { return Vec::new() };
        let mut founders: Vec<(Vec<&str>, EntityId)> = Vec::new();
        for (words, slug) in self.famous.get(&block).into_iter().flatten() {
            founders.push((words.iter().map(String::as_str).collect(), EntityId((*slug).to_owned())));
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|a, b| names[*b].1.cmp(&names[*a].1).then(names[*a].0.cmp(names[*b].0)));
        let mut ids = vec![EntityId(String::new()); names.len()];
        for at in order {
            let words: Vec<&str> = names[at].0.split(' ').collect();
            let near = founders.iter().take(COMPARED).find(|(other, _)| {
                other.len() == words.len() && other.iter().zip(&words).all(|(one, two)| is_respelling(one, two))
            });
            ids[at] = match near {
                Some((_, id)) => id.clone(),
                None => {
                    let id = EntityId(own_id(&format!("per:{}", names[at].0)));
                    founders.push((words, id.clone()));
                    id
                }
            };
        }
        ids
    }

    /// The entity of a bare last name, given those of all full names and famous people it can mean: the only one, or its own.
    pub fn called<'a>(&self, last: &str, mut meant: impl Iterator<Item = &'a EntityId>) -> EntityId {
        let own = || EntityId(own_id(&format!("per:{last}")));
        match meant.next() {
            Some(first) if meant.all(|other| other == first) => first.clone(),
            _ => own(),
        }
    }
}

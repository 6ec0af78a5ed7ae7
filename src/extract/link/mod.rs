//! Stage 2: the names of many articles become entities, the same whatever the order in which they come.
//!
//! Lexicon slugs are entities already. Full names of persons join when their words are spellings of each other
//! ([`skeleton`]); a bare last name joins the only full name that ends in it. Given names alone never join anything.

mod blocks;
pub mod skeleton;
mod spell;

pub use blocks::{Linker, block_of, full_name, last_of, single_name};
pub use spell::spell;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    domain::{Entity, EntityId, Kind, NameKey},
    lang::Packs,
};

/// How often a name with one key and spelling occurs in a set of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct NameCount {
    /// What stage 1 called it.
    pub key: NameKey,
    /// What it is.
    pub kind: Kind,
    /// A spelling, as written.
    pub text: String,
    /// How many articles hold it.
    pub articles: u64,
    /// How often it is mentioned.
    pub mentions: u64,
}

/// The entities behind the names of a set of articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// For each key, its entity.
    pub by_key: HashMap<NameKey, EntityId>,
    /// The entities in order of their ids. Article counts add up those of the keys, so that an article that uses two keys counts twice.
    pub entities: BTreeMap<EntityId, Entity>,
}

impl Links {
    /// The entity of a key.
    pub fn entity(&self, key: &NameKey) -> Option<&Entity> {
        self.entities.get(self.by_key.get(key)?)
    }
}

/// A key with the counts of all its spellings.
#[derive(Default)]
struct Tally {
    kind: Option<Kind>,
    articles: u64,
    mentions: u64,
    spellings: BTreeMap<String, u64>,
}

/// Links name keys to entities.
pub fn link(names: impl Iterator<Item = NameCount>, packs: &Packs) -> Links {
    let mut tallies: BTreeMap<NameKey, Tally> = BTreeMap::new();
    for name in names {
        let tally = tallies.entry(name.key).or_default();
        tally.kind = Some(tally.kind.map_or(name.kind, |kind| kind.min(name.kind)));
        tally.articles += name.articles;
        tally.mentions += name.mentions;
        *tally.spellings.entry(name.text).or_default() += name.mentions.max(1);
    }
    let ids = entities_of(&tallies, Linker::get());
    let mut spellings: BTreeMap<EntityId, BTreeMap<String, u64>> = BTreeMap::new();
    let mut links = Links::default();
    for (key, tally) in tallies {
        let id = ids.get(&key).cloned().unwrap_or_else(|| EntityId(own_id(&key.0)));
        let own = spellings.entry(id.clone()).or_default();
        for (text, count) in tally.spellings {
            *own.entry(text).or_default() += count;
        }
        let kind = tally.kind.unwrap_or(Kind::Organisation);
        let entity = links.entities.entry(id.clone()).or_insert_with_key(|id| Entity {
            id: id.clone(),
            kind,
            name: String::new(),
            aliases: Vec::new(),
            articles: 0,
            mentions: 0,
        });
        entity.articles += tally.articles;
        entity.mentions += tally.mentions;
        links.by_key.insert(key, id);
    }
    for (id, entity) in &mut links.entities {
        (entity.name, entity.aliases) = spell(id, &spellings[id], packs);
    }
    links
}

/// The entities of the names of persons that can join others; all other keys stand for themselves.
fn entities_of(tallies: &BTreeMap<NameKey, Tally>, linker: &Linker) -> HashMap<NameKey, EntityId> {
    let mut blocks: BTreeMap<String, Vec<(&str, u64)>> = BTreeMap::new();
    let mut meant: HashMap<&str, BTreeSet<EntityId>> = HashMap::new();
    for (key, tally) in tallies {
        if let Some(name) = full_name(key) {
            blocks.entry(block_of(name)).or_default().push((name, tally.mentions));
        } else if tally.kind == Some(Kind::Person) {
            for last in linker.lasts_of(key) {
                meant.entry(last).or_default().insert(EntityId(key.0.clone()));
            }
        }
    }
    let mut ids = HashMap::new();
    for names in blocks.values() {
        for ((name, _), id) in names.iter().zip(linker.place(names)) {
            meant.entry(last_of(name)).or_default().insert(id.clone());
            ids.insert(NameKey(format!("per:{name}")), id);
        }
    }
    for key in tallies.keys() {
        if let Some(last) = single_name(key) {
            ids.insert(key.clone(), linker.called(last, meant.get(last).into_iter().flatten()));
        }
    }
    ids
}

/// The id of a thing that no lexicon knows, from its kind and folded name; slugs and dates are ids already.
pub fn own_id(key: &str) -> String {
    key.split_once(':')
        .filter(|(kind, _)| *kind != "date")
        .map_or_else(|| key.to_owned(), |(kind, name)| format!("{kind}_{}", name.replace(' ', "_")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(key: &str, text: &str, mentions: u64) -> NameCount {
        NameCount { key: NameKey(key.into()), kind: Kind::Person, text: text.into(), articles: 1, mentions }
    }

    #[test]
    fn spellings_and_bare_last_names_join_their_person() {
        let names = vec![
            name("per:سمير تاراسيان", "سمير تاراسيان", 3),
            name("per:سمير تراسيان", "سمير تراسيان", 1),
            name("per:تاراسيان", "تاراسيان", 2),
            name("per:سمير", "سمير", 2),
            name("per:نديم تاراجان", "نديم تاراجان", 1),
        ];
        let links = link(names.clone().into_iter(), Packs::get());
        let id = |key: &str| links.by_key[&NameKey(key.into())].0.clone();
        assert_eq!(id("per:سمير تاراسيان"), "per_سمير_تاراسيان");
        assert_eq!(id("per:سمير تراسيان"), id("per:سمير تاراسيان"));
        assert_eq!(id("per:تاراسيان"), id("per:سمير تاراسيان"));
        assert_ne!(id("per:سمير"), id("per:سمير تاراسيان"));
        assert_ne!(id("per:نديم تاراجان"), id("per:سمير تاراسيان"));
        assert_eq!(links.entity(&NameKey("per:تاراسيان".into())).unwrap().name, "سمير تاراسيان");
        assert_eq!(link(names.into_iter().rev(), Packs::get()), links);
    }

    fn names() -> Vec<NameCount> {
        let keys =
            ["سمير تاراسيان", "سمير تراسيان", "سمير تاراسيين", "تاراسيان", "ليلي تاراسيان", "فلاديمير بوتن", "بوتين", "نديم"];
        let mut names: Vec<NameCount> =
            (1..).zip(keys).map(|(mentions, key)| name(&format!("per:{key}"), key, mentions % 3)).collect();
        names.push(name("vladimir_putin", "بوتين", 4));
        names
    }

    proptest! {
        #[test]
        fn linking_is_the_same_in_every_order(shuffled in Just(names()).prop_shuffle()) {
            prop_assert_eq!(link(shuffled.into_iter(), Packs::get()), link(names().into_iter(), Packs::get()));
        }
    }

    #[test]
    fn two_persons_of_one_last_name_keep_it_apart() {
        let names = [
            name("per:سمير تاراسيان", "سمير تاراسيان", 3),
            name("per:ليلي تاراسيان", "ليلى تاراسيان", 3),
            name("per:تاراسيان", "تاراسيان", 2),
        ];
        let links = link(names.into_iter(), Packs::get());
        assert_eq!(links.by_key[&NameKey("per:تاراسيان".into())].0, "per_تاراسيان");
    }
}

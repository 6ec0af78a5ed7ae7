//! Stage 2: the names of many articles become entities, the same whatever the order in which they come.
//!
//! Lexicon slugs are entities already. Full names of persons join when their words are spellings of each other
//! ([`skeleton()`]); a bare last name joins the only full name that ends in it. Given names alone never join anything.

pub mod skeleton;

use std::collections::{BTreeMap, HashMap};

use skeleton::{is_respelling, skeleton};

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

/// The most clusters of one skeleton that a name is compared with.
const COMPARED: usize = 48;

/// Links name keys to entities.
pub fn link(names: impl Iterator<Item = NameCount>, packs: &Packs) -> Links {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for name in names {
        let tally = tallies.entry(name.key.0).or_default();
        tally.kind = Some(tally.kind.map_or(name.kind, |kind| kind.min(name.kind)));
        tally.articles += name.articles;
        tally.mentions += name.mentions;
        *tally.spellings.entry(name.text).or_default() += name.mentions.max(1);
    }
    let mut persons = Persons::new(packs);
    let mut full: Vec<(&str, u64)> = Vec::new();
    for (key, tally) in &tallies {
        match key.strip_prefix("per:") {
            Some(name) if name.contains(' ') => full.push((name, tally.mentions)),
            None if tally.kind == Some(Kind::Person) => persons.known(key, packs),
            _ => {}
        }
    }
    // The most frequent spelling founds the entity; ties go by the alphabet.
    full.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut ids: HashMap<&str, String> = full.iter().map(|(name, _)| (*name, persons.place(name))).collect();
    for key in tallies.keys() {
        if let Some(last) = key.strip_prefix("per:").filter(|name| !name.contains(' '))
            && let Some(id) = persons.only_one_called(last)
        {
            ids.insert(last, id);
        }
    }
    let mut links = Links::default();
    for (key, tally) in &tallies {
        let joined = key.strip_prefix("per:").and_then(|name| ids.get(name).cloned());
        let id = EntityId(joined.unwrap_or_else(|| own_id(key)));
        links.by_key.insert(NameKey(key.clone()), id.clone());
        let kind = tally.kind.unwrap_or(Kind::Organisation);
        let entity = links.entities.entry(id).or_insert_with_key(|id| Entity {
            id: id.clone(),
            kind,
            name: String::new(),
            aliases: Vec::new(),
            articles: 0,
            mentions: 0,
        });
        entity.articles += tally.articles;
        entity.mentions += tally.mentions;
    }
    spell(&mut links, &tallies, packs);
    links
}

/// The id of a thing that no lexicon knows, from its kind and folded name; slugs and dates are ids already.
fn own_id(key: &str) -> String {
    key.split_once(':')
        .filter(|(kind, _)| *kind != "date")
        .map_or_else(|| key.to_owned(), |(kind, name)| format!("{kind}_{}", name.replace(' ', "_")))
}

/// Gives each entity the name to show and its other spellings.
fn spell(links: &mut Links, tallies: &BTreeMap<String, Tally>, packs: &Packs) {
    let mut spellings: HashMap<&EntityId, BTreeMap<&str, u64>> = HashMap::new();
    for (key, tally) in tallies {
        let own = spellings.entry(&links.by_key[&NameKey(key.clone())]).or_default();
        for (text, count) in &tally.spellings {
            *own.entry(text).or_default() += count;
        }
    }
    for (id, entity) in &mut links.entities {
        let Some(own) = spellings.get(id) else { continue };
        let mut all: Vec<(&str, u64)> = own.iter().map(|(text, count)| (*text, *count)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let arabic = all.first().is_some_and(|(text, _)| !text.is_ascii());
        let lexicon = packs.names.by_slug(&id.0).map(|entry| {
            if arabic && !entry.arabic.is_empty() || entry.english.is_empty() { entry.arabic } else { entry.english }
        });
        let words = |text: &str| text.split_whitespace().count();
        let fullest = || all.iter().max_by_key(|(text, count)| (words(text).min(4), *count)).map(|(text, _)| *text);
        entity.name = lexicon.filter(|name| !name.is_empty()).or_else(fullest).unwrap_or(&id.0).to_owned();
        entity.aliases = all.iter().map(|(text, _)| (*text).to_owned()).filter(|text| *text != entity.name).collect();
    }
}

/// Clusters of full names of persons.
struct Persons {
    clusters: Vec<(Vec<String>, String)>,
    by_skeleton: HashMap<String, Vec<u32>>,
    by_last: HashMap<String, Vec<u32>>,
}

impl Persons {
    /// Begins with everybody whom the lexicon knows, so that misspelt famous names find their entity.
    fn new(packs: &Packs) -> Persons {
        let mut persons = Persons { clusters: Vec::new(), by_skeleton: HashMap::new(), by_last: HashMap::new() };
        for entry in packs.names.entries().iter().filter(|entry| entry.kind == Kind::Person) {
            for name in [entry.arabic, entry.english] {
                let words = folded_words(name);
                if words.len() > 1 {
                    persons.add(words, entry.slug.to_owned(), false);
                }
            }
        }
        persons
    }

    /// Makes a person of the lexicon one of those whom a bare last name can mean, since an article names them.
    fn known(&mut self, slug: &str, packs: &Packs) {
        let Some(entry) = packs.names.by_slug(slug) else { return };
        for name in [entry.arabic, entry.english] {
            if let Some(last) = folded_words(name).pop() {
                let number = self.clusters.len() as u32;
                self.clusters.push((vec![last.clone()], slug.to_owned()));
                self.by_last.entry(last).or_default().push(number);
            }
        }
    }

    fn add(&mut self, words: Vec<String>, id: String, seen: bool) {
        let number = self.clusters.len() as u32;
        self.by_skeleton.entry(key_of(&words)).or_default().push(number);
        if seen {
            let last = words.last().cloned().unwrap_or_default();
            self.by_last.entry(last).or_default().push(number);
        }
        self.clusters.push((words, id));
    }

    /// The entity of a full name: that of a known spelling, else a new one.
    fn place(&mut self, name: &str) -> String {
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let near = self.by_skeleton.get(&key_of(&words)).into_iter().flatten().take(COMPARED).find(|number| {
            let other = &self.clusters[**number as usize].0;
            other.len() == words.len() && other.iter().zip(&words).all(|(one, two)| is_respelling(one, two))
        });
        match near {
            Some(number) => {
                let id = self.clusters[*number as usize].1.clone();
                let last = words.last().cloned().unwrap_or_default();
                self.by_last.entry(last).or_default().push(*number);
                id
            }
            None => {
                let id = own_id(&format!("per:{name}"));
                self.add(words, id.clone(), true);
                id
            }
        }
    }

    /// The entity of the only full name that ends in `last`.
    fn only_one_called(&self, last: &str) -> Option<String> {
        let mut ids = self.by_last.get(last)?.iter().map(|number| &self.clusters[*number as usize].1);
        let first = ids.next()?;
        ids.all(|id| id == first).then(|| first.clone())
    }
}

fn folded_words(name: &str) -> Vec<String> {
    crate::text::words(name).into_iter().map(|word| word.folded).collect()
}

/// The skeletons of first and last word: spellings of one name share them.
fn key_of(words: &[String]) -> String {
    let first = words.first().map(|word| skeleton(word)).unwrap_or_default();
    let last = words.last().map(|word| skeleton(word)).unwrap_or_default();
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
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

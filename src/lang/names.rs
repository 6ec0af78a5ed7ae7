//! Proper names that all languages share: places, people, bodies, given names and adjectives of nationality, from `names/*.tsv`.
//!
//! Columns are parted by tabs, variants by `|`; lines that begin with `#` are comments (sources and licences stand there).

use std::collections::HashMap;

use super::table::{Class, Info, NumberMap, WordId, Words, mix};
use crate::{domain::Kind, text::Splitter};

static PLACES: &str = include_str!("names/places.tsv");
static PEOPLE: &str = include_str!("names/people.tsv");
static ORGANISATIONS: &str = include_str!("names/organisations.tsv");
static CLUBS: &str = include_str!("names/clubs.tsv");
static GIVEN: &str = include_str!("names/given_names.tsv");
static PATTERNS: &str = include_str!("names/org_patterns.tsv");
static NATIONALITIES: &str = include_str!("names/nationalities.tsv");
static RUSSIAN: &str = include_str!("names/russian.tsv");

/// All names of the files in all languages: the slug of what they name, the names, and whether each alone tells it.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    let places = rows(PLACES)
        .flat_map(|[slug, _, english, arabic, _, ambiguous, _]| [english, arabic].map(|names| (slug, names, ambiguous != "1")));
    let people = rows(PEOPLE).flat_map(|[slug, english, arabic, ..]| [english, arabic].map(|names| (slug, names, true)));
    let bodies = rows(ORGANISATIONS)
        .chain(rows(CLUBS))
        .flat_map(|[slug, _, english, arabic, ambiguous, ..]| [english, arabic].map(|names| (slug, names, ambiguous != "1")));
    let russian = rows(RUSSIAN).map(|[slug, names, ..]| (slug, names, true));
    places
        .chain(people)
        .chain(bodies)
        .chain(russian)
        .flat_map(|(slug, names, sure)| names.split('|').filter(|name| !name.is_empty()).map(move |name| (slug, name, sure)))
}

/// All given names, in Arabic and Latin letters.
pub(super) fn given() -> impl Iterator<Item = &'static str> {
    rows(GIVEN).map(|[name, ..]| name)
}

/// The slugs of the women among the people.
pub(super) fn women() -> impl Iterator<Item = &'static str> {
    rows(PEOPLE).filter(|[.., gender, _]| *gender == "f").map(|[slug, ..]| slug)
}

/// A thing that the lexicons know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameEntry {
    /// Its id everywhere.
    pub slug: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Its English name, empty where none is known.
    pub english: &'static str,
    /// Its Arabic name, empty where none is known.
    pub arabic: &'static str,
    /// The slug of its country, empty where none is known.
    pub country: &'static str,
    /// `capital`, `agency`, `president`, …: the class or role column.
    pub role: &'static str,
    /// Whether the name is also a common word or names other things, so that only context tells.
    pub ambiguous: bool,
}

/// A head that makes a body of a country: الجيش and السوري.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Whether the adjective of nationality is feminine.
    pub feminine: bool,
    /// The slug of the body, with `{adj}` for the country's English adjective and `{country}` for its slug.
    pub template: &'static str,
}

/// All names as one trie over word numbers.
#[derive(Clone, Debug, Default)]
pub struct NameLexicon {
    entries: Vec<NameEntry>,
    edges: NumberMap<u32>,
    ends: Vec<u32>,
    /// Clubs that bear the name of a place, by node.
    clubs: NumberMap<u32>,
    /// Heads of bodies of countries, by node.
    heads: NumberMap<u32>,
    patterns: Vec<Pattern>,
    /// For each country's slug, its English adjective as a slug.
    adjectives: HashMap<&'static str, String>,
    slugs: NumberMap<u32>,
}

impl NameLexicon {
    /// The entry with this index.
    pub fn entry(&self, index: u32) -> &NameEntry {
        &self.entries[index as usize]
    }

    /// All entries; one thing may have a second row with its ambiguous names.
    pub fn entries(&self) -> &[NameEntry] {
        &self.entries
    }

    /// The first entry with this slug.
    pub fn by_slug(&self, slug: &str) -> Option<&NameEntry> {
        self.slugs.get(&super::table::hash(&[slug])).map(|index| self.entry(*index))
    }

    /// The node after `node` along `word`; the root is 0.
    pub fn step(&self, node: u32, word: WordId) -> Option<u32> {
        if word == WordId::UNKNOWN {
            return None;
        }
        self.edges.get(&edge(node, word)).copied()
    }

    /// The entry whose name ends at `node`.
    pub fn end(&self, node: u32) -> Option<u32> {
        self.ends[node as usize].checked_sub(1)
    }

    /// The club that is called like the place whose name ends at `node`.
    pub fn club(&self, node: u32) -> Option<u32> {
        self.clubs.get(&u64::from(node)).copied()
    }

    /// The head of a country's body that ends at `node`.
    pub fn pattern(&self, node: u32) -> Option<u32> {
        self.heads.get(&u64::from(node)).copied()
    }

    /// The pattern with this index.
    pub fn pattern_of(&self, index: u32) -> Pattern {
        self.patterns[index as usize]
    }

    /// The slug of the body that a pattern names for a country.
    pub fn body(&self, pattern: u32, country: &str) -> String {
        let adjective = self.adjectives.get(country).map_or(country, String::as_str);
        self.patterns[pattern as usize].template.replace("{adj}", adjective).replace("{country}", country)
    }

    fn walk(&mut self, words: &mut Words, info: &mut Vec<Info>, name: &str) -> u32 {
        let mut node = 0;
        let mut splitter = Splitter::new(name);
        let mut folded = String::new();
        while splitter.next_into(&mut folded).is_some() {
            let word = words.add(&folded);
            reserve(info, word);
            let next = u32::try_from(self.ends.len()).expect("lexicons hold far fewer names");
            node = *self.edges.entry(edge(node, word)).or_insert(next);
            if node == next {
                self.ends.push(0);
            }
        }
        node
    }

    fn add_name(&mut self, words: &mut Words, info: &mut Vec<Info>, name: &str, entry: u32) {
        let node = self.walk(words, info, name);
        if self.entry(entry).role == "club" {
            self.clubs.entry(u64::from(node)).or_insert(entry);
        }
        let known = self.ends[node as usize].checked_sub(1);
        // A sure reading beats an ambiguous one; among equals the first file in the order places, people, bodies does.
        let better = known.is_none_or(|known| self.entry(known).ambiguous && !self.entry(entry).ambiguous);
        if node != 0 && better {
            self.ends[node as usize] = entry + 1;
        }
    }

    fn add_entry(&mut self, entry: NameEntry) -> u32 {
        let index = u32::try_from(self.entries.len()).expect("lexicons hold far fewer names");
        self.slugs.entry(super::table::hash(&[entry.slug])).or_insert(index);
        self.entries.push(entry);
        index
    }

    /// Reads the files; `info` receives given names and nationalities, the latter with the entry of their country as value.
    pub(super) fn read(words: &mut Words, info: &mut Vec<Info>) -> NameLexicon {
        let mut lexicon = NameLexicon { ends: vec![0], ..NameLexicon::default() };
        let row = |kind, columns: [&'static str; 7]| {
            let [slug, role, english, arabic, country, ambiguous, _] = columns;
            let first = |names: &'static str| names.split('|').next().unwrap_or_default();
            let ambiguous = ambiguous == "1";
            (
                NameEntry { slug, kind, english: first(english), arabic: first(arabic), country, role, ambiguous },
                [english, arabic],
            )
        };
        let places = rows(PLACES).map(|columns| row(Kind::Place, columns));
        let people = rows(PEOPLE).map(|[slug, english, arabic, country, role, _, _]| {
            row(Kind::Person, [slug, role, english, arabic, country, "", ""])
        });
        let bodies = rows(ORGANISATIONS).chain(rows(CLUBS)).map(|[slug, class, english, arabic, ambiguous, _, _]| {
            row(Kind::Organisation, [slug, class, english, arabic, "", ambiguous, ""])
        });
        for (entry, names) in places.chain(people).chain(bodies) {
            let index = lexicon.add_entry(entry);
            for name in names.iter().flat_map(|names| names.split('|')).filter(|name| !name.is_empty()) {
                lexicon.add_name(words, info, name, index);
            }
        }
        for [head, gender, template, ..] in rows(PATTERNS) {
            let node = lexicon.walk(words, info, head);
            let index = u32::try_from(lexicon.patterns.len()).expect("a short list");
            lexicon.heads.insert(u64::from(node), index);
            lexicon.patterns.push(Pattern { feminine: gender == "f", template });
        }
        let mut mark = |word: &str, class: Class, value: u16| {
            let mut splitter = Splitter::new(word);
            let mut folded = String::new();
            if splitter.next_into(&mut folded).is_some() && splitter.next_into(&mut String::new()).is_none() {
                let word = words.add(&folded);
                reserve(info, word);
                let known = &mut info[word.0 as usize];
                known.class |= class;
                known.value = known.value.max(value);
            }
        };
        for [name, gender, script, common, ..] in rows(GIVEN) {
            // Of Arabic words, the list of common ones knows best which are names in news (محمد is, أمل is not).
            let weak = common == "1" && script != "ar";
            let class = if weak { Class::GIVEN | Class::COMMON } else { Class::GIVEN };
            mark(name, if gender == "f" { class | Class::WOMAN } else { class }, 0);
        }
        for [slug, .., english, _] in rows(NATIONALITIES) {
            let adjective = match slug {
                "united_states" => "us".to_owned(),
                "united_kingdom" => "uk".to_owned(),
                _ => english.split('|').next().unwrap_or_default().to_lowercase().replace([' ', '-'], "_"),
            };
            lexicon.adjectives.insert(slug, adjective);
        }
        for [slug, forms @ ..] in rows(NATIONALITIES) {
            let country =
                lexicon.slugs.get(&super::table::hash(&[slug])).and_then(|index| u16::try_from(index + 1).ok()).unwrap_or(0);
            for form in forms.iter().flat_map(|forms| forms.split('|')).filter(|form| !form.is_empty()) {
                mark(form, Class::NATIONALITY, country);
                if !form.is_ascii() {
                    mark(&format!("ال{form}"), Class::NATIONALITY, country);
                }
            }
        }
        lexicon
    }
}

fn edge(node: u32, word: WordId) -> u64 {
    mix((u64::from(node) << 32) | u64::from(word.0))
}

pub(super) fn reserve(info: &mut Vec<Info>, word: WordId) {
    if info.len() <= word.0 as usize {
        info.resize(word.0 as usize + 1, Info::default());
    }
}

/// The rows of a file, each padded to seven columns.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 7]> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

//! Entities: the persons, places and bodies behind the names.

use std::fmt;

use super::Kind;

/// Names an entity within one run or archive: a lexicon's slug (`vladimir_putin`), else a form made from kind and folded fullest name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub String);

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one article alone can tell of the thing behind a name; stage 2 links equal and kindred keys to entities.
///
/// A lexicon's slug where the lexicon knows the name, else `per:`, `loc:`, `org:`… and the folded fullest form in the article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(pub String);

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person, place or body under all its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub kind: Kind,
    /// The name to show: the lexicon's, else the fullest and most frequent spelling.
    pub name: String,
    /// Other spellings, the most frequent first.
    pub aliases: Vec<String>,
    /// How many articles mention it.
    pub articles: u64,
    /// How often it is mentioned.
    pub mentions: u64,
}

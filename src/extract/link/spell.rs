//! The name to show for an entity and its other spellings.

use std::collections::BTreeMap;

use crate::{domain::EntityId, lang::Packs};

/// The name and the other spellings, the most frequent first, of an entity that is spelt so often in these ways.
pub fn spell(id: &EntityId, spellings: &BTreeMap<String, u64>, packs: &Packs) -> (String, Vec<String>) {
    let mut all: Vec<(&str, u64)> = spellings.iter().map(|(text, count)| (text.as_str(), *count)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let arabic = all.first().is_some_and(|(text, _)| !text.is_ascii());
    let lexicon = packs
        .names
        .by_slug(&id.0)
        .map(|entry| if arabic && !entry.arabic.is_empty() || entry.english.is_empty() { entry.arabic } else { entry.english });
    let words = |text: &str| text.split_whitespace().count();
    let fullest = || all.iter().max_by_key(|(text, count)| (words(text).min(4), *count)).map(|(text, _)| *text);
    let name = lexicon.filter(|name| !name.is_empty()).or_else(fullest).unwrap_or(&id.0).to_owned();
    let aliases = all.iter().map(|(text, _)| (*text).to_owned()).filter(|text| *text != name).collect();
    (name, aliases)
}

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
    let name = lexicon.filter(|name| !name.is_empty()).or_else(fullest).map_or_else(|| of_id(&id.0), str::to_owned);
    let aliases = all.iter().map(|(text, _)| (*text).to_owned()).filter(|text| *text != name).collect();
    (name, aliases)
}

/// What an entity without any spelling is called: the words of which its id was made.
fn of_id(id: &str) -> String {
    id.split_once('_').map_or(id, |(_, words)| words).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_spelt_nowhere_is_called_by_the_words_of_the_id() {
        let name = |id: &str| spell(&EntityId(id.to_owned()), &BTreeMap::new(), Packs::get()).0;
        assert_eq!(name("per_سمير_تاراسيان"), "سمير تاراسيان");
        assert_eq!(name("vladimir_putin"), "Vladimir Putin");
    }
}

//! Month names of all languages, apart from the rest of the lexicons, so that a query can be read before those are.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::text::fold;

#[derive(Deserialize)]
struct Months {
    month: BTreeMap<String, String>,
}

/// Folded names to the numbers of their months.
static MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for list in [super::ar::FILES.words, super::en::FILES.words] {
        let list: Months = toml::from_str(list).expect("the word lists name the months");
        for (number, words) in list.month {
            // Numbers from 100 on are first words of two-word months, which the whole names cover.
            let Some(number) = number.parse().ok().filter(|number| (1..=12).contains(number)) else { continue };
            names.extend(words.split_whitespace().map(|name| (fold(&name.replace('_', " ")), number)));
        }
    }
    names
});

/// The number of a month, 1 to 12, by its folded name in any language or calendar of the press; words are parted by one blank.
pub fn month(folded: &str) -> Option<u8> {
    MONTHS.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_all_calendars_are_known() {
        for (name, number) in
            [("نوفمبر", 11), ("تشرين الثاني", 11), ("شباط", 2), ("غشت", 8), ("أبريل", 4), ("November", 11), ("sept", 9)]
        {
            assert_eq!(month(&fold(name)), Some(number), "{name}");
        }
        assert_eq!(month("تشرين"), None);
    }
}

//! Keyboard layouts: which key of a Latin keyboard a letter of another one lies on.

use std::collections::BTreeMap;

use crate::text::keyboard::tables;

/// The table of digits and signs that always counts.
const ALWAYS: &str = "everywhere";

/// The shipped layouts, in the order in which they count where nothing else is asked for.
pub const LAYOUTS: [&str; 6] = ["arabic-101", "persian", "arabic-mac", "arabic-azerty", "hebrew", "russian"];

/// What the letters of some layouts stand for; of two that have the same letter on different keys, the first one counts.
///
/// # Errors
/// Names a layout that does not exist and says which there are.
pub(super) fn letters<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<BTreeMap<char, char>, String> {
    let tables = tables();
    let mut letters = tables.get(ALWAYS).cloned().unwrap_or_default();
    for name in names {
        if !LAYOUTS.contains(&name) {
            return Err(format!("there is no layout '{name}'; there are: {}", LAYOUTS.join(", ")));
        }
        for (theirs, ours) in tables.get(name).into_iter().flatten() {
            letters.entry(*theirs).or_insert(*ours);
        }
    }
    Ok(letters)
}

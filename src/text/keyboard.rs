//! Keyboard layouts: which key of a Latin keyboard a letter of another one lies on, and what was meant by a line that was typed
//! while another layout was active.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The tables of letters, one a layout: for each letter the sign on its key of a Latin keyboard.
pub fn tables() -> &'static BTreeMap<String, BTreeMap<char, char>> {
    static TABLES: LazyLock<BTreeMap<String, BTreeMap<char, char>>> =
        LazyLock::new(|| toml::from_str(include_str!("layouts.toml")).expect("a test reads the shipped layouts"));
    &TABLES
}

/// The layouts in which a line may have been meant that makes no sense as it was typed.
const MEANT: [&str; 4] = ["arabic-101", "persian", "russian", "hebrew"];

/// What a line says on other layouts: Latin letters as those of other scripts, and those as Latin ones. Signs that a layout
/// has no letter for stay as they are; lines that would not change are left out.
pub fn retyped(line: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for table in MEANT.iter().filter_map(|name| tables().get(*name)) {
        let keys: BTreeMap<char, char> = table.iter().rev().map(|(letter, key)| (*key, *letter)).collect();
        if line.chars().any(|c| c.is_ascii_alphabetic()) {
            // A key with two letters on it stands in the table as their ligature.
            let as_meant: String =
                line.chars().map(|c| keys.get(&c).or(keys.get(&c.to_ascii_lowercase())).copied().unwrap_or(c)).collect();
            if !as_meant.chars().any(|c| c.is_ascii_alphabetic()) {
                found.insert(super::fold(&as_meant));
            }
        } else {
            for line in [line.to_owned(), line.replace("لا", "ﻻ")] {
                let as_meant: String = line.chars().map(|c| table.get(&c).copied().unwrap_or(c)).collect();
                if as_meant.is_ascii() && as_meant.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                    found.insert(as_meant);
                }
            }
        }
    }
    found.remove(line);
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_typed_on_another_layout_is_understood() {
        for (typed, meant) in [
            ("f,jdk", "بوتين"),
            ("F,JDK", "بوتين"),
            ("hgvzds hgv,sd", "الرئيس الروسي"),
            ("بعفهى", "futin"),
            ("حعفهى", "putin"),
            ("لاهيثى", "biden"),
            ("genby", "путин"),
        ] {
            let found = retyped(typed);
            assert!(found.iter().any(|line| line == meant), "{typed}: {found:?}");
        }
        assert!(retyped("2021").is_empty());
    }
}

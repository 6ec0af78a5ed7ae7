//! Arabic: word lists, reporting verbs and common words.

use super::{Class, packs::PackFiles};
use crate::domain::Language;

pub(super) const FILES: PackFiles = PackFiles {
    language: Language::ARABIC,
    words: include_str!("words.toml"),
    cues: include_str!("cues.toml"),
    common: include_str!("common.txt"),
};

/// Tells apart what folding joins: علي is a name where its last letter is written so, على a preposition; a function word is no given name.
pub fn settle(written: &str, folded: &str, class: Class) -> Class {
    // هنأ congratulates, هنا is here.
    if folded.ends_with("هنا") && class.has(Class::CUE) && class.has(Class::FUNCTION) {
        return class.without(if written.ends_with('أ') { Class::FUNCTION } else { Class::CUE });
    }
    let both = class.has(Class::GIVEN) && class.has(Class::FUNCTION);
    if !both {
        return class;
    }
    if folded == "علي" && written.ends_with('ي') {
        return Class::GIVEN;
    }
    class.without(Class::GIVEN)
}

//! English: word lists, reporting verbs and common words.

pub mod number;

use super::packs::PackFiles;
use crate::domain::Language;

pub(super) const FILES: PackFiles = PackFiles {
    language: Language::ENGLISH,
    words: include_str!("words.toml"),
    cues: include_str!("cues.toml"),
    common: include_str!("common.txt"),
};

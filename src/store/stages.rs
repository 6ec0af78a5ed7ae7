//! The stages of extraction as an import runs them.

use super::{import::Stages, index};
use crate::{
    domain::{Extraction, Fields},
    extract::{self, Holders, Links, Means, NameCount, link::Linker},
    lang::Packs,
};

/// Extraction with the language packs that are built in.
#[derive(Debug)]
pub(super) struct Built;

impl Stages for Built {
    fn extract(&self, text: &str, fields: &Fields, holders: &Holders) -> Extraction {
        extract::extract_with(text, fields, Packs::get(), &Means { holders, ..Means::default() }, None)
    }

    fn version(&self) -> u32 {
        extract::EXTRACTION_VERSION
    }

    fn link(&self, names: Vec<NameCount>) -> Links {
        extract::link(names.into_iter(), Packs::get())
    }

    fn linker(&self) -> Option<&Linker> {
        Some(Linker::get())
    }
}

/// The header alone: texts can be searched soon, and the next import that does more reads their names and statements.
#[derive(Debug)]
pub(super) struct Texts;

impl Stages for Texts {
    fn extract(&self, text: &str, fields: &Fields, _holders: &Holders) -> Extraction {
        extract::extract_header(text, fields, Packs::get())
    }

    /// Older than every version of extraction.
    fn version(&self) -> u32 {
        0
    }

    fn threads(&self) -> usize {
        index::all_threads()
    }

    fn link(&self, names: Vec<NameCount>) -> Links {
        Built.link(names)
    }

    fn linker(&self) -> Option<&Linker> {
        Built.linker()
    }
}

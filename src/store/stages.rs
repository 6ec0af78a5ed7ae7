//! The stages of extraction as an import runs them.

use super::import::Stages;
use crate::{
    domain::{Extraction, Fields},
    extract::{self, Links, NameCount, link::Linker},
    lang::Packs,
};

/// Extraction with the language packs that are built in.
#[derive(Debug)]
pub(super) struct Built;

impl Stages for Built {
    fn extract(&self, text: &str, fields: &Fields) -> Extraction {
        extract::extract(text, fields, Packs::get())
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

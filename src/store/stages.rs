//! The stages of extraction as an import runs them.

use super::{import::Stages, spellings::Named};
use crate::domain::{EntityId, Extraction, Fields};

/// Extraction with the language packs that are built in.
#[derive(Debug, Default)]
pub(super) struct Built;

impl Stages for Built {
    fn extract(&self, _text: &str, _fields: &Fields) -> Extraction {
        Extraction::default()
    }

    fn link(&self, names: &[Named]) -> Vec<(EntityId, String)> {
        let shown = |name: &Named| name.spellings.first().map_or_else(|| name.key.0.clone(), |(text, _)| text.clone());
        names.iter().map(|name| (EntityId(name.key.0.clone()), shown(name))).collect()
    }
}

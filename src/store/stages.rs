//! The stages of extraction as an import runs them.

use super::{import::Stages, spellings::Named};
use crate::{
    domain::{EntityId, Extraction, Fields},
    extract::{NameCount, extract, link},
    lang::Packs,
};

/// Extraction with the language packs that are built in.
#[derive(Debug, Default)]
pub(super) struct Built;

impl Stages for Built {
    fn extract(&self, text: &str, fields: &Fields) -> Extraction {
        extract(text, fields, Packs::get())
    }

    fn link(&self, names: &[Named]) -> Vec<(EntityId, String)> {
        let links = link(names.iter().flat_map(counts), Packs::get());
        let entity_of = |named: &Named| match links.entity(&named.key) {
            Some(entity) => (entity.id.clone(), entity.name.clone()),
            // Every key was given to the linking; this is what it would be alone.
            None => (
                EntityId(named.key.0.clone()),
                named.spellings.first().map_or_else(|| named.key.0.clone(), |(text, _)| text.clone()),
            ),
        };
        names.iter().map(entity_of).collect()
    }
}

/// The name's counts, shared out over its spellings as often as each is used.
fn counts(named: &Named) -> impl Iterator<Item = NameCount> + '_ {
    (0..).zip(&named.spellings).map(|(n, (text, articles))| {
        let whole = u64::from(n == 0);
        NameCount {
            key: named.key.clone(),
            kind: named.kind,
            text: text.clone(),
            articles: named.articles * whole,
            mentions: (*articles).max(1),
        }
    })
}

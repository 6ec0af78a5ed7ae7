//! What follows an answer, carried out on the worker's thread when nothing else waits: facets, the timeline, explanations and
//! lines of text; and saved searches.

use std::{mem::discriminant, ops::ControlFlow};

use anyhow::Result;

use super::Library;
use crate::app::{Effect, Msg};

/// The length of a line of text in a list, in characters: more than a list shows, which is cut to its width.
const SNIPPET: usize = 120;

/// Carries out an effect that may come later; `None` for every other, and where `watch` broke it off.
///
/// # Errors
/// When the archive cannot be read or a search cannot be kept.
pub fn later(library: &mut dyn Library, effect: &Effect, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Msg>> {
    Ok(Some(match effect {
        Effect::Facets(ticket, query) => match library.facets(query, watch)? {
            Some(facets) => Msg::Facets(*ticket, facets),
            None => return Ok(None),
        },
        Effect::Timeline(ticket, query) => Msg::Timeline(*ticket, library.timeline(query)?),
        Effect::Explain(ticket, query) => Msg::Explained(*ticket, library.explain(query)?),
        Effect::Snippets(ticket, articles, query) => Msg::Snippets(*ticket, library.snippets(query, articles, SNIPPET)?),
        Effect::Searches => Msg::Searches(library.searches()?),
        Effect::SaveSearch(saved) => {
            library.save_search(saved)?;
            Msg::Done(format!("saved as \u{2068}{}\u{2069}", saved.name))
        }
        Effect::DeleteSearch(name) => {
            library.delete_search(name)?;
            return Ok(None);
        }
        _ => return Ok(None),
    }))
}

/// The newest requests of their kinds, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Later {
    waiting: Vec<Effect>,
}

impl Later {
    /// Whether an effect can wait until nothing else does.
    pub(super) fn takes(effect: &Effect) -> bool {
        matches!(effect, Effect::Facets(..) | Effect::Timeline(..) | Effect::Explain(..) | Effect::Snippets(..))
    }

    /// Adds a request in place of an older one of its kind.
    pub(super) fn add(&mut self, effect: Effect) {
        self.waiting.retain(|waiting| discriminant(waiting) != discriminant(&effect));
        self.waiting.push(effect);
    }

    /// Puts back what was broken off, unless it was asked for anew.
    pub(super) fn again(&mut self, effect: Effect) {
        if self.waiting.iter().all(|waiting| discriminant(waiting) != discriminant(&effect)) {
            self.waiting.push(effect);
        }
    }

    /// The next to carry out; facets, which take longest, come last.
    pub(super) fn next(&mut self) -> Option<Effect> {
        let first = self.waiting.iter().position(|effect| !matches!(effect, Effect::Facets(..))).unwrap_or(0);
        (!self.waiting.is_empty()).then(|| self.waiting.remove(first))
    }
}

//! What an engine can tell of a query that nothing or little answers: how much its parts hold, and other spellings of its words.

use anyhow::Result;

use super::{Ask, Engine, expand, fuzzy, snapshot::Place, within::View};
use crate::{domain::Term, store::forms::Tier};

impl Engine {
    /// How many documents meet a condition with words at edit distance left out.
    pub(in crate::store) fn total(&mut self, ask: &Ask) -> Result<usize> {
        let alive = self.snapshot.alive.clone();
        let meaning = expand::meaning(&self.snapshot, ask)?;
        let view = View { meaning: &meaning, tier: Tier::Kindred, place: Place::All };
        Ok(self.within(ask, view, &alive)?.count())
    }

    /// Words of the index that a word of a query may have been meant as, the nearest first.
    pub(in crate::store) fn spellings(&self, term: &Term) -> Result<Vec<String>> {
        if term.exact {
            return Ok(Vec::new());
        }
        let mut near = fuzzy::respellings(&self.snapshot, self.fields.all, &term.folded, false)?;
        near.retain(|word| *word != term.folded);
        Ok(near)
    }
}

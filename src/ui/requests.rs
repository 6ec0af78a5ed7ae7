//! What the worker was asked and has not done yet: of most kinds only the newest request counts.

use std::collections::VecDeque;

use super::later::Later;
use crate::app::Effect;

/// The newest request of each kind; older ones were overtaken.
#[derive(Default)]
pub(super) struct Requests {
    search: Option<Effect>,
    said: Option<Effect>,
    carriers: Option<Effect>,
    read: Option<Effect>,
    speakers: Option<Effect>,
    refresh: bool,
    /// None of these is ever overtaken.
    decisions: VecDeque<Effect>,
    /// What may wait for all others.
    pub later: Later,
}

impl Requests {
    /// Puts a request in its place.
    pub fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Search { .. } => self.search = Some(effect),
            Effect::Said { .. } => self.said = Some(effect),
            Effect::Carriers { .. } => self.carriers = Some(effect),
            Effect::Read(..) => self.read = Some(effect),
            Effect::Speakers { .. } => self.speakers = Some(effect),
            Effect::Refresh => self.refresh = true,
            Effect::Decide(..)
            | Effect::ReadAll(_)
            | Effect::Undo(_)
            | Effect::Redo(_)
            | Effect::UndoTo(_)
            | Effect::RedoTo(_)
            | Effect::History(_)
            | Effect::Tags
            | Effect::FindUnread { .. }
            | Effect::Searches
            | Effect::SaveSearch(_)
            | Effect::DeleteSearch(_) => self.decisions.push_back(effect),
            effect if Later::takes(&effect) => self.later.add(effect),
            // The loop keeps the others to itself.
            _ => {}
        }
    }

    /// The next to carry out: what somebody decided, what changes the archive's face first, what is shown first before what follows from it.
    pub fn next(&mut self) -> Option<Effect> {
        if let Some(decision) = self.decisions.pop_front() {
            return Some(decision);
        }
        if std::mem::take(&mut self.refresh) {
            return Some(Effect::Refresh);
        }
        let shown = self.search.take().or_else(|| self.said.take()).or_else(|| self.carriers.take());
        shown.or_else(|| self.read.take()).or_else(|| self.speakers.take()).or_else(|| self.later.next())
    }

    /// Whether something waits that must not wait for what may come later.
    pub fn is_urgent(&self) -> bool {
        let shown = [&self.search, &self.said, &self.carriers, &self.read, &self.speakers];
        !self.decisions.is_empty() || self.refresh || shown.into_iter().any(Option::is_some)
    }
}

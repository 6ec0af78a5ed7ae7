//! Reading: scrolling, and walking the hits and names of the article on show.

use super::moving;
use crate::app::{Effect, Focus, Model, Severity, View, model::Entry};

/// Scrolls by so many rows.
pub(super) fn scroll(model: &mut Model, rows: isize) -> Vec<Effect> {
    let top = model.reader.top.saturating_add_signed(rows);
    model.reader.scroll_to(top);
    model.reader.moved = true;
    Vec::new()
}

/// A page down, and at the end the next article.
pub(super) fn read_on(model: &mut Model) -> Vec<Effect> {
    if model.reader.is_at_end() {
        return moving::article(model, 1);
    }
    scroll(model, model.reader.height().saturating_sub(1).max(1) as isize)
}

/// The next or previous hit; where the article has no more, that of the next or previous article.
pub(super) fn hit(model: &mut Model, forward: bool) -> Vec<Effect> {
    let hits = model.reader.hits().to_vec();
    if model.reader.step(&hits, forward) {
        return Vec::new();
    }
    if model.filter.is_empty() {
        model.tell(Severity::Info, "there is no filter whose hits could be walked; / begins one");
        return Vec::new();
    }
    let effects = moving::article(model, if forward { 1 } else { -1 });
    if effects.is_empty() && model.list.total == 0 {
        model.tell(Severity::Info, "nothing was found");
        return effects;
    }
    if effects.is_empty() {
        model.tell(Severity::Info, if forward { "this was the last hit" } else { "this was the first hit" });
        return effects;
    }
    model.entry = if forward { Entry::FirstHit } else { Entry::LastHit };
    effects
}

/// The next or previous passage with a note.
pub(super) fn note(model: &mut Model, forward: bool) -> Vec<Effect> {
    let passages = model.reader.noted_passages();
    if !model.reader.step(&passages, forward) {
        let which = if forward { "next" } else { "previous" };
        model.tell(Severity::Info, format!("there is no {which} passage with a note in this article"));
    }
    Vec::new()
}

/// The next or previous name.
pub(super) fn name(model: &mut Model, forward: bool) -> Vec<Effect> {
    let names = model.reader.names();
    if !model.reader.step(&names, forward) {
        let which = if forward { "next" } else { "previous" };
        model.tell(Severity::Info, format!("there is no {which} name in this article"));
        return Vec::new();
    }
    let here = model.reader.entity_here().map(|entity| entity.id.clone());
    if let Some(index) = here.and_then(|id| model.panel.names.iter().position(|named| named.id == id)) {
        let rows = model.panel_rows();
        model.panel.move_to(index, rows);
    }
    Vec::new()
}

/// Scrolls the first mention of the name under the panel's cursor into sight.
pub(super) fn show_chosen(model: &mut Model) {
    let Some(named) = model.panel.current() else { return };
    if let Some(first) = model.reader.mentions_of(&named.id).first() {
        model.reader.reveal(*first);
    }
}

impl Model {
    /// Marks the name under the panel's cursor in the text while the panel has the focus, and is in sight.
    pub(super) fn mark_chosen(&mut self) {
        let is_there = self.focus == Focus::Names && !self.facets.on;
        let chosen = self.panel.current().filter(|_| is_there).map(|named| named.id.clone());
        if self.view == View::Statements {
            return self.light();
        }
        self.reader.choose(chosen.as_ref());
    }
}

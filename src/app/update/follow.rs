//! What follows an answer: facets, the timeline, lines of text and explanations are asked for when the hits are on the screen,
//! and taken when they come.

use super::Ticket;
use crate::{
    app::{
        Effect, Explained, Focus, Model, View,
        explain::{FEW, meant_rather},
        model::Derived,
        timeline::is_date,
    },
    domain::{Explanation, Facets, Snippet},
};

impl Model {
    /// Asks for whatever is shown of the present answer and was not asked for yet.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.list.loaded || self.list.is_asking() || self.view != View::Articles {
            return effects;
        }
        let query = self.query();
        let sees_facets = self.facets.on && (self.panes().names.is_some() || self.focus == Focus::Names);
        if sees_facets && self.facets.answer != self.answer {
            let ticket = self.ticket();
            (self.facets.answer, self.facets.asked) = (self.answer, Some(ticket));
            effects.push(Effect::Facets(ticket, query.clone()));
        }
        if self.strip.on && self.strip.answer != self.answer {
            let ticket = self.ticket();
            (self.strip.answer, self.strip.asked) = (self.answer, Some(ticket));
            // All times, so that one can walk on from the one that was chosen.
            let mut query = query.clone();
            query.drop_parts(is_date);
            effects.push(Effect::Timeline(ticket, query));
        }
        if self.list.total <= FEW && !self.list.at_least && self.is_narrowed() && self.derived.explained != self.answer {
            let ticket = self.ticket();
            (self.derived.explained, self.derived.explaining) = (self.answer, Some(ticket));
            effects.push(Effect::Explain(ticket, query.clone(), self.retyped()));
        }
        effects.extend(self.follow_snippets());
        effects
    }

    /// Shows lines of text below titles, or no longer.
    pub(super) fn show_snippets(&mut self, on: bool) -> Vec<Effect> {
        self.snippets.on = on;
        self.arrange();
        let mut effects = self.fetch();
        effects.extend(self.follow());
        effects
    }

    /// Asks for the lines of the articles in sight.
    pub(super) fn follow_snippets(&mut self) -> Option<Effect> {
        if !self.snippets.on || self.query().terms().is_empty() {
            return None;
        }
        let query = self.query();
        self.snippets.begin(&query);
        let seen = self.list.visible(self.entries()).filter_map(|index| self.list.at(index));
        let missing: Vec<_> = seen.map(|hit| hit.id).filter(|id| self.snippets.of(*id).is_none()).collect();
        if missing.is_empty() {
            return None;
        }
        let ticket = self.ticket();
        self.snippets.asked = Some(ticket);
        Some(Effect::Snippets(ticket, missing, query))
    }

    /// How many rows the pane of facets shows.
    pub(in crate::app) fn facet_rows(&self) -> usize {
        let area = self.panes_with(Focus::Names).names.unwrap_or_default();
        usize::from(area.below_title().height).max(1) * usize::from(crate::app::Panel::columns(area.width))
    }

    /// How many bars the timeline shows.
    pub(in crate::app) fn strip_width(&self) -> usize {
        usize::from(self.size.width.saturating_sub(2))
    }
}

/// Takes the facets of an answer.
pub(super) fn facets(model: &mut Model, ticket: Ticket, facets: Facets) {
    if model.facets.asked == Some(ticket) {
        model.facets.asked = None;
        let query = model.query();
        model.facets.take(facets, &query);
        super::facets::reach(model);
    }
}

/// Takes the explanation of an empty answer, or what could be meant rather by one that few articles answer.
pub(super) fn explained(model: &mut Model, ticket: Ticket, explanation: Explanation) {
    if model.derived.explaining == Some(ticket) {
        model.derived = Derived { explaining: None, ..model.derived };
        match model.list.total {
            0 => model.explained = Some(Explained { explanation, cursor: 0 }),
            few => model.offered = meant_rather(explanation, few),
        }
    }
}

/// Takes lines of articles; asks for those that came into sight meanwhile.
pub(super) fn snippets(model: &mut Model, ticket: Ticket, snippets: Vec<Snippet>) -> Vec<Effect> {
    if model.snippets.asked != Some(ticket) {
        return Vec::new();
    }
    model.snippets.asked = None;
    let came = !snippets.is_empty();
    model.snippets.take(snippets);
    // Without new ones the same would be asked for ever.
    if came { model.follow_snippets().into_iter().collect() } else { Vec::new() }
}

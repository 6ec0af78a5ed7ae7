//! Moving the cursor of the pane that has the focus, and showing the article under the list's cursor.

use super::{earlier, keys, select, statements, text, timeline};
use crate::app::{Command, Context, Effect, Focus, Model, View, help, model::Entry};

/// How long keys must pause before the article under the cursor is shown, in milliseconds: longer than a held key takes to repeat.
const PAUSE: u64 = 60;

/// The same at most, on slow lines, where a text takes seconds to arrive.
const LONG_PAUSE: u64 = 500;

/// Runs a command that moves in the pane with the focus.
pub(super) fn go(model: &mut Model, command: Command, count: Option<usize>) -> Vec<Effect> {
    match model.context() {
        _ if model.help.is_some() => {
            let (rows, end) = (usize::from(model.size.height.saturating_sub(2)), help(model).len());
            if let Some(help) = &mut model.help {
                help.top = target(command, count, help.top, rows, end).min(end.saturating_sub(rows.max(1)));
            }
            Vec::new()
        }
        Context::Filter
            if command == Command::Previous
                && let Some(effects) = earlier::walk(model, true) =>
        {
            effects
        }
        Context::Filter
            if command == Command::Next
                && let Some(effects) = earlier::walk(model, false) =>
        {
            effects
        }
        Context::Text => {
            let (rows, end) = (model.reader.height(), model.reader.rows.len());
            let top = target(command, count, model.reader.top, rows, end);
            model.reader.scroll_to(top);
            model.reader.moved = true;
            Vec::new()
        }
        Context::Names if model.view == View::Statements => {
            let (rows, end) = (model.speaker_rows(), model.said.voices().len());
            let index = target(command, count, model.said.speaker_cursor, rows, end);
            statements::to_speaker(model, index);
            Vec::new()
        }
        Context::Select => select::go(model, command, count),
        Context::Names => {
            let (rows, end) = (model.panel_rows(), model.panel.names.len());
            let index = target(command, count, model.panel.cursor, rows, end);
            model.panel.move_to(index, rows);
            model.mark_chosen();
            text::show_chosen(model);
            Vec::new()
        }
        Context::History => {
            let rows = usize::from(model.size.height.saturating_sub(2));
            if let Some(history) = &mut model.history {
                let end = history.steps.len();
                history.cursor = target(command, count, history.cursor, rows, end).min(end.saturating_sub(1));
            }
            Vec::new()
        }
        Context::Facets => {
            let (rows, end) = (model.facet_rows(), model.facets.rows.len());
            let index = target(command, count, model.facets.cursor, rows, end);
            model.facets.move_to(index, rows);
            Vec::new()
        }
        Context::Timeline => {
            let (bars, at) = (model.strip.bars.len(), model.strip.cursor);
            timeline::go(model, target(command, count, at, bars, bars));
            Vec::new()
        }
        Context::Searches => {
            let rows = usize::from(model.size.height.saturating_sub(2));
            if let Some(searches) = &mut model.searches {
                let end = searches.saved.len();
                searches.cursor = target(command, count, searches.cursor, rows, end).min(end.saturating_sub(1));
            }
            Vec::new()
        }
        Context::List | Context::Filter if model.explained.is_some() => {
            if let Some(explained) = &mut model.explained {
                let end = explained.explanation.suggestions.len();
                explained.cursor = target(command, count, explained.cursor, end, end).min(end.saturating_sub(1));
            }
            Vec::new()
        }
        Context::Prompt | Context::Help => Vec::new(),
        Context::List | Context::Filter | Context::Everywhere if model.view == View::Statements => {
            let cards = model.said.shown();
            let index = target(command, count, cards.cursor, model.card_entries(), cards.total);
            statements::to_card(model, index)
        }
        Context::List | Context::Filter | Context::Everywhere => {
            let index = target(command, count, model.list.cursor, model.entries(), model.list.total);
            to(model, index)
        }
    }
}

/// Where a movement leads from `at`, in a pane that shows `rows` of `end` things.
fn target(command: Command, count: Option<usize>, at: usize, rows: usize, end: usize) -> usize {
    let times = |step: usize| step.max(1).saturating_mul(count.unwrap_or(1));
    match command {
        Command::Next => at.saturating_add(times(1)),
        Command::Previous => at.saturating_sub(times(1)),
        Command::HalfDown => at.saturating_add(times(rows / 2)),
        Command::HalfUp => at.saturating_sub(times(rows / 2)),
        // A row of the page before stays in sight.
        Command::PageDown => at.saturating_add(times(rows.saturating_sub(1))),
        Command::PageUp => at.saturating_sub(times(rows.saturating_sub(1))),
        Command::First => count.map_or(0, |number| number - 1),
        Command::Last => count.map_or(end, |number| number - 1),
        _ => at,
    }
}

/// Goes to the article so many places on.
pub(super) fn article(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.view == View::Statements {
        let index = model.said.shown().cursor.saturating_add_signed(by);
        return statements::to_card(model, index);
    }
    let index = model.list.cursor.saturating_add_signed(by);
    to(model, index)
}

/// Goes into the text of the article under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let is_empty = match model.view {
        View::Articles => model.list.total == 0,
        View::Statements => model.said.shown().total == 0,
    };
    if is_empty {
        return Vec::new();
    }
    let mut effects = keys::focus(model, Focus::Text);
    effects.extend(model.open_current());
    effects
}

pub(super) fn to(model: &mut Model, index: usize) -> Vec<Effect> {
    let entries = model.entries();
    if !model.list.move_to(index, entries) {
        return Vec::new();
    }
    model.entry = Entry::Top;
    let mut effects = model.fetch();
    effects.extend(model.open_soon());
    effects.extend(model.follow_snippets());
    effects
}

impl Model {
    /// Asks for hits that will be needed, if they are not at hand.
    pub(super) fn fetch(&mut self) -> Vec<Effect> {
        if self.view == View::Statements {
            return self.fetch_cards();
        }
        let Some(range) = self.list.missing(self.entries()) else { return Vec::new() };
        let ticket = self.ticket();
        self.list.fetching(ticket, range.clone());
        vec![Effect::Search { ticket, query: self.query(), range, anchor: None }]
    }

    /// Shows the article under the cursor when keys pause.
    pub(super) fn open_soon(&mut self) -> Vec<Effect> {
        self.timers.due = false;
        let ticket = self.ticket();
        self.timers.pause = Some(ticket);
        // A text is worth waiting for as long as the line takes to bring it, so that keys which follow one another send none.
        let pause = if self.settings.low_bandwidth { LONG_PAUSE } else { (self.timers.line / 2).clamp(PAUSE, LONG_PAUSE) };
        vec![Effect::After(ticket, pause)]
    }

    /// Asks for the article under the cursor unless it is on show or on its way; waits for the list if that is on its way itself.
    pub(super) fn open_current(&mut self) -> Vec<Effect> {
        self.timers.pause = None;
        let Some(id) = self.article_here() else {
            self.timers.due = self.view == View::Articles;
            return Vec::new();
        };
        self.timers.due = false;
        if self.is_requested() {
            return Vec::new();
        }
        self.requested = Some((id, self.query()));
        let ticket = self.ticket();
        self.timers.reading = Some(ticket);
        vec![Effect::Read(ticket, id, self.query())]
    }

    /// Whether the article under the cursor is on show or on its way.
    pub(super) fn is_requested(&self) -> bool {
        let requested = self.requested.as_ref().zip(self.article_here());
        requested.is_some_and(|((id, query), here)| *id == here && *query == self.query())
    }

    /// The article under the cursor of the list or of the cards.
    pub fn article_here(&self) -> Option<crate::domain::ArticleId> {
        match self.view {
            View::Articles => self.list.current().map(|hit| hit.id),
            View::Statements => self.card_here().map(|card| card.id.article),
        }
    }

    /// Shows no article, for there is none to show.
    pub(super) fn forget(&mut self) {
        self.timers.reading = None;
        self.timers.due = false;
        self.requested = None;
        self.reader.show(None);
        self.panel = Default::default();
    }
}

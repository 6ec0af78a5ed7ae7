//! The mouse, for those who asked for it: a click chooses, a click on what is chosen opens it, the wheel scrolls.

use super::{keys, moving, statements, text};
use crate::app::{Area, Command, Effect, Focus, Model, Panel, PanelRow, Part, Pointer, Side, View};

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Handles what the mouse did in a cell of the screen.
pub(super) fn used(model: &mut Model, pointer: Pointer, column: u16, row: u16) -> Vec<Effect> {
    model.notice = None;
    model.completing = None;
    model.timers.pressed = true;
    if model.prompt.is_some() {
        return Vec::new();
    }
    let command = match pointer {
        Pointer::WheelUp => Command::Previous,
        Pointer::WheelDown => Command::Next,
        Pointer::Click if model.help.is_some() || model.history.is_some() => return Vec::new(),
        Pointer::Click => return click(model, column, row),
    };
    if model.help.is_some() || model.history.is_some() {
        return moving::go(model, command, Some(NOTCH));
    }
    let panes = model.panes();
    if panes.text.is_some_and(|area| area.has(column, row)) {
        let rows = if command == Command::Next { NOTCH as isize } else { -(NOTCH as isize) };
        return text::scroll(model, rows);
    }
    if panes.names.is_some_and(|area| area.has(column, row)) && model.view == View::Statements {
        let at = model.said.speaker_cursor;
        statements::to_speaker(model, if command == Command::Next { at + 1 } else { at.saturating_sub(1) });
        return Vec::new();
    }
    if panes.names.is_some_and(|area| area.has(column, row)) && model.facets.on {
        let (at, rows) = (model.facets.cursor, model.facet_rows());
        let to = if command == Command::Next { at + 1 } else { at.saturating_sub(1) };
        model.facets.move_to(to, rows);
        return Vec::new();
    }
    if panes.names.is_some_and(|area| area.has(column, row)) {
        let rows = model.panel_rows();
        let to = if command == Command::Next { model.panel.cursor + 1 } else { model.panel.cursor.saturating_sub(1) };
        model.panel.move_to(to, rows);
        model.mark_chosen();
        return Vec::new();
    }
    moving::article(model, if command == Command::Next { 1 } else { -1 })
}

fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let panes = model.panes();
    let at = |area: Option<Area>| area.filter(|area| area.has(column, row));
    model.filtering = false;
    if let Some(area) = at(panes.list).filter(|_| model.view == View::Statements) {
        let n = usize::from(row.saturating_sub(area.below_title().y) / crate::app::card_rows(model.size));
        let mut effects = keys::focus(model, Focus::List);
        let index = model.said.shown().top + n;
        effects.extend(statements::to_card(model, index));
        return effects;
    }
    if let Some(area) = at(panes.names).filter(|_| model.view == View::Statements) {
        let n = usize::from(row.saturating_sub(area.below_title().y));
        let effects = keys::focus(model, Focus::Names);
        let index = model.said.speaker_top + n;
        statements::to_speaker(model, index);
        return effects;
    }
    if let Some(area) = at(panes.list) {
        let Some(n) = row.checked_sub(area.below_title().y) else { return keys::focus(model, Focus::List) };
        let index = model.list.top + usize::from(n / model.entry_rows());
        if index >= model.list.total {
            return keys::focus(model, Focus::List);
        }
        if model.focus == Focus::List && index == model.list.cursor {
            return moving::open(model);
        }
        let mut effects = keys::focus(model, Focus::List);
        effects.extend(moving::to(model, index));
        return effects;
    }
    if let Some(area) = at(panes.names).filter(|_| model.facets.on) {
        return click_facet(model, area, column, row);
    }
    if let Some(area) = at(panes.names) {
        let chosen = name_at(model, area, column, row);
        let was = (model.focus, model.panel.cursor);
        let effects = keys::focus(model, Focus::Names);
        let Some(index) = chosen else { return effects };
        if was == (Focus::Names, index) {
            return super::scope::narrow(model);
        }
        let rows = model.panel_rows();
        model.panel.move_to(index, rows);
        model.mark_chosen();
        text::show_chosen(model);
        return effects;
    }
    if let Some(area) = at(panes.text) {
        let clicked = byte_at(model, area, column, row);
        let effects = keys::focus(model, Focus::Text);
        let mentioned = clicked.and_then(|byte| model.reader.names().into_iter().find(|span| span.has(byte)));
        if mentioned.is_some() {
            model.reader.here = mentioned;
        }
        return effects;
    }
    Vec::new()
}

/// Which row of the pane of names or facets is shown in a cell; they stand in columns as in a newspaper.
fn nth_at(model: &Model, area: Area, column: u16, row: u16) -> Option<usize> {
    let inside = area.below_title();
    let columns = Panel::columns(area.width);
    let from_begin = match model.side {
        Side::Left => column - area.x,
        Side::Right => area.x + area.width - 1 - column,
    };
    let nth = (from_begin / (area.width / columns).max(1)).min(columns - 1);
    Some(usize::from(nth) * usize::from(inside.height) + usize::from(row.checked_sub(inside.y)?))
}

/// The name in a cell of their pane.
fn name_at(model: &Model, area: Area, column: u16, row: u16) -> Option<usize> {
    match model.panel.rows.get(model.panel.top + nth_at(model, area, column, row)?)? {
        PanelRow::Name(index) => Some(*index),
        PanelRow::Heading(..) => None,
    }
}

/// Goes to a facet; a click on the one under the cursor chooses it.
fn click_facet(model: &mut Model, area: Area, column: u16, row: u16) -> Vec<Effect> {
    let clicked = nth_at(model, area, column, row).map(|n| model.facets.top + n);
    let was = (model.focus, Some(model.facets.cursor));
    let effects = keys::focus(model, Focus::Names);
    let Some(index) = clicked.filter(|index| *index < model.facets.rows.len()) else { return effects };
    if was == (Focus::Names, Some(index)) {
        return super::facets::choose(model, false);
    }
    let rows = model.facet_rows();
    model.facets.move_to(index, rows);
    effects
}

/// The byte of the article that is shown in a cell of the text pane.
fn byte_at(model: &Model, area: Area, column: u16, row: u16) -> Option<usize> {
    let lines = model.reader.lines(area);
    let shown = model.reader.rows.get(model.reader.top + usize::from(row.checked_sub(lines.y)?))?;
    if !matches!(shown.part, Part::Title | Part::Body) {
        return None;
    }
    let indent = if shown.row.rtl { lines.width.saturating_sub(shown.row.width()) } else { 0 };
    shown.row.offset_at(column.checked_sub(lines.x + indent)?)
}

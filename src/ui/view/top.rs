//! The top line: the filter and the names to which the list is narrowed, always in sight, and how much is listed.

use ratatui::buffer::Buffer;

use super::input;
use crate::{
    app::{Area, Model, View},
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// Columns that the counts on the right may not take from the filter.
const FILTER_ROOM: u16 = 30;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> Option<(u16, u16)> {
    let side = model.side;
    let area = area.inside();
    let counts = counts(model);
    let room = if area.width > FILTER_ROOM { area } else { Area { width: 0, ..area } };
    let before = paint::text_at_end(buf, room, &counts, theme.style(Meaning::Muted), side);
    let area = if room.width > 0 { before.after(2, side.other()) } else { area };
    if !model.is_narrowed() && !model.filtering {
        let rest = paint::text(buf, area, "qala", theme.style(Meaning::Focus), side);
        paint::text(buf, rest.after(2, side), &model.title, theme.style(Meaning::Muted), side);
        return None;
    }
    // While typing, the filter comes first; what it is typed into must not be pushed off the line by names.
    let (caret, mut rest) = filter(model, theme, area, buf);
    if let (View::Statements, Some(speaker)) = (model.view, &model.said.speaker) {
        rest = paint::text(buf, rest.after(2, side), "by:", theme.style(Meaning::Muted), side);
        rest = paint::text(buf, rest.after(1, side), &speaker.name, theme.style(kind_meaning(speaker.kind)), side);
    }
    for topic in &model.topics {
        rest = paint::text(buf, rest.after(2, side), "about:", theme.style(Meaning::Muted), side);
        rest = paint::text(buf, rest.after(1, side), &topic.name, theme.style(kind_meaning(topic.kind)), side);
    }
    caret
}

/// Paints the filter.
fn filter(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if model.filter.is_empty() && !model.filtering {
        return (None, area);
    }
    let side = model.side;
    let rest = paint::text(buf, area, "/", theme.style(Meaning::Focus), side);
    if !model.filtering {
        return (None, paint::text(buf, rest, model.filter.text(), theme.style(Meaning::Title), side));
    }
    let look = if model.renewing { Meaning::Selection } else { Meaning::Title };
    input::draw_as(&model.filter, theme.style(look), rest, side, buf)
}

/// How many statements are listed, and how many are left out for want of a date.
fn statements(model: &Model) -> String {
    let cards = &model.said.cards;
    let undated = if cards.undated > 0 { format!(" (+{} undated)", cards.undated) } else { String::new() };
    match (cards.loaded, cards.total) {
        (false, _) => "counting …".to_owned(),
        (true, 1) => format!("1 statement{undated}"),
        (true, total) => format!("{total} statements{undated}"),
    }
}

fn counts(model: &Model) -> String {
    let of = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    if model.view == View::Statements {
        return statements(model);
    }
    match (model.list.loaded, model.is_narrowed()) {
        (false, _) => "opening …".to_owned(),
        (true, false) => of(model.list.total),
        (true, true) => format!("{} of {}", model.list.total, of(model.articles)),
    }
}

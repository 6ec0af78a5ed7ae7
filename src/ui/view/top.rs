//! The top line: the filter and the names to which the list is narrowed, always in sight, and how much is listed.

use ratatui::buffer::Buffer;

use super::input;
use crate::{
    app::{Area, Model, Side, View},
    query,
    text::{Span, layout::Row},
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// Columns that the counts on the right may not take from the filter.
const FILTER_ROOM: u16 = 30;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> Option<(u16, u16)> {
    let side = model.side;
    let (area, counts) = divided(model, area);
    if let Some(room) = counts {
        paint::text_at_end(buf, room, &self::counts(model), theme.style(Meaning::Muted), side);
    }
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

/// The line without the counts, and the whole of it where they have room.
fn divided(model: &Model, area: Area) -> (Area, Option<Area>) {
    let area = area.inside();
    let taken = paint::line(&counts(model), u16::MAX).width();
    match area.width > FILTER_ROOM && taken <= area.width {
        true => (area.after(taken + 2, model.side.other()), Some(area)),
        false => (area, None),
    }
}

/// The edge at which a part of the filter begins that starts at this byte, and on which side of it the part lies.
pub(super) fn edge(model: &Model, at: usize) -> (u16, Side) {
    let area = divided(model, model.panes().top).0;
    input::edge(&model.filter, row(model, u16::MAX), at, area.after(1, model.side), model.side)
}

/// The filter in so many columns.
fn row(model: &Model, width: u16) -> Row {
    query::row(model.filter.text(), width, &paint::options())
}

/// Paints the filter, with what is wrong in it marked.
fn filter(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if model.filter.is_empty() && !model.filtering {
        return (None, area);
    }
    let side = model.side;
    let rest = paint::text(buf, area, "/", theme.style(Meaning::Focus), side);
    let problems = model.problems();
    let look = theme.style(if model.renewing { Meaning::Selection } else { Meaning::Title });
    let look = |src: Span| match problems.iter().any(|problem| problem.span.overlaps(src)) {
        true => theme.style(Meaning::Fault),
        false => look,
    };
    if !model.filtering {
        let row = row(model, rest.width);
        let place = rest.first(row.width(), side);
        paint::row_at(buf, place.x, place.y, place.width, &row, look);
        return (None, rest.after(row.width(), side));
    }
    input::draw_as(&model.filter, row(model, u16::MAX), look, rest, side, buf)
}

/// How many statements are listed, and how many are left out for want of a date.
fn statements(model: &Model) -> String {
    let cards = &model.said.cards;
    let undated = if cards.undated > 0 { format!(" (+{} undated)", cards.undated) } else { String::new() };
    match (cards.loaded, cards.total) {
        (false, _) => "counting …".to_owned(),
        (true, 1) if !cards.at_least => format!("1 statement{undated}"),
        (true, _) => format!("{} statements{undated}", cards.counted()),
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
        (true, true) => format!("{} of {}", model.list.counted(), of(model.articles)),
    }
}

//! The names pane: persons, places and bodies of the article on show, with how often each is mentioned.

use ratatui::buffer::Buffer;

use super::{cursor_bar, line_of, pane_title};
use crate::{
    app::{Area, Focus, Model, Panel, PanelRow},
    domain::Kind,
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// Columns of the counts, with the blank after them.
const COUNT: u16 = 4;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let panel = &model.panel;
    pane_title(model, theme, Focus::Names, area, "Names", "", buf);
    let inside = area.below_title().inside();
    if panel.names.is_empty() {
        if model.reader.reading.is_some() {
            paint::text(buf, inside, "no names found", theme.style(Meaning::Muted), model.side);
        }
        return;
    }
    let (columns, height) = (Panel::columns(area.width), usize::from(inside.height).max(1));
    let width = area.width / columns;
    for (n, row) in panel.rows.iter().skip(panel.top).take(height * usize::from(columns)).enumerate() {
        let column = u16::try_from(n / height).unwrap_or(u16::MAX);
        let line = line_of(inside, n % height);
        // The column before each name is the cursor's.
        let line = Area { x: area.x, width: area.width, ..line }.after(column * width, model.side).first(width, model.side);
        match row {
            PanelRow::Heading(kind, count) => heading(model, theme, (*kind, *count), line.inside(), buf),
            PanelRow::Name(index) => name(model, theme, *index, line, buf),
        }
    }
}

fn heading(model: &Model, theme: &Theme, (kind, count): (Kind, usize), line: Area, buf: &mut Buffer) {
    let rest = paint::text(buf, line, plural(kind), theme.style(Meaning::Title), model.side);
    paint::text(buf, rest.after(1, model.side), &count.to_string(), theme.style(Meaning::Muted), model.side);
}

fn name(model: &Model, theme: &Theme, index: usize, line: Area, buf: &mut Buffer) {
    let named = &model.panel.names[index];
    let is_chosen = model.focus == Focus::Names && index == model.panel.cursor;
    let look = theme.style(kind_meaning(named.kind));
    let look = if is_chosen { look.patch(theme.style(Meaning::Selection)) } else { look };
    if is_chosen {
        cursor_bar(model, theme, line, buf);
    }
    let line = line.inside();
    let count = line.first(COUNT - 1, model.side);
    paint::text_at_end(buf, count, &named.mentions.to_string(), theme.style(Meaning::Muted), model.side);
    let line = line.after(COUNT, model.side);
    paint::row(buf, line, &paint::line(&named.name, line.width), |_| look);
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "People",
        Kind::Place => "Places",
        Kind::Organisation => "Organisations",
        Kind::Event => "Events",
        Kind::Document => "Papers",
        Kind::Date => "Dates",
    }
}

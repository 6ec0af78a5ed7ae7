//! The names pane: persons, places and bodies of the article on show, with how often each is mentioned.

use ratatui::buffer::Buffer;

use super::{line_of, pane_title, skip};
use crate::{
    app::{Area, Focus, Model, PanelRow},
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
            paint::text(buf, inside, "no names found", theme.style(Meaning::Muted));
        }
        return;
    }
    let visible = panel.rows.iter().skip(panel.top).take(usize::from(inside.height));
    for (n, row) in visible.enumerate() {
        let line = line_of(inside, n);
        match row {
            PanelRow::Heading(kind, count) => {
                let rest = paint::text(buf, line, plural(*kind), theme.style(Meaning::Title));
                paint::text(buf, skip(rest, 1), &count.to_string(), theme.style(Meaning::Muted));
            }
            PanelRow::Name(index) => {
                let named = &panel.names[*index];
                let is_chosen = model.focus == Focus::Names && *index == panel.cursor;
                paint::text_right(
                    buf,
                    Area { width: (COUNT - 1).min(line.width), ..line },
                    &named.mentions.to_string(),
                    theme.style(Meaning::Muted),
                );
                let name = skip(line, COUNT);
                let look = theme.style(kind_meaning(named.kind));
                let look = if is_chosen { look.patch(theme.style(Meaning::Selection)) } else { look };
                if is_chosen {
                    paint::fill(buf, Area { x: area.x, width: area.width.min(1), ..line }, "▌", theme.style(Meaning::Focus));
                }
                paint::row(buf, name, &paint::line(&named.name, name.width), |_| look);
            }
        }
    }
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

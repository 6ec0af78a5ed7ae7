//! The top line: the filter and the names to which the list is narrowed, always in sight, and how much is listed.

use ratatui::buffer::Buffer;

use super::{input, skip};
use crate::{
    app::{Area, Model},
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// Columns that the counts on the right may not take from the filter.
const FILTER_ROOM: u16 = 30;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> Option<(u16, u16)> {
    let area = area.inside();
    let counts = counts(model);
    let room = if area.width > FILTER_ROOM { area } else { Area { width: 0, ..area } };
    let right = paint::text_right(buf, room, &counts, theme.style(Meaning::Muted));
    let area = if room.width > 0 { Area { width: right.width.saturating_sub(2), ..area } } else { area };
    if !model.is_narrowed() && !model.filtering {
        let rest = paint::text(buf, area, "qala", theme.style(Meaning::Focus));
        paint::text(buf, skip(rest, 2), &model.title, theme.style(Meaning::Muted));
        return None;
    }
    // While typing, the filter comes first; what it is typed into must not be pushed off the line by names.
    let (caret, mut rest) = filter(model, theme, area, buf);
    for topic in &model.topics {
        rest = skip(rest, 2);
        rest = paint::text(buf, rest, "about: ", theme.style(Meaning::Muted));
        rest = paint::text(buf, rest, &topic.name, theme.style(kind_meaning(topic.kind)));
    }
    caret
}

/// Paints the filter.
fn filter(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if model.filter.is_empty() && !model.filtering {
        return (None, area);
    }
    let rest = paint::text(buf, area, "/", theme.style(Meaning::Focus));
    if !model.filtering {
        return (None, paint::text(buf, rest, model.filter.text(), theme.style(Meaning::Title)));
    }
    input::draw(&model.filter, theme, rest, buf)
}

fn counts(model: &Model) -> String {
    let of = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    match (model.list.loaded, model.is_narrowed()) {
        (false, _) => "opening …".to_owned(),
        (true, false) => of(model.list.total),
        // Nothing has told yet how many there are in all.
        (true, true) if model.articles < model.list.total => of(model.list.total),
        (true, true) => format!("{} of {}", model.list.total, of(model.articles)),
    }
}

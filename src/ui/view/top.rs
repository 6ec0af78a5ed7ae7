//! The top line: the filter and the names to which the list is narrowed, always in sight, and how much is listed.

use ratatui::buffer::Buffer;

use super::skip;
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

/// Paints the filter; while it is edited, scrolls it so that the caret is in sight.
fn filter(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if model.filter.is_empty() && !model.filtering {
        return (None, area);
    }
    let rest = paint::text(buf, area, "/", theme.style(Meaning::Focus));
    if !model.filtering {
        return (None, paint::text(buf, rest, model.filter.text(), theme.style(Meaning::Title)));
    }
    if rest.width < 2 || rest.height == 0 {
        return (None, rest);
    }
    let row = paint::line(model.filter.text(), u16::MAX);
    // The caret of right-to-left text stands left of its last letter, so the text begins one cell in.
    let caret = row.caret(model.filter.caret());
    let cell = u16::try_from(caret.cell() + 1).unwrap_or(0);
    let first = (cell + 1).saturating_sub(rest.width);
    for (columns, cluster) in row.placed() {
        let start = columns.start + 1;
        if start >= first && columns.end + 1 - first <= rest.width {
            paint::put(buf, rest.x + start - first, rest.y, &cluster.text, cluster.width, theme.style(Meaning::Title));
        }
    }
    let used = (row.width() + 2).saturating_sub(first).min(rest.width);
    (Some((rest.x + cell - first, rest.y)), skip(rest, used))
}

fn counts(model: &Model) -> String {
    let of = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    match (model.list.loaded, model.is_narrowed()) {
        (false, _) => "opening …".to_owned(),
        (true, false) => of(model.list.total),
        (true, true) => format!("{} of {}", model.list.total, of(model.articles)),
    }
}

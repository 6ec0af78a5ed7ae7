//! The top line: the filter and the names to which the list is narrowed, always in sight, and how much is listed.

use ratatui::buffer::Buffer;

use crate::{
    app::{Area, Model},
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
    for topic in &model.topics {
        rest = paint::text(buf, rest.after(2, side), "about:", theme.style(Meaning::Muted), side);
        rest = paint::text(buf, rest.after(1, side), &topic.name, theme.style(kind_meaning(topic.kind)), side);
    }
    caret
}

/// Paints the filter; while it is edited, scrolls it so that the caret is in sight.
fn filter(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if model.filter.is_empty() && !model.filtering {
        return (None, area);
    }
    let side = model.side;
    let rest = paint::text(buf, area, "/", theme.style(Meaning::Focus), side);
    if !model.filtering {
        return (None, paint::text(buf, rest, model.filter.text(), theme.style(Meaning::Title), side));
    }
    if rest.width < 2 || rest.height == 0 {
        return (None, rest);
    }
    let row = paint::line(model.filter.text(), u16::MAX);
    // The caret of right-to-left text stands left of its last letter, so the text begins one cell in.
    let caret = row.caret(model.filter.caret());
    let cell = u16::try_from(caret.cell() + 1).unwrap_or(0);
    let first = (cell + 1).saturating_sub(rest.width);
    let used = (row.width() + 2).saturating_sub(first).min(rest.width);
    let x = rest.first(used, side).x;
    for (columns, cluster) in row.placed() {
        let start = columns.start + 1;
        if start >= first && columns.end + 1 - first <= rest.width {
            paint::put(buf, x + start - first, rest.y, &cluster.text, cluster.width, theme.style(Meaning::Title));
        }
    }
    (Some((x + cell - first, rest.y)), rest.after(used, side))
}

fn counts(model: &Model) -> String {
    let of = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    match (model.list.loaded, model.is_narrowed()) {
        (false, _) => "opening …".to_owned(),
        (true, false) => of(model.list.total),
        (true, true) => format!("{} of {}", model.list.total, of(model.articles)),
    }
}

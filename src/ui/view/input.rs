//! A line that is being typed, with the caret at its visual place; it scrolls so that the caret is in sight.

use ratatui::{buffer::Buffer, style::Style};

use crate::{
    app::{Area, Input, Side},
    ui::{Meaning, Theme, paint},
};

/// Paints the line from the edge of `area` on `side`; returns the cell of the caret and the area behind the line.
pub(super) fn draw(input: &Input, theme: &Theme, area: Area, side: Side, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    draw_as(input, theme.style(Meaning::Title), area, side, buf)
}

/// The same in a look of its own.
pub(super) fn draw_as(input: &Input, look: Style, area: Area, side: Side, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    if area.width < 2 || area.height == 0 {
        return (None, area);
    }
    let row = paint::line(input.text(), u16::MAX);
    // The caret of right-to-left text stands left of its last letter, so the text begins one cell in.
    let caret = row.caret(input.caret());
    let cell = u16::try_from(caret.cell() + 1).unwrap_or(0);
    let first = (cell + 1).saturating_sub(area.width);
    let used = (row.width() + 2).saturating_sub(first).min(area.width);
    let x = area.first(used, side).x;
    for (columns, cluster) in row.placed() {
        let start = columns.start + 1;
        if start >= first && columns.end + 1 - first <= area.width {
            paint::put(buf, x + start - first, area.y, &cluster.text, cluster.width, look);
        }
    }
    (Some((x + cell - first, area.y)), area.after(used, side))
}

//! A line that is being typed, with the caret at its visual place; it scrolls so that the caret is in sight.

use ratatui::{buffer::Buffer, style::Style};

use crate::{
    app::{Area, Input, Side},
    text::{Span, layout::Row},
    ui::{Meaning, Theme, paint},
};

/// Paints the line from the edge of `area` on `side`; returns the cell of the caret and the area behind the line.
pub(super) fn draw(input: &Input, theme: &Theme, area: Area, side: Side, buf: &mut Buffer) -> (Option<(u16, u16)>, Area) {
    draw_as(input, paint::line(input.text(), u16::MAX), |_| theme.style(Meaning::Title), area, side, buf)
}

/// The same laid out in a way of its own, and with a look for each part.
pub(super) fn draw_as(
    input: &Input,
    row: Row,
    look: impl Fn(Span) -> Style,
    area: Area,
    side: Side,
    buf: &mut Buffer,
) -> (Option<(u16, u16)>, Area) {
    if area.width < 2 || area.height == 0 {
        return (None, area);
    }
    let Placed { row, caret, first, used, x } = Placed::of(input, row, area, side);
    for (columns, cluster) in row.placed() {
        let start = columns.start + 1;
        if start >= first && columns.end + 1 - first <= area.width {
            paint::put(buf, x + start - first, area.y, &cluster.text, cluster.width, look(cluster.src));
        }
    }
    (Some((x + caret - first, area.y)), area.after(used, side))
}

/// The edge at which a part of the line begins that starts at this byte, and on which side of it the part lies.
pub(super) fn edge(input: &Input, row: Row, at: usize, area: Area, side: Side) -> (u16, Side) {
    let Placed { row, first, x, .. } = Placed::of(input, row, area, side);
    let edge = row.caret(at).edge + 1;
    let edge = (x + edge.saturating_sub(first)).min(area.x + area.width);
    (edge, if row.rtl { Side::Right } else { Side::Left })
}

/// Where the line stands.
struct Placed {
    row: Row,
    /// The column of the caret in the line.
    caret: u16,
    /// The first column in sight.
    first: u16,
    /// How many are in sight.
    used: u16,
    /// The column of the screen where they begin.
    x: u16,
}

impl Placed {
    fn of(input: &Input, row: Row, area: Area, side: Side) -> Placed {
        // The caret of right-to-left text stands left of its last letter, so the text begins one cell in.
        let caret = u16::try_from(row.caret(input.caret()).cell() + 1).unwrap_or(0);
        let first = (caret + 1).saturating_sub(area.width);
        let used = (row.width() + 2).saturating_sub(first).min(area.width);
        let x = area.first(used, side).x;
        Placed { row, caret, first, used, x }
    }
}

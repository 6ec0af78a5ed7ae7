//! Painting cells: the only place where text becomes symbols of the screen.
//!
//! Rows come from [`crate::text::layout`] in visual order, one grapheme a cluster, so they are painted cell by cell. Nothing else
//! may measure or align them: widths of whole strings differ from the sum of their cells where Arabic letters join.

use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::{
    buffer::{Buffer, CellDiffOption, CellWidth},
    style::{Modifier, Style},
};

use crate::{
    app::{Area, Side},
    text::{
        Span, clean_line,
        layout::{self, Row},
    },
};

/// Paints one symbol; what lies outside the buffer, or could move the terminal's cursor, is not let through. Nothing of what was
/// painted there before shines through, so that what opens over a marked text is not marked itself.
pub(super) fn put(buf: &mut Buffer, x: u16, y: u16, symbol: &str, width: u8, style: Style) {
    let right = x.saturating_add(u16::from(width));
    if right > buf.area.right() {
        return;
    }
    let Some(cell) = buf.cell_mut((x, y)) else { return };
    let is_safe = !symbol.chars().any(|c| c.is_control() || crate::text::clean::is_unsafe(c));
    let symbol = if is_safe && width > 0 { symbol } else { "\u{FFFD}" };
    let style = legible(style);
    cell.reset();
    cell.set_symbol(symbol).set_style(style);
    // Where ratatui would count other cells than the layout did, the layout is right.
    if symbol.cell_width() != u16::from(width)
        && let Some(width) = std::num::NonZeroU16::new(u16::from(width))
    {
        cell.diff_option = CellDiffOption::ForcedWidth(width);
    }
    for covered in x + 1..right {
        if let Some(cell) = buf.cell_mut((covered, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Reversed letters are not bold: PuTTY and others show bold as brighter, and the black letters of a reversed cell would be grey on
/// what marks them.
fn legible(style: Style) -> Style {
    match style.add_modifier.contains(Modifier::REVERSED) {
        true => style.remove_modifier(Modifier::BOLD),
        false => style,
    }
}

/// Paints a row from `x` on, within `width` columns; `style_of` gives each cluster its look by the bytes it stands for.
pub(super) fn row_at(buf: &mut Buffer, x: u16, y: u16, width: u16, row: &Row, style_of: impl Fn(Span) -> Style) {
    let mut column = 0;
    for cluster in &row.clusters {
        let next = column + u16::from(cluster.width);
        if next > width {
            return;
        }
        put(buf, x + column, y, &cluster.text, cluster.width, style_of(cluster.src));
        column = next;
    }
}

/// Paints a row into the first line of `area`, on the side on which its text begins.
pub(super) fn row(buf: &mut Buffer, area: Area, row: &Row, style_of: impl Fn(Span) -> Style) {
    if area.height == 0 {
        return;
    }
    let indent = if row.rtl { area.width.saturating_sub(row.width()) } else { 0 };
    row_at(buf, area.x + indent, area.y, area.width - indent, row, style_of);
}

/// Paints one line of text from the edge of `area` on `side`, cut short where it must be; returns the area behind it.
pub(super) fn text(buf: &mut Buffer, area: Area, text: &str, style: Style, side: Side) -> Area {
    if area.width == 0 || area.height == 0 {
        return area;
    }
    let row = line(text, area.width);
    let place = area.first(row.width(), side);
    row_at(buf, place.x, place.y, place.width, &row, |_| style);
    area.after(row.width(), side)
}

/// Paints one line of text at the far edge of `area`, seen from `side`, if there is room for it; returns the area before it.
pub(super) fn text_at_end(buf: &mut Buffer, area: Area, words: &str, style: Style, side: Side) -> Area {
    if line(words, u16::MAX).width() > area.width {
        return area;
    }
    text(buf, area, words, style, side.other())
}

/// Lays out one line of text that may hold anything.
pub(super) fn line(text: &str, width: u16) -> Row {
    layout::line(&clean_line(text), width, &options())
}

/// Whether letters take their joined forms. The font has them or not, and there is one font as there is one terminal.
static JOINED: AtomicBool = AtomicBool::new(true);

/// Paints letters in their joined forms from now on, or plain.
pub(super) fn join_letters(joined: bool) {
    JOINED.store(joined, Ordering::Relaxed);
}

/// How text is laid out that is no article's.
pub(super) fn options() -> layout::Options {
    layout::Options { shaping: JOINED.load(Ordering::Relaxed), ..layout::Options::default() }
}

/// Paints the whole of `area` with one symbol.
pub(super) fn fill(buf: &mut Buffer, area: Area, symbol: &str, style: Style) {
    for y in area.y..area.y + area.height {
        for x in area.x..area.x + area.width {
            put(buf, x, y, symbol, 1, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::{layout::Rect, style::Color};

    proptest! {
        #[test]
        fn no_cell_holds_what_could_move_the_cursor(symbol in any::<String>(), x in 0u16..12, width in 0u8..4) {
            let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
            put(&mut buf, x, 0, &symbol, width, Style::new());
            let painted: String = buf.content.iter().map(|cell| cell.symbol()).collect();
            let drives = |c: char| c.is_control() || matches!(c, '\u{202D}' | '\u{202E}');
            prop_assert!(!painted.contains(drives));
        }
    }

    #[test]
    fn what_is_painted_over_does_not_shine_through() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        let below = Style::new().bg(Color::Blue).add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
        fill(&mut buf, Area { x: 0, y: 0, width: 3, height: 1 }, "x", below);
        fill(&mut buf, Area { x: 0, y: 0, width: 3, height: 1 }, " ", Style::new());
        put(&mut buf, 1, 0, "y", 1, Style::new().fg(Color::Red));
        let mut expected = Buffer::with_lines([" y "]);
        expected[(1, 0)].set_style(Style::new().fg(Color::Red));
        assert_eq!(buf, expected);
    }

    #[test]
    fn reversed_letters_are_not_bold() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 2, 1));
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(&mut buf, 0, 0, "a", 1, bold);
        put(&mut buf, 1, 0, "b", 1, bold.patch(Style::new().add_modifier(Modifier::REVERSED)));
        assert_eq!([buf[(0, 0)].modifier, buf[(1, 0)].modifier], [Modifier::BOLD, Modifier::REVERSED]);
    }

    #[test]
    fn a_wide_symbol_is_not_cut_in_half() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        put(&mut buf, 0, 0, "話", 2, Style::new());
        put(&mut buf, 2, 0, "話", 2, Style::new());
        assert_eq!(buf, Buffer::with_lines(["話 "]));
    }
}

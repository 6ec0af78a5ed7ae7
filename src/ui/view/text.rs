//! The text pane: the article on show with all that is marked in it.

use ratatui::{buffer::Buffer, style::Style};

use super::{line_of, pane_title};
use crate::{
    app::{Area, Focus, Mark, Model, Part, TextRow},
    text::Span,
    ui::{Meaning, Theme, paint},
};

/// Paints the pane; returns the cell of the end of the passage that is being selected.
pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) -> Option<(u16, u16)> {
    let reader = &model.reader;
    pane_title(model, theme, Focus::Text, area, "Text", &place(model), buf);
    let column = reader.lines(area);
    let visible = reader.rows.iter().skip(reader.top).take(usize::from(column.height));
    for (n, row) in visible.enumerate() {
        text_row(model, theme, row, line_of(column, n), buf);
        if is_said(model, row) {
            bar(theme, row, line_of(column, n), buf);
        }
    }
    let (row, at) = reader.caret().filter(|(row, at)| *row < usize::from(column.height) && *at < column.width)?;
    Some((column.x + at, column.y + u16::try_from(row).ok()?))
}

/// Whether a row holds words that somebody said.
fn is_said(model: &Model, row: &TextRow) -> bool {
    matches!(row.part, Part::Title | Part::Body)
        && model.reader.marks_in(row.row.src).iter().any(|marked| marked.mark == Mark::Quote)
}

/// Paints a bar into the blank column before a row, so that what was said stands out without colour too.
fn bar(theme: &Theme, row: &TextRow, line: Area, buf: &mut Buffer) {
    let x = if row.row.rtl { line.x + line.width } else { line.x.saturating_sub(1) };
    paint::fill(buf, Area { x, width: 1, ..line }, "┃", theme.style(Meaning::Muted));
}

fn text_row(model: &Model, theme: &Theme, row: &TextRow, line: Area, buf: &mut Buffer) {
    let ground = match row.part {
        Part::Title => theme.style(Meaning::Text).patch(theme.style(Meaning::Title)),
        Part::Byline | Part::Note => theme.style(Meaning::Muted),
        Part::Body | Part::Blank => theme.style(Meaning::Text),
    };
    let marks = match row.part {
        Part::Title | Part::Body => model.reader.marks_in(row.row.src),
        Part::Byline | Part::Note | Part::Blank => Vec::new(),
    };
    let style_of = |src: Span| -> Style {
        let over = marks.iter().filter(|marked| marked.span.overlaps(src));
        over.fold(ground, |style, marked| style.patch(theme.mark(marked.mark)))
    };
    paint::row(buf, line, &row.row, style_of);
}

/// How far the text is read, and which hit the reader stands on.
fn place(model: &Model) -> String {
    let reader = &model.reader;
    let hits = reader.hits().len();
    let hit = match reader.hit_here() {
        _ if hits == 0 => None,
        Some(n) => Some(format!("hit {n}/{hits}")),
        None if hits == 1 => Some("1 hit".to_owned()),
        None => Some(format!("{hits} hits")),
    };
    let selected = reader.selected().zip(reader.reading.as_deref()).map(|(span, reading)| {
        let words = crate::text::words(span.of(&reading.article.text)).len();
        if words == 1 { "1 word selected".to_owned() } else { format!("{words} words selected") }
    });
    let read = match reader.rows.len().saturating_sub(reader.height()) {
        0 => None,
        _ if reader.is_at_end() => Some("end".to_owned()),
        last => Some(format!("{}%", reader.top * 100 / last)),
    };
    [read, hit, selected].into_iter().flatten().collect::<Vec<String>>().join("  ")
}

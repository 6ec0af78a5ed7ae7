//! The passage that is being selected: two ends in the text, of which one moves.
//!
//! Words, lines and paragraphs are walked in the order of the text; left and right go where they point, on lines from right to left
//! and in mixed ones too. What is selected is one stretch of the text, which may be several on the screen.

use std::ops::Range;

use super::{Part, Reader, TextRow};
use crate::text::{Span, Splitter, layout::Cluster};

/// The two ends: bytes of the article at which symbols on the screen begin. Both symbols belong to the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub fixed: u32,
    /// The end that moves.
    pub caret: u32,
    /// The column that it holds to when it goes from row to row.
    column: Option<u16>,
}

/// A way in which the moving end goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the symbol on the left.
    Left,
    /// To the symbol on the right.
    Right,
    /// To the beginning of the next word.
    NextWord,
    /// To the end of this word, or of the next one.
    WordEnd,
    /// To the beginning of this word, or of the one before.
    PreviousWord,
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// So many rows down, or up.
    Rows(isize),
    /// To the beginning of the next paragraph.
    NextParagraph,
    /// To the beginning of this paragraph, or of the one before.
    PreviousParagraph,
    /// To the beginning of the article.
    First,
    /// To its end.
    Last,
}

impl Reader {
    /// What is selected.
    pub fn selected(&self) -> Option<Span> {
        let Selection { fixed, caret, .. } = self.selection?;
        let (start, end) = (self.cluster(fixed.min(caret))?.src, self.cluster(fixed.max(caret))?.src);
        Some(Span { start: start.start, end: end.end })
    }

    /// The row and column, both counted from the first row of the text pane, at which the moving end stands.
    pub fn caret(&self) -> Option<(usize, u16)> {
        let (row, columns) = self.place(self.selection?.caret)?;
        Some((row.checked_sub(self.top)?, columns.start))
    }

    /// Begins to select: all of the place where the reader stands, else the first word in sight. Says whether there is a text.
    pub(super) fn select(&mut self) -> bool {
        let in_sight = || {
            let rows = self.rows.iter().skip(self.top).take(self.height().max(1)).filter(|row| is_text(row));
            let nearest = || self.rows.iter().skip(self.top).find(|row| is_text(row));
            rows.min_by_key(|row| row.part == Part::Title).or_else(nearest).and_then(begin)
        };
        let ends = match self.here {
            Some(here) => self.settled(here.start).zip(self.last_in(here)),
            None => in_sight().map(|at| (at, at)),
        };
        self.selection = ends.map(|(fixed, caret)| Selection { fixed, caret, column: None });
        self.reveal_caret();
        self.selection.is_some()
    }

    /// Moves the moving end; at the ends of the text it stays.
    pub(super) fn extend(&mut self, motion: Motion) {
        let Some(selection) = self.selection else { return };
        let caret = selection.caret;
        let column = selection.column.or_else(|| Some(self.place(caret)?.1.start));
        let to = match motion {
            Motion::Left => self.beside(caret, false),
            Motion::Right => self.beside(caret, true),
            Motion::NextWord => self.word_after(caret),
            Motion::WordEnd => self.word_end(caret),
            Motion::PreviousWord => self.word_before(caret),
            Motion::RowStart => self.row(caret).and_then(begin),
            Motion::RowEnd => self.row(caret).and_then(end),
            Motion::Rows(by) => self.rows_on(caret, by, column),
            Motion::NextParagraph => self.paragraph_after(caret),
            Motion::PreviousParagraph => self.paragraph_before(caret),
            Motion::First => self.rows.iter().find(|row| is_text(row)).and_then(begin),
            Motion::Last => self.rows.iter().rfind(|row| is_text(row)).and_then(end),
        };
        let column = column.filter(|_| matches!(motion, Motion::Rows(_)));
        self.selection = Some(Selection { caret: to.unwrap_or(caret), column, ..selection });
        self.reveal_caret();
    }

    /// Lets the other end move.
    pub(super) fn swap_ends(&mut self) {
        self.selection = self.selection.map(|old| Selection { fixed: old.caret, caret: old.fixed, column: None });
        self.reveal_caret();
    }

    /// Selects the whole paragraph in which the moving end stands.
    pub(super) fn select_paragraph(&mut self) {
        let Some(selection) = self.selection else { return };
        let paragraph = self.paragraph(selection.caret);
        let ends = paragraph.and_then(|span| self.settled(span.start).zip(self.last_in(span)));
        self.selection = ends.map(|(fixed, caret)| Selection { fixed, caret, column: None }).or(Some(selection));
        self.reveal_caret();
    }

    fn reveal_caret(&mut self) {
        let Some((row, _)) = self.selection.and_then(|selection| self.place(selection.caret)) else { return };
        let height = self.height().max(1);
        if row < self.top {
            self.scroll_to(row);
        } else if row >= self.top + height {
            self.scroll_to(row + 1 - height);
        }
    }

    fn text(&self) -> &str {
        self.reading.as_ref().map_or("", |reading| reading.article.text.as_str())
    }

    fn row(&self, byte: u32) -> Option<&TextRow> {
        self.rows.get(self.row_of(Span { start: byte, end: byte })?)
    }

    fn cluster(&self, byte: u32) -> Option<&Cluster> {
        self.row(byte)?.row.clusters.iter().find(|cluster| cluster.src.has(byte as usize))
    }

    /// The row of a byte and the columns of its symbol, counted from the left edge of the lines.
    fn place(&self, byte: u32) -> Option<(usize, Range<u16>)> {
        let index = self.row_of(Span { start: byte, end: byte })?;
        let row = &self.rows[index];
        let (columns, indent) = (row.row.columns_of(byte as usize)?, self.indent(row));
        Some((index, columns.start + indent..columns.end + indent))
    }

    /// How far from the left edge of the lines a row begins.
    fn indent(&self, row: &TextRow) -> u16 {
        if row.row.rtl { self.columns().saturating_sub(row.row.width()) } else { 0 }
    }

    /// The beginning of the symbol that shows a byte, if one does.
    fn settled(&self, byte: u32) -> Option<u32> {
        Some(self.cluster(byte)?.src.start)
    }

    /// The beginning of the last symbol of a stretch that is shown.
    fn last_in(&self, span: Span) -> Option<u32> {
        let inside = span.of(self.text()).char_indices().rev();
        inside.filter_map(|(at, c)| (!c.is_whitespace()).then_some(span.start + at as u32)).find_map(|at| self.settled(at))
    }

    /// The symbol on the left or right; over the edge, the one at which reading goes on that way.
    fn beside(&self, caret: u32, right: bool) -> Option<u32> {
        let index = self.row_of(Span { start: caret, end: caret })?;
        let row = &self.rows[index].row;
        let at = row.clusters.iter().position(|cluster| cluster.src.has(caret as usize))?;
        let beside = if right { row.clusters.get(at + 1) } else { at.checked_sub(1).and_then(|at| row.clusters.get(at)) };
        if let Some(cluster) = beside {
            return Some(cluster.src.start);
        }
        let next = if row.rtl == right {
            self.rows[..index].iter().rfind(|row| is_text(row))
        } else {
            self.rows[index + 1..].iter().find(|row| is_text(row))
        }?;
        let edge = if right { next.row.clusters.first() } else { next.row.clusters.last() };
        edge.map(|cluster| cluster.src.start)
    }

    fn word_after(&self, caret: u32) -> Option<u32> {
        let starts = words(self.text(), caret).map(|word| word.start).filter(|start| *start > caret);
        starts.filter_map(|start| self.settled(start)).find(|start| *start > caret)
    }

    fn word_end(&self, caret: u32) -> Option<u32> {
        words(self.text(), caret).filter_map(|word| self.last_in(word)).find(|last| *last > caret)
    }

    fn word_before(&self, caret: u32) -> Option<u32> {
        let text = self.text();
        let mut end = caret as usize;
        while end > 0 {
            let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
            let before = words(&text[..end], start as u32).filter_map(|word| self.settled(word.start));
            if let Some(last) = before.filter(|at| *at < caret).last() {
                return Some(last);
            }
            end = start.saturating_sub(1);
        }
        None
    }

    /// The symbol nearest to a column, so many rows of text on.
    fn rows_on(&self, caret: u32, by: isize, column: Option<u16>) -> Option<u32> {
        let index = self.row_of(Span { start: caret, end: caret })?;
        let with_text = self.rows.iter().enumerate().filter(|(_, row)| is_text(row));
        let indices: Vec<usize> = with_text.map(|(at, _)| at).collect();
        let at = indices.iter().position(|at| *at == index)?.saturating_add_signed(by).min(indices.len() - 1);
        let row = &self.rows[indices[at]];
        let (column, indent) = (column?, self.indent(row));
        let distance = |columns: &Range<u16>| (columns.start + indent).abs_diff(column);
        let nearest = row.row.placed().min_by_key(|(columns, _)| distance(columns));
        nearest.map(|(_, cluster)| cluster.src.start)
    }

    /// The paragraph of a byte: what lies between two line ends.
    fn paragraph(&self, byte: u32) -> Option<Span> {
        let (text, at) = (self.text(), byte as usize);
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        Some(Span::new(start, end))
    }

    fn paragraph_after(&self, caret: u32) -> Option<u32> {
        let index = self.row_of(Span { start: caret, end: caret })?;
        let here = self.paragraph(caret)?;
        let after = self.rows[index + 1..].iter().filter(|row| is_text(row)).find(|row| !here.contains(row.row.src));
        match after {
            Some(row) => begin(row),
            None => self.rows.iter().rfind(|row| is_text(row)).and_then(end),
        }
    }

    fn paragraph_before(&self, caret: u32) -> Option<u32> {
        let first = |byte: u32| {
            let paragraph = self.paragraph(byte)?;
            self.rows.iter().find(|row| is_text(row) && paragraph.contains(row.row.src)).and_then(begin)
        };
        let start = first(caret)?;
        if start < caret {
            return Some(start);
        }
        let index = self.row_of(Span { start: caret, end: caret })?;
        let before = self.rows[..index].iter().rfind(|row| is_text(row))?;
        first(begin(before)?)
    }
}

/// Whether a row shows some of the article.
fn is_text(row: &TextRow) -> bool {
    matches!(row.part, Part::Title | Part::Body) && !row.row.is_empty()
}

/// The first symbol of a row, in the order of the text.
fn begin(row: &TextRow) -> Option<u32> {
    row.row.clusters.iter().map(|cluster| cluster.src.start).min()
}

/// The last symbol of a row, in the order of the text.
fn end(row: &TextRow) -> Option<u32> {
    row.row.clusters.iter().map(|cluster| cluster.src.start).max()
}

/// The words of a text from a byte on; the first may be the rest of one.
fn words(text: &str, from: u32) -> impl Iterator<Item = Span> {
    let from = (from as usize).min(text.len());
    let (mut splitter, mut folded) = (Splitter::new(&text[from..]), String::new());
    std::iter::from_fn(move || {
        let word = splitter.next_into(&mut folded)?;
        Some(Span { start: word.start + from as u32, end: word.end + from as u32 })
    })
}

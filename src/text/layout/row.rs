//! Rows: clusters in visual order, and the way between columns on the screen and bytes of the text.

use std::{fmt, ops::Range};

use compact_str::CompactString;

use crate::text::Span;

/// One symbol to paint, and the bytes of the text that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What the cell shows: one grapheme without control characters.
    pub text: CompactString,
    /// The bytes shown, invisible characters next to them included; never empty.
    pub src: Span,
    /// In cells; as [`unicode_width`] has it for the grapheme alone, which is how terminals advance.
    pub width: u8,
    /// The bidi embedding level.
    pub(super) level: u8,
}

impl Cluster {
    /// Whether it belongs to a right-to-left run.
    pub fn is_rtl(&self) -> bool {
        self.level % 2 == 1
    }

    /// Whether nothing is to be seen but background.
    pub fn is_blank(&self) -> bool {
        matches!(self.text.as_str(), " " | "\u{3000}")
    }
}

/// One row of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From left to right as painted.
    pub clusters: Vec<Cluster>,
    /// Whether the paragraph runs right to left; such rows are aligned right.
    pub rtl: bool,
    /// The bytes laid out in this row, with the blanks at its end, which have no cluster. Line ends belong to no row.
    pub src: Span,
}

/// Where a caret stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// The boundary between cells, counted from the left: 0 is before the first cell, the row's width after the last.
    pub edge: u16,
    /// Whether text typed here runs from the edge to the left.
    pub rtl: bool,
}

impl Caret {
    /// The cell for a block cursor: the one on the forward side of the edge. At the end of right-to-left text that is −1,
    /// so leave a spare cell to the left of the row.
    pub fn cell(self) -> i32 {
        i32::from(self.edge) - i32::from(self.rtl)
    }
}

impl Row {
    /// In cells.
    pub fn width(&self) -> u16 {
        self.clusters.iter().map(|cluster| u16::from(cluster.width)).fold(0, u16::saturating_add)
    }

    /// Whether there is nothing to paint.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// The clusters with the columns that each takes, from left to right.
    pub fn placed(&self) -> impl Iterator<Item = (Range<u16>, &Cluster)> {
        self.clusters.iter().scan(0_u16, |column, cluster| {
            let start = *column;
            *column = start.saturating_add(u16::from(cluster.width));
            Some((start..*column, cluster))
        })
    }

    /// The byte at which the cluster in `column` begins; `None` right of the row.
    pub fn offset_at(&self, column: u16) -> Option<usize> {
        self.placed().find(|(columns, _)| columns.contains(&column)).map(|(_, cluster)| cluster.src.start as usize)
    }

    /// The columns of the cluster that shows the byte at `offset`; `None` if it is not shown in this row.
    pub fn columns_of(&self, offset: usize) -> Option<Range<u16>> {
        self.placed().find(|(_, cluster)| cluster.src.has(offset)).map(|(columns, _)| columns)
    }

    /// The columns that show bytes of `span`, from left to right, touching ones joined. One logical span can be several
    /// ranges on the screen.
    pub fn cells(&self, span: Span) -> Vec<Range<u16>> {
        let mut cells: Vec<Range<u16>> = Vec::new();
        for (columns, _) in self.placed().filter(|(_, cluster)| cluster.src.overlaps(span)) {
            match cells.last_mut() {
                Some(last) if last.end == columns.start => last.end = columns.end,
                _ => cells.push(columns),
            }
        }
        cells
    }

    /// Where the caret stands before the byte at `offset`: at the leading edge of its cluster (left for left-to-right text,
    /// else right), after all text at the trailing edge of the last one.
    pub fn caret(&self, offset: usize) -> Caret {
        if let Some((columns, cluster)) = self.placed().find(|(_, cluster)| cluster.src.has(offset)) {
            return Caret { edge: if cluster.is_rtl() { columns.end } else { columns.start }, rtl: cluster.is_rtl() };
        }
        match self.placed().max_by_key(|(_, cluster)| cluster.src.end) {
            Some((columns, last)) => Caret { edge: if last.is_rtl() { columns.start } else { columns.end }, rtl: last.is_rtl() },
            None => Caret { edge: 0, rtl: self.rtl },
        }
    }
}

/// The symbols from left to right.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clusters.iter().try_for_each(|cluster| f.write_str(&cluster.text))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{
        Span,
        layout::{Options, capitals::arabic, line},
    };

    fn row(text: &str) -> super::Row {
        line(&arabic(text), u16::MAX, &Options::default())
    }

    #[test]
    fn a_logical_span_covers_its_cells_on_both_sides_of_a_turn() {
        // Painted: "ab DC FE gh"; the capitals are two bytes each.
        let row = row("ab EF CD gh");
        for (span, cells) in [
            (Span::new(0, 2), "[0..2]"),
            (Span::new(3, 7), "[6..8]"),
            (Span::new(8, 12), "[3..5]"),
            (Span::new(1, 5), "[1..3, 7..8]"),
            (Span::new(10, 14), "[3..4, 8..10]"),
            (Span::new(0, 15), "[0..11]"),
            (Span::new(4, 4), "[]"),
            (Span::new(15, 90), "[]"),
        ] {
            assert_eq!(format!("{:?}", row.cells(span)), cells, "{span:?}");
        }
        assert_eq!(row.columns_of(4), Some(7..8), "in the middle of a letter");
    }

    #[test]
    fn a_click_finds_the_letter_under_it() {
        let row = row("ab CD");
        let found: Vec<Option<usize>> = (0..6).map(|column| row.offset_at(column)).collect();
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(5), Some(3), None]);
    }

    #[test]
    fn the_caret_stands_at_the_leading_edge() {
        for (text, offset, edge, cell) in [
            ("", 0, 0, 0),
            ("ab", 0, 0, 0),
            ("ab", 1, 1, 1),
            ("ab", 2, 2, 2),
            ("AB", 0, 2, 1),
            ("AB", 2, 1, 0),
            ("AB", 4, 0, -1),
            ("AB ", 5, 0, -1),
            ("AB cd", 5, 0, 0),
            ("AB cd", 7, 2, 2),
            ("ab CD", 3, 5, 4),
            ("ab CD", 7, 3, 2),
            ("ab CD ", 8, 6, 6),
            ("漢a", 3, 2, 2),
        ] {
            let caret = row(text).caret(offset);
            assert_eq!((caret.edge, caret.cell()), (edge, cell), "{text:?} at {offset}");
        }
    }
}

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

//! The glyphs of one row of the screen: what is moved when a row is rearranged, for a wide symbol is never torn from its second cell.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use crate::text::layout::is_haraka;

/// A cell with a symbol, and how many cells it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) cell: Cell,
    pub(super) width: u16,
}

impl Glyph {
    /// The letter or sign itself, without the marks on it.
    pub(super) fn base(&self) -> char {
        self.cell.symbol().chars().next().unwrap_or(' ')
    }

    /// Whether only background is seen.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.cell.symbol(), " " | "\u{3000}")
    }

    /// Puts `base` in the place of the letter; its marks stay.
    pub(super) fn set_base(&mut self, base: char) {
        let was = self.base();
        if was != base {
            let marks = &self.cell.symbol()[was.len_utf8().min(self.cell.symbol().len())..];
            let symbol = format!("{base}{marks}");
            self.cell.set_symbol(&symbol);
        }
    }

    /// Takes Arabic vowel marks off, and Hebrew points.
    pub(super) fn hide_harakat(&mut self) {
        let is_mark = |c: char| is_haraka(c) || is_point(c);
        if self.cell.symbol().chars().skip(1).any(is_mark) {
            let bare: String =
                self.cell.symbol().chars().enumerate().filter(|(n, c)| *n == 0 || !is_mark(*c)).map(|(_, c)| c).collect();
            self.cell.set_symbol(&bare);
        }
    }

    /// Takes all marks off, of whatever script.
    pub(super) fn hide_marks(&mut self) {
        let base = self.base();
        if self.cell.symbol().len() > base.len_utf8() {
            self.cell.set_symbol(base.encode_utf8(&mut [0; 4]));
        }
    }

    /// Whether both look the same but for what they show.
    pub(super) fn has_style_of(&self, other: &Glyph) -> bool {
        self.cell.style() == other.cell.style()
    }
}

/// Hebrew points and accents.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}')
}

/// The glyphs of row `y`, from left to right.
pub(super) fn of_row(buf: &Buffer, y: u16) -> Vec<Glyph> {
    let (mut glyphs, mut x) = (Vec::with_capacity(usize::from(buf.area.width)), buf.area.left());
    while let Some(cell) = buf.cell((x, y)).filter(|_| x < buf.area.right()) {
        let width = cell.cell_width().clamp(1, buf.area.right() - x);
        glyphs.push(Glyph { cell: cell.clone(), width });
        x += width;
    }
    glyphs
}

/// Puts glyphs of the width of a row into row `y`.
pub(super) fn put(buf: &mut Buffer, y: u16, glyphs: Vec<Glyph>) {
    let mut x = buf.area.left();
    for Glyph { cell, width } in glyphs {
        let style = cell.style();
        if let Some(place) = buf.cell_mut((x, y)) {
            *place = cell;
        }
        for covered in x + 1..x + width {
            if let Some(place) = buf.cell_mut((covered, y)) {
                place.reset();
                place.set_style(style);
            }
        }
        x += width;
    }
}

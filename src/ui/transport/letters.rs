//! Plain letters for presentation forms, where the terminal joins letters itself.

use unicode_normalization::UnicodeNormalization;

use super::{glyphs::Glyph, terminal::STRONG_BLANK};

/// Puts the plain letter in the place of its form, and a plain blank in that of a strong one. Ligatures stay: they are two letters in one cell.
pub(super) fn bare(glyph: &mut Glyph) {
    let base = glyph.base();
    if base == STRONG_BLANK {
        return glyph.set_base(' ');
    }
    let mut letters = base.nfkc();
    if matches!(base, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && let (Some(letter), None) = (letters.next(), letters.next())
    {
        glyph.set_base(letter);
    }
}

//! Transport `words`: what to send to kitty, which turns each right-to-left word round by itself.
//!
//! kitty gives HarfBuzz runs of cells in one font, which end at blanks and at lines of the frame. HarfBuzz takes the direction of
//! the first letter of a known script for all of the run, digits included, and draws its glyphs, mirrored, into the cells from the
//! left. Colours stay where they are. So the symbols of such runs are sent the other way round, and only those. Marks on letters
//! upset the count of glyphs and must not be sent.

use std::ops::Range;

use ratatui::style::Modifier;
use unicode_bidi::{BidiClass, bidi_class};

use super::{
    glyphs::Glyph,
    terminal::{is_line, is_rtl, mirrored},
};

/// Turns runs round that the terminal will turn back; says whether the wanted row is seen.
pub(super) fn turn(row: &mut [Glyph]) -> bool {
    let mut exact = true;
    for run in runs(row) {
        let wanted: Vec<char> = row[run.clone()].iter().map(Glyph::base).collect();
        if !wanted.iter().any(|c| is_rtl(*c)) {
            continue;
        }
        let turned: Vec<char> = wanted.iter().rev().map(|c| mirrored(*c)).collect();
        // As it is, it stays only where the terminal leaves it alone.
        let is_right = runs_right_to_left(&turned) || !runs_right_to_left(&wanted);
        exact &= runs_right_to_left(&turned) || !runs_right_to_left(&wanted);
        let stays = !runs_right_to_left(&wanted) && is_right;
        if stays {
            continue;
        }
        reverse(&mut row[run]);
    }
    exact
}

/// The direction that HarfBuzz guesses for a run.
pub(super) fn runs_right_to_left(sent: &[char]) -> bool {
    let letter = |c: &char| matches!(bidi_class(*c), BidiClass::L | BidiClass::R | BidiClass::AL | BidiClass::AN);
    sent.iter().find(|c| letter(c)).is_some_and(|c| is_rtl(*c))
}

/// Puts the symbols of a run the other way round, mirrored; what they look like stays in its place.
fn reverse(run: &mut [Glyph]) {
    let looks: Vec<_> = run.iter().map(|glyph| glyph.cell.style()).collect();
    run.reverse();
    for (glyph, look) in run.iter_mut().zip(looks) {
        glyph.set_base(mirrored(glyph.base()));
        // A style adds to what is there, and nothing of that belongs here.
        glyph.cell.modifier = Modifier::empty();
        glyph.cell.set_style(look);
    }
}

/// Runs of symbols in one font.
fn runs(row: &[Glyph]) -> Vec<Range<usize>> {
    let font = |glyph: &Glyph| glyph.cell.modifier & (Modifier::BOLD | Modifier::ITALIC);
    let is_text = |glyph: &Glyph| !glyph.is_blank() && !is_line(glyph.base());
    let mut found = Vec::new();
    let mut start = 0;
    for run in row.chunk_by(|one, next| is_text(one) == is_text(next) && (!is_text(one) || font(one) == font(next))) {
        if is_text(&run[0]) {
            found.push(start..start + run.len());
        }
        start += run.len();
    }
    found
}

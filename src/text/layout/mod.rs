//! Bidi layout: logical text in, rows of terminal cells out, with letters joined, brackets mirrored and runs in visual order.
//!
//! No terminal agrees with another about right-to-left text, so qala decides itself what stands in which cell:
//! ```text
//! paragraph ─order─▶ bidi levels (UAX #9, once per paragraph)
//!           ─shape─▶ clusters in logical order: presentation forms, widths, and the bytes that each stands for
//!           ─wrap──▶ rows, broken in logical order (UAX #14) after shaping, since ligatures change widths
//!           ─order─▶ each row in visual order
//! ```
//! The logical text is never changed, and every [`Cluster`] knows its bytes in it: highlights, the caret, clicks and
//! copying all go by source ranges. No control character, bidi control or zero-width joiner comes out.

#[cfg(test)]
mod capitals;
mod compose;
mod forms;
mod line;
mod order;
mod row;
mod rows;
mod shape;
mod wrap;

pub use compose::{Line, isolate, line_of_parts};
pub use forms::is_haraka;
pub use line::line;
pub use row::{Caret, Cluster, Row};
pub use rows::{row_at, rows};

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Use presentation forms and the lam-alef ligatures. Without: plain letters, for fonts that lack the forms.
    pub shaping: bool,
    /// Show vowel points and other Arabic marks. Some terminals put them on the wrong letter.
    pub harakat: bool,
    /// Show the tatweel that stretches words.
    pub tatweel: bool,
    /// Where a paragraph takes its direction from.
    pub base: Base,
    /// Show one empty row for any number of blank lines in succession.
    pub collapse_blank_lines: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { shaping: true, harakat: true, tatweel: true, base: Base::Auto, collapse_blank_lines: false }
    }
}

/// The base direction of paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// That of the first strong character (UAX #9, P2 and P3); where there is none, that of the text before.
    #[default]
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Base {
    /// Whether `paragraph` runs right to left; `otherwise` is the answer for text that does not tell.
    fn is_rtl(self, paragraph: &str, otherwise: bool) -> bool {
        match self {
            Base::Auto => order::first_strong_is_rtl(paragraph).unwrap_or(otherwise),
            Base::Ltr => false,
            Base::Rtl => true,
        }
    }
}

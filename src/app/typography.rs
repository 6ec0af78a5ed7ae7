//! How the text of an article is set: what readers find comfortable.

/// How the text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typography {
    /// The longest row, in columns: longer ones tire the eye, and a wider pane leaves the rest blank.
    pub measure: u16,
    /// Empty rows between paragraphs.
    pub between_paragraphs: u8,
    /// Empty rows between the rows of a paragraph.
    pub between_rows: u8,
    /// Whether words are shown with the tatweel that stretches them.
    pub tatweel: bool,
    /// Whether letters take their joined forms; not where the font lacks those.
    pub shaping: bool,
}

impl Default for Typography {
    fn default() -> Typography {
        Typography { measure: 76, between_paragraphs: 1, between_rows: 0, tatweel: true, shaping: true }
    }
}

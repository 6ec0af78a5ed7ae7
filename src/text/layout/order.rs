//! Order: bidi levels of a paragraph (UAX #9) and the visual order of a row.

use unicode_bidi::{BidiClass, Direction, Level, ParagraphBidiInfo, get_base_direction_full};

use super::Cluster;

/// Whether the first strong character of `text` outside of isolates is of a right-to-left script; `None` if there is none.
pub(super) fn first_strong_is_rtl(text: &str) -> Option<bool> {
    match get_base_direction_full(text) {
        Direction::Ltr => Some(false),
        Direction::Rtl => Some(true),
        Direction::Mixed => None,
    }
}

/// The embedding levels of one paragraph.
pub(super) struct Levels<'a> {
    info: ParagraphBidiInfo<'a>,
}

impl<'a> Levels<'a> {
    /// Resolves the levels of `paragraph`, rules X1 to I2. Separators inside it do not end it.
    pub(super) fn new(paragraph: &'a str, rtl: bool) -> Levels<'a> {
        Levels { info: ParagraphBidiInfo::new(paragraph, Some(if rtl { Level::rtl() } else { Level::ltr() })) }
    }

    /// The level of the paragraph itself: 1 for right to left, else 0.
    pub(super) fn base(&self) -> u8 {
        self.info.paragraph_level.number()
    }

    /// The level of the character at byte `at`.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.info.levels[at].number()
    }

    /// Whether the character at byte `at` separates segments or paragraphs: a tab, a line end.
    pub(super) fn separates(&self, at: usize) -> bool {
        matches!(self.info.original_classes[at], BidiClass::S | BidiClass::B)
    }
}

/// Gives the blanks at the end of `clusters` the level of the paragraph (rule L1).
pub(super) fn reset_trailing_blanks(clusters: &mut [Cluster], base: u8) {
    for blank in clusters.iter_mut().rev().take_while(|cluster| cluster.is_blank()) {
        blank.level = base;
    }
}

/// Brings the clusters of one row from logical into visual order (rule L2).
pub(super) fn reorder(clusters: &mut [Cluster], base: u8) {
    reset_trailing_blanks(clusters, base);
    let highest = clusters.iter().map(|cluster| cluster.level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        for run in clusters.chunk_by_mut(|one, next| (one.level >= level) == (next.level >= level)) {
            if run[0].level >= level {
                run.reverse();
            }
        }
    }
}

//! Order: bidi levels of a paragraph (UAX #9) and the visual order of a row.

use unicode_bidi::level::MAX_EXPLICIT_DEPTH;
use unicode_bidi::{BidiClass, BidiDataSource, Direction, HardcodedBidiData, Level, ParagraphBidiInfo, get_base_direction_full};

use super::Cluster;

/// Whether the first strong character of `text` outside of isolates is of a right-to-left script; `None` if there is none.
pub(super) fn first_strong_is_rtl(text: &str) -> Option<bool> {
    match get_base_direction_full(text) {
        Direction::Ltr => Some(false),
        Direction::Rtl => Some(true),
        Direction::Mixed => None,
    }
}

/// Whether `c` belongs to a right-to-left script.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(HardcodedBidiData.bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// The bidi classes of Unicode, but line and paragraph separators are blanks: what is laid out together is one paragraph, and
/// a separator in it must not end its isolates.
struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        match HardcodedBidiData.bidi_class(c) {
            BidiClass::B => BidiClass::WS,
            class => class,
        }
    }
}

/// The embedding levels of one paragraph.
pub(super) struct Levels<'a> {
    info: ParagraphBidiInfo<'a>,
}

impl<'a> Levels<'a> {
    /// Resolves the levels of `paragraph`, rules X1 to I2.
    pub(super) fn new(paragraph: &'a str, rtl: bool) -> Levels<'a> {
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        Levels { info: ParagraphBidiInfo::new_with_data_source(&Classes, paragraph, Some(base)) }
    }

    /// The level of the paragraph itself: 1 for right to left, else 0.
    pub(super) fn base(&self) -> u8 {
        self.info.paragraph_level.number()
    }

    /// The level of the character at byte `at`.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.info.levels[at].number()
    }

    /// The level of what surrounds byte `at`: of the innermost isolate around it, or of the paragraph.
    pub(super) fn around(&self, at: usize) -> u8 {
        let (mut level, mut outer) = (self.base(), Vec::new());
        for (start, _) in self.info.text[..at].char_indices() {
            let inner = match self.info.original_classes[start] {
                BidiClass::RLI => (level + 1) | 1,
                BidiClass::LRI | BidiClass::FSI => (level + 2) & !1,
                BidiClass::PDI => {
                    level = outer.pop().unwrap_or(level);
                    continue;
                }
                _ => continue,
            };
            outer.push(level);
            if inner <= MAX_EXPLICIT_DEPTH {
                level = inner;
            }
        }
        level
    }

    /// Whether the character at byte `at` separates segments: a tab.
    pub(super) fn separates(&self, at: usize) -> bool {
        self.info.original_classes[at] == BidiClass::S
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

//! What terminals make of a row that they reorder: the bidi algorithm by rows, with the liberties that they take.

use unicode_bidi::{
    BidiClass, BidiDataSource, HardcodedBidiData, LTR_LEVEL, Level, ParagraphBidiInfo, bidi_class,
    data_source::BidiMatchedOpeningBracket,
};
use unicode_bidi_mirroring::get_mirrored;

/// A blank that is a strong left-to-right letter (BRAILLE PATTERN BLANK): the only one that takes a cell in every terminal.
pub(super) const STRONG_BLANK: char = '\u{2800}';

/// How a terminal applies UAX #9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    /// The direction of all rows; `None` where each has that of its first strong letter.
    pub(super) base: Option<Level>,
    /// Whether brackets pair (rule N0, of Unicode 6.3).
    pub(super) brackets: bool,
    /// Whether lines and blocks are strong left-to-right letters, as Konsole has it lately.
    pub(super) strong_lines: bool,
    /// Whether brackets in text that runs right to left are drawn mirrored; Konsole draws them as they are.
    pub(super) mirrors: bool,
}

impl Rules {
    /// Those that any such terminal obeys, the two bases; `mirrors` as it is there.
    pub(super) fn plain(mirrors: bool) -> [Rules; 2] {
        let rules = Rules { base: Some(LTR_LEVEL), brackets: true, strong_lines: false, mirrors };
        [rules, Rules { base: None, ..rules }]
    }

    /// The liberties that some take.
    pub(super) fn odd(mirrors: bool) -> [Rules; 3] {
        let [one, other] = Rules::plain(mirrors);
        [Rules { brackets: false, ..one }, Rules { brackets: false, ..other }, Rules { strong_lines: true, ..one }]
    }

    /// What is seen of `sent`, from left to right: which character of it stands there, and what is drawn for it.
    pub(super) fn shown(self, sent: &[char]) -> Vec<(usize, char)> {
        let text: String = sent.iter().collect();
        let info = ParagraphBidiInfo::new_with_data_source(&self, &text, self.base);
        let levels = info.reordered_levels_per_char(0..text.len());
        let seen = ParagraphBidiInfo::reorder_visual(&levels);
        seen.into_iter().map(|n| (n, if self.mirrors && levels[n].is_rtl() { mirrored(sent[n]) } else { sent[n] })).collect()
    }
}

impl BidiDataSource for Rules {
    fn bidi_class(&self, c: char) -> BidiClass {
        if self.strong_lines && is_line(c) { BidiClass::L } else { HardcodedBidiData.bidi_class(c) }
    }

    fn bidi_matched_opening_bracket(&self, c: char) -> Option<BidiMatchedOpeningBracket> {
        if self.brackets { HardcodedBidiData.bidi_matched_opening_bracket(c) } else { None }
    }
}

/// Whether a terminal that applies the algorithm may move what stands beside `c`.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

/// Lines and blocks, of which panes are made.
pub(super) fn is_line(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259F}')
}

/// What stands for `c` in text that runs right to left.
pub(super) fn mirrored(c: char) -> char {
    get_mirrored(c).unwrap_or(c)
}

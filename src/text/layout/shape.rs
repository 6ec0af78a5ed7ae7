//! Shaping: a paragraph becomes clusters in logical order, each of them one symbol for a cell or two.

use compact_str::CompactString;
use unicode_bidi_mirroring::get_mirrored;
use unicode_normalization::char::{compose, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{
    Cluster, Options,
    forms::{self, Form},
    order::{self, Levels},
};
use crate::text::{Span, clean::REPLACEMENT};

const ZWNJ: char = '\u{200C}';
const TATWEEL: char = 'ـ';
const ZWJ: char = '\u{200D}';

/// Bytes of the longest symbol; a couple with two skin tones takes 35. Heaps of marks are cut off here.
const LONGEST: usize = 64;

/// Carries a mark that has lost its letter.
const DOTTED_CIRCLE: char = '\u{25CC}';

/// Shapes `paragraph`, which begins at byte `start` of the text. What cannot be seen has no cluster of its own: its bytes
/// go to the cluster before it, or to the first one.
pub(super) fn shape(paragraph: &str, start: usize, levels: &Levels, options: &Options) -> Vec<Cluster> {
    let mut shaper = Shaper { paragraph, start, levels, options, clusters: Vec::with_capacity(paragraph.len() / 2 + 1) };
    let mut graphemes = paragraph.grapheme_indices(true).peekable();
    while let Some((at, grapheme)) = graphemes.next() {
        let lam_alef = graphemes.next_if(|(_, next)| options.shaping && is_lam_alef(grapheme, next));
        match lam_alef {
            Some((_, alef)) => shaper.lam_alef(at, grapheme, alef),
            None => shaper.grapheme(at, grapheme),
        }
    }
    shaper.clusters
}

struct Shaper<'a> {
    paragraph: &'a str,
    start: usize,
    levels: &'a Levels<'a>,
    options: &'a Options,
    clusters: Vec<Cluster>,
}

impl Shaper<'_> {
    fn grapheme(&mut self, at: usize, grapheme: &str) {
        let (base, marks) = head(grapheme);
        let end = at + grapheme.len();
        if base == TATWEEL && !self.options.tatweel && marks.is_empty() && self.is_within_word(at, end) {
            self.swallow(end);
        } else if base.is_whitespace() {
            self.blank(at, end, base, marks);
        } else if base.is_control() {
            self.push(at, end, REPLACEMENT, "");
        } else if let Some(shown) = self.presentation(at, base) {
            self.push(at, end, shown, marks);
        } else if marks.is_empty() || grapheme.len() <= LONGEST && grapheme.width() <= 2 {
            self.push(at, end, base, marks);
        } else {
            self.apart(at, grapheme);
        }
    }

    /// Whether Arabic letters stand on both sides of these bytes.
    fn is_within_word(&self, at: usize, end: usize) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(|c| forms::is_letter(c) || forms::is_haraka(c));
        !self.clusters.is_empty()
            && is_letter(self.paragraph[..at].chars().next_back())
            && is_letter(self.paragraph[end..].chars().next())
    }

    fn blank(&mut self, at: usize, end: usize, base: char, marks: &str) {
        let base = if base == '\u{3000}' { base } else { ' ' };
        self.push(at, end, base, marks);
        // A tab returns to the direction of the paragraph, and so do the blanks before it (rule L1).
        if self.levels.separates(at) {
            order::reset_trailing_blanks(&mut self.clusters, self.levels.base());
        }
    }

    fn lam_alef(&mut self, at: usize, lam: &str, alef: &str) {
        let joined = matches!(self.form(at, 'ل'), Form::Final | Form::Medial);
        let (letter, marks) = head(alef);
        let ligature = forms::lam_alef(letter, joined).expect("asked for after is_lam_alef");
        let marks = CompactString::from_iter([head(lam).1, marks]);
        self.push(at, at + lam.len() + alef.len(), ligature, &marks);
    }

    /// Shows letter by letter, as most terminals do, the conjuncts and sequences that would take more than two cells or that
    /// never end.
    fn apart(&mut self, mut at: usize, mut grapheme: &str) {
        while !grapheme.is_empty() {
            let mut further = grapheme.char_indices().skip(1);
            let end = further.find(|(_, c)| c.encode_utf8(&mut [0; 4]).width() > 0).map_or(grapheme.len(), |(offset, _)| offset);
            let (part, rest) = grapheme.split_at(end);
            let (base, marks) = head(part);
            self.push(at, at + end, base, marks);
            (at, grapheme) = (at + end, rest);
        }
    }

    fn presentation(&self, at: usize, letter: char) -> Option<char> {
        if !self.options.shaping || !forms::is_letter(letter) {
            return None;
        }
        forms::presentation(letter, self.form(at, letter))
    }

    fn form(&self, at: usize, letter: char) -> Form {
        let (before, rest) = self.paragraph.split_at(at);
        let mut after = rest.chars();
        after.next();
        forms::form(before, letter, after.as_str())
    }

    /// Adds a cluster for the bytes from `at` to `end` of the paragraph.
    fn push(&mut self, at: usize, end: usize, base: char, marks: &str) {
        let level = self.levels.at(at);
        let base = combining(base);
        let mirrored = if level % 2 == 1 { get_mirrored(base) } else { None };
        let mut text = CompactString::default();
        if !is_invisible(base) && (self.options.harakat || !forms::is_haraka(base)) {
            text.push(mirrored.unwrap_or(base));
        }
        push_marks(&mut text, marks, self.options.harakat);
        let mut width = text.width();
        if width == 0 {
            text.retain(|c| attaches(c) && !is_selector(c));
            if text.is_empty() {
                return self.swallow(end);
            }
            text.insert(0, DOTTED_CIRCLE);
            width = 1;
        }
        let from = if self.clusters.is_empty() { 0 } else { at };
        let src = Span::new(self.start + from, self.start + end);
        self.clusters.push(Cluster { text, src, width: u8::try_from(width).unwrap_or(u8::MAX), level });
    }

    fn swallow(&mut self, end: usize) {
        if let Some(last) = self.clusters.last_mut() {
            last.src = Span::new(last.src.start as usize, self.start + end);
        }
    }
}

/// The first character of a grapheme and what follows it. A hamza or madda written as a mark becomes part of its letter.
fn head(grapheme: &str) -> (char, &str) {
    let mut chars = grapheme.chars();
    let base = chars.next().expect("graphemes and parts of them are not empty");
    let marks = chars.as_str();
    if let Some(mark @ '\u{653}'..='\u{655}') = chars.next()
        && let Some(whole) = compose(base, mark)
    {
        return (whole, chars.as_str());
    }
    (base, marks)
}

fn is_lam_alef(lam: &str, alef: &str) -> bool {
    lam.starts_with('ل') && !lam.contains([ZWNJ, ZWJ]) && forms::lam_alef(head(alef).0, false).is_some()
}

/// Appends what is to be seen of `marks`. A joiner stays only inside an emoji or conjunct; elsewhere terminals give it a cell.
/// So do some with a selector behind a right-to-left letter, none of which has variants.
fn push_marks(text: &mut CompactString, marks: &str, harakat: bool) {
    let mut chars = marks.chars().peekable();
    while let Some(c) = chars.next().filter(|c| text.len() + c.len_utf8() <= LONGEST) {
        let c = combining(c);
        let shown = match c {
            ZWJ => chars.peek().is_some_and(|next| !is_combining_mark(*next) && !is_invisible(*next)),
            c if is_invisible(c) || c.is_control() => false,
            c if is_selector(c) => !text.starts_with(order::is_rtl),
            c => harakat || !forms::is_haraka(c),
        };
        if shown {
            text.push(c);
        }
    }
}

/// Halfwidth voicing marks are letters to terminals, extend the letter before them by Unicode, and take a cell too many in
/// ratatui; their combining twins are the same everywhere.
fn combining(c: char) -> char {
    match c {
        '\u{FF9E}' => '\u{3099}',
        '\u{FF9F}' => '\u{309A}',
        c => c,
    }
}

/// Formatting that must not reach a terminal: bidi controls, joiners, zero-width blanks, annotation marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}')
}

/// Whether `c` extends the letter before it, as far as the segmentation knows, whose Unicode version counts in cells.
fn attaches(c: char) -> bool {
    CompactString::from_iter([DOTTED_CIRCLE, c]).graphemes(true).count() == 1
}

/// Marks that only select a variant of the letter before them and show nothing themselves.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::layout::{Row, line};

    /// The symbols in logical order with their sources.
    fn shaped(text: &str, options: Options) -> Vec<(String, std::ops::Range<usize>)> {
        let Row { mut clusters, .. } = line(text, u16::MAX, &options);
        clusters.sort_by_key(|cluster| cluster.src);
        clusters.into_iter().map(|cluster| (cluster.text.to_string(), cluster.src.range())).collect()
    }

    fn symbols(text: &str, options: Options) -> String {
        shaped(text, options).into_iter().map(|(symbol, _)| symbol).collect()
    }

    #[test]
    fn letters_take_the_forms_of_their_places() {
        for (what, text, expected) in [
            ("isolated, initial, final", "باب", "\u{FE91}\u{FE8E}\u{FE8F}"),
            ("medial", "بتن", "\u{FE91}\u{FE98}\u{FEE6}"),
            ("hamza on the line joins nothing", "بءب", "\u{FE8F}\u{FE80}\u{FE8F}"),
            ("alef maqsura in the middle", "بىب", "\u{FE91}\u{FBE9}\u{FE90}"),
            ("tatweel", "هـ ـه", "\u{FEEB}ـ ـ\u{FEEA}"),
            ("Persian yeh and keheh", "یکی", "\u{FBFE}\u{FB91}\u{FBFD}"),
            ("Persian ZWNJ", "می\u{200C}خواهم", "\u{FEE3}\u{FBFD}\u{FEA7}\u{FEEE}\u{FE8D}\u{FEEB}\u{FEE2}"),
            ("ZWJ", "ه\u{200D} ", "\u{FEEB} "),
            ("Urdu", "ٹھیں", "\u{FB68}\u{FBAD}\u{FBFF}\u{FB9F}"),
            ("Kurdish ە ێ ڕ", "ئەێڕ", "\u{FE8B}\u{FEEA}ێڕ"),
            ("Uyghur", "ۇۋې", "\u{FBD7}\u{FBDE}\u{FBE4}"),
            ("through marks", "ب\u{64E}ب", "\u{FE91}\u{64E}\u{FE90}"),
            ("through bidi marks", "ب\u{200F}ب", "\u{FE91}\u{FE90}"),
            ("not through isolates", "ب\u{2066}ب\u{2069}", "\u{FE8F}\u{FE8F}"),
            ("next to Latin and digits", "aب1", "a\u{FE8F}1"),
            ("hamza as a mark", "ا\u{654}و\u{654}ي\u{654}ا\u{653}", "\u{FE83}\u{FE85}\u{FE8B}\u{FE82}"),
            ("forms in the text itself", "\u{FEFB}\u{FE91}", "\u{FEFB}\u{FE91}"),
        ] {
            assert_eq!(symbols(text, Options::default()), expected, "{what}: {text}");
        }
    }

    #[test]
    fn lam_and_alef_share_a_cell_and_a_source() {
        for (text, ligature, src) in [
            ("لا", "\u{FEFB}", 0..4),
            ("لأ", "\u{FEF7}", 0..4),
            ("لإ", "\u{FEF9}", 0..4),
            ("لآ", "\u{FEF5}", 0..4),
            ("سلام", "\u{FEFC}", 2..6),
            ("بلآ", "\u{FEF6}", 2..6),
            ("لّا", "\u{FEFB}\u{651}", 0..6),
            ("لا\u{64B}", "\u{FEFB}\u{64B}", 0..6),
            ("لا\u{654}", "\u{FEF7}", 0..6),
            ("ل\u{200C}ا", "\u{FEDD}", 0..5),
            ("ل\u{200F}ا", "\u{FEDF}", 0..5),
        ] {
            let found = shaped(text, Options::default());
            assert!(found.contains(&(ligature.to_owned(), src)), "{text}: {found:?}");
        }
        assert_eq!(symbols("لا", Options { shaping: false, ..Options::default() }), "لا");
    }

    #[test]
    fn marks_can_be_hidden_but_not_those_of_other_scripts() {
        let hidden = Options { harakat: false, ..Options::default() };
        assert_eq!(symbols("مُهِمٌّ لّا", hidden), "\u{FEE3}\u{FEEC}\u{FEE2} \u{FEFB}");
        assert_eq!(symbols("e\u{301} שָׁ", hidden), "e\u{301} שָׁ");
        assert_eq!(symbols("\u{651}", hidden), "");
        assert_eq!(symbols("أ", Options { shaping: false, ..hidden }), "أ", "a hamza is no haraka");
    }

    #[test]
    fn tatweel_can_be_hidden_within_words() {
        let hidden = Options { tatweel: false, ..Options::default() };
        assert_eq!(symbols("بـــب", hidden), "\u{FE91}\u{FE90}", "the letters still join");
        assert_eq!(
            symbols("هـ ـ بـ\u{64E}ب", hidden),
            "\u{FEEB}ـ ـ \u{FE91}ـ\u{64E}\u{FE90}",
            "not at ends, and not with a mark on it"
        );
        assert_eq!(shaped("بـب", hidden)[0].1, 0..4);
    }

    #[test]
    fn a_mark_without_a_letter_is_carried_by_a_dotted_circle() {
        assert_eq!(symbols("\u{651}ن", Options::default()), "◌\u{651}\u{FEE5}");
        assert_eq!(symbols("\u{FE0F}", Options::default()), "", "variation selectors show nothing");
    }

    #[test]
    fn a_variation_selector_stays_only_where_there_are_variants() {
        for (text, expected) in [
            ("ب\u{FE0F}ب", "\u{FE91}\u{FE90}"),
            ("ل\u{FE0F}ا\u{FE0F}\u{651}", "\u{FEFB}\u{651}"),
            ("ש\u{5B8}\u{34F}\u{5C1}", "ש\u{5B8}\u{5C1}"),
            ("❤\u{FE0F}", "❤\u{FE0F}"),
            ("葛\u{E0100}", "葛\u{E0100}"),
        ] {
            assert_eq!(symbols(text, Options::default()), expected, "{text}");
        }
    }

    #[test]
    fn a_heap_of_marks_is_cut_off() {
        let heap = format!("a{}", "\u{301}".repeat(1000));
        let found = shaped(&heap, Options::default());
        assert_eq!((found.len(), &found[0].1), (1, &(0..heap.len())));
        assert!(found[0].0.len() <= LONGEST);
    }

    #[test]
    fn the_invisible_belongs_to_its_neighbour() {
        let found = shaped("\u{200F}\u{2067}a\u{200B}\u{2069} b\u{FEFF}", Options::default());
        assert_eq!(found, [("a".to_owned(), 0..13), (" ".to_owned(), 13..14), ("b".to_owned(), 14..18)]);
    }

    #[test]
    fn no_control_character_comes_out() {
        assert_eq!(symbols("\u{1b}[2J\u{9b}\u{7}\0", Options::default()), "\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD}");
        assert_eq!(symbols("a\tb\r\nc\u{85}d\u{2028}e\u{A0}f", Options::default()), "a b c d e f");
    }

    #[test]
    fn symbols_take_a_cell_or_two() {
        for (text, widths) in [
            ("漢a", vec![2, 1]),
            ("👩\u{200D}👩\u{200D}👧", vec![2]),
            ("🇦🇲🇦🇿", vec![2, 2]),
            ("❤\u{FE0F}", vec![2]),
            ("क्ष्म", vec![1, 1, 1]),
            (&"👩\u{200D}".repeat(12), vec![2; 12]),
            ("ｶﾞ", vec![1]),
        ] {
            let row = line(text, u16::MAX, &Options::default());
            assert_eq!(row.clusters.iter().map(|cluster| cluster.width).collect::<Vec<_>>(), widths, "{text}");
        }
    }
}

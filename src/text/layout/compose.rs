//! Composed lines: date · outlet · title in one row, each field kept from disturbing the order of the others.

use super::{
    Base, Options, Row,
    line::{line, line_in},
    order,
};
use crate::text::Span;

const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// Takes the place of an isolate control that has no partner; invisible, and three bytes long like those.
const WORD_JOINER: char = '\u{2060}';

/// A line put together from fields, each with a tag that says what it is.
///
/// ```
/// use qala::text::layout::{Line, Options};
///
/// let line = Line::new().field("قال", 't').literal(" · ", '-').field("26/11", 'd');
/// let row = line.row(40, &Options::default());
/// let tags: String = row.clusters.iter().filter_map(|cluster| line.tag(cluster.src)).collect();
/// assert_eq!(tags, "ddddd---ttt", "right to left, since its first strong letter is");
/// ```
#[derive(Clone, Debug)]
pub struct Line<T> {
    text: String,
    /// Where each field with its controls lies in `text`.
    fields: Vec<(Span, T)>,
    rtl: Option<bool>,
}

impl<T> Default for Line<T> {
    fn default() -> Line<T> {
        Line::new()
    }
}

impl<T> Line<T> {
    /// A line without fields.
    pub fn new() -> Line<T> {
        Line { text: String::new(), fields: Vec::new(), rtl: None }
    }

    /// Adds text that keeps its own direction and order, whatever stands around it.
    pub fn field(self, text: &str, tag: T) -> Line<T> {
        let rtl = self.rtl.or_else(|| order::first_strong_is_rtl(text));
        Line { rtl, ..self.literal(&isolate(text), tag) }
    }

    /// Adds text that goes along with the line, such as the dot between two fields.
    pub fn literal(mut self, text: &str, tag: T) -> Line<T> {
        let start = self.text.len();
        self.text.push_str(text);
        self.fields.push((Span::new(start, self.text.len()), tag));
        self
    }

    /// Lays the line out in at most `width` columns, cut short with "…". Under [`Base::Auto`] it takes the direction of the
    /// first strong character of all fields. Sources in the row are bytes of the composed text: see [`Line::tag`] and
    /// [`Line::locate`].
    pub fn row(&self, width: u16, options: &Options) -> Row {
        let rtl = match options.base {
            Base::Auto => self.rtl.unwrap_or(false),
            Base::Ltr => false,
            Base::Rtl => true,
        };
        line_in(&self.text, width, rtl, options)
    }

    /// The tag of the field that `src`, the source of a cluster, begins in.
    pub fn tag(&self, src: Span) -> Option<&T> {
        self.fields.iter().find(|(field, _)| field.has(src.start as usize)).map(|(_, tag)| tag)
    }

    /// Turns a span of the text of field number `n` (fields and literals counted from 0) into one of the composed text, for
    /// [`Row::cells`]; `None` if there is no such field.
    pub fn locate(&self, n: usize, within: Span) -> Option<Span> {
        let (field, _) = self.fields.get(n)?;
        let start = field.start as usize + if self.text[field.range()].starts_with(FSI) { FSI.len_utf8() } else { 0 };
        Some(Span::new(start + within.start as usize, start + within.end as usize))
    }
}

/// Lays out `text` in one row of at most `width` columns in which each of `parts`, which lie apart and in order, keeps its own
/// direction and the order within, whatever stands around it. Sources in the row are bytes of `text`.
///
/// ```
/// use qala::text::{Span, layout::{Options, line_of_parts}};
///
/// let text = "is:read \"قال\"";
/// let row = line_of_parts(text, &[Span::new(0, 7), Span::new(8, 16)], 40, &Options::default());
/// let [first, .., last] = row.clusters.as_slice() else { panic!("there are some") };
/// assert_eq!((first.text.as_str(), last.src.start), ("i", 8), "the mark that opens the phrase stands at its right end");
/// ```
pub fn line_of_parts(text: &str, parts: &[Span], width: u16, options: &Options) -> Row {
    if parts.is_empty() || text.contains(|c| matches!(c, '\u{2066}'..=PDI)) {
        return line(text, width, options);
    }
    let (mut composed, mut controls, mut at) = (String::with_capacity(text.len() + parts.len() * 6), Vec::new(), 0);
    for part in parts {
        composed.push_str(&text[at..part.start as usize]);
        for (control, within) in [(FSI, part.of(text)), (PDI, "")] {
            controls.push(composed.len());
            composed.push(control);
            composed.push_str(within);
        }
        at = part.end as usize;
    }
    composed.push_str(&text[at..]);
    let mut row = line_in(&composed, width, options.base.is_rtl(text, false), options);
    let plain = |at: u32| at as usize - controls.iter().filter(|control| **control < at as usize).count() * FSI.len_utf8();
    row.src = Span::new(0, text.len());
    for cluster in &mut row.clusters {
        cluster.src = Span::new(plain(cluster.src.start), plain(cluster.src.end));
    }
    row
}

/// Wraps `field` in a first-strong isolate (FSI … PDI), so that it and the text around it do not reorder each other.
///
/// For strings that are laid out, never for a terminal. Isolates without a partner in `field` lose their effect, so that it
/// cannot break out; all other bytes stay, three bytes further on.
pub fn isolate(field: &str) -> String {
    let mut isolated = String::with_capacity(field.len() + FSI.len_utf8() + PDI.len_utf8());
    isolated.push(FSI);
    // Initiators whose PDI has not come yet.
    let mut open = Vec::new();
    for c in field.chars() {
        let alone = c == PDI && open.pop().is_none();
        if matches!(c, '\u{2066}'..=FSI) {
            open.push(isolated.len());
        }
        isolated.push(if alone { WORD_JOINER } else { c });
    }
    for at in open {
        isolated.replace_range(at..at + FSI.len_utf8(), WORD_JOINER.encode_utf8(&mut [0; 4]));
    }
    isolated.push(PDI);
    isolated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::layout::capitals::{arabic, painted};

    fn composed(fields: [&str; 3]) -> Line<usize> {
        let [date, outlet, title] = fields.map(arabic);
        Line::new().field(&date, 0).literal(" · ", 9).field(&outlet, 1).literal(" · ", 9).field(&title, 2)
    }

    #[test]
    fn fields_keep_their_places_and_their_order_within() {
        for (fields, width, expected) in [
            (["2021-11-26", "AGENCY", "HE SAID (YES)"], 60, "(SEY) DIAS EH · YCNEGA · 2021-11-26"),
            (["2021-11-26", "reuters", "HE SAID"], 60, "2021-11-26 · reuters · DIAS EH"),
            (["2021-11-26", "reuters", "HE SAID NO"], 28, "2021-11-26 · reuters · …S EH"),
            (["2021-11-26", "AGENCY", "HE SAID NO"], 28, "…AS EH · YCNEGA · 2021-11-26"),
            (["1", "AGENCY 24", "he said: \"YES 1\""], 60, "he said: \"1 SEY\" · 24 YCNEGA · 1"),
        ] {
            assert_eq!(painted(&composed(fields).row(width, &Options::default())), expected, "{fields:?}");
        }
    }

    #[test]
    fn the_line_can_be_made_to_run_the_other_way() {
        let line = composed(["1", "reuters", "yes (no)"]);
        assert_eq!(painted(&line.row(40, &Options { base: Base::Rtl, ..Options::default() })), "yes (no) · reuters · 1");
    }

    #[test]
    fn parts_of_a_line_keep_their_order_and_their_bytes() {
        for (text, expected) in [
            ("is:read \"NO YES\"", "is:read \"SEY ON\""),
            ("is:read (NO) \"YES\"", "is:read (ON) \"SEY\""),
            ("by:\"NO YES\" by:MAYBE x", "by:\"SEY ON\" by:EBYAM x"),
            ("YES is:read -NO", "ON- is:read SEY"),
            ("no -YES", "no SEY-"),
            ("", ""),
        ] {
            let text = arabic(text);
            let spaces =
                text.match_indices(' ').map(|(at, _)| at).filter(|at| text[..*at].matches('"').count().is_multiple_of(2));
            let ends: Vec<usize> = spaces.chain([text.len()]).collect();
            let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
            let parts: Vec<Span> = starts.zip(&ends).map(|(start, end)| Span::new(start, *end)).collect();
            let row = line_of_parts(&text, if text.is_empty() { &[] } else { &parts }, 60, &Options::default());
            assert_eq!(painted(&row), expected);
            let mut bytes: Vec<Span> = row.clusters.iter().map(|cluster| cluster.src).collect();
            bytes.sort();
            assert!(bytes.windows(2).all(|pair| pair[0].end == pair[1].start), "{bytes:?}");
            assert_eq!(bytes.last().map_or(0, |last| last.end as usize), text.len());
        }
    }

    #[test]
    fn a_span_of_a_field_finds_its_cells() {
        let line = composed(["26-11", "AGENCY", "SHE SAID"]);
        let row = line.row(40, &Options::default());
        assert_eq!(painted(&row), "DIAS EHS · YCNEGA · 26-11");
        let cells = |field, start, end| format!("{:?}", row.cells(line.locate(field, Span::new(start, end)).expect("a field")));
        assert_eq!(cells(4, 7, 15), "[0..4]");
        assert_eq!(cells(0, 3, 5), "[23..25]");
        assert_eq!(line.locate(5, Span::default()), None);
        let tags: Vec<usize> = row.clusters.iter().filter_map(|cluster| line.tag(cluster.src)).copied().collect();
        assert_eq!(tags, [[2; 8].as_slice(), &[9; 3], &[1; 6], &[9; 3], &[0; 5]].concat());
    }

    #[test]
    fn a_field_cannot_break_out_of_its_isolate() {
        for (field, inside) in [
            ("a", "a"),
            ("\u{2067}a\u{2069}", "\u{2067}a\u{2069}"),
            ("a\u{2069}b", "a\u{2060}b"),
            ("\u{2066}a", "\u{2060}a"),
            ("\u{2069}\u{2067}\u{2068}a\u{2069}", "\u{2060}\u{2060}\u{2068}a\u{2069}"),
        ] {
            assert_eq!(isolate(field), format!("\u{2068}{inside}\u{2069}"), "{field:?}");
        }
    }
}

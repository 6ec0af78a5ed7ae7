//! Positions in a text: byte ranges inside the program, Unicode code points at its border.

use std::ops::Range;

/// A half-open range of bytes in an article's text, on character boundaries.
///
/// The text never changes after import, so a span stays true for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Makes a span of byte offsets.
    ///
    /// # Panics
    /// When an offset is 4 GiB or more; no article comes near (`read` refuses texts over 16 MiB).
    pub fn new(start: usize, end: usize) -> Span {
        let narrow = |n: usize| u32::try_from(n).expect("texts are far below 4 GiB");
        Span { start: narrow(start), end: narrow(end) }
    }

    /// The same as a range of `usize`, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` that the span covers.
    ///
    /// # Panics
    /// When the span was made for another text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether both cover some byte in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` belongs to the span.
    pub fn has(self, offset: usize) -> bool {
        (self.start as usize) <= offset && offset < (self.end as usize)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// Translates byte offsets of one text into code points and back, for JSON.
///
/// Keeps the code point count at every 128th byte, so that a look-up scans at most 128 bytes.
#[derive(Clone, Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    marks: Vec<u32>,
}

const STRIDE: usize = 128;

impl<'a> CharIndex<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> CharIndex<'a> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                marks.push(seen);
            }
            seen += u32::from(starts_char(byte));
        }
        CharIndex { text, marks }
    }

    /// The number of code points before byte `offset`.
    pub fn chars(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let mark = (offset / STRIDE).min(self.marks.len().saturating_sub(1));
        let base = self.marks.get(mark).copied().unwrap_or(0) as usize;
        let rest = &self.text.as_bytes()[mark * STRIDE..offset];
        base + rest.iter().filter(|byte| starts_char(**byte)).count()
    }

    /// Both ends of `span` in code points.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.chars(span.start as usize), self.chars(span.end as usize))
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_are_counted_as_char_indices_does(text in "\\PC{0,300}") {
            let index = CharIndex::new(&text);
            for (n, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.chars(at), n);
            }
            prop_assert_eq!(index.chars(text.len()), text.chars().count());
        }
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert!(!Span::new(0, 4).overlaps(Span::new(2, 2)), "an empty span has no byte in common with any");
    }
}

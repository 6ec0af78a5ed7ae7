//! Finding a noted passage again in a text that has changed since: by its words, nearest to where it stood.

use crate::{
    domain::{Marks, Passage},
    text::{Span, words},
};

/// Where a passage stands in `text`; `None` where its words are no longer there. Its letters count first, then its words as
/// searches compare them, so that other blanks, vowel marks or punctuation do not lose it.
pub(in crate::store) fn anchor(passage: &Passage, text: &str) -> Option<Span> {
    let Passage { span, quote } = passage;
    if quote.is_empty() || text.get(span.range()) == Some(quote) {
        return Some(*span).filter(|span| text.get(span.range()).is_some());
    }
    let before = span.start as usize;
    let same = text.match_indices(quote.as_str()).map(|(at, found)| Span::new(at, at + found.len()));
    same.min_by_key(|found| (found.start as usize).abs_diff(before)).or_else(|| {
        let (wanted, there) = (words(quote), words(text));
        let alike = there.windows(wanted.len().max(1)).filter(|window| {
            !wanted.is_empty() && window.iter().zip(&wanted).all(|(found, wanted)| found.folded == wanted.folded)
        });
        let spans = alike.filter_map(|window| Some(Span { start: window.first()?.span.start, end: window.last()?.span.end }));
        spans.min_by_key(|found| (found.start as usize).abs_diff(before))
    })
}

/// Marks with every passage where it stands in `text`. A passage that no longer fits keeps its quote and gets an empty span;
/// a position beyond the text is its end.
pub(in crate::store) fn anchored(mut marks: Marks, text: &str) -> Marks {
    for passage in marks.notes.iter_mut().filter_map(|note| note.passage.as_mut()) {
        passage.span = anchor(passage, text).unwrap_or_default();
    }
    let mut at = (marks.position as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    marks.position = Span::new(at, at).start;
    marks
}

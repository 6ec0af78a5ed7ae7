//! What was said, as spans: cut at quotation marks, trimmed of marks at its ends, with the manner that follows.

use super::Draft;
use crate::{domain::Manner, extract::tokens::Tokens, text::Span};

/// The pieces of a draft's content and how they are rendered; `None` where nothing remains.
pub(super) fn pieces(tokens: &Tokens<'_>, draft: &Draft) -> Option<(Vec<Span>, Manner)> {
    let (mut content, mut inside, mut outside) = (Vec::new(), false, false);
    let sole = sole(tokens, draft);
    let speech = |at: usize| if tokens.all[at].quote == sole { sole } else { speech(tokens, at) };
    for (number, &(start, end)) in draft.content.iter().enumerate() {
        let end = end.min(tokens.all.len());
        let mut at = start;
        while at < end {
            let quote = speech(at);
            let mut next = at + 1;
            while next < end && speech(next) == quote && !parts(tokens, next) {
                next += 1;
            }
            let cut = if number == 0 && at == start { draft.cut } else { 0 };
            if let Some(span) = trim(tokens, at, next, cut) {
                (inside, outside) = (inside | (quote != 0), outside | (quote == 0));
                content.push(span);
            }
            at = next;
        }
    }
    let manner = match (inside, outside) {
        (true, true) => Manner::Mixed,
        (true, false) => Manner::Direct,
        (false, true) => Manner::Indirect,
        (false, false) => return None,
    };
    Some((content, manner))
}

/// The quotation that holds all that is said, however short it is; 0 where none does.
fn sole(tokens: &Tokens<'_>, draft: &Draft) -> u16 {
    let words = draft.content.iter().flat_map(|(start, end)| *start..(*end).min(tokens.all.len()));
    let mut quotes = words.filter(|at| tokens.all[*at].is_word()).map(|at| tokens.all[at].quote);
    quotes.next().filter(|first| quotes.all(|quote| quote == *first)).unwrap_or(0)
}

/// The quotation that a token lies in, if it holds speech and not just a name or label.
fn speech(tokens: &Tokens<'_>, at: usize) -> u16 {
    let quote = tokens.all[at].quote;
    if quote == 0 || is_label(tokens, usize::from(quote) - 1) { 0 } else { quote }
}

/// Whether a token is a mark of a quotation that holds speech.
fn parts(tokens: &Tokens<'_>, at: usize) -> bool {
    let marks = matches!(tokens.mark(at), '"' | '«' | '»' | '“' | '”');
    marks && tokens.all.get(at + 1).is_some_and(|next| next.quote != tokens.all[at].quote && speech(tokens, at + 1) != 0)
}

/// Whether the marks stand around a name or term: at most two words.
pub(super) fn is_label(tokens: &Tokens<'_>, quote: usize) -> bool {
    let quote = &tokens.quotes[quote];
    words(tokens, quote.open, quote.close) <= 2
}

/// The number of words in a range of tokens.
pub(super) fn words(tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    tokens.all[start.min(end)..end.min(tokens.all.len())].iter().filter(|token| token.is_word()).count()
}

fn trim(tokens: &Tokens<'_>, mut start: usize, mut end: usize, cut: u8) -> Option<Span> {
    while start < end && !tokens.all[start].is_word() && !matches!(tokens.mark(start), '(' | '$' | '#' | '@') {
        start += 1;
    }
    while start < end && !tokens.all[end - 1].is_word() && !matches!(tokens.mark(end - 1), ')' | '؟' | '?' | '!' | '%') {
        end -= 1;
    }
    // A lone and between two quotations says nothing.
    if start >= end || end == start + 1 && tokens.written(start).chars().count() == 1 {
        return None;
    }
    Some(Span::new(tokens.cut_start(start, cut), tokens.all[end - 1].span.end as usize))
}

//! Quotations: which tokens lie inside quotation marks, marks that never close included.

use super::tokens::{Quote, Tokens};

/// Finds the quotations of a text and marks their tokens.
///
/// A straight mark opens after white space or punctuation and closes otherwise; an open quotation ends with its paragraph.
/// Marks inside another pair belong to the outer one.
pub(super) fn mark(tokens: &mut Tokens<'_>) {
    let count = tokens.all.len();
    let mut at = 0;
    while at < count {
        let Some(kind) = opens(tokens, at) else {
            at += 1;
            continue;
        };
        // A mark set twice opens once.
        if tokens.mark(at + 1) == tokens.mark(at)
            && !tokens.all[at + 1].spaced
            && tokens.all.get(at + 2).is_some_and(|next| !next.spaced && next.is_word())
        {
            at += 1;
        }
        let mut close = at + 1;
        let mut depth = 0;
        let closed = loop {
            let mark = tokens.mark(close);
            if mark == '\n' {
                break false;
            }
            if kind == '«' && mark == '«' {
                depth += 1;
            } else if closes(kind, mark) {
                // A straight mark after white space and before a word opens anew: the one before it was never closed.
                if depth == 0 {
                    break true;
                }
                depth -= 1;
            }
            close += 1;
        };
        let empty = close == at + 1;
        // An unclosed straight mark late in a paragraph is as often a stray inch or ditto mark as a quotation.
        if !empty && (closed || kind != '\'') {
            let number = u16::try_from(tokens.quotes.len() + 1).unwrap_or(u16::MAX);
            tokens.quotes.push(Quote { open: at, close, closed });
            for token in &mut tokens.all[at + 1..close.min(count)] {
                token.quote = number;
            }
            if number == u16::MAX {
                return;
            }
        }
        at = close + usize::from(closed);
    }
}

fn opens(tokens: &Tokens<'_>, at: usize) -> Option<char> {
    let token = &tokens.all[at];
    match token.mark {
        '«' | '“' | '„' | '"' => Some(if token.mark == '„' { '“' } else { token.mark }),
        // Some sites open with the closing shape.
        '”' | '»' if token.spaced && !tokens.all.get(at + 1).is_none_or(|next| next.spaced) => Some(token.mark),
        _ => None,
    }
}

/// Whether a mark closes what another one, or a bracket, has opened.
pub(super) fn closes(open: char, mark: char) -> bool {
    match open {
        '(' => mark == ')',
        '[' => mark == ']',
        '«' | '»' => mark == '»',
        '“' | '”' => matches!(mark, '”' | '“' | '"'),
        '"' => matches!(mark, '"' | '”' | '“'),
        _ => false,
    }
}

//! Sentences: ranges of tokens that end at full stops, question marks and line ends, never inside a quotation that closes.

use super::tokens::{Case, Tokens};
use crate::lang::Class;

/// The most tokens of a sentence. Text that never ends a sentence is cut here: what is read out of a sentence grows with its
/// square, and nobody says so much in one breath.
const LONGEST: usize = 400;

/// Finds the sentences of a text and numbers its tokens.
pub(super) fn mark(tokens: &mut Tokens<'_>) {
    let count = tokens.all.len();
    let mut start = 0;
    let mut at = 0;
    while at < count {
        let mut end = at + 1;
        let inside = tokens.all[at].quote;
        let ends = match tokens.mark(at) {
            '\n' => true,
            '.' | '!' | '?' | '؟' | '۔' | '…' if inside == 0 || !tokens.quotes[usize::from(inside) - 1].closed => {
                stops(tokens, at)
            }
            // A full stop inside the marks ends the sentence around them when a new one begins after them.
            '"' | '”' | '»' if inside == 0 && at > 0 && matches!(tokens.mark(at - 1), '.' | '!' | '?' | '؟') => {
                begins(tokens, at + 1)
            }
            _ => inside == 0 && end - start >= LONGEST,
        };
        if ends {
            while end < count
                && (tokens.mark(end) == '\n'
                    || matches!(tokens.mark(end), '.' | '!' | '?' | '؟' | ')') && tokens.mark(at) != '\n')
            {
                end += 1;
            }
            push(tokens, start, end);
            start = end;
        }
        at = end;
    }
    if start < count {
        push(tokens, start, count);
    }
}

fn push(tokens: &mut Tokens<'_>, start: usize, end: usize) {
    let number = tokens.sentences.len() as u32;
    for token in &mut tokens.all[start..end] {
        token.sentence = number;
    }
    tokens.sentences.push((start, end));
}

fn stops(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.all.get(at + 1);
    if tokens.mark(at) != '.' {
        return true;
    }
    // 3.5, example.com, ...and
    if next.is_some_and(|next| !next.spaced && next.is_word()) {
        return false;
    }
    // Two dots are a pause.
    if next.is_some_and(|next| next.mark == '.')
        || at > 0 && tokens.mark(at - 1) == '.' && next.is_some_and(|next| next.mark != '\n')
    {
        return false;
    }
    let Some(before) = at.checked_sub(1).map(|before| &tokens.all[before]) else { return true };
    if !before.is_word() {
        return true;
    }
    let letters = tokens.written(at - 1).chars().count();
    let initial = letters == 1 && matches!(before.case, Case::Title) && tokens.mark(at.wrapping_sub(2)) != '.';
    if initial || before.is(Class::ABBREVIATION) && letters < 5 && before.case != Case::Lower {
        return next.is_none_or(|next| next.mark == '\n');
    }
    // Dotted abbreviations go on when a small letter follows.
    next.is_none_or(|next| next.case != Case::Lower)
}

fn begins(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(next) = tokens.all.get(at) else { return true };
    match next.case {
        Case::Lower => false,
        Case::Title | Case::Upper => true,
        Case::None => !matches!(next.mark, '،' | ',' | '؛' | '.' | ')'),
    }
}

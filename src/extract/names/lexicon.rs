//! Names that the lexicons hold: the longest match from each word, with or without attached particles.

use super::{Board, Candidate};
use crate::{
    domain::Kind,
    extract::tokens::{Case, Tokens},
    lang::Class,
};

pub(super) fn propose(board: &mut Board<'_, '_>) {
    let tokens = board.tokens;
    let mut at = 0;
    while at < tokens.all.len() {
        let found = (tokens.mark(at) == 'w').then(|| longest(tokens, at)).flatten().filter(|found| fits(board, found));
        match found {
            Some(found) => {
                board.candidates.push(found);
                let number = u32::try_from(board.candidates.len()).expect("texts are far below 4 GiB");
                board.cover[found.tokens.0..found.tokens.1].fill(number);
                at = found.tokens.1;
            }
            None => at += 1,
        }
    }
}

/// The longest lexicon name from a token on; the whole word beats cut ones of the same length.
fn longest(tokens: &Tokens<'_>, at: usize) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let token = &tokens.all[at];
    let common = token.is(Class::COMMON | Class::FUNCTION | Class::CUE);
    for form in token.forms() {
        if form.cut > 0 && common {
            continue;
        }
        let Some(mut node) = tokens.packs.names.step(0, form.word) else { continue };
        let mut next = at + 1;
        loop {
            if let Some(entry) = tokens.packs.names.end(node)
                && best.is_none_or(|best| next > best.tokens.1)
            {
                let kind = tokens.packs.names.entry(entry).kind;
                best = Some(Candidate {
                    tokens: (at, next),
                    cut: form.cut,
                    kind,
                    entry: Some(entry),
                    rule: "lexicon",
                    confidence: 95,
                });
            }
            // Dots, hyphens and underscores inside a name stand close to its words.
            if matches!(tokens.mark(next), '.' | '-' | '_' | '\'' | '’' | '–')
                && tokens.all.get(next + 1).is_some_and(|word| word.mark == 'w' && !word.spaced)
            {
                next += 1;
            }
            let Some(form) = tokens.all.get(next).and_then(|token| token.forms().first()).filter(|form| form.cut == 0) else {
                break;
            };
            let Some(step) = tokens.packs.names.step(node, form.word) else { break };
            (node, next) = (step, next + 1);
        }
    }
    best
}

fn fits(board: &Board<'_, '_>, found: &Candidate) -> bool {
    let tokens = board.tokens;
    let (start, end) = found.tokens;
    let latin = tokens.all[start].case != Case::None;
    if latin && (start..end).any(|token| tokens.all[token].case == Case::Lower && end - start == 1) {
        return false;
    }
    let Some(entry) = found.entry.map(|entry| tokens.packs.names.entry(entry)) else { return true };
    if !entry.ambiguous {
        return true;
    }
    let before = start.checked_sub(1).map(|before| &tokens.all[before]);
    let label = before.is_some_and(|before| match entry.kind {
        Kind::Place => before.can_be(Class::PLACE_LABEL),
        Kind::Organisation => before.can_be(Class::ORG_LABEL | Class::ORG_HEAD) || before.mark == '«' || before.mark == '"',
        _ => false,
    });
    label
        || matches!(entry.role, "country" | "capital")
        || (latin && entry.kind == Kind::Organisation && tokens.all[start].case == Case::Upper)
}

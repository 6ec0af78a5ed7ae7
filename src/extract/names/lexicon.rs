//! Names that the lexicons hold: the longest match from each word, with or without attached particles.

use super::{Board, Candidate};
use crate::{
    domain::Kind,
    extract::tokens::{Case, Tokens},
    lang::Class,
};

pub(super) fn propose(board: &mut Board<'_, '_>, unknown: impl Fn(u32) -> bool) {
    let tokens = board.tokens;
    let sport = is_sport(tokens);
    let mut at = 0;
    while at < tokens.all.len() {
        let found = (tokens.mark(at) == 'w')
            .then(|| longest(tokens, at, sport))
            .flatten()
            .filter(|found| fits(board, found, sport) && !found.entry.is_some_and(&unknown));
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
fn longest(tokens: &Tokens<'_>, at: usize, sport: bool) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let token = &tokens.all[at];
    let common = token.is(Class::COMMON | Class::FUNCTION | Class::CUE);
    for form in token.forms() {
        // لبي is a word, لبي بي سي is not.
        let fewest = if form.cut > 0 && common { 2 } else { 1 };
        let Some(mut node) = tokens.packs.names.step(0, form.word) else { continue };
        let mut next = at + 1;
        loop {
            if let Some(entry) = tokens.packs.names.end(node)
                && next >= at + fewest
                && best.is_none_or(|best| next > best.tokens.1)
            {
                let place = at > 0 && tokens.all[at - 1].is(Class::PREPOSITION | Class::PLACE_LABEL)
                    || form.cut > 0 && tokens.folded(at).starts_with('ب');
                let club = tokens.packs.names.club(node).filter(|_| sport && !place);
                let entry = club.unwrap_or(entry);
                let kind = tokens.packs.names.entry(entry).kind;
                // حزب الله اللبناني: a nationality behind a body's full name stays outside.
                let owned = best.is_some_and(|best| best.entry == Some(entry)) && tokens.all[next - 1].is(Class::NATIONALITY);
                if owned && kind == Kind::Organisation {
                    break;
                }
                best = Some(Candidate {
                    tokens: (at, next),
                    cut: form.cut,
                    kind,
                    entry: Some(entry),
                    body: None,
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
            let Some(step) = tokens.whole(next).and_then(|word| tokens.packs.names.step(node, word)) else { break };
            (node, next) = (step, next + 1);
        }
    }
    best
}

/// Whether an article is about sport, where towns stand for their clubs: match, league, coach and goal come again and again.
fn is_sport(tokens: &Tokens<'_>) -> bool {
    let words = tokens.all.iter().enumerate().filter(|(_, token)| token.can_be(Class::SPORT)).count();
    words >= 4 && words * 60 > tokens.all.len()
}

fn fits(board: &Board<'_, '_>, found: &Candidate, sport: bool) -> bool {
    let tokens = board.tokens;
    let (start, end) = found.tokens;
    let first = &tokens.all[start];
    let latin = first.case != Case::None;
    // the Sun is no newspaper, Who no organisation.
    let word = end - start == 1 && first.case == Case::Title && first.is(Class::FUNCTION);
    if latin && (first.case == Case::Lower || word) {
        return false;
    }
    let Some(entry) = found.entry.map(|entry| tokens.packs.names.entry(entry)) else { return true };
    let before = start.checked_sub(1).map(|before| &tokens.all[before]);
    let single = end - start == 1;
    // السعودية behind a noun with an article is the adjective.
    let adjective = single
        && found.cut == 0
        && first.is(Class::NATIONALITY)
        && before.is_some_and(|before| {
            before.mark == 'w' && !before.is(Class::PLACE_LABEL | Class::FUNCTION | Class::RELATIVE | Class::WEEKDAY)
        })
        && ["ال", "وال", "بال", "لل", "فال"].iter().any(|article| tokens.folded(start - 1).starts_with(article));
    if adjective {
        return false;
    }
    let word =
        if entry.kind == Kind::Place { Class::COMMON | Class::CUE | Class::FUNCTION } else { Class::CUE | Class::FUNCTION };
    let common = single && (found.cut == 0 && first.is(word) || first.can_be(Class::CUE)) && !latin;
    if !entry.ambiguous && !common {
        return true;
    }
    let label = before.is_some_and(|before| match entry.kind {
        Kind::Place => before.can_be(Class::PLACE_LABEL),
        Kind::Organisation => {
            before.can_be(Class::ORG_LABEL | Class::ORG_HEAD)
                || matches!(before.mark, '«' | '"') && matches!(tokens.mark(end), '»' | '"')
        }
        _ => false,
    });
    label
        || !common && matches!(entry.role, "country" | "capital")
        || sport && entry.role == "club"
        || (latin && entry.kind == Kind::Organisation && first.case == Case::Upper)
}

//! Names in Latin script: runs of capitalised words, told apart by titles, heads, tails and what stands around them.

use super::Board;
use crate::{
    domain::Kind,
    extract::tokens::{Case, Tokens},
    lang::Class,
};

pub(super) fn propose(board: &mut Board<'_, '_>) {
    let tokens = board.tokens;
    let mut at = 0;
    while at < tokens.all.len() {
        if !capital(tokens, at) || board.page.hides(at) {
            at += 1;
            continue;
        }
        let end = run_end(tokens, at);
        classify(board, at, end);
        at = end;
    }
}

fn capital(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.all.get(at).is_some_and(|token| token.mark == 'w' && matches!(token.case, Case::Title | Case::Upper))
}

/// The end of a run of capitalised words; small connectors count where a capital follows them.
fn run_end(tokens: &Tokens<'_>, start: usize) -> usize {
    let mut end = start + 1;
    loop {
        let mut next = end;
        while matches!(tokens.mark(next), '-' | '&' | '\'' | '’' | '.') && tokens.all[next].mark != '\n' {
            // A full stop joins only initials: J. Smith, U.S.
            let initial = tokens.written(next - 1).chars().count() == 1;
            let close = tokens.all.get(next + 1).is_some_and(|word| !word.spaced);
            if tokens.mark(next) == '.' && !initial
                || matches!(tokens.mark(next), '\'' | '’') && (!close || tokens.folded(next + 1) == "s")
            {
                return end;
            }
            if tokens.mark(next) == '-' && !close {
                return end;
            }
            next += 1;
        }
        if capital(tokens, next)
            && tokens.all[next].sentence == tokens.all[start].sentence
            && tokens.all[next].quote == tokens.all[start].quote
        {
            end = next + 1;
            continue;
        }
        let connector = next == end
            && tokens
                .all
                .get(next)
                .is_some_and(|token| token.is(Class::NAME_PARTICLE) || matches!(tokens.folded(next), "of" | "for"));
        if connector {
            let after = next + 1 + usize::from(tokens.folded(next + 1) == "the");
            let of = matches!(tokens.folded(next), "of" | "for");
            let headed = (start..end).any(|token| tokens.all[token].is(Class::ORG_HEAD | Class::ORG_TAIL));
            if capital(tokens, after) && (!of || headed) && !tokens.all[start].is(Class::TITLE) {
                end = after + 1;
                continue;
            }
        }
        return end;
    }
}

const OUTSIDE: Class = Class(
    Class::FUNCTION.0
        | Class::TITLE.0
        | Class::HONORIFIC.0
        | Class::NATIONALITY.0
        | Class::WEEKDAY.0
        | Class::MONTH.0
        | Class::COMMON.0
        | Class::CUE.0
        | Class::SOURCE_PERSON.0
        | Class::PAPER.0,
);

fn classify(board: &mut Board<'_, '_>, start: usize, end: usize) {
    let tokens = board.tokens;
    let (mut first, mut last) = (start, end);
    let last_word = &tokens.all[end - 1];
    let tail = last_word.is(Class::ORG_TAIL);
    let of = |token: usize| tokens.all[token].is(Class::ORG_HEAD) && matches!(tokens.folded(token + 1), "of" | "for");
    let head = (start..end.saturating_sub(2)).any(of);
    let body = tail || head;
    let mut titled = start > 0 && tokens.all[start - 1].is(Class::TITLE) && tokens.all[start].spaced;
    while first < last
        && tokens.all[first].is(OUTSIDE)
        && (!body || tokens.all[first].is(Class::FUNCTION | Class::WEEKDAY | Class::MONTH))
        && !tokens.all[first].is(Class::GIVEN)
    {
        titled |= tokens.all[first].is(Class::TITLE | Class::HONORIFIC);
        first += 1;
        while first < last && !tokens.all[first].is_word() {
            first += 1;
        }
    }
    while first < last && tokens.all[last - 1].is(Class::WEEKDAY | Class::MONTH | Class::FUNCTION | Class::CUE) {
        last -= 1;
        while first < last && !tokens.all[last - 1].is_word() {
            last -= 1;
        }
    }
    if first >= last {
        return;
    }
    if let Some(known) = board.lexicon_at(first)
        && known.tokens.1 >= last
    {
        return;
    }
    let words = tokens.words(first, last);
    let opening = first == tokens.sentences[tokens.all[first].sentence as usize].0
        || tokens.mark(first.wrapping_sub(1)) == '"'
        || tokens.mark(first.wrapping_sub(1)) == '“';
    let before = first.checked_sub(1).map_or("", |before| tokens.folded(before));
    let near_cue = (last..last + 2)
        .chain(first.saturating_sub(1)..first)
        .any(|token| tokens.all.get(token).is_some_and(|token| token.is(Class::CUE)));
    let shouted = in_capitals(tokens, first);
    // A body or place may stand in front of a person: CommSec analyst Grant ….
    let given = (first + 1..last.saturating_sub(1))
        .find(|token| tokens.all[*token].is(Class::GIVEN) && tokens.all[*token].case == Case::Title);
    let apposed = tokens.mark(last) == ','
        && tokens.all.get(last + 1).is_some_and(|next| {
            next.is(Class::TITLE | Class::RELATIVE | Class::NATIONALITY | Class::SOURCE_PERSON)
                || matches!(tokens.folded(last + 1), "a" | "an" | "the")
        });
    let place = matches!(before, "in" | "near" | "at" | "outside");
    let upper = tokens.all[first].case == Case::Upper && tokens.written(first).len() >= 2 && tokens.written(first).is_ascii();
    let (kind, rule, confidence) = if body && words >= 2 {
        (Kind::Organisation, "capitals+head", 75)
    } else if words >= 2 && (tokens.all[last - 1].is(Class::PLACE_TAIL) || tokens.all[first].is(Class::PLACE_LABEL)) {
        (Kind::Place, "capitals+place word", 70)
    } else if titled && words <= 4 && !shouted {
        (Kind::Person, "title+name", 85)
    } else if tokens.all[first].is(Class::GIVEN) && (2..=4).contains(&words) {
        (Kind::Person, "given name", 80)
    } else if let Some(given) = given.filter(|given| last - given <= 4) {
        first = given;
        (Kind::Person, "given name", 75)
    } else if words == 1 && upper && !shouted && !tokens.all[first].is(OUTSIDE) {
        (Kind::Organisation, "acronym", 60)
    } else if (2..=3).contains(&words) && !shouted && (place && !opening || near_cue || apposed) && !tokens.starts_line(first) {
        if place { (Kind::Place, "in+capitals", 50) } else { (Kind::Person, "capitals", 50) }
    } else if words == 1 && place && before != "at" && tokens.all[first].case == Case::Title && !shouted {
        (Kind::Place, "in+capital", 50)
    } else {
        return;
    };
    board.propose((first, last), 0, kind, rule, confidence);
}

/// Whether the line around a token is written in capitals or title case, so that capitals say nothing.
fn in_capitals(tokens: &Tokens<'_>, at: usize) -> bool {
    let (start, end) = tokens.sentences[tokens.all[at].sentence as usize];
    let (mut words, mut capitals) = (0, 0);
    for token in &tokens.all[start..end] {
        if token.mark == 'w' && token.case != Case::None {
            words += 1;
            capitals += usize::from(token.case != Case::Lower);
        }
    }
    words > 3 && capitals * 4 > words * 3
}

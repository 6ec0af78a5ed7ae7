//! Persons in Arabic: runs of name-like words after titles, after reporting verbs, behind given names, before appositions.

use super::Board;
use crate::{
    domain::Kind,
    extract::tokens::{Case, Tokens},
    lang::Class,
};

/// The most words of a name.
const LONGEST: usize = 5;
/// The most words between a title and the name: `المتحدث باسم وزارة الخارجية الإيرانية`.
const CHAIN: usize = 9;

/// What no word of a personal name is, unless it is a given name too.
const NEVER: Class = Class(
    Class::FUNCTION.0
        | Class::COMMON.0
        | Class::TITLE.0
        | Class::NATIONALITY.0
        | Class::WEEKDAY.0
        | Class::MONTH.0
        | Class::CUE.0
        | Class::ORG_HEAD.0
        | Class::PLACE_LABEL.0
        | Class::HONORIFIC.0
        | Class::PAPER.0
        | Class::BODY.0
        | Class::ORG_LABEL.0
        | Class::SOURCE.0
        | Class::RELATIVE_TIME.0
        | Class::KIN.0,
);

pub(super) fn propose(board: &mut Board<'_, '_>) {
    let tokens = board.tokens;
    for at in 0..tokens.all.len() {
        let token = &tokens.all[at];
        if token.mark != 'w' || token.case != Case::None {
            continue;
        }
        if token.can_be(Class::TITLE | Class::KIN | Class::HONORIFIC) {
            after_title(board, at);
        }
        if let Some(form) = token.form(Class::GIVEN)
            && (form.cut == 0 || !token.is(NEVER))
        {
            let end = run(board, at, form.cut);
            // Given names that are common words too need another beside them.
            let sure = !token.is(NEVER) || tokens.all.get(at + 1).is_some_and(|next| next.is(Class::GIVEN) && !next.is(NEVER));
            if end >= at + 2 && sure {
                board.propose((at, end), form.cut, Kind::Person, "given name", 80);
            }
        }
        if token.can_be(Class::NATIONALITY) && tokens.all.get(at + 1).is_some_and(|next| !next.is(Class::COMMON)) {
            let end = run(board, at + 1, 0);
            if end >= at + 3 {
                board.propose((at + 1, end), 0, Kind::Person, "nationality+name", 70);
            }
        }
        if token.can_be(Class::CUE) && starts_clause(tokens, at) {
            let start = skip_marks(tokens, at + 1);
            let end = run(board, start, 0);
            if end >= start + 2 {
                board.propose((start, end), 0, Kind::Person, "cue+name", 65);
            }
        }
        // A run that an office in apposition explains: X Y، وزير ….
        if tokens.mark(at + 1) == '،' && tokens.all.get(at + 2).is_some_and(|next| next.can_be(Class::TITLE)) {
            for start in [at.saturating_sub(2), at.saturating_sub(1)] {
                if start < at && run(board, start, 0) == at + 1 && !tokens.all[start].is(NEVER) {
                    board.propose((start, at + 1), 0, Kind::Person, "name+apposition", 60);
                    break;
                }
            }
        }
    }
}

fn starts_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    let form = tokens.all[at].form(Class::CUE);
    form.is_some_and(|form| !tokens.pack.cue(form.value).strict || tokens.starts_line(at) || tokens.mark(at - 1) == '.')
}

/// Skips a comma or opening mark between a title and a name.
fn skip_marks(tokens: &Tokens<'_>, at: usize) -> usize {
    at + usize::from(matches!(tokens.mark(at), '،' | ',' | '"' | '«' | '('))
}

/// From a title on, over its office, nationality and country, to the name.
fn after_title(board: &mut Board<'_, '_>, title: usize) {
    let tokens = board.tokens;
    let (mut at, mut label) = (title + 1, false);
    for _ in 0..CHAIN {
        let comma = matches!(tokens.mark(at), '،' | ',');
        if comma || tokens.mark(at) == '(' {
            let end = run(board, at + 1, 0);
            if end > at + 1 {
                let sure = if end > at + 2 { 85 } else { 60 };
                // One unknown word after a comma may open a clause.
                if end > at + 2 || closes_apposition(tokens, end) {
                    board.propose((at + 1, end), 0, Kind::Person, "title، name", sure);
                }
            }
            return;
        }
        let Some(token) = tokens.all.get(at).filter(|token| token.mark == 'w') else { return };
        if let Some(known) = board.lexicon_at(at).copied() {
            if known.kind == Kind::Person {
                return;
            }
            (at, label) = (known.tokens.1, false);
            continue;
        }
        // An unknown adjective between title and name: الانفصالي X.
        if token.is_unknown()
            && tokens.folded(at).starts_with("ال")
            && run(board, at + 1, 0) > at + 1
            && !tokens.folded(at + 1).starts_with("ال")
        {
            at += 1;
            continue;
        }
        let end = if label { at } else { run(board, at, 0) };
        if end == at + 1 && token.is_unknown() && tokens.folded(at).starts_with("ال") {
            return;
        }
        if end > at {
            let given = token.can_be(Class::GIVEN);
            let sure = if end > at + 1 {
                85
            } else if given || token.is_unknown() {
                66
            } else {
                50
            };
            board.propose((at, end), 0, Kind::Person, "title+name", sure);
            return;
        }
        if !token.can_be(
            Class::COMMON
                | Class::TITLE
                | Class::NATIONALITY
                | Class::ORG_HEAD
                | Class::BODY
                | Class::PLACE_LABEL
                | Class::HONORIFIC
                | Class::ORG_LABEL
                | Class::RELATIVE_TIME,
        ) || token.is(Class::FUNCTION) && tokens.folded(at) != "باسم" && !token.is(Class::TITLE)
            || token.form(Class::CUE).is_some_and(|form| form.cut > 0)
        {
            return;
        }
        label = token.is(Class::PLACE_LABEL | Class::ORG_LABEL | Class::ORG_HEAD);
        at += 1;
    }
}

fn closes_apposition(tokens: &Tokens<'_>, end: usize) -> bool {
    matches!(tokens.mark(end), '،' | ',' | ')' | '.' | ':')
}

/// The end of the run of name-like words from `at`; `at` itself where there is none.
pub(super) fn run(board: &Board<'_, '_>, start: usize, cut: u8) -> usize {
    let tokens = board.tokens;
    let mut at = start;
    // Where the run may stop: not behind a particle.
    let mut end = start;
    let mut bound = false;
    while at < tokens.all.len() && at - start < LONGEST {
        let token = &tokens.all[at];
        // دونالد #ترمب
        if token.mark == '#' && at > start && tokens.all.get(at + 1).is_some_and(|next| next.mark == 'w' && !next.spaced) {
            at += 1;
            continue;
        }
        if token.mark == '-'
            && !token.spaced
            && at > start
            && tokens.all.get(at + 1).is_some_and(|next| next.mark == 'w' && !next.spaced)
        {
            at += 1;
            continue;
        }
        if token.mark != 'w' || token.case != Case::None || board.page.hides(at) {
            break;
        }
        if token.quote != tokens.all[start].quote {
            break;
        }
        let first = at == start;
        let particle = token.is(Class::NAME_PARTICLE) || first && cut > 0 && token.can_be(Class::NAME_PARTICLE);
        let fits = if particle {
            true
        } else if bound {
            !token.is(Class::FUNCTION)
        } else {
            name_like(board, at, first.then_some(cut))
        };
        if !fits {
            break;
        }
        at += 1;
        bound = particle;
        if !particle {
            end = at;
        }
    }
    end
}

/// Whether a word may stand in a personal name; `cut` is known for a first word.
fn name_like(board: &Board<'_, '_>, at: usize, cut: Option<u8>) -> bool {
    let tokens = board.tokens;
    let token = &tokens.all[at];
    if token.is(Class::GIVEN) && (cut.is_none() || !token.is(NEVER))
        || cut.is_some_and(|cut| cut > 0 && token.form(Class::GIVEN).is_some_and(|form| form.cut == cut))
    {
        return true;
    }
    if let Some(known) = board.lexicon_at(at) {
        return known.kind == Kind::Person && known.tokens.1 - known.tokens.0 == 1;
    }
    // Pronoun and verb endings: their ministers, they said; and the future سيعود.
    let folded = tokens.folded(at);
    if ["ها", "هم", "هما", "وا", "تهم", "كم"].iter().any(|ending| folded.ends_with(ending)) && folded.chars().count() > 4
    {
        return false;
    }
    // A further word with و begins another name.
    if cut.is_none() && tokens.folded(at).starts_with('و') && !token.is_known() {
        return false;
    }
    // A reading behind particles that is a common word makes the whole no name.
    !token.can_be(NEVER) && tokens.folded(at).len() > 4
}

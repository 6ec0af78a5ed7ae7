//! Bodies and places in Arabic by the words that head them: ministries, governments, newspapers, cities.

use super::{Board, Candidate, persons};
use crate::{
    domain::Kind,
    extract::tokens::{Case, Tokens},
    lang::Class,
};

/// The most words of a body's name.
const LONGEST: usize = 8;

pub(super) fn propose(board: &mut Board<'_, '_>) {
    let tokens = board.tokens;
    for at in 0..tokens.all.len() {
        let token = &tokens.all[at];
        if token.mark != 'w' || token.case != Case::None {
            continue;
        }
        let known =
            board.lexicon_at(at).is_some_and(|known| known.kind == Kind::Organisation && known.tokens.1 - known.tokens.0 > 1);
        if known && !tokens.folded(at).contains("وزار") {
            continue;
        }
        if of_country(board, at) {
            continue;
        }
        if let Some(form) = token.form(Class::BODY) {
            let end = owned(board, at + 1);
            if end > at + 1 && agrees(tokens, at) {
                board.propose((at, end), form.cut, Kind::Organisation, "body+country", 85);
            }
        }
        if let Some(form) = token.form(Class::ORG_HEAD | Class::ORG_WEAK) {
            let end = official(board, at);
            let owned = end > at + 1 && (tokens.all[end - 1].is(Class::NATIONALITY) || board.lexicon_at(end - 1).is_some());
            if end > at + 1 && (owned || token.can_be(Class::ORG_HEAD)) {
                board.propose((at, end), form.cut, Kind::Organisation, "head+name", 75);
            }
        }
        if token.can_be(Class::ORG_LABEL) {
            labelled(board, at, Kind::Organisation, "label+body");
        }
        airport(board, at);
        if token.can_be(Class::PLACE_LABEL) {
            labelled(board, at, Kind::Place, "label+place");
        }
    }
}

/// Proposes the body of a country that begins at `at`: القوات الجوية العراقية, جيش روسيا.
fn of_country(board: &mut Board<'_, '_>, at: usize) -> bool {
    let tokens = board.tokens;
    let names = &tokens.packs.names;
    let minister = at > 0 && tokens.folded(at - 1).trim_start_matches("ال").starts_with("وزي");
    let mut best = None;
    for form in tokens.all[at].forms() {
        let (mut node, mut next) = (names.step(0, form.word), at + 1);
        while let Some(here) = node {
            let token = tokens.all.get(next);
            if let Some(pattern) = names.pattern(here)
                && let Some(token) = token.filter(|token| token.mark == 'w' && token.is(Class::NATIONALITY))
                && tokens.folded(next).starts_with("ال")
                && tokens.folded(next).ends_with('ه') == names.pattern_of(pattern).feminine
                && let Some(country) = token.form(Class::NATIONALITY).and_then(|form| tokens.packs.country_index(form.word))
            {
                best = Some((next + 1, form.cut, pattern, country));
            }
            node = token
                .and_then(|token| token.forms().first())
                .filter(|form| form.cut == 0)
                .and_then(|form| names.step(here, form.word));
            next += 1;
        }
    }
    let Some((end, cut, pattern, country)) = best.filter(|_| !minister) else { return false };
    let body = Some((pattern, country));
    board.candidates.push(Candidate {
        tokens: (at, end),
        cut,
        kind: Kind::Organisation,
        entry: None,
        body,
        rule: "body of country",
        confidence: 90,
    });
    true
}

/// Whether body and nationality fit: الحكومة الروسية, not وزير الخارجية الروسي; an indefinite body needs a country.
fn agrees(tokens: &Tokens<'_>, at: usize) -> bool {
    let minister = at > 0 && tokens.folded(at - 1).trim_start_matches("ال").starts_with("وزي");
    let nationality = tokens.all[at + 1].is(Class::NATIONALITY);
    let (body, adjective) = (tokens.folded(at), tokens.folded(at + 1));
    let feminine = body.ends_with('ه') || body.ends_with("ات");
    let definite = tokens.all[at].form(Class::BODY).is_some_and(|form| form.lam || body.contains("ال"));
    !minister && (!nationality || definite && feminine == adjective.ends_with('ه') && adjective.contains("ال"))
}

/// The end of a nationality or country that owns the body before `at`.
fn owned(board: &Board<'_, '_>, at: usize) -> usize {
    let tokens = board.tokens;
    let Some(token) = tokens.all.get(at) else { return at };
    if token.is(Class::NATIONALITY) {
        return at + 1;
    }
    match board.lexicon_at(at) {
        Some(known) if known.kind == Kind::Place && known.cut == 0 && known.tokens.0 == at => known.tokens.1,
        _ => at,
    }
}

/// The end of an official name that begins with a head: وزارة الخارجية الأميركية, منظمة حظر الأسلحة الكيماوية.
fn official(board: &Board<'_, '_>, head: usize) -> usize {
    let tokens = board.tokens;
    let definite_head = tokens.folded(head).starts_with("ال") || tokens.folded(head).starts_with("لل");
    let (mut at, mut end, mut articles) = (head + 1, head, 0);
    while at - head < LONGEST {
        let Some(token) = tokens.all.get(at) else { break };
        if matches!(token.mark, '"' | '«' | '“') && at == head + 1 {
            // حزب "X"
            return head;
        }
        if token.mark != 'w' || token.case != Case::None || token.quote != tokens.all[head].quote {
            break;
        }
        let folded = tokens.folded(at);
        let owner = owned(board, at);
        if owner > at {
            let nationality = token.is(Class::NATIONALITY);
            if nationality && !folded.starts_with("ال") {
                return end;
            }
            if !definite_head {
                // مجلس منبج العسكري
                let adjective =
                    !nationality && tokens.folded(owner).starts_with("ال") && tokens.folded(owner).ends_with(['ي', 'ه']);
                let common = adjective
                    && tokens.all[owner].is(Class::COMMON)
                    && !tokens.all[owner].is(Class::NATIONALITY | Class::TITLE | Class::RELATIVE_TIME);
                return owner + usize::from(common && tokens.all[head].can_be(Class::ORG_HEAD));
            }
            if !nationality {
                return end;
            }
            (at, end, articles) = (owner, owner, articles + 1);
            continue;
        }
        // المرصد السوري لحقوق الإنسان, المكتب السياسي لحماس
        if definite_head && end > head && folded.starts_with('ل') && !token.is_known() {
            if let Some(known) = board.lexicon_at(at).filter(|known| known.kind != Kind::Person) {
                return known.tokens.1;
            }
            if token.forms().iter().any(|form| form.cut == 1 && form.class.has(Class::COMMON) && !form.class.has(Class::FUNCTION))
            {
                let article = |at: usize| tokens.folded(at).starts_with("ال") && tokens.all[at].is(Class::COMMON);
                end = at + 1;
                while end < tokens.all.len() && end < at + 3 && tokens.mark(end) == 'w' && article(end) {
                    end += 1;
                }
            }
            return end;
        }
        if token.is(Class::TITLE | Class::WEEKDAY | Class::MONTH | Class::GIVEN) && articles > 0
            || token.can_be(Class::CUE) && !token.is(Class::COMMON)
        {
            break;
        }
        let article = folded.starts_with("ال") || (folded.starts_with("لل") && at > head + 1);
        let joined = folded.starts_with("وال")
            && articles > 0
            && token.form(Class::COMMON).is_some()
            && !token.can_be(Class::ORG_HEAD | Class::BODY | Class::TITLE);
        if article && !token.is(Class::FUNCTION | Class::RELATIVE) {
            if ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الاخير", "الماضي", "المقبل", "الحاكم"]
                .contains(&folded)
                && definite_head
            {
                break;
            }
            // Behind an article only an adjective or a further genitive follows.
            articles += 1;
            (at, end) = (at + 1, at + 1);
            if articles >= 3 || definite_head && articles >= 2 && !tokens.folded(at).starts_with('ل') {
                break;
            }
            continue;
        }
        if joined {
            (at, end) = (at + 1, at + 1);
            continue;
        }
        // An indefinite noun goes on only towards an article: منظمة حظر الأسلحة.
        let leads = tokens
            .all
            .get(at + 1)
            .is_some_and(|next| next.mark == 'w' && (tokens.folded(at + 1).starts_with("ال") || owned(board, at + 1) > at + 1));
        let noun = token.is(Class::COMMON) && !token.is(Class::FUNCTION | Class::CUE | Class::TITLE);
        if articles == 0 && !definite_head && leads && noun {
            at += 1;
            continue;
        }
        break;
    }
    end
}

/// مطار القاهرة الدولي: an airport is named by its town.
fn airport(board: &mut Board<'_, '_>, at: usize) {
    let tokens = board.tokens;
    let folded = tokens.folded(at);
    let cut = match folded {
        "مطار" => 0,
        "بمطار" | "لمطار" | "ومطار" => 1,
        _ => return,
    };
    if let Some(end) =
        board.lexicon_at(at + 1).filter(|known| known.kind == Kind::Place && known.cut == 0).map(|known| known.tokens.1)
    {
        let end = end + usize::from(tokens.folded(end) == "الدولي");
        board.propose((at, end), cut, Kind::Place, "airport", 85);
    }
}

/// The name behind a label that stays outside: صحيفة «X», مدينة X.
fn labelled(board: &mut Board<'_, '_>, label: usize, kind: Kind, rule: &'static str) {
    let tokens = board.tokens;
    let mut at = label + 1;
    if matches!(tokens.mark(at), '"' | '«' | '“') {
        let close = (at + 1..at + 6).find(|token| matches!(tokens.mark(*token), '"' | '»' | '”' | '\n'));
        if let Some(close) = close.filter(|close| tokens.mark(*close) != '\n' && *close > at + 1)
            && kind == Kind::Organisation
        {
            board.propose((at + 1, close), 0, kind, "label+quoted name", 92);
        }
        return;
    }
    // محافظة ومدينة X; labels in a row leave it to the last.
    let Some(token) = tokens.all.get(at) else { return };
    if token.mark != 'w' || board.lexicon_at(at).is_some() {
        return;
    }
    if token.case != Case::None {
        while tokens.all.get(at).is_some_and(|token| matches!(token.case, Case::Title | Case::Upper)) && at < label + 5 {
            at += 1;
        }
        if at > label + 1 {
            board.propose((label + 1, at), 0, kind, rule, 75);
        }
        return;
    }
    let end = persons::run(board, at, 0).min(at + 3);
    // A lone adjective: شركة لوجستية.
    let adjective =
        end == at + 1 && (tokens.folded(at).ends_with('ه') || tokens.folded(at).ends_with("ات")) && kind == Kind::Organisation;
    if end > at && usable(tokens, at) && !adjective {
        board.propose((at, end), 0, kind, rule, 70);
    }
}

fn usable(tokens: &Tokens<'_>, at: usize) -> bool {
    !tokens.all[at].is(Class::GIVEN) || !tokens.all.get(at + 1).is_some_and(|next| next.is(Class::GIVEN))
}

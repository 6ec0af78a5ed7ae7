//! English sentences: subject, verb, clause; quotations before and after "she said".

use super::{Draft, Finder, Speaker, complement::quote_opening, content};
use crate::{
    domain::Kind,
    extract::tokens::Case,
    lang::{Class, Complement, Cue, Family, Gender, Mood},
};

/// Reads one sentence.
pub(super) fn read(finder: &mut Finder<'_, '_>, sentence: usize) {
    let tokens = finder.tokens;
    let (start, end) = tokens.sentences[sentence];
    let Some(start) = (start..end).find(|token| !finder.page.hides(*token)) else { return };
    let before = finder.drafts.len();
    let mut at = start;
    while at < end {
        let token = &tokens.all[at];
        let form = (token.mark == 'w' && token.quote == 0 && token.case == Case::Lower).then(|| token.form(Class::CUE)).flatten();
        let noun = at > start && {
            let before = &tokens.all[at - 1];
            before.is(Class::PREPOSITION | Class::NATIONALITY)
                || matches!(
                    tokens.folded(at - 1),
                    "the" | "a" | "an" | "this" | "these" | "no" | "previous" | "new" | "its" | "their" | "his" | "her" | "any"
                )
        };
        if let Some(form) = form.filter(|_| !noun) {
            let cue = *tokens.pack.cue(form.value);
            if let Some(draft) = reported(finder, at, start, end, &cue, before) {
                at = at.max(draft.content.last().map_or(at, |range| if range.0 > at { range.0 } else { at }));
                finder.push(draft);
            }
        }
        at += 1;
    }
    super::sources::read(finder, start, end, before);
    if finder.drafts.len() == before {
        go_on(finder, start, end);
    }
}

/// A quoted paragraph without a cue of its own belongs to the statement before it.
fn go_on(finder: &mut Finder<'_, '_>, start: usize, end: usize) {
    let tokens = finder.tokens;
    let Some(quote) = quote_opening(finder, start) else { return };
    let close = tokens.quotes[quote].close;
    let alone = content::words(tokens, close, end) == 0;
    let starts = tokens.starts_line(start);
    if alone
        && starts
        && content::words(tokens, start, close) >= 3
        && let Some(draft) = finder.drafts.last_mut()
        && draft.rule != "headline:"
    {
        draft.content.push((start + 1, close));
    }
}

fn reported(finder: &Finder<'_, '_>, at: usize, start: usize, end: usize, cue: &Cue, before: usize) -> Option<Draft> {
    let tokens = finder.tokens;
    let last_end = finder.drafts[before..].iter().map(|draft| draft.cue.1 + 1).max().unwrap_or(start);
    let (mut speaker, subject_start) =
        if cue.mood == Mood::Participle { (Speaker::default(), at) } else { subject(finder, at, last_end.max(start)) };
    // The hole will stay, say researchers: the clause comes first.
    if cue.mood == Mood::Verb && tokens.mark(at - usize::from(at > 0)) == ',' && clause_before(finder, start, at) {
        let (speaker, _) = inverted(finder, at + 1, end);
        if speaker.span.is_some() {
            let content = vec![(last_end.max(start), at - 1)];
            return Some(Draft {
                speaker,
                cue: (at, at, 0),
                content,
                cut: 0,
                via: None,
                addressee: None,
                nested_in: None,
                rule: "clause, verb",
                confidence: 75,
            });
        }
    }
    let mut next = at + 1;
    let mut draft = Draft {
        speaker,
        cue: (at, at, 0),
        content: Vec::new(),
        cut: 0,
        via: None,
        addressee: None,
        nested_in: None,
        rule: "clause",
        confidence: if cue.strict { 65 } else { 80 },
    };
    // told ABC that: the mention is spoken to.
    if tokens.folded(at).starts_with("t") && matches!(tokens.folded(at), "told" | "tells" | "tell") {
        let mention = (next..end.min(next + 5)).find_map(|token| finder.mention_at(token));
        if let Some(mention) = mention {
            draft.addressee = Some(finder.mentions[mention].name);
            next = finder.ranges[mention].1;
        } else {
            next += 1;
        }
    }
    // "…," said X / X said
    let quote_before = closing_before(finder, subject_start.min(at), start);
    if quote_before.is_some() && speaker.span.is_none() && cue.mood == Mood::Verb {
        let phrase = inverted(finder, at + 1, end);
        speaker = phrase.0;
        next = phrase.1;
    }
    while next < end
        && (matches!(tokens.mark(next), ',')
            || tokens.all[next].is(Class::WEEKDAY)
            || matches!(tokens.folded(next), "on" | "in" | "yesterday" | "today") && near_that(finder, next, end))
    {
        next += 1;
    }
    if let Some(quote) = quote_before {
        let quote = &tokens.quotes[quote];
        draft.content.push((quote.open + 1, quote.close));
        let more = (next..end.min(next + 12)).find_map(|token| quote_opening(finder, token));
        if let Some(more) = more {
            draft.content.push((tokens.quotes[more].open + 1, tokens.quotes[more].close));
        }
        draft.rule = "quote+verb";
    } else if let Some(that) = (next..end.min(next + 8))
        .find(|token| tokens.folded(*token) == "that" && tokens.all[*token].quote == 0)
        .filter(|_| cue.complement.has(Complement::CLAUSE))
    {
        draft.content.push((that + 1, end));
        draft.rule = "verb+that";
    } else if tokens.mark(next) == ':' || quote_opening(finder, next).is_some() {
        let colon = usize::from(tokens.mark(next) == ':');
        match quote_opening(finder, next + colon) {
            Some(quote) if colon == 1 || content::words(tokens, tokens.quotes[quote].open, tokens.quotes[quote].close) > 3 => {
                draft.content.push((tokens.quotes[quote].open + 1, tokens.quotes[quote].close));
            }
            _ => draft.content.push((next + colon, end)),
        }
        draft.rule = "verb+quote";
    } else if content::words(tokens, next, end) < 3 {
        // The plan has failed, he said.
        if speaker.span.is_none() || subject_start <= start + 3 {
            return None;
        }
        draft.content.push((start, subject_start));
        draft.rule = "clause, verb";
    } else if cue.complement.has(Complement::PREPOSITION) && !cue.complement.has(Complement::CLAUSE) || cue.family == Family::Warn
    {
        let preposition =
            (next..end.min(next + 8)).find(|token| matches!(tokens.folded(*token), "for" | "of" | "on" | "to" | "against"))?;
        draft.content.push((preposition + 1, end));
        draft.rule = "verb+preposition";
    } else if !cue.strict && cue.complement.has(Complement::CLAUSE) && !tokens.all[next].is(Class::PREPOSITION) {
        draft.content.push((next, end));
    } else if cue.strict && clause_follows(finder, next, end) && speaker.span.is_some() {
        draft.content.push((next, end));
        draft.rule = "verb clause";
    } else {
        return None;
    }
    if cue.mood == Mood::Verb && speaker.span.is_none() && draft.rule != "quote+verb" {
        return None;
    }
    if speaker.span.is_none() {
        speaker = finder.omitted(Gender::Any);
    }
    draft.speaker = speaker;
    // Shares of right statements, speaker included, on annotated articles.
    draft.confidence = match draft.rule {
        "quote+verb" => 93,
        "clause" => 84,
        "clause, verb" => 78,
        "verb+that" => 70,
        "verb clause" => 40,
        _ => draft.confidence,
    };
    Some(draft)
}

/// Whether a clause with a verb of its own stands before a cue, and somebody who can speak behind it.
fn clause_before(finder: &Finder<'_, '_>, start: usize, at: usize) -> bool {
    let tokens = finder.tokens;
    let verb = (start..at).any(|token| tokens.all[token].quote == 0 && tokens.all[token].is(Class::AUXILIARY)) || at - start > 12;
    let next = at + 1;
    let named = finder.mention_at(next).is_some_and(|mention| finder.mentions[mention].kind != Kind::Place);
    let described = (next..next + 4)
        .any(|token| tokens.all.get(token).is_some_and(|token| token.is(Class::SOURCE_PERSON | Class::TITLE | Class::PAPER)));
    let that = (next..next + 4).any(|token| tokens.folded(token) == "that");
    verb && !that && (named || described)
}

fn near_that(finder: &Finder<'_, '_>, at: usize, end: usize) -> bool {
    (at..end.min(at + 5)).any(|token| finder.tokens.folded(token) == "that")
}

/// Whether a clause with a subject of its own follows: a pronoun, article or name.
fn clause_follows(finder: &Finder<'_, '_>, at: usize, end: usize) -> bool {
    let tokens = finder.tokens;
    let begins = tokens.all[at].is(Class::PRONOUN)
        || matches!(tokens.folded(at), "the" | "it" | "there" | "this" | "these" | "a" | "his" | "her" | "their" | "people")
        || finder.mention_at(at).is_some();
    begins && (at + 1..end.min(at + 9)).any(|token| tokens.all[token].is(Class::AUXILIARY))
}

/// The quotation that closes right before a token, a comma aside.
fn closing_before(finder: &Finder<'_, '_>, at: usize, start: usize) -> Option<usize> {
    let tokens = finder.tokens;
    let mut before = at;
    while before > start && (matches!(tokens.mark(before - 1), ',') || tokens.folded(before - 1) == "and") {
        before -= 1;
    }
    if before <= start || !matches!(tokens.mark(before - 1), '"' | '”' | '“') {
        return None;
    }
    let inside = tokens.all.get(before.checked_sub(2)?)?.quote;
    let quote = usize::from(inside).checked_sub(1)?;
    let long = content::words(tokens, tokens.quotes[quote].open, tokens.quotes[quote].close) >= 3;
    (tokens.quotes[quote].close == before - 1 && long).then_some(quote)
}

/// The subject before a verb and its first token: a pronoun, a name, or the words back to the clause's beginning.
fn subject(finder: &Finder<'_, '_>, at: usize, start: usize) -> (Speaker, usize) {
    let tokens = finder.tokens;
    let mut end = at;
    while end > start && (tokens.all[end - 1].is(Class::AUXILIARY) || tokens.folded(end - 1).ends_with("ly")) {
        end -= 1;
    }
    if end == start {
        return (Speaker::default(), at);
    }
    let last = end - 1;
    if tokens.all[last].is(Class::PRONOUN) {
        let name = finder.last;
        return (Speaker { span: Some(tokens.all[last].span), name, unnamed: false }, last);
    }
    if tokens.all[last].is(Class::RELATIVE) {
        return (Speaker::default(), last);
    }
    // Back to the clause's beginning; an apposition between commas belongs to the subject.
    let mut first = end;
    let mut commas = 0;
    while first > start && end - first < 22 {
        let token = &tokens.all[first - 1];
        let mark = token.mark;
        if token.quote != 0 || matches!(mark, '"' | '”' | '“' | ':' | ';' | '.' | '\n') {
            break;
        }
        if mark == ',' {
            commas += 1;
            if commas > usize::from(first == end) + usize::from(tokens.mark(end - 1) == ',') {
                break;
            }
        }
        if matches!(tokens.folded(first - 1), "but" | "while" | "that" | "because" | "although" | "as" | "if" | "when") {
            break;
        }
        first -= 1;
    }
    while first < end && (!tokens.all[first].is_word() || matches!(tokens.folded(first), "and" | "the" | "however" | "meanwhile"))
    {
        first += 1;
    }
    if first >= end {
        return (Speaker::default(), at);
    }
    let person =
        (first..end).filter_map(|token| finder.mention_at(token)).find(|mention| finder.mentions[*mention].kind == Kind::Person);
    // The US president speaks, not the US.
    let titled = finder.office_at(first).is_some_and(|office| office.is_whole(end));
    if let Some(mention) = person.or_else(|| finder.mention_at(first).filter(|_| !titled)) {
        return (finder.speaker(mention), first);
    }
    if end - first > 14 {
        return (Speaker::default(), first);
    }
    let span = tokens.span(first, end);
    let body = (first..end)
        .filter_map(|token| finder.mention_at(token))
        .find(|mention| finder.mentions[*mention].kind == Kind::Organisation);
    let name = finder.bearer(first, end).or(body.map(|mention| finder.mentions[mention].name));
    (Speaker { span: Some(span), name, unnamed: name.is_none() }, first)
}

/// The subject behind an inverted verb: said the minister.
fn inverted(finder: &Finder<'_, '_>, start: usize, end: usize) -> (Speaker, usize) {
    let tokens = finder.tokens;
    let stop = (start..end)
        .find(|token| !tokens.all[*token].is_word() && !matches!(tokens.mark(*token), '-' | '\'' | '’'))
        .unwrap_or(end)
        .min(start + 12);
    if let Some(mention) = (start..stop).find_map(|token| finder.mention_at(token)) {
        return (finder.speaker(mention), finder.ranges[mention].1);
    }
    if stop == start {
        return (Speaker::default(), start);
    }
    let span = tokens.span(start, stop);
    (Speaker { span: Some(span), name: finder.bearer(start, stop), unnamed: true }, stop)
}

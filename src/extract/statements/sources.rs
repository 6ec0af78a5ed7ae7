//! Sources in adjuncts: بحسب X, وفقاً لـ X, حسبما ذكرت X; and according to X.

use super::{Draft, Finder, content, subject::Phrase};
use crate::{
    domain::{Kind, Language},
    lang::Class,
};

/// Reads the adjunct sources of a sentence; `before` is the number of drafts that earlier sentences gave.
pub(super) fn read(finder: &mut Finder<'_, '_>, start: usize, end: usize, before: usize) {
    let tokens = finder.tokens;
    for at in start..end {
        let token = &tokens.all[at];
        if token.quote != 0 || !token.is_word() {
            continue;
        }
        // على ما أفاد X
        let what = tokens.folded(at) == "علي"
            && tokens.folded(at + 1) == "ما"
            && tokens.all.get(at + 2).is_some_and(|next| next.is(Class::CUE));
        // …، كما ذكر X
        let as_said = tokens.folded(at) == "كما"
            && at > start + 3
            && matches!(tokens.mark(at - 1), '،' | ',')
            && tokens.all.get(at + 1).is_some_and(|next| next.is(Class::CUE))
            && !(at + 1..end).any(|token| finder.is_that(token));
        let what = what || as_said;
        let form = token.form(Class::SOURCE).filter(|form| form.cut <= 1).copied();
        let Some(form) = form.or_else(|| what.then(|| token.forms().first().copied().unwrap_or_default())) else { continue };
        let Some((phrase, cue_end)) = source(finder, at, end, tokens.words(start, at) == 0) else { continue };
        let head = tokens.words(start, at) <= 1;
        // A report of this sentence that the source stands in or behind: the source only relays it.
        let carried = finder.drafts[before..].iter_mut().find(|draft| {
            let (first, last) = (draft.cue.0, draft.content.last().map_or(draft.cue.0, |range| range.1));
            !head && first < at && at <= last + 2
                || !head && draft.content.first().is_some_and(|range| range.0 <= at && at <= range.1)
        });
        if let Some(draft) = carried {
            let relays = phrase.speaker.name.filter(|name| finder.names[name.0 as usize].kind == Kind::Organisation);
            draft.via = draft.via.or(relays);
            continue;
        }
        let first = (start..=at).find(|token| tokens.all[*token].is_word()).unwrap_or(start);
        let range = if at <= first + 1 || content::words(tokens, start, at) <= 3 && tokens.mark(phrase.next) == '،' {
            // At the head: what follows the comma is said.
            let comma = (phrase.next..end.min(phrase.next + 12)).find(|token| matches!(tokens.mark(*token), '،' | ','));
            let from = comma.map_or(phrase.next, |comma| comma + 1);
            let skip = usize::from(tokens.folded(from) == "فان" || finder.is_that(from));
            (from + skip, end)
        } else {
            let from = finder.drafts[before..]
                .iter()
                .flat_map(|draft| draft.content.last())
                .map(|range| range.1)
                .filter(|end| *end < at)
                .max();
            (from.unwrap_or(start), at - usize::from(matches!(tokens.mark(at - 1), '،' | ',')))
        };
        if content::words(tokens, range.0, range.1) < 3 {
            continue;
        }
        finder.push(Draft {
            speaker: phrase.speaker,
            cue: (at, cue_end, form.cut),
            content: vec![range],
            cut: 0,
            via: None,
            addressee: None,
            nested_in: None,
            rule: "source",
            confidence: 80,
        });
    }
}

/// The source that an adjunct at `at` names, and the last token of its introducing words.
fn source(finder: &Finder<'_, '_>, at: usize, end: usize, head: bool) -> Option<(Phrase, usize)> {
    let tokens = finder.tokens;
    let mut next = at + 1;
    let mut cue_end = at;
    if tokens.folded(next) == "to" {
        (next, cue_end) = (next + 1, next);
    }
    if tokens.folded(next) == "عن" {
        (next, cue_end) = (next + 1, next);
    }
    if matches!(tokens.mark(next), '"' | '«' | '“') && finder.bare_mention(next + 1).is_some() {
        next += 1;
    }
    let what = matches!(tokens.folded(next), "ما" | "لما");
    if what {
        next += 1;
    }
    let verb = what
        || tokens.all.get(next).is_some_and(|token| {
            token.can_be(Class::CUE) && !token.is(Class::SOURCE_PERSON) && finder.mention_at(next).is_none()
        });
    if verb && next < end {
        (next, cue_end) = (next + 1, next);
    }
    if matches!(tokens.folded(next), "the" | "a" | "an") {
        next += 1;
    }
    // وفقا لوزارة: the preposition is attached to the source.
    if let Some(mention) = finder.mention_at(next).filter(|mention| finder.ranges[*mention].0 == next) {
        return Some((Phrase { speaker: finder.speaker(mention), next: finder.ranges[mention].1, addressee: None }, cue_end));
    }
    while matches!(tokens.folded(next), "احد" | "احدي" | "بعض" | "لاحد" | "لبعض") {
        next += 1;
    }
    let token = tokens.all.get(next)?;
    let known =
        token.can_be(Class::SOURCE_PERSON | Class::PAPER | Class::TITLE | Class::ORG_LABEL | Class::BODY | Class::ORG_HEAD);
    // At the head of a sentence whatever follows is a source: وبحسب مقارنة أجراها X، فإن ….
    if !(verb || known || head && token.mark == 'w' && tokens.pack.language == Language::ARABIC) {
        return None;
    }
    if token.is(Class::FUNCTION | Class::PREPOSITION) || token.mark != 'w' && !matches!(token.mark, '"' | '«' | '“') {
        return None;
    }
    let attached = tokens.folded(next).starts_with('ل') && token.forms().iter().any(|form| form.cut > 0);
    let mut phrase = finder.described(next, end);
    if attached && let Some(span) = &mut phrase.speaker.span {
        span.start = u32::try_from(tokens.cut_start(next, 1)).unwrap_or(span.start);
    }
    phrase.speaker.span?;
    Some((phrase, cue_end))
}

//! Headlines that name a speaker before a colon: X: …

use super::{Draft, Finder, Speaker, content};
use crate::{domain::Kind, lang::Class};

/// The most tokens before the colon.
const LONGEST: usize = 12;

/// Reads the headline.
pub(super) fn find(finder: &mut Finder<'_, '_>) {
    let tokens = finder.tokens;
    let (start, end) = finder.page.title_tokens;
    let Some(colon) = (start..end.min(start + LONGEST)).find(|token| tokens.mark(*token) == ':') else { return };
    if colon == start || content::words(tokens, colon + 1, end) < 3 {
        return;
    }
    // What stands before a pause tells something else: … .. X: ….
    let pause = (start..colon).rev().find(|token| matches!(tokens.mark(*token), '.' | '؟' | '?' | '!' | '|'));
    let Some(speaker) = labelled(finder, pause.map_or(start, |pause| pause + 1), colon) else { return };
    finder.push(Draft {
        speaker,
        cue: (colon, colon, 0),
        content: vec![(colon + 1, end)],
        cut: 0,
        via: None,
        addressee: None,
        nested_in: None,
        rule: "headline:",
        confidence: 85,
    });
}

/// The speaker that a headline's label names: a person, a body, a capital that stands for its state, or an office. Other places are topics.
fn labelled(finder: &Finder<'_, '_>, start: usize, colon: usize) -> Option<Speaker> {
    let tokens = finder.tokens;
    if start >= colon {
        return None;
    }
    if let Some(mention) = finder.mention_at(start).filter(|mention| finder.ranges[*mention].1 == colon) {
        let name = &finder.names[finder.mentions[mention].name.0 as usize];
        let capital = finder.tokens.packs.names.by_slug(&name.key.0).is_some_and(|entry| entry.role == "capital");
        return (name.kind != Kind::Place || capital).then(|| finder.speaker(mention));
    }
    let office =
        tokens.all[start].is(Class::TITLE | Class::SOURCE_PERSON | Class::PAPER) && !tokens.all[start].is(Class::FUNCTION);
    // X يدافع عن Y: …: the first name that nothing governs.
    if let Some(mention) = (start..colon)
        .filter(|token| !finder.is_governed(*token))
        .find_map(|token| finder.bare_mention(token))
        .filter(|mention| finder.mentions[*mention].kind == Kind::Person)
    {
        return Some(finder.speaker(mention));
    }
    let quoted = matches!(tokens.mark(colon + 1), '"' | '«' | '“') && colon <= start + 4;
    (office || quoted).then(|| {
        let span = tokens.span(start, colon);
        let name = finder.bearer(start, colon);
        Speaker { span: Some(span), name, unnamed: name.is_none() }
    })
}

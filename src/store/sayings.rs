//! What the index of statements takes in of an article: each statement with its words, its sentence, its names and its sketch.

use super::{
    asked::sign,
    index::{Saying, Sketch},
};
use crate::{
    domain::{Extraction, Family, Kind, Manner, Reach, Statement, UNNAMED},
    lang::family,
    text::Span,
};

/// An article as its statements are taken in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) row: i64,
    pub(super) date: u32,
    pub(super) text: &'a str,
    pub(super) extraction: &'a Extraction,
    pub(super) outlet: Option<&'a str>,
}

/// The key of the name of who speaks.
fn speaker<'a>(extraction: &'a Extraction, statement: &Statement) -> Option<&'a str> {
    let name = extraction.names.get(statement.speaker_name?.0 as usize)?;
    Some(name.key.0.as_str())
}

/// The sketches of an article's statements, in their order.
pub(super) fn sketches(text: &str, extraction: &Extraction) -> Vec<Sketch> {
    let mut words: Vec<String> = Vec::new();
    let mut sketch = |statement: &Statement| {
        words.clear();
        for piece in &statement.content {
            words.extend(crate::text::words(text.get(piece.range()).unwrap_or_default()).into_iter().map(|word| word.folded));
        }
        Sketch::of(words.iter().map(String::as_str), speaker(extraction, statement).unwrap_or_default())
    };
    extraction.statements.iter().map(&mut sketch).collect()
}

/// The labels of all statements of an article, each once.
pub(super) fn all_labels(text: &str, extraction: &Extraction) -> Vec<&'static str> {
    let mut all: Vec<&str> = extraction.statements.iter().flat_map(|statement| labels(text, extraction, statement)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What a statement is found by besides its words and names: the family of its verb, how it is rendered, and whether its source
/// is unnamed.
fn labels(text: &str, extraction: &Extraction, statement: &Statement) -> Vec<&'static str> {
    let unnamed = speaker(extraction, statement).is_some_and(|key| key.starts_with(UNNAMED)).then_some(UNNAMED);
    verb(text, statement).into_iter().chain([kind(statement.manner)]).chain(unnamed).collect()
}

/// The label of how a statement is rendered.
pub(super) fn kind(manner: Manner) -> &'static str {
    match manner {
        Manner::Direct => "kind:direct",
        Manner::Indirect => "kind:indirect",
        Manner::Mixed => "kind:mixed",
    }
}

/// The label of the family of a statement's verb.
pub(super) fn verb(text: &str, statement: &Statement) -> Option<&'static str> {
    // An older extraction does not tell.
    let family = statement.family.or_else(|| family(text.get(statement.cue?.range())?));
    family.map(Family::label)
}

/// Hands out each statement of an article; `sketches` are those of [`sketches`].
pub(super) fn each<E>(seen: Seen<'_>, sketches: &[Sketch], mut take: impl FnMut(&Saying<'_>) -> Result<(), E>) -> Result<(), E> {
    let Seen { row, date, text, extraction, outlet } = seen;
    let title = extraction.header.title;
    let in_title = names(extraction, title, Reach::Title);
    for (number, (statement, sketch)) in (0_u32..).zip(extraction.statements.iter().zip(sketches)) {
        let sentence = sentence(text, statement);
        let mut names = in_title.clone();
        names.extend(self::names(extraction, sentence, Reach::Sentence));
        for piece in &statement.content {
            names.extend(self::names(extraction, *piece, Reach::Content));
        }
        names.sort_unstable();
        names.dedup();
        take(&Saying {
            row,
            number,
            date,
            content: statement.content.iter().filter_map(|piece| text.get(piece.range())).collect(),
            around: around(sentence, &statement.content).into_iter().filter_map(|span| text.get(span.range())).collect(),
            names,
            speaker: speaker(extraction, statement),
            labels: labels(text, extraction, statement),
            outlet,
            language: extraction.header.language.code(),
            sketch: *sketch,
        })?;
    }
    Ok(())
}

/// The keys of the names in a part of the text, with the sign for how far they reach.
fn names(extraction: &Extraction, span: Span, reach: Reach) -> Vec<String> {
    let inside = extraction.mentions.iter().filter(|mention| mention.kind != Kind::Date && span.contains(mention.span));
    let keys = inside.filter_map(|mention| extraction.names.get(mention.name.0 as usize));
    keys.map(|name| format!("{}{}", sign(reach), name.key)).collect()
}

/// A sentence goes no further than so many bytes beyond the statement.
const FURTHEST: usize = 600;

/// The sentence in which a statement stands: the text around it up to where a sentence or a line ends.
fn sentence(text: &str, statement: &Statement) -> Span {
    let pieces = || statement.content.iter().copied().chain(statement.speaker).chain(statement.cue);
    let start = pieces().map(|piece| piece.start).min().unwrap_or(0) as usize;
    let end = pieces().map(|piece| piece.end).max().unwrap_or(0) as usize;
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return Span::default() };
    let near = before.char_indices().rev().find(|(at, _)| start - at > FURTHEST).map_or(0, |(at, _)| at);
    let begin = ends(&before[near..]).last().map_or(near, |end| near + end);
    let far = after.char_indices().find(|(at, _)| *at > FURTHEST).map_or(after.len(), |(at, _)| at);
    let stop = ends(&after[..far]).next().map_or(far, |stop| stop);
    Span::new(begin, end + stop)
}

/// Where sentences end in a stretch of text, behind their last sign.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let goes_on = |rest: &str| rest.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '"' | '»' | '”' | ')'));
    text.char_indices().filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let stops = c == '\n' || matches!(c, '.' | '!' | '?' | '؟' | '۔') && !goes_on(&text[end..]);
        stops.then_some(end)
    })
}

/// What is left of a sentence without what was said.
fn around(sentence: Span, content: &[Span]) -> Vec<Span> {
    let mut pieces: Vec<Span> = content.to_vec();
    pieces.sort_unstable_by_key(|piece| piece.start);
    let (mut left, mut at) = (Vec::new(), sentence.start);
    for piece in pieces {
        if at < piece.start {
            left.push(Span { start: at, end: piece.start });
        }
        at = at.max(piece.end);
    }
    if at < sentence.end {
        left.push(Span { start: at, end: sentence.end });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Evidence, Manner};

    fn said(text: &str, words: &str) -> Statement {
        let at = text.find(words).unwrap();
        Statement {
            manner: Manner::Direct,
            speaker: None,
            speaker_name: None,
            cue: None,
            family: None,
            polarity: Default::default(),
            content: vec![Span::new(at, at + words.len())],
            via: None,
            addressee: None,
            nested_in: None,
            evidence: Evidence { rule: "test".into(), confidence: 90 },
        }
    }

    #[test]
    fn a_sentence_ends_with_its_line_or_its_stop() {
        for (text, words, expected) in [
            ("Rain fell. She said in Tyre: «we wait». He left.", "we wait", "She said in Tyre: «we wait»."),
            (
                "عنوان\nقالت إن السعر 3.5 عادل في صور، ثم غادرت.\nخبر",
                "السعر 3.5 عادل",
                "قالت إن السعر 3.5 عادل في صور، ثم غادرت.",
            ),
            ("we wait", "we wait", "we wait"),
        ] {
            let statement = said(text, words);
            let sentence = sentence(text, &statement);
            assert_eq!(sentence.of(text).trim(), expected);
            let around: String = around(sentence, &statement.content).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(around, sentence.of(text).replace(words, ""));
        }
    }
}

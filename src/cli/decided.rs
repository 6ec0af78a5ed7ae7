//! Decisions as JSON, one article a line: what `qala export decisions` prints and `qala restore` reads. Positions are code
//! points of the article's text, and null where they are not known.

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use super::json::FORMAT;
use crate::{
    domain::{ArticleId, Marks, Note, Passage, Source},
    store::Decided,
    text::{CharIndex, Span},
};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    format: u32,
    article: String,
    /// Where it was first read.
    file: Option<String>,
    item: Option<String>,
    /// Whether the archive held the article.
    #[serde(default)]
    in_archive: bool,
    #[serde(default)]
    read: bool,
    #[serde(default)]
    starred: bool,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    notes: Vec<NoteLine>,
    position: Option<usize>,
}

#[derive(Debug, Serialize, Deserialize)]
struct NoteLine {
    id: u64,
    text: String,
    passage: Option<PassageLine>,
}

/// `start` and `end` are null where the article does not hold these words.
#[derive(Debug, Serialize, Deserialize)]
struct PassageLine {
    start: Option<usize>,
    end: Option<usize>,
    quote: String,
}

/// What was decided about one article as a line.
pub(super) fn line(decided: &Decided) -> Line {
    let Decided { article, sources, marks, text } = decided;
    let index = text.as_deref().map(CharIndex::new);
    let passage = |passage: &Passage| {
        let place = index.as_ref().filter(|_| !passage.span.is_empty()).map(|index| index.span(passage.span));
        PassageLine { start: place.map(|(start, _)| start), end: place.map(|(_, end)| end), quote: passage.quote.clone() }
    };
    let note = |note: &Note| NoteLine { id: note.id, text: note.text.clone(), passage: note.passage.as_ref().map(passage) };
    let source = sources.first();
    Line {
        format: FORMAT,
        article: article.to_string(),
        file: source.map(|source| source.file.clone()),
        item: source.and_then(|source| source.item.clone()),
        in_archive: text.is_some(),
        read: marks.read,
        starred: marks.starred,
        tags: marks.tags.clone(),
        notes: marks.notes.iter().map(note).collect(),
        position: index.filter(|_| marks.position > 0).map(|index| index.chars(marks.position as usize)),
    }
}

/// Reads a line; `text_of` gives the text of articles that the archive holds.
///
/// # Errors
/// When it is no such line, or one of a newer program.
pub(super) fn read(line: &str, text_of: &mut dyn FnMut(ArticleId) -> Result<Option<String>>) -> Result<Decided> {
    let line: Line = serde_json::from_str(line).context("holds no decisions")?;
    if line.format > FORMAT {
        bail!("was written by a newer qala (format {})", line.format);
    }
    let article: ArticleId = line.article.parse().map_err(anyhow::Error::msg)?;
    let text = text_of(article)?;
    // Without the text a passage is found by its words when the article arrives.
    let byte = |chars: Option<usize>| {
        let text = text.as_deref()?;
        Some(text.char_indices().nth(chars?).map_or(text.len(), |(at, _)| at))
    };
    let passage = |passage: PassageLine| {
        let (start, end) = (byte(passage.start).unwrap_or_default(), byte(passage.end).unwrap_or_default());
        Passage { span: Span::new(start, end.max(start)), quote: passage.quote }
    };
    let note = |note: NoteLine| Note { id: note.id, passage: note.passage.map(passage), text: note.text };
    let position = Span::new(0, byte(line.position).unwrap_or_default()).end;
    if line.notes.iter().any(|note| note.id == 0) {
        bail!("holds a note without an id");
    }
    if line.tags.iter().any(|tag| tag.is_empty() || tag.contains(char::is_whitespace)) {
        bail!("holds a tag with blanks or without letters");
    }
    let marks = Marks {
        read: line.read,
        starred: line.starred,
        tags: line.tags,
        notes: line.notes.into_iter().map(note).collect(),
        position,
    };
    let sources = line.file.map(|file| Source { file, item: line.item }).into_iter().collect();
    Ok(Decided { article, sources, marks, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_out_comes_in_again() {
        let text = "قال بوتين نعم".to_owned();
        let passage = Passage { span: Span::new(7, 17), quote: "بوتين".into() };
        let decided = Decided {
            article: ArticleId::of(&text),
            sources: vec![Source { file: "a.jsonl".into(), item: Some("7".into()) }],
            marks: Marks {
                read: true,
                starred: false,
                tags: vec!["القوقاز".into()],
                notes: vec![Note { id: 5, passage: Some(passage), text: "هنا".into() }],
                position: 7,
            },
            text: Some(text.clone()),
        };
        let json = serde_json::to_string(&line(&decided)).unwrap();
        assert!(json.contains(r#""passage":{"start":4,"end":9,"quote":"بوتين"}"#) && json.contains(r#""position":4"#), "{json}");
        assert_eq!(read(&json, &mut |_| Ok(Some(text.clone()))).unwrap(), decided);
    }

    #[test]
    fn foreign_lines_are_refused() {
        for (line, reason) in [
            ("{}", "holds no decisions"),
            (r#"{"format":99,"article":"0000000000000001"}"#, "newer"),
            (r#"{"format":1,"article":"x"}"#, "no article id"),
            (r#"{"format":1,"article":"0000000000000001","tags":["a b"]}"#, "blanks"),
            (r#"{"format":1,"article":"0000000000000001","notes":[{"id":0,"text":"x"}]}"#, "without an id"),
        ] {
            let error = format!("{:#}", read(line, &mut |_| Ok(None)).unwrap_err());
            assert!(error.contains(reason), "{line}: {error}");
        }
    }
}

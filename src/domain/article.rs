//! Articles on their way from a file to the screen.

use std::{fmt, str::FromStr};

use super::{Dated, Entity, Extraction, Marks};
use crate::text::Span;

/// Where an article was read: a file, and the record inside it where the file holds several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The path as given at import, cleaned for display.
    pub file: String,
    /// The record's own id, or its line number; `None` in files that hold one article.
    pub item: Option<String>,
}

/// What a record says of itself; it beats what is inferred from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The headline; it is also the beginning of the draft's text.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Dated>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where the original lies.
    pub url: Option<String>,
}

/// An article as read from a file, before anything was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where it came from.
    pub source: Source,
    /// The text, decoded and cleaned; from here on it never changes.
    pub text: String,
    /// What the record says of itself.
    pub fields: Fields,
}

/// A file or record that could not be read, in words for the user; the import goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What could not be read.
    pub source: Source,
    /// Why, as the end of a sentence: "is empty".
    pub reason: String,
}

/// Names an article by its content: the same text has the same id in every archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of a text: the first 64 bits of its BLAKE3 digest.
    ///
    /// Records with a title of their own carry it at the head of the text, so that it counts too.
    pub fn of(text: &str) -> ArticleId {
        let digest = blake3::hash(text.as_bytes());
        let head = digest.as_bytes().first_chunk().expect("a digest has 32 bytes");
        ArticleId(u64::from_be_bytes(*head))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ArticleId {
    type Err = String;

    fn from_str(text: &str) -> Result<ArticleId, String> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        id.map(ArticleId).ok_or_else(|| format!("'{text}' is no article id; `qala search` shows them"))
    }
}

/// An article of an archive, with what the archive knows of it besides the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Made from the content.
    pub id: ArticleId,
    /// The text as stored.
    pub text: String,
    /// What its record said.
    pub fields: Fields,
    /// Every place it was read from; the first one is where it was first seen.
    pub sources: Vec<Source>,
}

/// An article as somebody reads it: the text, all that was found in it, and the entities behind the names.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What was found.
    pub extraction: Extraction,
    /// For each name of the extraction, in the same order, the entity it stands for.
    pub entities: Vec<Entity>,
    /// Where the current query matches, in order of the text.
    pub hits: Vec<Span>,
    /// What was decided about it.
    pub marks: Marks,
}

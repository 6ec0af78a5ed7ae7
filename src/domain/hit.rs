//! Answers of an archive: pages of hits, and how an import goes.

use super::{ArticleId, Dated, Fault, Language, Marks, Source};
use crate::text::Span;

/// One article of an answer, as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub id: ArticleId,
    /// Its headline, on one line.
    pub title: String,
    /// Where the query matches in `title`.
    pub title_hits: Vec<Span>,
    /// When it was published.
    pub published: Option<Dated>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// Where it was first read.
    pub source: Source,
    /// How well it answers; only the order within one answer means anything. 0 where the order is by date.
    pub score: f32,
    /// What was decided about it.
    pub marks: Marks,
}

/// A part of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The place of the first hit in the whole answer, from 0.
    pub first: usize,
    /// The hits asked for, fewer at the end.
    pub hits: Vec<Hit>,
    /// How many articles answer in all.
    pub total: usize,
    /// Whether these are only those that were found in the time there was; there may be more.
    pub at_least: bool,
    /// How many articles there are, whether they answer or not.
    pub articles: usize,
    /// Words that nothing matched, each with the words that were taken instead, best first.
    pub respelled: Vec<(String, Vec<String>)>,
}

/// The line of an article where a query matches most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The article.
    pub id: ArticleId,
    /// The line, with ellipses where text was cut off; empty where nothing matches.
    pub text: String,
    /// Where the query matches in it.
    pub hits: Vec<Span>,
}

/// How far an import has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the files read so far.
    pub bytes_read: u64,
    /// Bytes of all files, known once they are listed.
    pub bytes_total: u64,
    /// Articles read so far.
    pub read: u64,
    /// Articles that are in the archive and found by searches; grows with each commit.
    pub committed: u64,
    /// Where a search index of an older version is made anew: how far that is, of how much. Searches use the old one meanwhile.
    pub renewing: Option<(u64, u64)>,
}

/// What an import did, counted in articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Articles read, the unchanged ones included.
    pub read: u64,
    /// New in the archive.
    pub added: u64,
    /// Known already from the same source.
    pub unchanged: u64,
    /// Same source, new content.
    pub updated: u64,
    /// Same content from another source.
    pub duplicates: u64,
    /// What could not be read.
    pub failed: Vec<Fault>,
    /// How long it took.
    pub seconds: f64,
}

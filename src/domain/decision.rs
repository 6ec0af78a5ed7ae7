//! What people decide about articles: apart from everything extracted, kept for good, and undone step by step.

use super::ArticleId;
use crate::text::Span;

/// One thing decided about one article. A decision sets a state and never toggles it, so that saying it twice does no harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Whether the article counts as read.
    Read(bool),
    /// Whether it is starred.
    Star(bool),
    /// Whether it bears a tag; the name has no blanks and is kept as typed.
    Tag(String, bool),
    /// A note; an empty text takes the note away.
    Note(Note),
    /// How far it has been read: the first byte of the text on the screen.
    Position(u32),
}

/// A note on an article or on a passage of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Tells the notes of one article apart; made when the note is first written.
    pub id: u64,
    /// The passage it is about; `None` is the whole article.
    pub passage: Option<Passage>,
    /// What it says.
    pub text: String,
}

/// A part of an article that stays findable when the article's text changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the text as it was when chosen.
    pub span: Span,
    /// Its words.
    pub quote: String,
}

/// A decision and the article it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The article.
    pub article: ArticleId,
    /// What was decided.
    pub decision: Decision,
}

/// Everything decided about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It was read.
    pub read: bool,
    /// It is starred.
    pub starred: bool,
    /// Its tags, in order of the alphabet.
    pub tags: Vec<String>,
    /// Its notes, the oldest first.
    pub notes: Vec<Note>,
    /// How far it was read, as a byte of the text.
    pub position: u32,
}

/// A step of the journal: what one key or command decided, perhaps about many articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number; later steps have higher ones.
    pub number: u64,
    /// What it did, in words: "star", "tag karabakh".
    pub label: String,
    /// When, in seconds since 1970, UTC.
    pub seconds: i64,
    /// How many changes it holds.
    pub changes: usize,
    /// Whether it was undone and may be redone.
    pub undone: bool,
    /// Whether another session that works at the same time did this, so that only that one may undo it or do it again.
    pub theirs: bool,
}

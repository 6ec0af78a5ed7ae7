//! What is asked of an archive.

use super::EntityId;

/// A question: every clause must hold. Without clauses it asks for everything, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What must hold.
    pub clauses: Vec<Clause>,
    /// Whether the last word is still being typed and therefore stands for all words that begin with it.
    pub open: bool,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Clause {
    /// The article holds this word, given in folded form.
    Word(String),
    /// The article mentions this entity.
    About(EntityId),
    /// This was decided about the article.
    Is(State),
    /// The article bears this tag.
    Tag {
        /// Its name in folded form.
        name: String,
        /// Whether the name is still being typed and stands for all tags that begin with it.
        open: bool,
    },
    /// There is a note on the article.
    HasNote,
}

/// What a reader decided about an article, or has not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
}

impl Query {
    /// The words of the query in the order typed.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().filter_map(|clause| match clause {
            Clause::Word(word) => Some(word.as_str()),
            _ => None,
        })
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

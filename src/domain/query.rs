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
}

impl Query {
    /// The words of the query in the order typed.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().filter_map(|clause| match clause {
            Clause::Word(word) => Some(word.as_str()),
            Clause::About(_) => None,
        })
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

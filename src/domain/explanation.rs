//! Why an answer is empty, and what would not be.

use super::{Expr, Query};

/// Why nothing answers a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The conditions that must all hold, in the order typed.
    pub parts: Vec<Part>,
    /// Queries that something answers, the most useful first.
    pub suggestions: Vec<Suggestion>,
}

/// One of the conditions that must all hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The condition.
    pub expr: Expr,
    /// How many articles meet it.
    pub alone: usize,
    /// How many articles meet all the others.
    pub without: usize,
}

/// A query near to one that nothing answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The whole query.
    pub query: Query,
    /// How many articles answer it.
    pub articles: usize,
    /// How it differs.
    pub way: Way,
}

/// How a suggested query differs from what was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// A word is spelt otherwise.
    Respelled {
        /// The word as typed.
        typed: String,
        /// The word that stands for it.
        instead: String,
    },
    /// The line as it reads where another keyboard layout was active.
    Retyped(String),
    /// A condition is left out.
    Without(Expr),
}

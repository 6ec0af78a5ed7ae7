//! The lines that stand below titles: where each listed article answers best.

use std::collections::HashMap;

use super::Ticket;
use crate::domain::{ArticleId, Query, Snippet};

/// Lines of the answer to one query, as far as they are at hand.
#[derive(Clone, Debug, Default)]
pub struct Snippets {
    /// Whether they are shown.
    pub on: bool,
    held: HashMap<ArticleId, Snippet>,
    query: Query,
    pub(super) asked: Option<Ticket>,
}

/// So many lines are held at most.
const MOST: usize = 1000;

impl Snippets {
    /// The line of an article.
    pub fn of(&self, id: ArticleId) -> Option<&Snippet> {
        self.held.get(&id)
    }

    /// Holds lines of the answer to this query from now on.
    pub(super) fn begin(&mut self, query: &Query) {
        if self.query != *query || self.held.len() > MOST {
            self.held.clear();
            self.query = query.clone();
        }
    }

    pub(super) fn take(&mut self, snippets: Vec<Snippet>) {
        self.held.extend(snippets.into_iter().map(|snippet| (snippet.id, snippet)));
    }
}

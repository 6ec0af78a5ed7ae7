//! Who says what: reporting words, their speakers and what is said.

use super::{furniture::Page, tokens::Tokens};
use crate::domain::{Mention, Name, Statement};

/// Finds the statements of an article.
pub(super) fn find(_tokens: &Tokens<'_>, _page: &Page, _mentions: &[Mention], _names: &[Name]) -> Vec<Statement> {
    Vec::new()
}

//! Typed text to a query and back; it never fails.
//!
//! ```text
//! بوتين إردوغان        articles that hold both words       "قره باغ"        these words side by side (also « » and “ ”)
//! بوتين | لافروف       either word; binds closest          -إردوغان         not this word
//! (a | b c) -(d e)     parentheses                         =بوتين           this very form alone
//! by:بوتين             a statement by somebody             about:كاراباخ    a mention of somebody or something
//! from:sputnik         the outlet                          lang:ar          the language
//! date:2021-11..2022   also 2021, نوفمبر 2021, last-week   title:قمة        words of the title
//! verb:denied          how somebody speaks                 about:=putin_id  this very entity
//! is:unread  is:read  is:starred  tag:NAME  has:note       sort:newest, sort:oldest
//! ```
//! Every field has an Arabic name too (`قائل:`, `عن:`, `من:`, `تاريخ:`, …). A piece such as `F-16` is a phrase; one with a comma
//! or colon in it is several words. What says nothing is passed over, and [`problems`] tells of it.

mod complete;
mod fields;
mod lexer;
mod parser;
mod period;
mod show;

pub use complete::{Completion, completion};
pub use fields::Field;
pub use parser::Problem;
pub use show::{show, show_clause, value};

use crate::{domain::Query, text::layout};

/// Reads what was typed. `live` says that typing goes on: the last word then stands for all words that begin with it,
/// unless a blank after it shows that it is finished, and a query that is not finished is no mistake.
pub fn parse(typed: &str, live: bool) -> Query {
    parser::read(typed, live).0
}

/// What was typed in one row of at most `width` columns, for the eye: each piece of the query keeps its own direction, so that
/// Arabic words and the signs around them stay together beside Latin fields.
pub fn row(typed: &str, width: u16, options: &layout::Options) -> layout::Row {
    let pieces = lexer::pieces(typed, |name| Field::of_name(name).is_some());
    layout::line_of_parts(typed, &pieces, width, options)
}

/// What was typed and says nothing, in order; what may still become something while `live` is left out.
pub fn problems(typed: &str, live: bool) -> Vec<Problem> {
    let mut problems = parser::read(typed, live).1;
    problems.sort_by_key(|problem| problem.span);
    problems
}

#[cfg(test)]
mod tests;

//! Reading an article: what it says of itself, whom and what it names, and who says what.
//!
//! Stage 1 is [`extract`]: one article, a pure function of its text, its record's fields and the lexicons. Stage 2 is
//! [`link()`]: the names of many articles become entities, the same whatever the order.

mod dates;
mod document;
mod furniture;
mod header;
mod labels;
pub mod link;
mod masthead;
mod names;
mod published;
mod quotes;
mod same;
mod sentences;
mod statements;
mod teasers;
mod tokens;
pub mod training;

pub use dates::date_of;
pub use link::{Links, NameCount, link};
pub use statements::model::{Choosable, Decision, Question, Weights};

use crate::{
    domain::{Extraction, Fields},
    lang::{Packs, detect},
};

/// Changes whenever [`extract`] would give another result; stored extractions of another number are redone.
pub const EXTRACTION_VERSION: u32 = 3;

/// Reads one article: header, names, mentions and statements, all as spans of `text`.
///
/// Pure and deterministic; never fails. Languages without a pack get what shared name lexicons and punctuation tell.
pub fn extract(text: &str, fields: &Fields, packs: &Packs) -> Extraction {
    extract_with(text, fields, packs, Weights::get(), None)
}

/// [`extract`] with given weights for the choices among statements; with `decisions`, the choices that were made join them.
/// For training.
pub fn extract_with(
    text: &str,
    fields: &Fields,
    packs: &Packs,
    weights: &Weights,
    decisions: Option<&mut Vec<Decision>>,
) -> Extraction {
    let language = detect(text);
    let tokens = tokens::Tokens::new(text, packs.pack(language), packs);
    let page = furniture::find(&tokens, fields);
    let dates = dates::find(&tokens);
    let header = header::read(&tokens, fields, language, &page, &dates);
    let found = names::find(&tokens, &page, &dates);
    let (mut names, mentions) = document::resolve(&tokens, &page, found, dates, header.published);
    let statements = statements::find(&tokens, &page, &mentions, &mut names, weights, decisions);
    Extraction { header, names, mentions, statements }
}

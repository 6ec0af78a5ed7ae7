//! Reading an article: what it says of itself, whom and what it names, and who says what.
//!
//! Stage 1 is [`extract`]: one article, a pure function of its text, its record's fields and the lexicons. Stage 2 is
//! [`link()`]: the names of many articles become entities, the same whatever the order.

mod byline;
mod dates;
mod document;
mod furniture;
mod header;
pub mod holders;
mod labels;
pub mod link;
mod masthead;
pub mod model;
mod names;
mod published;
mod quotes;
mod repeat;
mod same;
mod sentences;
mod statements;
mod teasers;
mod tokens;
pub mod training;

pub use dates::date_of;
pub use holders::Holders;
pub use link::{Links, NameCount, link};
pub use model::Models;
pub use statements::model::{Choosable, Decision, Question, Weights};

use crate::{
    domain::{Extraction, Fields},
    lang::{Packs, detect},
};

/// Changes whenever [`extract`] would give another result; stored extractions of another number are redone.
pub const EXTRACTION_VERSION: u32 = 10;

/// Reads one article: header, names, mentions and statements, all as spans of `text`.
///
/// Pure and deterministic; never fails. Languages without a pack get what shared name lexicons and punctuation tell.
pub fn extract(text: &str, fields: &Fields, packs: &Packs) -> Extraction {
    extract_with(text, fields, packs, &Means::default(), None)
}

/// What an article says of itself, without names and statements: a small part of the work of [`extract`].
///
/// Where a record tells headline and day they are believed unread; else the header is that of [`extract`].
pub fn extract_header(text: &str, fields: &Fields, packs: &Packs) -> Extraction {
    let language = detect(text);
    if let Some(header) = header::of_record(text, fields, language) {
        return Extraction { header, ..Extraction::default() };
    }
    let tokens = tokens::Tokens::new(text, packs.pack(language), packs);
    let page = furniture::find(&tokens, fields);
    let dates = dates::find(&tokens);
    Extraction { header: header::read(&tokens, fields, language, &page, &dates), ..Extraction::default() }
}

/// The means by which names and statements are found, so that measurements can leave one out.
#[derive(Clone, Copy, Debug)]
pub struct Means<'m> {
    /// The trained models of names.
    pub models: &'m Models,
    /// Whether the lexicons of places, people and bodies are used.
    pub gazetteers: bool,
    /// Whether names once known are looked for again.
    pub document: bool,
    /// Whether names of several words, once read, are taken wherever their words stand.
    pub repeat: bool,
    /// The weights of choices among statements.
    pub weights: &'m Weights,
    /// What an archive tells of who held which office when.
    pub holders: &'m Holders,
}

impl Default for Means<'static> {
    fn default() -> Means<'static> {
        static NOBODY: Holders = Holders::NONE;
        let (models, weights) = (Models::get(), Weights::get());
        Means { models, gazetteers: true, document: true, repeat: true, weights, holders: &NOBODY }
    }
}

/// [`extract`] by chosen means; with `decisions`, the choices among statements that were made join them. For training.
pub fn extract_with(
    text: &str,
    fields: &Fields,
    packs: &Packs,
    means: &Means<'_>,
    decisions: Option<&mut Vec<Decision>>,
) -> Extraction {
    let language = detect(text);
    let tokens = tokens::Tokens::new(text, packs.pack(language), packs);
    let page = furniture::find(&tokens, fields);
    let dates = dates::find(&tokens);
    let header = header::read(&tokens, fields, language, &page, &dates);
    let proposals = names::propose(&tokens, &page, &dates, |_| !means.gazetteers);
    let mut found = match means.models.of(language) {
        Some(model) => model.names(&tokens, &page, &dates, &proposals),
        None => proposals.chosen,
    };
    if means.repeat {
        repeat::read_again(&tokens, &page, &dates, &mut found);
    }
    let events = names::events::find(&tokens, &page, &found);
    found.extend(events);
    found.sort_by_key(|name| name.tokens);
    let (mut names, mentions) = document::resolve(&tokens, &page, found, dates, header.published, means.document);
    let (statements, offices) = statements::find(&tokens, &page, &mentions, &mut names, header.published, means, decisions);
    Extraction { header, names, mentions, statements, offices }
}

//! What the piece at the caret may become: names of fields, their values, or something that the archive knows.

use super::{fields::Field, lexer};
use crate::text::Span;

/// The piece that is completed, and what with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a candidate takes the place of, in what was typed.
    pub span: Span,
    /// What was typed of it so far.
    pub begun: String,
    /// What may stand there.
    pub wanted: Wanted,
}

/// Where candidates come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// These, each whole: `by:`, `unread`.
    OneOf(Vec<&'static str>),
    /// A speaker or another name.
    Name,
    /// An outlet.
    Outlet,
    /// A language of the archive.
    Language,
    /// A tag.
    Tag,
}

/// What may stand at the caret, which is a place in bytes; `None` where nothing is known to complete.
pub fn completion(typed: &str, caret: usize) -> Option<Completion> {
    let before = typed.get(..caret)?;
    let (span, token) = lexer::tokens(before, |name| Field::of_name(name).is_some()).pop()?;
    let lexer::Token::Piece(piece) = token else { return None };
    if span.end as usize != caret || piece.quoted && !piece.unclosed {
        return None;
    }
    let start = caret - piece.value.len();
    let begun = piece.value.to_lowercase();
    let wanted = match piece.field.map(|name| Field::of_name(name).expect("the lexer takes only names of fields for such")) {
        None if piece.quoted || piece.exact || begun.is_empty() => return None,
        None => Wanted::OneOf(starting(FIELD_STARTS, &begun)),
        Some(Field::By | Field::About) => Wanted::Name,
        Some(Field::From) => Wanted::Outlet,
        Some(Field::Lang) => Wanted::Language,
        Some(Field::Tag) => Wanted::Tag,
        Some(Field::Date) => Wanted::OneOf(starting(DATES, &begun)),
        Some(field) => Wanted::OneOf(starting(field.values(), &begun)),
    };
    match &wanted {
        Wanted::OneOf(candidates) if candidates.is_empty() => None,
        _ => Some(Completion { span: Span::new(start, caret), begun, wanted }),
    }
}

const FIELD_STARTS: &[&str] = &[
    "by:",
    "about:",
    "from:",
    "date:",
    "lang:",
    "tag:",
    "is:",
    "has:",
    "verb:",
    "kind:",
    "title:",
    "sort:",
    "قائل:",
    "عن:",
    "من:",
    "تاريخ:",
    "لغة:",
    "وسم:",
    "حالة:",
    "فيه:",
    "فعل:",
    "نوع:",
    "عنوان:",
    "ترتيب:",
];

const DATES: &[&str] =
    &["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year", "last-year", "7d", "30d"];

fn starting(known: &[&'static str], begun: &str) -> Vec<&'static str> {
    known.iter().copied().filter(|known| known.starts_with(begun) && *known != begun).collect()
}

//! What the piece at the caret may become: names of fields, their values, or something that the archive knows.

use super::{fields::Field, lexer};
use crate::{
    domain::Among,
    text::{Span, fold, fold::is_arabic_letter, keyboard},
};

/// The piece that is completed, and what with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole piece in what was typed, with the name of its field.
    pub piece: Span,
    /// What a candidate takes the place of.
    pub span: Span,
    /// What was typed of it up to the caret.
    pub begun: String,
    /// What may stand there, each whole: `by:`, `unread`.
    pub known: Vec<String>,
    /// What else may stand there, for the archive to tell.
    pub among: Option<Among>,
}

/// So much of a word is typed before names that begin with it are of use.
const FEWEST: usize = 2;

/// What may stand at the caret, which is a place in bytes; `None` where nothing is known to complete.
pub fn completion(typed: &str, caret: usize) -> Option<Completion> {
    let before = typed.get(..caret)?;
    let tokens = lexer::tokens(typed, |name| Field::of_name(name).is_some());
    let at_caret = tokens.into_iter().find_map(|(span, token)| match token {
        lexer::Token::Piece(piece) if (span.start as usize) < caret && caret <= span.end as usize => Some((span, piece)),
        _ => None,
    });
    let Some((piece, found)) = at_caret else {
        let known = names(is_arabic(before)).collect();
        let here = Span::new(caret, caret);
        return Some(Completion { piece: here, span: here, begun: String::new(), known, among: None });
    };
    let span = Span::new(piece.start as usize + found.head, piece.end as usize);
    // The quotation mark, where there is one, is no part of the value.
    let quote = span.of(typed).chars().next().filter(|_| found.quoted).map_or(0, char::len_utf8);
    let begun = typed.get(span.start as usize + quote..caret)?;
    let is_behind_it = found.quoted && !found.unclosed && caret == span.end as usize;
    if is_behind_it || found.exact {
        return None;
    }
    let field = found.field.map(|name| Field::of_name(name).expect("the lexer takes only names of fields for such"));
    let among = match field {
        None if found.quoted => return None,
        None => (begun.chars().count() >= FEWEST).then_some(Among::Names),
        Some(Field::By) => Some(Among::Speakers),
        Some(Field::About) => Some(Among::Names),
        Some(Field::From) => Some(Among::Outlets),
        Some(Field::Lang) => Some(Among::Languages),
        Some(Field::Tag) => Some(Among::Tags),
        Some(Field::Date) => Some(Among::Dates),
        Some(Field::Is | Field::Has | Field::Verb | Field::Kind | Field::Title | Field::Sort) => None,
    };
    let known = match field {
        None => fields(begun),
        Some(Field::Date) => starting(DATES.iter().map(|name| (*name).to_owned()), begun),
        Some(field) => starting(field.values().iter().map(|name| (*name).to_owned()), begun),
    };
    let is_something = !known.is_empty() || among.is_some();
    is_something.then(|| Completion { piece, span, begun: begun.to_owned(), known, among })
}

const DATES: &[&str] =
    &["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year", "last-year", "7d", "30d"];

/// The names of all fields with their colons, in one script or the other.
fn names(arabic: bool) -> impl Iterator<Item = String> {
    Field::all().map(move |field| format!("{}:", if arabic { field.arabic_name() } else { field.name() }))
}

/// The fields whose names begin so, also where another keyboard layout was meant.
fn fields(begun: &str) -> Vec<String> {
    let both = || names(false).chain(names(true));
    let found = starting(both(), begun);
    if !found.is_empty() {
        return found;
    }
    let meant = keyboard::retyped(begun);
    both().filter(|name| meant.iter().any(|meant| name.starts_with(meant.as_str()))).collect()
}

fn starting(known: impl Iterator<Item = String>, begun: &str) -> Vec<String> {
    let folded = fold(begun);
    known.filter(|known| fold(known).starts_with(&folded) && known != begun).collect()
}

/// Whether the last letter typed is Arabic.
fn is_arabic(typed: &str) -> bool {
    typed.chars().rev().find(|c| c.is_alphabetic()).is_some_and(is_arabic_letter)
}

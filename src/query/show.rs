//! From a query back to text that reads as the same query.

use super::{fields::Field, period};
use crate::domain::{Clause, Expr, Order, Place, Query, State, Term, Who};

/// A query as it is typed: [`super::parse`] reads it as the same query, but for words that were still being typed.
pub fn show(query: &Query) -> String {
    let mut parts = match &query.root {
        Expr::All(parts) => parts.iter().map(|part| expr(part, false)).collect(),
        root => vec![expr(root, false)],
    };
    match query.order {
        Order::Best => {}
        Order::Newest => parts.push(field(Field::Sort, "newest")),
        Order::Oldest => parts.push(field(Field::Sort, "oldest")),
    }
    parts.join(" ")
}

/// One condition as it is typed.
pub fn show_clause(clause: &Clause) -> String {
    match clause {
        Clause::Words { terms, place: Place::Anywhere } => words(terms),
        Clause::Words { terms, place: Place::Title } => field(Field::Title, &words(terms)),
        Clause::About(who) => field(Field::About, &name(who)),
        Clause::By(who) => field(Field::By, &name(who)),
        Clause::Verb(family) => field(Field::Verb, family),
        Clause::Kind(manner) => field(Field::Kind, manner.label()),
        Clause::From(terms) => field(Field::From, &words(terms)),
        Clause::Date(when) => field(Field::Date, &period::show(*when)),
        Clause::Lang(language) => field(Field::Lang, language.code()),
        Clause::Is(State::Unread) => field(Field::Is, "unread"),
        Clause::Is(State::Read) => field(Field::Is, "read"),
        Clause::Is(State::Starred) => field(Field::Is, "starred"),
        Clause::Tag { name, .. } => field(Field::Tag, &quoted(name)),
        Clause::HasNote => field(Field::Has, "note"),
    }
}

/// `inner` says that it stands beside others, so that what is put together needs parentheses.
fn expr(part: &Expr, inner: bool) -> String {
    match part {
        Expr::Leaf(clause) => show_clause(clause),
        // Two signs side by side are a dash.
        Expr::Not(part) if matches!(**part, Expr::Not(_)) => format!("-({})", expr(part, false)),
        Expr::Not(part) => format!("-{}", expr(part, true)),
        Expr::Any(parts) => {
            let shown: Vec<String> = parts.iter().map(|part| expr(part, true)).collect();
            if inner { format!("({})", shown.join(" | ")) } else { shown.join(" | ") }
        }
        Expr::All(parts) => {
            let shown: Vec<String> = parts.iter().map(|part| expr(part, false)).collect();
            format!("({})", shown.join(" "))
        }
    }
}

/// A name as the value of a field: in quotation marks where it is more than one plain word.
pub fn value(name: &str) -> String {
    quoted(&name.split(['"', '“', '”', '«', '»', '„']).collect::<String>())
}

fn field(field: Field, value: &str) -> String {
    format!("{}:{value}", field.name())
}

fn name(who: &Who) -> String {
    match who {
        Who::Entity(id) => format!("={}", quoted(&id.0)),
        Who::Named(terms) => words(terms),
    }
}

fn words(terms: &[Term]) -> String {
    let exact = if terms.iter().any(|term| term.exact) { "=" } else { "" };
    let typed: Vec<&str> = terms.iter().map(|term| term.typed.as_str()).collect();
    match typed[..] {
        [word] => format!("{exact}{word}"),
        _ => format!("{exact}\"{}\"", typed.join(" ")),
    }
}

/// In quotation marks where the value has signs of the grammar in it.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
    if value.chars().all(is_plain) { value.to_owned() } else { format!("\"{value}\"") }
}

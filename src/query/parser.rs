//! From tokens to the tree: `|` binds closest, then blanks; what says nothing is passed over and told.

use std::iter::Peekable;

use super::{
    fields::{Field, KINDS, ORDERS, PARTS, STATES, VERBS, kind},
    lexer::{Piece, Token, tokens},
    period,
};
use crate::{
    domain::{Clause, EntityId, Expr, Language, Order, Place, Query, State, Term, Who},
    text::{Span, fold, words},
};

/// Something in a query that says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The part of what was typed that is wrong: of a field that is understood only its value.
    pub span: Span,
    /// What is wrong, as a sentence.
    pub text: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Reads a query and collects what says nothing; `live` as for [`super::parse`].
pub(super) fn read(typed: &str, live: bool) -> (Query, Vec<Problem>) {
    let tokens = tokens(typed, |name| Field::of_name(name).is_some());
    let at_end = live && typed.ends_with(|c: char| !c.is_whitespace());
    let end = if at_end { typed.len() } else { usize::MAX };
    let mut parser = Parser {
        typed,
        tokens: tokens.into_iter().peekable(),
        live,
        end,
        order: Order::default(),
        problems: Vec::new(),
        depth: 0,
    };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.all());
        // Only a closing parenthesis too many ends it early.
        let Some((span, _)) = parser.tokens.next() else { break };
        parser.problem(span, "there is no ( before this )".into());
    }
    (Query { root: all(parts), order: parser.order }, parser.problems)
}

struct Parser<'a, I: Iterator<Item = (Span, Token<'a>)>> {
    typed: &'a str,
    tokens: Peekable<I>,
    live: bool,
    /// Where a piece ends that is still being typed.
    end: usize,
    order: Order,
    problems: Vec<Problem>,
    depth: usize,
}

/// Deeper parentheses are passed over, so that no query can exhaust the stack.
const DEEPEST: usize = 64;

impl<'a, I: Iterator<Item = (Span, Token<'a>)>> Parser<'a, I> {
    /// Everything up to the end or a closing parenthesis.
    fn all(&mut self) -> Vec<Expr> {
        let mut parts = Vec::new();
        while let Some((_, token)) = self.tokens.peek() {
            match token {
                Token::Close => break,
                Token::Or => {
                    self.tokens.next();
                }
                _ => parts.extend(self.any()),
            }
        }
        parts
    }

    /// Units with `|` between them; `None` where they say nothing.
    fn any(&mut self) -> Option<Expr> {
        let mut parts: Vec<Expr> = self.unit().into_iter().collect();
        while self.tokens.next_if(|(_, token)| *token == Token::Or).is_some() {
            if matches!(self.tokens.peek(), None | Some((_, Token::Close))) {
                break;
            }
            parts.extend(self.unit());
        }
        any(parts)
    }

    fn unit(&mut self) -> Option<Expr> {
        let (span, token) = self.tokens.next()?;
        match token {
            Token::Not => {
                // A lone sign before `)` or the end is cut off by the lexer.
                if matches!(self.tokens.peek(), Some((_, Token::Close | Token::Or)) | None) {
                    return None;
                }
                self.unit().map(|part| Expr::Not(Box::new(part)))
            }
            Token::Open => {
                self.depth += 1;
                let parts = if self.depth > DEEPEST { Vec::new() } else { self.all() };
                self.depth -= 1;
                let closed = self.tokens.next_if(|(_, token)| *token == Token::Close).is_some();
                if !closed && !self.live {
                    self.problem(span, "there is no ) for this (".into());
                }
                (!parts.is_empty()).then(|| only(parts))
            }
            Token::Piece(piece) => self.piece(span, piece),
            // The callers stop before these.
            Token::Or | Token::Close => None,
        }
    }

    fn piece(&mut self, span: Span, piece: Piece<'a>) -> Option<Expr> {
        let open = span.end as usize == self.end && (!piece.quoted || piece.unclosed);
        // What is understood of a piece is not marked as wrong.
        let value = Span::new(span.start as usize + piece.head, span.end as usize);
        if piece.unclosed && !self.live {
            let mark = self.typed[value.start as usize..].chars().next().map_or(0, char::len_utf8);
            let mark = Span::new(value.start as usize, value.start as usize + mark);
            self.problem(mark, "the quotation mark is not closed".into());
        }
        let Some(name) = piece.field else {
            return self.words(piece, open, Place::Anywhere);
        };
        let field = Field::of_name(name).expect("the lexer takes only names of fields for such");
        if piece.value.trim().is_empty() {
            if !open {
                self.problem(span, format!("{name}: wants a value: {}", field.help()));
            }
            return None;
        }
        let clause = match field {
            Field::Title => return self.words(piece, open, Place::Title),
            Field::By => Clause::By(who(piece, open)?),
            Field::About => Clause::About(who(piece, open)?),
            Field::From => Clause::From(some(terms(piece.value, piece.exact, open))?),
            Field::Date => return self.known((span, value), piece, open, period::read(piece.value).map(Clause::Date)),
            Field::Lang => {
                let language = Language::from_code(&piece.value.to_lowercase());
                let known = language != Language::UNKNOWN || piece.value.eq_ignore_ascii_case(language.code());
                return self.known((span, value), piece, open, known.then_some(Clause::Lang(language)));
            }
            Field::Tag => Clause::Tag { name: tag(piece.value), open },
            Field::Is => return self.one_of((span, value), piece, open, STATES, state),
            Field::Has => return self.one_of((span, value), piece, open, PARTS, |_| Some(Clause::HasNote)),
            Field::Verb => return self.one_of((span, value), piece, open, VERBS, |verb| Some(Clause::Verb(verb.to_owned()))),
            Field::Kind => {
                return self.one_of((span, value), piece, open, KINDS, |name| kind(name).map(Clause::Kind));
            }
            Field::Sort => {
                let order = |name: &str| match name {
                    "newest" => Order::Newest,
                    "oldest" => Order::Oldest,
                    _ => Order::Best,
                };
                match ORDERS.iter().find(|known| piece.value.eq_ignore_ascii_case(known)) {
                    Some(known) => self.order = order(known),
                    None => return self.one_of((span, value), piece, open, ORDERS, |_| None),
                }
                return None;
            }
        };
        Some(Expr::Leaf(clause))
    }

    /// A word or phrase; a piece with commas or colons in it is several.
    fn words(&mut self, piece: Piece<'a>, open: bool, place: Place) -> Option<Expr> {
        let is_break = |c: char| !piece.quoted && matches!(c, ',' | ';' | ':' | '،' | '؛' | '!' | '?' | '؟' | '…');
        let parts: Vec<&str> = piece.value.split(is_break).collect();
        let last = parts.len() - 1;
        let leaves: Vec<Expr> = parts
            .into_iter()
            .enumerate()
            .filter_map(|(nth, part)| some(terms(part, piece.exact, open && nth == last)))
            .map(|terms| Expr::Leaf(Clause::Words { terms, place }))
            .collect();
        (!leaves.is_empty()).then(|| only(leaves))
    }

    /// A clause with one of a few values, in whatever case.
    fn one_of(
        &mut self,
        (span, wrong): (Span, Span),
        piece: Piece<'a>,
        open: bool,
        known: &'static [&'static str],
        clause: impl Fn(&'static str) -> Option<Clause>,
    ) -> Option<Expr> {
        let lower = piece.value.to_lowercase();
        if let Some(value) = known.iter().find(|value| **value == lower) {
            return clause(value).map(Expr::Leaf);
        }
        if !(open && known.iter().any(|value| value.starts_with(&lower))) {
            let field = piece.field.unwrap_or_default();
            let listed: Vec<String> = known.iter().map(|value| format!("{field}:{value}")).collect();
            self.problem(wrong, format!("'{}' says nothing; there is {}", span.of(self.typed), listed.join(", ")));
        }
        None
    }

    /// A clause whose value was understood or not; one that is still being typed may become so.
    fn known(&mut self, (span, wrong): (Span, Span), piece: Piece<'a>, open: bool, clause: Option<Clause>) -> Option<Expr> {
        if clause.is_none() && !open {
            let help = piece.field.and_then(Field::of_name).map_or("", Field::help);
            self.problem(wrong, format!("'{}' says nothing; it wants {help}", span.of(self.typed)));
        }
        clause.map(Expr::Leaf)
    }

    fn problem(&mut self, span: Span, text: String) {
        self.problems.push(Problem { span, text });
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// All of these; groups within are opened.
fn all(parts: Vec<Expr>) -> Expr {
    let open = |part| match part {
        Expr::All(parts) => parts,
        part => vec![part],
    };
    Expr::All(parts.into_iter().flat_map(open).collect())
}

/// All of these, or the only one itself.
fn only(parts: Vec<Expr>) -> Expr {
    match all(parts) {
        Expr::All(mut parts) if parts.len() == 1 => parts.remove(0),
        all => all,
    }
}

/// Any of these; the only one itself; `None` for none.
fn any(parts: Vec<Expr>) -> Option<Expr> {
    let open = |part| match part {
        Expr::Any(parts) => parts,
        part => vec![part],
    };
    let mut parts: Vec<Expr> = parts.into_iter().flat_map(open).collect();
    if parts.len() > 1 { Some(Expr::Any(parts)) } else { parts.pop() }
}

fn who(piece: Piece<'_>, open: bool) -> Option<Who> {
    match piece.exact {
        true => Some(Who::Entity(EntityId(piece.value.to_owned()))),
        false => some(terms(piece.value, false, open)).map(Who::Named),
    }
}

fn state(name: &str) -> Option<Clause> {
    Some(Clause::Is(match name {
        "unread" => State::Unread,
        "read" => State::Read,
        "starred" => State::Starred,
        _ => return None,
    }))
}

/// The words of a value; the last may still be typed.
fn terms(value: &str, exact: bool, open: bool) -> Vec<Term> {
    let at_word = value.ends_with(|c: char| !c.is_whitespace());
    let term = |word| Term { exact, ..Term::of(word, value) };
    let mut terms: Vec<Term> = words(value).into_iter().map(term).collect();
    if let Some(last) = terms.last_mut() {
        last.open = open && at_word && !exact;
    }
    terms
}

/// A tag as the archive compares it.
fn tag(name: &str) -> String {
    Some(fold(name)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| name.to_owned())
}

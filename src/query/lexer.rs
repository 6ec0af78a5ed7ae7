//! What was typed, cut into the signs and pieces of the grammar.

use crate::text::Span;

/// One sign or piece of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `|`
    Or,
    /// `-` directly before something.
    Not,
    /// Anything else.
    Piece(Piece<'a>),
}

/// A word, a phrase or a field with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The name before a colon, if it is one of a field.
    pub(super) field: Option<&'a str>,
    /// Bytes before the value and its quotation mark: the name of the field with its colon, and `=`.
    pub(super) head: usize,
    /// Whether `=` stands before the value.
    pub(super) exact: bool,
    /// What is asked for, without quotation marks.
    pub(super) value: &'a str,
    /// Whether it stood in quotation marks.
    pub(super) quoted: bool,
    /// Whether the quotation mark at its end is missing.
    pub(super) unclosed: bool,
}

const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“'), ('”', '”')];

/// Cuts a query into tokens, each with the place where it stands.
pub(super) fn tokens<'a>(typed: &'a str, is_field: impl Fn(&str) -> bool) -> Vec<(Span, Token<'a>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = typed[at..].chars().next() {
        let (length, token) = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => (1, Token::Open),
            ')' => (1, Token::Close),
            '|' => (1, Token::Or),
            '-' => match typed[at + 1..].chars().next() {
                Some(next) if !next.is_whitespace() && !matches!(next, ')' | '|' | '-') => (1, Token::Not),
                _ => {
                    at += 1;
                    continue;
                }
            },
            _ => {
                let (length, piece) = piece(&typed[at..], &is_field);
                (length, Token::Piece(piece))
            }
        };
        found.push((Span::new(at, at + length), token));
        at += length;
    }
    found
}

/// Where the pieces of a query stand, each with the sign before it that denies it.
pub(super) fn pieces(typed: &str, is_field: impl Fn(&str) -> bool) -> Vec<Span> {
    let (mut found, mut denied) = (Vec::new(), None);
    for (span, token) in tokens(typed, is_field) {
        let start = denied.take().unwrap_or(span).start;
        match token {
            Token::Not => denied = Some(span),
            Token::Piece(_) => found.push(Span { start, end: span.end }),
            Token::Open | Token::Close | Token::Or => {}
        }
    }
    found
}

/// The piece at the beginning of `rest`, which does not begin with a blank or a sign, and its length in bytes.
fn piece<'a>(rest: &'a str, is_field: &impl Fn(&str) -> bool) -> (usize, Piece<'a>) {
    let field = field(rest, is_field);
    let mut at = field.map_or(0, |name| name.len() + 1);
    let exact = rest[at..].starts_with('=');
    at += usize::from(exact);
    let head = at;
    let quote = rest[at..].chars().next().and_then(|c| QUOTES.iter().find(|(open, _)| *open == c));
    if let Some((open, close)) = quote {
        let value = &rest[at + open.len_utf8()..];
        let before = at + open.len_utf8();
        return match value.find(*close) {
            Some(end) => (
                before + end + close.len_utf8(),
                Piece { field, head, exact, value: &value[..end], quoted: true, unclosed: false },
            ),
            None => (rest.len(), Piece { field, head, exact, value, quoted: true, unclosed: true }),
        };
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || QUOTES.iter().any(|(open, _)| *open == c);
    let value = &rest[at..];
    let value = &value[..value.find(is_end).unwrap_or(value.len())];
    // A sign that means nothing here is passed over, so that every piece is some bytes long.
    let length = (at + value.len()).max(rest.chars().next().map_or(1, char::len_utf8));
    (length, Piece { field, head, exact, value, quoted: false, unclosed: false })
}

/// The name of a field that stands here before a colon. An Arabic one is a word like others where no value follows directly.
fn field<'a>(rest: &'a str, is_field: &impl Fn(&str) -> bool) -> Option<&'a str> {
    let name = &rest[..rest.find(|c: char| !c.is_alphabetic())?];
    let behind = rest[name.len()..].strip_prefix(':')?;
    let has_value = behind.chars().next().is_some_and(|c| !c.is_whitespace());
    (is_field(name) && (name.is_ascii() || has_value)).then_some(name)
}

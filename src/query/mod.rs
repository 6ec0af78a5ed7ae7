//! Typed text to a query; it never fails. A query is words, split and folded like the index, and conditions on what was
//! decided: `is:unread`, `is:read`, `is:starred`, `tag:NAME` and `has:note`.

use crate::{
    domain::{Clause, Query, State, Term},
    text::{Word, fold, words},
};

/// Reads what was typed. `live` says that typing goes on: the last word then stands for all words that begin with it,
/// unless a blank after it shows that it is finished.
///
/// A condition that says nothing, or nothing yet, is passed over; [`problems`] tells of it.
pub fn parse(typed: &str, live: bool) -> Query {
    let mut clauses = Vec::new();
    let at_word = live && typed.ends_with(|c: char| !c.is_whitespace());
    let mut parts = typed.split_whitespace().peekable();
    while let Some(part) = parts.next() {
        let open = at_word && parts.peek().is_none();
        match condition(part) {
            None => {
                let before = clauses.len();
                let term =
                    |word: Word| Term { typed: word.span.of(part).to_owned(), folded: word.folded, exact: false, open: false };
                clauses.extend(words(part).into_iter().map(term).map(Clause::word));
                if let (true, Some(Clause::Words { terms, .. })) = (clauses.len() > before, clauses.last_mut()) {
                    terms.iter_mut().for_each(|term| term.open = open);
                }
            }
            Some(Condition::Tag(name)) if !name.is_empty() => clauses.push(Clause::Tag { name: tag(name), open }),
            Some(Condition::Known(clause)) => clauses.push(clause),
            Some(Condition::Tag(_) | Condition::Unknown { .. }) => {}
        }
    }
    Query::all(clauses)
}

/// What was typed and says nothing, as sentences for the user; what may still become something while `live` is left out.
pub fn problems(typed: &str, live: bool) -> Vec<String> {
    let at_word = live && typed.ends_with(|c: char| !c.is_whitespace());
    let mut parts: Vec<&str> = typed.split_whitespace().collect();
    let last = if at_word { parts.pop() } else { None };
    let finished = parts.into_iter().filter_map(|part| problem(part, false));
    finished.chain(last.and_then(|part| problem(part, true))).collect()
}

fn problem(part: &str, open: bool) -> Option<String> {
    match condition(part)? {
        Condition::Known(_) => None,
        Condition::Tag(name) => (name.is_empty() && !open).then(|| "tag: wants the name of a tag".into()),
        Condition::Unknown { value, .. } if value.is_empty() && open => None,
        Condition::Unknown { value, known } => {
            let may_become = open && known.iter().any(|known| known.starts_with(&value.to_ascii_lowercase()));
            (!may_become).then(|| format!("'{part}' says nothing; there is {}", listed(part, known)))
        }
    }
}

fn listed(part: &str, known: &[&str]) -> String {
    let key = part.split_once(':').map_or(part, |(key, _)| key).to_ascii_lowercase();
    known.iter().map(|known| format!("{key}:{known}")).collect::<Vec<_>>().join(", ")
}

/// A part of a query that is no word.
enum Condition<'a> {
    Known(Clause),
    Tag(&'a str),
    Unknown { value: &'a str, known: &'static [&'static str] },
}

const STATES: &[&str] = &["unread", "read", "starred"];
const PARTS: &[&str] = &["note"];

fn condition(part: &str) -> Option<Condition<'_>> {
    let (key, value) = part.split_once(':')?;
    let (key, lower) = (key.to_ascii_lowercase(), value.to_ascii_lowercase());
    Some(match (key.as_str(), lower.as_str()) {
        ("is", "unread") => Condition::Known(Clause::Is(State::Unread)),
        ("is", "read") => Condition::Known(Clause::Is(State::Read)),
        ("is", "starred") => Condition::Known(Clause::Is(State::Starred)),
        ("is", _) => Condition::Unknown { value, known: STATES },
        ("has", "note") => Condition::Known(Clause::HasNote),
        ("has", _) => Condition::Unknown { value, known: PARTS },
        ("tag", _) => Condition::Tag(value),
        _ => return None,
    })
}

/// A tag as the archive compares it.
fn tag(name: &str) -> String {
    Some(fold(name)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(typed: &str) -> Clause {
        Clause::word(Term { typed: typed.into(), folded: fold(typed), exact: false, open: false })
    }

    #[test]
    fn words_are_folded_as_the_index_folds_them() {
        let query = parse("Moscow، أرمينيا ٢٠٢١ء", false);
        let words: Vec<(&str, &str)> = query.terms().iter().map(|term| (&*term.typed, &*term.folded)).collect();
        assert_eq!(words, [("Moscow", "moscow"), ("أرمينيا", "ارمينيا"), ("٢٠٢١", "2021"), ("ء", "ء")]);
    }

    #[test]
    fn only_a_word_being_typed_is_open() {
        let open = |typed, live| parse(typed, live).terms().iter().any(|term| term.open);
        assert!(open("بوت", true));
        assert!(!open("بوتين ", true));
        assert!(!open("بوتين", false));
        assert!(!open("  ", true));
        assert!(!open("بوتين is:read", true), "the word before a condition is finished");
        assert!(open("is:read بوت", true));
    }

    #[test]
    fn conditions_on_decisions_stand_anywhere() {
        let is = Clause::Is;
        let tag = |name: &str, open| Clause::Tag { name: name.into(), open };
        for (typed, live, expected) in [
            ("is:unread", true, vec![is(State::Unread)]),
            ("IS:Starred قال is:read", false, vec![is(State::Starred), word("قال"), is(State::Read)]),
            ("has:note", false, vec![Clause::HasNote]),
            ("tag:القوقاز", false, vec![tag("القوقاز", false)]),
            ("tag:Élysée", false, vec![tag("elysee", false)]),
            ("tag:to-do", true, vec![tag("to-do", true)]),
            ("tag:to-do ", true, vec![tag("to-do", false)]),
            ("tag:★", false, vec![tag("★", false)]),
            // Unfinished or unknown: passed over.
            ("is:", true, vec![]),
            ("is:unr", true, vec![]),
            ("is:blue house", false, vec![word("house")]),
            ("tag: has:", false, vec![]),
            // Other colons are between words, as ever.
            ("Moscow:Baku قال:", false, vec![word("Moscow"), word("Baku"), word("قال")]),
        ] {
            assert_eq!(parse(typed, live), Query::all(expected), "{typed}");
        }
    }

    #[test]
    fn what_says_nothing_is_told_once_it_is_finished() {
        for (typed, live, told) in [
            ("is:unread tag:x has:note قال", false, 0),
            ("is:unr", true, 0),
            ("is:", true, 0),
            ("tag:", true, 0),
            ("is:unr ", true, 1),
            ("is:blue", true, 1),
            ("is: tag: has:x", false, 3),
        ] {
            assert_eq!(problems(typed, live).len(), told, "{typed}");
        }
        assert_eq!(problems("is:blue", false), ["'is:blue' says nothing; there is is:unread, is:read, is:starred"]);
    }
}

//! The head of a saved page: names of the outlet, navigation trails and share bars that stand above the headline.

use super::tokens::Tokens;
use crate::lang::packs::key_of;

/// How many lines of a page are looked at.
const LINES: usize = 10;
/// The most words of an outlet's name line and of one step of a navigation trail.
const NAME: usize = 5;
const STEP: usize = 3;
/// The most words of a whole trail.
const TRAIL: usize = 14;
/// The fewest words of a headline that stands below a page head.
const HEADLINE: usize = 3;

/// What stands above the headline.
#[derive(Debug, Default)]
pub(super) struct Masthead {
    /// How many of the first lines it takes.
    pub lines: usize,
    /// The tokens of the outlet's name, where a line gives it.
    pub outlet: Option<(usize, usize)>,
}

/// Finds what stands above the headline, given the token ranges of the lines. Nothing is taken for a page head unless a
/// headline follows it.
pub(super) fn find(tokens: &Tokens<'_>, lines: &[(usize, usize)]) -> Masthead {
    let head = &lines[..lines.len().min(LINES)];
    let n_head = match repeated(tokens, head) {
        Some(headline) => headline,
        None => head.iter().take_while(|(start, end)| is_head(tokens, *start, *end)).count(),
    };
    let follows = lines.get(n_head).is_some_and(|(start, end)| tokens.words(*start, *end) >= HEADLINE);
    if !follows || n_head + 1 >= lines.len() {
        return Masthead::default();
    }
    let outlet = head[..n_head].iter().find(|(start, end)| is_name(tokens, *start, *end));
    Masthead { lines: n_head, outlet: outlet.map(|(start, end)| (*start, name_end(tokens, *start, *end))) }
}

/// A line that stands twice near the top is the headline, whatever stands above it.
fn repeated(tokens: &Tokens<'_>, head: &[(usize, usize)]) -> Option<usize> {
    let keys: Vec<String> = head.iter().map(|(start, end)| line_key(tokens, *start, *end)).collect();
    let is_headline = |n: &usize| {
        let (start, end) = head[*n];
        tokens.words(start, end) >= HEADLINE && keys[n + 1..].contains(&keys[*n])
    };
    let first = (0..head.len()).find(is_headline)?;
    // Paragraphs above it would be the report of something else.
    let short = head[..first].iter().all(|(start, end)| tokens.words(*start, *end) <= TRAIL);
    short.then_some(first)
}

fn is_head(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    tokens.words(start, end) == 0
        || is_name(tokens, start, end)
        || is_trail(tokens, start, end)
        || is_capitals(tokens, start, end)
}

/// A short line with a word that outlets are called by: `بوابة …`, `… Courier`.
fn is_name(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let stops = (start..end).any(|at| matches!(tokens.mark(at), ':' | '.' | '،' | ',' | '؟' | '?' | '!'));
    !stops && tokens.words(start, end) <= NAME && (start..end).any(|at| has_word(tokens, at))
}

fn has_word(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.pack.furniture.iter().any(|(phrase, why)| why == "masthead" && phrase == tokens.folded(at))
}

/// The name ends before a dash or the mark of a trail.
fn name_end(tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    let parts = |at: &usize| is_step_mark(tokens.mark(*at)) || matches!(tokens.mark(*at), '-' | '–' | '—' | 'ـ' | '/');
    (start + 1..end).find(parts).unwrap_or(end)
}

/// `Home > World > Middle East`, `news . science . opinion`, `[Menu] [Search]`: short steps between marks.
fn is_trail(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let (mut steps, mut longest, mut here) = (1, 0, 0);
    for at in start..end {
        let mark = tokens.mark(at);
        let loose_stop = mark == '.' && tokens.all[at].spaced && at + 1 < end;
        if is_step_mark(mark) || loose_stop || mark == ']' {
            steps += usize::from(here > 0);
            here = 0;
        } else if tokens.all[at].is_word() {
            here += 1;
            longest = longest.max(here);
        }
    }
    steps >= 2 && longest <= STEP && tokens.words(start, end) <= TRAIL
}

fn is_step_mark(mark: char) -> bool {
    matches!(mark, '|' | '»' | '>' | '›' | '•' | '·')
}

/// A line of Latin capitals: a section's or an outlet's name.
fn is_capitals(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let text = tokens.span(start, end).of(tokens.text);
    tokens.words(start, end) <= STEP && text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn line_key(tokens: &Tokens<'_>, start: usize, end: usize) -> String {
    key_of(tokens.span(start, end).of(tokens.text))
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Extraction, Fields},
        extract::extract,
        lang::Packs,
    };

    const BODY: &str =
        "The ministers met in Cairo on Monday and agreed that talks between the two sides would go on for another week.\n";

    fn read(head: &str) -> (String, Extraction) {
        let text = format!("{head}\n\n{BODY}");
        let found = extract(&text, &Fields::default(), Packs::get());
        (found.header.title.of(&text).to_owned(), found)
    }

    #[test]
    fn the_headline_is_found_below_the_head_of_the_page() {
        for (head, title) in [
            ("Ministers agree to go on talking", "Ministers agree to go on talking"),
            ("Talks in Cairo\nMinisters agree to go on for another week", "Talks in Cairo"),
            ("Example Courier\nMinisters agree to go on talking", "Ministers agree to go on talking"),
            ("Home > World > Africa\n\nMinisters agree to go on talking", "Ministers agree to go on talking"),
            ("WORLD\nnews . science . opinion\n[Menu] [Search]\nMinisters agree to go on", "Ministers agree to go on"),
            ("Some label\nMinisters agree to talk\nMinisters agree to talk", "Ministers agree to talk"),
            ("Example Times - Cairo\nMonday 11 October 2021 - 11:50\n\nMinisters agree to talk", "Ministers agree to talk"),
            ("Cairo talks: hope, at last", "Cairo talks: hope, at last"),
        ] {
            assert_eq!(read(head).0, title, "{head}");
        }
    }

    #[test]
    fn the_head_of_the_page_names_the_outlet_and_the_line_below_the_headline_the_day() {
        let (_, found) = read("Example Courier\nMinisters agree to go on talking\nposted October 11, 2019 | by the world desk");
        assert_eq!(found.header.outlet.as_deref(), Some("Example Courier"));
        assert_eq!(found.header.published.map(|date| date.to_string()).as_deref(), Some("2019-10-11"));
    }
}

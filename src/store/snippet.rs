//! One line of an article around the place where it answers best.

use anyhow::Result;

use super::{Archive, articles, schema};
use crate::{
    domain::{ArticleId, Query, Snippet},
    text::Span,
};

impl Archive {
    /// The lines of some articles where a query matches most, each of at most `chars` characters; articles that are not there
    /// are passed over.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn snippets(&mut self, query: &Query, articles: &[ArticleId], chars: usize) -> Result<Vec<Snippet>> {
        let snippets = self.lines(query, articles, chars);
        schema::explained(&self.folder, snippets)
    }

    fn lines(&mut self, query: &Query, articles: &[ArticleId], chars: usize) -> Result<Vec<Snippet>> {
        let matcher = self.matcher(query)?;
        let mut snippets = Vec::new();
        for id in articles {
            let Some(row) = articles::row_of(&self.db, *id)? else { continue };
            let Some(article) = articles::article(&self.db, row)? else { continue };
            // The list shows the headline anyway.
            let title = first_line(&article.text);
            let hits = matcher.hits(&article.text);
            let body: Vec<Span> = hits.iter().copied().filter(|hit| hit.start as usize >= title).collect();
            let hits = if body.is_empty() { &hits } else { &body };
            let text = if hits.is_empty() { String::new() } else { snippet(&article.text, hits, chars) };
            snippets.push(Snippet { id: *id, hits: matcher.hits(&text), text });
        }
        Ok(snippets)
    }
}

/// Where the first line that is not blank ends.
fn first_line(text: &str) -> usize {
    let blank = text.len() - text.trim_start().len();
    blank + text[blank..].lines().next().map_or(0, str::len)
}

/// The part of `text` with the most hits, on one line of at most `chars` characters, with ellipses where text was cut off.
///
/// `hits` are in order of the text; without any the snippet is the beginning. Cuts fall between words where a blank is near.
pub fn snippet(text: &str, hits: &[Span], chars: usize) -> String {
    let budget = chars.saturating_sub(2).max(1);
    let focus = densest(hits, budget);
    // A third of the line leads up to the first hit, so that the reader sees who and what stands before it.
    let start = focus.map_or(0, |hit| back(text, hit.start as usize, budget / 3));
    let mut line = String::new();
    let mut count = 0;
    let mut end = text.len();
    for (at, c) in text[start..].char_indices() {
        if count == budget {
            end = start + at;
            break;
        }
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
                count += 1;
            }
        } else if !is_layout(c) {
            line.push(c);
            count += 1;
        }
    }
    let cut = end < text.len() && !text[end..].trim().is_empty();
    if cut
        && !text[end..].starts_with(char::is_whitespace)
        && let Some((whole, rest)) = line.trim_end().rsplit_once(' ')
        && rest.chars().count() < budget / 3
    {
        line.truncate(whole.len());
    }
    let before = if text[..start].trim().is_empty() { "" } else { "…" };
    format!("{before}{}{}", line.trim(), if cut { "…" } else { "" })
}

/// The hit from which on the most others lie within a line.
fn densest(hits: &[Span], chars: usize) -> Option<Span> {
    // A letter of Arabic takes two bytes; the estimate need not be better.
    let reach = 2 * chars as u32 / 3 * 2;
    let mut best: Option<(usize, Span)> = None;
    let mut end = 0;
    for (at, hit) in hits.iter().enumerate() {
        end = end.max(at);
        while hits.get(end).is_some_and(|other| other.end <= hit.start.saturating_add(reach)) {
            end += 1;
        }
        if best.is_none_or(|(most, _)| end - at > most) {
            best = Some((end - at, *hit));
        }
    }
    best.map(|(_, hit)| hit)
}

/// Up to `chars` characters before `at`, then forward to the beginning of a word.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let Some((start, _)) = text[..at].char_indices().rev().nth(chars) else { return 0 };
    if text[..start].ends_with(char::is_whitespace) {
        return start;
    }
    let lead = &text[start..at];
    match lead.find(char::is_whitespace) {
        Some(blank) => at - lead[blank..].trim_start().len(),
        None => at,
    }
}

/// Bidi marks and isolates belong to the layout of the whole line, which is not theirs any more.
fn is_layout(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits(text: &str, word: &str) -> Vec<Span> {
        text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len())).collect()
    }

    #[test]
    fn a_short_text_stays_whole_on_one_line() {
        assert_eq!(snippet("قال  بوتين\n\nنعم.", &[], 40), "قال بوتين نعم.");
        assert_eq!(snippet("", &[], 40), "");
    }

    #[test]
    fn the_line_lies_around_the_densest_hits() {
        let text =
            "one hit here and then a long way to go before there is any other, where hit and hit and hit again stand close";
        assert_eq!(snippet(text, &hits(text, "hit"), 40), "…other, where hit and hit and hit again…");
        assert_eq!(snippet(text, &[], 20), "one hit here and…");
    }

    proptest! {
        #[test]
        fn it_is_one_line_of_no_more_than_was_asked_for(text in "[a-d \n\u{627}-\u{62A}]{0,200}", chars in 3usize..60) {
            let found = hits(&text, "a");
            let line = snippet(&text, &found, chars);
            prop_assert!(line.chars().count() <= chars.max(3), "{line}");
            prop_assert!(!line.contains('\n'));
        }
    }
}

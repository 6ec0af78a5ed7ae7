//! Corpora of one token and label a line, as CoNLL made them, joined to texts again.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use qala::{
    domain::Kind,
    extract::model::train::{Article, GoldName},
    text::Span,
};

use super::material::Named;

/// How the tokens of a corpus become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Every token stands apart.
    Apart,
    /// Arabic particles that the corpus splits off are joined to the word behind them.
    Joined,
    /// Marks stand where English puts them.
    English,
}

/// The articles of a corpus; where it does not tell where they begin, pieces of `size` sentences.
pub fn columns(file: &Path, size: usize, writing: Writing) -> Result<Vec<Named>> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let told = text.lines().any(begins_article);
    let mut pieces: Vec<Named> = Vec::new();
    for (number, sentence) in text.split("\n\n").filter(|sentence| !sentence.trim().is_empty()).enumerate() {
        let begins = if told { sentence.lines().any(begins_article) } else { number % size == 0 };
        if begins || pieces.is_empty() {
            pieces.push((format!("piece{:04}", pieces.len()), Article::default()));
        }
        if let Some((_, article)) = pieces.last_mut() {
            add(article, sentence, writing);
        }
    }
    pieces.retain(|(_, article)| !article.text.is_empty());
    Ok(pieces)
}

/// Whether a line begins an article: `-DOCSTART-` of CoNLL, `# newdoc` of Universal Dependencies.
fn begins_article(line: &str) -> bool {
    line.starts_with("-DOCSTART-") || line.starts_with("# newdoc")
}

/// Token and label of a line: the first field and the last, or behind a number the two that follow.
fn token(line: &str) -> Option<(&str, &str)> {
    if line.starts_with("# ") || begins_article(line) {
        return None;
    }
    let mut fields = line.split([' ', '\t']).filter(|field| !field.is_empty());
    if line.contains('\t') && line.starts_with(|c: char| c.is_ascii_digit()) && fields.clone().count() >= 4 {
        fields.next();
        return Some((fields.next()?, fields.next()?));
    }
    Some((fields.next()?, fields.next_back()?))
}

fn add(article: &mut Article, sentence: &str, writing: Writing) {
    let mut open: Option<(Kind, String)> = None;
    let (mut glue, mut quoted, mut empty) = (true, false, true);
    for (token, label) in sentence.lines().filter_map(token) {
        let closes = token == "\"" && quoted;
        let close = writing == Writing::English && (closes || stands_close(token));
        if !glue && !close {
            article.text.push(' ');
        }
        quoted ^= token == "\"";
        glue = match writing {
            Writing::Apart => false,
            Writing::Joined => matches!(token, "و" | "ف" | "ب" | "ل" | "ك"),
            Writing::English => matches!(token, "(" | "[" | "$" | "``") || token == "\"" && !closes,
        };
        empty = false;
        let start = article.text.len();
        article.text.push_str(token);
        let end = article.text.len();
        let sort = label.get(2..).unwrap_or_default();
        let goes_on = open.as_ref().is_some_and(|(_, open)| *open == sort) && label.starts_with("I-");
        match (kind(sort), goes_on) {
            (Some(_), true) => {
                if let Some(name) = article.names.last_mut() {
                    name.span = Span::new(name.span.start as usize, end);
                }
            }
            (Some(kind), false) => {
                article.names.push(GoldName { span: Span::new(start, end), kind, optional: false });
                open = Some((kind, sort.to_owned()));
            }
            (None, _) => open = None,
        }
    }
    if !empty {
        article.text.push('\n');
    }
}

/// Whether English writes a token close behind the one before.
fn stands_close(token: &str) -> bool {
    matches!(token, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "''" | "'" | "..." | "n't" | "’s")
        || token.strip_prefix('\'').is_some_and(|rest| matches!(rest, "s" | "S" | "re" | "ve" | "ll" | "d" | "m"))
}

/// The kind behind a label of NewsFANE, of CoNLL, or of the shared task on emerging names.
fn kind(label: &str) -> Option<Kind> {
    Some(match label {
        "PER" | "person" | "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist"
        | "Businessperson" | "Lawyer" | "Engineer" | "Group-Person" => Kind::Person,
        "LOC"
        | "location"
        | "Nation"
        | "Population-Center"
        | "State-or-Province"
        | "GPE-Cluster"
        | "Continent"
        | "Water-Body"
        | "Land"
        | "County-or-District"
        | "Building-Grounds"
        | "Path"
        | "Land-Region-Natural"
        | "Airport"
        | "Subarea-Facility"
        | "Celestial"
        | "Region-General"
        | "Region-International"
        | "Plant"
        | "Other_LOC" => Kind::Place,
        "ORG" | "corporation" | "group" | "Government" | "Non-Governmental" | "Sports" | "Media" | "Commercial"
        | "Educational" | "Police" | "Medical-Science" | "Entertainment" | "Religious_ORG" | "Other_ORG" => Kind::Organisation,
        _ => return None,
    })
}

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
    let mut joined = Joined::new(article, writing);
    let mut open = "";
    for (token, label) in sentence.lines().filter_map(token) {
        let sort = label.get(2..).unwrap_or_default();
        let goes_on = open == sort && label.starts_with("I-");
        joined.push(token, kind(sort), goes_on);
        // Others call more an event than counts as one here.
        if kind(sort) == Some(Kind::Event) {
            joined.last_is_unsure();
        }
        open = sort;
    }
    joined.close();
}

/// A sentence that is being joined to a text from its tokens.
pub struct Joined<'a> {
    article: &'a mut Article,
    writing: Writing,
    glue: bool,
    quoted: bool,
    empty: bool,
    /// Whether the last token was one of a name.
    in_name: bool,
}

impl<'a> Joined<'a> {
    /// Begins a sentence behind what an article holds.
    pub fn new(article: &'a mut Article, writing: Writing) -> Joined<'a> {
        Joined { article, writing, glue: true, quoted: false, empty: true, in_name: false }
    }

    /// Appends a token; of which kind the name is that it belongs to, and whether that goes on with the token before.
    pub fn push(&mut self, token: &str, kind: Option<Kind>, goes_on: bool) {
        let token = token.trim();
        if token.is_empty() {
            return;
        }
        let closes = token == "\"" && self.quoted;
        let close = self.writing == Writing::English && (closes || stands_close(token));
        if !self.glue && !close {
            self.article.text.push(' ');
        }
        self.quoted ^= token == "\"";
        self.glue = match self.writing {
            Writing::Apart => false,
            Writing::Joined => matches!(token, "و" | "ف" | "ب" | "ل" | "ك"),
            Writing::English => matches!(token, "(" | "[" | "$" | "``") || token == "\"" && !closes,
        };
        self.empty = false;
        let start = self.article.text.len();
        self.article.text.push_str(token);
        let end = self.article.text.len();
        match (kind, self.article.names.last_mut()) {
            (Some(_), Some(name)) if goes_on && self.in_name => name.span = Span::new(name.span.start as usize, end),
            (Some(kind), _) => self.article.names.push(GoldName { span: Span::new(start, end), kind, optional: false }),
            (None, _) => {}
        }
        self.in_name = kind.is_some();
    }

    /// The name pushed last may be none.
    pub fn last_is_unsure(&mut self) {
        if let Some(name) = self.article.names.last_mut() {
            name.optional = true;
        }
    }

    /// Ends the sentence.
    pub fn close(self) {
        if !self.empty {
            self.article.text.push('\n');
        }
    }
}

/// Whether English writes a token close behind the one before.
fn stands_close(token: &str) -> bool {
    matches!(token, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "''" | "'" | "..." | "n't" | "’s")
        || token.strip_prefix('\'').is_some_and(|rest| matches!(rest, "s" | "S" | "re" | "ve" | "ll" | "d" | "m"))
}

/// The kind behind a label of NewsFANE, of CoNLL, of the shared task on emerging names, or of CrossNER.
fn kind(label: &str) -> Option<Kind> {
    Some(match label {
        "PER" | "person" | "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist"
        | "Businessperson" | "Lawyer" | "Engineer" | "Group-Person" | "politician" | "musicalartist" | "writer" | "scientist"
        | "researcher" => Kind::Person,
        "LOC"
        | "location"
        | "country"
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
        "ORG" | "corporation" | "group" | "organisation" | "politicalparty" | "university" | "band" | "Government"
        | "Non-Governmental" | "Sports" | "Media" | "Commercial" | "Educational" | "Police" | "Medical-Science"
        | "Entertainment" | "Religious_ORG" | "Other_ORG" => Kind::Organisation,
        "event" | "election" => Kind::Event,
        _ => return None,
    })
}

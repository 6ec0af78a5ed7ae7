//! Statements as answers: who said what, and which articles carry it.

use std::{fmt, str::FromStr};

use super::{ArticleId, Dated, Entity, Evidence, Hit, Manner, Polarity};
use crate::text::Span;

/// Names a statement: an article and the place among that article's statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId {
    /// The article.
    pub article: ArticleId,
    /// The place among its statements, from 0.
    pub number: u32,
}

impl fmt::Display for StatementId {
    /// The article's id and the place counted from 1: `0123456789abcdef.2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.article, self.number + 1)
    }
}

impl FromStr for StatementId {
    type Err = String;

    fn from_str(text: &str) -> Result<StatementId, String> {
        let fault = || format!("'{text}' is no id of a statement; `qala said --json` shows them");
        let (article, place) = text.split_once('.').ok_or_else(fault)?;
        let number = place.parse::<u32>().ok().and_then(|place| place.checked_sub(1)).ok_or_else(fault)?;
        Ok(StatementId { article: article.parse()?, number })
    }
}

/// A piece of an article's text with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Where it begins and ends, in Unicode code points.
    pub chars: (usize, usize),
    /// What stands there.
    pub text: String,
}

/// One statement of an answer, with all that a card shows; it stands for all statements that use the same words, or nearly.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Which statement it is.
    pub id: StatementId,
    /// The article in which it stands.
    pub hit: Hit,
    /// The words that name the speaker in the statement's own clause.
    pub speaker: Option<Excerpt>,
    /// Who speaks; `None` where nobody knows.
    pub who: Option<Entity>,
    /// The reporting verb or phrase.
    pub cue: Option<Excerpt>,
    /// The label of the verb's family, as `verb:` takes it.
    pub family: Option<&'static str>,
    /// How the speaker stands to what is said.
    pub polarity: Polarity,
    /// How the words are rendered.
    pub manner: Manner,
    /// What was said, in pieces; at least one.
    pub content: Vec<Excerpt>,
    /// The pieces on one line, with ellipses between them.
    pub text: String,
    /// Where the query's words match in `text`.
    pub text_hits: Vec<Span>,
    /// The outlet or agency through which it is reported.
    pub via: Option<String>,
    /// To whom it was said.
    pub addressee: Option<String>,
    /// Where the topic that was asked for is named; `None` where none was.
    pub about: Option<Reach>,
    /// Why it is held to be a statement.
    pub evidence: Evidence,
    /// How well it answers; only the order within one answer means anything.
    pub score: f32,
    /// How many statements use the same words, or nearly, this one included.
    pub statements: usize,
    /// One statement for each article that carries the words, this one's included, the earliest first.
    pub carriers: Vec<StatementId>,
    /// The first of several articles that carry them.
    pub first: Option<Carrier>,
}

/// How far from what was said its topic is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// In what was said.
    Content,
    /// In its sentence.
    Sentence,
    /// In the title of the article alone.
    Title,
}

impl Reach {
    /// All of them, the nearest first.
    pub const ALL: [Reach; 3] = [Reach::Content, Reach::Sentence, Reach::Title];

    /// The word in JSON: `content`, `sentence` or `title`.
    pub fn label(self) -> &'static str {
        match self {
            Reach::Content => "content",
            Reach::Sentence => "sentence",
            Reach::Title => "title",
        }
    }
}

/// An article that carries a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// The statement there.
    pub id: StatementId,
    /// When the article was published.
    pub published: Option<Dated>,
    /// Who published it; the file's name where that is not known.
    pub outlet: String,
}

impl Card {
    /// Where the statement begins and ends, all of its pieces in between, in Unicode code points.
    pub fn chars(&self) -> (usize, usize) {
        let start = self.content.iter().map(|piece| piece.chars.0).min().unwrap_or(0);
        (start, self.content.iter().map(|piece| piece.chars.1).max().unwrap_or(start))
    }

    /// The name to show for the speaker; `None` where nobody knows.
    pub fn speaker_name(&self) -> Option<&str> {
        let written = || self.speaker.as_ref().map(|speaker| speaker.text.as_str());
        self.who.as_ref().map(|who| who.name.as_str()).or_else(written)
    }
}

/// A part of an answer made of statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statements {
    /// The place of the first card in the whole answer, from 0.
    pub first: usize,
    /// The cards asked for, fewer at the end.
    pub cards: Vec<Card>,
    /// How many cards there are in all.
    pub total: usize,
    /// Whether these are only those that were found in the time there was; there may be more.
    pub at_least: bool,
    /// How many more there would be if statements of articles without a date met the conditions on dates.
    pub undated: usize,
    /// Words that nothing matched, each with the words that were taken instead, best first.
    pub respelled: Vec<(String, Vec<String>)>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Who.
    pub who: Entity,
    /// How many cards of the answer are theirs.
    pub cards: usize,
}

/// The id that stands for all speakers of whom nobody knows anything.
pub const UNKNOWN: &str = "?";

/// The id that stands for all sources that are described and not named (a security source, witnesses); the keys of each begin so.
pub const UNNAMED: &str = "src:";

/// Those who speak in an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speakers {
    /// Those with names, who says most first, as many as were asked for.
    pub named: Vec<Speaker>,
    /// Sources that are described and not named, the most frequent first, as many as were asked for.
    pub unnamed: Vec<Speaker>,
    /// How many cards all of those have.
    pub unnamed_cards: usize,
    /// How many cards have a speaker of whom nobody knows anything.
    pub unknown_cards: usize,
    /// How many cards the answer has.
    pub cards: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_statements_lead_back() {
        let id = StatementId { article: ArticleId(0xAB), number: 2 };
        assert_eq!(id.to_string(), "00000000000000ab.3");
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "00000000000000ab", "00000000000000ab.0", "00000000000000ab.x", "ab.1"] {
            assert!(text.parse::<StatementId>().is_err(), "{text}");
        }
    }
}

//! What was read out of one article: spans into its text, with labels and the reason for each.

use std::borrow::Cow;

use super::{Dated, Family, Language, NameKey, Polarity};
use crate::text::Span;

/// Everything read out of one article: a pure function of its text, its record's fields and the language packs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// What the article says of itself.
    pub header: Header,
    /// The things that mentions and statements point to, each once.
    pub names: Vec<Name>,
    /// Named mentions in order of the text; those of persons, places and organisations never overlap each other.
    pub mentions: Vec<Mention>,
    /// Statements in order of their cues.
    pub statements: Vec<Statement>,
    /// Of offices of which no table knows: those that it gives to somebody by name, and those that speak without a name; none where
    /// its month is not known.
    pub offices: Vec<Office>,
}

/// An office of which an article speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Which one: its kind, whose it is, and of which gender its title is, as `foreign_minister:egypt`, with `:f` behind a woman's.
    pub post: String,
    /// Whose it is, and who says so.
    pub bearer: Bearer,
}

/// Whose an office is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The article gives it to this one by name.
    Named(NameIndex),
    /// A title alone speaks: whom the archive had told to be meant when the article was read, if anybody.
    Told(Option<Name>),
}

/// What an article says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The headline inside the text; a repeated one counts once.
    pub title: Span,
    /// The language it is written in.
    pub language: Language,
    /// When it was published, as far as text or record tell.
    pub published: Option<Dated>,
    /// Where it was written, as its place line says.
    pub place: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The agencies it credits.
    pub agencies: Vec<String>,
    /// Who wrote it, as its byline or place line says.
    pub byline: Vec<String>,
    /// What belongs to the page and not to the report, in order.
    pub furniture: Vec<Furniture>,
}

impl Default for Header {
    fn default() -> Header {
        Header {
            title: Span::default(),
            language: Language::UNKNOWN,
            published: None,
            place: None,
            outlet: None,
            agencies: Vec::new(),
            byline: Vec::new(),
            furniture: Vec::new(),
        }
    }
}

/// A part of the page that is not part of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// What it is: `credit`, `share bar`, `repeated title`, ….
    pub why: Cow<'static, str>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A country, town, region, sea or building as a place.
    Place,
    /// A body, company, outlet, party, army.
    Organisation,
    /// A named event.
    Event,
    /// A named agreement or paper.
    Document,
    /// A calendar date.
    Date,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Kind; 6] = [Kind::Person, Kind::Place, Kind::Organisation, Kind::Event, Kind::Document, Kind::Date];

    /// The label in JSON: PER, LOC, ORG, EVENT, DOC or DATE.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Person => "PER",
            Kind::Place => "LOC",
            Kind::Organisation => "ORG",
            Kind::Event => "EVENT",
            Kind::Document => "DOC",
            Kind::Date => "DATE",
        }
    }

    /// The kind with this label, in any letter case.
    pub fn from_label(label: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(label))
    }
}

/// An index into [`Extraction::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIndex(pub u32);

/// A thing as one article names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What the article alone tells about which thing it is.
    pub key: NameKey,
    /// What it is.
    pub kind: Kind,
    /// The fullest form in this article, as written.
    pub text: String,
}

/// Why something is believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The rule or model that found it, as a short name: `title+nationality+name`.
    pub rule: Cow<'static, str>,
    /// How sure it is, in hundredths: 0 to 100.
    pub confidence: u8,
}

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name without attached particles and titles.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// Which name of the article it is; dates have their own names too (key `date:2021-11-26`).
    pub name: NameIndex,
    /// Why.
    pub evidence: Evidence,
}

/// How words are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// All inside quotation marks.
    Direct,
    /// All reported in the article's own words.
    Indirect,
    /// Some of both.
    Mixed,
}

impl Manner {
    /// All of them.
    pub const ALL: [Manner; 3] = [Manner::Direct, Manner::Indirect, Manner::Mixed];

    /// The word in JSON: `direct`, `indirect` or `mixed`.
    pub fn label(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
    }
}

/// Somebody says something.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How it is rendered.
    pub manner: Manner,
    /// The words that name the speaker in the cue's own clause; `None` where the clause names none.
    pub speaker: Option<Span>,
    /// Who speaks, resolved from context where the clause names nobody; `None` is an unknown speaker.
    pub speaker_name: Option<NameIndex>,
    /// The reporting verb or phrase, without attached و or ف.
    pub cue: Option<Span>,
    /// What the speaker does by that word.
    pub family: Option<Family>,
    /// How the speaker stands to what is said.
    pub polarity: Polarity,
    /// What was said, in pieces, without quotation marks and without the introducing particle.
    pub content: Vec<Span>,
    /// The outlet through which it is reported.
    pub via: Option<NameIndex>,
    /// To whom it was said.
    pub addressee: Option<NameIndex>,
    /// The statement of this article inside which it is reported, as an index into [`Extraction::statements`].
    pub nested_in: Option<u32>,
    /// Why.
    pub evidence: Evidence,
}

//! The fields of the two indexes and their fingerprints. Nothing is stored in them: SQLite holds the articles.

use tantivy::{
    Index,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TextAnalyzer,
};

use super::tokenizer::WordForms;
use crate::text::ANALYSIS_VERSION;

/// The numbers of these layouts of fields.
const ARTICLES: u32 = 2;
const STATEMENTS: u32 = 1;

const ANALYZER: &str = "qala";

/// An index of an archive: its documents are articles or statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Shelf {
    /// One document an article.
    Articles,
    /// One document a statement.
    Statements,
}

/// The fields, the same for both; what differs for statements stands in brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The words of the whole text, title included [of what was said].
    pub(super) all: Field,
    /// The words of the title [of the sentence around what was said].
    pub(super) title: Field,
    /// The keys of the names that occur [in what was said, and with a sign before them, in the sentence and the title].
    pub(super) name: Field,
    /// The keys of the names of those who speak.
    pub(super) speaker: Field,
    /// The labels of families of verbs, of kinds of statements and of described speakers.
    pub(super) label: Field,
    /// The name of the outlet as lists show it.
    pub(super) outlet: Field,
    /// The code of the language.
    pub(super) language: Field,
    /// The sort key of the date, 0 where there is none.
    pub(super) date: Field,
    /// The article's row in SQLite.
    pub(super) row: Field,
    /// What only statements have.
    pub(super) said: Option<SaidFields>,
}

/// The fields that only statements have.
#[derive(Clone, Copy, Debug)]
pub(super) struct SaidFields {
    /// The number among the article's statements, from 0.
    pub(super) number: Field,
    /// The two halves of its [`super::sketch::Sketch`].
    pub(super) sketch: [Field; 2],
}

/// The columns of [`SaidFields`] and of speakers.
pub(super) const NUMBER: &str = "number";
pub(super) const SKETCH: [&str; 2] = ["sketch0", "sketch1"];
pub(super) const SPEAKER: &str = "speaker";

impl Shelf {
    /// Both.
    pub(in crate::store) const ALL: [Shelf; 2] = [Shelf::Articles, Shelf::Statements];

    /// The folder inside an archive.
    pub(in crate::store) fn folder(self) -> &'static str {
        match self {
            Shelf::Articles => "index",
            Shelf::Statements => "statements",
        }
    }

    /// What an index must have been made with to be used.
    pub(super) fn fingerprint(self) -> String {
        let (name, layout) = match self {
            Shelf::Articles => ("layout", ARTICLES),
            Shelf::Statements => ("statements", STATEMENTS),
        };
        format!("{name} {layout}, analysis {ANALYSIS_VERSION}, {}", tantivy::version_string())
    }
}

/// The schema of an index, with its fields.
pub(super) fn schema(shelf: Shelf) -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(true);
    let keys = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
    let words = TextOptions::default().set_indexing_options(words);
    let keys = TextOptions::default().set_indexing_options(keys);
    let said = shelf == Shelf::Statements;
    // Speakers of statements are counted, so that each must be known from its statement.
    let speaker = if said { keys.clone().set_fast("raw") } else { keys.clone() };
    let fields = Fields {
        all: builder.add_text_field("all", words.clone()),
        title: builder.add_text_field("title", words),
        name: builder.add_text_field("name", keys.clone()),
        speaker: builder.add_text_field(SPEAKER, speaker),
        // It held families of verbs alone once, and keeps the name.
        label: builder.add_text_field("verb", keys.clone()),
        outlet: builder.add_text_field("outlet", keys.clone()),
        language: builder.add_text_field("language", keys),
        date: builder.add_u64_field("date", FAST),
        // Indexed too, so that articles that went away can be deleted.
        row: builder.add_u64_field("row", FAST | INDEXED),
        said: said.then(|| SaidFields {
            number: builder.add_u64_field(NUMBER, FAST),
            sketch: SKETCH.map(|name| builder.add_u64_field(name, FAST)),
        }),
    };
    (builder.build(), fields)
}

/// Makes the analysis of text known to an index.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(ANALYZER, TextAnalyzer::from(WordForms::default()));
}

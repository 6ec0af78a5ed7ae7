//! The fields of the index and its fingerprint. Nothing is stored in it: SQLite holds the articles.

use tantivy::{
    Index,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TextAnalyzer,
};

use super::tokenizer::WordForms;
use crate::text::ANALYSIS_VERSION;

/// The number of this layout of fields.
const LAYOUT: u32 = 2;

const ANALYZER: &str = "qala";

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The words of the whole text, title included.
    pub(super) all: Field,
    /// The words of the title.
    pub(super) title: Field,
    /// The keys of the names that occur.
    pub(super) name: Field,
    /// The keys of the names of those who speak.
    pub(super) speaker: Field,
    /// The labels of the families of verbs with which they do.
    pub(super) verb: Field,
    /// The name of the outlet as lists show it.
    pub(super) outlet: Field,
    /// The code of the language.
    pub(super) language: Field,
    /// The sort key of the date, 0 where there is none.
    pub(super) date: Field,
    /// The article's row in SQLite.
    pub(super) row: Field,
}

/// The schema, with its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(true);
    let keys = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
    let words = TextOptions::default().set_indexing_options(words);
    let keys = TextOptions::default().set_indexing_options(keys);
    let fields = Fields {
        all: builder.add_text_field("all", words.clone()),
        title: builder.add_text_field("title", words),
        name: builder.add_text_field("name", keys.clone()),
        speaker: builder.add_text_field("speaker", keys.clone()),
        verb: builder.add_text_field("verb", keys.clone()),
        outlet: builder.add_text_field("outlet", keys.clone()),
        language: builder.add_text_field("language", keys),
        date: builder.add_u64_field("date", FAST),
        // Indexed too, so that articles that went away can be deleted.
        row: builder.add_u64_field("row", FAST | INDEXED),
    };
    (builder.build(), fields)
}

/// Makes the analysis of text known to an index.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(ANALYZER, TextAnalyzer::from(WordForms::default()));
}

/// What an index must have been made with to be used.
pub(super) fn fingerprint() -> String {
    format!("layout {LAYOUT}, analysis {ANALYSIS_VERSION}, {}", tantivy::version_string())
}

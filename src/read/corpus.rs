//! The texts of chosen articles of a corpus, on which annotations were made that are kept apart from them.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::Value;

/// Title, blank line and text of these articles, by their ids; those that the corpus lacks are left out. The corpus is a file of
/// JSON Lines with `id`, `title` and `text`.
///
/// # Errors
/// When the file cannot be read, or a line of it is no JSON.
pub fn texts<'i>(corpus: &Path, ids: impl Iterator<Item = &'i str>) -> Result<HashMap<String, String>> {
    let file = File::open(corpus).with_context(|| format!("reading {}", corpus.display()))?;
    let mut wanted: HashMap<String, Option<String>> = ids.map(|id| (id.to_owned(), None)).collect();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let record: Value =
            serde_json::from_str(&line?).with_context(|| format!("{} is no JSON in line {number}", corpus.display()))?;
        let part = |key: &str| record[key].as_str().unwrap_or_default();
        if let Some(text) = wanted.get_mut(part("id")) {
            *text = Some(format!("{}\n\n{}", part("title"), part("text")));
        }
    }
    Ok(wanted.into_iter().filter_map(|(id, text)| Some((id, text?))).collect())
}

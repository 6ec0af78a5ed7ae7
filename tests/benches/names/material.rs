//! What the models are trained and measured on: annotated articles and plain news.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result};
use qala::{
    domain::Kind,
    extract::model::train::{Article, GoldName},
    text::{Span, clean},
};
use serde_json::Value;

/// An annotated article and the stem of its file.
pub type Named = (String, Article);

/// The annotated articles of a folder: one JSON with `mentions` each, the text beside it or in `corpus`.
pub fn annotated(folder: &Path) -> Result<Vec<Named>> {
    let listing = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<_> =
        listing.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    files.iter().map(|file| article(file).with_context(|| format!("reading {}", file.display()))).collect()
}

fn article(file: &Path) -> Result<Named> {
    let gold: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let beside = file.with_extension("txt");
    let corpus = file.ancestors().nth(3).map(|shared| shared.join("corpus"));
    let text = match (beside.exists(), corpus, beside.file_name()) {
        (false, Some(corpus), Some(name)) => corpus.join(name),
        _ => beside.clone(),
    };
    let text = clean(fs::read_to_string(text)?);
    let mut starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
    starts.push(text.len());
    let at = |value: &Value| value.as_u64().and_then(|at| starts.get(usize::try_from(at).ok()?)).copied().unwrap_or(0);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let names = list(&gold["mentions"])
        .iter()
        .filter_map(|item| {
            Some(GoldName {
                span: Span::new(at(&item["start"]), at(&item["end"])),
                kind: Kind::from_label(item["type"].as_str()?)?,
                optional: item["optional"].as_bool().unwrap_or(false),
            })
        })
        .collect();
    let page = list(&gold["meta"]["boilerplate"]).iter().map(|zone| Span::new(at(&zone[0]), at(&zone[1]))).collect();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok((stem, Article { text, names, page }))
}

/// The texts of a collection of one JSON object with `title` and `text` a line.
pub fn news(file: &Path) -> Result<Vec<String>> {
    let reader = BufReader::new(fs::File::open(file).with_context(|| format!("reading {}", file.display()))?);
    let mut texts = Vec::new();
    for line in reader.lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let part = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        texts.push(clean(format!("{}\n\n{}", part("title"), part("text"))));
    }
    Ok(texts)
}

//! What the models are trained and measured on: annotated articles, corpora of one token a line, plain news.

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

/// Pieces of a corpus of one token and label a line, `size` sentences each. Particles that the corpus splits off are joined to the
/// word behind them where `joined`.
pub fn columns(file: &Path, size: usize, joined: bool) -> Result<Vec<Named>> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let mut pieces: Vec<Named> = Vec::new();
    let sentences = text.split("\n\n").filter(|sentence| !sentence.trim().is_empty());
    let mut open: Option<(Kind, String)> = None;
    for (number, sentence) in sentences.enumerate() {
        if number % size == 0 {
            pieces.push((format!("piece{:04}", number / size), Article::default()));
        }
        let Some((_, article)) = pieces.last_mut() else { continue };
        let mut glue = true;
        for line in sentence.lines() {
            let mut fields = line.split([' ', '\t']).filter(|field| !field.is_empty());
            let (Some(token), Some(label)) = (fields.next(), fields.next_back()) else { continue };
            if !glue {
                article.text.push(' ');
            }
            glue = joined && matches!(token, "و" | "ف" | "ب" | "ل" | "ك");
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
        open = None;
        article.text.push('\n');
    }
    Ok(pieces)
}

/// The kind behind a label of NewsFANE or of CoNLL.
fn kind(label: &str) -> Option<Kind> {
    Some(match label {
        "PER" | "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist" | "Businessperson"
        | "Lawyer" | "Engineer" | "Group-Person" => Kind::Person,
        "LOC"
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
        "ORG" | "Government" | "Non-Governmental" | "Sports" | "Media" | "Commercial" | "Educational" | "Police"
        | "Medical-Science" | "Entertainment" | "Religious_ORG" | "Other_ORG" => Kind::Organisation,
        _ => return None,
    })
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

//! `qala train-statements FOLDER`, for developers: learns the weights of choices among statements from annotated articles
//! (NAME.json beside NAME.txt, offsets in code points; or lines of such objects whose texts a corpus holds, as in
//! `annotations/statements`) and prints them; they belong into `extract/statements/weights.tsv`.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Outcome;
use crate::{
    extract::{
        Weights,
        model::train::marks::checksum,
        training::{Annotated, Marked, measure, train},
    },
    lang::{Packs, table::hash},
    read::corpus,
    text::{Span, clean},
};

/// The comment that the weights begin with.
const HEAD: &str = "# Weights of choices among statements (extract/statements/model.rs): feature, tab, weight. \
                    Printed by `qala train-statements`; do not edit.";

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The folder of annotated articles.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Say on stderr how many choices are right where one half of the articles is learnt and the other asked.
    #[arg(long)]
    check: bool,

    /// JSON Lines with `id`, `title` and `text`: where the texts are on which the lines of the folder's .jsonl files were made.
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let (mut articles, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(&args.folder).with_context(|| args.folder.display().to_string())? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let article = beside_its_text(file).with_context(|| file.display().to_string())?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        articles.push((is_odd(&name), article));
    }
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
        let corpus = args.corpus.as_deref().context("lines of annotations need the texts of --corpus FILE")?;
        apart_from_texts(file, corpus, &mut articles, err).with_context(|| file.display().to_string())?;
    }
    let packs = Packs::get();
    if args.check {
        let half = |which| articles.iter().filter(|(odd, _)| *odd == which).map(|(_, it)| it.clone()).collect::<Vec<_>>();
        for learnt in [false, true] {
            let weights = Weights::read(&train(&half(learnt), packs));
            for (what, [right, ruled, all]) in ["reports", "speakers"].iter().zip(measure(&half(!learnt), packs, &weights)) {
                writeln!(err, "{what}: {right} of {all} right, {ruled} by the rules alone")?;
            }
        }
    }
    let all: Vec<Annotated> = articles.into_iter().map(|(_, article)| article).collect();
    write!(out, "{HEAD}\n{}", train(&all, packs))?;
    Ok(if all.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// In which half of the articles one is learnt.
fn is_odd(name: &str) -> bool {
    hash(&[name]) & 1 == 1
}

/// Reads one annotated article; `file` is its JSON.
fn beside_its_text(file: &Path) -> Result<Annotated> {
    let gold: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(annotated(&gold, clean(fs::read_to_string(file.with_extension("txt"))?)))
}

/// Reads lines of annotations, the texts of which stand in a corpus; says which it lacks or has otherwise.
fn apart_from_texts(file: &Path, corpus_file: &Path, articles: &mut Vec<(bool, Annotated)>, err: &mut dyn Write) -> Result<()> {
    let lines = fs::read_to_string(file)?;
    let golds: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts = corpus::texts(corpus_file, golds.iter().filter_map(|gold| gold["id"].as_str()))?;
    for gold in &golds {
        let id = gold["id"].as_str().unwrap_or_default();
        match texts.get(id) {
            Some(text) if gold["checksum"].as_str() == Some(checksum(text).as_str()) => {
                articles.push((is_odd(id), annotated(gold, clean(text.clone()))));
            }
            Some(_) => writeln!(err, "left out: the corpus has another text of {id}")?,
            None => writeln!(err, "left out: {id} is not in the corpus")?,
        }
    }
    Ok(())
}

/// An article with what is said of its text.
fn annotated(gold: &Value, text: String) -> Annotated {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |number: &Value| starts.get(usize::try_from(number.as_u64()?).ok()?).copied();
    let span = |item: &Value| Some(Span::new(place(&item["start"])?, place(&item["end"])?));
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let keys = ["speaker_entity", "voice", "co_speakers", "speaker_also"];
    let quotes = list(&gold["quotes"]);
    let statements = quotes.iter().map(|item| Marked {
        cue: span(&item["cue"]),
        speaker: span(&item["speaker"]),
        entities: keys.iter().flat_map(|key| ids(&item[*key])).collect(),
        optional: item["optional"].as_bool().unwrap_or(false),
    });
    let hidden = list(&gold["meta"]["boilerplate"]);
    let article = Annotated {
        mentions: list(&gold["mentions"])
            .iter()
            .filter_map(|item| Some((span(item)?, item["entity"].as_str()?.to_owned())))
            .collect(),
        statements: statements.collect(),
        hidden: hidden.iter().filter_map(|zone| Some(Span::new(place(&zone[0])?, place(&zone[1])?))).collect(),
        text: String::new(),
    };
    Annotated { text, ..article }
}

/// The ids in a field: one, or several, or objects with an `entity` each.
fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::String(id) => vec![id.clone()],
        Value::Array(all) => all.iter().flat_map(ids).collect(),
        Value::Object(fields) => fields.get("entity").map(ids).unwrap_or_default(),
        _ => Vec::new(),
    }
}

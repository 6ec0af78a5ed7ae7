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
        Means, Weights,
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

    /// Instead of the weights, print what is found in each article that stands beside its text by what the other quarters of the
    /// articles teach, as `qala extract` prints it.
    #[arg(long, conflicts_with = "check")]
    cross: bool,

    /// JSON Lines with `id`, `title` and `text`: where the texts are on which the lines of the folder's .jsonl files were made.
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let (mut articles, mut files, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    for entry in fs::read_dir(&args.folder).with_context(|| args.folder.display().to_string())? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let article = beside_its_text(file).with_context(|| file.display().to_string())?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        articles.push((hash(&[&name]), article));
        beside.push(file.with_extension("txt"));
    }
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
        let corpus = args.corpus.as_deref().context("lines of annotations need the texts of --corpus FILE")?;
        apart_from_texts(file, corpus, &mut articles, err).with_context(|| file.display().to_string())?;
    }
    let packs = Packs::get();
    if args.check {
        for learnt in [0, 1] {
            let half = |which| part(&articles, |hash| hash % 2 == which);
            let weights = Weights::read(&train(&half(learnt), packs));
            for (what, [right, ruled, all]) in ["reports", "speakers"].iter().zip(measure(&half(1 - learnt), packs, &weights)) {
                writeln!(err, "{what}: {right} of {all} right, {ruled} by the rules alone")?;
            }
        }
    }
    if args.cross {
        return cross(&articles, &beside, out, err);
    }
    let all = part(&articles, |_| true);
    write!(out, "{HEAD}\n{}", train(&all, packs))?;
    Ok(if all.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Those articles whose hash is taken.
fn part(articles: &[(u64, Annotated)], takes: impl Fn(u64) -> bool) -> Vec<Annotated> {
    articles.iter().filter(|(hash, _)| takes(*hash)).map(|(_, article)| article.clone()).collect()
}

/// Into so many parts articles are divided where each is read with what the others teach.
const PARTS: u64 = 4;

fn cross(articles: &[(u64, Annotated)], beside: &[PathBuf], out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let packs = Packs::get();
    for tested in 0..PARTS {
        let weights = Weights::read(&train(&part(articles, |hash| hash % PARTS != tested), packs));
        let means = Means { weights: &weights, ..Means::default() };
        // Those beside their texts come first.
        let files = articles.iter().zip(beside).filter(|((hash, _), _)| hash % PARTS == tested);
        let files: Vec<PathBuf> = files.map(|(_, file)| file.clone()).collect();
        super::extract::print(&files, &means, out, err)?;
    }
    Ok(Outcome::Done)
}

/// Reads one annotated article; `file` is its JSON.
fn beside_its_text(file: &Path) -> Result<Annotated> {
    let gold: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(annotated(&gold, clean(fs::read_to_string(file.with_extension("txt"))?)))
}

/// Reads lines of annotations, the texts of which stand in a corpus; says which it lacks or has otherwise.
fn apart_from_texts(file: &Path, corpus_file: &Path, articles: &mut Vec<(u64, Annotated)>, err: &mut dyn Write) -> Result<()> {
    let lines = fs::read_to_string(file)?;
    let golds: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts = corpus::texts(corpus_file, golds.iter().filter_map(|gold| gold["id"].as_str()))?;
    for gold in &golds {
        let id = gold["id"].as_str().unwrap_or_default();
        match texts.get(id) {
            Some(text) if gold["checksum"].as_str() == Some(checksum(text).as_str()) => {
                articles.push((hash(&[id]), annotated(gold, clean(text.clone()))));
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

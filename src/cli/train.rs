//! `qala train-statements FOLDER`, for developers: learns the weights of choices among statements from annotated articles
//! (NAME.json beside NAME.txt, offsets in code points) and prints them; they belong into `extract/statements/weights.tsv`.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Outcome;
use crate::{
    extract::{
        Weights,
        training::{Annotated, Marked, measure, train},
    },
    lang::{Packs, table::hash},
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
}

pub(super) fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let (mut halves, mut files) = ([Vec::new(), Vec::new()], Vec::new());
    for entry in fs::read_dir(&args.folder).with_context(|| args.folder.display().to_string())? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let article = annotated(file).with_context(|| file.display().to_string())?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        halves[usize::from(hash(&[&name]) & 1 == 1)].push(article);
    }
    let packs = Packs::get();
    if args.check {
        for (learnt, asked) in [(0, 1), (1, 0)] {
            let weights = Weights::read(&train(&halves[learnt], packs));
            for (what, [right, ruled, all]) in ["reports", "speakers"].iter().zip(measure(&halves[asked], packs, &weights)) {
                writeln!(err, "{what}: {right} of {all} right, {ruled} by the rules alone")?;
            }
        }
    }
    let all: Vec<Annotated> = halves.into_iter().flatten().collect();
    write!(out, "{HEAD}\n{}", train(&all, packs))?;
    Ok(if all.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Reads one annotated article; `file` is its JSON.
fn annotated(file: &std::path::Path) -> Result<Annotated> {
    let text = clean(fs::read_to_string(file.with_extension("txt"))?);
    let gold: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
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
    Ok(Annotated { text, ..article })
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

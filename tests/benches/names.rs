//! Trains the models that read names, and measures them: `cargo bench --bench names -- COMMAND …`. Nothing here runs in CI.
//!
//! | command | does |
//! |---|---|
//! | `classes NEWS OUT` | sorts the words of a collection into distributional classes |
//! | `lexis NEWS CLASSES OUT [WEIGHTS LEXIS]` | counts which words and phrases are names, as rules or an earlier model read them; an earlier lexis as CLASSES keeps its classes |
//! | `lists NAMES OUT TEXT…` | what lists of names (`KIND ⇥ name ⇥ weight`) and plain texts tell of words |
//! | `train LEXIS OUT GOLD…` | weights from annotated folders (`FILE.conll` for a corpus in columns, `FILE.json` for DocRED's) |
//! | `mean OUT WEIGHTS…` | the mean of weights that were fitted to different material |
//! | `cross LEXIS GOLD… [-- without …]` | five-fold cross-validation over the first folder; `without` model, gazetteers, document, repeat |
//! | `score GOLD [WEIGHTS LEXIS]` | an annotated folder read by the program's models or by these; `score GOLD rules` by none |
//! | `columns FILE joined\|apart LEXIS` | the model alone on the last fifth of a corpus in columns, trained on the rest |
//! | `show ID…`, `collect SHEETS OUT`, `agreement FOLDER` | articles to annotate, sheets made by hand to `OUT`, how far the passes agree |
//!
//! A folder of annotations without texts (`annotations/names`) is joined with the corpus that `QALA_CORPUS` names.
//! Corpora in columns are joined to text as English writes it; `-DOCSTART-` and `# newdoc` begin articles. Collections are JSON Lines with
//! `title` and `text`. `--lang en` is for English, whose weights are made with `--settings 6,0.02,1e-5,2` (rounds, step, penalty, least count) of
//! the English articles three times over, wikigold, the development part of UNER English-EWT, Re-DocRED's `dev_revised` and
//! `test_revised`, DocRED's `test`, and the domains of CrossNER without news, all three parts of each; the same input gives the same
//! files.

use std::{collections::HashMap, env, ffi::OsStr, fs, path::Path};

use anyhow::{Context, Result, bail};
use qala::{
    domain::{Extraction, Fields, Kind, Language},
    extract::{
        Means, Models, extract_with,
        model::{
            Model,
            lexis::Lexis,
            train::{Lists, Mined, Sentence, Settings, blind, classes, fit, mine, sentences},
        },
    },
    lang::Packs,
    text::words,
};
use rayon::prelude::*;

#[path = "names/columns.rs"]
mod columns;
#[path = "names/docred.rs"]
mod docred;
#[path = "names/material.rs"]
mod material;
#[path = "names/score.rs"]
mod score;
#[path = "names/sheets.rs"]
mod sheets;

use columns::Writing;
use material::Named;
use score::Figures;

/// Parts of a collection that are read side by side.
const PARTS: usize = 8;
/// Parts of cross-validation.
const FOLDS: usize = 5;
/// How rare a word with a class may be.
const RAREST: u32 = 8;

fn main() -> Result<()> {
    let mut words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let english = words.iter().position(|word| word == "--lang").map(|at| words.drain(at..(at + 2).min(words.len())).count());
    let settings = words
        .iter()
        .position(|word| word == "--settings")
        .map(|at| words.drain(at..(at + 2).min(words.len())).collect::<Vec<_>>());
    let settings = settings.map_or_else(Settings::default, |found| settings_of(&found));
    let language = if english.is_some() { Language::ENGLISH } else { Language::ARABIC };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["classes", news, out] => sort_words(Path::new(news), Path::new(out)),
        ["lexis", news, classes, out, model @ ..] => {
            count_names(Path::new(news), Path::new(classes), Path::new(out), language, model)
        }
        ["lists", names, out, texts @ ..] => lists(names, out, texts),
        ["train", lexis, out, gold @ ..] => train(lexis, out, gold, settings),
        ["mean", out, weights @ ..] => mean(out, weights),
        ["cross", lexis, rest @ ..] => cross(lexis, rest, language, settings),
        ["score", gold, model @ ..] => {
            let models = models(model, language)?;
            report(&annotated(gold)?, &Means { models: &models, ..Means::default() });
            Ok(())
        }
        ["show", ids @ ..] => sheets::show(ids),
        ["collect", folder, out] => sheets::collect(Path::new(folder), Path::new(out)),
        ["agreement", folder] => sheets::agreement(Path::new(folder)),
        ["columns", file, joined, lexis] => {
            let writing = if *joined == "joined" { Writing::Joined } else { Writing::Apart };
            split(&columns::columns(Path::new(file), 10, writing)?, lexis, language, settings)
        }
        _ => {
            println!("skipped: no command; see the first lines of tests/benches/names.rs");
            Ok(())
        }
    }
}

fn annotated(folder: &str) -> Result<Vec<Named>> {
    match Path::new(folder).extension().and_then(OsStr::to_str) {
        Some("conll") => columns::columns(Path::new(folder), 20, Writing::English),
        Some("json") => docred::documents(Path::new(folder)),
        _ if sheets::is_apart(Path::new(folder)) => sheets::joined(Path::new(folder)),
        _ => material::annotated(Path::new(folder)),
    }
}

fn lexis(file: &str) -> Result<Lexis> {
    if file == "none" {
        return Ok(Lexis::default());
    }
    Ok(Lexis::read(&fs::read(file).with_context(|| format!("reading {file}"))?))
}

fn models(files: &[&str], language: Language) -> Result<Models> {
    Ok(match files {
        [] => Models::get().clone(),
        ["rules"] => Models::NONE,
        [weights, lexis] => {
            let lexis = if *lexis == "none" { Vec::new() } else { fs::read(lexis)? };
            Models::NONE.with(language, Model::read(&fs::read(weights)?, &lexis).context("weights of another version")?)
        }
        _ => bail!("a model is a file of weights and a file of words"),
    })
}

/// An article's sentences as they are, and once more as somebody who knows fewer names reads them.
fn lessons(number: usize, article: &Named, lexis: &Lexis) -> Vec<Sentence> {
    let mut all = sentences(&article.1, Packs::get(), lexis, |_| false);
    all.extend(sentences(&article.1, Packs::get(), lexis, blind(number as u64)));
    all
}

/// `--settings ROUNDS,RATE,PENALTY,LEAST`.
fn settings_of(words: &[String]) -> Settings {
    let mut numbers = words.last().map(String::as_str).unwrap_or_default().split(',').map(|number| number.parse::<f32>().ok());
    let mut next = |or: f32| numbers.next().flatten().unwrap_or(or);
    let usual = Settings::default();
    Settings {
        rounds: next(usual.rounds as f32) as usize,
        rate: next(usual.rate),
        penalty: next(usual.penalty),
        least: next(usual.least as f32) as u32,
    }
}

fn train(lexis_file: &str, out: &str, gold: &[&str], settings: Settings) -> Result<()> {
    let lexis = lexis(lexis_file)?;
    let mut all = Vec::new();
    for folder in gold {
        let articles = annotated(folder)?;
        let read: Vec<_> = articles.par_iter().enumerate().map(|(number, article)| lessons(number, article, &lexis)).collect();
        all.extend(read.into_iter().flatten());
    }
    let model = fit(&all, &lexis, settings);
    let weights = model.weights();
    println!("{} sentences, {} features with weights, {} bytes", all.len(), model.features(), weights.len());
    Ok(fs::write(out, weights)?)
}

fn mean(out: &str, files: &[&str]) -> Result<()> {
    let model = |file: &&str| Model::read(&fs::read(file)?, &[]).with_context(|| format!("{file} is of another version"));
    let models = files.iter().map(model).collect::<Result<Vec<Model>>>()?;
    Ok(fs::write(out, Model::mean(&models).context("no weights")?.weights())?)
}

fn read(articles: &[&Named], means: &Means<'_>) -> Vec<Extraction> {
    articles.par_iter().map(|(_, article)| extract_with(&article.text, &Fields::default(), Packs::get(), means, None)).collect()
}

fn report(articles: &[Named], means: &Means<'_>) {
    let mut figures = Figures::default();
    let all: Vec<&Named> = articles.iter().collect();
    for (article, found) in all.iter().zip(read(&all, means)) {
        figures.add(&article.1, &found);
    }
    println!("{}", figures.line());
}

/// Trains on four fifths of the first folder and all others, reads the last fifth; five times.
fn cross(lexis_file: &str, rest: &[&str], language: Language, settings: Settings) -> Result<()> {
    let (gold, without) = match rest.iter().position(|word| *word == "without") {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &[][..]),
    };
    let [gazetteers, document, repeat] = ["gazetteers", "document", "repeat"].map(|means| !without.contains(&means));
    let lexis = if without.contains(&"lexis") { Lexis::default() } else { lexis(lexis_file)? };
    let [first, others @ ..] = gold else { bail!("cross-validation needs a folder") };
    let articles = annotated(first)?;
    let lesson = |number: usize, article: &Named| match gazetteers {
        true => lessons(number, article, &lexis),
        false => sentences(&article.1, Packs::get(), &lexis, |_| true),
    };
    let mut figures = Figures::default();
    let data: Vec<Vec<Sentence>> = articles.par_iter().enumerate().map(|(number, article)| lesson(number, article)).collect();
    let mut more = Vec::new();
    for folder in others {
        more.extend(annotated(folder)?.iter().enumerate().flat_map(|(number, article)| lesson(number, article)));
    }
    for fold in 0..FOLDS {
        let models = if without.contains(&"model") {
            Models::NONE
        } else {
            let apart = |place: usize| place % FOLDS != fold;
            let part: Vec<Sentence> = data
                .iter()
                .enumerate()
                .filter(|(place, _)| apart(*place))
                .flat_map(|(_, all)| all)
                .chain(&more)
                .cloned()
                .collect();
            Models::NONE.with(language, fit(&part, &lexis, settings))
        };
        let held: Vec<&Named> = articles.iter().skip(fold).step_by(FOLDS).collect();
        let means = Means { models: &models, gazetteers, document, repeat, ..Means::default() };
        for (article, found) in held.iter().zip(read(&held, &means)) {
            figures.add(&article.1, &found);
        }
    }
    println!("{}", figures.line());
    Ok(())
}

/// The model without gazetteers' entries of the document pass, on a split of a corpus in columns.
fn split(pieces: &[Named], lexis_file: &str, language: Language, settings: Settings) -> Result<()> {
    let lexis = lexis(lexis_file)?;
    let (first, last) = pieces.split_at(pieces.len() * 4 / 5);
    let data: Vec<Sentence> =
        first.par_iter().enumerate().map(|(number, piece)| lessons(number, piece, &lexis)).collect::<Vec<_>>().concat();
    let models = Models::NONE.with(language, fit(&data, &lexis, settings));
    for (models, gazetteers, document) in [(&models, true, false), (&models, true, true), (&Models::NONE, true, true)] {
        report(last, &Means { models, gazetteers, document, ..Means::default() });
    }
    Ok(())
}

fn count_names(news: &Path, classes: &Path, out: &Path, language: Language, model: &[&str]) -> Result<()> {
    let models = if model.is_empty() { Models::NONE } else { models(model, language)? };
    let texts = material::news(news)?;
    let parts: Vec<&[String]> = texts.chunks(texts.len().div_ceil(PARTS)).collect();
    let each = |part: &&[String]| mine(part.iter().map(String::as_str), Packs::get(), &models);
    let mut mined = Mined::default();
    parts.par_iter().map(each).collect::<Vec<_>>().into_iter().for_each(|part| mined.add(part));
    let often = |part: &&[String]| mined.occurrences(part.iter().map(String::as_str), Packs::get());
    let counts: Vec<Mined> = parts.par_iter().map(often).collect();
    counts.into_iter().for_each(|part| mined.add(part));
    let lexis = match classes.extension().and_then(OsStr::to_str) {
        Some("lexis") => {
            let earlier = self::lexis(&classes.to_string_lossy())?;
            mined.lexis(|word| earlier.classes(word)).write()
        }
        _ => {
            let file = fs::read_to_string(classes)?;
            let table = file.lines().filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, (fields.next()?.parse::<u16>().ok()?, fields.next()?.parse::<u8>().ok()?)))
            });
            let table: HashMap<&str, (u16, u8)> = table.collect();
            mined.lexis(|word| table.get(word).copied()).write()
        }
    };
    println!("{} bytes", lexis.len());
    Ok(fs::write(out, lexis)?)
}

/// Names are `KIND ⇥ name ⇥ weight`.
fn lists(names: &str, out: &str, texts: &[&str]) -> Result<()> {
    let mut lists = Lists::default();
    for line in fs::read_to_string(names).with_context(|| format!("reading {names}"))?.lines() {
        let mut fields = line.split('\t');
        if let (Some(kind), Some(name)) = (fields.next().and_then(Kind::from_label), fields.next()) {
            lists.name(kind, name, fields.next().and_then(|weight| weight.parse().ok()).unwrap_or(1.0));
        }
    }
    for text in texts {
        lists.text(&fs::read_to_string(text).with_context(|| format!("reading {text}"))?);
    }
    let lexis = lists.lexis().write();
    println!("{} bytes", lexis.len());
    Ok(fs::write(out, lexis)?)
}

fn sort_words(news: &Path, out: &Path) -> Result<()> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let (mut names, mut counts, mut stream) = (vec![String::new(), String::new()], vec![0, 0], vec![0_u32]);
    for text in material::news(news)? {
        for sentence in text.split(['\n', '.', '؟', '!']) {
            for word in words(sentence) {
                let digits = word.folded.bytes().all(|byte| byte.is_ascii_digit());
                let folded = if digits { "0".to_owned() } else { word.folded };
                let number = *numbers.entry(folded).or_insert_with_key(|folded| {
                    names.push(folded.clone());
                    counts.push(0);
                    names.len() as u32 - 1
                });
                counts[number as usize] += 1;
                stream.push(number);
            }
            if stream.last() != Some(&0) {
                stream.push(0);
            }
        }
    }
    // Rare words are all one word.
    let mut kept = vec![String::new(), String::new()];
    let map: Vec<u32> = (0..names.len())
        .map(|number| match number {
            0 => 0,
            _ if counts[number] < RAREST => 1,
            _ => {
                kept.push(names[number].clone());
                kept.len() as u32 - 1
            }
        })
        .collect();
    stream.iter_mut().for_each(|number| *number = map[*number as usize]);
    let ends: Vec<usize> = (0..stream.len()).filter(|at| stream[*at] == 0).collect();
    let bigrams = classes::Bigrams::count(ends.windows(2).map(|pair| &stream[pair[0]..=pair[1]]), kept.len());
    let [coarse, fine] = [64, 512].map(|count| classes::exchange(&bigrams, count, 12));
    let lines: String =
        (2..kept.len()).map(|number| format!("{}\t{}\t{}\n", kept[number], fine[number], coarse[number])).collect();
    Ok(fs::write(out, lines)?)
}

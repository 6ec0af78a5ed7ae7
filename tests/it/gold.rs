//! Extraction against annotated articles, where they lie beside the repository: quality must not fall.

use std::{collections::HashSet, fs, path::Path};

use qala::{
    domain::{Fields, Kind},
    extract::extract,
    lang::Packs,
    text::{CharIndex, Span, clean},
};
use serde_json::Value;

/// Right, predicted and gold items, to be added up over articles.
#[derive(Default)]
struct Tally {
    hits: usize,
    predicted: usize,
    gold: usize,
}

impl Tally {
    fn f1(&self) -> f64 {
        2.0 * self.hits as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

fn chars(spans: impl Iterator<Item = (usize, usize)>) -> HashSet<usize> {
    spans.flat_map(|(start, end)| start..end).collect()
}

fn bounds(item: &Value) -> (usize, usize) {
    let at = |key: &str| usize::try_from(item[key].as_u64().expect("gold spans are numbers")).expect("small");
    (at("start"), at("end"))
}

fn is_optional(item: &Value) -> bool {
    item["optional"].as_bool().unwrap_or(false)
}

#[test]
fn names_and_statements_of_the_reference_articles_are_found() {
    hold("corpus", "eval/seeds", [0.98, 0.92, 0.97]);
}

#[test]
fn names_and_statements_of_articles_that_nothing_was_learnt_from_are_found() {
    hold("eval/dev", "eval/dev", [0.91, 0.87, 0.95]);
}

#[test]
fn names_and_statements_of_english_articles_are_found() {
    hold("eval/train-en", "eval/train-en", [0.99, 0.84, 0.88]);
}

/// Holds the F1 of names and statements, and the share of named speakers that are right, in the articles of a folder to floors.
fn hold(texts: &str, annotations: &str, floors: [f64; 3]) {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let Ok(files) = fs::read_dir(shared.join(texts)) else {
        println!("skipped: no articles in {}", shared.join(texts).display());
        return;
    };
    let (mut mentions, mut statements, mut speakers) = (Tally::default(), Tally::default(), Tally::default());
    for file in files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "txt")) {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = clean(fs::read_to_string(&file).unwrap());
        let gold: Value =
            serde_json::from_str(&fs::read_to_string(shared.join(annotations).join(format!("{stem}.json"))).unwrap()).unwrap();
        let found = extract(&text, &Fields::default(), Packs::get());
        let index = CharIndex::new(&text);
        let hidden: Vec<(usize, usize)> = gold["meta"]["boilerplate"]
            .as_array()
            .unwrap()
            .iter()
            .map(|zone| (zone[0].as_u64().unwrap() as usize, zone[1].as_u64().unwrap() as usize))
            .collect();
        let shown = |span: (usize, usize)| !hidden.iter().any(|zone| zone.0 <= span.0 && span.1 <= zone.1);

        let named = |label: &str| matches!(label, "PER" | "LOC" | "ORG");
        let gold_mentions: Vec<&Value> = gold["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|item| named(item["type"].as_str().unwrap()) && shown(bounds(item)))
            .collect();
        let got: HashSet<(usize, usize, &str)> = found
            .mentions
            .iter()
            .filter(|mention| matches!(mention.kind, Kind::Person | Kind::Place | Kind::Organisation))
            .map(|mention| (index.span(mention.span), mention.kind.label()))
            .filter(|(span, _)| shown(*span))
            .map(|((start, end), label)| (start, end, label))
            .collect();
        let key = |item: &Value| (bounds(item).0, bounds(item).1, item["type"].as_str().unwrap().to_owned());
        let must: HashSet<_> = gold_mentions.iter().filter(|item| !is_optional(item)).map(|item| key(item)).collect();
        let may: Vec<_> = gold_mentions.iter().filter(|item| is_optional(item)).map(|item| key(item)).collect();
        mentions.gold += must.len();
        for (start, end, label) in got {
            let hit = must.contains(&(start, end, label.to_owned()));
            let free = !hit && may.iter().any(|other| start < other.1 && other.0 < end && other.2 == label);
            mentions.hits += usize::from(hit);
            mentions.predicted += usize::from(!free);
        }

        let spans = |content: &[Span]| chars(content.iter().map(|span| index.span(*span)));
        let named: Vec<_> = found.statements.iter().map(|statement| statement.speaker.map(|span| index.span(span))).collect();
        let mut left: Vec<(HashSet<usize>, _)> =
            found.statements.iter().map(|statement| spans(&statement.content)).zip(named).collect();
        statements.predicted += left.len();
        for item in gold["quotes"].as_array().unwrap() {
            let want = chars(item["content"].as_array().unwrap().iter().map(bounds));
            let alike = |got: &HashSet<usize>| got.intersection(&want).count() * 2 >= got.union(&want).count();
            let hit = left.iter().position(|(got, _)| !got.is_empty() && alike(got));
            if let Some(hit) = hit {
                let (_, named) = left.swap_remove(hit);
                if let (Some((start, end)), true) = (named, item["speaker"].is_object()) {
                    let (first, last) = bounds(&item["speaker"]);
                    speakers.hits += usize::from(start < last && first < end);
                    speakers.predicted += 1;
                }
            }
            if is_optional(item) {
                statements.predicted -= usize::from(hit.is_some());
            } else {
                statements.gold += 1;
                statements.hits += usize::from(hit.is_some());
            }
        }
    }
    let named = speakers.hits as f64 / speakers.predicted.max(1) as f64;
    println!("{annotations}: mentions F1 {:.3}, statements F1 {:.3}, speakers {named:.3}", mentions.f1(), statements.f1());
    assert!(mentions.f1() >= floors[0], "mentions: {:.3}", mentions.f1());
    assert!(statements.f1() >= floors[1], "statements: {:.3}", statements.f1());
    assert!(named >= floors[2], "speakers: {named:.3}");
}

//! Annotations in a folder of their own, joined with the corpus that holds their texts, and the sheets on which they are made by hand.
//!
//! A sheet has a name a line, `KIND ⇥ words`, in order of the text, `KIND?` where one is torn; `# 3` begins the third paragraph. Where the same
//! words stand earlier without being the name, a third field tells words that stand before it.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use qala::{
    domain::Kind,
    extract::model::train::marks::{Mark, Marks, checksum},
    read::corpus,
};

use super::material::Named;

/// Names the file of the corpus.
const CORPUS: &str = "QALA_CORPUS";
/// The files of the two passes.
const PASSES: [&str; 2] = ["first.tsv", "second.tsv"];

/// Whether a folder holds annotations without their texts.
pub fn is_apart(folder: &Path) -> bool {
    folder.join(PASSES[0]).exists()
}

/// The annotated articles of a folder, as far as the corpus has the texts on which they were made; says which it has not.
pub fn joined(folder: &Path) -> Result<Vec<Named>> {
    let [first, second] = PASSES.map(|pass| pass_of(&folder.join(pass)));
    let (first, second) = (first?, second.unwrap_or_default());
    let texts = texts(first.iter().map(|marks| marks.id.as_str()))?;
    let mut articles = Vec::new();
    for marks in &first {
        let agreed = second.iter().find(|other| other.id == marks.id).map_or_else(|| marks.clone(), |other| marks.agreed(other));
        match texts.get(&marks.id).map(|text| agreed.article(text)) {
            Some(Ok(article)) => articles.push((marks.id.clone(), article)),
            Some(Err(misfit)) => eprintln!("left out: {misfit}"),
            None => eprintln!("left out: {} is not in the corpus", marks.id),
        }
    }
    Ok(articles)
}

fn pass_of(file: &Path) -> Result<Vec<Marks>> {
    let lines = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(lines.lines().map(Marks::parse).collect::<Result<_, _>>()?)
}

/// Title, blank line and text of these articles of the corpus.
fn texts<'i>(ids: impl Iterator<Item = &'i str>) -> Result<HashMap<String, String>> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ar-news.jsonl"));
    let file = env::var_os(CORPUS).map_or_else(beside, PathBuf::from);
    corpus::texts(&file, ids).with_context(|| format!("{CORPUS} names the corpus"))
}

/// Prints articles of the corpus with numbered paragraphs.
pub fn show(ids: &[&str]) -> Result<()> {
    let texts = texts(ids.iter().copied())?;
    for id in ids {
        let text = texts.get(*id).with_context(|| format!("{id} is not in the corpus"))?;
        println!("=== {id}");
        paragraphs(text)
            .iter()
            .enumerate()
            .for_each(|(number, (start, end))| println!("[{}] {}", number + 1, &text[*start..*end]));
    }
    Ok(())
}

/// Makes a pass of the sheets `ID.tsv` of a folder, if none has a fault.
pub fn collect(sheets: &Path, out: &Path) -> Result<()> {
    let listing = fs::read_dir(sheets).with_context(|| format!("reading {}", sheets.display()))?;
    let mut files: Vec<_> =
        listing.flatten().map(|entry| entry.path()).filter(|file| file.extension().is_some_and(|end| end == "tsv")).collect();
    files.sort();
    let stem = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ids: Vec<String> = files.iter().map(|file| stem(file)).collect();
    let texts = texts(ids.iter().map(String::as_str))?;
    let (mut lines, mut faults) = (String::new(), 0);
    for (file, id) in files.iter().zip(ids) {
        let text = texts.get(&id).with_context(|| format!("{id} is not in the corpus"))?;
        let (names, wrong) = read_sheet(text, &fs::read_to_string(file)?);
        wrong.iter().for_each(|fault| eprintln!("{id}: {fault}"));
        faults += wrong.len();
        lines += &format!("{}\n", Marks { id, checksum: checksum(text), names });
    }
    ensure!(faults == 0, "{faults} lines do not fit");
    Ok(fs::write(out, lines)?)
}

/// Where each paragraph that is not empty begins and ends.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let range = (start, start + line.len());
        start = range.1 + 1;
        range
    });
    lines.filter(|(start, end)| !text[*start..*end].trim().is_empty()).collect()
}

fn read_sheet(text: &str, sheet: &str) -> (Vec<Mark>, Vec<String>) {
    let paragraphs = paragraphs(text);
    let (mut at, mut end) = (0, text.len());
    let (mut names, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in sheet.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if let Some(paragraph) = line.strip_prefix('#') {
            match paragraph.trim().parse::<usize>().ok().and_then(|number| paragraphs.get(number.checked_sub(1)?)) {
                Some(found) => (at, end) = *found,
                None => faults.push(format!("line {}: no such paragraph", number + 1)),
            }
            continue;
        }
        let mut fields = line.split('\t').map(str::trim);
        let (label, words, anchor) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        let sure = label.strip_suffix('?').unwrap_or(label);
        let from = anchor.map_or(Some(at), |anchor| text[at..end].find(anchor).map(|found| at + found));
        let found = from.and_then(|from| {
            text[from..end].match_indices(words).map(|(start, _)| from + start).find(|start| is_whole(text, *start, words))
        });
        match (Kind::from_label(sure), found.filter(|_| !words.is_empty())) {
            (Some(kind), Some(start)) => {
                at = start + words.len();
                let (start, length) = (text[..start].chars().count(), words.chars().count());
                names.push(Mark { start, length, kind, optional: sure != label });
            }
            _ => faults.push(format!("line {}: {line:?} does not stand in the rest of the paragraph", number + 1)),
        }
    }
    (names, faults)
}

/// Whether the words at `start` end with a word and begin with one or behind particles.
fn is_whole(text: &str, start: usize, words: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() || matches!(c, '\u{64B}'..='\u{652}' | '\u{640}');
    let behind = text[start + words.len()..].chars().next();
    let ends = !words.ends_with(letter) || behind.is_none_or(|c| !letter(c) && !c.is_numeric());
    let attached = text[..start].rsplit(|c| !letter(c)).next().unwrap_or_default();
    let particles = attached.trim_start_matches(['و', 'ف', 'أ', 'ب', 'ك', 'ل', 'س']);
    ends && attached.chars().count() <= 4 && matches!(particles, "" | "ا" | "ال")
}

/// How many names two passes of a folder share: of those that both are sure of, and the names that only one has and the other does not doubt.
pub fn agreement(folder: &Path) -> Result<()> {
    let [first, second] = PASSES.map(|pass| pass_of(&folder.join(pass)));
    let (first, second) = (first?, second?);
    let (mut both, mut alone, mut same) = (0, 0, 0);
    for (one, two) in first.iter().filter_map(|one| Some((one, second.iter().find(|two| two.id == one.id)?))) {
        same += usize::from(one == two);
        for (own, others) in [(one, two), (two, one)] {
            for name in own.names.iter().filter(|name| !name.optional) {
                let over = |other: &&Mark| other.start < name.start + name.length && name.start < other.start + other.length;
                if others.names.contains(name) {
                    both += 1;
                } else if !others.names.iter().any(|other| over(&other) && other.optional) {
                    alone += 1;
                }
            }
        }
    }
    println!(
        "{} articles, {same} the same in both; names that both are sure of {}, one alone {alone}; F1 {:.3}",
        first.len(),
        both / 2,
        f64::from(both) / f64::from(both + alone)
    );
    Ok(())
}

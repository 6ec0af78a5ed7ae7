//! How fast articles are read: megabytes a second on one core, beside a plain pass over the words of the same text.

use std::{fs, hint::black_box, path::Path, time::Instant};

use qala::{domain::Fields, extract::extract, lang::Packs, text::words};

/// How long each measurement goes on, in seconds.
const LONG_ENOUGH: f64 = 2.0;

fn main() {
    let begun = Instant::now();
    let packs = Packs::load();
    println!("lexicons       {:8.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let texts = articles();
    if texts.is_empty() {
        println!("skipped: no articles beside the repository");
        return;
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("articles       {:8}   {:.1} KB each", texts.len(), bytes as f64 / texts.len() as f64 / 1e3);
    let plain = rate(&texts, |text| {
        black_box(words(text));
    });
    let full = rate(&texts, |text| {
        black_box(extract(text, &Fields::default(), &packs));
    });
    println!("words          {plain:8.1} MB/s");
    println!("extract        {full:8.1} MB/s   {:.1} times the time of words alone", plain / full);
    println!("an article     {:8.3} ms", bytes as f64 / texts.len() as f64 / full / 1e3);
}

fn rate(texts: &[String], mut work: impl FnMut(&str)) -> f64 {
    let begun = Instant::now();
    let mut bytes = 0;
    while begun.elapsed().as_secs_f64() < LONG_ENOUGH {
        for text in texts {
            work(text);
            bytes += text.len();
        }
    }
    bytes as f64 / begun.elapsed().as_secs_f64() / 1e6
}

/// The annotated articles beside the repository: many, so that caches do not flatter.
fn articles() -> Vec<String> {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let folders = ["corpus", "eval/train", "eval/dev"].map(|folder| shared.join(folder));
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten().map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

//! How long each letter of a typed query takes next to a plain tantivy term query for the same word, in time of this thread
//! (other work on the machine does not count).
//!
//! `QALA_SCALE=articles.jsonl cargo bench --bench search`; with `QALA_TYPED=words` only these are typed. Without the first
//! variable nothing is measured. The archive is made once, under `target/`, and used again while the file keeps its size;
//! `QALA_SCALE` may also name an archive's folder. One that is being written to is measured as it is.

use std::{fs, ops::ControlFlow, path::PathBuf};

use cpu_time::ThreadTime;
use qala::{
    domain::{Change, Decision},
    query::parse,
    store::{Access, Archive},
    text::{fold, without_article},
};
use tantivy::{
    Index, Term,
    collector::{Count, TopDocs},
    query::TermQuery,
    schema::IndexRecordOption,
    tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer},
};

/// Names and words of the news, alone and together; the last ones are misspelt.
const TYPED: [&str; 24] = [
    "بوتين",
    "أردوغان",
    "الرئيس الروسي",
    "مجلس الأمن الدولي",
    "وزير الخارجية",
    "الانتخابات الرئاسية",
    "أسعار النفط",
    "كأس العالم",
    "الولايات المتحدة",
    "السعودية",
    "حقوق الإنسان",
    "محمد صلاح",
    "تونس",
    "سوريا",
    "القدس المحتلة",
    "president",
    "united states",
    "football",
    "2016",
    "قال وزير الدفاع",
    "من على في",
    "نتانياهوو",
    "ترامبب",
    "بوتيين",
];

/// Words that often stand side by side, and words that seldom do.
const PHRASES: [&str; 6] = ["في على", "من قبل", "مجلس الأمن الدولي", "وزير الخارجية", "قال من", "of the"];

/// So many of the slowest are shown.
const SLOWEST: usize = 12;

/// So many more are made of titles.
const QUERIES: usize = 120;

fn main() -> anyhow::Result<()> {
    let Some(file) = std::env::var_os("QALA_SCALE").map(PathBuf::from) else {
        println!("skipped: QALA_SCALE does not name a JSON Lines file");
        return Ok(());
    };
    let is_ours = !file.is_dir();
    let folder = match file.is_dir() {
        true => file,
        false => made_of(file)?,
    };
    // An index that cannot be read is made again here, so that nothing of it is measured.
    if let Err(error) = Archive::open(&folder, Access::Write) {
        println!("while it is written to: {error:#}");
    }
    let opened = ThreadTime::now();
    let mut archive = Archive::open(&folder, Access::Read)?;
    let page = archive.search(&parse("", true), 0..50)?;
    println!("opened and first page of {} articles: {:.2} ms", page.total, ms(opened));

    let opened = ThreadTime::now();
    archive.search(&parse("x", false), 0..1)?;
    println!("index opened and first word looked up: {:.2} ms", ms(opened));

    println!("memory before typing: {}", memory());
    let titles = from_titles(&mut archive, page.total)?;
    let chosen = std::env::var("QALA_TYPED").ok();
    let queries: Vec<&str> = match &chosen {
        Some(words) => vec![words],
        None => TYPED.into_iter().chain(titles.iter().map(String::as_str)).collect(),
    };
    let (mut letters, mut worst) = (Vec::new(), Vec::<(f64, String)>::new());
    for _ in 0..3 {
        for query in &queries {
            for (at, letter) in query.char_indices() {
                let typed = &query[..at + letter.len_utf8()];
                let started = ThreadTime::now();
                archive.glance(&parse(typed, true), 0..50)?;
                let took = ms(started);
                worst.push((took, typed.to_owned()));
                worst.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
                worst.truncate(SLOWEST);
                letters.push(took);
            }
        }
    }
    let plain = plain_term_queries(&folder)?;
    print("plain tantivy term query", plain.clone(), None);
    println!("{} queries of {} letters", queries.len(), letters.len() / 3);
    print("qala, each letter typed", letters, Some(median(plain)));
    let slowest: Vec<String> = worst.iter().map(|(took, typed)| format!("'{typed}' {took:.2} ms")).collect();
    println!("the slowest were {}", slowest.join(", "));

    let mut windows = Vec::new();
    for step in 0..100 {
        let started = ThreadTime::now();
        let from = page.total * step / 100;
        archive.search(&parse("", true), from..from + 50)?;
        windows.push(ms(started));
    }
    print("a page anywhere in the whole list", windows, None);
    println!("memory after typing: {}", memory());
    phrases(&mut archive)?;
    facets(&mut archive)?;
    println!("memory after facets: {}", memory());
    // Nobody's own archive is marked as read.
    if is_ours { read_marks(&mut archive) } else { Ok(()) }
}

/// Phrases of frequent words, letter by letter: the first hits, and then all of them.
fn phrases(archive: &mut Archive) -> anyhow::Result<()> {
    let (mut first, mut whole, mut cut) = (Vec::new(), Vec::new(), 0);
    for _ in 0..5 {
        for words in PHRASES {
            for (at, letter) in words.char_indices() {
                let query = parse(&format!("\"{}", &words[..at + letter.len_utf8()]), true);
                let started = ThreadTime::now();
                cut += usize::from(archive.glance(&query, 0..50)?.at_least);
                first.push(ms(started));
            }
            let query = parse(&format!("\"{words}\""), true);
            let started = ThreadTime::now();
            archive.finish(&query, 0..50, &mut || ControlFlow::Continue(()))?;
            whole.push(ms(started));
            // So that the next round finds nothing that this one has looked at.
            (0..9).try_for_each(|n| archive.search(&parse(&format!("\"x{n} y{n}\""), false), 0..0).map(drop))?;
        }
    }
    print("phrases, each letter typed", first, None);
    println!("{cut} of these were cut short");
    print("phrases, all articles", whole, None);
    Ok(())
}

/// The same facets, and filters for what is unread, after all but a few articles were marked as read.
fn read_marks(archive: &mut Archive) -> anyhow::Result<()> {
    let total = archive.len()?;
    let hits = archive.search(&parse("", true), 0..total - total / 10)?.hits;
    let changes: Vec<Change> = hits.iter().map(|hit| Change { article: hit.id, decision: Decision::Read(true) }).collect();
    archive.decide("read most", &changes)?;
    archive.reselect();
    let (mut counted, mut after, mut letters) = (Vec::new(), Vec::new(), Vec::new());
    for (nth, typed) in TYPED.iter().chain(TYPED.iter()).enumerate() {
        let query = parse(typed, true);
        archive.search(&query, 0..50)?;
        let started = ThreadTime::now();
        archive.facets(&query, &mut || ControlFlow::Continue(()))?;
        counted.push(ms(started));
        let last = Change { article: hits[0].id, decision: Decision::Read(nth % 2 == 0) };
        archive.decide("one more", &[last])?;
        let started = ThreadTime::now();
        archive.facets(&query, &mut || ControlFlow::Continue(()))?;
        after.push(ms(started));
        for (at, letter) in typed.char_indices() {
            let query = parse(&format!("is:unread {}", &typed[..at + letter.len_utf8()]), true);
            let started = ThreadTime::now();
            archive.search(&query, 0..50)?;
            letters.push(ms(started));
        }
    }
    println!("{} articles are marked as read", changes.len());
    print("facets with read marks", counted, None);
    print("facets after one more decision", after, None);
    print("is:unread and each letter typed", letters, None);
    Ok(())
}

/// The archive of a file, made where that was not done before.
fn made_of(file: PathBuf) -> anyhow::Result<PathBuf> {
    let size = fs::metadata(&file)?.len();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/bench-archive-{size}"));
    if !folder.join("made").exists() {
        let mut archive = Archive::open(&folder, Access::Write)?;
        archive.import(&[file], &mut |_| ControlFlow::Continue(()))?;
        fs::write(folder.join("made"), "")?;
    }
    Ok(folder)
}

/// Queries as people type them to find an article that they know: words of titles from all over the archive, side by side or
/// not, one in six with two letters swapped.
fn from_titles(archive: &mut Archive, articles: usize) -> anyhow::Result<Vec<String>> {
    let mut queries = Vec::new();
    for number in 0..QUERIES {
        let at = articles * number / QUERIES;
        let Some(hit) = archive.search(&parse("", true), at..at + 1)?.hits.into_iter().next() else { continue };
        let words: Vec<&str> = hit.title.split_whitespace().filter(|word| word.chars().count() > 2).collect();
        let step = 1 + number % 2;
        let mut query = words.iter().skip(number % 3).step_by(step).take(1 + number % 4).copied().collect::<Vec<_>>().join(" ");
        if number % 6 == 5 {
            let mut letters: Vec<char> = query.chars().collect();
            if let Some(at) = letters.len().checked_sub(3) {
                letters.swap(at, at + 1);
            }
            query = letters.into_iter().collect();
        }
        queries.push(query);
    }
    Ok(queries)
}

/// Anonymous memory of this process, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| line.starts_with("RssAnon"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// What comes after the hits: facets and the timeline, of large and small answers.
fn facets(archive: &mut Archive) -> anyhow::Result<()> {
    let (mut facets, mut timelines, mut worst, mut whole) = (Vec::new(), Vec::new(), (0.0, ""), Vec::new());
    for _ in 0..5 {
        for typed in TYPED.iter().copied().chain(["", "ا", "p", "2021"]) {
            let query = parse(typed, true);
            archive.search(&query, 0..50)?;
            let started = ThreadTime::now();
            archive.facets(&query, &mut || ControlFlow::Continue(()))?;
            let took = ms(started);
            if took > worst.0 {
                worst = (took, typed);
            }
            if typed.is_empty() {
                whole.push(took);
            }
            facets.push(took);
            let started = ThreadTime::now();
            archive.timeline(&query)?;
            timelines.push(ms(started));
        }
    }
    print("facets of answers large and small", facets, None);
    print("facets of all articles", whole, None);
    println!("the slowest were those of '{}' with {:.2} ms", worst.1, worst.0);
    print("timeline of an answer", timelines, None);
    Ok(())
}

/// The same index, asked the way tantivy is usually asked: the fifty best and the count.
fn plain_term_queries(folder: &std::path::Path) -> anyhow::Result<Vec<f64>> {
    let index = Index::open_in_dir(folder.join("index"))?;
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
    index.tokenizers().register("qala", analyzer);
    let all = index.schema().get_field("all")?;
    let searcher = index.reader()?.searcher();
    let mut took = Vec::new();
    for _ in 0..5 {
        for word in TYPED.iter().flat_map(|query| query.split(' ')) {
            let folded = fold(word);
            // The index holds a sign for the article.
            let held = without_article(&folded, false).map_or(folded.clone(), |rest| format!("\u{2}{rest}"));
            let term = Term::from_field_text(all, &held);
            let started = ThreadTime::now();
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            searcher.search(&query, &(TopDocs::with_limit(50).order_by_score(), Count))?;
            took.push(ms(started));
        }
    }
    Ok(took)
}

fn ms(since: ThreadTime) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn print(what: &str, mut times: Vec<f64>, anchor: Option<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let [p50, p99, max] = [at(0.5), at(0.99), at(1.0)];
    let ratio = anchor
        .map_or(String::new(), |anchor| format!("  = {:.1} / {:.1} / {:.1} times", p50 / anchor, p99 / anchor, max / anchor));
    println!("{what:36} p50 {p50:.2}  p99 {p99:.2}  max {max:.2} ms{ratio}");
}

//! How long an answer takes next to other ways to find articles: SQLite's FTS5, the matcher behind nucleo, fzf and ripgrep,
//! all over the same articles in the same run.
//!
//! `QALA_SCALE=articles.jsonl cargo bench --bench beside`; without the variable nothing is measured. Programs that are not
//! installed are passed over. Times are by the clock. What each does is said beside it: only qala and FTS5 hold an index, only
//! those two rank, and fuzzy matchers see titles alone, as people use them.

use std::{
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use nucleo_matcher::{
    Config, Matcher,
    pattern::{CaseMatching, Normalization, Pattern},
};
use qala::{
    query::parse,
    store::{Access, Archive},
};
use rusqlite::Connection;

/// Names and words of the news as they are typed.
const TYPED: [&str; 12] = [
    "بوتين",
    "أردوغان",
    "الرئيس الروسي",
    "مجلس الأمن",
    "وزير الخارجية",
    "أسعار النفط",
    "كأس العالم",
    "السعودية",
    "حقوق الإنسان",
    "تونس",
    "president",
    "united states",
];

/// How often each is asked.
const ROUNDS: usize = 5;

/// Programs that read everything each time are asked less often.
const ROUNDS_OF_PROGRAMS: usize = 1;

fn main() -> anyhow::Result<()> {
    let Some(file) = std::env::var_os("QALA_SCALE").map(PathBuf::from) else {
        println!("skipped: QALA_SCALE does not name a JSON Lines file");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let titles = folder.path().join("titles");
    let started = Instant::now();
    let mut archive = Archive::open(&folder.path().join("archive"), Access::Write)?;
    archive.import_texts(std::slice::from_ref(&file), &mut |_| ControlFlow::Continue(()))?;
    println!("texts imported in {:.1} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    let (db, articles) = full_text(&file, &titles)?;
    println!("FTS5 over {articles} articles made in {:.1} s", started.elapsed().as_secs_f64());

    let asked = |letters: bool| {
        TYPED.into_iter().flat_map(move |query| {
            let ends =
                query.char_indices().map(|(at, letter)| at + letter.len_utf8()).filter(move |end| letters || *end == query.len());
            ends.map(move |end| &query[..end])
        })
    };
    // Another query between any two, so that no answer is the one before.
    let mut answer = |typed: &str| {
        archive.search(&parse("x", false), 0..1)?;
        let started = Instant::now();
        archive.search(&parse(typed, true), 0..50)?;
        anyhow::Ok(ms(started))
    };
    let ours = times(ROUNDS, asked(false), &mut answer)?;
    let anchor = print("qala, whole query, ranked, 50 rows", ours, None);
    print("qala, each letter of it", times(ROUNDS, asked(true), &mut answer)?, Some(anchor));
    print("FTS5, last word begun, by bm25", times(ROUNDS, asked(false), &mut |typed| by_full_text(&db, typed))?, Some(anchor));

    let held: Vec<String> = BufReader::new(fs::File::open(&titles)?).lines().collect::<Result<_, _>>()?;
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut by_nucleo = |typed: &str| {
        let started = Instant::now();
        let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
        std::hint::black_box(pattern.match_list(&held, &mut matcher));
        anyhow::Ok(ms(started))
    };
    print("nucleo, titles in memory, one thread", times(1, asked(false), &mut by_nucleo)?, Some(anchor));
    for (what, program, before, behind) in
        [("fzf --filter, titles from a file", "fzf", "--filter", &titles), ("rg --count, the whole file", "rg", "--count", &file)]
    {
        if Command::new(program).arg("--version").stdout(Stdio::null()).status().is_err() {
            println!("{what:40} skipped: it is not installed");
            continue;
        }
        let mut by_program = |typed: &str| {
            let started = Instant::now();
            let input = fs::File::open(behind)?;
            Command::new(program).args([before, typed]).stdin(input).stdout(Stdio::null()).status()?;
            anyhow::Ok(ms(started))
        };
        print(what, times(ROUNDS_OF_PROGRAMS, asked(false), &mut by_program)?, Some(anchor));
    }
    Ok(())
}

/// Puts all articles into FTS5 in memory-mapped files as anyone would, and the titles into a file of lines.
fn full_text(file: &Path, titles: &Path) -> anyhow::Result<(Connection, usize)> {
    #[derive(serde::Deserialize)]
    struct Record {
        #[serde(default)]
        title: String,
        text: String,
    }
    let db = Connection::open(titles.with_extension("fts5"))?;
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
         CREATE VIRTUAL TABLE article USING fts5(title, text, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');",
    )?;
    let (mut lines, mut articles) = (BufWriter::new(fs::File::create(titles)?), 0);
    {
        let mut insert = db.prepare("INSERT INTO article (rowid, title, text) VALUES (?1, ?2, ?3)")?;
        for line in BufReader::with_capacity(1 << 20, fs::File::open(file)?).lines() {
            let Record { title, text } = serde_json::from_str(&line?)?;
            articles += 1;
            insert.execute((articles as i64, &title, &text))?;
            writeln!(lines, "{}", title.replace('\n', " "))?;
        }
    }
    db.execute_batch("COMMIT")?;
    lines.flush()?;
    Ok((db, articles))
}

/// The fifty best and the count.
fn by_full_text(db: &Connection, typed: &str) -> anyhow::Result<f64> {
    let words: Vec<String> = typed.split(' ').map(|word| format!("\"{word}\"")).collect();
    let query = format!("{}*", words.join(" "));
    let started = Instant::now();
    let mut best = db.prepare_cached("SELECT rowid FROM article WHERE article MATCH ?1 ORDER BY rank LIMIT 50")?;
    best.query_map([&query], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut count = db.prepare_cached("SELECT count(*) FROM article WHERE article MATCH ?1")?;
    count.query_row([&query], |row| row.get::<_, i64>(0))?;
    Ok(ms(started))
}

fn times<'q>(
    rounds: usize,
    queries: impl Iterator<Item = &'q str> + Clone,
    ask: &mut dyn FnMut(&str) -> anyhow::Result<f64>,
) -> anyhow::Result<Vec<f64>> {
    (0..rounds).flat_map(|_| queries.clone()).map(ask).collect()
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Prints a line of figures and returns the middle one.
fn print(what: &str, mut times: Vec<f64>, anchor: Option<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let [p50, p99, max] = [at(0.5), at(0.99), at(1.0)];
    let ratio = anchor.map_or(String::new(), |anchor| format!("  = {:.1} times", p50 / anchor));
    println!("{what:40} p50 {p50:.2}  p99 {p99:.2}  max {max:.2} ms{ratio}");
    p50
}

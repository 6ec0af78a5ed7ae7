//! How long an import takes next to a plain tantivy program that indexes the same fields of the same file, by the clock and
//! in processor time (which other work on the machine leaves alone).
//!
//! `QALA_SCALE=articles.jsonl cargo bench --bench import`; without the variable nothing is measured. With `-- texts ROUNDS` only
//! plain tantivy and the import of texts alone take turns.

use std::{
    fs,
    io::{BufRead, BufReader},
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::Instant,
};

use cpu_time::ProcessTime;
use qala::store::{Access, Archive};
use tantivy::{
    Index, IndexWriter, TantivyDocument,
    schema::{FAST, STRING, Schema, TEXT},
};

fn main() -> anyhow::Result<()> {
    let Some(file) = std::env::var_os("QALA_SCALE").map(PathBuf::from) else {
        println!("skipped: QALA_SCALE does not name a JSON Lines file");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let text_size = fs::metadata(&file)?.len() as f64 / 1e6;
    let mut asked = std::env::args().skip_while(|argument| argument != "texts").skip(1);
    let rounds = asked.next().and_then(|rounds| rounds.parse::<usize>().ok());

    let (mut plain, mut plain_cpu) = (0.0, 0.0);
    for _ in 0..rounds.unwrap_or(1) {
        let cpu = ProcessTime::now();
        let plain_folder = folder.path().join("plain");
        let (articles, took) = plain_tantivy(&file, &plain_folder)?;
        (plain, plain_cpu) = (took, cpu.elapsed().as_secs_f64());
        let (index, segments) = (size(&plain_folder), segments(&plain_folder));
        println!(
            "plain tantivy  {articles} articles  {text_size:.0} MB  {plain:.2} s ({plain_cpu:.2} s of processor)  index {index:.1} MB, {segments} segments"
        );
        fs::remove_dir_all(plain_folder)?;
        import_texts(&file, &folder.path().join("texts"), (plain, plain_cpu))?;
    }
    if rounds.is_some() {
        return Ok(());
    }

    let archive_folder = folder.path().join("archive");
    let mut archive = Archive::open(&archive_folder, Access::Write)?;
    let (mut commits, mut committed, mut first) = (0, 0, None);
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    let report = archive.import(std::slice::from_ref(&file), &mut |progress| {
        if progress.committed != committed {
            first = first.or(Some(started.elapsed().as_secs_f64()));
            committed = progress.committed;
            commits += 1;
        }
        ControlFlow::Continue(())
    })?;
    let (ours, ours_cpu) = (started.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let (db, index) = (size(&archive_folder) - size(&archive_folder.join("index")), size(&archive_folder.join("index")));
    println!(
        "qala import    {} articles  {ours:.2} s ({ours_cpu:.2} s of processor)  record {db:.1} MB  index {index:.1} MB",
        report.added
    );
    println!("               {commits} commits seen, the first after {:.2} s; {}", first.unwrap_or(ours), memory());
    println!("ratio          {:.2} by the clock, {:.2} of processor", ours / plain, ours_cpu / plain_cpu);

    let started = Instant::now();
    archive.import(&[file], &mut |_| ControlFlow::Continue(()))?;
    println!("again          {:.3} s, nothing changed", started.elapsed().as_secs_f64());
    Ok(())
}

/// Imports the texts alone, next to what plain tantivy took by the clock and in processor time.
fn import_texts(file: &Path, folder: &Path, (plain, plain_cpu): (f64, f64)) -> anyhow::Result<()> {
    let mut archive = Archive::open(folder, Access::Write)?;
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    archive.import_texts(&[file.to_owned()], &mut |_| ControlFlow::Continue(()))?;
    let (took, took_cpu) = (started.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let index = folder.join("index");
    let (db, index, segments) = (size(folder) - size(&index), size(&index), segments(&index));
    println!(
        "texts alone    {took:.2} s ({took_cpu:.2} s of processor)  record {db:.1} MB  index {index:.1} MB, {segments} segments; {}",
        memory()
    );
    println!("ratio          {:.2} by the clock, {:.2} of processor", took / plain, took_cpu / plain_cpu);
    drop(archive);
    Ok(fs::remove_dir_all(folder)?)
}

/// What anyone would write: default tokenizer, text not stored, one commit, merges waited for.
fn plain_tantivy(file: &Path, folder: &Path) -> anyhow::Result<(usize, f64)> {
    #[derive(serde::Deserialize)]
    struct Record {
        #[serde(default)]
        title: String,
        #[serde(default)]
        date: String,
        #[serde(default)]
        source: String,
        text: String,
    }
    let started = Instant::now();
    let mut builder = Schema::builder();
    let (title, text) = (builder.add_text_field("title", TEXT), builder.add_text_field("text", TEXT));
    let (source, date) = (builder.add_text_field("source", STRING), builder.add_u64_field("date", FAST));
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, builder.build())?;
    let threads = std::thread::available_parallelism()?.get();
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * (100 << 20))?;
    let mut articles = 0;
    for line in BufReader::with_capacity(1 << 20, fs::File::open(file)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::new();
        document.add_text(title, &record.title);
        document.add_text(text, &record.text);
        document.add_text(source, &record.source);
        let digits: String = record.date.chars().filter(char::is_ascii_digit).take(8).collect();
        document.add_u64(date, digits.parse().unwrap_or(0));
        writer.add_document(document)?;
        articles += 1;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((articles, started.elapsed().as_secs_f64()))
}

fn segments(index: &Path) -> usize {
    let files = fs::read_dir(index).into_iter().flatten().flatten();
    files.filter(|file| file.path().extension().is_some_and(|ending| ending == "term")).count()
}

fn size(folder: &Path) -> f64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|file| file.len() as f64 / 1e6)
        .sum()
}

/// Anonymous memory of this process now and the most it ever held of all kinds, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| line.starts_with("RssAnon") || line.starts_with("VmHWM"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

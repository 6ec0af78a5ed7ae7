//! `qala import`: reads files and folders into the archive and reports what became of them.

use std::{
    io::{IsTerminal, Write, stderr},
    ops::ControlFlow,
    path::PathBuf,
};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Outcome, json};
use crate::{
    domain::{Fault, Progress, Report},
    store::{Access, Archive},
    text::clean_line,
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Files and folders: .txt, .md and .jsonl.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take in the texts alone, so that they can be searched soon; the next import without this finds names and statements.
    #[arg(long)]
    texts_only: bool,
    /// Print the report as one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let mut archive = Archive::open(&context.archive_folder()?, Access::Write)?;
    let bar = bar();
    let mut watch = |progress: &Progress| {
        if let Some((done, of)) = progress.renewing {
            bar.set_length(of);
            bar.set_position(done);
            bar.set_message("making the search index anew");
            return ControlFlow::Continue(());
        }
        bar.set_length(progress.bytes_total);
        bar.set_position(progress.bytes_read);
        bar.set_message(format!("{} articles", progress.read));
        ControlFlow::Continue(())
    };
    let report = match args.texts_only {
        true => archive.import_texts(&args.paths, &mut watch),
        false => archive.import(&args.paths, &mut watch),
    };
    bar.finish_and_clear();
    let report = report?;
    for fault in &report.failed {
        write_fault(fault, err)?;
    }
    write_losses(&archive, err)?;
    if args.json {
        json::line(&json::report(&report), out)?;
    } else {
        write_summary(&report, out)?;
    }
    if report.read > 0 {
        return Ok(Outcome::Done);
    }
    if report.failed.is_empty() {
        writeln!(err, "qala: found no articles there; files ending in .txt, .md and .jsonl are read")?;
    }
    Ok(Outcome::Failed)
}

/// One line on stderr for what could not be read.
pub(super) fn write_fault(fault: &Fault, err: &mut dyn Write) -> std::io::Result<()> {
    match &fault.source.item {
        Some(item) => writeln!(err, "qala: {} (record {item}) {}", fault.source.file, fault.reason),
        None => writeln!(err, "qala: {} {}", fault.source.file, fault.reason),
    }
}

/// What became of notes on passages that new content no longer holds, and what went wrong with decisions.
fn write_losses(archive: &Archive, err: &mut dyn Write) -> Result<()> {
    if let Some(notice) = archive.notice() {
        writeln!(err, "qala: {notice}")?;
    }
    for (article, note) in archive.lost_passages()? {
        let quote = note.passage.map(|passage| clean_line(&passage.quote)).unwrap_or_default();
        writeln!(err, "qala: a note on '{quote}' is kept, but article {article} no longer holds these words")?;
    }
    Ok(())
}

fn write_summary(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let Report { read, added, unchanged, updated, duplicates, .. } = report;
    writeln!(
        out,
        "{read} articles read in {:.1} s: {added} new, {updated} updated, {unchanged} unchanged, {duplicates} duplicates",
        report.seconds
    )?;
    match report.failed.len() {
        0 => Ok(()),
        faults => writeln!(out, "{faults} reports of what could not be read, above"),
    }
}

/// A bar on stderr when that is a terminal, else one that shows nothing.
fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {bytes_per_sec}  {eta} left")
        .expect("the template is fixed");
    ProgressBar::new(0).with_style(style)
}

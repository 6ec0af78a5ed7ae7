//! `qala restore`: takes decisions in as `qala export decisions` printed them.

use std::{
    fs,
    io::{Read, Write, stdin},
    path::PathBuf,
};

use anyhow::{Context as _, Result};

use super::{Context, Outcome, decided};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// A file of JSON Lines, or - for stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let name = args.file.display();
    let text = match args.file.to_str() {
        Some("-") => {
            let mut text = String::new();
            stdin().read_to_string(&mut text).map(|_| text)
        }
        _ => fs::read_to_string(&args.file),
    };
    let text = text.with_context(|| format!("cannot read {name}"))?;
    let mut archive = context.open()?;
    let mut decisions = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match decided::read(line, &mut |id| archive.text(id)) {
            Ok(decided) => decisions.push(decided),
            Err(error) => writeln!(err, "qala: {name} (line {}) {error:#}", number + 1)?,
        }
    }
    if decisions.is_empty() {
        writeln!(err, "qala: {name} holds no decisions")?;
        return Ok(Outcome::Failed);
    }
    let restored = archive.restore("restore", decisions)?;
    writeln!(out, "decisions about {} articles taken in: {} changes", restored.articles, restored.changes)?;
    if restored.unknown > 0 {
        writeln!(out, "{} articles are not in the archive yet; what was decided waits for them", restored.unknown)?;
    }
    Ok(Outcome::Done)
}

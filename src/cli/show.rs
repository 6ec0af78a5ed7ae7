//! `qala show`: one article as text, or as JSON with everything that was found in it.

use std::io::Write;

use anyhow::Result;

use super::{Context, Outcome, json};
use crate::{domain::Query, text::clean_line};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The article's id, or the beginning of it; `qala search` shows ids.
    id: String,
    /// Print one JSON object with all spans.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Outcome> {
    let mut archive = context.open()?;
    let Some(id) = archive.find(&args.id)? else {
        return Ok(Outcome::Nothing);
    };
    let Some(reading) = archive.read(id, &Query::default())? else {
        return Ok(Outcome::Nothing);
    };
    if args.json {
        json::line(&json::article(&reading), out)?;
        return Ok(Outcome::Done);
    }
    let (article, header) = (&reading.article, &reading.extraction.header);
    let about: Vec<String> = [header.published.map(|date| date.to_string()), header.outlet.clone(), header.place.clone()]
        .into_iter()
        .flatten()
        .collect();
    if !about.is_empty() {
        writeln!(out, "{}", about.join(" · "))?;
    }
    for source in &article.sources {
        let item = source.item.as_ref().map(|item| format!(" (record {item})")).unwrap_or_default();
        writeln!(out, "{}{item}", source.file)?;
    }
    if let Some(url) = &article.fields.url {
        writeln!(out, "{}", clean_line(url))?;
    }
    // A carriage return alone would let one line write over another.
    writeln!(out, "\n{}", article.text.trim_end().replace("\r\n", "\n").replace('\r', "\n"))?;
    Ok(Outcome::Done)
}

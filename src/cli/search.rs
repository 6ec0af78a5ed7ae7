//! `qala search`: articles that hold all words of a query, the best first.

use std::io::Write;

use anyhow::Result;

use super::{Context, Outcome, json};
use crate::{
    app::{reasons, suggested},
    query,
    store::snippet,
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Words, all of which an article must hold; also is:unread, is:read, is:starred, tag:NAME and has:note.
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Print one JSON object per article.
    #[arg(long)]
    json: bool,
    /// How many articles at most.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// Length of a snippet in characters.
const SNIPPET: usize = 160;

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let typed = args.query.join(" ");
    let query = query::parse(&typed, false);
    for problem in query::problems(&typed, false) {
        writeln!(err, "qala: {problem}")?;
    }
    if query.is_empty() {
        writeln!(err, "qala: the query holds no word")?;
        return Ok(Outcome::Nothing);
    }
    let mut archive = context.open()?;
    let page = archive.search(&query, 0..args.limit)?;
    for (typed, instead) in &page.respelled {
        writeln!(err, "qala: nothing holds '{typed}'; searched for {}", instead.join(", "))?;
    }
    if page.total == 0 {
        let retyped = |line: String| (line.clone(), query::parse(&line, false));
        let retyped: Vec<_> = crate::text::keyboard::retyped(&typed).into_iter().map(retyped).collect();
        let explanation = archive.explain(&query, &retyped)?;
        let plain = |line: String| line.replace(['\u{2068}', '\u{2069}'], "");
        for reason in reasons(&explanation) {
            writeln!(err, "qala: {}", plain(reason))?;
        }
        for suggestion in &explanation.suggestions {
            writeln!(err, "qala: try {} ({})", query::show(&suggestion.query), plain(suggested(suggestion)))?;
        }
    }
    for hit in &page.hits {
        let found = archive.read(hit.id, &query)?;
        let snippet = found.map(|reading| snippet(&reading.article.text, &reading.hits, SNIPPET)).unwrap_or_default();
        if args.json {
            json::line(&json::hit(hit, &snippet), out)?;
        } else {
            let about: Vec<String> = [hit.published.map(|date| date.to_string()), hit.outlet.clone(), Some(hit.id.to_string())]
                .into_iter()
                .flatten()
                .collect();
            writeln!(out, "{}\n  {}\n  {snippet}\n", hit.title, about.join(" · "))?;
        }
    }
    if !args.json && page.total > page.hits.len() {
        writeln!(out, "{} of {} articles; --limit shows more", page.hits.len(), page.total)?;
    }
    Ok(if page.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

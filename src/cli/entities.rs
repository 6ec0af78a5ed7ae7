//! `qala entities`: the persons, places and organisations of the archive with counts and spellings.

use std::io::Write;

use anyhow::Result;

use super::{Context, Outcome, json};
use crate::domain::Kind;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Words of a name in any spelling; without them the most frequent entities are listed.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only this kind: PER, LOC, ORG, EVENT, DOC or DATE.
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Option<Kind>,
    /// Print one JSON object per entity.
    #[arg(long)]
    json: bool,
    /// How many entities at most.
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,
}

fn kind(label: &str) -> Result<Kind, String> {
    Kind::from_label(label).ok_or_else(|| "there are PER, LOC, ORG, EVENT, DOC and DATE".into())
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Outcome> {
    let archive = context.open()?;
    let entities = archive.entities(&args.query.join(" "), args.kind, args.limit)?;
    for entity in &entities {
        if args.json {
            json::line(&json::entity(entity), out)?;
        } else {
            writeln!(out, "{:>6}  {:<5} {}", entity.articles, entity.kind.label(), entity.name)?;
            if !entity.aliases.is_empty() {
                writeln!(out, "              {}", entity.aliases.join(" · "))?;
            }
        }
    }
    Ok(if entities.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

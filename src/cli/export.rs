//! `qala export`: articles and statements for other programs, and decisions to keep, all of them or those that a query finds.

use std::{collections::HashSet, io::Write};

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::{Context, Outcome, decided, json, statements};
use crate::{
    domain::{ArticleId, Hit, Query, Reading},
    query,
    store::Archive,
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// What to print.
    what: What,
    /// Only what this query finds, or what belongs to the articles that it finds.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// In which form; decisions are always jsonl.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Articles with all that was found in them.
    Articles,
    /// Who said what, each statement once.
    Statements,
    /// What was decided: read, stars, tags, notes and positions.
    Decisions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A table of what lists show.
    Csv,
    /// Texts to read.
    Md,
}

/// So many hits are asked for at a time.
const WINDOW: usize = 1000;

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let typed = args.query.join(" ");
    let problems = query::problems(&typed, false);
    if let Some(problem) = problems.first() {
        // All articles instead of some would be a bad surprise.
        bail!("{problem}");
    }
    let query = query::parse(&typed, false);
    if query.is_empty() && !typed.trim().is_empty() {
        writeln!(err, "qala: the query holds no word")?;
        return Ok(Outcome::Nothing);
    }
    let mut archive = context.open()?;
    let n_printed = match args.what {
        What::Articles => articles(&mut archive, &query, args.format, out)?,
        What::Statements => statements::export(&mut archive, &query, args.format, out, err)?,
        What::Decisions if args.format == Format::Jsonl => decisions(&mut archive, &query, out)?,
        What::Decisions => bail!("decisions leave as jsonl only"),
    };
    Ok(if n_printed == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn decisions(archive: &mut Archive, query: &Query, out: &mut dyn Write) -> Result<usize> {
    let mut wanted = None;
    if !query.is_empty() {
        let mut found: HashSet<ArticleId> = HashSet::new();
        each_hit(archive, query, &mut |_, hit| {
            found.insert(hit.id);
            Ok(())
        })?;
        wanted = Some(found);
    }
    let mut n_printed = 0;
    archive.decisions(&mut |decided| {
        if wanted.as_ref().is_none_or(|wanted| wanted.contains(&decided.article)) {
            json::line(&decided::line(&decided), out)?;
            n_printed += 1;
        }
        Ok(())
    })?;
    Ok(n_printed)
}

fn articles(archive: &mut Archive, query: &Query, format: Format, out: &mut dyn Write) -> Result<usize> {
    let mut n_printed = 0;
    if format == Format::Csv {
        writeln!(out, "id,published,outlet,language,title,file,item")?;
    }
    each_hit(archive, query, &mut |archive, hit| {
        n_printed += 1;
        if format == Format::Csv {
            return row(&hit, out);
        }
        match archive.read(hit.id, &Query::default())? {
            Some(reading) if format == Format::Md => markdown(&hit, &reading, out),
            Some(reading) => json::line(&json::article(&reading), out),
            // Gone since it was listed.
            None => Ok(()),
        }
    })?;
    Ok(n_printed)
}

/// Every hit of a query in its order.
fn each_hit(archive: &mut Archive, query: &Query, each: &mut dyn FnMut(&mut Archive, Hit) -> Result<()>) -> Result<()> {
    let mut from = 0;
    loop {
        let page = archive.search(query, from..from + WINDOW)?;
        for hit in page.hits {
            each(archive, hit)?;
        }
        from += WINDOW;
        if from >= page.total {
            return Ok(());
        }
    }
}

fn row(hit: &Hit, out: &mut dyn Write) -> Result<()> {
    let published = hit.published.map(|date| date.to_string()).unwrap_or_default();
    let fields = [
        hit.id.to_string(),
        published,
        hit.outlet.clone().unwrap_or_default(),
        hit.language.code().to_owned(),
        hit.title.clone(),
        hit.source.file.clone(),
        hit.source.item.clone().unwrap_or_default(),
    ];
    writeln!(out, "{}", fields.map(|field| quoted(&field)).join(","))?;
    Ok(())
}

/// A field of a table as RFC 4180 wants it.
pub(super) fn quoted(field: &str) -> String {
    match field.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

fn markdown(hit: &Hit, reading: &Reading, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "# {}\n", hit.title)?;
    let id = format!("`{}`", hit.id);
    let about: Vec<String> =
        [hit.published.map(|date| date.to_string()), hit.outlet.clone(), Some(id)].into_iter().flatten().collect();
    writeln!(out, "{}\n", about.join(" · "))?;
    let (title, text) = (reading.extraction.header.title, reading.article.text.as_str());
    // The headline is above already.
    let text = if title.start == 0 { text.get(title.end as usize..).unwrap_or(text) } else { text };
    writeln!(out, "{}\n", text.trim())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_tables_are_quoted_where_they_must_be() {
        assert_eq!(
            ["plain", "a,b", "say \"so\"", "قال، نعم"].map(quoted),
            ["plain", "\"a,b\"", "\"say \"\"so\"\"\"", "قال، نعم"]
        );
    }
}

//! `qala said`: who said what, one line for each statement, however many articles carry it.

use std::io::Write;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Context, Outcome, json};
use crate::{
    domain::{Card, Clause, Dated, Excerpt, Expr, Period, Query, Reach, Term, Who},
    query,
    text::words,
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Words that were said, and conditions as for `qala search`: verb:denied, from:NAME, "phrase", -word, a | b.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Who says it, in any spelling.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// What it is about: named in the words, else in their sentence, else in the article's title.
    #[arg(long, value_name = "TOPIC")]
    about: Option<String>,
    /// Published on this day or later: 2021, 2021-11 or 2021-11-26.
    #[arg(long, value_name = "D")]
    since: Option<Dated>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "D")]
    until: Option<Dated>,
    /// Print one JSON object per statement.
    #[arg(long)]
    json: bool,
    /// How many statements at most.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let typed = args.query.join(" ");
    for problem in query::problems(&typed, false) {
        writeln!(err, "qala: {problem}")?;
    }
    let mut query = query::parse(&typed, false);
    if query.is_empty() && !typed.trim().is_empty() {
        writeln!(err, "qala: the query holds no word")?;
        return Ok(Outcome::Nothing);
    }
    for clause in conditions(args) {
        query.and(Expr::Leaf(clause));
    }
    let mut archive = context.open()?;
    let found = archive.said(&query, 0..args.limit)?;
    if found.undated > 0 {
        let (statements, are) = if found.undated == 1 { ("statement", "is") } else { ("statements", "are") };
        writeln!(err, "qala: {} {statements} in articles without a date {are} left out", found.undated)?;
    }
    for (typed, instead) in &found.respelled {
        writeln!(err, "qala: no statement holds '{typed}'; searched for {}", instead.join(", "))?;
    }
    for card in &found.cards {
        match args.json {
            true => json::line(&line(card), out)?,
            false => writeln!(out, "{}\n", shown(card))?,
        }
    }
    if !args.json && found.total > found.cards.len() {
        writeln!(out, "{} of {} statements; --limit shows more", found.cards.len(), found.total)?;
    }
    Ok(if found.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn conditions(args: &Args) -> Vec<Clause> {
    let named = |name: &String| Who::Named(words(name).into_iter().map(|word| Term::of(word, name)).collect());
    let by = args.by.iter().map(|name| Clause::By(named(name)));
    let about = args.about.iter().map(|topic| Clause::About(named(topic)));
    let is_dated = args.since.is_some() || args.until.is_some();
    let date = is_dated.then_some(Clause::Date(Period::Between(args.since, args.until)));
    by.chain(about).chain(date).collect()
}

/// A statement as lines to read: who and when, what, and where.
fn shown(card: &Card) -> String {
    let date = card.hit.published.map(|date| date.to_string());
    let cue = card.cue.as_ref().map(|cue| flat(&cue.text));
    let head = [card.speaker_name().map(flat), cue, date, card.hit.outlet.clone()];
    let carried = match &card.first {
        Some(first) => {
            let on = first.published.map(|date| format!(" on {date}")).unwrap_or_default();
            format!("carried by {}, first by {}{on} · ", card.carriers.len(), first.outlet)
        }
        None => String::new(),
    };
    // What is said is about the topic, or perhaps only the article is.
    let about = match card.about {
        Some(Reach::Sentence) => " · about it by its sentence",
        Some(Reach::Title) => " · about it by the title only",
        _ => "",
    };
    format!(
        "{}\n  {}\n  {carried}{} · {}{about}",
        head.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        card.text,
        card.hit.title,
        card.id
    )
}

/// Words of a text on one line.
pub(super) fn flat(text: &str) -> String {
    crate::text::clean_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A statement as an object.
fn line(card: &Card) -> Value {
    let (start, end) = card.chars();
    json!({
        "id": card.id.to_string(),
        "article": card.id.article.to_string(),
        "file": card.hit.source.file,
        "item": card.hit.source.item,
        "title": card.hit.title,
        "published": card.hit.published.map(|date| date.to_string()),
        "outlet": card.hit.outlet,
        "speaker": card.speaker.as_ref().map(|speaker| speaker.text.as_str()).or(card.speaker_name()),
        "speaker_entity": card.who.as_ref().map(|who| who.id.0.as_str()),
        "speaker_name": card.speaker_name(),
        "cue": card.cue.as_ref().map(|cue| cue.text.as_str()),
        "verb": card.family,
        "polarity": card.polarity.label(),
        "kind": card.manner.label(),
        "text": card.text,
        "start": start,
        "end": end,
        "content": card.content.iter().map(excerpt).collect::<Vec<_>>(),
        "about": card.about.map(Reach::label),
        "confidence": share(card),
        "rule": card.evidence.rule,
        "carried_by": carried_by(card),
    })
}

pub(super) fn excerpt(piece: &Excerpt) -> Value {
    json!({"start": piece.chars.0, "end": piece.chars.1, "text": piece.text})
}

/// How sure the statement is, from 0 to 1.
pub(super) fn share(card: &Card) -> f64 {
    f64::from(card.evidence.confidence) / 100.0
}

/// The articles that carry the statement, the earliest first.
pub(super) fn carried_by(card: &Card) -> Vec<String> {
    card.carriers.iter().map(|carrier| carrier.article.to_string()).collect()
}

/// Whatever a query asks of articles, asked of statements as the browser shows them: the newest first.
pub(super) fn newest_first(mut query: Query) -> Query {
    if query.order == crate::domain::Order::Best {
        query.order = crate::domain::Order::Newest;
    }
    query
}

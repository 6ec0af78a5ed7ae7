//! `qala export statements`: every statement that a query finds, for other programs and for papers.

use std::io::Write;

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    export::{Format, quoted},
    json,
    said::{carried_by, excerpt, flat, newest_first, share},
};
use crate::{
    domain::{Card, Query},
    store::Archive,
};

/// So many cards are asked for at a time.
const WINDOW: usize = 500;

const COLUMNS: &str =
    "id,published,outlet,speaker,speaker_entity,cue,verb,polarity,kind,text,confidence,carried_by,title,file,item";

/// Prints the statements that answer, and on stderr how many there are; returns that.
pub(super) fn export(
    archive: &mut Archive,
    query: &Query,
    format: Format,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<usize> {
    let query = newest_first(query.clone());
    let (mut first, mut total) = (0, None);
    loop {
        let page = archive.said(&query, first..first + WINDOW)?;
        if total.is_none() {
            match format {
                Format::Csv => writeln!(out, "{COLUMNS}")?,
                Format::Md => writeln!(out, "# {}\n", counted(page.total))?,
                Format::Jsonl => {}
            }
        }
        for card in &page.cards {
            match format {
                Format::Jsonl => json::line(&line(card), out)?,
                Format::Csv => row(card, out)?,
                Format::Md => markdown(card, out)?,
            }
        }
        total = Some(page.total);
        first += WINDOW;
        if first >= page.total {
            writeln!(err, "qala: {}", counted(page.total))?;
            return Ok(page.total);
        }
    }
}

fn counted(total: usize) -> String {
    if total == 1 { "1 statement".into() } else { format!("{total} statements") }
}

/// A statement in the shape that Citron (BBC) gives quotes, with what qala knows besides.
fn line(card: &Card) -> Value {
    json!({
        "id": card.id.to_string(),
        "cue": card.cue.as_ref().map(excerpt),
        "sources": card.speaker.iter().map(excerpt).collect::<Vec<_>>(),
        "contents": card.content.iter().map(excerpt).collect::<Vec<_>>(),
        "confidence": share(card),
        "article": card.id.article.to_string(),
        "title": card.hit.title,
        "published": card.hit.published.map(|date| date.to_string()),
        "outlet": card.hit.outlet,
        "file": card.hit.source.file,
        "item": card.hit.source.item,
        "speaker_entity": card.who.as_ref().map(|who| who.id.0.as_str()),
        "speaker_name": card.speaker_name(),
        "verb": card.family,
        "polarity": card.polarity.label(),
        "kind": card.manner.label(),
        "via": card.via,
        "addressee": card.addressee,
        "rule": card.evidence.rule,
        "carried_by": carried_by(card),
    })
}

fn row(card: &Card, out: &mut dyn Write) -> Result<()> {
    let text = |text: Option<&str>| flat(text.unwrap_or_default());
    let fields = [
        card.id.to_string(),
        card.hit.published.map(|date| date.to_string()).unwrap_or_default(),
        text(card.hit.outlet.as_deref()),
        text(card.speaker_name()),
        card.who.as_ref().map(|who| who.id.0.clone()).unwrap_or_default(),
        text(card.cue.as_ref().map(|cue| cue.text.as_str())),
        card.family.unwrap_or_default().to_owned(),
        card.polarity.label().to_owned(),
        card.manner.label().to_owned(),
        card.text.clone(),
        share(card).to_string(),
        card.carriers.len().to_string(),
        card.hit.title.clone(),
        card.hit.source.file.clone(),
        card.hit.source.item.clone().unwrap_or_default(),
    ];
    writeln!(out, "{}", fields.map(|field| quoted(&field)).join(","))?;
    Ok(())
}

/// A quotation with its citation below it.
fn markdown(card: &Card, out: &mut dyn Write) -> Result<()> {
    let who = [card.speaker_name().map(flat), card.cue.as_ref().map(|cue| format!("({})", flat(&cue.text)))];
    let who = who.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let place = [
        Some(format!("“{}”", card.hit.title)),
        card.hit.outlet.as_deref().map(flat),
        card.hit.published.map(|date| date.to_string()),
        Some(format!("`{}`", card.id)),
    ];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let also = match card.carriers.len() {
        0 | 1 => String::new(),
        n => format!(" Carried by {n} articles."),
    };
    writeln!(out, "> {}\n", card.text)?;
    writeln!(out, "— {}{place}.{also}\n", if who.is_empty() { String::new() } else { format!("{who}, ") })?;
    Ok(())
}

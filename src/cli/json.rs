//! The JSON that others build on: shapes and field names are a contract, offsets are Unicode code points, ends exclusive.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    domain::{Entity, Extraction, Family, Hit, NameIndex, Reading, Report, Statement},
    text::{CharIndex, Span},
};

/// The number of these shapes; it grows when a field changes its meaning.
pub(super) const FORMAT: u32 = 1;

/// Writes one object and a line end.
pub(super) fn line(object: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    writeln!(out)?;
    Ok(())
}

/// The report of an import.
pub(super) fn report(report: &Report) -> Value {
    let failed: Vec<Value> = report
        .failed
        .iter()
        .map(|fault| json!({"file": fault.source.file, "item": fault.source.item, "reason": fault.reason}))
        .collect();
    json!({
        "format": FORMAT,
        "read": report.read,
        "added": report.added,
        "unchanged": report.unchanged,
        "updated": report.updated,
        "duplicates": report.duplicates,
        "failed": failed,
        "seconds": (report.seconds * 1000.0).round() / 1000.0,
    })
}

/// One article of an answer.
pub(super) fn hit(hit: &Hit, snippet: &str) -> Value {
    json!({
        "id": hit.id.to_string(),
        "title": hit.title,
        "published": hit.published.map(|date| date.to_string()),
        "outlet": hit.outlet,
        "language": hit.language.code(),
        "score": hit.score,
        "snippet": snippet,
        "file": hit.source.file,
        "item": hit.source.item,
    })
}

/// One entity with its spellings.
pub(super) fn entity(entity: &Entity) -> Value {
    json!({
        "entity": entity.id.0,
        "name": entity.name,
        "type": entity.kind.label(),
        "articles": entity.articles,
        "mentions": entity.mentions,
        "aliases": entity.aliases,
    })
}

/// One article with everything that was found in it.
pub fn article(reading: &Reading) -> impl Serialize + '_ {
    let (article, extraction) = (&reading.article, &reading.extraction);
    let header = &extraction.header;
    let text = Positions { text: &article.text, index: CharIndex::new(&article.text) };
    let names = Names { extraction, entities: &reading.entities };
    let source = article.sources.first();
    ArticleJson {
        format: FORMAT,
        file: source.map(|source| source.file.as_str()),
        item: source.and_then(|source| source.item.as_deref()),
        id: article.id.to_string(),
        text: &article.text,
        language: header.language.code(),
        title: text.piece(header.title),
        published: header.published.map(|date| date.to_string()),
        published_precision: header.published.map(|date| date.precision()),
        place: header.place.as_deref(),
        outlet: header.outlet.as_deref(),
        agency: &header.agencies,
        byline: &header.byline,
        url: article.fields.url.as_deref(),
        boilerplate: header.furniture.iter().map(|it| Labelled { span: text.ends(it.span), why: &it.why }).collect(),
        mentions: extraction
            .mentions
            .iter()
            .map(|mention| MentionJson {
                piece: text.piece(mention.span),
                kind: mention.kind.label(),
                entity: names.entity(mention.name),
                name: names.name(mention.name),
                confidence: share(mention.evidence.confidence),
                rule: &mention.evidence.rule,
            })
            .collect(),
        statements: extraction.statements.iter().map(|it| statement(it, &text, &names)).collect(),
    }
}

fn statement<'a>(statement: &'a Statement, text: &Positions<'a>, names: &Names<'a>) -> StatementJson<'a> {
    let entity = |name: Option<NameIndex>| name.and_then(|name| names.entity(name));
    StatementJson {
        kind: statement.manner.label(),
        verb: statement.family.map(Family::label),
        polarity: statement.polarity.label(),
        speaker: statement.speaker.map(|span| text.piece(span)),
        speaker_entity: entity(statement.speaker_name),
        cue: statement.cue.map(|span| text.piece(span)),
        content: statement.content.iter().map(|span| text.piece(*span)).collect(),
        via: entity(statement.via),
        addressee: entity(statement.addressee),
        nested_in: statement.nested_in,
        confidence: share(statement.evidence.confidence),
        rule: &statement.evidence.rule,
    }
}

fn share(hundredths: u8) -> f64 {
    f64::from(hundredths) / 100.0
}

struct Positions<'a> {
    text: &'a str,
    index: CharIndex<'a>,
}

impl<'a> Positions<'a> {
    fn ends(&self, span: Span) -> Ends {
        let (start, end) = self.index.span(span);
        Ends { start, end }
    }

    fn piece(&self, span: Span) -> Piece<'a> {
        Piece { ends: self.ends(span), text: span.of(self.text) }
    }
}

struct Names<'a> {
    extraction: &'a Extraction,
    entities: &'a [Entity],
}

impl<'a> Names<'a> {
    fn entity(&self, name: NameIndex) -> Option<&'a str> {
        self.entities.get(name.0 as usize).map(|entity| entity.id.0.as_str())
    }

    fn name(&self, name: NameIndex) -> Option<&'a str> {
        let own = || self.extraction.names.get(name.0 as usize).map(|name| name.text.as_str());
        self.entities.get(name.0 as usize).map(|entity| entity.name.as_str()).or_else(own)
    }
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    format: u32,
    file: Option<&'a str>,
    item: Option<&'a str>,
    id: String,
    text: &'a str,
    language: &'a str,
    title: Piece<'a>,
    published: Option<String>,
    published_precision: Option<&'a str>,
    place: Option<&'a str>,
    outlet: Option<&'a str>,
    agency: &'a [String],
    byline: &'a [String],
    url: Option<&'a str>,
    boilerplate: Vec<Labelled<'a>>,
    mentions: Vec<MentionJson<'a>>,
    statements: Vec<StatementJson<'a>>,
}

#[derive(Serialize)]
struct Ends {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Piece<'a> {
    #[serde(flatten)]
    ends: Ends,
    text: &'a str,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    span: Ends,
    why: &'a str,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    entity: Option<&'a str>,
    name: Option<&'a str>,
    confidence: f64,
    rule: &'a str,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    kind: &'static str,
    verb: Option<&'static str>,
    polarity: &'static str,
    speaker: Option<Piece<'a>>,
    speaker_entity: Option<&'a str>,
    cue: Option<Piece<'a>>,
    content: Vec<Piece<'a>>,
    via: Option<&'a str>,
    addressee: Option<&'a str>,
    nested_in: Option<u32>,
    confidence: f64,
    rule: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Article, ArticleId, Evidence, Fields, Kind, Marks, Mention, Name, NameKey};

    #[test]
    fn offsets_are_code_points() {
        let text = "قال بوتين".to_owned();
        let evidence = Evidence { rule: "lexicon".into(), confidence: 98 };
        let name = Name { key: NameKey("vladimir_putin".into()), kind: Kind::Person, text: "بوتين".into() };
        let mention = Mention { span: Span::new(7, 17), kind: Kind::Person, name: NameIndex(0), evidence };
        let extraction = Extraction { names: vec![name], mentions: vec![mention], ..Extraction::default() };
        let article_of = Article { id: ArticleId::of(&text), text, fields: Fields::default(), sources: Vec::new() };
        let reading =
            Reading { article: article_of, extraction, entities: Vec::new(), hits: Vec::new(), marks: Marks::default() };
        let value = serde_json::to_value(article(&reading)).unwrap();
        let expected = json!({"start": 4, "end": 9, "text": "بوتين", "type": "PER", "entity": null, "name": "بوتين", "confidence": 0.98, "rule": "lexicon"});
        assert_eq!(value["mentions"][0], expected);
        assert_eq!(value["format"], 1);
    }
}

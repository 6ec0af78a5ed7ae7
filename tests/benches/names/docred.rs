//! DocRED's documents: sentences of tokens with the places of names, as JSON, joined to texts like corpora in columns.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use qala::{
    domain::Kind,
    extract::model::train::Article,
    lang::{Class, Packs},
    text::fold,
};
use serde::Deserialize;

use super::{
    columns::{Joined, Writing},
    material::Named,
};

#[derive(Deserialize)]
struct Document {
    title: String,
    sents: Vec<Vec<String>>,
    #[serde(rename = "vertexSet")]
    entities: Vec<Vec<Mention>>,
}

#[derive(Deserialize)]
struct Mention {
    #[serde(rename = "type")]
    sort: String,
    sent_id: usize,
    pos: [usize; 2],
}

/// The documents of a file.
pub fn documents(file: &Path) -> Result<Vec<Named>> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let documents: Vec<Document> = serde_json::from_slice(&bytes).with_context(|| format!("reading {}", file.display()))?;
    Ok(documents.iter().map(|document| (document.title.clone(), article(document))).collect())
}

fn article(document: &Document) -> Article {
    let mut article = Article::default();
    let mut mentions: Vec<&Mention> = document.entities.iter().flatten().collect();
    // The longest first: what lies inside is none of its own.
    mentions.sort_by_key(|mention| {
        (mention.sent_id, mention.pos[0], std::cmp::Reverse(mention.pos[1]), kind(&mention.sort).is_none())
    });
    for (number, tokens) in document.sents.iter().enumerate() {
        let mut here = mentions.iter().filter(|mention| mention.sent_id == number).peekable();
        let mut joined = Joined::new(&mut article, Writing::English);
        let mut at = 0;
        while at < tokens.len() {
            while here.next_if(|mention| mention.pos[0] < at).is_some() {}
            let name = here.next_if(|mention| mention.pos[0] == at && mention.pos[1] > at);
            let end = name.map_or(at + 1, |mention| mention.pos[1].min(tokens.len()));
            let kind = name.and_then(|mention| kind(&mention.sort));
            // Names have no article here.
            let is_article = |word: &&String| kind.is_some() && ["the", "a", "an"].contains(&&*word.to_lowercase());
            let (articles, words) = tokens[at..end].split_at(tokens[at..end].iter().take_while(is_article).count());
            articles.iter().for_each(|word| joined.push(word, None, false));
            words.iter().enumerate().for_each(|(place, word)| joined.push(word, kind, place > 0));
            let is_unsure = match kind {
                Some(Kind::Event) => true,
                Some(Kind::Place | Kind::Organisation) => is_adjective(words),
                _ => false,
            };
            if is_unsure && !words.is_empty() {
                joined.last_is_unsure();
            }
            at = end;
        }
        joined.close();
    }
    article
}

fn kind(sort: &str) -> Option<Kind> {
    match sort {
        "PER" => Some(Kind::Person),
        "LOC" => Some(Kind::Place),
        "ORG" => Some(Kind::Organisation),
        // Among much else.
        "MISC" => Some(Kind::Event),
        _ => None,
    }
}

/// What DocRED takes as places and bodies and others as no names: nationalities, religions and convictions.
fn is_adjective(words: &[String]) -> bool {
    const OTHERS: [&str; 22] = [
        "european",
        "asian",
        "african",
        "jewish",
        "jews",
        "christian",
        "christianity",
        "catholic",
        "catholicism",
        "protestant",
        "muslim",
        "muslims",
        "islam",
        "islamic",
        "orthodox",
        "buddhist",
        "hindu",
        "republican",
        "democrat",
        "democratic",
        "communist",
        "nazi",
    ];
    let packs = Packs::get();
    let is_one = |word: &str| {
        let folded = fold(word);
        let singular = folded.strip_suffix('s').unwrap_or(&folded);
        OTHERS.contains(&&*folded)
            || [folded.as_str(), singular]
                .iter()
                .any(|word| packs.shared(packs.words.find(&[word])).class.has(Class::NATIONALITY))
            || word.chars().next().is_some_and(char::is_uppercase) && (folded.ends_with("ian") || folded.ends_with("ese"))
    };
    words.iter().all(|word| word == "-" || is_one(word))
}

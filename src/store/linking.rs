//! The second stage of extraction over an archive: all names at once. What changed alone is linked by the `relink` module.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use rusqlite::{Connection, params};

use super::{
    blob::{kind_number, kind_of},
    spellings::{bare, words_of},
};
use crate::{
    domain::{Entity, NameKey},
    extract::{
        Links, NameCount,
        link::{block_of, full_name, last_of},
    },
    text::words,
};

/// The second stage of extraction.
pub(super) type Link<'a> = &'a dyn Fn(Vec<NameCount>) -> Links;

/// Runs the second stage over all names and stores what changed.
pub(super) fn link(db: &Connection, link: Link<'_>) -> Result<()> {
    fill_blocks(db)?;
    let (names, spellings) = (all_names(db)?, all_spellings(db)?);
    let mut words_of: HashMap<NameKey, BTreeSet<String>> = HashMap::new();
    for spelling in &spellings {
        let folded = words(&spelling.text).into_iter().map(|word| bare(&word).to_owned());
        words_of.entry(spelling.key.clone()).or_default().extend(folded);
    }
    let links = link(spellings);
    let mut entities: BTreeMap<&str, Linked<'_>> = BTreeMap::new();
    for name in &names {
        let Some(linked) = links.entity(&name.key) else { continue };
        let entity = entities.entry(&linked.id.0).or_insert_with(|| Linked {
            entity: linked,
            articles: 0,
            mentions: 0,
            words: BTreeSet::new(),
        });
        entity.articles += name.articles;
        entity.mentions += name.mentions;
        entity.words.extend(words_of.remove(&name.key).unwrap_or_default());
    }
    let stored = put_entities(db, &entities)?;
    let mut point = db.prepare_cached("UPDATE name SET entity = ?2 WHERE number = ?1")?;
    for name in &names {
        let entity = links.by_key.get(&name.key).and_then(|id| stored.get(id.0.as_str()).copied());
        if name.entity != entity {
            point.execute(params![name.number, entity])?;
        }
    }
    db.prepare_cached("DELETE FROM touched")?.execute([])?;
    Ok(())
}

/// Gives names of an archive that knew no blocks their own.
fn fill_blocks(db: &Connection) -> Result<()> {
    let mut select = db.prepare("SELECT number, key FROM name WHERE block IS NULL AND key LIKE 'per:% %'")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, NameKey(row.get(1)?))))?;
    let names: Vec<(i64, NameKey)> = rows.collect::<Result<_, _>>()?;
    let mut fill = db.prepare("UPDATE name SET block = ?2, last = ?3 WHERE number = ?1")?;
    for (number, key) in names {
        if let Some(full) = full_name(&key) {
            fill.execute(params![number, block_of(full), last_of(full)])?;
        }
    }
    Ok(())
}

/// An entity with what the archive counts of it.
#[derive(Debug)]
struct Linked<'a> {
    entity: &'a Entity,
    articles: u64,
    mentions: u64,
    /// The folded words of all its spellings, without articles.
    words: BTreeSet<String>,
}

/// A name as it is stored.
struct Stored {
    number: i64,
    key: NameKey,
    articles: u64,
    mentions: u64,
    entity: Option<i64>,
}

fn all_names(db: &Connection) -> Result<Vec<Stored>> {
    let mut select = db.prepare("SELECT number, key, articles, mentions, entity FROM name")?;
    let names = select.query_map([], |row| {
        let (articles, mentions): (i64, i64) = (row.get(2)?, row.get(3)?);
        let (articles, mentions) = (articles.unsigned_abs(), mentions.unsigned_abs());
        Ok(Stored { number: row.get(0)?, key: NameKey(row.get(1)?), articles, mentions, entity: row.get(4)? })
    })?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn all_spellings(db: &Connection) -> Result<Vec<NameCount>> {
    let mut select =
        db.prepare("SELECT key, kind, text, spelling.articles, spelling.mentions FROM spelling JOIN name ON number = name")?;
    let mut rows = select.query([])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, articles, mentions): (i64, i64, i64) = (row.get(1)?, row.get(3)?, row.get(4)?);
        counts.push(NameCount {
            key: NameKey(row.get(0)?),
            kind: kind_of(kind.cast_unsigned())?,
            text: row.get(2)?,
            articles: articles.unsigned_abs(),
            mentions: mentions.unsigned_abs(),
        });
    }
    Ok(counts)
}

/// Makes the table of entities say this and no more; returns their numbers.
fn put_entities<'a>(db: &Connection, entities: &BTreeMap<&'a str, Linked<'a>>) -> Result<HashMap<&'a str, i64>> {
    let mut upsert = db.prepare_cached(
        "INSERT INTO entity(id, kind, name, articles, mentions, folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, name = excluded.name, articles = excluded.articles,
         mentions = excluded.mentions, folded = excluded.folded WHERE (kind, name, articles, mentions, folded)
         IS NOT (excluded.kind, excluded.name, excluded.articles, excluded.mentions, excluded.folded)",
    )?;
    for (id, Linked { entity, articles, mentions, words }) in entities {
        let folded: String = words.iter().flat_map(|word| [" ", word]).collect();
        let kind = kind_number(entity.kind).cast_signed();
        upsert.execute(params![id, kind, entity.name, articles.cast_signed(), mentions.cast_signed(), folded])?;
    }
    let mut numbers = HashMap::new();
    let mut gone = Vec::new();
    let mut select = db.prepare("SELECT number, id FROM entity")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (number, id): (i64, String) = (row.get(0)?, row.get(1)?);
        match entities.get_key_value(id.as_str()) {
            Some((id, _)) => {
                numbers.insert(*id, number);
            }
            None => gone.push(number),
        }
    }
    let mut delete = db.prepare_cached("DELETE FROM entity WHERE number = ?1")?;
    for number in gone {
        delete.execute([number])?;
    }
    put_words(db, entities, &numbers)?;
    Ok(numbers)
}

/// Makes the table of words anew.
fn put_words(db: &Connection, entities: &BTreeMap<&str, Linked<'_>>, numbers: &HashMap<&str, i64>) -> Result<()> {
    let mut all: Vec<(String, i64)> = Vec::new();
    for (id, Linked { words, .. }) in entities {
        let Some(number) = numbers.get(id) else { continue };
        let folded: String = words.iter().flat_map(|word| [" ", word]).collect();
        all.extend(words_of(&folded, id).into_iter().map(|word| (word, *number)));
    }
    // In the order of the table each page is written once.
    all.sort_unstable();
    db.execute("DELETE FROM word", [])?;
    let mut insert = db.prepare_cached("INSERT INTO word VALUES (?1, ?2)")?;
    for (word, number) in all {
        insert.execute(params![word, number])?;
    }
    Ok(())
}

//! Names and their spellings over all articles, and the entities behind them.
//!
//! Counts are kept as differences while a batch is written and put down at its commit, so that a frequent name costs one
//! row change and not one for each article.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};

use super::blob::{kind_number, kind_of};
use crate::{
    domain::{Bearer, Entity, EntityId, Extraction, Kind, Name, NameKey, Office, Speaker, Term},
    extract::link::{block_of, full_name, last_of},
    text::{Word, without_article, words},
};

/// The names that an entity can stand behind; dates are told by their keys alone.
pub(super) fn linkable(extraction: &Extraction) -> impl Iterator<Item = (usize, &Name)> {
    extraction.names.iter().enumerate().filter(|(_, name)| name.kind != Kind::Date)
}

/// What a batch changes in the counts.
#[derive(Debug, Default)]
pub(super) struct Deltas {
    names: HashMap<(NameKey, u64), Delta>,
}

#[derive(Debug, Default)]
struct Delta {
    articles: i64,
    mentions: i64,
    spellings: HashMap<String, (i64, i64)>,
}

impl Deltas {
    /// Counts the names of one article, with `sign` 1 when it comes and -1 when it goes.
    pub(super) fn count(&mut self, extraction: &Extraction, text: &str, sign: i64) {
        // Few spellings stand in one article: a list is looked through faster than a map.
        let mut surfaces: Vec<Vec<(&str, i64)>> = vec![Vec::new(); extraction.names.len()];
        for mention in &extraction.mentions {
            let at = mention.name.0 as usize;
            if let (Some(surfaces), Some(surface)) = (surfaces.get_mut(at), text.get(mention.span.range())) {
                match surfaces.iter_mut().find(|(known, _)| *known == surface) {
                    Some((_, count)) => *count += 1,
                    None => surfaces.push((surface, 1)),
                }
            }
        }
        // What a snapshot of the archive calls somebody is no spelling that the archive has.
        let tells = |office: &Office, name: &Name| matches!(&office.bearer, Bearer::Told(Some(told)) if told == name);
        let is_told = |name: &Name| extraction.offices.iter().any(|office| tells(office, name));
        for (at, name) in linkable(extraction) {
            let surfaces = &mut surfaces[at];
            let is_known = surfaces.iter().any(|(known, _)| *known == name.text) || surfaces.is_empty() && is_told(name);
            if !is_known {
                surfaces.push((&name.text, 0));
            }
            let delta = self.names.entry((name.key.clone(), kind_number(name.kind))).or_default();
            delta.articles += sign;
            for (surface, mentions) in surfaces {
                delta.mentions += sign * *mentions;
                let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
                let spelling = delta.spellings.entry(surface).or_default();
                spelling.0 += sign;
                spelling.1 += sign * *mentions;
            }
        }
    }

    /// Puts the counts down and begins anew.
    pub(super) fn flush(&mut self, db: &Connection) -> Result<()> {
        let mut upsert_name = db.prepare_cached(
            "INSERT INTO name(key, kind, articles, mentions, block, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET
             articles = articles + excluded.articles, mentions = mentions + excluded.mentions RETURNING number, articles",
        )?;
        let mut upsert_spelling = db.prepare_cached(
            "INSERT INTO spelling VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET
             articles = articles + excluded.articles, mentions = mentions + excluded.mentions",
        )?;
        let mut drop_spellings = db.prepare_cached("DELETE FROM spelling WHERE name = ?1 AND articles <= 0")?;
        let mut drop_name = db.prepare_cached("DELETE FROM name WHERE number = ?1")?;
        let mut touch = db.prepare_cached("INSERT INTO touched VALUES (?1, NULL) ON CONFLICT DO NOTHING")?;
        // What a name that goes away stood for is one mention poorer.
        let mut touch_gone = db.prepare_cached(
            "INSERT INTO touched SELECT key, entity FROM name WHERE number = ?1
             ON CONFLICT DO UPDATE SET entity = coalesce(excluded.entity, entity)",
        )?;
        let mut names: Vec<_> = std::mem::take(&mut self.names).into_iter().collect();
        // In order of the keys neighbouring rows are written one after the other, and every run writes the same.
        names.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for ((key, kind), delta) in names {
            let full = full_name(&key);
            let (block, last) = (full.map(block_of), full.map(last_of));
            let counts = params![key.0, kind.cast_signed(), delta.articles, delta.mentions, block, last];
            let (number, left): (i64, i64) = upsert_name.query_row(counts, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut lost = left <= 0;
            for (text, (articles, mentions)) in &delta.spellings {
                upsert_spelling.execute(params![number, text, articles, mentions])?;
                lost |= *articles < 0;
            }
            if lost {
                drop_spellings.execute([number])?;
            }
            if left <= 0 {
                touch_gone.execute([number])?;
                drop_name.execute([number])?;
            } else {
                touch.execute([&key.0])?;
            }
        }
        Ok(())
    }
}

pub(super) fn bare(word: &Word) -> &str {
    without_article(&word.folded, word.seated).unwrap_or(&word.folded)
}

/// The entities some spelling of which holds all of `asked`, each word at least begun; the most frequent first.
pub(super) fn search(db: &Connection, asked: &str, kind: Option<Kind>, limit: usize) -> Result<Vec<Entity>> {
    let asked: Vec<String> = words(asked).into_iter().map(|word| format!(" {}", bare(&word))).collect();
    let mut sql = String::from("SELECT number FROM entity WHERE (?1 IS NULL OR kind = ?1)");
    for place in 0..asked.len() {
        sql.push_str(&format!(" AND instr(folded, ?{}) > 0", place + 3));
    }
    sql.push_str(" ORDER BY articles DESC, id LIMIT ?2");
    let kind = kind.map(|kind| kind_number(kind).cast_signed());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut with: Vec<&dyn rusqlite::ToSql> = vec![&kind, &limit];
    with.extend(asked.iter().map(|word| word as &dyn rusqlite::ToSql));
    let mut select = db.prepare_cached(&sql)?;
    let numbers: Vec<i64> = select.query_map(&with[..], |row| row.get(0))?.collect::<Result<_, _>>()?;
    numbers.into_iter().filter_map(|number| entity(db, number).transpose()).collect()
}

/// The entity behind a name; one made of the name alone where it has not been linked yet.
pub(super) fn behind(db: &Connection, name: &Name) -> Result<Entity> {
    let mut select = db.prepare_cached("SELECT entity FROM name WHERE key = ?1 AND kind = ?2")?;
    let number = select.query_row(params![name.key.0, kind_number(name.kind).cast_signed()], |row| row.get::<_, Option<i64>>(0));
    let linked = match number.optional()?.flatten() {
        Some(number) => entity(db, number)?,
        None => None,
    };
    Ok(linked.unwrap_or_else(|| Entity {
        id: EntityId(name.key.0.clone()),
        kind: name.kind,
        name: name.text.clone(),
        aliases: Vec::new(),
        articles: 1,
        mentions: 0,
    }))
}

/// The keys of the names that stand for an entity: what the index knows.
pub(super) fn keys(db: &Connection, id: &EntityId) -> Result<Vec<String>> {
    let mut select = db.prepare_cached("SELECT key FROM name WHERE entity = (SELECT number FROM entity WHERE id = ?1)")?;
    let mut keys: Vec<String> = select.query_map([&id.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if keys.is_empty() {
        keys.push(id.0.clone());
    }
    Ok(keys)
}

/// An entity as far as it is told apart from others.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) number: i64,
    pub(super) id: EntityId,
    pub(super) kind: Kind,
    pub(super) name: String,
}

/// The entity that the names with this key stand for.
pub(super) fn known(db: &Connection, key: &str) -> Result<Option<Known>> {
    let mut select = db.prepare_cached(
        "SELECT entity.number, entity.kind, entity.id, entity.name FROM name JOIN entity ON entity.number = name.entity
         WHERE key = ?1 LIMIT 1",
    )?;
    let mut rows = select.query([key])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let kind = kind_of(row.get::<_, i64>(1)?.cast_unsigned())?;
    Ok(Some(Known { number: row.get(0)?, kind, id: EntityId(row.get(2)?), name: row.get(3)? }))
}

/// The keys of the names that stand for the entity with this number.
pub(super) fn keys_of(db: &Connection, number: i64) -> Result<Vec<String>> {
    let mut select = db.prepare_cached("SELECT DISTINCT key FROM name WHERE entity = ?1")?;
    Ok(select.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The words by which an entity is found: those of its spellings (`folded`), and those of its id, which for what a lexicon knows
/// is a spelling in Latin letters.
pub(super) fn words_of(folded: &str, id: &str) -> BTreeSet<String> {
    folded.split(' ').chain(id.split(['_', ' '])).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Puts the words of an entity in the place of those it had, as far as it had them already.
pub(super) fn reword(db: &Connection, number: i64, before: &BTreeSet<String>, after: &BTreeSet<String>) -> Result<()> {
    let mut delete = db.prepare_cached("DELETE FROM word WHERE word = ?1 AND entity = ?2")?;
    for word in before.difference(after) {
        delete.execute(params![word, number])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO word VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for word in after {
        insert.execute(params![word, number])?;
    }
    Ok(())
}

/// The keys of the names of all entities some spelling of which holds these words.
pub(super) fn named(db: &Connection, terms: &[Term]) -> Result<Vec<String>> {
    // The table of words came later than the others: an archive that was only read since lacks it.
    let has_words = db.table_exists(None, "word")?;
    let mut sql = String::from("SELECT key FROM name WHERE entity IN (");
    sql.push_str(if has_words { "" } else { "SELECT number FROM entity WHERE 1" });
    for place in 1..=terms.len() {
        if has_words {
            let and = if place > 1 { " INTERSECT " } else { "" };
            let first = 2 * place - 1;
            sql.push_str(&format!("{and}SELECT entity FROM word WHERE word >= ?{first} AND word < ?{}", first + 1));
        } else {
            sql.push_str(&format!(" AND instr(folded || ' ' || replace(id, '_', ' ') || ' ', ?{place}) > 0"));
        }
    }
    sql.push(')');
    let asked = terms.iter().flat_map(|term| match has_words {
        // Behind the word, or behind all that begin with it; no word holds these characters.
        true => vec![term.bare().to_owned(), format!("{}{}", term.bare(), if term.open { '\u{10FFFF}' } else { '\u{1}' })],
        false => vec![format!(" {}{}", term.bare(), if term.open { "" } else { " " })],
    });
    let mut select = db.prepare_cached(&sql)?;
    let keys = select.query_map(rusqlite::params_from_iter(asked), |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The entities behind the keys of speakers, about the most frequent of which come first, with how often each speaks by all of
/// its keys; at most so many.
pub(super) fn speakers(
    db: &Connection,
    keys: &[String],
    count: &mut dyn FnMut(&[String]) -> Result<usize>,
    most: usize,
) -> Result<Vec<Speaker>> {
    let mut entity_of = db.prepare_cached("SELECT entity FROM name WHERE key = ?1 AND entity IS NOT NULL LIMIT 1")?;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for key in keys {
        // An entity with several keys may gain places by the others, but not many.
        if found.len() >= most * 2 {
            break;
        }
        let number: Option<i64> = entity_of.query_row([key], |row| row.get(0)).optional()?;
        match number {
            None => found.push((None, key, count(std::slice::from_ref(key))?)),
            Some(number) if seen.insert(number) => found.push((Some(number), key, count(&keys_of(db, number)?)?)),
            Some(_) => {}
        }
    }
    found.sort_by(|(_, one, often), (_, other, oftener)| (oftener, one).cmp(&(often, other)));
    found.truncate(most);
    let speaker = |(number, key, cards): (Option<i64>, &String, usize)| {
        let linked = number.map(|number| entity(db, number)).transpose()?.flatten();
        Ok(Speaker { who: linked.unwrap_or_else(|| unlinked(key)), cards })
    };
    found.into_iter().map(speaker).collect()
}

/// Who stands behind a key that has not been linked yet.
fn unlinked(key: &str) -> Entity {
    let (kind, name) = key.split_once(':').unwrap_or(("", key));
    let kind = Kind::from_label(kind).unwrap_or(Kind::Person);
    Entity { id: EntityId(key.to_owned()), kind, name: name.replace('_', " "), aliases: Vec::new(), articles: 0, mentions: 0 }
}

/// The outlets whose names hold these words; where all of them are meant exactly and are a whole name, that one alone.
pub(super) fn outlets(db: &Connection, terms: &[Term]) -> Result<Vec<String>> {
    let mut select = db.prepare_cached("SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL")?;
    let all: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let holds = |outlet: &String| {
        let its = words(outlet);
        terms.iter().all(|term| {
            let wanted = term.bare();
            its.iter().any(|word| bare(word) == wanted || term.open && bare(word).starts_with(wanted))
        })
    };
    if terms.iter().all(|term| term.exact) {
        let exactly: Vec<String> = all.iter().filter(|outlet| is_called(outlet, terms)).cloned().collect();
        if !exactly.is_empty() {
            return Ok(exactly);
        }
    }
    Ok(all.into_iter().filter(holds).collect())
}

fn is_called(name: &str, terms: &[Term]) -> bool {
    words(name).iter().map(|word| word.folded.as_str()).eq(terms.iter().map(|term| term.folded.as_str()))
}

/// The most spellings that an entity shows.
const MOST_ALIASES: usize = 24;

fn entity(db: &Connection, number: i64) -> Result<Option<Entity>> {
    let mut select = db.prepare_cached("SELECT id, kind, name, articles, mentions FROM entity WHERE number = ?1")?;
    let found = select.query_row([number], |row| {
        let (kind, articles, mentions): (i64, i64, i64) = (row.get(1)?, row.get(3)?, row.get(4)?);
        Ok((kind, EntityId(row.get(0)?), row.get::<_, String>(2)?, articles.unsigned_abs(), mentions.unsigned_abs()))
    });
    let Some((kind, id, name, articles, mentions)) = found.optional()? else { return Ok(None) };
    let mut select = db.prepare_cached(
        "SELECT text FROM spelling JOIN name ON name.number = spelling.name WHERE name.entity = ?1
         GROUP BY text ORDER BY sum(spelling.mentions) DESC, text LIMIT ?2",
    )?;
    let spellings = select.query_map(params![number, MOST_ALIASES as i64 + 1], |row| row.get::<_, String>(0))?;
    let mut aliases = spellings.collect::<Result<Vec<_>, _>>()?;
    aliases.retain(|alias| *alias != name);
    aliases.truncate(MOST_ALIASES);
    Ok(Some(Entity { id, kind: kind_of(kind.cast_unsigned())?, name, aliases, articles, mentions }))
}

//! Linking what changed: the names that were touched since names were last linked, and those whose entity can depend on them.
//!
//! A full name of a person depends on the names of its block, a bare last name on the full names that end in it and on the
//! famous people it can mean, every other name on nothing (see [`Linker`]). What comes out is what linking everything would
//! give; a test holds the two against each other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    blob::{kind_number, kind_of},
    spellings::{bare, reword, words_of},
};
use crate::{
    domain::{EntityId, Kind, NameKey},
    extract::link::{Linker, block_of, full_name, last_of, own_id, single_name, spell},
    lang::Packs,
    text::words,
};

/// Where more than one name of so many was touched, everything is linked: reading all in order is cheaper then.
const MOST: i64 = 4;

/// Whether little enough was touched since names were linked.
pub(super) fn is_worthwhile(db: &Connection) -> Result<bool> {
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).map(Option::unwrap_or_default);
    let touched = count("SELECT count(*) FROM touched")?;
    // Numbers are given out in order; names that went away make this an estimate.
    Ok(touched * MOST < count("SELECT max(number) FROM name")?)
}

/// Links the touched names and stores what changed.
pub(super) fn relink(db: &Connection, linker: &Linker) -> Result<()> {
    let mut run =
        Run { db, linker, touched: HashSet::new(), ids: BTreeMap::new(), lasts: BTreeSet::new(), stale: BTreeSet::new() };
    run.read_touched()?;
    run.place_blocks()?;
    run.place_bare_names()?;
    for key in run.touched.clone() {
        if !run.ids.contains_key(&key) && run.is_there(&key)? {
            let id = EntityId(own_id(&key.0));
            run.ids.insert(key, id);
        }
    }
    run.point_names()?;
    for number in std::mem::take(&mut run.stale) {
        refresh(db, number)?;
    }
    db.prepare_cached("DELETE FROM touched")?.execute([])?;
    Ok(())
}

struct Run<'a> {
    db: &'a Connection,
    linker: &'a Linker,
    touched: HashSet<NameKey>,
    /// The entities of all names that were looked at.
    ids: BTreeMap<NameKey, EntityId>,
    /// Last words of which a bare name may mean somebody else now.
    lasts: BTreeSet<String>,
    /// Entities to be counted and named anew.
    stale: BTreeSet<i64>,
}

impl Run<'_> {
    fn read_touched(&mut self) -> Result<()> {
        let mut select = self.db.prepare_cached("SELECT key, entity FROM touched")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            self.touched.insert(NameKey(row.get(0)?));
            self.stale.extend(row.get::<_, Option<i64>>(1)?);
        }
        Ok(())
    }

    fn place_blocks(&mut self) -> Result<()> {
        let blocks: BTreeSet<String> = self.touched.iter().filter_map(full_name).map(block_of).collect();
        let mut select = self.db.prepare_cached(
            "SELECT key, sum(name.mentions), max(entity.id) FROM name LEFT JOIN entity ON entity.number = name.entity
             WHERE block = ?1 GROUP BY key",
        )?;
        for block in blocks {
            let rows = select.query_map([block], |row| {
                Ok((NameKey(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs(), row.get::<_, Option<String>>(2)?))
            })?;
            let names = rows.collect::<Result<Vec<_>, _>>()?;
            let full: Vec<(&str, u64)> =
                names.iter().filter_map(|(key, mentions, _)| Some((full_name(key)?, *mentions))).collect();
            for ((key, _, before), id) in names.iter().zip(self.linker.place(&full)) {
                if before.as_ref() != Some(&id.0) {
                    self.lasts.extend(full_name(key).map(|name| last_of(name).to_owned()));
                }
                self.ids.insert(key.clone(), id);
            }
        }
        Ok(())
    }

    fn place_bare_names(&mut self) -> Result<()> {
        for key in &self.touched {
            match (full_name(key), single_name(key)) {
                (Some(full), _) => self.lasts.extend([last_of(full).to_owned()]),
                (_, Some(single)) => self.lasts.extend([single.to_owned()]),
                _ => self.lasts.extend(self.linker.lasts_of(key).map(str::to_owned)),
            }
        }
        let mut select = self
            .db
            .prepare_cached("SELECT key, entity.id FROM name LEFT JOIN entity ON entity.number = name.entity WHERE last = ?1")?;
        let mut kind_of_key = self.db.prepare_cached("SELECT min(kind) FROM name WHERE key = ?1")?;
        for last in std::mem::take(&mut self.lasts) {
            let key = NameKey(format!("per:{last}"));
            if !self.is_there(&key)? {
                continue;
            }
            let mut meant: BTreeSet<EntityId> = BTreeSet::new();
            let mut rows = select.query([&last])?;
            while let Some(row) = rows.next()? {
                let full = NameKey(row.get(0)?);
                let stored = || row.get::<_, Option<String>>(1).map(|id| id.map(EntityId));
                meant.extend(match self.ids.get(&full) {
                    Some(id) => Some(id.clone()),
                    None => stored()?,
                });
            }
            for slug in self.linker.famous_called(&last) {
                let kind: Option<i64> = kind_of_key.query_row([slug], |row| row.get(0))?;
                if kind.map(|kind| kind_of(kind.cast_unsigned())).transpose()? == Some(Kind::Person) {
                    meant.insert(EntityId((*slug).to_owned()));
                }
            }
            self.ids.insert(key, self.linker.called(&last, meant.iter()));
        }
        Ok(())
    }

    fn is_there(&self, key: &NameKey) -> Result<bool> {
        let mut select = self.db.prepare_cached("SELECT 1 FROM name WHERE key = ?1")?;
        Ok(select.exists([&key.0])?)
    }

    /// Points names to their entities; those that gain, lose or count anew become stale.
    fn point_names(&mut self) -> Result<()> {
        let mut number_of = self.db.prepare_cached("SELECT number FROM entity WHERE id = ?1")?;
        let mut make = self
            .db
            .prepare_cached("INSERT INTO entity(id, kind, name, articles, mentions, folded) VALUES (?1, 0, '', 0, 0, '')")?;
        let mut names = self.db.prepare_cached("SELECT number, entity FROM name WHERE key = ?1")?;
        let mut point = self.db.prepare_cached("UPDATE name SET entity = ?2 WHERE number = ?1")?;
        for (key, id) in &self.ids {
            let known: Option<i64> = number_of.query_row([&id.0], |row| row.get(0)).optional()?;
            let number = match known {
                Some(number) => number,
                None => {
                    make.execute([&id.0])?;
                    self.db.last_insert_rowid()
                }
            };
            let rows = names.query_map([&key.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
            for (name, before) in rows.collect::<Result<Vec<_>, _>>()? {
                if before != Some(number) {
                    point.execute(params![name, number])?;
                    self.stale.extend(before);
                    self.stale.insert(number);
                } else if self.touched.contains(key) {
                    self.stale.insert(number);
                }
            }
        }
        Ok(())
    }
}

/// Counts and names an entity from the names that point to it now; without any it goes away.
fn refresh(db: &Connection, number: i64) -> Result<()> {
    let known = db
        .prepare_cached("SELECT id, folded FROM entity WHERE number = ?1")?
        .query_row([number], |row| Ok((EntityId(row.get(0)?), row.get::<_, String>(1)?)))
        .optional()?;
    let Some((id, before)) = known else { return Ok(()) };
    let before = words_of(&before, &id.0);
    let mut names = db.prepare_cached("SELECT key, kind, articles, mentions FROM name WHERE entity = ?1 ORDER BY key, kind")?;
    let (mut kind, mut articles, mut mentions) = (None, 0i64, 0i64);
    let mut rows = names.query([number])?;
    while let Some(row) = rows.next()? {
        // The first key in the alphabet tells the kind, the least kind where it has several.
        kind = kind.or(Some(kind_of(row.get::<_, i64>(1)?.cast_unsigned())?));
        articles += row.get::<_, i64>(2)?;
        mentions += row.get::<_, i64>(3)?;
    }
    let Some(kind) = kind else {
        db.prepare_cached("DELETE FROM entity WHERE number = ?1")?.execute([number])?;
        return reword(db, number, &before, &BTreeSet::new());
    };
    let mut select =
        db.prepare_cached("SELECT text, spelling.mentions FROM spelling JOIN name ON number = spelling.name WHERE entity = ?1")?;
    let mut rows = select.query([number])?;
    let (mut spellings, mut folded): (BTreeMap<String, u64>, BTreeSet<String>) = Default::default();
    while let Some(row) = rows.next()? {
        let (text, count): (String, i64) = (row.get(0)?, row.get(1)?);
        folded.extend(words(&text).into_iter().map(|word| bare(&word).to_owned()));
        *spellings.entry(text).or_default() += count.unsigned_abs().max(1);
    }
    let (name, _) = spell(&id, &spellings, Packs::get());
    let folded: String = folded.iter().flat_map(|word| [" ", word]).collect();
    let mut update =
        db.prepare_cached("UPDATE entity SET kind = ?2, name = ?3, articles = ?4, mentions = ?5, folded = ?6 WHERE number = ?1")?;
    update.execute(params![number, kind_number(kind).cast_signed(), name, articles, mentions, folded])?;
    reword(db, number, &before, &words_of(&folded, &id.0))
}

#[cfg(test)]
mod tests;

//! Who holds which office, as the articles of the archive tell: counts kept while articles come and go, and the numbered snapshot
//! of them by which titles without a name are read.
//!
//! The snapshot depends on nothing but the articles: what they state by name is found without it. Where a new one says otherwise
//! than an article was read by, that article is read once more; broken off or killed, the next import goes on.

use std::{collections::BTreeMap, ops::ControlFlow};

use anyhow::Result;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{
    blob::kind_number,
    import::{Reader, Stages},
    redo::{self, BATCH},
    schema::{counter, set_counter},
    writer::Writer,
};
use crate::{
    domain::{Bearer, EntityId, Extraction, Kind, Name, NameKey},
    extract::{
        Holders,
        holders::{Evidence, month_of},
    },
};

/// What a batch changes in the counts: by office, month and name.
#[derive(Debug, Default)]
pub(super) struct Held {
    articles: BTreeMap<(String, i32, NameKey), i64>,
}

impl Held {
    fn count(&mut self, extraction: &Extraction, sign: i64) {
        let Some(month) = extraction.header.published.and_then(month_of) else { return };
        for office in &extraction.offices {
            let Bearer::Named(name) = office.bearer else { continue };
            if let Some(name) = extraction.names.get(name.0 as usize) {
                *self.articles.entry((office.post.clone(), month, name.key.clone())).or_default() += sign;
            }
        }
    }

    /// Puts the counts down and begins anew.
    pub(super) fn flush(&mut self, db: &Connection) -> Result<()> {
        let mut upsert = db.prepare_cached(
            "INSERT INTO held VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles
             RETURNING articles",
        )?;
        let mut drop = db.prepare_cached("DELETE FROM held WHERE post = ?1 AND month = ?2 AND key = ?3")?;
        for ((post, month, key), articles) in std::mem::take(&mut self.articles) {
            let left: i64 = upsert.query_row(params![post, month, key.0, articles], |row| row.get(0))?;
            if left <= 0 {
                drop.execute(params![post, month, key.0])?;
            }
        }
        Ok(())
    }
}

/// The titles of an article that speak without a name: the office, the month, and whom the snapshot told to be meant when the
/// article was read.
fn titles(extraction: &Extraction) -> impl Iterator<Item = (&str, i32, Option<&Name>)> {
    let month = extraction.header.published.and_then(month_of);
    extraction.offices.iter().filter_map(move |office| match &office.bearer {
        Bearer::Told(name) => Some((office.post.as_str(), month?, name.as_ref())),
        Bearer::Named(_) => None,
    })
}

/// Counts what an article that comes says of offices.
pub(super) fn add(db: &Connection, held: &mut Held, row: i64, extraction: &Extraction) -> Result<()> {
    held.count(extraction, 1);
    let mut insert = db.prepare_cached("INSERT OR REPLACE INTO titled VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (post, month, name) in titles(extraction) {
        insert.execute(params![post, month, row, name.map(|name| &name.key.0), name.map(|name| &name.text)])?;
    }
    Ok(())
}

/// The same when it goes.
pub(super) fn take_away(db: &Connection, held: &mut Held, row: i64, extraction: &Extraction) -> Result<()> {
    held.count(extraction, -1);
    let mut delete = db.prepare_cached("DELETE FROM titled WHERE post = ?1 AND month = ?2 AND article = ?3")?;
    for (post, month, _) in titles(extraction) {
        delete.execute(params![post, month, row])?;
    }
    Ok(())
}

/// The snapshot by which articles are read.
pub(super) fn snapshot(db: &Connection) -> Result<Holders> {
    let mut select = db.prepare("SELECT post, month, key, text FROM term ORDER BY post, month")?;
    let terms = select.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, Name { key: NameKey(row.get(2)?), kind: Kind::Person, text: row.get(3)? }))
    })?;
    Ok(Holders::from_terms(terms.collect::<Result<Vec<_>, _>>()?.into_iter()))
}

/// Takes a new snapshot where articles have changed, and reads those once more of which it says another thing than they were read
/// by; `watch` is asked after each batch whether to go on.
pub(super) fn settle(
    writer: &mut Writer<'_>,
    db: &Connection,
    stages: &dyn Stages,
    watch: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    // What has not been read for names yet will be, and then it is time.
    if stages.version() == 0 || counter(db, "settled")? == counter(db, "change")? {
        return Ok(ControlFlow::Continue(()));
    }
    writer.link(&|names| stages.link(names), stages.linker())?;
    let holders = Holders::of(&evidence(db)?);
    if holders != snapshot(db)? {
        put(db, &holders)?;
    }
    let reader = Reader { stages, holders: &holders };
    let mut rows = read_otherwise(db, &holders)?.into_iter();
    if redo::all(writer, db, reader, || Ok(rows.by_ref().take(BATCH).collect()), watch)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    set_counter(db, "settled", counter(db, "change")?)?;
    Ok(ControlFlow::Continue(()))
}

/// What all articles say of offices, with the persons behind the names.
fn evidence(db: &Connection) -> Result<Vec<Evidence>> {
    let mut select = db.prepare(
        "SELECT post, month, held.key, entity.id, entity.name, held.articles
         FROM held JOIN name ON name.key = held.key AND name.kind = ?1 JOIN entity ON entity.number = name.entity",
    )?;
    let rows = select.query_map([kind_number(Kind::Person).cast_signed()], |row| {
        Ok(Evidence {
            post: row.get(0)?,
            month: row.get(1)?,
            person: EntityId(row.get(3)?),
            name: Name { key: NameKey(row.get(2)?), kind: Kind::Person, text: row.get(4)? },
            articles: row.get::<_, i64>(5)?.unsigned_abs(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn put(db: &Connection, holders: &Holders) -> Result<()> {
    let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    db.prepare_cached("DELETE FROM term")?.execute([])?;
    let mut insert = db.prepare_cached("INSERT INTO term VALUES (?1, ?2, ?3, ?4)")?;
    for (post, month, name) in holders.terms() {
        insert.execute(params![post, month, name.key.0, name.text])?;
    }
    set_counter(db, "snapshot", counter(db, "snapshot")? + 1)?;
    Ok(transaction.commit()?)
}

/// The articles for one of whose titles the snapshot told somebody else than it tells now.
fn read_otherwise(db: &Connection, holders: &Holders) -> Result<Vec<i64>> {
    let mut select = db.prepare("SELECT post, month, article, key, text FROM titled")?;
    let (mut rows, mut articles) = (select.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let now = holders.holder(row.get_ref(0)?.as_str()?, row.get(1)?);
        let then = row.get_ref(3)?.as_str_or_null()?.zip(row.get_ref(4)?.as_str_or_null()?);
        if now.map(|name| (name.key.0.as_str(), name.text.as_str())) != then {
            articles.push(row.get(2)?);
        }
    }
    articles.sort_unstable();
    articles.dedup();
    Ok(articles)
}

#[cfg(test)]
mod tests;

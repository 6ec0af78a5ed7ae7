//! Decisions follow their articles: a source whose content changed has a new article, and what was decided about the old one
//! goes along. Content that is still in the archive from another source keeps its decisions.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Journal, state, steps::now, steps::number};
use crate::{
    domain::{ArticleId, Source},
    store::{articles, sources},
    text::clean_line,
};

/// The number under which decisions about an article are kept, and notes where it was read from. What others moved
/// meanwhile is found where it went.
pub(super) fn settle_in(db: &Transaction<'_>, archive: &Connection, article: ArticleId) -> Result<i64> {
    let at = went(db, archive, number(article))?;
    for (file, item) in sources::places(archive, at)? {
        add_place(db, at, &file, &item)?;
    }
    Ok(at)
}

/// Where decisions about an article lie: with itself, or where it went when it is gone.
fn went(db: &Connection, archive: &Connection, mut at: i64) -> Result<i64> {
    // Each move forgets where its goal had gone to, so that there are no rings.
    while !is_there(archive, at)? {
        let mut select = db.prepare_cached("SELECT became FROM moved WHERE article = ?1")?;
        match select.query_row([at], |row| row.get(0)).optional()? {
            Some(became) => at = became,
            None => break,
        }
    }
    Ok(at)
}

/// Notes where an article was read from.
pub(super) fn add_place(db: &Transaction<'_>, article: i64, file: &[u8], item: &str) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO place VALUES (?1, ?2, ?3)")?.execute(params![article, file, item])?;
    Ok(())
}

fn is_there(archive: &Connection, article: i64) -> Result<bool> {
    Ok(articles::row_of(archive, articles::restored(article))?.is_some())
}

impl Journal {
    /// The article to which decisions about this one are kept.
    pub(in crate::store) fn whereabouts(&self, archive: &Connection, article: ArticleId) -> Result<ArticleId> {
        let Some(db) = self.db() else { return Ok(article) };
        Ok(articles::restored(went(db, archive, number(article))?))
    }

    /// Where an article was read from when something was decided about it.
    pub(in crate::store) fn places(&self, article: ArticleId) -> Result<Vec<Source>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        let mut select = db.prepare_cached("SELECT file, item FROM place WHERE article = ?1")?;
        let places = select.query_map([number(article)], |row| {
            let (file, item): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
            let file = clean_line(&String::from_utf8_lossy(&file));
            Ok(Source { file, item: Some(item).filter(|item| !item.is_empty()) })
        })?;
        Ok(places.collect::<Result<_, _>>()?)
    }

    /// Notes where an article was read from elsewhere, so that decisions find what its sources hold now.
    pub(in crate::store) fn seen_at(&mut self, article: ArticleId, places: &[Source]) -> Result<()> {
        self.write(|db, _| {
            places.iter().try_for_each(|place| {
                let file = sources::absolute(place.file.as_ref());
                add_place(db, number(article), &file, place.item.as_deref().unwrap_or_default())
            })
        })
    }

    /// Moves decisions about articles that are gone to what their sources hold now; returns how many articles.
    ///
    /// Asked after every import; where nothing was ever decided it costs nothing.
    pub(in crate::store) fn follow(&mut self, archive: &Connection) -> Result<u64> {
        self.look()?;
        if self.opened.as_ref().is_none_or(|opened| opened.refusal.is_some()) {
            return Ok(0);
        }
        let gone = self.gone(archive)?;
        if gone.is_empty() {
            return Ok(0);
        }
        self.write(|db, _| {
            for (from, to) in &gone {
                shift(db, *from, *to)?;
            }
            Ok(gone.len() as u64)
        })
    }

    /// Articles that are gone, with what is in their places.
    fn gone(&self, archive: &Connection) -> Result<Vec<(i64, i64)>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        let mut select = db.prepare("SELECT article, file, item FROM place ORDER BY article")?;
        let mut rows = select.query([])?;
        let (mut gone, mut there): (Vec<(i64, i64)>, Option<(i64, bool)>) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let article: i64 = row.get(0)?;
            let is_there = match there {
                Some((before, is_there)) if before == article => is_there,
                _ => is_there(archive, article)?,
            };
            there = Some((article, is_there));
            if is_there || gone.last().is_some_and(|(from, _)| *from == article) {
                continue;
            }
            let now = sources::at_place(archive, row.get_ref(1)?.as_blob()?, row.get_ref(2)?.as_str()?)?;
            gone.extend(now.map(|to| (article, to)));
        }
        Ok(gone)
    }
}

/// Makes all that was decided about one article hold for another.
fn shift(db: &Transaction<'_>, from: i64, to: i64) -> Result<()> {
    let mut select = db.prepare_cached("SELECT DISTINCT slot FROM change WHERE article = ?1")?;
    let slots: Vec<String> = select.query_map([from], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for statement in [
        "UPDATE change SET article = ?2 WHERE article = ?1",
        "UPDATE OR IGNORE place SET article = ?2 WHERE article = ?1",
        "UPDATE OR IGNORE position SET article = ?2 WHERE article = ?1",
    ] {
        db.prepare_cached(statement)?.execute([from, to])?;
    }
    for statement in ["DELETE FROM place WHERE article = ?1", "DELETE FROM position WHERE article = ?1"] {
        db.prepare_cached(statement)?.execute([from])?;
    }
    for slot in &slots {
        state::settle(db, from, slot)?;
        state::settle(db, to, slot)?;
    }
    db.prepare_cached("DELETE FROM moved WHERE article = ?1")?.execute([to])?;
    db.prepare_cached("INSERT OR REPLACE INTO moved VALUES (?1, ?2, ?3)")?.execute([from, to, now()])?;
    Ok(())
}

//! What holds now: each slot has the value that the newest step in effect gives it.

use anyhow::Result;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{
    Journal,
    steps::{SETTING, Setting, number, tag_slot},
};
use crate::{
    domain::{ArticleId, Marks, Note, Passage},
    store::articles::restored,
    text::Span,
};

/// A condition on decisions, met by the articles that bear a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum Wanted {
    Read,
    Starred,
    /// The folded name, whole or only begun.
    Tag(String, bool),
    Note,
}

/// The step that a slot has its value from, and the value.
fn newest(db: &Transaction<'_>, article: i64, slot: &str) -> Result<Option<(i64, Setting)>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT step, {SETTING} FROM change JOIN step ON number = step
         WHERE article = ?1 AND slot = ?2 AND undone = 0 ORDER BY step DESC, nth DESC LIMIT 1"
    ))?;
    let found = select.query_row(params![article, slot], |row| Ok((row.get(0)?, Setting::from_row(row, 1)?)));
    Ok(found.optional()?)
}

/// Brings a slot up to date after a change to the steps that set it.
pub(super) fn settle(db: &Transaction<'_>, article: i64, slot: &str) -> Result<()> {
    match newest(db, article, slot)? {
        Some((step, Setting { value: true, text, start, end, quote, .. })) => {
            db.prepare_cached(
                "INSERT OR REPLACE INTO mark VALUES (?1, ?2, ?3, ?4, ?5, ?6,
                   (SELECT min(step) FROM change WHERE article = ?1 AND slot = ?2), ?7)",
            )?
            .execute(params![article, slot, text, start, end, quote, step])?;
        }
        _ => {
            db.prepare_cached("DELETE FROM mark WHERE article = ?1 AND slot = ?2")?.execute(params![article, slot])?;
        }
    }
    Ok(())
}

/// What holds of an article.
pub(super) const MARKS: &str = "SELECT slot, text, start, end, quote, first FROM mark WHERE article = ?1
    UNION ALL SELECT 'position', NULL, at, NULL, NULL, 0 FROM position WHERE article = ?1 ORDER BY first, slot";

impl Journal {
    /// What was decided about an article; one look-up, and none where nothing was ever decided.
    pub(in crate::store) fn marks(&self, article: ArticleId) -> Result<Marks> {
        let mut marks = Marks::default();
        let Some(db) = self.db() else { return Ok(marks) };
        let mut select = db.prepare_cached(MARKS)?;
        let mut rows = select.query([number(article)])?;
        while let Some(row) = rows.next()? {
            add(&mut marks, row)?;
        }
        marks.tags.sort_unstable();
        Ok(marks)
    }

    /// The articles that meet a condition, in the archive or not.
    pub(in crate::store) fn marked(&self, wanted: &Wanted) -> Result<Vec<ArticleId>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        // `;` is the character after `:`.
        let (from, to) = match wanted {
            Wanted::Read => ("read".to_owned(), None),
            Wanted::Starred => ("star".to_owned(), None),
            Wanted::Tag(name, false) => (tag_slot(name), None),
            Wanted::Tag(name, true) => (tag_slot(name), Some(format!("{}\u{10FFFF}", tag_slot(name)))),
            Wanted::Note => ("note:".to_owned(), Some("note;".to_owned())),
        };
        let mut select = db.prepare_cached("SELECT DISTINCT article FROM mark WHERE slot BETWEEN ?1 AND ?2")?;
        let to = to.as_ref().unwrap_or(&from);
        let articles = select.query_map([&from, to], |row| row.get(0))?;
        Ok(articles.map(|article| article.map(restored)).collect::<Result<_, _>>()?)
    }

    /// All tags with the number of articles that bear them, the most frequent first.
    pub(in crate::store) fn tags(&self) -> Result<Vec<(String, u64)>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        // Where a tag was typed in several ways, SQLite takes the text of the row with the highest step.
        let mut select = db.prepare_cached(
            "SELECT text, count(*), max(step) FROM mark WHERE slot >= 'tag:' AND slot < 'tag;'
             GROUP BY slot ORDER BY count(*) DESC, slot",
        )?;
        let tags = select.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(tags.collect::<Result<_, _>>()?)
    }

    /// Every article about which something holds, in order of ids.
    pub(in crate::store) fn decided(&self) -> Result<Vec<ArticleId>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        let mut select = db.prepare("SELECT article FROM mark UNION SELECT article FROM position WHERE at > 0 ORDER BY 1")?;
        let articles = select.query_map([], |row| row.get(0))?;
        Ok(articles.map(|article| article.map(restored)).collect::<Result<_, _>>()?)
    }
}

fn add(marks: &mut Marks, row: &Row<'_>) -> Result<()> {
    let slot = row.get_ref(0)?.as_str()?;
    match slot.split_once(':') {
        None if slot == "read" => marks.read = true,
        None if slot == "star" => marks.starred = true,
        None if slot == "position" => marks.position = row.get(2)?,
        Some(("tag", _)) => marks.tags.push(row.get(1)?),
        Some(("note", id)) => {
            let quote: Option<String> = row.get(4)?;
            let span = || Ok::<_, rusqlite::Error>(Span { start: row.get(2)?, end: row.get(3)? });
            let passage = quote.map(|quote| Ok::<_, rusqlite::Error>(Passage { span: span()?, quote })).transpose()?;
            marks.notes.push(Note { id: id.parse()?, passage, text: row.get(1)? });
        }
        // Of a newer program.
        _ => {}
    }
    Ok(())
}

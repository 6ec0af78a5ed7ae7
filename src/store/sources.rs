//! Files and the places in them that articles were read from; a file that is done and unchanged need not be read again.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{domain::Source, read::FileEntry};

/// A file as the archive knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Its number in the archive.
    pub(super) number: i64,
    /// Whether all of it is in the archive as it is now.
    pub(super) done: bool,
}

/// Looks a file up by its path, which [`crate::read::list`] has made the same wherever the program was started.
pub(super) fn known(db: &Connection, file: &FileEntry) -> Result<Option<Known>> {
    let mut select = db.prepare_cached("SELECT number, size, modified FROM file WHERE path = ?1")?;
    let known = select
        .query_row(params![place(file)], |row| {
            let (size, modified): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
            let same = size == i64::try_from(file.size).ok() && modified == i64::try_from(file.modified_ns).ok();
            Ok(Known { number: row.get(0)?, done: modified.is_some() && same })
        })
        .optional()?;
    Ok(known)
}

/// Makes the file known, as not done.
pub(super) fn begin(db: &Connection, file: &FileEntry) -> Result<i64> {
    let mut insert = db.prepare_cached(
        "INSERT INTO file(path, shown) VALUES (?1, ?2)
         ON CONFLICT(path) DO UPDATE SET shown = excluded.shown, size = NULL, modified = NULL RETURNING number",
    )?;
    Ok(insert.query_row(params![place(file), file.shown], |row| row.get(0))?)
}

/// Notes that all of a file is in the archive as it was when it was listed.
pub(super) fn finish(db: &Connection, number: i64, file: &FileEntry) -> Result<()> {
    let mut update = db.prepare_cached("UPDATE file SET size = ?2, modified = ?3 WHERE number = ?1")?;
    update.execute(params![number, i64::try_from(file.size).ok(), i64::try_from(file.modified_ns).ok()])?;
    Ok(())
}

/// How many articles of a file the archive holds.
pub(super) fn articles(db: &Connection, file: i64) -> Result<u64> {
    let count: i64 = db.prepare_cached("SELECT count(*) FROM source WHERE file = ?1")?.query_row([file], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The row of the article that was last read from this place.
pub(super) fn article_at(db: &Connection, file: i64, item: Option<&str>) -> Result<Option<i64>> {
    let mut select = db.prepare_cached("SELECT article FROM source WHERE file = ?1 AND item = ?2")?;
    Ok(select.query_row(params![file, item.unwrap_or_default()], |row| row.get(0)).optional()?)
}

/// Whether an article was first read from this place: what that record says of itself is what the article says.
pub(super) fn is_first(db: &Connection, file: i64, item: Option<&str>, article: i64) -> Result<bool> {
    let mut select =
        db.prepare_cached("SELECT file = ?2 AND item = ?3 FROM source WHERE article = ?1 ORDER BY number LIMIT 1")?;
    Ok(select.query_row(params![article, file, item.unwrap_or_default()], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Every place of the article with this id as SQLite holds it: absolute path and item, the first one first.
pub(super) fn places(db: &Connection, id: i64) -> Result<Vec<(Vec<u8>, String)>> {
    let mut select = db.prepare_cached(
        "SELECT path, item FROM article JOIN source ON source.article = article.row JOIN file ON file.number = source.file
         WHERE article.id = ?1 ORDER BY source.number",
    )?;
    let places = select.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(places.collect::<Result<_, _>>()?)
}

/// The id, as SQLite holds it, of the article that was last read from this place, and the change that brought it.
pub(super) fn at_place(db: &Connection, path: &[u8], item: &str) -> Result<Option<(i64, u64)>> {
    let mut select = db.prepare_cached(
        "SELECT id, change FROM file JOIN source ON source.file = file.number JOIN article ON article.row = source.article
         WHERE path = ?1 AND item = ?2",
    )?;
    let found = select.query_row(params![path, item], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())));
    Ok(found.optional()?)
}

/// Notes that this place holds that article.
pub(super) fn point(db: &Connection, file: i64, item: Option<&str>, article: i64) -> Result<()> {
    let mut upsert = db.prepare_cached(
        "INSERT INTO source(file, item, article) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET article = excluded.article",
    )?;
    upsert.execute(params![file, item.unwrap_or_default(), article])?;
    Ok(())
}

/// A place as a file is shown and the item within it, which is empty where the file is one article.
pub(super) fn source(file: String, item: String) -> Source {
    Source { file, item: Some(item).filter(|item| !item.is_empty()) }
}

/// Every place of an article, the first one first.
pub(super) fn of_article(db: &Connection, article: i64) -> Result<Vec<Source>> {
    let mut select = db.prepare_cached(
        "SELECT file.shown, source.item FROM source JOIN file ON file.number = source.file
         WHERE source.article = ?1 ORDER BY source.number",
    )?;
    let rows = select.query_map([article], |row| Ok(source(row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The path under which a file is known; kept byte for byte, UTF-8 or not.
fn place(file: &FileEntry) -> &[u8] {
    file.path.as_os_str().as_encoded_bytes()
}

/// The path under which a file is known, given as somebody wrote it; a file that is gone is known by where it would be.
pub(super) fn known_as(path: &Path) -> Vec<u8> {
    let known = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    known.into_os_string().into_encoded_bytes()
}

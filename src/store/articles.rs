//! Articles in SQLite: putting one in, taking it out, finding it, and the list of all of them from the newest down.

use std::ops::Range;

use anyhow::{Result, bail};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{blob, index::Sketch, sayings, sources};
use crate::{
    domain::{Article, ArticleId, Dated, Draft, Extraction, Fields, Hit, Language, Marks, Source},
    text::clean_line,
};

/// An article as the writer takes it in.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) id: ArticleId,
    pub(super) draft: Draft,
    pub(super) extraction: Extraction,
    /// The version of extraction that found it.
    pub(super) version: u32,
    /// The extraction as [`blob::encode`] writes it.
    pub(super) blob: Vec<u8>,
    /// Those of its statements.
    pub(super) sketches: Vec<Sketch>,
    /// The headline on one line.
    pub(super) title: String,
    /// The sort key of the date of publication, 0 where there is none.
    pub(super) published: u32,
    /// Who published it.
    pub(super) outlet: Option<String>,
}

impl Entry {
    /// Works out what lists show; a record's own fields beat what was inferred.
    pub(super) fn new(draft: Draft, id: ArticleId, extraction: Extraction, version: u32) -> Entry {
        let header = &extraction.header;
        let title = draft.fields.title.clone().unwrap_or_else(|| headline(&draft.text, &extraction));
        let published = draft.fields.published.or(header.published).map_or(0, Dated::sort_key);
        let outlet = draft.fields.outlet.clone().or_else(|| header.outlet.clone());
        let blob = blob::encode(&extraction);
        let sketches = sayings::sketches(&draft.text, &extraction);
        Entry { id, title: one_line(&title), published, outlet, blob, sketches, draft, extraction, version }
    }
}

/// The most letters of a line of text that stands in for a missing headline.
const LONGEST_HEADLINE: usize = 200;

fn headline(text: &str, extraction: &Extraction) -> String {
    let span = extraction.header.title;
    match text.get(span.range()) {
        Some(title) if !title.trim().is_empty() => title.to_owned(),
        _ => {
            let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            line.trim().chars().take(LONGEST_HEADLINE).collect()
        }
    }
}

/// The most letters of a headline in lists; the text itself keeps what is longer, which is no headline but a lost line end.
const LONGEST_LISTED: usize = 1000;

fn one_line(text: &str) -> String {
    let mut line = clean_line(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST_LISTED) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Ids as SQLite orders them: the order of signed numbers is then that of the hexadecimal digits.
pub(super) fn stored(id: ArticleId) -> i64 {
    (id.0 ^ 1 << 63).cast_signed()
}

pub(super) fn restored(id: i64) -> ArticleId {
    ArticleId(id.cast_unsigned() ^ 1 << 63)
}

/// Puts an article in and returns its row.
pub(super) fn insert(db: &Connection, entry: &Entry, change: u64) -> Result<i64> {
    let language = entry.extraction.header.language.code();
    db.prepare_cached(
        "INSERT INTO article(id, change, published, language, outlet, title, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        stored(entry.id),
        change.cast_signed(),
        entry.published,
        language,
        entry.outlet,
        entry.title,
        entry.version
    ])?;
    let row = db.last_insert_rowid();
    let Fields { title, published, outlet, url } = &entry.draft.fields;
    let own_published = published.map(Dated::sort_key);
    db.prepare_cached("INSERT INTO body VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        row,
        title,
        own_published,
        outlet,
        url,
        entry.blob,
        entry.draft.text
    ])?;
    Ok(row)
}

/// Takes an article out for good.
pub(super) fn remove(db: &Connection, row: i64, change: u64) -> Result<()> {
    db.prepare_cached("DELETE FROM article WHERE row = ?1")?.execute([row])?;
    db.prepare_cached("DELETE FROM body WHERE row = ?1")?.execute([row])?;
    db.prepare_cached("INSERT INTO removed VALUES (?1, ?2)")?.execute(params![row, change.cast_signed()])?;
    Ok(())
}

/// Some articles that an older version of extraction read, in order of their rows behind `after`.
pub(super) fn behind(db: &Connection, version: u32, after: i64, most: usize) -> Result<Vec<i64>> {
    let mut select = db.prepare_cached("SELECT row FROM article WHERE row > ?2 AND version < ?1 ORDER BY row LIMIT ?3")?;
    let rows = select.query_map(params![version, after, whole(most)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The row of an article.
pub(super) fn row_of(db: &Connection, id: ArticleId) -> Result<Option<i64>> {
    Ok(db.prepare_cached("SELECT row FROM article WHERE id = ?1")?.query_row([stored(id)], |row| row.get(0)).optional()?)
}

/// The id of the article in a row.
pub(super) fn id_of(db: &Connection, row: i64) -> Result<Option<ArticleId>> {
    let mut select = db.prepare_cached("SELECT id FROM article WHERE row = ?1")?;
    Ok(select.query_row([row], |found| found.get(0)).optional()?.map(restored))
}

/// Of so many articles one is looked for at least before all are passed through instead.
const FEW: usize = 16;

/// The rows of those of these articles that are there.
pub(super) fn rows_of(db: &Connection, ids: &[ArticleId], articles: usize) -> Result<Vec<i64>> {
    if ids.len() < articles / FEW {
        return ids.iter().filter_map(|id| row_of(db, *id).transpose()).collect();
    }
    // Both are in order of ids, and SQLite reads its index alone.
    let mut wanted: Vec<i64> = ids.iter().map(|id| stored(*id)).collect();
    wanted.sort_unstable();
    let mut wanted = wanted.into_iter().peekable();
    let mut select = db.prepare_cached("SELECT id, row FROM article ORDER BY id")?;
    let (mut found, mut rows) = (Vec::new(), select.query([])?);
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        while wanted.next_if(|wanted| *wanted < id).is_some() {}
        match wanted.peek() {
            None => break,
            Some(wanted) if *wanted == id => found.push(row.get(1)?),
            Some(_) => {}
        }
    }
    Ok(found)
}

/// The article whose id begins with these hexadecimal digits.
///
/// # Errors
/// When several do, or `prefix` is not hexadecimal.
pub(super) fn find(db: &Connection, prefix: &str) -> Result<Option<ArticleId>> {
    let digits = prefix.len();
    let given = (1..=16).contains(&digits).then(|| u64::from_str_radix(prefix, 16).ok()).flatten();
    let Some(given) = given.filter(|_| !prefix.starts_with('+')) else {
        bail!("'{prefix}' is no article id; `qala search` shows them");
    };
    let shift = 4 * (16 - digits);
    let (low, high) = (given << shift, (given << shift) | ((1 << shift) - 1));
    let mut select = db.prepare_cached("SELECT id FROM article WHERE id BETWEEN ?1 AND ?2 LIMIT 2")?;
    let found: Vec<i64> =
        select.query_map([stored(ArticleId(low)), stored(ArticleId(high))], |row| row.get(0))?.collect::<Result<_, _>>()?;
    match found[..] {
        [] => Ok(None),
        [id] => Ok(Some(restored(id))),
        _ => bail!("several articles have an id that begins with '{prefix}'; give more digits"),
    }
}

/// An article without its sources.
pub(super) fn article(db: &Connection, row: i64) -> Result<Option<Article>> {
    let mut select = db.prepare_cached(
        "SELECT id, text, own_title, own_published, own_outlet, url FROM article JOIN body USING(row) WHERE row = ?1",
    )?;
    let found = select.query_row([row], |found| {
        Ok(Article { id: restored(found.get(0)?), text: found.get(1)?, fields: own_fields(found, 2)?, sources: Vec::new() })
    });
    Ok(found.optional()?)
}

/// What the record of an article says of itself.
pub(super) fn fields(db: &Connection, row: i64) -> Result<Option<Fields>> {
    let mut select = db.prepare_cached("SELECT own_title, own_published, own_outlet, url FROM body WHERE row = ?1")?;
    Ok(select.query_row([row], |found| own_fields(found, 0)).optional()?)
}

/// The record's own fields, which stand in four columns from `first` on.
fn own_fields(found: &Row<'_>, first: usize) -> rusqlite::Result<Fields> {
    Ok(Fields {
        title: found.get(first)?,
        published: found.get::<_, Option<u32>>(first + 1)?.and_then(Dated::from_sort_key),
        outlet: found.get(first + 2)?,
        url: found.get(first + 3)?,
    })
}

/// An article with its extraction.
///
/// # Errors
/// When the extraction cannot be read, among others.
pub(super) fn read(db: &Connection, row: i64) -> Result<Option<(Article, Extraction)>> {
    let Some(mut article) = article(db, row)? else { return Ok(None) };
    article.sources = sources::of_article(db, row)?;
    let mut select = db.prepare_cached("SELECT extraction FROM body WHERE row = ?1")?;
    let blob: Vec<u8> = select.query_row([row], |found| found.get(0))?;
    Ok(Some((article, blob::decode(&blob)?)))
}

/// The article of a row as a list shows it, without the places where a query matches.
pub(super) fn hit(db: &Connection, row: i64) -> Result<Option<Hit>> {
    Ok(hits(db, &[row])?.pop().map(|(_, hit)| hit))
}

/// Those of these articles that are there, in the same order, each behind its row.
///
/// Without a place is what a file held before, while its import goes on: it goes away when all of the file is read.
pub(super) fn hits(db: &Connection, rows: &[i64]) -> Result<Vec<(i64, Hit)>> {
    // One statement for all: a key stroke in a large archive has no time for three for each row.
    let mut select = db.prepare_cached(
        "SELECT article.row, article.id, published, language, outlet, title, file.shown, source.item
         FROM json_each(?1) AS wanted CROSS JOIN article ON article.row = wanted.value
         LEFT JOIN source ON source.number = (SELECT min(number) FROM source WHERE source.article = article.row)
         LEFT JOIN file ON file.number = source.file
         ORDER BY wanted.key",
    )?;
    let wanted = serde_json::to_string(rows)?;
    Ok(select.query_map([wanted], listed)?.collect::<Result<_, _>>()?)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<(i64, Hit)> {
    let language: String = row.get(3)?;
    let file: Option<String> = row.get(6)?;
    let source = match file {
        Some(file) => sources::source(file, row.get(7)?),
        None => Source { file: String::new(), item: None },
    };
    let hit = Hit {
        id: restored(row.get(1)?),
        title: row.get(5)?,
        title_hits: Vec::new(),
        published: Dated::from_sort_key(row.get(2)?),
        outlet: row.get(4)?,
        language: Language::from_code(&language),
        source,
        score: 0.0,
        marks: Marks::default(),
    };
    Ok((row.get(0)?, hit))
}

/// The list of all articles from the newest down, with a remembered place: SQLite counts rows to reach the n-th one, so
/// windows are reached from the nearest of both ends and the window before.
#[derive(Debug, Default)]
pub(super) struct Newest {
    /// Of the window before: its place in the list, and date and row of its first article.
    before: Option<(usize, i64, i64)>,
}

impl Newest {
    /// The hits of a window, `total` being the number of all articles.
    pub(super) fn window(&mut self, db: &Connection, window: Range<usize>, total: usize) -> Result<Vec<Hit>> {
        let window = window.start.min(total)..window.end.min(total);
        if window.is_empty() {
            return Ok(Vec::new());
        }
        let from_end = total - window.end;
        let anchor = self.before.filter(|(place, ..)| *place <= window.start);
        let from_anchor = anchor.map_or(usize::MAX, |(place, ..)| window.start - place);
        let found = if from_end < window.start.min(from_anchor) {
            let mut found = places(db, &select("", "ASC"), params![whole(window.len()), whole(from_end)])?;
            found.reverse();
            found
        } else if let (Some((_, published, row)), true) = (anchor, from_anchor < window.start) {
            let from = select("WHERE (published, row) <= (?3, ?4)", "DESC");
            places(db, &from, params![whole(window.len()), whole(from_anchor), published, row])?
        } else {
            places(db, &select("", "DESC"), params![whole(window.len()), whole(window.start)])?
        };
        self.before = found.first().map(|(published, row)| (window.start, *published, *row));
        let rows: Vec<i64> = found.into_iter().map(|(_, row)| row).collect();
        Ok(hits(db, &rows)?.into_iter().map(|(_, hit)| hit).collect())
    }

    /// Forgets the remembered place: the list has changed.
    pub(super) fn forget(&mut self) {
        self.before = None;
    }
}

/// The window is looked up in the index alone.
fn select(from: &str, order: &str) -> String {
    format!("SELECT published, row FROM article {from} ORDER BY published {order}, row {order} LIMIT ?1 OFFSET ?2")
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Dates and rows.
fn places(db: &Connection, sql: &str, with: &[&dyn rusqlite::ToSql]) -> Result<Vec<(i64, i64)>> {
    let mut select = db.prepare_cached(sql)?;
    Ok(select.query_map(with, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

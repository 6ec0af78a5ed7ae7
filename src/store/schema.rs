//! The SQLite file of record: its tables, opening it for reading and writing, and what its errors mean to a user.
//!
//! Every transaction of a writer has a *change number*. Articles carry the number of the change that brought them, and rows
//! that went away are listed with theirs, so that the index can tell what it has not seen yet. A row is written once; new
//! content is a new row.

use std::{fmt, path::Path, time::Duration};

use anyhow::{Context, Result, anyhow, bail};
use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig, params};

/// The version of the tables below: that of the first ones and one for each change.
const VERSION: i64 = 1 + CHANGES.len() as i64;

/// Marks the file as qala's ("qala" in ASCII).
const APPLICATION: i64 = 0x7161_6c61;

const TABLES: &str = "
-- Counters: `change` is the last change number, `articles` how many there are, `linked` the change up to which names are linked,
-- `extracted` a version of extraction that no article is behind.
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('change', 0), ('articles', 0), ('linked', 0), ('extracted', 0);
-- What lists need. `id` is the article id with its highest bit turned, so that the order of SQLite is that of the digits.
CREATE TABLE article(row INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, change INTEGER NOT NULL,
  version INTEGER NOT NULL, published INTEGER NOT NULL, language TEXT NOT NULL, outlet TEXT, title TEXT NOT NULL);
CREATE INDEX article_newest ON article(published, row);
-- What only a reader of the article needs; the record's own fields are those named `own`.
CREATE TABLE body(row INTEGER PRIMARY KEY, own_title TEXT, own_published INTEGER, own_outlet TEXT, url TEXT,
  extraction BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE removed(row INTEGER PRIMARY KEY, change INTEGER NOT NULL);
-- Files by absolute path; `modified` in nanoseconds is set only when all of the file is in the archive.
CREATE TABLE file(number INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, shown TEXT NOT NULL, size INTEGER, modified INTEGER);
CREATE TABLE source(number INTEGER PRIMARY KEY, file INTEGER NOT NULL, item TEXT NOT NULL, article INTEGER NOT NULL,
  UNIQUE(file, item));
CREATE INDEX source_article ON source(article);
-- Articles that lost a source, looked at when the file at hand is done.
CREATE TABLE orphan(row INTEGER PRIMARY KEY);
-- Names as single articles tell them apart, their spellings, and the entities behind them.
CREATE TABLE name(number INTEGER PRIMARY KEY, key TEXT NOT NULL, kind INTEGER NOT NULL, articles INTEGER NOT NULL,
  mentions INTEGER NOT NULL, entity INTEGER, UNIQUE(key, kind));
CREATE INDEX name_entity ON name(entity);
CREATE TABLE spelling(name INTEGER NOT NULL, text TEXT NOT NULL, articles INTEGER NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY(name, text)) WITHOUT ROWID;
CREATE TABLE entity(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, name TEXT NOT NULL,
  articles INTEGER NOT NULL, mentions INTEGER NOT NULL, folded TEXT NOT NULL);
CREATE INDEX entity_often ON entity(articles);
";

/// What became of the tables since; a new archive takes all these steps at once, an older one those it lacks.
const CHANGES: [&str; 3] = [
    "
-- The block of a person's full name and its last word, by which linking finds whom a name can join.
ALTER TABLE name ADD COLUMN block TEXT;
ALTER TABLE name ADD COLUMN last TEXT;
CREATE INDEX name_block ON name(block) WHERE block IS NOT NULL;
CREATE INDEX name_last ON name(last) WHERE last IS NOT NULL;
-- Keys of names that came, went or are counted anew since names were linked, and what those that went stood for.
CREATE TABLE touched(key TEXT PRIMARY KEY, entity INTEGER) WITHOUT ROWID;
UPDATE counter SET value = 0 WHERE name = 'linked';
",
    "
-- The words of the spellings and of the ids of entities, as `spellings::words_of` makes them, and whose they are.
CREATE TABLE word(word TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(word, entity)) WITHOUT ROWID;
INSERT OR IGNORE INTO word WITH RECURSIVE split(word, rest, entity) AS (
    SELECT '', folded || ' ' || replace(id, '_', ' ') || ' ', number FROM entity
    UNION ALL SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1), entity FROM split WHERE rest <> '')
  SELECT word, entity FROM split WHERE word <> '' ORDER BY word, entity;
",
    "
-- How many articles of a month, counted from the year 0, give an office to somebody by name; the keys are those of names.
CREATE TABLE held(post TEXT NOT NULL, month INTEGER NOT NULL, key TEXT NOT NULL, articles INTEGER NOT NULL,
  PRIMARY KEY(post, month, key)) WITHOUT ROWID;
-- Articles in which a title alone speaks, and whom the snapshot told to be meant when they were read.
CREATE TABLE titled(post TEXT NOT NULL, month INTEGER NOT NULL, article INTEGER NOT NULL, key TEXT, text TEXT,
  PRIMARY KEY(post, month, article)) WITHOUT ROWID;
-- Whom each office means in each month: the snapshot. Counters: its number, and the last change behind which no article waits to be
-- read by it.
CREATE TABLE term(post TEXT NOT NULL, month INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY(post, month)) WITHOUT ROWID;
INSERT INTO counter VALUES ('snapshot', 0), ('settled', 0);
",
];

/// The name of the database inside an archive.
pub(super) const FILE: &str = "archive.db";

/// What a database turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Of this program's version.
    Current,
    /// Made by a newer qala: it may be read, but never written.
    Newer,
}

/// Opens the database for writing and makes it if there is none.
pub(super) fn open_writer(folder: &Path) -> Result<(Connection, Age)> {
    let db = Connection::open(folder.join(FILE)).map_err(|error| explain(folder, error))?;
    let age = prepare_writer(folder, &db).map_err(|error| explain(folder, error))??;
    Ok((db, age))
}

fn prepare_writer(folder: &Path, db: &Connection) -> rusqlite::Result<Result<Age>> {
    settle(db)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Ok(Err(anyhow!("{} is not an archive of qala", folder.join(FILE).display())));
    }
    if tables > 0 && version(db)? > VERSION {
        return Ok(Ok(Age::Newer));
    }
    if tables == 0 {
        // Articles are larger than a default page; two to a page waste less. Only a new file can be told.
        db.pragma_update(None, "page_size", 8192)?;
        // Before the log is switched on, so that a file that is not empty always holds all tables.
        db.execute_batch(&format!(
            "BEGIN IMMEDIATE; {TABLES} {} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;",
            CHANGES.concat()
        ))?;
    }
    let made_by = version(db)?;
    if made_by < VERSION {
        let lacks = CHANGES.iter().skip(usize::try_from(made_by - 1).unwrap_or(0));
        let steps: String = lacks.copied().collect();
        db.execute_batch(&format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT;"))?;
    }
    db.pragma_update(None, "journal_mode", "wal")?;
    // In WAL mode a power failure may cost the last commits but never the file; the end of an import makes them durable.
    db.pragma_update(None, "synchronous", "normal")?;
    db.pragma_update(None, "cache_size", -32_000)?;
    Ok(Ok(Age::Current))
}

/// Opens the database for reading, in places where nothing can be written too.
pub(super) fn open_reader(folder: &Path) -> Result<(Connection, Age)> {
    let path = folder.join(FILE);
    if !path.exists() {
        bail!("there is no archive in {} yet; `qala import PATH…` makes one", folder.display());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(&path, flags).and_then(|db| check_reader(&db).map(|age| (db, age)));
    let opened = match opened {
        // A write-ahead log needs files beside the database; where they cannot be made, nobody writes either.
        Err(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) => {
            let db = Connection::open_with_flags(unchanging(&path), flags | OpenFlags::SQLITE_OPEN_URI);
            db.and_then(|db| check_reader(&db).map(|age| (db, age)))
        }
        opened => opened,
    };
    let (db, age) = opened.map_err(|error| explain(folder, error))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        bail!("{} is not an archive of qala", path.display());
    }
    Ok((db, age))
}

fn check_reader(db: &Connection) -> rusqlite::Result<Age> {
    settle(db)?;
    db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
    Ok(if version(db)? > VERSION { Age::Newer } else { Age::Current })
}

const PATIENCE: Duration = Duration::from_secs(5);

/// What every connection is told first.
fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    plan_once(db)
}

/// Lets statements be planned once. Otherwise they are planned anew for every value that is looked up, which costs more than to look
/// it up.
pub(super) fn plan_once(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The URI of a database that nobody changes while it is open.
pub(super) fn unchanging(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

/// A counter of the archive.
pub(super) fn counter(db: &Connection, name: &str) -> Result<u64> {
    let value: i64 = db.prepare_cached("SELECT value FROM counter WHERE name = ?1")?.query_row([name], |row| row.get(0))?;
    u64::try_from(value).with_context(|| format!("the counter {name} is damaged"))
}

/// Sets a counter of the archive.
pub(super) fn set_counter(db: &Connection, name: &str, value: u64) -> Result<()> {
    db.prepare_cached("UPDATE counter SET value = ?2 WHERE name = ?1")?.execute(params![name, value.cast_signed()])?;
    Ok(())
}

/// Says what an error of SQLite means for the archive in `folder` and what to do about it.
pub(super) fn explain(folder: &Path, error: rusqlite::Error) -> anyhow::Error {
    let folder = folder.display();
    let is_nonsense = matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    );
    let code = if is_nonsense { Some(ErrorCode::DatabaseCorrupt) } else { error.sqlite_error_code() };
    let advice: &dyn fmt::Display = match code {
        Some(ErrorCode::DiskFull) => {
            &format_args!("the disk under {folder} is full; make room and import again: what is in stays in")
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            &format_args!("the archive in {folder} is damaged; keep a copy of it and import into another folder with --archive")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => &format_args!("the archive in {folder} is busy; try again"),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            &format_args!("the archive in {folder} cannot be opened here; look at the rights of the folder")
        }
        _ => &format_args!("the archive in {folder} gave an error"),
    };
    let advice = advice.to_string();
    anyhow::Error::new(error).context(advice)
}

/// Adds what [`explain`] knows to errors that came up through `anyhow`.
pub(super) fn explained<T>(folder: &Path, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error.downcast::<rusqlite::Error>() {
        Ok(error) => explain(folder, error),
        Err(error) => error,
    })
}

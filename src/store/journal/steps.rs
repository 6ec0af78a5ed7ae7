//! Making steps, taking them back, and listing them.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Journal, Session, moves, state};
use crate::{
    domain::{ArticleId, Change, Decision, Note, Source, Step},
    store::articles::stored,
    text::fold,
};

/// What a change sets in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) slot: String,
    pub(super) value: bool,
    pub(super) text: Option<String>,
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) quote: Option<String>,
}

/// The slot of a tag: all spellings of its name are one tag.
pub(super) fn tag_slot(name: &str) -> String {
    let folded = fold(name);
    format!("tag:{}", if folded.is_empty() { name } else { &folded })
}

/// The columns of a change that [`Setting::from_row`] reads.
pub(super) const SETTING: &str = "slot, value, text, start, end, quote";

impl Setting {
    /// Reads [`SETTING`] from this column on.
    pub(super) fn from_row(row: &Row<'_>, at: usize) -> rusqlite::Result<Setting> {
        Ok(Setting {
            slot: row.get(at)?,
            value: row.get(at + 1)?,
            text: row.get(at + 2)?,
            start: row.get(at + 3)?,
            end: row.get(at + 4)?,
            quote: row.get(at + 5)?,
        })
    }

    fn plain(slot: &str, value: bool) -> Setting {
        Setting { slot: slot.to_owned(), value, text: None, start: None, end: None, quote: None }
    }

    fn note(note: &Note) -> Setting {
        let passage = note.passage.as_ref();
        Setting {
            slot: format!("note:{}", note.id),
            value: !note.text.is_empty(),
            text: Some(note.text.clone()),
            start: passage.map(|passage| passage.span.start),
            end: passage.map(|passage| passage.span.end),
            quote: passage.map(|passage| passage.quote.clone()),
        }
    }
}

impl Journal {
    /// Makes one step of these changes; positions are set aside from it. What this session decided already is no change, and
    /// without changes there is no step. `places` tells where articles that may be unknown
    /// here were read elsewhere.
    pub(in crate::store) fn decide(
        &mut self,
        archive: &Connection,
        label: &str,
        changes: &[Change],
        places: &[(ArticleId, Source)],
    ) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        self.write(|db, session| {
            for (article, place) in places {
                moves::add_source(db, *article, place)?;
            }
            let mut step = None;
            let mut nth = 0;
            let mut known: Option<(ArticleId, i64)> = None;
            for Change { article, decision } in changes {
                let article = match known {
                    Some((id, at)) if id == *article => at,
                    _ => {
                        let at = moves::settle_in(db, archive, *article)?;
                        known = Some((*article, at));
                        at
                    }
                };
                let setting = match decision {
                    Decision::Position(at) => {
                        set_position(db, article, *at)?;
                        continue;
                    }
                    Decision::Read(read) => Setting::plain("read", *read),
                    Decision::Star(star) => Setting::plain("star", *star),
                    Decision::Tag(name, set) => Setting { text: Some(name.clone()), ..Setting::plain(&tag_slot(name), *set) },
                    Decision::Note(note) if note.id == 0 && note.text.is_empty() => continue,
                    Decision::Note(note) if note.id == 0 => Setting::note(&Note { id: new_note(db)?, ..note.clone() }),
                    Decision::Note(note) => Setting::note(note),
                };
                if !is_new(db, session, article, &setting)? {
                    continue;
                }
                let step = match step {
                    Some(step) => step,
                    None => *step.insert(begin(db, session, label)?),
                };
                insert(db, step, nth, article, &setting)?;
                state::settle(db, article, &setting.slot)?;
                nth += 1;
            }
            Ok(())
        })
    }

    /// Takes the newest step out of effect that this session may undo.
    pub(in crate::store) fn undo(&mut self) -> Result<Option<Step>> {
        self.look()?;
        if self.opened.is_none() {
            return Ok(None);
        }
        self.write(|db, session| {
            let number: Option<i64> = db
                .prepare_cached(
                    "SELECT number FROM step WHERE undone = 0 AND (number <= ?1 OR session = ?2) ORDER BY number DESC LIMIT 1",
                )?
                .query_row([session.after, session.id], |row| row.get(0))
                .optional()?;
            let Some(number) = number else { return Ok(None) };
            db.execute("UPDATE counter SET value = value + 1 WHERE name = 'undone'", [])?;
            db.prepare_cached(
                "UPDATE step SET undone = (SELECT value FROM counter WHERE name = 'undone'), undone_by = ?2 WHERE number = ?1",
            )?
            .execute([number, session.id])?;
            settle_step(db, number)?;
            step(db, number).map(Some)
        })
    }

    /// Puts the step back into effect that was undone last, of those that this session may redo.
    pub(in crate::store) fn redo(&mut self) -> Result<Option<Step>> {
        self.look()?;
        if self.opened.is_none() {
            return Ok(None);
        }
        self.write(|db, session| {
            let number: Option<i64> = db
                .prepare_cached(&format!("SELECT number FROM step WHERE {REDOABLE} ORDER BY undone DESC LIMIT 1"))?
                .query_row([session.id, session.after_undo], |row| row.get(0))
                .optional()?;
            let Some(number) = number else { return Ok(None) };
            db.prepare_cached("UPDATE step SET undone = 0, undone_by = NULL WHERE number = ?1")?.execute([number])?;
            settle_step(db, number)?;
            step(db, number).map(Some)
        })
    }

    /// The last steps of all sessions, the newest first; what can no longer be redone is left out.
    pub(in crate::store) fn history(&self, limit: usize) -> Result<Vec<Step>> {
        let Some(db) = self.db() else { return Ok(Vec::new()) };
        let mut select = db.prepare_cached(&format!(
            "SELECT {STEP}, CASE undone WHEN 0 THEN session <> ?1 AND number > ?3 ELSE NOT ({REDOABLE}) END
             FROM step WHERE dropped = 0 ORDER BY number DESC LIMIT ?4"
        ))?;
        let Session { id, after, after_undo } = self.session;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let steps = select.query_map([id, after_undo, after, limit], |row| Ok(Step { theirs: row.get(5)?, ..listed(row)? }))?;
        Ok(steps.collect::<Result<_, _>>()?)
    }
}

/// The steps that a session (?1) that began after an undo (?2) may redo.
const REDOABLE: &str = "undone > 0 AND dropped = 0 AND (undone_by = ?1 OR undone <= ?2)";

const STEP: &str = "number, label, seconds, (SELECT count(*) FROM change WHERE change.step = number), undone > 0";

fn step(db: &Connection, number: i64) -> Result<Step> {
    Ok(db.prepare_cached(&format!("SELECT {STEP} FROM step WHERE number = ?1"))?.query_row([number], listed)?)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        label: row.get(1)?,
        seconds: row.get(2)?,
        changes: usize::try_from(row.get::<_, i64>(3)?).unwrap_or_default(),
        undone: row.get(4)?,
        theirs: false,
    })
}

/// Begins a step; what could have been redone is dropped.
fn begin(db: &Transaction<'_>, session: Session, label: &str) -> Result<i64> {
    db.prepare_cached(&format!("UPDATE step SET dropped = 1 WHERE {REDOABLE}"))?.execute([session.id, session.after_undo])?;
    db.prepare_cached("INSERT INTO step(session, label, seconds) VALUES (?1, ?2, ?3)")?.execute(params![
        session.id,
        label,
        now()
    ])?;
    Ok(db.last_insert_rowid())
}

fn insert(db: &Transaction<'_>, step: i64, nth: i64, article: i64, setting: &Setting) -> Result<()> {
    let Setting { slot, value, text, start, end, quote } = setting;
    db.prepare_cached("INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![step, nth, article, slot, value, text, start, end, quote])?;
    Ok(())
}

/// Whether a setting says more than what this session said last or found when it began. What another session set or took back
/// since is no reason to stay silent, even where it is the same: they may change their mind.
fn is_new(db: &Transaction<'_>, session: Session, article: i64, setting: &Setting) -> Result<bool> {
    // What this session could redo counts for nothing: with a new step it is dropped.
    let mut select = db.prepare_cached(&format!(
        "SELECT undone > 0 OR (session <> ?1 AND number > ?3), {SETTING}
         FROM change JOIN step ON number = step WHERE article = ?4 AND slot = ?5 AND dropped = 0 AND NOT ({REDOABLE})
         ORDER BY step DESC, nth DESC LIMIT 1"
    ))?;
    let last = select.query_row(params![session.id, session.after_undo, session.after, article, setting.slot], |row| {
        Ok((row.get::<_, bool>(0)?, Setting::from_row(row, 1)?))
    });
    Ok(match last.optional()? {
        None => setting.value,
        Some((is_theirs, last)) => is_theirs || last != *setting,
    })
}

/// An id that no note has or will have: articles may come together when their contents do, and so may archives.
fn new_note(db: &Transaction<'_>) -> Result<u64> {
    // JSON readers keep whole numbers of 53 bits.
    let id: i64 = db.query_row("SELECT (random() & 9007199254740991) | 1", [], |row| row.get(0))?;
    Ok(id.unsigned_abs())
}

fn set_position(db: &Transaction<'_>, article: i64, at: u32) -> Result<()> {
    db.prepare_cached("INSERT INTO position VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = excluded.at")?
        .execute(params![article, at])?;
    Ok(())
}

fn settle_step(db: &Transaction<'_>, number: i64) -> Result<()> {
    let mut select = db.prepare_cached("SELECT DISTINCT article, slot FROM change WHERE step = ?1")?;
    let slots: Vec<(i64, String)> =
        select.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    slots.iter().try_for_each(|(article, slot)| state::settle(db, *article, slot))
}

/// Seconds since 1970; 0 on a clock that is set before.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The number of an article in the database.
pub(super) fn number(article: ArticleId) -> i64 {
    stored(article)
}

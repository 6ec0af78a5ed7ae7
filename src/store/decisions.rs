//! What an [`Archive`] does with decisions: making them, undoing them, choosing articles by them, and handing all of them out
//! and in.

use anyhow::Result;
use rusqlite::Connection;

use super::{
    Archive, articles,
    index::Rows,
    journal::{Journal, Wanted, anchor, anchored},
    marked::{Marked, State},
    sources,
};
use crate::domain::{self, ArticleId, Change, Clause, Decision, Marks, Note, Query, Source, Step};

/// Everything that was decided about one article, on its way out of an archive or into one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// The article.
    pub article: ArticleId,
    /// Its places as the archive knows them; without the archive's article, where it was last seen.
    pub sources: Vec<Source>,
    /// What was decided; noted passages as [`Archive::read`] gives them.
    pub marks: Marks,
    /// The text, where the archive holds the article.
    pub text: Option<String>,
}

/// What became of decisions that came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Articles about which something was said.
    pub articles: u64,
    /// Changes; what held already is none.
    pub changes: u64,
    /// Articles that the archive does not hold; what was decided about them waits for them.
    pub unknown: u64,
}

impl Archive {
    /// Decides something, as one step of the journal. It is on the disk when this returns. Needs no writer's lease; positions
    /// are kept, but are no steps. Where nothing changes there is no step.
    ///
    /// A note with id 0 is a new one and gets an id of its own.
    ///
    /// # Errors
    /// When nothing may be written in the archive's folder, or its decisions are a newer qala's.
    pub fn decide(&mut self, label: &str, changes: &[Change]) -> Result<()> {
        let before = State::now(&self.db, &self.journal);
        self.journal.decide(&self.db, label, changes, &[])?;
        // What cannot be followed is looked up anew.
        let _ = before.and_then(|before| self.selection.marked.follow(before, changes, &self.db, &self.journal));
        Ok(())
    }

    /// Takes back the newest step that is in effect, of those that this archive made since it was opened or that were there
    /// before; `None` when there is none. What another session decided since stays as it is.
    ///
    /// # Errors
    /// As for [`Archive::decide`].
    pub fn undo(&mut self) -> Result<Option<Step>> {
        self.journal.undo()
    }

    /// Puts back what was undone last, here or before this archive was opened; `None` when there is nothing, or when something
    /// was decided since.
    ///
    /// # Errors
    /// As for [`Archive::decide`].
    pub fn redo(&mut self) -> Result<Option<Step>> {
        self.journal.redo()
    }

    /// The last steps of all sessions, the newest first.
    ///
    /// # Errors
    /// When the decisions cannot be read.
    pub fn history(&self, limit: usize) -> Result<Vec<Step>> {
        self.journal.history(limit)
    }

    /// All tags as typed last, with the number of articles that bear them, the most frequent first.
    ///
    /// # Errors
    /// When the decisions cannot be read.
    pub fn tags(&self) -> Result<Vec<(String, u64)>> {
        self.journal.tags()
    }

    /// Lets the next search choose by what is decided now. Without it the articles that a query like `is:unread` has found
    /// stay in its answer while they are read, until another such query is asked or [`Archive::refresh`] saw others change
    /// something.
    pub fn reselect(&mut self) {
        self.selection.forget();
    }

    /// Whether other sessions decided something since this was last asked. Cheap enough to be asked every second. What a query
    /// like `is:unread` has found stays found, as with [`Archive::reselect`].
    ///
    /// # Errors
    /// When the decisions cannot be read.
    pub fn others_decided(&mut self) -> Result<bool> {
        self.journal.refresh()
    }

    /// Hands out all that was decided, in order of article ids.
    ///
    /// # Errors
    /// Those of `each`, and when decisions or archive cannot be read.
    pub fn decisions(&self, each: &mut dyn FnMut(Decided) -> Result<()>) -> Result<()> {
        for article in self.journal.decided()? {
            let marks = self.journal.marks(article)?;
            let row = articles::row_of(&self.db, article)?;
            let decided = match row.map(|row| articles::article(&self.db, row)).transpose()?.flatten() {
                Some(found) => {
                    let sources = row.map(|row| sources::of_article(&self.db, row)).transpose()?.unwrap_or_default();
                    Decided { article, sources, marks: anchored(marks, &found.text), text: Some(found.text) }
                }
                None => Decided { article, sources: self.journal.places(article)?, marks, text: None },
            };
            each(decided)?;
        }
        Ok(())
    }

    /// Notes on passages whose words are not in the article any more. They are kept, and stand in the article's notes.
    ///
    /// # Errors
    /// When decisions or archive cannot be read.
    pub fn lost_passages(&self) -> Result<Vec<(ArticleId, Note)>> {
        let mut lost = Vec::new();
        for article in self.journal.marked(&Wanted::Note)? {
            let notes = self.journal.marks(article)?.notes;
            if notes.iter().all(|note| note.passage.is_none()) {
                continue;
            }
            let Some(text) = self.text(article)? else { continue };
            let is_lost = |note: &Note| note.passage.as_ref().is_some_and(|passage| anchor(passage, &text).is_none());
            lost.extend(notes.into_iter().filter(is_lost).map(|note| (article, note)));
        }
        Ok(lost)
    }

    /// The text of an article.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn text(&self, id: ArticleId) -> Result<Option<String>> {
        let Some(row) = articles::row_of(&self.db, id)? else { return Ok(None) };
        Ok(articles::article(&self.db, row)?.map(|article| article.text))
    }

    /// Takes decisions in as one step. They add to what holds and take nothing away; what holds already is left alone, so that
    /// doing it twice does no harm.
    ///
    /// # Errors
    /// As for [`Archive::decide`].
    pub fn restore(&mut self, label: &str, decided: Vec<Decided>) -> Result<Restored> {
        let (mut changes, mut places) = (Vec::new(), Vec::new());
        let articles: Vec<ArticleId> = decided.iter().map(|decided| decided.article).collect();
        for Decided { article, sources, marks, .. } in decided {
            let held = self.journal.marks(self.journal.whereabouts(&self.db, article)?)?;
            let before = changes.len();
            changes.extend(missing(marks, &held).into_iter().map(|decision| Change { article, decision }));
            if changes.len() > before {
                places.extend(sources.into_iter().map(|source| (article, source)));
            }
        }
        let mut restored = Restored { articles: articles.len() as u64, changes: changes.len() as u64, unknown: 0 };
        self.journal.decide(&self.db, label, &changes, &places)?;
        // Where this archive read other content from the same source, that is where they belong.
        self.journal.follow(&self.db, None)?;
        for article in articles {
            let at = self.journal.whereabouts(&self.db, article)?;
            restored.unknown += u64::from(articles::row_of(&self.db, at)?.is_none());
        }
        Ok(restored)
    }
}

/// The decisions that lead from what holds to where `wanted` holds too.
fn missing(wanted: Marks, held: &Marks) -> Vec<Decision> {
    let Marks { read, starred, tags, notes, position } = wanted;
    let mut decisions = Vec::new();
    decisions.extend((read && !held.read).then_some(Decision::Read(true)));
    decisions.extend((starred && !held.starred).then_some(Decision::Star(true)));
    decisions.extend(tags.into_iter().filter(|tag| !held.tags.contains(tag)).map(|tag| Decision::Tag(tag, true)));
    let quote = |note: &Note| note.passage.as_ref().map(|passage| passage.quote.clone());
    let same = |one: &Note, other: &Note| one.id == other.id && one.text == other.text && quote(one) == quote(other);
    let new = notes.into_iter().filter(|note| !held.notes.iter().any(|held| same(note, held)));
    decisions.extend(new.map(Decision::Note));
    decisions.extend((position > 0 && held.position == 0).then_some(Decision::Position(position)));
    decisions
}

/// Articles that meet a query's conditions on decisions, kept while the same query is looked at.
#[derive(Debug, Default)]
pub(super) struct Selection {
    conditions: Vec<Clause>,
    rows: Vec<Rows>,
    /// All articles that bear a mark as of now.
    pub(super) marked: Marked,
}

impl Selection {
    /// Chooses anew at the next search.
    fn forget(&mut self) {
        self.conditions.clear();
        self.rows.clear();
    }

    /// The sets of rows chosen for the conditions of `query`, in their order; none where it was not searched for last.
    pub(super) fn held(&self, query: &Query) -> Vec<Rows> {
        let conditions = query.clauses().into_iter().filter(|clause| wanted(clause).is_some());
        if conditions.eq(&self.conditions) { self.rows.clone() } else { Vec::new() }
    }

    /// The sets of rows that the conditions of `query` ask for, in their order.
    pub(super) fn of(&mut self, query: &Query, archive: &Connection, journal: &Journal) -> Result<Vec<Rows>> {
        let clauses = query.clauses();
        let conditions = || clauses.iter().copied().filter_map(|clause| wanted(clause).map(|wanted| (clause, wanted)));
        if !conditions().map(|(clause, _)| clause).eq(&self.conditions) {
            let mut rows = Vec::new();
            for (_, (wanted, inside)) in conditions() {
                rows.push(self.marked.of(&wanted, archive, journal)?.taking(inside));
            }
            (self.conditions, self.rows) = (conditions().map(|(clause, _)| clause.clone()).collect(), rows);
        }
        Ok(self.rows.clone())
    }
}

/// What a clause wants decided, and whether it wants those articles or all others.
fn wanted(clause: &Clause) -> Option<(Wanted, bool)> {
    Some(match clause {
        Clause::Is(domain::State::Unread) => (Wanted::Read, false),
        Clause::Is(domain::State::Read) => (Wanted::Read, true),
        Clause::Is(domain::State::Starred) => (Wanted::Starred, true),
        Clause::Tag { name, open } => (Wanted::Tag(name.clone(), *open), true),
        Clause::HasNote => (Wanted::Note, true),
        _ => return None,
    })
}

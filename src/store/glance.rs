//! Answers in the time that a key leaves, and what is missing of them when nothing else is to be done.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{Archive, asked, index::Watch, schema};
use crate::domain::{Page, Query, Statements};

/// How long one looks for phrases before the first hits are shown.
const FIRST: Duration = Duration::from_millis(3);

/// How long one goes on before it is asked whether something else is to be done.
const STEP: Duration = Duration::from_millis(10);

impl Archive {
    /// A part of the answer to a query as [`Archive::search`] gives it, within a few milliseconds: where that is too short to
    /// look at all articles in which the words of a phrase occur, it holds those that were found, the newest first, and says
    /// [`Page::at_least`].
    ///
    /// # Errors
    /// As for [`Archive::search`].
    pub fn glance(&mut self, query: &Query, window: Range<usize>) -> Result<Page> {
        let page = self.page(query, window, Some(Instant::now() + FIRST));
        schema::explained(&self.folder, page)
    }

    /// The whole of an answer that [`Archive::glance`] has cut short; `None` where `watch`, which is asked every ten milliseconds,
    /// broke it off. Asked again, it goes on where it was.
    ///
    /// # Errors
    /// As for [`Archive::search`].
    pub fn finish(&mut self, query: &Query, window: Range<usize>, watch: Watch<'_>) -> Result<Option<Page>> {
        let page = self.finished(query, window, watch);
        schema::explained(&self.folder, page)
    }

    fn finished(&mut self, query: &Query, window: Range<usize>, watch: Watch<'_>) -> Result<Option<Page>> {
        let asked = asked::resolve(&self.db, query, self.selection.held(query))?;
        while !self.engine()?.look_on(Instant::now() + STEP, &asked)? {
            if watch().is_break() {
                return Ok(None);
            }
        }
        Ok(Some(self.page(query, window, None)?))
    }

    /// A part of the statements that answer a query as [`Archive::said`] gives it, in the time that [`Archive::glance`] takes.
    ///
    /// # Errors
    /// As for [`Archive::said`].
    pub fn glance_said(&mut self, query: &Query, window: Range<usize>) -> Result<Statements> {
        let found = self.said_until(Some(Instant::now() + FIRST), query, window);
        schema::explained(&self.folder, found)
    }

    /// The whole of an answer that [`Archive::glance_said`] has cut short, as [`Archive::finish`] gives it.
    ///
    /// # Errors
    /// As for [`Archive::said`].
    pub fn finish_said(&mut self, query: &Query, window: Range<usize>, watch: Watch<'_>) -> Result<Option<Statements>> {
        let found = self.finished_said(query, window, watch);
        schema::explained(&self.folder, found)
    }

    fn finished_said(&mut self, query: &Query, window: Range<usize>, watch: Watch<'_>) -> Result<Option<Statements>> {
        let asked = self.asked_of_statements(query)?;
        while !self.sayings()?.look_on(Instant::now() + STEP, &asked)? {
            if watch().is_break() {
                return Ok(None);
            }
        }
        Ok(Some(self.said_until(None, query, window)?))
    }
}

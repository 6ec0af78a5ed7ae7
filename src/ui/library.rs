//! What the browser needs of an archive.

use std::ops::{ControlFlow, Range};

use anyhow::{Result, bail};

use crate::{
    app::Anchor,
    domain::{
        Among, ArticleId, Card, Change, Explanation, Facets, Offer, Page, Query, Reading, Saved, Snippet, Speakers, StatementId,
        Statements, Step, Timeline,
    },
};

/// What the browser needs of an archive.
pub trait Library: Send {
    /// The hits of `range` in the answer to `query`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn search(&mut self, query: &Query, range: Range<usize>) -> Result<Page>;

    /// The same in the time that a key leaves: a page that says [`Page::at_least`] where that was too short for all.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn glance(&mut self, query: &Query, range: Range<usize>) -> Result<Page> {
        self.search(query, range)
    }

    /// The page that a glance was too short for; `None` where `watch` broke it off.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn finish(
        &mut self,
        query: &Query,
        range: Range<usize>,
        _watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Page>> {
        self.search(query, range).map(Some)
    }

    /// An article, with the places where `query` matches; `None` when the archive does not hold it.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn read(&mut self, id: ArticleId, query: &Query) -> Result<Option<Reading>>;

    /// The cards of `range` in the statements that answer `query`.
    ///
    /// # Errors
    /// When the archive cannot be read, or knows no statements.
    fn said(&mut self, _query: &Query, _range: Range<usize>) -> Result<Statements> {
        bail!("this archive knows no statements")
    }

    /// The same in the time that a key leaves, saying [`Statements::at_least`] where that was too short for all.
    ///
    /// # Errors
    /// As for [`Library::said`].
    fn glance_said(&mut self, query: &Query, range: Range<usize>) -> Result<Statements> {
        self.said(query, range)
    }

    /// The cards that such a glance was too short for; `None` where `watch` broke it off.
    ///
    /// # Errors
    /// As for [`Library::said`].
    fn finish_said(
        &mut self,
        query: &Query,
        range: Range<usize>,
        _watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Statements>> {
        self.said(query, range).map(Some)
    }

    /// Those who speak in the answer to `query`, at most so many known ones.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn speakers(&mut self, _query: &Query, _most: usize) -> Result<Speakers> {
        Ok(Speakers::default())
    }

    /// The statements that are the same as this one, itself among them, the earliest first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn carriers(&mut self, _id: StatementId, _most: usize) -> Result<Vec<Card>> {
        Ok(Vec::new())
    }

    /// Looks for what was written since; says whether there was anything.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn refresh(&mut self) -> Result<bool>;

    /// Opens what the first word of a filter needs, so that no key waits for it. It is called once, when nothing else is to be done.
    fn prepare(&mut self) {}

    /// Whether other sessions decided something since this was last asked. It is asked every second while nothing else is, so it
    /// must cost next to nothing.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn others_decided(&mut self) -> Result<bool> {
        Ok(false)
    }

    /// Writes one step of decisions into the journal; when it returns they are kept for good.
    ///
    /// # Errors
    /// When the archive keeps no journal, or it cannot be written.
    fn decide(&mut self, _label: &str, _changes: &[Change]) -> Result<()> {
        bail!("this archive keeps no journal")
    }

    /// Undoes the newest step that is not undone; says which it was.
    ///
    /// # Errors
    /// When the journal cannot be written.
    fn undo(&mut self) -> Result<Option<Step>> {
        Ok(None)
    }

    /// Does the step again that was undone last; says which it was.
    ///
    /// # Errors
    /// When the journal cannot be written.
    fn redo(&mut self) -> Result<Option<Step>> {
        Ok(None)
    }

    /// The newest steps of the journal, at most so many, the newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn history(&self, _steps: usize) -> Result<Vec<Step>> {
        Ok(Vec::new())
    }

    /// All tags and how many articles bear each.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn tags(&self) -> Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    /// What the answer to `query` is made of; `None` where `watch` broke it off.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn facets(&mut self, _query: &Query, _watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Facets>> {
        Ok(Some(Facets::default()))
    }

    /// When the articles that answer `query` were published.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn timeline(&mut self, _query: &Query) -> Result<Timeline> {
        Ok(Timeline::default())
    }

    /// What is known that begins so, at most so many, the most frequent first; `None` where `watch` broke it off.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn offers(
        &mut self,
        _among: Among,
        _begun: &str,
        _most: usize,
        _watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Vec<Offer>>> {
        Ok(Some(Vec::new()))
    }

    /// Why nothing answers `query`; `None` where `watch` broke it off.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn explain(
        &mut self,
        _query: &Query,
        _retyped: &[(String, Query)],
        _watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Explanation>> {
        Ok(Some(Explanation::default()))
    }

    /// Lines of some articles where `query` matches most, of at most so many characters.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn snippets(&mut self, _query: &Query, _articles: &[ArticleId], _chars: usize) -> Result<Vec<Snippet>> {
        Ok(Vec::new())
    }

    /// The saved searches.
    ///
    /// # Errors
    /// When they cannot be read.
    fn searches(&self) -> Result<Vec<Saved>> {
        Ok(Vec::new())
    }

    /// Keeps a search under its name.
    ///
    /// # Errors
    /// When it cannot be written.
    fn save_search(&mut self, _saved: &Saved) -> Result<()> {
        bail!("this archive keeps no searches")
    }

    /// Keeps the search of this name no longer.
    ///
    /// # Errors
    /// When that cannot be written.
    fn delete_search(&mut self, _name: &str) -> Result<()> {
        bail!("this archive keeps no searches")
    }

    /// Where in the answer to `query` an article is, if it is in it at all; it was `near` there before something changed.
    ///
    /// Looks at some thousand hits around that place; an archive that knows better may say better.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn place(&mut self, query: &Query, anchor: Anchor) -> Result<Option<usize>> {
        // An article mostly moves down a list, for newer ones come before it.
        let after = (0..STRETCHES).map(|n| anchor.near + n * STRETCH);
        let before = (1..=STRETCHES).map(|n| anchor.near.saturating_sub(n * STRETCH));
        let mut total = usize::MAX;
        for start in after.chain(before) {
            if start >= total {
                continue;
            }
            let page = self.search(query, start..start + STRETCH)?;
            if let Some(place) = page.hits.iter().position(|hit| hit.id == anchor.id) {
                return Ok(Some(page.first + place));
            }
            total = page.total;
        }
        Ok(None)
    }
}

/// How many hits are looked at at once for an article that has moved, and how often on either side of where it was.
const STRETCH: usize = 1000;
const STRETCHES: usize = 8;

/// A page of the answer that holds the anchor's article, if the answer still does near where it was; else the page asked for.
///
/// # Errors
/// When the archive cannot be read.
pub fn page_with(library: &mut dyn Library, query: &Query, range: Range<usize>, anchor: Option<Anchor>) -> Result<Page> {
    let page = library.glance(query, range.clone())?;
    let Some(anchor) = anchor.filter(|anchor| page.hits.iter().all(|hit| hit.id != anchor.id)) else { return Ok(page) };
    match library.place(query, anchor)? {
        Some(place) => {
            let start = place.saturating_sub(range.len() / 2);
            library.search(query, start..start + range.len())
        }
        None => Ok(page),
    }
}

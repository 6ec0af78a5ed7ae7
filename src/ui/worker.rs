//! The worker: the thread that asks the archive, so that the screen never waits for it.

use std::{
    any::Any,
    collections::VecDeque,
    ops::{ControlFlow, Range},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::Duration,
};

use anyhow::{Result, bail};

use super::{
    decisions,
    later::{Later, later},
    run::Event,
    statements,
};
use crate::{
    app::{Anchor, Effect, Msg},
    domain::{
        ArticleId, Card, Change, Explanation, Facets, Page, Query, Reading, Saved, Snippet, Speakers, StatementId, Statements,
        Step, Timeline,
    },
};

/// What the browser needs of an archive.
pub trait Library: Send {
    /// The hits of `range` in the answer to `query`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn search(&mut self, query: &Query, range: Range<usize>) -> Result<Page>;

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

    /// Why nothing answers `query`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn explain(&mut self, _query: &Query) -> Result<Explanation> {
        Ok(Explanation::default())
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

/// How often it is asked whether others decided something.
const WATCH: Duration = Duration::from_millis(900);

/// How many hits are looked at at once for an article that has moved, and how often on either side of where it was.
const STRETCH: usize = 1000;
const STRETCHES: usize = 8;

/// A page of the answer that holds the anchor's article, if the answer still does near where it was; else the page asked for.
///
/// # Errors
/// When the archive cannot be read.
pub fn page_with(library: &mut dyn Library, query: &Query, range: Range<usize>, anchor: Option<Anchor>) -> Result<Page> {
    let page = library.search(query, range.clone())?;
    let Some(anchor) = anchor.filter(|anchor| page.hits.iter().all(|hit| hit.id != anchor.id)) else { return Ok(page) };
    match library.place(query, anchor)? {
        Some(place) => {
            let start = place.saturating_sub(range.len() / 2);
            library.search(query, start..start + range.len())
        }
        None => Ok(page),
    }
}

/// What a panic said.
pub(super) fn said(fault: &(dyn Any + Send)) -> &str {
    let text = fault.downcast_ref::<&str>().copied();
    text.or_else(|| fault.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
}

/// The newest request of each kind; older ones were overtaken.
#[derive(Default)]
struct Requests {
    search: Option<Effect>,
    said: Option<Effect>,
    speakers: Option<Effect>,
    carriers: Option<Effect>,
    read: Option<Effect>,
    refresh: bool,
    /// None of these is ever overtaken.
    decisions: VecDeque<Effect>,
    later: Later,
}

impl Requests {
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Search { .. } => self.search = Some(effect),
            Effect::Said { .. } => self.said = Some(effect),
            Effect::Speakers { .. } => self.speakers = Some(effect),
            Effect::Carriers { .. } => self.carriers = Some(effect),
            Effect::Read(..) => self.read = Some(effect),
            Effect::Refresh => self.refresh = true,
            Effect::Decide(..)
            | Effect::ReadAll(_)
            | Effect::Undo(_)
            | Effect::Redo(_)
            | Effect::UndoTo(_)
            | Effect::RedoTo(_)
            | Effect::History(_)
            | Effect::Tags
            | Effect::FindUnread { .. }
            | Effect::Searches
            | Effect::SaveSearch(_)
            | Effect::DeleteSearch(_) => self.decisions.push_back(effect),
            effect if Later::takes(&effect) => self.later.add(effect),
            // The loop keeps the others to itself.
            _ => {}
        }
    }

    /// The next to carry out: what somebody decided, what changes the archive's face first, what is shown first before what follows from it.
    fn next(&mut self) -> Option<Effect> {
        if let Some(decision) = self.decisions.pop_front() {
            return Some(decision);
        }
        if std::mem::take(&mut self.refresh) {
            return Some(Effect::Refresh);
        }
        let shown = self.search.take().or_else(|| self.said.take()).or_else(|| self.carriers.take());
        shown.or_else(|| self.read.take()).or_else(|| self.speakers.take()).or_else(|| self.later.next())
    }

    /// Whether something waits that must not wait for what may come later.
    fn is_urgent(&self) -> bool {
        let asked = [&self.search, &self.said, &self.carriers, &self.read, &self.speakers];
        !self.decisions.is_empty() || self.refresh || asked.into_iter().any(Option::is_some)
    }
}

/// Opens the archive, then does what is asked until nobody asks any more.
pub(super) fn serve(open: impl FnOnce() -> Result<Box<dyn Library>>, jobs: &Receiver<Effect>, events: &Sender<Event>) {
    let mut library = match open() {
        Ok(library) => library,
        Err(error) => return drop(events.send(Event::Broken(error))),
    };
    if events.send(Event::Opened).is_err() {
        return;
    }
    let mut requests = Requests::default();
    loop {
        jobs.try_iter().for_each(|job| requests.add(job));
        let Some(effect) = requests.next() else {
            match jobs.recv_timeout(WATCH) {
                Ok(job) => requests.add(job),
                // Who cannot hear of others goes on alone; what is asked for next says what is wrong.
                Err(RecvTimeoutError::Timeout) => {
                    let news = catch_unwind(AssertUnwindSafe(|| library.others_decided()));
                    if matches!(news, Ok(Ok(true))) && events.send(Event::Msg(Msg::Changed)).is_err() {
                        return;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            continue;
        };
        // A fault in the archive's code costs one answer, not the session.
        let waiting = Later::takes(&effect).then(|| effect.clone());
        let mut watch = || {
            jobs.try_iter().for_each(|job| requests.add(job));
            if requests.is_urgent() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let answer = catch_unwind(AssertUnwindSafe(|| answer(&mut *library, effect, &mut watch)));
        let msg = match answer {
            Ok(Ok(None)) if waiting.is_some() => {
                waiting.into_iter().for_each(|effect| requests.later.again(effect));
                continue;
            }
            Ok(Ok(None)) => continue,
            Ok(Ok(Some(msg))) => msg,
            Ok(Err(error)) => Msg::Failed(format!("{error:#}")),
            Err(fault) => Msg::Failed(format!("internal error: {}", said(&*fault))),
        };
        if events.send(Event::Msg(msg)).is_err() {
            return;
        }
    }
}

fn answer(library: &mut dyn Library, effect: Effect, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Msg>> {
    Ok(match effect {
        Effect::Search { ticket, query, range, anchor } => Some(Msg::Found(ticket, page_with(library, &query, range, anchor)?)),
        Effect::Read(ticket, id, query) => Some(Msg::Read(ticket, library.read(id, &query)?.map(Box::new))),
        Effect::Refresh => library.refresh()?.then_some(Msg::Changed),
        effect => match statements(library, &effect)? {
            Some(msg) => Some(msg),
            None => match later(library, &effect, watch)? {
                None => decisions(library, &effect)?,
                msg => msg,
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use anyhow::bail;

    use super::*;
    use crate::app::Ticket;

    /// Counts what it is asked; breaks down over one article, and over another panics.
    #[derive(Default)]
    struct Counting {
        searches: usize,
    }

    impl Library for Counting {
        fn search(&mut self, _: &Query, range: Range<usize>) -> Result<Page> {
            self.searches += 1;
            Ok(Page { first: range.start, total: self.searches, ..Page::default() })
        }

        fn read(&mut self, id: ArticleId, _: &Query) -> Result<Option<Reading>> {
            match id.0 {
                0 => bail!("the disk is gone"),
                1 => panic!("no such case"),
                _ => Ok(None),
            }
        }

        fn refresh(&mut self) -> Result<bool> {
            Ok(true)
        }

        fn others_decided(&mut self) -> Result<bool> {
            Ok(true)
        }
    }

    /// What comes of effects that were all sent before the worker began.
    fn served(effects: Vec<Effect>) -> Vec<Msg> {
        let (work, jobs) = channel();
        let (events, inbox) = channel();
        effects.into_iter().for_each(|effect| work.send(effect).unwrap());
        drop(work);
        serve(|| Ok(Box::new(Counting::default()) as Box<dyn Library>), &jobs, &events);
        let told = inbox.try_iter().filter_map(|event| match event {
            Event::Msg(msg) => Some(msg),
            _ => None,
        });
        told.collect()
    }

    fn search(n: u64) -> Effect {
        Effect::Search { ticket: Ticket(n), query: Query::default(), range: 0..9, anchor: None }
    }

    fn read(n: u64, id: u64) -> Effect {
        Effect::Read(Ticket(n), ArticleId(id), Query::default())
    }

    #[test]
    fn only_the_newest_request_of_a_kind_is_carried_out() {
        let told = served(vec![search(1), read(2, 7), search(3), Effect::Refresh, read(4, 8), search(5), Effect::Refresh]);
        let page = Page { total: 1, ..Page::default() };
        assert_eq!(told, [Msg::Changed, Msg::Found(Ticket(5), page), Msg::Read(Ticket(4), None)]);
    }

    #[test]
    fn what_others_decide_is_noticed_while_nothing_is_asked() {
        let (_work, jobs) = channel();
        let (events, inbox) = channel();
        std::thread::spawn(move || serve(|| Ok(Box::new(Counting::default()) as Box<dyn Library>), &jobs, &events));
        assert!(matches!(inbox.recv(), Ok(Event::Opened)));
        assert!(matches!(inbox.recv(), Ok(Event::Msg(Msg::Changed))));
    }

    #[test]
    fn what_fails_is_said_and_the_next_question_is_answered() {
        assert_eq!(served(vec![read(1, 0)]), [Msg::Failed("the disk is gone".into())]);
        let told = served(vec![read(1, 1), search(2)]);
        assert!(matches!(&told[..], [Msg::Found(..), Msg::Failed(text)] if text.contains("no such case")), "{told:?}");
    }

    #[test]
    fn an_archive_that_cannot_be_opened_ends_the_session() {
        let (_work, jobs) = channel();
        let (events, inbox) = channel();
        serve(|| bail!("no archive here"), &jobs, &events);
        assert!(matches!(inbox.try_recv(), Ok(Event::Broken(error)) if error.to_string() == "no archive here"));
    }
}

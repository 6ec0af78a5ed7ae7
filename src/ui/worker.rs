//! The worker: the thread that asks the archive, so that the screen never waits for it.

use std::{
    any::Any,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, Sender},
};

use anyhow::Result;

use super::run::Event;
use crate::{
    app::{Anchor, Effect, Msg},
    domain::{ArticleId, Page, Query, Reading},
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

    /// Looks for what was written since; says whether there was anything.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn refresh(&mut self) -> Result<bool>;

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
    read: Option<Effect>,
    refresh: bool,
}

impl Requests {
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Search { .. } => self.search = Some(effect),
            Effect::Read(..) => self.read = Some(effect),
            Effect::Refresh => self.refresh = true,
            // The loop keeps the others to itself.
            Effect::After(..) | Effect::Redraw | Effect::Suspend | Effect::Quit => {}
        }
    }

    /// The next to carry out: what changes the archive's face first, what is shown first before what follows from it.
    fn next(&mut self) -> Option<Effect> {
        if std::mem::take(&mut self.refresh) {
            return Some(Effect::Refresh);
        }
        self.search.take().or_else(|| self.read.take())
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
            match jobs.recv() {
                Ok(job) => requests.add(job),
                Err(_) => return,
            }
            continue;
        };
        // A fault in the archive's code costs one answer, not the session.
        let answer = catch_unwind(AssertUnwindSafe(|| answer(&mut *library, effect)));
        let msg = match answer {
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

fn answer(library: &mut dyn Library, effect: Effect) -> Result<Option<Msg>> {
    Ok(match effect {
        Effect::Search { ticket, query, range, anchor } => Some(Msg::Found(ticket, page_with(library, &query, range, anchor)?)),
        Effect::Read(ticket, id, query) => Some(Msg::Read(ticket, library.read(id, &query)?.map(Box::new))),
        Effect::Refresh => library.refresh()?.then_some(Msg::Changed),
        Effect::After(..) | Effect::Redraw | Effect::Suspend | Effect::Quit => None,
    })
}

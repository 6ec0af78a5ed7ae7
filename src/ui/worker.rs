//! The worker: the thread that asks the archive, so that the screen never waits for it.

use std::{
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
}

/// How many pages are looked through for an article on either side of where it probably is.
const PAGES_SEARCHED: usize = 8;

/// A page of the answer that holds the anchor's article, if one does that is near where it was; else the page asked for.
///
/// # Errors
/// When the archive cannot be read.
pub fn page_with(library: &mut dyn Library, query: &Query, range: Range<usize>, anchor: Option<Anchor>) -> Result<Page> {
    let page = library.search(query, range.clone())?;
    let Some(Anchor { id, .. }) = anchor else { return Ok(page) };
    let place = |page: &Page| page.hits.iter().position(|hit| hit.id == id).map(|place| page.first + place);
    let width = range.len().max(1);
    let mut found = place(&page);
    // An article mostly moves down a list, for newer ones come before it.
    let after = (1..=PAGES_SEARCHED).map(|n| range.start + n * width);
    let before = (1..=PAGES_SEARCHED).filter_map(|n| range.start.checked_sub(n * width)).chain([0]);
    if found.is_none() {
        for start in after.take_while(|start| *start < page.total).chain(before.take_while(|start| *start < range.start)) {
            found = place(&library.search(query, start..start + width)?);
            if found.is_some() {
                break;
            }
        }
    }
    match found {
        Some(place) if !range.contains(&place) || place + width / 4 > range.end => {
            let start = place.saturating_sub(width / 2);
            library.search(query, start..start + width)
        }
        _ => Ok(page),
    }
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
            Err(_) => Msg::Failed("an internal error has prevented an answer".to_owned()),
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

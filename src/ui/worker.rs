//! The worker: the thread that asks the archive, so that the screen never waits for it.

use std::{
    any::Any,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::Duration,
};

use anyhow::Result;

use super::{
    Library, decisions,
    later::{Later, later},
    page_with,
    requests::Requests,
    run::Event,
    statements,
};
use crate::app::{Effect, Msg};

/// How often it is asked whether others decided something.
const WATCH: Duration = Duration::from_millis(900);

/// When the first answers are on the screen and nobody has asked for more.
const SOON: Duration = Duration::from_millis(250);

/// What a panic said.
pub(super) fn said(fault: &(dyn Any + Send)) -> &str {
    let text = fault.downcast_ref::<&str>().copied();
    text.or_else(|| fault.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
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
    let mut prepared = false;
    loop {
        jobs.try_iter().for_each(|job| requests.add(job));
        let Some(effect) = requests.next() else {
            match jobs.recv_timeout(if prepared { WATCH } else { SOON }) {
                Ok(job) => requests.add(job),
                Err(RecvTimeoutError::Timeout) if !prepared => {
                    prepared = true;
                    // What is wrong with the index is said when somebody asks for it.
                    let _ = catch_unwind(AssertUnwindSafe(|| library.prepare()));
                }
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
    use std::{ops::Range, sync::mpsc::channel};

    use anyhow::bail;

    use super::*;
    use crate::{
        app::Ticket,
        domain::{ArticleId, Page, Query, Reading},
    };

    /// Counts what it is asked; breaks down over one article, and over another panics.
    #[derive(Default)]
    struct Counting {
        searches: usize,
        prepared: usize,
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

        fn prepare(&mut self) {
            self.prepared += 1;
        }

        fn others_decided(&mut self) -> Result<bool> {
            assert_eq!(self.prepared, 1, "once, and before that");
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
        assert!(matches!(inbox.recv(), Ok(Event::Msg(Msg::Changed))), "what is needed soon is made ready once");
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

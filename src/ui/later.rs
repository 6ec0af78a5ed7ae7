//! What follows an answer, carried out on the worker's thread when nothing else waits: the rest of it, facets, the timeline,
//! explanations, lines of text and what completes a query; and saved searches.

use std::{mem::discriminant, ops::ControlFlow};

use anyhow::Result;

use super::Library;
use crate::app::{Effect, Msg};

/// The length of a line of text in a list, in characters: more than a list shows, which is cut to its width.
const SNIPPET: usize = 120;

/// More than anybody walks through; whoever seeks another types one more letter.
const OFFERS: usize = 40;

/// Carries out an effect that may come later; `None` for every other, and where `watch` broke it off.
///
/// # Errors
/// When the archive cannot be read or a search cannot be kept.
pub fn later(library: &mut dyn Library, effect: &Effect, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Msg>> {
    Ok(Some(match effect {
        Effect::Facets(ticket, query) => match library.facets(query, watch)? {
            Some(facets) => Msg::Facets(*ticket, facets),
            None => return Ok(None),
        },
        Effect::Finish(ticket, query, range) => match library.finish(query, range.clone(), watch)? {
            Some(page) => Msg::Finished(*ticket, page),
            None => return Ok(None),
        },
        Effect::FinishSaid(ticket, query, range) => match library.finish_said(query, range.clone(), watch)? {
            Some(page) => Msg::FinishedSaid(*ticket, page),
            None => return Ok(None),
        },
        Effect::Offer(ticket, among, begun) => match library.offers(*among, begun, OFFERS, watch)? {
            Some(offers) => Msg::Offered(*ticket, offers),
            None => return Ok(None),
        },
        Effect::Timeline(ticket, query) => Msg::Timeline(*ticket, library.timeline(query)?),
        Effect::Explain(ticket, query, retyped) => match library.explain(query, retyped, watch)? {
            Some(explanation) => Msg::Explained(*ticket, explanation),
            None => return Ok(None),
        },
        Effect::Snippets(ticket, articles, query) => Msg::Snippets(*ticket, library.snippets(query, articles, SNIPPET)?),
        Effect::Searches => Msg::Searches(library.searches()?),
        Effect::SaveSearch(saved) => {
            library.save_search(saved)?;
            Msg::Done(format!("saved as \u{2068}{}\u{2069}", saved.name))
        }
        Effect::DeleteSearch(name) => {
            library.delete_search(name)?;
            return Ok(None);
        }
        _ => return Ok(None),
    }))
}

/// The newest requests of their kinds, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Later {
    waiting: Vec<Effect>,
}

impl Later {
    /// Whether an effect can wait until nothing else does.
    pub(super) fn takes(effect: &Effect) -> bool {
        matches!(
            effect,
            Effect::Finish(..)
                | Effect::FinishSaid(..)
                | Effect::Facets(..)
                | Effect::Timeline(..)
                | Effect::Explain(..)
                | Effect::Snippets(..)
                | Effect::Offer(..)
        )
    }

    /// Adds a request in place of an older one of its kind.
    pub(super) fn add(&mut self, effect: Effect) {
        self.waiting.retain(|waiting| discriminant(waiting) != discriminant(&effect));
        self.waiting.push(effect);
    }

    /// Puts back what was broken off, unless it was asked for anew.
    pub(super) fn again(&mut self, effect: Effect) {
        if self.waiting.iter().all(|waiting| discriminant(waiting) != discriminant(&effect)) {
            self.waiting.push(effect);
        }
    }

    /// The next to carry out: what somebody asked for with a key first; facets, which take longest, come last.
    pub(super) fn next(&mut self) -> Option<Effect> {
        let asked = self.waiting.iter().position(|effect| matches!(effect, Effect::Offer(..)));
        let short = || self.waiting.iter().position(|effect| !matches!(effect, Effect::Facets(..)));
        let first = asked.or_else(short).unwrap_or(0);
        (!self.waiting.is_empty()).then(|| self.waiting.remove(first))
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, ops::Range, sync::mpsc::channel};

    use super::*;
    use crate::{
        app::{Msg, Ticket},
        domain::{ArticleId, Facets, Page, Query, Reading},
        ui::{run::Event, worker::serve},
    };

    /// Counts until it is broken off the first time, and the second time to the end; a key is pressed meanwhile.
    struct Slow {
        keys: std::sync::mpsc::Sender<Effect>,
        times: Cell<u32>,
    }

    impl Library for Slow {
        fn search(&mut self, _: &Query, _: Range<usize>) -> Result<Page> {
            Ok(Page::default())
        }

        fn read(&mut self, _: ArticleId, _: &Query) -> Result<Option<Reading>> {
            Ok(None)
        }

        fn refresh(&mut self) -> Result<bool> {
            Ok(false)
        }

        fn facets(&mut self, _: &Query, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Facets>> {
            self.times.set(self.times.get() + 1);
            assert!(watch().is_continue(), "nothing waits yet");
            if self.times.get() == 1 {
                let search = Effect::Search { ticket: Ticket(2), query: Query::default(), range: 0..9, anchor: None };
                self.keys.send(search)?;
                assert!(watch().is_break(), "a key was pressed");
                self.keys.send(Effect::Quit)?;
                return Ok(None);
            }
            Ok(Some(Facets { total: 7, ..Facets::default() }))
        }
    }

    #[test]
    fn counting_makes_way_for_keys_and_is_taken_up_again() {
        let (work, jobs) = channel();
        let (events, inbox) = channel();
        work.send(Effect::Facets(Ticket(1), Query::default())).unwrap();
        std::thread::spawn(move || {
            let library = Slow { keys: work, times: Cell::new(0) };
            serve(|| Ok(Box::new(library) as Box<dyn Library>), &jobs, &events);
        });
        let told = inbox.iter().filter_map(|event| match event {
            Event::Msg(msg) => Some(msg),
            _ => None,
        });
        let told: Vec<Msg> = told.take(2).collect();
        assert!(matches!(&told[0], Msg::Found(Ticket(2), _)), "{told:?}");
        assert!(matches!(&told[1], Msg::Facets(Ticket(1), facets) if facets.total == 7), "{told:?}");
    }

    #[test]
    fn only_the_newest_of_a_kind_waits() {
        let mut later = Later::default();
        later.add(Effect::Facets(Ticket(1), Query::default()));
        later.add(Effect::Timeline(Ticket(2), Query::default()));
        later.add(Effect::Facets(Ticket(3), Query::default()));
        later.again(Effect::Facets(Ticket(1), Query::default()));
        let order: Vec<Effect> = std::iter::from_fn(|| later.next()).collect();
        assert_eq!(order, [Effect::Timeline(Ticket(2), Query::default()), Effect::Facets(Ticket(3), Query::default())]);
    }
}

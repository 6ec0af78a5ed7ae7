//! The list of articles: a window of hits, and where its cursor lands when another answer comes.

use std::ops::{Deref, DerefMut, Range};

use super::{
    Anchor, Ticket,
    window::{Entry, Part, Window},
};
use crate::domain::{ArticleId, Hit, Marks, Page};

/// Rows of the screen that one article takes: its title, and below it date and outlet.
pub const ENTRY_ROWS: u16 = 2;

impl Entry for Hit {
    type Id = ArticleId;

    const AT_A_TIME: usize = 240;
    const IN_SIGHT: usize = 1;

    fn id(&self) -> ArticleId {
        self.id
    }
}

/// Where the cursor goes when the answer to a new question arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landing {
    /// To the first article.
    Top,
    /// It stays on its article.
    Stay,
    /// To this article.
    Go(Anchor),
}

/// The answer to the current question, as far as it is at hand, and the cursor in it.
#[derive(Clone, Debug, Default)]
pub struct List {
    window: Window<Hit>,
    landing: Option<Landing>,
}

impl Deref for List {
    type Target = Window<Hit>;

    fn deref(&self) -> &Window<Hit> {
        &self.window
    }
}

impl DerefMut for List {
    fn deref_mut(&mut self) -> &mut Window<Hit> {
        &mut self.window
    }
}

impl List {
    /// Whether the answer to a new question is on its way.
    pub(super) fn is_asking(&self) -> bool {
        self.landing.is_some()
    }

    /// The first hits of the answer, as far as they are at hand.
    pub(super) fn head(&self) -> &[Hit] {
        let (place, hits) = self.held();
        if place.start == 0 { hits } else { &[] }
    }

    /// The marks of an article, if it is at hand.
    pub(super) fn marks_of(&self, id: ArticleId) -> Option<&Marks> {
        self.held().1.iter().find(|hit| hit.id == id).map(|hit| &hit.marks)
    }

    /// The marks of an article, to change them.
    pub(super) fn marks_mut(&mut self, id: ArticleId) -> Option<&mut Marks> {
        self.entries_mut().iter_mut().find(|hit| hit.id == id).map(|hit| &mut hit.marks)
    }

    /// The next unread article at hand, in either direction.
    pub(super) fn unread_from(&self, forward: bool) -> Option<usize> {
        let is_unread = |index: &usize| self.at(*index).is_some_and(|hit| !hit.marks.read);
        let (held, _) = self.held();
        match forward {
            true => (self.cursor + 1..held.end.max(self.cursor + 1)).find(is_unread),
            false => (held.start.min(self.cursor)..self.cursor).rev().find(is_unread),
        }
    }

    /// Asks a new question: the range to ask for, and the article to look for in it.
    pub(super) fn ask(&mut self, ticket: Ticket, landing: Landing) -> (Range<usize>, Option<Anchor>) {
        let anchor = match landing {
            Landing::Top => None,
            Landing::Go(anchor) => Some(anchor),
            Landing::Stay => self.current().map(|hit| Anchor { id: hit.id, near: self.cursor }),
        };
        // A question that is under way and was to land elsewhere keeps its landing when only the archive has changed.
        if landing != Landing::Stay || self.landing.is_none() {
            self.landing = Some(landing);
        }
        (self.window.ask(ticket, anchor.map_or(0, |anchor| anchor.near)), anchor)
    }

    /// The part of the current answer that should be fetched next, if any.
    pub(super) fn missing(&self, entries: usize) -> Option<Range<usize>> {
        self.window.missing(entries).filter(|_| self.landing.is_none())
    }

    /// Takes the answer to the question with this ticket; says whether it was still wanted.
    pub(super) fn take(&mut self, ticket: Ticket, page: Page, entries: usize) -> bool {
        if !self.is_wanted(ticket) {
            return false;
        }
        let wanted: Option<(ArticleId, usize)> = match self.landing.take() {
            None => None,
            Some(Landing::Top) => {
                (self.cursor, self.top) = (0, 0);
                None
            }
            // The cursor may have moved on since the question was asked.
            Some(Landing::Stay) => self.current().map(|hit| (hit.id, self.cursor)),
            Some(Landing::Go(anchor)) => Some((anchor.id, anchor.near)),
        };
        self.hold(part(page), wanted, entries);
        true
    }

    /// Takes the whole of an answer that was cut short.
    pub(super) fn finish(&mut self, page: Page, entries: usize) {
        let wanted = self.staying();
        self.hold(part(page), wanted, entries);
    }
}

fn part(page: Page) -> Part<Hit> {
    let Page { first, hits, total, at_least, respelled, .. } = page;
    Part { first, entries: hits, total, at_least, respelled }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Language, Source};

    fn hits(range: Range<usize>) -> Vec<Hit> {
        let hit = |n: usize| Hit {
            id: ArticleId(n as u64),
            title: format!("article {n}"),
            title_hits: Vec::new(),
            published: None,
            outlet: None,
            language: Language::ENGLISH,
            source: Source { file: String::new(), item: None },
            score: 0.0,
            marks: Marks::default(),
        };
        range.map(hit).collect()
    }

    fn page(range: Range<usize>, total: usize) -> Page {
        Page { first: range.start, hits: hits(range.start..range.end.min(total)), total, articles: total, ..Page::default() }
    }

    fn loaded(total: usize) -> List {
        let mut list = List::default();
        let (range, _) = list.ask(Ticket(1), Landing::Top);
        assert!(list.take(Ticket(1), page(range, total), 10));
        list
    }

    #[test]
    fn a_million_articles_take_no_more_memory_than_a_window() {
        let mut list = loaded(1_000_000);
        let mut ticket = 1;
        for index in [5, 90, 200, 500_000, 999_999, 0] {
            list.move_to(index, 10);
            while let Some(range) = list.missing(10) {
                ticket += 1;
                list.fetching(Ticket(ticket), range.clone());
                assert_eq!(list.missing(10), None, "what is on its way is not asked for again");
                list.take(Ticket(ticket), page(range, 1_000_000), 10);
            }
            assert_eq!(list.current().map(|hit| hit.id), Some(ArticleId(index as u64)));
            assert!(list.held().1.len() <= Hit::AT_A_TIME);
        }
    }

    #[test]
    fn moving_within_a_page_does_not_scroll() {
        let mut list = loaded(100);
        for index in 0..10 {
            list.move_to(index, 10);
            assert_eq!(list.top, 0);
        }
        list.move_to(10, 10);
        assert_eq!(list.top, 9, "one entry of the page before stays in sight");
        list.move_to(8, 10);
        assert_eq!(list.top, 0);
        list.move_to(usize::MAX, 10);
        assert_eq!((list.cursor, list.top), (99, 90));
    }

    #[test]
    fn the_cursor_stays_on_its_article_when_others_come_before_it() {
        let mut list = loaded(20);
        list.move_to(12, 10);
        let row = list.cursor - list.top;
        list.ask(Ticket(2), Landing::Stay);
        list.move_to(13, 10);
        let mut grown = page(0..20, 20);
        grown.hits.splice(0..0, hits(100..105));
        grown.total = 25;
        assert!(list.take(Ticket(2), grown, 10));
        assert_eq!(list.current().map(|hit| hit.id), Some(ArticleId(13)));
        assert_eq!(list.cursor - list.top, row + 1, "and on its row of the screen");
    }

    #[test]
    fn a_late_answer_changes_nothing() {
        let mut list = loaded(20);
        list.ask(Ticket(2), Landing::Top);
        list.ask(Ticket(3), Landing::Top);
        assert!(!list.take(Ticket(2), page(0..1, 1), 10));
        assert_eq!(list.total, 20);
        assert!(list.take(Ticket(3), page(0..2, 2), 10));
        assert_eq!(list.total, 2);
    }
}

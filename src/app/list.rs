//! The list of articles: a window of hits around what is visible, whatever the size of the answer behind it.

use std::ops::Range;

use super::{Anchor, Ticket, window};
use crate::domain::{ArticleId, Hit, Marks, Page};

/// Rows of the screen that one article takes: its title, and below it date and outlet.
pub const ENTRY_ROWS: u16 = 2;

/// How many hits are asked for at a time; no more are ever held.
const WINDOW: usize = 240;

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
    /// How many articles the whole answer has.
    pub total: usize,
    /// Whether these are only those that were found in time; the others are on their way.
    pub at_least: bool,
    /// Whether any answer has come yet.
    pub loaded: bool,
    /// The place of the cursor in the whole answer; 0 in an empty one.
    pub cursor: usize,
    /// The first visible article.
    pub top: usize,
    /// Words that nothing matched, each with what was taken instead.
    pub respelled: Vec<(String, Vec<String>)>,
    first: usize,
    hits: Vec<Hit>,
    asked: Option<(Ticket, Range<usize>)>,
    landing: Option<Landing>,
}

impl List {
    /// How many articles the whole answer has, in words where only a part of them was counted yet.
    pub fn counted(&self) -> String {
        if self.at_least { format!("≥ {}", self.total) } else { self.total.to_string() }
    }

    /// The article at `index` of the answer, if it is at hand.
    pub fn hit(&self, index: usize) -> Option<&Hit> {
        self.hits.get(index.checked_sub(self.first)?)
    }

    /// The article under the cursor, if it is at hand.
    pub fn current(&self) -> Option<&Hit> {
        self.hit(self.cursor)
    }

    /// Whether the answer to a new question is on its way.
    pub(super) fn is_asking(&self) -> bool {
        self.landing.is_some()
    }

    /// The first hits of the answer, as far as they are at hand.
    pub(super) fn head(&self) -> &[Hit] {
        if self.first == 0 { &self.hits } else { &[] }
    }

    /// The marks of an article, if it is at hand.
    pub(super) fn marks_of(&self, id: ArticleId) -> Option<&Marks> {
        self.hits.iter().find(|hit| hit.id == id).map(|hit| &hit.marks)
    }

    /// The marks of an article, to change them.
    pub(super) fn marks_mut(&mut self, id: ArticleId) -> Option<&mut Marks> {
        self.hits.iter_mut().find(|hit| hit.id == id).map(|hit| &mut hit.marks)
    }

    /// The next unread article at hand, in either direction.
    pub(super) fn unread_from(&self, forward: bool) -> Option<usize> {
        let is_unread = |index: &usize| self.hit(*index).is_some_and(|hit| !hit.marks.read);
        let held = self.first..self.first + self.hits.len();
        match forward {
            true => (self.cursor + 1..held.end.max(self.cursor + 1)).find(is_unread),
            false => (held.start.min(self.cursor)..self.cursor).rev().find(is_unread),
        }
    }

    /// How many hits are held.
    pub fn held(&self) -> usize {
        self.hits.len()
    }

    /// Which articles a pane of `entries` entries shows.
    pub fn visible(&self, entries: usize) -> Range<usize> {
        self.top..self.total.min(self.top + entries)
    }

    /// Moves the cursor, at most to the ends, and scrolls a page at a time, so that most moves change two entries only.
    /// Says whether it moved.
    pub(super) fn move_to(&mut self, index: usize, entries: usize) -> bool {
        let before = self.cursor;
        self.cursor = index.min(self.total.saturating_sub(1));
        self.reveal(entries);
        self.cursor != before
    }

    /// Scrolls so that the cursor is visible and no page is emptier than need be.
    pub(super) fn reveal(&mut self, entries: usize) {
        // One entry of the page before stays in sight where there is room.
        let context = usize::from(entries > 4);
        self.top = window::revealing(self.cursor, self.top, self.total, entries, context);
    }

    /// Asks a new question: the range to ask for, and the article to look for in it.
    pub(super) fn ask(&mut self, ticket: Ticket, landing: Landing) -> (Range<usize>, Option<Anchor>) {
        let anchor = match landing {
            Landing::Top => None,
            Landing::Go(anchor) => Some(anchor),
            Landing::Stay => self.current().map(|hit| Anchor { id: hit.id, near: self.cursor }),
        };
        let near = anchor.map_or(0, |anchor| anchor.near);
        // A question that is under way and was to land elsewhere keeps its landing when only the archive has changed.
        if landing != Landing::Stay || self.landing.is_none() {
            self.landing = Some(landing);
        }
        let range = window::around(near, WINDOW);
        self.asked = Some((ticket, range.clone()));
        (range, anchor)
    }

    /// The part of the current answer that should be fetched next, if any.
    pub(super) fn missing(&self, entries: usize) -> Option<Range<usize>> {
        if !self.loaded || self.landing.is_some() {
            return None;
        }
        let visible = self.visible(entries);
        let held = self.first..self.first + self.hits.len();
        let coming = self.asked.as_ref().map(|(_, range)| range);
        window::missing(&visible, entries, self.total, &held, coming, WINDOW)
    }

    /// Notes that a part of the current answer was asked for.
    pub(super) fn fetching(&mut self, ticket: Ticket, range: Range<usize>) {
        self.asked = Some((ticket, range));
    }

    /// Takes the answer to the question with this ticket; says whether it was still wanted.
    pub(super) fn take(&mut self, ticket: Ticket, page: Page, entries: usize) -> bool {
        if self.asked.as_ref().is_none_or(|(asked, _)| *asked != ticket) {
            return false;
        }
        self.asked = None;
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
        self.hold(page, wanted, entries);
        true
    }

    /// Takes the whole of an answer that was cut short; the cursor stays on its article, and at the top where it was not moved.
    pub(super) fn finish(&mut self, page: Page, entries: usize) {
        let wanted = self.current().filter(|_| self.cursor > 0).map(|hit| (hit.id, self.cursor));
        self.hold(page, wanted, entries);
    }

    /// The part of the answer that is held, or could be.
    pub(super) fn window(&self) -> Range<usize> {
        self.first..self.first + WINDOW
    }

    /// Holds a page, with the cursor on an article of it.
    fn hold(&mut self, page: Page, wanted: Option<(ArticleId, usize)>, entries: usize) {
        (self.first, self.hits, self.total, self.at_least) = (page.first, page.hits, page.total, page.at_least);
        self.respelled = page.respelled;
        self.loaded = true;
        if let Some((id, near)) = wanted {
            let offset = self.cursor.saturating_sub(self.top);
            let place = self.hits.iter().position(|hit| hit.id == id);
            self.cursor = place.map_or(near, |place| self.first + place);
            self.top = self.cursor.saturating_sub(offset);
        }
        self.move_to(self.cursor, entries);
    }
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
            assert!(list.held() <= WINDOW);
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

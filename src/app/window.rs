//! A long answer of which only a part is at hand: the window around what is visible, whatever the size of the whole, the cursor in
//! it, how far it scrolls with that, and which part should be fetched next.

use std::ops::Range;

use super::Ticket;

/// What a window shows.
pub trait Entry {
    /// What tells it from others.
    type Id: PartialEq + Copy;

    /// How many are asked for at a time; no more are ever held.
    const AT_A_TIME: usize;

    /// How many of the page before stay in sight where there is room.
    const IN_SIGHT: usize;

    /// Which it is.
    fn id(&self) -> Self::Id;
}

/// A part of an answer, as it comes.
pub(super) struct Part<T> {
    pub(super) first: usize,
    pub(super) entries: Vec<T>,
    pub(super) total: usize,
    pub(super) at_least: bool,
    pub(super) respelled: Vec<(String, Vec<String>)>,
}

/// A window of an answer and the cursor in it.
#[derive(Clone, Debug)]
pub struct Window<T> {
    /// How many entries the whole answer has.
    pub total: usize,
    /// Whether these are only those that were found in time; the others are on their way.
    pub at_least: bool,
    /// Whether any answer has come yet.
    pub loaded: bool,
    /// The place of the cursor in the whole answer; 0 in an empty one.
    pub cursor: usize,
    /// The first visible entry.
    pub top: usize,
    /// Words that nothing matched, each with what was taken instead.
    pub respelled: Vec<(String, Vec<String>)>,
    first: usize,
    entries: Vec<T>,
    asked: Option<(Ticket, Range<usize>)>,
}

impl<T> Default for Window<T> {
    fn default() -> Window<T> {
        Window {
            total: 0,
            at_least: false,
            loaded: false,
            cursor: 0,
            top: 0,
            respelled: Vec::new(),
            first: 0,
            entries: Vec::new(),
            asked: None,
        }
    }
}

impl<T: Entry> Window<T> {
    /// How many entries the whole answer has, in words where only a part of them was counted yet.
    pub fn counted(&self) -> String {
        if self.at_least { format!("≥ {}", self.total) } else { self.total.to_string() }
    }

    /// The entry at `index` of the answer, if it is at hand.
    pub fn at(&self, index: usize) -> Option<&T> {
        self.entries.get(index.checked_sub(self.first)?)
    }

    /// The entry under the cursor, if it is at hand.
    pub fn current(&self) -> Option<&T> {
        self.at(self.cursor)
    }

    /// Which entries a pane of `rows` entries shows.
    pub fn visible(&self, rows: usize) -> Range<usize> {
        self.top..self.total.min(self.top + rows)
    }

    /// What is held, and where in the answer it stands.
    pub fn held(&self) -> (Range<usize>, &[T]) {
        (self.first..self.first + self.entries.len(), &self.entries)
    }

    /// The entries that are held, to change them.
    pub(super) fn entries_mut(&mut self) -> &mut [T] {
        &mut self.entries
    }

    /// Whether entries were asked for and have not come yet.
    pub(super) fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// The part of the answer that is held, or could be.
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.first + T::AT_A_TIME
    }

    /// Moves the cursor, at most to the ends, and scrolls a page at a time, so that most moves change two entries only.
    /// Says whether it moved.
    pub(super) fn move_to(&mut self, index: usize, rows: usize) -> bool {
        let before = self.cursor;
        self.cursor = index.min(self.total.saturating_sub(1));
        self.reveal(rows);
        self.cursor != before
    }

    /// Scrolls so that the cursor is visible and no page is emptier than need be.
    pub(super) fn reveal(&mut self, rows: usize) {
        let context = if rows > 4 { T::IN_SIGHT } else { 0 };
        self.top = revealing(self.cursor, self.top, self.total, rows, context);
    }

    /// Notes that a question was asked; the part of its answer around `index` is to be asked for.
    pub(super) fn ask(&mut self, ticket: Ticket, index: usize) -> Range<usize> {
        let range = around(index, T::AT_A_TIME);
        self.asked = Some((ticket, range.clone()));
        range
    }

    /// Notes that a part of the present answer was asked for.
    pub(super) fn fetching(&mut self, ticket: Ticket, range: Range<usize>) {
        self.asked = Some((ticket, range));
    }

    /// The part of the present answer to fetch, where what is visible and a page around it are neither held nor on their way.
    pub(super) fn missing(&self, rows: usize) -> Option<Range<usize>> {
        if !self.loaded {
            return None;
        }
        let visible = self.visible(rows);
        let near = visible.start.saturating_sub(rows)..self.total.min(visible.end + rows);
        let covers = |part: &Range<usize>| part.start <= near.start && near.end <= part.end.min(self.total);
        let coming = self.asked.as_ref().is_some_and(|(_, range)| covers(range));
        (!covers(&self.held().0) && !coming).then(|| around((visible.start + visible.end) / 2, T::AT_A_TIME))
    }

    /// Whether the answer to the question with this ticket is still wanted; it is then no longer waited for.
    pub(super) fn is_wanted(&mut self, ticket: Ticket) -> bool {
        self.asked.take_if(|(asked, _)| *asked == ticket).is_some()
    }

    /// Holds a part of the answer, with the cursor on the wanted entry of it, or at least near where it was.
    pub(super) fn hold(&mut self, part: Part<T>, wanted: Option<(T::Id, usize)>, rows: usize) {
        (self.first, self.entries, self.total, self.at_least) = (part.first, part.entries, part.total, part.at_least);
        (self.respelled, self.loaded) = (part.respelled, true);
        if let Some((id, near)) = wanted {
            let offset = self.cursor.saturating_sub(self.top);
            let place = self.entries.iter().position(|entry| entry.id() == id);
            self.cursor = place.map_or(near, |place| self.first + place);
            self.top = self.cursor.saturating_sub(offset);
        }
        self.move_to(self.cursor, rows);
    }

    /// What the cursor should stay on when the whole of an answer comes that was cut short: its entry, and the top where it was
    /// not moved.
    pub(super) fn staying(&self) -> Option<(T::Id, usize)> {
        self.current().filter(|_| self.cursor > 0).map(|entry| (entry.id(), self.cursor))
    }
}

/// The part of so many entries to hold when the screen is around `index`.
fn around(index: usize, size: usize) -> Range<usize> {
    let first = index.saturating_sub(size / 2);
    first..first + size
}

/// The first visible entry of a pane of so many, so that the cursor is visible and no page is emptier than need be. The pane scrolls
/// a page at a time, less `context` entries that stay in sight.
fn revealing(cursor: usize, top: usize, total: usize, rows: usize, context: usize) -> usize {
    let rows = rows.max(1);
    let top = if cursor < top {
        (cursor + 1 + context).saturating_sub(rows)
    } else if cursor >= top + rows {
        cursor - context
    } else {
        top
    };
    top.min(total.saturating_sub(rows))
}

//! The view of statements: who speaks, what they said as cards, and the place in the article where the card's statement stands.

use std::ops::{Deref, DerefMut, Range};

use super::{
    Input, Size, Ticket, Topic,
    panes::Shape,
    window::{Entry, Part, Window},
};
use crate::{
    domain::{
        Card, Clause, EntityId, Expr, Kind, Order, Query, Speaker, Speakers, StatementId, Statements, UNKNOWN, UNNAMED, Who,
    },
    text::Span,
};

/// What the panes show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Articles, the text, the names in it.
    #[default]
    Articles,
    /// Statements, their place in the text, and who speaks.
    Statements,
}

impl Entry for Card {
    type Id = StatementId;

    const AT_A_TIME: usize = 60;
    const IN_SIGHT: usize = 0;

    fn id(&self) -> StatementId {
        self.id
    }
}

/// How many speakers are asked for.
pub(super) const SPEAKERS: usize = 400;

/// How many carriers of a statement are shown.
pub(super) const CARRIERS: usize = 100;

/// The rows of the screen that one card takes: who and how, what, and where.
pub fn card_rows(size: Size) -> u16 {
    match Shape::of(size.width) {
        Shape::Wide | Shape::Split => 4,
        Shape::Stacked | Shape::Single => 3,
    }
}

/// A window of an answer made of statements.
#[derive(Clone, Debug, Default)]
pub struct Cards {
    window: Window<Card>,
    /// How many statements of articles without a date would answer too.
    pub undated: usize,
    /// Whether the cursor goes to the first card when the answer comes.
    anew: bool,
}

impl Deref for Cards {
    type Target = Window<Card>;

    fn deref(&self) -> &Window<Card> {
        &self.window
    }
}

impl DerefMut for Cards {
    fn deref_mut(&mut self) -> &mut Window<Card> {
        &mut self.window
    }
}

impl Cards {
    /// Asks a question: the range to ask for. `anew` sends the cursor to the first card of the answer.
    pub(super) fn ask(&mut self, ticket: Ticket, anew: bool) -> Range<usize> {
        self.anew |= anew;
        let near = if self.anew { 0 } else { self.cursor };
        self.window.ask(ticket, near)
    }

    /// The part of the answer that should be fetched next, if any.
    pub(super) fn missing(&self, entries: usize) -> Option<Range<usize>> {
        self.window.missing(entries).filter(|_| !self.anew)
    }

    /// Takes the answer to the question with this ticket; says whether it was still wanted.
    pub(super) fn take(&mut self, ticket: Ticket, page: Statements, entries: usize) -> bool {
        if !self.is_wanted(ticket) {
            return false;
        }
        if std::mem::take(&mut self.anew) {
            (self.cursor, self.top) = (0, 0);
            self.hold_page(page, None, entries);
        } else {
            let wanted = self.current().map(|card| (card.id, self.cursor));
            self.hold_page(page, wanted, entries);
        }
        true
    }

    /// Takes the whole of an answer that was cut short.
    pub(super) fn finish(&mut self, page: Statements, entries: usize) {
        let wanted = self.staying();
        self.hold_page(page, wanted, entries);
    }

    fn hold_page(&mut self, page: Statements, wanted: Option<(StatementId, usize)>, entries: usize) {
        let Statements { first, cards, total, at_least, undated, respelled } = page;
        self.undated = undated;
        self.hold(Part { first, entries: cards, total, at_least, respelled }, wanted, entries);
    }

    /// All these cards, the cursor on the first.
    fn of(cards: Vec<Card>) -> Cards {
        let mut all = Cards::default();
        let total = cards.len();
        all.hold(Part { first: 0, entries: cards, total, at_least: false, respelled: Vec::new() }, None, 1);
        all
    }
}

/// All that the view of statements knows.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The answer.
    pub cards: Cards,
    /// The statement whose carriers are on show, and they.
    pub opened: Option<(Card, Cards)>,
    /// Who speaks.
    pub speakers: Speakers,
    /// The cursor among [`Said::voices`].
    pub speaker_cursor: usize,
    /// The first visible row of speakers.
    pub speaker_top: usize,
    /// The speaker to whom the view is narrowed.
    pub speaker: Option<Topic>,
    /// Filter and topics of the view that is not on show.
    pub(super) aside: (Input, Vec<Topic>),
    /// The question whose speakers are known or on their way.
    pub(super) speakers_of: Option<Query>,
    pub(super) speakers_asked: Option<Ticket>,
    pub(super) carriers_asked: Option<(Ticket, StatementId)>,
    /// The question for the rest of an answer that was cut short.
    pub(super) finishing: Option<Ticket>,
}

impl Said {
    /// The cards on show: the answer, or the carriers of one statement.
    pub fn shown(&self) -> &Cards {
        self.opened.as_ref().map_or(&self.cards, |(_, carriers)| carriers)
    }

    pub(super) fn shown_mut(&mut self) -> &mut Cards {
        self.opened.as_mut().map_or(&mut self.cards, |(_, carriers)| carriers)
    }

    /// Shows the carriers of a statement.
    pub(super) fn open(&mut self, card: Card, carriers: Vec<Card>) {
        self.opened = Some((card, Cards::of(carriers)));
    }

    /// The rows of those who speak. Unnamed sources are one row, below which they stand one by one while the view is narrowed to
    /// them or to one of them.
    pub fn voices(&self) -> Vec<Voice<'_>> {
        let Speakers { named, unnamed, unnamed_cards, unknown_cards, .. } = &self.speakers;
        let is_open = self
            .speaker
            .as_ref()
            .is_some_and(|topic| topic.id.0 == UNNAMED || unnamed.iter().any(|source| source.who.id == topic.id));
        let sources = if is_open { unnamed.as_slice() } else { &[] };
        std::iter::once(Voice::Everybody)
            .chain(named.iter().map(Voice::Named))
            .chain((*unnamed_cards > 0).then_some(Voice::Unnamed))
            .chain(sources.iter().map(Voice::Source))
            .chain((*unknown_cards > 0).then_some(Voice::Unknown))
            .collect()
    }

    /// Who stands under the cursor.
    pub(super) fn voice_here(&self) -> Voice<'_> {
        self.voices().get(self.speaker_cursor).copied().unwrap_or(Voice::Everybody)
    }

    /// Whether the view is narrowed to this voice.
    pub fn is_chosen(&self, voice: Voice<'_>) -> bool {
        self.speaker.as_ref().map(|topic| &topic.id) == voice.topic().as_ref().map(|topic| &topic.id)
    }

    /// The question with what this view adds to it: its speaker, and the newest first.
    pub(super) fn narrowed(&self, mut query: Query) -> Query {
        if let Some(speaker) = &self.speaker {
            query.and(Expr::Leaf(Clause::By(Who::Entity(speaker.id.clone()))));
        }
        if query.order == Order::Best {
            query.order = Order::Newest;
        }
        query
    }
}

/// A row of the pane of speakers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Voice<'a> {
    /// All of them.
    Everybody,
    /// One with a name.
    Named(&'a Speaker),
    /// All sources that are described and not named.
    Unnamed,
    /// One of them.
    Source(&'a Speaker),
    /// All of whom nobody knows anything.
    Unknown,
}

impl<'a> Voice<'a> {
    /// The one that it is, where it is one.
    pub fn speaker(self) -> Option<&'a Speaker> {
        match self {
            Voice::Named(speaker) | Voice::Source(speaker) => Some(speaker),
            _ => None,
        }
    }

    /// How many cards are theirs.
    pub fn cards(self, speakers: &Speakers) -> usize {
        match self {
            Voice::Everybody => speakers.cards,
            Voice::Unnamed => speakers.unnamed_cards,
            Voice::Unknown => speakers.unknown_cards,
            Voice::Named(speaker) | Voice::Source(speaker) => speaker.cards,
        }
    }

    /// What the view is narrowed to for it.
    pub(super) fn topic(self) -> Option<Topic> {
        let group = |id: &str, name: &str| Topic { id: EntityId(id.into()), kind: Kind::Person, name: name.into() };
        match self {
            Voice::Everybody => None,
            Voice::Unnamed => Some(group(UNNAMED, "unnamed sources")),
            Voice::Unknown => Some(group(UNKNOWN, "unknown speakers")),
            Voice::Named(Speaker { who, .. }) | Voice::Source(Speaker { who, .. }) => {
                Some(Topic { id: who.id.clone(), kind: who.kind, name: who.name.clone() })
            }
        }
    }
}

/// Where two wordings of one statement differ: the words of `text` that `other` has not in the same order. The method is the
/// longest common subsequence of folded words.
pub fn differences(text: &str, other: &str) -> Vec<Span> {
    let (mine, theirs) = (crate::text::words(text), crate::text::words(other));
    // Lengths of the common rest from each pair of places on.
    let mut rest = vec![vec![0_u16; theirs.len() + 1]; mine.len() + 1];
    for at in (0..mine.len()).rev() {
        for beside in (0..theirs.len()).rev() {
            rest[at][beside] = match mine[at].folded == theirs[beside].folded {
                true => rest[at + 1][beside + 1] + 1,
                false => rest[at + 1][beside].max(rest[at][beside + 1]),
            };
        }
    }
    let (mut differ, mut beside) = (Vec::new(), 0);
    for (at, word) in mine.iter().enumerate() {
        while beside < theirs.len() && word.folded != theirs[beside].folded && rest[at][beside + 1] > rest[at + 1][beside] {
            beside += 1;
        }
        match theirs.get(beside).is_some_and(|other| other.folded == word.folded) {
            true => beside += 1,
            false => differ.push(word.span),
        }
    }
    differ
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn differing<'a>(text: &'a str, other: &str) -> Vec<&'a str> {
        differences(text, other).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn words_that_the_other_lacks_differ() {
        assert_eq!(differing("the boats can come home now", "the boats may come home"), ["can", "now"]);
        assert_eq!(differing("نثق بالمزارعين اليوم", "نثق بالمزارعين"), ["اليوم"]);
        assert_eq!(differing("the same, the same", "The same — the same"), [""; 0]);
        assert_eq!(differing("", "all gone"), [""; 0]);
    }

    proptest! {
        #[test]
        fn what_is_common_is_found_both_ways(one in "[abc ]{0,30}", other in "[abc ]{0,30}") {
            let common = |one: &str, other: &str| crate::text::words(one).len() - differences(one, other).len();
            prop_assert_eq!(common(&one, &other), common(&other, &one));
        }
    }
}

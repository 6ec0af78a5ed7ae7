//! What the model waits for besides keys: times that pass and articles that are on their way, and how long the line takes.

use super::Ticket;

/// What the model waits for besides keys.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timers {
    /// Until keys pause, so that the article under the cursor can be shown.
    pub pause: Option<Ticket>,
    /// Whether that time has come, but the article under the cursor was not known yet.
    pub due: bool,
    /// Until the possible ends of a key sequence are shown.
    pub hint: Option<Ticket>,
    /// For the article that was asked for.
    pub reading: Option<Ticket>,
    /// Until the article on show counts as read.
    pub dwell: Option<Ticket>,
    /// Whether that waits until nothing is typed and nothing lies over the text any more.
    pub dwell_later: bool,
    /// Whether a key was pressed since that began.
    pub pressed: bool,
    /// Whether any key was pressed at all: a program that only started marks nothing.
    pub touched: bool,
    /// For the next unread article.
    pub unread: Option<Ticket>,
    /// How many milliseconds the terminal took to answer: what the line to it takes, there and back.
    pub line: u64,
}

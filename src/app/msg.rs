//! What can happen, and what the program asks of the world: plain values, so that sessions can be replayed and asserted.

use std::ops::Range;

use super::{Key, Setting, Size};
use crate::domain::{
    Among, ArticleId, Card, Change, Explanation, Facets, Offer, Page, Progress, Query, Reading, Report, Saved, Snippet, Speakers,
    StatementId, Statements, Step, Timeline,
};

/// Numbers a question, so that a late answer can be told from a current one. No two questions of a session share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// An article that should be on the page of an answer if it is in the answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The article.
    pub id: ArticleId,
    /// Where in the answer it is probably to be found.
    pub near: usize,
}

/// What a mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The first button was pressed.
    Click,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse was used in a cell, counted from the left upper corner: its column and row.
    Mouse(Pointer, u16, u16),
    /// Text was pasted.
    Paste(String),
    /// The screen has this size now.
    Resize(Size),
    /// The answer to [`Effect::Search`].
    Found(Ticket, Page),
    /// The answer to [`Effect::Finish`].
    Finished(Ticket, Page),
    /// The answer to [`Effect::Read`]; `None` where the archive no longer holds the article.
    Read(Ticket, Option<Box<Reading>>),
    /// The time asked for with [`Effect::After`] has passed.
    Elapsed(Ticket),
    /// [`Effect::Decide`] or [`Effect::ReadAll`] is written down: the step's label and what changed.
    Decided(String, Vec<Change>),
    /// [`Effect::Decide`] could not be written down: what it was, and why.
    NotDecided(Vec<Change>, String),
    /// What [`Effect::Undo`] undid; `None` where nothing was left.
    Undone(Option<Step>),
    /// What [`Effect::Redo`] did again.
    Redone(Option<Step>),
    /// The answer to [`Effect::History`], the newest step first.
    History(Vec<Step>),
    /// The answer to [`Effect::Tags`].
    Tags(Vec<(String, u64)>),
    /// The answer to [`Effect::FindUnread`]: its place in the answer, if there is one.
    Unread(Ticket, Option<usize>),
    /// The answer to [`Effect::Said`].
    Said(Ticket, Statements),
    /// The answer to [`Effect::FinishSaid`].
    FinishedSaid(Ticket, Statements),
    /// The answer to [`Effect::Speakers`].
    Speakers(Ticket, Speakers),
    /// The answer to [`Effect::Carriers`].
    Carriers(Ticket, Vec<Card>),
    /// The answer to [`Effect::Facets`].
    Facets(Ticket, Facets),
    /// The answer to [`Effect::Timeline`].
    Timeline(Ticket, Timeline),
    /// The answer to [`Effect::Explain`].
    Explained(Ticket, Explanation),
    /// The answer to [`Effect::Snippets`].
    Snippets(Ticket, Vec<Snippet>),
    /// The answer to [`Effect::Offer`].
    Offered(Ticket, Vec<Offer>),
    /// The answer to [`Effect::Searches`].
    Searches(Vec<Saved>),
    /// The archive has changed, by this program or another.
    Changed,
    /// An import goes on.
    Importing(Progress),
    /// An import is done.
    Imported(Report),
    /// An import has ended before its time; the text is for the reader.
    ImportFailed(String),
    /// The terminal has answered what it was asked so many milliseconds before.
    Answered(u64),
    /// Something could not be done; the text is for the reader.
    Failed(String),
    /// Something the reader should know.
    Told(String),
    /// Something that was done as asked, in words for the reader.
    Done(String),
    /// A setting that was asked for with [`Effect::Set`] is in force.
    Set(Setting, String),
    /// Put the program into the background, as if by key.
    Suspend,
    /// Leave, as if by key.
    Quit,
}

/// Something the world is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Search the archive for the articles in a range of the answer; a page with the anchor's article is wanted where there is one.
    Search {
        /// Comes back with [`Msg::Found`].
        ticket: Ticket,
        /// What to look for.
        query: Query,
        /// Which part of the answer.
        range: Range<usize>,
        /// The article to find.
        anchor: Option<Anchor>,
    },
    /// Find what a search had no time for, when nothing else waits; answered by [`Msg::Finished`].
    Finish(Ticket, Query, Range<usize>),
    /// Fetch an article and the places where the query matches; answered by [`Msg::Read`].
    Read(Ticket, ArticleId, Query),
    /// Write one step of decisions into the journal, under a label; answered by [`Msg::Decided`] when it is kept for good.
    Decide(String, Vec<Change>),
    /// Mark all articles of an answer as read, as one step.
    ReadAll(Query),
    /// Undo so many steps of the journal.
    Undo(usize),
    /// Do so many undone steps again.
    Redo(usize),
    /// Undo down to the step with this number, itself included. Steps are told by number, for others may have been made since they
    /// were listed.
    UndoTo(u64),
    /// Do undone steps again up to the one with this number.
    RedoTo(u64),
    /// Fetch the journal's newest steps, at most so many.
    History(usize),
    /// Fetch all tags.
    Tags,
    /// Look for the unread article nearest to a place of the answer, before or after it.
    FindUnread {
        /// Comes back with [`Msg::Unread`].
        ticket: Ticket,
        /// What is listed.
        query: Query,
        /// From where to look; that place is not looked at.
        from: usize,
        /// Whether to look after it.
        forward: bool,
    },
    /// Search the archive for statements, in a range of the answer.
    Said {
        /// Comes back with [`Msg::Said`].
        ticket: Ticket,
        /// What to look for.
        query: Query,
        /// Which part of the answer.
        range: Range<usize>,
    },
    /// Find the statements that there was no time for, when nothing else waits; answered by [`Msg::FinishedSaid`].
    FinishSaid(Ticket, Query, Range<usize>),
    /// Count who speaks in an answer.
    Speakers {
        /// Comes back with [`Msg::Speakers`].
        ticket: Ticket,
        /// What to look for.
        query: Query,
        /// How many speakers at most.
        most: usize,
    },
    /// Fetch the statements that are the same as this one.
    Carriers {
        /// Comes back with [`Msg::Carriers`].
        ticket: Ticket,
        /// The statement.
        id: StatementId,
        /// How many at most.
        most: usize,
    },
    /// Count what the answer to a query is made of, when nothing else waits; answered by [`Msg::Facets`].
    Facets(Ticket, Query),
    /// Count when the articles that answer a query were published; answered by [`Msg::Timeline`].
    Timeline(Ticket, Query),
    /// Find out why nothing answers a query, or what could be meant by one that few articles answer, and whether what it reads on
    /// other keyboard layouts is found; answered by [`Msg::Explained`].
    Explain(Ticket, Query, Vec<(String, Query)>),
    /// Fetch the lines of some articles where a query matches most; answered by [`Msg::Snippets`].
    Snippets(Ticket, Vec<ArticleId>, Query),
    /// Look up what the archive knows that begins so; answered by [`Msg::Offered`].
    Offer(Ticket, Among, String),
    /// Fetch the saved searches; answered by [`Msg::Searches`].
    Searches,
    /// Keep a search under its name; answered by [`Msg::Done`] or [`Msg::Failed`].
    SaveSearch(Saved),
    /// Keep the search of this name no longer.
    DeleteSearch(String),
    /// See whether the archive has changed; answered by [`Msg::Changed`] if so.
    Refresh,
    /// Send [`Msg::Elapsed`] after so many milliseconds.
    After(Ticket, u64),
    /// Send text towards the terminal's clipboard; answered by [`Msg::Done`] or [`Msg::Failed`].
    Copy {
        /// What is sent, as the reader knows it: "citation".
        what: &'static str,
        /// The text, in logical order.
        text: String,
    },
    /// Open an address in a browser; answered by [`Msg::Done`] or [`Msg::Failed`].
    Visit(String),
    /// Hand the terminal to the reader's editor or pager with a copy of a text.
    Show {
        /// What the copy is to be called; letters and digits only.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Hand the terminal to a command, with a text as its input; what it prints stays until the reader has seen it.
    Pipe {
        /// What the shell is given.
        command: String,
        /// The text.
        text: String,
    },
    /// Change what the world knows of a setting; answered by [`Msg::Set`] or [`Msg::Failed`].
    Set(Setting, String),
    /// Send right-to-left text in the next of the ways that there are, and show how it looks; answered by [`Msg::Done`].
    NextBidi,
    /// Draw the whole screen anew.
    Redraw,
    /// Give the terminal back and stop until the shell wakes the program.
    Suspend,
    /// Leave.
    Quit,
}

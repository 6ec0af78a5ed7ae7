//! All that the program knows while it runs.

use super::{
    Completing, Context, Explained, FacetPane, HelpView, History, Input, Key, Keymap, Layout, List, Panel, Panes, Prompt, Reader,
    Said, Searches, Settings, Side, Size, Snippets, Strip, Ticket, View, list::Landing, msg::Effect, timers::Timers,
};
use crate::{
    domain::{ArticleId, Change, Clause, EntityId, Expr, Kind, Progress, Query, Report, Saved, Suggestion, Who},
    query,
    text::{clean_line, keyboard},
};

/// The pane to which keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The articles.
    #[default]
    List,
    /// The text.
    Text,
    /// The names in the text.
    Names,
}

/// An entity to which the list is narrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The entity.
    pub id: EntityId,
    /// What it is.
    pub kind: Kind,
    /// The name to show.
    pub name: String,
}

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something is not as it was asked for.
    Warning,
    /// Something failed.
    Error,
}

/// A line for the reader, shown until the next key.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How grave it is.
    pub severity: Severity,
    /// What it says, on one line.
    pub text: String,
}

/// Whether articles are being read in.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Import {
    /// No.
    #[default]
    None,
    /// Yes, and so far it has come.
    Running(Progress),
    /// They were.
    Done(Report),
}

/// The state of the program.
#[derive(Debug, Default)]
pub struct Model {
    /// What is being read, for the top line.
    pub title: String,
    /// The size of the screen.
    pub size: Size,
    /// On which side the screen begins.
    pub side: Side,
    /// What the reader wishes of it.
    pub(super) layout: Layout,
    /// The keys in force.
    pub keymap: Keymap,
    /// Keys pressed so far towards a command.
    pub pending: Vec<Key>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// Whether the possible ends of `pending` are shown.
    pub hints: bool,
    /// What the panes show.
    pub view: View,
    /// The statements, and who speaks.
    pub said: Said,
    /// Where keys go.
    pub focus: Focus,
    /// Whether the filter line is being edited; then keys go there.
    pub filtering: bool,
    /// The help, while it is on show.
    pub help: Option<HelpView>,
    /// The line that asks for something; while it is there, keys go to it.
    pub prompt: Option<Prompt>,
    /// The commands given by name, the newest last.
    pub commands: Vec<String>,
    /// The filters that were kept, the newest last.
    pub filters: Vec<String>,
    /// Whether what is typed next takes the place of the filter, which was kept before, unless it is a blank or edits it.
    pub renewing: bool,
    /// How many filters back the filter line is; 0 is what is typed now.
    pub(super) filters_back: usize,
    /// The commands that articles were piped to, the newest last.
    pub piped: Vec<String>,
    /// What can be set, as it is set.
    pub settings: Settings,
    /// What was not understood in the configuration.
    pub faults: Vec<String>,
    /// The journal on show.
    pub history: Option<History>,
    /// What is listed is made of this.
    pub facets: FacetPane,
    /// When what is listed was published.
    pub strip: Strip,
    /// Where listed articles answer best.
    pub snippets: Snippets,
    /// Why nothing is listed.
    pub explained: Option<Explained>,
    /// Another spelling of a query that few articles answer.
    pub offered: Option<Suggestion>,
    /// The saved searches on show.
    pub searches: Option<Searches>,
    /// Searches that were deleted in this session, the latest last.
    pub(super) deleted: Vec<Saved>,
    /// How often the archive was asked anew.
    pub(super) answer: u64,
    pub(super) derived: Derived,
    /// All tags and how many articles bear each, as far as known.
    pub tags: Vec<(String, u64)>,
    /// The filter as typed.
    pub filter: Input,
    /// What the piece at the caret of the filter may become.
    pub completing: Option<Completing>,
    /// What the list is narrowed to, the latest last.
    pub topics: Vec<Topic>,
    /// The articles.
    pub list: List,
    /// The article on show.
    pub reader: Reader,
    /// The names in it.
    pub panel: Panel,
    /// How many articles the archive holds, as far as known.
    pub articles: usize,
    /// Whether articles are being read in.
    pub import: Import,
    /// What the reader should know.
    pub notice: Option<Notice>,
    /// The article and the question that were last asked for, so that nothing is fetched twice.
    pub(super) requested: Option<(ArticleId, Query)>,
    /// Where the cursor was when filtering began.
    pub(super) before: Option<super::Anchor>,
    /// Where to stand in the next article.
    pub(super) entry: Entry,
    /// A command that waits for the article under the cursor to be shown.
    pub(super) awaited: Option<super::Command>,
    /// Nothing may be written: what would decide something is refused.
    pub read_only: bool,
    /// What was decided and is not written down yet, in order.
    pub(super) deciding: Vec<Change>,
    /// Where the last session ended: the article and the first byte on the screen.
    pub(super) left: Option<(ArticleId, u32)>,
    pub(super) timers: Timers,
    last: u64,
}

/// What was asked for besides the hits of the present answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Derived {
    /// The last answer for which an explanation was asked for.
    pub explained: u64,
    /// The explanation that was asked for.
    pub explaining: Option<Ticket>,
    /// The whole of an answer that was cut short.
    pub finishing: Option<Ticket>,
}

/// Where to stand in an article when it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Entry {
    /// At its top, or where its first hit can be seen.
    #[default]
    Top,
    /// On its first hit.
    FirstHit,
    /// On its last hit.
    LastHit,
}

impl Model {
    /// A program that has shown nothing yet, and what it needs to begin.
    pub fn new(title: &str, size: Size) -> (Model, Vec<Effect>) {
        let mut model = Model { title: clean_line(title), size, ..Model::default() };
        model.arrange();
        let effects = model.ask(Landing::Top);
        (model, effects)
    }

    /// Lets the screen begin on the side that the reader wishes.
    pub fn lay_out(&mut self, layout: Layout) {
        self.layout = layout;
        match layout {
            Layout::Auto => {}
            Layout::Ltr => self.side = Side::Left,
            Layout::Rtl => self.side = Side::Right,
        }
    }

    /// Where keys go, as sections of a key file know it.
    pub fn context(&self) -> Context {
        match self.focus {
            _ if self.is_searching_help() => Context::Filter,
            _ if self.help.is_some() => Context::Help,
            _ if self.prompt.is_some() => Context::Prompt,
            _ if self.history.is_some() => Context::History,
            _ if self.searches.is_some() => Context::Searches,
            _ if self.filtering => Context::Filter,
            _ if self.strip.walking => Context::Timeline,
            Focus::List => Context::List,
            Focus::Text if self.reader.selection.is_some() => Context::Select,
            Focus::Text => Context::Text,
            Focus::Names if self.facets.on && self.view == View::Articles => Context::Facets,
            Focus::Names => Context::Names,
        }
    }

    /// Where keys go, or went before the help was opened.
    pub fn context_below_help(&self) -> Context {
        match (self.filtering, self.focus) {
            _ if self.prompt.is_some() => Context::Prompt,
            _ if self.history.is_some() => Context::History,
            _ if self.searches.is_some() => Context::Searches,
            (true, _) => Context::Filter,
            _ if self.strip.walking => Context::Timeline,
            (false, Focus::List) => Context::List,
            (false, Focus::Text) if self.reader.selection.is_some() => Context::Select,
            (false, Focus::Text) => Context::Text,
            (false, Focus::Names) if self.facets.on && self.view == View::Articles => Context::Facets,
            (false, Focus::Names) => Context::Names,
        }
    }

    /// Whether what is looked for in the help is being typed.
    pub fn is_searching_help(&self) -> bool {
        self.help.as_ref().is_some_and(|help| help.typing)
    }

    /// What is typed into the filter and says nothing, in words.
    pub fn problems(&self) -> Vec<query::Problem> {
        query::problems(self.filter.text(), self.filtering)
    }

    /// What is asked of the archive now.
    pub fn query(&self) -> Query {
        let query = self.everybodys();
        if self.view == View::Statements { self.said.narrowed(query) } else { query }
    }

    /// What the filter would ask for if another keyboard layout had been active, each with how it then reads.
    pub fn retyped(&self) -> Vec<(String, Query)> {
        let lines = keyboard::retyped(self.filter.text());
        lines.into_iter().map(|line| (line.clone(), asked(&line, &self.topics))).collect()
    }

    /// What is asked now, whoever speaks.
    pub(super) fn everybodys(&self) -> Query {
        asked(self.filter.text(), &self.topics)
    }

    /// What the list of articles asks, on show or not.
    fn of_articles(&self) -> Query {
        match self.view {
            View::Articles => self.query(),
            View::Statements => asked(self.said.aside.0.text(), &self.said.aside.1),
        }
    }

    /// Whether less than the whole archive is listed.
    pub fn is_narrowed(&self) -> bool {
        let is_of_one = self.view == View::Statements && self.said.speaker.is_some();
        !self.filter.is_empty() || !self.topics.is_empty() || is_of_one
    }

    /// Where everything is drawn.
    pub fn panes(&self) -> Panes {
        self.panes_with(self.focus)
    }

    /// How many articles the list pane shows; at least one, so that the cursor has a place while the pane is hidden.
    pub fn entries(&self) -> usize {
        let rows = self.panes().list.map_or(self.size.height, |area| area.below_title().height);
        usize::from(rows / self.entry_rows()).max(1)
    }

    /// Rows of the screen that one article takes in the list.
    pub fn entry_rows(&self) -> u16 {
        super::ENTRY_ROWS + u16::from(self.shows_snippets())
    }

    /// Whether a line of text stands below each title.
    pub fn shows_snippets(&self) -> bool {
        self.snippets.on && !self.query().terms().is_empty()
    }

    /// Where everything would be drawn with the focus elsewhere; the timeline takes its rows from the panes.
    pub(super) fn panes_with(&self, focus: Focus) -> Panes {
        if self.view == View::Statements {
            return Panes::of_statements(self.size, focus, self.side);
        }
        let panes = Panes::of(self.size, focus, self.side);
        if self.strip.on { panes.with_strip(self.size, focus, self.side) } else { panes }
    }

    /// How many rows the pane of names shows in all its columns.
    pub fn panel_rows(&self) -> usize {
        let area = self.panes_with(Focus::Names).names.unwrap_or_default();
        usize::from(area.below_title().height) * usize::from(Panel::columns(area.width))
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.last += 1;
        Ticket(self.last)
    }

    /// Lays out everything for the present size and focus.
    pub(super) fn arrange(&mut self) {
        // Hidden text keeps the layout of its own pane, so that going there and back moves nothing.
        let area = self.panes_with(Focus::Text).text.unwrap_or_default();
        let inside = area.below_title().inside();
        self.reader.resize(inside.width, inside.height);
        let entries = self.entries();
        self.list.reveal(entries);
        let cards = self.card_entries();
        self.said.shown_mut().reveal(cards);
        let rows = self.panel_rows();
        self.panel.move_to(self.panel.cursor, rows);
        let rows = self.facet_rows();
        self.facets.move_to(self.facets.cursor, rows);
        let width = self.strip_width();
        self.strip.move_to(self.strip.cursor, width);
    }

    /// Asks the current question anew.
    pub(super) fn ask(&mut self, landing: Landing) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.view == View::Statements {
            effects = self.ask_statements(landing == Landing::Top);
            if landing == Landing::Top {
                return effects;
            }
            // Something has changed, for the articles too.
        }
        self.answer += 1;
        self.forget_explanation();
        self.facets.is_current = false;
        self.derived.finishing = None;
        let ticket = self.ticket();
        let (range, anchor) = self.list.ask(ticket, landing);
        effects.push(Effect::Search { ticket, query: self.of_articles(), range, anchor });
        effects
    }

    /// Forgets why the answer is empty or what could be meant rather, also where that is on its way.
    pub(super) fn forget_explanation(&mut self) {
        (self.explained, self.offered, self.derived.explaining) = (None, None, None);
    }

    pub(super) fn tell(&mut self, severity: Severity, text: impl AsRef<str>) {
        self.notice = Some(Notice { severity, text: clean_line(text.as_ref()) });
    }
}

/// What a filter and the names to which it is narrowed ask.
fn asked(filter: &str, topics: &[Topic]) -> Query {
    let mut query = query::parse(filter, true);
    for topic in topics {
        query.and(Expr::Leaf(Clause::About(Who::Entity(topic.id.clone()))));
    }
    query
}

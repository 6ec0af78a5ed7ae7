//! The keys that work here, gathered from the tables of commands and keys, and the search in them.

use std::borrow::Cow;

use super::{Command, Context, Explained, Focus, Input, Key, Model, PanelRow, View};
use crate::text::fold;

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The keys, as they are written; empty where the line tells of a fault in the configuration.
    pub keys: String,
    /// What they do, or the fault.
    pub help: Cow<'static, str>,
}

/// The help while it is on show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpView {
    /// The first visible line.
    pub top: usize,
    /// What is looked for.
    pub search: Input,
    /// Whether that is being typed.
    pub typing: bool,
}

/// What can be done in the place from which help was asked for, with its keys, as far as it answers what is looked for; before
/// that, what was not understood in the configuration.
pub fn help(model: &Model) -> Vec<HelpLine> {
    let context = model.context_below_help();
    let bindings = model.keymap.bindings(context, &[]);
    let by_name = bindings.iter().any(|(_, bound)| *bound == Command::CommandLine);
    let is_bound = |command: Command| {
        Context::ALL.iter().any(|context| model.keymap.bindings(*context, &[]).iter().any(|(_, bound)| *bound == command))
    };
    let wanted: Vec<String> = model.help.iter().flat_map(|help| help.search.text().split_whitespace()).map(fold).collect();
    let answers = |text: &str| {
        let text = fold(text);
        wanted.iter().all(|word| text.contains(word.as_str()))
    };
    let faults = model.faults.iter().map(|fault| HelpLine { keys: String::new(), help: Cow::Owned(fault.clone()) });
    let mut lines: Vec<HelpLine> = faults.filter(|line| answers(&line.help)).collect();
    for command in Command::ALL.iter().filter(|command| model.works(**command)) {
        let keys: Vec<String> = bindings.iter().filter(|(_, bound)| bound == command).map(|(keys, _)| written(keys)).collect();
        let keys = match keys.is_empty() {
            false => keys.join("  "),
            // What has no key anywhere is given by its name.
            true if by_name && !is_bound(*command) => format!(":{}", command.name()),
            true => continue,
        };
        if answers(&format!("{keys} {} {}", command.name(), command.help())) {
            lines.push(HelpLine { keys, help: Cow::Borrowed(command.help()) });
        }
    }
    if context.is_typed() {
        let editing = [
            ("left  right  home  end  C-a  C-e  M-b  M-f", "Move in the line"),
            ("backspace  delete  C-w  C-u  C-k  M-d", "Erase in the line; C-y brings it back"),
        ];
        let editing = editing.map(|(keys, help)| HelpLine { keys: keys.to_owned(), help: Cow::Borrowed(help) });
        lines.extend(editing.into_iter().filter(|line| answers(&format!("{} {}", line.keys, line.help))));
    }
    lines
}

/// How the keys pressed so far can go on.
pub fn continuations(model: &Model) -> Vec<HelpLine> {
    let bindings = model.keymap.bindings(model.context(), &model.pending);
    let line = |(keys, command): (Vec<Key>, Command)| HelpLine { keys: written(&keys), help: Cow::Borrowed(command.help()) };
    bindings.into_iter().filter(|(_, command)| model.works(*command)).map(line).collect()
}

/// The keys of a command in the list, as they are written; its name where it has none there.
pub fn keys_of(model: &Model, command: Command) -> String {
    let bindings = model.keymap.bindings(Context::List, &[]);
    let keys = bindings.iter().find(|(_, bound)| *bound == command).map(|(keys, _)| written(keys));
    keys.unwrap_or_else(|| format!(":{}", command.name()))
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<String>>().join(" ")
}

impl Model {
    /// Whether a command would do anything here and now.
    pub fn works(&self, command: Command) -> bool {
        let has_text = self.reader.reading.is_some();
        match command {
            Command::NextHit | Command::PreviousHit => !self.reader.hits().is_empty(),
            Command::Names | Command::Narrow if self.view == View::Statements && self.focus != Focus::Text => true,
            Command::NextName | Command::PreviousName | Command::Names => {
                self.panel.rows.iter().any(|row| matches!(row, PanelRow::Name(_)))
            }
            Command::NextStatement | Command::PreviousStatement => !self.reader.statement_places().is_empty(),
            Command::CopyStatement => self.card_here().is_some() || self.reader.statement_here().is_some(),
            Command::Articles | Command::Carriers => self.view == View::Statements,
            Command::Why => has_text,
            Command::Narrow if self.focus == Focus::Names => self.panel.current().is_some(),
            Command::Narrow => self.reader.entity_here().is_some(),
            Command::Widen => !self.topics.is_empty() || self.view == View::Statements && self.said.speaker.is_some(),
            Command::Clear => self.is_narrowed(),
            Command::Open if self.explained.is_some() => true,
            Command::Respell => {
                let suggests = |explained: &Explained| !explained.explanation.suggestions.is_empty();
                self.offered.is_some() || self.explained.as_ref().is_some_and(suggests)
            }
            Command::OtherEnd
            | Command::SelectParagraph
            | Command::CaretLeft
            | Command::CaretRight
            | Command::NextWord
            | Command::PreviousWord
            | Command::WordEnd
            | Command::RowStart
            | Command::RowEnd
            | Command::NextParagraph
            | Command::PreviousParagraph
            | Command::CopyPassage => self.reader.selection.is_some(),
            Command::Select => has_text,
            Command::NextNote | Command::PreviousNote => !self.reader.noted_passages().is_empty(),
            Command::Open if self.view == View::Statements => self.said.shown().total > 0,
            Command::Open => self.list.total > 0,
            Command::Save => self.is_narrowed(),
            Command::Include | Command::Exclude if self.strip.walking => !self.strip.bars.is_empty(),
            Command::Include | Command::Exclude => self.facets.current().is_some(),
            Command::ReadOn | Command::ReadBack | Command::TextDown | Command::TextUp => has_text,
            Command::CopyCitation | Command::CopyParagraph | Command::CopyArticle | Command::CopyLink => has_text,
            Command::CopyId | Command::Original | Command::Editor | Command::Pipe => has_text,
            Command::Earlier => !self.filters.is_empty(),
            Command::NextArticle | Command::PreviousArticle => self.list.total > 1,
            _ => true,
        }
    }
}

//! The keys that work here, gathered from the tables of commands and keys.

use super::{Command, Context, Focus, Key, Model, PanelRow, View};

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The keys, as they are written; empty on a heading.
    pub keys: String,
    /// What they do.
    pub help: &'static str,
}

/// What can be done in the place from which help was asked for, with its keys.
pub fn help(model: &Model) -> Vec<HelpLine> {
    let context = model.context_below_help();
    let bindings = model.keymap.bindings(context, &[]);
    let works = Command::ALL.iter().filter(|command| model.works(**command));
    let line = |command: &Command| {
        let keys: Vec<String> = bindings.iter().filter(|(_, bound)| bound == command).map(|(keys, _)| written(keys)).collect();
        (!keys.is_empty()).then(|| HelpLine { keys: keys.join("  "), help: command.help() })
    };
    let mut lines: Vec<HelpLine> = works.filter_map(line).collect();
    if context == Context::Filter {
        let editing = [
            ("left  right  home  end  C-a  C-e", "Move in the filter line"),
            ("backspace  delete  C-w  C-u  C-k", "Erase in the filter line"),
        ];
        lines.extend(editing.map(|(keys, help)| HelpLine { keys: keys.to_owned(), help }));
    }
    lines
}

/// How the keys pressed so far can go on.
pub fn continuations(model: &Model) -> Vec<HelpLine> {
    let bindings = model.keymap.bindings(model.context(), &model.pending);
    let line = |(keys, command): (Vec<Key>, Command)| HelpLine { keys: written(&keys), help: command.help() };
    bindings.into_iter().filter(|(_, command)| model.works(*command)).map(line).collect()
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
            Command::Carriers => self.card_here().is_some_and(|card| card.carriers.len() > 1) || self.said.opened.is_some(),
            Command::NextStatement | Command::PreviousStatement => !self.reader.statement_places().is_empty(),
            Command::CopyStatement => self.card_here().is_some() || self.reader.statement_here().is_some(),
            Command::Articles => self.view == View::Statements,
            Command::Why => has_text,
            Command::Narrow if self.focus == Focus::Names => self.panel.current().is_some(),
            Command::Narrow => self.reader.entity_here().is_some(),
            Command::Widen => !self.topics.is_empty() || self.view == View::Statements && self.said.speaker.is_some(),
            Command::Clear => self.is_narrowed(),
            Command::Open if self.view == View::Statements => self.said.shown().total > 0,
            Command::Open => self.list.total > 0,
            Command::ReadOn | Command::ReadBack | Command::TextDown | Command::TextUp => has_text,
            Command::CopyCitation | Command::CopyParagraph | Command::CopyArticle | Command::CopyLink => has_text,
            Command::CopyId | Command::Original | Command::Editor => has_text,
            Command::NextArticle | Command::PreviousArticle => self.list.total > 1,
            _ => true,
        }
    }
}

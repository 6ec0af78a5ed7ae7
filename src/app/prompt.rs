//! A line at the foot of the screen that asks for something: a tag, a note, a command. It completes what it can.

use super::{Command, Input, Model, Setting};
use crate::{
    domain::ArticleId,
    text::{Span, fold},
};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Tags to put on an article.
    Tag(ArticleId),
    /// Tags to take from it.
    Untag(ArticleId),
    /// A note on it, or on a passage of it.
    Note(ArticleId, Option<Span>),
    /// A command by name.
    Command,
    /// A name for what is listed.
    Name,
    /// A command of the system, which an article is given to.
    Pipe,
    /// One of the filters that were kept before.
    Earlier,
}

impl Wanted {
    /// What stands before the line.
    pub fn label(self) -> &'static str {
        match self {
            Wanted::Tag(_) => "tag: ",
            Wanted::Untag(_) => "remove tag: ",
            Wanted::Note(_, None) => "note: ",
            Wanted::Note(_, Some(_)) => "note on the passage: ",
            Wanted::Command => ":",
            Wanted::Name => "save as: ",
            Wanted::Pipe => "| ",
            Wanted::Earlier => "earlier filter: ",
        }
    }
}

/// What may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the line becomes.
    pub text: String,
    /// What it is or does.
    pub help: String,
}

/// The line and what completes it.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What is asked for.
    pub wanted: Wanted,
    /// What was typed.
    pub input: Input,
    /// The candidate that stands in the line.
    pub chosen: Option<usize>,
    /// What was typed before candidates were tried.
    pub(super) typed: String,
    /// How many lines back in those that were typed before; 0 is the new one.
    pub(super) back: usize,
}

impl Prompt {
    /// A line with `text` in it.
    pub(super) fn new(wanted: Wanted, text: impl Into<String>) -> Prompt {
        let input = Input::new(text);
        Prompt { wanted, typed: input.text().to_owned(), input, chosen: None, back: 0 }
    }

    /// What may be meant by what was typed.
    pub fn candidates(&self, model: &Model) -> Vec<Candidate> {
        match self.wanted {
            Wanted::Tag(article) => {
                let has = model.marks_of(article).tags;
                let tags = model.tags.iter().filter(|(tag, _)| !has.contains(tag));
                self.completed(tags.map(|(tag, articles)| (tag.clone(), format!("on {articles}"))))
            }
            Wanted::Untag(article) => self.completed(model.marks_of(article).tags.into_iter().map(|tag| (tag, String::new()))),
            Wanted::Note(..) | Wanted::Name => Vec::new(),
            Wanted::Pipe => Vec::new(),
            Wanted::Earlier => {
                let wanted: Vec<String> = self.typed.split_whitespace().map(fold).collect();
                let answers = |line: &&String| wanted.iter().all(|word| fold(line).contains(word.as_str()));
                let found = model.filters.iter().rev().filter(answers);
                found.map(|line| Candidate { text: line.clone(), help: String::new() }).collect()
            }
            Wanted::Command if self.typed.contains(' ') => self.arguments(model),
            Wanted::Command => {
                let works = Command::ALL.iter().filter(|command| command.is_named() && model.works(**command));
                self.completed(works.map(|command| (command.name().to_owned(), command.help().to_owned())))
            }
        }
    }

    /// What may be said after the name of a command.
    fn arguments(&self, model: &Model) -> Vec<Candidate> {
        let (name, rest) = self.typed.split_once(' ').unwrap_or((&self.typed, ""));
        let setting = rest.split_once(' ').map(|(name, _)| name);
        match (name, setting, model.subject()) {
            ("set", None, _) => {
                let said =
                    |setting: &Setting| (setting.name().to_owned(), format!("{} · {}", model.setting(*setting), setting.help()));
                self.completed(Setting::ALL.iter().map(said))
            }
            ("set", Some(name), _) => {
                let Some(setting) = Setting::ALL.iter().find(|setting| setting.name() == name) else { return Vec::new() };
                let now = model.setting(*setting);
                let values = model.values(*setting).into_iter();
                self.completed(values.map(|value| {
                    let said = if value == now { "now" } else { "" };
                    (value, said.to_owned())
                }))
            }
            ("tag", _, Some(article)) => Prompt { wanted: Wanted::Tag(article), ..self.clone() }.candidates(model),
            ("untag", _, Some(article)) => Prompt { wanted: Wanted::Untag(article), ..self.clone() }.candidates(model),
            _ => Vec::new(),
        }
    }

    /// Names that go on from the last word typed.
    fn completed(&self, names: impl Iterator<Item = (String, String)>) -> Vec<Candidate> {
        let at = self.typed.rfind(' ').map_or(0, |at| at + 1);
        let (head, begun) = self.typed.split_at(at);
        let begun = begun.to_lowercase();
        let meant = names.filter(|(name, _)| name.to_lowercase().starts_with(&begun));
        meant.map(|(name, help)| Candidate { text: format!("{head}{name}"), help }).collect()
    }
}

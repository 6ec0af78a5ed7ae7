//! Taking the article on show out of the program.

use super::earlier;
use crate::app::{
    Command, Effect, Focus, Model, Prompt, Severity, View, Wanted,
    copy::{self, Link},
    told,
};

/// Hands a part of the article to the terminal's clipboard.
pub(super) fn copy(model: &mut Model, command: Command) -> Vec<Effect> {
    if let Some(effects) = later(model, command) {
        return effects;
    }
    if command == Command::CopyStatement {
        return statement(model);
    }
    match copy::taken(&model.reader, command) {
        Some((what, text)) => vec![Effect::Copy { what, text }],
        None => nothing(model),
    }
}

/// Hands the statement under the cursor, or where the reader stands, to the clipboard.
fn statement(model: &mut Model) -> Vec<Effect> {
    let here = model.card_here().filter(|_| model.focus != Focus::Text).map(|card| card.id.number as usize);
    match here.or_else(|| model.reader.statement_here()).and_then(|number| told::citation(&model.reader, number)) {
        Some(text) => vec![Effect::Copy { what: "statement", text }],
        None => {
            model.tell(Severity::Info, "stand on a statement first: ] q goes to the next one");
            Vec::new()
        }
    }
}

/// Opens the article where it was published; where only its file is known, says where that lies.
pub(super) fn original(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = later(model, Command::Original) {
        return effects;
    }
    match model.reader.reading.as_deref().and_then(copy::link) {
        Some(Link::Url(url)) => vec![Effect::Visit(url)],
        Some(Link::File(path)) => {
            model.tell(Severity::Info, format!("no link is known; it was read from \u{2068}{path}\u{2069}"));
            Vec::new()
        }
        None => nothing(model),
    }
}

/// Shows the article in the reader's editor or pager.
pub(super) fn editor(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = later(model, Command::Editor) {
        return effects;
    }
    let shown = model.reader.reading.as_deref().map(|reading| &reading.article);
    match shown.map(|article| Effect::Show { name: article.id.to_string(), text: article.text.clone() }) {
        Some(effect) => vec![effect],
        None => nothing(model),
    }
}

/// Asks for a command that the text is to be given to.
pub(super) fn begin_pipe(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = later(model, Command::Pipe) {
        return effects;
    }
    if model.reader.reading.is_none() {
        return nothing(model);
    }
    model.prompt = Some(Prompt::new(Wanted::Pipe, ""));
    Vec::new()
}

/// Gives what is selected, else the whole article, to a command.
pub(super) fn pipe(model: &mut Model, command: &str) -> Vec<Effect> {
    if command.is_empty() {
        return Vec::new();
    }
    earlier::remember(&mut model.piped, command);
    let Some(reading) = model.reader.reading.as_deref() else { return nothing(model) };
    let text = model.reader.selected().map_or(reading.article.text.as_str(), |span| span.of(&reading.article.text));
    vec![Effect::Pipe { command: command.to_owned(), text: text.to_owned() }]
}

/// Puts a command off while the article under the list's cursor is not on show yet, or the list on its way, so that it never takes
/// another one.
pub(super) fn later(model: &mut Model, command: Command) -> Option<Vec<Effect>> {
    if model.focus != Focus::List {
        return None;
    }
    let is_coming = match model.article_here() {
        Some(here) => model.reader.reading.as_ref().is_none_or(|reading| reading.article.id != here),
        None => model.view == View::Articles && model.list.is_asked(),
    };
    is_coming.then(|| {
        model.awaited = Some(command);
        model.open_current()
    })
}

/// Says that there is no article with which anything could be done.
pub(super) fn nothing(model: &mut Model) -> Vec<Effect> {
    model.tell(Severity::Info, "there is no article here");
    Vec::new()
}

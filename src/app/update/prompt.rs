//! The line that asks for tags and notes: beginning, typing, completing, taking what was typed.

use super::{earlier, keys, scope, searches, settings, take, timeline};
use crate::{
    app::{Command, Effect, Focus, Input, Key, Model, Prompt, Severity, Wanted, marks},
    domain::{ArticleId, Change, Decision, Note, Passage},
    text::Span,
};

/// Asks for tags to put on the article.
pub(super) fn tag(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.subject() else { return take::nothing(model) };
    model.prompt = Some(Prompt::new(Wanted::Tag(article), ""));
    vec![Effect::Tags]
}

/// Asks for tags to take from it; a single one is offered.
pub(super) fn untag(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.subject() else { return take::nothing(model) };
    let tags = model.marks_of(article).tags;
    match tags.as_slice() {
        [] => model.tell(Severity::Info, "this article has no tags"),
        [tag] => model.prompt = Some(Prompt::new(Wanted::Untag(article), tag.as_str())),
        _ => model.prompt = Some(Prompt::new(Wanted::Untag(article), "")),
    }
    Vec::new()
}

/// Asks for a note on the article, or changes the one that is there.
pub(super) fn note(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.subject() else { return take::nothing(model) };
    let passage = noted_passage(model);
    let text = known(model, article, passage).map(|note| note.text).unwrap_or_default();
    model.prompt = Some(Prompt::new(Wanted::Note(article, passage), text));
    Vec::new()
}

/// The passage that a note would be about: the one that is selected, or the one with a note on which the reader stands.
fn noted_passage(model: &Model) -> Option<Span> {
    if model.focus != Focus::Text {
        return None;
    }
    let here = model.reader.here.filter(|here| model.reader.noted_passages().contains(here));
    model.reader.selected().or(here)
}

/// The note that is there already, on an article or on a passage of it.
fn known(model: &Model, article: ArticleId, passage: Option<Span>) -> Option<Note> {
    let is_it = |note: &Note| note.passage.as_ref().map(|passage| passage.span) == passage;
    model.marks_of(article).notes.into_iter().find(is_it)
}

/// Edits the line.
pub(super) fn edit(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else { return Vec::new() };
    // Erasing in an empty line leaves it, as in most prompts.
    if key == Key::Backspace && prompt.input.is_empty() {
        return cancel(model);
    }
    prompt.input.press(key);
    prompt.is_typed();
    Vec::new()
}

/// Pastes into the line.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut model.prompt {
        prompt.input.insert(text.trim());
        prompt.is_typed();
    }
    Vec::new()
}

/// Puts the next or previous candidate into the line; after the last comes what was typed.
pub(super) fn complete(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(mut prompt) = model.prompt.take() else { return Vec::new() };
    let candidates = prompt.candidates(model);
    let last = candidates.len().checked_sub(1);
    prompt.chosen = match (prompt.chosen, forward) {
        (None, true) => last.map(|_| 0),
        (None, false) => last,
        (Some(at), true) => Some(at + 1).filter(|at| *at < candidates.len()),
        (Some(at), false) => at.checked_sub(1),
    };
    let text = prompt.chosen.map_or(&prompt.typed, |at| &candidates[at].text);
    prompt.input = Input::new(text.clone());
    model.prompt = Some(prompt);
    Vec::new()
}

/// Leaves the line with nothing done.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    model.prompt = None;
    Vec::new()
}

/// Does what was asked for.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.prompt.take() else { return Vec::new() };
    let typed = prompt.input.text().trim();
    match prompt.wanted {
        Wanted::Tag(article) => tags(model, article, typed, true),
        Wanted::Untag(article) => tags(model, article, typed, false),
        Wanted::Note(article, passage) => keep_note(model, article, passage, typed),
        Wanted::Command => command(model, typed),
        Wanted::Name => searches::save(model, typed),
        Wanted::Pipe => take::pipe(model, typed),
        Wanted::Earlier => {
            let found = prompt.candidates(model).into_iter().next().map(|candidate| candidate.text);
            let text = found.filter(|_| prompt.chosen.is_none()).unwrap_or_else(|| typed.to_owned());
            earlier::take(model, &text)
        }
    }
}

/// Asks for a command.
pub(super) fn command_line(model: &mut Model) -> Vec<Effect> {
    command_begun(model, "")
}

/// Asks for the rest of a command.
pub(super) fn command_begun(model: &mut Model, begun: &str) -> Vec<Effect> {
    model.prompt = Some(Prompt::new(Wanted::Command, begun));
    Vec::new()
}

/// Puts a command that was given before into the line, or goes back towards the new one.
pub(super) fn older(model: &mut Model, older: bool) -> Vec<Effect> {
    let Some(prompt) = model.prompt.as_mut() else { return Vec::new() };
    let lines = match prompt.wanted {
        Wanted::Command => &model.commands,
        Wanted::Pipe => &model.piped,
        Wanted::Earlier => return complete(model, !older),
        Wanted::Tag(_) | Wanted::Untag(_) | Wanted::Note(..) | Wanted::Name => return Vec::new(),
    };
    let back = if older { prompt.back + 1 } else { prompt.back.saturating_sub(1) };
    if back == 0 {
        (prompt.back, prompt.input) = (0, Input::default());
    } else if let Some(line) = earlier::line(lines, back) {
        (prompt.back, prompt.input) = (back, Input::new(line.as_str()));
    }
    prompt.is_typed();
    Vec::new()
}

/// Carries out a command given by name, or by a beginning that only one name has.
fn command(model: &mut Model, typed: &str) -> Vec<Effect> {
    if typed.is_empty() {
        return Vec::new();
    }
    earlier::remember(&mut model.commands, typed);
    let (name, rest) = typed.split_once(char::is_whitespace).map_or((typed, ""), |(name, rest)| (name, rest.trim()));
    // Who leaves another program by force leaves this one.
    let name = name.strip_suffix('!').unwrap_or(name);
    // A number alone goes to that article, as in many programs.
    if let Some(number) = number(name).filter(|_| rest.is_empty()) {
        model.count = Some(number.max(1));
        return keys::run(model, Command::First);
    }
    let named = Command::ALL.iter().copied().filter(|command| command.is_named());
    let exact = named.clone().find(|command| command.name() == name);
    let begun: Vec<Command> = named.filter(|command| command.name().starts_with(name)).collect();
    let command = match (exact, begun.as_slice()) {
        (Some(command), _) => command,
        (None, [command]) => *command,
        (None, []) => {
            model.tell(Severity::Warning, format!("there is no command '\u{2068}{name}\u{2069}'; : and Tab show all"));
            return Vec::new();
        }
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|command| command.name()).collect();
            model.tell(Severity::Warning, format!("'{name}' may be: {}", names.join(", ")));
            return Vec::new();
        }
    };
    if rest.is_empty() {
        return keys::run(model, command);
    }
    match (command, model.subject(), number(rest)) {
        (Command::Filter, ..) => scope::by(model, rest),
        (Command::Date, ..) => timeline::jump(model, rest),
        (Command::Save, ..) => searches::save(model, rest),
        (Command::Set, ..) => settings::set(model, rest),
        (Command::Pipe, ..) => take::pipe(model, rest),
        (Command::Tag, Some(article), _) => tags(model, article, rest, true),
        (Command::Untag, Some(article), _) => tags(model, article, rest, false),
        (Command::Note, Some(article), _) => keep_note(model, article, noted_passage(model), rest),
        (_, _, Some(number)) => {
            model.count = Some(number.max(1));
            keys::run(model, command)
        }
        _ => {
            model.tell(Severity::Warning, format!("{} takes a number or nothing", command.name()));
            Vec::new()
        }
    }
}

/// A count in the digits of any script that counts.
fn number(text: &str) -> Option<usize> {
    let digit = |c: char| {
        c.to_digit(10)
            .or_else(|| "٠١٢٣٤٥٦٧٨٩".chars().chain("۰۱۲۳۴۵۶۷۸۹".chars()).position(|other| other == c).map(|at| at as u32 % 10))
    };
    let digits: Option<String> = text.chars().map(|c| digit(c).and_then(|digit| char::from_digit(digit, 10))).collect();
    digits?.parse().ok().filter(|number| *number <= keys::LARGEST_COUNT)
}

fn tags(model: &mut Model, article: ArticleId, typed: &str, set: bool) -> Vec<Effect> {
    let has = model.marks_of(article).tags;
    let named = typed.split_whitespace().map(|tag| tag.trim_start_matches('#')).filter(|tag| !tag.is_empty());
    let changed: Vec<&str> = named.filter(|tag| has.iter().any(|known| known == tag) != set).collect();
    if changed.is_empty() {
        if !typed.is_empty() {
            model.tell(Severity::Info, if set { "the article has this tag already" } else { "the article has no such tag" });
        }
        return Vec::new();
    }
    let label = format!("{} {}", if set { "tag" } else { "remove tag" }, changed.join(" "));
    let change = |tag: &&str| Change { article, decision: Decision::Tag((*tag).to_owned(), set) };
    model.decide(label, changed.iter().map(change).collect())
}

fn keep_note(model: &mut Model, article: ArticleId, place: Option<Span>, text: &str) -> Vec<Effect> {
    let known = known(model, article, place);
    if known.as_ref().map_or("", |note| note.text.as_str()) == text {
        return Vec::new();
    }
    // The text may have been taken off the screen while the note was typed.
    let shown = model.reader.reading.as_deref().filter(|reading| reading.article.id == article);
    let quote = place.zip(shown).and_then(|(span, reading)| reading.article.text.get(span.range()));
    let passage = place.zip(quote).map(|(span, quote)| Passage { span, quote: quote.to_owned() });
    if place.is_some() && passage.is_none() {
        model.tell(Severity::Error, "not kept: the passage is no longer on show");
        return Vec::new();
    }
    let id = known.map_or_else(|| marks::note_id(article, place, text), |note| note.id);
    let note = Note { id, passage, text: text.to_owned() };
    model.reader.selection = None;
    let label = if text.is_empty() { "remove note" } else { "note" };
    model.decide(label, vec![Change { article, decision: Decision::Note(note) }])
}

impl Prompt {
    /// Notes that somebody typed: candidates begin from that.
    pub(super) fn is_typed(&mut self) {
        self.typed = self.input.text().to_owned();
        self.chosen = None;
    }
}

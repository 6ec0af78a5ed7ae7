//! The line that asks for tags and notes: beginning, typing, completing, taking what was typed.

use crate::{
    app::{Effect, Key, Model, Prompt, Severity, Wanted, marks},
    domain::{ArticleId, Change, Decision, Note},
};

/// Asks for tags to put on the article.
pub(super) fn tag(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.subject() else { return Vec::new() };
    model.prompt = Some(Prompt::new(Wanted::Tag(article), ""));
    vec![Effect::Tags]
}

/// Asks for tags to take from it; a single one is offered.
pub(super) fn untag(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.subject() else { return Vec::new() };
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
    let Some(article) = model.subject() else { return Vec::new() };
    let marks = model.marks_of(article);
    let text = marks::whole(&marks).map(|note| note.text.clone()).unwrap_or_default();
    model.prompt = Some(Prompt::new(Wanted::Note(article), text));
    Vec::new()
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
    prompt.input = crate::app::Input::new(text.clone());
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
        Wanted::Note(article) => keep_note(model, article, typed),
    }
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

fn keep_note(model: &mut Model, article: ArticleId, text: &str) -> Vec<Effect> {
    let marks = model.marks_of(article);
    let known = marks::whole(&marks);
    if known.map_or("", |note| note.text.as_str()) == text {
        return Vec::new();
    }
    let id = known.map_or_else(|| marks::note_id(article, text), |note| note.id);
    let note = Note { id, passage: None, text: text.to_owned() };
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

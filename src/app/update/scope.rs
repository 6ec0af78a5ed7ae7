//! What is listed: the filter as it is typed, and the names to which the list is narrowed.

use super::{completing, earlier, keys, statements};
use crate::{
    app::{Anchor, Effect, Focus, Input, Key, Model, Severity, Topic, View, list::Landing},
    query,
};

/// Begins to edit the filter.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    if model.filter.is_empty() {
        model.before = model.list.current().map(|hit| Anchor { id: hit.id, near: model.list.cursor });
    }
    model.help = None;
    (model.filtering, model.filters_back) = (true, 0);
    model.renewing = !model.filter.is_empty();
    // On a small screen the list must be in sight for hits to be seen.
    keys::focus(model, Focus::List)
}

/// Keeps the filter and goes to the list.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = completing::accept(model) {
        return effects;
    }
    (model.filtering, model.renewing) = (false, false);
    earlier::remember(&mut model.filters, model.filter.text());
    Vec::new()
}

/// Gives the filter up and goes back to the article where it began.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = completing::cancel(model) {
        return effects;
    }
    (model.filtering, model.renewing) = (false, false);
    if !model.filter.clear() {
        return Vec::new();
    }
    let landing = model.before.take().map_or(Landing::Top, Landing::Go);
    model.ask(landing)
}

/// Edits the filter line; every change asks anew.
pub(super) fn edit(model: &mut Model, key: Key) -> Vec<Effect> {
    model.completing = None;
    // Erasing in an empty line leaves it, as in most prompts.
    if key == Key::Backspace && model.filter.is_empty() {
        return accept(model);
    }
    model.filters_back = 0;
    // As in the address line of a browser; with a blank one goes on.
    if std::mem::take(&mut model.renewing) && matches!(key, Key::Char(c) if c != ' ') {
        model.filter.clear();
    }
    if model.filter.press_in(key, query::row) { changed(model) } else { Vec::new() }
}

/// Pastes into the filter line, and begins it if need be.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    model.completing = None;
    if !model.filtering {
        begin(model);
    }
    if std::mem::take(&mut model.renewing) {
        model.filter.clear();
    }
    if model.filter.insert(text.trim()) { changed(model) } else { Vec::new() }
}

/// Filters by these words, which were given with a command.
pub(super) fn by(model: &mut Model, words: &str) -> Vec<Effect> {
    let mut effects = begin(model);
    model.filtering = false;
    model.filter = Input::new(words);
    earlier::remember(&mut model.filters, words);
    effects.extend(changed(model));
    effects
}

/// Lists only articles that mention the name under the cursor.
pub(super) fn narrow(model: &mut Model) -> Vec<Effect> {
    let chosen = match model.focus {
        Focus::Names if model.view == View::Statements => return statements::choose(model),
        Focus::Names => {
            model.panel.current().map(|named| Topic { id: named.id.clone(), kind: named.kind, name: named.name.clone() })
        }
        Focus::List | Focus::Text => {
            model.reader.entity_here().map(|entity| Topic { id: entity.id.clone(), kind: entity.kind, name: entity.name.clone() })
        }
    };
    let Some(topic) = chosen else {
        model.tell(Severity::Info, "no name is chosen; ] e goes to the next one");
        return Vec::new();
    };
    if model.topics.iter().any(|known| known.id == topic.id) {
        model.tell(Severity::Info, "the list is narrowed to this name already");
        return Vec::new();
    }
    model.topics.push(topic);
    let mut effects = keys::focus(model, Focus::List);
    // The article on show mentions the name, so that it is in the answer.
    effects.extend(model.ask(Landing::Stay));
    effects
}

/// Takes back the last narrowing.
pub(super) fn widen(model: &mut Model) -> Vec<Effect> {
    match model.topics.pop() {
        Some(_) => model.ask(Landing::Stay),
        None => statements::widen(model).unwrap_or_default(),
    }
}

/// Clears the filter, else takes back the last narrowing; the cursor stays on its article.
pub(super) fn clear(model: &mut Model) -> Vec<Effect> {
    if !model.filter.clear() {
        return widen(model);
    }
    let near = model.before.take().map_or(0, |before| before.near);
    let landing = match model.list.current() {
        Some(hit) => Landing::Go(Anchor { id: hit.id, near }),
        None => Landing::Top,
    };
    model.ask(landing)
}

/// Asks for what is typed now.
pub(super) fn changed(model: &mut Model) -> Vec<Effect> {
    if model.filter.is_empty()
        && let Some(before) = model.before
    {
        return model.ask(Landing::Go(before));
    }
    model.ask(Landing::Top)
}

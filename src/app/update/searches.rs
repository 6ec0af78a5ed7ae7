//! Saved searches: keeping what is listed under a name, going back to it, deleting it and taking that back.

use super::scope;
use crate::{
    app::{Effect, Model, Prompt, Searches, Severity, Wanted},
    domain::{Clause, Expr, Saved, Who},
    query,
    text::clean_line,
};

/// Asks for the name under which to keep what is listed.
pub(super) fn ask_name(model: &mut Model) -> Vec<Effect> {
    if !model.is_narrowed() {
        model.tell(Severity::Info, "there is no filter to be saved; / begins one");
        return Vec::new();
    }
    model.prompt = Some(Prompt::new(Wanted::Name, ""));
    Vec::new()
}

/// Keeps what is listed under a name.
pub(super) fn save(model: &mut Model, name: &str) -> Vec<Effect> {
    let name = clean_line(name);
    if name.is_empty() || !model.is_narrowed() {
        model.tell(Severity::Info, "a search needs a filter and a name");
        return Vec::new();
    }
    if model.read_only {
        model.tell(Severity::Warning, "started with --read-only: nothing is saved");
        return Vec::new();
    }
    let about = |id| query::show_clause(&Clause::About(Who::Entity(id)));
    let topics = model.topics.iter().map(|topic| about(topic.id.clone()) + " ");
    let query = (topics.collect::<String>() + model.filter.text()).trim().to_owned();
    vec![Effect::SaveSearch(Saved { name, query })]
}

/// Shows them; the cursor stays where it was.
pub(super) fn show(model: &mut Model, saved: Vec<Saved>) -> Vec<Effect> {
    if saved.is_empty() && model.deleted.is_empty() {
        model.searches = None;
        model.tell(Severity::Info, "no search is saved yet; :save NAME saves the filter");
        return Vec::new();
    }
    let cursor = model.searches.take().map_or(0, |searches| searches.cursor).min(saved.len().saturating_sub(1));
    model.searches = Some(Searches { saved, cursor });
    Vec::new()
}

/// Lists what the search under the cursor finds.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(saved) = model.searches.take().and_then(|searches| searches.current().cloned()) else { return Vec::new() };
    model.topics.clear();
    // Finished: its last word stands for itself.
    scope::by(model, &format!("{} ", saved.query.trim()))
}

/// Deletes the search under the cursor.
pub(super) fn delete(model: &mut Model) -> Vec<Effect> {
    let Some(saved) = model.searches.as_ref().and_then(Searches::current).cloned() else { return Vec::new() };
    if model.read_only {
        model.tell(Severity::Warning, "started with --read-only: nothing is deleted");
        return Vec::new();
    }
    model.tell(Severity::Info, format!("deleted: \u{2068}{}\u{2069}; u brings it back", saved.name));
    let name = saved.name.clone();
    model.deleted.push(saved);
    vec![Effect::DeleteSearch(name), Effect::Searches]
}

/// Brings back the search that was deleted last.
pub(super) fn undelete(model: &mut Model) -> Vec<Effect> {
    match model.deleted.pop() {
        Some(saved) => vec![Effect::SaveSearch(saved), Effect::Searches],
        None => {
            model.tell(Severity::Info, "nothing was deleted in this session");
            Vec::new()
        }
    }
}

/// Asks what the suggestion under the cursor asks, or the spelling offered beside few articles, in place of what was asked.
pub(super) fn take_suggestion(model: &mut Model) -> Vec<Effect> {
    let chosen = model.explained.as_ref().map(|explained| explained.explanation.suggestions.get(explained.cursor));
    let suggestion = chosen.unwrap_or(model.offered.as_ref());
    let Some(mut query) = suggestion.map(|suggestion| suggestion.query.clone()) else { return Vec::new() };
    // The names to which the list is narrowed stand beside the filter; those that are kept stay there.
    let is_topic = |part: &Expr, id| matches!(part, Expr::Leaf(Clause::About(Who::Entity(about))) if *about == id);
    let kept = |id: &crate::domain::EntityId| query.parts().iter().any(|part| is_topic(part, id.clone()));
    let topics: Vec<_> = model.topics.iter().filter(|topic| kept(&topic.id)).cloned().collect();
    query.drop_parts(|part| topics.iter().any(|topic| is_topic(part, topic.id.clone())));
    model.topics = topics;
    scope::by(model, &format!("{} ", query::show(&query)))
}

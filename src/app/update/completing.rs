//! Completing the filter line: opening the list, trying candidates, taking one, giving them up.

use super::scope;
use crate::{
    app::{Command, Completing, Effect, Input, Model, Severity, Ticket},
    domain::Offer,
    query,
};

/// Whether a command leaves the list open.
pub(super) fn is_about(command: Command) -> bool {
    use Command::{Accept, Cancel, Complete, CompleteBack, Next, Previous, Redraw, Suspend};
    matches!(command, Accept | Cancel | Complete | CompleteBack | Next | Previous | Redraw | Suspend)
}

/// Opens the list with its first candidate in the line, or tries the next one.
pub(super) fn complete(model: &mut Model, forward: bool) -> Vec<Effect> {
    if let Some(completing) = &mut model.completing {
        completing.step(forward);
        return show(model);
    }
    let Some(found) = query::completion(model.filter.text(), model.filter.caret()) else {
        model.tell(Severity::Info, "nothing is known to complete here; in an empty place this key shows the fields");
        return Vec::new();
    };
    (model.renewing, model.filters_back) = (false, 0);
    let (among, begun) = (found.among, found.begun.clone());
    let mut completing = Completing::new(&model.filter, found, forward);
    let mut effects = Vec::new();
    if let Some(among) = among {
        let ticket = model.ticket();
        completing.asked = Some(ticket);
        effects.push(Effect::Offer(ticket, among, begun));
    }
    model.completing = Some(completing);
    effects.extend(begin(model));
    effects
}

/// Takes what the archive knows, if that is still wanted.
pub(super) fn offered(model: &mut Model, ticket: Ticket, offers: Vec<Offer>) -> Vec<Effect> {
    let Some(completing) = model.completing.as_mut().filter(|completing| completing.asked == Some(ticket)) else {
        return Vec::new();
    };
    completing.add(offers);
    if completing.proposals.is_empty() {
        let text = match completing.begun.as_str() {
            "" => "the archive knows nothing that could stand here".to_owned(),
            begun => format!("nothing in the archive begins with \u{2068}{begun}\u{2069}"),
        };
        model.completing = None;
        model.tell(Severity::Info, text);
        return Vec::new();
    }
    begin(model)
}

/// Puts the first candidate into the line, unless one stands there; a single one is taken at once.
fn begin(model: &mut Model) -> Vec<Effect> {
    let Some(completing) = &mut model.completing else { return Vec::new() };
    if completing.chosen.is_none() {
        let forward = completing.forward;
        completing.step(forward);
    }
    if completing.asked.is_none() && completing.proposals.len() == 1 && completing.chosen.is_some() {
        return accept(model).unwrap_or_default();
    }
    show(model)
}

/// Takes the candidate in the line, so that one can go on behind it; `None` where there is none.
pub(super) fn accept(model: &mut Model) -> Option<Vec<Effect>> {
    let completing = model.completing.take()?;
    completing.chosen?;
    Some(put(model, completing.taken()))
}

/// Closes the list, with the line as it was typed; `None` where none is open.
pub(super) fn cancel(model: &mut Model) -> Option<Vec<Effect>> {
    let completing = model.completing.take().filter(|completing| !completing.proposals.is_empty())?;
    Some(put(model, completing.typed()))
}

fn show(model: &mut Model) -> Vec<Effect> {
    let line = model.completing.as_ref().map(Completing::line);
    line.map_or_else(Vec::new, |line| put(model, line))
}

/// Filters by the line where it says something else now.
fn put(model: &mut Model, line: Input) -> Vec<Effect> {
    let changed = line.text() != model.filter.text();
    model.filter = line;
    if changed { scope::changed(model) } else { Vec::new() }
}

//! Deciding about articles: read and unread, stars, undoing, and how far an article was read.

use super::{moving, take};
use crate::{
    app::{Effect, History, Model, Severity, Ticket},
    domain::{Change, Decision, Step},
};

/// How long an article must be on show, without a key, before it counts as read, in milliseconds.
const DWELL: u64 = 2_000;

/// How many steps of the journal are shown.
pub(super) const SHOWN_STEPS: usize = 500;

/// Marks the article as read, or as unread again.
pub(super) fn toggle_read(model: &mut Model) -> Vec<Effect> {
    // What was marked unread by hand stays so while it is on show.
    (model.timers.dwell, model.timers.dwell_later) = (None, false);
    toggle(model, |marks| if marks.read { ("unread", Decision::Read(false)) } else { ("read", Decision::Read(true)) })
}

/// Stars the article, or takes the star away.
pub(super) fn toggle_star(model: &mut Model) -> Vec<Effect> {
    toggle(model, |marks| if marks.starred { ("unstar", Decision::Star(false)) } else { ("star", Decision::Star(true)) })
}

fn toggle(model: &mut Model, next: impl Fn(&crate::domain::Marks) -> (&'static str, Decision)) -> Vec<Effect> {
    let Some(article) = model.subject() else { return take::nothing(model) };
    let (label, decision) = next(&model.marks_of(article));
    model.decide(label, vec![Change { article, decision }])
}

/// Shows what was written down, and says so where the screen alone would not.
pub(super) fn decided(model: &mut Model, label: &str, changes: &[Change]) -> Vec<Effect> {
    model.decided(changes);
    match changes {
        [] => model.tell(Severity::Info, "nothing that is listed was unread"),
        [Change { decision: Decision::Read(_) | Decision::Star(_) | Decision::Position(_), .. }] => {}
        [_] => model.tell(Severity::Info, format!("kept: {label}; u undoes it")),
        many => model.tell(Severity::Info, format!("kept: {label}, {} changes; u undoes it", many.len())),
    }
    Vec::new()
}

/// Says what was undone or done again, and asks for what it changed.
pub(super) fn stepped(model: &mut Model, done: &str, step: Option<&Step>) -> Vec<Effect> {
    match step {
        None => model.tell(Severity::Info, format!("nothing is left to be {done}")),
        Some(step) => model.tell(Severity::Info, format!("{done}: {}, {}", step.label, counted(step.changes))),
    }
    let mut effects = model.ask(crate::app::list::Landing::Stay);
    if model.history.is_some() {
        effects.extend(history());
    }
    effects
}

fn counted(changes: usize) -> String {
    if changes == 1 { "1 change".to_owned() } else { format!("{changes} changes") }
}

/// Asks for the journal.
pub(super) fn history() -> Vec<Effect> {
    vec![Effect::History(SHOWN_STEPS)]
}

/// Shows the journal; a cursor that was in it stays where it was.
pub(super) fn show_history(model: &mut Model, steps: Vec<Step>) -> Vec<Effect> {
    if steps.is_empty() {
        model.history = None;
        model.tell(Severity::Info, "nothing was decided yet");
        return Vec::new();
    }
    let cursor = model.history.take().map_or(0, |history| history.cursor).min(steps.len() - 1);
    model.history = Some(History { steps, cursor });
    Vec::new()
}

/// Undoes down to the step under the cursor, or does again up to it.
pub(super) fn undo_to(model: &mut Model) -> Vec<Effect> {
    let Some(step) = model.history.as_ref().and_then(History::current) else { return Vec::new() };
    if step.theirs {
        model.tell(Severity::Info, "another browser on this archive did that just now; only there it can be undone");
        return Vec::new();
    }
    vec![if step.undone { Effect::RedoTo(step.number) } else { Effect::UndoTo(step.number) }]
}

/// Goes to the next or previous unread article; where none is at hand, the archive is asked.
pub(super) fn unread(model: &mut Model, forward: bool) -> Vec<Effect> {
    if let Some(index) = model.list.unread_from(forward) {
        return moving::to(model, index);
    }
    let ticket = model.ticket();
    model.timers.unread = Some(ticket);
    vec![Effect::FindUnread { ticket, query: model.query(), from: model.list.cursor, forward }]
}

/// Goes to the unread article that the archive has found.
pub(super) fn found_unread(model: &mut Model, ticket: Ticket, place: Option<usize>) -> Vec<Effect> {
    if model.timers.unread != Some(ticket) {
        return Vec::new();
    }
    model.timers.unread = None;
    match place {
        Some(index) => moving::to(model, index),
        None => {
            model.tell(Severity::Info, "there is no unread article that way");
            Vec::new()
        }
    }
}

/// Begins to wait until the article on show counts as read.
pub(super) fn dwell(model: &mut Model) -> Vec<Effect> {
    (model.timers.dwell, model.timers.dwell_later) = (None, false);
    let Some(reading) = &model.reader.reading else { return Vec::new() };
    if !model.timers.touched || model.marks_of(reading.article.id).read {
        return Vec::new();
    }
    let ticket = model.ticket();
    (model.timers.dwell, model.timers.pressed) = (Some(ticket), false);
    vec![Effect::After(ticket, DWELL)]
}

/// Whether something is typed or lies over the text.
fn is_covered(model: &Model) -> bool {
    model.filtering || model.help.is_some() || model.prompt.is_some() || model.history.is_some()
}

/// Begins to wait again once what lay over the text is gone.
pub(super) fn uncovered(model: &mut Model) -> Vec<Effect> {
    if !model.timers.dwell_later || is_covered(model) {
        return Vec::new();
    }
    dwell(model)
}

/// The article on show has been there long enough, unless keys were pressed; then the time begins anew.
pub(super) fn dwelt(model: &mut Model) -> Vec<Effect> {
    if is_covered(model) {
        // No timer runs while somebody thinks about a note.
        (model.timers.dwell, model.timers.dwell_later) = (None, true);
        return Vec::new();
    }
    if model.timers.pressed {
        return dwell(model);
    }
    model.timers.dwell = None;
    let Some(article) = model.reader.reading.as_ref().map(|reading| reading.article.id) else { return Vec::new() };
    let is_current = model.list.current().is_some_and(|hit| hit.id == article);
    if !is_current || model.marks_of(article).read {
        return Vec::new();
    }
    model.decide("read", vec![Change { article, decision: Decision::Read(true) }])
}

/// Keeps how far the article on show was read, if somebody read in it.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(reading) = model.reader.reading.as_ref().filter(|_| model.reader.moved) else { return Vec::new() };
    // What was read to its end is begun anew.
    let byte = if model.reader.is_at_end() { 0 } else { model.reader.position() };
    let article = reading.article.id;
    if model.marks_of(article).position == byte {
        return Vec::new();
    }
    model.decide("reading position", vec![Change { article, decision: Decision::Position(byte) }])
}

/// Scrolls to where the article on show was left; says whether there is such a place.
pub(super) fn go_back(model: &mut Model) -> bool {
    let Some(reading) = &model.reader.reading else { return false };
    let left = model.left.take().filter(|(article, _)| *article == reading.article.id).map(|(_, byte)| byte);
    let kept = Some(reading.marks.position).filter(|_| reading.hits.is_empty());
    match left.or(kept) {
        None | Some(0) => false,
        Some(byte) => {
            model.reader.go_to(byte);
            true
        }
    }
}

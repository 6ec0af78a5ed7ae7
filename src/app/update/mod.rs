//! The one function that changes the model: a message in, effects out.

mod completing;
mod earlier;
mod facets;
mod follow;
mod help;
mod keys;
mod marks;
mod mouse;
mod moving;
mod prompt;
mod scope;
mod searches;
mod select;
mod settings;
mod statements;
mod take;
mod text;
mod timeline;

use super::{Effect, Import, Layout, Model, Msg, Panel, Severity, Ticket, View, list::Landing, model::Entry, side};
use crate::domain::{Decision, Page, Progress, Reading, Report};

/// Applies `msg` to `model` and returns what the world should do about it.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => keys::press(model, key),
        Msg::Mouse(pointer, column, row) => mouse::used(model, pointer, column, row),
        Msg::Paste(text) if model.is_searching_help() => help::paste(model, &text),
        Msg::Paste(text) if model.prompt.is_some() => prompt::paste(model, &text),
        Msg::Paste(text) => scope::paste(model, &text),
        Msg::Resize(size) => {
            model.size = size;
            model.arrange();
            let mut effects = model.fetch();
            effects.extend(model.follow());
            effects
        }
        Msg::Found(ticket, page) => found(model, ticket, page),
        Msg::Finished(ticket, page) => finished(model, ticket, page),
        Msg::Read(ticket, reading) => read(model, ticket, reading),
        Msg::Facets(ticket, found) => {
            follow::facets(model, ticket, found);
            Vec::new()
        }
        Msg::Timeline(ticket, found) => timeline::take(model, ticket, found),
        Msg::Explained(ticket, found) => {
            follow::explained(model, ticket, found);
            Vec::new()
        }
        Msg::Snippets(ticket, found) => follow::snippets(model, ticket, found),
        Msg::Offered(ticket, offers) => completing::offered(model, ticket, offers),
        Msg::Searches(saved) => searches::show(model, saved),
        Msg::Elapsed(ticket) => elapsed(model, ticket),
        Msg::Changed => {
            let mut effects = model.ask(Landing::Stay);
            effects.extend(model.history.is_some().then_some(Effect::History(marks::SHOWN_STEPS)));
            effects
        }
        Msg::Importing(progress) => importing(model, progress),
        Msg::Imported(report) => imported(model, report),
        Msg::ImportFailed(text) => {
            model.import = Import::None;
            model.tell(Severity::Error, format!("reading files has stopped: {text}"));
            vec![Effect::Refresh]
        }
        Msg::Answered(after) => {
            model.timers.line = after;
            Vec::new()
        }
        Msg::Failed(text) => {
            model.tell(Severity::Error, text);
            Vec::new()
        }
        Msg::Told(text) => {
            model.tell(Severity::Warning, text);
            Vec::new()
        }
        Msg::Done(text) => {
            model.tell(Severity::Info, text);
            Vec::new()
        }
        Msg::Set(setting, value) => {
            settings::is_set(model, setting, value);
            Vec::new()
        }
        Msg::Suspend => vec![Effect::Suspend],
        Msg::Quit => keys::quit(model),
        Msg::Decided(label, changes) => {
            let mut effects = marks::decided(model, &label, &changes);
            // How far somebody has read is in no facet.
            if changes.iter().any(|change| !matches!(change.decision, Decision::Position(_))) {
                model.facets.answer = 0;
                effects.extend(model.follow());
            }
            effects
        }
        Msg::NotDecided(changes, why) => {
            model.settle(&changes);
            model.tell(Severity::Error, format!("not kept: {why}"));
            Vec::new()
        }
        Msg::Undone(step) => marks::stepped(model, "undone", step.as_ref()),
        Msg::Redone(step) => marks::stepped(model, "done again", step.as_ref()),
        Msg::History(steps) => marks::show_history(model, steps),
        Msg::Tags(tags) => {
            model.tags = tags;
            Vec::new()
        }
        Msg::Said(ticket, page) => statements::found(model, ticket, page),
        Msg::FinishedSaid(ticket, page) => statements::finished(model, ticket, page),
        Msg::Speakers(ticket, speakers) => statements::speakers(model, ticket, speakers),
        Msg::Carriers(ticket, carriers) => statements::carried(model, ticket, carriers),
        Msg::Unread(ticket, place) => marks::found_unread(model, ticket, place),
    }
}

fn found(model: &mut Model, ticket: Ticket, page: Page) -> Vec<Effect> {
    let (entries, articles) = (model.entries(), page.articles);
    if !model.list.take(ticket, page, entries) || model.view != View::Articles {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if model.list.at_least && model.derived.finishing.is_none() {
        let ticket = model.ticket();
        model.derived.finishing = Some(ticket);
        effects.push(Effect::Finish(ticket, model.query(), model.list.range()));
    }
    effects.extend(listed(model, articles));
    effects
}

/// Takes the whole of an answer that was cut short, unless another question was asked since.
fn finished(model: &mut Model, ticket: Ticket, page: Page) -> Vec<Effect> {
    if model.derived.finishing != Some(ticket) || model.view != View::Articles {
        return Vec::new();
    }
    model.derived.finishing = None;
    let (entries, articles) = (model.entries(), page.articles);
    model.list.finish(page, entries);
    listed(model, articles)
}

/// What follows when articles are listed anew.
fn listed(model: &mut Model, articles: usize) -> Vec<Effect> {
    model.articles = articles;
    if !model.is_narrowed() {
        // Of the whole archive only, so that a filter never turns the screen round.
        if model.layout == Layout::Auto {
            model.side = side::suiting(model.list.head(), model.side);
        }
    }
    if model.list.total == 0 {
        model.forget();
        if model.awaited.take().is_some() {
            take::nothing(model);
        }
        return model.follow();
    }
    if model.adopt_marks() {
        model.requested = None;
    }
    let mut effects = model.fetch();
    // The first article of a session, and one that was waited for, are shown at once; others when keys pause.
    if model.timers.due || model.reader.reading.is_none() {
        effects.extend(model.open_current());
    } else if !model.is_requested() {
        effects.extend(model.open_soon());
    }
    effects.extend(model.follow());
    effects
}

fn read(model: &mut Model, ticket: Ticket, reading: Option<Box<Reading>>) -> Vec<Effect> {
    if model.timers.reading != Some(ticket) {
        return Vec::new();
    }
    model.timers.reading = None;
    if reading.is_none() {
        model.tell(Severity::Warning, "this article is no longer in the archive");
    }
    let entry = std::mem::take(&mut model.entry);
    let before = model.reader.reading.as_ref().map(|old| old.article.id);
    let is_new = before != reading.as_ref().map(|new| new.article.id);
    let mut effects = if is_new { marks::leave(model) } else { Vec::new() };
    let same = model.reader.reading.as_ref().map(|old| (old.article.id, old.hits.clone()))
        == reading.as_ref().map(|new| (new.article.id, new.hits.clone()));
    let chosen = model.panel.current().map(|named| named.id.clone());
    model.panel = reading.as_deref().map(Panel::of).unwrap_or_default();
    model.reader.show(reading);
    // The panel's cursor stays on its entity from article to article.
    if let Some(index) = chosen.and_then(|id| model.panel.names.iter().position(|named| named.id == id)) {
        let rows = model.panel_rows();
        model.panel.move_to(index, rows);
    }
    model.mark_chosen();
    let hits = model.reader.hits().to_vec();
    match entry {
        Entry::Top if is_new && marks::go_back(model) => {}
        Entry::Top if !same => hits.first().into_iter().for_each(|hit| model.reader.reveal(*hit)),
        Entry::Top => {}
        Entry::FirstHit => hits.first().into_iter().for_each(|hit| model.reader.stand(*hit)),
        Entry::LastHit => hits.last().into_iter().for_each(|hit| model.reader.stand(*hit)),
    }
    if model.view == View::Statements {
        model.light();
    }
    if let Some(command) = model.awaited.take() {
        effects.extend(keys::run(model, command));
    }
    if is_new {
        effects.extend(marks::dwell(model));
    }
    effects
}

fn elapsed(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    if model.timers.hint == Some(ticket) {
        model.timers.hint = None;
        model.hints = !model.pending.is_empty();
        if let Some(view) = model.count.filter(|_| model.pending.is_empty()).and_then(keys::view_of) {
            model.count = None;
            return statements::show(model, view);
        }
    }
    if model.timers.dwell == Some(ticket) {
        return marks::dwelt(model);
    }
    if model.timers.pause == Some(ticket) {
        model.timers.pause = None;
        return model.open_current();
    }
    Vec::new()
}

fn importing(model: &mut Model, progress: Progress) -> Vec<Effect> {
    let before = match &model.import {
        Import::Running(before) => before.committed,
        _ => 0,
    };
    let grew = progress.committed > before;
    model.import = Import::Running(progress);
    if grew { vec![Effect::Refresh] } else { Vec::new() }
}

fn imported(model: &mut Model, report: Report) -> Vec<Effect> {
    let failed = report.failed.len();
    let severity = if failed > 0 { Severity::Warning } else { Severity::Info };
    let fresh = report.added + report.updated;
    if failed > 0 || fresh > 0 {
        let unreadable = match report.failed.first() {
            None => String::new(),
            Some(fault) => format!(", {failed} not readable (first: {} {})", fault.source.file, fault.reason),
        };
        model.tell(severity, format!("{fresh} new articles{unreadable}"));
    }
    model.import = Import::Done(report);
    vec![Effect::Refresh]
}

//! What the browser does to the journal of an archive, carried out on the worker's thread.

use anyhow::Result;

use super::Library;
use crate::{
    app::{Effect, Msg},
    domain::{ArticleId, Change, Decision, Hit, Query, Step},
};

/// How many hits are looked at at once.
const STRETCH: usize = 1000;

/// Carries out an effect that is about decisions; `None` for every other.
///
/// # Errors
/// When the archive cannot be read; what cannot be written comes back as [`Msg::NotDecided`].
pub fn decisions(library: &mut dyn Library, effect: &Effect) -> Result<Option<Msg>> {
    Ok(Some(match effect {
        Effect::Decide(label, changes) => kept(library, label, changes.clone()),
        Effect::ReadAll(query) => {
            let mut changes = Vec::new();
            each(library, query, |_, hit| {
                if !hit.marks.read {
                    changes.push(read(hit.id));
                }
                true
            })?;
            if changes.is_empty() { Msg::Decided(String::new(), changes) } else { kept(library, "read all listed", changes) }
        }
        Effect::Undo(steps) => Msg::Undone(times(*steps, || library.undo())?),
        Effect::Redo(steps) => Msg::Redone(times(*steps, || library.redo())?),
        Effect::UndoTo(number) => {
            let stands = is_so(library, *number, false)?;
            Msg::Undone(if stands { until(|| library.undo(), |step| step.number <= *number)? } else { None })
        }
        Effect::RedoTo(number) => {
            let stands = is_so(library, *number, true)?;
            Msg::Redone(if stands { until(|| library.redo(), |step| step.number == *number)? } else { None })
        }
        Effect::History(steps) => Msg::History(library.history(*steps)?),
        Effect::Tags => Msg::Tags(library.tags()?),
        Effect::FindUnread { ticket, query, from, forward } => {
            let mut place = None;
            each(library, query, |index, hit| {
                let is_there = if *forward { index > *from } else { index < *from };
                if is_there && !hit.marks.read {
                    place = Some(index);
                }
                // The first one after the place, or the last one before it.
                if *forward { place.is_none() } else { index < *from }
            })?;
            Msg::Unread(*ticket, place)
        }
        _ => return Ok(None),
    }))
}

fn read(article: ArticleId) -> Change {
    Change { article, decision: Decision::Read(true) }
}

fn kept(library: &mut dyn Library, label: &str, changes: Vec<Change>) -> Msg {
    match library.decide(label, &changes) {
        Ok(()) => Msg::Decided(label.to_owned(), changes),
        Err(error) => Msg::NotDecided(changes, format!("{error:#}")),
    }
}

/// The last of what so many calls gave; it ends where there is nothing more.
fn times<T>(steps: usize, mut step: impl FnMut() -> Result<Option<T>>) -> Result<Option<T>> {
    let mut last = None;
    for _ in 0..steps {
        match step()? {
            Some(done) => last = Some(done),
            None => break,
        }
    }
    Ok(last)
}

/// Whether a step is undone, or in effect, and this session may change that. Others may have been at it since it was listed.
fn is_so(library: &dyn Library, number: u64, undone: bool) -> Result<bool> {
    let steps = library.history(usize::MAX)?;
    Ok(steps.iter().any(|step| step.number == number && step.undone == undone && !step.theirs))
}

/// The last of what calls gave until one was enough; it ends where there is nothing more.
fn until(mut step: impl FnMut() -> Result<Option<Step>>, is_enough: impl Fn(&Step) -> bool) -> Result<Option<Step>> {
    let mut last = None;
    while let Some(done) = step()? {
        let ends = is_enough(&done);
        last = Some(done);
        if ends {
            break;
        }
    }
    Ok(last)
}

/// Looks at the hits of an answer from its beginning until `look` has seen enough.
fn each(library: &mut dyn Library, query: &Query, mut look: impl FnMut(usize, &Hit) -> bool) -> Result<()> {
    let mut start = 0;
    loop {
        let page = library.search(query, start..start + STRETCH)?;
        for (n, hit) in page.hits.iter().enumerate() {
            if !look(page.first + n, hit) {
                return Ok(());
            }
        }
        start += STRETCH;
        if start >= page.total {
            return Ok(());
        }
    }
}

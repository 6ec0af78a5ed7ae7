//! What the browser does to the journal of an archive, carried out on the worker's thread.

use anyhow::Result;

use super::Library;
use crate::{
    app::{Effect, Msg},
    domain::{ArticleId, Change, Decision, Hit, Query},
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

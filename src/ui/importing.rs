//! The thread that reads articles in while the reader browses.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{run::Event, worker};
use crate::{
    app::Msg,
    domain::{Progress, Report},
};

/// How often an import's progress is shown at most.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Reads articles in while the reader browses; runs on a thread of its own and stops when the callback breaks.
pub type Importer = Box<dyn FnOnce(&mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Result<Report> + Send>;

/// Runs an import, tells its course and how it ended, and stops it when `stop` is set.
pub(super) fn bring_in(import: Importer, events: &Sender<Event>, stop: &AtomicBool) {
    let mut told: Option<(Instant, u64)> = None;
    let mut on_progress = |progress: &Progress| {
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let is_news = told.is_none_or(|(at, committed)| committed != progress.committed || at.elapsed() >= PROGRESS_EVERY);
        if is_news {
            told = Some((Instant::now(), progress.committed));
            let _ = events.send(Event::Msg(Msg::Importing(progress.clone())));
        }
        ControlFlow::Continue(())
    };
    let msg = match catch_unwind(AssertUnwindSafe(|| import(&mut on_progress))) {
        Ok(Ok(report)) => Msg::Imported(report),
        Ok(Err(error)) => Msg::ImportFailed(format!("{error:#}")),
        Err(fault) => Msg::ImportFailed(format!("internal error: {}", worker::said(&*fault))),
    };
    let _ = events.send(Event::Msg(msg));
}

//! When an import commits: early and often at first, so that a browser has something to show, then less and less often.
//!
//! Every commit cuts the segments of the index short that are being made; small ones take longer to make, need files of their
//! own beside them, and are merged again and again.

use std::time::{Duration, Instant};

/// The first commit comes when so many articles are new.
const FIRST: u64 = 200;

/// Between two others so much time goes by at least, and no more than this, however long the import takes;
/// in between as much as the import has taken so far.
const LEAST: Duration = Duration::from_secs(2);
const MOST: Duration = Duration::from_secs(20);

/// The commits of one import.
#[derive(Debug)]
pub(super) struct Pace {
    started: Instant,
    last: Option<Instant>,
}

impl Pace {
    /// Begins now.
    pub(super) fn start() -> Pace {
        Pace { started: Instant::now(), last: None }
    }

    /// Whether it is time for the next commit, where so many articles came since the import began.
    pub(super) fn is_due(&self, new: u64) -> bool {
        match self.last {
            None if new >= FIRST => true,
            last => last.unwrap_or(self.started).elapsed() >= pause(self.started.elapsed()),
        }
    }

    /// Notes that one was made; tells whether it was the first.
    pub(super) fn committed(&mut self) -> bool {
        self.last.replace(Instant::now()).is_none()
    }
}

/// How long no commit is due behind the last one, in an import that has taken so long.
fn pause(so_far: Duration) -> Duration {
    so_far.clamp(LEAST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_become_rarer_but_never_rare() {
        for (so_far, seconds) in [(0, 2), (3, 3), (8, 8), (30, 20), (3600, 20)] {
            assert_eq!(pause(Duration::from_secs(so_far)), Duration::from_secs(seconds), "after {so_far} s");
        }
    }

    #[test]
    fn the_first_commit_waits_for_the_first_articles() {
        let mut pace = Pace::start();
        assert!(!pace.is_due(0) && !pace.is_due(FIRST - 1) && pace.is_due(FIRST));
        assert!(pace.committed() && !pace.committed());
    }
}

//! When an import commits: early and often at first, so that a browser has something to show, then less and less often.
//!
//! Every commit cuts the segments of the index short that are being made; small ones take longer to make, need files of their
//! own beside them, and are merged again and again.

use std::time::{Duration, Instant};

/// The first commit comes when so many articles are new.
const FIRST: u64 = 200;

/// Between two others so much time goes by at least, and no more than this, however long the import takes;
/// in between so many times what it has taken so far.
const LEAST: Duration = Duration::from_secs(2);
const MOST: Duration = Duration::from_secs(20);
const TIMES: u32 = 4;

/// The commits of one import.
#[derive(Debug)]
pub(super) struct Pace {
    started: Instant,
    /// When the next one is due, whatever came until then.
    next: Instant,
    has_committed: bool,
}

impl Pace {
    /// Begins now.
    pub(super) fn start() -> Pace {
        Pace::start_at(Instant::now())
    }

    fn start_at(now: Instant) -> Pace {
        Pace { started: now, next: now + LEAST, has_committed: false }
    }

    /// Whether it is time for the next commit, where so many articles came since the import began.
    pub(super) fn is_due(&self, new: u64) -> bool {
        self.is_due_at(Instant::now(), new)
    }

    fn is_due_at(&self, now: Instant, new: u64) -> bool {
        self.next <= now || !self.has_committed && new >= FIRST
    }

    /// Notes that one was made; tells whether it was the first.
    pub(super) fn committed(&mut self) -> bool {
        self.committed_at(Instant::now())
    }

    fn committed_at(&mut self, now: Instant) -> bool {
        self.next = now + ((now - self.started) * TIMES).clamp(LEAST, MOST);
        !std::mem::replace(&mut self.has_committed, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_become_rarer_but_never_rare() {
        let began = Instant::now();
        let (mut pace, mut commits) = (Pace::start_at(began), Vec::new());
        for tenths in 0..1200 {
            let now = began + Duration::from_millis(tenths * 100);
            // A thousand articles a second.
            if pace.is_due_at(now, tenths * 100) {
                pace.committed_at(now);
                commits.push(tenths);
            }
        }
        assert_eq!(commits, [2, 22, 110, 310, 510, 710, 910, 1110]);
    }

    #[test]
    fn the_first_commit_waits_for_the_first_articles_but_not_long() {
        let began = Instant::now();
        let mut pace = Pace::start_at(began);
        assert!(!pace.is_due_at(began, 0) && !pace.is_due_at(began, FIRST - 1) && pace.is_due_at(began, FIRST));
        assert!(pace.is_due_at(began + LEAST, 1));
        assert!(pace.committed_at(began) && !pace.committed_at(began));
    }
}

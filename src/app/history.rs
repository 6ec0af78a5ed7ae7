//! The journal on show: what was decided, the newest first, and how far back the reader points.

use crate::domain::Step;

/// Steps of the journal and the cursor among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The steps, the newest first.
    pub steps: Vec<Step>,
    /// An index into `steps`; 0 without any.
    pub cursor: usize,
}

impl History {
    /// How many steps must be undone so that the one under the cursor is, or done again so that it is not.
    pub(super) fn steps_to_cursor(&self) -> Option<(bool, usize)> {
        let step = self.steps.get(self.cursor)?;
        Some(match step.undone {
            false => (true, self.steps[..=self.cursor].iter().filter(|step| !step.undone).count()),
            true => (false, self.steps[self.cursor..].iter().filter(|step| step.undone).count()),
        })
    }
}

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
    /// The step under the cursor.
    pub fn current(&self) -> Option<&Step> {
        self.steps.get(self.cursor)
    }
}

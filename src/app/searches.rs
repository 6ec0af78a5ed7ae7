//! Searches that are kept under a name, on show.

use crate::domain::Saved;

/// The saved searches and the cursor among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searches {
    /// All of them.
    pub saved: Vec<Saved>,
    /// An index into `saved`; 0 without any.
    pub cursor: usize,
}

impl Searches {
    /// The search under the cursor.
    pub fn current(&self) -> Option<&Saved> {
        self.saved.get(self.cursor)
    }
}

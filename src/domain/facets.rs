//! What an answer is made of: names, outlets, languages, months and decisions, each with how many articles of the answer bear it.

use super::{Clause, Dated};

/// In what respect the articles of an answer are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// Persons that are mentioned.
    People,
    /// Places that are mentioned.
    Places,
    /// Organisations that are mentioned.
    Organisations,
    /// Who published them.
    Outlets,
    /// In which language they are written.
    Languages,
    /// In which month they were published.
    Months,
    /// Whether they were read or starred.
    States,
    /// Tags that they bear.
    Tags,
}

impl Aspect {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Aspect; 8] = [
        Aspect::People,
        Aspect::Places,
        Aspect::Organisations,
        Aspect::Outlets,
        Aspect::Languages,
        Aspect::Months,
        Aspect::States,
        Aspect::Tags,
    ];
}

/// Something that articles of an answer have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// In what respect.
    pub aspect: Aspect,
    /// What readers call it.
    pub name: String,
    /// The condition that chooses these articles.
    pub clause: Clause,
    /// How many articles of the answer meet it.
    pub articles: usize,
}

/// The facets of one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// How many articles the answer has.
    pub total: usize,
    /// Aspect by aspect, in each the most frequent first and months from the newest down; the rare ones are left out.
    pub facets: Vec<Facet>,
}

/// When the articles of an answer were published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Every date that occurs, as precise as it is known, with the number of its articles; the oldest first.
    pub dates: Vec<(Dated, usize)>,
    /// How many articles have no date.
    pub undated: usize,
}

//! What an archive knows by name, offered to complete what somebody types.

use super::Kind;

/// Of what something is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Among {
    /// Those who say something.
    Speakers,
    /// Persons, places, organisations and whatever else is mentioned.
    Names,
    /// Who published articles.
    Outlets,
    /// The languages of articles, by their codes.
    Languages,
    /// Tags that articles bear.
    Tags,
    /// Years, and the months of a year that is typed.
    Dates,
}

/// Something that the archive knows and that begins as was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What it is, where it is a name.
    pub kind: Option<Kind>,
    /// How many articles of the whole archive it chooses, where that is known at once.
    pub articles: Option<u64>,
}

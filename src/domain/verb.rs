//! What those who speak do to what they say: the families of reporting words, and whether what is said is held to be true.

/// What a reporter does to what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Says, adds, explains.
    Say,
    /// Accuses; the content is what of.
    Accuse,
    /// Denies.
    Deny,
    /// Warns, threatens.
    Warn,
    /// Promises.
    Promise,
    /// Calls for, demands.
    Call,
    /// Expresses hope, thanks, regret.
    Express,
    /// Describes as.
    Describe,
    /// Shows or finds: papers speak so.
    Show,
    /// Relays what another says.
    Relay,
}

impl Family {
    /// All families, in the order in which they are offered.
    pub const ALL: [Family; 10] = [
        Family::Say,
        Family::Accuse,
        Family::Deny,
        Family::Warn,
        Family::Promise,
        Family::Call,
        Family::Express,
        Family::Describe,
        Family::Show,
        Family::Relay,
    ];

    /// The word for it in queries and JSON; it never changes.
    pub fn label(self) -> &'static str {
        match self {
            Family::Say => "said",
            Family::Accuse => "accused",
            Family::Deny => "denied",
            Family::Warn => "warned",
            Family::Promise => "promised",
            Family::Call => "called_for",
            Family::Express => "expressed",
            Family::Describe => "described",
            Family::Show => "showed",
            Family::Relay => "relayed",
        }
    }

    /// The family with this label, in any letter case, a blank or hyphen for the underscore.
    pub fn from_label(label: &str) -> Option<Family> {
        let label = label.trim().to_lowercase().replace([' ', '-'], "_");
        Family::ALL.into_iter().find(|family| family.label() == label)
    }
}

/// How the speaker stands to what the content of a statement says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// Says, promises, demands or warns of it.
    #[default]
    Asserted,
    /// Says that it is not so: denies it, rules it out.
    Denied,
    /// Leaves it open: does not deny it, does not rule it out, does not confirm it.
    Open,
}

impl Polarity {
    /// All of them.
    pub const ALL: [Polarity; 3] = [Polarity::Asserted, Polarity::Denied, Polarity::Open];

    /// The word in JSON: `asserted`, `denied` or `open`.
    pub fn label(self) -> &'static str {
        match self {
            Polarity::Asserted => "asserted",
            Polarity::Denied => "denied",
            Polarity::Open => "open",
        }
    }

    /// That of a reporting word, which may be one that denies, and may itself be negated.
    pub fn of(denies: bool, negated: bool) -> Polarity {
        match (denies, negated) {
            (_, true) => Polarity::Open,
            (true, false) => Polarity::Denied,
            (false, false) => Polarity::Asserted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_back_to_their_family() {
        for family in Family::ALL {
            assert_eq!(Family::from_label(family.label()), Some(family));
        }
        assert_eq!(Family::from_label("Called for"), Some(Family::Call));
    }
}

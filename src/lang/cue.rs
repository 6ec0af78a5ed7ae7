//! Reporting words: what each asks for and what it tells of its speaker.

/// What a reporter does to what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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

/// In which form the word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// A finite verb.
    Verb,
    /// A participle that continues another report: adding.
    Participle,
}

/// Number and gender of the subject, as far as the form tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// One, masculine.
    Masculine,
    /// One, feminine (in Arabic also bodies and states).
    Feminine,
    /// Several.
    Plural,
    /// The form does not tell.
    Any,
}

/// What may follow, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Complement(pub u8);

impl Complement {
    /// A clause after "that", a colon or quotation marks.
    pub const CLAUSE: Complement = Complement(1);
    /// A noun phrase after one of the cue's prepositions.
    pub const PREPOSITION: Complement = Complement(2);
    /// A bare noun phrase.
    pub const OBJECT: Complement = Complement(4);

    /// Whether it shares a form with `other`.
    pub fn has(self, other: Complement) -> bool {
        self.0 & other.0 != 0
    }
}

/// The preposition before the noun that a cue reports: دعا إلى, حذر من.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preposition {
    /// إلى
    To,
    /// على
    On,
    /// عن
    About,
    /// من
    From,
    /// Attached ب
    With,
}

impl Preposition {
    /// The preposition that a lexicon writes as `word`.
    pub fn of_word(word: &str) -> Option<Preposition> {
        Some(match word {
            "إلى" => Preposition::To,
            "على" => Preposition::On,
            "عن" => Preposition::About,
            "من" => Preposition::From,
            "ب" => Preposition::With,
            _ => return None,
        })
    }

    /// Its folded form as a word of its own.
    pub fn folded(self) -> &'static str {
        match self {
            Preposition::To => "الي",
            Preposition::On => "علي",
            Preposition::About => "عن",
            Preposition::From => "من",
            Preposition::With => "ب",
        }
    }
}

/// A reporting word in one of its forms.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// What the reporter does.
    pub family: Family,
    /// The form it has here.
    pub mood: Mood,
    /// The subject it agrees with.
    pub gender: Gender,
    /// What may follow it.
    pub complement: Complement,
    /// The preposition of its nouns.
    pub preposition: Option<Preposition>,
    /// Whether the word is often another one, so that a sure complement must stand close.
    pub strict: bool,
}

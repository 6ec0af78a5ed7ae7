//! Reporting words: what each asks for and what it tells of its speaker.

use super::{Class, Packs};
use crate::{domain::Family, text::Splitter};

/// What a reporting word tells of what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// What the reporter does.
    pub family: Family,
    /// Whether the reporter says that it is not so, as who denies or rules out does.
    pub denies: bool,
}

/// The family of a cue as it stands in a text, in any language that has a pack: `وحذّر من`, `جدد نفيه`, `according to`, `:`.
///
/// The first word that tells more than that something was said decides; `None` where no word reports.
pub fn family(cue: &str) -> Option<Family> {
    told(cue).map(|told| told.family)
}

/// What a cue tells as it stands in a text; see [`family`].
pub fn told(cue: &str) -> Option<Told> {
    const SAID: Told = Told { family: Family::Say, denies: false };
    let packs = Packs::get();
    let mut splitter = Splitter::new(cue);
    let mut word = String::new();
    let mut said = None;
    while splitter.next_into(&mut word).is_some() {
        for cut in [Some(word.as_str()), word.strip_prefix(['و', 'ف', 'ب', 'ل'])].into_iter().flatten() {
            let found = packs.all().iter().find_map(|pack| pack.told(cut));
            let found = found.or_else(|| packs.is(cut, Class::SOURCE).then_some(SAID));
            match found {
                Some(SAID) => said = said.or(found),
                Some(_) => return found,
                None => {}
            }
            if found.is_some() {
                break;
            }
        }
    }
    said.or_else(|| matches!(cue.trim(), ":" | "：").then_some(SAID))
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// One, masculine.
    Masculine,
    /// One, feminine (in Arabic also bodies and states).
    Feminine,
    /// Several.
    Plural,
    /// The form does not tell.
    #[default]
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
    /// Whether who uses it says that what is reported is not so.
    pub denies: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_have_families_in_every_form() {
        for (cue, expected) in [
            ("قال", Family::Say),
            ("وأضافت", Family::Say),
            ("مشيراً إلى", Family::Say),
            ("بحسب", Family::Say),
            (":", Family::Say),
            ("حذّر من", Family::Warn),
            ("محذرةً", Family::Warn),
            ("نفت", Family::Deny),
            ("مكرراً نفيه", Family::Deny),
            ("اتهمه", Family::Accuse),
            ("اتهامات", Family::Accuse),
            ("تعهد بـ", Family::Promise),
            ("دعا إلى", Family::Call),
            ("مطالبة", Family::Call),
            ("وصفها", Family::Describe),
            ("أعرب عن", Family::Express),
            ("said", Family::Say),
            ("according to", Family::Say),
            ("denied", Family::Deny),
            ("called for", Family::Call),
            ("accusing", Family::Accuse),
            ("promised", Family::Promise),
            ("has warned", Family::Warn),
        ] {
            assert_eq!(family(cue), Some(expected), "{cue}");
        }
        assert_eq!(family("التقى"), None);
        assert_eq!(family(""), None);
    }

    #[test]
    fn some_cues_deny() {
        for (cue, denies) in [("نفى", true), ("مستبعداً", true), ("denied", true), ("قال", false), ("accused", false)]
        {
            assert_eq!(told(cue).map(|told| told.denies), Some(denies), "{cue}");
        }
    }
}

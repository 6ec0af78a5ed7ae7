//! Gender and number of those who may speak, as far as names, titles, heads and verbs tell; Arabic verbs agree with them.

use super::Finder;
use crate::{
    domain::{Kind, NameIndex},
    lang::{Class, Gender},
};

/// Countries that take masculine verbs, against the rule for places.
const MASCULINE: &[&str] = &[
    "lebanon",
    "iraq",
    "morocco",
    "jordan",
    "sudan",
    "south_sudan",
    "yemen",
    "kuwait",
    "chad",
    "vatican",
    "white_house",
    "kremlin",
];

impl Finder<'_, '_> {
    /// Learns from mentions what gender the persons and bodies of the article have.
    pub(super) fn learn_genders(&mut self) {
        self.genders = vec![Gender::Any; self.names.len()];
        for (index, mention) in self.mentions.iter().enumerate() {
            let known = self.genders[mention.name.0 as usize];
            if known != Gender::Any {
                continue;
            }
            let (first, _) = self.ranges[index];
            self.genders[mention.name.0 as usize] = match mention.kind {
                Kind::Person => self.gender_of_person(first),
                Kind::Place => {
                    let slug = self.names[mention.name.0 as usize].key.0.as_str();
                    if MASCULINE.contains(&slug) { Gender::Any } else { Gender::Feminine }
                }
                Kind::Organisation => self.gender_of_body(first),
                _ => Gender::Any,
            };
        }
    }

    /// The gender of a name, learnt or told by the verbs it was the subject of.
    pub(super) fn gender(&self, name: NameIndex) -> Gender {
        self.genders.get(name.0 as usize).copied().unwrap_or(Gender::Any)
    }

    /// Remembers the gender that a verb gives to its subject.
    pub(super) fn learn_gender(&mut self, name: NameIndex, gender: Gender) {
        let index = name.0 as usize;
        if self.genders.len() <= index {
            self.genders.resize(index + 1, Gender::Any);
        }
        let kind = self.names[index].kind;
        if gender != Gender::Any && (self.genders[index] == Gender::Any || kind == Kind::Person) {
            self.genders[index] = gender;
        }
    }

    fn gender_of_person(&self, first: usize) -> Gender {
        let tokens = self.tokens;
        if tokens.all[first].is(Class::WOMAN) {
            return Gender::Feminine;
        }
        // المتحدثة باسم X هيذر: the nearest title decides.
        for before in (first.saturating_sub(6)..first).rev() {
            let token = &tokens.all[before];
            if token.mark == '\n' || token.is(Class::THAT) {
                break;
            }
            if token.is(Class::TITLE | Class::HONORIFIC | Class::KIN) {
                let folded = tokens.folded(before);
                let woman = folded.ends_with('ه') && !matches!(folded, "الخليفه" | "خليفه" | "العلامه" | "ابنه" | "شقيقه");
                return if woman { Gender::Feminine } else { Gender::Masculine };
            }
        }
        if tokens.all[first].is(Class::GIVEN) { Gender::Masculine } else { Gender::Any }
    }

    fn gender_of_body(&self, first: usize) -> Gender {
        let tokens = self.tokens;
        let label = first.checked_sub(1).filter(|before| tokens.all[*before].can_be(Class::ORG_LABEL | Class::ORG_HEAD));
        self.gender_of_word(label.unwrap_or(first))
    }

    /// The gender of a noun by its ending; of a description by its head.
    pub(super) fn gender_of_word(&self, at: usize) -> Gender {
        let folded = self.tokens.folded(at);
        let latin = folded.is_ascii();
        if latin {
            Gender::Any
        } else if folded.ends_with('ه')
            || folded.ends_with("ات")
            || matches!(folded, "مصادر" | "تقارير" | "صحف" | "وسائل" | "المصادر")
        {
            Gender::Feminine
        } else if self.tokens.all[at].is(Class::SOURCE_PERSON | Class::TITLE)
            && (folded.ends_with("ون") || folded.ends_with("ين") || folded.ends_with("اء") || folded == "خبراء")
        {
            Gender::Plural
        } else {
            Gender::Masculine
        }
    }
}

/// How a verb or participle of one gender fits a subject of another.
pub(super) fn fit(cue: Gender, subject: Gender) -> &'static str {
    match (cue, subject) {
        (Gender::Any, _) | (_, Gender::Any) => "unsure",
        (one, other) if one == other => "fits",
        (Gender::Plural, _) => "plural",
        (_, Gender::Plural) => "of plural",
        _ => "clash",
    }
}

//! Forms of Arabic verbs of report, made from past, present and participle, so that lexicons list each verb once.

use super::{Gender, Mood};

/// Hands `each` the folded forms of a verb with mood and subject; `past`, `present` and `participle` are folded, `-` stands for none.
///
/// Weak last letters fall before endings (نفي, نفت; دعا, دعت). Object pronouns follow finite forms where `objects` is set.
pub fn forms(past: &str, present: &str, participle: &str, objects: bool, mut each: impl FnMut(&str, Mood, Gender)) {
    let mut verb = |form: String, gender: Gender| {
        each(&form, Mood::Verb, gender);
        if objects {
            let stem =
                form.strip_suffix('ي').filter(|_| gender == Gender::Masculine).map_or(form.clone(), |stem| format!("{stem}ا"));
            for pronoun in ["ه", "ها", "هم", "هما"] {
                each(&format!("{stem}{pronoun}"), Mood::Verb, gender);
            }
        }
    };
    if past != "-" {
        let stem = past.strip_suffix(['ي', 'ا']).unwrap_or(past);
        verb(past.into(), Gender::Masculine);
        verb(format!("{stem}ت"), Gender::Feminine);
        for ending in ["وا", "تا", "ن"] {
            verb(format!("{stem}{ending}"), Gender::Plural);
        }
        if stem.len() == past.len() {
            verb(format!("{past}ا"), Gender::Plural);
        }
    }
    if let Some(root) = present.strip_prefix('ي') {
        let stem = root.strip_suffix(['ي', 'و']).unwrap_or(root);
        verb(present.into(), Gender::Masculine);
        verb(format!("ت{root}"), Gender::Feminine);
        verb(format!("ي{stem}ون"), Gender::Plural);
        verb(format!("ي{root}ان"), Gender::Plural);
        verb(format!("ت{root}ان"), Gender::Plural);
    }
    if participle != "-" {
        let stem = participle.strip_suffix('ي').unwrap_or(participle);
        each(&format!("{participle}ا"), Mood::Participle, Gender::Masculine);
        each(&format!("{participle}ه"), Mood::Participle, Gender::Feminine);
        each(&format!("{stem}ين"), Mood::Participle, Gender::Plural);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(past: &str, present: &str, participle: &str, objects: bool) -> Vec<String> {
        let mut found = Vec::new();
        forms(past, present, participle, objects, |form, _, _| found.push(form.to_owned()));
        found
    }

    #[test]
    fn weak_verbs_lose_their_last_letter() {
        let found = all("نفي", "ينفي", "نافي", false);
        for form in ["نفي", "نفت", "نفوا", "تنفي", "ينفون", "نافيا", "نافيه", "نافين"] {
            assert!(found.iter().any(|other| other == form), "{form}");
        }
    }

    #[test]
    fn objects_attach_to_finite_forms_only() {
        let found = all("وصف", "يصف", "واصف", true);
        for form in ["وصفه", "وصفتها", "يصفها", "واصفا"] {
            assert!(found.iter().any(|other| other == form), "{form}");
        }
        assert!(!found.iter().any(|form| form == "واصفاه"));
    }
}

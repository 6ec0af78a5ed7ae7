//! Forms: what the words of a query stand for, as terms of the index; queries and highlighting go by the same ones.

use crate::{
    domain::Term,
    text::{proclitic_rests, without_article},
};

/// Stands in the index before what is no word of the text, but the rest of one behind proclitics.
pub(super) const MARK: char = '\u{1}';

/// How near a form is to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The word itself, with and without particles.
    Own,
    /// Spellings of the same name, other names of the same thing, in whatever script; singular and plural.
    Kindred,
    /// What was taken since nothing else was found.
    Near,
}

/// One or more words side by side that answer to a word or words of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) tier: Tier,
    /// For each of its words the terms under which the index holds it.
    pub(super) words: Vec<Vec<String>>,
    /// All words that begin so answer too.
    pub(super) begun: Option<String>,
    /// How it is shown.
    pub(super) shown: String,
}

impl Form {
    /// A folded word in its own forms: behind particles, and with and without ال.
    pub(super) fn word(tier: Tier, folded: &str, seated: bool) -> Form {
        Form::phrase(tier, [(folded, seated)])
    }

    /// Words side by side, each folded and with what tells whether its alif is written with hamza.
    pub(super) fn phrase<'a>(tier: Tier, words: impl IntoIterator<Item = (&'a str, bool)>) -> Form {
        let (mut terms, mut shown) = (Vec::new(), String::new());
        for (folded, seated) in words {
            // Particles stand before the first word of a name.
            terms.push(if terms.is_empty() { own_terms(folded, seated) } else { vec![folded.to_owned()] });
            shown.push_str(if shown.is_empty() { "" } else { " " });
            shown.push_str(folded);
        }
        Form { tier, words: terms, begun: None, shown }
    }

    /// Another name: its article, where it has one, belongs to it (الرقة is no رقة).
    pub(super) fn name<'a>(words: impl IntoIterator<Item = (&'a str, bool)>) -> Form {
        Form::phrase(Tier::Kindred, words.into_iter().map(|(folded, _)| (folded, true)))
    }

    /// A word of a query as it was typed.
    pub(super) fn typed(term: &Term) -> Form {
        let mut form = match term.exact {
            true => Form { tier: Tier::Own, words: vec![vec![term.folded.clone()]], begun: None, shown: term.folded.clone() },
            false => Form::word(Tier::Own, &term.folded, term.seated),
        };
        form.begun = term.open.then(|| term.folded.clone());
        form
    }
}

/// The terms under which the index holds a word: itself, and behind particles.
fn own_terms(folded: &str, seated: bool) -> Vec<String> {
    let forms = std::iter::once(folded).chain(without_article(folded, seated));
    forms.flat_map(|form| [form.to_owned(), format!("{MARK}{form}")]).collect()
}

/// Hands out the terms of the index for a word of a text, itself first.
pub(super) fn terms_of_text(folded: &str, seated: bool, mut each: impl FnMut(bool, &str)) {
    each(false, folded);
    proclitic_rests(folded, seated, |rest| each(true, rest));
}

/// What the words of one query stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    entries: Vec<(Vec<Term>, Vec<Form>)>,
}

impl Meaning {
    /// Gives words that stand side by side a further form.
    pub(super) fn add(&mut self, terms: &[Term], form: Form) {
        let at = match self.entries.iter().position(|(known, _)| known == terms) {
            Some(at) => at,
            None => {
                self.entries.push((terms.to_vec(), Vec::new()));
                self.entries.len() - 1
            }
        };
        let forms = &mut self.entries[at].1;
        if !forms.iter().any(|known| known.words == form.words && known.begun == form.begun) {
            forms.push(form);
        }
    }

    /// The forms of a word, or of several words together; what was typed comes first.
    pub(super) fn of(&self, terms: &[Term]) -> &[Form] {
        self.entries.iter().find(|(known, _)| known == terms).map_or(&[], |(_, forms)| forms)
    }

    /// The sequences of several words that have forms together.
    pub(super) fn sequences(&self) -> impl Iterator<Item = &[Term]> {
        self.entries.iter().map(|(terms, _)| terms.as_slice()).filter(|terms| terms.len() > 1)
    }

    /// All forms.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Form> {
        self.entries.iter().flat_map(|(_, forms)| forms)
    }

    /// Whether there is more than what was typed.
    pub(super) fn is_wider(&self) -> bool {
        self.forms().any(|form| form.tier > Tier::Own)
    }
}

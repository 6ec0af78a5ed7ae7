//! Which names of one text are one thing: the short form and the full one, the misspelt and the right one, the body named
//! with its country and without.
//!
//! Only names of the same text are compared, and only a single candidate is taken: where two full names could be meant, the
//! short one stays by itself.

use std::collections::{HashMap, HashSet};

use super::{
    link::skeleton::{is_respelling, skeleton},
    names::Candidate,
    tokens::Tokens,
};
use crate::{
    domain::Kind,
    lang::{Class, NameEntry},
};

/// For each candidate, the index of the one that names the same thing most fully.
pub(super) fn fullest(tokens: &Tokens<'_>, found: &[Candidate], folded: &[String]) -> Vec<usize> {
    let persons = Persons::new(tokens, found, folded);
    (0..found.len())
        .map(|index| match found[index].kind {
            Kind::Person => persons.fullest(index),
            Kind::Organisation | Kind::Place => longer(tokens, found, folded, index).unwrap_or(index),
            _ => index,
        })
        .collect()
}

/// The full names of persons in a text.
struct Persons<'t, 'a> {
    tokens: &'t Tokens<'a>,
    found: &'t [Candidate],
    folded: &'t [String],
    by_first: HashMap<&'t str, Vec<usize>>,
    by_last: HashMap<&'t str, usize>,
    by_skeleton: HashMap<String, usize>,
    /// Lexicon entries that the text names by more than a last name.
    in_full: HashSet<&'static str>,
}

impl<'t, 'a> Persons<'t, 'a> {
    fn new(tokens: &'t Tokens<'a>, found: &'t [Candidate], folded: &'t [String]) -> Persons<'t, 'a> {
        let (by_first, by_last, by_skeleton) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut persons = Persons { tokens, found, folded, by_first, by_last, by_skeleton, in_full: HashSet::new() };
        for (index, candidate) in found.iter().enumerate().filter(|(_, candidate)| candidate.kind == Kind::Person) {
            let Some((first, _)) = folded[index].split_once(' ') else { continue };
            let last = folded[index].rsplit(' ').next().unwrap_or_default();
            let best = *persons.by_last.get(last).unwrap_or(&index);
            // Lexicon names first, then the longer.
            let rank = |index: usize| (found[index].entry.is_some(), folded[index].len());
            let better =
                rank(index) > rank(best) && folded[index].starts_with(folded[best].split(' ').next().unwrap_or_default());
            persons.by_last.insert(last, if better { index } else { best });
            persons.by_skeleton.entry(skeleton(last)).or_insert(index);
            let firsts = persons.by_first.entry(first).or_default();
            if !firsts.iter().any(|other| folded[*other] == folded[index]) {
                firsts.push(index);
            }
            if let Some(entry) = candidate.entry.filter(|_| !persons.is_last_name(index)) {
                persons.in_full.insert(tokens.packs.names.entry(entry).slug);
            }
        }
        persons
    }

    fn entry(&self, index: usize) -> Option<&NameEntry> {
        self.found[index].entry.map(|entry| self.tokens.packs.names.entry(entry))
    }

    /// Whether a candidate is the last name of a lexicon's person and no more: `نصر الله`.
    fn is_last_name(&self, index: usize) -> bool {
        let squeezed = self.folded[index].replace(' ', "");
        self.entry(index).is_some_and(|entry| {
            let words = crate::text::words(entry.arabic);
            words.len() > 1 && words.last().is_some_and(|last| squeezed.ends_with(&last.folded)) && {
                let first = &words[0].folded;
                !self.folded[index].starts_with(first.as_str())
            }
        })
    }

    fn fullest(&self, index: usize) -> usize {
        let (own, folded) = (&self.folded[index], self.folded);
        let (first, last) = own.rsplit_once(' ').unwrap_or(("", own));
        if let Some(entry) = self.entry(index) {
            // The famous bearer of a last name is not meant where the text names another in full and him nowhere.
            let famous = self.in_full.contains(entry.slug) || !self.is_last_name(index);
            let squeezed = own.replace(' ', "");
            let other = || self.by_last.get(squeezed.as_str()).copied().filter(|other| self.entry(*other).is_none());
            return if famous { index } else { other().unwrap_or(index) };
        }
        let initial = first.split(' ').next().unwrap_or_default();
        let same = self.by_last.get(last).copied().filter(|other| {
            let full = &folded[*other];
            first.is_empty() || full.starts_with(initial) || full.ends_with(own.as_str())
        });
        let respelt = || {
            self.by_skeleton.get(&skeleton(last)).copied().filter(|other| {
                let full = &folded[*other];
                let other_last = full.rsplit(' ').next().unwrap_or_default();
                is_respelling(last, other_last) && (first.is_empty() || full.starts_with(initial))
            })
        };
        // A given name alone, where the text knows one person of that name.
        let called = || match self.by_first.get(own.as_str()).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        };
        same.or_else(respelt).or_else(called).unwrap_or(index)
    }
}

/// The only longer name of a body or place that begins with all words of this one, or has a nationality among them:
/// مجلس الشيوخ for مجلس الشيوخ الأميركي, المحكمة العليا for المحكمة الأميركية العليا.
fn longer(tokens: &Tokens<'_>, found: &[Candidate], folded: &[String], index: usize) -> Option<usize> {
    let (candidate, own) = (&found[index], &folded[index]);
    if candidate.entry.is_some() || candidate.body.is_some() || !own.contains(' ') {
        return None;
    }
    let mut best: Option<usize> = None;
    for (other, full) in folded.iter().enumerate().filter(|(other, _)| found[*other].kind == candidate.kind) {
        let goes_on = full.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with(' '));
        if !goes_on && !is_own_with_nationality(tokens, own, full) {
            continue;
        }
        match best {
            Some(known) if folded[known] != *full => return None,
            Some(_) => {}
            None => best = Some(other),
        }
    }
    best
}

fn is_own_with_nationality(tokens: &Tokens<'_>, own: &str, full: &str) -> bool {
    let (mut left, mut added) = (own.split(' ').peekable(), 0);
    for word in full.split(' ') {
        if left.peek() == Some(&word) {
            left.next();
            continue;
        }
        let nationality = tokens.packs.shared(tokens.packs.words.find(&[word])).class.has(Class::NATIONALITY);
        if !nationality {
            return false;
        }
        added += 1;
    }
    left.next().is_none() && added == 1
}

/// The body of a country that a candidate names by its country instead of an adjective: جيش إسرائيل is الجيش الإسرائيلي.
pub(super) fn body_of_country(tokens: &Tokens<'_>, candidate: &Candidate, folded: &str) -> Option<(u32, &'static str)> {
    let names = &tokens.packs.names;
    if candidate.kind != Kind::Organisation || candidate.entry.is_some() || candidate.body.is_some() {
        return None;
    }
    let (head, country) = folded.split_once(' ')?;
    let mut node = 0;
    for word in country.split(' ') {
        node = names.step(node, tokens.packs.words.find(&[word]))?;
    }
    let country = names.entry(names.end(node)?);
    let head = names.step(0, tokens.packs.words.find(&["ال", head]))?;
    (country.kind == Kind::Place && country.role == "country").then_some((names.pattern(head)?, country.slug))
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, extract::extract, lang::Packs};

    /// The keys behind the mentions of these words.
    fn keys(text: &str, words: &[&str]) -> Vec<String> {
        let found = extract(text, &Fields::default(), Packs::get());
        let key = |word: &&str| {
            let mention = found.mentions.iter().find(|mention| mention.span.of(text) == *word);
            mention.map_or_else(|| format!("no mention of {word}"), |mention| found.names[mention.name.0 as usize].key.0.clone())
        };
        words.iter().map(key).collect()
    }

    #[test]
    fn a_short_form_is_the_full_one_of_its_text() {
        let text = "لقاء في باريس\n\nقال مجلس الشيوخ الفرنسي إن الوزير سمير تاراسيان سيحضر. وأضاف مجلس الشيوخ أن سمير سيتحدث.\n";
        let found = keys(text, &["مجلس الشيوخ الفرنسي", "مجلس الشيوخ"]);
        assert_eq!(found[0], found[1]);
        // Of two that could be meant, none is.
        let text = "لقاء في باريس\n\nقال مجلس الشيوخ الفرنسي ومجلس الشيوخ الأميركي إن الاجتماع انتهى. وأضاف مجلس الشيوخ أنه نجح.\n";
        let found = keys(text, &["مجلس الشيوخ الفرنسي", "مجلس الشيوخ الأميركي", "مجلس الشيوخ"]);
        assert!(found[0] != found[1] && found[2] != found[0] && found[2] != found[1], "{found:?}");
    }

    #[test]
    fn a_body_is_the_same_with_its_country_and_with_an_adjective() {
        let text = "لقاء في باريس\n\nقال الجيش الفرنسي إن المناورات انتهت. وأكد جيش فرنسا أنه سيعود.\n";
        let found = keys(text, &["الجيش الفرنسي", "جيش فرنسا"]);
        assert_eq!(found[0], found[1]);
    }
}

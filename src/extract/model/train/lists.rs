//! What lists of names and plain texts tell of words: the material of a [`Lexis`] where no collection has been read.

use std::collections::HashMap;

use super::super::{
    label::KINDS,
    lexis::{Lexis, PREFIX, WordFacts, key, next_key},
};
use crate::{
    domain::Kind,
    lang::table,
    text::{Splitter, words},
};

/// Counts over lists and texts, by folded words.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    words: HashMap<String, Counts>,
    phrases: HashMap<u32, ([u32; KINDS.len()], Vec<u32>)>,
}

/// What is counted of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// How often it is part of a person's, a place's, a body's name.
    named: [f32; 3],
    small: u32,
    capital: u32,
}

/// How rare a word of texts may be.
const RAREST: u32 = 3;

impl Lists {
    /// Adds a name of a list; `weight` says how often it stands for one of its fellows.
    pub fn name(&mut self, kind: Kind, name: &str, weight: f32) {
        let Some(number) = KINDS.iter().position(|known| *known == kind).filter(|number| *number < 3) else { return };
        let folded: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
        let (mut path, mut state) = (Vec::new(), 0);
        for word in &folded {
            state = next_key(state, table::hash(&[word]));
            path.push(state);
            // The words of long names share what the name tells.
            self.words.entry(word.clone()).or_default().named[number] += weight;
        }
        if let Some(last) = path.pop().filter(|_| folded.len() > 1) {
            let phrase = self.phrases.entry(last).or_default();
            phrase.0[number] += 1;
            phrase.1 = path;
        }
    }

    /// Counts how the words of a text are written inside its sentences.
    pub fn text(&mut self, text: &str) {
        let (mut splitter, mut folded, mut end) = (Splitter::new(text), String::new(), 0);
        let mut opening = true;
        while let Some(span) = splitter.next_into(&mut folded) {
            opening |= text[end..span.start as usize].contains(['.', '!', '?', '\n', ':', '"', '“', '`', '\'', '(']);
            end = span.end as usize;
            let written = span.of(text);
            if !opening && !folded.bytes().any(|byte| byte.is_ascii_digit()) {
                let counts = self.words.entry(folded.clone()).or_default();
                let capital = written.starts_with(char::is_uppercase);
                (counts.small, counts.capital) = (counts.small + u32::from(!capital), counts.capital + u32::from(capital));
            }
            opening = false;
        }
    }

    /// The lexis of all that was counted.
    pub fn lexis(&self) -> Lexis {
        let mut words: Vec<(u32, WordFacts)> = Vec::new();
        for (word, counts) in &self.words {
            let named: f32 = counts.named.iter().sum();
            let seen = counts.small + counts.capital;
            if named == 0.0 && seen < RAREST {
                continue;
            }
            let share = |part: f32, all: f32| if all > 0.0 { (part / all * 7.0).round() as u16 } else { 0 };
            let eighths = counts.named.map(|part| share(part, named));
            let small = if seen >= RAREST { (share(counts.small as f32, seen as f32) * 6 / 7) + 1 } else { 0 };
            let frequency = if named > 0.0 { (2.0 * named.log2()).round() as u8 + 1 } else { 0 };
            let named = eighths[0] | eighths[1] << 3 | eighths[2] << 6 | small << 9;
            words.push((key(table::hash(&[word])), WordFacts { frequency, named, ..WordFacts::default() }));
        }
        words.sort_unstable_by_key(|(key, facts)| (*key, facts.named, facts.frequency));
        let mut phrases: HashMap<u32, u8> = HashMap::new();
        for (key, (counts, path)) in &self.phrases {
            let all: u32 = counts.iter().sum();
            let (kind, most) =
                counts.iter().enumerate().max_by_key(|(kind, count)| (**count, std::cmp::Reverse(*kind))).unwrap_or((0, &0));
            let share = (f64::from(*most) / f64::from(all) * 5.0).floor().min(4.0) as u8;
            phrases.insert(*key, (1 + kind as u8) | share << 3 | u8::from(path.len() > 1) << 6);
            path.iter().for_each(|prefix| {
                phrases.entry(*prefix).or_insert(PREFIX);
            });
        }
        Lexis::new(&words, phrases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_texts_tell_what_a_word_is() {
        let mut lists = Lists::default();
        lists.name(Kind::Person, "Anna Berg", 1.0);
        lists.name(Kind::Place, "Berg am See", 1.0);
        lists.text("He saw the light. And she saw the light, the Light.");
        let lexis = lists.lexis();
        let facts = |word: &str| lexis.facts(table::hash(&[word]));
        assert_eq!(facts("anna").named & 0o777, 0o007);
        assert_eq!(facts("berg").named & 0o777, 0o044);
        assert_eq!(facts("light").named >> 9, 5);
        let path = ["anna", "berg"].iter().fold(0, |state, word| next_key(state, table::hash(&[word])));
        assert_eq!(lexis.phrase(path), Some(1 | 4 << 3));
        assert_eq!(lexis.phrase(next_key(0, table::hash(&["anna"]))), Some(PREFIX));
    }
}

//! What a large collection of news tells of single words: how frequent they are, their distributional classes, and how often they were parts of names.

use super::packed::{Reader, put_groups};
use crate::lang::table::hash;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFacts {
    /// Its class among many, 0 where unknown.
    pub fine: u16,
    /// Its class among few, 0 where unknown.
    pub coarse: u8,
    /// Twice the binary logarithm of its count.
    pub frequency: u8,
    /// How often it was part of a person's, a place's or a body's name, in eighths, three bits each.
    pub named: u16,
}

/// Words of a collection by the upper half of the hash of their folded form.
#[derive(Clone, Debug, Default)]
pub struct Lexis {
    keys: Vec<u32>,
    facts: Vec<WordFacts>,
}

/// The key of a folded word given in parts.
pub(super) fn key(parts: &[&str]) -> u32 {
    ((hash(parts) >> 32) as u32).max(1)
}

impl Lexis {
    /// A table of these words; of two with one key the first stays.
    pub fn new(words: &[(u32, WordFacts)]) -> Lexis {
        let slots = (words.len() * 2).next_power_of_two().max(2);
        let mut lexis = Lexis { keys: vec![0; slots], facts: vec![WordFacts::default(); slots] };
        for (key, facts) in words {
            let slot = lexis.slot(*key);
            if lexis.keys[slot] == 0 {
                (lexis.keys[slot], lexis.facts[slot]) = (*key, *facts);
            }
        }
        lexis
    }

    fn slot(&self, key: u32) -> usize {
        let last = self.keys.len() - 1;
        let mut slot = key as usize & last;
        while self.keys[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// What is known of a folded word given in parts; nothing where the collection lacks it.
    pub fn facts(&self, parts: &[&str]) -> WordFacts {
        if self.keys.is_empty() {
            return WordFacts::default();
        }
        self.facts[self.slot(key(parts))]
    }

    /// Reads a file that [`Lexis::write`] made.
    pub fn read(bytes: &[u8]) -> Lexis {
        let mut reader = Reader::new(bytes);
        let count = reader.long();
        let mut key = 0_u32;
        let words: Vec<(u32, WordFacts)> = (0..count)
            .map(|_| {
                key = key.wrapping_add(reader.groups());
                let fine = reader.short();
                let [coarse, frequency] = [reader.byte(), reader.byte()];
                (key, WordFacts { fine, coarse, frequency, named: reader.short() })
            })
            .collect();
        Lexis::new(&words)
    }

    /// The file of these words.
    pub fn write(&self) -> Vec<u8> {
        let mut words: Vec<(u32, WordFacts)> =
            self.keys.iter().zip(&self.facts).filter(|(key, _)| **key != 0).map(|(key, facts)| (*key, *facts)).collect();
        words.sort_unstable_by_key(|(key, _)| *key);
        let mut bytes = (words.len() as u32).to_le_bytes().to_vec();
        let mut last = 0;
        for (key, facts) in words {
            put_groups(&mut bytes, key - last);
            last = key;
            bytes.extend(facts.fine.to_le_bytes());
            bytes.extend([facts.coarse, facts.frequency]);
            bytes.extend(facts.named.to_le_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_from_their_file() {
        let facts = WordFacts { fine: 700, coarse: 33, frequency: 12, named: 0o701 };
        let lexis = Lexis::new(&[(key(&["كلمه"]), facts)]);
        let back = Lexis::read(&lexis.write());
        assert_eq!(back.facts(&["كل", "مه"]), facts);
        assert_eq!(back.facts(&["غير"]), WordFacts::default());
    }
}

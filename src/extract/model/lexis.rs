//! What a large collection of news, or lists of names and plain texts, tell of words and phrases: how frequent words are, their
//! distributional classes, how often they were parts of names, and which phrases were names as a whole.

use super::packed::{Reader, put_groups};
use crate::lang::table::{NumberMap, hash, mix};

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFacts {
    /// Its class among many, 0 where unknown.
    pub fine: u16,
    /// Its class among few, 0 where unknown.
    pub coarse: u8,
    /// Twice the binary logarithm of its count.
    pub frequency: u8,
    /// How often it was part of a person's, a place's or a body's name, in eighths, three bits each; then, where capitals tell names,
    /// how often it is written small inside sentences, from 1 to 7.
    pub named: u16,
}

/// Words of a collection by the upper half of the hash of their folded form, and phrases by a key that grows word by word.
#[derive(Clone, Debug, Default)]
pub struct Lexis {
    keys: Vec<u32>,
    facts: Vec<WordFacts>,
    phrases: NumberMap<u8>,
}

/// The code of words that only begin a phrase.
pub(super) const PREFIX: u8 = 0;

/// The key of a phrase that goes on with a word; the key of nothing is 0.
pub(super) fn next_key(key: u32, word: u64) -> u32 {
    (mix(word.wrapping_add(u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15))) >> 32) as u32
}

/// The key of the folded word with this hash.
pub(super) fn key(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

impl Lexis {
    /// A table of these words and phrases; of two with one key the first stays.
    pub(super) fn new(words: &[(u32, WordFacts)], phrases: impl IntoIterator<Item = (u32, u8)>) -> Lexis {
        let slots = (words.len() * 2).next_power_of_two().max(2);
        let mut lexis = Lexis { keys: vec![0; slots], facts: vec![WordFacts::default(); slots], phrases: NumberMap::default() };
        lexis.phrases = phrases.into_iter().map(|(key, code)| (spread(key), code)).collect();
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

    /// What is known of the folded word with this hash; nothing where the collection lacks it.
    pub(super) fn facts(&self, hash: u64) -> WordFacts {
        if self.keys.is_empty() {
            return WordFacts::default();
        }
        self.facts[self.slot(key(hash))]
    }

    /// The fine and the coarse class of a folded word; none where the collection lacks it or it is too rare for one.
    pub fn classes(&self, word: &str) -> Option<(u16, u8)> {
        let facts = self.facts(hash(&[word]));
        (facts.fine > 0).then_some((facts.fine, facts.coarse))
    }

    /// The code of the phrase with this key, [`PREFIX`] where it only begins one; none where no phrase begins so.
    pub(super) fn phrase(&self, key: u32) -> Option<u8> {
        self.phrases.get(&spread(key)).copied()
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
        let count = reader.long();
        let mut key = 0_u32;
        let phrases: Vec<(u32, u8)> = (0..count)
            .map(|_| {
                key = key.wrapping_add(reader.groups());
                (key, reader.byte())
            })
            .collect();
        Lexis::new(&words, phrases)
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
        let mut phrases: Vec<(u32, u8)> = self.phrases.iter().map(|(key, code)| ((key >> 32) as u32, *code)).collect();
        phrases.sort_unstable();
        bytes.extend((phrases.len() as u32).to_le_bytes());
        last = 0;
        for (key, code) in phrases {
            put_groups(&mut bytes, key - last);
            last = key;
            bytes.push(code);
        }
        bytes
    }
}

/// A key with all its bits in the upper half and some below, as tables of hashes want it.
fn spread(key: u32) -> u64 {
    u64::from(key) << 32 | u64::from(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_from_their_file() {
        let facts = WordFacts { fine: 700, coarse: 33, frequency: 12, named: 0o701 };
        let lexis = Lexis::new(&[(key(hash(&["كلمه"])), facts)], [(7, 9), (u32::MAX, PREFIX)]);
        let back = Lexis::read(&lexis.write());
        assert_eq!(back.facts(hash(&["كلمه"])), facts);
        assert_eq!(back.facts(hash(&["غير"])), WordFacts::default());
        assert_eq!([7, u32::MAX, 8].map(|key| back.phrase(key)), [Some(9), Some(PREFIX), None]);
    }
}

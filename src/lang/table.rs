//! The word table: a number for each folded word that any lexicon knows, found by one hash probe, and its classes.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
    ops::{BitOr, BitOrAssign},
};

/// The number of a word that some lexicon holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// No lexicon holds the word.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Passes on keys that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map whose keys are well mixed numbers.
pub type NumberMap<V> = HashMap<u64, V, BuildHasherDefault<Already>>;

/// Hashes with several numbers each, all in one list.
#[derive(Clone, Debug, Default)]
pub struct Multimap {
    last: NumberMap<u32>,
    /// A number, and the place of the one before it with the same hash, counted from 1.
    all: Vec<(u32, u32)>,
}

impl Multimap {
    /// Makes room for `count` hashes.
    pub fn with_capacity(count: usize) -> Multimap {
        let last = NumberMap::with_capacity_and_hasher(count, Default::default());
        Multimap { last, all: Vec::with_capacity(2 * count) }
    }

    /// Gives a hash a number more.
    pub fn add(&mut self, hash: u64, number: u32) {
        let place = u32::try_from(self.all.len() + 1).expect("lexicons hold far fewer words");
        let last = self.last.entry(hash).or_insert(0);
        if last.checked_sub(1).is_none_or(|last| self.all[last as usize].0 != number) {
            self.all.push((number, *last));
            *last = place;
        }
    }

    /// The numbers of a hash in the order in which they came first, each once; `None` where it has none.
    pub fn get(&self, hash: u64) -> Option<Vec<u32>> {
        let mut place = *self.last.get(&hash)?;
        let mut found: Vec<u32> = Vec::new();
        while let Some(at) = place.checked_sub(1) {
            let (number, before) = self.all[at as usize];
            found.push(number);
            place = before;
        }
        found.reverse();
        let mut seen = HashSet::new();
        found.retain(|number| seen.insert(*number));
        Some(found)
    }
}

/// Mixes a folded word into 64 bits. Two words of a lexicon of 2^18 meet with a chance of 2^-29, so words are not compared again.
pub fn hash(parts: &[&str]) -> u64 {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for part in parts {
        for byte in part.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    mix(state)
}

/// The finish of splitmix64: every bit of the input moves every bit of the result.
pub fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

/// Numbers for folded words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    ids: NumberMap<u32>,
}

impl Words {
    /// Makes room for `count` words.
    pub fn with_capacity(count: usize) -> Words {
        Words { ids: NumberMap::with_capacity_and_hasher(count, Default::default()) }
    }

    /// The number of `folded`, given out now if it is new.
    pub fn add(&mut self, folded: &str) -> WordId {
        let next = self.len() + 1;
        WordId(*self.ids.entry(hash(&[folded])).or_insert(next))
    }

    /// The number of a word given in parts, or [`WordId::UNKNOWN`].
    pub fn find(&self, parts: &[&str]) -> WordId {
        WordId(self.ids.get(&hash(parts)).copied().unwrap_or(0))
    }

    /// How many words there are; the highest number.
    pub fn len(&self) -> u32 {
        u32::try_from(self.ids.len()).expect("lexicons hold far fewer words")
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// What a word can be, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(pub u64);

macro_rules! classes {
    ($($(#[doc = $doc:literal])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Class {
            $($(#[doc = $doc])* pub const $name: Class = Class(1 << $bit);)*

            /// The class that word lists call `key`.
            pub fn of_key(key: &str) -> Option<Class> {
                match key { $($key => Some(Class::$name),)* _ => None }
            }
        }
    };
}

classes! {
    /// Function word: never part of a name.
    FUNCTION = 0, "function";
    /// Common word: seldom part of a person's name.
    COMMON = 1, "common";
    /// Office or rank before a name.
    TITLE = 2, "title";
    /// Honorific before a name.
    HONORIFIC = 3, "honorific";
    /// Begins the official name of a body: ministry, organisation.
    ORG_HEAD = 4, "org_head";
    /// A body when a nationality or country follows: government, army.
    BODY = 5, "body";
    /// Stands before a body's name and outside it: newspaper, company.
    ORG_LABEL = 6, "org_label";
    /// Stands before a place's name and outside it: city, province.
    PLACE_LABEL = 7, "place_label";
    /// A reporting word; [`Info::value`] is its index.
    CUE = 8, "cue";
    /// A month; [`Info::value`] is its number.
    MONTH = 9, "month";
    /// A weekday; [`Info::value`] counts from Monday 0.
    WEEKDAY = 10, "weekday";
    /// An adjective of nationality.
    NATIONALITY = 11, "nationality";
    /// A given name.
    GIVEN = 12, "given";
    /// A particle inside names: bin, abu, van.
    NAME_PARTICLE = 13, "name_particle";
    /// A personal pronoun that can be a subject.
    PRONOUN = 14, "pronoun";
    /// A paper that speaks: statement, study.
    PAPER = 15, "paper";
    /// Introduces a source: according to.
    SOURCE = 16, "source";
    /// Relates to the word before: who, which.
    RELATIVE = 17, "relative";
    /// The complementiser: that.
    THAT = 18, "that";
    /// A preposition that a cue may take.
    PREPOSITION = 19, "preposition";
    /// An unnamed source: official, witness.
    SOURCE_PERSON = 20, "source_person";
    /// An auxiliary: was, has.
    AUXILIARY = 21, "auxiliary";
    /// Begins a clause that ends reported content: whereas, while.
    CLAUSE_BREAK = 22, "clause_break";
    /// The second word of a two-word month.
    MONTH_TAIL = 23, "month_tail";
    /// The word year and its like.
    YEAR = 24, "year";
    /// Last, current, coming after a date.
    RELATIVE_TIME = 25, "relative_time";
    /// Points back to somebody: his counterpart.
    COUNTERPART = 26, "counterpart";
    /// Ends an organisation's name in English: Council, University.
    ORG_TAIL = 27, "org_tail";
    /// Ends a place's name in English: River, Bay.
    PLACE_TAIL = 28, "place_tail";
    /// Begins an impersonal report with no source: it is noted that.
    IMPERSONAL = 29, "impersonal";
    /// An abbreviation whose full stop ends no sentence.
    ABBREVIATION = 30, "abbreviation";
    /// A relative by blood or marriage: his brother.
    KIN = 31, "kin";
    /// Heads a body only where a country or nationality ends its name: presidency, administration.
    ORG_WEAK = 32, "org_weak";
    /// Tells of sport.
    SPORT = 33, "sport";
    /// A given name of women.
    WOMAN = 34, "woman";
}

impl Class {
    /// All but `other`.
    pub fn without(self, other: Class) -> Class {
        Class(self.0 & !other.0)
    }

    /// Whether it shares a class with `other`.
    pub fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Class {
    type Output = Class;

    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

/// What a lexicon knows of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Info {
    /// Its classes.
    pub class: Class,
    /// The number that goes with the class: cue, month or weekday.
    pub value: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_parts_is_the_same_word() {
        let mut words = Words::default();
        let id = words.add("الاتحاد");
        assert_eq!(words.add("الاتحاد"), id);
        assert_eq!(words.find(&["ا", "لاتحاد"]), id);
        assert_eq!(words.find(&["لاتحاد"]), WordId::UNKNOWN);
    }
}

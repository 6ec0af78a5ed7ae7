//! What a folded word tells by itself: what the collection knows of it, and of it without the particles that may be attached.

use super::lexis::{Lexis, WordFacts, next_key};
use crate::lang::table::hash;

/// A word, or what is left of one behind particles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stem {
    /// The hash of its folded form.
    pub hash: u64,
    /// That of its folded form without the article.
    pub core: u64,
    /// What the collection tells of it.
    pub lexis: WordFacts,
    /// Whether a phrase of the collection begins with it.
    pub leads: bool,
    /// How many letters of particles were taken off.
    pub cut: u8,
    /// How many bytes of the folded form they fill.
    pub skip: u8,
    /// Whether the alif that a lam took came back: للاتحاد stands for ل and الاتحاد.
    pub lam: bool,
}

/// A word as a whole and without one or two letters of particles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// The whole word.
    pub whole: Stem,
    /// Its letters, at most 15.
    pub letters: u8,
    /// Whether digits are among them.
    pub digits: bool,
    rests: [Stem; 2],
    count: u8,
}

impl Word {
    /// Looks at a folded word with this hash.
    pub fn new(folded: &str, hash: u64, lexis: &Lexis) -> Word {
        let leads = |hash| lexis.phrase(next_key(0, hash)).is_some();
        let whole = Stem { hash, core: core(folded), lexis: lexis.facts(hash), leads: leads(hash), ..Stem::default() };
        let letters = folded.chars().count().min(15) as u8;
        let mut word = Word { whole, letters, digits: folded.bytes().any(|byte| byte.is_ascii_digit()), ..Word::default() };
        for (place, (cut, skip)) in cuts(folded).enumerate() {
            let rest = &folded[skip..];
            let lam = folded[..skip].ends_with('ل') && rest.starts_with('ل');
            let hash = self::hash(&[if lam { "ا" } else { "" }, rest]);
            let lexis = lexis.facts(hash);
            word.rests[place] = Stem { hash, core: core(rest), lexis, leads: leads(hash), cut, skip: skip as u8, lam };
            word.count += 1;
        }
        word
    }

    /// What may be left of it, the fewest letters taken off first.
    pub fn rests(&self) -> &[Stem] {
        &self.rests[..usize::from(self.count)]
    }
}

/// Values that were worked out before by well mixed keys; the last of those that share a slot stays.
#[derive(Debug)]
pub(super) struct Known<V> {
    slots: Vec<Option<(u64, V)>>,
}

impl<V> Known<V> {
    /// Two to this power of slots.
    pub fn new(power: u32) -> Known<V> {
        Known { slots: std::iter::repeat_with(|| None).take(1 << power).collect() }
    }

    /// The value of a key, worked out now if it is not known.
    pub fn get(&mut self, key: u64, value: impl FnOnce() -> V) -> &V {
        let last = self.slots.len() - 1;
        let slot = &mut self.slots[key as usize & last];
        if slot.as_ref().is_none_or(|(known, _)| *known != key) {
            *slot = None;
        }
        &slot.get_or_insert_with(|| (key, value())).1
    }
}

/// Looks at words, at each only once.
pub(super) struct Words<'l> {
    /// What the collection tells.
    pub lexis: &'l Lexis,
    /// The words looked at so far, by the hash of their folded form.
    pub seen: &'l mut Known<Word>,
}

impl Words<'_> {
    /// The word with this folded form and hash.
    pub fn of(&mut self, folded: &str, hash: u64) -> &Word {
        self.seen.get(hash, || Word::new(folded, hash, self.lexis))
    }
}

/// The ways to take particles off a folded word: letters and bytes.
pub(super) fn cuts(folded: &str) -> impl Iterator<Item = (u8, usize)> {
    let particle = |c: char| matches!(c, 'ب' | 'ك' | 'ل');
    let mut letters = folded.chars();
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    let count = folded.chars().count();
    let conjunction = matches!(first, 'و' | 'ف');
    let one = (count >= 3 && (conjunction || particle(first))).then_some((1, first.len_utf8()));
    let two = (count >= 4 && conjunction && particle(second)).then(|| (2, first.len_utf8() + second.len_utf8()));
    [one, two].into_iter().flatten()
}

/// The hash of a stem without its article.
fn core(stem: &str) -> u64 {
    let rest = stem.strip_prefix("ال").or_else(|| stem.strip_prefix('ل').filter(|rest| rest.len() > 8));
    hash(&[rest.filter(|rest| rest.len() >= 4).unwrap_or(stem)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart() {
        let rests = |folded: &str| {
            let word = Word::new(folded, hash(&[folded]), &Lexis::default());
            word.rests().iter().map(|rest| (rest.cut, rest.hash)).collect::<Vec<_>>()
        };
        assert_eq!(rests("روسيا"), []);
        assert_eq!(rests("ولباريس"), [(1, hash(&["لباريس"])), (2, hash(&["باريس"]))]);
        assert_eq!(rests("للاتحاد"), [(1, hash(&["الاتحاد"]))]);
    }
}

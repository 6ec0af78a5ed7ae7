//! Sketches of statements, small enough to be kept for each, from which it can be told whether two use nearly the same words.
//!
//! The method is min-hashing (A. Broder, "On the resemblance of documents and their containment", 1997): of all pairs of neighbouring words, hashed in eight
//! ways, the smallest hash of each way is kept, 16 bits of it. The share of equal parts estimates the share of common pairs.

/// How many ways of hashing.
const PARTS: usize = 8;

/// So many equal parts make two statements nearly the same: about three quarters of their pairs of words.
const ALIKE: u32 = 6;

/// With fewer words the same may be said by anybody, so that it must be said by the same speaker.
const FEW_WORDS: usize = 6;

/// A sketch of a statement's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::store) struct Sketch(pub(in crate::store) [u64; 2]);

impl Sketch {
    /// The sketch of these folded words, said by a speaker with this key.
    ///
    /// Numbers must all be the same for two statements to be alike: other figures are other news.
    pub(in crate::store) fn of<'a>(words: impl IntoIterator<Item = &'a str>, speaker: &str) -> Sketch {
        let mut figures = 0_u64;
        let mut hashes: Vec<u64> = Vec::new();
        for word in words {
            let hash = hash(word);
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                figures = figures.wrapping_add(mixed(hash));
            }
            hashes.push(hash);
        }
        let mut common = mixed(figures);
        if hashes.len() < FEW_WORDS {
            common ^= hash(speaker);
        }
        let mut least = [u64::MAX; PARTS];
        let alone = [hashes.first().copied().unwrap_or_default(), 0];
        let pairs = hashes.windows(2).map(|pair| [pair[0], pair[1]]);
        for [one, two] in pairs.chain((hashes.len() < 2).then_some(alone)) {
            let pair = mixed(one ^ two.rotate_left(21) ^ common);
            for (way, least) in least.iter_mut().enumerate() {
                *least = (*least).min(mixed(pair.wrapping_add((way as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))));
            }
        }
        let half = |parts: &[u64]| parts.iter().fold(0, |half, part| half << 16 | part & 0xFFFF);
        Sketch([half(&least[..PARTS / 2]), half(&least[PARTS / 2..])])
    }

    /// Whether the words behind two sketches are nearly the same.
    pub(super) fn is_like(self, other: Sketch) -> bool {
        let equal = self.parts().zip(other.parts()).filter(|(one, two)| one == two).count();
        equal as u32 >= ALIKE
    }

    fn parts(self) -> impl Iterator<Item = u16> {
        self.0.into_iter().flat_map(|half| [half >> 48, half >> 32, half >> 16, half].map(|part| part as u16))
    }

    /// Pairs of parts: two sketches that are alike have at least one of these in common.
    ///
    /// Six equal parts of eight leave two that differ, in at most two of the four pairs.
    pub(super) fn bands(self) -> [u32; PARTS / 2] {
        let [one, two] = self.0;
        [one >> 32, one & 0xFFFF_FFFF, two >> 32, two & 0xFFFF_FFFF].map(|band| band as u32)
    }
}

/// FNV-1a of 64 bits: short words, the same on every machine.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Spreads the bits of a number: the last steps of splitmix64.
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str, speaker: &str) -> Sketch {
        Sketch::of(text.split(' '), speaker)
    }

    const LONG: &str =
        "the harbour will open again next week after two years of work on its outer wall and the boats can come home";

    #[test]
    fn nearly_the_same_words_are_alike() {
        let one = sketch(LONG, "farah");
        for (other, alike) in [
            (LONG.to_owned(), true),
            (format!("{LONG} now"), true),
            (LONG.replace("boats", "ships"), true),
            (LONG.replace("next week", "in spring").replace("outer wall and", "wall so that all"), false),
            ("farmers in the hills welcomed the first rain since april and hope for more of it before the harvest".into(), false),
        ] {
            assert_eq!(one.is_like(sketch(&other, "nehme")), alike, "{other}");
        }
    }

    #[test]
    fn other_figures_are_other_news() {
        let drones = |n: &str| format!("our defence shot down {n} drones over the coast in the night and nobody was hurt");
        assert!(sketch(&drones("12"), "x").is_like(sketch(&drones("12"), "y")));
        assert!(!sketch(&drones("12"), "x").is_like(sketch(&drones("15"), "x")));
    }

    #[test]
    fn a_few_words_are_only_alike_from_one_mouth() {
        assert!(sketch("we agree", "farah").is_like(sketch("we agree", "farah")));
        assert!(!sketch("we agree", "farah").is_like(sketch("we agree", "nehme")));
        assert!(!sketch("نعم", "farah").is_like(sketch("لا", "farah")));
    }

    #[test]
    fn what_is_alike_shares_a_band() {
        let one = sketch(LONG, "x");
        for word in LONG.split(' ') {
            let other = sketch(&LONG.replace(word, "changed"), "x");
            if one.is_like(other) {
                assert!(one.bands().iter().zip(other.bands()).any(|(one, other)| *one == other), "{word}");
            }
        }
    }
}

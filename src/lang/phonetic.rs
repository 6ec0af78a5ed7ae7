//! How alike names sound: in Latin, Arabic and Cyrillic letters, and in the varied spellings of one script.
//!
//! Two steps, as in every phonetic search since Soundex: [`keys`] are coarse, so that names that may be one share a key and can
//! be looked up; [`distance`] is fine, an edit distance over graphemes with a price for every pair that transliteration knows
//! (`g` is غ or ج for nothing, ق for a little), in which vowels, that Arabic mostly leaves out, cost least.
//! Words are given in folded form ([`fold()`](crate::text::fold())).

/// More keys than these a word does not get.
const MOST_KEYS: usize = 12;

/// A price beyond all: not the same sound.
const NEVER: u32 = 1000;

/// The writing of a word, as far as sounds go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Arabic letters.
    Arabic,
    /// Cyrillic letters.
    Cyrillic,
}

/// The script of a folded word that is written in one of these alone.
pub fn script(word: &str) -> Option<Script> {
    let of = |c: char| match c {
        'a'..='z' => Some(Script::Latin),
        'а'..='я' | 'і' | 'ї' | 'є' | 'ґ' => Some(Script::Cyrillic),
        c if crate::text::fold::is_arabic_letter(c) => Some(Script::Arabic),
        _ => None,
    };
    let first = of(word.chars().next()?)?;
    word.chars().all(|c| of(c) == Some(first)).then_some(first)
}

/// The coarse keys of a word: those of two spellings of one name meet in at least one. None for words that have no sounds.
pub fn keys(word: &str) -> Vec<String> {
    let sounds = sounds(word);
    let mut keys = vec![String::new()];
    for (place, sound) in sounds.iter().enumerate() {
        let classes = classes(sound, place == 0, place + 1 == sounds.len());
        let mut longer: Vec<String> = Vec::new();
        for key in &keys {
            for class in classes {
                let mut key = key.clone();
                for c in class.chars() {
                    // Doubled sounds and those with a short vowel between them are written alike in Arabic.
                    if !key.ends_with(c) {
                        key.push(c);
                    }
                }
                if !longer.contains(&key) {
                    longer.push(key);
                }
            }
        }
        longer.truncate(MOST_KEYS);
        keys = longer;
    }
    // A key of one consonant says nothing.
    keys.retain(|key| key.len() > 1);
    keys
}

/// How far two names sound apart, 0 for alike; tens are slight differences. `None` where they are different words.
pub fn distance(one: &str, other: &str) -> Option<u32> {
    let (mine, theirs) = (sounds(one), sounds(other));
    let limit = 10 + 3 * u32::try_from(mine.len().max(theirs.len())).unwrap_or(20).min(12);
    let width = theirs.len() + 1;
    let mut best = vec![NEVER; (mine.len() + 1) * width];
    best[0] = 0;
    for i in 0..=mine.len() {
        for j in 0..=theirs.len() {
            let so_far = best[i * width + j];
            if so_far > limit {
                continue;
            }
            let mut reach = |di: usize, dj: usize, price: u32| {
                if i + di <= mine.len() && j + dj <= theirs.len() {
                    let there = &mut best[(i + di) * width + j + dj];
                    *there = (*there).min(so_far + price);
                }
            };
            if let (Some(a), Some(b)) = (mine.get(i), theirs.get(j)) {
                reach(1, 1, price(a, b, i == 0 || j == 0));
                if let Some(more) = theirs.get(j + 1) {
                    reach(1, 2, pair_price(a, b, more));
                }
                if let Some(more) = mine.get(i + 1) {
                    reach(2, 1, pair_price(b, a, more));
                }
            }
            if let Some(a) = mine.get(i) {
                reach(1, 0, silent(a, i, &mine));
            }
            if let Some(b) = theirs.get(j) {
                reach(0, 1, silent(b, j, &theirs));
            }
        }
    }
    best.last().copied().filter(|price| *price <= limit)
}

/// A grapheme: one or more letters that stand for one sound; of doubled letters only one is left.
fn sounds(word: &str) -> Vec<&str> {
    const LONG: [&str; 30] = [
        "tsch", "shch", "tch", "sch", "sh", "kh", "gh", "ch", "th", "dh", "ph", "zh", "ts", "tz", "dj", "dzh", "ck", "dt", "oo",
        "ou", "ee", "ie", "aa", "ii", "uu", "ei", "ai", "au", "تش", "تس",
    ];
    let mut sounds = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let long = LONG.iter().copied().filter(|long| rest.starts_with(long)).max_by_key(|long| long.len());
        let length = long.map_or(first.len_utf8(), str::len);
        let (sound, behind) = rest.split_at(length);
        rest = behind;
        let sound = latin_of(sound);
        // Two equal letters of Arabic have a short vowel between them.
        if sounds.last() != Some(&sound) || !sound.is_ascii() {
            sounds.push(sound);
        }
    }
    sounds
}

/// Cyrillic letters as Latin graphemes; all others as they are.
fn latin_of(sound: &str) -> &str {
    match sound {
        "а" | "я" => "a",
        "б" => "b",
        "в" => "v",
        "г" | "ґ" => "g",
        "д" => "d",
        "е" | "э" | "є" => "e",
        "ж" => "zh",
        "з" => "z",
        "и" | "ы" | "і" | "ї" => "i",
        "к" => "k",
        "л" => "l",
        "м" => "m",
        "н" => "n",
        "о" => "o",
        "п" => "p",
        "р" => "r",
        "с" => "s",
        "т" => "t",
        "у" | "ю" => "u",
        "ф" => "f",
        "х" => "kh",
        "ц" => "ts",
        "ч" => "tch",
        "ш" | "щ" => "sh",
        "ъ" | "ь" => "'",
        other => other,
    }
}

/// The classes that a sound may have in a key; vowels have none but in front.
fn classes(sound: &str, first: bool, last: bool) -> &'static [&'static str] {
    let vowel: &[&str] = if first { &["A"] } else { &[""] };
    match sound {
        "b" | "p" | "f" | "v" | "ph" | "ب" | "پ" | "ف" | "ڤ" => &["B"],
        "t" if last => &["T", ""],
        "t" | "th" | "dt" | "ت" | "ط" | "ث" => &["T"],
        "d" | "dh" | "د" | "ض" | "ذ" | "ظ" => &["D"],
        "s" if last => &["S", ""],
        "s" | "ts" | "tz" | "sh" | "sch" | "tch" | "tsch" | "shch" => &["S"],
        "س" | "ص" | "ز" | "ش" | "چ" | "ژ" | "تش" | "تس" => &["S"],
        "z" => &["S", "D"],
        "ch" => &["S", "K", "H"],
        "zh" => &["K", "S"],
        "k" | "q" | "ck" | "g" | "ك" | "ق" | "غ" | "ج" | "گ" => &["K"],
        "gh" => &["K", ""],
        "c" => &["K", "S"],
        "j" if first => &["K", "H", "A"],
        "j" => &["K", "H", ""],
        "dj" | "dzh" => &["K", "DK"],
        "x" => &["KS", "S"],
        "kh" | "ح" | "خ" => &["H"],
        "ه" if last => &[""],
        "h" if first => &["H", "A"],
        "h" => &["H", ""],
        "ه" => &["H"],
        "l" | "ل" => &["L"],
        "m" | "م" => &["M"],
        "n" | "ن" => &["N"],
        "r" | "ر" => &["R"],
        "w" if first => &["A", "B"],
        "w" => &["", "B"],
        _ => vowel,
    }
}

fn is_vowel(sound: &str) -> bool {
    matches!(
        sound,
        "a" | "e"
            | "i"
            | "o"
            | "u"
            | "y"
            | "oo"
            | "ou"
            | "ee"
            | "ie"
            | "aa"
            | "ii"
            | "uu"
            | "ei"
            | "ai"
            | "au"
            | "ا"
            | "و"
            | "ي"
            | "ئ"
            | "ء"
            | "ع"
    )
}

/// What it costs that one sound stands where the other name has another.
fn price(a: &str, b: &str, first: bool) -> u32 {
    if a == b {
        return 0;
    }
    either(a, b, first).min(either(b, a, first))
}

fn either(a: &str, b: &str, first: bool) -> u32 {
    match (a, b) {
        // Latin and Arabic.
        ("b" | "p", "ب") | ("p", "پ") | ("f" | "v" | "ph", "ف") | ("v", "ڤ") => 0,
        ("t" | "dt", "ت") | ("th", "ث") | ("d", "د") | ("dh", "ذ") | ("z", "ز") | ("s", "س") => 0,
        ("sh" | "sch" | "ch" | "shch", "ش") | ("ts" | "tz", "تس") | ("tch" | "tsch" | "ch", "تش") => 0,
        ("kh", "خ") | ("h", "ه" | "ح") | ("k" | "c" | "ck", "ك") | ("q", "ق") | ("gh", "غ") | ("j" | "dj" | "dzh", "ج") => {
            0
        }
        ("l", "ل") | ("m", "م") | ("n", "ن") | ("r", "ر") => 0,
        ("g", "غ" | "ج") | ("zh", "ج") | ("c", "س") => 2,
        ("t", "ط") | ("s", "ص") | ("d" | "dh", "ض") | ("z" | "dh", "ظ") | ("dh", "د") | ("z", "تس") => 4,
        ("k", "ق")
        | ("tch" | "tsch", "ش")
        | ("s", "ز")
        | ("v", "ب")
        | ("kh", "ح")
        | ("g", "گ")
        | ("q", "ك")
        | ("c", "تش" | "ش") => 8,
        ("ch", "ك")
        | ("zh", "ش")
        | ("w", "ف")
        | ("th", "ت")
        | ("z", "ذ" | "س")
        | ("ts" | "tz", "ز" | "س")
        | ("s" | "sh", "ش" | "تش") => 10,
        ("g", "ق" | "ك") | ("c", "ق") | ("gh", "ق" | "ج") | ("h", "خ") | ("th", "ط") | ("d", "ذ" | "ظ") | ("x", "س") => {
            14
        }
        ("ch", "خ") | ("j", "خ" | "غ") | ("zh", "ز") | ("q", "غ") => 16,
        // Spellings within one script.
        ("غ" | "ج" | "گ", "غ" | "ج" | "گ") | ("پ", "ب") | ("ڤ", "ف") | ("چ", "ش") | ("ژ", "ج") => 2,
        ("ت", "ط") | ("س", "ص") | ("ظ", "ض" | "ز") | ("ذ", "د" | "ز") | ("ث", "ت" | "س") => 10,
        ("ك", "ق" | "غ" | "ج" | "گ") | ("ش", "تش") | ("س" | "ز", "تس") | ("ق", "غ" | "ج" | "گ") => 12,
        ("ف", "ب") | ("ز", "س") | ("د", "ض") => 16,
        ("k" | "c" | "ck" | "q", "k" | "c" | "ck" | "q")
        | ("f" | "ph" | "v", "f" | "ph" | "v")
        | ("sh" | "sch" | "ch", "sh" | "sch" | "ch" | "tch") => 4,
        ("j" | "dj" | "zh" | "dzh", "j" | "dj" | "zh" | "dzh")
        | ("kh", "h" | "k" | "ch")
        | ("gh", "g")
        | ("th", "t")
        | ("dh", "d")
        | ("ts" | "tz", "z" | "s" | "c") => 6,
        ("w", "v") | ("g", "j") | ("s", "z" | "c") => 8,
        // Vowels.
        ("a" | "aa", "ا") | ("i" | "y" | "ee" | "ie" | "ii", "ي") | ("o" | "u" | "w" | "oo" | "ou" | "uu", "و") => 0,
        ("e" | "ai" | "ei", "ي" | "ا") | ("o" | "au" | "ou", "ا") | ("u" | "oo", "ا") if !first => 7,
        ("a" | "e" | "i" | "o" | "u" | "y" | "ai" | "ei" | "au" | "ou", "ا" | "ع") if first => 2,
        ("j", "ي") => 8,
        ("a" | "aa" | "e" | "i" | "o" | "u" | "ie" | "ai", "ع" | "ئ" | "ء") => 4,
        ("ا" | "ع", "ه") => 10,
        ("a" | "e", "ه") => 4,
        ("ئ" | "ء", "ي" | "ا" | "و") => 6,
        _ if is_vowel(a) && is_vowel(b) => 14,
        _ => NEVER,
    }
}

/// What it costs that one sound stands where the other name has two.
fn pair_price(one: &str, first: &str, second: &str) -> u32 {
    match (one, first, second) {
        ("x", "ك", "س") | ("dj" | "dzh", "د", "ج") | ("تس", "ت", "ز") => 0,
        ("j" | "g", "د", "ج") => 8,
        ("ai" | "ei", "ا" | "ع", "ي")
        | ("aa", "ا", "ع")
        | ("au" | "ou", "ا", "و")
        | ("ee" | "ie", "ي", "ي")
        | ("u", "ي", "و") => 2,
        ("ج", "د", "ج") => 8,
        _ => NEVER,
    }
}

/// What it costs that a sound has nothing at its place in the other name.
fn silent(sound: &str, place: usize, all: &[&str]) -> u32 {
    let (first, last) = (place == 0, place + 1 == all.len());
    match sound {
        "'" => 0,
        "e" if last => 3,
        "h" | "ه" if last => 3,
        "a" | "ا" if last => 12,
        _ if is_vowel(sound) && first => 20,
        "ع" | "ء" | "ئ" => 5,
        "e" | "i" | "u" | "a" | "o" => 6,
        "y" | "ou" | "oo" | "ee" | "ie" | "ai" | "ei" | "au" | "aa" | "ii" | "uu" => 12,
        "ا" | "و" | "ي" => 12,
        "gh" | "h" => 16,
        "w" => 14,
        "t" | "s" | "d" if last => 24,
        _ => NEVER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        let theirs = keys(other);
        keys(one).iter().any(|key| theirs.contains(key))
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (one, other) in [
            ("putin", "بوتين"),
            ("путин", "بوتين"),
            ("путин", "putin"),
            ("zelensky", "زيلينسكي"),
            ("erdogan", "اردوغان"),
            ("pashinyan", "باشينيان"),
            ("klitschko", "كليتشكو"),
            ("qureshi", "قريشي"),
            ("gorbachev", "غورباتشوف"),
            ("غورباتشوف", "جورباتشوف"),
            ("نتنياهو", "نتانياهو"),
            ("houthi", "حوثي"),
        ] {
            assert!(meet(one, other) && distance(one, other).is_some(), "{one} and {other}");
            assert_eq!(distance(one, other), distance(other, one), "{one} and {other}");
        }
    }

    #[test]
    fn different_names_do_not() {
        for (one, other) in [("putin", "برلين"), ("salah", "حلب"), ("macron", "موسكو"), ("qatar", "قادر"), ("2021", "2021")]
        {
            assert!(!meet(one, other), "{one} and {other}");
        }
        assert!(distance("houthi", "حوثي") < distance("houthi", "حيث"));
        assert_eq!(distance("putin", "putin"), Some(0));
    }

    #[test]
    fn a_script_is_that_of_all_letters() {
        let of = |word| script(word);
        assert_eq!([of("putin"), of("بوتين"), of("путин")], [Some(Script::Latin), Some(Script::Arabic), Some(Script::Cyrillic)]);
        assert_eq!([of("f16"), of(""), of("שלום"), of("бpatr")], [None; 4]);
    }
}

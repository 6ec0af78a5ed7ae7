//! Aliases: all names of what a name names, in the languages and spellings that the lexicons hold.
//!
//! The data are those of [`super::names`] and the Russian names beside them. A name that is also a common word, or a name of
//! other things, says nothing when it stands alone: such words neither are nor have aliases.

use std::{collections::HashMap, collections::HashSet, sync::LazyLock};

use super::{names, packs::PackFiles, table};
use crate::text::{Word, without_article, words};

/// A name as words of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasName {
    /// Its words in order.
    pub words: Vec<AliasWord>,
    sure: bool,
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasWord {
    /// Its folded form.
    pub folded: Box<str>,
    /// Whether its first alif is written with hamza or madda.
    pub seated: bool,
}

/// The names of all things that the lexicons know.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    things: Vec<Thing>,
    by_slug: HashMap<&'static str, u32>,
    /// Names as their words without articles, joined by blanks.
    by_name: HashMap<Box<str>, Vec<u32>>,
    /// Hashes of the words of all names, with the things whose names hold them.
    by_word: HashMap<u64, Vec<u32>>,
    given: HashSet<u64>,
    common: HashSet<u64>,
}

#[derive(Clone, Debug, Default)]
struct Thing {
    names: Vec<AliasName>,
}

/// The most words of a name that is looked for.
const LONGEST: usize = 6;

/// The most names that stand for another one.
const MOST: usize = 12;

/// Words shorter than this have too many meanings, but for the acronyms listed.
const FEWEST_LETTERS: usize = 3;
const ACRONYMS: [&str; 6] = ["un", "eu", "uk", "au", "ес", "хв"];

impl Aliases {
    /// The aliases, read at the first call.
    pub fn get() -> &'static Aliases {
        static ALIASES: LazyLock<Aliases> = LazyLock::new(Aliases::load);
        &ALIASES
    }

    fn load() -> Aliases {
        let mut aliases = Aliases::default();
        for file in [super::ar::FILES, super::en::FILES] {
            aliases.add_common(&file);
        }
        aliases.given = names::given().flat_map(words).map(|word| key_of(&word)).map(|word| hash(&word)).collect();
        for (slug, name, sure) in names::all() {
            let words: Vec<Word> = words(name);
            let next = u32::try_from(aliases.things.len()).expect("lexicons hold far fewer things");
            let number = *aliases.by_slug.entry(slug).or_insert(next);
            if number == next {
                aliases.things.push(Thing::default());
            }
            for word in &words {
                let known = aliases.by_word.entry(hash(&key_of(word))).or_default();
                if known.last() != Some(&number) {
                    known.push(number);
                }
            }
            let key = words.iter().map(key_of).collect::<Vec<_>>().join(" ");
            let sure = sure && !key.is_empty() && (words.len() > 1 || !aliases.says_nothing(&key));
            if sure {
                let known = aliases.by_name.entry(key.into()).or_default();
                if !known.contains(&number) {
                    known.push(number);
                }
            }
            let words = words.into_iter().map(|word| AliasWord { folded: word.folded.into(), seated: word.seated }).collect();
            let name = AliasName { words, sure };
            let names = &mut aliases.things[number as usize].names;
            if !name.words.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        aliases
    }

    fn add_common(&mut self, files: &PackFiles) {
        for line in files.common.lines().chain(files.words.lines()).filter(|line| !line.starts_with(['#', '['])) {
            for word in words(line) {
                self.common.insert(hash(&word.folded));
                self.common.insert(hash(&key_of(&word)));
            }
        }
    }

    fn says_nothing(&self, word: &str) -> bool {
        self.common.contains(&hash(word)) || word.chars().count() < FEWEST_LETTERS && !ACRONYMS.contains(&word)
    }

    /// The longest name with which these folded words begin: how many words it has, and other names of the same things. The
    /// words come without their articles.
    pub fn find(&self, words: &[&str]) -> Option<(usize, Vec<&AliasName>)> {
        (1..=words.len().min(LONGEST)).rev().find_map(|count| {
            let things = self.by_name.get(words[..count].join(" ").as_str())?;
            Some((count, self.names(things, &words[..count])))
        })
    }

    /// The names of some things but for the one that was asked for, the shortest of those that hold each other.
    fn names(&self, things: &[u32], asked: &[&str]) -> Vec<&AliasName> {
        let all = || things.iter().flat_map(|thing| &self.things[*thing as usize].names).filter(|name| name.sure);
        let holds = |name: &AliasName, part: &[&str]| {
            let keys: Vec<&str> = name.words.iter().map(AliasWord::key).collect();
            keys.windows(part.len()).any(|window| window == part)
        };
        let mut found: Vec<&AliasName> = Vec::new();
        for name in all() {
            let shorter = |other: &AliasName| {
                other.words.len() < name.words.len() && {
                    let keys: Vec<&str> = other.words.iter().map(AliasWord::key).collect();
                    holds(name, &keys)
                }
            };
            let known = |other: &&AliasName| other.words.iter().map(AliasWord::key).eq(name.words.iter().map(AliasWord::key));
            if !holds(name, asked) && !all().any(shorter) && !found.iter().any(known) {
                found.push(name);
            }
        }
        found.truncate(MOST);
        found
    }

    /// The words of the names of a thing, folded and without articles.
    pub fn words_of(&self, slug: &str) -> impl Iterator<Item = &str> {
        let names = self.by_slug.get(slug).map(|thing| &self.things[*thing as usize].names[..]);
        names.unwrap_or_default().iter().filter(|name| name.sure).flat_map(|name| name.words.iter().map(AliasWord::key))
    }

    /// Whether a folded word without article is a common one.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(&hash(word))
    }

    /// Whether a folded word without article is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains(&hash(word))
    }

    /// Whether the lexicons know a folded word without article: as part of a name, or as a common word.
    pub fn knows(&self, word: &str) -> bool {
        let word = hash(word);
        self.common.contains(&word) || self.given.contains(&word) || self.by_word.contains_key(&word)
    }

    /// Whether two words that sound alike may be spellings of one name: not where both are known, and as different ones.
    pub fn may_be_one(&self, one: &str, other: &str) -> bool {
        let given = |word: &str| {
            // السلماني is of سلمان.
            let stem = word.strip_suffix('ي').unwrap_or(word);
            self.given.contains(&hash(word)) || self.given.contains(&hash(stem))
        };
        if given(one) && given(other) {
            return false;
        }
        match (self.by_word.get(&hash(one)), self.by_word.get(&hash(other))) {
            (Some(mine), Some(theirs)) => mine.iter().any(|thing| theirs.contains(thing)),
            _ => !self.is_common(one) && !self.is_common(other),
        }
    }
}

impl AliasWord {
    /// The word without article.
    pub fn key(&self) -> &str {
        without_article(&self.folded, self.seated).unwrap_or(&self.folded)
    }
}

fn key_of(word: &Word) -> String {
    without_article(&word.folded, word.seated).unwrap_or(&word.folded).to_owned()
}

fn hash(word: &str) -> u64 {
    table::hash(&[word])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<String> {
        let typed: Vec<String> = words(typed).iter().map(key_of).collect();
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let found = Aliases::get().find(&typed).filter(|(count, _)| *count == typed.len());
        let joined = |name: &&AliasName| name.words.iter().map(|word| &*word.folded).collect::<Vec<_>>().join(" ");
        found.map_or(Vec::new(), |(_, names)| names.iter().map(joined).collect())
    }

    #[test]
    fn names_of_one_thing_find_each_other() {
        for (typed, found) in [
            ("كاراباخ", "قره باغ"),
            ("قرة باغ", "كاراباخ"),
            ("ناغورني قره باغ", "كاراباخ"),
            ("karabakh", "قره باغ"),
            ("Карабах", "كاراباخ"),
            ("putin", "بوتين"),
            ("Путин", "بوتين"),
            ("بوتين", "putin"),
            ("جورباتشوف", "غورباتشوف"),
            ("USA", "الولايات المتحده"),
            ("موسكو", "москва"),
            ("un", "الامم المتحده"),
        ] {
            assert!(names(typed).contains(&found.to_owned()), "{typed}: {:?}", names(typed));
        }
    }

    #[test]
    fn common_words_have_no_aliases_and_are_none() {
        for word in ["who", "us", "it", "قال", "رئيس", "2021"] {
            assert_eq!(names(word), [""; 0], "{word}");
        }
        assert!(!names("قره باغ").iter().any(|name| name.contains("قره باغ")), "the name itself is none of its aliases");
    }

    #[test]
    fn known_names_are_not_spellings_of_other_known_names() {
        let may = |one, other| Aliases::get().may_be_one(one, other);
        assert!(may("باشنيان", "باشينيان") && may("جورباتشوف", "غورباتشوف"));
        assert!(!may("سلمان", "سليمان") && !may("سلماني", "سليماني") && !may("حامد", "حمود"));
    }
}

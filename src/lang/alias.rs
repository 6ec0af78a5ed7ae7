//! Aliases: all names of what a name names, in the languages and spellings that the lexicons hold.
//!
//! The data are those of [`super::names`] and the Russian names beside them. A name that is also a common word, or a name of
//! other things, says nothing when it stands alone: such words neither are nor have aliases.

use std::sync::OnceLock;

use super::{
    names,
    packs::PackFiles,
    table::{self, Multimap, NumberMap},
};
use crate::text::{Compared, Word, without_article, words};

/// A name as words of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasName {
    /// Its words in order.
    pub words: Vec<AliasWord>,
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
///
/// A program that answers one question and ends pays for all that is read, so each part is read when it is first asked for, and
/// names stay as the files have them until somebody asks for those of a thing.
#[derive(Debug, Default)]
pub struct Aliases {
    names: OnceLock<Names>,
    given: OnceLock<Hashes>,
    common: OnceLock<Hashes>,
}

/// The hashes of some words.
type Hashes = NumberMap<()>;

#[derive(Debug, Default)]
struct Names {
    things: Vec<Vec<Listed>>,
    by_slug: NumberMap<u32>,
    /// The things by their names: the words without articles, joined by blanks.
    by_name: Multimap,
    /// The things by the words of all their names.
    by_word: Multimap,
}

/// A name as its file has it.
#[derive(Clone, Copy, Debug)]
struct Listed {
    name: &'static str,
    /// Whether it alone tells what it names, as far as the file knows.
    sure: bool,
}

/// About how many things, names and words of names the files hold.
const THINGS: usize = 9_000;
const NAMES: usize = 40_000;

/// The most words of a name that is looked for.
const LONGEST: usize = 6;

/// The most names that stand for another one.
const MOST: usize = 12;

/// Words shorter than this have too many meanings, but for the acronyms listed.
const FEWEST_LETTERS: usize = 3;
const ACRONYMS: [&str; 6] = ["un", "eu", "uk", "au", "ес", "хв"];

impl Names {
    fn load() -> Names {
        let mut found = Names {
            things: Vec::with_capacity(THINGS),
            by_slug: NumberMap::with_capacity_and_hasher(THINGS, Default::default()),
            by_name: Multimap::with_capacity(NAMES),
            by_word: Multimap::with_capacity(NAMES),
        };
        let (mut key, mut folded) = (String::new(), String::new());
        for (slug, name, sure) in names::all() {
            let next = u32::try_from(found.things.len()).expect("lexicons hold far fewer things");
            let number = *found.by_slug.entry(hash(slug)).or_insert(next);
            if number == next {
                found.things.push(Vec::new());
            }
            key.clear();
            let mut split = Compared::new(name);
            while split.next_into(&mut folded).is_some() {
                let word = without_article(&folded, split.seated()).unwrap_or(&folded);
                found.by_word.add(hash(word), number);
                key.push_str(if key.is_empty() { "" } else { " " });
                key.push_str(word);
            }
            if key.is_empty() {
                continue;
            }
            if sure {
                found.by_name.add(hash(&key), number);
            }
            found.things[number as usize].push(Listed { name, sure });
        }
        found
    }
}

fn common() -> Hashes {
    let mut common = Hashes::default();
    for PackFiles { words: lists, common: list, .. } in [super::ar::FILES, super::en::FILES] {
        for line in list.lines().chain(lists.lines()).filter(|line| !line.starts_with(['#', '['])) {
            let mut split = Compared::new(line);
            let mut folded = String::new();
            while split.next_into(&mut folded).is_some() {
                common.insert(hash(&folded), ());
                if let Some(bare) = without_article(&folded, split.seated()) {
                    common.insert(hash(bare), ());
                }
            }
        }
    }
    common
}

impl Aliases {
    /// The aliases; nothing is read before it is asked for.
    pub fn get() -> &'static Aliases {
        static ALIASES: OnceLock<Aliases> = OnceLock::new();
        ALIASES.get_or_init(Aliases::default)
    }

    fn listed(&self) -> &Names {
        self.names.get_or_init(Names::load)
    }

    fn says_nothing(&self, word: &str) -> bool {
        self.is_common(word) || word.chars().count() < FEWEST_LETTERS && !ACRONYMS.contains(&word)
    }

    /// The longest name with which these folded words begin: how many words it has, and other names of the same things. The
    /// words come without their articles.
    pub fn find(&self, words: &[&str]) -> Option<(usize, Vec<AliasName>)> {
        (1..=words.len().min(LONGEST)).rev().find_map(|count| {
            let asked = &words[..count];
            let things = self.listed().by_name.get(hash(&asked.join(" ")))?;
            let tells = count > 1 || !self.says_nothing(asked[0]);
            tells.then(|| (count, self.others(&things, asked)))
        })
    }

    /// The names of some things but for the one that was asked for, the shortest of those that hold each other.
    fn others(&self, things: &[u32], asked: &[&str]) -> Vec<AliasName> {
        let all: Vec<AliasName> = things.iter().flat_map(|thing| self.names_of(*thing)).collect();
        let keys = |name: &AliasName| name.words.iter().map(AliasWord::key).map(str::to_owned).collect::<Vec<String>>();
        let keyed: Vec<Vec<String>> = all.iter().map(keys).collect();
        let holds = |keys: &[String], part: &[&str]| keys.windows(part.len()).any(|window| window == part);
        let mut found: Vec<usize> = Vec::new();
        for (at, keys) in keyed.iter().enumerate() {
            let shorter = |other: &Vec<String>| {
                let part: Vec<&str> = other.iter().map(String::as_str).collect();
                other.len() < keys.len() && holds(keys, &part)
            };
            let known = found.iter().any(|other| keyed[*other] == *keys);
            if !holds(keys, asked) && !keyed.iter().any(shorter) && !known {
                found.push(at);
            }
        }
        found.truncate(MOST);
        found.into_iter().map(|at| all[at].clone()).collect()
    }

    /// The names of a thing that each tell it, each once.
    fn names_of(&self, thing: u32) -> Vec<AliasName> {
        let mut found: Vec<AliasName> = Vec::new();
        for Listed { name, .. } in self.listed().things[thing as usize].iter().filter(|listed| listed.sure) {
            let words: Vec<Word> = words(name);
            let tells = words.len() > 1 || words.iter().any(|word| !self.says_nothing(key_of(word)));
            let words = words.into_iter().map(|word| AliasWord { folded: word.folded.into(), seated: word.seated }).collect();
            let name = AliasName { words };
            if tells && !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// The words of the names of a thing, folded and without articles.
    pub fn words_of(&self, slug: &str) -> Vec<String> {
        let names = self.listed().by_slug.get(&hash(slug)).map(|thing| self.names_of(*thing)).unwrap_or_default();
        names.iter().flat_map(|name| &name.words).map(|word| word.key().to_owned()).collect()
    }

    /// Whether a folded word without article is a common one.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.get_or_init(common).contains_key(&hash(word))
    }

    /// Whether a folded word without article is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        let read = || names::given().flat_map(words).map(|word| (hash(key_of(&word)), ())).collect();
        self.given.get_or_init(read).contains_key(&hash(word))
    }

    /// Whether the lexicons know a folded word without article: as part of a name, or as a common word.
    pub fn knows(&self, word: &str) -> bool {
        self.is_common(word) || self.is_given(word) || self.listed().by_word.get(hash(word)).is_some()
    }

    /// Whether two words that sound alike may be spellings of one name: not where both are known, and as different ones.
    pub fn may_be_one(&self, one: &str, other: &str) -> bool {
        let given = |word: &str| {
            // السلماني is of سلمان.
            let stem = word.strip_suffix('ي').unwrap_or(word);
            self.is_given(word) || self.is_given(stem)
        };
        if given(one) && given(other) {
            return false;
        }
        let by_word = &self.listed().by_word;
        match (by_word.get(hash(one)), by_word.get(hash(other))) {
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

fn key_of(word: &Word) -> &str {
    without_article(&word.folded, word.seated).unwrap_or(&word.folded)
}

fn hash(word: &str) -> u64 {
    table::hash(&[word])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<String> {
        let typed = words(typed);
        let typed: Vec<&str> = typed.iter().map(key_of).collect();
        let found = Aliases::get().find(&typed).filter(|(count, _)| *count == typed.len());
        let joined = |name: &AliasName| name.words.iter().map(|word| &*word.folded).collect::<Vec<_>>().join(" ");
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

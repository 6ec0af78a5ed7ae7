//! All lexicons as one value, read once from data inside the program.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{
    Class, Complement, Cue, Family, Gender, Info, Mood, NameLexicon, Preposition, Told, WordId, Words, inflect,
    names::{NameEntry, reserve},
    table::{NumberMap, hash},
};
use crate::{domain::Language, text::fold};

/// The word lists of one language.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Which language.
    pub language: Language,
    info: Vec<Info>,
    cues: Vec<Cue>,
    /// What reporting verbs, participles and nouns tell, by the hashes of their folded forms.
    told: NumberMap<Told>,
    /// Folded phrases that stand alone on a line of a page and are no part of a report, each with what it is.
    pub furniture: Vec<(String, String)>,
}

impl Pack {
    /// What the language knows of a word.
    pub fn info(&self, word: WordId) -> Info {
        self.info.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// What a folded reporting verb, participle or noun tells.
    pub(super) fn told(&self, folded: &str) -> Option<Told> {
        self.told.get(&hash(&[folded])).copied()
    }

    /// The reporting word with this index.
    pub fn cue(&self, index: u16) -> &Cue {
        &self.cues[usize::from(index)]
    }
}

/// Every lexicon: the names shared by all languages and the word lists of each.
#[derive(Clone, Debug)]
pub struct Packs {
    /// Numbers of all words.
    pub words: Words,
    /// Proper names.
    pub names: NameLexicon,
    shared: Vec<Info>,
    packs: Vec<Pack>,
}

/// `words.toml` of a language.
#[derive(Deserialize)]
struct WordFile {
    class: BTreeMap<String, WordList>,
    month: BTreeMap<String, String>,
    weekday: BTreeMap<String, String>,
    furniture: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct WordList {
    #[serde(default)]
    article: bool,
    words: String,
}

/// `cues.toml` of a language.
#[derive(Deserialize)]
struct CueFile {
    group: Vec<CueGroup>,
}

#[derive(Deserialize)]
struct CueGroup {
    family: Family,
    complement: Vec<ComplementName>,
    #[serde(default)]
    strict: bool,
    /// Whether who uses it says that what is reported is not so; the family of denials always does.
    #[serde(default)]
    denies: bool,
    #[serde(default)]
    objects: bool,
    /// Verbs by their past, present, participle and, where they take one, preposition.
    #[serde(default)]
    verbs: Vec<Vec<String>>,
    /// Finite forms as they stand.
    #[serde(default)]
    forms: String,
    /// Participles as they stand.
    #[serde(default)]
    participles: String,
    /// Nouns of the family; they tell what a cue does and are no cues themselves.
    #[serde(default)]
    nouns: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ComplementName {
    Clause,
    Preposition,
    Object,
}

/// The text of a language's files.
pub(super) struct PackFiles {
    pub language: Language,
    pub words: &'static str,
    pub cues: &'static str,
    pub common: &'static str,
}

impl Packs {
    /// Reads all lexicons. Takes tens of milliseconds: share the result, or use [`Packs::get`].
    pub fn load() -> Packs {
        let mut words = Words::with_capacity(1 << 16);
        let mut shared = Vec::new();
        let names = NameLexicon::read(&mut words, &mut shared);
        let packs = [super::ar::FILES, super::en::FILES].iter().map(|files| read(files, &mut words)).collect();
        Packs { words, names, shared, packs }
    }

    /// The packs of all languages that have one.
    pub(super) fn all(&self) -> &[Pack] {
        &self.packs
    }

    /// Whether a folded word is of one of these classes in some language.
    pub(super) fn is(&self, folded: &str, class: Class) -> bool {
        let word = self.words.find(&[folded]);
        self.packs.iter().any(|pack| pack.info(word).class.has(class))
    }

    /// The lexicons, read at the first call.
    pub fn get() -> &'static Packs {
        static PACKS: LazyLock<Packs> = LazyLock::new(Packs::load);
        &PACKS
    }

    /// The pack of a language; Arabic's serves right-to-left languages without one, English's the others.
    pub fn pack(&self, language: Language) -> &Pack {
        let serving = self.packs.iter().find(|pack| pack.language == language);
        serving.unwrap_or(&self.packs[usize::from(!language.is_rtl())])
    }

    /// What the lexicons of names know of a word; the value of a nationality is the index of its country's entry plus one.
    pub fn shared(&self, word: WordId) -> Info {
        self.shared.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The index of the entry of the country that an adjective of nationality belongs to.
    pub fn country_index(&self, word: WordId) -> Option<u32> {
        let info = self.shared(word);
        let index = info.class.has(Class::NATIONALITY).then(|| info.value.checked_sub(1)).flatten()?;
        Some(u32::from(index))
    }

    /// The country that an adjective of nationality belongs to.
    pub fn country(&self, word: WordId) -> Option<&NameEntry> {
        Some(self.names.entry(self.country_index(word)?))
    }
}

fn read(files: &PackFiles, words: &mut Words) -> Pack {
    let list: WordFile = toml::from_str(files.words).expect("words.toml is part of the program and tested");
    let cue_file: CueFile = toml::from_str(files.cues).expect("cues.toml is part of the program and tested");
    let mut pack =
        Pack { language: files.language, info: Vec::new(), cues: Vec::new(), told: NumberMap::default(), furniture: Vec::new() };
    let mut mark = |word: &str, class: Class, value: Option<u16>| {
        let id = words.add(&fold(word));
        reserve(&mut pack.info, id);
        let info = &mut pack.info[id.0 as usize];
        // The first list that gives a word a number keeps it.
        if let Some(value) = value.filter(|_| !info.class.has(Class::CUE | Class::MONTH | Class::WEEKDAY)) {
            info.value = value;
        }
        info.class |= class;
    };
    for (key, list) in &list.class {
        let class = Class::of_key(key).unwrap_or_else(|| panic!("words.toml names no class '{key}'"));
        for word in list.words.split_whitespace() {
            mark(word, class, None);
            if list.article {
                mark(&format!("ال{word}"), class, None);
            }
        }
    }
    for (class, table) in [(Class::MONTH, &list.month), (Class::WEEKDAY, &list.weekday)] {
        for (number, names) in table {
            let number = number.parse().expect("months and weekdays are numbered");
            names.split_whitespace().for_each(|name| mark(name, class, Some(number)));
        }
    }
    for word in files.common.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        mark(word, Class::COMMON, None);
    }
    let (mut cues, mut told) = (Vec::new(), NumberMap::default());
    for group in &cue_file.group {
        let tells = Told { family: group.family, denies: group.denies || group.family == Family::Deny };
        let mut complement = Complement::default();
        for name in &group.complement {
            complement.0 |= match name {
                ComplementName::Clause => Complement::CLAUSE.0,
                ComplementName::Preposition => Complement::PREPOSITION.0,
                ComplementName::Object => Complement::OBJECT.0,
            };
        }
        let mut add = |form: &str, mood: Mood, gender: Gender, preposition: Option<Preposition>| {
            let index = u16::try_from(cues.len()).expect("far fewer reporting words");
            cues.push(Cue {
                family: group.family,
                mood,
                gender,
                complement,
                preposition,
                strict: group.strict,
                denies: tells.denies,
            });
            told.entry(hash(&[fold(form).as_str()])).or_insert(tells);
            mark(form, Class::CUE, Some(index));
        };
        for verb in &group.verbs {
            let part = |n: usize| verb.get(n).map_or("-", String::as_str);
            let preposition = Preposition::of_word(part(3));
            let each = |form: &str, mood: Mood, gender: Gender| add(form, mood, gender, preposition);
            inflect::forms(&fold(part(0)), &fold(part(1)), &fold(part(2)), group.objects, each);
        }
        group.forms.split_whitespace().for_each(|form| add(form, Mood::Verb, Gender::Any, None));
        group.participles.split_whitespace().for_each(|form| add(form, Mood::Participle, Gender::Any, None));
        for noun in group.nouns.split_whitespace() {
            told.entry(hash(&[fold(noun).as_str()])).or_insert(tells);
        }
    }
    (pack.cues, pack.told) = (cues, told);
    let furniture = list.furniture.iter().flat_map(|(why, phrases)| phrases.iter().map(move |phrase| (phrase, why)));
    pack.furniture = furniture.map(|(phrase, why)| (key_of(phrase), why.replace('_', " "))).collect();
    pack
}

/// A line as furniture phrases are compared: its folded words, parted by single blanks.
pub fn key_of(line: &str) -> String {
    let mut key = String::new();
    for word in crate::text::words(line) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_are_read() {
        let packs = Packs::get();
        let arabic = packs.pack(Language::ARABIC);
        let said = packs.words.find(&[&fold("قال")]);
        assert!(arabic.info(said).class.has(Class::CUE));
        assert_eq!(arabic.cue(arabic.info(said).value).gender, Gender::Masculine);
        let said = packs.words.find(&["said"]);
        assert!(!arabic.info(said).class.has(Class::CUE));
        assert!(packs.pack(Language::ENGLISH).info(said).class.has(Class::CUE));
    }

    #[test]
    fn nationalities_lead_to_countries() {
        let packs = Packs::get();
        for (word, country) in [("الروسي", "russia"), ("روسية", "russia"), ("Russian", "russia"), ("الأميركي", "united_states")]
        {
            let word = packs.words.find(&[&fold(word)]);
            assert_eq!(packs.country(word).map(|entry| entry.slug), Some(country));
        }
    }
}

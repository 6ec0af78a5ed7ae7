//! What a collection tells of words and phrases once it has been read by rules and an earlier model: the material of a [`Lexis`].

use std::collections::HashMap;

use super::super::{
    facts::{self, Facts},
    label::KINDS,
    lexis::{Lexis, PREFIX, WordFacts, key},
    words::{self, Known, Words},
};
use crate::{
    domain::Fields,
    extract::{Models, dates, furniture, furniture::Page, names, names::Candidate, tokens::Tokens},
    lang::{Packs, detect, table},
};

/// How sure a name must be to count, in hundredths.
const SURE: u8 = 50;
/// How many readings a phrase needs.
const FEWEST: u32 = 3;

/// Counts over a collection.
#[derive(Clone, Debug, Default)]
pub struct Mined {
    /// For each folded word: how often it was part of a person's, place's, body's name, and how often it occurs.
    words: HashMap<String, [u32; 4]>,
    /// For each phrase: how often it was a name of each kind, and the keys of its beginnings.
    phrases: HashMap<u32, ([u32; KINDS.len()], Vec<u32>)>,
    /// How often each phrase occurs.
    total: HashMap<u32, u32>,
}

/// A text as the counts need it.
fn read<'t>(text: &'t str, packs: &'t Packs, models: &Models) -> (Tokens<'t>, Vec<Facts>, Vec<Candidate>) {
    let language = detect(text);
    let tokens = Tokens::new(text, packs.pack(language), packs);
    let page = furniture::find(&tokens, &Fields::default());
    let dates = dates::find(&tokens);
    let proposals = names::propose(&tokens, &page, &dates, |_| false);
    let facts = forms(&tokens, &page);
    let found = match models.of(language) {
        Some(model) => model.names(&tokens, &page, &dates, &proposals),
        None => proposals.chosen,
    };
    (tokens, facts, found)
}

/// What the tokens tell by themselves.
fn forms(tokens: &Tokens<'_>, page: &Page) -> Vec<Facts> {
    let mut words = Words { lexis: &Lexis::default(), seen: &mut Known::new(10) };
    facts::gather(tokens, page, &[], |_| None, &[], &mut words, |_| true)
}

/// Counts the words and phrases of texts that are names as `models` read them.
pub fn mine<'t>(texts: impl Iterator<Item = &'t str>, packs: &Packs, models: &Models) -> Mined {
    let mut mined = Mined::default();
    for text in texts {
        let (tokens, facts, found) = read(text, packs, models);
        let mut sorts: Vec<Option<(usize, &Candidate)>> = vec![None; tokens.all.len()];
        for name in found.iter().filter(|name| name.confidence >= SURE) {
            let Some(kind) = KINDS.iter().position(|kind| *kind == name.kind) else { continue };
            let (start, end) = name.tokens;
            sorts[start..end].fill(Some((kind, name)));
            let mut path = Vec::new();
            for (key, stop) in facts::keys(&tokens, &facts, start, first_word(&tokens, name)) {
                if stop == end && !path.is_empty() {
                    let phrase = mined.phrases.entry(key).or_default();
                    phrase.0[kind] += 1;
                    phrase.1 = std::mem::take(&mut path);
                    break;
                }
                path.push(key);
            }
        }
        for at in (0..tokens.all.len()).filter(|at| tokens.all[*at].mark == 'w') {
            let sort = sorts[at];
            let begins = sort.filter(|(_, name)| name.tokens.0 == at && name.cut > 0);
            let word = begins.map_or_else(|| tokens.folded(at).to_owned(), |(_, name)| rest(&tokens, at, name.cut));
            let counts = mined.words.entry(word).or_default();
            counts[3] += 1;
            if let Some((kind, _)) = sort.filter(|(kind, _)| *kind < 3) {
                counts[kind] += 1;
            }
        }
    }
    mined
}

/// The hash of a name's first word without attached particles.
fn first_word(tokens: &Tokens<'_>, name: &Candidate) -> u64 {
    match name.cut {
        0 => table::hash(&[tokens.folded(name.tokens.0)]),
        cut => table::hash(&[&rest(tokens, name.tokens.0, cut)]),
    }
}

/// A folded word behind attached particles, with the alif that a lam took.
fn rest(tokens: &Tokens<'_>, at: usize, cut: u8) -> String {
    let folded = tokens.folded(at);
    let skip = folded.char_indices().nth(usize::from(cut)).map_or(0, |(skip, _)| skip);
    let lam = folded[..skip].ends_with('ل') && folded[skip..].starts_with('ل');
    format!("{}{}", if lam { "ا" } else { "" }, &folded[skip..])
}

impl Mined {
    /// Adds the counts of another part of the collection.
    pub fn add(&mut self, other: Mined) {
        for (word, counts) in other.words {
            let own = self.words.entry(word).or_default();
            own.iter_mut().zip(counts).for_each(|(own, count)| *own += count);
        }
        for (key, (counts, path)) in other.phrases {
            let own = self.phrases.entry(key).or_default();
            own.0.iter_mut().zip(counts).for_each(|(own, count)| *own += count);
            own.1 = path;
        }
        for (key, count) in other.total {
            *self.total.entry(key).or_default() += count;
        }
    }

    /// Drops phrases that are too rare and counts how often the others occur in `texts`, named or not.
    #[must_use]
    pub fn occurrences<'t>(&self, texts: impl Iterator<Item = &'t str>, packs: &Packs) -> Mined {
        let frequent = |key: &u32| self.phrases.get(key).is_some_and(|(counts, _)| counts.iter().sum::<u32>() >= FEWEST);
        let mut total = HashMap::new();
        for text in texts {
            let tokens = Tokens::new(text, packs.pack(detect(text)), packs);
            let facts = forms(&tokens, &Page::default());
            for at in (0..tokens.all.len()).filter(|at| tokens.all[*at].mark == 'w') {
                let cuts: Vec<u64> =
                    words::cuts(tokens.folded(at)).map(|(cut, _)| table::hash(&[&rest(&tokens, at, cut)])).collect();
                for first in std::iter::once(facts[at].word).chain(cuts) {
                    for (key, _) in facts::keys(&tokens, &facts, at, first).skip(1).filter(|(key, _)| frequent(key)) {
                        *total.entry(key).or_default() += 1;
                    }
                }
            }
        }
        Mined { total, ..Mined::default() }
    }

    /// The lexis of the collection; `classes` tells the fine and the coarse class of a folded word.
    pub fn lexis(&self, classes: impl Fn(&str) -> Option<(u16, u8)>) -> Lexis {
        let mut words: Vec<(u32, WordFacts)> = Vec::new();
        let eighths = |part: u32, all: u32| (f64::from(part) / f64::from(all.max(1)) * 7.0).round() as u16;
        for (word, [persons, places, bodies, all]) in &self.words {
            let class = classes(word);
            if class.is_none() && (*all < 3 || *all < 4 && persons + places + bodies == 0) {
                continue;
            }
            let (fine, coarse) = class.unwrap_or_default();
            let frequency = (2.0 * f64::from(*all).log2()).round().max(1.0) as u8;
            let named = eighths(*persons, *all) | eighths(*places, *all) << 3 | eighths(*bodies, *all) << 6;
            words.push((key(table::hash(&[word])), WordFacts { fine, coarse, frequency, named }));
        }
        words.sort_unstable_by_key(|(key, facts)| (*key, std::cmp::Reverse(facts.frequency)));
        let mut phrases: HashMap<u32, u8> = HashMap::new();
        for (key, (counts, path)) in &self.phrases {
            let named: u32 = counts.iter().sum();
            if named < FEWEST {
                continue;
            }
            let all = self.total.get(key).copied().unwrap_or(named).max(named);
            let (kind, most) =
                counts.iter().enumerate().max_by_key(|(kind, count)| (**count, std::cmp::Reverse(*kind))).unwrap_or((0, &0));
            let share = (f64::from(*most) / f64::from(all) * 5.0).floor().min(4.0) as u8;
            if share == 0 {
                continue;
            }
            let often = u8::from(named >= 10) + u8::from(named >= 50);
            phrases.insert(*key, (1 + kind as u8) | (share << 3) | (often << 6));
            path.iter().for_each(|prefix| {
                phrases.entry(*prefix).or_insert(PREFIX);
            });
        }
        Lexis::new(&words, phrases)
    }
}

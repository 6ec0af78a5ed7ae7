//! What the model looks at in each token before features are made: forms, classes, lexicon matches, rules' finds, and the rest of the document.

use super::{
    lexis::{Lexis, PREFIX, WordFacts, next_key},
    words::{Word, Words, cuts},
};
use crate::{
    extract::{
        dates::FoundDate,
        furniture::Page,
        names::Candidate,
        tokens::{Token, Tokens},
    },
    lang::{
        Class,
        table::{self, NumberMap, mix},
    },
};

/// What is known of one token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The folded word or the mark.
    pub word: u64,
    /// The word without attached particles.
    pub stem: u64,
    /// The stem without its article.
    pub core: u64,
    /// How many letters of particles were taken off.
    pub cut: u8,
    /// How many bytes of the folded form the particles fill.
    pub skip: u8,
    /// Classes of the whole word.
    pub whole: u64,
    /// Classes of any reading.
    pub any: u64,
    /// What the collection tells of the stem.
    pub lexis: WordFacts,
    /// Which evidence there is for attached particles.
    pub attached: u64,
    /// The lexicon match that covers it: kind, part, class of entry.
    pub lexicon: u64,
    /// The rules' find that covers it: kind and part.
    pub rule: u64,
    /// That find's rule, sureness and length.
    pub why: u64,
    /// The phrase of the collection that covers it: kind, sureness, part.
    pub phrase: u64,
    /// How often its stem occurs in the document, and what the rules find elsewhere.
    pub document: u64,
    /// Script, capitals, digits, length.
    pub shape: u64,
    /// Whether a phrase of the collection begins with the word, and whether one does with the stem.
    pub leads: [bool; 2],
}

impl Facts {
    /// All that a word alone tells, as one number; `folded` is its folded form.
    pub fn of_word(&self, folded: &str) -> u64 {
        // Numbers are alike but for their digits.
        let digits = if self.word == self.shape { table::hash(&[folded]) } else { 0 };
        let word = mix(self.word ^ self.stem.rotate_left(23) ^ digits);
        [self.whole, self.any, self.shape].iter().fold(word, |all, one| mix(all ^ one))
    }
}

/// What a document tells of a stem.
#[derive(Clone, Copy, Debug, Default)]
struct Elsewhere {
    count: u32,
    found: [u32; 3],
    titled: u32,
}

/// Looks at every token. `found` are the rules' names in order of the text; `lexicon` tells the lexicon match
/// at a token; phrases whose keys are `unknown` are passed over.
pub(super) fn gather<'f>(
    tokens: &Tokens<'_>,
    page: &Page,
    found: &[Candidate],
    lexicon: impl Fn(usize) -> Option<&'f Candidate>,
    dates: &[FoundDate],
    words: &mut Words<'_>,
    unknown: impl Fn(u32) -> bool,
) -> Vec<Facts> {
    let hashes: Vec<u64> = (0..tokens.all.len()).map(|at| table::hash(&[tokens.folded(at)])).collect();
    let is_word = |at: &usize| tokens.all[*at].mark == 'w';
    let document: NumberMap<()> = (0..tokens.all.len()).filter(is_word).map(|at| (hashes[at], ())).collect();
    let mut all: Vec<Facts> = Vec::with_capacity(tokens.all.len());
    for (at, token) in tokens.all.iter().enumerate() {
        let folded = tokens.folded(at);
        all.push(match token.mark {
            'w' => of_word(token, folded, words.of(folded, hashes[at]), &document),
            _ => of_mark(token, folded),
        });
    }
    for (at, facts) in all.iter_mut().enumerate() {
        if let Some(known) = lexicon(at) {
            let entry = known.entry.map(|entry| tokens.packs.names.entry(entry));
            let role = entry.map_or(0, |entry| table::hash(&[entry.role]) & 0xFFFF);
            let ambiguous = entry.is_some_and(|entry| entry.ambiguous);
            facts.lexicon = code(known, at) | role << 8 | u64::from(ambiguous) << 24;
        }
    }
    for known in found {
        for (at, facts) in all.iter_mut().enumerate().take(known.tokens.1).skip(known.tokens.0) {
            facts.rule = code(known, at) | u64::from(known.cut.min(2)) << 6;
            let length = (known.tokens.1 - known.tokens.0).min(6) as u64;
            facts.why = table::hash(&[known.rule]) & 0xFFFF_FF00 | length << 4 | u64::from(known.confidence / 10);
        }
    }
    for date in dates {
        all[date.tokens.0..date.tokens.1].iter_mut().for_each(|facts| facts.rule = 1 << 12);
    }
    phrases(tokens, words.lexis, &mut all, unknown);
    elsewhere(tokens, page, &mut all);
    all
}

/// The most words of a phrase.
pub(super) const LONGEST: usize = 8;

/// The keys of the phrases that begin with a word, read as `first`, at token `at`: each with the token behind it.
pub(super) fn keys<'k>(
    tokens: &'k Tokens<'_>,
    all: &'k [Facts],
    at: usize,
    first: u64,
) -> impl Iterator<Item = (u32, usize)> + 'k {
    let mut state = Some((next_key(0, first), at + 1));
    std::iter::from_fn(move || {
        let (key, end) = state?;
        // Dots, hyphens and underscores inside a name stand close to its words.
        let joint = matches!(tokens.mark(end), '.' | '-' | '_') && !tokens.all[end].spaced;
        let next = end + usize::from(joint);
        let word = tokens.all.get(next).filter(|token| token.is_word() && (!joint || !token.spaced));
        state = word.map(|_| (next_key(key, all[next].word), next + 1));
        Some((key, end))
    })
    .take(LONGEST)
}

/// Marks the longest phrases from left to right.
fn phrases(tokens: &Tokens<'_>, lexis: &Lexis, all: &mut [Facts], unknown: impl Fn(u32) -> bool) {
    let mut at = 0;
    while at < all.len() {
        let mut best: Option<(usize, u8, bool)> = None;
        if tokens.all[at].mark == 'w' {
            for (first, cut) in [(all[at].word, false), (all[at].stem, true)] {
                if !all[at].leads[usize::from(cut)] {
                    continue;
                }
                for (key, end) in keys(tokens, all, at, first) {
                    let Some(code) = lexis.phrase(key) else { break };
                    if code != PREFIX && !unknown(key) && best.is_none_or(|best| end > best.0) {
                        best = Some((end, code, cut));
                    }
                }
            }
        }
        let Some((end, code, cut)) = best else {
            at += 1;
            continue;
        };
        for (place, facts) in all.iter_mut().enumerate().take(end).skip(at) {
            let part = u64::from(place == at) | u64::from(place + 1 == end) << 1;
            facts.phrase = u64::from(code) | part << 8 | u64::from(cut) << 10;
        }
        at = end;
    }
}

/// The kind of a find and which part of it a token is.
fn code(known: &Candidate, at: usize) -> u64 {
    let part = if known.tokens.0 == at { 1 } else { 2 };
    let last = u64::from(known.tokens.1 == at + 1);
    1 + known.kind as u64 * 6 + part * 2 + last
}

/// What is known of a mark or a number.
fn of_mark(token: &Token, folded: &str) -> Facts {
    let value = if token.mark == '0' { 0x30 + folded.len().min(5) as u64 } else { u64::from(token.mark) << 32 };
    Facts { word: value, stem: value, core: value, shape: value, ..Facts::default() }
}

fn of_word(token: &Token, folded: &str, word: &Word, document: &NumberMap<()>) -> Facts {
    let mut facts = Facts { word: word.whole.hash, ..Facts::default() };
    facts.whole = token.forms().first().filter(|form| form.cut == 0).map_or(0, |form| form.class.0 | 1 << 62);
    facts.any = token.forms().iter().fold(0, |any, form| any | form.class.0);
    let own = word.whole.lexis;
    let mut stem = &word.whole;
    // Which reading: the lexicons' first, else the one that document or collection know better than the whole.
    let known = token.forms().first().map(|form| form.cut);
    for rest in word.rests() {
        let cut = rest.cut;
        let here = document.contains_key(&rest.hash);
        let more = rest.lexis.frequency > own.frequency + 4;
        let form = token.forms().iter().any(|form| form.cut == cut && form.lam == rest.lam);
        facts.attached |= 1 << (cut * 4);
        facts.attached |= u64::from(here) << (cut * 4 + 1) | u64::from(more) << (cut * 4 + 2);
        facts.attached |= u64::from(form) << (cut * 4 + 3);
        let better = match known {
            Some(0) => false,
            Some(known) => known == cut,
            None => here || more || own.frequency == 0 && rest.lexis.frequency > 0,
        };
        if better && stem.cut == 0 {
            stem = rest;
        }
    }
    facts.attached |= u64::from(own.frequency > 0) << 1 | u64::from(known == Some(0));
    (facts.cut, facts.skip) = (stem.cut, stem.skip);
    (facts.stem, facts.core, facts.lexis) = (stem.hash, stem.core, stem.lexis);
    facts.leads = [word.whole.leads, stem.cut > 0 && stem.leads];
    let letters = u64::from(word.letters.min(12));
    facts.shape = letters | (token.case as u64) << 4 | u64::from(word.digits) << 7 | u64::from(folded.is_ascii()) << 8;
    facts
}

/// How many letters to take off a token that the model says has particles in front.
pub(super) fn cut_of(tokens: &Tokens<'_>, at: usize, facts: &Facts) -> u8 {
    if facts.cut > 0 {
        return facts.cut;
    }
    let form = tokens.all[at].forms().iter().find(|form| form.cut > 0);
    form.map_or_else(|| u8::from(cuts(tokens.folded(at)).next().is_some()), |form| form.cut)
}

fn elsewhere(tokens: &Tokens<'_>, page: &Page, all: &mut [Facts]) {
    let mut stems: NumberMap<Elsewhere> = NumberMap::with_capacity_and_hasher(all.len(), Default::default());
    let kind = |rule: u64| rule.checked_sub(1).filter(|code| *code < 256).map(|code| (code & 0x3F) / 6).filter(|kind| *kind < 3);
    let before =
        |at: usize| at > 0 && tokens.all[at - 1].can_be(Class::TITLE | Class::NATIONALITY | Class::GIVEN | Class::HONORIFIC);
    for (at, facts) in all.iter().enumerate() {
        if tokens.all[at].mark != 'w' || page.hides(at) {
            continue;
        }
        let entry = stems.entry(facts.stem).or_default();
        entry.count += 1;
        if let Some(kind) = kind(facts.rule) {
            entry.found[kind as usize] += 1;
        }
        entry.titled += u32::from(before(at));
    }
    for (at, facts) in all.iter_mut().enumerate() {
        let Some(seen) = stems.get(&facts.stem).filter(|_| tokens.all[at].mark == 'w') else { continue };
        let own = kind(facts.rule);
        let found = (0..3).fold(0, |set, kind| {
            // Furniture is not counted.
            let others = seen.found[kind as usize].saturating_sub(u32::from(own == Some(kind)));
            set | u64::from(others > 0) << kind | u64::from(others > 2) << (kind + 3)
        });
        let titled = u64::from(seen.titled > u32::from(before(at)));
        let count = u64::from(seen.count.min(4));
        facts.document = 1 | found << 1 | titled << 8 | count << 9;
    }
}

//! What the model looks at in each token before features are made: forms, classes, lexicon matches, rules' finds, and the rest of the document.

use std::collections::HashMap;

use super::lexis::{Lexis, PREFIX, WordFacts, next_key};
use crate::{
    extract::{dates::FoundDate, furniture::Page, names::Candidate, tokens::Tokens},
    lang::{Class, table},
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
    lexis: &Lexis,
    unknown: impl Fn(u32) -> bool,
) -> Vec<Facts> {
    let mut all: Vec<Facts> = Vec::with_capacity(tokens.all.len());
    let whole: HashMap<u64, u32> = tokens.all.iter().enumerate().filter(|(_, token)| token.mark == 'w').fold(
        HashMap::with_capacity(tokens.all.len()),
        |mut words, (at, _)| {
            *words.entry(table::hash(&[tokens.folded(at)])).or_default() += 1;
            words
        },
    );
    for at in 0..tokens.all.len() {
        all.push(of_word(tokens, at, lexis, &whole));
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
    phrases(tokens, lexis, &mut all, unknown);
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
                if cut && all[at].cut == 0 {
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

fn of_word(tokens: &Tokens<'_>, at: usize, lexis: &Lexis, document: &HashMap<u64, u32>) -> Facts {
    let token = &tokens.all[at];
    if !token.is_word() {
        let mark = u64::from(token.mark) << 32;
        return Facts { word: mark, stem: mark, core: mark, shape: mark, ..Facts::default() };
    }
    let folded = tokens.folded(at);
    let mut facts = Facts { word: table::hash(&[folded]), ..Facts::default() };
    if token.mark == '0' {
        let number = 0x30 + folded.len().min(5) as u64;
        return Facts { word: number, stem: number, core: number, shape: number, ..Facts::default() };
    }
    facts.whole = token.forms().first().filter(|form| form.cut == 0).map_or(0, |form| form.class.0 | 1 << 62);
    facts.any = token.forms().iter().fold(0, |any, form| any | form.class.0);
    let own = lexis.facts(&[folded]);
    let mut best: (u8, usize) = (0, 0);
    let mut stem = (facts.word, own);
    // Which reading: the lexicons' first, else the one that document or collection know better than the whole.
    let known = token.forms().first().map(|form| form.cut);
    for (cut, skip) in cuts(folded) {
        let lam = folded[..skip].ends_with('ل') && folded[skip..].starts_with('ل');
        let parts: [&str; 2] = [if lam { "ا" } else { "" }, &folded[skip..]];
        let rest = table::hash(&parts);
        let heard = lexis.facts(&parts);
        let here = document.get(&rest).copied().unwrap_or(0) > 0;
        let more = heard.frequency > own.frequency + 4;
        let form = token.forms().iter().find(|form| form.cut == cut && form.lam == lam);
        facts.attached |= 1 << (cut * 4);
        facts.attached |= u64::from(here) << (cut * 4 + 1) | u64::from(more) << (cut * 4 + 2);
        facts.attached |= u64::from(form.is_some()) << (cut * 4 + 3);
        let better = match known {
            Some(0) => false,
            Some(known) => known == cut,
            None => here || more || own.frequency == 0 && heard.frequency > 0,
        };
        if better && best.0 == 0 {
            best = (cut, skip);
            stem = (rest, heard);
        }
    }
    facts.attached |= u64::from(own.frequency > 0) << 1 | u64::from(known == Some(0));
    (facts.cut, facts.skip) = (best.0, best.1 as u8);
    (facts.stem, facts.lexis) = stem;
    facts.core = core(&folded[best.1..]);
    let letters = folded.chars().count().min(12) as u64;
    let digits = u64::from(folded.bytes().any(|byte| byte.is_ascii_digit()));
    facts.shape = letters | (token.case as u64) << 4 | digits << 7 | u64::from(folded.is_ascii()) << 8;
    facts
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
    table::hash(&[rest.filter(|rest| rest.len() >= 4).unwrap_or(stem)])
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
    let mut stems: HashMap<u64, Elsewhere> = HashMap::with_capacity(all.len());
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

//! Runs of capitalised words in text of Latin script: what bounds them says more of a name than the words two places away, and
//! a longer run elsewhere in the document says whose last name a word is.

use super::facts::Facts;
use crate::{
    extract::tokens::{Case, Tokens},
    lang::{Class, table::NumberMap},
};

/// How often a stem is written small, and with a capital where small letters would stand too.
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;

/// The runs of a document.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// For each token the run that it is part of; empty where it is part of none.
    of: Vec<(u32, u32)>,
    /// For each stem the longest run of two words and more that holds it, and how it is written.
    stems: NumberMap<Stem>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Stem {
    longest: (u32, u32),
    /// Where in that run.
    at: u32,
    written: u8,
}

/// A run that a token is part of, or that holds its word elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Its tokens.
    pub tokens: (usize, usize),
    /// How far the token is from its ends and how long it is, as one number.
    pub place: u64,
}

impl Run {
    fn new(tokens: (u32, u32), at: u32) -> Option<Run> {
        let (start, end) = tokens;
        let place = u64::from((at - start).min(3)) | u64::from((end - 1 - at).min(3)) << 2 | u64::from((end - start).min(6)) << 4;
        Some(Run { tokens: (start as usize, end as usize), place })
    }
}

impl Runs {
    /// Finds the runs of a document.
    pub fn new(tokens: &Tokens<'_>, facts: &[Facts]) -> Runs {
        let mut runs = Runs { of: vec![(0, 0); tokens.all.len()], stems: NumberMap::default() };
        for &(start, end) in &tokens.sentences {
            let shouted = shouted(tokens, start, end);
            let mut at = start;
            while at < end {
                let opening = at == start || !tokens.all[at - 1].is_word() && tokens.mark(at - 1) != ',';
                // A word that may begin any sentence begins no run there.
                let begins = capital(tokens, at) && !(opening && tokens.all[at].is(Class::FUNCTION));
                if tokens.mark(at) == 'w' && !(opening && capital(tokens, at)) && !shouted {
                    let written = if tokens.all[at].case == Case::Lower { SMALL } else { CAPITAL };
                    runs.stems.entry(facts[at].stem).or_default().written |= written;
                }
                if !begins {
                    at += 1;
                    continue;
                }
                let stop = run_end(tokens, at, end);
                runs.of[at..stop].fill((at as u32, stop as u32));
                if stop - at > 1 && !shouted {
                    runs.remember(tokens, facts, at, stop);
                }
                for inside in &facts[at + 1..stop] {
                    runs.stems.entry(inside.stem).or_default().written |= if shouted { 0 } else { CAPITAL };
                }
                at = stop;
            }
        }
        runs
    }

    fn remember(&mut self, tokens: &Tokens<'_>, facts: &[Facts], start: usize, end: usize) {
        for at in (start..end).filter(|at| capital(tokens, *at)) {
            let stem = self.stems.entry(facts[at].stem).or_default();
            if end - start > (stem.longest.1 - stem.longest.0) as usize {
                (stem.longest, stem.at) = ((start as u32, end as u32), at as u32);
            }
        }
    }

    /// The run that a token is part of.
    pub fn at(&self, at: usize) -> Option<Run> {
        Some(self.of[at]).filter(|(start, end)| end > start).and_then(|run| Run::new(run, at as u32))
    }

    /// The run before this one that `of` or `for` joins to it.
    pub fn owner(&self, tokens: &Tokens<'_>, run: Run) -> Option<(usize, usize)> {
        let joint = |at: usize| matches!(tokens.folded(at), "of" | "for");
        let before = run.tokens.0.checked_sub(1)?;
        let of = if tokens.folded(before) == "the" { before.checked_sub(1)? } else { before };
        let (start, end) = self.of[of.checked_sub(1).filter(|_| joint(of))?];
        (end > start).then_some((start as usize, end as usize))
    }

    /// The run behind this one that `of` or `for` joins to it.
    pub fn owned(&self, tokens: &Tokens<'_>, run: Run) -> Option<(usize, usize)> {
        let of = run.tokens.1;
        let next = of + 1 + usize::from(tokens.folded(of + 1) == "the");
        let (start, end) = *self.of.get(next).filter(|_| matches!(tokens.folded(of), "of" | "for"))?;
        (end > start).then_some((start as usize, end as usize))
    }

    /// The longest run of the document that holds the stem of a token, if it is longer than the token's own.
    pub fn longer(&self, at: usize, stem: u64) -> Option<Run> {
        let own = self.of[at].1 - self.of[at].0;
        let stem = self.stems.get(&stem).filter(|stem| own > 0 && stem.longest.1 - stem.longest.0 > own)?;
        Run::new(stem.longest, stem.at)
    }

    /// How the document writes a stem where its sentence leaves the choice: 1 with both, else 2 small, 3 capital; 0 nowhere.
    pub fn written(&self, stem: u64) -> u64 {
        match self.stems.get(&stem).map_or(0, |stem| stem.written) {
            0 => 0,
            SMALL => 2,
            CAPITAL => 3,
            _ => 1,
        }
    }
}

fn capital(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.all.get(at).is_some_and(|token| token.mark == 'w' && matches!(token.case, Case::Title | Case::Upper))
}

/// Where a run that begins at `start` ends: marks inside it stand close, particles of names stand between capitals.
fn run_end(tokens: &Tokens<'_>, start: usize, limit: usize) -> usize {
    let mut end = start + 1;
    while end < limit {
        let close = |at: usize| tokens.all.get(at).is_some_and(|token| !token.spaced);
        let next = match tokens.mark(end) {
            '-' | '\'' | '’' | '/' if close(end) && close(end + 1) && tokens.folded(end + 1) != "s" => end + 1,
            '.' if close(end) && tokens.written(end - 1).chars().count() <= 2 => end + 1,
            '&' => end + 1,
            'w' if matches!(tokens.folded(end), "de" | "del" | "della" | "di" | "du" | "la" | "van" | "von" | "der")
                && tokens.all[end].case == Case::Lower =>
            {
                end + 1 + usize::from(matches!(tokens.folded(end + 1), "la" | "der"))
            }
            _ => end,
        };
        if next >= limit || !capital(tokens, next) {
            break;
        }
        end = next + 1;
    }
    end
}

/// Whether most words of a sentence are written with capitals, which then say nothing.
fn shouted(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let of = |case: fn(Case) -> bool| tokens.all[start..end].iter().filter(|token| token.mark == 'w' && case(token.case)).count();
    let (capitals, small) = (of(|case| matches!(case, Case::Title | Case::Upper)), of(|case| case == Case::Lower));
    capitals > 3 && capitals > 3 * small
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Language,
        extract::furniture::Page,
        extract::model::{
            facts,
            lexis::Lexis,
            words::{Known, Words},
        },
        lang::Packs,
    };

    #[test]
    fn runs_are_bounded_by_small_words_and_sentences() {
        let packs = Packs::get();
        let text = "The minister met Anna Berg of the Bank of Norway.\nBerg said the bank was sound.";
        let tokens = Tokens::new(text, packs.pack(Language::ENGLISH), packs);
        let mut words = Words { lexis: &Lexis::default(), seen: &mut Known::new(6) };
        let facts = facts::gather(&tokens, &Page::default(), &[], |_| None, &[], &mut words, |_| false);
        let runs = Runs::new(&tokens, &facts);
        let place = |word: &str| (0..tokens.all.len()).filter(|at| tokens.written(*at) == word).collect::<Vec<_>>();
        let shown = |run: Run| tokens.span(run.tokens.0, run.tokens.1).of(text).to_owned();
        let (anna, berg, the) = (place("Anna")[0], place("Berg"), place("The")[0]);
        assert_eq!(runs.at(anna).map(shown).as_deref(), Some("Anna Berg"));
        let bank = runs.at(place("Bank")[0]).unwrap();
        assert_eq!(runs.owner(&tokens, bank), Some((anna, anna + 2)));
        assert_eq!(runs.owned(&tokens, bank), Some((place("Norway")[0], place("Norway")[0] + 1)));
        assert!(runs.at(the).is_none());
        assert_eq!(runs.at(berg[1]).map(shown).as_deref(), Some("Berg"));
        assert!(runs.longer(berg[1], facts[berg[1]].stem).is_some());
        assert_eq!(runs.written(facts[place("bank")[0]].stem), 1);
        assert_eq!(runs.written(facts[place("minister")[0]].stem), 2);
    }
}

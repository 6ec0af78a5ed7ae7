//! Names in the text: every rule proposes candidates, the longest and surest win.

mod bodies;
mod english;
pub(super) mod events;
mod lexicon;
mod persons;

use super::{dates::FoundDate, furniture::Page, tokens::Tokens};
use crate::{domain::Kind, text::Span};

/// A stretch that may be a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its tokens.
    pub tokens: (usize, usize),
    /// Letters cut off its first token.
    pub cut: u8,
    /// What it names.
    pub kind: Kind,
    /// Its lexicon entry.
    pub entry: Option<u32>,
    /// The head of a country's body and the country's entry.
    pub body: Option<(u32, u32)>,
    /// The rule that proposes it.
    pub rule: &'static str,
    /// How sure the rule is, 0 to 100.
    pub confidence: u8,
}

impl Candidate {
    /// Where it stands in the text.
    pub fn span(&self, tokens: &Tokens<'_>) -> Span {
        Span::new(tokens.cut_start(self.tokens.0, self.cut), tokens.all[self.tokens.1 - 1].span.end as usize)
    }
}

/// Candidates of the rules so far, and which lexicon match covers each token.
pub(super) struct Board<'t, 'a> {
    /// The text.
    pub tokens: &'t Tokens<'a>,
    /// What the page hides.
    pub page: &'t Page,
    /// All proposals.
    pub candidates: Vec<Candidate>,
    /// For each token, the lexicon candidate that covers it, plus one.
    cover: Vec<u32>,
}

impl Board<'_, '_> {
    /// The lexicon match that covers a token.
    pub fn lexicon_at(&self, token: usize) -> Option<&Candidate> {
        let index = self.cover.get(token)?.checked_sub(1)?;
        self.candidates.get(index as usize)
    }

    fn propose(&mut self, tokens: (usize, usize), cut: u8, kind: Kind, rule: &'static str, confidence: u8) {
        self.candidates.push(Candidate { tokens, cut, kind, entry: None, body: None, rule, confidence });
    }
}

/// What the rules propose for a text, and what they choose of it.
pub(super) struct Proposals {
    /// All candidates.
    pub candidates: Vec<Candidate>,
    /// Those that the rules alone would take; they do not overlap each other or a date.
    pub chosen: Vec<Candidate>,
    cover: Vec<u32>,
}

impl Proposals {
    /// The lexicon match that covers a token.
    pub fn lexicon_at(&self, token: usize) -> Option<&Candidate> {
        self.candidates.get(self.cover.get(token)?.checked_sub(1)? as usize)
    }
}

/// Proposes names of persons, places and bodies by the rules. Entries of the lexicons that `unknown` names are passed over.
pub(super) fn propose(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate], unknown: impl Fn(u32) -> bool) -> Proposals {
    let mut board = Board { tokens, page, candidates: Vec::new(), cover: vec![0; tokens.all.len()] };
    lexicon::propose(&mut board, unknown);
    bodies::propose(&mut board);
    persons::propose(&mut board);
    english::propose(&mut board);
    let Board { candidates, cover, .. } = board;
    let chosen = resolve(candidates.clone(), tokens.all.len(), dates);
    Proposals { candidates, chosen, cover }
}

/// Keeps the longest candidates, the surest among equally long ones.
fn resolve(mut candidates: Vec<Candidate>, count: usize, dates: &[FoundDate]) -> Vec<Candidate> {
    let mut taken = vec![false; count];
    for date in dates {
        taken[date.tokens.0..date.tokens.1].fill(true);
    }
    candidates.sort_by_key(|candidate| {
        let (start, end) = candidate.tokens;
        (std::cmp::Reverse((end - start) * 8 + usize::from(candidate.confidence) / 10), start, candidate.kind)
    });
    candidates.retain(|candidate| {
        let range = candidate.tokens.0..candidate.tokens.1;
        let free = !taken[range.clone()].iter().any(|taken| *taken);
        if free {
            taken[range].fill(true);
        }
        free
    });
    candidates.sort_by_key(|candidate| candidate.tokens);
    candidates
}

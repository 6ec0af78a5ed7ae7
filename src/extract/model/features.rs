//! Features of a token: numbers that stand for "this template has this value here", the same in training and use.

use super::facts::Facts;
use crate::{
    extract::tokens::{Token, Tokens},
    lang::{Class, table::mix},
};

/// Changes with every change of the features; weights of another number are not read.
pub(super) const FEATURES_VERSION: u32 = 1;

/// How far the features look to either side.
const REACH: usize = 2;
/// How far back a title or head is looked for.
const BACK: usize = 5;

/// Classes that are features of their own.
const SINGLE: u64 = Class::FUNCTION.0
    | Class::COMMON.0
    | Class::TITLE.0
    | Class::HONORIFIC.0
    | Class::ORG_HEAD.0
    | Class::BODY.0
    | Class::ORG_LABEL.0
    | Class::PLACE_LABEL.0
    | Class::CUE.0
    | Class::NATIONALITY.0
    | Class::GIVEN.0
    | Class::NAME_PARTICLE.0
    | Class::PAPER.0
    | Class::KIN.0
    | Class::ORG_WEAK.0
    | Class::ORG_TAIL.0
    | Class::PLACE_TAIL.0
    | 1 << 62;

/// Collects features; each call is a template of its own, so that the order of calls is part of their meaning.
struct Emit<'o> {
    out: &'o mut Vec<u32>,
    template: u64,
}

impl Emit<'_> {
    /// A value of the next template; 0 says that there is none.
    fn put(&mut self, value: u64) {
        self.template += 1;
        if value != 0 {
            self.push(value);
        }
    }

    fn push(&mut self, value: u64) {
        let key = (mix(value ^ self.template.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 32) as u32;
        self.out.push(key.max(1));
    }

    /// Two values that count only together.
    fn pair(&mut self, one: u64, two: u64) {
        self.put(if one == 0 || two == 0 { 0 } else { mix(one).wrapping_add(two.wrapping_mul(31)) | 1 });
    }

    fn triple(&mut self, one: u64, two: u64, three: u64) {
        let value = mix(one).wrapping_add(mix(two ^ 0x55).wrapping_mul(31)).wrapping_add(three.wrapping_mul(1009));
        self.put(value | 1);
    }

    /// Each bit of a set is a value.
    fn set(&mut self, mut bits: u64) {
        self.template += 1;
        while bits != 0 {
            self.push(u64::from(bits.trailing_zeros()) + 1);
            bits &= bits - 1;
        }
    }
}

/// The document as the features see it.
pub(super) struct View<'v, 'a> {
    /// The tokens.
    pub tokens: &'v Tokens<'a>,
    /// What is known of each.
    pub facts: &'v [Facts],
    /// The tokens of the headline.
    pub title: (usize, usize),
    /// The token at which the report begins.
    pub body: usize,
    /// How much of it tells of sport.
    pub sport: u64,
}

/// How much of a text tells of sport, from 1 to 4.
pub(super) fn sport(tokens: &Tokens<'_>) -> u64 {
    let words = tokens.all.iter().filter(|token| token.can_be(Class::SPORT)).count();
    match words * 1000 / tokens.all.len().max(1) {
        0..4 => 1,
        4..12 => 2,
        12..30 => 3,
        _ => 4,
    }
}

impl View<'_, '_> {
    /// Appends the features of a token of the sentence `range`.
    pub fn features(&self, at: usize, range: (usize, usize), out: &mut Vec<u32>) {
        let edge = |side: u64| Facts { word: side, stem: side, core: side, ..Facts::default() };
        let (before, after) = (edge(1), edge(2));
        let near = |offset: isize| -> &Facts {
            match at.checked_add_signed(offset) {
                Some(place) if place < range.0 => &before,
                Some(place) if place < range.1 => &self.facts[place],
                Some(_) => &after,
                None => &before,
            }
        };
        let here = near(0);
        let [far, left, right, beyond] = [-2, -1, 1, REACH as isize].map(near);
        let mut emit = Emit { out, template: 0 };
        emit.put(1);
        for one in [here, left, right, far, beyond] {
            emit.put(one.word);
            emit.put(one.stem);
            emit.put(u64::from(one.lexis.fine));
            emit.put(u64::from(one.lexis.coarse));
            emit.set((one.whole | (one.any & !one.whole) << 63) & SINGLE);
            emit.put(one.whole);
            emit.put(one.lexicon);
            emit.put(one.rule);
        }
        for one in [here, left, right] {
            emit.put(one.core);
            emit.set(one.any & SINGLE);
            emit.put(one.any);
            emit.put(one.why);
            emit.put(one.document);
            emit.put(one.phrase);
            emit.put(one.phrase & 0x307);
            emit.put(one.shape);
            emit.put(u64::from(one.lexis.named) + u64::from(one.lexis.frequency > 0));
            for place in 0..3 {
                emit.put(u64::from(one.lexis.named >> (3 * place) & 7));
            }
        }
        emit.put(here.attached);
        emit.pair(here.attached, here.document);
        emit.pair(here.attached, left.whole + 1);
        for (one, two) in [(left, here), (here, right), (far, left), (right, beyond)] {
            emit.pair(one.stem, two.stem);
            emit.pair(u64::from(one.lexis.fine), u64::from(two.lexis.fine));
            emit.pair(u64::from(one.lexis.coarse), u64::from(two.lexis.coarse));
            emit.pair(one.any, two.any);
            emit.pair(one.lexicon + 1, two.lexicon + 1);
            emit.pair(one.rule + 1, two.rule + 1);
            emit.pair((one.phrase & 0x3FF) + 1, (two.phrase & 0x3FF) + 1);
        }
        emit.triple(left.rule, here.rule, right.rule);
        emit.triple(u64::from(left.lexis.coarse), u64::from(here.lexis.coarse), u64::from(right.lexis.coarse));
        emit.triple(left.any, here.any, right.any);
        emit.triple(left.stem, here.stem, right.stem);
        emit.triple(u64::from(left.lexis.named), u64::from(here.lexis.named), u64::from(right.lexis.named));
        emit.pair(here.rule + 1, here.document);
        emit.pair(here.rule + 1, (here.phrase & 0x7FF) + 1);
        emit.pair(u64::from(here.lexis.named) + 1, (here.phrase & 0x7FF) + 1);
        emit.pair(here.rule + 1, u64::from(here.lexis.named) + 1);
        emit.pair(here.rule + 1, here.stem);
        emit.pair(here.rule + 1, u64::from(here.lexis.coarse) + 1);
        emit.pair(here.rule + 1, left.stem);
        emit.pair(here.rule + 1, right.stem);
        emit.pair(here.document, u64::from(here.lexis.named) + 1);
        emit.pair(left.stem, u64::from(here.lexis.coarse) + 1);
        emit.pair(left.stem, here.shape);
        emit.pair(right.stem, u64::from(here.lexis.coarse) + 1);
        emit.put(self.sport);
        emit.pair(self.sport, here.lexicon + 1);
        emit.pair(self.sport, here.rule + 1);
        emit.pair(self.sport, left.stem);
        emit.pair(self.sport, u64::from(here.lexis.coarse) + 1);
        self.affixes(at, here, &mut emit);
        self.affixes_of_neighbour(at.checked_sub(1).filter(|place| *place >= range.0), &mut emit);
        self.affixes_of_neighbour(Some(at + 1).filter(|place| *place < range.1), &mut emit);
        self.place(at, range, &mut emit);
        self.triggers(at, range, &mut emit);
    }

    fn affixes(&self, at: usize, here: &Facts, emit: &mut Emit<'_>) {
        let stem = self.tokens.folded(at).get(usize::from(here.skip)..).unwrap_or_default();
        for count in 1..=4 {
            emit.put(front(stem, count));
            emit.put(back(stem, count));
        }
        emit.pair(front(stem, 2), back(stem, 2));
        emit.put(front(self.tokens.folded(at), 1));
        emit.put(front(self.tokens.folded(at), 3));
    }

    fn affixes_of_neighbour(&self, at: Option<usize>, emit: &mut Emit<'_>) {
        let word = at.map_or("", |at| self.tokens.folded(at));
        emit.put(front(word, 1));
        emit.put(front(word, 2));
        emit.put(back(word, 1));
        emit.put(back(word, 2));
        emit.put(back(word, 3));
    }

    /// Where in the article and between which marks it stands.
    fn place(&self, at: usize, range: (usize, usize), emit: &mut Emit<'_>) {
        let title = at >= self.title.0 && at < self.title.1;
        let first = at == range.0;
        let token = &self.tokens.all[at];
        let close = |token: Option<&Token>| u64::from(token.is_some_and(|token| !token.spaced));
        let part = if title {
            1
        } else if at < self.body {
            2
        } else if at < self.body + 60 {
            3
        } else {
            4
        };
        emit.put(part);
        emit.put(part << 1 | u64::from(first));
        emit.put(1 + u64::from(token.quote > 0));
        let sort = u64::from(token.case as u8) + 1;
        emit.pair(sort, part);
        emit.pair(sort, 1 + u64::from(first));
        emit.put(1 + (close(Some(token)) | close(self.tokens.all.get(at + 1)) << 1));
        let bounds = |at: Option<usize>| u64::from(at.map_or('\n', |at| self.tokens.mark(at)));
        emit.pair(bounds(at.checked_sub(1)), bounds(Some(at + 1)));
    }

    /// The nearest title, nationality, head and label before it in its clause, and how far away they stand.
    fn triggers(&self, at: usize, range: (usize, usize), emit: &mut Emit<'_>) {
        let start = at.saturating_sub(BACK).max(range.0);
        let heads = [
            Class::TITLE | Class::HONORIFIC,
            Class::NATIONALITY,
            Class::ORG_HEAD | Class::BODY | Class::ORG_WEAK,
            Class::ORG_LABEL,
            Class::PLACE_LABEL,
            Class::CUE,
            Class::GIVEN,
        ];
        for head in heads {
            let found = (start..at).rev().find(|place| self.tokens.all[*place].can_be(head));
            let distance = found.map_or(0, |place| (at - place) as u64);
            emit.put(distance);
            emit.pair(found.map_or(0, |place| self.facts[place].core), distance);
            emit.pair(distance, u64::from(self.facts[at].lexis.coarse) + 1);
        }
        let next = (at + 1..range.1.min(at + 4)).find(|place| self.tokens.all[*place].can_be(Class::TITLE | Class::CUE));
        emit.put(next.map_or(0, |place| (place - at) as u64));
    }
}

/// The first letters of a word; 0 where it has no more than these.
fn front(word: &str, count: usize) -> u64 {
    match word.char_indices().nth(count) {
        Some((end, _)) => crate::lang::table::hash(&[&word[..end]]),
        None => 0,
    }
}

/// The last letters of a word; 0 where it has no more than these.
fn back(word: &str, count: usize) -> u64 {
    match word.char_indices().rev().nth(count - 1) {
        Some((start, _)) if start > 0 => crate::lang::table::hash(&[&word[start..]]),
        _ => 0,
    }
}

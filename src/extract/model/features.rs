//! Features of a token: numbers that stand for "this template has this value here", the same in training and use.

use super::{english, facts::Facts, runs::Runs};
use crate::{
    domain::Language,
    extract::{
        furniture::Page,
        tokens::{Token, Tokens},
    },
    lang::{Class, table::mix},
};

/// Changes with every change of the features; weights of another number are not read.
pub(super) const FEATURES_VERSION: u32 = 2;

/// The first template of the words at each of the places around a token, [`WORD_STEP`] apart, of finds, of the others, and of
/// those for English alone.
const OF_WORDS: u64 = 1;
const WORD_STEP: u64 = 32;
const OF_FINDS: u64 = 256;
const OF_OTHERS: u64 = 320;
const OF_ENGLISH: u64 = 384;

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

/// Collects features: each call is the next template.
pub(super) struct Emit<'o> {
    out: &'o mut Vec<u32>,
    template: u64,
}

impl Emit<'_> {
    /// A value of the next template; 0 says that there is none.
    pub fn put(&mut self, value: u64) {
        if value != 0 {
            self.push(value);
        }
        self.template += 1;
    }

    fn push(&mut self, value: u64) {
        let key = (mix(value ^ self.template.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 32) as u32;
        self.out.push(key.max(1));
    }

    /// Two values that count only together.
    pub fn pair(&mut self, one: u64, two: u64) {
        self.put(if one == 0 || two == 0 { 0 } else { mix(one).wrapping_add(two.wrapping_mul(31)) | 1 });
    }

    /// Three values that count only together.
    pub fn triple(&mut self, one: u64, two: u64, three: u64) {
        let value = mix(one).wrapping_add(mix(two ^ 0x55).wrapping_mul(31)).wrapping_add(three.wrapping_mul(1009));
        self.put(value | 1);
    }

    /// Each bit of a set is a value.
    fn set(&mut self, mut bits: u64) {
        while bits != 0 {
            self.push(u64::from(bits.trailing_zeros()) + 1);
            bits &= bits - 1;
        }
        self.template += 1;
    }
}

/// The places whose words a token's features look at: its own, then those beside it, then those two away.
const HERE: usize = 0;
const RIGHT: usize = 2;
/// How many places there are.
pub(super) const PLACES: usize = 5;

/// The facts of the tokens at the five places.
pub(super) type Around<'f> = [&'f Facts; PLACES];

/// The document as the features see it.
pub(super) struct View<'v, 'a> {
    /// The tokens.
    pub tokens: &'v Tokens<'a>,
    /// What is known of each.
    pub facts: &'v [Facts],
    /// What stands for all before and behind a sentence.
    pub edges: [Facts; 2],
    /// The tokens of the headline.
    title: (usize, usize),
    /// The token at which the report begins.
    body: usize,
    /// How much of it tells of sport.
    sport: u64,
    /// Its runs of capitals, if it is English.
    runs: Option<Runs>,
}

/// How much of a text tells of sport, from 1 to 4.
fn sport(tokens: &Tokens<'_>) -> u64 {
    let words = tokens.all.iter().filter(|token| token.can_be(Class::SPORT)).count();
    match words * 1000 / tokens.all.len().max(1) {
        0..4 => 1,
        4..12 => 2,
        12..30 => 3,
        _ => 4,
    }
}

impl<'v, 'a> View<'v, 'a> {
    /// Looks at a document.
    pub fn new(tokens: &'v Tokens<'a>, facts: &'v [Facts], page: &Page) -> View<'v, 'a> {
        let edge = |side: u64| Facts { word: side, stem: side, core: side, ..Facts::default() };
        let runs = (tokens.pack.language == Language::ENGLISH).then(|| Runs::new(tokens, facts));
        View { tokens, facts, edges: [edge(1), edge(2)], title: page.title_tokens, body: page.body, sport: sport(tokens), runs }
    }

    /// The tokens at the places around one of the sentence `range`; beyond its ends, which end.
    pub fn places(at: usize, range: (usize, usize)) -> [Result<usize, usize>; PLACES] {
        [0, -1, 1, -2, 2].map(|offset| match at.checked_add_signed(offset) {
            Some(place) if place >= range.1 => Err(1),
            Some(place) if place >= range.0 => Ok(place),
            _ => Err(0),
        })
    }

    fn around(&self, at: usize, range: (usize, usize)) -> Around<'_> {
        View::places(at, range).map(|place| place.map_or_else(|edge| &self.edges[edge], |place| &self.facts[place]))
    }

    /// Appends all features of a token of the sentence `range`.
    pub fn features(&self, at: usize, range: (usize, usize), out: &mut Vec<u32>) {
        for (place, token) in View::places(at, range).into_iter().enumerate() {
            self.word_features(token, place, out);
        }
        self.find_features(at, range, out);
        self.other_features(at, range, out);
    }

    /// Appends the features that a word at one of the places brings whatever stands beside it; `token` may be an edge.
    pub fn word_features(&self, token: Result<usize, usize>, place: usize, out: &mut Vec<u32>) {
        let (one, folded) = match token {
            Ok(token) => (&self.facts[token], self.tokens.folded(token)),
            Err(edge) => (&self.edges[edge], ""),
        };
        let mut emit = Emit { out, template: OF_WORDS + WORD_STEP * place as u64 };
        emit.put(one.word);
        emit.put(one.stem);
        emit.put(u64::from(one.lexis.fine));
        emit.put(u64::from(one.lexis.coarse));
        emit.set((one.whole | (one.any & !one.whole) << 63) & SINGLE);
        emit.put(one.whole);
        if place > RIGHT {
            return;
        }
        emit.put(one.core);
        emit.set(one.any & SINGLE);
        emit.put(one.any);
        emit.put(one.shape);
        emit.put(u64::from(one.lexis.named) + u64::from(one.lexis.frequency > 0));
        for kind in 0..3 {
            emit.put(u64::from(one.lexis.named >> (3 * kind) & 7));
        }
        let letters = if place == HERE { 4 } else { 2 };
        let stem = if place == HERE { folded.get(usize::from(one.skip)..).unwrap_or_default() } else { folded };
        for count in 1..=letters {
            emit.put(front(stem, count));
            emit.put(back(stem, count));
        }
        if place == HERE {
            emit.pair(front(stem, 2), back(stem, 2));
            emit.put(front(folded, 1));
            emit.put(front(folded, 3));
        } else {
            emit.put(back(folded, 3));
        }
    }

    /// All that [`View::find_features`] looks at.
    pub fn finds(&self, at: usize, range: (usize, usize)) -> u64 {
        let around = self.around(at, range);
        let all = around.iter().fold(self.sport, |all, one| mix(all ^ one.lexicon ^ one.rule << 26 ^ one.phrase << 40));
        around[..=RIGHT].iter().fold(all, |all, one| mix(all ^ one.why)) ^ around[HERE].document
    }

    /// Appends the features of what lexicons, rules and the rest of the document tell.
    pub fn find_features(&self, at: usize, range: (usize, usize), out: &mut Vec<u32>) {
        let around = self.around(at, range);
        let [here, left, right, ..] = around;
        let mut emit = Emit { out, template: OF_FINDS };
        emit.put(1);
        for one in around {
            emit.put(one.lexicon);
            emit.put(one.rule);
        }
        for one in [here, left, right] {
            emit.put(one.why);
            emit.put(one.phrase);
            emit.put(one.phrase & 0x307);
        }
        for (one, two) in [(left, here), (here, right)] {
            emit.pair(one.lexicon + 1, two.lexicon + 1);
            emit.pair(one.rule + 1, two.rule + 1);
            emit.pair((one.phrase & 0x3FF) + 1, (two.phrase & 0x3FF) + 1);
        }
        emit.put(here.document);
        emit.triple(left.rule, here.rule, right.rule);
        emit.pair(here.rule + 1, here.document);
        emit.pair(here.rule + 1, (here.phrase & 0x7FF) + 1);
        emit.put(self.sport);
        emit.pair(self.sport, here.lexicon + 1);
        emit.pair(self.sport, here.rule + 1);
    }

    /// Appends the features of words together and of where they stand.
    pub fn other_features(&self, at: usize, range: (usize, usize), out: &mut Vec<u32>) {
        let [here, left, right, ..] = self.around(at, range);
        let mut emit = Emit { out, template: OF_OTHERS };
        emit.put(left.document);
        emit.put(right.document);
        emit.put(here.attached);
        emit.pair(here.attached, here.document);
        emit.pair(here.attached, left.whole + 1);
        for (one, two) in [(left, here), (here, right)] {
            emit.pair(u64::from(one.lexis.coarse), u64::from(two.lexis.coarse));
            emit.pair(one.any, two.any);
        }
        emit.pair(left.rule + 1, here.attached);
        emit.pair(left.rule + 1, here.any);
        emit.pair(here.attached, here.any);
        self.place(at, range, &mut emit);
        if let Some(runs) = &self.runs {
            emit.template = OF_ENGLISH;
            english::features(self.tokens, self.facts, runs, self.around(at, range), at, &mut emit);
        }
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

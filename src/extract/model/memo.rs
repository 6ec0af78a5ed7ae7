//! What a model makes of words alone, remembered by each thread from one text to the next: most words of a text were in the last ones.
//!
//! Weights are whole numbers of small steps, so that sums taken apart are the same sums.

use std::cell::RefCell;

use super::{
    Model,
    features::{PLACES, View},
    label::LABELS,
    weights::{Steps, Weights},
    words::{Known, Word, Words},
};

/// Of how many models a thread remembers words.
const MODELS: usize = 4;

thread_local! {
    static MEMOS: RefCell<Vec<Memo>> = const { RefCell::new(Vec::new()) };
}

/// Sums of the weights of few features.
type Part = [i16; LABELS];

/// The sums of a word's own features at each of the places around a token.
pub(super) type Parts = [Part; PLACES];

/// What one model says of words, and of the finds around tokens.
#[derive(Debug)]
pub(super) struct Memo {
    model: u64,
    words: Known<Word>,
    parts: Known<Parts>,
    finds: Known<Part>,
    features: Vec<u32>,
}

/// Works with the memo that this thread has for a model.
pub(super) fn with<R>(model: &Model, work: impl FnOnce(&mut Memo) -> R) -> R {
    MEMOS.with_borrow_mut(|memos| {
        let place = memos.iter().position(|memo| memo.model == model.number).unwrap_or_else(|| {
            memos.truncate(MODELS - 1);
            memos.insert(0, Memo::new(model.number));
            0
        });
        work(&mut memos[place])
    })
}

impl Memo {
    fn new(model: u64) -> Memo {
        Memo { model, words: Known::new(14), parts: Known::new(14), finds: Known::new(13), features: Vec::new() }
    }

    /// The words that the model saw.
    pub fn words<'m>(&'m mut self, model: &'m Model) -> Words<'m> {
        Words { lexis: &model.lexis, seen: &mut self.words }
    }

    /// The sums of all words of a document, and behind them those of its two edges.
    pub fn parts(&mut self, weights: &Weights, view: &View<'_, '_>) -> Vec<Parts> {
        let count = view.facts.len();
        let all = view.facts.iter().chain(&view.edges).zip((0..count).map(Ok).chain([Err(0), Err(1)]));
        let features = &mut self.features;
        let mut parts = Vec::with_capacity(count + 2);
        for (facts, token) in all {
            let folded = token.map_or("", |token| view.tokens.folded(token));
            parts.push(*self.parts.get(facts.of_word(folded), || {
                std::array::from_fn(|place| {
                    features.clear();
                    view.word_features(token, place, features);
                    part(weights, features)
                })
            }));
        }
        parts
    }

    /// The sums of the weights of all features of a token; `parts` are those of the document's words.
    pub fn sums(&mut self, weights: &Weights, view: &View<'_, '_>, parts: &[Parts], at: usize, range: (usize, usize)) -> Steps {
        let mut sums = [0; LABELS];
        let mut add = |part: &Part| sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += i32::from(*part));
        for (place, token) in View::places(at, range).into_iter().enumerate() {
            add(&parts[token.unwrap_or_else(|edge| view.facts.len() + edge)][place]);
        }
        let features = &mut self.features;
        add(self.finds.get(view.finds(at, range), || {
            features.clear();
            view.find_features(at, range, features);
            part(weights, features)
        }));
        features.clear();
        view.other_features(at, range, features);
        weights.add(features, &mut sums);
        sums
    }
}

fn part(weights: &Weights, features: &[u32]) -> Part {
    let mut sums = [0; LABELS];
    weights.add(features, &mut sums);
    sums.map(|sum| i16::try_from(sum).expect("a word has fewer than 256 features with weights of at most 127"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Fields, Language},
        extract::{
            dates, furniture,
            model::{Models, facts},
            names,
            tokens::Tokens,
        },
        lang::Packs,
    };

    #[test]
    fn sums_taken_apart_are_the_sums_of_all_features() {
        let packs = Packs::get();
        let model = Models::get().of(Language::ARABIC).unwrap();
        let weights = &model.weights;
        let mut memo = Memo::new(0);
        let mut words = std::collections::HashSet::new();
        for text in [
            "التقى سمير تاراسيان في 12 مايو بباريس وزير الخارجية الفرنسي.\nوقال تاراسيان: «نعم».",
            "وفي 17 مايو قال سمير تاراسيان إنه زار وزارة الخارجية الفرنسية.",
        ] {
            let tokens = Tokens::new(text, packs.pack(Language::ARABIC), packs);
            let (page, dates) = (furniture::find(&tokens, &Fields::default()), dates::find(&tokens));
            let found = names::propose(&tokens, &page, &dates, |_| false);
            let lexicon = |at| found.lexicon_at(at);
            let facts = facts::gather(&tokens, &page, &found.chosen, lexicon, &dates, &mut memo.words(model), |_| false);
            let view = View::new(&tokens, &facts, &page);
            let parts = memo.parts(weights, &view);
            for &range in &tokens.sentences {
                for at in range.0..range.1 {
                    let (mut features, mut sums) = (Vec::new(), [0; LABELS]);
                    view.features(at, range, &mut features);
                    weights.add(&features, &mut sums);
                    assert_eq!(memo.sums(weights, &view, &parts, at, range), sums, "{}", tokens.written(at));
                    words.insert(tokens.written(at).to_owned());
                }
            }
        }
        assert!(words.len() > 15);
    }
}

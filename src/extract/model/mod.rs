//! The trained sequence model: a linear-chain conditional random field over the tokens that votes with lexicons and rules.
//!
//! What the lexicons match and what the rules find are features among others (forms, affixes, distributional classes, the rest of
//! the document), so that the weights say how far each is to be believed where. Weights and word tables are files beside this
//! one, made by [`train`]; their checksums are tested.

mod english;
mod facts;
mod features;
mod label;
mod lattice;
pub mod lexis;
mod memo;
mod packed;
mod runs;
mod tagged;
pub mod train;
mod weights;
mod words;

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use self::{
    facts::Facts,
    features::View,
    label::{Label, Part},
    lattice::Sums,
    lexis::Lexis,
    memo::Memo,
    tagged::Tagged,
    weights::Weights,
};
use super::{
    dates::FoundDate,
    furniture::Page,
    names::{Candidate, Proposals},
    tokens::Tokens,
};
use crate::{
    domain::{Kind, Language},
    lang::Class,
};

static ARABIC_WEIGHTS: &[u8] = include_bytes!("ar.weights");
static ARABIC_LEXIS: &[u8] = include_bytes!("ar.lexis");
static ENGLISH_WEIGHTS: &[u8] = include_bytes!("en.weights");
static ENGLISH_LEXIS: &[u8] = include_bytes!("en.lexis");

/// A language's model.
#[derive(Clone, Debug)]
pub struct Model {
    weights: Weights,
    lexis: Lexis,
    /// Tells what is remembered of this model from what is of others.
    number: u64,
}

/// The models of all languages that have one.
#[derive(Clone, Debug, Default)]
pub struct Models {
    arabic: Source,
    english: Source,
}

/// Where the model of a language comes from.
#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    None,
    /// The program: read when the first text of the language comes.
    Program(&'static LazyLock<Option<Model>>),
    Given(Arc<Model>),
}

impl Source {
    fn model(&self) -> Option<&Model> {
        match self {
            Source::None => None,
            Source::Program(model) => model.as_ref(),
            Source::Given(model) => Some(model),
        }
    }
}

impl Models {
    /// No model: rules and lexicons alone.
    pub const NONE: Models = Models { arabic: Source::None, english: Source::None };

    /// The models of the program, each read when the first text of its language comes.
    pub fn get() -> &'static Models {
        static ARABIC: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(ARABIC_WEIGHTS, ARABIC_LEXIS));
        static ENGLISH: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(ENGLISH_WEIGHTS, ENGLISH_LEXIS));
        static MODELS: Models = Models { arabic: Source::Program(&ARABIC), english: Source::Program(&ENGLISH) };
        &MODELS
    }

    /// The model of a language.
    pub fn of(&self, language: Language) -> Option<&Model> {
        match language {
            Language::ARABIC => self.arabic.model(),
            Language::ENGLISH => self.english.model(),
            _ => None,
        }
    }

    /// These models with another one for a language.
    #[must_use]
    pub fn with(mut self, language: Language, model: Model) -> Models {
        match language {
            Language::ARABIC => self.arabic = Source::Given(Arc::new(model)),
            Language::ENGLISH => self.english = Source::Given(Arc::new(model)),
            _ => {}
        }
        self
    }
}

/// What the model's doubt weighs against a rule's.
const VOTE: f32 = 2.0;
/// How likely a token must be part of a name for a rule that never errs to be believed.
const DOUBT: f32 = 0.05;

impl Model {
    fn new(weights: Weights, lexis: Lexis) -> Model {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Model { weights, lexis, number: NEXT.fetch_add(1, Ordering::Relaxed) }
    }

    /// Reads a model from its two files; none if they are of another version.
    pub fn read(weights: &[u8], lexis: &[u8]) -> Option<Model> {
        Some(Model::new(Weights::read(weights)?, Lexis::read(lexis)))
    }

    /// A model with the mean of the weights of several, and the lexis of the first; none of none.
    pub fn mean(models: &[Model]) -> Option<Model> {
        let weights: Vec<&Weights> = models.iter().map(|model| &model.weights).collect();
        Some(Model::new(Weights::mean(&weights)?, models.first()?.lexis.clone()))
    }

    /// The file of its weights.
    pub fn weights(&self) -> Vec<u8> {
        self.weights.write()
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.weights.len()
    }

    /// The names of a text: what the model reads, with the entry and rule of whatever proposal says the same.
    pub(super) fn names(&self, tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate], proposals: &Proposals) -> Vec<Candidate> {
        memo::with(self, |memo| self.names_by(memo, tokens, page, dates, proposals))
    }

    fn names_by(
        &self,
        memo: &mut Memo,
        tokens: &Tokens<'_>,
        page: &Page,
        dates: &[FoundDate],
        proposals: &Proposals,
    ) -> Vec<Candidate> {
        let mut words = memo.words(self);
        let facts = facts::gather(tokens, page, &proposals.chosen, |at| proposals.lexicon_at(at), dates, &mut words, |_| false);
        let view = View::new(tokens, &facts, page);
        let mut names = Vec::with_capacity(proposals.chosen.len());
        // The page around the report is not what the model was trained on.
        names.extend(proposals.chosen.iter().filter(|known| page.hides(known.tokens.0)).copied());
        let (tagged, likely) = self.tag(&view, &proposals.chosen, memo);
        for tagged in tagged.into_iter().filter_map(|tagged| tagged.in_one_script(tokens).between_marks(tokens)) {
            let (start, end) = tagged.tokens;
            let dated = dates.iter().any(|date| date.tokens.0 < end && start < date.tokens.1);
            if !page.hides(start) && !dated {
                names.push(candidate(tokens, &facts, proposals, &tagged));
            }
        }
        // Where the model reads nothing but is not sure of it, sure rules are believed.
        let mut taken = vec![false; tokens.all.len()];
        names.iter().for_each(|name| taken[name.tokens.0..name.tokens.1].fill(true));
        for known in &proposals.chosen {
            let (start, end) = known.tokens;
            let free = !taken[start..end].contains(&true);
            if free && VOTE * likely[start] + f32::from(known.confidence) / 100.0 >= 1.0 + VOTE * DOUBT {
                names.push(*known);
            }
        }
        names.sort_by_key(|name| name.tokens);
        names
    }

    /// The names of the best labels, and for each token at which a name is proposed how likely it is part of one.
    fn tag(&self, view: &View<'_, '_>, proposed: &[Candidate], memo: &mut Memo) -> (Vec<Tagged>, Vec<f32>) {
        let mut likely = vec![0.0; view.tokens.all.len()];
        let (mut tagged, mut scores) = (Vec::new(), Vec::new());
        let parts = memo.parts(&self.weights, view);
        let (mut sums, factors) = (Sums::default(), lattice::factors(&self.weights.pairs));
        for &(start, end) in &view.tokens.sentences {
            scores.clear();
            let score = |at| self.weights.scores(memo.sums(&self.weights, view, &parts, at, (start, end)));
            scores.extend((start..end).map(score));
            let labels = lattice::best(&scores, &self.weights.pairs);
            // Nobody asks how likely names are where neither model nor rules see one.
            let next = proposed.partition_point(|known| known.tokens.0 < start);
            let named = proposed.get(next).is_some_and(|known| known.tokens.0 < end);
            if !named && labels.iter().all(|label| *label == Label::OUTSIDE) {
                continue;
            }
            sums.over(&scores, &factors, None);
            for (likely, row) in likely[start..end].iter_mut().zip(&sums.likely) {
                *likely = 1.0 - row[usize::from(Label::OUTSIDE.0)];
            }
            let mut at = 0;
            while at < labels.len() {
                let begin = labels[at];
                let first = at;
                at += 1;
                if begin == Label::OUTSIDE {
                    continue;
                }
                while labels.get(at).is_some_and(|label| matches!(label.part(), Part::Inside(_))) {
                    at += 1;
                }
                // A name is as sure as its least sure token.
                let sure = (first..at).map(|at| sums.likely[at][usize::from(labels[at].0)]).fold(1.0, f32::min);
                tagged.push(Tagged {
                    tokens: (start + first, start + at),
                    begin,
                    confidence: (sure * 100.0).clamp(1.0, 99.0) as u8,
                });
            }
        }
        (tagged, likely)
    }
}

/// The model's name with what rules and lexicons know of it.
fn candidate(tokens: &Tokens<'_>, facts: &[Facts], proposals: &Proposals, tagged: &Tagged) -> Candidate {
    let Part::Begin(kind, attached) = tagged.begin.part() else { unreachable!("names begin with a beginning") };
    let same = |known: &&Candidate| known.tokens == tagged.tokens && known.kind == kind;
    let whole = |known: &&Candidate| owned(tokens, known, tagged.tokens, kind);
    if let Some(known) = proposals.chosen.iter().find(whole) {
        return Candidate { confidence: tagged.confidence, ..*known };
    }
    let best = proposals.candidates.iter().filter(same).max_by_key(|known| (known.entry.is_some(), known.confidence));
    let start = tagged.tokens.0;
    let cut = match (attached, best) {
        (false, _) => 0,
        (true, Some(known)) if known.cut > 0 => known.cut,
        (true, _) => facts::cut_of(tokens, start, &facts[start]),
    };
    let confidence = tagged.confidence;
    match best.filter(|known| (known.cut > 0) == (cut > 0)) {
        Some(known) => Candidate { cut, confidence, ..*known },
        None => Candidate { tokens: tagged.tokens, cut, kind, entry: None, body: None, rule: "model", confidence },
    }
}

/// Whether a rule's body is the model's with the nationality behind it: منظمة حماية الغابات and الأفريقية.
fn owned(tokens: &Tokens<'_>, known: &Candidate, (start, end): (usize, usize), kind: Kind) -> bool {
    known.kind == Kind::Organisation
        && kind == known.kind
        && known.entry.is_none()
        && known.tokens == (start, end + 1)
        && tokens.all[end].is(Class::NATIONALITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_those_that_were_measured() {
        let sum = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..16].to_owned();
        let sums = [ARABIC_WEIGHTS, ARABIC_LEXIS, ENGLISH_WEIGHTS, ENGLISH_LEXIS].map(sum);
        assert_eq!(sums, ["fcd859e8cc5eb1db", "cf67faa9d326c747", "b5b6279e522b2375", "b18e9e44ffbe324c"]);
        let models = Models::get();
        for language in [Language::ARABIC, Language::ENGLISH] {
            assert!(
                models.of(language).is_some_and(|model| model.features() > 10_000),
                "{language:?}: weights of another version"
            );
        }
    }
}

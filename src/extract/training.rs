//! Learns the weights of choices among statements from annotated articles; deterministic, so that the same articles give the same weights.
//!
//! Softmax over the options of each choice, the right ones together against the rest, with a penalty on large weights. What the
//! finder has decided before an article's next choice is part of it, so choices are gathered anew with the weights of the round before.

use std::collections::{BTreeMap, HashMap};

use super::{Choosable, Decision, Means, Question, Weights, extract_with};
use crate::{domain::Fields, lang::Packs, text::Span};

/// A statement as an annotator marked it.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// The reporting words.
    pub cue: Option<Span>,
    /// The words that name the speaker.
    pub speaker: Option<Span>,
    /// The ids of all who may count as its speaker.
    pub entities: Vec<String>,
    /// Whether it is neither missed nor wrong.
    pub optional: bool,
}

/// An article with what an annotator marked in it.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// Its text.
    pub text: String,
    /// Names with the ids of what they name.
    pub mentions: Vec<(Span, String)>,
    /// The statements.
    pub statements: Vec<Marked>,
    /// What belongs to the page.
    pub hidden: Vec<Span>,
}

/// How often the articles are read, each time with the weights of the time before.
const ROUNDS: usize = 4;
/// How often the weights are moved in a round.
const PASSES: i32 = 120;
/// The step of Adam.
const STEP: f64 = 0.05;
/// What the squares of weights cost: those of cues, of which there are many lessons for few options, and those of speakers.
const PENALTIES: (f64, f64) = (1.0, 8.0);
/// Features of fewer choices are not learnt.
const SELDOM: u32 = 3;
/// Weights nearer to nothing than this are not kept.
const SMALL: f64 = 0.02;

/// A choice whose right options are known.
struct Lesson {
    options: Vec<Vec<u32>>,
    right: Vec<bool>,
}

/// Learns weights; the result is what [`Weights::read`] reads.
pub fn train(articles: &[Annotated], packs: &Packs) -> String {
    let mut text = String::new();
    for _ in 0..ROUNDS {
        let weights = Weights::read(&text);
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let decisions: Vec<(Decision, Vec<bool>)> =
            articles.iter().flat_map(|article| labelled(article, packs, &weights)).collect();
        for (decision, _) in &decisions {
            let mut seen: Vec<&String> = decision.options.iter().flat_map(|option| &option.features).collect();
            seen.sort_unstable();
            seen.dedup();
            seen.into_iter().for_each(|feature| *numbers.entry(feature.clone()).or_default() += 1);
        }
        numbers.retain(|_, count| *count >= SELDOM);
        for (number, count) in (0..).zip(numbers.values_mut()) {
            *count = number;
        }
        let lessons: Vec<Lesson> = decisions.into_iter().map(|(decision, right)| lesson(&decision, right, &numbers)).collect();
        let penalties: Vec<f64> =
            numbers.keys().map(|feature| if feature.starts_with('c') { PENALTIES.0 } else { PENALTIES.1 }).collect();
        let learnt = learn(&lessons, &penalties);
        text = String::new();
        for (feature, number) in &numbers {
            let weight = learnt[*number as usize];
            if weight.abs() >= SMALL {
                text.push_str(&format!("{feature}\t{weight:.2}\n"));
            }
        }
    }
    text
}

fn lesson(decision: &Decision, right: Vec<bool>, numbers: &BTreeMap<String, u32>) -> Lesson {
    let known = |option: &Choosable| option.features.iter().filter_map(|feature| numbers.get(feature).copied()).collect();
    Lesson { options: decision.options.iter().map(known).collect(), right }
}

/// Minimises the loss over all lessons with a penalty on the squares of weights, by Adam over the whole of them.
fn learn(lessons: &[Lesson], penalties: &[f64]) -> Vec<f64> {
    let features = penalties.len();
    let (mut weights, mut means, mut squares) = (vec![0.0f64; features], vec![0.0f64; features], vec![0.0f64; features]);
    for pass in 1..=PASSES {
        let mut slopes: Vec<f64> = weights.iter().zip(penalties).map(|(weight, penalty)| weight * penalty).collect();
        for lesson in lessons {
            let sums: Vec<f64> =
                lesson.options.iter().map(|option| option.iter().map(|feature| weights[*feature as usize]).sum()).collect();
            let top = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares: Vec<f64> = sums.iter().map(|sum| (sum - top).exp()).collect();
            let all: f64 = shares.iter().sum();
            let right: f64 = shares.iter().zip(&lesson.right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
            for ((option, share), is_right) in lesson.options.iter().zip(&shares).zip(&lesson.right) {
                let slope = share / all - if *is_right { share / right.max(1e-12) } else { 0.0 };
                option.iter().for_each(|feature| slopes[*feature as usize] += slope);
            }
        }
        let (first, second) = (1.0 - 0.9f64.powi(pass), 1.0 - 0.99f64.powi(pass));
        for (feature, slope) in slopes.into_iter().enumerate() {
            means[feature] = 0.9 * means[feature] + 0.1 * slope;
            squares[feature] = 0.99 * squares[feature] + 0.01 * slope * slope;
            weights[feature] -= STEP * (means[feature] / first) / ((squares[feature] / second).sqrt() + 1e-8);
        }
    }
    weights
}

/// How many of the choices that an annotation tells are right, how many by the rules alone, and of how many: for cues, then speakers.
pub fn measure(articles: &[Annotated], packs: &Packs, weights: &Weights) -> [[usize; 3]; 2] {
    let mut tally = [[0; 3]; 2];
    for (decision, right) in articles.iter().flat_map(|article| labelled(article, packs, weights)) {
        let row = &mut tally[decision.question as usize];
        row[0] += usize::from(right[weights.choose(&decision)]);
        row[1] += usize::from(right[0]);
        row[2] += 1;
    }
    tally
}

/// The choices of an article whose right answers its annotation tells.
fn labelled(article: &Annotated, packs: &Packs, weights: &Weights) -> Vec<(Decision, Vec<bool>)> {
    let mut decisions = Vec::new();
    extract_with(&article.text, &Fields::default(), packs, &Means { weights, ..Means::default() }, Some(&mut decisions));
    let answer = |decision: Decision| {
        if article.hidden.iter().any(|span| overlap(*span, decision.cue)) {
            return None;
        }
        let marked = article.statements.iter().find(|marked| marked.cue.is_some_and(|cue| overlap(cue, decision.cue)));
        let right = match (decision.question, marked) {
            (_, Some(marked)) if marked.optional => return None,
            (Question::Cue, marked) => vec![marked.is_some(), marked.is_none()],
            (_, None) => return None,
            (Question::Speaker, Some(marked)) => speakers(article, &decision, marked),
        };
        (decision.options.len() > 1).then_some((decision, right))
    };
    decisions.into_iter().filter_map(answer).collect()
}

fn overlap(one: Span, two: Span) -> bool {
    one.start < two.end && two.start < one.end
}

/// The options that name the marked speaker; where none does, nobody is right.
fn speakers(article: &Annotated, decision: &Decision, marked: &Marked) -> Vec<bool> {
    let names = |option: &Choosable| {
        let explicit = marked.speaker.is_some_and(|speaker| option.spans.iter().any(|span| overlap(*span, speaker)));
        let mut votes: HashMap<&str, usize> = HashMap::new();
        for span in &option.spans {
            let named = article.mentions.iter().filter(|(other, _)| overlap(*other, *span)).map(|(_, entity)| entity.as_str());
            let spoke = article.statements.iter().filter(|other| other.speaker.is_some_and(|other| overlap(other, *span)));
            named
                .chain(spoke.flat_map(|other| other.entities.first().map(String::as_str)))
                .for_each(|id| *votes.entry(id).or_default() += 1);
        }
        let most = votes.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id))).map(|(id, _)| id);
        explicit || most.is_some_and(|id| marked.entities.iter().any(|entity| entity == id))
    };
    let mut right: Vec<bool> = decision.options.iter().map(names).collect();
    if !right.contains(&true)
        && let Some(nobody) = decision.options.iter().position(|option| option.spans.is_empty())
    {
        right[nobody] = true;
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article in which a road reveals a valley to nobody and a minister reveals a plan.
    fn article() -> Annotated {
        let text = "عنوان الخبر\n\nقال الوزير إن الخطة جاهزة. وهو طريق يكشف عن وادي النهر الكبير.";
        let span = |part: &str| {
            let start = text.find(part).expect("part of the text");
            Span::new(start, start + part.len())
        };
        let said =
            Marked {
                cue: Some(span("قال")), speaker: Some(span("الوزير")), entities: vec!["minister".into()], optional: false
            };
        Annotated { text: text.into(), statements: vec![said], ..Annotated::default() }
    }

    #[test]
    fn what_is_learnt_is_chosen_and_always_the_same() {
        let packs = Packs::get();
        let articles = vec![article(); 12];
        let learnt = train(&articles, packs);
        assert_eq!(learnt, train(&articles, packs));
        let weights = Weights::read(&learnt);
        let [[right, ruled, all], _] = measure(&articles, packs, &weights);
        assert!(ruled < all, "the rules alone take the road for a speaker");
        assert_eq!(right, all);
        let found =
            extract_with(&articles[0].text, &Fields::default(), packs, &Means { weights: &weights, ..Means::default() }, None);
        assert_eq!(found.statements.len(), 1);
    }
}

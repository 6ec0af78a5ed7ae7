//! Annotated articles as training material: features of every token, and which labels the annotation allows it.

use super::super::{
    facts,
    features::View,
    label::{LABELS, Label, Part},
    lexis::Lexis,
    words::{Known, Words},
};
use crate::{
    domain::{Fields, Kind},
    extract::{dates, furniture, names, tokens::Tokens},
    lang::{Packs, detect, table::mix},
    text::Span,
};

/// A name as annotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldName {
    /// Where it stands, without attached particles.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// Whether the annotator was torn: finding it is neither right nor wrong.
    pub optional: bool,
}

/// An annotated article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its text.
    pub text: String,
    /// Its names.
    pub names: Vec<GoldName>,
    /// What belongs to the page: nothing is learnt from it.
    pub page: Vec<Span>,
}

/// A sentence to learn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The features of all tokens.
    pub(super) features: Vec<u32>,
    /// Where the features of each token end.
    pub(super) ends: Vec<u32>,
    /// The labels that each token may have, as bits.
    pub(super) allowed: Vec<u32>,
}

impl Sentence {
    /// The features of a token.
    pub(super) fn of(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.features[start..self.ends[token] as usize]
    }
}

/// All labels.
const ANY: u32 = (1 << LABELS) - 1;

/// A reader who never heard of two in five entries of the lexicons and phrases of a lexis, others for each number: what is learnt from such readings
/// holds for names that no lexicon has.
pub fn blind(number: u64) -> impl Fn(u32) -> bool {
    move |entry| mix(mix(number) ^ u64::from(entry)) % 5 < 2
}

/// The sentences of an article, with features made as in use, but without the entries of the lexicons and
/// the keys of phrases that are `unknown`.
pub fn sentences(article: &Article, packs: &Packs, lexis: &Lexis, unknown: impl Fn(u32) -> bool) -> Vec<Sentence> {
    let language = detect(&article.text);
    let tokens = Tokens::new(&article.text, packs.pack(language), packs);
    let page = furniture::find(&tokens, &Fields::default());
    let found = dates::find(&tokens);
    let proposals = names::propose(&tokens, &page, &found, &unknown);
    let mut words = Words { lexis, seen: &mut Known::new(10) };
    let facts = facts::gather(&tokens, &page, &proposals.chosen, |at| proposals.lexicon_at(at), &found, &mut words, &unknown);
    let view = View::new(&tokens, &facts, &page);
    let allowed = labels(article, &tokens);
    let mut all = Vec::with_capacity(tokens.sentences.len());
    for &(start, end) in &tokens.sentences {
        if allowed[start..end].iter().all(|allowed| *allowed == ANY) {
            continue;
        }
        let mut sentence = Sentence::default();
        for (at, allowed) in allowed.iter().enumerate().take(end).skip(start) {
            view.features(at, (start, end), &mut sentence.features);
            sentence.ends.push(sentence.features.len() as u32);
            sentence.allowed.push(*allowed);
        }
        all.push(sentence);
    }
    all
}

/// The labels that the annotation allows each token.
fn labels(article: &Article, tokens: &Tokens<'_>) -> Vec<u32> {
    let mut allowed = vec![1; tokens.all.len()];
    for name in by_rank(&article.names) {
        let covers = |at: &usize| tokens.all[*at].span.end > name.span.start && tokens.all[*at].span.start < name.span.end;
        let first = tokens.all.partition_point(|token| token.span.end <= name.span.start);
        let own: Vec<usize> = (first..tokens.all.len()).take_while(covers).collect();
        let Some(&begin) = own.first() else { continue };
        // What overlaps a name of higher rank, or ends within a word, teaches nothing.
        let whole = own.last().is_some_and(|last| tokens.all[*last].span.end <= name.span.end);
        if !whole || own.iter().any(|at| allowed[*at] != 1) {
            own.into_iter().for_each(|at| allowed[at] |= if allowed[at] == 1 { ANY } else { 0 });
            continue;
        }
        let attached = tokens.all[begin].span.start < name.span.start;
        for at in own {
            let part = if at == begin { Part::Begin(name.kind, attached) } else { Part::Inside(name.kind) };
            let Some(label) = Label::of(part) else { continue };
            allowed[at] = 1 << label.0 | u32::from(name.optional);
        }
    }
    for zone in &article.page {
        for (at, token) in tokens.all.iter().enumerate() {
            if zone.start <= token.span.start && token.span.end <= zone.end {
                allowed[at] = ANY;
            }
        }
    }
    allowed
}

/// Persons, places and bodies before events and papers that hold them.
fn by_rank(names: &[GoldName]) -> Vec<&GoldName> {
    let mut names: Vec<&GoldName> = names.iter().filter(|name| name.kind != Kind::Date).collect();
    names.sort_by_key(|name| (matches!(name.kind, Kind::Event | Kind::Document), name.optional, name.span));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_become_labels() {
        let text = "زار سمير تاراسيان باريس.";
        let span = |part: &str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let name = |part, kind, optional| GoldName { span: span(part), kind, optional };
        let article = Article {
            text: text.to_owned(),
            names: vec![name("سمير تاراسيان", Kind::Person, false), name("باريس", Kind::Place, true)],
            page: Vec::new(),
        };
        let all = sentences(&article, Packs::get(), &Lexis::default(), |_| false);
        let bit = |part| 1 << Label::of(part).unwrap().0;
        let (begin, inside) = (bit(Part::Begin(Kind::Person, false)), bit(Part::Inside(Kind::Person)));
        let place = bit(Part::Begin(Kind::Place, false)) | 1;
        assert_eq!(all[0].allowed, [1, begin, inside, place, 1]);
    }
}

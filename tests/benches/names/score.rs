//! How many names were found: exact span and kind, as `score.py` beside the annotated articles counts.

use std::collections::HashSet;

use qala::{
    domain::{Extraction, Kind},
    extract::model::train::Article,
    text::Span,
};

/// The kinds of which the first figure speaks.
const NAMES: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];

/// Right, found and annotated names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

/// Tallies of all names and of each kind.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    names: Tally,
    kinds: [Tally; Kind::ALL.len()],
}

type Mark = (Span, Kind);

impl Tally {
    fn add(&mut self, got: &HashSet<Mark>, must: &HashSet<Mark>, may: &[Mark]) {
        let touches = |one: &Mark, other: &Mark| one.1 == other.1 && one.0.start < other.0.end && other.0.start < one.0.end;
        let free = got.difference(must).filter(|mark| may.iter().any(|other| touches(mark, other))).count();
        self.right += got.intersection(must).count();
        self.found += got.len() - free;
        self.gold += must.len();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

impl Figures {
    /// Counts an article.
    pub fn add(&mut self, article: &Article, read: &Extraction) {
        let hidden = |span: Span| {
            let inside = |zone: &Span| zone.end.min(span.end).saturating_sub(zone.start.max(span.start));
            article.page.iter().map(inside).sum::<u32>() * 2 > span.end - span.start
        };
        let gold = |optional: bool| {
            let names = article.names.iter().filter(move |name| name.optional == optional && !hidden(name.span));
            names.map(|name| (name.span, name.kind)).collect::<Vec<Mark>>()
        };
        let (must, may) = (gold(false), gold(true));
        let got: Vec<Mark> =
            read.mentions.iter().map(|mention| (mention.span, mention.kind)).filter(|(span, _)| !hidden(*span)).collect();
        let of =
            |marks: &[Mark], kinds: &[Kind]| marks.iter().filter(|mark| kinds.contains(&mark.1)).copied().collect::<HashSet<_>>();
        let few =
            |marks: &[Mark], kinds: &[Kind]| marks.iter().filter(|mark| kinds.contains(&mark.1)).copied().collect::<Vec<_>>();
        self.names.add(&of(&got, &NAMES), &of(&must, &NAMES), &few(&may, &NAMES));
        for (tally, kind) in self.kinds.iter_mut().zip(Kind::ALL) {
            tally.add(&of(&got, &[kind]), &of(&must, &[kind]), &few(&may, &[kind]));
        }
    }

    /// One line: F1 of all names, then of each kind with precision and recall.
    pub fn line(&self) -> String {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let mut line = format!("names {:.3}", self.names.f1());
        for (tally, kind) in self.kinds.iter().zip(Kind::ALL).filter(|(tally, _)| tally.gold > 0) {
            let (precision, recall) = (share(tally.right, tally.found), share(tally.right, tally.gold));
            line += &format!("  {} {:.3} ({precision:.2} {recall:.2})", kind.label(), tally.f1());
        }
        line
    }
}

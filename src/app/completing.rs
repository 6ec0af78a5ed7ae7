//! What the piece at the caret of the filter line may become: a list whose candidates are tried in the line, one after the other.

use super::{Input, Model, Ticket};
use crate::{
    domain::{Kind, Offer},
    query::{Completion, Field, value},
    text::Span,
};

/// Something that may stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is called.
    pub name: String,
    /// What it is, where it is a name.
    pub kind: Option<Kind>,
    /// How many articles of the whole archive it chooses, where that is known.
    pub articles: Option<u64>,
    /// What it is for, where it is a field.
    pub help: &'static str,
    /// How it stands in the line.
    text: String,
}

/// The list and the line in which its candidates are tried.
#[derive(Clone, Debug)]
pub struct Completing {
    /// In the order in which they are tried.
    pub proposals: Vec<Proposal>,
    /// The one that stands in the line.
    pub chosen: Option<usize>,
    /// The byte of the line at which the piece begins.
    pub start: usize,
    /// What else there is, for the archive to tell.
    pub(super) asked: Option<Ticket>,
    /// Whether the list is walked from its beginning or its end.
    pub(super) forward: bool,
    /// What was typed of it.
    pub(super) begun: String,
    /// The line as it was typed, and what of it a candidate takes the place of.
    before: Input,
    span: Span,
}

impl Completing {
    /// A list of what is known beforehand.
    pub(super) fn new(line: &Input, found: Completion, forward: bool) -> Completing {
        let proposals = found.known.into_iter().map(|known| {
            let field = known.strip_suffix(':').and_then(Field::of_name);
            let help = field.map_or("", Field::help);
            Proposal { text: known.clone(), name: known, kind: None, articles: None, help }
        });
        Completing {
            proposals: proposals.collect(),
            chosen: None,
            start: found.piece.start as usize,
            asked: None,
            forward,
            begun: found.begun,
            before: line.clone(),
            span: found.span,
        }
    }

    /// Appends what the archive knows. A name alone is one of somebody who is mentioned.
    pub(super) fn add(&mut self, offers: Vec<Offer>) {
        let is_alone = self.span.start as usize == self.start;
        let field = if is_alone { format!("{}:", Field::About.name()) } else { String::new() };
        self.asked = None;
        for Offer { name, kind, articles } in offers {
            let text = format!("{field}{}", value(&name));
            if !self.proposals.iter().any(|known| known.text == text) {
                self.proposals.push(Proposal { name, kind, articles, help: "", text });
            }
        }
    }

    /// Chooses the next or the previous one; after the last comes what was typed.
    pub(super) fn step(&mut self, forward: bool) {
        let last = self.proposals.len().checked_sub(1);
        self.chosen = match (self.chosen, forward) {
            (None, true) => last.map(|_| 0),
            (None, false) => last,
            (Some(at), true) => Some(at + 1).filter(|at| *at < self.proposals.len()),
            (Some(at), false) => at.checked_sub(1),
        };
    }

    /// The line with what is chosen in it.
    pub(super) fn line(&self) -> Input {
        let mut line = self.before.clone();
        if let Some(proposal) = self.chosen.and_then(|at| self.proposals.get(at)) {
            line.replace(self.span.range(), &proposal.text);
        }
        line
    }

    /// The line as it was typed.
    pub(super) fn typed(&self) -> Input {
        self.before.clone()
    }

    /// The line with what is chosen in it for good: a value is finished, behind the name of a field one goes on.
    pub(super) fn taken(&self) -> Input {
        let mut line = self.line();
        let at = line.caret();
        let is_field = line.text()[..at].ends_with(':');
        if self.chosen.is_some() && !is_field && at == line.text().len() {
            line.replace(at..at, " ");
        }
        line
    }
}

impl Model {
    /// Whether a list of candidates is open.
    pub fn proposes(&self) -> bool {
        self.completing.as_ref().is_some_and(|completing| !completing.proposals.is_empty())
    }
}

//! Statements in the article on show: where each stands, why it is held to be one, and how it is cited.

use super::{Mark, Marked, Reader, copy};
use crate::{
    domain::{Polarity, Reading, Statement},
    text::{CharIndex, Span, clean_line, layout::isolate},
};

impl Reader {
    /// Lights some parts of the text, and no others.
    pub(super) fn light(&mut self, pieces: &[Span]) {
        self.marks.retain(|marked| marked.mark != Mark::Chosen);
        self.marks.extend(pieces.iter().map(|span| Marked { mark: Mark::Chosen, span: *span }));
        self.marks.sort_by_key(|marked| marked.mark);
    }

    /// Where each statement can be stood on, in their order: its cue, else its speaker, else its first words.
    pub(super) fn statement_places(&self) -> Vec<Span> {
        self.statements().iter().filter_map(place).collect()
    }

    /// The number of the statement on which the reader stands.
    pub fn statement_here(&self) -> Option<usize> {
        let here = self.here?;
        self.statements().iter().position(|statement| place(statement) == Some(here))
    }

    /// What is said in a statement.
    pub(super) fn pieces(&self, number: usize) -> Option<Vec<Span>> {
        Some(self.statements().get(number)?.content.clone())
    }

    /// Stands on a statement, its first words in sight.
    pub(super) fn go_to_statement(&mut self, number: usize) {
        let Some(statement) = self.statements().get(number) else { return };
        let first = statement.content.iter().copied().min_by_key(|piece| piece.start);
        let at = place(statement);
        first.into_iter().for_each(|first| self.reveal(first));
        at.into_iter().for_each(|at| self.stand(at));
    }

    /// Why a statement is held to be one, in words.
    pub(super) fn why_statement(&self, number: usize) -> Option<String> {
        let reading = self.reading.as_deref()?;
        let statement = reading.extraction.statements.get(number)?;
        let who = match speaker(reading, statement) {
            Some((name, id)) => format!("\u{2068}{}\u{2069} ({id})", clean_line(name)),
            None => "unknown speaker".to_owned(),
        };
        let cue = statement.cue.and_then(|cue| reading.article.text.get(cue.range()));
        let cue = cue.map(|cue| format!("\u{2068}{}\u{2069} · ", clean_line(cue))).unwrap_or_default();
        let (start, end) = extent(reading, statement);
        let evidence = &statement.evidence;
        Some(format!(
            "{}{} · {cue}{who} · rule {} · {}% sure · characters {start}–{end}",
            match statement.polarity {
                Polarity::Asserted => String::new(),
                other => format!("{} · ", other.label()),
            },
            statement.manner.label(),
            evidence.rule,
            evidence.confidence
        ))
    }

    /// Why the name on which the reader stands is held to be one, in words.
    pub(super) fn why_name(&self) -> Option<String> {
        let (reading, here) = (self.reading.as_deref()?, self.here?);
        let mention = reading.extraction.mentions.iter().find(|mention| mention.span == here)?;
        let entity = reading.entities.get(mention.name.0 as usize)?;
        let (kind, evidence) = (mention.kind.label(), &mention.evidence);
        let name = clean_line(&entity.name);
        Some(format!("{kind} · \u{2068}{name}\u{2069} ({}) · rule {} · {}% sure", entity.id, evidence.rule, evidence.confidence))
    }

    fn statements(&self) -> &[Statement] {
        self.reading.as_ref().map_or(&[], |reading| &reading.extraction.statements)
    }
}

fn place(statement: &Statement) -> Option<Span> {
    statement.cue.or(statement.speaker).or(statement.content.first().copied())
}

/// The name and the id of who speaks.
fn speaker<'a>(reading: &'a Reading, statement: &Statement) -> Option<(&'a str, &'a str)> {
    let entity = reading.entities.get(statement.speaker_name?.0 as usize)?;
    Some((entity.name.as_str(), entity.id.0.as_str()))
}

/// Where a statement begins and ends, in code points.
fn extent(reading: &Reading, statement: &Statement) -> (usize, usize) {
    let start = statement.content.iter().map(|piece| piece.start).min().unwrap_or(0);
    let end = statement.content.iter().map(|piece| piece.end).max().unwrap_or(start);
    CharIndex::new(&reading.article.text).span(Span { start, end })
}

/// A statement with who said it and where: its words, the speaker, the article, and the characters of the text. Each field is
/// isolated, so that it keeps its order wherever it is pasted.
pub(super) fn citation(reader: &Reader, number: usize) -> Option<String> {
    let reading = reader.reading.as_deref()?;
    let statement = reading.extraction.statements.get(number)?;
    let text = |span: Span| clean_line(reading.article.text.get(span.range()).unwrap_or_default());
    let pieces: Vec<String> = statement.content.iter().map(|piece| text(*piece).trim().to_owned()).collect();
    let (open, close) = if reading.extraction.header.language.is_rtl() { ('«', '»') } else { ('“', '”') };
    let words = isolate(&format!("{open}{}{close}", pieces.join(" … ")));
    let written = || statement.speaker.map(text);
    let who = speaker(reading, statement).map(|(name, _)| clean_line(name)).or_else(written);
    let cue = statement.cue.map(text);
    let who = [who, cue].into_iter().flatten().map(|field| isolate(&field)).collect::<Vec<_>>().join(", ");
    let (start, end) = extent(reading, statement);
    let dash = if who.is_empty() { String::new() } else { format!(" — {who}") };
    let (mark, article) = copy::cited(reading);
    Some(format!("{mark}{words}{dash} · {article} · {}", isolate(&format!("{start}–{end}"))))
}

//! What readers decide about articles, as the screen knows it: what is confirmed, and what is on its way to the journal.

use super::{Effect, Focus, Model};
use crate::{
    domain::{ArticleId, Change, Decision, Marks},
    text::Span,
};

/// Applies a decision to the marks of its article.
pub fn decide(marks: &mut Marks, decision: &Decision) {
    match decision {
        Decision::Read(read) => marks.read = *read,
        Decision::Star(starred) => marks.starred = *starred,
        Decision::Tag(tag, set) => {
            marks.tags.retain(|known| known != tag);
            if *set {
                let place = marks.tags.partition_point(|known| known < tag);
                marks.tags.insert(place, tag.clone());
            }
        }
        Decision::Note(note) => match marks.notes.iter().position(|known| known.id == note.id) {
            Some(at) if note.text.is_empty() => drop(marks.notes.remove(at)),
            Some(at) => marks.notes[at] = note.clone(),
            None if note.text.is_empty() => {}
            None => marks.notes.push(note.clone()),
        },
        Decision::Position(byte) => marks.position = *byte,
    }
}

/// An id for a new note: different texts never share one, so that two browsers on one archive lose nothing.
pub(super) fn note_id(article: ArticleId, passage: Option<Span>, text: &str) -> u64 {
    let at = passage.map_or_else(String::new, |span| format!("{}-{} ", span.start, span.end));
    // The record keeps signed numbers.
    ArticleId::of(&format!("{article} {at}{text}")).0 >> 1
}

impl Model {
    /// The article that a decision is about: the one under the cursor in the list, elsewhere the one on show.
    pub(super) fn subject(&self) -> Option<ArticleId> {
        match self.focus {
            Focus::List => self.article_here(),
            Focus::Text | Focus::Names => self.reader.reading.as_ref().map(|reading| reading.article.id),
        }
    }

    /// The marks of an article on the screen, with what is decided but not confirmed yet.
    pub(super) fn marks_of(&self, article: ArticleId) -> Marks {
        let reading = self.reader.reading.as_ref().filter(|reading| reading.article.id == article).map(|reading| &reading.marks);
        let mut marks = reading.or_else(|| self.list.marks_of(article)).cloned().unwrap_or_default();
        for change in self.deciding.iter().filter(|change| change.article == article) {
            decide(&mut marks, &change.decision);
        }
        marks
    }

    /// Asks for decisions to be written down; they are shown when they are. Where nothing may be written, what would be decided by
    /// the way (read, how far) is passed over; commands were refused before.
    pub(super) fn decide(&mut self, label: impl Into<String>, changes: Vec<Change>) -> Vec<Effect> {
        if self.read_only {
            return Vec::new();
        }
        self.deciding.extend(changes.iter().cloned());
        vec![Effect::Decide(label.into(), changes)]
    }

    /// Shows what was written down.
    pub(super) fn decided(&mut self, changes: &[Change]) {
        self.settle(changes);
        for change in changes {
            if let Some(marks) = self.list.marks_mut(change.article) {
                decide(marks, &change.decision);
            }
            let shown = self.reader.reading.as_mut().filter(|reading| reading.article.id == change.article);
            if let Some(reading) = shown {
                decide(&mut reading.marks, &change.decision);
            }
        }
        self.reader.restate();
    }

    /// Forgets that decisions were on their way.
    pub(super) fn settle(&mut self, changes: &[Change]) {
        for change in changes {
            if let Some(at) = self.deciding.iter().position(|waiting| waiting == change) {
                self.deciding.remove(at);
            }
        }
    }

    /// Takes the marks of the article on show from the list, which is newer. Says whether the article must be read again: only
    /// with its text is it known where the words of a noted passage stand now.
    pub(super) fn adopt_marks(&mut self) -> bool {
        let Some(reading) = self.reader.reading.as_mut() else { return false };
        let Some(mut marks) = self.list.marks_of(reading.article.id).cloned() else { return false };
        let mut is_missing = false;
        for note in marks.notes.iter_mut() {
            let Some(passage) = &mut note.passage else { continue };
            let known = reading.marks.notes.iter().filter(|known| known.id == note.id).find_map(|known| known.passage.as_ref());
            is_missing |= known.is_none();
            passage.span = known.map_or_else(Span::default, |known| known.span);
        }
        if marks != reading.marks {
            reading.marks = marks;
            self.reader.restate();
        }
        is_missing
    }

    /// Whether something decided is not written down yet.
    pub fn is_deciding(&self) -> bool {
        !self.deciding.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Note;

    #[test]
    fn a_decision_said_twice_does_what_it_does_once() {
        let note = |text: &str| Decision::Note(Note { id: 7, passage: None, text: text.to_owned() });
        let mut marks = Marks::default();
        for decision in [Decision::Read(true), Decision::Tag("b".into(), true), Decision::Tag("a".into(), true), note("see")] {
            decide(&mut marks, &decision);
            let once = marks.clone();
            decide(&mut marks, &decision);
            assert_eq!(marks, once, "{decision:?}");
        }
        assert_eq!((marks.tags.join(" "), marks.notes.len()), ("a b".to_owned(), 1));
        decide(&mut marks, &note(""));
        decide(&mut marks, &Decision::Tag("a".into(), false));
        assert_eq!((marks.tags.join(" "), marks.notes.len()), ("b".to_owned(), 0));
    }
}

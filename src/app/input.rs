//! A line of text that is being typed: kept in logical order, with a caret between grapheme clusters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::Key;
use crate::text::{clean_line, layout};

/// What fits into a line that somebody types; more is cut off when pasted.
const LONGEST: usize = 500;

/// Lays out a line in so many columns.
type LayOut = fn(&str, u16, &layout::Options) -> layout::Row;

/// One line of typed text and the caret in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    caret: usize,
    /// What was erased last by word or line.
    killed: String,
}

impl Input {
    /// A line with the caret at its end.
    pub fn new(text: impl Into<String>) -> Input {
        let text = text.into();
        Input { caret: text.len(), text, killed: String::new() }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte before which the caret stands; always between grapheme clusters.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Edits the line; says whether its text changed.
    ///
    /// Left and Right go to the left and right on the screen, in text of mixed direction too; C-b and C-f go the way of the text.
    pub fn press(&mut self, key: Key) -> bool {
        self.press_in(key, layout::line)
    }

    /// The same in a line that is laid out in a way of its own.
    pub(super) fn press_in(&mut self, key: Key, lay_out: LayOut) -> bool {
        let before = self.text.len();
        match key {
            Key::Char(c) => return self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Left => self.caret = self.beside(false, lay_out),
            Key::Right => self.caret = self.beside(true, lay_out),
            Key::Ctrl('b') => self.caret = self.before(),
            Key::Ctrl('f') => self.caret = self.after(),
            Key::Home | Key::Ctrl('a') => self.caret = 0,
            Key::End | Key::Ctrl('e') => self.caret = self.text.len(),
            Key::Backspace | Key::Ctrl('h') => self.erase(self.before(), self.caret),
            Key::Delete | Key::Ctrl('d') => self.erase(self.caret, self.after()),
            Key::Alt('b') => self.caret = self.word_before(),
            Key::Alt('f') => self.caret = self.word_after(),
            Key::Ctrl('w') => self.kill(self.word_before(), self.caret),
            Key::Alt('d') => self.kill(self.caret, self.word_after()),
            Key::Ctrl('u') => self.kill(0, self.caret),
            Key::Ctrl('k') => self.kill(self.caret, self.text.len()),
            Key::Ctrl('y') => {
                let killed = self.killed.clone();
                return self.insert(&killed);
            }
            _ => {}
        }
        self.text.len() != before
    }

    /// Inserts text at the caret, made into one harmless line; says whether anything was left of it.
    pub fn insert(&mut self, text: &str) -> bool {
        let room = LONGEST.saturating_sub(self.text.len());
        let cleaned = plain(&clean_line(text));
        let mut end = cleaned.len().min(room);
        while !cleaned.is_char_boundary(end) {
            end -= 1;
        }
        self.text.insert_str(self.caret, &cleaned[..end]);
        // A typed mark joins the letter before it, so that the caret may now stand inside a cluster.
        self.caret = self.boundary_from(self.caret + end);
        end > 0
    }

    /// Puts text in the place of a part of the line, with the caret behind it; where it does not fit, nothing changes.
    pub(super) fn replace(&mut self, part: Range<usize>, text: &str) {
        let cleaned = clean_line(text);
        if self.text.get(part.clone()).is_some_and(|old| self.text.len() - old.len() + cleaned.len() <= LONGEST) {
            self.text.replace_range(part.clone(), &cleaned);
            self.caret = self.boundary_from(part.start + cleaned.len());
        }
    }

    /// Empties the line; says whether there was anything.
    pub fn clear(&mut self) -> bool {
        let had = !self.text.is_empty();
        *self = Input::default();
        had
    }

    /// Erases and remembers what it was.
    fn kill(&mut self, start: usize, end: usize) {
        if start < end {
            self.killed = self.text[start..end].to_owned();
        }
        self.erase(start, end);
    }

    fn erase(&mut self, start: usize, end: usize) {
        self.text.replace_range(start..end, "");
        self.caret = self.boundary_from(start);
    }

    fn boundaries(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()])
    }

    fn boundary_from(&self, at: usize) -> usize {
        self.boundaries().find(|boundary| *boundary >= at).unwrap_or(self.text.len())
    }

    fn before(&self) -> usize {
        self.boundaries().rev().find(|boundary| *boundary < self.caret).unwrap_or(0)
    }

    fn after(&self) -> usize {
        self.boundary_from((self.caret + 1).min(self.text.len()))
    }

    fn word_before(&self) -> usize {
        let head = self.text[..self.caret].trim_end();
        let start = head.rfind(char::is_whitespace).map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
        self.boundaries().rev().find(|boundary| *boundary <= start).unwrap_or(0)
    }

    fn word_after(&self) -> usize {
        let tail = &self.text[self.caret..];
        let blanks = tail.len() - tail.trim_start().len();
        let end = tail[blanks..].find(char::is_whitespace).map_or(tail.len(), |at| blanks + at);
        self.boundary_from(self.caret + end)
    }

    /// The nearest place on the screen to the left or right, whichever way the text runs there; at the edge, where it is.
    fn beside(&self, right: bool, lay_out: LayOut) -> usize {
        let row = lay_out(&self.text, u16::MAX, &layout::Options::default());
        let cell = |at: usize| row.caret(at).cell();
        let here = cell(self.caret);
        let beyond = self.boundaries().filter(|at| if right { cell(*at) > here } else { cell(*at) < here });
        beyond.min_by_key(|at| (cell(*at).abs_diff(here), at.abs_diff(self.caret))).unwrap_or(self.caret)
    }
}

/// Text as somebody would have typed it: letters of Arabic presentation forms become the letters that they show, and the blank
/// braille pattern, which some terminals send around selected text, is dropped.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| *c != '\u{2800}').map(|c| match c {
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Err(c.nfkc()),
        c => Ok(c),
    });
    let mut plain = String::with_capacity(text.len());
    for letter in letters {
        match letter {
            Ok(c) => plain.push(c),
            Err(forms) => plain.extend(forms),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str, keys: &[Key]) -> Input {
        let mut input = Input::new(text);
        for key in keys {
            input.press(*key);
        }
        input
    }

    #[test]
    fn erasing_takes_a_letter_with_its_marks() {
        assert_eq!(typed("كَتَبَ", &[Key::Backspace]).text(), "كَتَ");
        assert_eq!(typed("كَتَبَ", &[Key::Home, Key::Delete]).text(), "تَبَ");
    }

    #[test]
    fn words_and_lines_are_erased_whole() {
        assert_eq!(typed("قره باغ", &[Key::Ctrl('w')]).text(), "قره ");
        assert_eq!(typed("قره باغ  ", &[Key::Ctrl('w'), Key::Ctrl('w')]).text(), "");
        assert_eq!(typed("one two", &[Key::Ctrl('a'), Key::Ctrl('k')]).text(), "");
        assert_eq!(typed("one two", &[Key::Left, Key::Ctrl('u')]).text(), "o");
    }

    #[test]
    fn arrows_follow_the_direction_of_the_text() {
        assert_eq!(typed("باغ", &[Key::Home, Key::Left]).caret(), "ب".len());
        assert_eq!(typed("bag", &[Key::Home, Key::Right]).caret(), 1);
        // In mixed text every press goes on in the same direction, from one edge to the other.
        for (key, edge) in [(Key::Left, Key::Right), (Key::Right, Key::Left)] {
            let mut input = typed("bag باغ 12 x", &[edge; 20]);
            let cell =
                |input: &Input| layout::line(input.text(), u16::MAX, &layout::Options::default()).caret(input.caret()).cell();
            let mut cells = vec![cell(&input)];
            for _ in 0..20 {
                input.press(key);
                cells.push(cell(&input));
            }
            cells.dedup();
            assert!(cells.len() > 9, "{cells:?}");
            assert!(cells.is_sorted() || cells.iter().rev().is_sorted(), "{cells:?}");
        }
    }

    #[test]
    fn words_are_walked_and_what_was_erased_comes_back() {
        assert_eq!(typed("one قره باغ", &[Key::Alt('b'), Key::Alt('b')]).caret(), "one ".len());
        assert_eq!(typed("one two", &[Key::Home, Key::Alt('f'), Key::Alt('d')]).text(), "one");
        assert_eq!(typed("قره باغ", &[Key::Ctrl('w'), Key::Home, Key::Ctrl('y')]).text(), "باغقره ");
    }

    #[test]
    fn presentation_forms_become_letters() {
        assert_eq!(typed("", &[Key::Char('\u{FEFB}')]).text(), "لا");
        let mut input = Input::default();
        input.insert("\u{2800}ﻗﺎﻝ\u{2800} ½");
        assert_eq!(input.text(), "قال ½");
    }

    #[test]
    fn a_paste_becomes_one_harmless_line() {
        let mut input = Input::default();
        input.insert("one\ntwo\u{1b}[2J\u{202E}");
        assert_eq!(input.text(), "one two\u{FFFD}[2J\u{FFFD}");
        input.insert(&"x".repeat(10_000));
        assert_eq!(input.text().len(), LONGEST);
    }

    proptest! {
        #[test]
        fn the_caret_never_splits_a_cluster(keys in prop::collection::vec(key(), 0..60)) {
            let mut input = Input::default();
            for key in keys {
                input.press(key);
                prop_assert!(input.boundaries().any(|boundary| boundary == input.caret()));
            }
        }
    }

    fn key() -> impl Strategy<Value = Key> {
        let edits = [
            Key::Alt('b'),
            Key::Alt('f'),
            Key::Alt('d'),
            Key::Ctrl('y'),
            Key::Ctrl('u'),
            Key::Left,
            Key::Right,
            Key::Home,
            Key::End,
            Key::Backspace,
            Key::Delete,
            Key::Ctrl('w'),
        ];
        prop_oneof![
            any::<char>().prop_map(Key::Char),
            "[a-zا-يَُ\u{200D}👩]".prop_map(|c| Key::Char(c.chars().next().unwrap())),
            prop::sample::select(edits.to_vec())
        ]
    }
}

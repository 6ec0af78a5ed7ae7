//! A name that the model read, set right where a chain of labels cannot know: one script, marks in pairs.

use super::label::{Label, Part};
use crate::{
    domain::Kind,
    extract::{quotes::closes, tokens::Tokens},
    text::fold::is_arabic_letter,
};

/// A name that the model reads.
pub(super) struct Tagged {
    pub tokens: (usize, usize),
    pub begin: Label,
    pub confidence: u8,
}

impl Tagged {
    /// Persons are named in one script: of words in two, the longest stretch that can be a name is taken, rather an Arabic one.
    pub fn in_one_script(self, tokens: &Tokens<'_>) -> Tagged {
        let (start, end) = self.tokens;
        let first_letter = |at: usize| tokens.written(at).chars().find(|c| c.is_alphabetic());
        let script = |at: usize| first_letter(at).map(is_arabic_letter);
        let words: Vec<usize> = (start..end).filter(|at| script(*at).is_some()).collect();
        let is_person = matches!(self.begin.part(), Part::Begin(Kind::Person, _));
        if !is_person || words.iter().all(|at| script(*at) == script(words[0])) {
            return self;
        }
        let is_name = |word: &usize| first_letter(*word).is_some_and(|c| is_arabic_letter(c) || c.is_uppercase());
        let stretches = words.chunk_by(|one, other| script(*one) == script(*other));
        let longest = stretches.filter(|words| words.iter().all(is_name)).max_by_key(|words| (words.len(), script(words[0])));
        let Some(&[first, .., last] | &[first @ last]) = longest else { return self };
        let begin = if first == start { Some(self.begin) } else { Label::of(Part::Begin(Kind::Person, false)) };
        Tagged { tokens: (first, last + 1), begin: begin.unwrap_or(self.begin), confidence: self.confidence }
    }

    /// A name holds marks in pairs: loose ones at its ends are left out, and what closes the last one is taken in. None where nothing
    /// but marks was read.
    pub fn between_marks(mut self, tokens: &Tokens<'_>) -> Option<Tagged> {
        let (mut start, mut end) = self.tokens;
        let is_loose = |at: usize| !tokens.all[at].is_word() && (tokens.all[at].spaced || !matches!(tokens.mark(at), '.' | '+'));
        // What is set around a whole name is none of it; what is set around its first words is.
        let leads = |start: usize| {
            let open = tokens.mark(start);
            opens(open) && (start + 1..end - 1).any(|at| closes(open, tokens.mark(at)))
        };
        while start < end && is_loose(start) && !leads(start) {
            start += 1;
        }
        if let [open] = unclosed(tokens, start, end)[..]
            && closes(open, tokens.mark(end))
            && tokens.all[end - 1].is_word()
        {
            end += 1;
        }
        let is_paired =
            |start: usize, at: usize| unclosed(tokens, start, at).last().is_some_and(|open| closes(*open, tokens.mark(at)));
        while start < end && is_loose(end - 1) && !is_paired(start, end - 1) {
            end -= 1;
        }
        self.tokens = (start, end);
        (start < end).then_some(self)
    }
}

fn opens(mark: char) -> bool {
    matches!(mark, '"' | '«' | '“' | '(' | '[')
}

/// The marks that open among some tokens and do not close there, the outer ones first.
fn unclosed(tokens: &Tokens<'_>, start: usize, end: usize) -> Vec<char> {
    let mut open: Vec<char> = Vec::new();
    for mark in (start..end).map(|at| tokens.mark(at)) {
        if open.last().is_some_and(|open| closes(*open, mark)) {
            open.pop();
        } else if opens(mark) {
            open.push(mark);
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Language, lang::Packs};

    #[test]
    fn names_hold_marks_in_pairs() {
        let packs = Packs::get();
        for (before, read, behind, name) in [
            ("بين ", "القوات الشمالية والغربية؛", " وسط", "القوات الشمالية والغربية"),
            ("في ", "رابطة \"النسر", "\" اليوم", "رابطة \"النسر\""),
            ("في ", "جمعية \"النسر\"", " اليوم", "جمعية \"النسر\""),
            ("عن ", "«النسر", "» اليوم", "النسر"),
            ("عن ", "«النسر للأخبار»", " اليوم", "النسر للأخبار"),
            ("عن ", "«النسر» للأخبار", " اليوم", "«النسر» للأخبار"),
            ("عن ", "جامع النسر»", " (أ", "جامع النسر"),
            ("قال ", "مون (جاي", " إن", "مون (جاي"),
            ("إلى ", "اللجنة المركزية \"", "النسر\"", "اللجنة المركزية"),
            ("عند ", "كانال+", " أمس", "كانال+"),
            ("وسم ", "أحمد_", " أمس", "أحمد"),
            ("قال ", "–", " أمس", ""),
        ] {
            let text = format!("{before}{read}{behind}");
            let tokens = Tokens::new(&text, packs.pack(Language::ARABIC), packs);
            let covers = |at: &usize| {
                let span = tokens.all[*at].span;
                span.start as usize >= before.len() && span.end as usize <= before.len() + read.len()
            };
            let own: Vec<usize> = (0..tokens.all.len()).filter(covers).collect();
            let begin = Label::of(Part::Begin(Kind::Organisation, false)).unwrap();
            let tagged = Tagged { tokens: (own[0], own[own.len() - 1] + 1), begin, confidence: 90 };
            let found = tagged.between_marks(&tokens).map_or("", |tagged| {
                let (start, end) = tagged.tokens;
                &text[tokens.all[start].span.start as usize..tokens.all[end - 1].span.end as usize]
            });
            assert_eq!(found, name, "{text}");
        }
    }
}

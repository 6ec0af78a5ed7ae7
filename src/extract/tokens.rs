//! The text as tokens: words with all that the lexicons know of them, punctuation, quotations and sentences; read once, used by every rule.

use crate::{
    lang::{Class, Pack, Packs, WordId, ar},
    text::{Span, Splitter, fold::is_arabic_letter},
};

/// A way to read a word: whole, or without attached particles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// How many letters are cut off in front.
    pub cut: u8,
    /// Whether the rest lost its alif to a lam: للاتحاد stands for ل and الاتحاد.
    pub lam: bool,
    /// The word.
    pub word: WordId,
    /// All that it can be.
    pub class: Class,
    /// The number that goes with the class in the language's pack.
    pub value: u16,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Has no case, or no letters.
    None,
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital.
    Title,
    /// Two or more letters, all capitals.
    Upper,
}

/// A word, a punctuation mark or a line end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub span: Span,
    /// The mark; `'\n'` for line ends, `'w'` for words, `'0'` for numbers.
    pub mark: char,
    /// Its first letter as written.
    pub first: char,
    /// How it is capitalised.
    pub case: Case,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// The readings that a lexicon knows, the whole word first.
    forms: [Form; 4],
    known: u8,
    folded: (u32, u32),
    /// The number of the quotation it lies in, from 1; 0 outside.
    pub quote: u16,
    /// The number of its sentence.
    pub sentence: u32,
}

/// A stretch inside quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quote {
    /// The token of the opening mark.
    pub open: usize,
    /// The token of the closing mark, or the first token after the paragraph where none closes.
    pub close: usize,
    /// Whether a mark closes it.
    pub closed: bool,
}

/// A text taken apart.
pub(crate) struct Tokens<'a> {
    /// The text.
    pub text: &'a str,
    /// The language's words.
    pub pack: &'a Pack,
    /// All lexicons.
    pub packs: &'a Packs,
    /// The tokens in order.
    pub all: Vec<Token>,
    /// Quotations in order; never nested.
    pub quotes: Vec<Quote>,
    /// Sentences as ranges of tokens, line ends at their ends included.
    pub sentences: Vec<(usize, usize)>,
    folded: String,
}

impl Token {
    /// Whether it is a word or number.
    pub fn is_word(&self) -> bool {
        matches!(self.mark, 'w' | '0')
    }

    /// The readings that some lexicon knows.
    pub fn forms(&self) -> &[Form] {
        &self.forms[..usize::from(self.known)]
    }

    /// The first reading of one of these classes.
    pub fn form(&self, class: Class) -> Option<&Form> {
        self.forms().iter().find(|form| form.class.has(class))
    }

    /// Whether the whole word is of one of these classes.
    pub fn is(&self, class: Class) -> bool {
        self.forms().first().is_some_and(|form| form.cut == 0 && form.class.has(class))
    }

    /// Whether it can be read as one of these classes, with or without particles.
    pub fn can_be(&self, class: Class) -> bool {
        self.form(class).is_some()
    }

    /// Whether a lexicon knows the whole word.
    pub fn is_known(&self) -> bool {
        self.forms().first().is_some_and(|form| form.cut == 0)
    }

    /// Whether no lexicon knows any reading.
    pub fn is_unknown(&self) -> bool {
        self.known == 0
    }
}

impl<'a> Tokens<'a> {
    /// Takes `text` apart.
    pub fn new(text: &'a str, pack: &'a Pack, packs: &'a Packs) -> Tokens<'a> {
        let mut tokens = Tokens {
            text,
            pack,
            packs,
            all: Vec::with_capacity(text.len() / 6),
            quotes: Vec::new(),
            sentences: Vec::new(),
            folded: String::with_capacity(text.len()),
        };
        let mut splitter = Splitter::new(text);
        let (mut word, mut at, mut spaced) = (String::new(), 0, true);
        while let Some(span) = splitter.next_into(&mut word) {
            spaced = tokens.marks(at, span.start as usize, spaced);
            tokens.word(span, &word, spaced);
            spaced = false;
            at = span.end as usize;
        }
        tokens.marks(at, text.len(), spaced);
        super::quotes::mark(&mut tokens);
        super::sentences::mark(&mut tokens);
        tokens
    }

    /// The folded form of a token; empty for marks and beyond the end.
    pub fn folded(&self, token: usize) -> &str {
        let (start, end) = self.all.get(token).map_or((0, 0), |token| token.folded);
        &self.folded[start as usize..end as usize]
    }

    /// The lexicons' number of a whole word or of a figure inside a name (فرانس 24); nothing where none holds it.
    pub fn whole(&self, token: usize) -> Option<WordId> {
        let word = self.all.get(token)?;
        match word.mark {
            '0' => Some(self.packs.words.find(&[self.folded(token)])),
            _ => word.forms().first().filter(|form| form.cut == 0).map(|form| form.word),
        }
    }

    /// The token as written.
    pub fn written(&self, token: usize) -> &'a str {
        self.all[token].span.of(self.text)
    }

    /// Where the tokens from `start` to before `end` stand; `end` is greater than `start`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.all[start].span.start, end: self.all[end - 1].span.end }
    }

    /// How many of the tokens from `start` to before `end` are words or numbers.
    pub fn words(&self, start: usize, end: usize) -> usize {
        self.all[start..end].iter().filter(|token| token.is_word()).count()
    }

    /// The mark of a token, `'\n'` beyond either end.
    pub fn mark(&self, token: usize) -> char {
        self.all.get(token).map_or('\n', |token| token.mark)
    }

    /// Where a token begins in the text when `cut` letters are taken off its front.
    pub fn cut_start(&self, token: usize, cut: u8) -> usize {
        let span = self.all[token].span;
        let mut left = cut;
        let mut letters = span.of(self.text).char_indices().skip_while(|(_, c)| {
            let mark = matches!(c, '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}');
            let letter = c.is_alphanumeric() && !mark;
            let skip = left > 0 || !letter;
            left -= u8::from(letter && left > 0);
            skip
        });
        letters.next().map_or(span.start as usize, |(offset, _)| span.start as usize + offset)
    }

    /// Whether the line or text begins with `token`.
    pub fn starts_line(&self, token: usize) -> bool {
        token == 0 || self.all[token - 1].mark == '\n'
    }

    fn marks(&mut self, from: usize, to: usize, mut spaced: bool) -> bool {
        for (offset, c) in self.text[from..to].char_indices() {
            if c.is_whitespace() && c != '\n' {
                spaced = true;
                continue;
            }
            if c == '\n' && self.all.last().is_none_or(|last| last.mark == '\n') {
                spaced = true;
                continue;
            }
            // Joiners and bidi marks between words say nothing.
            if matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' | '\u{61C}')
            {
                continue;
            }
            let span = Span::new(from + offset, from + offset + c.len_utf8());
            self.push(span, c, c, Case::None, spaced);
            spaced = c == '\n';
        }
        spaced
    }

    fn push(&mut self, span: Span, mark: char, first: char, case: Case, spaced: bool) {
        let here = self.folded.len() as u32;
        self.all.push(Token {
            span,
            mark,
            first,
            case,
            spaced,
            forms: [Form::default(); 4],
            known: 0,
            folded: (here, here),
            quote: 0,
            sentence: 0,
        });
    }

    fn word(&mut self, span: Span, folded: &str, spaced: bool) {
        let written = span.of(self.text);
        // A word's span begins with what is compared, never with a mark.
        let first = written.chars().next().unwrap_or(' ');
        let number = folded.bytes().all(|byte| byte.is_ascii_digit());
        let case = if is_arabic_letter(first) {
            Case::None
        } else if first.is_lowercase() {
            Case::Lower
        } else if first.is_uppercase() {
            let more = written.chars().filter(|c| c.is_alphabetic()).count() > 1;
            if more && !written.chars().any(char::is_lowercase) { Case::Upper } else { Case::Title }
        } else {
            Case::None
        };
        self.push(span, if number { '0' } else { 'w' }, first, case, spaced);
        let start = self.folded.len() as u32;
        self.folded.push_str(folded);
        let token = self.all.last_mut().expect("just pushed");
        token.folded = (start, self.folded.len() as u32);
        if number {
            return;
        }
        let mut probe = |parts: &[&str], cut: u8, lam: bool| {
            if usize::from(token.known) == token.forms.len() {
                return;
            }
            let word = self.packs.words.find(parts);
            if word != WordId::UNKNOWN {
                let info = self.pack.info(word);
                let class = ar::settle(written, folded, info.class | self.packs.shared(word).class);
                token.forms[usize::from(token.known)] = Form { cut, lam, word, class, value: info.value };
                token.known += 1;
            }
        };
        probe(&[folded], 0, false);
        // لـCNN
        if let Some(rest) =
            folded.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            probe(&[rest], 1, false);
            return;
        }
        let conjunction = folded.strip_prefix(['و', 'ف']).filter(|rest| rest.len() >= 4);
        if let Some(rest) = conjunction {
            probe(&[rest], 1, false);
        }
        for (base, cut) in [(Some(folded), 1), (conjunction, 2)] {
            let Some(base) = base else { continue };
            if let Some(rest) = base.strip_prefix("لل") {
                probe(&["ال", rest], cut, true);
            }
            if let Some(rest) = base.strip_prefix(['ب', 'ك', 'ل']).filter(|rest| rest.len() >= 4) {
                probe(&[rest], cut, false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;

    fn tokens(text: &str) -> Tokens<'_> {
        let packs = Packs::get();
        Tokens::new(text, packs.pack(Language::ARABIC), packs)
    }

    #[test]
    fn particles_are_cut_from_what_is_written() {
        let text = "وَروسيا ولـروسيا للاتحاد وقال";
        let tokens = tokens(text);
        let rest = |token: usize, class: Class| {
            let form = tokens.all[token].form(class)?;
            Some(&text[tokens.cut_start(token, form.cut)..tokens.all[token].span.end as usize])
        };
        assert_eq!(rest(3, Class::CUE), Some("قال"));
        let russia = |token: usize| {
            tokens.all[token].forms().iter().find(|form| form.word == tokens.packs.words.find(&["روسيا"])).copied()
        };
        assert_eq!(russia(0).map(|form| tokens.cut_start(0, form.cut)), Some(4));
        assert_eq!(russia(1).map(|form| &text[tokens.cut_start(1, form.cut)..tokens.all[1].span.end as usize]), Some("روسيا"));
    }

    #[test]
    fn marks_and_lines_are_tokens() {
        let tokens = tokens("قال:\n\n«نعم».");
        let marks: String = tokens.all.iter().map(|token| token.mark).collect();
        assert_eq!(marks, "w:\n«w».");
    }
}

//! The tokens of the index: each word in folded form, and at the same position all forms that it may hide behind proclitics,
//! each behind a [`MARK`]. So the index alone tells words that were written from candidates such as `وتين` of `بوتين`.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::{
    store::forms::MARK,
    text::{Compared, may_hide_forms, proclitic_rests},
};

/// Splits and folds as [`crate::text`] does; holds the buffers that all texts share.
#[derive(Clone, Debug, Default)]
pub(super) struct WordForms {
    token: Token,
    folded: String,
    rests: Vec<usize>,
}

/// The tokens of one text.
#[derive(Debug)]
pub(super) struct WordFormStream<'a> {
    words: Compared<'a>,
    forms: &'a mut WordForms,
}

impl Tokenizer for WordForms {
    type TokenStream<'a> = WordFormStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordFormStream<'a> {
        self.token.reset();
        self.rests.clear();
        WordFormStream { words: Compared::new(text), forms: self }
    }
}

impl TokenStream for WordFormStream<'_> {
    fn advance(&mut self) -> bool {
        let WordForms { token, folded, rests } = self.forms;
        if let Some(start) = rests.pop() {
            token.text.clear();
            token.text.push(MARK);
            token.text.push_str(&folded[start..]);
            return true;
        }
        let Some(span) = self.words.next_into(folded) else { return false };
        if may_hide_forms(folded) {
            proclitic_rests(folded, self.words.seated(), |rest| {
                let start = folded.len() - rest.len();
                // Two ways may lead to one rest (لل and ل before ال); it is one token.
                if !rests.contains(&start) {
                    rests.push(start);
                }
            });
        }
        token.text.clear();
        token.text.push_str(folded);
        (token.offset_from, token.offset_to) = (span.start as usize, span.end as usize);
        token.position = token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.forms.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.forms.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_its_position() {
        let mut forms = WordForms::default();
        let mut stream = forms.token_stream("وبالاتفاق، Putin's ٢٠٢١ء إلهام");
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        tokens.sort();
        let tokens: Vec<(usize, &str)> = tokens.iter().map(|(at, text)| (*at, text.as_str())).collect();
        let marked = [(0, "\u{1}اتفاق"), (0, "\u{1}الاتفاق"), (0, "\u{1}بالاتفاق")];
        let written = [(0, "وبالاتفاق"), (1, "putin"), (2, "2021"), (3, "ء"), (4, "الهام")];
        assert_eq!(tokens, [&marked[..], &written].concat());
    }
}

//! The tokens of the index: each word in folded form, and at the same position the forms that it may hide behind proclitics, with
//! signs for these and for the article ([`crate::store::forms`]). So the index alone tells words that were written from candidates
//! such as `وتين` of `بوتين`.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::{store::forms::terms_of_text, text::Compared};

/// Splits and folds as [`crate::text`] does; holds the buffers that all texts share.
#[derive(Clone, Debug, Default)]
pub(super) struct WordForms {
    token: Token,
    folded: String,
    /// The terms of the last word that are still to come: signs, and where in the word the rest begins.
    terms: Vec<(&'static str, usize)>,
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
        self.terms.clear();
        WordFormStream { words: Compared::new(text), forms: self }
    }
}

impl TokenStream for WordFormStream<'_> {
    fn advance(&mut self) -> bool {
        let WordForms { token, folded, terms } = self.forms;
        if terms.is_empty() {
            let Some(span) = self.words.next_into(folded) else { return false };
            // Only behind an article it matters whether an alif bears a hamza.
            let seated = folded.contains("ال") && self.words.seated();
            terms_of_text(folded, seated, |signs, start| terms.push((signs, start)));
            (token.offset_from, token.offset_to) = (span.start as usize, span.end as usize);
            token.position = token.position.wrapping_add(1);
        }
        let Some((signs, start)) = terms.pop() else { return false };
        token.text.clear();
        token.text.push_str(signs);
        token.text.push_str(&folded[start..]);
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
        let mut stream = forms.token_stream("وبالاتفاق، Putin's ٢٠٢١ء إلهام الهام والـCNN");
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        tokens.sort();
        let tokens: Vec<(usize, &str)> = tokens.iter().map(|(at, text)| (*at, text.as_str())).collect();
        let first = [(0, "\u{1}\u{2}اتفاق"), (0, "\u{1}بالاتفاق"), (0, "وبالاتفاق")];
        let others = [(1, "putin"), (2, "2021"), (3, "ء"), (4, "الهام"), (5, "\u{2}هام"), (6, "\u{1}cnn"), (6, "والcnn")];
        assert_eq!(tokens, [&first[..], &others].concat());
    }
}

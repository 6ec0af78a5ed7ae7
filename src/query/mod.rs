//! Typed text to a query; it never fails. For now a query is words, split and folded like the index.

use crate::{
    domain::{Clause, Query},
    text::words,
};

/// Reads what was typed. `live` says that typing goes on: the last word then stands for all words that begin with it,
/// unless a blank after it shows that it is finished.
pub fn parse(typed: &str, live: bool) -> Query {
    let clauses: Vec<Clause> = words(typed).into_iter().map(|word| Clause::Word(word.folded)).collect();
    let open = live && !clauses.is_empty() && typed.ends_with(|c: char| !c.is_whitespace());
    Query { clauses, open }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_as_the_index_folds_them() {
        let words: Vec<String> = parse("Moscow، أرمينيا ٢٠٢١ء", false).words().map(String::from).collect();
        assert_eq!(words, ["moscow", "ارمينيا", "2021", "ء"]);
    }

    #[test]
    fn only_a_word_being_typed_is_open() {
        assert!(parse("بوت", true).open);
        assert!(!parse("بوتين ", true).open);
        assert!(!parse("بوتين", false).open);
        assert!(!parse("  ", true).open);
    }
}

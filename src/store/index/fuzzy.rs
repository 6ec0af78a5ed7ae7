//! Other spellings for words that nothing matches: terms of the dictionary at edit distance 1, swapped letters counting as one.

use std::{cmp::Reverse, collections::HashMap};

use anyhow::Result;
use tantivy::{Term, query::FuzzyTermQuery, schema::Field};

use super::snapshot::{Place, Segment, Snapshot};
use crate::store::forms::{ARTICLE, written_beginnings, written_word};

/// Shorter words have too many neighbours to be guessed.
const FEWEST_LETTERS: usize = 4;

/// The most spellings that are taken for one word: each further one brings more of what was not meant.
const MOST: usize = 3;

/// So many of the nearest are weighed against each other.
const WEIGHED: usize = 16;

/// Names are looked up more often than other words: theirs count so many times.
const NAME: u64 = 8;

/// What is so many times rarer than the best is not taken.
const BEHIND: u64 = 4;

/// Dictionaries are looked through from the largest segment down until something was found and one document in so many has been
/// passed: with many segments all of them would take longer than a key leaves.
const SHARE: usize = 3;

/// What is typed for ال: its letters the other way round, one of them twice, its alif alone.
const SLIPS: [&str; 4] = ["لا", "اال", "الل", "ا"];

/// The terms that `word` may have been meant as, best first. An open word is also compared with how longer terms begin.
///
/// Spellings that differ in a weak letter (ا و ي, a vowel) or a doubled one come first, for those are the differences between
/// transliterations of one name; then names and frequent words.
pub(super) fn respellings(snapshot: &Snapshot, field: Field, word: &str, open: bool) -> Result<Vec<String>> {
    if word.chars().count() < FEWEST_LETTERS {
        return Ok(Vec::new());
    }
    // What the index holds behind the sign of ال is compared without it.
    let mut automata = Vec::new();
    for term in written_beginnings(word) {
        let behind = term.starts_with(ARTICLE);
        let term = Term::from_field_text(field, &term);
        let query = match open {
            true => FuzzyTermQuery::new_prefix(term, 1, true),
            false => FuzzyTermQuery::new(term, 1, true),
        };
        automata.push((query.automaton()?, behind));
    }
    let mut found: HashMap<String, u64> = HashMap::new();
    let mut segments: Vec<&Segment> = snapshot.segments.iter().collect();
    segments.sort_by_key(|segment| Reverse(segment.size));
    let (all, mut passed) = (snapshot.bound(), 0);
    for segment in segments {
        // What is worth taking stands in the largest segments too.
        if !found.is_empty() && passed * SHARE >= all {
            break;
        }
        passed += segment.size as usize;
        for (automaton, behind) in &automata {
            let mut terms = segment.words(Place::All).terms().search(automaton).into_stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                // A sign is no letter that may have been mistaken; a number is not a misspelt number, and what hides behind a
                // proclitic need not be a word.
                let is_word = term.starts_with(ARTICLE) == *behind && !term.chars().any(|c| c.is_ascii_digit());
                if let Some(term) = written_word(term).filter(|_| is_word) {
                    *found.entry(term).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
    }
    // Slips in the article itself are slips in its sign, which holds no letters.
    for slip in SLIPS {
        if let Some(rest) = word.strip_prefix(slip) {
            let often = snapshot.often(Place::All, &format!("{ARTICLE}{rest}"))?;
            if often > 0 {
                found.entry(format!("ال{rest}")).or_insert(often);
            }
        }
    }
    let mut found: Vec<(u8, u64, String)> = found.into_iter().map(|(term, often)| (cost(word, &term), often, term)).collect();
    found.sort_unstable_by(|one, other| (one.0, other.1, &one.2).cmp(&(other.0, one.1, &other.2)));
    found.truncate(WEIGHED);
    for (_, often, term) in &mut found {
        if snapshot.is_name(term)? {
            *often *= NAME;
        }
    }
    found.sort_unstable_by(|one, other| (one.0, other.1, &one.2).cmp(&(other.0, one.1, &other.2)));
    // What is left far behind by the best is not what was meant.
    let best = found.first().map(|(cost, often, _)| (*cost, *often));
    found.retain(|(cost, often, _)| best.is_some_and(|(least, most)| *cost == least && *often * BEHIND >= most));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, _, term)| term).collect())
}

/// 0 where only a weak or doubled letter came or went or ال was mistyped, 1 where a weak letter was replaced by another, else 2.
fn cost(word: &str, term: &str) -> u8 {
    if SLIPS.iter().any(|slip| word.strip_prefix(slip).is_some_and(|rest| term.strip_prefix("ال") == Some(rest))) {
        return 0;
    }
    let (word, term): (Vec<char>, Vec<char>) = (word.chars().collect(), term.chars().collect());
    let same = word.iter().zip(&term).take_while(|(one, other)| one == other).count();
    let (mine, theirs) = (word.get(same).copied(), term.get(same).copied());
    let before = same.checked_sub(1).map(|at| word[at]);
    let slight = |letter: Option<char>| letter.is_some_and(|letter| is_weak(letter) || Some(letter) == before);
    match word.len().cmp(&term.len()) {
        std::cmp::Ordering::Greater => {
            if slight(mine) {
                0
            } else {
                2
            }
        }
        std::cmp::Ordering::Less => {
            if slight(theirs) {
                0
            } else {
                2
            }
        }
        std::cmp::Ordering::Equal => {
            if mine.is_some_and(is_weak) && theirs.is_some_and(is_weak) {
                1
            } else {
                2
            }
        }
    }
}

fn is_weak(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي' | 'ه' | 'ئ' | 'ء' | 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index::{Entry, Shelf, Writer, open};

    #[test]
    fn a_name_is_taken_before_a_word_that_is_a_little_more_frequent_and_nothing_far_rarer_beside_it() {
        let archive = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(archive.path(), Shelf::Articles, 1, 1).unwrap();
        for row in 1..=100_i64 {
            // Each ends in a letter of its own where the typed word has another one.
            let (text, names) = match row {
                1..=60 => ("talked of the melbark", vec![]),
                61..=90 => ("in melbarn", vec!["loc:melbarn"]),
                91..=92 => ("in melbars", vec!["loc:melbars"]),
                _ => ("nothing", vec![]),
            };
            writer.add(&Entry { row, text, names, ..Entry::default() }).unwrap();
        }
        writer.commit(1).unwrap();
        writer.finish().unwrap();
        let (index, fields, _) = open(&archive.path().join("index"), Shelf::Articles).unwrap();
        let snapshot = Snapshot::open(&archive.path().join("index"), &index, &fields).unwrap();
        assert_eq!(respellings(&snapshot, fields.all, "melbarz", false).unwrap(), ["melbarn", "melbark"]);
        assert_eq!(respellings(&snapshot, fields.all, "nothin", false).unwrap(), ["nothing"]);
    }

    #[test]
    fn slight_differences_cost_less() {
        for (word, term, expected) in [
            ("بوتيين", "بوتين", 0),
            ("ارمنيا", "ارمينيا", 0),
            ("erdogann", "erdogan", 0),
            ("putan", "putin", 1),
            ("بوتسن", "بوتين", 2),
            ("بوتينق", "بوتين", 2),
            // The article comes before what is only one letter shorter.
            ("لارييس", "الرييس", 0),
            ("لارييس", "لرييس", 0),
        ] {
            assert_eq!(cost(word, term), expected, "{word} for {term}");
        }
    }
}

//! Which documents hold the phrases asked for last: the newest are looked at first, for as long as there is time, and what was
//! looked at once is known, so that an answer cut short is completed step by step.
//!
//! Two frequent words meet in so many documents of a million that reading all their positions takes fifty milliseconds.

use std::time::Instant;

use anyhow::Result;

use super::{phrase, search::Engine, sets::Bits, snapshot::Place};

/// What is known of phrases, and how long one may look for more.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    kept: Vec<Looked>,
    /// When to stop; without it all is looked at.
    pub(super) until: Option<Instant>,
    /// Whether that came before all was looked at.
    pub(super) is_cut: bool,
}

/// What is known of one phrase.
#[derive(Debug)]
struct Looked {
    words: Vec<Vec<String>>,
    place: Place,
    /// The documents that were looked at, and those of them that hold it.
    seen: Bits,
    holding: Bits,
}

/// At a million articles these are two megabytes.
const MOST_KEPT: usize = 8;

/// So many of the newest documents are looked at first; after them it goes from the end of the index to its beginning, so many
/// at a time: neighbours share blocks of positions.
const NEWEST: usize = if cfg!(test) { 4 } else { 1024 };
const STRETCH: usize = if cfg!(test) { 16 } else { 4096 };

impl Phrases {
    /// Forgets all, for another state of the index.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
    }

    /// Begins a question that has time until then, or as much as it takes.
    pub(super) fn begin(&mut self, until: Option<Instant>) {
        (self.until, self.is_cut) = (until, false);
    }

    /// Ends a question that had so much time; says whether its answer was cut short.
    pub(super) fn is_over_now(&mut self) -> bool {
        self.until = None;
        std::mem::take(&mut self.is_cut)
    }

    fn take(&mut self, words: &[Vec<String>], place: Place, bound: usize) -> Looked {
        match self.kept.iter().position(|known| known.place == place && known.words == words) {
            Some(at) => self.kept.remove(at),
            None => Looked { words: words.to_vec(), place, seen: Bits::none(bound), holding: Bits::none(bound) },
        }
    }

    fn keep(&mut self, looked: Looked) {
        if self.kept.len() == MOST_KEPT {
            self.kept.remove(0);
        }
        self.kept.push(looked);
    }

    fn is_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}

impl Engine {
    /// Those of the documents `among` in which words stand side by side; where time is short, those that were found so far.
    pub(super) fn side_by_side(&mut self, among: &Bits, words: &[Vec<String>], place: Place) -> Result<Bits> {
        let mut looked = self.phrases.take(words, place, self.snapshot.bound());
        let mut left = among.clone();
        left.drop(&looked.seen);
        let begins = self.phrases.until.is_some() && looked.seen.is_empty();
        let mut newest = if begins { self.snapshot.newest(&left, NEWEST) } else { Vec::new() };
        newest.sort_unstable();
        newest.iter().for_each(|doc| left.remove(*doc));
        let rest: Vec<u32> = left.iter().collect();
        let stretches = std::iter::once(newest.as_slice()).chain(rest.rchunks(STRETCH));
        for stretch in stretches.filter(|stretch| !stretch.is_empty()) {
            // The first stretch of the first phrase is always looked at, so that who asks again comes to an end.
            if self.phrases.is_cut {
                break;
            }
            let held = phrase::holding(&self.snapshot, stretch, words, place)?;
            held.into_iter().for_each(|doc| looked.holding.insert(doc));
            stretch.iter().for_each(|doc| looked.seen.insert(*doc));
            let is_last = rest.first().or(newest.first()) == stretch.first();
            self.phrases.is_cut |= !is_last && self.phrases.is_over();
        }
        let mut found = among.clone();
        found.keep(&looked.holding);
        self.phrases.keep(looked);
        Ok(found)
    }

    /// The same with all documents looked at, however long that takes.
    pub(super) fn wholly<T>(&mut self, act: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
        let (until, is_cut) = (self.phrases.until.take(), std::mem::take(&mut self.phrases.is_cut));
        let done = act(self);
        (self.phrases.until, self.phrases.is_cut) = (until, is_cut);
        done
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        domain::Term,
        store::index::{Ask, Asked, Entry, Shelf, Writer},
        text::words,
    };

    const ARTICLES: i64 = 100;

    fn engine(archive: &std::path::Path) -> Engine {
        let mut writer = Writer::open(archive, Shelf::Articles, 0, 1).unwrap();
        for row in 1..=ARTICLES {
            // Both words always, side by side in one of three.
            let text = if row % 3 == 0 { "calm harbour" } else { "harbour calm" };
            writer.add(&Entry { row, date: 20_200_000 + row as u32, text, language: "en", ..Entry::default() }).unwrap();
        }
        writer.commit(1).unwrap();
        Engine::open(archive, Shelf::Articles).unwrap()
    }

    fn phrase() -> Ask {
        let terms = words("calm harbour").into_iter().map(|word| Term::of(word, "calm harbour")).collect();
        Ask::Words { terms, title: false }
    }

    fn asked(root: Ask) -> Asked {
        Asked { root, ..Asked::default() }
    }

    #[test]
    fn an_answer_cut_short_begins_with_the_newest_and_is_completed_step_by_step() {
        let archive = tempfile::tempdir().unwrap();
        let mut engine = engine(archive.path());
        let past = || Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
        let asked = asked(phrase());
        let found = engine.search_until(Some(past()), &asked, 0..50).unwrap();
        assert!(found.at_least && found.total < 33, "{found:?}");
        assert_eq!(found.rows.first().map(|(row, _)| *row), Some(99), "the newest that holds it");
        let mut steps = 0;
        while !engine.look_on(past(), &asked).unwrap() {
            steps += 1;
            assert!(steps < 20, "it comes to an end");
        }
        assert!(steps > 2);
        let all = engine.search_until(None, &asked, 0..50).unwrap();
        assert_eq!((all.total, all.at_least, all.rows.len()), (33, false, 33));
        // What is known of the phrase helps other questions for it.
        let again = engine.search_until(Some(past()), &super::tests::asked(Ask::All(vec![phrase(), phrase()])), 0..50).unwrap();
        assert_eq!((again.total, again.at_least), (33, false));
    }

    #[test]
    fn without_a_limit_and_where_a_phrase_is_denied_answers_are_whole() {
        let archive = tempfile::tempdir().unwrap();
        let mut engine = engine(archive.path());
        let past = Instant::now();
        let not = engine.search_until(Some(past), &asked(Ask::Not(Box::new(phrase()))), 0..0).unwrap();
        assert_eq!((not.total, not.at_least), (67, false));
        assert_eq!(engine.total(&phrase()).unwrap(), 33, "what comes after a glance has no limit");
        assert_eq!(engine.search(&asked(phrase()), 0..0).unwrap().total, 33);
    }
}

//! Questions to the index of statements: which are meant, each group of same ones once, and who says how many of them.

use std::{ops::Range, path::Path, sync::Arc, time::Instant};

use anyhow::Result;

use super::{
    Engine, Shelf,
    answer::{Answer, Ranking},
    asked::{Ask, Asked},
    groups::Groups,
    rank::Terms,
    search::{Matching, weighted},
    sets::Bits,
    snapshot::Place,
    within::View,
};
use crate::{
    domain::{Order, Term},
    store::forms::Meaning,
};

/// The index of statements as one thread reads it.
pub(in crate::store) struct Sayings {
    pub(super) engine: Engine,
    folder: std::path::PathBuf,
    pub(super) groups: Groups,
    pub(super) last: Option<Last>,
}

/// The answer to the last question.
pub(super) struct Last {
    asked: Vec<Ask>,
    order: Order,
    answer: Answer,
    /// Whether there may be more, for there was no time to look at all.
    at_least: bool,
    /// The statements that answer, and of each group of same ones the oldest of them.
    pub(super) docs: Bits,
    pub(super) firsts: Bits,
    /// Those of them that meet each condition and none before it.
    levels: Vec<Bits>,
    /// What the words stand for.
    meaning: Arc<Meaning>,
    respelled: Vec<(String, Vec<String>)>,
}

/// What came of a question.
pub(in crate::store) struct Answered {
    /// The statements of the window.
    pub(in crate::store) spoken: Vec<Spoken>,
    pub(in crate::store) total: usize,
    /// Whether there may be more, for there was no time to look at all.
    pub(in crate::store) at_least: bool,
    /// What the words stand for.
    pub(in crate::store) meaning: Arc<Meaning>,
    /// Words that nothing holds, each with what was taken instead.
    pub(in crate::store) respelled: Vec<(String, Vec<String>)>,
}

/// A statement that answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::store) struct Spoken {
    /// The row of its article.
    pub(in crate::store) row: i64,
    /// Its number among the article's statements.
    pub(in crate::store) number: u32,
    /// How well it answers; 0 where the order is by date.
    pub(in crate::store) score: f32,
    /// The first of the conditions asked that it, or one with the same words, meets.
    pub(in crate::store) level: usize,
    /// By this its group of same statements is found, while the index stays as it is.
    pub(in crate::store) handle: u32,
}

/// So many of the newest are ranked by how well they match; behind them the order is by date.
const RANKED: usize = 2048;

impl Sayings {
    /// Opens the index of an archive for reading.
    pub(in crate::store) fn open(archive: &Path) -> Result<Sayings> {
        let engine = Engine::open(archive, Shelf::Statements)?;
        let folder = archive.join(Shelf::Statements.folder());
        let groups = Groups::open(&folder, &engine.snapshot)?;
        Ok(Sayings { engine, folder, groups, last: None })
    }

    /// Sees what was committed since; `true` when there was something.
    pub(in crate::store) fn refresh(&mut self) -> Result<bool> {
        let changed = self.engine.refresh()?;
        if changed {
            self.groups = Groups::open(&self.folder, &self.engine.snapshot)?;
            self.last = None;
        }
        Ok(changed)
    }

    /// The statements that answer, one for each group of same ones: the earliest that answers. `asked` is one condition or
    /// several, each wider than the one before; where the order is [`Order::Best`], what meets an earlier one stands before the
    /// others, and within each what holds `words` best. Where it takes longer than `until`, these are the newest found by then.
    pub(in crate::store) fn search(
        &mut self,
        until: Option<Instant>,
        (asked, words): (&[Ask], &[Term]),
        order: Order,
        window: Range<usize>,
    ) -> Result<Answered> {
        let mut last = self.answered(until, (asked, words), order)?;
        let docs = last.answer.window(&self.engine.snapshot, window)?;
        let (total, at_least) = (last.answer.total, last.at_least);
        let (meaning, respelled) = (last.meaning.clone(), last.respelled.clone());
        let level = |doc: u32| last.levels.iter().position(|level| level.has(doc as usize)).unwrap_or(0);
        let spoken = docs.into_iter().map(|(doc, score)| {
            let (row, number) = self.place(doc)?;
            Ok(Spoken { row, number, score, level: level(doc), handle: doc })
        });
        let spoken = spoken.collect::<Result<_>>()?;
        self.last = Some(last);
        Ok(Answered { spoken, total, at_least, meaning, respelled })
    }

    /// Looks for more of an answer that was cut short; says whether all is known then.
    pub(in crate::store) fn look_on(&mut self, until: Instant, asked: &[Ask]) -> Result<bool> {
        let root = asked.last().cloned().unwrap_or_default();
        self.engine.look_on(until, &Asked { root, order: Order::Newest })
    }

    /// How many groups answer, whatever the order.
    pub(in crate::store) fn count(&mut self, asked: &Ask) -> Result<usize> {
        let docs = self.matching(asked)?.docs;
        Ok(docs.iter().filter(|doc| self.groups.is_first(*doc, &docs)).count())
    }

    /// The same statements as one that [`Sayings::search`] gave, itself among them, by their places, the earliest first.
    pub(in crate::store) fn carriers_of(&self, handle: u32) -> Result<Vec<(i64, u32)>> {
        let snapshot = &self.engine.snapshot;
        let mut docs: Vec<u32> = self.groups.members(handle).filter(|doc| snapshot.alive.has(*doc as usize)).collect();
        docs.sort_by_key(|doc| (std::cmp::Reverse(snapshot.age(*doc)), *doc));
        docs.into_iter().map(|doc| self.place(doc)).collect()
    }

    /// The handle of a statement; `None` where the index has no such statement.
    pub(in crate::store) fn handle_of(&self, row: i64, number: u32) -> Result<Option<u32>> {
        let snapshot = &self.engine.snapshot;
        for doc in snapshot.docs_of(row).filter(|doc| snapshot.alive.has(*doc as usize)) {
            if self.place(doc)? == (row, number) {
                return Ok(Some(doc));
            }
        }
        Ok(None)
    }

    fn matching(&mut self, ask: &Ask) -> Result<Matching> {
        self.engine.matching(&Asked { root: ask.clone(), order: Order::Newest })
    }

    fn place(&self, doc: u32) -> Result<(i64, u32)> {
        let snapshot = &self.engine.snapshot;
        let at = snapshot.segments.partition_point(|segment| segment.base <= doc) - 1;
        let segment = &snapshot.segments[at];
        let number = segment.number(doc - segment.base)?;
        Ok((snapshot.row(doc), u32::try_from(number)?))
    }

    pub(super) fn answered(&mut self, until: Option<Instant>, (asked, words): (&[Ask], &[Term]), order: Order) -> Result<Last> {
        let is_it = |last: &Last| last.asked == asked && last.order == order && (until.is_some() || !last.at_least);
        if let Some(last) = self.last.take().filter(is_it) {
            return Ok(last);
        }
        self.engine.phrases.begin(until);
        let answered = self.answer(asked, words, order);
        let at_least = self.engine.phrases.is_over_now();
        Ok(Last { at_least, ..answered? })
    }

    fn answer(&mut self, asked: &[Ask], words: &[Term], order: Order) -> Result<Last> {
        let Some(widest) = asked.last() else { return self.answer(&[Ask::default()], words, order) };
        let Matching { docs: all, meaning, tier, respelled } = self.matching(widest)?;
        let bound = self.engine.snapshot.bound();
        let firsts = self.groups.firsts(&all, bound);
        let mut answer = Answer::default();
        let (mut left, mut levels) = (firsts.clone(), Vec::with_capacity(asked.len()));
        for level in &asked[..asked.len() - 1] {
            // A group stands where its best statement does.
            let docs = self.engine.within(level, View { meaning: &meaning, tier, place: Place::All }, &all)?;
            let here = self.groups.firsts_of(&docs, &firsts, bound);
            let mut new = here.clone();
            new.keep(&left);
            left.drop(&here);
            levels.push(new);
        }
        // What is left meets the widest.
        levels.push(left);
        if order == Order::Best {
            let terms: Terms = words.iter().map(|term| weighted(&meaning, term, tier)).collect();
            let by = Ranking { terms: Arc::new(terms), place: Place::All, tier: 0.0, most: RANKED };
            for level in &levels {
                match words.is_empty() {
                    true => answer.then_newest(level.clone()),
                    false => answer.then_best(level.clone(), by.clone()),
                }
            }
        } else {
            answer.then_by_date(firsts.clone(), order == Order::Oldest);
        }
        Ok(Last {
            asked: asked.to_vec(),
            order,
            answer,
            at_least: false,
            docs: all,
            firsts,
            levels,
            meaning: Arc::new(meaning),
            respelled,
        })
    }
}

//! Questions to the index of statements: which are meant, each group of same ones once, and who says how many of them.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    path::Path,
    sync::Arc,
};

use anyhow::Result;

use super::{
    Engine, Shelf,
    answer::{Answer, Ranking},
    asked::{Ask, Asked},
    groups::Groups,
    rank::Terms,
    schema::NUMBER,
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
    groups: Groups,
    pub(super) last: Option<Last>,
}

/// The answer to the last question.
pub(super) struct Last {
    asked: Vec<Ask>,
    order: Order,
    answer: Answer,
    /// One statement for each group.
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
    /// The group of the same statements, while the index stays as it is.
    pub(in crate::store) group: u32,
}

/// So many of the newest are ranked by how well they match; behind them the order is by date.
const RANKED: usize = 2048;

/// Where fewer than one in so many statements answer, a table of all is not worth its making.
const FEW: usize = 32;

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
    /// others, and within each what holds `words` best.
    pub(in crate::store) fn search(
        &mut self,
        (asked, words): (&[Ask], &[Term]),
        order: Order,
        window: Range<usize>,
    ) -> Result<Answered> {
        let mut last = self.answered(asked, words, order)?;
        let docs = last.answer.window(&self.engine.snapshot, window)?;
        let (total, meaning, respelled) = (last.answer.total, last.meaning.clone(), last.respelled.clone());
        let level = |doc: u32| last.levels.iter().position(|level| level.has(doc as usize)).unwrap_or(0);
        let spoken = docs.into_iter().map(|(doc, score)| {
            let (row, number) = self.place(doc)?;
            Ok(Spoken { row, number, score, level: level(doc), group: self.groups.of(doc) })
        });
        let spoken = spoken.collect::<Result<_>>()?;
        self.last = Some(last);
        Ok(Answered { spoken, total, meaning, respelled })
    }

    /// How many groups answer, whatever the order.
    pub(in crate::store) fn count(&mut self, asked: &Ask) -> Result<usize> {
        let docs = self.matching(asked)?.docs;
        Ok(self.firsts(&docs).count())
    }

    /// The statements of some groups that [`Sayings::search`] gave, by their places, the earliest first.
    pub(in crate::store) fn carriers_of(&self, groups: &HashSet<u32>) -> Result<HashMap<u32, Vec<(i64, u32)>>> {
        let snapshot = &self.engine.snapshot;
        let mut carriers: HashMap<u32, Vec<(i64, u32)>> = HashMap::with_capacity(groups.len());
        for group in groups {
            let mut docs: Vec<u32> = self.groups.members(*group).filter(|doc| snapshot.alive.has(*doc as usize)).collect();
            docs.sort_by_key(|doc| (std::cmp::Reverse(snapshot.age(*doc)), *doc));
            carriers.insert(*group, docs.into_iter().map(|doc| self.place(doc)).collect::<Result<_>>()?);
        }
        Ok(carriers)
    }

    /// The group of a statement; `None` where the index has no such statement.
    pub(in crate::store) fn group_of(&mut self, row: i64, number: u32) -> Result<Option<u32>> {
        let snapshot = &self.engine.snapshot;
        for doc in snapshot.docs_of(row).filter(|doc| snapshot.alive.has(*doc as usize)) {
            if self.place(doc)? == (row, number) {
                return Ok(Some(self.groups.of(doc)));
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
        let number = segment.columns.u64(NUMBER)?.first(doc - segment.base).unwrap_or(0);
        Ok((snapshot.row(doc), u32::try_from(number)?))
    }

    pub(super) fn answered(&mut self, asked: &[Ask], words: &[Term], order: Order) -> Result<Last> {
        match self.last.take() {
            Some(last) if last.asked == asked && last.order == order => Ok(last),
            _ => self.answer(asked, words, order),
        }
    }

    fn answer(&mut self, asked: &[Ask], words: &[Term], order: Order) -> Result<Last> {
        let Some(widest) = asked.last() else { return self.answer(&[Ask::default()], words, order) };
        let Matching { docs: all, meaning, tier, respelled } = self.matching(widest)?;
        let firsts = self.firsts(&all);
        let mut answer = Answer::default();
        let (mut left, mut levels) = (firsts.clone(), Vec::with_capacity(asked.len()));
        for level in asked {
            // A group stands where its best statement does.
            let docs = self.engine.within(level, View { meaning: &meaning, tier, place: Place::All }, &all)?;
            let here = self.groups_of(&docs, &left);
            left.drop(&here);
            levels.push(here);
        }
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
        Ok(Last { asked: asked.to_vec(), order, answer, firsts, levels, meaning: Arc::new(meaning), respelled })
    }

    /// The earliest of each group among these documents.
    fn firsts(&self, docs: &Bits) -> Bits {
        let snapshot = &self.engine.snapshot;
        // Documents of one article come in the order of its statements.
        let is_before = |doc: u32, known: u32| snapshot.age(doc) > snapshot.age(known);
        let mut firsts = Bits::none(snapshot.bound());
        if docs.count() * FEW < snapshot.bound() {
            let mut first: HashMap<u32, u32> = HashMap::new();
            for doc in docs.iter() {
                let known = first.entry(self.groups.of(doc)).or_insert(doc);
                if is_before(doc, *known) {
                    *known = doc;
                }
            }
            first.into_values().for_each(|doc| firsts.insert(doc));
            return firsts;
        }
        let mut first = vec![u32::MAX; snapshot.bound()];
        for doc in docs.iter() {
            let known = &mut first[self.groups.of(doc) as usize];
            if *known == u32::MAX || is_before(doc, *known) {
                *known = doc;
            }
        }
        docs.iter().filter(|doc| first[self.groups.of(*doc) as usize] == *doc).for_each(|doc| firsts.insert(doc));
        firsts
    }

    /// Those of `firsts` whose group has one of `docs`.
    fn groups_of(&self, docs: &Bits, firsts: &Bits) -> Bits {
        let mut groups = Bits::none(self.engine.snapshot.bound());
        docs.iter().for_each(|doc| groups.insert(self.groups.of(doc)));
        let mut found = Bits::none(self.engine.snapshot.bound());
        let has = firsts.iter().filter(|doc| groups.has(self.groups.of(*doc) as usize));
        has.for_each(|doc| found.insert(doc));
        found
    }
}

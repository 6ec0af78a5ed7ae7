//! Which statements are the same one, carried by several articles: those with nearly the same words, found over all articles.
//!
//! When an import ends, a file beside tantivy's links every statement to the next older one of its group. While statements come
//! in, only those with exactly alike sketches are held to be the same; the end of the import finds the others.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use rayon::slice::ParallelSliceMut;
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

use super::{schema::SKETCH, sets::Bits, sketch::Sketch, snapshot::Snapshot};

const FILE: &str = "groups";

/// Nearly the same words count as one statement within so many days; the very same words always.
const DAYS: u32 = 31;

/// In one bucket of like sketches each is compared with so many that differ.
const COMPARED: usize = 16;

/// Marks the oldest of a group, whose link leads back to the newest; document numbers stay below it.
const OLDEST: u32 = 1 << 31;

/// The groups, each a ring of links from every document to the next older one. The file is read where it lies, as far as
/// somebody looks.
#[derive(Debug)]
pub(super) struct Groups {
    /// Four bytes for each document, little end first.
    links: OwnedBytes,
}

impl Groups {
    /// The groups of a state of the index: as the file has them, else those of exactly like sketches.
    pub(super) fn open(folder: &Path, snapshot: &Snapshot) -> Result<Groups> {
        match read(folder, snapshot) {
            Ok(groups) => Ok(groups),
            Err(_) => Ok(Groups::new(&exact(&sketches(snapshot)?), |doc| snapshot.age(doc))),
        }
    }

    /// Links the documents of each group, of which one names it, by their age: higher is older.
    fn new(of: &[u32], age: impl Fn(u32) -> u64) -> Groups {
        let mut shared = Bits::none(of.len());
        (0_u32..).zip(of).filter(|(doc, group)| doc != *group).for_each(|(_, group)| shared.insert(*group));
        let mut links: Vec<u32> = (0..of.len() as u32).map(|doc| doc | OLDEST).collect();
        let of_several = (0_u32..).zip(of).filter(|(_, group)| shared.has(**group as usize));
        // Documents of one article come in the order of its statements.
        let mut order: Vec<(u32, u64, u32)> = of_several.map(|(doc, group)| (*group, age(doc), u32::MAX - doc)).collect();
        order.par_sort_unstable();
        for group in order.chunk_by(|(one, ..), (other, ..)| one == other) {
            let doc = |at: usize| u32::MAX - group[at].2;
            (1..group.len()).for_each(|at| links[doc(at - 1) as usize] = doc(at));
            links[doc(group.len() - 1) as usize] = doc(0) | OLDEST;
        }
        Groups { links: OwnedBytes::new(links.into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>()) }
    }

    fn link(&self, doc: u32) -> u32 {
        let at = doc as usize * 4;
        // Behind the end stands nobody.
        self.links.get(at..at + 4).map_or(doc | OLDEST, |link| u32::from_le_bytes([link[0], link[1], link[2], link[3]]))
    }

    /// The next older document of the same group.
    fn older(&self, doc: u32) -> Option<u32> {
        Some(self.link(doc)).filter(|link| link & OLDEST == 0)
    }

    /// The older documents of the same group, one after the other.
    fn all_older(&self, doc: u32) -> impl Iterator<Item = u32> {
        // No more than there are, even if the file is damaged.
        std::iter::successors(self.older(doc), |doc| self.older(*doc)).take(self.links.len() / 4)
    }

    /// All documents of the group of one of them.
    pub(super) fn members(&self, doc: u32) -> impl Iterator<Item = u32> {
        let next = move |here: &u32| Some(self.link(*here) & !OLDEST).filter(|link| *link != doc);
        std::iter::successors(Some(doc), next).take(self.links.len() / 4)
    }

    /// Whether a document is the oldest of its group among some documents. Asked of each of them, it follows at most as many links
    /// as their groups have members.
    pub(super) fn is_first(&self, doc: u32, among: &Bits) -> bool {
        !self.all_older(doc).any(|older| among.has(older as usize))
    }

    /// The oldest of each group among some documents.
    pub(super) fn firsts(&self, docs: &Bits, bound: usize) -> Bits {
        let mut firsts = Bits::none(bound);
        docs.iter().filter(|doc| self.is_first(*doc, docs)).for_each(|doc| firsts.insert(doc));
        firsts
    }

    /// Those of `firsts`, the oldest of their groups among more documents than these, whose group has one of `docs`.
    pub(super) fn firsts_of(&self, docs: &Bits, firsts: &Bits, bound: usize) -> Bits {
        let (mut found, mut seen) = (Bits::none(bound), Bits::none(bound));
        for doc in docs.iter() {
            for here in std::iter::once(doc).chain(self.all_older(doc)) {
                // Who was here before has found it.
                if seen.has(here as usize) {
                    break;
                }
                seen.insert(here);
                if firsts.has(here as usize) {
                    found.insert(here);
                    break;
                }
            }
        }
        found
    }
}

/// Makes the file where it does not fit the index any more.
pub(super) fn complete(folder: &Path, snapshot: &Snapshot) -> Result<()> {
    if read(folder, snapshot).is_ok() {
        return Ok(());
    }
    let path = folder.join(FILE);
    let groups = Groups::new(&near(&sketches(snapshot)?, |doc| snapshot.date(doc)), |doc| snapshot.age(doc));
    let mut bytes = state(snapshot).into_bytes();
    bytes.extend_from_slice(&groups.links);
    let unfinished: PathBuf = path.with_extension("unfinished");
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, path)?;
    Ok(())
}

fn read(folder: &Path, snapshot: &Snapshot) -> Result<Groups> {
    let bytes = MmapDirectory::open(folder)?.get_file_handle(Path::new(FILE))?;
    let bytes = bytes.read_bytes(0..bytes.len())?;
    let state = state(snapshot);
    ensure!(bytes.starts_with(state.as_bytes()), "of another state");
    let links = bytes.slice(state.len()..bytes.len());
    ensure!(links.len() == snapshot.bound().checked_mul(4).context("too many")?, "cut short");
    Ok(Groups { links })
}

/// What tells a state of the index from others, on one line.
fn state(snapshot: &Snapshot) -> String {
    let segments = snapshot.state.iter().map(|(id, deletions)| format!(" {} {deletions:?}", id.uuid_string()));
    format!("groups 2{}\n", segments.collect::<String>())
}

/// The sketches of all documents; `None` between segments.
fn sketches(snapshot: &Snapshot) -> Result<Vec<Option<Sketch>>> {
    let mut all = vec![None; snapshot.bound()];
    for segment in &snapshot.segments {
        let [one, two] = [segment.columns.u64(SKETCH[0])?, segment.columns.u64(SKETCH[1])?];
        let (one, two) = (one.first_or_default_col(0), two.first_or_default_col(0));
        for doc in 0..segment.size {
            all[(segment.base + doc) as usize] = Some(Sketch([one.get_val(doc), two.get_val(doc)]));
        }
    }
    Ok(all)
}

/// For each document the one that names its group of exactly like sketches.
fn exact(sketches: &[Option<Sketch>]) -> Vec<u32> {
    let mut first: HashMap<Sketch, u32> = HashMap::with_capacity(sketches.len());
    let of = sketches.iter().zip(0_u32..).map(|(sketch, doc)| sketch.map_or(doc, |sketch| *first.entry(sketch).or_insert(doc)));
    of.collect()
}

/// The same for groups of nearly like sketches. Each group is a star: all in it are like its first, so that groups do not drift from one
/// wording to another.
fn near(sketches: &[Option<Sketch>], date: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut of = exact(sketches);
    let roots: Vec<u32> = (0_u32..).zip(&of).filter(|(doc, group)| doc == *group).map(|(doc, _)| doc).collect();
    let known = |doc: u32| sketches[doc as usize];
    // The root that each has joined, itself while it has not. One that others have joined stays, for they are like it and
    // perhaps not like another.
    let mut into: Vec<u32> = (0..of.len() as u32).collect();
    let mut stays = vec![false; of.len()];
    for band in 0..Sketch::default().bands().len() {
        let mut order: Vec<(u32, u32)> = roots.iter().filter_map(|doc| Some((known(*doc)?.bands()[band], *doc))).collect();
        order.par_sort_unstable();
        for bucket in order.chunk_by(|(one, _), (other, _)| one == other).filter(|bucket| bucket.len() > 1) {
            let mut seen: Vec<u32> = Vec::new();
            for (_, doc) in bucket {
                let doc = into[*doc as usize];
                if seen.contains(&doc) {
                    continue;
                }
                let is_one = |other: &&u32| match (known(**other), known(doc)) {
                    (Some(one), Some(two)) => one.is_like(two) && is_close(date(**other), date(doc)),
                    _ => false,
                };
                match seen.iter().find(is_one) {
                    Some(other) if !stays[doc as usize] => {
                        into[doc as usize] = *other;
                        stays[*other as usize] = true;
                    }
                    _ if seen.len() < COMPARED => seen.push(doc),
                    _ => {}
                }
            }
        }
    }
    for group in &mut of {
        *group = into[*group as usize];
    }
    of
}

/// Whether two sort keys of dates are at most a month apart; what has no date is close to everything.
fn is_close(one: u32, other: u32) -> bool {
    // Months of 31 days each, which is near enough.
    let days = |key: u32| key / 10_000 * 372 + key / 100 % 100 * 31 + key % 100;
    one == 0 || other == 0 || days(one).abs_diff(days(other)) <= DAYS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{
        collection::{btree_set, vec},
        prelude::*,
    };

    use super::*;

    fn sketch(text: &str) -> Option<Sketch> {
        Some(Sketch::of(text.split(' '), "x"))
    }

    const ONE: &str =
        "the harbour will open again next week after two years of work on its outer wall and the boats can come home";
    const OTHER: &str = "farmers in the hills welcomed the first rain since april and hope for more of it before the harvest";

    #[test]
    fn nearly_the_same_words_of_one_month_are_a_group() {
        let near_one = ["boats", "outer", "wall", "week"].map(|word| ONE.replace(word, "old"));
        let differs = |text: &&String| sketch(text) != sketch(ONE) && sketch(text).unwrap().is_like(sketch(ONE).unwrap());
        let near_one = near_one.iter().find(differs).unwrap();
        let sketches = [sketch(ONE), sketch(OTHER), None, sketch(near_one), sketch(near_one), sketch(ONE)];
        let dates = [20_211_105, 20_211_105, 0, 20_211_130, 20_220_105, 0];
        let groups = near(&sketches, |doc| dates[doc as usize]);
        let alike = |one: usize, other: usize| groups[one] == groups[other];
        assert!(alike(0, 5) && alike(0, 3) && !alike(0, 1) && !alike(0, 2) && !alike(1, 2));
        // The words of the fifth are those of the fourth, whenever they were said.
        assert!(alike(3, 4));
        let dates = [20_211_105, 20_211_105, 0, 20_220_130, 20_220_105, 0];
        let groups = near(&sketches, |doc| dates[doc as usize]);
        assert_ne!(groups[0], groups[3]);
    }

    #[test]
    fn exact_groups_need_no_file() {
        assert_eq!(exact(&[sketch(ONE), sketch(OTHER), None, sketch(ONE)]), [0, 1, 2, 0]);
    }

    proptest! {
        #[test]
        fn links_lead_from_the_newest_to_the_oldest(
            docs in vec((0_u32..12, 0_u64..6), 1..64),
            some in btree_set(0_u32..64, 0..40),
            fewer in btree_set(0_u32..64, 0..20),
        ) {
            let of: Vec<u32> = docs.iter().map(|(group, _)| docs.iter().position(|(its, _)| its == group).unwrap() as u32).collect();
            let of: &[u32] = &of;
            let age = |doc: u32| docs[doc as usize].1;
            let groups = Groups::new(of, age);
            let alike = |doc: u32| (0..docs.len() as u32).filter(move |other| of[*other as usize] == of[doc as usize]);
            let oldest_first = |docs: &mut Vec<u32>| docs.sort_by_key(|doc| (std::cmp::Reverse(age(*doc)), *doc));
            let bits = |docs: &mut dyn Iterator<Item = u32>| {
                let mut bits = Bits::none(BOUND);
                docs.for_each(|doc| bits.insert(doc));
                bits
            };
            let some: BTreeSet<u32> = some.into_iter().filter(|doc| (*doc as usize) < docs.len()).collect();
            let fewer: BTreeSet<u32> = fewer.intersection(&some).copied().collect();
            let mut expected = BTreeSet::new();
            for doc in 0..docs.len() as u32 {
                let mut members: Vec<u32> = alike(doc).collect();
                let all: BTreeSet<u32> = members.iter().copied().collect();
                prop_assert_eq!(groups.members(doc).collect::<BTreeSet<u32>>(), all);
                oldest_first(&mut members);
                expected.extend(members.into_iter().find(|member| some.contains(member)));
            }
            let firsts = groups.firsts(&bits(&mut some.iter().copied()), BOUND);
            prop_assert_eq!(firsts.iter().collect::<BTreeSet<u32>>(), expected.clone());
            let with_fewer: BTreeSet<u32> =
                expected.into_iter().filter(|first| alike(*first).any(|doc| fewer.contains(&doc))).collect();
            let found = groups.firsts_of(&bits(&mut fewer.iter().copied()), &firsts, BOUND);
            prop_assert_eq!(found.iter().collect::<BTreeSet<u32>>(), with_fewer);
        }
    }

    const BOUND: usize = 64;
}

//! Which statements are the same one, carried by several articles: those with nearly the same words, found over all articles.
//!
//! When an import ends, a file beside tantivy's says for every statement to which group it belongs. While statements come in,
//! only those with exactly alike sketches are held to be the same; the end of the import finds the others.

use std::{
    cell::OnceCell,
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use rayon::slice::ParallelSliceMut;

use super::{schema::SKETCH, sketch::Sketch, snapshot::Snapshot};

const FILE: &str = "groups";

/// Nearly the same words count as one statement within so many days; the very same words always.
const DAYS: u32 = 31;

/// In one bucket of like sketches each is compared with so many that differ.
const COMPARED: usize = 16;

/// For each document the group to which it belongs, named by one of its documents.
#[derive(Debug, Default)]
pub(super) struct Groups {
    of: Vec<u32>,
    /// For each document the next one of its group, in a ring; made when members are first asked for.
    next: OnceCell<Vec<u32>>,
}

impl Groups {
    /// The groups of a state of the index: as the file has them, else those of exactly like sketches.
    pub(super) fn open(folder: &Path, snapshot: &Snapshot) -> Result<Groups> {
        match read(&folder.join(FILE), snapshot) {
            Ok(groups) => Ok(groups),
            Err(_) => Ok(exact(&sketches(snapshot)?)),
        }
    }

    /// The group of a document.
    pub(super) fn of(&self, doc: u32) -> u32 {
        self.of[doc as usize]
    }

    /// All documents of a group.
    pub(super) fn members(&self, group: u32) -> impl Iterator<Item = u32> {
        let next = self.next.get_or_init(|| ring(&self.of));
        // A group is named by one of its own documents.
        let mut doc = Some(group);
        std::iter::from_fn(move || {
            let here = doc?;
            doc = Some(next[here as usize]).filter(|after| *after != group);
            Some(here)
        })
    }
}

/// For each document the next one of its group, the last one's being the group's own.
fn ring(of: &[u32]) -> Vec<u32> {
    let mut next: Vec<u32> = (0..of.len() as u32).collect();
    for (doc, group) in (0_u32..).zip(of) {
        if doc != *group {
            next[doc as usize] = std::mem::replace(&mut next[*group as usize], doc);
        }
    }
    next
}

/// Makes the file where it does not fit the index any more.
pub(super) fn complete(folder: &Path, snapshot: &Snapshot) -> Result<()> {
    let path = folder.join(FILE);
    if read(&path, snapshot).is_ok() {
        return Ok(());
    }
    let groups = near(&sketches(snapshot)?, |doc| snapshot.date(doc));
    let mut bytes = state(snapshot).into_bytes();
    bytes.push(b'\n');
    bytes.extend(groups.of.iter().flat_map(|group| group.to_le_bytes()));
    let unfinished: PathBuf = path.with_extension("unfinished");
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, path)?;
    Ok(())
}

fn read(path: &Path, snapshot: &Snapshot) -> Result<Groups> {
    let bytes = fs::read(path)?;
    let end = bytes.iter().position(|byte| *byte == b'\n').context("cut short")?;
    ensure!(&bytes[..end] == state(snapshot).as_bytes(), "of another state");
    let (numbers, rest) = bytes[end + 1..].as_chunks();
    let of: Vec<u32> = numbers.iter().map(|number| u32::from_le_bytes(*number)).collect();
    ensure!(rest.is_empty() && of.len() == snapshot.bound(), "cut short");
    ensure!(of.iter().all(|group| (*group as usize) < of.len()), "damaged");
    Ok(Groups { of, next: OnceCell::new() })
}

/// What tells a state of the index from others, on one line.
fn state(snapshot: &Snapshot) -> String {
    let segments = snapshot.state.iter().map(|(id, deletions)| format!(" {} {deletions:?}", id.uuid_string()));
    format!("groups 1{}", segments.collect::<String>())
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

/// Groups of exactly like sketches.
fn exact(sketches: &[Option<Sketch>]) -> Groups {
    let mut first: HashMap<Sketch, u32> = HashMap::with_capacity(sketches.len());
    let of = sketches.iter().zip(0_u32..).map(|(sketch, doc)| sketch.map_or(doc, |sketch| *first.entry(sketch).or_insert(doc)));
    Groups { of: of.collect(), next: OnceCell::new() }
}

/// Groups of nearly like sketches. Each group is a star: all in it are like its first, so that groups do not drift from one
/// wording to another.
fn near(sketches: &[Option<Sketch>], date: impl Fn(u32) -> u32) -> Groups {
    let Groups { mut of, .. } = exact(sketches);
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
    Groups { of, next: OnceCell::new() }
}

/// Whether two sort keys of dates are at most a month apart; what has no date is close to everything.
fn is_close(one: u32, other: u32) -> bool {
    // Months of 31 days each, which is near enough.
    let days = |key: u32| key / 10_000 * 372 + key / 100 % 100 * 31 + key % 100;
    one == 0 || other == 0 || days(one).abs_diff(days(other)) <= DAYS
}

#[cfg(test)]
mod tests {
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
        let groups = near(&sketches, |doc| dates[doc as usize]).of;
        let alike = |one: usize, other: usize| groups[one] == groups[other];
        assert!(alike(0, 5) && alike(0, 3) && !alike(0, 1) && !alike(0, 2) && !alike(1, 2));
        // The words of the fifth are those of the fourth, whenever they were said.
        assert!(alike(3, 4));
        let dates = [20_211_105, 20_211_105, 0, 20_220_130, 20_220_105, 0];
        let groups = near(&sketches, |doc| dates[doc as usize]).of;
        assert_ne!(groups[0], groups[3]);
    }

    #[test]
    fn exact_groups_need_no_file() {
        let groups = exact(&[sketch(ONE), sketch(OTHER), None, sketch(ONE)]);
        assert_eq!(groups.of, [0, 1, 2, 0]);
        assert_eq!([0, 2].map(|group| groups.members(group).collect::<Vec<_>>()), [vec![0, 3], vec![2]]);
    }
}

//! Which articles bear a mark: looked up once, kept while nobody else decides anything, and brought up to date with what this
//! session decides, for hundreds of thousands of articles may have been read.

use anyhow::Result;
use rusqlite::Connection;

use super::{
    articles,
    index::Rows,
    journal::{Journal, Wanted},
    schema,
};
use crate::{
    domain::{Change, Decision},
    text::fold,
};

/// Sets of articles by what was decided about them.
#[derive(Debug, Default)]
pub(super) struct Marked {
    state: Option<State>,
    sets: Vec<(Wanted, Rows)>,
}

/// What the sets depend on: what others and this session have written into the journal, and the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    others: Option<i64>,
    own: u64,
    change: u64,
}

impl State {
    /// The state now.
    pub(super) fn now(archive: &Connection, journal: &Journal) -> Result<State> {
        let (others, own) = journal.version()?;
        Ok(State { others, own, change: schema::counter(archive, "change")? })
    }
}

/// More sets than facets ask for at once.
const MOST: usize = 48;

/// A larger step is not followed change by change.
const MOST_FOLLOWED: usize = 1000;

impl Marked {
    /// The articles that bear a mark.
    pub(super) fn of(&mut self, wanted: &Wanted, archive: &Connection, journal: &Journal) -> Result<Rows> {
        let now = State::now(archive, journal)?;
        if self.state != Some(now) {
            self.sets.clear();
            self.state = Some(now);
        }
        if let Some((_, rows)) = self.sets.iter().find(|(known, _)| known == wanted) {
            return Ok(rows.clone());
        }
        let articles = usize::try_from(schema::counter(archive, "articles")?)?;
        let rows = Rows::new(&articles::rows_of(archive, &journal.marked(wanted)?, articles)?, true);
        if self.sets.len() == MOST {
            self.sets.remove(0);
        }
        self.sets.push((wanted.clone(), rows.clone()));
        Ok(rows)
    }

    /// Follows what this session has decided since the state `before`.
    pub(super) fn follow(&mut self, before: State, changes: &[Change], archive: &Connection, journal: &Journal) -> Result<()> {
        let now = State::now(archive, journal)?;
        let is_ours_alone = self.state == Some(before) && now == State { own: now.own, ..before };
        if !is_ours_alone || changes.len() > MOST_FOLLOWED {
            self.state = None;
            return Ok(());
        }
        self.state = Some(now);
        for Change { article, decision } in changes {
            let (wanted, bears) = match decision {
                Decision::Position(_) => continue,
                Decision::Read(read) => (Wanted::Read, *read),
                Decision::Star(star) => (Wanted::Starred, *star),
                Decision::Tag(name, set) => {
                    self.sets.retain(|(wanted, _)| !matches!(wanted, Wanted::Tag(_, true)));
                    (Wanted::Tag(folded(name), false), *set)
                }
                Decision::Note(_) => {
                    self.sets.retain(|(wanted, _)| *wanted != Wanted::Note);
                    continue;
                }
            };
            if let Some((_, rows)) = self.sets.iter_mut().find(|(known, _)| *known == wanted)
                && let Some(row) = articles::row_of(archive, *article)?
            {
                rows.put(row, bears);
            }
        }
        Ok(())
    }
}

/// The name of a tag as it is compared.
pub(super) fn folded(tag: &str) -> String {
    Some(fold(tag)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| tag.to_owned())
}

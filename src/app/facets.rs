//! The facets of what is listed: what its articles have in common, with counts, to be chosen or left out. What is chosen stands
//! in the filter line as text.

use super::Ticket;
use crate::domain::{Aspect, Clause, Expr, Facet, Facets, Query};

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// The heading of what is chosen already.
    Chosen,
    /// An index into [`FacetPane::chosen`].
    Choice(usize),
    /// The heading of an aspect.
    Heading(Aspect),
    /// An index into [`Facets::facets`].
    Facet(usize),
}

/// A condition that was chosen, whoever wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The condition.
    pub clause: Clause,
    /// What readers call it.
    pub name: String,
    /// Whether articles that meet it are left out.
    pub excluded: bool,
}

/// The pane and the cursor in it.
#[derive(Clone, Debug, Default)]
pub struct FacetPane {
    /// Whether it stands where the names of the article stand otherwise.
    pub on: bool,
    /// What the answer is made of, as far as it was counted.
    pub facets: Facets,
    /// What the filter chooses already.
    pub chosen: Vec<Choice>,
    /// Headings, choices and facets as they are shown.
    pub rows: Vec<FacetRow>,
    /// An index into `rows`; never that of a heading where there is anything else.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
    /// Whether the counts are those of what is listed now.
    pub is_current: bool,
    /// Where to go when the counts come.
    pub(super) goal: Option<Aspect>,
    /// What was asked for.
    pub(super) asked: Option<Ticket>,
    /// The last question that was asked for.
    pub(super) answer: u64,
    /// What things are called whose conditions name them otherwise.
    known: Vec<(Clause, String)>,
}

impl FacetPane {
    /// The choice under the cursor.
    pub(super) fn choice_here(&self) -> Option<&Choice> {
        match self.rows.get(self.cursor)? {
            FacetRow::Choice(index) => self.chosen.get(*index),
            _ => None,
        }
    }

    /// The condition under the cursor.
    pub fn current(&self) -> Option<(&Clause, &str)> {
        match self.rows.get(self.cursor)? {
            FacetRow::Choice(index) => self.chosen.get(*index).map(|choice| (&choice.clause, choice.name.as_str())),
            FacetRow::Facet(index) => self.facets.facets.get(*index).map(|facet| (&facet.clause, facet.name.as_str())),
            FacetRow::Chosen | FacetRow::Heading(_) => None,
        }
    }

    /// Takes the counts of the answer to `query`.
    pub(super) fn take(&mut self, facets: Facets, query: &Query) {
        let here = self.here();
        for Facet { clause, name, .. } in &facets.facets {
            if !self.known.iter().any(|(known, _)| known == clause) {
                self.known.push((clause.clone(), name.clone()));
            }
        }
        self.facets = facets;
        self.is_current = true;
        self.lay_out(query, here.as_ref());
    }

    /// Shows what `query` chooses and the facets below it; the cursor stays on its condition.
    pub(super) fn arrange(&mut self, query: &Query) {
        let here = self.here();
        self.lay_out(query, here.as_ref());
    }

    fn here(&self) -> Option<Clause> {
        self.current().map(|(clause, _)| clause.clone())
    }

    fn lay_out(&mut self, query: &Query, here: Option<&Clause>) {
        self.chosen = query.parts().iter().filter_map(|part| self.choice(part)).collect();
        self.rows.clear();
        if !self.chosen.is_empty() {
            self.rows.push(FacetRow::Chosen);
            self.rows.extend((0..self.chosen.len()).map(FacetRow::Choice));
        }
        let mut before = None;
        for (index, facet) in self.facets.facets.iter().enumerate() {
            if before != Some(facet.aspect) {
                self.rows.push(FacetRow::Heading(facet.aspect));
                before = Some(facet.aspect);
            }
            self.rows.push(FacetRow::Facet(index));
        }
        let same = (0..self.rows.len()).rev().find(|row| here.is_some() && self.clause(*row) == here);
        let cursor = same.unwrap_or(self.cursor);
        self.move_to(cursor, usize::MAX);
    }

    fn clause(&self, row: usize) -> Option<&Clause> {
        match self.rows.get(row)? {
            FacetRow::Choice(index) => self.chosen.get(*index).map(|choice| &choice.clause),
            FacetRow::Facet(index) => self.facets.facets.get(*index).map(|facet| &facet.clause),
            _ => None,
        }
    }

    fn choice(&self, part: &Expr) -> Option<Choice> {
        let (clause, excluded) = match part {
            Expr::Leaf(clause) => (clause, false),
            Expr::Not(part) => match &**part {
                Expr::Leaf(clause) => (clause, true),
                _ => return None,
            },
            _ => return None,
        };
        if matches!(clause, Clause::Words { .. }) {
            return None;
        }
        let known = self.known.iter().find(|(known, _)| known == clause);
        let name = known.map_or_else(|| crate::query::show_clause(clause), |(_, name)| name.clone());
        Some(Choice { clause: clause.clone(), name, excluded })
    }

    /// Whether a condition is chosen, and if so whether it is left out.
    pub fn is_chosen(&self, clause: &Clause) -> Option<bool> {
        self.chosen.iter().find(|choice| choice.clause == *clause).map(|choice| choice.excluded)
    }

    /// Moves the cursor to a row, past headings, and scrolls a pane of `height` rows along.
    pub(super) fn move_to(&mut self, row: usize, height: usize) {
        let is_heading = |row: &usize| matches!(self.rows.get(*row), Some(FacetRow::Chosen | FacetRow::Heading(_)));
        let row = row.min(self.rows.len().saturating_sub(1));
        let forward = row >= self.cursor;
        let after = (row..self.rows.len()).find(|row| !is_heading(row));
        let before = (0..=row).rev().find(|row| !is_heading(row));
        self.cursor = if forward { after.or(before) } else { before.or(after) }.unwrap_or(0);
        // The heading above the first of a kind comes into sight with it.
        let heading = self.cursor - usize::from(self.cursor > 0 && is_heading(&(self.cursor - 1)));
        if heading < self.top {
            self.top = heading;
        } else if self.cursor >= self.top.saturating_add(height.max(1)) {
            self.top = self.cursor + 1 - height.max(1);
        }
        self.top = self.top.min(self.rows.len().saturating_sub(1));
    }

    /// The first row of an aspect.
    pub(super) fn row_of(&self, aspect: Aspect) -> Option<usize> {
        self.rows.iter().position(|row| *row == FacetRow::Heading(aspect)).map(|heading| heading + 1)
    }
}

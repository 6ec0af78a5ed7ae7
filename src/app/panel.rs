//! The names in the article on show: each person, place and body once, by kind, with how often it is mentioned.

use crate::domain::{EntityId, Kind, Reading};

/// One of the things that an article names.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The entity behind the name.
    pub id: EntityId,
    /// What it is.
    pub kind: Kind,
    /// The name to show.
    pub name: String,
    /// How often this article mentions it.
    pub mentions: usize,
}

/// A row of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelRow {
    /// The heading of a kind, and how many names stand below it.
    Heading(Kind, usize),
    /// An index into [`Panel::names`].
    Name(usize),
}

/// The names of one article and the cursor among them.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// The names, kind by kind, the most mentioned first.
    pub names: Vec<Named>,
    /// Headings and names as they are shown.
    pub rows: Vec<PanelRow>,
    /// An index into `names`; 0 without any.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
}

/// What a name and its count take at least, in columns of the screen with those between them.
const NARROWEST: u16 = 26;

impl Panel {
    /// In how many columns a pane so wide shows its rows, one column after the other as in a newspaper.
    pub fn columns(width: u16) -> u16 {
        (width / NARROWEST).clamp(1, 3)
    }

    /// The names of an article; dates are no names.
    pub fn of(reading: &Reading) -> Panel {
        let mut names: Vec<Named> = Vec::new();
        for mention in &reading.extraction.mentions {
            let Some(entity) = reading.entities.get(mention.name.0 as usize) else { continue };
            if entity.kind == Kind::Date {
                continue;
            }
            match names.iter_mut().find(|named| named.id == entity.id) {
                Some(named) => named.mentions += 1,
                None => names.push(Named { id: entity.id.clone(), kind: entity.kind, name: entity.name.clone(), mentions: 1 }),
            }
        }
        // Stable, so that names mentioned equally often stay in the order of the text.
        names.sort_by_key(|named| (named.kind, std::cmp::Reverse(named.mentions)));
        let mut rows = Vec::new();
        for (index, named) in names.iter().enumerate() {
            if index == 0 || names[index - 1].kind != named.kind {
                rows.push(PanelRow::Heading(named.kind, names.iter().filter(|other| other.kind == named.kind).count()));
            }
            rows.push(PanelRow::Name(index));
        }
        Panel { names, rows, cursor: 0, top: 0 }
    }

    /// The name under the cursor.
    pub fn current(&self) -> Option<&Named> {
        self.names.get(self.cursor)
    }

    /// Moves the cursor, at most to the ends, and scrolls a pane of `height` rows along; says whether it moved.
    pub(super) fn move_to(&mut self, index: usize, height: usize) -> bool {
        let before = self.cursor;
        self.cursor = index.min(self.names.len().saturating_sub(1));
        let row = self.rows.iter().position(|row| *row == PanelRow::Name(self.cursor)).unwrap_or(0);
        // The heading above a kind's first name comes into sight with it.
        let heading = row - usize::from(row > 0 && matches!(self.rows[row - 1], PanelRow::Heading(..)));
        if heading < self.top {
            self.top = heading;
        } else if row >= self.top + height.max(1) {
            self.top = row + 1 - height.max(1);
        }
        self.cursor != before
    }
}

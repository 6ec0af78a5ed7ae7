//! Which panes a screen of some size shows, and where; a pure function that `update` and the views share.

use super::{Focus, Side, Strip};

/// Columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Default for Size {
    fn default() -> Size {
        Size { width: 80, height: 24 }
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// The area below the first row, in which a pane's title stands.
    pub fn below_title(self) -> Area {
        let taken = self.height.min(1);
        Area { y: self.y + taken, height: self.height - taken, ..self }
    }

    /// Whether a cell lies in it.
    pub fn has(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    /// The area without its first columns, seen from `side`.
    pub fn after(self, columns: u16, side: Side) -> Area {
        let columns = columns.min(self.width);
        let x = if side == Side::Left { self.x + columns } else { self.x };
        Area { x, width: self.width - columns, ..self }
    }

    /// The first columns of the area, seen from `side`.
    pub fn first(self, columns: u16, side: Side) -> Area {
        let columns = columns.min(self.width);
        self.after(self.width - columns, side.other())
    }

    /// The area without the blank column on either side that keeps text from borders.
    pub fn inside(self) -> Area {
        let left = self.width.min(1);
        let right = (self.width - left).min(1);
        Area { x: self.x + left, width: self.width - left - right, ..self }
    }
}

/// How panes are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// List, text and names side by side; from 120 columns.
    Wide,
    /// Names below the list, text beside both; from 100 columns.
    Split,
    /// List over text; names take the place of the list while they have the focus; from 60 columns.
    Stacked,
    /// One pane at a time.
    Single,
}

impl Shape {
    /// The arrangement for a screen so wide.
    pub fn of(width: u16) -> Shape {
        match width {
            120.. => Shape::Wide,
            100.. => Shape::Split,
            60.. => Shape::Stacked,
            _ => Shape::Single,
        }
    }
}

/// Rows of a screen on which the timeline leaves something to see.
const LOWEST_WITH_STRIP: u16 = 12;

/// Where everything is drawn; a pane that is not shown has no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panes {
    /// How they are arranged.
    pub shape: Shape,
    /// The line of filter and scope.
    pub top: Area,
    /// The line of notices and keys.
    pub status: Area,
    /// The articles.
    pub list: Option<Area>,
    /// The text.
    pub text: Option<Area>,
    /// The names.
    pub names: Option<Area>,
    /// The timeline, where it is on the screen.
    pub strip: Option<Area>,
    /// The columns between panes: first column, first row, height.
    pub dividers: [Option<(u16, u16, u16)>; 2],
}

impl Panes {
    /// Arranges the panes of a screen that begins on some side.
    pub fn of(size: Size, focus: Focus, side: Side) -> Panes {
        let panes = Panes::from_left(size, focus);
        match side {
            Side::Left => panes,
            Side::Right => panes.mirrored(size.width),
        }
    }

    /// Arranges the panes of the view of statements: `list` is that of the cards, `names` that of the speakers.
    pub fn of_statements(size: Size, focus: Focus, side: Side) -> Panes {
        let panes = Panes::statements_from_left(size, focus);
        match side {
            Side::Left => panes,
            Side::Right => panes.mirrored(size.width),
        }
    }

    fn statements_from_left(size: Size, focus: Focus) -> Panes {
        let mut panes = Panes::from_left(size, focus);
        let body = Area {
            x: 0,
            y: panes.top.height,
            width: size.width,
            height: size.height.saturating_sub(panes.top.height + panes.status.height),
        };
        match panes.shape {
            Shape::Wide | Shape::Split => {
                // Speakers, what they said, where it stands.
                let names = (size.width / 5).clamp(20, 30);
                let list = ((size.width - names) / 2).clamp(34, 64);
                panes.names = Some(Area { width: names, ..body });
                panes.list = Some(Area { x: names + 1, width: list, ..body });
                let before = names + list + 2;
                panes.text = Some(Area { x: before, width: size.width - before, ..body });
                panes.dividers = [Some((names, body.y, body.height)), Some((before - 1, body.y, body.height))];
            }
            Shape::Stacked => {
                // A title and whole cards of three rows.
                let upper = (body.height / 6 * 3 + 1).max(4).min(body.height);
                let above = Some(Area { height: upper, ..body });
                panes.list = above.filter(|_| focus != Focus::Names);
                panes.names = above.filter(|_| focus == Focus::Names);
                panes.text = Some(Area { y: body.y + upper, height: body.height - upper, ..body });
            }
            Shape::Single => {}
        }
        panes
    }

    /// The same with room for the timeline above the last line; a low screen has none.
    pub(super) fn with_strip(self, size: Size, focus: Focus, side: Side) -> Panes {
        if size.height < LOWEST_WITH_STRIP {
            return self;
        }
        let panes = Panes::of(Size { height: size.height - Strip::ROWS, ..size }, focus, side);
        let strip = Area { y: self.status.y - Strip::ROWS, height: Strip::ROWS, ..self.status };
        Panes { status: self.status, strip: Some(strip), ..panes }
    }

    fn mirrored(self, width: u16) -> Panes {
        let mirror = |area: Option<Area>| area.map(|area| Area { x: width - area.x - area.width, ..area });
        let dividers = self.dividers.map(|divider| divider.map(|(x, y, height)| (width - x - 1, y, height)));
        Panes { list: mirror(self.list), text: mirror(self.text), names: mirror(self.names), dividers, ..self }
    }

    fn from_left(size: Size, focus: Focus) -> Panes {
        let Size { width, height } = size;
        let top = Area { x: 0, y: 0, width, height: height.min(1) };
        let status = Area { x: 0, y: height.saturating_sub(1), width, height: u16::from(height > 2) };
        let body = Area { x: 0, y: top.height, width, height: height.saturating_sub(top.height + status.height) };
        let shape = Shape::of(width);
        let mut panes = Panes { shape, top, status, list: None, text: None, names: None, strip: None, dividers: [None, None] };
        match shape {
            Shape::Wide => {
                let list = (width * 3 / 10).clamp(34, 56);
                let names = (width / 5).clamp(24, 32);
                panes.list = Some(Area { width: list, ..body });
                panes.text = Some(Area { x: list + 1, width: width - list - names - 2, ..body });
                panes.names = Some(Area { x: width - names, width: names, ..body });
                panes.dividers = [Some((list, body.y, body.height)), Some((width - names - 1, body.y, body.height))];
            }
            Shape::Split => {
                let list = width * 2 / 5;
                let upper = ((body.height * 3 / 5) | 1).min(body.height);
                panes.list = Some(Area { width: list, height: upper, ..body });
                panes.names = Some(Area { y: body.y + upper, width: list, height: body.height - upper, ..body });
                panes.text = Some(Area { x: list + 1, width: width - list - 1, ..body });
                panes.dividers[0] = Some((list, body.y, body.height));
            }
            Shape::Stacked => {
                // An odd height: a title and whole entries of two rows.
                let upper = ((body.height * 2 / 5) | 1).max(3).min(body.height);
                let above = Some(Area { height: upper, ..body });
                match focus {
                    Focus::Names => panes.names = above,
                    Focus::List | Focus::Text => panes.list = above,
                }
                panes.text = Some(Area { y: body.y + upper, height: body.height - upper, ..body });
            }
            Shape::Single => match focus {
                Focus::List => panes.list = Some(body),
                Focus::Text => panes.text = Some(body),
                Focus::Names => panes.names = Some(body),
            },
        }
        panes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn panes_lie_on_the_screen_and_never_on_each_other(width in 0u16..260, height in 0u16..100, focus in 0usize..3, rtl: bool, statements: bool) {
            let focus = [Focus::List, Focus::Text, Focus::Names][focus];
            let side = if rtl { Side::Right } else { Side::Left };
            let arrange = if statements { Panes::of_statements } else { Panes::of };
            let panes = arrange(Size { width, height }, focus, side);
            let mut seen = vec![false; usize::from(width) * usize::from(height)];
            let shown = [Some(panes.top), Some(panes.status), panes.list, panes.text, panes.names];
            for area in shown.into_iter().flatten() {
                for y in area.y..area.y + area.height {
                    for x in area.x..area.x + area.width {
                        prop_assert!(x < width && y < height, "{area:?}");
                        let cell = &mut seen[usize::from(y) * usize::from(width) + usize::from(x)];
                        prop_assert!(!std::mem::replace(cell, true), "{area:?} overlaps");
                    }
                }
            }
        }
    }
}

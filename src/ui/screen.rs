//! The screen: compares each picture with the last one and sends only what differs, in one piece.

use std::io::{self, Write};

use ratatui::{
    backend::{Backend, CrosstermBackend},
    buffer::{Buffer, Cell, CellWidth},
    layout::Rect,
};

use super::{Theme, transport::Outgoing, view};
use crate::app::{Model, Size};

/// Begins and ends a frame that the terminal shows at once; terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// What a terminal shows, as far as it was told.
#[derive(Debug)]
pub struct Screen<W: Write> {
    out: W,
    shown: Option<Buffer>,
    caret: Option<(u16, u16)>,
    theme: Theme,
    outgoing: Outgoing,
    /// Whether frames come without the bytes that keep a terminal from showing half of one.
    sparing: bool,
}

impl<W: Write> Screen<W> {
    /// A screen of which nothing is known, behind `out`.
    pub fn new(out: W, theme: Theme, outgoing: Outgoing) -> Screen<W> {
        Screen { out, shown: None, caret: None, theme, outgoing, sparing: false }
    }

    /// Forgets what the terminal shows, so that the next picture is sent whole.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Draws with another theme from now on.
    pub fn wear(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// Makes pictures ready in another way from now on.
    pub fn send_by(&mut self, outgoing: Outgoing) {
        self.outgoing = outgoing;
    }

    /// Draws the model; sends nothing when the picture is the one already shown.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        let Size { width, height } = model.size;
        let area = Rect::new(0, 0, width, height);
        let mut picture = Buffer::empty(area);
        self.sparing = model.settings.low_bandwidth;
        let caret = view(model, &self.theme, &mut picture);
        self.show(&picture, caret)
    }

    /// Shows a picture and a caret in one of its cells; sends nothing when they are shown already.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn show(&mut self, picture: &Buffer, caret: Option<(u16, u16)>) -> io::Result<()> {
        let area = picture.area;
        let (next, caret) = self.outgoing.ready(picture, caret);
        let mut bytes = if self.sparing { Vec::new() } else { BEGIN.to_vec() };
        let known = self.shown.take().filter(|shown| shown.area == area);
        let fresh = known.is_none();
        let mut backend = CrosstermBackend::new(&mut bytes);
        let shown = match known {
            Some(shown) => shown,
            None => {
                backend.hide_cursor()?;
                backend.clear()?;
                Buffer::empty(area)
            }
        };
        let changed = bridged(shown.diff(&next), &next);
        let was = if fresh { None } else { self.caret };
        let is_same = !fresh && changed.is_empty() && caret == was;
        if !is_same {
            if was.is_some() && caret.is_none() {
                backend.hide_cursor()?;
            }
            if !changed.is_empty() {
                backend.draw(changed.into_iter())?;
            }
            if let Some(place) = caret {
                backend.set_cursor_position(place)?;
                if was.is_none() {
                    backend.show_cursor()?;
                }
            }
            bytes.extend_from_slice(if self.sparing { b"" } else { END });
            self.out.write_all(&bytes)?;
            self.out.flush()?;
        }
        self.shown = Some(next);
        self.caret = caret;
        Ok(())
    }

    /// Trusts the last cell no longer: some terminals print a question there that they do not know.
    pub fn doubt_corner(&mut self) {
        if let Some(last) = self.shown.as_mut().and_then(|shown| shown.content.last_mut()) {
            last.set_symbol("\u{FFFD}");
        }
    }

    /// How many rows of the last picture the terminal cannot show exactly as they were painted.
    pub fn inexact(&self) -> usize {
        self.outgoing.inexact()
    }

    /// What the bytes went to.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// What the bytes go to.
    pub fn out(&mut self) -> &mut W {
        &mut self.out
    }
}

/// Cells between two changed ones that are sent again although they have not changed, at most: moving the cursor over them takes
/// seven or eight bytes.
const BRIDGE: u16 = 2;

/// The changed cells, with the few between them that cost less to send than to step over.
fn bridged<'a>(changed: Vec<(u16, u16, &'a Cell)>, next: &'a Buffer) -> Vec<(u16, u16, &'a Cell)> {
    let mut sent: Vec<(u16, u16, &Cell)> = Vec::with_capacity(changed.len());
    for (x, y, cell) in changed {
        if let Some((left, row, before)) = sent.last().copied()
            && row == y
            && left + 1 < x
            && x - left - 1 <= BRIDGE
        {
            let between: Vec<(u16, u16, &Cell)> = (left + 1..x).filter_map(|x| Some((x, y, next.cell((x, y))?))).collect();
            // Only where the look stays the same and no cell is covered by a wide symbol.
            let is_plain = |cell: &Cell| cell.cell_width() == 1 && (cell.style() == before.style());
            if before.cell_width() == 1 && between.iter().all(|(_, _, cell)| is_plain(cell)) {
                sent.extend(between);
            }
        }
        sent.push((x, y, cell));
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_gap_is_sent_and_a_long_one_stepped_over() {
        let sent = |before: &str, after: &str| {
            let (before, after) = (Buffer::with_lines([before]), Buffer::with_lines([after]));
            bridged(before.diff(&after), &after).iter().map(|(_, _, cell)| cell.symbol()).collect::<String>()
        };
        assert_eq!(sent("abcdef", "aXcdYf"), "XcdY");
        assert_eq!(sent("abcdefgh", "aXcdefYh"), "XY");
        assert_eq!(sent("a話b話c", "X話Y話c"), "XY", "a wide symbol is never sent in part");
    }
}

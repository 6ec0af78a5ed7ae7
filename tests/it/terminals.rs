//! Simulated terminals that reorder right-to-left text: what is seen of the bytes that they were sent.

use qala::ui::{Outgoing, Screen, Theme, Transport};
use ratatui::buffer::Buffer;
use unicode_bidi::{BidiClass, LTR_LEVEL, Level, ParagraphBidiInfo, bidi_class};

/// What stands in a cell, what it looks like, and whether its font is another.
type Cell = (String, Look, bool);

/// Colours, and whether they are dim, reversed and underlined.
pub type Look = ([vt100::Color; 2], [bool; 3]);

/// What a terminal does with a row before it draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Plain,
    /// The bidi algorithm over the row, in rows that run left to right.
    Rows,
    /// The same, but each row has the direction of its first letter.
    RowsByLetter,
    /// The same as the first, but brackets are not mirrored.
    RowsUnmirrored,
    /// Words are turned round one by one; colours stay.
    Words,
}

impl Kind {
    /// What is to be sent to it.
    pub fn transport(self) -> Transport {
        match self {
            Kind::Plain => Transport::Visual,
            Kind::Rows | Kind::RowsByLetter => Transport::Uba,
            Kind::RowsUnmirrored => Transport::Konsole,
            Kind::Words => Transport::Words,
        }
    }
}

/// What the emulator is given for U+FFFD, which it takes for a broken byte and drops, while terminals draw it. It has the same
/// width and bidi class, and is turned back where the screen is read.
const REPLACEMENT: [&str; 2] = ["\u{FFFD}", "\u{2426}"];

/// A terminal at the end of a line.
pub struct Terminal {
    kind: Kind,
    screen: Screen<Vec<u8>>,
    emulator: vt100::Parser,
    /// In columns and rows.
    size: (u16, u16),
}

impl Terminal {
    pub fn new(kind: Kind, width: u16, height: u16) -> Terminal {
        let outgoing = Outgoing::new(kind.transport(), false);
        let screen = Screen::new(Vec::new(), Theme::default(), outgoing);
        Terminal { kind, screen, emulator: emulator(width, height), size: (width, height) }
    }

    /// Shows a picture; says which of its rows cannot be seen as wanted, by their numbers.
    pub fn show(&mut self, picture: &Buffer, caret: Option<(u16, u16)>) -> usize {
        let size = (picture.area.width, picture.area.height);
        if size != self.size {
            self.size = size;
            let [columns, rows] = [size.0, size.1].map(nonzero);
            self.emulator.screen_mut().set_size(rows, columns);
        }
        self.screen.show(picture, caret).unwrap();
        let sent = String::from_utf8(std::mem::take(self.screen.out())).expect("terminals are sent UTF-8");
        let [replacement, shown] = REPLACEMENT;
        self.emulator.process(sent.replace(replacement, shown).as_bytes());
        self.screen.inexact()
    }

    /// What is seen, row by row, from left to right.
    pub fn seen(&self) -> Vec<Vec<Cell>> {
        let (width, height) = self.size;
        (0..height).map(|y| self.drawn(self.row(y, width))).collect()
    }

    /// The column in which the caret is seen.
    pub fn caret(&self) -> (u16, u16) {
        let (y, x) = self.emulator.screen().cursor_position();
        let row = self.row(y, self.size.0);
        let mut end = 0;
        let under = row.iter().position(|(symbol, ..)| {
            end += width_of(symbol);
            x < end
        });
        let order = self.order(&row);
        let before = order.iter().take_while(|(n, _)| Some(*n) != under);
        (before.map(|(n, _)| width_of(&row[*n].0)).sum(), y)
    }

    fn row(&self, y: u16, width: u16) -> Vec<Cell> {
        let cells = (0..width).filter_map(|x| self.emulator.screen().cell(y, x)).filter(|cell| !cell.is_wide_continuation());
        let [replacement, shown] = REPLACEMENT;
        let symbol = |cell: &vt100::Cell| match cell.contents() {
            "" => " ".to_owned(),
            contents => contents.replace(shown, replacement),
        };
        let look = |cell: &vt100::Cell| ([cell.fgcolor(), cell.bgcolor()], [cell.dim(), cell.inverse(), cell.underline()]);
        cells.map(|cell| (symbol(cell), look(cell), cell.bold() || cell.italic())).collect()
    }

    fn order(&self, row: &[Cell]) -> Vec<(usize, bool)> {
        let base = match self.kind {
            Kind::Plain | Kind::Words => return (0..row.len()).map(|n| (n, false)).collect(),
            Kind::Rows | Kind::RowsUnmirrored => Some(LTR_LEVEL),
            Kind::RowsByLetter => None,
        };
        let text: String = row.iter().map(|cell| base_of(&cell.0)).collect();
        let info = ParagraphBidiInfo::new(&text, base);
        let levels: Vec<Level> = info.reordered_levels_per_char(0..text.len());
        ParagraphBidiInfo::reorder_visual(&levels).into_iter().map(|n| (n, levels[n].is_rtl())).collect()
    }

    fn drawn(&self, row: Vec<Cell>) -> Vec<Cell> {
        if self.kind == Kind::Words {
            return turned(row);
        }
        let drawn = |(n, rtl): (usize, bool)| {
            let (symbol, look, heavy) = row[n].clone();
            (blank(if rtl && self.kind != Kind::RowsUnmirrored { mirrored(&symbol) } else { symbol }), look, heavy)
        };
        self.order(&row).into_iter().map(drawn).collect()
    }
}

fn emulator(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(nonzero(height), nonzero(width), 0)
}

fn nonzero(n: u16) -> std::num::NonZeroU16 {
    n.try_into().expect("a terminal has rows and columns")
}

/// What is wanted of a picture: what a terminal shows that does nothing, which is all that was painted.
pub fn wanted(picture: &Buffer) -> Vec<Vec<Cell>> {
    let mut plain = Terminal::new(Kind::Plain, picture.area.width, picture.area.height);
    plain.show(picture, None);
    let seen = plain.seen();
    for (seen, painted) in seen.iter().zip(picture.content.chunks(usize::from(picture.area.width).max(1))) {
        assert_eq!(signs(seen.iter().map(|(symbol, ..)| symbol.as_str())), painted_signs(painted), "the emulator loses letters");
    }
    seen
}

/// The letters and signs of a row as it was painted; what a wide symbol covers is none of it.
fn painted_signs(row: &[ratatui::buffer::Cell]) -> String {
    let mut end = 0;
    let uncovered = row.iter().enumerate().filter(|(x, cell)| {
        let is_seen = *x >= end;
        end = if is_seen { x + usize::from(width_of(cell.symbol())) } else { end };
        is_seen
    });
    signs(uncovered.map(|(_, cell)| cell.symbol()))
}

/// Symbols without their marks, but no blanks.
fn signs<'a>(symbols: impl Iterator<Item = &'a str>) -> String {
    symbols.map(base_of).filter(|base| *base != ' ').collect()
}

/// The letters and signs of a row, whatever their order and sides; a cursor's bar is none, for it may be sent as a blank of its colour.
pub fn symbols(row: &[Cell]) -> Vec<String> {
    let is_sign = |symbol: &&String| !matches!(symbol.as_str(), " " | "▌");
    let mut symbols: Vec<String> = row
        .iter()
        .map(|(symbol, ..)| symbol)
        .filter(is_sign)
        .map(|symbol| std::cmp::min(mirrored(symbol), symbol.clone()))
        .collect();
    symbols.sort();
    symbols
}

/// Whether a cell is seen as it was wanted. Whether letters are slanted is left to what their fonts hold.
pub fn is_as_wanted(seen: &Cell, wanted: &Cell) -> bool {
    let is_bar = wanted.0 == "▌" && seen.0 == " " && seen.1.0[1] == wanted.1.0[0];
    is_bar || (&seen.0, &seen.1) == (&wanted.0, &wanted.1)
}

/// What the row shows.
pub fn text(row: &[Cell]) -> String {
    row.iter().map(|(symbol, ..)| symbol.as_str()).collect()
}

fn turned(mut row: Vec<Cell>) -> Vec<Cell> {
    let is_text = |cell: &Cell| !matches!(base_of(&cell.0), ' ' | '\u{2500}'..='\u{259F}');
    for run in row.chunk_by_mut(|one, next| is_text(one) == is_text(next) && one.2 == next.2) {
        let letter = |class: &BidiClass| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL | BidiClass::AN);
        let first = run.iter().map(|cell| bidi_class(base_of(&cell.0))).find(letter);
        if is_text(&run[0]) && first.is_some_and(|class| class != BidiClass::L) {
            let symbols: Vec<String> = run.iter().rev().map(|cell| mirrored(&cell.0)).collect();
            run.iter_mut().zip(symbols).for_each(|(cell, symbol)| cell.0 = symbol);
        }
    }
    row
}

fn blank(symbol: String) -> String {
    if symbol == "\u{2800}" { " ".to_owned() } else { symbol }
}

fn base_of(symbol: &str) -> char {
    symbol.chars().next().unwrap_or(' ')
}

fn width_of(symbol: &str) -> u16 {
    ratatui::buffer::CellWidth::cell_width(symbol).max(1)
}

fn mirrored(symbol: &str) -> String {
    let mut chars = symbol.chars();
    let base = chars.next().unwrap_or(' ');
    let base = unicode_bidi_mirroring::get_mirrored(base).unwrap_or(base);
    format!("{base}{}", chars.as_str())
}

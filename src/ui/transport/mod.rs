//! Bidi transports: the last step before the terminal, for terminals that reorder right-to-left text themselves.
//!
//! Views paint the picture as it shall be seen, from left to right. A terminal that applies the bidi algorithm to what it is sent
//! would turn that round again, so for such a one the finished buffer is rearranged until the terminal's own reordering yields the
//! picture. This is done on whole rows of finished buffers, at the end of drawing: what terminals reorder is the row, and what is
//! compared with the last frame is what was sent. A new transport is a variant of [`Transport`] and an arm of [`Outgoing::ready`].

mod glyphs;
mod letters;
mod rows;
mod terminal;
mod words;

use std::str::FromStr;

use ratatui::{
    buffer::{Buffer, Cell},
    style::Modifier,
};

use glyphs::Glyph;

/// How a finished picture is made ready for the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Transport {
    /// The terminal shows cells as they are sent: xterm, VTE after `CSI 8 l`, Alacritty, foot, st, Windows Terminal.
    #[default]
    Visual,
    /// The terminal reorders whole rows and mirrors brackets: PuTTY, mlterm, VTE behind tmux, Terminal.app.
    Uba,
    /// The terminal reorders whole rows but leaves brackets as they are: Konsole.
    Konsole,
    /// The terminal reorders within words: kitty.
    Words,
    /// Text is sent in logical order and in plain letters, and left to the terminal.
    Off,
}

impl Transport {
    /// All there are.
    pub const ALL: [Transport; 5] = [Transport::Visual, Transport::Uba, Transport::Konsole, Transport::Words, Transport::Off];

    /// What settings and arguments call it.
    pub fn name(self) -> &'static str {
        match self {
            Transport::Visual => "visual",
            Transport::Uba => "uba",
            Transport::Konsole => "konsole",
            Transport::Words => "words",
            Transport::Off => "off",
        }
    }
}

impl FromStr for Transport {
    type Err = String;

    fn from_str(name: &str) -> Result<Transport, String> {
        let found = Transport::ALL.into_iter().find(|transport| transport.name() == name);
        found.ok_or_else(|| format!("there is no bidi mode '{name}'; there are auto, visual, uba, konsole, words and off"))
    }
}

/// What the reader asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// Whatever suits the terminal.
    #[default]
    Auto,
    /// This, whatever the terminal.
    As(Transport),
}

impl Bidi {
    /// All of them.
    pub const ALL: [Bidi; 6] = [
        Bidi::Auto,
        Bidi::As(Transport::Visual),
        Bidi::As(Transport::Uba),
        Bidi::As(Transport::Konsole),
        Bidi::As(Transport::Words),
        Bidi::As(Transport::Off),
    ];

    /// What configuration and command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Bidi::Auto => "auto",
            Bidi::As(transport) => transport.name(),
        }
    }
}

impl FromStr for Bidi {
    type Err = String;

    fn from_str(name: &str) -> Result<Bidi, String> {
        if name == "auto" { Ok(Bidi::Auto) } else { name.parse().map(Bidi::As) }
    }
}

/// The last picture, as it was painted and as it was sent, and which of its rows cannot be shown exactly.
#[derive(Clone, Debug)]
struct Last {
    wanted: Buffer,
    sent: Buffer,
    inexact: Vec<bool>,
}

/// Makes pictures ready to be sent, and knows the last one, so that rows which did not change cost nothing.
#[derive(Clone, Debug)]
pub struct Outgoing {
    transport: Transport,
    harakat: bool,
    last: Option<Last>,
}

impl Default for Outgoing {
    fn default() -> Outgoing {
        Outgoing::new(Transport::Visual, true)
    }
}

impl Outgoing {
    /// For a terminal that takes pictures by `transport` and shows vowel marks well or not.
    pub fn new(transport: Transport, harakat: bool) -> Outgoing {
        Outgoing { transport, harakat, last: None }
    }

    /// Makes a finished picture ready to be sent, and tells where its caret must be put for the terminal to show it in its place.
    pub fn ready(&mut self, wanted: &Buffer, caret: Option<(u16, u16)>) -> (Buffer, Option<(u16, u16)>) {
        let mut sent = wanted.clone();
        let mut place = caret;
        let is_slanted = |cell: &Cell| cell.modifier.contains(Modifier::ITALIC);
        if self.transport == Transport::Visual && self.harakat && !wanted.content.iter().any(is_slanted) {
            return (sent, place);
        }
        let last = self.last.take().filter(|last| last.wanted.area == wanted.area);
        let width = usize::from(wanted.area.width);
        let mut inexact = Vec::with_capacity(usize::from(wanted.area.height));
        for (n, y) in (wanted.area.top()..wanted.area.bottom()).enumerate() {
            let row = n * width..(n + 1) * width;
            let caret = caret.filter(|(_, line)| *line == y).map(|(x, _)| x);
            let same = |last: &&Last| caret.is_none() && last.wanted.content[row.clone()] == wanted.content[row.clone()];
            match last.as_ref().filter(same) {
                Some(last) => {
                    sent.content[row.clone()].clone_from_slice(&last.sent.content[row]);
                    inexact.push(last.inexact[n]);
                }
                None => {
                    let (glyphs, moved, exact) = self.row(glyphs::of_row(wanted, y), caret.map(|x| x - wanted.area.left()));
                    glyphs::put(&mut sent, y, glyphs);
                    place = moved.map_or(place, |x| Some((x + wanted.area.left(), y)));
                    inexact.push(!exact);
                }
            }
        }
        self.last = Some(Last { wanted: wanted.clone(), sent: sent.clone(), inexact });
        (sent, place)
    }

    /// How many of the rows made ready last cannot be shown exactly as wanted by this terminal.
    pub fn inexact(&self) -> usize {
        self.last.as_ref().map_or(0, |last| last.inexact.iter().filter(|inexact| **inexact).count())
    }

    fn row(&self, mut row: Vec<Glyph>, caret: Option<u16>) -> (Vec<Glyph>, Option<u16>, bool) {
        if !self.harakat {
            row.iter_mut().for_each(Glyph::hide_harakat);
        }
        if self.transport == Transport::Words {
            // Marks would be counted as glyphs of their own.
            row.iter_mut().filter(|glyph| terminal::is_rtl(glyph.base())).for_each(Glyph::hide_marks);
        }
        // Konsole, mlterm and rxvt-unicode look for letters in the slanted font only, and no such font has these.
        row.iter_mut().filter(|glyph| terminal::is_rtl(glyph.base())).for_each(|glyph| glyph.cell.modifier -= Modifier::ITALIC);
        match self.transport {
            Transport::Visual => (row, caret, true),
            Transport::Words => {
                let exact = words::turn(&mut row);
                (row, caret, exact)
            }
            Transport::Uba | Transport::Konsole | Transport::Off => {
                let plan = rows::plan(&row, self.transport != Transport::Konsole);
                if !plan.exact {
                    pin(&mut row);
                }
                let caret = caret.map(|x| moved(&row, &plan.order, x));
                let sent = plan.order.iter().zip(&plan.bases).map(|(from, base)| {
                    let mut glyph = row[*from].clone();
                    if glyph.base() != terminal::STRONG_BLANK {
                        glyph.set_base(*base);
                    }
                    if self.transport == Transport::Off {
                        letters::bare(&mut glyph);
                    }
                    glyph
                });
                (sent.collect(), caret, plan.exact)
            }
        }
    }
}

/// Keeps a row from left to right whose first letter runs the other way with no blank before it: the bar of the cursor, where one
/// stands before that letter, is sent as a strong blank on its colour. It is seen a little broader.
fn pin(row: &mut [Glyph]) {
    let mut before = row.iter_mut().take_while(|glyph| !terminal::is_rtl(glyph.base()));
    let Some(bar) = before.find(|glyph| glyph.base() == '▌') else { return };
    bar.cell.bg = bar.cell.fg;
    bar.cell.set_symbol(terminal::STRONG_BLANK.encode_utf8(&mut [0; 4]));
}

/// Where the glyph at column `x` of a wanted row goes in the row that is sent.
fn moved(row: &[Glyph], order: &[usize], x: u16) -> u16 {
    let mut end = 0;
    let under = row.iter().position(|glyph| {
        end += glyph.width;
        x < end
    });
    let before = order.iter().take_while(|from| Some(**from) != under);
    if under.is_none() { x } else { before.map(|from| row[*from].width).sum() }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn sent(transport: Transport, wanted: &str) -> String {
        let (sent, _) = Outgoing::new(transport, true).ready(&Buffer::with_lines([wanted]), None);
        sent.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn visual_changes_nothing_but_marks() {
        let painted = Buffer::with_lines(["ﻝﺎﻗ │ sa\u{301}id ﻙ\u{64E}ש\u{5C1}\u{5B8}"]);
        assert_eq!(Outgoing::new(Transport::Visual, true).ready(&painted, Some((3, 0))), (painted.clone(), Some((3, 0))));
        let bare = Buffer::with_lines(["ﻝﺎﻗ │ sa\u{301}id ﻙש"]);
        assert_eq!(Outgoing::new(Transport::Visual, false).ready(&painted, None).0, bare);
        let nothing = Buffer::empty(Rect::ZERO);
        assert_eq!(Outgoing::new(Transport::Uba, true).ready(&nothing, None), (nothing.clone(), None));
    }

    #[test]
    fn what_the_terminal_turns_round_is_sent_the_other_way_round() {
        for (transport, wanted, expected) in [
            (Transport::Uba, " ﺔﻣﻼﻛ ﻝﺎﻗ │ x ", "⠀ﻗﺎﻝ ﻛﻼﻣﺔ │ x "),
            (Transport::Uba, " (ab) ﻝﺎﻗ", " (ab) ﻗﺎﻝ"),
            (Transport::Uba, " (ﻝﺎﻗ)", "⠀(ﻗﺎﻝ)"),
            (Transport::Uba, " ﻝﺎﻗ (ﻝﺎﻗ) ﻝﺎﻗ", "⠀ﻗﺎﻝ (ﻗﺎﻝ) ﻗﺎﻝ"),
            (Transport::Konsole, " ﻝﺎﻗ (ﻝﺎﻗ) ﻝﺎﻗ", "⠀ﻗﺎﻝ )ﻗﺎﻝ( ﻗﺎﻝ"),
            (Transport::Uba, " ﻝﺎﻗ 2021", "⠀ﻗﺎﻝ⠀2021"),
            (Transport::Words, " ﺔﻣﻼﻛ ﻝﺎﻗ│(ﻝﺎﻗ 21", " ﻛﻼﻣﺔ ﻗﺎﻝ│ﻗﺎﻝ) 21"),
            (Transport::Words, " םוֹלשָׁ ﻝﺎﻗ\u{64E}", " שלום ﻗﺎﻝ"),
            (Transport::Off, " ﺔﻣﻼﻛ ﻝﺎﻗ │ ٢١ ", " قال كﻼمة │ ٢١ "),
        ] {
            assert_eq!(sent(transport, wanted), expected, "{transport:?} {wanted}");
        }
        assert_eq!(sent(Transport::Uba, "plain (1) │"), "plain (1) │");
    }

    #[test]
    fn the_caret_goes_where_its_letter_goes() {
        let painted = Buffer::with_lines(["/ ﻝﺎﻗ ab"]);
        let place = |x| Outgoing::new(Transport::Uba, true).ready(&painted, Some((x, 0))).1;
        assert_eq!([1, 2, 3, 4, 5, 6].map(place), [1, 4, 3, 2, 5, 6].map(|x| Some((x, 0))));
    }

    #[test]
    fn a_row_that_nothing_else_can_pin_is_pinned_by_its_bar() {
        assert_eq!(sent(Transport::Uba, "▌•ﻝﺎﻗ"), "⠀•ﻗﺎﻝ");
        assert_eq!(sent(Transport::Uba, "▌ ﻝﺎﻗ"), "▌⠀ﻗﺎﻝ");
        assert_eq!(sent(Transport::Uba, "│▌ﻝﺎﻗ│"), "│⠀ﻗﺎﻝ│", "a list that opens at the edge of the screen");
    }

    #[test]
    fn no_transport_slants_letters_of_which_no_font_has_slanted_forms() {
        for transport in Transport::ALL {
            let mut painted = Buffer::with_lines([" ab ﻝﺎﻗ "]);
            painted.set_style(painted.area, Modifier::ITALIC);
            let (sent, _) = Outgoing::new(transport, true).ready(&painted, None);
            let slanted = sent.content.iter().filter(|cell| cell.modifier.contains(Modifier::ITALIC));
            assert_eq!(
                slanted.map(|cell| cell.symbol().trim()).collect::<String>().replace('\u{2800}', ""),
                "ab",
                "{transport:?}"
            );
        }
    }

    #[test]
    fn a_mark_beside_a_word_that_is_turned_round_does_not_spread_over_it() {
        let mut painted = Buffer::with_lines([" «ﻝﺎﻗ»"]);
        painted.set_style(Rect::new(2, 0, 3, 1), Modifier::UNDERLINED | Modifier::REVERSED);
        let (sent, _) = Outgoing::new(Transport::Words, true).ready(&painted, None);
        let marked = sent.content.iter().map(|cell| if cell.modifier.is_empty() { '.' } else { '_' }).collect::<String>();
        assert_eq!(marked, "..___.");
    }

    #[test]
    fn rows_that_did_not_change_are_sent_as_before() {
        let mut outgoing = Outgoing::new(Transport::Uba, true);
        let first = Buffer::with_lines([" ﻝﺎﻗ 2021", " ﺔﻣﻼﻛ ﻝﺎﻗ"]);
        let second = Buffer::with_lines([" ﻝﺎﻗ 2022", " ﺔﻣﻼﻛ ﻝﺎﻗ"]);
        let (before, _) = outgoing.ready(&first, None);
        let (after, _) = outgoing.ready(&second, None);
        assert_eq!(after, Outgoing::new(Transport::Uba, true).ready(&second, None).0);
        assert_eq!(before.diff(&after).len(), 1);
    }

    #[test]
    fn modes_have_names() {
        for transport in Transport::ALL {
            assert_eq!(transport.name().parse(), Ok(Bidi::As(transport)));
        }
        assert_eq!("auto".parse(), Ok(Bidi::Auto));
        assert!("rtl".parse::<Bidi>().is_err());
    }
}

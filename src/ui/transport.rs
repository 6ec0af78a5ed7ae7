//! Bidi transports: the last step before the terminal, for terminals that reorder right-to-left text themselves.
//!
//! Views paint the picture as it shall be seen, from left to right. A terminal that applies the bidi algorithm to what it is sent
//! would turn that round again, so for such a one the finished buffer is permuted until the terminal's own reordering yields the
//! picture. This is done on whole buffers, at the end of drawing: what is compared with the last frame is what was sent.
//! A new transport is a variant of [`Transport`] and an arm of [`Transport::apply`].

use std::str::FromStr;

use ratatui::buffer::Buffer;

/// What the reader asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// Whatever suits the terminal.
    #[default]
    Auto,
    /// The terminal shows cells as they are sent: xterm, VTE after `CSI 8 l`, Alacritty, foot, st, Windows Terminal.
    Visual,
    /// The terminal reorders whole rows: Konsole, PuTTY, mlterm, Terminal.app.
    Uba,
    /// The terminal reorders within words: kitty.
    Words,
    /// Text is sent in logical order and left to the terminal.
    Off,
}

impl Bidi {
    /// All of them.
    pub const ALL: [Bidi; 5] = [Bidi::Auto, Bidi::Visual, Bidi::Uba, Bidi::Words, Bidi::Off];

    /// What configuration and command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Bidi::Auto => "auto",
            Bidi::Visual => "visual",
            Bidi::Uba => "uba",
            Bidi::Words => "words",
            Bidi::Off => "off",
        }
    }
}

impl FromStr for Bidi {
    type Err = String;

    fn from_str(name: &str) -> Result<Bidi, String> {
        let known = Bidi::ALL.into_iter().find(|bidi| bidi.name() == name);
        known.ok_or_else(|| format!("there is no bidi mode '{name}'; there are auto, visual, uba, words and off"))
    }
}

/// How a finished buffer is made ready for the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Cells are sent as they were painted.
    #[default]
    Visual,
}

impl Transport {
    /// The transport for a wish, and what the reader must be told if the wish cannot be granted.
    pub fn select(bidi: Bidi) -> (Transport, Option<&'static str>) {
        let notice = match bidi {
            Bidi::Auto | Bidi::Visual => None,
            Bidi::Uba => Some("bidi 'uba' is not available yet; using 'visual'"),
            Bidi::Words => Some("bidi 'words' is not available yet; using 'visual'"),
            Bidi::Off => Some("bidi 'off' is not available yet; using 'visual'"),
        };
        (Transport::Visual, notice)
    }

    /// Makes a finished buffer ready to be sent.
    pub fn apply(self, _buf: &mut Buffer) {
        match self {
            Transport::Visual => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn visual_changes_nothing() {
        let mut buf = Buffer::with_lines(["ﻝﺎﻗ │ said"]);
        let painted = buf.clone();
        Transport::Visual.apply(&mut buf);
        assert_eq!(buf, painted);
        Transport::Visual.apply(&mut Buffer::empty(Rect::ZERO));
    }

    #[test]
    fn what_cannot_be_granted_is_said() {
        for (bidi, is_granted) in
            [(Bidi::Auto, true), (Bidi::Visual, true), (Bidi::Uba, false), (Bidi::Words, false), (Bidi::Off, false)]
        {
            assert_eq!(Transport::select(bidi).1.is_none(), is_granted, "{bidi:?}");
        }
    }
}

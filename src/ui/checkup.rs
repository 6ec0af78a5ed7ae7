//! What `qala doctor` finds out about the terminal, and the card on which a reader sees whether it is right.

use std::{
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    path::PathBuf,
    time::{Duration, Instant},
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Bidi, Outgoing, Transport,
    asking::{Asking, Change, Wish},
    decoder::{Decoder, Heard},
    input::{self, Ready},
    known, paint,
    talking::SAMPLE,
};
use crate::{app::Area, text::layout};

/// Columns of the card.
const WIDTH: u16 = 64;

/// What was found out.
#[derive(Clone, Debug)]
pub struct Checkup {
    /// Pairs of what was looked at and what was found.
    pub findings: Vec<(&'static str, String)>,
    /// How right-to-left text is sent.
    pub transport: Transport,
    /// Whether vowel marks are shown.
    pub harakat: bool,
    /// Whether the terminal answered.
    pub answered: bool,
}

/// Asks the terminal, if standard output is one and it may be asked, and waits for its answers at most 300 ms.
///
/// The file is the one in which the browser remembers what terminals answered.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn checkup(bidi: Bidi, harakat: Option<bool>, file: Option<PathBuf>) -> io::Result<Checkup> {
    let mut asking = Asking::new(Wish { bidi, harakat }, |name| std::env::var(name).ok(), file);
    if io::stdout().is_terminal() {
        enable_raw_mode()?;
        let asked = converse(&mut asking);
        disable_raw_mode()?;
        asked?;
        asking.give_up();
        if let Some(said) = asking.indirect().and_then(|mut command| command.output().ok()) {
            asking.hear_of(&String::from_utf8_lossy(&said.stdout));
        }
    }
    let (choice, known) = (asking.choice(), asking.known());
    let seen = known
        .seen
        .map_or("known from what others write, not tested here".to_owned(), |version| format!("tested in version {version}"));
    let or_nothing = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    let answered = match asking.is_answered() {
        true => asking.answers().signature(),
        false => "nothing within 300 ms".to_owned(),
    };
    let findings = vec![
        ("answered (name | device | bidi mode)", answered),
        ("heard of the terminal around it", or_nothing(asking.around().signature())),
        ("the environment says", or_nothing(asking.hints().signature())),
        ("taken for", format!("{} ({seen})", known.name)),
        ("bidi", format!("{}, since {}", choice.transport.name(), choice.why)),
        ("vowel marks", if choice.harakat { "shown" } else { "hidden" }.to_owned()),
        ("advice", known.advice.split_whitespace().collect::<Vec<&str>>().join(" ")),
    ];
    Ok(Checkup { findings, transport: choice.transport, harakat: choice.harakat, answered: asking.is_answered() })
}

fn converse(asking: &mut Asking) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(b"\x1b[8l")?;
    if !asking.ask(&mut out, Instant::now())? {
        return Ok(());
    }
    let terminal = input::terminal()?;
    let mut decoder = Decoder::new(Instant::now());
    let mut bytes = [0; 1024];
    loop {
        let patience = asking.patience(Instant::now());
        if patience == Duration::ZERO || input::wait_for(terminal.as_fd(), None, Some(patience))? != Ready::Bytes {
            return Ok(());
        }
        let length = rustix::io::read(&terminal, &mut bytes)?;
        for heard in decoder.hear(&bytes[..length], Instant::now()) {
            // Keys that are pressed meanwhile have nobody to go to.
            if let Heard::Answer(answer) = heard
                && asking.hear(answer) == Some(Change::Answered)
            {
                asking.pass_on(&mut out, Instant::now())?;
            }
        }
        if length == 0 {
            return Ok(());
        }
    }
}

/// The lines of the card: first the sample in each way of sending it, then what else may look wrong, in the given way.
/// Each is what it shows and the bytes for the terminal, which begin and end explicit order.
pub fn card(transport: Transport, harakat: bool) -> Vec<(String, String)> {
    let samples = Transport::ALL.into_iter().map(|way| {
        let chosen = if way == transport { "  ← in use" } else { "" };
        (format!("{}{chosen}", way.name()), sent(SAMPLE, way, harakat))
    });
    let details = [
        ("vowel marks", "مُحَمَّدٌ كَتَبَ الرِّسالةَ"),
        ("lam and alef", "لا لأ لإ لآ سلام بلآ"),
        ("other letters", "پچژگ کی ٹڈے ێەۆ"),
        ("Hebrew", "שָׁלוֹם (עולם) 12"),
        ("digits", "عام 2021 و٢٠٢١ و۲۰۲۱ الساعة 12:30"),
        ("brackets", "(نعم) «لا» [قال] {و}"),
        ("widths", "漢字 👍 e\u{301} │"),
    ];
    let details = details.map(|(what, text)| (what.to_owned(), sent(text, transport, harakat)));
    let lines = ("frames".to_owned(), "┌──┬──┐ │▌▐│ └──┴──┘".to_owned());
    let colours = (0..16).map(|n| format!("\x1b[{}m██", if n < 8 { 30 + n } else { 82 + n })).collect::<String>() + "\x1b[0m";
    let looks = "\x1b[1mbold\x1b[0m \x1b[3mitalic\x1b[0m \x1b[4munderlined\x1b[0m \x1b[7mreversed\x1b[0m".to_owned();
    samples.chain(details).chain([lines, ("colours".to_owned(), colours), ("looks".to_owned(), looks)]).collect()
}

/// A line of text between two others, as it is sent.
fn sent(text: &str, transport: Transport, harakat: bool) -> String {
    let mut picture = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
    let row = layout::line(text, WIDTH - 6, &layout::Options::default());
    paint::row_at(&mut picture, 0, 0, 1, &layout::line("│", 1, &layout::Options::default()), |_| Default::default());
    paint::row(&mut picture, Area { x: 2, y: 0, width: WIDTH - 4, height: 1 }, &row, |_| Default::default());
    paint::row_at(&mut picture, WIDTH - 1, 0, 1, &layout::line("│", 1, &layout::Options::default()), |_| Default::default());
    let (sent, _) = Outgoing::new(transport, harakat).ready(&picture, None);
    let mut cells = Vec::new();
    let mut x = 0;
    while x < WIDTH {
        cells.push(sent[(x, 0)].symbol());
        x += ratatui::buffer::CellWidth::cell_width(&sent[(x, 0)]).max(1);
    }
    cells.concat()
}

/// All terminals that are known by name, with how text is sent to them and what to set in them.
pub fn terminals() -> impl Iterator<Item = (&'static str, Transport, String)> {
    known::ALL.iter().map(|known| {
        let seen = known.seen.map_or(String::new(), |version| format!("Tested in {version}. "));
        let advice = known.advice.split_whitespace().collect::<Vec<&str>>().join(" ");
        (known.name, known.transport, format!("{seen}{advice}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_shows_the_sample_in_each_way() {
        let card = card(Transport::Uba, true);
        let line = |name: &str| &card.iter().find(|(what, _)| what.starts_with(name)).expect("a line of the card").1;
        assert_eq!(card.iter().filter(|(what, _)| what.contains("in use")).count(), 1);
        assert_ne!(line("visual"), line("uba"));
        assert_ne!(line("uba"), line("konsole"));
        assert!(line("off").contains("قال الوزير (في"));
        assert!(line("visual").contains("ﻝﺎﻗ"));
    }

    #[test]
    fn each_terminal_has_advice() {
        assert!(terminals().count() > 20);
        assert!(terminals().all(|(_, _, advice)| advice.ends_with('.')));
    }
}

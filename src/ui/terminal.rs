//! Taking the terminal over and giving it back as it was, on every way out.

use std::{
    io::{self, Write},
    panic,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// `CSI 8 l` asks for explicit bidi: the terminal shall not reorder. VTE remembers it for each row, so it is sent on either side of
/// the change to the alternate screen. Then bracketed paste on, cursor off.
const ENTER: &[u8] = b"\x1b[8l\x1b[?1049h\x1b[8l\x1b[?2004h\x1b[?25l\x1b[2J";

/// Ends a frame that was cut short, then undoes [`ENTER`]; `CSI 8 h` is the terminal's default.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[8h\x1b[?1049l\x1b[8h";

/// Asks for clicks and the wheel, without movements, in numbers that know no edge (SGR 1006).
const LISTEN: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const IGNORE: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Whether the mouse is to be listened to while the terminal is ours.
static LISTENS: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is taken over; dropped, it gives it back.
#[derive(Debug)]
pub(super) struct Taken(());

impl Taken {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot be written to.
    pub fn take() -> io::Result<Taken> {
        give_back_on_panic();
        let taken = Taken(());
        take()?;
        Ok(taken)
    }

    /// Gives the terminal back, until [`Taken::resume`].
    pub fn suspend(&self) {
        give_back();
    }

    /// Listens to the mouse from now on, or leaves it to the terminal.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn listen_to_mouse(&self, listens: bool) -> io::Result<()> {
        if LISTENS.swap(listens, Ordering::SeqCst) == listens {
            return Ok(());
        }
        let mut out = io::stdout();
        out.write_all(if listens { LISTEN } else { IGNORE })?;
        out.flush()
    }

    /// Takes the terminal over again.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn resume(&self) -> io::Result<()> {
        take()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    out.write_all(ENTER)?;
    if LISTENS.load(Ordering::SeqCst) {
        out.write_all(LISTEN)?;
    }
    out.flush()
}

/// Does nothing when the terminal is not ours, so that it may be called on every way out.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // The terminal may be gone by now; there is nobody left to tell.
    let mut out = io::stdout();
    if LISTENS.load(Ordering::SeqCst) {
        let _ = out.write_all(IGNORE);
    }
    let _ = out.write_all(LEAVE).and_then(|()| out.flush());
    let _ = disable_raw_mode();
}

/// Gives the terminal back before a panic of this thread is reported. Other threads catch theirs and say so on the screen, and a
/// report in the midst of it would spoil the picture.
fn give_back_on_panic() {
    let drawing = thread::current().id();
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == drawing {
            give_back();
        }
        if !TAKEN.load(Ordering::SeqCst) {
            report(info);
        }
    }));
}

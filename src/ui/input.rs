//! The thread that listens to the terminal: keys to messages, answers to whoever asked.

use std::{
    fs::File,
    io::{self, IsTerminal, stdin},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, read as read_bytes},
};

use super::{
    decoder::{Decoder, Heard},
    handover::Gate,
    run::Event,
};
use crate::app::Msg;

/// What has come first.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ready {
    /// Bytes from the terminal, or its end.
    Bytes,
    /// The bell at the gate.
    Bell,
    /// Nothing in time.
    Late,
}

/// Sends on what the terminal sends until it is gone.
pub(super) fn read(events: &Sender<Event>, gate: &Gate) {
    if let Ok(terminal) = terminal() {
        listen(&terminal, events, gate);
    }
    // No more keys will come.
    let _ = events.send(Event::Msg(Msg::Quit));
}

/// The terminal, also where standard input is something else.
///
/// # Errors
/// When there is none.
pub(super) fn terminal() -> io::Result<OwnedFd> {
    if stdin().is_terminal() { stdin().as_fd().try_clone_to_owned() } else { Ok(File::open("/dev/tty")?.into()) }
}

fn listen(terminal: &OwnedFd, events: &Sender<Event>, gate: &Gate) {
    let mut decoder = Decoder::new(Instant::now());
    let mut bytes = [0; 4096];
    loop {
        gate.pass();
        let wait = decoder.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let heard = match wait_for(terminal.as_fd(), Some(gate.bell()), wait) {
            Ok(Ready::Bytes) => match read_bytes(terminal, &mut bytes) {
                Ok(0) => return,
                Ok(length) => decoder.hear(&bytes[..length], Instant::now()),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) => return,
            },
            Ok(Ready::Late) => decoder.overdue(Instant::now()),
            Ok(Ready::Bell) => {
                gate.hear_bell();
                continue;
            }
            Err(_) => return,
        };
        for what in heard {
            let event = match what {
                Heard::Key(key) => Event::Msg(Msg::Key(key)),
                Heard::Paste(text) => Event::Msg(Msg::Paste(text)),
                Heard::Mouse(pointer, column, row) => Event::Msg(Msg::Mouse(pointer, column, row)),
                Heard::Answer(answer) => Event::Answer(answer),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }
}

/// Waits for the terminal or a bell, without `wait` for as long as it takes.
///
/// # Errors
/// When the system cannot wait for them.
pub(super) fn wait_for(terminal: BorrowedFd, bell: Option<BorrowedFd>, wait: Option<Duration>) -> io::Result<Ready> {
    let wait =
        wait.map(|wait| Timespec { tv_sec: wait.as_secs().min(3600) as i64, tv_nsec: i64::from(wait.subsec_nanos()) as _ });
    let mut both = vec![PollFd::from_borrowed_fd(terminal, PollFlags::IN)];
    both.extend(bell.map(|bell| PollFd::from_borrowed_fd(bell, PollFlags::IN)));
    match poll(&mut both, wait.as_ref()) {
        Ok(0) | Err(Errno::INTR) => Ok(Ready::Late),
        Ok(_) if both.get(1).is_some_and(|bell| !bell.revents().is_empty()) => Ok(Ready::Bell),
        Ok(_) => Ok(Ready::Bytes),
        Err(error) => Err(error.into()),
    }
}

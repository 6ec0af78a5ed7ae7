//! Signals to events: what the system and the shell want of the program.

use std::{
    sync::{Arc, mpsc::Sender},
    thread,
};

use anyhow::{Context, Result};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use super::{handover::Gate, run::Event};
use crate::app::{Msg, Size};

/// Watches on a thread of its own.
///
/// # Errors
/// When the system does not let it.
pub(super) fn watch(events: Sender<Event>, gate: Arc<Gate>) -> Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH]).context("cannot watch for signals")?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                // What is typed while another program has the terminal is for that one; both are stopped and woken together.
                SIGINT if gate.is_for_another() => continue,
                SIGCONT if gate.is_closed() => continue,
                SIGTSTP if gate.is_closed() => {
                    let _ = emulate_default_handler(SIGTSTP);
                    continue;
                }
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((width, height)) => Event::Msg(Msg::Resize(Size { width, height })),
                    Err(_) => continue,
                },
                SIGTSTP => Event::Msg(Msg::Suspend),
                SIGCONT => Event::Continued,
                _ => Event::Msg(Msg::Quit),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

//! Errands to other programs: the reader's browser, editor and pager, commands that an article is given to, and the clipboard.

use std::{
    io::{self, BufRead, Write},
    process::Command,
    thread,
};

use anyhow::Result;

use super::{
    handover,
    run::{Event, Session},
};
use crate::app::{Msg, update};

impl Session {
    /// Opens an address in the reader's browser.
    pub(super) fn visit(&mut self, place: &str) -> Result<()> {
        let program = handover::browser(|name| std::env::var(name).ok());
        let found = program.and_then(|(program, terminal)| Some((handover::visit(&program, place)?, terminal)));
        let msg = match found {
            None => Msg::Done(format!("the article's link is \u{2068}{place}\u{2069}")),
            Some((command, true)) => return self.hand_over(command, false),
            Some((command, false)) => {
                let name = command.get_program().to_string_lossy().into_owned();
                match handover::start(command) {
                    Ok(()) => Msg::Done(format!("{name} was asked to open \u{2068}{place}\u{2069}")),
                    Err(error) => Msg::Failed(format!("{name} cannot open \u{2068}{place}\u{2069}: {error}")),
                }
            }
        };
        update(&mut self.model, msg);
        Ok(())
    }

    /// Shows a text in the reader's editor or pager.
    pub(super) fn show(&mut self, name: &str, text: &str) -> Result<()> {
        let Some(copy) = self.copy_for_others(name, text) else { return Ok(()) };
        let words = handover::editor(|name| std::env::var(name).ok());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(copy.path());
        self.hand_over(command, false)
    }

    /// Gives a text to a command of the shell as its input. What it prints stays until the reader has seen it.
    pub(super) fn pipe(&mut self, line: &str, text: &str) -> Result<()> {
        // A file and no pipe, so that a command that does not read to the end stops nobody.
        let Some(copy) = self.copy_for_others("piped", text) else { return Ok(()) };
        match std::fs::File::open(copy.path()) {
            Ok(input) => {
                let mut command = Command::new("sh");
                command.args(["-c", line]).stdin(input);
                self.hand_over(command, true)
            }
            Err(error) => {
                update(&mut self.model, Msg::Failed(format!("the article cannot be given to a command: {error}")));
                Ok(())
            }
        }
    }

    /// A copy of a text, unless it cannot be written, which is told.
    fn copy_for_others(&mut self, name: &str, text: &str) -> Option<handover::Copy> {
        let folder = self.folder.as_deref().map_or_else(std::env::temp_dir, |folder| folder.join("reading"));
        let copy = handover::Copy::write(&folder, name, text);
        if let Err(error) = &copy {
            update(&mut self.model, Msg::Failed(format!("the article cannot be written for another program: {error}")));
        }
        copy.ok()
    }

    /// Gives the terminal to another program until that ends.
    ///
    /// Where the program leaves what it printed on the screen, the reader says when it was seen.
    fn hand_over(&mut self, mut command: Command, pauses: bool) -> Result<()> {
        self.await_answer();
        let name = command.get_program().to_string_lossy().into_owned();
        if !self.gate.close() {
            update(&mut self.model, Msg::Failed(format!("the keys cannot be left to {name}")));
            return Ok(());
        }
        self.taken.suspend();
        let ended = command.status();
        if pauses && ended.is_ok() {
            // Without an answer, on a terminal that is gone, nobody waits.
            let mut out = io::stdout();
            let _ = out.write_all("\nEnter goes back to the article. ".as_bytes()).and_then(|()| out.flush());
            let _ = io::stdin().lock().read_line(&mut String::new());
        }
        let woken = self.wake();
        self.gate.open();
        let _ = woken?;
        match ended {
            Ok(status) if status.success() => {}
            Ok(status) => drop(update(&mut self.model, Msg::Told(format!("{name} ended with {status}")))),
            Err(error) => drop(update(&mut self.model, Msg::Failed(format!("{name} cannot be run: {error}")))),
        }
        Ok(())
    }

    /// Takes text to the clipboard by the best way there is; programs are asked on a thread of their own.
    pub(super) fn copy(&mut self, what: &'static str, text: String) {
        let (clipboard, events) = (self.clipboard.clone(), self.events.clone());
        if !clipboard.runs_programs() {
            return self.send(what, &text);
        }
        thread::spawn(move || {
            let event = match clipboard.tell_tmux(what, &text) {
                Some(said) => Event::Msg(Msg::Done(said)),
                None => Event::Send(what, text),
            };
            let _ = events.send(event);
        });
    }

    /// Sends text through the terminal.
    pub(super) fn send(&mut self, what: &'static str, text: &str) {
        let msg = match self.clipboard.send(self.screen.out(), what, text) {
            Ok(said) => Msg::Done(said),
            Err(error) => Msg::Failed(format!("the {what} went nowhere: {error}")),
        };
        update(&mut self.model, msg);
    }
}

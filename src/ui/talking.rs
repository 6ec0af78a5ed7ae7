//! What follows from the conversation with the terminal: other colours, another way of sending text.

use std::{process::Stdio, thread, time::Instant};

use anyhow::Result;

use super::{
    Transport,
    answers::Answer,
    asking::{Change, PATIENCE},
    run::{Event, Session},
};
use crate::app::{Msg, Setting, update};

/// A line on which it shows whether right-to-left text is sent in the right way.
pub(super) const SAMPLE: &str = "قال الوزير (في 26/11/2021): «لا» Reuters 24";

impl Session {
    /// Asks the terminal, and what lies between, for what the first picture did not need.
    pub(super) fn ask(&mut self) -> Result<()> {
        self.asking.ask(self.screen.out(), Instant::now())?;
        if let Some(mut command) = self.asking.indirect() {
            let events = self.events.clone();
            thread::spawn(move || {
                let said = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success());
                let said = said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
                let _ = events.send(Event::Outer(said.unwrap_or_default()));
            });
        }
        Ok(())
    }

    /// Gives a program in between the questions for the terminal around it, if there is such a program.
    fn pass_on(&mut self) -> Result<()> {
        if self.asking.pass_on(self.screen.out(), Instant::now())? {
            let events = self.events.clone();
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                let _ = events.send(Event::Unanswered);
            });
        }
        Ok(())
    }

    /// Takes an answer of the terminal.
    pub(super) fn hear(&mut self, answer: Answer) -> Result<()> {
        match self.asking.hear(answer) {
            Some(Change::Ground(ground)) => self.stand_on(ground),
            Some(Change::Answered) => {
                let waited = self.asking.waited(Instant::now()).as_millis();
                update(&mut self.model, Msg::Answered(waited.try_into().unwrap_or(u64::MAX)));
                if self.asking.answers().bidi_mode.is_none() {
                    self.screen.doubt_corner();
                }
                self.pass_on()?;
                self.send_as_chosen();
            }
            None => {}
        }
        Ok(())
    }

    /// Waits no longer for what a program in between has not passed on.
    pub(super) fn give_up(&mut self) {
        self.asking.give_up();
        self.send_as_chosen();
    }

    /// Takes what a program in between says of the terminal around it.
    pub(super) fn hear_of(&mut self, outer: &str) {
        self.asking.hear_of(outer);
        self.send_as_chosen();
    }

    pub(super) fn send_as_chosen(&mut self) {
        self.screen.send_by(self.asking.choice().outgoing());
    }

    /// Takes the next way of sending text, and shows on a line how that looks.
    pub(super) fn next_bidi(&mut self) {
        let now = self.asking.choice().transport;
        let at = Transport::ALL.iter().position(|transport| *transport == now).unwrap_or_default();
        let next = Transport::ALL[(at + 1) % Transport::ALL.len()];
        self.asking.take(next);
        self.send_as_chosen();
        let said = format!(
            "bidi {} of {}: \u{2068}{}\u{2069} · \u{2068}{SAMPLE}\u{2069} · take the one in which this reads right",
            (at + 1) % Transport::ALL.len() + 1,
            Transport::ALL.len(),
            next.name()
        );
        update(&mut self.model, Msg::Set(Setting::Bidi, next.name().to_owned()));
        update(&mut self.model, Msg::Done(said));
    }

    /// Gives the terminal the rest of its time to answer, so that the answer does not come to whoever has the terminal next.
    pub(super) fn await_answer(&self) {
        thread::sleep(self.asking.patience(Instant::now()));
    }
}

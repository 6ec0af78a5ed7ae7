//! The one conversation with the terminal: what it is asked after the first picture, what follows from its answers, and what is
//! remembered of them for the first picture of the next time.
//!
//! Nothing waits for the terminal but the way out, and that at most [`PATIENCE`]. Answers count whenever they come. A program in
//! between (tmux, screen) answers for itself; then it is asked for the terminal around it, and to pass the questions on.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{
    Bidi, Outgoing, Transport,
    answers::{Answer, Answers, Ground, QUESTIONS},
    known::{self, Around, Hints},
    memory::Memory,
};

/// How long the terminal is waited for where waiting costs something.
pub(super) const PATIENCE: Duration = Duration::from_millis(300);

/// What the reader set; the rest is found out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish {
    /// How right-to-left text is sent.
    pub bidi: Bidi,
    /// Whether vowel marks are shown; `None` for where the terminal places them well.
    pub harakat: Option<bool>,
}

/// How pictures are sent, and why so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// How.
    pub transport: Transport,
    /// Whether vowel marks are shown.
    pub harakat: bool,
    /// What the terminal is taken for.
    pub terminal: &'static str,
    /// Why, in words.
    pub why: String,
}

impl Choice {
    /// Makes pictures ready accordingly.
    pub fn outgoing(&self) -> Outgoing {
        Outgoing::new(self.transport, self.harakat)
    }
}

/// What the terminal has to do with a change.
#[derive(Debug, PartialEq)]
pub(super) enum Change {
    /// The background is known.
    Ground(Ground),
    /// All is answered.
    Answered,
}

/// How far the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was asked.
    Silent,
    /// The terminal was asked.
    Asked,
    /// A program in between has answered, and is to pass the questions on.
    Between,
    /// It was given them.
    PassedOn,
    /// All is answered that will be.
    Answered,
}

/// The state of the conversation.
#[derive(Debug)]
pub(super) struct Asking {
    wish: Wish,
    hints: Hints,
    answers: Answers,
    /// What is known of the terminal around a program in between.
    around: Around,
    stage: Stage,
    /// When the last question was asked.
    asked: Option<Instant>,
    memory: Memory,
}

impl Asking {
    /// Before anything was asked. The file says what was learned before.
    pub fn new(wish: Wish, environment: impl Fn(&str) -> Option<String>, file: Option<PathBuf>) -> Asking {
        Asking {
            wish,
            hints: Hints::of(environment),
            answers: Answers::default(),
            around: Around::default(),
            stage: Stage::Silent,
            asked: None,
            memory: Memory::load(file),
        }
    }

    /// Asks; says whether there is anything to be heard.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn ask(&mut self, out: &mut impl Write, now: Instant) -> io::Result<bool> {
        if !self.hints.may_ask() {
            return Ok(false);
        }
        self.send(QUESTIONS, Stage::Asked, out, now)?;
        Ok(true)
    }

    /// Gives a program in between that has answered the questions for the terminal around it; says whether there is one. Where
    /// it does not pass them on, [`Asking::give_up`] says so.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn pass_on(&mut self, out: &mut impl Write, now: Instant) -> io::Result<bool> {
        let between = known::between(&self.answers, &self.hints).filter(|_| self.stage == Stage::Between);
        let Some(between) = between else { return Ok(false) };
        self.send(&known::passed_on(between), Stage::PassedOn, out, now)?;
        Ok(true)
    }

    fn send(&mut self, questions: &[u8], stage: Stage, out: &mut impl Write, now: Instant) -> io::Result<()> {
        out.write_all(questions)?;
        out.flush()?;
        self.asked = Some(now);
        self.stage = stage;
        Ok(())
    }

    /// Takes an answer.
    pub fn hear(&mut self, answer: Answer) -> Option<Change> {
        match (self.stage, answer) {
            // What nobody asked for is somebody's joke.
            (Stage::Silent, _) => return None,
            (_, Answer::Ground(ground)) => {
                return self.answers.ground.replace(ground).is_none().then_some(Change::Ground(ground));
            }
            (Stage::Asked, Answer::Fence) if known::between(&self.answers, &self.hints).is_some() => self.stage = Stage::Between,
            (Stage::Asked | Stage::PassedOn, Answer::Fence) => self.settle(),
            (Stage::PassedOn, answer) => {
                self.around.answers.add(answer);
                return None;
            }
            (Stage::Asked, answer) => {
                self.answers.add(answer);
                return None;
            }
            (Stage::Between | Stage::Answered, _) => return None,
        }
        Some(Change::Answered)
    }

    /// Takes what a program in between says of the terminal around it.
    pub fn hear_of(&mut self, outer: &str) {
        self.around.hear_of(outer);
        if self.stage == Stage::Answered {
            self.settle();
        }
    }

    /// Waits no longer for what a program in between has not passed on.
    pub fn give_up(&mut self) {
        if self.stage == Stage::PassedOn {
            self.settle();
        }
    }

    /// The command that a program in between must be asked by, where there is one; its output goes to [`Asking::hear_of`].
    pub fn indirect(&self) -> Option<Command> {
        if self.hints.get("TMUX").is_empty() {
            return None;
        }
        let mut command = Command::new("tmux");
        command.args(["display-message", "-p", known::TMUX_TELLS]).stdin(Stdio::null()).stderr(Stdio::null());
        Some(command)
    }

    /// How pictures are to be sent, as far as is known now.
    pub fn choice(&self) -> Choice {
        let (known, why) = self.recognised();
        let mut choice = Choice { transport: known.transport, harakat: known.harakat, terminal: known.name, why };
        // A half answer would undo for a moment what is right.
        let is_settled = self.stage == Stage::Answered;
        let remembered = match is_settled {
            true => self.memory.chosen(&self.signature()).map(|chosen| (chosen, choice.harakat)),
            false => self.memory.seen(&self.hints.signature()),
        };
        if let Some((transport, harakat)) = remembered {
            let why =
                if is_settled { "you chose it for a terminal that answers so" } else { "a terminal like it answered so before" };
            choice = Choice { transport, harakat, why: why.to_owned(), ..choice };
        }
        if let Bidi::As(transport) = self.wish.bidi {
            choice = Choice { transport, why: "it is set so".to_owned(), ..choice };
        }
        choice.harakat = self.wish.harakat.unwrap_or(choice.harakat);
        choice
    }

    /// What is known about the terminal that answered, and what to set in it.
    pub fn known(&self) -> &'static known::Known {
        self.recognised().0
    }

    fn recognised(&self) -> (&'static known::Known, String) {
        known::recognise(&self.answers, &self.hints, &self.around)
    }

    /// What tells this terminal from others, with what lies between, in one line.
    fn signature(&self) -> String {
        let around = self.around.signature();
        let around = if around.is_empty() { around } else { format!(" around {around}") };
        format!("{}{around}", self.answers.signature())
    }

    /// What it answered.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What the environment says.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// What is known of the terminal around a program in between.
    pub fn around(&self) -> &Around {
        &self.around
    }

    /// Whether the terminal has answered, or a program in between.
    pub fn is_answered(&self) -> bool {
        matches!(self.stage, Stage::Between | Stage::PassedOn | Stage::Answered)
    }

    /// The reader wishes something else, for this time.
    pub fn wish(&mut self, bidi: Bidi) {
        self.wish.bidi = bidi;
    }

    /// The same of vowel marks.
    pub fn wish_harakat(&mut self, harakat: Option<bool>) {
        self.wish.harakat = harakat;
    }

    /// The reader takes another transport, also for the next time that a terminal answers so.
    pub fn take(&mut self, transport: Transport) {
        self.wish.bidi = Bidi::As(transport);
        self.memory.choose(&self.hints.signature(), &self.signature(), transport);
    }

    /// How long ago the last question was asked at `now`.
    pub fn waited(&self, now: Instant) -> Duration {
        self.asked.map_or(Duration::ZERO, |asked| now - asked)
    }

    /// How much longer answers may be waited for at `now`; nothing where there is nothing to wait for.
    pub fn patience(&self, now: Instant) -> Duration {
        let asked = self.asked.filter(|_| matches!(self.stage, Stage::Asked | Stage::PassedOn));
        asked.map_or(Duration::ZERO, |asked| PATIENCE.saturating_sub(now - asked))
    }

    /// Takes what was answered for all there is, and keeps it.
    fn settle(&mut self) {
        self.stage = Stage::Answered;
        let (known, signature) = (self.known(), self.signature());
        let transport = self.memory.chosen(&signature).unwrap_or(known.transport);
        self.memory.learn(&self.hints.signature(), &signature, (transport, known.harakat));
    }
}

#[cfg(test)]
mod tests;

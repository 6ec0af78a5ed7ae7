//! The one conversation with the terminal: what it is asked after the first picture, what follows from its answers, and what is
//! remembered of them for the first picture of the next time.
//!
//! Nothing waits for the terminal but the way out, and that at most [`PATIENCE`]. Answers count whenever they come.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{
    Bidi, Outgoing, Transport,
    answers::{Answer, Answers, Ground, QUESTIONS},
    known::{self, Hints},
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

/// The state of the conversation.
#[derive(Debug)]
pub(super) struct Asking {
    wish: Wish,
    hints: Hints,
    answers: Answers,
    /// What a program in between says of the terminal around it.
    outer: Option<String>,
    asked: Option<Instant>,
    answered: bool,
    memory: Memory,
}

impl Asking {
    /// Before anything was asked. The file says what was learned before.
    pub fn new(wish: Wish, environment: impl Fn(&str) -> Option<String>, file: Option<PathBuf>) -> Asking {
        Asking {
            wish,
            hints: Hints::of(environment),
            answers: Answers::default(),
            outer: None,
            asked: None,
            answered: false,
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
        out.write_all(QUESTIONS)?;
        out.flush()?;
        self.asked = Some(now);
        Ok(true)
    }

    /// Takes an answer.
    pub fn hear(&mut self, answer: Answer) -> Option<Change> {
        // What nobody asked for is somebody's joke.
        self.asked?;
        let ground = match answer {
            Answer::Ground(ground) if self.answers.ground.is_none() => Some(Change::Ground(ground)),
            _ => None,
        };
        let is_last = answer == Answer::Fence && !self.answered;
        self.answered |= is_last;
        self.answers.add(answer);
        if is_last {
            self.learn();
            return Some(Change::Answered);
        }
        ground
    }

    /// Takes what a program in between says of the terminal around it.
    pub fn hear_of(&mut self, outer: String) {
        self.outer = Some(outer).filter(|outer| !outer.is_empty());
        if self.answered {
            self.learn();
        }
    }

    /// The command that a program in between must be asked by, where there is one; its output goes to [`Asking::hear_of`].
    pub fn indirect(&self) -> Option<Command> {
        if self.hints.get("TMUX").is_empty() {
            return None;
        }
        let mut command = Command::new("tmux");
        command.args(["display-message", "-p", "#{client_termtype}"]).stdin(Stdio::null()).stderr(Stdio::null());
        Some(command)
    }

    /// How pictures are to be sent, as far as is known now.
    pub fn choice(&self) -> Choice {
        let (known, why) = known::recognise(&self.answers, &self.hints, self.outer.as_deref());
        let mut choice = Choice { transport: known.transport, harakat: known.harakat, terminal: known.name, why };
        let remembered = match self.answered {
            true => self.memory.chosen(&self.answers.signature()).map(|chosen| (chosen, choice.harakat)),
            false => self.memory.seen(&self.hints.signature()),
        };
        if let Some((transport, harakat)) = remembered {
            let why = if self.answered {
                "you chose it for a terminal that answers so"
            } else {
                "a terminal like it answered so before"
            };
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
        known::recognise(&self.answers, &self.hints, self.outer.as_deref()).0
    }

    /// What it answered.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What the environment says.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// Whether all was answered.
    pub fn is_answered(&self) -> bool {
        self.answered
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
        self.memory.choose(&self.hints.signature(), &self.answers.signature(), transport);
    }

    /// How much longer answers may be waited for at `now`; nothing where there is nothing to wait for.
    pub fn patience(&self, now: Instant) -> Duration {
        let asked = self.asked.filter(|_| !self.answered);
        asked.map_or(Duration::ZERO, |asked| PATIENCE.saturating_sub(now - asked))
    }

    fn learn(&mut self) {
        let (known, answers) = (self.known(), self.answers.signature());
        let transport = self.memory.chosen(&answers).unwrap_or(known.transport);
        self.memory.learn(&self.hints.signature(), &answers, (transport, known.harakat));
    }
}

/// What terminals answered in earlier sessions, and what the reader chose for those that answer so.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Memory {
    #[serde(skip)]
    file: Option<PathBuf>,
    #[serde(default)]
    terminal: Vec<Remembered>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Remembered {
    /// What the environment said.
    environment: String,
    /// What the terminal answered.
    answers: String,
    /// How text was sent to it.
    bidi: String,
    harakat: bool,
    /// Whether the reader chose that.
    #[serde(default)]
    chosen: bool,
}

/// More terminals than anybody has.
const MOST: usize = 32;

impl Memory {
    fn load(file: Option<PathBuf>) -> Memory {
        // What cannot be read is learned anew.
        let text = file.as_deref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        Memory { file, ..toml::from_str(&text).unwrap_or_default() }
    }

    fn seen(&self, environment: &str) -> Option<(Transport, bool)> {
        let seen = self.terminal.iter().find(|seen| seen.environment == environment)?;
        Some((seen.bidi.parse().ok()?, seen.harakat))
    }

    fn chosen(&self, answers: &str) -> Option<Transport> {
        self.terminal.iter().find(|seen| seen.chosen && seen.answers == answers)?.bidi.parse().ok()
    }

    fn learn(&mut self, environment: &str, answers: &str, (transport, harakat): (Transport, bool)) {
        let chosen = self.chosen(answers).is_some();
        self.put(Remembered {
            environment: environment.to_owned(),
            answers: answers.to_owned(),
            bidi: transport.name().to_owned(),
            harakat,
            chosen,
        });
    }

    fn choose(&mut self, environment: &str, answers: &str, transport: Transport) {
        for seen in self.terminal.iter_mut().filter(|seen| seen.answers == answers) {
            (seen.bidi, seen.chosen) = (transport.name().to_owned(), true);
        }
        let harakat = self.seen(environment).is_some_and(|(_, harakat)| harakat);
        self.put(Remembered {
            environment: environment.to_owned(),
            answers: answers.to_owned(),
            bidi: transport.name().to_owned(),
            harakat,
            chosen: true,
        });
    }

    fn put(&mut self, new: Remembered) {
        if self.terminal.first() == Some(&new) {
            return;
        }
        self.terminal.retain(|seen| seen.environment != new.environment);
        self.terminal.insert(0, new);
        self.terminal.truncate(MOST);
        if let (Some(file), Ok(text)) = (&self.file, toml::to_string(self)) {
            // Where nothing can be kept it is learned anew the next time.
            let _ = keep(file, &text);
        }
    }
}

/// Writes a file whole or not at all, and its folder where there is none.
pub(super) fn keep(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = file.with_extension("new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(wish: Wish, environment: &'static [(&str, &str)], file: Option<PathBuf>) -> Asking {
        let set = |wanted: &str| environment.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned());
        let mut asking = Asking::new(wish, set, file);
        asking.ask(&mut Vec::new(), Instant::now()).unwrap();
        asking
    }

    fn putty(asking: &mut Asking) {
        assert_eq!(asking.hear(Answer::Device("0;136;0".into())), None);
        assert_eq!(asking.hear(Answer::Fence), Some(Change::Answered));
    }

    const XTERM: &[(&str, &str)] = &[("TERM", "xterm")];

    #[test]
    fn what_was_answered_is_there_before_the_first_picture_of_the_next_time() {
        let home = tempfile::tempdir().unwrap();
        let file = Some(home.path().join("new").join("terminals.toml"));
        let mut first = asking(Wish::default(), XTERM, file.clone());
        assert_eq!(first.choice().transport, Transport::Visual);
        putty(&mut first);
        assert_eq!(first.choice().transport, Transport::Uba);
        let mut second = asking(Wish::default(), XTERM, file.clone());
        assert_eq!(second.choice().transport, Transport::Uba);
        let answered = [Answer::Name("XTerm(379)".into()), Answer::Device("41;379;0".into()), Answer::Fence];
        for answer in answered {
            second.hear(answer);
        }
        assert_eq!(second.choice().transport, Transport::Visual, "another terminal this time");
        assert_eq!(asking(Wish::default(), &[("TERM", "st-256color")], file).choice().transport, Transport::Visual);
    }

    #[test]
    fn what_the_reader_took_holds_for_terminals_that_answer_the_same() {
        let home = tempfile::tempdir().unwrap();
        let file = Some(home.path().join("terminals.toml"));
        let mut first = asking(Wish::default(), XTERM, file.clone());
        putty(&mut first);
        first.take(Transport::Visual);
        assert_eq!(first.choice().transport, Transport::Visual);
        let mut other = asking(Wish::default(), &[("TERM", "xterm-256color")], file.clone());
        assert_eq!(other.choice().transport, Transport::Visual, "by its environment it is like most");
        putty(&mut other);
        assert_eq!(other.choice().transport, Transport::Visual, "you chose");
        assert_eq!(asking(Wish::default(), XTERM, file).choice().transport, Transport::Visual);
    }

    #[test]
    fn what_is_set_beats_what_is_found() {
        let wish = Wish { bidi: Bidi::As(Transport::Words), harakat: Some(true) };
        let mut asking = asking(wish, XTERM, None);
        putty(&mut asking);
        assert_eq!((asking.choice().transport, asking.choice().harakat), (Transport::Words, true));
    }

    #[test]
    fn only_the_first_background_counts_and_nothing_is_heard_unasked() {
        let mut asking = asking(Wish::default(), XTERM, None);
        assert_eq!(asking.hear(Answer::Ground(Ground::Light)), Some(Change::Ground(Ground::Light)));
        assert_eq!(asking.hear(Answer::Ground(Ground::Dark)), None);
        assert!(asking.patience(Instant::now()) > Duration::ZERO);
        asking.hear(Answer::Fence);
        assert_eq!(asking.patience(Instant::now()), Duration::ZERO);
        let mut mute = self::asking(Wish::default(), &[("TERM", "linux")], None);
        assert_eq!(mute.hear(Answer::Fence), None);
    }
}

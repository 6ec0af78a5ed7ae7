//! What terminals answered in earlier sessions, and what the reader chose for those that answer so: a small file of its own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::Transport;

/// What is kept, the terminal that was seen last first.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Memory {
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
    /// What is kept in a file; what cannot be read is learned anew.
    pub fn load(file: Option<PathBuf>) -> Memory {
        let text = file.as_deref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        Memory { file, ..toml::from_str(&text).unwrap_or_default() }
    }

    /// How text was sent last to a terminal with such an environment, and whether vowel marks were shown.
    pub fn seen(&self, environment: &str) -> Option<(Transport, bool)> {
        let seen = self.terminal.iter().find(|seen| seen.environment == environment)?;
        Some((seen.bidi.parse().ok()?, seen.harakat))
    }

    /// What the reader chose for terminals that answer so.
    pub fn chosen(&self, answers: &str) -> Option<Transport> {
        self.terminal.iter().find(|seen| seen.chosen && seen.answers == answers)?.bidi.parse().ok()
    }

    /// Keeps what suits a terminal with such an environment, which answered so.
    pub fn learn(&mut self, environment: &str, answers: &str, (transport, harakat): (Transport, bool)) {
        let chosen = self.chosen(answers).is_some();
        let new = Remembered {
            environment: environment.to_owned(),
            answers: answers.to_owned(),
            bidi: transport.name().to_owned(),
            harakat,
            chosen,
        };
        // A terminal that is known costs no writing.
        if !self.terminal.contains(&new) {
            self.insert(new);
        }
    }

    /// Keeps what the reader chose, for all terminals that answer so.
    pub fn choose(&mut self, environment: &str, answers: &str, transport: Transport) {
        let harakat = self.seen(environment).is_some_and(|(_, harakat)| harakat);
        for seen in self.terminal.iter_mut().filter(|seen| seen.answers == answers) {
            (seen.bidi, seen.chosen) = (transport.name().to_owned(), true);
        }
        self.insert(Remembered {
            environment: environment.to_owned(),
            answers: answers.to_owned(),
            bidi: transport.name().to_owned(),
            harakat,
            chosen: true,
        });
    }

    fn insert(&mut self, new: Remembered) {
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

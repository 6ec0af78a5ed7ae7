//! Runs the real binary on real files, the way a shell does.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// A home folder of its own and an archive in it.
pub struct Program {
    home: TempDir,
}

impl Program {
    pub fn new() -> Program {
        Program { home: tempfile::tempdir().unwrap() }
    }

    /// A path below the home folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file below the home folder and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The binary with this home, ready for arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qala"));
        command.env_clear().env("HOME", self.home.path()).env("TERM", "xterm-256color");
        command.env("QALA_ARCHIVE", self.path("archive"));
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// Runs and returns the exit code and every line of stdout as JSON.
    pub fn json(&self, args: &[&str]) -> (i32, Vec<Value>) {
        let output = self.run(args);
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        (output.status.code().unwrap(), lines.collect())
    }
}

/// The folder of the reference articles, or `None` with a word about it where it is not there.
pub fn reference_articles() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the reference articles are not there");
    None
}

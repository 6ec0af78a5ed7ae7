//! The way to the clipboard of whoever sits at the terminal, near or behind SSH: OSC 52, a sequence that terminals take text from.
//!
//! No terminal answers it, so nobody can know whether it was heeded; what the reader is told says what was sent, and where to.
//!
//! Multiplexers stand in its way. tmux takes the plain sequence into its own buffer only with `set-clipboard on`, and lets a wrapped
//! one through only with `allow-passthrough on`; both are often off. Its command `load-buffer -w` depends on neither, so that is
//! tried first. GNU screen knows no such sequence but passes on what comes as device control strings of at most 768 bytes.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use base64::{Engine, prelude::BASE64_STANDARD};

/// The longest text, in bytes, that terminals in use take: theirs is a limit of 100,000 bytes for the encoded sequence.
const LONGEST: usize = 74_994;

/// The part of a sequence, in bytes, that is passed through GNU screen in one string; 768 with its ends are the most.
const CHUNK: usize = 700;

/// What lies between the program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Road {
    /// Nothing that is known of.
    Direct,
    /// A tmux that can be reached by its command.
    Tmux,
    /// A tmux on the other side of SSH.
    FarTmux,
    /// GNU screen.
    Screen,
}

/// The road to the clipboard and the doubts about its end.
#[derive(Clone, Debug)]
pub(super) struct Clipboard {
    road: Road,
    /// Whether the terminal is known not to take text this way.
    is_deaf: bool,
    /// Where text is kept that could not be sent.
    folder: Option<PathBuf>,
}

impl Clipboard {
    /// Finds the road by what the environment says.
    pub fn new(environment: impl Fn(&str) -> Option<String>, folder: Option<PathBuf>) -> Clipboard {
        let has = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
        let term = environment("TERM").unwrap_or_default();
        let road = match () {
            () if has("TMUX") => Road::Tmux,
            () if has("STY") => Road::Screen,
            () if term.starts_with("tmux") => Road::FarTmux,
            () => Road::Direct,
        };
        let is_apple = environment("TERM_PROGRAM").is_some_and(|name| name == "Apple_Terminal");
        let is_deaf = matches!(term.as_str(), "linux" | "dumb" | "") || is_apple || has("VTE_VERSION");
        Clipboard { road, is_deaf: is_deaf && road == Road::Direct, folder }
    }

    /// Whether [`Clipboard::tell_tmux`] has anything to do.
    pub fn runs_programs(&self) -> bool {
        self.road == Road::Tmux
    }

    /// Hands text to the tmux in which the program runs; says so in words, or nothing where tmux cannot be reached.
    ///
    /// May take a while, for it runs a program.
    pub fn tell_tmux(&self, what: &str, text: &str) -> Option<String> {
        if !self.runs_programs() {
            return None;
        }
        let load = |flags: &[&str]| load_buffer(flags, text).is_ok_and(|loaded| loaded);
        let size = bytes(text);
        // Before tmux 3.2 there was no -w.
        if text.len() <= LONGEST && load(&["-w"]) {
            return Some(format!("{what} put into tmux's buffer and offered to the terminal through it ({size})"));
        }
        load(&[]).then(|| format!("{what} put into tmux's buffer ({size})"))
    }

    /// The bytes that ask a terminal to take `text`; `None` where it is too long for that.
    pub fn sequence(&self, text: &str) -> Option<Vec<u8>> {
        if text.len() > LONGEST {
            return None;
        }
        // The selection is named: an empty name means the primary one to some terminals and nothing to others.
        let plain = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
        Some(match self.road {
            Road::Direct => plain.into_bytes(),
            Road::Tmux | Road::FarTmux => {
                // Where tmux takes the one, the other brings the same text; where it takes neither, neither does harm.
                let wrapped = format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b"));
                [plain, wrapped].concat().into_bytes()
            }
            Road::Screen => {
                let strings = plain.as_bytes().chunks(CHUNK).map(|chunk| [b"\x1bP", chunk, b"\x1b\\"].concat());
                strings.collect::<Vec<Vec<u8>>>().concat()
            }
        })
    }

    /// Sends text to the terminal, or keeps it in a file, or both; says in words what was done.
    ///
    /// # Errors
    /// When neither is possible.
    pub fn send(&self, out: &mut impl Write, what: &str, text: &str) -> io::Result<String> {
        let size = bytes(text);
        let Some(sequence) = self.sequence(text) else {
            let file = self.keep(text)?;
            return Ok(format!("{what} too long for a terminal's clipboard ({size}); written to {}", file.display()));
        };
        out.write_all(&sequence)?;
        out.flush()?;
        let sent = format!("{what} sent to the terminal by OSC 52 ({size})");
        if !self.is_deaf {
            return Ok(sent);
        }
        let file = self.keep(text)?;
        Ok(format!("{sent}, which it may not know; written to {} too", file.display()))
    }

    fn keep(&self, text: &str) -> io::Result<PathBuf> {
        let folder = self.folder.as_deref().ok_or_else(|| io::Error::other("there is no folder to write it to"))?;
        fs::create_dir_all(folder)?;
        let file = folder.join("taken.txt");
        write_private(&file, text)?;
        Ok(file)
    }
}

/// Writes a file that only its owner can read.
pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn load_buffer(flags: &[&str], text: &str) -> io::Result<bool> {
    let mut command = Command::new("tmux");
    command.arg("load-buffer").args(flags).arg("-");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    // Waited for even where it did not take the text, so that nothing of it stays behind.
    let ended = child.wait()?;
    Ok(written.is_ok() && ended.success())
}

fn bytes(text: &str) -> String {
    match text.len() {
        1 => "1 byte".to_owned(),
        length => format!("{length} bytes"),
    }
}

/// The way to the clipboard that the environment tells of, in words.
pub fn clipboard_in_words() -> String {
    let clipboard = Clipboard::new(|name| std::env::var(name).ok(), None);
    let way = match clipboard.road {
        Road::Direct => "by OSC 52",
        Road::Tmux => "through tmux's command, else by OSC 52",
        Road::FarTmux => "by OSC 52, which tmux takes with `set-clipboard on` or lets through with `allow-passthrough on`",
        Road::Screen => "by OSC 52 in pieces that GNU screen passes on",
    };
    let doubt = if clipboard.is_deaf { ", which this terminal may not know; texts are written to a file too" } else { "" };
    format!("{way}{doubt}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipboard(environment: &[(&str, &str)], folder: Option<&Path>) -> Clipboard {
        let find = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Clipboard::new(find, folder.map(Path::to_owned))
    }

    const XTERM: (&str, &str) = ("TERM", "xterm-256color");

    #[test]
    fn the_environment_tells_the_road() {
        for (environment, road) in [
            (vec![XTERM], Road::Direct),
            (vec![XTERM, ("TMUX", "")], Road::Direct),
            (vec![("TERM", "screen-256color"), ("TMUX", "socket,1,0")], Road::Tmux),
            (vec![("TERM", "tmux-256color"), ("SSH_TTY", "tty")], Road::FarTmux),
            (vec![("TERM", "screen"), ("STY", "1.screen")], Road::Screen),
        ] {
            assert_eq!(clipboard(&environment, None).road, road, "{environment:?}");
        }
    }

    #[test]
    fn sequences_are_wrapped_for_what_is_in_the_way() {
        let sent = |environment: &[(&str, &str)], text: &str| {
            String::from_utf8(clipboard(environment, None).sequence(text).unwrap()).unwrap()
        };
        assert_eq!(sent(&[XTERM], "قال"), "\x1b]52;c;2YLYp9mE\x07");
        assert_eq!(sent(&[("TERM", "tmux")], "قال"), "\x1b]52;c;2YLYp9mE\x07\x1bPtmux;\x1b\x1b]52;c;2YLYp9mE\x07\x1b\\");
        assert_eq!(sent(&[("STY", "1")], "قال"), "\x1bP\x1b]52;c;2YLYp9mE\x07\x1b\\");
        let long = sent(&[("STY", "1")], &"ل".repeat(1000));
        let strings: Vec<&str> = long.split("\x1b\\").filter(|part| !part.is_empty()).collect();
        assert!(strings.len() == 4 && strings.iter().all(|part| part.len() < 768 && part.starts_with("\x1bP")));
        let joined: String = strings.iter().map(|part| &part[2..]).collect();
        assert_eq!(joined, sent(&[XTERM], &"ل".repeat(1000)), "screen hands on the plain sequence");
    }

    #[test]
    fn what_is_too_long_or_may_be_lost_goes_to_a_file() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state");
        let mut out = Vec::new();
        let said = clipboard(&[XTERM], Some(&folder)).send(&mut out, "citation", "قال").unwrap();
        assert_eq!(said, "citation sent to the terminal by OSC 52 (6 bytes)");
        assert!(!out.is_empty() && !folder.exists());

        out.clear();
        let long = "x".repeat(LONGEST + 1);
        let said = clipboard(&[XTERM], Some(&folder)).send(&mut out, "article", &long).unwrap();
        assert!(said.starts_with("article too long for a terminal's clipboard (74995 bytes); written to "), "{said}");
        assert!(out.is_empty());
        assert_eq!(fs::read_to_string(folder.join("taken.txt")).unwrap(), long);

        let said = clipboard(&[("TERM", "linux")], Some(&folder)).send(&mut out, "id", "7").unwrap();
        assert!(said.starts_with("id sent to the terminal by OSC 52 (1 byte), which it may not know; written to "), "{said}");
        assert!(!out.is_empty());
        assert_eq!(fs::read_to_string(folder.join("taken.txt")).unwrap(), "7");
        assert!(clipboard(&[XTERM], None).send(&mut out, "article", &long).is_err());
    }

    #[test]
    fn the_longest_text_fits_into_what_terminals_take() {
        let sequence = clipboard(&[XTERM], None).sequence(&"x".repeat(LONGEST)).unwrap();
        assert!(sequence.len() <= 100_000, "{}", sequence.len());
    }
}

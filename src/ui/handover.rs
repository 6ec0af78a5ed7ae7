//! Handing the terminal to another program and taking it back.
//!
//! While the other program has it, the thread that reads keys must not, or it would take every second one. It sleeps inside a call
//! that waits for keys; a bell wakes it, and it stays at the [`Gate`] until the terminal is ours.

use std::{
    fs,
    io::{self, Read, Write},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::net::UnixStream,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::clipboard::write_private;

/// How long the thread that reads keys may take to come to the gate.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long after the terminal is ours again a signal may still have been meant for the other program.
const ECHO: Duration = Duration::from_millis(300);

#[derive(Clone, Copy, Debug, Default)]
struct State {
    closed: bool,
    /// Whether the thread that reads keys stands before the gate.
    waiting: bool,
    opened: Option<Instant>,
}

/// Where the thread that reads keys waits while another program has the terminal.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    rope: UnixStream,
    bell: UnixStream,
}

impl Gate {
    /// An open gate.
    ///
    /// # Errors
    /// When the system has no pipe for its bell.
    pub fn new() -> io::Result<Gate> {
        let (rope, bell) = UnixStream::pair()?;
        Ok(Gate { state: Mutex::default(), changed: Condvar::new(), rope, bell })
    }

    /// What can be read when the thread that reads keys is called to the gate.
    pub fn bell(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    /// Called by that thread when it has heard the bell.
    pub fn hear_bell(&self) {
        let _ = (&self.bell).read(&mut [0; 16]);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Two flags cannot be left half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Called by the thread that reads keys after each event: waits while the gate is closed.
    pub fn pass(&self) {
        let mut state = self.state();
        while state.closed {
            state.waiting = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting = false;
    }

    /// Whether the terminal is somebody else's.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Whether an interrupt was typed for another program: signals are heard on a thread of their own, perhaps a little after
    /// that program has ended by the same one.
    pub fn is_for_another(&self) -> bool {
        let state = self.state();
        state.closed || state.opened.is_some_and(|at| at.elapsed() < ECHO)
    }

    /// Keeps the thread that reads keys from the terminal; says whether it could be kept.
    pub fn close(&self) -> bool {
        let mut state = self.state();
        state.closed = true;
        if (&self.rope).write_all(&[0]).is_err() {
            state.closed = false;
            return false;
        }
        let waited = self.changed.wait_timeout_while(state, PATIENCE, |state| !state.waiting);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.closed = state.waiting;
        state.closed
    }

    /// Lets the thread that reads keys go on.
    pub fn open(&self) {
        let mut state = self.state();
        (state.closed, state.opened) = (false, Some(Instant::now()));
        drop(state);
        self.changed.notify_all();
    }
}

/// The program in which the reader looks at texts, with its arguments.
pub(super) fn editor(environment: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let named = ["VISUAL", "EDITOR", "PAGER"].iter().find_map(|name| words(environment(name)?));
    named.unwrap_or_else(|| vec!["less".to_owned()])
}

/// The program in which the reader looks at pages of the web, with its arguments; and whether it needs the terminal.
pub(super) fn browser(environment: impl Fn(&str) -> Option<String>) -> Option<(Vec<String>, bool)> {
    let has = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    // A list of programs, of which the first is the favourite.
    let favourite = environment("BROWSER").and_then(|list| words(list.split(':').next()?.to_owned()));
    if let Some(program) = favourite {
        let name = Path::new(&program[0]).file_name().unwrap_or_default().to_string_lossy();
        let needs_terminal =
            matches!(&*name, "w3m" | "lynx" | "links" | "links2" | "elinks" | "www-browser" | "browsh" | "chawan");
        return Some((program, needs_terminal));
    }
    if cfg!(target_os = "macos") {
        return Some((vec!["open".to_owned()], false));
    }
    (has("DISPLAY") || has("WAYLAND_DISPLAY")).then(|| (vec!["xdg-open".to_owned()], false))
}

/// The words of a command as they are written in the environment; no shell looks at them, so that nothing needs quoting.
fn words(command: String) -> Option<Vec<String>> {
    let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then_some(words)
}

/// The command that opens `place`. It is one argument, in the place of `%s` where the program's words have one.
///
/// Nothing but an address of the web is ever opened, for it stands in an article, which anybody may have written.
pub(super) fn visit(program: &[String], place: &str) -> Option<Command> {
    let lower = place.get(..8).unwrap_or(place).to_ascii_lowercase();
    let is_address = lower.starts_with("http://") || lower.starts_with("https://");
    if !is_address || place.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (name, arguments) = program.split_first()?;
    let mut command = Command::new(name);
    command.args(arguments.iter().map(|word| word.replace("%s", place)));
    if !arguments.iter().any(|word| word.contains("%s")) {
        command.arg(place);
    }
    Some(command)
}

/// Starts a program that has a window of its own and is not waited for.
///
/// # Errors
/// When it cannot be started.
pub(super) fn start(mut command: Command) -> io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Somebody must wait for it, or it stays behind as a name without a process.
    std::thread::spawn(move || drop(child.wait()));
    Ok(())
}

/// A copy of a text for another program to show; it is gone when this is dropped.
#[derive(Debug)]
pub(super) struct Copy(PathBuf);

impl Copy {
    /// Writes the copy into a folder; nobody else can read it and nobody change it, for changes would go nowhere.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(folder: &Path, name: &str, text: &str) -> io::Result<Copy> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{name}.txt"));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write_private(&path, text)?;
        let mut permissions = fs::metadata(&path)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions)?;
        Ok(Copy(path))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'a>(environment: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |wanted| environment.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_environment_names_the_programs() {
        assert_eq!(editor(named(&[("EDITOR", "vim -R"), ("PAGER", "less")])), ["vim", "-R"]);
        assert_eq!(editor(named(&[("EDITOR", " "), ("PAGER", "most")])), ["most"]);
        assert_eq!(editor(named(&[])), ["less"]);
        assert_eq!(browser(named(&[("BROWSER", "/usr/bin/w3m:firefox")])), Some((vec!["/usr/bin/w3m".into()], true)));
        assert_eq!(browser(named(&[("BROWSER", "firefox --new-tab %s")])).map(|(_, terminal)| terminal), Some(false));
    }

    #[test]
    fn an_address_is_one_argument_and_nothing_else_is_opened() {
        let arguments = |program: &[&str], place: &str| {
            let program: Vec<String> = program.iter().map(|word| (*word).to_owned()).collect();
            let command = visit(&program, place)?;
            Some(command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect::<Vec<String>>())
        };
        let place = "https://example.org/$(touch%20x);`y`?a=1&b='2'";
        assert_eq!(arguments(&["firefox"], place), Some(vec![place.to_owned()]));
        assert_eq!(arguments(&["firefox", "--url=%s", "-x"], place), Some(vec![format!("--url={place}"), "-x".to_owned()]));
        for hostile in
            ["--remote", "file:///etc/passwd", "javascript:alert(1)", "https://a b", "", "http:/", "-http://x", "https://a\nb"]
        {
            assert_eq!(arguments(&["firefox"], hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn a_copy_cannot_be_changed_and_does_not_stay() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("reading");
        let copy = Copy::write(&folder, "7", "قال").unwrap();
        let path = copy.path().to_owned();
        assert_eq!(fs::read_to_string(&path).unwrap(), "قال");
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        drop(copy);
        assert!(!path.exists());
    }
}

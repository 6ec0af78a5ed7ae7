//! The loop: one channel in, one picture out, and threads for everything that takes time.

use std::{
    io::{self, IsTerminal, Stdout, Write},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use super::{Bidi, Library, Screen, Theme, Transport, input, terminal::Taken, worker};
use crate::{
    app::{Effect, Keymap, Model, Msg, Size, Ticket, update},
    domain::{Progress, Report},
};

/// How often an import's progress is shown at most.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// How long the end of an import is waited for without a word.
const SILENCE: Duration = Duration::from_millis(400);

/// Reads articles in while the reader browses; runs on a thread of its own and stops when the callback breaks.
pub type Importer = Box<dyn FnOnce(&mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Result<Report> + Send>;

/// What the reader chose when starting the browser.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of a shipped theme, or the path of a theme file (`*.toml`); `None` for the shipped one that suits the terminal.
    pub theme: Option<String>,
    /// Who puts right-to-left text in order.
    pub bidi: Bidi,
    /// What is being read, for the top line.
    pub title: String,
    /// The keys.
    pub keymap: Keymap,
    /// What was not understood in the configuration, for the reader.
    pub notices: Vec<String>,
    /// The file that says where the reader left off; it is written when the browser ends.
    pub session: Option<PathBuf>,
}

/// What wakes the loop.
pub(super) enum Event {
    /// Something for the core.
    Msg(Msg),
    /// The archive is open.
    Opened,
    /// The archive cannot be opened.
    Broken(anyhow::Error),
    /// The shell has woken the program.
    Continued,
}

/// Runs the browser until the reader leaves. The first picture comes before the archive is opened; an import begins after.
///
/// # Errors
/// When there is no terminal, the theme is unknown, or the archive cannot be opened.
pub fn run<O>(options: Options, open: O, import: Option<Importer>) -> Result<()>
where
    O: FnOnce() -> Result<Box<dyn Library>> + Send + 'static,
{
    if !io::stdout().is_terminal() {
        bail!("the browser needs a terminal; `qala search` writes to pipes and files");
    }
    let (theme, mut notices) = theme(options.theme.as_deref())?;
    notices.extend(options.notices);
    let (transport, notice) = Transport::select(options.bidi);
    notices.extend(notice.map(str::to_owned));
    let (width, height) = crossterm::terminal::size().context("the terminal does not tell its size")?;
    // A session that cannot be read is a first one.
    let left = options.session.as_deref().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    let (mut model, effects) = Model::resumed(&options.title, Size { width, height }, &left);
    model.keymap = options.keymap;
    let (events, inbox) = channel();
    // Before the terminal is taken, so that no signal finds it taken and the program unprepared.
    watch_signals(events.clone())?;
    let taken = Taken::take().context("the terminal cannot be used")?;
    let mut screen = Screen::new(io::stdout(), theme, transport);
    screen.draw(&model)?;

    let (work, jobs) = channel();
    let (answers, keys) = (events.clone(), events.clone());
    let archive = thread::Builder::new().name("archive".into()).spawn(move || worker::serve(open, &jobs, &answers))?;
    thread::Builder::new().name("keys".into()).spawn(move || read_keys(&keys))?;
    if !notices.is_empty() {
        update(&mut model, Msg::Told(notices.join("; ")));
    }
    let stop = Arc::new(AtomicBool::new(false));
    let mut session = Session {
        model,
        screen,
        taken,
        work,
        archive,
        timers: Vec::new(),
        import,
        importing: None,
        stop,
        events,
        is_awake: true,
    };
    let left = session.turn(effects, &inbox);
    if let Some(file) = options.session.as_deref().filter(|_| left.is_ok()) {
        // What cannot be kept, on a full disk or a read-only one, is only a place in a list.
        let _ = keep(file, &session.model.place_left());
    }
    session.close();
    left
}

struct Session {
    model: Model,
    screen: Screen<Stdout>,
    taken: Taken,
    work: Sender<Effect>,
    archive: JoinHandle<()>,
    timers: Vec<(Instant, Ticket)>,
    import: Option<Importer>,
    importing: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    events: Sender<Event>,
    is_awake: bool,
}

impl Session {
    fn turn(&mut self, begin: Vec<Effect>, inbox: &Receiver<Event>) -> Result<()> {
        if self.carry_out(begin)?.is_break() {
            return Ok(());
        }
        loop {
            if self.is_awake {
                self.screen.draw(&self.model)?;
            }
            let mut next = self.wait(inbox);
            // Everything that waits already is applied before the next picture.
            while let Some(event) = next {
                if self.handle(event)?.is_break() {
                    return Ok(());
                }
                next = inbox.try_recv().ok();
            }
        }
    }

    /// Waits for the next event, or until a timer has run out; without either it sleeps for good.
    fn wait(&mut self, inbox: &Receiver<Event>) -> Option<Event> {
        let Some((n, (at, ticket))) = self.timers.iter().copied().enumerate().min_by_key(|(_, (at, _))| *at) else {
            return inbox.recv().ok();
        };
        match inbox.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => {
                self.timers.swap_remove(n);
                Some(Event::Msg(Msg::Elapsed(ticket)))
            }
            Err(RecvTimeoutError::Disconnected) => Some(Event::Msg(Msg::Quit)),
        }
    }

    fn handle(&mut self, event: Event) -> Result<ControlFlow<()>> {
        match event {
            Event::Msg(msg) => {
                let effects = update(&mut self.model, msg);
                return self.carry_out(effects);
            }
            Event::Opened => self.begin_import()?,
            Event::Broken(error) => return Err(error),
            Event::Continued => {
                self.taken.resume()?;
                self.is_awake = true;
                self.screen.forget();
                // The window may have changed while the program slept.
                let (width, height) = crossterm::terminal::size()?;
                let effects = update(&mut self.model, Msg::Resize(Size { width, height }));
                return self.carry_out(effects);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<ControlFlow<()>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(ControlFlow::Break(())),
                Effect::After(ticket, milliseconds) => {
                    self.timers.push((Instant::now() + Duration::from_millis(milliseconds), ticket));
                }
                Effect::Redraw => self.screen.forget(),
                Effect::Suspend => {
                    self.taken.suspend();
                    self.is_awake = false;
                    // Stops here until the shell continues the program, which is then told by SIGCONT.
                    emulate_default_handler(SIGTSTP).context("cannot be put into the background")?;
                }
                // Without a worker the answer never comes, and the reader was told why.
                effect => drop(self.work.send(effect)),
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn begin_import(&mut self) -> Result<()> {
        let Some(import) = self.import.take() else { return Ok(()) };
        let (events, stop) = (self.events.clone(), Arc::clone(&self.stop));
        let thread = thread::Builder::new().name("import".into());
        self.importing = Some(thread.spawn(move || bring_in(import, &events, &stop))?);
        Ok(())
    }

    /// Gives the terminal back at once, then waits until what was decided is kept, and for an import to end where nothing it
    /// has confirmed is lost.
    fn close(self) {
        self.stop.store(true, Ordering::Relaxed);
        drop(self.taken);
        drop(self.work);
        if self.model.is_deciding() {
            // A panic of that thread was told already.
            let _ = self.archive.join();
        }
        let Some(importing) = self.importing else { return };
        let patience = Instant::now() + SILENCE;
        while !importing.is_finished() && Instant::now() < patience {
            thread::sleep(Duration::from_millis(5));
        }
        if !importing.is_finished() {
            // Standard error may be gone by now, and then nobody waits.
            let _ = writeln!(io::stderr(), "qala: completing the batch of articles that is being written …");
        }
        // A panic of that thread was told already.
        let _ = importing.join();
    }
}

fn bring_in(import: Importer, events: &Sender<Event>, stop: &AtomicBool) {
    let mut told: Option<(Instant, u64)> = None;
    let mut on_progress = |progress: &Progress| {
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let is_news = told.is_none_or(|(at, committed)| committed != progress.committed || at.elapsed() >= PROGRESS_EVERY);
        if is_news {
            told = Some((Instant::now(), progress.committed));
            let _ = events.send(Event::Msg(Msg::Importing(progress.clone())));
        }
        ControlFlow::Continue(())
    };
    let msg = match catch_unwind(AssertUnwindSafe(|| import(&mut on_progress))) {
        Ok(Ok(report)) => Msg::Imported(report),
        Ok(Err(error)) => Msg::ImportFailed(format!("{error:#}")),
        Err(fault) => Msg::ImportFailed(format!("internal error: {}", worker::said(&*fault))),
    };
    let _ = events.send(Event::Msg(msg));
}

/// Writes a file whole or not at all.
fn keep(file: &Path, text: &str) -> io::Result<()> {
    let fresh = file.with_extension("new");
    std::fs::write(&fresh, text)?;
    std::fs::rename(&fresh, file)
}

/// The theme to draw with, and what was not understood in it.
fn theme(name: Option<&str>) -> Result<(Theme, Vec<String>)> {
    let (theme, warnings) = match name {
        Some(path) if path.ends_with(".toml") => {
            let source = std::fs::read_to_string(path).with_context(|| format!("cannot read the theme {path}"))?;
            Theme::parse(&source).with_context(|| format!("cannot read the theme {path}"))?
        }
        Some(name) => (Theme::named(name)?, Vec::new()),
        None => (Theme::for_terminal(std::env::var("COLORFGBG").ok().as_deref()), Vec::new()),
    };
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Ok((if no_colour { theme.without_colour() } else { theme }, warnings))
}

fn read_keys(events: &Sender<Event>) {
    while let Ok(event) = crossterm::event::read() {
        if let Some(msg) = input::message(event)
            && events.send(Event::Msg(msg)).is_err()
        {
            return;
        }
    }
    // No more keys will come: the terminal is gone.
    let _ = events.send(Event::Msg(Msg::Quit));
}

fn watch_signals(events: Sender<Event>) -> Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]).context("cannot watch for signals")?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
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

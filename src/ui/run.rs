//! The loop: one channel in, one picture out, and threads for everything that takes time.

use std::{
    io::{self, IsTerminal, Stdout, Write},
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use signal_hook::{consts::SIGTSTP, low_level::emulate_default_handler};

use super::{
    Bidi, Library, Screen,
    answers::{Answer, Ground},
    appearance::Appearance,
    asking::{Asking, Wish},
    clipboard::Clipboard,
    handover::Gate,
    importing::{self, Importer},
    input, looks, memory, paint, signals,
    terminal::Taken,
    worker,
};
use crate::app::{Effect, Layout, Model, Msg, Settings, Size, Ticket, update};

/// How long the end of an import is waited for without a word.
const SILENCE: Duration = Duration::from_millis(400);

/// What the reader chose when starting the browser.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of a theme, the reader's own or a shipped one, or the path of a theme file (`*.toml`); `None` for the shipped one that suits the terminal.
    pub theme: Option<String>,
    /// Where the reader's own themes lie.
    pub themes: Option<PathBuf>,
    /// Who puts right-to-left text in order.
    pub bidi: Bidi,
    /// Whether vowel marks are shown; `None` for where the terminal places them well.
    pub harakat: Option<bool>,
    /// On which side the screen begins.
    pub layout: Layout,
    /// What is being read, for the top line.
    pub title: String,
    /// Where text is written that the terminal's clipboard cannot take; `None` where there is no such folder.
    pub folder: Option<PathBuf>,
    /// Keys, keyboard layouts and the mouse; the rest of it follows from the other options.
    pub settings: Settings,
    /// Whether decisions are refused.
    pub read_only: bool,
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
    /// The terminal has told something about itself.
    Answer(Answer),
    /// A program in between has told something about the terminal around it.
    Outer(String),
    /// It was given time enough to pass questions on.
    Unanswered,
    /// Text that its own way could not take must be sent through the terminal.
    Send(&'static str, String),
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
    let environment = |name: &str| std::env::var(name).ok();
    let Appearance { theme, warnings: mut notices, follows_ground } =
        Appearance::choose(options.theme.as_deref(), options.themes.as_deref(), environment)?;
    let settings = Settings {
        theme: options.theme.clone().unwrap_or_else(|| looks::AUTO.to_owned()),
        themes: looks::themes(options.themes.as_deref()),
        bidi: options.bidi.name().to_owned(),
        harakat: options.harakat.map_or(looks::AUTO, |shown| if shown { "on" } else { "off" }).to_owned(),
        bidis: Bidi::ALL.iter().map(|bidi| bidi.name().to_owned()).collect(),
        ..options.settings
    };
    let (keymap, faults) = settings.keymap();
    notices.extend(faults);
    let wish = Wish { bidi: options.bidi, harakat: options.harakat };
    let asking = Asking::new(wish, environment, options.folder.as_deref().map(|folder| folder.join("terminals.toml")));
    let (width, height) = crossterm::terminal::size().context("the terminal does not tell its size")?;
    // A session that cannot be read is a first one.
    let left = options.session.as_deref().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    let (mut model, effects) = Model::resumed(&options.title, Size { width, height }, &left);
    model.keymap = keymap;
    model.faults.clone_from(&notices);
    let wants_mouse = settings.mouse;
    model.snippets.on = settings.snippets;
    model.settings = Settings { mouse: false, ..settings };
    model.typeset();
    paint::join_letters(model.settings.typography.shaping);
    model.read_only = options.read_only;
    model.lay_out(options.layout);
    let (events, inbox) = channel();
    // Before the terminal is taken, so that no signal finds it taken and the program unprepared.
    let gate = Arc::new(Gate::new()?);
    signals::watch(events.clone(), Arc::clone(&gate))?;
    let taken = Taken::take().context("the terminal cannot be used")?;
    let mut screen = Screen::new(io::stdout(), theme, asking.choice().outgoing());
    screen.draw(&model)?;

    let (work, jobs) = channel();
    let (answers, keys) = (events.clone(), events.clone());
    let archive = thread::Builder::new().name("archive".into()).spawn(move || worker::serve(open, &jobs, &answers))?;
    if let Some(first) = notices.first() {
        update(&mut model, Msg::Told(format!("{first}; ? lists what was not understood")));
    }
    let stop = Arc::new(AtomicBool::new(false));
    let clipboard = Clipboard::new(environment, options.folder.clone());
    let mut session = Session {
        model,
        screen,
        taken,
        clipboard,
        gate: Arc::clone(&gate),
        folder: options.folder,
        asking,
        ground: None,
        follows_ground,
        themes: options.themes,
        work,
        archive,
        timers: Vec::new(),
        import,
        importing: None,
        stop,
        events,
        is_awake: true,
    };
    if wants_mouse {
        session.listen_to_mouse(true);
    }
    session.ask()?;
    thread::Builder::new().name("keys".into()).spawn(move || input::read(&keys, &gate))?;
    let left = session.turn(effects, &inbox);
    if let Some(file) = options.session.as_deref().filter(|_| left.is_ok()) {
        // What cannot be kept, on a full disk or a read-only one, is only a place in a list.
        let _ = memory::keep(file, &session.model.place_left());
    }
    session.close();
    left
}

/// The program while it runs.
pub(super) struct Session {
    pub(super) model: Model,
    pub(super) screen: Screen<Stdout>,
    pub(super) taken: Taken,
    pub(super) clipboard: Clipboard,
    pub(super) gate: Arc<Gate>,
    pub(super) folder: Option<PathBuf>,
    pub(super) asking: Asking,
    /// What the terminal told of its background.
    pub(super) ground: Option<Ground>,
    /// Whether that decides about the theme.
    pub(super) follows_ground: bool,
    pub(super) themes: Option<PathBuf>,
    work: Sender<Effect>,
    archive: JoinHandle<()>,
    timers: Vec<(Instant, Ticket)>,
    import: Option<Importer>,
    importing: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    pub(super) events: Sender<Event>,
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
            Event::Send(what, text) => self.send(what, &text),
            Event::Answer(answer) => self.hear(answer)?,
            Event::Outer(outer) => self.hear_of(&outer),
            Event::Unanswered => self.give_up(),
            Event::Opened => self.begin_import()?,
            Event::Broken(error) => return Err(error),
            Event::Continued => return self.wake(),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes the terminal back after the program slept or another one had it.
    pub(super) fn wake(&mut self) -> Result<ControlFlow<()>> {
        self.taken.resume()?;
        self.is_awake = true;
        self.screen.forget();
        // The window may have changed meanwhile.
        let (width, height) = crossterm::terminal::size()?;
        let effects = update(&mut self.model, Msg::Resize(Size { width, height }));
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<ControlFlow<()>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(ControlFlow::Break(())),
                Effect::After(ticket, milliseconds) => {
                    self.timers.push((Instant::now() + Duration::from_millis(milliseconds), ticket));
                }
                Effect::Redraw => self.screen.forget(),
                Effect::NextBidi => self.next_bidi(),
                Effect::Copy { what, text } => self.copy(what, text),
                Effect::Visit(place) => self.visit(&place)?,
                Effect::Show { name, text } => self.show(&name, &text)?,
                Effect::Pipe { command, text } => self.pipe(&command, &text)?,
                Effect::Set(setting, value) => self.set(setting, &value),
                Effect::Suspend => {
                    self.await_answer();
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
        self.importing = Some(thread.spawn(move || importing::bring_in(import, &events, &stop))?);
        Ok(())
    }

    /// Gives the terminal back at once, then waits until what was decided is kept, and for an import to end where nothing it
    /// has confirmed is lost.
    fn close(self) {
        self.stop.store(true, Ordering::Relaxed);
        self.await_answer();
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

//! Hearing whether the terminal's background is light or dark: the answer to OSC 11, picked out of the keys among which it comes.
//!
//! The library that reads keys takes the answer `ESC ] 11;rgb:ffff/ffff/ffff ESC \` for keys typed in a row, perhaps torn in pieces.
//! They are held back while they can still be that answer and never reach the program if they are; whatever else they turn out to
//! be is passed on in order. Nobody types the beginning of it by hand, so that an answer that comes late does no harm either.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The question. It ends as old terminals understand it, too.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// How long a terminal is waited for where waiting costs something: before the program leaves, and for what follows Escape.
pub(super) const PATIENCE: Duration = Duration::from_millis(300);

/// The longest pause within an answer; what was held so long and is no answer yet was typed.
const PAUSE: Duration = Duration::from_millis(300);

/// The longest pause between an Escape that was passed on and the rest of a torn answer.
const TORN: Duration = Duration::from_millis(30);

const HEAD: &str = "11;rgb";

/// The head of an answer from which on nobody can have typed it.
const CERTAIN: usize = "11;r".len();

/// Longer than any answer.
const LONGEST: usize = 40;

/// What lies behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Bright colours.
    Light,
    /// Dark colours.
    Dark,
}

/// Where in an answer the listener is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// An Escape came, which may begin an answer.
    Begun,
    /// Between `ESC ]` and the end.
    Inside,
    /// An Escape came inside, which may begin the end.
    Ending,
}

/// Listens to what comes from the terminal.
#[derive(Debug)]
pub(super) struct Listener {
    asked: Instant,
    state: State,
    text: String,
    held: Vec<Event>,
    heard_at: Instant,
    escaped_at: Option<Instant>,
    answered: bool,
}

impl Listener {
    /// A listener to a terminal that was asked just now.
    pub fn new(now: Instant) -> Listener {
        let held = Vec::new();
        let text = String::new();
        Listener { asked: now, state: State::Outside, text, held, heard_at: now, escaped_at: None, answered: false }
    }

    /// Takes an event; gives what is to be passed on, and the answer when this completes it.
    pub fn hear(&mut self, event: Event, now: Instant) -> (Vec<Event>, Option<Ground>) {
        let mut passed = self.overdue(now);
        self.heard_at = now;
        let Event::Key(KeyEvent { code, modifiers, .. }) = event else {
            passed.push(event);
            return (passed, None);
        };
        let modifiers = modifiers - KeyModifiers::SHIFT;
        let (alt, plain) = (modifiers == KeyModifiers::ALT, modifiers.is_empty());
        let after_escape = self.escaped_at.take().is_some_and(|at| now - at < TORN);
        match (self.state, code) {
            (State::Outside, KeyCode::Char(']')) if alt || (plain && after_escape) => self.hold(event, State::Inside),
            (State::Outside, KeyCode::Esc) if !self.answered && now - self.asked < PATIENCE => self.hold(event, State::Begun),
            (State::Outside, _) => {
                self.escaped_at = (code == KeyCode::Esc).then_some(now);
                passed.push(event);
            }
            (State::Begun, KeyCode::Char(']')) if plain => self.hold(event, State::Inside),
            (State::Inside, KeyCode::Char('\\')) if alt => return (passed, self.end()),
            (State::Inside, KeyCode::Char('g')) if modifiers == KeyModifiers::CONTROL => return (passed, self.end()),
            (State::Ending, KeyCode::Char('\\')) if plain => return (passed, self.end()),
            (State::Inside, KeyCode::Esc) => self.hold(event, State::Ending),
            (State::Inside, KeyCode::Char(c)) if plain && self.may_go_on(c) => {
                self.text.push(c);
                self.hold(event, State::Inside);
            }
            _ => {
                passed.extend(self.release());
                passed.push(event);
            }
        }
        (passed, None)
    }

    /// What has been held too long, once `now` has come.
    pub fn overdue(&mut self, now: Instant) -> Vec<Event> {
        match self.deadline() {
            Some(deadline) if now >= deadline => self.release(),
            _ => Vec::new(),
        }
    }

    /// When [`Listener::overdue`] has something to say.
    pub fn deadline(&self) -> Option<Instant> {
        let pause = match self.state {
            State::Outside => return None,
            // Escape by itself is a key that must not seem dead.
            State::Begun => TORN,
            // Too long a wait is better than colours in the filter.
            _ if self.text.len() >= CERTAIN => PAUSE * 10,
            _ => PAUSE,
        };
        Some(self.heard_at + pause)
    }

    fn may_go_on(&self, c: char) -> bool {
        let at = self.text.len();
        match HEAD.as_bytes().get(at) {
            Some(expected) => c as u32 == u32::from(*expected),
            None => at < LONGEST && (c.is_ascii_hexdigit() || matches!(c, ':' | '/')),
        }
    }

    fn hold(&mut self, event: Event, state: State) {
        self.held.push(event);
        self.state = state;
    }

    /// Gives up what was held; what nobody can have typed is dropped.
    fn release(&mut self) -> Vec<Event> {
        let typed = self.text.len() < CERTAIN;
        self.state = State::Outside;
        self.text.clear();
        let held = std::mem::take(&mut self.held);
        if typed { held } else { Vec::new() }
    }

    fn end(&mut self) -> Option<Ground> {
        let ground = ground(&self.text);
        self.state = State::Outside;
        self.text.clear();
        self.held.clear();
        self.answered |= ground.is_some();
        ground
    }
}

/// Reads `11;rgb:ffff/ffff/ffff`, with one to four digits a colour and perhaps a fourth part for opacity.
fn ground(answer: &str) -> Option<Ground> {
    let (_, colours) = answer.strip_prefix("11;rgb")?.split_once(':')?;
    let mut parts = colours.split('/').map(|digits| {
        let most = 16_f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 4).map(|value| f64::from(value) / most)
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // Luma of ITU-R BT.601.
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if luma > 0.5 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    /// What the key library makes of bytes that arrive in one piece.
    fn piece(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut chars = bytes.chars().peekable();
        while let Some(c) = chars.next() {
            events.push(match c {
                '\x1b' => match chars.next() {
                    Some(c) => press(KeyCode::Char(c), KeyModifiers::ALT),
                    None => press(KeyCode::Esc, KeyModifiers::NONE),
                },
                '\x07' => press(KeyCode::Char('g'), KeyModifiers::CONTROL),
                c => press(KeyCode::Char(c), KeyModifiers::NONE),
            });
        }
        events
    }

    /// What is passed on and heard when pieces come so many milliseconds after the question.
    fn heard(pieces: &[(u64, &str)]) -> (String, Option<Ground>) {
        let start = Instant::now();
        let mut listener = Listener::new(start);
        let (mut passed, mut answer) = (Vec::new(), None);
        for (after, bytes) in pieces {
            let now = start + Duration::from_millis(*after);
            for event in piece(bytes) {
                let (events, ground) = listener.hear(event, now);
                passed.extend(events);
                answer = answer.or(ground);
            }
        }
        passed.extend(listener.overdue(start + Duration::from_secs(60)));
        let written = passed.iter().map(|event| match event {
            Event::Key(KeyEvent { code: KeyCode::Char(c), .. }) => *c,
            _ => '␛',
        });
        (written.collect(), answer)
    }

    #[test]
    fn answers_are_understood_and_never_passed_on() {
        for (answer, ground) in [
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Ground::Light),
            ("\x1b]11;rgb:0000/0000/0000\x07", Ground::Dark),
            ("\x1b]11;rgb:fd/f6/e3\x07", Ground::Light),
            ("\x1b]11;rgba:1e1e/1e1e/2e2e/ffff\x1b\\", Ground::Dark),
        ] {
            assert_eq!(heard(&[(5, answer)]), (String::new(), Some(ground)), "{answer:?}");
            assert_eq!(heard(&[(9000, answer)]), (String::new(), Some(ground)), "late");
            for cut in 1..answer.len() {
                let (first, second) = answer.split_at(cut);
                assert_eq!(heard(&[(5, first), (25, second)]), (String::new(), Some(ground)), "{first:?} {second:?}");
                let (passed, late) = heard(&[(9000, first), (9020, second)]);
                assert_eq!(late, Some(ground), "{first:?} {second:?}");
                assert!(matches!(passed.as_str(), "" | "␛"), "{passed:?}");
            }
        }
    }

    #[test]
    fn keys_beside_an_answer_are_passed_on_in_order() {
        assert_eq!(heard(&[(5, "j\x1b]11;rgb:0/0/0\x07k")]), ("jk".to_owned(), Some(Ground::Dark)));
        assert_eq!(heard(&[(5, "]e[e11;rgb:")]), ("]e[e11;rgb:".to_owned(), None));
        assert_eq!(heard(&[(5, "\x1b"), (100, "j")]), ("␛j".to_owned(), None));
        assert_eq!(heard(&[(500, "\x1b"), (600, "]e")]), ("␛]e".to_owned(), None));
        assert_eq!(heard(&[(5, "\x1b]12j")]), ("]12j".to_owned(), None), "Alt and ] mean something else");
    }

    #[test]
    fn half_an_answer_is_dropped() {
        assert_eq!(heard(&[(5, "\x1b]11;rgb:ff"), (9000, "j")]), ("j".to_owned(), None));
        assert_eq!(heard(&[(5, "\x1b]11;rgb:ffj")]), ("j".to_owned(), None));
    }
}

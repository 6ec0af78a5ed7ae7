//! From the bytes that a terminal sends to keys, pasted text and answers to questions.
//!
//! Answers come among keys, late, in pieces or not at all, and must never be taken for keys. They are recognised by their whole form
//! (ECMA-48 control sequences and strings) wherever they stand; what is no key and no answer is dropped. A sequence that is not
//! complete waits for its rest: briefly while it can be a key that somebody pressed, longer once nobody can have typed it.
//! An Escape waits too little to notice. If it was the torn head of an answer after all, its tail is known by its form for as long
//! as a terminal may take a breath.

use std::time::{Duration, Instant};

use super::{answers::Answer, keys};
use crate::app::{Key, Pointer};

/// The longest pause within one piece of what a key sends.
const TORN: Duration = Duration::from_millis(15);

/// How long the beginning of a sequence waits for the rest where somebody may have typed it with Alt.
const TYPED: Duration = Duration::from_millis(300);

/// How long it waits where nobody can.
const CERTAIN: Duration = Duration::from_secs(3);

/// Longer than any answer.
const LONGEST: usize = 256;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Something that was heard.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Heard {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used in a column and a row.
    Mouse(Pointer, u16, u16),
    /// The terminal told something.
    Answer(Answer),
}

/// What the first bytes of something are.
enum Begin {
    /// So many bytes, whole.
    Whole(usize, Option<Heard>),
    /// Not whole; how long to wait for more.
    Part(Duration),
    /// Text pasted, whose end has not come.
    Paste,
}

/// Takes bytes as they come.
#[derive(Debug)]
pub(super) struct Decoder {
    held: Vec<u8>,
    heard_at: Instant,
    /// When an Escape was passed on that may have been the head of an answer; the held bytes may be its tail.
    escaped: Option<Instant>,
}

impl Decoder {
    /// A decoder that has heard nothing yet.
    pub fn new(now: Instant) -> Decoder {
        Decoder { held: Vec::new(), heard_at: now, escaped: None }
    }

    /// Takes bytes that arrived together.
    pub fn hear(&mut self, bytes: &[u8], now: Instant) -> Vec<Heard> {
        let mut heard = self.overdue(now);
        self.heard_at = now;
        self.escaped = self.escaped.filter(|at| now - *at < TYPED);
        self.held.extend_from_slice(bytes);
        self.take(&mut heard);
        heard
    }

    /// What has been held too long, once `now` has come.
    pub fn overdue(&mut self, now: Instant) -> Vec<Heard> {
        let mut heard = Vec::new();
        while self.deadline().is_some_and(|deadline| now >= deadline) {
            if self.escaped.take().is_some() {
                self.take(&mut heard);
                continue;
            }
            let was_certain = matches!(begin(&self.held), Begin::Part(CERTAIN));
            let length = if was_certain { self.held.len() } else { self.give_up(&mut heard) };
            self.held.drain(..length.clamp(1, self.held.len()));
            if self.held.is_empty() && heard.last() == Some(&Heard::Key(Key::Esc)) {
                self.escaped = Some(now);
            }
            self.take(&mut heard);
        }
        heard
    }

    /// When [`Decoder::overdue`] has something to say.
    pub fn deadline(&self) -> Option<Instant> {
        if self.held.is_empty() {
            return None;
        }
        let wait = match (self.escaped, begin(&self.held)) {
            (Some(_), _) => match begin(&self.tail()) {
                Begin::Part(CERTAIN) => CERTAIN,
                _ => TORN,
            },
            (None, Begin::Part(wait)) => wait,
            (None, Begin::Paste | Begin::Whole(..)) => return None,
        };
        Some(self.heard_at + wait)
    }

    /// The held bytes, if the Escape before them was theirs.
    fn tail(&self) -> Vec<u8> {
        [b"\x1b", self.held.as_slice()].concat()
    }

    fn take(&mut self, heard: &mut Vec<Heard>) {
        while !self.held.is_empty() {
            if self.escaped.is_some() {
                match begin(&self.tail()) {
                    Begin::Whole(length, Some(Heard::Answer(answer))) => {
                        self.held.drain(..length - 1);
                        heard.push(Heard::Answer(answer));
                    }
                    Begin::Part(_) => return,
                    _ => {}
                }
                self.escaped = None;
                continue;
            }
            match begin(&self.held) {
                Begin::Whole(length, what) => {
                    self.held.drain(..length);
                    heard.extend(what);
                }
                Begin::Part(_) | Begin::Paste => return,
            }
        }
    }

    /// Takes the head of what is held for what somebody typed; says how many bytes that was.
    fn give_up(&self, heard: &mut Vec<Heard>) -> usize {
        match self.held.as_slice() {
            [0x1b, letter @ 0x20..=0x7e, ..] => {
                heard.push(Heard::Key(Key::Alt(char::from(*letter))));
                2
            }
            [0x1b, ..] => {
                heard.push(Heard::Key(Key::Esc));
                1
            }
            // Half a letter.
            _ => self.held.len(),
        }
    }
}

fn begin(bytes: &[u8]) -> Begin {
    match bytes {
        [0x1b] => Begin::Part(TORN),
        [0x1b, 0x1b, ..] => Begin::Whole(1, Some(Heard::Key(Key::Esc))),
        [0x1b, b'[', rest @ ..] => sequence(rest),
        [0x1b, b'O'] => Begin::Part(TYPED),
        [0x1b, b'O', letter @ (b'A'..=b'H' | b'M' | b'P'..=b'S'), ..] => Begin::Whole(3, keys::function(*letter).map(Heard::Key)),
        [0x1b, b']', rest @ ..] => string(rest, b"11;rgb", b']'),
        [0x1b, b'P', rest @ ..] => string(rest, b">|", b'P'),
        // With Alt other keys mean something else, and so far nothing.
        [0x1b, 0..0x20 | 0x7f, ..] => Begin::Whole(2, None),
        [0x1b, rest @ ..] => letter(rest, 1, Key::Alt),
        [control @ (0..0x20 | 0x7f), ..] => Begin::Whole(1, Some(Heard::Key(keys::control(*control)))),
        _ => letter(bytes, 0, Key::Char),
    }
}

/// A letter in UTF-8, after so many bytes.
fn letter(bytes: &[u8], after: usize, key: fn(char) -> Key) -> Begin {
    let length = match bytes[0] {
        0..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return Begin::Whole(after + 1, None),
    };
    match std::str::from_utf8(&bytes[..length.min(bytes.len())]) {
        Ok(text) => Begin::Whole(after + length, text.chars().next().map(|c| Heard::Key(key(c)))),
        Err(error) if error.error_len().is_none() => Begin::Part(TYPED),
        Err(error) => Begin::Whole(after + error.error_len().unwrap_or(1), None),
    }
}

/// A control sequence: parameters, intermediates and a final byte, after `ESC [`.
fn sequence(bytes: &[u8]) -> Begin {
    if bytes.first() == Some(&b'[') {
        // The function keys of the Linux console.
        return match bytes.get(1) {
            Some(letter @ b'A'..=b'E') => Begin::Whole(4, Some(Heard::Key(Key::Function(letter - b'A' + 1)))),
            Some(_) => Begin::Whole(3, None),
            None => Begin::Part(TYPED),
        };
    }
    let end = bytes.iter().position(|byte| !matches!(byte, 0x20..=0x3f));
    let Some(end) = end else {
        return match bytes.len() {
            0 => Begin::Part(TYPED),
            LONGEST.. => Begin::Whole(bytes.len() + 2, None),
            _ => Begin::Part(CERTAIN),
        };
    };
    if !matches!(bytes[end], 0x40..=0x7e) {
        // Cut off by something else, which begins anew.
        return Begin::Whole(end + 2, None);
    }
    let parameters = String::from_utf8_lossy(&bytes[..end]);
    let length = end + 3;
    if bytes[end] == b'~' && parameters == "200" {
        let text = &bytes[end + 1..];
        return match text.windows(PASTE_END.len()).position(|window| window == PASTE_END) {
            Some(at) => {
                let pasted = String::from_utf8_lossy(&text[..at]).into_owned();
                Begin::Whole(length + at + PASTE_END.len(), Some(Heard::Paste(pasted)))
            }
            None => Begin::Paste,
        };
    }
    if let (Some(report), b'M') = (parameters.strip_prefix('<'), bytes[end]) {
        return Begin::Whole(length, keys::pointer(report).map(|(pointer, column, row)| Heard::Mouse(pointer, column, row)));
    }
    let answer = Answer::sequence(&parameters, bytes[end]).map(Heard::Answer);
    Begin::Whole(length, answer.or_else(|| keys::sequence(&parameters, bytes[end]).map(Heard::Key)))
}

/// A control string that begins with `head`, after its two bytes of introduction; the second one is a letter that may be typed with Alt.
fn string(bytes: &[u8], head: &[u8], introducer: u8) -> Begin {
    let known = bytes.len().min(head.len());
    if bytes[..known] != head[..known] {
        return Begin::Whole(2, Some(Heard::Key(Key::Alt(char::from(introducer)))));
    }
    let end = bytes.iter().position(|byte| *byte < 0x20);
    match end.map(|end| (end, &bytes[end..])) {
        Some((_, [0x1b])) => Begin::Part(CERTAIN),
        Some((end, [0x07, ..])) => Begin::Whole(end + 3, Answer::string(introducer, &bytes[..end]).map(Heard::Answer)),
        Some((end, [0x1b, b'\\', ..])) => Begin::Whole(end + 4, Answer::string(introducer, &bytes[..end]).map(Heard::Answer)),
        // Cut off by something else, which begins anew.
        Some((end, _)) => Begin::Whole(end + 2, None),
        None if bytes.len() > LONGEST => Begin::Whole(bytes.len() + 2, None),
        None if bytes.len() >= 2 => Begin::Part(CERTAIN),
        None => Begin::Part(TYPED),
    }
}

#[cfg(test)]
mod tests;

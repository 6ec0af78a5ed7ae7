//! Keys in the bytes that terminals send for them (xterm's, the Linux console's, and `CSI u`).

use crate::app::{Key, Pointer};

/// The key for a control character.
pub(super) fn control(byte: u8) -> Key {
    match byte {
        b'\r' => Key::Enter,
        b'\t' => Key::Tab,
        0x1b => Key::Esc,
        0x7f => Key::Backspace,
        0 => Key::Ctrl(' '),
        1..=26 => Key::Ctrl(char::from(byte - 1 + b'a')),
        other => Key::Ctrl(char::from(other.saturating_sub(0x1c).wrapping_add(b'4'))),
    }
}

/// The key for the final letter of `ESC O` or of a sequence without number.
pub(super) fn function(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'M' => Key::Enter,
        b'P'..=b'S' => Key::Function(letter - b'P' + 1),
        _ => return None,
    })
}

/// The key for a control sequence; `None` for those that the program has no use for.
pub(super) fn sequence(parameters: &str, last: u8) -> Option<Key> {
    let mut numbers = parameters.split(';').map(|part| part.split(':').next().and_then(|number| number.parse::<u32>().ok()));
    let first = numbers.next().flatten().unwrap_or(1);
    let modifiers = Modifiers(numbers.next().flatten().unwrap_or(1).saturating_sub(1));
    match last {
        b'u' => return modifiers.on(char::from_u32(first)?),
        b'~' if first == 27 => return modifiers.on(char::from_u32(numbers.next().flatten()?)?),
        // With Alt other keys mean something else, and so far nothing.
        _ if modifiers.alt() => return None,
        b'~' => {}
        b'Z' => return Some(Key::BackTab),
        // Shifted arrows of urxvt.
        b'a'..=b'd' => return function(last.to_ascii_uppercase()),
        _ => return function(last),
    }
    Some(match first {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::Function(byte(first) - 10),
        17..=21 => Key::Function(byte(first) - 11),
        23..=26 => Key::Function(byte(first) - 12),
        28..=29 => Key::Function(byte(first) - 13),
        31..=34 => Key::Function(byte(first) - 14),
        _ => return None,
    })
}

/// What the mouse did, and the column and row, of a report as `button;column;row` that count from 1 (SGR 1006).
pub(super) fn pointer(report: &str) -> Option<(Pointer, u16, u16)> {
    let mut numbers = report.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    // Shift, Alt and Control do not matter.
    let pointer = match button & !0b1_1100 {
        0 => Pointer::Click,
        64 => Pointer::WheelUp,
        65 => Pointer::WheelDown,
        _ => return None,
    };
    Some((pointer, column.checked_sub(1)?, row.checked_sub(1)?))
}

fn byte(n: u32) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

/// Shift, Alt and Control as bits.
struct Modifiers(u32);

impl Modifiers {
    fn alt(&self) -> bool {
        self.0 & 2 != 0
    }

    /// The key of a character with these.
    fn on(&self, c: char) -> Option<Key> {
        let (shift, control) = (self.0 & 1 != 0, self.0 & 4 != 0);
        Some(match c {
            '\t' if shift => Key::BackTab,
            '\r' | '\t' | '\u{1b}' | '\u{7f}' if self.alt() => return None,
            '\r' | '\t' | '\u{1b}' | '\u{7f}' => self::control(c as u8),
            c if c.is_control() => return None,
            c if self.alt() => Key::Alt(c),
            c if control => Key::Ctrl(c.to_lowercase().next().unwrap_or(c)),
            c => Key::Char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_keys() {
        for (parameters, last, key) in [
            ("", b'A', Some(Key::Up)),
            ("1;5", b'C', Some(Key::Right)),
            ("1;3", b'C', None),
            ("", b'Z', Some(Key::BackTab)),
            ("15", b'~', Some(Key::Function(5))),
            ("24", b'~', Some(Key::Function(12))),
            ("3;2", b'~', Some(Key::Delete)),
            ("2", b'~', None),
            ("1;2", b'P', Some(Key::Function(1))),
            ("106;5", b'u', Some(Key::Ctrl('j'))),
            ("1578", b'u', Some(Key::Char('ت'))),
            ("27;5;74", b'~', Some(Key::Ctrl('j'))),
            ("", b'I', None),
            ("?1", b'q', None),
        ] {
            assert_eq!(sequence(parameters, last), key, "{parameters} {}", char::from(last));
        }
    }

    #[test]
    fn control_characters_are_keys() {
        let keys = [b'\r', b'\n', b'\t', 8, 0x7f, 1, 26, 0x1c, 0x1f, 0].map(control);
        let expected = "enter C-j tab C-h backspace C-a C-z C-4 C-7";
        let written: Vec<String> = keys.iter().take(9).map(ToString::to_string).collect();
        assert_eq!(written.join(" "), expected);
        assert_eq!(keys[9], Key::Ctrl(' '));
    }
}

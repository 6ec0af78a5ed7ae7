//! Keys, written as users write them: `j`, `C-d`, `S-tab`, `page-down`.

use std::{fmt, str::FromStr};

/// One press of a key, whatever library reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, in the case in which it arrived.
    Char(char),
    /// A character with Control held, in lower case.
    Ctrl(char),
    /// A character with Alt held, in the case in which it arrived.
    Alt(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Tab with Shift held.
    BackTab,
    /// The key that erases backwards.
    Backspace,
    /// The key that erases forwards.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, counted from 1.
    Function(u8),
}

const NAMED: [(&str, Key); 16] = [
    ("space", Key::Char(' ')),
    ("enter", Key::Enter),
    ("esc", Key::Esc),
    ("tab", Key::Tab),
    ("S-tab", Key::BackTab),
    ("backspace", Key::Backspace),
    ("delete", Key::Delete),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("page-up", Key::PageUp),
    ("page-down", Key::PageDown),
    ("f1", Key::Function(1)),
];

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Key, String> {
        if let Some((_, key)) = NAMED.iter().find(|(known, _)| *known == name) {
            return Ok(*key);
        }
        if let Some(c) = name.strip_prefix("C-").and_then(single) {
            return Ok(Key::Ctrl(c.to_ascii_lowercase()));
        }
        if let Some(c) = name.strip_prefix("M-").and_then(single) {
            return Ok(Key::Alt(c));
        }
        if let Some(number) = name.strip_prefix('f').and_then(|digits| digits.parse().ok()) {
            return Ok(Key::Function(number));
        }
        single(name).map(Key::Char).ok_or_else(|| format!("there is no key '{name}'"))
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = NAMED.iter().find(|(_, key)| key == self) {
            return f.write_str(name);
        }
        match self {
            Key::Char(c) => write!(f, "{c}"),
            Key::Ctrl(c) => write!(f, "C-{c}"),
            Key::Alt(c) => write!(f, "M-{c}"),
            Key::Function(number) => write!(f, "f{number}"),
            named => unreachable!("{named:?} has a name"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for name in ["j", "ت", "C-d", "M-f", "M-<", "space", "S-tab", "page-down", "f1", "f12", "f", "?"] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        for name in ["", "jk", "C-", "C-jk", "page down"] {
            assert!(name.parse::<Key>().is_err(), "{name}");
        }
    }
}

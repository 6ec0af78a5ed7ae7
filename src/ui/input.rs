//! Terminal events to messages.

use std::{sync::mpsc::Sender, time::Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{background::Listener, handover::Gate, run};
use crate::app::{Key, Msg, Pointer, Size};

/// Sends keys on until the terminal is gone, and picks the terminal's answer out of them.
pub(super) fn read(events: &Sender<run::Event>, gate: &Gate) {
    let mut listener = Listener::new(Instant::now());
    loop {
        gate.pass();
        let wait = listener.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let (heard, ground) = match wait {
            // Nothing more has come of what was held back.
            Some(wait) if !matches!(crossterm::event::poll(wait), Ok(true)) => (listener.overdue(Instant::now()), None),
            _ => match crossterm::event::read() {
                Ok(event) => listener.hear(event, Instant::now()),
                Err(_) => break,
            },
        };
        let msgs = heard.into_iter().filter_map(message).map(run::Event::Msg);
        for event in msgs.chain(ground.map(run::Event::Ground)) {
            if events.send(event).is_err() {
                return;
            }
        }
    }
    // No more keys will come.
    let _ = events.send(run::Event::Msg(Msg::Quit));
}

/// The message for an event; `None` for what the program does not use.
pub(super) fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(press) => key(press).map(Msg::Key),
        Event::Mouse(MouseEvent { kind, column, row, .. }) => {
            let pointer = match kind {
                MouseEventKind::Down(MouseButton::Left) => Pointer::Click,
                MouseEventKind::ScrollUp => Pointer::WheelUp,
                MouseEventKind::ScrollDown => Pointer::WheelDown,
                _ => return None,
            };
            Some(Msg::Mouse(pointer, column, row))
        }
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        _ => None,
    }
}

fn key(press: KeyEvent) -> Option<Key> {
    if press.kind == KeyEventKind::Release {
        return None;
    }
    let modifiers = press.modifiers;
    Some(match press.code {
        KeyCode::Char(c) if modifiers == KeyModifiers::ALT || modifiers == KeyModifiers::ALT | KeyModifiers::SHIFT => Key::Alt(c),
        // With Alt other keys mean something else, and so far nothing.
        _ if modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => Key::Ctrl(c.to_lowercase().next().unwrap_or(c)),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::Function(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_become_keys_and_releases_nothing() {
        let press = |code, modifiers| message(Event::Key(KeyEvent::new(code, modifiers)));
        assert_eq!(press(KeyCode::Char('J'), KeyModifiers::SHIFT), Some(Msg::Key(Key::Char('J'))));
        assert_eq!(press(KeyCode::Char('D'), KeyModifiers::CONTROL), Some(Msg::Key(Key::Ctrl('d'))));
        assert_eq!(press(KeyCode::Char('ت'), KeyModifiers::NONE), Some(Msg::Key(Key::Char('ت'))));
        assert_eq!(press(KeyCode::Tab, KeyModifiers::SHIFT), Some(Msg::Key(Key::BackTab)));
        assert_eq!(press(KeyCode::Char('f'), KeyModifiers::ALT), Some(Msg::Key(Key::Alt('f'))));
        assert_eq!(press(KeyCode::Enter, KeyModifiers::ALT), None);
        let release = KeyEvent { kind: KeyEventKind::Release, ..KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE) };
        assert_eq!(message(Event::Key(release)), None);
    }
}

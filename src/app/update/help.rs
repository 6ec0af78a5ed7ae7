//! The help on the screen: showing it, looking for something in it, leaving it.

use crate::app::{Effect, HelpView, Key, Model};

/// Shows or hides it.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    model.help = if model.help.is_some() { None } else { Some(HelpView::default()) };
    Vec::new()
}

/// Begins to look for something in it; says whether it is on show at all.
pub(super) fn search(model: &mut Model) -> bool {
    let Some(help) = &mut model.help else { return false };
    help.typing = true;
    true
}

/// Edits what is looked for.
pub(super) fn edit(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(help) = &mut model.help else { return Vec::new() };
    // Erasing in an empty line leaves it, as in most prompts.
    if key == Key::Backspace && help.search.is_empty() {
        help.typing = false;
    } else if help.search.press(key) {
        help.top = 0;
    }
    Vec::new()
}

/// Pastes into what is looked for.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(help) = &mut model.help {
        help.search.insert(text.trim());
        help.top = 0;
    }
    Vec::new()
}

/// Keeps what was looked for.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    if let Some(help) = &mut model.help {
        help.typing = false;
    }
    Vec::new()
}

/// Gives up what was looked for, or else the help; says whether there was anything to give up.
pub(super) fn leave(model: &mut Model) -> bool {
    let Some(help) = &mut model.help else { return false };
    help.typing = false;
    if help.search.clear() {
        help.top = 0;
    } else {
        model.help = None;
    }
    true
}

//! Selecting a passage of the text: beginning, moving its end, taking it, leaving it.

use super::{keys, take};
use crate::app::{Command, Effect, Focus, Model, Motion, Severity};

/// Begins to select in the text of the article under the cursor.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = take::later(model, Command::Select) {
        return effects;
    }
    if model.reader.reading.is_none() {
        model.tell(Severity::Info, "there is no text to select in");
        return Vec::new();
    }
    let effects = keys::focus(model, Focus::Text);
    model.reader.select();
    effects
}

/// Moves the moving end; a count moves it so often.
pub(super) fn go(model: &mut Model, command: Command, count: Option<usize>) -> Vec<Effect> {
    let (times, height) = (count.unwrap_or(1), model.reader.height().max(2) as isize);
    let motion = match command {
        Command::Next => Motion::Rows(1),
        Command::Previous => Motion::Rows(-1),
        Command::HalfDown => Motion::Rows(height / 2),
        Command::HalfUp => Motion::Rows(-(height / 2)),
        Command::PageDown => Motion::Rows(height - 1),
        Command::PageUp => Motion::Rows(1 - height),
        Command::First => Motion::First,
        Command::Last => Motion::Last,
        Command::CaretLeft => Motion::Left,
        Command::CaretRight => Motion::Right,
        Command::NextWord => Motion::NextWord,
        Command::PreviousWord => Motion::PreviousWord,
        Command::WordEnd => Motion::WordEnd,
        Command::RowStart => Motion::RowStart,
        Command::RowEnd => Motion::RowEnd,
        Command::NextParagraph => Motion::NextParagraph,
        Command::PreviousParagraph => Motion::PreviousParagraph,
        _ => return Vec::new(),
    };
    for _ in 0..times {
        let before = model.reader.selection;
        model.reader.extend(motion);
        if model.reader.selection == before {
            break;
        }
    }
    model.reader.moved = true;
    Vec::new()
}

/// Copies what is selected, and leaves it.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let reading = model.reader.reading.as_deref();
    let Some((span, reading)) = model.reader.selected().zip(reading) else { return Vec::new() };
    let text = span.of(&reading.article.text).to_owned();
    model.reader.selection = None;
    vec![Effect::Copy { what: "passage", text }]
}

/// Selects nothing any more; says whether something was.
pub(super) fn leave(model: &mut Model) -> bool {
    model.reader.selection.take().is_some()
}

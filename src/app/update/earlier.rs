//! What was typed before: filters and commands, walked with the arrows or looked through.

use super::scope;
use crate::app::{Effect, Input, Model, Prompt, Wanted};

/// How many lines of a kind are remembered.
const REMEMBERED: usize = 200;

/// Puts a line at the end of those that were typed before.
pub(super) fn remember(lines: &mut Vec<String>, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    lines.retain(|known| known != line);
    lines.push(line.to_owned());
    let surplus = lines.len().saturating_sub(REMEMBERED);
    lines.drain(..surplus);
}

/// The line so many back; 0 is none.
pub(super) fn line(lines: &[String], back: usize) -> Option<&String> {
    lines.get(lines.len().checked_sub(back)?)
}

/// Puts the filter before into an empty filter line, or the one after that; says whether the arrows mean that here.
pub(super) fn walk(model: &mut Model, older: bool) -> Option<Vec<Effect>> {
    let is_walking = model.filters_back > 0;
    model.renewing = false;
    if !(is_walking || older && model.filter.is_empty()) {
        return None;
    }
    let back = if older { model.filters_back + 1 } else { model.filters_back - 1 };
    let text = match back {
        0 => String::new(),
        _ => match line(&model.filters, back) {
            Some(line) => line.clone(),
            None => return is_walking.then(Vec::new),
        },
    };
    (model.filters_back, model.filter) = (back, Input::new(text));
    Some(scope::changed(model))
}

/// Looks through the filters that were kept.
pub(super) fn look_through(model: &mut Model) -> Vec<Effect> {
    let typed = model.filter.text().to_owned();
    model.prompt = Some(Prompt::new(Wanted::Earlier, typed));
    Vec::new()
}

/// Takes the filter that was found, which can be edited on.
pub(super) fn take(model: &mut Model, text: &str) -> Vec<Effect> {
    (model.filters_back, model.filter) = (0, Input::new(text));
    scope::changed(model)
}

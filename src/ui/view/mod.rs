//! Pictures of the model; drawing changes nothing.

mod completing;
mod facets;
mod help;
mod history;
mod input;
mod list;
mod names;
mod prompt;
mod searches;
mod speakers;
mod statements;
mod status;
mod text;
mod timeline;
mod top;

use ratatui::{buffer::Buffer, style::Style};

use super::{Meaning, Theme, paint};
use crate::app::{Area, Focus, Model, Side, View};

/// Paints the whole screen into `buf`, which has the model's size; returns the cell of the caret where there is one.
pub fn view(model: &Model, theme: &Theme, buf: &mut Buffer) -> Option<(u16, u16)> {
    let panes = model.panes();
    let mut caret = top::draw(model, theme, panes.top, buf);
    for (x, y, height) in panes.dividers.into_iter().flatten() {
        paint::fill(buf, Area { x, y, width: 1, height }, "│", theme.style(Meaning::Border));
    }
    let is_of_articles = model.view == View::Articles;
    if let Some(area) = panes.list {
        let draw = if is_of_articles { list::draw } else { statements::draw };
        draw(model, theme, area, buf);
    }
    if let Some(area) = panes.text {
        caret = caret.or(text::draw(model, theme, area, buf));
    }
    if let Some(area) = panes.names {
        match model.facets.on {
            _ if !is_of_articles => speakers::draw(model, theme, area, buf),
            true => facets::draw(model, theme, area, buf),
            false => names::draw(model, theme, area, buf),
        }
    }
    if let Some(area) = panes.strip {
        timeline::draw(model, theme, area, buf);
    }
    status::draw(model, theme, panes.status, buf);
    if let Some(completing) = &model.completing {
        completing::draw(model, completing, theme, buf);
    }
    if let Some(history) = &model.history {
        history::draw(model, history, theme, buf);
    }
    if let Some(searches) = &model.searches {
        searches::draw(model, searches, theme, buf);
    }
    let caret = match &model.prompt {
        Some(prompt) => prompt::draw(model, prompt, theme, buf),
        None => caret,
    };
    if model.hints {
        help::draw_hints(model, theme, buf);
    }
    match &model.help {
        Some(shown) => help::draw(model, theme, shown, buf),
        None => caret,
    }
}

/// Paints a pane's title line: its name, `extra` beside it, and a rule to the far edge.
fn pane_title(model: &Model, theme: &Theme, focus: Focus, area: Area, name: &str, extra: &str, buf: &mut Buffer) {
    let line = Area { height: area.height.min(1), ..area };
    let has_focus = model.focus == focus && !model.filtering && !model.strip.walking;
    let look = theme.style(if has_focus { Meaning::Focus } else { Meaning::Muted });
    let rest = paint::text(buf, line.inside(), name, look, model.side);
    let rest = if extra.is_empty() {
        rest
    } else {
        paint::text(buf, rest.after(2, model.side), extra, theme.style(Meaning::Muted), model.side)
    };
    paint::fill(buf, rest.after(1, model.side), "─", theme.style(Meaning::Border));
}

/// Paints the bar that marks the cursor's line on the side on which the line begins.
fn cursor_bar(model: &Model, theme: &Theme, line: Area, buf: &mut Buffer) {
    let bar = match model.side {
        Side::Left => "▌",
        Side::Right => "▐",
    };
    paint::fill(buf, line.first(1, model.side), bar, theme.style(Meaning::Focus));
}

/// The `n`th line of an area; empty below its end.
fn line_of(area: Area, n: usize) -> Area {
    let inside = n < usize::from(area.height);
    let n = u16::try_from(n).unwrap_or(u16::MAX);
    Area { y: area.y.saturating_add(n), height: u16::from(inside), ..area }
}

/// Paints lines of a message into an area, wrapped, the first one in `first`.
fn message(buf: &mut Buffer, area: Area, text: &str, first: Style, rest: Style) {
    let rows = crate::text::layout::rows(text, area.width.max(1), &paint::options());
    let head = text.find('\n').unwrap_or(text.len());
    for (n, row) in rows.iter().enumerate() {
        let look = if (row.src.start as usize) < head { first } else { rest };
        paint::row(buf, line_of(area, n), row, |_| look);
    }
}

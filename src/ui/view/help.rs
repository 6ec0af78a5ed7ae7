//! The list of keys, and the hint that shows how a begun sequence can end.

use ratatui::{buffer::Buffer, style::Style};

use super::{input, line_of};
use crate::{
    app::{Area, HelpLine, HelpView, Model, continuations, help},
    ui::{Meaning, Theme, paint},
};

/// Columns that keys may take before their help.
const KEYS: u16 = 34;

/// Paints the help; returns the cell of the caret while something is looked for.
pub(super) fn draw(model: &Model, theme: &Theme, shown: &HelpView, buf: &mut Buffer) -> Option<(u16, u16)> {
    let panes = model.panes();
    let area = Area { x: 0, y: 0, width: model.size.width, height: panes.status.y };
    paint::fill(buf, area, " ", Style::new());
    let lines = help(model);
    let title = Area { height: area.height.min(1), ..area }.inside();
    let rest = paint::text(buf, title, "Keys that work here", theme.style(Meaning::Focus), model.side);
    let below = lines.len().saturating_sub(shown.top + usize::from(area.below_title().height));
    let mut caret = None;
    let rest = if shown.typing || !shown.search.is_empty() {
        let line = paint::text(buf, rest.after(2, model.side), "/", theme.style(Meaning::Focus), model.side);
        let (cell, rest) = input::draw(&shown.search, theme, line, model.side, buf);
        caret = cell.filter(|_| shown.typing);
        rest
    } else {
        paint::text(
            buf,
            rest.after(2, model.side),
            "/ looks for a word, C- is Ctrl, M- is Alt",
            theme.style(Meaning::Muted),
            model.side,
        )
    };
    let more = match (lines.len(), below) {
        (0, _) => "nothing that works here is about this".to_owned(),
        (_, 0) => String::new(),
        _ => format!("j: {below} more"),
    };
    paint::text(buf, rest.after(2, model.side), &more, theme.style(Meaning::Muted), model.side);
    draw_lines(model, theme, lines.get(shown.top..).unwrap_or_default(), area.below_title().inside(), buf);
    caret
}

pub(super) fn draw_hints(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let lines = continuations(model);
    let status = model.panes().status;
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(1).min(status.y);
    let area = Area { x: 0, y: status.y - height, width: model.size.width, height };
    paint::fill(buf, area, " ", Style::new());
    paint::fill(buf, Area { height: height.min(1), ..area }, "─", theme.style(Meaning::Border));
    draw_lines(model, theme, &lines, area.below_title().inside(), buf);
}

fn draw_lines(model: &Model, theme: &Theme, lines: &[HelpLine], area: Area, buf: &mut Buffer) {
    let widest = lines.iter().map(|line| paint::line(&line.keys, u16::MAX).width()).max().unwrap_or(0);
    let keys = widest.min(KEYS).min(area.width / 2);
    for (n, help) in lines.iter().enumerate().take(usize::from(area.height)) {
        let line = line_of(area, n);
        if help.keys.is_empty() {
            paint::text(buf, line, &help.help, theme.style(Meaning::Warning), model.side);
            continue;
        }
        paint::text(buf, line.first(keys, model.side), &help.keys, theme.style(Meaning::Title), model.side);
        paint::text(buf, line.after(keys + 2, model.side), &help.help, theme.style(Meaning::Text), model.side);
    }
}

//! The list of keys, and the hint that shows how a begun sequence can end.

use ratatui::{buffer::Buffer, style::Style};

use super::line_of;
use crate::{
    app::{Area, HelpLine, Model, continuations, help},
    ui::{Meaning, Theme, paint},
};

/// Columns that keys may take before their help.
const KEYS: u16 = 34;

pub(super) fn draw(model: &Model, theme: &Theme, first: usize, buf: &mut Buffer) {
    let panes = model.panes();
    let area = Area { x: 0, y: 0, width: model.size.width, height: panes.status.y };
    paint::fill(buf, area, " ", Style::new());
    let lines = help(model);
    let title = Area { height: area.height.min(1), ..area }.inside();
    let rest = paint::text(buf, title, "Keys that work here", theme.style(Meaning::Focus), model.side);
    let below = lines.len().saturating_sub(first + usize::from(area.below_title().height));
    let more = if below > 0 { format!("j: {below} more") } else { String::new() };
    paint::text(buf, rest.after(2, model.side), &more, theme.style(Meaning::Muted), model.side);
    draw_lines(model, theme, lines.get(first..).unwrap_or_default(), area.below_title().inside(), buf);
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
        paint::text(buf, line.first(keys, model.side), &help.keys, theme.style(Meaning::Title), model.side);
        paint::text(buf, line.after(keys + 2, model.side), help.help, theme.style(Meaning::Text), model.side);
    }
}

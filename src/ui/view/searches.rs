//! The saved searches: each with its name and what it asks for.

use ratatui::{buffer::Buffer, style::Style};

use super::{cursor_bar, line_of};
use crate::{
    app::{Area, Model, Searches},
    ui::{Meaning, Theme, paint},
};

pub(super) fn draw(model: &Model, searches: &Searches, theme: &Theme, buf: &mut Buffer) {
    let (panes, side) = (model.panes(), model.side);
    let area = Area { x: 0, y: 0, width: model.size.width, height: panes.status.y };
    paint::fill(buf, area, " ", Style::new());
    let title = Area { height: area.height.min(1), ..area }.inside();
    let rest = paint::text(buf, title, "Saved searches", theme.style(Meaning::Focus), side);
    let keys = "enter: open   x: delete   u: bring back";
    paint::text(buf, rest.after(2, side), keys, theme.style(Meaning::Muted), side);
    let inside = area.below_title();
    let height = usize::from(inside.height).max(1);
    let first = (searches.cursor + 1).saturating_sub(height);
    for (n, saved) in searches.saved.iter().enumerate().skip(first).take(height) {
        let line = line_of(inside, n - first);
        if n == searches.cursor {
            cursor_bar(model, theme, line, buf);
        }
        let rest = paint::text(buf, line.inside(), &saved.name, theme.style(Meaning::Title), side);
        paint::text(buf, rest.after(2, side), &saved.query, theme.style(Meaning::Muted), side);
    }
}

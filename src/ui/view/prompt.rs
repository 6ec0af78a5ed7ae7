//! The line that asks for something, at the foot of the screen, and above it what may be meant.

use ratatui::{buffer::Buffer, style::Style};

use super::{input, line_of};
use crate::{
    app::{Area, Model, Prompt},
    ui::{Meaning, Theme, paint},
};

/// How many candidates are shown at a time.
const SHOWN: u16 = 8;

/// Paints the line; returns the cell of the caret.
pub(super) fn draw(model: &Model, prompt: &Prompt, theme: &Theme, buf: &mut Buffer) -> Option<(u16, u16)> {
    let status = model.panes().status;
    paint::fill(buf, status, " ", Style::new());
    draw_candidates(model, prompt, theme, status, buf);
    let rest = paint::text(buf, status.inside(), prompt.wanted.label(), theme.style(Meaning::Focus), model.side);
    input::draw(&prompt.input, theme, rest, model.side, buf).0
}

fn draw_candidates(model: &Model, prompt: &Prompt, theme: &Theme, status: Area, buf: &mut Buffer) {
    let (candidates, side) = (prompt.candidates(model), model.side);
    if candidates.is_empty() {
        return;
    }
    let shown = u16::try_from(candidates.len()).unwrap_or(u16::MAX).min(SHOWN).min(status.y.saturating_sub(1));
    let area = Area { x: 0, y: status.y.saturating_sub(shown + 1), width: model.size.width, height: shown + 1 };
    paint::fill(buf, area, " ", Style::new());
    paint::fill(buf, Area { height: 1, ..area }, "─", theme.style(Meaning::Border));
    let first = prompt.chosen.map_or(0, |at| (at + 1).saturating_sub(usize::from(shown)));
    let widest = candidates.iter().map(|candidate| paint::line(&candidate.text, u16::MAX).width()).max().unwrap_or(0);
    for (n, candidate) in candidates.iter().enumerate().skip(first).take(usize::from(shown)) {
        let line = line_of(area.below_title(), n - first);
        let is_chosen = prompt.chosen == Some(n);
        if is_chosen {
            paint::fill(buf, line.first(1, side), "▌", theme.style(Meaning::Focus));
        }
        let name = line.inside().first(widest.min(line.width / 2), side);
        let look = theme.style(if is_chosen { Meaning::Selection } else { Meaning::Title });
        paint::text(buf, name, &candidate.text, look, side);
        let help = line.inside().after(name.width + 2, side);
        paint::text(buf, help, &candidate.help, theme.style(Meaning::Muted), side);
    }
}

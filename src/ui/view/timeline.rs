//! The timeline: a row of bars, and below it what the one under the cursor stands for. Time runs from the side on which the
//! screen begins.

use ratatui::buffer::Buffer;

use super::line_of;
use crate::{
    app::{Area, Model, kept_to, within},
    ui::{Meaning, Theme, paint},
};

/// The widest bar, in columns.
const WIDEST: usize = 4;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let (strip, side) = (&model.strip, model.side);
    let area = area.inside();
    let (bars, label) = (line_of(area, 0), line_of(area, 1));
    if strip.bars.is_empty() {
        paint::text(buf, label, "Timeline: no article has a date", theme.style(Meaning::Muted), side);
        return;
    }
    let columns = usize::from(area.width).max(1);
    let width = (columns / strip.bars.len()).clamp(1, WIDEST);
    let kept = kept_to(&model.query());
    let most = strip.bars.iter().map(|(_, articles)| *articles).max().unwrap_or(1).max(1);
    let levels = theme.bars();
    for (n, (date, articles)) in strip.bars.iter().enumerate().skip(strip.first).take(columns / width) {
        let start = u16::try_from((n - strip.first) * width).unwrap_or(u16::MAX);
        let place = bars.after(start, side).first(u16::try_from(width).unwrap_or(1), side);
        let is_here = n == strip.cursor && strip.walking;
        let look = match kept {
            _ if is_here => theme.style(Meaning::Cursor),
            Some(kept) if within(*date, kept) || within(kept, *date) => theme.style(Meaning::Focus),
            Some(_) => theme.style(Meaning::Muted),
            None => theme.style(Meaning::Text),
        };
        let level = (articles * levels.len()).div_ceil(most);
        let symbol = level.checked_sub(1).and_then(|level| levels.get(level)).map_or(" ", String::as_str);
        paint::fill(buf, place, symbol, look);
    }
    let (here, articles) = strip.bars[strip.cursor.min(strip.bars.len() - 1)];
    let of = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    let look = theme.style(if strip.walking { Meaning::Focus } else { Meaning::Muted });
    let rest = paint::text(buf, label, &here.to_string(), look, side);
    let rest = paint::text(buf, rest.after(2, side), &of(articles), look, side);
    let (first, last) = (strip.bars[0].0, strip.bars[strip.bars.len() - 1].0);
    let vague = if strip.vague == 0 { String::new() } else { format!(", {} without a {}", strip.vague, strip.zoom.name()) };
    let seen = &strip.bars[strip.first.min(strip.bars.len() - 1)..];
    let seen = &seen[..seen.len().min(columns / width)];
    let all = format!("{first} to {last}");
    let times = match seen {
        [from, .., to] if seen.len() < strip.bars.len() => format!("{} to {} in sight of {all}", from.0, to.0),
        _ => all,
    };
    let about = format!("by {}, {times}{vague}", strip.zoom.name());
    paint::text(buf, rest.after(2, side), &about, theme.style(Meaning::Muted), side);
}

//! The journal: every step with its time, what it did and to how many articles; what was undone is set off.

use ratatui::{buffer::Buffer, style::Style};

use super::line_of;
use crate::{
    app::{Area, History, Model, Side},
    domain::Step,
    ui::{Meaning, Theme, paint},
};

pub(super) fn draw(model: &Model, history: &History, theme: &Theme, buf: &mut Buffer) {
    let (panes, side) = (model.panes(), model.side);
    let area = Area { x: 0, y: 0, width: model.size.width, height: panes.status.y };
    paint::fill(buf, area, " ", Style::new());
    let title = Area { height: area.height.min(1), ..area }.inside();
    let rest = paint::text(buf, title, "What was decided", theme.style(Meaning::Focus), side);
    let keys = "enter: undo down to a step, or do again up to it";
    paint::text(buf, rest.after(2, side), keys, theme.style(Meaning::Muted), side);
    let inside = area.below_title();
    let height = usize::from(inside.height).max(1);
    let first = (history.cursor + 1).saturating_sub(height);
    for (n, step) in history.steps.iter().enumerate().skip(first).take(height) {
        let line = line_of(inside, n - first);
        if n == history.cursor {
            paint::fill(buf, line.first(1, side), "▌", theme.style(Meaning::Focus));
        }
        draw_step(step, theme, line.inside(), side, buf);
    }
}

fn draw_step(step: &Step, theme: &Theme, line: Area, side: Side, buf: &mut Buffer) {
    let (label, rest) = match (step.undone, step.theirs) {
        (true, false) => (Meaning::Muted, ", undone"),
        (true, true) => (Meaning::Muted, ", undone in another browser"),
        (false, true) => (Meaning::Muted, ", in another browser"),
        (false, false) => (Meaning::Text, ""),
    };
    let line = paint::text(buf, line, &time(step.seconds), theme.style(Meaning::Muted), side);
    let line = paint::text(buf, line.after(2, side), &step.label, theme.style(label), side);
    let changes = if step.changes == 1 { String::new() } else { format!("{} changes", step.changes) };
    let said = format!("{changes}{rest}");
    paint::text(buf, line.after(2, side), said.trim_start_matches(", "), theme.style(Meaning::Muted), side);
}

/// A time of the journal: the day and the minute, UTC. The days are counted as Howard Hinnant's `civil_from_days` does.
fn time(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02} {:02}:{:02}", second / 3_600, second / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_days_and_minutes() {
        for (seconds, said) in [(0, "1970-01-01 00:00"), (951_827_696, "2000-02-29 12:34"), (-60, "1969-12-31 23:59")] {
            assert_eq!(time(seconds), said);
        }
    }
}

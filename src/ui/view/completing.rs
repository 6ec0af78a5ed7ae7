//! What may stand at the caret of the filter line: a small list below the piece that it completes.

use ratatui::{buffer::Buffer, style::Style};

use super::{line_of, top};
use crate::{
    app::{Area, Completing, Model, Proposal, Side},
    domain::Kind,
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// How many candidates are shown at a time: below them hits must stay in sight on a screen of 24 rows.
const SHOWN: u16 = 7;

/// The widest name and the widest remark that are not cut.
const NAME: u16 = 40;
const REMARK: u16 = 44;

/// Paints the list.
pub(super) fn draw(model: &Model, completing: &Completing, theme: &Theme, buf: &mut Buffer) {
    let (proposals, panes) = (&completing.proposals, model.panes());
    let room = panes.status.y.saturating_sub(panes.top.y + panes.top.height);
    let shown = u16::try_from(proposals.len()).unwrap_or(u16::MAX).min(SHOWN).min(room.saturating_sub(1));
    if shown == 0 {
        return;
    }
    let of = |text: fn(&Proposal) -> String, most: u16| {
        proposals.iter().map(|proposal| paint::line(&text(proposal), u16::MAX).width()).max().unwrap_or(0).min(most)
    };
    let columns = Columns { name: of(|its| its.name.clone(), NAME), count: of(count, NAME), remark: of(remark, REMARK) };
    let area = below(model, completing.start, columns.width() + 4, shown + 1);
    paint::fill(buf, area, " ", Style::new());
    let border = theme.style(Meaning::Border);
    let [left, right] = [area.x, (area.x + area.width).saturating_sub(1)];
    for x in [left, right] {
        paint::fill(buf, Area { x, width: 1, height: shown, ..area }, "│", border);
    }
    let foot = Area { y: area.y + shown, height: 1, ..area };
    paint::fill(buf, foot, "─", border);
    paint::fill(buf, Area { x: left, width: 1, ..foot }, "└", border);
    paint::fill(buf, Area { x: right, width: 1, ..foot }, "┘", border);
    if proposals.len() > usize::from(shown) {
        let place = completing.chosen.map_or_else(String::new, |at| format!("{}/", at + 1));
        paint::text_at_end(buf, foot.inside().inside(), &format!(" {place}{} ", proposals.len()), border, model.side);
    }
    let first = completing.chosen.map_or(0, |at| (at + 1).saturating_sub(usize::from(shown)));
    for (n, proposal) in proposals.iter().enumerate().skip(first).take(usize::from(shown)) {
        let line = line_of(area.inside(), n - first);
        draw_proposal(model.side, proposal, completing.chosen == Some(n), &columns, theme, line, buf);
    }
}

/// The columns of the list, a blank on either side of each.
struct Columns {
    name: u16,
    count: u16,
    remark: u16,
}

impl Columns {
    fn width(&self) -> u16 {
        let with_gap = |width: u16| if width == 0 { 0 } else { width + 2 };
        self.name + with_gap(self.count) + with_gap(self.remark)
    }
}

fn draw_proposal(
    side: Side,
    proposal: &Proposal,
    is_chosen: bool,
    columns: &Columns,
    theme: &Theme,
    line: Area,
    buf: &mut Buffer,
) {
    if is_chosen {
        let bar = if side == Side::Left { "▌" } else { "▐" };
        paint::fill(buf, line.first(1, side), bar, theme.style(Meaning::Focus));
    }
    let line = line.inside();
    let look = theme.style(proposal.kind.map_or(Meaning::Title, kind_meaning));
    let look = if is_chosen { look.patch(theme.style(Meaning::Selection)) } else { look };
    let name = line.first(columns.name, side);
    paint::text(buf, name, &proposal.name, look, side);
    let rest = line.after(name.width + 2, side);
    let muted = theme.style(Meaning::Muted);
    let rest = if columns.count > 0 {
        paint::text_at_end(buf, rest.first(columns.count, side), &count(proposal), muted, side);
        rest.after(columns.count + 2, side)
    } else {
        rest
    };
    paint::text(buf, rest, &remark(proposal), muted, side);
}

fn count(proposal: &Proposal) -> String {
    proposal.articles.map_or_else(String::new, |articles| articles.to_string())
}

fn remark(proposal: &Proposal) -> String {
    let kind = match proposal.kind {
        None => "",
        Some(Kind::Person) => "person",
        Some(Kind::Place) => "place",
        Some(Kind::Organisation) => "organisation",
        Some(Kind::Event) => "event",
        Some(Kind::Document) => "paper",
        Some(Kind::Date) => "date",
    };
    if kind.is_empty() { proposal.help.to_owned() } else { kind.to_owned() }
}

/// An area of this size below the piece that begins at this byte of the filter, on the screen as a whole.
fn below(model: &Model, start: usize, width: u16, height: u16) -> Area {
    let (edge, side) = top::edge(model, start);
    let (screen, width) = (model.size.width, width.min(model.size.width));
    let x = match side {
        Side::Left => edge.saturating_sub(2),
        Side::Right => (edge + 2).saturating_sub(width),
    };
    let top = model.panes().top;
    Area { x: x.min(screen - width), y: top.y + top.height, width, height }
}

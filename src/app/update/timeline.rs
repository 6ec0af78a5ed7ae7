//! Walking along the timeline, choosing a time, going to a date in the list, and the order of the list.

use super::{facets, moving};
use crate::{
    app::{
        Effect, Model, Severity, Side, Strip, Ticket,
        timeline::{is_date, kept_to},
    },
    domain::{Clause, Dated, Expr, Order, Period, Timeline},
    query,
};

/// Shows the timeline and goes to it; from there hides it.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    let hide = model.strip.walking;
    (model.strip.on, model.strip.walking) = (!hide, !hide);
    model.arrange();
    let mut effects = model.fetch();
    effects.extend(model.follow());
    effects
}

/// Goes back to the pane where keys went before; the timeline stays in sight.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    model.strip.walking = false;
    Vec::new()
}

/// Moves along the bars to the left or right of the screen. Time runs from the side on which the screen begins.
pub(super) fn walk(model: &mut Model, towards: Side, count: usize) -> Vec<Effect> {
    let (at, width) = (model.strip.cursor, model.strip_width());
    let to = if towards == model.side { at.saturating_sub(count) } else { at.saturating_add(count) };
    model.strip.move_to(to, width);
    Vec::new()
}

/// Moves along the bars as a movement in a list would.
pub(super) fn go(model: &mut Model, index: usize) {
    let width = model.strip_width();
    model.strip.move_to(index, width);
}

/// Lets bars stand for shorter or longer times.
pub(super) fn zoom(model: &mut Model, finer: bool) -> Vec<Effect> {
    let (zoom, width) = (model.strip.zoom, model.strip_width());
    let zoom = if finer { zoom.finer() } else { zoom.coarser() };
    model.strip.zoom_to(zoom, width);
    Vec::new()
}

/// Lists only articles of the time under the cursor, or of all times again.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let Some((date, _)) = model.strip.bars.get(model.strip.cursor).copied() else { return Vec::new() };
    let again = kept_to(&query::parse(model.filter.text(), true)) == Some(date);
    let rest = facets::without(model.filter.text(), is_date);
    let leaf = Expr::Leaf(Clause::Date(Period::Between(Some(date), Some(date))));
    let text = if again { rest } else { facets::with(&rest, &leaf) };
    facets::write(model, &text)
}

/// Takes the dates of an answer, for the strip or to go to one.
pub(super) fn take(model: &mut Model, ticket: Ticket, timeline: Timeline) -> Vec<Effect> {
    if model.strip.asked == Some(ticket) {
        model.strip.asked = None;
        let width = model.strip_width();
        model.strip.take(timeline, width);
        return Vec::new();
    }
    match model.strip.jump.take_if(|(asked, _)| *asked == ticket) {
        Some((_, date)) => {
            let index = Strip::before(&timeline, date, model.query().order == Order::Oldest);
            moving::to(model, index)
        }
        None => Vec::new(),
    }
}

/// Goes to the first article of a date; the list must be in order of dates for that.
pub(super) fn jump(model: &mut Model, typed: &str) -> Vec<Effect> {
    let Some(date) = date(typed) else {
        model.tell(Severity::Warning, format!("'\u{2068}{typed}\u{2069}' is no date such as 2021, 2021-11 or 2021-11-26"));
        return Vec::new();
    };
    let query = model.query();
    let mut effects = Vec::new();
    if query.order == Order::Best && !query.terms().is_empty() {
        effects.extend(order(model, Order::Newest));
    }
    let ticket = model.ticket();
    model.strip.jump = Some((ticket, date));
    effects.push(Effect::Timeline(ticket, model.query()));
    effects
}

/// The date that was typed, in any way in which a filter takes it.
fn date(typed: &str) -> Option<Dated> {
    let query = query::parse(&format!("date:\"{typed}\""), false);
    query.parts().iter().find_map(|part| match part {
        Expr::Leaf(Clause::Date(Period::Between(from, _))) => *from,
        _ => None,
    })
}

/// The next order of best, newest and oldest; without words the best are the newest.
pub(super) fn sort(model: &mut Model) -> Vec<Effect> {
    let query = model.query();
    let next = match (query.order, query.terms().is_empty()) {
        (Order::Best, false) => Order::Newest,
        (Order::Best, true) | (Order::Newest, _) => Order::Oldest,
        (Order::Oldest, _) => Order::Best,
    };
    let said = match (next, query.terms().is_empty()) {
        (Order::Best, false) => "the best first",
        (Order::Oldest, _) => "the oldest first",
        (Order::Newest, _) | (Order::Best, true) => "the newest first",
    };
    let effects = order(model, next);
    model.tell(Severity::Info, said);
    effects
}

fn order(model: &mut Model, order: Order) -> Vec<Effect> {
    let name = match order {
        Order::Best => "",
        Order::Newest => "sort:newest ",
        Order::Oldest => "sort:oldest ",
    };
    let typed = model.filter.text().to_owned();
    // Only the order goes away; all else stays as it was typed.
    let is_order = |piece: &str| {
        !piece.trim().is_empty() && {
            let query = query::parse(piece, false);
            query.is_empty() && ["sort:", "ترتيب:"].iter().any(|field| piece.trim().to_lowercase().starts_with(field))
        }
    };
    let rest: String = typed.split_inclusive(char::is_whitespace).filter(|piece| !is_order(piece)).collect();
    facets::write(model, &format!("{name}{rest}"))
}

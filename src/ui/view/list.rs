//! The list pane: two lines an article, the cursor as a bar beside it, and the article on show set off as a whole.

use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};

use super::{cursor_bar, line_of, message, pane_title};
use crate::{
    app::{Area, ENTRY_ROWS, Focus, Import, Model, Side, joined, origin},
    domain::Hit,
    text::layout::{Base, Options},
    ui::{Meaning, Theme, paint},
};

/// Signs that every font has.
const UNREAD: &str = "•";
const STAR: &str = "★";
const NOTE: &str = "¶";

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let list = &model.list;
    let place = if list.total > 0 {
        let total = list.total.to_string();
        format!("{:>width$}/{total}", list.cursor + 1, width = total.len())
    } else {
        String::new()
    };
    pane_title(model, theme, Focus::List, area, "Articles", &place, buf);
    let inside = area.below_title();
    if list.total == 0 {
        let text = empty(model);
        message(buf, line_of_rest(inside, 1).inside(), &text, theme.style(Meaning::Title), theme.style(Meaning::Muted));
        return;
    }
    for (n, index) in list.visible(model.entries()).enumerate() {
        let row = n * usize::from(ENTRY_ROWS);
        let lines = [line_of(inside, row), line_of(inside, row + 1)];
        if index == list.cursor {
            // A bar in the first column, so that moving it changes four cells and nothing else.
            lines.into_iter().for_each(|line| cursor_bar(model, theme, line, buf));
        }
        let [upper, lower] = lines.map(|line| line.after(1, model.side));
        match list.hit(index) {
            Some(hit) => entry(model, theme, hit, upper, lower, buf),
            // On its way.
            None => drop(paint::text(buf, upper.after(1, model.side), "…", theme.style(Meaning::Muted), model.side)),
        }
    }
}

fn entry(model: &Model, theme: &Theme, hit: &Hit, upper: Area, lower: Area, buf: &mut Buffer) {
    let is_shown = model.reader.reading.as_ref().is_some_and(|reading| reading.article.id == hit.id);
    let ground = if is_shown { theme.style(Meaning::Selection) } else { Style::new() };
    if is_shown {
        for line in [upper, lower] {
            paint::fill(buf, line, " ", ground);
        }
    }
    signs(model.side, theme, hit, ground, [upper, lower], buf);
    let [upper, lower] = [upper, lower].map(Area::inside);
    let title = if hit.title.trim().is_empty() { "(no title)" } else { &hit.title };
    let row = paint::line(title, upper.width);
    let look = match hit.marks.read {
        true => theme.style(Meaning::Text).patch(ground),
        false => theme.style(Meaning::Title).patch(ground),
    };
    // In a reversed row, what is reversed again would look plain.
    let found = if ground.add_modifier.contains(Modifier::REVERSED) {
        let found = theme.style(Meaning::Match);
        Style { add_modifier: (found.add_modifier | Modifier::UNDERLINED) | Modifier::REVERSED, ..found }
    } else {
        theme.style(Meaning::Match)
    };
    paint::row(buf, upper, &row, |src| {
        let is_found = hit.title_hits.iter().any(|span| span.overlaps(src));
        if is_found { look.patch(found) } else { look }
    });
    let base = if row.rtl { Base::Rtl } else { Base::Ltr };
    let date = hit.published.map(|date| date.to_string());
    if let Some(line) = joined([date, origin(hit.outlet.as_deref(), Some(&hit.source)), noted(hit)]) {
        let row = line.row(lower.width, &Options { base, ..paint::options() });
        // What is dimmed in a reversed row would be a patch of grey.
        let look = if is_shown { ground } else { theme.style(Meaning::Muted) };
        paint::row(buf, lower, &row, |_| look);
    }
}

/// What stands before an article: a dot while it is unread, below it a star. Both show without colour.
fn signs(side: Side, theme: &Theme, hit: &Hit, ground: Style, lines: [Area; 2], buf: &mut Buffer) {
    let [upper, lower] = lines.map(|line| line.first(1, side));
    let look = theme.style(Meaning::Focus).patch(ground);
    if !hit.marks.read {
        paint::text(buf, upper, UNREAD, look, side);
    }
    if hit.marks.starred {
        paint::text(buf, lower, STAR, look, side);
    }
}

/// The tags of an article, and a sign where it has notes.
fn noted(hit: &Hit) -> Option<String> {
    let tags = hit.marks.tags.iter().map(|tag| format!("#{tag}"));
    let signs: Vec<String> = (!hit.marks.notes.is_empty()).then(|| NOTE.to_owned()).into_iter().chain(tags).collect();
    (!signs.is_empty()).then(|| signs.join(" "))
}

/// What stands in a list without articles: why it is empty, and what to do.
fn empty(model: &Model) -> String {
    if !model.list.loaded {
        return String::new();
    }
    if model.is_narrowed() {
        let what = match model.filter.is_empty() {
            true => "Nothing mentions all of these names".to_owned(),
            false => format!("Nothing found for \u{2068}{}\u{2069}", model.filter.text().trim()),
        };
        let within = if !model.filter.is_empty() && !model.topics.is_empty() { " about these names" } else { "" };
        return format!("{what}{within}\n\nEsc clears the filter, Backspace in the list takes back a name.");
    }
    match model.import {
        Import::Running(_) => "No articles yet\n\nFiles are being read; articles appear here as they come.".to_owned(),
        _ => "No articles yet\n\nThis archive is empty. Leave with q, then\n\n  qala import FOLDER\n\nreads articles into it."
            .to_owned(),
    }
}

fn line_of_rest(area: Area, from: u16) -> Area {
    let from = from.min(area.height);
    Area { y: area.y + from, height: area.height - from, ..area }
}

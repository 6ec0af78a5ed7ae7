//! The list pane: two lines an article, the cursor as a bar beside it, and the article on show set off as a whole.

use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};

use super::{cursor_bar, line_of, message, pane_title};
use crate::{
    app::{Area, Command, Explained, Focus, Import, Model, Side, joined, keys_of, origin, reasons, suggested},
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
        let total = list.counted();
        format!("{:>width$}/{total}", list.cursor + 1, width = total.len())
    } else {
        String::new()
    };
    pane_title(model, theme, Focus::List, area, "Articles", &place, buf);
    let inside = area.below_title();
    if list.total == 0 {
        if let Some(explained) = &model.explained {
            return explanation(model, explained, theme, inside, buf);
        }
        let text = empty(model);
        message(buf, line_of_rest(inside, 1).inside(), &text, theme.style(Meaning::Title), theme.style(Meaning::Muted));
        return;
    }
    for (n, index) in list.visible(model.entries()).enumerate() {
        let row = n * usize::from(model.entry_rows());
        let lines = [line_of(inside, row), line_of(inside, row + 1)];
        let snippet = line_of(inside, row + 2);
        if index == list.cursor {
            // A bar in the first column, so that moving it changes four cells and nothing else.
            lines.into_iter().for_each(|line| cursor_bar(model, theme, line, buf));
            if model.shows_snippets() {
                cursor_bar(model, theme, snippet, buf);
            }
        }
        let [upper, lower] = lines.map(|line| line.after(1, model.side));
        match list.at(index) {
            Some(hit) => {
                entry(model, theme, hit, upper, lower, buf);
                if model.shows_snippets() {
                    line_of_text(model, theme, hit, snippet.after(1, model.side), buf);
                }
            }
            // On its way.
            None => drop(paint::text(buf, upper.after(1, model.side), "…", theme.style(Meaning::Muted), model.side)),
        }
    }
    if let Some(offered) = &model.offered {
        let line = line_of(inside, list.total * usize::from(model.entry_rows()) + 1).inside();
        // While it is typed, keys are letters.
        let kept = if model.filtering { "enter, then " } else { "" };
        let text = format!("{kept}{} asks for {}", keys_of(model, Command::Respell), suggested(offered));
        paint::text(buf, line, &text, theme.style(Meaning::Notice), model.side);
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

/// Where an article answers best.
fn line_of_text(model: &Model, theme: &Theme, hit: &Hit, line: Area, buf: &mut Buffer) {
    let Some(snippet) = model.snippets.of(hit.id) else { return };
    let is_shown = model.reader.reading.as_ref().is_some_and(|reading| reading.article.id == hit.id);
    let look = if is_shown { theme.style(Meaning::Selection) } else { theme.style(Meaning::Muted) };
    if is_shown {
        paint::fill(buf, line, " ", look);
    }
    let (line, found) = (line.inside(), theme.style(Meaning::Match));
    paint::row(buf, line, &paint::line(&snippet.text, line.width), |src| {
        let is_found = snippet.hits.iter().any(|span| span.overlaps(src));
        if is_found { look.patch(found) } else { look }
    });
}

/// Why nothing is listed, in sentences, and below what would be.
fn explanation(model: &Model, explained: &Explained, theme: &Theme, area: Area, buf: &mut Buffer) {
    let (side, suggestions) = (model.side, &explained.explanation.suggestions);
    let title = paint::line(empty(model).lines().next().unwrap_or_default(), area.inside().width);
    paint::row(buf, line_of(area, 0).inside(), &title, |_| theme.style(Meaning::Title));
    let reasons = reasons(&explained.explanation);
    // What can be done comes before all reasons where there is little room.
    let room = usize::from(area.height).saturating_sub(2);
    let kept = room.saturating_sub(suggestions.len().min(room / 2)).min(reasons.len());
    for (n, reason) in reasons.iter().take(kept).enumerate() {
        paint::text(buf, line_of(area, n + 1).inside(), reason, theme.style(Meaning::Text), side);
    }
    let hint = match (suggestions.is_empty(), model.filtering) {
        (true, _) => "esc clears the filter",
        (false, true) => "enter, and enter again takes a suggestion:",
        (false, false) => "enter takes a suggestion, esc clears the filter:",
    };
    paint::text(buf, line_of(area, kept + 1).inside(), hint, theme.style(Meaning::Muted), side);
    let rows = room.saturating_sub(kept).max(1);
    let first = (explained.cursor + 1).saturating_sub(rows);
    for (n, suggestion) in suggestions.iter().enumerate().skip(first).take(rows) {
        let line = line_of(area, kept + 2 + n - first);
        if n == explained.cursor {
            cursor_bar(model, theme, line, buf);
        }
        paint::text(buf, line.inside().after(1, side), &suggested(suggestion), theme.style(Meaning::Notice), side);
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

//! The pane of cards: who said it and how, what was said, and when, where and by how many it is carried.

use ratatui::buffer::Buffer;

use super::{cursor_bar, line_of, message, pane_title};
use crate::{
    app::{Area, Focus, Model, Side, card_rows, differences, joined, origin},
    domain::{Card, Manner, Polarity, Reach},
    text::{
        Span, clean_line,
        layout::{self, Base, Options, Row},
    },
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let cards = model.said.shown();
    let (name, same) = match &model.said.opened {
        Some((card, _)) => ("Carried by", Some(card)),
        None => ("Statements", None),
    };
    let total = cards.total.to_string();
    let place = if cards.total > 0 { format!("{:>1$}/{total}", cards.cursor + 1, total.len()) } else { String::new() };
    pane_title(model, theme, Focus::List, area, name, &place, buf);
    let inside = area.below_title();
    if cards.total == 0 {
        let text = empty(model);
        message(
            buf,
            Area { y: inside.y + 1.min(inside.height), height: inside.height.saturating_sub(1), ..inside }.inside(),
            &text,
            theme.style(Meaning::Title),
            theme.style(Meaning::Muted),
        );
        return;
    }
    let height = usize::from(card_rows(model.size));
    for (n, index) in cards.visible(model.card_entries()).enumerate() {
        let lines: Vec<Area> = (0..height).map(|row| line_of(inside, n * height + row)).collect();
        if index == cards.cursor {
            lines.iter().for_each(|line| cursor_bar(model, theme, *line, buf));
        }
        let lines: Vec<Area> = lines.into_iter().map(Area::inside).collect();
        match cards.at(index) {
            Some(card) => entry(theme, card, same, &lines, buf),
            // On its way.
            None => drop(paint::text(buf, lines[0], "…", theme.style(Meaning::Muted), model.side)),
        }
    }
}

/// Paints a card; `same` is the one whose wording it is compared with.
fn entry(theme: &Theme, card: &Card, same: Option<&Card>, lines: &[Area], buf: &mut Buffer) {
    let [head, text @ .., foot] = lines else { return };
    let side = if card.hit.language.is_rtl() { Side::Right } else { Side::Left };
    let base = if side == Side::Right { Base::Rtl } else { Base::Ltr };
    let polarity = match card.polarity {
        Polarity::Asserted => String::new(),
        other => format!("{} · ", other.label()),
    };
    let sure = format!("{polarity}{} {}%", card.manner.label(), card.evidence.confidence);
    let line = paint::text_at_end(buf, *head, &sure, theme.style(Meaning::Muted), side);
    let (name, look) = match (card.speaker_name(), &card.who) {
        (Some(name), Some(who)) => (clean_line(name), theme.style(kind_meaning(who.kind))),
        (Some(name), None) => (clean_line(name), theme.style(Meaning::Speaker)),
        (None, _) => ("unknown".to_owned(), theme.style(Meaning::Muted)),
    };
    let rest = paint::text(buf, line.first(line.width.saturating_sub(1), side), &name, look, side);
    if let Some(cue) = &card.cue {
        let cue = cue.text.split_whitespace().collect::<Vec<_>>().join(" ");
        paint::text(buf, rest.after(1, side), &cue, theme.style(Meaning::Cue), side);
    }
    words(theme, card, same, text, base, buf);
    if let Some(line) = joined(place(card)) {
        let row = line.row(foot.width, &Options { base, ..Options::default() });
        paint::row(buf, *foot, &row, |_| theme.style(Meaning::Muted));
    }
}

/// What was said, in quotation marks where these are the speaker's own words.
fn words(theme: &Theme, card: &Card, same: Option<&Card>, lines: &[Area], base: Base, buf: &mut Buffer) {
    let marks = match (card.manner, base) {
        (Manner::Direct, Base::Rtl) => ("«", "»"),
        (Manner::Direct, _) => ("“", "”"),
        _ => ("", ""),
    };
    let shown = format!("{}{}{}", marks.0, card.text, marks.1);
    let differ = same.map(|same| differences(&card.text, &same.text)).unwrap_or_default();
    let shift = marks.0.len() as u32;
    let within = |spans: &[Span], src: Span| {
        spans.iter().any(|span| Span { start: span.start + shift, end: span.end + shift }.overlaps(src))
    };
    let (text, found, other) = (theme.style(Meaning::Text), theme.style(Meaning::Match), theme.style(Meaning::Warning));
    for (line, row) in lines.iter().zip(rows(&shown, lines, base)) {
        paint::row(buf, *line, &row, |src| {
            let look = if within(&differ, src) { text.patch(other) } else { text };
            if within(&card.text_hits, src) { look.patch(found) } else { look }
        });
    }
}

/// The rows of a text, the last one cut short where there is more.
fn rows(text: &str, lines: &[Area], base: Base) -> Vec<Row> {
    let width = lines.first().map_or(0, |line| line.width).max(1);
    let options = Options { base, ..Options::default() };
    let mut rows = layout::rows(text, width, &options);
    if rows.len() > lines.len() {
        rows.truncate(lines.len());
        if let Some(last) = rows.last_mut() {
            let start = last.src.start;
            let mut cut = layout::line(&text[start as usize..], width, &options);
            let moved = |span: Span| Span { start: span.start + start, end: span.end + start };
            cut.src = moved(cut.src);
            cut.clusters.iter_mut().for_each(|cluster| cluster.src = moved(cluster.src));
            *last = cut;
        }
    }
    rows
}

/// Date and outlet; of several carriers how many there are, and which one was first; and where only the title names the topic, that.
fn place(card: &Card) -> [Option<String>; 4] {
    let about = (card.about == Some(Reach::Title)).then(|| "topic in the title".to_owned());
    let date = card.hit.published.map(|date| date.to_string());
    let outlet = origin(card.hit.outlet.as_deref(), Some(&card.hit.source));
    let Some(first) = &card.first else { return [date, outlet, None, about] };
    let on = first.published.map(|date| format!(" on {date}")).unwrap_or_default();
    let carried = format!("carried by {}, first by \u{2068}{}\u{2069}{on}", card.carriers.len(), first.outlet);
    // What is shown of the first need not be said of it again.
    if first.id == card.id { [Some(carried), None, None, about] } else { [date, outlet, Some(carried), about] }
}

fn empty(model: &Model) -> String {
    if !model.said.cards.loaded {
        return String::new();
    }
    match model.is_narrowed() {
        true => "Nobody has said this\n\nEsc clears the filter, Backspace takes back a speaker.".to_owned(),
        false => "No statements yet\n\nThey are read out of articles as these come in.".to_owned(),
    }
}

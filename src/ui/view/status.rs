//! The last line: what the reader should know, how far an import is, or which keys help.

use ratatui::buffer::Buffer;

use crate::{
    app::{Area, Command, Context, Import, Key, Model, Severity, View},
    domain::Progress,
    ui::{Meaning, Theme, paint},
};

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let area = area.inside();
    let side = model.side;
    let begun = begun(model);
    let area = if begun.is_empty() { area } else { paint::text_at_end(buf, area, &begun, theme.style(Meaning::Focus), side) };
    if let Some(notice) = &model.notice {
        let meaning = match notice.severity {
            Severity::Info => Meaning::Notice,
            Severity::Warning => Meaning::Warning,
            Severity::Error => Meaning::Error,
        };
        // Whoever sees the program for the first time must not wait for the notice to go.
        let help = shown_keys(model, &[(Command::Help, "keys")]);
        let words = paint::line(&notice.text, u16::MAX).width();
        let fits = words + paint::line(&help, u16::MAX).width() + 2 <= area.width;
        let area = if fits { paint::text_at_end(buf, area, &help, theme.style(Meaning::Muted), side) } else { area };
        paint::text(buf, area, &notice.text, theme.style(meaning), side);
    } else if let Import::Running(progress) = &model.import {
        paint::text(buf, area, &reading(progress), theme.style(Meaning::Notice), side);
    } else if let Some(problem) = model.problems().first() {
        paint::text(buf, area, &problem.text, theme.style(Meaning::Warning), side);
    } else if let Some(text) = respelled(model) {
        paint::text(buf, area, &text, theme.style(Meaning::Notice), side);
    } else {
        paint::text(buf, area, &keys(model), theme.style(Meaning::Muted), side);
    }
}

/// The count and the keys typed so far towards a command.
fn begun(model: &Model) -> String {
    let count = model.count.map(|count| count.to_string());
    count.into_iter().chain(model.pending.iter().map(ToString::to_string)).collect::<Vec<String>>().join(" ")
}

fn reading(progress: &Progress) -> String {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let Progress { bytes_read, bytes_total, read, .. } = *progress;
    if let Some((done, of)) = progress.renewing {
        let part = (done.min(of) as u128 * 100) / u128::from(of.max(1));
        return format!("making the search index anew: {part}%; searches use the old one");
    }
    if bytes_total == 0 {
        return "looking for files …".to_owned();
    }
    let part = (bytes_read.min(bytes_total) as u128 * 100) / u128::from(bytes_total);
    format!("reading files: {part}% of {:.1} MB, {read} articles", megabytes(bytes_total))
}

/// Says that other words were taken than those typed.
fn respelled(model: &Model) -> Option<String> {
    let one = |(typed, taken): &(String, Vec<String>)| match taken.is_empty() {
        true => format!("no article has \u{2068}{typed}\u{2069}"),
        false => {
            let taken: Vec<String> = taken.iter().map(|word| format!("\u{2068}{word}\u{2069}")).collect();
            format!("no article has \u{2068}{typed}\u{2069}; showing {}", taken.join(", "))
        }
    };
    let words = if model.view == View::Statements { &model.said.cards.respelled } else { &model.list.respelled };
    let said: Vec<String> = words.iter().map(one).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// A few keys to begin with; help has the rest.
fn keys(model: &Model) -> String {
    let shown = if model.reader.selection.is_some() {
        vec![
            (Command::CopyPassage, "copy"),
            (Command::Note, "note"),
            (Command::NextWord, "word"),
            (Command::SelectParagraph, "paragraph"),
            (Command::OtherEnd, "other end"),
            (Command::Back, "leave"),
            (Command::Help, "keys"),
        ]
    } else if model.proposes() {
        vec![
            (Command::Complete, "next"),
            (Command::CompleteBack, "previous"),
            (Command::Accept, "take"),
            (Command::Cancel, "close"),
        ]
    } else if model.filtering {
        vec![
            (Command::Accept, "keep"),
            (Command::Complete, "complete"),
            (Command::Cancel, "clear"),
            (Command::Next, "next"),
            (Command::Help, "all keys"),
        ]
    } else if matches!(model.context(), Context::Facets | Context::Timeline) {
        let is_chosen = !model.strip.walking
            && model.facets.current().is_some_and(|(clause, _)| model.facets.is_chosen(clause) == Some(false));
        vec![
            (Command::Include, if is_chosen { "not only these" } else { "only these" }),
            (Command::Exclude, "leave out"),
            (Command::ZoomIn, "shorter"),
            (Command::ZoomOut, "longer"),
            if model.strip.walking { (Command::Timeline, "hide") } else { (Command::Facets, "hide") },
            (Command::Back, "back"),
            (Command::Help, "keys"),
        ]
    } else if model.view == View::Statements {
        vec![
            (Command::Help, "keys"),
            (Command::Filter, "filter"),
            (Command::Open, "read there"),
            (Command::Carriers, "carriers"),
            (Command::Names, "speakers"),
            (Command::Why, "why"),
            (Command::Back, "back"),
        ]
    } else {
        vec![
            (Command::Help, "keys"),
            (Command::Filter, "filter"),
            (Command::NextPane, "next pane"),
            (Command::Names, "names"),
            if model.filter.is_empty() { (Command::Widen, "widen") } else { (Command::Clear, "clear filter") },
            (Command::Back, "back"),
        ]
    };
    shown_keys(model, &shown)
}

/// Commands with the keys that a beginner would try for them, as far as they work here.
fn shown_keys(model: &Model, shown: &[(Command, &str)]) -> String {
    let bindings = model.keymap.bindings(model.context_below_help(), &[]);
    let hint = |(command, what): &(Command, &str)| {
        let mut bound = bindings.iter().filter(|(_, bound)| bound == command && model.works(*command)).map(|(keys, _)| keys);
        // The key that a beginner would try, where there is one.
        let keys = bound.clone().find(|keys| !matches!(keys[..], [Key::Ctrl(_)])).or_else(|| bound.next())?;
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        Some(format!("{} {what}", keys.join(" ")))
    };
    shown.iter().filter_map(hint).collect::<Vec<String>>().join("   ")
}

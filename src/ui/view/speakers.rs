//! The pane of those who speak: each with the number of cards, and below the one under the cursor its other spellings.

use ratatui::buffer::Buffer;

use super::{cursor_bar, line_of, pane_title};
use crate::{
    app::{Area, Focus, Model, Voice},
    domain::Speaker,
    ui::{Meaning, Theme, paint, theme::kind_meaning},
};

/// Columns of the counts, with the blank after them.
const COUNT: u16 = 6;

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let (said, side) = (&model.said, model.side);
    let known = said.speakers.named.len();
    let extra = if known > 0 { known.to_string() } else { String::new() };
    pane_title(model, theme, Focus::Names, area, "Speakers", &extra, buf);
    let inside = area.below_title();
    let mut row = 0;
    for (index, voice) in said.voices().into_iter().enumerate().skip(said.speaker_top) {
        let line = line_of(inside, row);
        if line.height == 0 {
            return;
        }
        let has_cursor = index == said.speaker_cursor;
        if has_cursor && model.focus == Focus::Names {
            cursor_bar(model, theme, line, buf);
        }
        entry(model, theme, voice, has_cursor, line.inside(), buf);
        row += 1;
        let aliases = voice.speaker().map(|speaker| speaker.who.aliases.as_slice()).unwrap_or_default();
        if has_cursor && model.focus == Focus::Names && !aliases.is_empty() {
            let line = line_of(inside, row).inside().after(COUNT, side);
            let names = aliases.iter().map(|alias| format!("\u{2068}{alias}\u{2069}")).collect::<Vec<_>>().join(" · ");
            paint::row(buf, line, &paint::line(&names, line.width), |_| theme.style(Meaning::Muted));
            row += 1;
        }
    }
}

fn entry(model: &Model, theme: &Theme, voice: Voice<'_>, has_cursor: bool, line: Area, buf: &mut Buffer) {
    let (said, side) = (&model.said, model.side);
    let count = line.first(COUNT - 1, side);
    let cards = voice.cards(&said.speakers).to_string();
    paint::text_at_end(buf, count, &cards, theme.style(Meaning::Muted), side);
    let line = line.after(COUNT, side);
    let (name, meaning) = match voice {
        Voice::Everybody => ("everybody", Meaning::Text),
        Voice::Unnamed => ("unnamed sources", Meaning::Muted),
        Voice::Unknown => ("unknown", Meaning::Muted),
        Voice::Named(Speaker { who, .. }) => (who.name.as_str(), kind_meaning(who.kind)),
        Voice::Source(Speaker { who, .. }) => (who.name.as_str(), Meaning::Speaker),
    };
    // Sources stand below their group.
    let line = if matches!(voice, Voice::Source(_)) { line.after(2, side) } else { line };
    let look = theme.style(meaning);
    let look = if said.is_chosen(voice) { look.patch(theme.style(Meaning::Selection)) } else { look };
    // Other spellings are shown below the one under the cursor; of the others it is said how many there are.
    let spellings = voice.speaker().map_or(0, |speaker| speaker.who.aliases.len());
    let more =
        if spellings > 0 && !(has_cursor && model.focus == Focus::Names) { format!(" +{spellings}") } else { String::new() };
    let line = if more.is_empty() { line } else { paint::text_at_end(buf, line, &more, theme.style(Meaning::Muted), side) };
    paint::row(buf, line, &paint::line(name, line.width), |_| look);
}

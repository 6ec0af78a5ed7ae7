//! The facets pane: what the filter chooses already, then people, places, outlets and so on with how many articles have them.

use ratatui::buffer::Buffer;

use super::{cursor_bar, line_of, pane_title};
use crate::{
    app::{Area, FacetRow, Focus, Model, Panel},
    domain::Aspect,
    ui::{Meaning, Theme, paint},
};

pub(super) fn draw(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let (pane, side) = (&model.facets, model.side);
    let extra = if pane.is_current { "" } else { "counting …" };
    pane_title(model, theme, Focus::Names, area, "In the list", extra, buf);
    let inside = area.below_title();
    if pane.rows.is_empty() && pane.is_current {
        paint::text(buf, inside.inside(), "nothing to choose from", theme.style(Meaning::Muted), side);
        return;
    }
    let (columns, height) = (Panel::columns(area.width), usize::from(inside.height).max(1));
    let width = area.width / columns;
    let digits = pane.facets.facets.iter().map(|facet| facet.articles).max().unwrap_or(0).to_string().len().max(3);
    let digits = u16::try_from(digits).unwrap_or(0);
    for (n, row) in pane.rows.iter().enumerate().skip(pane.top).take(height * usize::from(columns)) {
        let shown = n - pane.top;
        let column = u16::try_from(shown / height).unwrap_or(u16::MAX);
        let line = line_of(inside, shown % height).after(column * width, side).first(width, side);
        let is_here = n == pane.cursor && model.focus == Focus::Names;
        match row {
            FacetRow::Chosen => drop(paint::text(buf, line.inside(), "Chosen", theme.style(Meaning::Title), side)),
            FacetRow::Heading(aspect) => {
                paint::text(buf, line.inside(), heading(*aspect), theme.style(Meaning::Title), side);
            }
            FacetRow::Choice(index) => {
                if let Some(choice) = pane.chosen.get(*index) {
                    let look = Line { digits, sign: sign(Some(choice.excluded)), count: None, is_here, meaning: Meaning::Text };
                    entry(model, theme, &choice.name, &look, line, buf);
                }
            }
            FacetRow::Facet(index) => {
                if let Some(facet) = pane.facets.facets.get(*index) {
                    let (sign, count) = (sign(pane.is_chosen(&facet.clause)), Some(facet.articles));
                    let shown = Line { digits, sign, count, is_here, meaning: meaning(facet.aspect) };
                    entry(model, theme, &facet.name, &shown, line, buf);
                }
            }
        }
    }
}

/// How a row is shown, besides its name.
struct Line {
    /// Columns of the counts.
    digits: u16,
    sign: &'static str,
    count: Option<usize>,
    is_here: bool,
    meaning: Meaning,
}

fn entry(model: &Model, theme: &Theme, name: &str, shown: &Line, line: Area, buf: &mut Buffer) {
    let side = model.side;
    let look = theme.style(shown.meaning);
    let look = if shown.is_here { look.patch(theme.style(Meaning::Selection)) } else { look };
    if shown.is_here {
        cursor_bar(model, theme, line, buf);
    }
    let line = line.inside();
    paint::text(buf, line.first(1, side), shown.sign, theme.style(Meaning::Focus), side);
    let line = line.after(1, side);
    if let Some(count) = shown.count {
        // The counts of another answer are no counts of this one.
        let look = theme.style(if model.facets.is_current { Meaning::Text } else { Meaning::Muted });
        paint::text_at_end(buf, line.first(shown.digits, side), &count.to_string(), look, side);
    }
    let line = line.after(shown.digits + 1, side);
    paint::row(buf, line, &paint::line(name, line.width), |_| look);
}

fn sign(excluded: Option<bool>) -> &'static str {
    match excluded {
        None => "",
        Some(false) => "+",
        Some(true) => "-",
    }
}

fn heading(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::People => "People",
        Aspect::Places => "Places",
        Aspect::Organisations => "Organisations",
        Aspect::Outlets => "Outlets",
        Aspect::Languages => "Languages",
        Aspect::Months => "Months",
        Aspect::States => "Reading",
        Aspect::Tags => "Tags",
    }
}

fn meaning(aspect: Aspect) -> Meaning {
    match aspect {
        Aspect::People => Meaning::Person,
        Aspect::Places => Meaning::Place,
        Aspect::Organisations => Meaning::Organisation,
        Aspect::Months => Meaning::Date,
        Aspect::Outlets | Aspect::Languages | Aspect::States | Aspect::Tags => Meaning::Text,
    }
}

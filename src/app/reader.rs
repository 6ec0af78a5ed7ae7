//! The article on show: its rows, what is marked in them, and where the reader stands.

use super::{
    Area, Selection, Typography,
    heading::{byline, noted},
};
use crate::{
    domain::{Entity, EntityId, Kind, Reading},
    text::{
        Span,
        layout::{self, Base, Row},
    },
};

/// Rows of text that stay in sight above a place that was jumped to, as a part of the pane's height.
const LEAD: usize = 3;

/// What a part of the text is marked as, from the weakest to the strongest: where several meet, later ones are laid over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Part of the page, not of the report.
    Furniture,
    /// A passage with a note.
    Noted,
    /// Words that somebody said.
    Quote,
    /// The words that name who said it.
    Speaker,
    /// The verb of saying.
    Cue,
    /// A name or date of this kind.
    Kind(Kind),
    /// A mention of the name under the panel's cursor.
    Chosen,
    /// A place that the filter found.
    Match,
    /// Where the reader stands.
    Here,
    /// Part of the passage that is being selected.
    Selected,
}

/// A mark and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What it is.
    pub mark: Mark,
    /// Where it is, in bytes of the article.
    pub span: Span,
}

/// What a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Title,
    /// Date, outlet and language; its positions are not those of the article.
    Byline,
    /// The text.
    Body,
    /// What readers have noted: star, tags, a note; its positions are not those of the article.
    Note,
    /// Nothing; it keeps paragraphs apart.
    Blank,
}

/// One row of the article as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRow {
    /// What it belongs to.
    pub part: Part,
    /// Its clusters; their positions are bytes of the article.
    pub row: Row,
}

/// The article on show, laid out for its pane.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The article; `None` while there is none to show.
    pub reading: Option<Box<Reading>>,
    /// Its rows, from the title to the end.
    pub rows: Vec<TextRow>,
    /// The first visible row.
    pub top: usize,
    /// The name or hit on which the reader stands.
    pub here: Option<Span>,
    /// The passage that is being selected.
    pub selection: Option<Selection>,
    /// Whether the reader has scrolled since the article is on show.
    pub(super) moved: bool,
    pub(super) marks: Vec<Marked>,
    typography: Typography,
    width: u16,
    height: u16,
}

impl Reader {
    /// Shows an article from its top, or from where it stood if it is the one on show already.
    pub(super) fn show(&mut self, reading: Option<Box<Reading>>) {
        let id = |reading: &Option<Box<Reading>>| reading.as_ref().map(|reading| reading.article.id);
        let same = id(&self.reading) == id(&reading);
        self.reading = reading;
        self.marks = self.reading.as_deref().map(marks).unwrap_or_default();
        self.here = None;
        self.selection = self.selection.filter(|_| same);
        self.moved &= same;
        let top = self.top;
        self.lay_out();
        self.scroll_to(if same { top } else { 0 });
    }

    /// Lays the article out for a pane of another size, with the same text at its top.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        if (self.width, self.height) == (width, height) {
            return;
        }
        let shown = self.first_shown();
        (self.width, self.height) = (width, height);
        self.lay_out_from(shown);
    }

    /// Sets the text otherwise, with the same text at its top.
    pub(super) fn set(&mut self, typography: Typography) {
        let shown = self.first_shown();
        self.typography = typography;
        self.lay_out_from(shown);
    }

    fn first_shown(&self) -> Option<u32> {
        self.rows.get(self.top).filter(|row| row.part == Part::Body).map(|row| row.row.src.start)
    }

    fn lay_out_from(&mut self, shown: Option<u32>) {
        self.lay_out();
        let top = shown.and_then(|start| self.row_of(Span { start, end: start + 1 })).unwrap_or(self.top);
        self.scroll_to(top);
    }

    /// Columns of the text: those of the pane, up to what is easy to read.
    pub fn columns(&self) -> u16 {
        self.width.min(self.typography.measure)
    }

    /// Where the lines stand in the pane of the text: a pane wider than the lines leaves half of the rest on either side.
    pub fn lines(&self, pane: Area) -> Area {
        let inside = pane.below_title().inside();
        let columns = self.columns().min(inside.width);
        Area { x: inside.x + (inside.width - columns) / 2, width: columns, ..inside }
    }

    /// Rows of the pane.
    pub fn height(&self) -> usize {
        usize::from(self.height)
    }

    /// What is marked in a part of the article, weakest first.
    pub fn marks_in(&self, span: Span) -> Vec<Marked> {
        let noted = self.noted_passages().into_iter().map(|span| Marked { mark: Mark::Noted, span });
        let here = self.here.map(|span| Marked { mark: Mark::Here, span });
        let selected = self.selected().map(|span| Marked { mark: Mark::Selected, span });
        let all = noted.chain(self.marks.iter().copied()).chain(here).chain(selected);
        all.filter(|marked| marked.span.overlaps(span)).collect()
    }

    /// Marks the mentions of one entity, or of none.
    pub(super) fn choose(&mut self, entity: Option<&EntityId>) {
        self.marks.retain(|marked| marked.mark != Mark::Chosen);
        let Some(entity) = entity else { return };
        let mentions = self.mentions_of(entity);
        self.marks.extend(mentions.into_iter().map(|span| Marked { mark: Mark::Chosen, span }));
        self.marks.sort_by_key(|marked| marked.mark);
    }

    /// Scrolls so that `row` is the first one, as far as there is text.
    pub(super) fn scroll_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
        // Where somebody stands is remembered only while it can be seen.
        if self.here.is_some_and(|here| !self.is_visible(here)) {
            self.here = None;
        }
    }

    /// Lays out again what readers have noted, with the same text at the top.
    pub(super) fn restate(&mut self) {
        let (top, rows) = (self.top, self.rows.len());
        self.lay_out();
        let grown = self.rows.len() as isize - rows as isize;
        self.scroll_to(if top == 0 { 0 } else { top.saturating_add_signed(grown) });
    }

    /// The first byte of the article that is on the screen; 0 at its top.
    pub fn position(&self) -> u32 {
        let shown = self.rows.iter().skip(self.top).find(|row| row.part == Part::Body);
        shown.filter(|_| self.top > 0).map_or(0, |row| row.row.src.start)
    }

    /// Scrolls so that the row with this byte is the first one.
    pub(super) fn go_to(&mut self, byte: u32) {
        if let Some(row) = self.row_of(Span { start: byte, end: byte + 1 }) {
            self.scroll_to(row);
        }
    }

    /// Whether the end of the text is in sight.
    pub fn is_at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// Steps to the next or previous of some places in the text and stands there; says whether there was one.
    pub(super) fn step(&mut self, places: &[Span], forward: bool) -> bool {
        let mut rows: Vec<(usize, Span)> = places.iter().filter_map(|span| Some((self.row_of(*span)?, *span))).collect();
        rows.sort_by_key(|(row, span)| (*row, span.start));
        let from = self.here.and_then(|here| Some((self.row_of(here)?, here.start)));
        let next = match (forward, from) {
            (true, Some(from)) => rows.iter().find(|(row, span)| (*row, span.start) > from),
            (true, None) => rows.iter().find(|(row, _)| *row >= self.top),
            (false, Some(from)) => rows.iter().rfind(|(row, span)| (*row, span.start) < from),
            (false, None) => rows.iter().rfind(|(row, _)| *row < self.top + self.height()),
        };
        let Some((_, span)) = next.copied() else { return false };
        self.stand(span);
        true
    }

    /// Stands on a place and scrolls it into sight.
    pub(super) fn stand(&mut self, span: Span) {
        self.reveal(span);
        self.here = Some(span);
    }

    /// Scrolls a place into sight, with some text above it.
    pub(super) fn reveal(&mut self, span: Span) {
        let Some(row) = self.row_of(span) else { return };
        if row < self.top || row >= self.top + self.height().max(1) {
            self.scroll_to(row.saturating_sub(self.height() / LEAD));
        }
    }

    /// Where the filter matches.
    pub fn hits(&self) -> &[Span] {
        self.reading.as_ref().map_or(&[], |reading| &reading.hits)
    }

    /// Where persons, places and bodies are named, in order.
    pub(super) fn names(&self) -> Vec<Span> {
        let Some(reading) = &self.reading else { return Vec::new() };
        reading.extraction.mentions.iter().filter(|mention| mention.kind != Kind::Date).map(|mention| mention.span).collect()
    }

    /// The passages with notes, in order.
    pub(super) fn noted_passages(&self) -> Vec<Span> {
        let notes = self.reading.iter().flat_map(|reading| &reading.marks.notes);
        // A passage whose words are gone stands nowhere.
        let mut spans: Vec<Span> = notes.filter_map(|note| note.passage.as_ref()).map(|passage| passage.span).collect();
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        spans
    }

    /// Where one entity is mentioned.
    pub(super) fn mentions_of(&self, entity: &EntityId) -> Vec<Span> {
        let Some(reading) = &self.reading else { return Vec::new() };
        let is_it = |name: usize| reading.entities.get(name).is_some_and(|known| known.id == *entity);
        let mentions = reading.extraction.mentions.iter().filter(|mention| is_it(mention.name.0 as usize));
        mentions.map(|mention| mention.span).collect()
    }

    /// The entity on whose mention the reader stands.
    pub fn entity_here(&self) -> Option<&Entity> {
        let (reading, here) = (self.reading.as_ref()?, self.here?);
        let mention = reading.extraction.mentions.iter().find(|mention| mention.span == here && mention.kind != Kind::Date)?;
        reading.entities.get(mention.name.0 as usize)
    }

    /// The number of the hit on which the reader stands, from 1.
    pub fn hit_here(&self) -> Option<usize> {
        let here = self.here?;
        self.hits().iter().position(|hit| *hit == here).map(|index| index + 1)
    }

    fn is_visible(&self, span: Span) -> bool {
        self.row_of(span).is_some_and(|row| row >= self.top && row < self.top + self.height().max(1))
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height().max(1))
    }

    pub(super) fn row_of(&self, span: Span) -> Option<usize> {
        let holds = |row: &TextRow| matches!(row.part, Part::Title | Part::Body) && row.row.src.has(span.start as usize);
        self.rows.iter().position(holds)
    }

    fn lay_out(&mut self) {
        self.rows.clear();
        let Some(reading) = &self.reading else { return };
        let Typography { between_paragraphs, between_rows, tatweel, shaping, .. } = self.typography;
        let (width, options) = (self.columns().max(1), layout::Options { shaping, tatweel, ..layout::Options::default() });
        let (text, header) = (&reading.article.text, &reading.extraction.header);
        let title = header.title;
        for mut row in layout::rows(title.of(text), width, &options) {
            shift(&mut row, title.start);
            self.rows.push(TextRow { part: Part::Title, row });
        }
        let rtl = self.rows.first().map_or(header.language.is_rtl(), |title| title.row.rtl);
        if let Some(row) = byline(reading, width, &layout::Options { base: if rtl { Base::Rtl } else { Base::Ltr }, ..options }) {
            self.rows.push(TextRow { part: Part::Byline, row });
        }
        let base = if rtl { Base::Rtl } else { Base::Ltr };
        for note in noted(&reading.marks) {
            let rows = layout::rows(&note, width, &layout::Options { base, ..options });
            self.rows.extend(rows.into_iter().map(|row| TextRow { part: Part::Note, row }));
        }
        // What the title has shown is not shown again.
        let repeats =
            header.furniture.iter().filter(|furniture| furniture.why == "repeated title").map(|furniture| furniture.span);
        let hidden: Vec<Span> = repeats.chain([title]).collect();
        let mut blank = true;
        for row in layout::rows(text, width, &options) {
            let words = words_of(row.src, text);
            if words.is_empty() {
                blank = true;
            } else if !hidden.iter().any(|span| span.contains(words)) {
                let gap = if std::mem::take(&mut blank) { between_paragraphs } else { between_rows };
                let empty = Row { clusters: Vec::new(), rtl: row.rtl, src: Span::default() };
                let gap = if self.rows.is_empty() { 0 } else { usize::from(gap) };
                self.rows.extend(std::iter::repeat_n(TextRow { part: Part::Blank, row: empty }, gap));
                self.rows.push(TextRow { part: Part::Body, row });
            }
        }
    }
}

fn marks(reading: &Reading) -> Vec<Marked> {
    let extraction = &reading.extraction;
    let mut marks: Vec<Marked> = Vec::new();
    let mut add = |mark: Mark, span: Span| marks.push(Marked { mark, span });
    extraction.header.furniture.iter().for_each(|furniture| add(Mark::Furniture, furniture.span));
    for statement in &extraction.statements {
        statement.content.iter().for_each(|span| add(Mark::Quote, *span));
        statement.speaker.iter().for_each(|span| add(Mark::Speaker, *span));
        statement.cue.iter().for_each(|span| add(Mark::Cue, *span));
    }
    extraction.mentions.iter().for_each(|mention| add(Mark::Kind(mention.kind), mention.span));
    reading.hits.iter().for_each(|span| add(Mark::Match, *span));
    marks.sort_by_key(|marked| marked.mark);
    marks
}

/// A row without the blanks at its ends.
fn words_of(row: Span, text: &str) -> Span {
    let words = row.of(text);
    let start = row.start as usize + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// Moves positions in a part of the text to positions in the whole.
fn shift(row: &mut Row, by: u32) {
    let shifted = |span: Span| Span { start: span.start + by, end: span.end + by };
    row.src = shifted(row.src);
    row.clusters.iter_mut().for_each(|cluster| cluster.src = shifted(cluster.src));
}

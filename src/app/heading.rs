//! What stands above a text: date, outlet, writers and language, and below them what readers have noted.

use crate::{
    domain::{Language, Marks, Note, Reading, Source},
    text::{
        clean_line,
        layout::{Line, Options, Row},
    },
};

/// Characters of a noted passage that are shown beside its note; the passage itself is marked in the text.
const QUOTED: usize = 40;

/// Date, outlet, writers and language of an article in one row, as far as they are known; the file where no outlet is.
pub(super) fn byline(reading: &Reading, width: u16, options: &Options) -> Option<Row> {
    let header = &reading.extraction.header;
    let date = header.published.map(|date| date.to_string());
    let origin = origin(header.outlet.as_deref(), reading.article.sources.first());
    let writers = header.byline.iter().map(|writer| Some(clean_line(writer)));
    let language = (header.language != Language::UNKNOWN).then(|| header.language.code().to_owned());
    joined([date, origin].into_iter().chain(writers).chain([language])).map(|line| line.row(width, options))
}

/// What readers have noted about an article, a line each.
pub(super) fn noted(marks: &Marks) -> Vec<String> {
    let tags = marks.tags.iter().map(|tag| format!("\u{2068}#{}\u{2069}", clean_line(tag)));
    let signs: Vec<String> = marks.starred.then(|| "★".to_owned()).into_iter().chain(tags).collect();
    let notes = marks.notes.iter().map(said);
    (!signs.is_empty()).then(|| signs.join(" ")).into_iter().chain(notes).collect()
}

/// Who published an article; where that is not known, the name of the file it was read from.
pub(crate) fn origin(outlet: Option<&str>, source: Option<&Source>) -> Option<String> {
    let file = || source.and_then(|source| source.file.rsplit(['/', '\\']).next());
    outlet.or_else(file).map(clean_line)
}

/// Fields with dots between them; `None` where there is no field.
pub(crate) fn joined(fields: impl IntoIterator<Item = Option<String>>) -> Option<Line<()>> {
    fields.into_iter().flatten().fold(None, |line, field| {
        let line = line.map_or_else(Line::new, |line: Line<()>| line.literal(" · ", ()));
        Some(line.field(&field, ()))
    })
}

/// A note, and the beginning of the passage that it is about.
fn said(note: &Note) -> String {
    let text = clean_line(&note.text);
    let Some(passage) = &note.passage else { return format!("¶ \u{2068}{text}\u{2069}") };
    let quote = clean_line(&passage.quote);
    let end = quote.char_indices().nth(QUOTED).map_or(quote.len(), |(at, _)| at);
    let more = if end < quote.len() { "…" } else { "" };
    format!("¶ \u{2068}{text}\u{2069} · \u{2068}{}{more}\u{2069}", &quote[..end])
}

//! What can be taken out of the article on show: a citation, a paragraph, its text, where it lies, its id. All of it is the text as
//! it is stored, in logical order and in plain letters; what the screen shows is never taken.

use super::{Command, Part, Reader, origin};
use crate::{
    domain::{Reading, Source},
    text::{Span, clean_line, layout::isolate},
};

/// Makes a paragraph that begins with isolated fields run from right to left, for isolates do not count when its direction is found.
const RIGHT_TO_LEFT_MARK: &str = "\u{200F}";

/// What a command takes out of the article on show, and what that is called; `None` without an article, or without such a part.
pub(super) fn taken(reader: &Reader, command: Command) -> Option<(&'static str, String)> {
    let reading = reader.reading.as_deref()?;
    Some(match command {
        Command::CopyCitation => ("citation", citation(reading)),
        Command::CopyParagraph => ("paragraph", paragraph(reader, reading)?.of(&reading.article.text).trim().to_owned()),
        Command::CopyArticle => ("article", reading.article.text.clone()),
        Command::CopyLink => match link(reading)? {
            Link::Url(url) => ("link", url),
            Link::File(path) => ("file path", path),
        },
        Command::CopyId => ("id", reading.article.id.to_string()),
        _ => return None,
    })
}

/// Where an article can be had as it was published or kept.
pub(super) enum Link {
    /// An address.
    Url(String),
    /// The file it was read from.
    File(String),
}

/// The address of an article; where its record had none, the file it was first read from.
pub(super) fn link(reading: &Reading) -> Option<Link> {
    let url = reading.article.fields.url.as_deref().map(clean_line).filter(|url| !url.is_empty());
    let file = || reading.article.sources.first().map(|source: &Source| source.file.clone());
    url.map(Link::Url).or_else(|| file().map(Link::File))
}

/// Title, outlet, date and place, each isolated, so that digits and Latin letters in one do not pull at its neighbours.
fn citation(reading: &Reading) -> String {
    let (mark, line) = cited(reading);
    format!("{mark}{line}")
}

/// The same, with what must stand before it where it is to run from right to left.
pub(super) fn cited(reading: &Reading) -> (&'static str, String) {
    let header = &reading.extraction.header;
    let title = clean_line(header.title.of(&reading.article.text));
    let place = link(reading).map(|link| match link {
        Link::Url(place) | Link::File(place) => clean_line(&place),
    });
    // Without an outlet `origin` is the file, which the last field names in full.
    let outlet = origin(header.outlet.as_deref(), None);
    let date = header.published.map(|date| date.to_string());
    let fields = [Some(title.trim().to_owned()), outlet, date, place].into_iter().flatten().filter(|field| !field.is_empty());
    let line = fields.map(|field| isolate(&field)).collect::<Vec<String>>().join(" · ");
    (if header.language.is_rtl() { RIGHT_TO_LEFT_MARK } else { "" }, line)
}

/// The paragraph in which the reader stands; where that is nowhere, the first one in sight.
fn paragraph(reader: &Reader, reading: &Reading) -> Option<Span> {
    let text = &reading.article.text;
    let in_sight = || {
        let rows = reader.rows.iter().skip(reader.top);
        rows.filter(|row| matches!(row.part, Part::Title | Part::Body)).map(|row| row.row.src.start).next()
    };
    let at = reader.here.map(|here| here.start).or_else(in_sight)? as usize;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    Some(Span::new(start, end))
}

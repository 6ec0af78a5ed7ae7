//! The header: headline, language, day and place of writing, outlet and agencies, as far as text or record tell.

use super::{
    dates::FoundDate,
    furniture::Page,
    labels::{agencies_in, is_agency},
    published::published,
    tokens::Tokens,
};
use crate::{
    domain::{Fields, Furniture, Header, Kind, Language},
    text::Span,
};

/// Reads the header.
pub(super) fn read(tokens: &Tokens<'_>, fields: &Fields, language: Language, page: &Page, dates: &[FoundDate]) -> Header {
    Header {
        title: page.title,
        language,
        published: fields.published.or_else(|| published(tokens, page, dates)),
        place: page.dateline.and_then(|line| place(tokens, line)),
        outlet: fields.outlet.clone().or_else(|| outlet(tokens, page)),
        agencies: agencies(tokens, page),
        furniture: page.furniture.iter().map(|part| noted(part, dates)).collect(),
    }
}

/// What a record says of itself, where that is the headline with which the text begins and the day.
pub(super) fn of_record(text: &str, fields: &Fields, language: Language) -> Option<Header> {
    let title = fields.title.as_deref().filter(|title| text.starts_with(title))?;
    let published = Some(fields.published?);
    let outlet = fields.outlet.clone();
    Some(Header { title: Span::new(0, title.len()), language, published, outlet, ..Header::default() })
}

/// A part of the page, with a note where its date and its weekday contradict each other.
fn noted(part: &Furniture, dates: &[FoundDate]) -> Furniture {
    let contradicts = dates.iter().any(|date| part.span.contains(date.span) && date.contradicts_itself());
    let why = if contradicts { format!("{}, not on that weekday", part.why).into() } else { part.why.clone() };
    Furniture { span: part.span, why }
}

fn place(tokens: &Tokens<'_>, line: (usize, usize)) -> Option<String> {
    let form = tokens.all[line.0].forms().first()?;
    let node = tokens.packs.names.step(0, form.word)?;
    let entry = tokens.packs.names.entry(tokens.packs.names.end(node)?);
    (entry.kind == Kind::Place).then(|| tokens.written(line.0).to_owned())
}

/// The publisher: the name before a slash or inside the brackets of the place line that is no agency, or the last credit without a label.
fn outlet(tokens: &Tokens<'_>, page: &Page) -> Option<String> {
    if let Some((start, end)) = page.publisher {
        let span = tokens.span(start, end);
        return Some(span.of(tokens.text).to_owned());
    }
    let (start, end) = page.dateline?;
    let mut from = None;
    for at in start..end {
        match tokens.mark(at) {
            '(' => from = Some(at + 1),
            '/' | '۔' => {
                let from = from.unwrap_or(start);
                let words = (from..at).filter(|token| tokens.mark(*token) == 'w').count();
                if words > 0 && !(from..at).any(|token| is_agency(tokens, token)) {
                    let span = tokens.span(from, at);
                    return Some(span.of(tokens.text).to_owned());
                }
            }
            _ => {}
        }
    }
    None
}

fn agencies(tokens: &Tokens<'_>, page: &Page) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for &(start, end) in page.dateline.iter().chain(&page.credits) {
        for name in agencies_in(tokens, start, end) {
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    // | وكالات: a credit that names no agency stands as it is written.
    for &(start, end) in page.credits.iter().filter(|line| Some(**line) != page.publisher) {
        let words: Vec<usize> = (start..end).filter(|token| tokens.all[*token].is_word()).collect();
        let label = (start..end).any(|token| tokens.mark(token) == ':');
        if let (Some(first), Some(last), true, false) = (words.first(), words.last(), found.is_empty(), label) {
            found.push(tokens.text[tokens.all[*first].span.start as usize..tokens.all[*last].span.end as usize].to_owned());
        }
    }
    found
}

//! The header: headline, language, day and place of writing, outlet and agencies, as far as text or record tell.

use super::{
    dates::FoundDate,
    furniture::{Page, agency_at},
    tokens::Tokens,
};
use crate::{
    domain::{Dated, Fields, Header, Kind, Language},
    lang::Class,
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
        furniture: page.furniture.clone(),
    }
}

/// The day of publication: a date in the page's furniture, its year inferred only where the text leaves one candidate.
fn published(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate]) -> Option<Dated> {
    let stated = dates.iter().find(|date| page.hides(date.tokens.0) && date.day.is_some())?;
    if let Some(date) = stated.dated() {
        return Some(date);
    }
    let (day, month) = (stated.day?, stated.month?);
    // The weekday may stand in the first sentence: today, Friday.
    let weekday = stated.weekday.or_else(|| today(tokens, page))?;
    let mut years: Vec<i16> = dates.iter().filter_map(|date| date.year).filter(|year| *year >= 1990).collect();
    years.sort_unstable();
    let (first, last) = (*years.first()?, *years.last()?);
    // News is written in a year that it names or in the one after.
    let fits = |year: &i16| Dated::ymd(*year, month, day).and_then(Dated::weekday) == Some(weekday);
    let mut candidates = (first.max(last - 5)..=last + 1).filter(fits).filter(|year| *year >= last);
    let candidate = candidates.next()?;
    candidates.next().is_none().then(|| Dated::ymd(candidate, month, day)).flatten()
}

/// The weekday of the report, where its first sentences say `اليوم الجمعة`.
fn today(tokens: &Tokens<'_>, page: &Page) -> Option<u8> {
    let end = tokens.all.len().min(page.body + 60);
    (page.body.min(end)..end).find_map(|at| {
        let form = tokens.all[at].form(Class::WEEKDAY)?;
        let before = tokens.folded(at.checked_sub(1)?);
        matches!(before, "اليوم" | "today").then(|| u8::try_from(form.value).ok()).flatten()
    })
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
                if words > 0 && (from..at).all(|token| agency_at(tokens, token).is_none()) {
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
        for at in start..end {
            if agency_at(tokens, at).is_some() {
                let name = tokens.written(at).to_owned();
                if !found.contains(&name) {
                    found.push(name);
                }
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

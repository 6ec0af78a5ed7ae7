//! The dates that records state in fields of their own: ISO, numbers, and whatever a reader of written dates understands.

use serde_json::Value;

use crate::{domain::Dated, text::clean_line};

/// Understands a date as people write it; ISO dates and numbers need nobody's help.
pub type ReadDate = fn(&str) -> Option<Dated>;

/// The first of these fields that holds a date, and a complaint, as the end of a sentence, where some hold one that nobody
/// understands and none another.
pub(super) fn first<'a>(fields: impl IntoIterator<Item = &'a Value>, date: ReadDate) -> (Option<Dated>, Option<String>) {
    let stated: Vec<&Value> = fields.into_iter().filter(|field| is_stated(field)).collect();
    let found = stated.iter().find_map(|field| match field {
        Value::String(text) => of_text(text, date),
        Value::Number(number) => {
            let whole = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))?;
            i16::try_from(whole).ok().and_then(year).or_else(|| Dated::of_number(whole))
        }
        _ => None,
    });
    let complaint = stated
        .first()
        .filter(|_| found.is_none())
        .map(|field| complaint(field.as_str().map_or_else(|| field.to_string(), str::to_owned).trim()));
    (found, complaint)
}

/// The date that a text states.
pub(super) fn of_text(text: &str, date: ReadDate) -> Option<Dated> {
    let text = text.trim();
    let number = || text.parse().ok().filter(|_| text.len() >= 8).and_then(Dated::of_number);
    text.parse().ok().or_else(number).or_else(|| date(text))
}

/// The most characters of a date that a complaint repeats.
const SHOWN: usize = 60;

/// That a date is not understood, as the end of a sentence.
pub(super) fn complaint(stated: &str) -> String {
    let line = clean_line(stated);
    let short: String = line.chars().take(SHOWN).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!("has a date that is not understood: '{short}{more}'; it was read without")
}

fn is_stated(field: &Value) -> bool {
    !field.is_null() && field.as_str().is_none_or(|text| !text.trim().is_empty())
}

fn year(year: i16) -> Option<Dated> {
    (1000..=9999).contains(&year).then_some(Dated { year, month: None, day: None })
}

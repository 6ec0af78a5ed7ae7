//! Aid for tests: Arabic is written in capitals, as in UAX #9, so that pictures of rows read the same in every editor.

use unicode_normalization::UnicodeNormalization;

use super::{Options, Row, rows};

/// In the order of the capitals A to Z; without lam, which would make ligatures.
const LETTERS: [char; 26] = [
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ', 'ف', 'ق', 'ك', 'م', 'ن', 'ه',
    'و',
];

/// Text in which the capitals have become Arabic letters. These take two bytes each.
pub(super) fn arabic(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_uppercase() { LETTERS[usize::from(c as u8 - b'A')] } else { c };
    text.chars().map(letter).collect()
}

/// What `row` shows from left to right, with capitals for Arabic letters.
pub(super) fn painted(row: &Row) -> String {
    let capital = |c: char| ('A'..='Z').zip(LETTERS).find(|(_, letter)| *letter == c).map_or(c, |(capital, _)| capital);
    row.to_string().nfkc().map(capital).collect::<String>().replace("...", "…")
}

/// The screen with `text` laid out on it at `width` columns; capitals are Arabic.
pub(super) fn screen(text: &str, width: u16) -> String {
    let rows = rows(&arabic(text), width, &Options::default());
    let aligned = |row: &Row| {
        let margin = " ".repeat(usize::from(width.saturating_sub(row.width())));
        if row.rtl { format!("|{margin}{}|", painted(row)) } else { format!("|{}{margin}|", painted(row)) }
    };
    rows.iter().map(aligned).collect::<Vec<_>>().join("\n")
}

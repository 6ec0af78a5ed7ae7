//! Makes text from files harmless before it is stored: no control character survives, and every offset stays where it was.

/// What stands in for a character that is not let through.
pub const REPLACEMENT: char = '\u{FFFD}';

/// Replaces control characters and bidi overrides one for one by U+FFFD and drops a leading byte order mark.
///
/// Newline, carriage return and tab stay. Other bidi marks and isolates stay too: they are legitimate in Arabic text
/// and the layout engine keeps them from the terminal. Returns the text unchanged, without copying, where nothing is wrong.
pub fn clean(text: String) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if !may_be_unsafe(&text) || !text.chars().any(is_unsafe) {
        return text;
    }
    text.chars().map(|c| if is_unsafe(c) { REPLACEMENT } else { c }).collect()
}

/// Like [`clean`] for strings that must stay on one line (titles, outlets, file names): line ends and tabs become blanks.
pub fn clean_line(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_unsafe(c) => REPLACEMENT,
            c => c,
        })
        .collect()
}

/// Whether a character may not enter an archive: controls (C0, DEL, C1) other than newline, carriage return and tab, and
/// the overrides U+202D and U+202E.
pub fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{202D}' | '\u{202E}' => true,
        c => c.is_control(),
    }
}

/// Whether bytes occur that may belong to an unsafe character: no other text needs to be looked at letter by letter.
fn may_be_unsafe(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out early many bytes are compared at once.
    let control = bytes.iter().fold(false, |found, byte| {
        found | (*byte < b' ') & (*byte != b'\n') & (*byte != b'\r') & (*byte != b'\t') | (*byte == 0x7F)
    });
    // U+0080 to U+009F, and U+202D and U+202E by their last two bytes.
    control
        || bytes.windows(2).fold(false, |found, pair| {
            found | (pair[0] == 0xC2) & (pair[1] < 0xA0) | (pair[0] == 0x80) & ((pair[1] == 0xAD) | (pair[1] == 0xAE))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_loses_its_escape() {
        assert_eq!(clean("a\u{1b}]0;title\u{7}b\u{9b}2J".into()), "a\u{FFFD}]0;title\u{FFFD}b\u{FFFD}2J");
    }

    #[test]
    fn arabic_with_marks_is_left_alone() {
        let text = "بوتين\u{200F}: «نعم»\r\n\tقال";
        assert_eq!(clean(text.into()), text);
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        assert_eq!(clean("\u{FEFF}قال".into()), "قال");
    }

    proptest! {
        #[test]
        fn characters_keep_their_places(text in any::<String>()) {
            let cleaned = clean(text.clone());
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
            prop_assert_eq!(cleaned.chars().count(), text.chars().count());
            prop_assert!(!cleaned.chars().any(is_unsafe));
            prop_assert_eq!(clean(cleaned.clone()), cleaned);
        }
    }
}

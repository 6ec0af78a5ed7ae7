//! The language of a text, as an ISO 639-1 code.

/// A language; `und` where none was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(&'static str);

const CODES: [&str; 24] = [
    "und", "ar", "en", "fa", "ur", "he", "ru", "fr", "de", "es", "it", "pt", "tr", "uk", "hy", "ka", "az", "el", "nl", "pl",
    "zh", "ja", "ko", "hi",
];

impl Language {
    /// Arabic.
    pub const ARABIC: Language = Language("ar");
    /// English.
    pub const ENGLISH: Language = Language("en");
    /// Not recognised.
    pub const UNKNOWN: Language = Language("und");

    /// The language of a two-letter code; [`Language::UNKNOWN`] for codes that qala does not tell apart.
    pub fn from_code(code: &str) -> Language {
        CODES.iter().find(|known| **known == code).map_or(Language::UNKNOWN, |known| Language(known))
    }

    /// The code: `ar`, `en`, … or `und`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Whether the language is written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self.0, "ar" | "fa" | "ur" | "he")
    }
}

//! Text as such: positions, cleaning, folding, words, and layout into cells; knows nothing else of the crate.

pub mod clean;
pub mod fold;
pub mod keyboard;
pub mod layout;
pub mod span;
pub mod words;

pub use clean::{clean, clean_line};
pub use fold::{ANALYSIS_VERSION, fold};
pub use span::{CharIndex, Span};
pub use words::{Compared, Splitter, Word, may_hide_forms, proclitic_rests, without_article, words};

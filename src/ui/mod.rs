//! The browser in a terminal: the loop around the core, the thread that asks the archive, and the pictures.
//!
//! ```text
//! terminal ─input─▶ Msg ─▶ app::update ─▶ Effect ─worker─▶ Library ─▶ Msg ─▶ …
//!                           Model ─view─▶ Buffer ─transport─▶ Buffer ─screen─▶ bytes
//! ```
//! The first picture is drawn before the archive is opened, and nothing slow ever runs on the thread that draws.

mod answers;
mod appearance;
mod asking;
mod checkup;
mod clipboard;
mod decisions;
mod decoder;
mod errands;
mod handover;
mod importing;
mod input;
mod keys;
mod known;
mod later;
mod library;
mod looks;
mod memory;
mod paint;
mod requests;
mod run;
mod screen;
mod signals;
mod statements;
mod talking;
mod terminal;
mod theme;
mod transport;
mod view;
mod worker;

pub use checkup::{Checkup, card, checkup, terminals};
pub use clipboard::clipboard_in_words;
pub use decisions::decisions;
pub use importing::Importer;
pub use later::later;
pub use library::{Library, page_with};
pub use run::{Options, run};
pub use screen::Screen;
pub use statements::statements;
pub use theme::{Meaning, Theme};
pub use transport::{Bidi, Outgoing, Transport};
pub use view::view;

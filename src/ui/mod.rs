//! The browser in a terminal: the loop around the core, the thread that asks the archive, and the pictures.
//!
//! ```text
//! terminal ─input─▶ Msg ─▶ app::update ─▶ Effect ─worker─▶ Library ─▶ Msg ─▶ …
//!                           Model ─view─▶ Buffer ─transport─▶ Buffer ─screen─▶ bytes
//! ```
//! The first picture is drawn before the archive is opened, and nothing slow ever runs on the thread that draws.

mod appearance;
mod background;
mod clipboard;
mod decisions;
mod errands;
mod handover;
mod importing;
mod input;
mod later;
mod looks;
mod paint;
mod run;
mod screen;
mod signals;
mod statements;
mod terminal;
mod theme;
mod transport;
mod view;
mod worker;

pub use decisions::decisions;
pub use importing::Importer;
pub use later::later;
pub use run::{Options, run};
pub use screen::Screen;
pub use statements::statements;
pub use theme::{Meaning, Theme};
pub use transport::{Bidi, Transport};
pub use view::view;
pub use worker::{Library, page_with};

//! The browser without a terminal: a model, what can happen to it, and the one function that changes it.
//!
//! ```text
//! keys, answers, timers ─▶ Msg ─▶ update(&mut Model, Msg) ─▶ Effect ─▶ the loop in `ui`
//! ```
//! Nothing here draws, reads, waits or looks at a clock. Whoever drives it (the terminal loop, a test, one day an SSH server)
//! carries out the effects and sends what came of them back as messages. Requests carry a [`Ticket`]; answers to questions that
//! are no longer asked are dropped.

mod command;
mod completing;
mod copy;
mod explain;
mod facets;
mod heading;
mod help;
mod history;
mod input;
mod key;
mod keyfile;
mod keymap;
mod layouts;
mod list;
mod marks;
mod model;
mod msg;
mod panel;
mod panes;
mod prompt;
mod reader;
mod resume;
mod searches;
mod selection;
mod settings;
mod side;
mod snippets;
mod statements;
mod timeline;
mod timers;
mod told;
mod typography;
mod update;
mod window;

pub use command::Command;
pub use completing::{Completing, Proposal};
pub use explain::{Explained, reasons, suggested};
pub use facets::{Choice, FacetPane, FacetRow};
pub(crate) use heading::{joined, origin};
pub use help::{HelpLine, HelpView, continuations, help, keys_of};
pub use history::History;
pub use input::Input;
pub use key::Key;
pub use keymap::{Context, Keymap, Step};
pub use layouts::LAYOUTS;
pub use list::{ENTRY_ROWS, List};
pub use marks::decide;
pub use model::{Focus, Import, Model, Notice, Severity, Topic};
pub use msg::{Anchor, Effect, Msg, Pointer, Ticket};
pub use panel::{Named, Panel, PanelRow};
pub use panes::{Area, Panes, Shape, Size};
pub use prompt::{Candidate, Prompt, Wanted};
pub use reader::{Mark, Marked, Part, Reader, TextRow};
pub use searches::Searches;
pub use selection::{Motion, Selection};
pub use settings::{Setting, Settings};
pub use side::{Layout, Side};
pub use snippets::Snippets;
pub use statements::{Cards, Said, View, Voice, card_rows, differences};
pub use timeline::{Strip, Zoom, kept_to, within};
pub use typography::Typography;
pub use update::update;

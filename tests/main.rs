//! All integration tests, in one binary: each further one would link tantivy and SQLite again.

// Pictures of screens are in visual order; the overrides around their rows keep editors from reordering them.
#![allow(text_direction_codepoint_in_literal)]

#[path = "it/endurance.rs"]
mod endurance;
#[path = "it/made_up.rs"]
mod made_up;
#[path = "it/pictures.rs"]
mod pictures;
#[path = "it/session.rs"]
mod session;

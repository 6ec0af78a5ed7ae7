//! All integration tests, in one binary: each further one would link tantivy and SQLite again.

// Pictures of screens are in visual order; the overrides around their rows keep editors from reordering them.
#![allow(text_direction_codepoint_in_literal)]

#[path = "it/choosing.rs"]
mod choosing;
#[path = "it/cli.rs"]
mod cli;
#[path = "it/commanding.rs"]
mod commanding;
#[path = "it/completing.rs"]
mod completing;
#[path = "it/deciding.rs"]
mod deciding;
#[path = "it/doctor.rs"]
mod doctor;
#[path = "it/endurance.rs"]
mod endurance;
#[path = "it/expanding.rs"]
mod expanding;
#[path = "it/extraction.rs"]
mod extraction;
#[path = "it/facets.rs"]
mod facets;
#[path = "it/gold.rs"]
mod gold;
#[path = "it/journal.rs"]
mod journal;
#[path = "it/journal_sessions.rs"]
mod journal_sessions;
#[path = "it/keyboards.rs"]
mod keyboards;
#[path = "it/killed.rs"]
mod killed;
#[path = "it/late.rs"]
mod late;
#[path = "it/layout_properties.rs"]
mod layout_properties;
#[path = "it/made_up.rs"]
mod made_up;
#[path = "it/made_up_counts.rs"]
mod made_up_counts;
#[path = "it/mirrored.rs"]
mod mirrored;
#[path = "it/pictures.rs"]
mod pictures;
#[path = "it/place.rs"]
mod place;
#[path = "it/program.rs"]
mod program;
#[path = "it/queries.rs"]
mod queries;
#[path = "it/renewing.rs"]
mod renewing;
#[path = "it/said.rs"]
mod said;
#[path = "it/sayings.rs"]
mod sayings;
#[path = "it/selecting.rs"]
mod selecting;
#[path = "it/session.rs"]
mod session;
#[path = "it/setting.rs"]
mod setting;
#[path = "it/speaking.rs"]
mod speaking;
#[path = "it/statements.rs"]
mod statements;
#[path = "it/store.rs"]
mod store;
#[path = "it/stories.rs"]
mod stories;
#[path = "it/taking.rs"]
mod taking;
#[path = "it/terminal.rs"]
mod terminal;
#[path = "it/terminals.rs"]
mod terminals;
#[path = "it/tidy.rs"]
mod tidy;
#[path = "it/transports.rs"]
mod transports;
#[path = "it/typing.rs"]
mod typing;

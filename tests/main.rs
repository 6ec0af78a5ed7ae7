//! All integration tests, in one binary: each further one would link tantivy and SQLite again.

#[path = "it/cli.rs"]
mod cli;
#[path = "it/killed.rs"]
mod killed;
#[path = "it/layout_properties.rs"]
mod layout_properties;
#[path = "it/program.rs"]
mod program;
#[path = "it/store.rs"]
mod store;
#[path = "it/tidy.rs"]
mod tidy;

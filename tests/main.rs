//! All integration tests, in one binary: each further one would link tantivy and SQLite again.

#[path = "it/layout_properties.rs"]
mod layout_properties;

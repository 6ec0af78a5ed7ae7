//! All integration tests, in one binary: each further one would link tantivy and SQLite again.

#[path = "it/extraction.rs"]
mod extraction;
#[path = "it/gold.rs"]
mod gold;

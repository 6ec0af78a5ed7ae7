//! qala (قال, "he said"): a terminal browser for news archives that tells who said what.
//!
//! # The map
//! ```text
//! files ─read─▶ Draft ─extract─▶ Extraction ─store─▶ Archive (SQLite, of record ─▶ tantivy, derived)
//!                                                      │ search · said · read · entities · import
//!         keys ─▶ Msg ─▶ update(&mut Model, Msg) ─▶ Effect ─▶ worker ─▶ Msg ─▶ …
//!                                Model ─▶ view ─▶ screen                cli ─▶ Archive ─▶ stdout
//! ```
//! Arrows go one way: a module uses those above it in this table and none below. A test reads the sources and says so.
//!
//! | module | owns | may not know |
//! |---|---|---|
//! | [`text`] | spans, cleaning, folding, words, bidi layout and shaping, wrapping | anything else in the crate; no IO |
//! | [`domain`] | articles, mentions, entities, statements, dates, queries: plain data | files, SQL, tantivy, terminal |
//! | [`lang`] | one folder per language: lexicons as data files, the few rules only code can state; detection | articles, files, terminal |
//! | [`read`] | one file per format: bytes → drafts and faults; encodings; walking folders | what will be extracted or stored |
//! | [`extract`] | a pure function of text and language packs → extraction; linking names to entities | where text came from or goes to |
//! | [`query`] | typed text → query; never fails | SQL, tantivy |
//! | [`store`] | the one door [`store::Archive`]: import, SQL, index, snippets, the journal of decisions | terminal, keys, arguments |
//! | [`app`] | model, messages, commands, effects, `update`, keymap, input line | terminal library, store, files, threads, clock |
//! | [`ui`] | terminal events, the loop, the worker, themes, views, bidi transports | SQL, tantivy, how anything is extracted |
//! | [`cli`] | one file per subcommand, writing to a given `impl Write` | terminal drawing |
//!
//! # Ideas that hold the house together
//! - **The text never changes.** Titles, page furniture, names and statements are [`text::Span`]s into it, with labels and evidence.
//! - **Extraction can always be redone**, in two stages: one article alone, then names linked to entities over all of them.
//! - **SQLite is the record; the index is derived** and rebuilt when its fingerprint differs or it is damaged.
//! - **What people decided is apart from what was found**: a journal of its own, which no import delays and no loss of an archive takes
//!   away; it follows articles whose content changes.
//! - **The core is pure.** `update` has no clock, thread, file or terminal; every request carries a ticket, and late answers are dropped.
//! - **A command is a row**: its name and help stand in one table, its keys in `keys.toml`, which is its own documentation.

pub mod app;
pub mod cli;
pub mod domain;
pub mod extract;
pub mod lang;
pub mod query;
pub mod read;
pub mod store;
pub mod text;
pub mod ui;

//! Languages: their lexicons, the rules only code can state, and telling them apart.
//!
//! One folder per language holds its word lists ([`ar`], [`en`]; `template/` explains the files of a new one); `names/` holds
//! the proper names that all languages share. [`Packs`] is all of it, read once; nothing is read before it is asked for.

pub mod alias;
pub mod ar;
pub mod calendar;
pub mod cue;
pub mod detect;
pub mod en;
pub mod inflect;
pub mod names;
pub mod offices;
pub mod packs;
pub mod phonetic;
pub mod table;

pub use crate::domain::Family;
pub use alias::{AliasName, Aliases};
pub use cue::{Complement, Cue, Gender, Mood, Preposition, Told, family, told};
pub use detect::detect;
pub use names::{NameEntry, NameLexicon};
pub use offices::Offices;
pub use packs::{Pack, Packs};
pub use table::{Class, Info, WordId, Words};

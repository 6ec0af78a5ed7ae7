//! Training: annotated articles become sequences of features and labels, and weights that make the labels likely.
//!
//! Nothing here runs in the browser or at import. The same articles in the same order give the same weights.

pub mod classes;
mod gold;
mod lists;
pub mod marks;
mod mine;
mod optimise;

pub use gold::{Article, GoldName, Sentence, blind, sentences};
pub use lists::Lists;
pub use mine::{Mined, mine};
pub use optimise::{Settings, fit};

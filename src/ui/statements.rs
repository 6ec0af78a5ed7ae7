//! What the browser asks of the statements of an archive, carried out on the worker's thread.

use anyhow::Result;

use super::Library;
use crate::app::{Effect, Msg};

/// Carries out an effect that is about statements; `None` for every other.
///
/// # Errors
/// When the archive cannot be read.
pub fn statements(library: &mut dyn Library, effect: &Effect) -> Result<Option<Msg>> {
    Ok(Some(match effect {
        Effect::Said { ticket, query, range } => Msg::Said(*ticket, library.glance_said(query, range.clone())?),
        Effect::Speakers { ticket, query, most } => Msg::Speakers(*ticket, library.speakers(query, *most)?),
        Effect::Carriers { ticket, id, most } => Msg::Carriers(*ticket, library.carriers(*id, *most)?),
        _ => return Ok(None),
    }))
}

//! Saved searches: `searches.toml` in the archive's folder, plain text that may be edited by hand and survives the loss of
//! everything else.
//!
//! ```toml
//! [[search]]
//! name = "القوقاز"
//! query = "about:كاراباخ date:2021"
//! ```

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::Archive;
use crate::domain::Saved;

const FILE: &str = "searches.toml";

const HEAD: &str =
    "# Saved searches of this archive. qala writes this file when one is saved or deleted; it may be edited by hand.\n\n";

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Searches {
    search: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    query: String,
}

impl Archive {
    /// The saved searches, in the order of the file.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn searches(&self) -> Result<Vec<Saved>> {
        let searches = self.saved()?.search.into_iter();
        Ok(searches.map(|Entry { name, query }| Saved { name, query }).collect())
    }

    /// Keeps a search; one of the same name is replaced where it stands. Needs no writer's lease.
    ///
    /// # Errors
    /// When the file cannot be understood, so that nothing of it is lost, or cannot be written.
    pub fn save_search(&self, saved: &Saved) -> Result<()> {
        let mut searches = self.saved()?;
        let Saved { name, query } = saved.clone();
        match searches.search.iter_mut().find(|known| known.name == name) {
            Some(known) => known.query = query,
            None => searches.search.push(Entry { name, query }),
        }
        self.write(&searches)
    }

    /// Keeps a search no longer.
    ///
    /// # Errors
    /// As for [`Archive::save_search`].
    pub fn delete_search(&self, name: &str) -> Result<()> {
        let mut searches = self.saved()?;
        searches.search.retain(|known| known.name != name);
        self.write(&searches)
    }

    fn place(&self) -> PathBuf {
        self.folder().join(FILE)
    }

    fn saved(&self) -> Result<Searches> {
        let place = self.place();
        match fs::read_to_string(&place) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} is not as qala writes it", place.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Searches::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", place.display())),
        }
    }

    /// Writes the file whole or not at all.
    fn write(&self, searches: &Searches) -> Result<()> {
        let place = self.place();
        let fresh = place.with_extension("toml.new");
        let text = format!("{HEAD}{}", toml::to_string(searches)?);
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, &place))
            .with_context(|| format!("the searches cannot be kept in {}", place.display()))
    }
}

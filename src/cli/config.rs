//! The configuration file: a few settings that hold for every start.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde::{Deserialize, Deserializer, de::Error};

use super::places;
use crate::{app::Layout, ui::Bidi};

/// Settings; arguments beat them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The archive to use when none is named.
    pub(super) archive: Option<PathBuf>,
    /// The theme's name.
    pub(super) theme: Option<String>,
    /// The name of shipped keys to lay over the usual ones.
    pub(super) keys: Option<String>,
    /// Keyboard layouts by name, the most important first.
    pub(super) layouts: Option<Vec<String>>,
    /// The text of the user's key file.
    #[serde(skip)]
    pub(super) own_keys: Option<String>,
    /// How right-to-left text is sent to the terminal.
    #[serde(default, deserialize_with = "bidi")]
    pub(super) bidi: Option<Bidi>,
    /// Whether a line of text stands below each title of a list.
    pub(super) snippets: Option<bool>,
    /// Whether Arabic vowel marks are shown, whatever suits the terminal.
    pub(super) harakat: Option<bool>,
    /// Whether the mouse is listened to.
    pub(super) mouse: Option<bool>,
    /// Whether letters take their joined forms; not where the font lacks those.
    pub(super) shaping: Option<bool>,
    /// The longest row of a text, in columns.
    pub(super) width: Option<u16>,
    /// Empty rows between paragraphs.
    pub(super) paragraphs: Option<u8>,
    /// Empty rows between the rows of a paragraph.
    pub(super) spacing: Option<u8>,
    /// Whether tatweel is shown.
    pub(super) tatweel: Option<bool>,
    /// Less is sent to the terminal: for slow lines.
    #[serde(rename = "low-bandwidth")]
    pub(super) low_bandwidth: Option<bool>,
    /// On which side the list lies.
    #[serde(default, deserialize_with = "layout")]
    pub(super) layout: Option<Layout>,
}

impl Config {
    /// Reads `file`, or the default one if there is one. A file that was named must exist.
    pub(super) fn load(file: Option<&Path>) -> Result<Config> {
        let path = match file {
            Some(file) => file.to_owned(),
            None => match places::config_file() {
                Ok(file) => file,
                Err(_) => return Ok(Config::default()),
            },
        };
        let mut config: Config = match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("could not understand {}", path.display()))?,
            Err(error) if file.is_none() && error.kind() == io::ErrorKind::NotFound => Config::default(),
            Err(error) => return Err(error).with_context(|| format!("could not read {}", path.display())),
        };
        let keys = path.with_file_name("keys.toml");
        config.own_keys = match fs::read_to_string(&keys) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("could not read {}", keys.display())),
        };
        Ok(config)
    }
}

fn bidi<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Bidi>, D::Error> {
    String::deserialize(deserializer)?.parse().map(Some).map_err(D::Error::custom)
}

fn layout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Layout>, D::Error> {
    String::deserialize(deserializer)?.parse().map(Some).map_err(D::Error::custom)
}

//! Where archives lie: the default one, those of browsed paths, and that of the samples.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use directories::ProjectDirs;

use super::Context;
use crate::store::{Access, Archive};

impl Context {
    /// The archive that subcommands work on.
    pub(super) fn archive_folder(&self) -> Result<PathBuf> {
        match &self.archive {
            Some(folder) => Ok(folder.clone()),
            None => match &self.config.archive {
                Some(folder) => Ok(folder.clone()),
                None => Ok(data_folder()?.join("archive")),
            },
        }
    }

    /// Opens that archive for reading, or says how to make one.
    pub(super) fn open(&self) -> Result<Archive> {
        let folder = self.archive_folder()?;
        if !is_archive(&folder) {
            bail!("there is no archive in {}; `qala import PATH` makes one", folder.display());
        }
        Archive::open(&folder, Access::Read)
    }
}

/// Whether a folder holds an archive. An empty file is none: it is left where the making of one was cut off.
pub(super) fn is_archive(folder: &Path) -> bool {
    fs::metadata(folder.join("archive.db")).is_ok_and(|file| file.is_file() && file.len() > 0)
}

/// The folder for all that qala keeps.
pub(super) fn data_folder() -> Result<PathBuf> {
    Ok(project()?.data_dir().to_owned())
}

/// The configuration file, whether there is one or not.
pub(super) fn config_file() -> Result<PathBuf> {
    Ok(project()?.config_dir().join("config.toml"))
}

/// The archive of just these files and folders: the same for the same places, however they are written.
pub(super) fn folder_for(paths: &[PathBuf]) -> Result<PathBuf> {
    let mut places = Vec::new();
    for path in paths {
        let place = path.canonicalize().with_context(|| format!("could not find {}", path.display()))?;
        places.push(place.into_os_string().into_encoded_bytes());
    }
    places.sort();
    places.dedup();
    let digest = blake3::hash(&places.join(&0)).to_hex();
    let first =
        paths.first().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = first.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
    Ok(data_folder()?.join("browsed").join(format!("{name}-{}", &digest[..16])))
}

fn project() -> Result<ProjectDirs> {
    ProjectDirs::from("", "", "qala").context("could not tell the home folder; name a folder with --archive")
}

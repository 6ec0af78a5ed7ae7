//! Which theme is worn: the one that was asked for, or else the one that suits the terminal.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Theme, answers::Ground};

/// The looks of a session.
#[derive(Debug)]
pub(super) struct Appearance {
    /// What to draw with.
    pub theme: Theme,
    /// What was not understood in it, in words.
    pub warnings: Vec<String>,
    /// Whether the terminal may change it by telling its background.
    pub follows_ground: bool,
}

impl Appearance {
    /// Chooses by the theme's name or the path of a file, the folder of the reader's own themes, and the environment.
    ///
    /// # Errors
    /// When there is no such theme or it cannot be read.
    pub fn choose(name: Option<&str>, folder: Option<&Path>, environment: impl Fn(&str) -> Option<String>) -> Result<Appearance> {
        let own = |name: &str| own(folder, name);
        let without_colour = environment("NO_COLOR").is_some_and(|value| !value.is_empty());
        let (theme, warnings) = match name {
            Some(path) if path.ends_with(".toml") => {
                let source = fs::read_to_string(path).with_context(|| format!("cannot read the theme {path}"))?;
                Theme::parse(&source).with_context(|| format!("cannot read the theme {path}"))?
            }
            Some(name) => Theme::find(name, &own).with_context(|| format!("cannot use the theme {name}"))?,
            None if without_colour => Theme::find("mono", &own)?,
            None => Theme::find(name_for(guess(environment("COLORFGBG").as_deref())), &own)?,
        };
        // The Linux console prints questions that it does not know.
        let may_ask = !matches!(environment("TERM").as_deref(), None | Some("" | "linux" | "dumb"));
        let follows_ground = name.is_none() && !without_colour && may_ask;
        Ok(Appearance { theme: if without_colour { theme.without_colour() } else { theme }, warnings, follows_ground })
    }
}

/// The theme for a background, from the reader's own folder or as shipped.
///
/// # Errors
/// When the reader's own cannot be read.
pub(super) fn for_ground(ground: Ground, folder: Option<&Path>) -> Result<Theme> {
    Ok(Theme::find(name_for(ground), &|name| own(folder, name))?.0)
}

/// The source of one of the reader's own themes. A name is no path: nothing outside the folder is read for it.
fn own(folder: Option<&Path>, name: &str) -> Option<String> {
    let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    fs::read_to_string(folder.filter(|_| is_name)?.join(format!("{name}.toml"))).ok()
}

fn name_for(ground: Ground) -> &'static str {
    match ground {
        Ground::Light => "light",
        Ground::Dark => "dark",
    }
}

/// What `COLORFGBG` hints at, which some terminals set and few programs on the way keep.
fn guess(colorfgbg: Option<&str>) -> Ground {
    let background = colorfgbg.and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
    if matches!(background, Some(7 | 9..=15)) { Ground::Light } else { Ground::Dark }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;
    use crate::ui::Meaning;

    fn chosen(name: Option<&str>, folder: Option<&Path>, environment: &[(&str, &str)]) -> Result<Appearance> {
        Appearance::choose(name, folder, |wanted| {
            let found = environment.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_hints_at_the_background() {
        for (value, focus) in [("0;15", Color::Blue), ("15;0", Color::Cyan), ("15;default;0", Color::Cyan), ("odd", Color::Cyan)]
        {
            let appearance = chosen(None, None, &[("COLORFGBG", value), ("TERM", "xterm")]).unwrap();
            assert_eq!(appearance.theme.style(Meaning::Focus).fg, Some(focus), "{value}");
            assert!(appearance.follows_ground);
        }
    }

    #[test]
    fn without_colour_the_theme_is_mono_and_no_question_is_asked() {
        let appearance = chosen(None, None, &[("NO_COLOR", "1"), ("TERM", "xterm")]).unwrap();
        assert_eq!(appearance.theme.style(Meaning::Person).fg, None);
        assert!(!appearance.follows_ground);
        let dark = chosen(Some("dark"), None, &[("NO_COLOR", "1")]).unwrap();
        assert_eq!(dark.theme.style(Meaning::Person).fg, None);
        assert!(!chosen(Some("dark"), None, &[("TERM", "xterm")]).unwrap().follows_ground, "what was chosen stays");
        assert!(!chosen(None, None, &[("TERM", "linux")]).unwrap().follows_ground);
    }

    #[test]
    fn themes_of_ones_own_are_found_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.toml"), "inherits = \"light\"\nperson = \"red\"\nnonsense = \"bold\"").unwrap();
        let mine = chosen(Some("mine"), Some(folder.path()), &[]).unwrap();
        assert_eq!(mine.theme.style(Meaning::Person).fg, Some(Color::Red));
        assert_eq!(mine.theme.style(Meaning::Focus).fg, Some(Color::Blue));
        assert_eq!(mine.warnings.len(), 1);
        for absent in ["yours", "../mine", ""] {
            assert!(chosen(Some(absent), Some(folder.path()), &[]).is_err(), "{absent}");
        }
    }
}

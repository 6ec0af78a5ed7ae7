//! What is set while the program runs and the terminal must be told: the theme, the way of right-to-left text, the mouse.

use std::path::Path;

use super::{
    Bidi, Theme,
    answers::Ground,
    appearance::{self, Appearance},
    paint,
    run::Session,
};
use crate::app::{Msg, Setting, update};

/// The theme that suits the terminal, whichever that is.
pub(super) const AUTO: &str = "auto";

/// The names of the themes that there are: the shipped ones and those in the reader's own folder.
pub(super) fn themes(folder: Option<&Path>) -> Vec<String> {
    let own = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten().filter_map(|file| {
        let path = file.path();
        let is_theme = path.extension().is_some_and(|extension| extension == "toml");
        is_theme.then(|| path.file_stem().map(|name| name.to_string_lossy().into_owned())).flatten()
    });
    let mut own: Vec<String> = own.filter(|name| Theme::names().all(|shipped| shipped != name)).collect();
    own.sort();
    [AUTO].into_iter().chain(Theme::names()).map(str::to_owned).chain(own).collect()
}

impl Session {
    /// Sets what the reader asked for.
    pub(super) fn set(&mut self, setting: Setting, value: &str) {
        let done = match setting {
            Setting::Theme => self.wear(value),
            Setting::Bidi => self.send_bidi(value),
            Setting::Mouse => {
                self.listen_to_mouse(value == "on");
                return;
            }
            Setting::Harakat => self.show_harakat(value),
            Setting::Shaping => {
                paint::join_letters(value == "on");
                Ok(None)
            }
            _ => return,
        };
        let (msg, warning) = match done {
            Ok(warning) => (Msg::Set(setting, value.to_owned()), warning),
            Err(error) => (Msg::Failed(format!("{error:#}")), None),
        };
        update(&mut self.model, msg);
        if let Some(warning) = warning {
            update(&mut self.model, Msg::Told(warning));
        }
    }

    fn wear(&mut self, name: &str) -> anyhow::Result<Option<String>> {
        let wanted = (name != AUTO).then_some(name);
        let environment = |name: &str| std::env::var(name).ok();
        let Appearance { theme, warnings, follows_ground } = Appearance::choose(wanted, self.themes.as_deref(), environment)?;
        self.screen.wear(theme);
        self.follows_ground = follows_ground;
        if let Some(ground) = self.ground {
            self.stand_on(ground);
        }
        Ok(warnings.into_iter().next())
    }

    /// Wears what suits the background, unless a theme was chosen.
    pub(super) fn stand_on(&mut self, ground: Ground) {
        self.ground = Some(ground);
        if let Some(theme) = self.follows_ground.then(|| appearance::for_ground(ground, self.themes.as_deref()).ok()).flatten() {
            self.screen.wear(theme);
        }
    }

    fn send_bidi(&mut self, name: &str) -> anyhow::Result<Option<String>> {
        let bidi: Bidi = name.parse().map_err(anyhow::Error::msg)?;
        self.asking.wish(bidi);
        self.send_as_chosen();
        Ok(None)
    }

    fn show_harakat(&mut self, value: &str) -> anyhow::Result<Option<String>> {
        self.asking.wish_harakat((value != AUTO).then_some(value == "on"));
        self.send_as_chosen();
        Ok(None)
    }

    /// Asks the terminal for clicks and the wheel, or no longer.
    pub(super) fn listen_to_mouse(&mut self, listens: bool) {
        let msg = match self.taken.listen_to_mouse(listens) {
            Ok(()) => Msg::Set(Setting::Mouse, if listens { "on" } else { "off" }.to_owned()),
            Err(error) => Msg::Failed(format!("the mouse cannot be set: {error}")),
        };
        update(&mut self.model, msg);
    }
}

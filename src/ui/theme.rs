//! Themes: what things look like, by what they mean. The shipped files are in `themes/`.

use anyhow::{Context, Result};
use ratatui::style::{Color, Modifier, Style};

use crate::{app::Mark, domain::Kind};

macro_rules! meanings {
    ($($variant:ident $name:literal)*) => {
        /// What a style means; a theme gives each one its look.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Meaning { $(#[doc = concat!("`", $name, "` in theme files.")] $variant,)* }

        impl Meaning {
            /// All of them.
            pub const ALL: &'static [Meaning] = &[$(Meaning::$variant,)*];

            /// What theme files call it.
            pub fn name(self) -> &'static str { match self { $(Meaning::$variant => $name,)* } }
        }
    };
}

meanings! {
    Text "text"
    Muted "muted"
    Border "border"
    Focus "focus"
    Title "title"
    Match "match"
    Selection "selection"
    Cursor "cursor"
    Speaker "speaker"
    Quote "quote"
    Cue "cue"
    Person "person"
    Place "place"
    Organisation "organisation"
    Date "date"
    Notice "notice"
    Warning "warning"
    Error "error"
}

/// The shipped themes by name.
const SHIPPED: [(&str, &str); 2] =
    [("dark", include_str!("../../themes/dark.toml")), ("light", include_str!("../../themes/light.toml"))];

/// A look for every meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme::parse(SHIPPED[0].1).expect("a test reads the shipped themes").0
    }
}

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// A shipped theme.
    ///
    /// # Errors
    /// When there is none of this name; the message lists those that there are.
    pub fn named(name: &str) -> Result<Theme> {
        let known = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
        let (_, source) = known.with_context(|| {
            let names: Vec<&str> = Theme::names().collect();
            format!("there is no theme '{name}'; there are: {}", names.join(", "))
        })?;
        Ok(Theme::parse(source)?.0)
    }

    /// The theme for a terminal that sets `COLORFGBG` so, or not at all: dark unless the background is light.
    pub fn for_terminal(colorfgbg: Option<&str>) -> Theme {
        let background = colorfgbg.and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        let name = if matches!(background, Some(7 | 9..=15)) { "light" } else { "dark" };
        Theme::named(name).expect("a test reads the shipped themes")
    }

    /// Reads a theme file. What it does not name looks like plain text; the second part of the result says in words what was
    /// not understood.
    ///
    /// # Errors
    /// When it is no TOML table of strings.
    pub fn parse(source: &str) -> Result<(Theme, Vec<String>)> {
        let file: std::collections::BTreeMap<String, String> = toml::from_str(source)?;
        let mut theme = Theme { styles: vec![Style::new(); Meaning::ALL.len()] };
        let mut warnings = Vec::new();
        for (name, words) in file {
            let Some(meaning) = Meaning::ALL.iter().find(|meaning| meaning.name() == name) else {
                warnings.push(format!("a theme gives no look to '{name}'"));
                continue;
            };
            match style(&words) {
                Ok(style) => theme.styles[*meaning as usize] = style,
                Err(word) => warnings.push(format!("'{word}' in the look of '{name}' is neither colour nor attribute")),
            }
        }
        Ok((theme, warnings))
    }

    /// The same without colours.
    pub fn without_colour(mut self) -> Theme {
        for style in &mut self.styles {
            (style.fg, style.bg) = (None, None);
        }
        self
    }

    /// The look of a meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.styles[meaning as usize]
    }

    /// The look of a mark in a text.
    pub fn mark(&self, mark: Mark) -> Style {
        self.style(match mark {
            Mark::Furniture => Meaning::Muted,
            Mark::Quote => Meaning::Quote,
            Mark::Speaker => Meaning::Speaker,
            Mark::Cue => Meaning::Cue,
            Mark::Kind(kind) => kind_meaning(kind),
            Mark::Chosen => Meaning::Selection,
            Mark::Match => Meaning::Match,
            Mark::Here => Meaning::Cursor,
        })
    }
}

/// What a kind of thing is to a theme.
pub(super) fn kind_meaning(kind: Kind) -> Meaning {
    match kind {
        Kind::Person => Meaning::Person,
        Kind::Place => Meaning::Place,
        Kind::Organisation | Kind::Event | Kind::Document => Meaning::Organisation,
        Kind::Date => Meaning::Date,
    }
}

/// Reads words such as `bold cyan on black`; the error is the word that was not understood.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "default" => style,
            "on" => {
                let word = words.next().unwrap_or_default();
                style.bg(colour(word).ok_or(word)?)
            }
            word => style.fg(colour(word).ok_or(word)?),
        };
    }
    Ok(style)
}

/// The sixteen colours that every terminal has and every reader can set.
fn colour(word: &str) -> Option<Color> {
    Some(match word {
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "bright-black" => Color::DarkGray,
        "bright-red" => Color::LightRed,
        "bright-green" => Color::LightGreen,
        "bright-yellow" => Color::LightYellow,
        "bright-blue" => Color::LightBlue,
        "bright-magenta" => Color::LightMagenta,
        "bright-cyan" => Color::LightCyan,
        "bright-white" => Color::White,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_themes_give_every_meaning_a_look_and_nothing_else() {
        for (name, source) in SHIPPED {
            let (_, warnings) = Theme::parse(source).unwrap();
            assert_eq!(warnings, Vec::<String>::new(), "{name}");
            let file: toml::Table = toml::from_str(source).unwrap();
            for meaning in Meaning::ALL {
                assert!(file.contains_key(meaning.name()), "{name} lacks '{}'", meaning.name());
            }
        }
    }

    #[test]
    fn without_colours_the_kinds_of_names_still_differ() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap().without_colour();
            let looks = [Meaning::Text, Meaning::Person, Meaning::Place, Meaning::Organisation, Meaning::Match, Meaning::Cursor]
                .map(|meaning| theme.style(meaning).add_modifier);
            for (n, look) in looks.iter().enumerate() {
                assert!(!looks[..n].contains(look), "{name}: {looks:?}");
            }
        }
    }

    #[test]
    fn a_light_background_gets_the_light_theme() {
        let focus = |value| Theme::for_terminal(value).style(Meaning::Focus).fg;
        assert_eq!(focus(Some("0;15")), Some(Color::Blue));
        for dark in [None, Some("15;0"), Some("15;default;0"), Some("nonsense")] {
            assert_eq!(focus(dark), Some(Color::Cyan), "{dark:?}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named_and_the_rest_holds() {
        let (theme, warnings) = Theme::parse("person = \"bold mauve\"\ntitel = \"bold\"\nplace = \"red on blue\"").unwrap();
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].contains("'mauve'") && warnings[1].contains("'titel'"));
        assert_eq!(theme.style(Meaning::Place), Style::new().fg(Color::Red).bg(Color::Blue));
        assert!(Theme::named("mauve").unwrap_err().to_string().contains("dark, light"));
    }
}

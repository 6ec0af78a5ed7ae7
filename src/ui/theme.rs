//! Themes: what things look like, by what they mean. The shipped files are in `themes/`.

use std::collections::BTreeMap;

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
    Note "note"
    Cursor "cursor"
    Speaker "speaker"
    Quote "quote"
    Cue "cue"
    Person "person"
    Place "place"
    Organisation "organisation"
    Date "date"
    Fault "fault"
    Notice "notice"
    Warning "warning"
    Error "error"
}

/// The shipped themes by name.
const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("contrast", include_str!("../../themes/contrast.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// The key under which a theme file names the theme whose looks it has where it gives none.
const INHERITS: &str = "inherits";

/// The table of a theme file in which colours have names.
const PALETTE: &str = "palette";

/// The key under which a theme file gives the signs of bars, from the lowest to the highest, where the terminal's font lacks
/// these.
const BARS: &str = "bars";
const EIGHTHS: &str = "▁▂▃▄▅▆▇█";

/// What theme files say, those that inherit laid over those that they inherit.
#[derive(Debug, Default)]
struct Source {
    styles: BTreeMap<String, String>,
    /// Names for colours. What inherits may give them other ones, and the looks that it inherits follow.
    palette: BTreeMap<String, String>,
}

impl Source {
    /// Reads a theme of which the themes `heirs` inherit. What an heir is called is the shipped theme of that name, so that
    /// somebody's own "dark" may inherit "dark".
    fn inheriting(source: &str, own: &dyn Fn(&str) -> Option<String>, heirs: &mut Vec<String>) -> Result<Source> {
        let mut file: toml::Table = toml::from_str(source)?;
        let palette: BTreeMap<String, String> = match file.remove(PALETTE) {
            Some(palette) => palette.try_into().context("the palette gives names to colours")?,
            None => BTreeMap::new(),
        };
        let mut styles: BTreeMap<String, String> = file.try_into()?;
        let mut all = match styles.remove(INHERITS) {
            None => Source::default(),
            Some(parent) => match own(&parent).filter(|_| !heirs.contains(&parent)) {
                Some(source) => {
                    heirs.push(parent);
                    Source::inheriting(&source, own, heirs)?
                }
                None => Source::inheriting(shipped(&parent)?, &|_| None, heirs)?,
            },
        };
        all.styles.extend(styles);
        all.palette.extend(palette);
        Ok(all)
    }
}

/// A look for every meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<Style>,
    bars: Vec<String>,
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
        Ok(Theme::find(name, &|_| None)?.0)
    }

    /// A theme by its name: the one whose source `own` knows, else the shipped one; and what was not understood in it.
    ///
    /// # Errors
    /// When there is none of this name, when it is no TOML table of strings, or when it inherits what there is not.
    pub fn find(name: &str, own: &dyn Fn(&str) -> Option<String>) -> Result<(Theme, Vec<String>)> {
        match own(name) {
            Some(source) => Ok(Theme::of(Source::inheriting(&source, own, &mut vec![name.to_owned()])?)),
            None => Theme::parse(shipped(name)?),
        }
    }

    /// Reads a theme file, which may inherit a shipped theme. What neither names looks like plain text; the second part of the
    /// result says in words what was not understood.
    ///
    /// # Errors
    /// When it is no TOML table of strings, or inherits what there is not.
    pub fn parse(source: &str) -> Result<(Theme, Vec<String>)> {
        Ok(Theme::of(Source::inheriting(source, &|_| None, &mut Vec::new())?))
    }

    /// A theme with the styles and the palette of all that it inherits, and what was not understood.
    fn of(mut source: Source) -> (Theme, Vec<String>) {
        let bars = source.styles.remove(BARS).filter(|bars| !bars.is_empty());
        let bars = signs(bars.as_deref().unwrap_or(EIGHTHS));
        let mut theme = Theme { styles: vec![Style::new(); Meaning::ALL.len()], bars };
        let mut warnings = Vec::new();
        for (name, words) in &source.palette {
            if colour(words).is_none() {
                warnings.push(format!("'{words}', which the palette calls '{name}', is no colour"));
            }
        }
        for (name, words) in source.styles {
            let Some(meaning) = Meaning::ALL.iter().find(|meaning| meaning.name() == name) else {
                warnings.push(format!("a theme gives no look to '{name}'"));
                continue;
            };
            match style(&words, &source.palette) {
                Ok(style) => theme.styles[*meaning as usize] = style,
                Err(word) => warnings.push(format!("'{word}' in the look of '{name}' is neither colour nor attribute")),
            }
        }
        (theme, warnings)
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

    /// The signs of bars, each one column wide, from the lowest to the highest.
    pub fn bars(&self) -> &[String] {
        &self.bars
    }

    /// The look of a mark in a text.
    pub fn mark(&self, mark: Mark) -> Style {
        self.style(match mark {
            Mark::Furniture => Meaning::Muted,
            Mark::Noted => Meaning::Note,
            Mark::Quote => Meaning::Quote,
            Mark::Speaker => Meaning::Speaker,
            Mark::Cue => Meaning::Cue,
            Mark::Kind(kind) => kind_meaning(kind),
            Mark::Chosen | Mark::Selected => Meaning::Selection,
            Mark::Match => Meaning::Match,
            Mark::Here => Meaning::Cursor,
        })
    }
}

fn signs(bars: &str) -> Vec<String> {
    bars.chars().map(String::from).collect()
}

/// The source of a shipped theme.
fn shipped(name: &str) -> Result<&'static str> {
    let known = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
    let (_, source) = known.with_context(|| {
        let names: Vec<&str> = Theme::names().collect();
        format!("there is no theme '{name}'; there are: {}", names.join(", "))
    })?;
    Ok(source)
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

/// Reads words such as `bold cyan on black`, where a palette may know other colours; the error is the word that was not understood.
fn style(words: &str, palette: &BTreeMap<String, String>) -> Result<Style, String> {
    let colour = |word: &str| colour(palette.get(word).map_or(word, String::as_str));
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

/// The sixteen colours that every terminal has and every reader can set, and `#rrggbb` for terminals with more.
fn colour(word: &str) -> Option<Color> {
    if let Some(digits) = word.strip_prefix('#').filter(|digits| digits.len() == 6) {
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
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
            let inherits = file.get(INHERITS).is_some_and(|parent| Theme::names().any(|name| parent.as_str() == Some(name)));
            for meaning in Meaning::ALL {
                assert!(inherits || file.contains_key(meaning.name()), "{name} lacks '{}'", meaning.name());
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
    fn a_theme_of_ones_own_names_only_what_it_changes() {
        let own = |name: &str| match name {
            "mine" => Some("inherits = \"dark\"\nperson = \"red\"".to_owned()),
            "dark" => Some("inherits = \"dark\"\nplace = \"green\"".to_owned()),
            "a" => Some("inherits = \"b\"".to_owned()),
            "b" => Some("inherits = \"a\"".to_owned()),
            _ => None,
        };
        let dark = Theme::named("dark").unwrap();
        let (mine, warnings) = Theme::find("mine", &own).unwrap();
        assert!(warnings.is_empty());
        assert_eq!(mine.style(Meaning::Person), Style::new().fg(Color::Red));
        assert_eq!(mine.style(Meaning::Place), Style::new().fg(Color::Green), "its parent is one's own, too");
        assert_eq!(mine.style(Meaning::Error), dark.style(Meaning::Error));
        assert!(Theme::find("a", &own).unwrap_err().to_string().contains("no theme 'a'"), "a ring ends");
        assert!(Theme::parse("inherits = \"mauve\"").unwrap_err().to_string().contains("'mauve'"));
    }

    #[test]
    fn a_palette_gives_names_to_colours_and_is_inherited() {
        let own = |name: &str| match name {
            "base" => {
                Some("person = \"bold sea\"\nplace = \"sand on red\"\n[palette]\nsea = \"cyan\"\nsand = \"#ffeedd\"".to_owned())
            }
            "heir" => Some("inherits = \"base\"\ncue = \"sea\"\n[palette]\nsea = \"blue\"\nred = \"bright-red\"".to_owned()),
            _ => None,
        };
        let (base, warnings) = Theme::find("base", &own).unwrap();
        assert_eq!(warnings, [""; 0]);
        assert_eq!(base.style(Meaning::Person).fg, Some(Color::Cyan));
        let (heir, _) = Theme::find("heir", &own).unwrap();
        assert_eq!([Meaning::Person, Meaning::Cue].map(|meaning| heir.style(meaning).fg), [Some(Color::Blue); 2]);
        let place = heir.style(Meaning::Place);
        assert_eq!(
            (place.fg, place.bg),
            (Some(Color::Rgb(255, 238, 221)), Some(Color::LightRed)),
            "a name comes before a colour"
        );
        let (_, warnings) = Theme::parse("person = \"sea\"\n[palette]\nsea = \"mauve\"\nsky = \"#12\"").unwrap();
        assert_eq!(warnings.len(), 3, "{warnings:?}");
        assert!(Theme::parse("palette = \"blue\"").is_err());
    }

    #[test]
    fn mono_has_no_colours_and_the_others_are_readable_on_their_background() {
        let mono = Theme::named("mono").unwrap();
        assert!(Meaning::ALL.iter().all(|meaning| mono.style(*meaning).fg.is_none() && mono.style(*meaning).bg.is_none()));
        for (name, unreadable) in [
            ("dark", [Color::Black, Color::Blue, Color::LightBlue]),
            ("contrast", [Color::Black, Color::Blue, Color::LightBlue]),
            ("light", [Color::White, Color::Gray, Color::LightYellow]),
        ] {
            let theme = Theme::named(name).unwrap();
            for meaning in Meaning::ALL {
                let colour = theme.style(*meaning).fg;
                assert!(colour.is_none_or(|colour| !unreadable.contains(&colour)), "{name}: {meaning:?}");
            }
        }
    }

    #[test]
    fn bars_have_other_signs_where_a_theme_gives_them() {
        assert_eq!(Theme::default().bars().concat(), "▁▂▃▄▅▆▇█");
        let (theme, warnings) = Theme::parse("inherits = \"mono\"\nbars = \"._-=#\"").unwrap();
        assert_eq!((theme.bars().concat().as_str(), warnings.len()), ("._-=#", 0));
        assert_eq!(Theme::parse("bars = \"\"").unwrap().0.bars().len(), 8, "no signs are as good as none given");
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

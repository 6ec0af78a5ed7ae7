//! Settings that can be changed while the program runs, one row each; `config.toml` has them under the same names for every start.

use super::{Keymap, LAYOUTS, Layout, Model, Typography};

macro_rules! settings {
    ($($variant:ident $name:literal $help:literal)*) => {
        /// Something about the program that the reader can set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Setting { $(#[doc = $help] $variant,)* }

        impl Setting {
            /// All of them, in the order in which they are listed.
            pub const ALL: &'static [Setting] = &[$(Setting::$variant,)*];

            /// What the command line and `config.toml` call it.
            pub fn name(self) -> &'static str { match self { $(Setting::$variant => $name,)* } }

            /// What it is, on one line.
            pub fn help(self) -> &'static str { match self { $(Setting::$variant => $help,)* } }
        }
    };
}

settings! {
    Theme        "theme"         "What things look like"
    Layout       "layout"        "On which side the list lies: ltr, rtl, or auto for what suits the articles"
    Bidi         "bidi"          "How right-to-left text is sent to the terminal"
    Harakat      "harakat"       "Whether Arabic vowel marks are shown: on, off, or auto for where the terminal places them well"
    Shaping      "shaping"       "Whether letters take their joined forms; off for fonts that lack them"
    Width        "width"         "The longest row of a text, in columns"
    Paragraphs   "paragraphs"    "Empty rows between paragraphs"
    Spacing      "spacing"       "Empty rows between the rows of a paragraph"
    Tatweel      "tatweel"       "Whether words are shown with the tatweel that stretches them"
    LowBandwidth "low-bandwidth" "Whether less is sent, for slow lines: texts are drawn when keys pause for long"
    Keys         "keys"          "Keys of another program, laid over the shipped ones"
    Layouts      "layouts"       "Keyboard layouts that count, the most important first, with commas"
    Snippets     "snippets"      "Whether a line of text stands below each title while words are looked for"
    Mouse        "mouse"         "Whether clicks choose and the wheel scrolls; the terminal then selects only with Shift"
}

/// The name for none of the keys of other programs.
pub(super) const NO_KEYS: &str = "qala";

/// The name for all keyboard layouts.
const ALL_LAYOUTS: &str = "all";

/// What is set, in the words in which it is set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The theme.
    pub theme: String,
    /// The themes that there are.
    pub themes: Vec<String>,
    /// The way of right-to-left text.
    pub bidi: String,
    /// The ways that there are.
    pub bidis: Vec<String>,
    /// Whether vowel marks are shown: auto, on or off.
    pub harakat: String,
    /// How the text is set.
    pub typography: Typography,
    /// The preset of keys, if one is laid over the shipped ones.
    pub keys: Option<String>,
    /// Keyboard layouts; `None` for all.
    pub layouts: Option<Vec<String>>,
    /// The text of the reader's own key file.
    pub own_keys: Option<String>,
    /// Whether a line of text stands below each title, as the program begins.
    pub snippets: bool,
    /// Whether less is sent, for slow lines.
    pub low_bandwidth: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        let auto = || "auto".to_owned();
        Settings {
            theme: auto(),
            themes: vec![auto()],
            bidi: auto(),
            bidis: vec![auto()],
            harakat: auto(),
            typography: Typography::default(),
            keys: None,
            layouts: None,
            own_keys: None,
            snippets: false,
            low_bandwidth: false,
            mouse: false,
        }
    }
}

impl Settings {
    /// The keys that follow from these settings, and what was wrong with those of the reader.
    pub fn keymap(&self) -> (Keymap, Vec<String>) {
        Keymap::load(self.keys.as_deref(), self.layouts.as_deref(), self.own_keys.as_deref())
    }

    /// Sets a preset of keys by its name.
    pub(super) fn set_keys(&mut self, name: &str) {
        self.keys = (name != NO_KEYS).then(|| name.to_owned());
    }

    /// Sets keyboard layouts by their names.
    pub(super) fn set_layouts(&mut self, names: &str) {
        let listed = || names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        self.layouts = (names != ALL_LAYOUTS).then(listed);
    }
}

impl Model {
    /// What a setting is set to.
    pub fn setting(&self, setting: Setting) -> String {
        let settings = &self.settings;
        let on = |is_on: bool| if is_on { "on" } else { "off" }.to_owned();
        match setting {
            Setting::Theme => settings.theme.clone(),
            Setting::Layout => self.layout.name().to_owned(),
            Setting::Bidi => settings.bidi.clone(),
            Setting::Harakat => settings.harakat.clone(),
            Setting::Shaping => on(settings.typography.shaping),
            Setting::Width => settings.typography.measure.to_string(),
            Setting::Paragraphs => settings.typography.between_paragraphs.to_string(),
            Setting::Spacing => settings.typography.between_rows.to_string(),
            Setting::Tatweel => on(settings.typography.tatweel),
            Setting::Keys => settings.keys.clone().unwrap_or_else(|| NO_KEYS.to_owned()),
            Setting::Layouts => settings.layouts.as_ref().map_or_else(|| ALL_LAYOUTS.to_owned(), |names| names.join(",")),
            Setting::Snippets => on(self.snippets.on),
            Setting::LowBandwidth => on(settings.low_bandwidth),
            Setting::Mouse => on(settings.mouse),
        }
    }

    /// What a setting can be set to; of keyboard layouts several at once.
    pub fn values(&self, setting: Setting) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match setting {
            Setting::Theme => self.settings.themes.clone(),
            Setting::Layout => Layout::ALL.iter().map(|layout| layout.name().to_owned()).collect(),
            Setting::Bidi => self.settings.bidis.clone(),
            Setting::Keys => [NO_KEYS].into_iter().chain(Keymap::presets()).map(str::to_owned).collect(),
            Setting::Layouts => [ALL_LAYOUTS].iter().chain(&LAYOUTS).map(|name| (*name).to_owned()).collect(),
            Setting::Harakat => owned(&["auto", "on", "off"]),
            Setting::Width => owned(&["50", "60", "70", "76", "90", "120"]),
            Setting::Paragraphs => owned(&["0", "1", "2", "3"]),
            Setting::Spacing => owned(&["0", "1"]),
            Setting::Shaping | Setting::Tatweel | Setting::LowBandwidth | Setting::Snippets | Setting::Mouse => {
                owned(&["on", "off"])
            }
        }
    }

    /// Sets the text as the settings say.
    pub fn typeset(&mut self) {
        self.reader.set(self.settings.typography);
    }
}

//! Key bindings as data: for each place where keys go, which sequence of keys runs which command.

use std::collections::BTreeMap;

use super::{
    Command, Key,
    keyfile::{self, Line},
    layouts::{LAYOUTS, letters},
};

/// The bindings shipped with qala; the file is its own documentation.
const SHIPPED: &str = include_str!("keys.toml");

/// Keys of other programs, to be laid over the shipped ones.
const PRESETS: [(&str, &str); 5] = [
    ("vim", include_str!("presets/vim.toml")),
    ("emacs", include_str!("presets/emacs.toml")),
    ("newsboat", include_str!("presets/newsboat.toml")),
    ("mutt", include_str!("presets/mutt.toml")),
    ("arrows", include_str!("presets/arrows.toml")),
];

/// Where keys go. The names are those of the sections of a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In every pane.
    Everywhere,
    /// The list of articles.
    List,
    /// The text of an article.
    Text,
    /// A passage that is being selected in it.
    Select,
    /// The names in an article.
    Names,
    /// The facets of what is listed.
    Facets,
    /// The timeline of what is listed.
    Timeline,
    /// The saved searches.
    Searches,
    /// The filter line.
    Filter,
    /// The list of keys.
    Help,
    /// A line that asks for a tag or a note.
    Prompt,
    /// The steps of the journal.
    History,
}

impl Context {
    /// All of them, in the order of the shipped file.
    pub const ALL: [Context; 12] = [
        Context::Everywhere,
        Context::List,
        Context::Text,
        Context::Select,
        Context::Names,
        Context::Facets,
        Context::Timeline,
        Context::Filter,
        Context::Help,
        Context::Prompt,
        Context::History,
        Context::Searches,
    ];

    /// Whether characters are typed here rather than taken as commands.
    pub fn is_typed(self) -> bool {
        matches!(self, Context::Filter | Context::Prompt)
    }

    /// The name of its section.
    pub fn name(self) -> &'static str {
        match self {
            Context::Everywhere => "everywhere",
            Context::List => "list",
            Context::Text => "text",
            Context::Select => "select",
            Context::Names => "names",
            Context::Facets => "facets",
            Context::Timeline => "timeline",
            Context::Searches => "searches",
            Context::Filter => "filter",
            Context::Help => "help",
            Context::Prompt => "prompt",
            Context::History => "history",
        }
    }

    /// The sections that hold here, the nearest first.
    fn sections(self) -> &'static [Context] {
        match self {
            Context::Everywhere => &[Context::Everywhere],
            Context::List => &[Context::List, Context::Everywhere],
            Context::Text => &[Context::Text, Context::Everywhere],
            Context::Select => &[Context::Select],
            Context::Names => &[Context::Names, Context::Everywhere],
            Context::Facets => &[Context::Facets, Context::Everywhere],
            Context::Timeline => &[Context::Timeline, Context::Everywhere],
            Context::Searches => &[Context::Searches],
            Context::Filter => &[Context::Filter],
            Context::Help => &[Context::Help],
            Context::Prompt => &[Context::Prompt],
            Context::History => &[Context::History],
        }
    }
}

/// What a sequence of keys means so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A whole binding.
    Run(Command),
    /// The beginning of a binding.
    More,
    /// Nothing.
    Unbound,
}

/// Which command each sequence of keys runs, and what letters of other keyboard layouts stand for.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: BTreeMap<Context, BTreeMap<Vec<Key>, Command>>,
    layouts: BTreeMap<char, char>,
}

impl Default for Keymap {
    fn default() -> Keymap {
        let layouts = letters(LAYOUTS).expect("the shipped layouts exist");
        let mut map = Keymap { bindings: BTreeMap::new(), layouts };
        let faults = map.overlay(SHIPPED);
        debug_assert!(faults.is_empty(), "{faults:?}");
        map
    }
}

impl Keymap {
    /// The shipped keys with a preset and a key file of the user laid over them, and what was wrong with those.
    ///
    /// `layouts` are keyboard layouts by name, the most important first; all of them where none are named.
    pub fn load(preset: Option<&str>, layouts: Option<&[String]>, own: Option<&str>) -> (Keymap, Vec<String>) {
        let (mut map, mut faults) = (Keymap::default(), Vec::new());
        if let Some(names) = layouts {
            match letters(names.iter().map(String::as_str)) {
                Ok(letters) => map.layouts = letters,
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(name) = preset {
            match PRESETS.iter().find(|(known, _)| *known == name) {
                Some((_, source)) => faults.extend(map.overlay(source)),
                None => {
                    let names: Vec<&str> = Keymap::presets().collect();
                    faults.push(format!("there are no keys '{name}'; there are: {}", names.join(", ")));
                }
            }
        }
        faults.extend(map.overlay(own.unwrap_or_default()).into_iter().map(|fault| format!("keys.toml, {fault}")));
        (map, faults)
    }

    /// The names of the shipped presets.
    pub fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// Lays a key file over these keys: it replaces what they bind to the same keys, and what could no longer be reached.
    /// An empty command unbinds. Returns what was wrong, each fault with its line; the other lines hold.
    pub fn overlay(&mut self, source: &str) -> Vec<String> {
        let (lines, faults) = keyfile::read(source);
        for line in lines {
            match line {
                Line::Letter(theirs, ours) => drop(self.layouts.insert(theirs, ours)),
                Line::Bind(context, keys, command) => {
                    let table = self.bindings.entry(context).or_default();
                    table.retain(|bound, _| !bound.starts_with(&keys) && !keys.starts_with(bound));
                    command.map(|command| table.insert(keys, command));
                }
            }
        }
        faults
    }

    /// What `keys` mean in `context`. A key of another layout counts as what stands at its place, unless it is bound itself.
    pub fn step(&self, context: Context, keys: &[Key]) -> Step {
        let direct = self.look_up(context, keys);
        if direct != Step::Unbound || context.is_typed() {
            return direct;
        }
        let translated: Vec<Key> = keys.iter().map(|key| self.translate(*key)).collect();
        self.look_up(context, &translated)
    }

    /// The key that stands at the same place of a Latin keyboard; the key itself where it stands on none.
    pub fn translate(&self, key: Key) -> Key {
        match key {
            Key::Char(c) => Key::Char(self.layouts.get(&c).copied().unwrap_or(c)),
            Key::Ctrl(c) => Key::Ctrl(self.layouts.get(&c).copied().unwrap_or(c)),
            key => key,
        }
    }

    /// What can be pressed in `context` after `begun`: the rest of each sequence and its command, nearest section first.
    pub fn bindings(&self, context: Context, begun: &[Key]) -> Vec<(Vec<Key>, Command)> {
        let begun: Vec<Key> = begun.iter().map(|key| self.translate(*key)).collect();
        let mut found: Vec<(Vec<Key>, Command)> = Vec::new();
        for section in context.sections() {
            for (keys, command) in self.bindings.get(section).into_iter().flatten() {
                let Some(rest) = keys.strip_prefix(begun.as_slice()) else { continue };
                // A nearer section hides what a wider one binds to the same keys.
                if !found.iter().any(|(nearer, _)| nearer.starts_with(rest) || rest.starts_with(nearer)) || *section == context {
                    found.push((rest.to_vec(), *command));
                }
            }
        }
        found
    }

    fn look_up(&self, context: Context, keys: &[Key]) -> Step {
        for section in context.sections() {
            let Some(table) = self.bindings.get(section) else { continue };
            match table.range(keys.to_vec()..).next() {
                Some((bound, command)) if bound == keys => return Step::Run(*command),
                Some((bound, _)) if bound.starts_with(keys) => return Step::More,
                _ => {}
            }
        }
        Step::Unbound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &str) -> Vec<Key> {
        names.split(' ').map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn sequences_are_followed_key_by_key() {
        let map = Keymap::default();
        assert_eq!(map.step(Context::List, &keys("g")), Step::More);
        assert_eq!(map.step(Context::List, &keys("g g")), Step::Run(Command::First));
        assert_eq!(map.step(Context::List, &keys("g x")), Step::Unbound);
        assert_eq!(map.step(Context::Text, &keys("] e")), Step::Run(Command::NextName));
    }

    #[test]
    fn letters_of_the_arabic_layout_count_as_the_keys_they_lie_on() {
        let map = Keymap::default();
        for (arabic, latin) in [("ت", "j"), ("ظ", "/"), ("ض", "q"), ("د ث", "] e"), ("ل ل", "g g"), ("؟", "?")] {
            assert_eq!(map.step(Context::List, &keys(arabic)), map.step(Context::List, &keys(latin)), "{arabic}");
        }
        assert_eq!(map.step(Context::Filter, &keys("ت")), Step::Unbound, "in the filter line it is a letter");
    }

    #[test]
    fn no_sequence_is_hidden_by_a_shorter_one() {
        for preset in Keymap::presets().map(Some).chain([None]) {
            let (map, faults) = Keymap::load(preset, None, None);
            assert_eq!(faults, [""; 0]);
            for context in Context::ALL {
                for (keys, command) in map.bindings(context, &[]) {
                    assert_eq!(map.step(context, &keys), Step::Run(command), "{preset:?} {context:?} {keys:?}");
                }
            }
        }
    }

    #[test]
    fn faults_are_named_with_their_line_and_cost_no_other() {
        for (source, fault) in [
            ("[list]\n\"x\" = \"next\"\n\"j\" = \"jump\"", "keys.toml, line 3: there is no command 'jump'"),
            ("[list]\n\"hyper-j\" = \"next\"", "keys.toml, line 2: there is no key 'hyper-j'"),
            ("\n[lost]\n\"j\" = \"next\"", "keys.toml, line 2: there is no place [lost]"),
            ("[layout.x]\n\"ab\" = \"j\"", "keys.toml, line 2: 'ab' is not paired with one character"),
            ("[list]\n\"j\" = 3", "keys.toml, line 2: a command is written in quotes"),
        ] {
            let (map, faults) = Keymap::load(None, None, Some(source));
            assert_eq!(faults, [fault]);
            assert_eq!(map.step(Context::List, &keys("k")), Step::Run(Command::Previous));
        }
        let (_, faults) = Keymap::load(None, None, Some("[list]\n\"j = 3"));
        assert!(faults[0].starts_with("keys.toml, line 2: "), "{faults:?}");
        let (_, faults) = Keymap::load(Some("nano"), Some(&["elvish".to_owned()]), None);
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn keys_of_the_user_are_laid_over_the_shipped_ones() {
        let (map, _) = Keymap::load(Some("newsboat"), None, Some("[list]\n\"g\" = \"last\"\n\"j\" = \"\"\n\"k k\" = \"next\""));
        let step = |names| map.step(Context::List, &keys(names));
        assert_eq!(step("n"), Step::Run(Command::NextUnread));
        assert_eq!(step("g"), Step::Run(Command::Last), "a longer sequence gives way");
        assert_eq!(step("j"), Step::Unbound);
        assert_eq!((step("k"), step("k k")), (Step::More, Step::Run(Command::Next)));
        assert_eq!(step("G"), Step::Run(Command::Last));
    }

    /// Characters that cannot be typed while a layout is active: other ones lie on their keys and they on none.
    const LOST: [(&str, &str); 6] = [
        ("arabic-101", r##";?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz|"##),
        ("arabic-azerty", r##"!#$%*;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^abcdefghijklmnopqrstuvwxyz|"##),
        ("arabic-mac", r##"%',0123456789;?ABCDEHIMNOPQRSTUVWY`abcdefghijklmnopqrstuvwxyz"##),
        ("persian", r##""&',0123456789;?ACDEFGHIJKLMNOPQRSTUVWYZ^_abcdefghijklmnopqrstuvwxyz~"##),
        ("hebrew", r##"`abcdefghijklmnopqrstuvwxyz"##),
        ("russian", r##"#$&'<>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^`abcdefghijklmnopqrstuvwxyz{|}~"##),
    ];

    /// The keys that arrive when somebody presses those that a key file names, while a layout is active.
    fn arriving(layout: &str, lost: &str, bound: &[Key]) -> Option<Vec<Key>> {
        let table = letters([layout]).unwrap();
        let sent = |key: &Key| match key {
            Key::Char(c) if lost.contains(*c) => {
                let there = table.iter().find(|(theirs, ours)| *ours == c && !theirs.is_numeric());
                there.map(|(theirs, _)| Key::Char(*theirs))
            }
            key => Some(*key),
        };
        bound.iter().map(sent).collect()
    }

    #[test]
    fn every_command_works_under_every_layout() {
        for (layout, lost) in LOST {
            for preset in Keymap::presets().map(Some).chain([None]) {
                let (map, _) = Keymap::load(preset, Some(&[layout.to_owned()]), None);
                for context in Context::ALL.into_iter().filter(|context| !context.is_typed()) {
                    let bindings = map.bindings(context, &[]);
                    for (_, command) in &bindings {
                        let mut ways = bindings.iter().filter(|(_, bound)| bound == command);
                        let works = |(keys, _): &(Vec<Key>, Command)| {
                            let arrived = arriving(layout, lost, keys);
                            arrived.is_some_and(|arrived| map.step(context, &arrived) == Step::Run(*command))
                        };
                        assert!(ways.any(works), "{} in {context:?} under {layout}, {preset:?}", command.name());
                    }
                }
            }
        }
    }

    #[test]
    fn digits_of_every_script_count() {
        let map = Keymap::default();
        for (digit, plain) in "٠١٢٣٤٥٦٧٨٩".chars().chain("۰۱۲۳۴۵۶۷۸۹".chars()).zip("0123456789".chars().cycle())
        {
            assert_eq!(map.translate(Key::Char(digit)), Key::Char(plain));
        }
    }
}

//! Key bindings as data: for each place where keys go, which sequence of keys runs which command.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};

use super::{Command, Key};

/// The bindings shipped with qala; the file is its own documentation.
const SHIPPED: &str = include_str!("keys.toml");

/// Where keys go. The names are those of the sections of a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In every pane.
    Everywhere,
    /// The list of articles.
    List,
    /// The text of an article.
    Text,
    /// The names in an article.
    Names,
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
    pub const ALL: [Context; 8] = [
        Context::Everywhere,
        Context::List,
        Context::Text,
        Context::Names,
        Context::Filter,
        Context::Help,
        Context::Prompt,
        Context::History,
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
            Context::Names => "names",
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
            Context::Names => &[Context::Names, Context::Everywhere],
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
        Keymap::parse(SHIPPED).expect("a test reads the shipped key file")
    }
}

impl Keymap {
    /// Reads a key file.
    ///
    /// # Errors
    /// When it is no TOML, or names a section, key or command that does not exist; the message says which.
    pub fn parse(source: &str) -> anyhow::Result<Keymap> {
        let file: toml::Table = toml::from_str(source)?;
        let mut map = Keymap { bindings: BTreeMap::new(), layouts: BTreeMap::new() };
        for (name, section) in file {
            if name == "layout" {
                map.layouts = section.try_into().map(layouts).context("in [layout]")??;
                continue;
            }
            let Some(context) = Context::ALL.into_iter().find(|context| context.name() == name) else {
                bail!("there is no place [{name}]");
            };
            let rows: BTreeMap<String, String> = section.try_into().with_context(|| format!("in [{name}]"))?;
            let rows: anyhow::Result<_> = rows.iter().map(binding).collect();
            map.bindings.insert(context, rows.with_context(|| format!("in [{name}]"))?);
        }
        Ok(map)
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

fn binding((keys, command): (&String, &String)) -> anyhow::Result<(Vec<Key>, Command)> {
    let keys: Result<Vec<Key>, String> = keys.split(' ').map(str::parse).collect();
    Ok((keys.map_err(anyhow::Error::msg)?, command.parse().map_err(anyhow::Error::msg)?))
}

fn layouts(tables: BTreeMap<String, BTreeMap<String, String>>) -> anyhow::Result<BTreeMap<char, char>> {
    let mut letters = BTreeMap::new();
    for (theirs, ours) in tables.into_values().flatten() {
        match (theirs.parse(), ours.parse()) {
            (Ok(Key::Char(theirs)), Ok(Key::Char(ours))) => letters.insert(theirs, ours),
            _ => bail!("'{theirs}' = '{ours}' does not pair one character with another"),
        };
    }
    Ok(letters)
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
    fn every_layout_key_leads_to_a_plain_one() {
        let map = Keymap::default();
        assert!(map.layouts.len() > 50);
        assert!(map.layouts.values().all(char::is_ascii));
    }

    #[test]
    fn no_sequence_is_hidden_by_a_shorter_one() {
        let map = Keymap::default();
        for context in Context::ALL {
            for (keys, command) in map.bindings(context, &[]) {
                assert_eq!(map.step(context, &keys), Step::Run(command), "{context:?} {keys:?}");
            }
        }
    }

    #[test]
    fn faults_are_named() {
        for (source, fault) in [
            ("[list]\n\"j\" = \"jump\"", "jump"),
            ("[list]\n\"hyper-j\" = \"next\"", "hyper-j"),
            ("[lost]\n\"j\" = \"next\"", "lost"),
            ("[layout.x]\n\"ab\" = \"j\"", "ab"),
        ] {
            let error = format!("{:#}", Keymap::parse(source).unwrap_err());
            assert!(error.contains(fault), "{error}");
        }
    }
}

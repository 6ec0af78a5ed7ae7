//! Reading key files: each is laid over what is there already, and a fault costs its own line only.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Command, Context, Key};

/// What a line of a key file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// These keys run this command here; without one they run none.
    Bind(Context, Vec<Key>, Option<Command>),
    /// This letter stands for that key.
    Letter(char, char),
}

/// The lines of a key file, and what was wrong with the others, each with the number of its line.
pub(super) fn read(source: &str) -> (Vec<Line>, Vec<String>) {
    let mut file = File { source, lines: Vec::new(), faults: Vec::new() };
    match DeTable::parse(source) {
        Ok(table) => table.get_ref().iter().for_each(|(name, value)| file.section(name.get_ref(), value)),
        Err(error) => file.fault(error.span().map_or(0, |span| span.start), error.message()),
    }
    (file.lines, file.faults)
}

struct File<'a> {
    source: &'a str,
    lines: Vec<Line>,
    faults: Vec<String>,
}

impl File<'_> {
    fn section(&mut self, name: &str, value: &Spanned<DeValue<'_>>) {
        let at = value.span().start;
        let DeValue::Table(rows) = value.get_ref() else { return self.fault(at, format!("'{name}' is no section")) };
        if name == "layout" {
            for (name, table) in rows {
                match table.get_ref() {
                    DeValue::Table(letters) => letters.iter().for_each(|(theirs, ours)| self.letter(theirs.get_ref(), ours)),
                    _ => self.fault(table.span().start, format!("[layout.{}] is no section", name.get_ref())),
                }
            }
            return;
        }
        let Some(context) = Context::ALL.into_iter().find(|context| context.name() == name) else {
            return self.fault(at, format!("there is no place [{name}]"));
        };
        for (keys, command) in rows {
            match binding(context, keys.get_ref(), command.get_ref()) {
                Ok(line) => self.lines.push(line),
                Err(fault) => self.fault(command.span().start, fault),
            }
        }
    }

    fn letter(&mut self, theirs: &str, ours: &Spanned<DeValue<'_>>) {
        let key = match ours.get_ref() {
            DeValue::String(ours) => (theirs.parse(), ours.parse()),
            _ => (theirs.parse(), Err(String::new())),
        };
        match key {
            (Ok(Key::Char(theirs)), Ok(Key::Char(ours))) => self.lines.push(Line::Letter(theirs, ours)),
            _ => self.fault(ours.span().start, format!("'{theirs}' is not paired with one character")),
        }
    }

    fn fault(&mut self, at: usize, what: impl AsRef<str>) {
        let line = self.source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        self.faults.push(format!("line {line}: {}", what.as_ref()));
    }
}

fn binding(context: Context, keys: &str, command: &DeValue<'_>) -> Result<Line, String> {
    let keys: Vec<Key> = keys.split(' ').map(str::parse).collect::<Result<_, String>>()?;
    let DeValue::String(command) = command else { return Err("a command is written in quotes".to_owned()) };
    let command = if command.is_empty() { None } else { Some(command.parse()?) };
    Ok(Line::Bind(context, keys, command))
}

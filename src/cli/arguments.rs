//! Puts arguments into an order that clap understands: behind a subcommand with a query, `-word` belongs to the query.

use std::ffi::{OsStr, OsString};

use clap::Command;

/// Moves the options of a subcommand that takes a query before its words and marks where the words begin, so that a word with
/// a leading `-` is no option. Other subcommands are left alone.
pub(super) fn query_words_last(program: &Command, args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    let Some((at, command)) = subcommand(program, &args) else { return args };
    if !command.get_positionals().any(|arg| arg.get_id() == "query") {
        return args;
    }
    let (mut options, mut words) = (Vec::new(), Vec::new());
    let mut rest = args.split_off(at + 1).into_iter();
    while let Some(arg) = rest.next() {
        match arg.to_str() {
            Some("--") => {
                words.extend(rest);
                break;
            }
            Some(name) if name.starts_with("--") || name == "-h" => {
                let wants_value = takes_value(program, command, name);
                options.push(arg);
                options.extend(if wants_value { rest.next() } else { None });
            }
            _ => words.push(arg),
        }
    }
    args.extend(options);
    args.push("--".into());
    args.extend(words);
    args
}

/// The subcommand among the arguments, options of the program and their values passed over.
fn subcommand<'a>(program: &'a Command, args: &[OsString]) -> Option<(usize, &'a Command)> {
    let mut at = 1;
    loop {
        let name = args.get(at)?.to_str()?;
        // What follows is a subcommand to be explained, not one to be carried out.
        if name == "help" {
            return None;
        }
        if let Some(command) = program.find_subcommand(name) {
            return Some((at, command));
        }
        at += if takes_value(program, program, name) { 2 } else { 1 };
    }
}

fn takes_value(program: &Command, command: &Command, name: &str) -> bool {
    let Some(long) = name.strip_prefix("--") else { return false };
    let mut known = command.get_arguments().chain(program.get_arguments());
    known
        .find(|arg| arg.get_long().is_some_and(|known| OsStr::new(known) == long))
        .is_some_and(|arg| arg.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn options_stand_anywhere_and_dashes_belong_to_words() {
        for (typed, ordered) in [
            ("qala search -not this", "qala search -- -not this"),
            ("qala search a --json -b --limit 3 c", "qala search --json --limit 3 -- a -b c"),
            ("qala --archive search search a --archive=x", "qala --archive search search --archive=x -- a"),
            ("qala search a -- --json", "qala search -- a --json"),
            ("qala import --json search", "qala import --json search"),
            ("qala news", "qala news"),
            ("qala help search", "qala help search"),
        ] {
            let args = typed.split(' ').map(OsString::from);
            let found = query_words_last(&super::super::Args::command(), args);
            assert_eq!(found.join(OsStr::new(" ")), OsStr::new(ordered));
        }
    }
}

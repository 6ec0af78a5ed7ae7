//! `qala completions` and `qala man`: what shells and readers of manuals want, made from the same table as the help.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::{Args as Program, Outcome};

#[derive(clap::Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell to complete for.
    shell: Shell,
}

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Program::command(), "qala", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual page, its subcommands' pages after it.
pub(super) fn man(out: &mut dyn Write) -> Result<Outcome> {
    let mut program = Program::command();
    program.build();
    clap_mangen::Man::new(program.clone()).render(out)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(out)?;
    }
    Ok(Outcome::Done)
}

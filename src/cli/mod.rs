//! The command line: one file per subcommand, each writing to what it is given.

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use crate::ui::Bidi;

mod arguments;
mod browse;
mod config;
mod decided;
mod doctor;
mod entities;
mod export;
mod extract;
mod import;
pub mod json;
mod manual;
mod places;
mod restore;
mod said;
mod samples;
mod search;
mod show;
mod statements;
mod train;

/// Browse news archives and find out who said what.
#[derive(Parser, Debug)]
#[command(name = "qala", version, max_term_width = 100, subcommand_precedence_over_arg = true, after_help = EXIT_CODES)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    /// Files and folders to browse; their archive is kept up to date in the data folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Browse the articles that come with the program.
    #[arg(long, conflicts_with = "paths")]
    sample: bool,

    /// The folder of the archive [default: in the platform's data folder].
    #[arg(long, value_name = "DIR", global = true, env = "QALA_ARCHIVE")]
    archive: Option<PathBuf>,

    /// The configuration file [default: in the platform's configuration folder].
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,

    /// How right-to-left text is sent to the terminal: auto, visual, uba, konsole, words or off.
    #[arg(long, value_name = "MODE")]
    bidi: Option<Bidi>,

    /// The colours: dark or light [default: as the terminal says].
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// Send less, for slow lines: texts are drawn when keys pause for half a second.
    #[arg(long)]
    low_bandwidth: bool,

    /// Change nothing in the archive.
    #[arg(long)]
    read_only: bool,
}

const EXIT_CODES: &str =
    "Exit codes: 0 found or done, 1 nothing found, 2 error. Without arguments the default archive is opened.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Read files and folders into the archive; only what changed is read again.
    Import(import::Args),
    /// Find articles.
    Search(search::Args),
    /// Find out who said what.
    Said(said::Args),
    /// List persons, places and organisations with their spellings.
    Entities(entities::Args),
    /// Print one article.
    Show(show::Args),
    /// Print all that can be read out of files, one JSON object per article, without an archive.
    Extract(extract::Args),
    /// Print articles, statements or decisions for other programs, or to keep.
    Export(export::Args),
    /// Take decisions in as `qala export decisions` printed them; what holds already is left alone.
    Restore(restore::Args),
    /// Learn the weights of choices among statements from annotated articles.
    #[command(hide = true)]
    TrainStatements(train::Args),
    /// Show what was found out about the terminal, a test card, and whether archive and configuration are well.
    Doctor(doctor::Args),
    /// Print a completion script: bash, zsh, fish, elvish or powershell.
    Completions(manual::CompletionsArgs),
    /// Print the manual page.
    Man,
}

/// What a subcommand found, as the exit code tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found or done.
    Done,
    /// Nothing was found.
    Nothing,
    /// Nothing could be done; the reasons are on stderr already.
    Failed,
}

/// Where the archive and the configuration lie, for all subcommands.
struct Context {
    /// The archive that was named, by argument or environment; the configuration names only the default one.
    archive: Option<PathBuf>,
    config: config::Config,
}

/// Runs the program on `args`, the first of which is its own name, and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let args = arguments::query_words_last(&Args::command(), args);
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        // Help and version come as errors that belong on stdout.
        Err(error) if !error.use_stderr() => {
            let _ = write!(out, "{error}");
            return 0;
        }
        Err(error) => {
            let text = error.to_string();
            let _ = write!(err, "qala: {}", text.strip_prefix("error: ").unwrap_or(&text));
            return 2;
        }
    };
    let done = dispatch(args, out, err).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match done {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::Failed) => 2,
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            let _ = writeln!(err, "qala: {error:#}");
            2
        }
    }
}

fn dispatch(args: Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    if let (Some(_), Some(path)) = (&args.command, args.paths.first()) {
        anyhow::bail!("'{}' stands before a subcommand; write ./NAME for a folder that is called like one", path.display());
    }
    let (config, fault) = match config::Config::load(args.config.as_deref()) {
        // A doctor is asked when things are not well.
        Err(error) if matches!(args.command, Some(Command::Doctor(_))) => (config::Config::default(), Some(error)),
        config => (config?, None),
    };
    let context = Context { archive: args.archive, config };
    match args.command {
        Some(Command::Import(args)) => import::run(&args, &context, out, err),
        Some(Command::Search(args)) => search::run(&args, &context, out, err),
        Some(Command::Said(args)) => said::run(&args, &context, out, err),
        Some(Command::Entities(args)) => entities::run(&args, &context, out),
        Some(Command::Show(args)) => show::run(&args, &context, out),
        Some(Command::Extract(args)) => extract::run(&args, out, err),
        Some(Command::Export(args)) => export::run(&args, &context, out, err),
        Some(Command::Restore(args)) => restore::run(&args, &context, out, err),
        Some(Command::TrainStatements(args)) => train::run(&args, out, err),
        Some(Command::Doctor(args)) => doctor::run(&args, &context, fault, out),
        Some(Command::Completions(args)) => manual::completions(&args, out),
        Some(Command::Man) => manual::man(out),
        None => {
            let wish = browse::Wish {
                paths: args.paths,
                sample: args.sample,
                bidi: args.bidi,
                theme: args.theme,
                low_bandwidth: args.low_bandwidth,
                read_only: args.read_only,
            };
            browse::run(wish, &context, out)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

//! `qala doctor`: what was found out about the terminal, a card to look at, and the health of archive and configuration.

use std::{
    io::{IsTerminal, Write},
    path::Path,
};

use anyhow::Result;

use super::{Context, Outcome, places};
use crate::{
    app::Keymap,
    query,
    store::{Access, Archive},
    ui::{self, Bidi, Theme},
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Look at this way of sending right-to-left text instead of the one that is found to suit.
    #[arg(long, value_name = "MODE")]
    bidi: Option<Bidi>,

    /// List all terminals that are known by name, with what to set in them.
    #[arg(long)]
    terminals: bool,
}

/// How well things are; the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Health {
    Well,
    Doubtful,
    Broken,
}

/// Looks at everything. Exit codes: 0 where all is well, 1 where something deserves a look, 2 where something is broken.
pub(super) fn run(args: &Args, context: &Context, fault: Option<anyhow::Error>, out: &mut dyn Write) -> Result<Outcome> {
    if args.terminals {
        for (name, transport, advice) in ui::terminals() {
            writeln!(out, "{name}\n  bidi {}. {advice}", transport.name())?;
        }
        return Ok(Outcome::Done);
    }
    let mut health = vec![terminal(args, context, out)?, configuration(context, out)?, stored(context, out)?];
    if let Some(fault) = fault {
        heading(out, "The configuration was left aside")?;
        finding(out, "broken", &format!("{fault:#}"))?;
        health.push(Health::Broken);
    }
    Ok(match health.into_iter().max() {
        Some(Health::Broken) => Outcome::Failed,
        Some(Health::Doubtful) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

fn heading(out: &mut dyn Write, text: &str) -> Result<()> {
    Ok(writeln!(out, "\n{text}")?)
}

fn finding(out: &mut dyn Write, what: &str, found: &str) -> Result<()> {
    Ok(writeln!(out, "  {what}: {found}")?)
}

fn terminal(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Health> {
    let bidi = args.bidi.or(context.config.bidi).unwrap_or_default();
    let file = places::data_folder().ok().map(|folder| folder.join("terminals.toml"));
    let checkup = ui::checkup(bidi, context.config.harakat, file)?;
    writeln!(out, "Terminal")?;
    for (what, found) in &checkup.findings {
        finding(out, what, found)?;
    }
    finding(out, "copying", &ui::clipboard_in_words())?;
    if !std::io::stdout().is_terminal() {
        finding(out, "test card", "not shown, for this goes to a file or another program")?;
        return Ok(Health::Doubtful);
    }
    heading(out, "Test card: take the mode whose line reads right, between straight lines")?;
    // In the order in which it is sent, as in the browser, and the terminal's own way after it.
    write!(out, "\x1b[8l")?;
    for (what, line) in ui::card(checkup.transport, checkup.harakat) {
        writeln!(out, "{line}   {what}")?;
    }
    write!(out, "\x1b[8h")?;
    writeln!(
        out,
        "Words begin on the right, their letters join, brackets embrace, numbers read\n\
         2021 and the lines on both sides are straight. What to do where this is not so:\n  \
         another mode: --bidi MODE, `bidi = \"MODE\"` in config.toml, or g b in the\n  \
         browser, which also remembers it;\n  \
         boxes instead of letters: the font has no joined forms; take another or set\n  \
         `shaping = false` in config.toml;\n  \
         dots below letters cut off: give the lines of the terminal more height;\n  \
         marks on the wrong letters: `harakat = false`.\n\
         Other terminals: qala doctor --terminals."
    )?;
    Ok(if checkup.answered { Health::Well } else { Health::Doubtful })
}

fn configuration(context: &Context, out: &mut dyn Write) -> Result<Health> {
    heading(out, "Configuration")?;
    let file = places::config_file()?;
    finding(out, "file", &format!("{}{}", file.display(), if file.exists() { "" } else { " (there is none, which is well)" }))?;
    let config = &context.config;
    let (_, mut notices) = Keymap::load(config.keys.as_deref(), config.layouts.as_deref(), config.own_keys.as_deref());
    let own = |name: &str| std::fs::read_to_string(file.with_file_name("themes").join(format!("{name}.toml"))).ok();
    if let Some(name) = config.theme.as_deref().filter(|name| !name.ends_with(".toml")) {
        match Theme::find(name, &own) {
            Ok((_, warnings)) => notices.extend(warnings),
            Err(error) => notices.push(format!("{error:#}")),
        }
    }
    for notice in &notices {
        finding(out, "not understood", notice)?;
    }
    Ok(if notices.is_empty() { Health::Well } else { Health::Doubtful })
}

fn stored(context: &Context, out: &mut dyn Write) -> Result<Health> {
    heading(out, "Archive")?;
    let folder = context.archive_folder()?;
    finding(out, "folder", &folder.display().to_string())?;
    if !places::is_archive(&folder) {
        finding(out, "articles", "there is no archive yet; `qala import PATH` makes one")?;
        return Ok(Health::Doubtful);
    }
    match look(&folder, out) {
        Ok(health) => Ok(health),
        Err(error) => {
            finding(out, "broken", &format!("{error:#}"))?;
            Ok(Health::Broken)
        }
    }
}

fn look(folder: &Path, out: &mut dyn Write) -> Result<Health> {
    let mut archive = Archive::open(folder, Access::Read)?;
    finding(out, "articles", &archive.len()?.to_string())?;
    // A word is looked up in the index, which is opened by that.
    let found = archive.search(&query::parse("قال said", false), 0..1)?;
    finding(out, "index", &format!("answers ({} articles for \u{201c}قال said\u{201d})", found.total))?;
    let is_older = Archive::wants_upkeep(folder);
    if is_older {
        finding(out, "index", "of an older version; the browser or the next import makes it anew while it goes on answering")?;
    }
    let lost = archive.lost_passages()?.len();
    finding(
        out,
        "decisions",
        &if lost == 0 { "all in their places".to_owned() } else { format!("{lost} notes have lost their passages") },
    )?;
    if let Some(notice) = archive.notice() {
        finding(out, "notice", notice)?;
        return Ok(Health::Doubtful);
    }
    Ok(if lost == 0 && !is_older { Health::Well } else { Health::Doubtful })
}

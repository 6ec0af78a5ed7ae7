//! `qala extract`: everything that can be read out of files, linked over all of them, without an archive.

use std::{io::Write, ops::ControlFlow, path::PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use super::{Outcome, import::write_fault, json};
use crate::{
    domain::{Article, ArticleId, Draft, Entity, EntityId, Extraction, Fault, Marks, Name, Reading},
    extract::{
        Holders, Links, Means, NameCount, date_of, extract_with,
        holders::{self, Evidence},
        link,
    },
    lang::Packs,
    read,
};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Files and folders: .txt, .md and .jsonl.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    print(&args.files, &Means::default(), out, err)
}

/// Prints what is found in files by these means.
pub(super) fn print(files: &[PathBuf], means: &Means<'_>, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let (drafts, faults) = drafts(files);
    for fault in &faults {
        write_fault(fault, err)?;
    }
    let packs = Packs::get();
    let read = |draft: &Draft, means: &Means<'_>| extract_with(&draft.text, &draft.fields, packs, means, None);
    let mut extractions: Vec<Extraction> = drafts.par_iter().map(|draft| read(draft, means)).collect();
    let mut links = link(counts(&extractions), packs);
    // A title that speaks in one file may be explained in another.
    let evidence: Vec<Evidence> = extractions.iter().flat_map(|extraction| holders::evidence(extraction, &links)).collect();
    let known = Holders::of(&evidence);
    let means = &Means { holders: &known, ..*means };
    let again = drafts.par_iter().zip(&mut extractions).filter(|(_, extraction)| known.tell_more_of(extraction));
    let changed = again.map(|(draft, extraction)| *extraction = read(draft, means)).count();
    if changed > 0 {
        links = link(counts(&extractions), packs);
    }
    let found = !drafts.is_empty();
    for (draft, extraction) in drafts.into_iter().zip(extractions) {
        json::line(&json::article(&reading(draft, extraction, &links)), out)?;
    }
    Ok(if found { Outcome::Done } else { Outcome::Failed })
}

fn drafts(paths: &[PathBuf]) -> (Vec<Draft>, Vec<Fault>) {
    let (files, mut faults) = read::list(paths);
    let mut drafts = Vec::new();
    for file in files {
        read::drafts(&file, date_of, &mut |record| {
            match record {
                Ok(draft) => drafts.push(draft),
                Err(fault) => faults.push(fault),
            }
            ControlFlow::Continue(())
        });
    }
    (drafts, faults)
}

fn counts(extractions: &[Extraction]) -> impl Iterator<Item = NameCount> {
    extractions.iter().flat_map(|extraction| {
        (0..).zip(&extraction.names).map(|(index, name)| {
            let mentions = extraction.mentions.iter().filter(|mention| mention.name.0 == index).count();
            NameCount { key: name.key.clone(), kind: name.kind, text: name.text.clone(), articles: 1, mentions: mentions as u64 }
        })
    })
}

fn reading(draft: Draft, extraction: Extraction, links: &Links) -> Reading {
    let entities =
        extraction.names.iter().map(|name| links.entity(&name.key).cloned().unwrap_or_else(|| unlinked(name))).collect();
    let Draft { source, text, fields } = draft;
    let article = Article { id: ArticleId::of(&text), text, fields, sources: vec![source] };
    Reading { article, extraction, entities, hits: Vec::new(), marks: Marks::default() }
}

/// Every name was given to the linking, so this is what a name would be if it stood alone.
fn unlinked(name: &Name) -> Entity {
    Entity {
        id: EntityId(name.key.0.clone()),
        kind: name.kind,
        name: name.text.clone(),
        aliases: Vec::new(),
        articles: 1,
        mentions: 1,
    }
}

//! `qala`, `qala PATH…` and `qala --sample`: the browser on an archive, with an import behind it where there are paths.

use std::{
    io::Write,
    ops::{ControlFlow, Range},
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{Context, Outcome, places, samples};
use crate::{
    app::{Settings, Typography},
    domain::{
        Among, ArticleId, Card, Change, Explanation, Facets, Offer, Page, Query, Reading, Report, Saved, Snippet, Speakers,
        StatementId, Statements, Step, Timeline,
    },
    query::parse,
    store::{Access, Archive},
    ui::{self, Bidi, Importer, Library},
};

/// What the user asked for besides what holds for all subcommands.
pub(super) struct Wish {
    pub(super) paths: Vec<PathBuf>,
    pub(super) sample: bool,
    pub(super) bidi: Option<Bidi>,
    pub(super) theme: Option<String>,
    pub(super) low_bandwidth: bool,
    pub(super) read_only: bool,
}

const WELCOME: &str = "\
There is no archive yet.

  qala --sample        browse the articles that come with the program
  qala PATH…           browse a folder of .txt, .md and .jsonl articles
  qala import PATH…    read articles into the default archive; `qala` then opens it
";

impl Library for Archive {
    fn search(&mut self, query: &Query, range: Range<usize>) -> Result<Page> {
        Archive::search(self, query, range)
    }

    fn glance(&mut self, query: &Query, range: Range<usize>) -> Result<Page> {
        Archive::glance(self, query, range)
    }

    fn finish(&mut self, query: &Query, range: Range<usize>, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Page>> {
        Archive::finish(self, query, range, watch)
    }

    fn read(&mut self, id: ArticleId, query: &Query) -> Result<Option<Reading>> {
        Archive::read(self, id, query)
    }

    fn said(&mut self, query: &Query, range: Range<usize>) -> Result<Statements> {
        Archive::said(self, query, range)
    }

    fn glance_said(&mut self, query: &Query, range: Range<usize>) -> Result<Statements> {
        Archive::glance_said(self, query, range)
    }

    fn finish_said(
        &mut self,
        query: &Query,
        range: Range<usize>,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Statements>> {
        Archive::finish_said(self, query, range, watch)
    }

    fn speakers(&mut self, query: &Query, most: usize) -> Result<Speakers> {
        Archive::speakers(self, query, most)
    }

    fn carriers(&mut self, id: StatementId, most: usize) -> Result<Vec<Card>> {
        Archive::carriers(self, id, most)
    }

    fn refresh(&mut self) -> Result<bool> {
        Archive::refresh(self)
    }

    fn prepare(&mut self) {
        // Whatever the word, the index and the lexicon of other names are open then.
        let _ = Archive::search(self, &parse("x", false), 0..0);
    }

    fn others_decided(&mut self) -> Result<bool> {
        let imported = Archive::others_imported(self);
        Ok(Archive::others_decided(self)? || imported?)
    }

    fn decide(&mut self, label: &str, changes: &[Change]) -> Result<()> {
        Archive::decide(self, label, changes)
    }

    fn undo(&mut self) -> Result<Option<Step>> {
        Archive::undo(self)
    }

    fn redo(&mut self) -> Result<Option<Step>> {
        Archive::redo(self)
    }

    fn history(&self, steps: usize) -> Result<Vec<Step>> {
        Archive::history(self, steps)
    }

    fn tags(&self) -> Result<Vec<(String, u64)>> {
        Archive::tags(self)
    }

    fn facets(&mut self, query: &Query, watch: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Facets>> {
        Archive::facets(self, query, watch)
    }

    fn offers(
        &mut self,
        among: Among,
        begun: &str,
        most: usize,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Vec<Offer>>> {
        Archive::offers(self, among, begun, most, watch)
    }

    fn timeline(&mut self, query: &Query) -> Result<Timeline> {
        Archive::timeline(self, query)
    }

    fn explain(
        &mut self,
        query: &Query,
        retyped: &[(String, Query)],
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Explanation>> {
        Archive::explain_while(self, query, retyped, watch)
    }

    fn snippets(&mut self, query: &Query, articles: &[ArticleId], chars: usize) -> Result<Vec<Snippet>> {
        Archive::snippets(self, query, articles, chars)
    }

    fn searches(&self) -> Result<Vec<Saved>> {
        Archive::searches(self)
    }

    fn save_search(&mut self, saved: &Saved) -> Result<()> {
        Archive::save_search(self, saved)
    }

    fn delete_search(&mut self, name: &str) -> Result<()> {
        Archive::delete_search(self, name)
    }
}

pub(super) fn run(wish: Wish, context: &Context, out: &mut dyn Write) -> Result<Outcome> {
    let (folder, paths, title) = target(&wish, context)?;
    if paths.is_empty() && !places::is_archive(&folder) {
        writeln!(out, "{WELCOME}")?;
        return Ok(Outcome::Nothing);
    }
    let config = &context.config;
    let usual = Typography::default();
    let settings = Settings {
        keys: config.keys.clone(),
        layouts: config.layouts.clone(),
        own_keys: config.own_keys.clone(),
        snippets: config.snippets.unwrap_or_default(),
        low_bandwidth: wish.low_bandwidth || config.low_bandwidth.unwrap_or_default(),
        mouse: config.mouse.unwrap_or_default(),
        typography: Typography {
            measure: config.width.unwrap_or(usual.measure).max(20),
            between_paragraphs: config.paragraphs.unwrap_or(usual.between_paragraphs).min(3),
            between_rows: config.spacing.unwrap_or(usual.between_rows).min(3),
            tatweel: config.tatweel.unwrap_or(usual.tatweel),
            shaping: config.shaping.unwrap_or(usual.shaping),
        },
        ..Settings::default()
    };
    let options = ui::Options {
        settings,
        theme: wish.theme.or_else(|| context.config.theme.clone()),
        layout: context.config.layout.unwrap_or_default(),
        themes: places::config_file().ok().map(|file| file.with_file_name("themes")),
        bidi: wish.bidi.or(context.config.bidi).unwrap_or_default(),
        harakat: context.config.harakat,
        title,
        folder: places::data_folder().ok(),
        read_only: wish.read_only,
        session: (!wish.read_only).then(|| folder.join("session.toml")),
    };
    let importer = match (wish.read_only, paths.is_empty()) {
        (true, _) => None,
        (false, false) => Some(importer(folder.clone(), paths)),
        (false, true) => Archive::wants_upkeep(&folder).then(|| upkeep(folder.clone())),
    };
    let makes = importer.is_some();
    ui::run(options, move || open(&folder, makes), importer)?;
    Ok(Outcome::Done)
}

/// The archive's folder, what is to be imported into it, and what the browser calls it.
fn target(wish: &Wish, context: &Context) -> Result<(PathBuf, Vec<PathBuf>, String)> {
    if wish.sample {
        let place = places::data_folder()?.join("sample");
        let articles = place.join("articles");
        samples::lay_out(&articles)?;
        let folder = context.archive.clone().unwrap_or_else(|| place.join("archive"));
        return Ok((folder, vec![articles], "samples".into()));
    }
    let title = match wish.paths.as_slice() {
        [] => "archive".into(),
        [path] => path.display().to_string(),
        [first, ..] => format!("{} + {}", first.display(), wish.paths.len() - 1),
    };
    let folder = match (&context.archive, wish.paths.as_slice()) {
        (Some(_), _) | (None, []) => context.archive_folder()?,
        (None, paths) => places::folder_for(paths)?,
    };
    Ok((folder, wish.paths.clone(), title))
}

/// Opens the archive for reading; an import behind the browser may make it first.
fn open(folder: &Path, makes: bool) -> Result<Box<dyn Library>> {
    if makes && !places::is_archive(folder) {
        drop(Archive::open(folder, Access::Write)?);
    }
    Ok(Box::new(Archive::open(folder, Access::Read)?))
}

fn importer(folder: PathBuf, paths: Vec<PathBuf>) -> Importer {
    Box::new(move |watch| Archive::open(&folder, Access::Write)?.import(&paths, watch))
}

/// Makes the search index anew behind the browser. Who cannot write here goes on with the old one, and so does who finds another
/// at work.
fn upkeep(folder: PathBuf) -> Importer {
    Box::new(move |watch| match Archive::open(&folder, Access::Write) {
        Ok(mut archive) => archive.renew(watch).map(|()| Report::default()),
        Err(_) => Ok(Report::default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::Config;

    #[test]
    fn what_is_browsed_stays_out_of_the_configured_archive() {
        let news = tempfile::tempdir().unwrap();
        let folder = |named: Option<&str>, paths: &[&Path]| {
            let config = Config { archive: Some("configured".into()), ..Config::default() };
            let context = Context { archive: named.map(PathBuf::from), config };
            let paths = paths.iter().map(|path| path.to_path_buf()).collect();
            let wish = Wish { paths, sample: false, bidi: None, theme: None, low_bandwidth: false, read_only: false };
            target(&wish, &context).unwrap().0
        };
        assert_eq!(folder(None, &[]), Path::new("configured"));
        assert_ne!(folder(None, &[news.path()]), Path::new("configured"));
        assert_eq!(folder(Some("named"), &[]), Path::new("named"));
        assert_eq!(folder(Some("named"), &[news.path()]), Path::new("named"));
    }
}

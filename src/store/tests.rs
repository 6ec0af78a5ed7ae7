//! Behaviour of a whole archive, with a simple stand-in for extraction: words in capital letters are persons.

use std::{
    sync::Mutex,
    sync::atomic::{AtomicU32, AtomicUsize, Ordering},
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use super::{import::Stages, writer::Step, *};
use crate::{
    domain::{Clause, EntityId, Evidence, Extraction, Fields, Mention, Name, NameIndex, NameKey, Who},
    extract::{Holders, Links, NameCount},
    query::parse,
    text::words,
};

#[derive(Default)]
struct Capitals {
    extracted: AtomicUsize,
    version: AtomicU32,
    /// Pulls the plug at the n-th time that this step is reached.
    plug: Mutex<Option<(Step, usize)>>,
}

impl Stages for Capitals {
    fn extract(&self, text: &str, _fields: &Fields, _holders: &Holders) -> Extraction {
        self.extracted.fetch_add(1, Ordering::Relaxed);
        let mut found = Extraction::default();
        for word in words(text) {
            let surface = word.span.of(text);
            if surface.len() > 1 && surface.chars().all(char::is_uppercase) {
                let key = NameKey(format!("per:{}{}", word.folded, "x".repeat(self.version() as usize)));
                let name = found.names.iter().position(|name: &Name| name.key == key).unwrap_or_else(|| {
                    found.names.push(Name { key, kind: Kind::Person, text: surface.to_owned() });
                    found.names.len() - 1
                });
                let evidence = Evidence { rule: "capitals".into(), confidence: 90 };
                found.mentions.push(Mention { span: word.span, kind: Kind::Person, name: NameIndex(name as u32), evidence });
            }
        }
        found
    }

    fn version(&self) -> u32 {
        self.version.load(Ordering::Relaxed)
    }

    /// BLOGGS is BLOGS, misspelt.
    fn link(&self, names: Vec<NameCount>) -> Links {
        let mut links = Links::default();
        for NameCount { key, kind, text: name, .. } in names {
            let id = EntityId(key.0.replace("gg", "g"));
            links.by_key.insert(key, id.clone());
            let entity = Entity { id: id.clone(), kind, name, aliases: Vec::new(), articles: 0, mentions: 0 };
            links.entities.entry(id).or_insert(entity);
        }
        links
    }

    fn at(&self, step: Step) -> Result<()> {
        let mut plug = self.plug.lock().unwrap();
        match plug.as_mut() {
            Some((at, 0)) if *at == step => bail!("the plug was pulled"),
            Some((at, left)) if *at == step => *left -= 1,
            _ => {}
        }
        Ok(())
    }
}

struct World {
    root: TempDir,
    stages: Capitals,
}

impl World {
    fn new() -> World {
        let world = World { root: tempfile::tempdir().unwrap(), stages: Capitals::default() };
        fs::create_dir(world.news()).unwrap();
        world
    }

    fn news(&self) -> PathBuf {
        self.root.path().join("news")
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("archive")
    }

    /// Writes a file that looks old enough for its time stamp to be trusted.
    fn write(&self, name: &str, text: &str) {
        let path = self.news().join(name);
        fs::write(&path, text).unwrap();
        let old = SystemTime::now() - Duration::from_secs(60 + text.len() as u64);
        fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    }

    fn import(&self) -> Result<Report> {
        let mut archive = Archive::open(&self.folder(), Access::Write)?;
        archive.import_with(&self.stages, &[self.news()], &mut |_| ControlFlow::Continue(()))
    }

    fn open(&self) -> Archive {
        Archive::open(&self.folder(), Access::Read).unwrap()
    }

    fn titles(&self, query: &str) -> Vec<String> {
        titles(&mut self.open(), query)
    }
}

fn titles(archive: &mut Archive, query: &str) -> Vec<String> {
    let page = archive.search(&parse(query, false), 0..100).unwrap();
    assert_eq!(page.total, page.hits.len());
    page.hits.into_iter().map(|hit| hit.title).collect()
}

/// Read, added, unchanged, updated, duplicates, failed.
fn counts(report: &Report) -> [u64; 6] {
    let Report { read, added, unchanged, updated, duplicates, ref failed, .. } = *report;
    [read, added, unchanged, updated, duplicates, failed.len() as u64]
}

#[test]
fn importing_again_changes_nothing_and_reads_nothing() {
    let world = World::new();
    world.write("a.txt", "alpha\nJOE said");
    world.write("b.txt", "beta");
    world.write("c.jsonl", "{\"text\":\"gamma\"}\n{\"text\":\"delta\"}\n");
    assert_eq!(counts(&world.import().unwrap()), [4, 4, 0, 0, 0, 0]);
    assert_eq!(counts(&world.import().unwrap()), [4, 0, 4, 0, 0, 0]);
    assert_eq!(world.stages.extracted.load(Ordering::Relaxed), 4);
    assert_eq!(world.open().len().unwrap(), 4);
}

#[test]
fn new_content_of_a_source_takes_the_place_of_the_old() {
    let world = World::new();
    world.write("a.txt", "alpha one JOE");
    world.write("b.txt", "beta");
    world.import().unwrap();
    world.write("a.txt", "alpha two, longer, ANN");
    assert_eq!(counts(&world.import().unwrap()), [2, 0, 1, 1, 0, 0]);
    assert_eq!(world.titles("alpha"), ["alpha two, longer, ANN"]);
    assert_eq!(world.titles("one"), [""; 0]);
    let names: Vec<String> = world.open().entities("", None, 9).unwrap().into_iter().map(|entity| entity.name).collect();
    assert_eq!(names, ["ANN"]);
}

#[test]
fn few_ids_and_many_lead_to_the_same_rows() {
    let world = World::new();
    let texts: Vec<String> = (0..40).map(|n| format!("text {n}")).collect();
    for (n, text) in texts.iter().enumerate() {
        world.write(&format!("{n}.txt"), text);
    }
    world.import().unwrap();
    let archive = world.open();
    let mut ids: Vec<ArticleId> = texts.iter().step_by(3).map(|text| ArticleId::of(text)).collect();
    ids.extend([ArticleId(0), ArticleId::of("nowhere"), ArticleId(u64::MAX)]);
    let [mut one_by_one, mut all] = [usize::MAX, 0].map(|articles| articles::rows_of(&archive.db, &ids, articles).unwrap());
    one_by_one.sort_unstable();
    all.sort_unstable();
    assert_eq!((all.len(), all), (14, one_by_one));
}

#[test]
fn the_same_content_from_two_sources_is_one_article() {
    let world = World::new();
    world.write("a.txt", "alpha");
    world.write("b.txt", "alpha");
    assert_eq!(counts(&world.import().unwrap()), [2, 1, 0, 0, 1, 0]);
    let mut archive = world.open();
    let id = ArticleId::of("alpha");
    let sources = archive.read(id, &Query::default()).unwrap().unwrap().article.sources;
    assert_eq!(sources.iter().filter(|source| source.file.ends_with(".txt")).count(), 2);
    // It stays as long as one of them holds it.
    world.write("a.txt", "something else");
    assert_eq!(counts(&world.import().unwrap()), [2, 0, 1, 1, 0, 0]);
    assert_eq!(world.titles("alpha"), ["alpha"]);
    world.write("b.txt", "something else again");
    world.import().unwrap();
    assert_eq!(world.titles("alpha"), [""; 0]);
    assert_eq!(archive.len().unwrap(), 2);
}

#[test]
fn records_that_move_within_a_file_are_not_lost() {
    let world = World::new();
    let record = |word: &str| format!("{{\"text\":\"{word}\"}}\n");
    world.write("a.jsonl", &(record("one") + &record("two")));
    world.import().unwrap();
    world.write("a.jsonl", &(record("zero") + &record("one") + &record("two")));
    assert_eq!(counts(&world.import().unwrap())[0], 3);
    let mut found = world.titles("");
    found.sort();
    assert_eq!(found, ["one", "two", "zero"]);
}

#[test]
fn what_a_record_says_of_itself_is_brought_up_to_date() {
    let world = World::new();
    let record = |date: &str, outlet: &str| format!("{{\"text\":\"alpha\",\"date\":\"{date}\",\"outlet\":\"{outlet}\"}}\n");
    world.write("a.jsonl", &record("2021-01-13", "Wire"));
    world.write("b.jsonl", &record("2020-05-05", "Copyist"));
    world.import().unwrap();
    world.write("a.jsonl", &record("2021-01-14", "The Wire"));
    world.write("b.jsonl", &record("2020-05-06", "A Copyist"));
    assert_eq!(counts(&world.import().unwrap()), [2, 0, 1, 1, 0, 0], "the first record speaks for the article");
    let hit = world.open().search(&parse("alpha", false), 0..9).unwrap().hits.remove(0);
    assert_eq!((hit.published.unwrap().to_string().as_str(), hit.outlet.as_deref()), ("2021-01-14", Some("The Wire")));
    assert_eq!(world.open().read(hit.id, &Query::default()).unwrap().unwrap().article.sources.len(), 2);
}

#[test]
fn what_cannot_be_read_is_reported_again_and_again() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"good\"}\nnot json\n");
    for expected in [[1, 1, 0, 0, 0, 1], [1, 0, 1, 0, 0, 1]] {
        let report = world.import().unwrap();
        assert_eq!(counts(&report), expected);
        assert_eq!(report.failed[0].source.item.as_deref(), Some("2"));
    }
}

#[test]
fn names_lead_to_entities_and_entities_to_articles() {
    let world = World::new();
    world.write("a.txt", "first\nBLOGS and BLOGS");
    world.write("b.txt", "second\nBLOGGS met ANN");
    world.write("c.txt", "third\nnobody");
    world.import().unwrap();
    let mut archive = world.open();
    let found = archive.entities("blogg", None, 9).unwrap();
    let [blogs] = &found[..] else { panic!("{found:?}") };
    assert_eq!((blogs.articles, blogs.mentions, blogs.name.as_str()), (2, 3, "BLOGGS"));
    assert_eq!(blogs.aliases, ["BLOGS"]);
    assert_eq!(archive.entities("", Some(Kind::Place), 9).unwrap(), []);
    let about = Query::all([Clause::About(Who::Entity(blogs.id.clone()))]);
    assert_eq!(archive.search(&about, 0..9).unwrap().total, 2);
    let mut both = parse("second", false);
    both.and(about.root);
    let page = archive.search(&both, 0..9).unwrap();
    assert_eq!((page.total, page.hits[0].title.as_str()), (1, "second"));
    let reading = archive.read(page.hits[0].id, &both).unwrap().unwrap();
    assert_eq!(reading.entities.iter().map(|entity| entity.id.0.as_str()).collect::<Vec<_>>(), ["per:blogs", "per:ann"]);
    assert_eq!(reading.hits.iter().map(|hit| hit.of(&reading.article.text)).collect::<Vec<_>>(), ["second"]);
}

#[test]
fn an_import_cut_off_anywhere_is_completed_by_the_next() {
    let undisturbed = World::new();
    let steps = [Step::BeforeRecord, Step::BeforeIndex, Step::BetweenIndexes, Step::AfterIndex, Step::BeforeLinks];
    let disturbed: Vec<World> = steps.iter().map(|_| World::new()).collect();
    for world in disturbed.iter().chain([&undisturbed]) {
        let lines: String =
            (0..300).map(|n| format!("{{\"text\":\"word{n} common NAME{}\"}}\n", ["A", "B", "C"][n % 3])).collect();
        world.write("a.jsonl", &lines);
        world.write("b.txt", "last common JOE");
    }
    undisturbed.import().unwrap();
    let expected = facts(&mut undisturbed.open());
    for (world, step) in disturbed.iter().zip(steps) {
        for times in 0..2 {
            *world.stages.plug.lock().unwrap() = Some((step, times));
            // The second cut may come after the end; what counts is the state afterwards.
            let _ = world.import();
        }
        *world.stages.plug.lock().unwrap() = None;
        world.import().unwrap();
        assert_eq!(facts(&mut world.open()), expected, "{step:?}");
    }
}

/// Everything that a user could tell two archives apart by.
fn facts(archive: &mut Archive) -> (usize, Vec<Entity>, Vec<usize>, Vec<ArticleId>) {
    let totals = ["common", "word7", "last", "word1"].map(|word| archive.search(&parse(word, false), 0..5).unwrap().total);
    let page = archive.search(&parse("", false), 0..1000).unwrap();
    let mut ids: Vec<ArticleId> = page.hits.iter().map(|hit| hit.id).collect();
    ids.sort();
    (archive.len().unwrap(), archive.entities("", None, 99).unwrap(), totals.to_vec(), ids)
}

#[test]
fn a_newer_extraction_reads_everything_again_but_changes_no_article() {
    let world = World::new();
    world.write("a.txt", "first\nJOE");
    world.write("b.txt", "first\nJOE");
    world.write("c.txt", "second\nANN");
    world.import().unwrap();
    let keys = || {
        let found = world.open().entities("", None, 9).unwrap();
        let mut ids: Vec<String> = found.into_iter().map(|entity| entity.id.0).collect();
        ids.sort();
        ids
    };
    assert_eq!(keys(), ["per:ann", "per:joe"]);
    world.stages.version.store(1, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!(counts(&world.import().unwrap()), [3, 0, 3, 0, 0, 0]);
        assert_eq!(keys(), ["per:annx", "per:joex"]);
        assert_eq!(world.stages.extracted.load(Ordering::Relaxed), 5, "each once by each version");
    }
    assert_eq!(world.titles("first"), ["first"]);
    let sources = world.open().read(ArticleId::of("first\nJOE"), &Query::default()).unwrap().unwrap().article.sources;
    assert_eq!(sources.len(), 2);
}

#[test]
fn an_index_that_is_gone_damaged_or_foreign_is_made_again() {
    let world = World::new();
    world.write("a.txt", "alpha");
    world.import().unwrap();
    let index = world.folder().join("index");
    let each_index_file = |ending: &str, harm: fn(&Path)| {
        let files = fs::read_dir(&index).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|its| its == ending)).for_each(|path| harm(&path));
    };
    let harms: [&dyn Fn(); 5] = [
        &|| fs::remove_dir_all(&index).unwrap(),
        &|| fs::write(index.join("fingerprint"), "another").unwrap(),
        &|| fs::write(index.join("meta.json"), "{").unwrap(),
        &|| each_index_file("term", |path| fs::remove_file(path).unwrap()),
        &|| {
            each_index_file("fast", |path| {
                let mut bytes = fs::read(path).unwrap();
                // The columns and their directory; what tantivy writes behind them says that all is well.
                let end = bytes.len() - 150;
                bytes[..end].fill(0xA5);
                fs::write(path, bytes).unwrap();
            });
        },
    ];
    for harm in harms {
        harm();
        let mut reader = world.open();
        assert_eq!(titles(&mut reader, ""), ["alpha"], "browsing needs no index");
        let error = format!("{:#}", reader.search(&parse("alpha", false), 0..9).unwrap_err());
        assert!(error.contains("cannot be searched"), "{error}");
        Archive::open(&world.folder(), Access::Write).unwrap();
        assert_eq!(titles(&mut reader, "alpha"), ["alpha"]);
    }
}

#[test]
fn readers_see_what_a_writer_commits() {
    let world = World::new();
    world.write("a.txt", "alpha one");
    world.import().unwrap();
    let mut reader = world.open();
    assert_eq!(titles(&mut reader, "alpha").len(), 1);
    assert!(!reader.refresh().unwrap());
    world.write("b.txt", "alpha two");
    world.import().unwrap();
    // A list shows at once what came; that does not hide from `refresh` that something did.
    assert_eq!(titles(&mut reader, "").len(), 2);
    assert!(reader.refresh().unwrap());
    assert_eq!(titles(&mut reader, "alpha").len(), 2);
    assert!(!reader.refresh().unwrap());
}

#[test]
fn an_update_that_was_stopped_leaves_an_archive_that_can_be_read() {
    let world = World::new();
    let lines = |word: &str| (0..1000).map(|n| format!("{{\"text\":\"{word}{n}\"}}\n")).collect::<String>();
    world.write("a.jsonl", &lines("old"));
    world.import().unwrap();
    world.write("a.jsonl", &lines("fresh"));
    let mut archive = Archive::open(&world.folder(), Access::Write).unwrap();
    let stop = &mut |progress: &Progress| if progress.read > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let report = archive.import_with(&world.stages, &[world.news()], stop).unwrap();
    assert!(report.updated > 0 && report.updated < 1000);
    let total = 1000 + report.updated as usize;
    assert_eq!(archive.search(&Query::default(), 0..2000).unwrap().hits.len(), total, "the old ones are there until the end");
    assert_eq!(archive.search(&parse("old0", false), 0..9).unwrap().hits.len(), 1);
    // Nothing that was left behind may outlive the end, not even what a newer extraction has read meanwhile.
    world.stages.version.store(1, Ordering::Relaxed);
    archive.import_with(&world.stages, &[world.news().join("none.txt")], &mut |_| ControlFlow::Continue(())).unwrap();
    drop(archive);
    world.import().unwrap();
    assert_eq!(world.open().search(&Query::default(), 0..2000).unwrap().hits.len(), 1000);
}

#[test]
fn a_stopped_import_keeps_what_it_has() {
    let world = World::new();
    let lines: String = (0..1000).map(|n| format!("{{\"text\":\"word{n}\"}}\n")).collect();
    world.write("a.jsonl", &lines);
    let mut archive = Archive::open(&world.folder(), Access::Write).unwrap();
    let stop = &mut |progress: &Progress| if progress.read > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let report = archive.import_with(&world.stages, &[world.news()], stop).unwrap();
    assert!(report.added > 0 && report.added < 1000);
    assert_eq!(archive.len().unwrap() as u64, report.added);
    drop(archive);
    let report = world.import().unwrap();
    assert_eq!((report.read, report.added + report.unchanged), (1000, 1000));
}

//! Titles without a name mean whom other articles call so, whatever the order in which articles come, and no longer than they do.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::*;
use crate::{
    domain::Article,
    store::{Access, Archive},
};

/// A folder of articles and the archive of it.
struct World {
    root: TempDir,
}

impl World {
    fn new() -> World {
        let world = World { root: tempfile::tempdir().unwrap() };
        fs::create_dir(world.news()).unwrap();
        world
    }

    fn news(&self) -> PathBuf {
        self.root.path().join("news")
    }

    /// An article of this day in a file of its own.
    fn write(&self, name: &str, day: &str, said: &str) {
        let text = format!("لقاء في القاهرة {name}\n\n{said}\n");
        let record = serde_json::json!({ "title": format!("لقاء في القاهرة {name}"), "text": text, "date": day });
        fs::write(self.news().join(format!("{name}.jsonl")), format!("{record}\n")).unwrap();
    }

    fn import(&self, paths: &[PathBuf]) -> Archive {
        let mut archive = Archive::open(&self.root.path().join("archive"), Access::Write).unwrap();
        archive.import(paths, &mut |_| ControlFlow::Continue(())).unwrap();
        archive
    }

    fn import_all(&self) -> Archive {
        self.import(&[self.news()])
    }
}

const TITLE_ALONE: &str = "وقال وزير السياحة المصري إن اللقاء كان مفيدا.";

fn named(person: &str) -> String {
    format!("وقال وزير السياحة المصري {person} إن الموسم كان جيدا.")
}

/// The keys of those who speak, and the rules by which that is known, in order of the titles.
fn speakers(archive: &Archive) -> Vec<(String, String)> {
    let mut select = archive.db.prepare("SELECT row FROM article ORDER BY title").unwrap();
    let rows: Vec<i64> = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let said = |row| {
        let (_, found): (Article, Extraction) = crate::store::articles::read(&archive.db, row).unwrap().unwrap();
        found.statements.into_iter().map(move |statement| {
            let key = statement.speaker_name.map(|name| found.names[name.0 as usize].key.0.clone()).unwrap_or_default();
            (key, statement.evidence.rule.split("; ").nth(1).unwrap_or_default().to_owned())
        })
    };
    rows.into_iter().flat_map(said).collect()
}

/// All that is kept of offices, and the number of the snapshot.
fn kept(archive: &Archive) -> (Vec<String>, u64) {
    let mut lines = Vec::new();
    for sql in [
        "SELECT 'held ' || post || month || key || articles FROM held ORDER BY 1",
        "SELECT 'titled ' || post || month || coalesce(key, '') || coalesce(text, '') FROM titled ORDER BY 1",
        "SELECT 'term ' || post || month || key || text FROM term ORDER BY 1",
    ] {
        let mut select = archive.db.prepare(sql).unwrap();
        lines.extend(select.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap());
    }
    (lines, counter(&archive.db, "snapshot").unwrap())
}

fn person(key: &str) -> (String, String) {
    (format!("per:{key}"), "speaker: office in the archive".to_owned())
}

#[test]
fn a_title_means_whom_other_articles_of_the_time_call_so() {
    let world = World::new();
    world.write("1", "2018-03-02", TITLE_ALONE);
    world.write("2", "2018-03-05", &named("سمير تاراسيان"));
    world.write("3", "2018-04-01", &named("سمير تاراسيان"));
    world.write("4", "2019-04-01", TITLE_ALONE);
    let archive = world.import_all();
    let found = speakers(&archive);
    assert_eq!(found[0], person("سمير تاراسيان"));
    assert_eq!(found[1].0, "per:سمير تاراسيان");
    // A year later nobody tells.
    assert!(found[3].0.starts_with("src:"), "{}", found[3].0);
    let before = kept(&archive);
    assert_eq!(before.1, 1);
    drop(archive);
    assert_eq!(kept(&world.import_all()), before, "nothing has changed");
}

#[test]
fn what_is_known_does_not_depend_on_the_order_of_imports() {
    let articles = [
        ("1", "2018-03-02", TITLE_ALONE.to_owned()),
        ("2", "2018-03-05", named("سمير تاراسيان")),
        ("3", "2018-03-09", named("سمير تاراسيان")),
        ("4", "2018-03-11", TITLE_ALONE.to_owned()),
        ("5", "2018-09-01", named("نديم كوراجان")),
        ("6", "2018-09-03", TITLE_ALONE.to_owned()),
        ("7", "2018-09-05", named("نديم كوراجان")),
    ];
    let mut seen = Vec::new();
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 6, 2, 4]] {
        let world = World::new();
        let mut archive = None;
        for at in order {
            let (name, day, said) = &articles[at];
            world.write(name, day, said);
            drop(archive.take());
            archive = Some(world.import(&[world.news().join(format!("{name}.jsonl"))]));
        }
        let archive = archive.unwrap();
        seen.push((speakers(&archive), kept(&archive).0));
    }
    assert_eq!(seen[0].0[3], person("سمير تاراسيان"));
    assert_eq!(seen[0].0[5], person("نديم كوراجان"));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[test]
fn when_articles_change_a_title_means_what_they_say_now() {
    let world = World::new();
    world.write("1", "2018-03-02", TITLE_ALONE);
    world.write("2", "2018-03-05", &named("سمير تاراسيان"));
    world.write("3", "2018-03-07", &named("سمير تاراسيان"));
    assert_eq!(speakers(&world.import_all())[0], person("سمير تاراسيان"));
    world.write("2", "2018-03-05", &named("نديم كوراجان"));
    let archive = world.import_all();
    assert!(speakers(&archive)[0].0.starts_with("src:"), "they differ now");
    assert_eq!(kept(&archive).1, 2);
    drop(archive);
    world.write("3", "2018-03-07", &named("نديم كوراجان"));
    assert_eq!(speakers(&world.import_all())[0], person("نديم كوراجان"));
}

#[test]
fn whom_the_article_names_elsewhere_makes_no_title_forget_what_it_waits_for() {
    let minister = "وقال سمير تاراسيان إن الجو جميل. وقال وزير السياحة المصري إن اللقاء كان مفيدا.";
    let another = "وصل الوزير المصري جابر كوراجان. وقال وزير السياحة المصري إن اللقاء كان مفيدا.";
    let world = World::new();
    world.write("1", "2018-03-02", minister);
    world.write("2", "2018-03-02", another);
    world.write("3", "2018-03-05", &named("سمير تاراسيان"));
    world.write("4", "2018-03-07", &named("سمير تاراسيان"));
    let known = |archive: &Archive| speakers(archive).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    let found = known(&world.import_all());
    assert_eq!([&found[1], &found[2]], ["per:سمير تاراسيان", "per:جابر كوراجان"]);
    // The ministers change, and so does the title that the text gives to nobody.
    world.write("3", "2018-03-05", &named("نديم كوراجان"));
    world.write("4", "2018-03-07", &named("نديم كوراجان"));
    let archive = world.import_all();
    let found = known(&archive);
    assert_eq!([&found[1], &found[2]], ["per:نديم كوراجان", "per:جابر كوراجان"]);
    let before = kept(&archive);
    drop(archive);
    assert_eq!(kept(&world.import_all()), before);
}

#[test]
fn what_was_broken_off_is_gone_on_with() {
    let world = World::new();
    let asked: usize = BATCH * 2;
    for n in 0..asked {
        world.write(&format!("a{n:04}"), "2018-03-02", TITLE_ALONE);
    }
    world.write("b", "2018-03-05", &named("سمير تاراسيان"));
    world.write("c", "2018-03-05", &named("سمير تاراسيان"));
    let folder = world.root.path().join("archive");
    let mut archive = Archive::open(&folder, Access::Write).unwrap();
    let total = asked as u64 + 2;
    // When all articles are in, after one batch of those that are read again.
    let mut stop = |progress: &crate::domain::Progress| match progress.committed {
        committed if committed == total => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    archive.import(&[world.news()], &mut stop).unwrap();
    let known = |archive: &Archive| speakers(archive).iter().filter(|found| **found == person("سمير تاراسيان")).count();
    assert!(known(&archive) <= BATCH, "at most one batch was read again");
    assert_ne!(counter(&archive.db, "settled").unwrap(), counter(&archive.db, "change").unwrap());
    drop(archive);
    let archive = world.import_all();
    assert_eq!(known(&archive), asked);
    assert_eq!(counter(&archive.db, "settled").unwrap(), counter(&archive.db, "change").unwrap());
}

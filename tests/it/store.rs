//! An archive as its users see it: what searches find, and what happens in places and at times that are not ideal.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use qala::{
    domain::{ArticleId, Clause, Kind, Page, Query, Report, Who},
    query::parse,
    store::{Access, Archive},
};
use tempfile::TempDir;

fn import(archive: &Path, paths: &[PathBuf]) -> Report {
    let mut archive = Archive::open(archive, Access::Write).unwrap();
    archive.import(paths, &mut |_| ControlFlow::Continue(())).unwrap()
}

/// An archive of one article for each text, named by its place among them.
fn archive_of(texts: &[&str]) -> (TempDir, Archive) {
    let root = tempfile::tempdir().unwrap();
    for (n, text) in texts.iter().enumerate() {
        fs::create_dir_all(root.path().join("news")).unwrap();
        fs::write(root.path().join(format!("news/{n}.txt")), text).unwrap();
    }
    import(&root.path().join("archive"), &[root.path().join("news")]);
    let archive = Archive::open(&root.path().join("archive"), Access::Read).unwrap();
    (root, archive)
}

/// Which texts answer, in the order of the answer.
fn places(page: &Page) -> Vec<usize> {
    let place = |file: &str| Path::new(file).file_stem().unwrap().to_str().unwrap().parse().unwrap();
    page.hits.iter().map(|hit| place(&hit.source.file)).collect()
}

fn found(archive: &mut Archive, typed: &str, live: bool) -> Vec<usize> {
    let page = archive.search(&parse(typed, live), 0..99).unwrap();
    assert_eq!(page.total, page.hits.len(), "{typed}");
    let mut places = places(&page);
    places.sort_unstable();
    places
}

const TEXTS: [&str; 7] = [
    "وصل الوزير إلى موسكو\nقال الوزير إن أرمينيا مستعدة، وأشار إلى اتفاق سابق.",
    "اجتماع في يريفان\nوبالاتفاق مع ارمينيا أُجِّل اللقاء إلى سنة ٢٠٢١.",
    "الرئيس الروسي بوتين يستقبل ضيوفا\nوأكد لبوتين أن الأمر انتهى عام 2021ء.",
    "Putin receives guests\nThe president of Russia spoke in Élysée on Monday.",
    "بيان\nقال الرئيس إن النص طويل. وتكلم رئيسٌ آخر.",
    "خبر عن الوزير\nلا شيء عن السفر هنا.",
    "گزارش از تهران\nعلی گفت کتاب می\u{200C}خواهم.",
];

#[test]
fn words_find_all_their_forms_and_nothing_else() {
    let (_root, mut archive) = archive_of(&TEXTS);
    for (typed, expected) in [
        ("أرمينيا", vec![0, 1]),
        ("ارمينيا", vec![0, 1]),
        ("الوزير", vec![0, 5]),
        ("وزير", vec![0, 5]),
        ("اتفاق", vec![0, 1]),
        ("بوتين", vec![2, 3]),
        ("بو", vec![]),
        ("2021", vec![1, 2]),
        ("٢٠٢١", vec![1, 2]),
        ("۲۰۲۱", vec![1, 2]),
        ("PUTIN", vec![2, 3]),
        ("elysee", vec![3]),
        ("رئيس", vec![2, 4]),
        ("على", vec![6]),
        ("میخواهم", vec![6]),
        ("الوزير موسكو", vec![0]),
        ("موسكو السفر", vec![]),
        ("…", vec![0, 1, 2, 3, 4, 5, 6]),
    ] {
        assert_eq!(found(&mut archive, typed, false), expected, "{typed}");
    }
}

#[test]
fn the_word_being_typed_stands_for_all_that_begin_with_it() {
    let (_root, mut archive) = archive_of(&TEXTS);
    for (typed, expected) in [
        ("بو", vec![2]),
        ("ارم", vec![0, 1]),
        ("put", vec![3]),
        ("الوزير مو", vec![0]),
        ("الوزير ", vec![0, 5]),
        ("pqex", vec![]),
    ] {
        assert_eq!(found(&mut archive, typed, true), expected, "{typed}");
    }
}

#[test]
fn misspelt_words_are_respelled_only_where_nothing_is_found() {
    let (_root, mut archive) = archive_of(&TEXTS);
    for (typed, expected, instead) in [
        ("بوتيين", vec![2, 3], Some(("بوتيين", "بوتين"))),
        ("ارمنيا", vec![0, 1], Some(("ارمنيا", "ارمينيا"))),
        ("Puitn", vec![3], Some(("puitn", "putin"))),
        ("موسكوو الوزير", vec![0], Some(("موسكوو", "موسكو"))),
        ("الوزبر", vec![0, 5], Some(("الوزبر", "الوزير"))),
        ("السر", vec![5], Some(("السر", "السفر"))),
        ("لاوزير", vec![0, 5], Some(("لاوزير", "الوزير"))),
        ("بوتين", vec![2, 3], None),
        // Both words are right; they only never meet.
        ("موسكو تهران", vec![], None),
        ("2022", vec![], None),
        ("xqzvw", vec![], None),
    ] {
        let page = archive.search(&parse(typed, false), 0..9).unwrap();
        let mut places = places(&page);
        places.sort_unstable();
        assert_eq!(places, expected, "{typed}");
        let respelled = page.respelled.first().map(|(word, instead)| (word.as_str(), instead[0].as_str()));
        assert_eq!(respelled, instead, "{typed}");
    }
    let query = parse("بوتيين", false);
    let id = archive.search(&query, 0..1).unwrap().hits[0].id;
    let reading = archive.read(id, &query).unwrap().unwrap();
    let hits: Vec<&str> = reading.hits.iter().map(|hit| hit.of(&reading.article.text)).collect();
    assert_eq!(hits, ["بوتين", "لبوتين"]);
}

#[test]
fn titles_come_first_and_phrases_before_scattered_words() {
    let (_root, mut archive) = archive_of(&[
        "one\nThe green house stood there, a house of green glass.",
        "two\nA house, and far away something green.",
        "The house that was painted green\nNothing more.",
        "A green house\nNothing more.",
    ]);
    let page = archive.search(&parse("green house", false), 0..9).unwrap();
    assert_eq!(places(&page), [3, 2, 0, 1]);
    assert!(page.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    let title = &page.hits[0];
    assert_eq!(title.title_hits.iter().map(|hit| hit.of(&title.title)).collect::<Vec<_>>(), ["green", "house"]);
}

#[test]
fn windows_are_parts_of_one_order() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("many.jsonl");
    let record = |n: usize| format!("{{\"date\":\"20{:02}-01-02\",\"text\":\"number {n} of all\"}}\n", n * 7 % 30);
    fs::write(&file, (0..500).map(record).collect::<String>()).unwrap();
    import(&root.path().join("archive"), &[file]);
    let mut archive = Archive::open(&root.path().join("archive"), Access::Read).unwrap();
    for typed in ["", "number", "nu", "all of"] {
        let query = parse(typed, true);
        let whole = archive.search(&query, 0..1000).unwrap();
        assert_eq!((whole.total, whole.hits.len()), (500, 500));
        if typed.is_empty() {
            assert!(whole.hits.is_sorted_by(|one, other| one.published >= other.published));
        }
        for (from, to) in [(0, 10), (10, 20), (5, 15), (490, 600), (300, 350), (310, 320), (0, 1), (600, 700)] {
            let part = archive.search(&query, from..to).unwrap();
            assert_eq!(part.hits, whole.hits[from.min(500)..to.min(500)], "{typed} {from}..{to}");
        }
    }
}

#[test]
fn the_reference_articles_are_found_precisely() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.exists() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let report = import(&root.path().join("archive"), &[corpus.to_owned()]);
    assert_eq!((report.read, report.added, report.failed.len()), (5, 5, 0));
    let mut archive = Archive::open(&root.path().join("archive"), Access::Read).unwrap();
    let mut total = |typed: &str| archive.search(&parse(typed, false), 0..9).unwrap().total;
    for (typed, expected) in [("إردوغان", 1), ("سبوتنيك", 3), ("أرمينيا", 5), ("ارمينيا", 5)] {
        assert_eq!(total(typed), expected, "{typed}");
    }
    assert!(total("2021") > 0 && total("2021") == total("٢٠٢١"));
    let page = archive.search(&parse("بوتيين", false), 0..9).unwrap();
    assert!(page.total > 0 && page.respelled[0].1[0] == "بوتين");
    let persons = archive.entities("بوتين", Some(Kind::Person), 5).unwrap();
    let about = Query::all([Clause::About(Who::Entity(persons[0].id.clone()))]);
    assert_eq!(archive.search(&about, 0..9).unwrap().total as u64, persons[0].articles);
}

#[test]
fn ids_are_found_by_their_beginning() {
    let (_root, archive) = archive_of(&["one", "two"]);
    let id = ArticleId::of("one");
    let digits = id.to_string();
    assert_eq!(archive.find(&digits).unwrap(), Some(id));
    assert_eq!(archive.find(&digits[..8].to_uppercase()).unwrap(), Some(id));
    assert_eq!(archive.find(&ArticleId(!id.0).to_string()).unwrap(), None);
    for wrong in ["", "xyz", "+1", "00000000000000000"] {
        assert!(archive.find(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn where_there_is_no_archive_one_is_told_how_to_make_it() {
    let root = tempfile::tempdir().unwrap();
    let error = Archive::open(&root.path().join("none"), Access::Read).err().unwrap().to_string();
    assert!(error.contains("qala import"), "{error}");
    fs::write(root.path().join("archive.db"), "this is something else, and long enough to be taken for a file").unwrap();
    for access in [Access::Read, Access::Write] {
        let error = Archive::open(root.path(), access).err().unwrap().to_string();
        assert!(error.contains("damaged"), "{error}");
    }
}

#[test]
fn one_writes_while_others_read() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("many.jsonl");
    fs::write(&file, (0..2000).map(|n| format!("{{\"text\":\"word{n} common\"}}\n")).collect::<String>()).unwrap();
    let folder = root.path().join("archive");
    let mut writer = Archive::open(&folder, Access::Write).unwrap();
    let refused = Archive::open(&folder, Access::Write).err().unwrap().to_string();
    assert!(refused.contains("another qala"), "{refused}");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut reader = Archive::open(&folder, Access::Read).unwrap();
                let mut before = 0;
                while !done.load(Ordering::Relaxed) {
                    reader.refresh().unwrap();
                    let page = reader.search(&parse("common", false), 0..5).unwrap();
                    assert!(page.total >= before && page.total <= 2000);
                    before = page.total;
                    reader.search(&parse("", false), 0..5).unwrap();
                }
                reader.refresh().unwrap();
                assert_eq!(reader.search(&parse("common", false), 0..5).unwrap().total, 2000);
            });
        }
        writer.import(&[file], &mut |_| ControlFlow::Continue(())).unwrap();
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn an_archive_of_a_newer_program_is_only_read() {
    let (root, archive) = archive_of(&["one"]);
    drop(archive);
    let folder = root.path().join("archive");
    let db = rusqlite::Connection::open(folder.join("archive.db")).unwrap();
    db.pragma_update(None, "user_version", 1000).unwrap();
    drop(db);
    let mut archive = Archive::open(&folder, Access::Write).unwrap();
    assert!(archive.notice().unwrap().contains("newer") && !archive.is_writable());
    assert_eq!(archive.search(&parse("one", false), 0..9).unwrap().total, 1);
    let error = archive.import(&[], &mut |_| ControlFlow::Continue(())).unwrap_err().to_string();
    assert!(error.contains("newer"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_nobody_may_write_to_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let (root, archive) = archive_of(&["one word"]);
    drop(archive);
    let folder = root.path().join("archive");
    let allow = |bits| fs::set_permissions(&folder, fs::Permissions::from_mode(bits)).unwrap();
    allow(0o555);
    let mut archive = Archive::open(&folder, Access::Read).unwrap();
    assert_eq!(archive.search(&parse("word", false), 0..9).unwrap().total, 1);
    assert_eq!(archive.search(&parse("", false), 0..9).unwrap().total, 1);
    allow(0o755);
}

//! What the words of a query stand for: forms, spellings, other names and other scripts, found and not found.

use std::{fs, ops::ControlFlow, path::Path};

use qala::{
    query::parse,
    store::{Access, Archive},
};
use tempfile::TempDir;

/// An archive of these texts, named by their places.
fn archive_of(texts: &[&str]) -> (TempDir, Archive) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("news")).unwrap();
    for (n, text) in texts.iter().enumerate() {
        fs::write(root.path().join(format!("news/{n:03}.txt")), text).unwrap();
    }
    let archive = imported(&root, &root.path().join("news"));
    (root, archive)
}

fn imported(root: &TempDir, news: &Path) -> Archive {
    let folder = root.path().join("archive");
    let mut archive = Archive::open(&folder, Access::Write).unwrap();
    archive.import(&[news.to_owned()], &mut |_| ControlFlow::Continue(())).unwrap();
    Archive::open(&folder, Access::Read).unwrap()
}

/// The first three characters of the names of the files that answer, in order.
fn found(archive: &mut Archive, typed: &str) -> Vec<String> {
    let page = archive.search(&parse(typed, false), 0..99).unwrap();
    assert_eq!(page.total, page.hits.len(), "{typed}");
    let file = |file: &str| Path::new(file).file_name().unwrap().to_str().unwrap()[..3].to_owned();
    page.hits.iter().map(|hit| file(&hit.source.file)).collect()
}

fn sorted(mut found: Vec<String>) -> Vec<String> {
    found.sort();
    found
}

/// What is lit in all texts that answer, folded and without repetitions.
fn lit(archive: &mut Archive, typed: &str) -> Vec<String> {
    let query = parse(typed, false);
    let mut lit = Vec::new();
    for hit in archive.search(&query, 0..99).unwrap().hits {
        let reading = archive.read(hit.id, &query).unwrap().unwrap();
        assert!(!reading.hits.is_empty(), "{typed}: nothing is lit in {}", hit.title);
        lit.extend(reading.hits.iter().map(|hit| qala::text::fold(hit.of(&reading.article.text))));
    }
    lit.sort();
    lit.dedup();
    lit
}

const ALL: [&str; 5] = ["000", "001", "002", "003", "004"];

#[test]
fn the_reference_articles_are_found_under_every_spelling_and_no_other() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.exists() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let mut archive = imported(&root, corpus);
    let table: &[(&[&str], &[&str])] = &[
        (&["ارمينيا", "أرمينيا", "أَرْمِينيا", "armenia", "Армения"], &ALL),
        (&["روسي", "الروسي", "والروسي"], &ALL),
        (&["قره باغ", "قرة باغ", "كاراباخ", "karabakh", "ناغورني قره باغ", "Nagorno-Karabakh", "Карабах"], &ALL),
        (&["بوتين", "وبوتين", "لبوتين", "putin", "Putin's", "Путин", "vladimir putin"], &ALL),
        (&["إردوغان", "اردوغان", "أردوغان", "erdogan", "Erdoğan", "Эрдоган"], &["004"]),
        (&["باشنيان", "باشينيان", "pashinyan", "Пашинян"], &ALL),
        (&["علييف", "aliyev", "Алиев"], &ALL),
        (&["سبوتنيك", "sputnik"], &["000", "001", "003"]),
        (&["غورباتشوف", "جورباتشوف", "gorbachev"], &["000"]),
        (&["2021", "٢٠٢١"], &["003", "004"]),
        (&["شويغو", "شويجو", "shoigu"], &["001"]),
        (&["إلهام"], &ALL),
        (&["زيلينسكي", "ماكرون", "zelensky", "macron", "نتنياهو", "netanyahu", "ترامب"], &[]),
    ];
    for (typed, expected) in table {
        for typed in *typed {
            assert_eq!(sorted(found(&mut archive, typed)), *expected, "{typed}");
        }
    }
    assert_eq!(sorted(found(&mut archive, "13")), sorted(found(&mut archive, "١٣")));
    for (typed, expected) in [
        ("erdogan", &["اردوغان"][..]),
        ("كاراباخ", &["قره باغ", "كاراباخ", "وقره باغ"]),
        ("قرة باغ", &["باغ", "قره", "قره باغ", "كاراباخ", "وقره"]),
        ("gorbachev", &["غورباتشوف"]),
        ("باشنيان", &["باشنيان", "باشينيان", "وباشينيان"]),
        ("putin", &["بوتين"]),
    ] {
        let lit = lit(&mut archive, typed);
        assert!(lit.iter().all(|word| expected.contains(&word.as_str())), "{typed}: {lit:?}");
    }
}

#[test]
fn an_alif_with_hamza_begins_no_article() {
    let (_root, mut archive) =
        archive_of(&["قمة\nوصل إلهام إلى باكو.", "نبأ\nهذا أمر هام جدا.", "بيان\nالهام أن نصل.", "خبر\nأمر ألعاب."]);
    for (typed, expected) in
        [("إلهام", &["000", "002"][..]), ("هام", &["001", "002"]), ("الهام", &["000", "001", "002"]), ("عاب", &[])]
    {
        assert_eq!(sorted(found(&mut archive, typed)), expected, "{typed}");
    }
}

#[test]
fn what_was_typed_comes_before_what_it_stands_for() {
    let (_root, mut archive) = archive_of(&[
        "لقاء في موسكو\nقال بوتين إن بوتين بوتين.",
        "Meeting in Moscow\nOn Monday Putin said that the talks went on.",
        "Встреча\nПутин сказал.",
    ]);
    for (typed, first) in [("putin", "001"), ("بوتين", "000"), ("Путин", "002")] {
        let found = found(&mut archive, typed);
        assert_eq!((found.len(), found[0].as_str()), (3, first), "{typed}");
    }
}

#[test]
fn names_that_no_list_knows_are_found_by_their_sound() {
    let (_root, mut archive) = archive_of(&[
        "وزير جديد\nقال الوزير تاريل برخاشوف إن الأمر انتهى. وأضاف برخاشوف أنه سعيد.",
        "Minister speaks\nMinister Dovrin Kelmatov said on Monday that it was over. Kelmatov added nothing.",
        "سلاح\nقال الخبير إن السلاح قديم، والصلاح خير.",
    ]);
    for (typed, expected) in [
        ("Barkhashov", &["000"][..]),
        ("برخشوف", &["000"]),
        ("برخاشوف", &["000"]),
        ("كلماتوف", &["001"]),
        ("Kelmatow", &["001"]),
        // Words that only sound like words of the texts.
        ("silah", &[]),
        ("mondey house", &[]),
    ] {
        assert_eq!(found(&mut archive, typed), expected, "{typed}");
    }
}

#[test]
fn english_words_are_found_in_singular_and_plural() {
    let (_root, mut archive) = archive_of(&[
        "Talks\nThe presidents of two countries met, and the president's guests left.",
        "News\nOne president of a country said something new.",
    ]);
    for (typed, expected) in [
        ("president", &["000", "001"][..]),
        ("presidents", &["000", "001"]),
        ("country", &["000", "001"]),
        ("news", &["001"]),
        ("guest", &["000"]),
    ] {
        assert_eq!(sorted(found(&mut archive, typed)), expected, "{typed}");
    }
}

#[test]
fn a_damaged_dictionary_is_noticed_and_made_again() {
    let (root, mut archive) = archive_of(&["قمة\nوصل بوتين إلى باكو.", "نبأ\nهذا أمر هام جدا."]);
    assert_eq!(found(&mut archive, "بوتين"), ["000"]);
    drop(archive);
    let folder = root.path().join("archive");
    for file in fs::read_dir(folder.join("index")).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "term" || ending == "fieldnorm") {
            let mut bytes = fs::read(&file).unwrap();
            bytes.iter_mut().step_by(3).for_each(|byte| *byte ^= 0x5A);
            fs::write(&file, bytes).unwrap();
        }
    }
    let mut archive = Archive::open(&folder, Access::Read).unwrap();
    let error = format!("{:#}", archive.search(&parse("بوتين", false), 0..9).unwrap_err());
    assert!(error.contains("damaged") && error.contains("qala import"), "{error}");
    assert_eq!(archive.search(&parse("", false), 0..9).unwrap().total, 2, "the list needs no index");
    drop(Archive::open(&folder, Access::Write).unwrap());
    archive.refresh().unwrap();
    assert_eq!(found(&mut archive, "بوتين"), ["000"]);
}

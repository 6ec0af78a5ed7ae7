//! Decisions as a reader meets them: they show in lists, choose articles, follow their sources, and outlive the archive.

use std::{fs, path::Path};

use qala::{
    domain::{ArticleId, Change, Clause, Decision, Expr, Kind, Marks, Note, Passage, Who},
    query::parse,
    store::{Access, Archive},
    text::Span,
};
use serde_json::Value;

use crate::{
    place::{Place, change, decide, marks, tag},
    program::Program,
};

fn note_on(text: &str, quote: &str, says: &str) -> Decision {
    let start = text.find(quote).unwrap();
    let span = Span::new(start, start + quote.len());
    Decision::Note(Note { id: 0, passage: Some(Passage { span, quote: quote.into() }), text: says.into() })
}

/// The first lines of the articles found, in their order.
fn found(archive: &mut Archive, typed: &str) -> Vec<String> {
    let page = archive.search(&parse(typed, false), 0..99).unwrap();
    assert_eq!(page.total, page.hits.len(), "{typed}");
    page.hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn what_was_decided_shows_in_lists_and_readings() {
    let place = Place::of(&["one", "two"]);
    let mut archive = place.open();
    let note = Note { id: 0, passage: None, text: "look again".into() };
    let decisions = [Decision::Read(true), Decision::Star(true), tag("war"), tag("Baku"), Decision::Note(note)];
    let changes: Vec<Change> = decisions.into_iter().map(|decision| change("one", decision)).collect();
    archive.decide("all at once", &changes).unwrap();
    decide(&mut archive, "one", Decision::Position(2));
    for mut archive in [archive, place.open()] {
        let shown = marks(&mut archive, "one");
        assert!(shown.read && shown.starred);
        assert_eq!((shown.tags.as_slice(), shown.position), (["Baku".to_owned(), "war".into()].as_slice(), 2));
        assert!(shown.notes.len() == 1 && shown.notes[0].id != 0 && shown.notes[0].text == "look again");
        for typed in ["", "one"] {
            let page = archive.search(&parse(typed, false), 0..9).unwrap();
            let hit = page.hits.iter().find(|hit| hit.title == "one").unwrap();
            assert_eq!(hit.marks, shown);
        }
        assert_eq!(marks(&mut archive, "two"), Marks::default());
        let steps = archive.history(9).unwrap();
        assert_eq!((steps.len(), steps[0].label.as_str(), steps[0].changes), (1, "all at once", 5));
        assert!(!steps[0].undone && steps[0].seconds > 0);
    }
}

#[test]
fn tags_are_one_under_all_spellings_and_counted() {
    let place = Place::of(&["one", "two", "three"]);
    let mut archive = place.open();
    for (text, name) in [("one", "أذربيجان"), ("two", "اذربيجان"), ("two", "war"), ("three", "★")] {
        decide(&mut archive, text, tag(name));
    }
    let tags = [("اذربيجان".to_owned(), 2), ("war".into(), 1), ("★".into(), 1)];
    assert_eq!(archive.tags().unwrap(), tags);
    decide(&mut archive, "two", Decision::Tag("WAR".into(), false));
    assert_eq!(marks(&mut archive, "two").tags, ["اذربيجان"]);
}

#[test]
fn reading_makes_no_files_and_the_archive_need_not_be_writable() {
    let place = Place::of(&["one"]);
    let mut archive = place.open();
    let file = place.archive().join("decisions.db");
    assert_eq!((marks(&mut archive, "one"), archive.undo().unwrap(), archive.redo().unwrap()), (Marks::default(), None, None));
    assert!(archive.history(9).unwrap().is_empty() && archive.tags().unwrap().is_empty());
    assert!(found(&mut archive, "is:starred").is_empty() && !file.exists());
    // Somebody imports meanwhile and holds the lease.
    let _writer = Archive::open(&place.archive(), Access::Write).unwrap();
    decide(&mut archive, "one", Decision::Star(true));
    assert!(file.exists() && marks(&mut archive, "one").starred);
}

#[test]
fn decisions_of_a_newer_program_or_damaged_ones_do_not_keep_from_reading() {
    let place = Place::of(&["one"]);
    decide(&mut place.open(), "one", Decision::Star(true));
    let file = place.archive().join("decisions.db");
    let db = rusqlite::Connection::open(&file).unwrap();
    db.pragma_update(None, "user_version", 1000).unwrap();
    drop(db);
    let mut archive = place.open();
    assert!(marks(&mut archive, "one").starred);
    let refused = archive.decide("x", &[change("one", Decision::Read(true))]).unwrap_err().to_string();
    assert!(refused.contains("newer qala"), "{refused}");
    fs::write(&file, "this is no database, whatever its name says; it is only some text that was put there").unwrap();
    let mut archive = place.open();
    assert!(archive.notice().unwrap().contains("decisions"), "{:?}", archive.notice());
    assert!(!archive.refresh().unwrap());
    assert_eq!(found(&mut archive, "one"), ["one"]);
    assert!(archive.decide("x", &[change("one", Decision::Read(true))]).is_err());
}

#[test]
fn decisions_choose_articles() {
    let texts = [
        "alpha\nقال بوتين. 01.02.2020",
        "beta\nقال بوتين. 01.02.2021",
        "gamma\nقال بوتين. 01.02.2022",
        "delta house",
        "epsilon house",
    ];
    let place = Place::of(&texts);
    let mut archive = place.open();
    for n in [0, 2, 3] {
        decide(&mut archive, texts[n], Decision::Read(true));
    }
    decide(&mut archive, texts[3], Decision::Star(true));
    decide(&mut archive, texts[0], tag("القوقاز"));
    decide(&mut archive, texts[2], tag("القاهرة"));
    decide(&mut archive, texts[4], note_on(texts[4], "house", "whose?"));
    for (typed, mut expected) in [
        ("is:read", vec!["alpha", "gamma", "delta house"]),
        ("is:unread", vec!["beta", "epsilon house"]),
        ("is:starred", vec!["delta house"]),
        ("tag:القوقاز", vec!["alpha"]),
        ("tag:القو", vec![]),
        ("has:note", vec!["epsilon house"]),
        ("house is:unread", vec!["epsilon house"]),
        ("is:read house is:starred", vec!["delta house"]),
        ("بوتين is:read", vec!["alpha", "gamma"]),
        ("is:read is:unread", vec![]),
    ] {
        let mut titles = found(&mut archive, typed);
        titles.sort();
        expected.sort_unstable();
        assert_eq!(titles, expected, "{typed}");
    }
    let open = |archive: &mut Archive, typed| archive.search(&parse(typed, true), 0..9).unwrap().total;
    assert_eq!((open(&mut archive, "tag:الق"), open(&mut archive, "tag:القو"), open(&mut archive, "tag:القو ")), (2, 1, 0));
    let putin = archive.entities("بوتين", Some(Kind::Person), 1).unwrap().remove(0).id;
    let mut about = parse("is:unread", true);
    about.and(Expr::Leaf(Clause::About(Who::Entity(putin))));
    assert_eq!(archive.search(&about, 0..9).unwrap().total, 1);
    // The order is that of the list of all articles.
    let all: Vec<String> =
        found(&mut archive, "").into_iter().filter(|title| !["beta", "epsilon house"].contains(&&**title)).collect();
    assert_eq!(found(&mut archive, "is:read"), all);
}

#[test]
fn what_was_read_stays_in_the_answer_until_the_view_is_left() {
    let place = Place::of(&["one", "two", "three"]);
    let mut archive = place.open();
    assert_eq!(found(&mut archive, "is:unread").len(), 3);
    decide(&mut archive, "two", Decision::Read(true));
    assert!(marks(&mut archive, "two").read, "reading with another query leaves the answer alone");
    let page = archive.search(&parse("is:unread", false), 0..9).unwrap();
    assert_eq!((page.total, page.hits.iter().filter(|hit| hit.marks.read).count()), (3, 1));
    archive.reselect();
    assert_eq!(found(&mut archive, "is:unread").len(), 2);
    decide(&mut archive, "one", Decision::Read(true));
    found(&mut archive, "");
    assert_eq!(found(&mut archive, "is:unread"), ["three"]);
    decide(&mut place.open(), "three", Decision::Read(true));
    assert!(archive.refresh().unwrap() && !archive.refresh().unwrap());
    assert!(found(&mut archive, "is:unread").is_empty());
}

const FIRST: &str = "السوق\nفتحت السوق أبوابها صباحا.\n\nقال التاجر إن الأسعار هبطت كثيرا.";
const SECOND: &str = "السوق\nتصحيح: سقط سطر.\n\nفتحت السوق أبوابها صباحا.\n\nقال التاجر إن الأسعارَ  هبطت قليلا.";

/// What is decided about [`FIRST`] shows on [`SECOND`].
fn assert_moved(archive: &mut Archive) {
    let shown = marks(archive, SECOND);
    assert!(shown.read && shown.tags == ["سوق"] && shown.notes.len() == 3);
    let words: Vec<&str> = shown.notes.iter().map(|note| note.passage.as_ref().unwrap().span.of(SECOND)).collect();
    // The same letters elsewhere; the same words with other blanks and vowels; nothing.
    assert_eq!(words, ["أبوابها صباحا", "الأسعارَ  هبطت", ""]);
    let lost = archive.lost_passages().unwrap();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].1.passage.as_ref().unwrap().quote, "هبطت كثيرا");
}

fn decide_about_first(archive: &mut Archive) {
    decide(archive, FIRST, Decision::Read(true));
    decide(archive, FIRST, tag("سوق"));
    for quote in ["أبوابها صباحا", "الأسعار هبطت", "هبطت كثيرا"] {
        decide(archive, FIRST, note_on(FIRST, quote, "note"));
    }
    assert!(archive.lost_passages().unwrap().is_empty());
}

#[test]
fn decisions_follow_a_source_whose_content_changed() {
    let place = Place::of(&[FIRST, "other"]);
    let mut archive = place.open();
    decide_about_first(&mut archive);
    place.write("0.txt", SECOND);
    place.import();
    archive.refresh().unwrap();
    assert_moved(&mut archive);
    // Said of what is on the screen still: it holds for what it has become.
    decide(&mut archive, FIRST, Decision::Star(true));
    assert!(marks(&mut archive, SECOND).starred);
    // Undoing goes along too, and so does going back.
    for _ in 0..6 {
        assert!(archive.undo().unwrap().is_some());
    }
    assert_eq!((marks(&mut archive, SECOND), archive.undo().unwrap()), (Marks::default(), None));
    archive.redo().unwrap();
    place.write("0.txt", FIRST);
    place.import();
    assert!(marks(&mut archive, FIRST).read);
}

#[test]
fn decisions_of_two_articles_that_become_one_are_all_kept() {
    let place = Place::of(&["one", "two"]);
    let mut archive = place.open();
    decide(&mut archive, "one", tag("a"));
    decide(&mut archive, "two", tag("b"));
    for text in ["one", "two"] {
        decide(&mut archive, text, Decision::Note(Note { id: 0, passage: None, text: format!("on {text}") }));
    }
    place.write("0.txt", "three");
    place.write("1.txt", "three");
    place.import();
    let shown = marks(&mut archive, "three");
    assert_eq!((shown.tags.as_slice(), shown.notes.len()), (["a".to_owned(), "b".into()].as_slice(), 2));
}

#[test]
fn content_that_another_source_still_holds_keeps_its_decisions() {
    let place = Place::of(&["one", "one"]);
    let mut archive = place.open();
    decide(&mut archive, "one", Decision::Star(true));
    place.write("0.txt", "two");
    place.import();
    assert!(marks(&mut archive, "one").starred && !marks(&mut archive, "two").starred);
}

#[test]
fn lines_that_move_up_are_not_taken_for_new_content() {
    let place = Place::of(&["other"]);
    let lines = |texts: &[&str]| {
        let lines: String = texts.iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect();
        place.write("news.jsonl", &lines);
        place.import();
    };
    lines(&["one", "two", "three"]);
    let mut archive = place.open();
    for text in ["one", "three"] {
        decide(&mut archive, text, tag(text));
    }
    lines(&["two", "four", "three, corrected"]);
    assert!(marks(&mut archive, "two").tags.is_empty());
    assert_eq!(marks(&mut archive, "three, corrected").tags, ["three"]);
    let mut waiting = Vec::new();
    archive
        .decisions(&mut |decided| {
            waiting.extend(decided.text.is_none().then_some(decided.marks.tags));
            Ok(())
        })
        .unwrap();
    assert_eq!(waiting, [["one"]], "kept, in case the article comes back");
    lines(&["one", "two"]);
    assert_eq!(marks(&mut archive, "one").tags, ["one"]);
}

fn lose_all_that_is_derived(archive: &Path) {
    for entry in fs::read_dir(archive).unwrap() {
        let path = entry.unwrap().path();
        match path.file_name().unwrap().to_str().unwrap() {
            name if name.starts_with("decisions.db") => {}
            _ if path.is_dir() => fs::remove_dir_all(&path).unwrap(),
            _ => fs::remove_file(&path).unwrap(),
        }
    }
}

#[test]
fn the_loss_of_everything_derived_loses_no_decision() {
    for rewritten in [false, true] {
        let place = Place::of(&[FIRST, "other"]);
        let mut archive = place.open();
        decide_about_first(&mut archive);
        let before = marks(&mut archive, FIRST);
        drop(archive);
        lose_all_that_is_derived(&place.archive());
        if rewritten {
            place.write("0.txt", SECOND);
        }
        place.import();
        let mut archive = place.open();
        match rewritten {
            true => assert_moved(&mut archive),
            false => assert_eq!(marks(&mut archive, FIRST), before),
        }
    }
}

#[test]
fn decisions_leave_and_enter_as_lines() {
    let program = Program::new();
    let text = "عنوان\nقال الوزير نعم.";
    program.file("news/a.txt", text);
    program.file("news/b.txt", "other");
    let news = program.path("news");
    assert!(program.run(&["import", news.to_str().unwrap()]).status.success());
    assert_eq!(program.json(&["export", "decisions"]), (1, vec![]));
    let mut archive = Archive::open(&program.path("archive"), Access::Read).unwrap();
    decide(&mut archive, text, note_on(text, "الوزير", "من؟"));
    decide(&mut archive, text, tag("x"));
    decide(&mut archive, "other", Decision::Star(true));
    decide(&mut archive, "other", Decision::Position(3));
    let (code, lines) = program.json(&["export", "decisions"]);
    assert_eq!((code, lines.len()), (0, 2));
    let about = |text: &str, lines: &[Value]| {
        let id = ArticleId::of(text).to_string();
        lines.iter().find(|line| line["article"] == id.as_str()).unwrap().clone()
    };
    let passage = &about(text, &lines)["notes"][0]["passage"];
    assert_eq!((&passage["start"], &passage["end"], &passage["quote"]), (&10.into(), &16.into(), &"الوزير".into()));
    assert_eq!(about("other", &lines)["position"], 3);
    assert_eq!(program.json(&["export", "decisions", "tag:x"]).1.len(), 1);
    // They enter another archive before and after one of the articles is there.
    let file = program.file("kept.jsonl", program.run(&["export", "decisions"]).stdout);
    let other = Program::new();
    other.file("news/b.txt", "other");
    let restore = || {
        let output = other.run(&["restore", file.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(other.run(&["import", other.path("news").to_str().unwrap()]).status.success());
    let said = restore();
    assert!(said.contains("2 articles taken in: 4 changes") && said.contains("1 articles are not in the archive"), "{said}");
    assert!(restore().contains("0 changes"));
    other.file("news/a.txt", text);
    assert!(other.run(&["import", other.path("news").to_str().unwrap()]).status.success());
    assert!(restore().contains("0 changes"));
    let there = other.json(&["export", "decisions"]).1;
    let same = |text: &str, field: &str| assert_eq!(about(text, &there)[field], about(text, &lines)[field], "{field}");
    for field in ["notes", "tags", "starred", "read", "position"] {
        same(text, field);
        same("other", field);
    }
}

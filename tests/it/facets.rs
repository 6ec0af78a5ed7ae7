//! What answers are made of: facets say what searches find, in every segment, with and without their ready-made files.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use qala::{
    domain::{ArticleId, Aspect, Change, Decision, Expr, Facet, Facets, Query, Saved, Way},
    query::parse,
    store::{Access, Archive},
};
use tempfile::TempDir;

const PEOPLE: [&str; 4] = ["Vladimir Putin", "رجب طيب أردوغان", "Nikol Pashinyan", "Ilham Aliyev"];
const PLACES: [&str; 3] = ["Moscow", "Baku", "Yerevan"];

/// So many short articles that a segment has a file of its own for its names; which name stands where is told by remainders.
fn archive(articles: usize) -> (TempDir, Archive) {
    let root = tempfile::tempdir().unwrap();
    let record = |n: usize| {
        let named: Vec<&str> =
            PEOPLE.iter().enumerate().filter(|(k, _)| n.is_multiple_of(k + 2)).map(|(_, name)| *name).collect();
        let text = format!("Report {n}\\n\\nThe talks of {} went on in {}.", named.join(" and "), PLACES[n % 3]);
        let (year, month, outlet) = (2020 + n % 2, 1 + n % 12, ["Coast Wire", "Coast Radio"][usize::from(n.is_multiple_of(5))]);
        format!("{{\"text\":\"{text}\",\"date\":\"{year}-{month:02}-03\",\"outlet\":\"{outlet}\"}}\n")
    };
    for (part, range) in [0..articles / 2, articles / 2..articles].into_iter().enumerate() {
        let file = root.path().join(format!("news{part}.jsonl"));
        fs::write(&file, range.map(record).collect::<String>()).unwrap();
        let mut writer = Archive::open(&root.path().join("archive"), Access::Write).unwrap();
        writer.import(&[file], &mut |_| ControlFlow::Continue(())).unwrap();
    }
    let archive = open(root.path());
    (root, archive)
}

fn open(root: &Path) -> Archive {
    Archive::open(&root.join("archive"), Access::Read).unwrap()
}

fn facets(archive: &mut Archive, query: &Query) -> Facets {
    archive.facets(query, &mut || ControlFlow::Continue(())).unwrap().unwrap()
}

/// The files that say which names each article holds.
fn names(root: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(root.join("archive/index")).unwrap().map(|file| file.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|ending| ending == "names")).collect()
}

/// What searches say of each facet, chosen and left out.
fn is_what_searches_say(archive: &mut Archive, query: &Query) {
    let found = facets(archive, query);
    let mut count = |query: &Query| archive.search(query, 0..0).unwrap().total;
    assert_eq!(found.total, count(query));
    for Facet { name, clause, articles, .. } in &found.facets {
        let (mut with, mut without) = (query.clone(), query.clone());
        with.and(Expr::Leaf(clause.clone()));
        without.and(Expr::Not(Box::new(Expr::Leaf(clause.clone()))));
        assert_eq!((count(&with), count(&without)), (*articles, found.total - articles), "{name}");
    }
}

fn of(facets: &Facets, aspect: Aspect) -> Vec<(&str, usize)> {
    facets.facets.iter().filter(|facet| facet.aspect == aspect).map(|facet| (facet.name.as_str(), facet.articles)).collect()
}

#[test]
fn facets_count_what_searches_find() {
    let (root, mut archive) = archive(2400);
    let everything = Query::default();
    let found = facets(&mut archive, &everything);
    assert_eq!(found.total, 2400);
    assert_eq!(of(&found, Aspect::Outlets), [("Coast Wire", 1920), ("Coast Radio", 480)]);
    assert_eq!(of(&found, Aspect::Months).first(), Some(&("2021-12", 200)), "the newest first");
    assert_eq!(of(&found, Aspect::People).iter().map(|(_, n)| *n).collect::<Vec<_>>(), [1200, 800, 600, 480]);
    assert_eq!(of(&found, Aspect::States), [("unread", 2400)]);
    assert!(of(&found, Aspect::Places).iter().filter(|(_, articles)| *articles == 800).count() >= 3);
    for query in [everything, parse("Erdogan talks", false), parse("report", true), parse("باكو", false), parse("1234", false)]
    {
        is_what_searches_say(&mut archive, &query);
        // Without the files of names the postings say the same.
        let with = facets(&mut archive, &query);
        let files = names(root.path());
        assert!(!files.is_empty(), "no segment has a file of names");
        let kept: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        files.iter().for_each(|file| fs::remove_file(file).unwrap());
        assert_eq!(facets(&mut open(root.path()), &query), with);
        files.iter().for_each(|file| fs::write(file, "damaged").unwrap());
        assert_eq!(facets(&mut archive, &query), with, "damage is passed over");
        files.iter().zip(&kept).for_each(|(file, bytes)| fs::write(file, &bytes[..bytes.len() - 9]).unwrap());
        assert_eq!(facets(&mut archive, &query), with, "damage is passed over");
        files.iter().zip(&kept).for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
    }
}

#[test]
fn states_and_tags_are_counted_in_the_answer() {
    let (_root, mut archive) = archive(60);
    let hits = archive.search(&Query::default(), 0..60).unwrap().hits;
    let mut changes: Vec<Change> =
        hits.iter().take(20).map(|hit| Change { article: hit.id, decision: Decision::Read(true) }).collect();
    changes.extend(hits.iter().take(7).map(|hit| Change { article: hit.id, decision: Decision::Tag("Élysée".into(), true) }));
    changes.push(Change { article: hits[59].id, decision: Decision::Star(true) });
    archive.decide("all of these", &changes).unwrap();
    archive.reselect();
    let found = facets(&mut archive, &Query::default());
    assert_eq!(of(&found, Aspect::States), [("unread", 40), ("read", 20), ("starred", 1)]);
    assert_eq!(of(&found, Aspect::Tags), [("Élysée", 7)]);
    for typed in ["", "is:read ", "Putin"] {
        is_what_searches_say(&mut archive, &parse(typed, true));
    }
}

#[test]
fn counts_of_decisions_follow_whatever_is_decided() {
    let (root, mut archive) = archive(60);
    let mut other = open(root.path());
    let hits = archive.search(&Query::default(), 0..60).unwrap().hits;
    let counts = |archive: &mut Archive| {
        archive.reselect();
        let found = facets(archive, &Query::default());
        is_what_searches_say(archive, &Query::default());
        of(&found, Aspect::States).into_iter().chain(of(&found, Aspect::Tags)).map(|(_, articles)| articles).collect::<Vec<_>>()
    };
    let decide = |archive: &mut Archive, nth: usize, decision: Decision| {
        archive.decide("one", &[Change { article: hits[nth].id, decision }]).unwrap();
    };
    assert_eq!(counts(&mut archive), [60]);
    for nth in 0..3 {
        decide(&mut archive, nth, Decision::Read(true));
        assert_eq!(counts(&mut archive), [59 - nth, nth + 1]);
    }
    decide(&mut archive, 1, Decision::Read(false));
    decide(&mut archive, 1, Decision::Tag("To Do".into(), true));
    decide(&mut archive, 2, Decision::Position(3));
    assert_eq!(counts(&mut archive), [58, 2, 1]);
    decide(&mut other, 9, Decision::Read(true));
    decide(&mut other, 9, Decision::Tag("to do".into(), true));
    decide(&mut archive, 8, Decision::Star(true));
    assert_eq!(counts(&mut archive), [57, 3, 1, 2], "of others too");
    archive.undo().unwrap();
    assert_eq!(counts(&mut archive), [57, 3, 2]);
    archive.redo().unwrap();
    decide(&mut archive, 8, Decision::Star(false));
    assert_eq!(counts(&mut archive), [57, 3, 2]);
    // An article that is put in anew keeps its marks under another number.
    let text = fs::read_to_string(root.path().join("news0.jsonl")).unwrap();
    fs::write(root.path().join("news0.jsonl"), text.replace("Coast Radio", "Hill Radio")).unwrap();
    let mut writer = Archive::open(&root.path().join("archive"), Access::Write).unwrap();
    writer.import(&[root.path().join("news0.jsonl")], &mut |_| ControlFlow::Continue(())).unwrap();
    archive.refresh().unwrap();
    assert_eq!(counts(&mut archive), [57, 3, 2]);
}

#[test]
fn counting_can_be_broken_off() {
    let (_root, mut archive) = archive(60);
    assert_eq!(archive.facets(&Query::default(), &mut || ControlFlow::Break(())).unwrap(), None);
    assert_eq!(facets(&mut archive, &Query::default()).total, 60);
}

#[test]
fn a_timeline_holds_every_article_once() {
    let (_root, mut archive) = archive(60);
    let all = archive.timeline(&Query::default()).unwrap();
    assert_eq!(all.dates.iter().map(|(_, n)| n).sum::<usize>() + all.undated, 60);
    assert!(all.dates.is_sorted());
    assert_eq!((all.dates[0].0.to_string(), all.dates[0].1), ("2020-01-03".into(), 5));
    let some = archive.timeline(&parse("1 | 13", false)).unwrap();
    assert!(some.dates.len() <= 2);
}

#[test]
fn an_empty_answer_explains_itself() {
    let (_root, mut archive) = archive(60);
    // The first word is in 30 articles, the second in 20, and the third is spelt as nobody else does.
    let explained = archive.explain(&parse("putin baku nothingofthekind", false), &[]).unwrap();
    let counts: Vec<(usize, usize)> = explained.parts.iter().map(|part| (part.alone, part.without)).collect();
    assert_eq!(counts, [(30, 0), (20, 0), (0, 10)]);
    assert!(matches!(&explained.suggestions[..], [one] if one.articles == 10 && matches!(one.way, Way::Without(_))));
    let explained = archive.explain(&parse("putin nothingofthekind 1000", false), &[]).unwrap();
    assert!(explained.suggestions.is_empty(), "no single change helps");
    let explained = archive.explain(&parse("repport putin", false), &[]).unwrap();
    let said: Vec<_> = explained.suggestions.iter().map(|suggestion| (&suggestion.way, suggestion.articles)).collect();
    assert_eq!(said[0], (&Way::Respelled { typed: "repport".into(), instead: "report".into() }, 30));
    assert!(matches!(said[1], (Way::Without(_), 30)));
    for suggestion in &explained.suggestions {
        assert_eq!(archive.search(&suggestion.query, 0..0).unwrap().total, suggestion.articles);
    }
}

#[test]
fn searches_are_plain_text_that_outlives_everything_derived() {
    let (root, archive) = archive(4);
    let saved = |name: &str, query: &str| Saved { name: name.into(), query: query.into() };
    archive.save_search(&saved("القوقاز", "about:كاراباخ date:2021")).unwrap();
    archive.save_search(&saved("quotes \"here\"", "-\"a b\" | c")).unwrap();
    archive.save_search(&saved("القوقاز", "about:كاراباخ ")).unwrap();
    let kept = [saved("القوقاز", "about:كاراباخ "), saved("quotes \"here\"", "-\"a b\" | c")];
    assert_eq!(archive.searches().unwrap(), kept);
    let folder = root.path().join("archive");
    fs::remove_dir_all(folder.join("index")).unwrap();
    fs::remove_file(folder.join("archive.db")).unwrap();
    drop(archive);
    let archive = Archive::open(&folder, Access::Write).unwrap();
    assert_eq!(archive.searches().unwrap(), kept);
    archive.delete_search("القوقاز").unwrap();
    assert_eq!(archive.searches().unwrap(), kept[1..]);
    // What somebody wrote by hand and got wrong is neither read nor overwritten.
    fs::write(folder.join("searches.toml"), "[[search]]\nname = \"x\"\nquery = ").unwrap();
    assert!(archive.save_search(&kept[0]).is_err());
    assert!(fs::read_to_string(folder.join("searches.toml")).unwrap().ends_with("query = "));
}

#[test]
fn a_line_of_text_lies_where_the_query_matches_below_the_title() {
    let (_root, mut archive) = archive(4);
    let query = parse("talks", false);
    let hits = archive.search(&query, 0..9).unwrap().hits;
    let ids: Vec<ArticleId> = hits.iter().map(|hit| hit.id).chain([ArticleId(1)]).collect();
    let lines = archive.snippets(&query, &ids, 24).unwrap();
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), ids[..4], "what is not there is passed over");
    for line in &lines {
        assert!(line.text.chars().count() <= 24, "{}", line.text);
        assert_eq!(line.hits.iter().map(|hit| hit.of(&line.text)).collect::<Vec<_>>(), ["talks"], "{}", line.text);
    }
    assert_eq!(archive.snippets(&parse("lang:en", false), &ids[..1], 24).unwrap()[0].text, "");
}

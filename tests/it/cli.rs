//! The command line as scripts use it: reports, ids, sources, JSON, exit codes.

use serde_json::{Value, json};

use crate::program::{Program, reference_articles};

const PUTIN: &str = "بوتين: الاتفاق ينفذ تدريجياً\n\nقال الرئيس الروسي فلاديمير بوتين في موسكو إن الاتفاق ينفذ تدريجياً.\n";
const SUMMIT: &str =
    "Summit in Sochi\n\nRussian President Vladimir Putin met the leaders of Armenia and Azerbaijan. \"We agreed,\" Putin said.\n";

fn counts(report: &Value) -> [i64; 5] {
    ["read", "added", "unchanged", "updated", "duplicates"].map(|name| report[name].as_i64().unwrap())
}

fn files(lines: &[Value]) -> Vec<String> {
    let mut files: Vec<String> =
        lines.iter().map(|line| line["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect();
    files.sort();
    files
}

#[test]
fn texts_can_be_taken_in_first_and_read_later() {
    let program = Program::new();
    program.file("news/a.txt", PUTIN);
    let record = json!({"title": "Summit in Sochi", "date": "2021-11-26", "text": SUMMIT});
    program.file("news/b.jsonl", format!("{record}\n"));
    let news = program.path("news");
    let news = news.to_str().unwrap();

    let (code, lines) = program.json(&["import", "--texts-only", news, "--json"]);
    assert_eq!((code, counts(&lines[0])), (0, [2, 2, 0, 0, 0]));
    let found = program.json(&["search", "Putin date:2021", "--json"]).1;
    assert_eq!((found.len(), &found[0]["title"], &found[0]["published"]), (1, &json!("Summit in Sochi"), &json!("2021-11-26")));
    assert_eq!(program.json(&["entities", "--json"]).1.len(), 0);

    let (code, lines) = program.json(&["import", news, "--json"]);
    assert_eq!((code, counts(&lines[0])), (0, [2, 0, 2, 0, 0]));
    assert!(!program.json(&["entities", "Putin", "--json"]).1.is_empty());
    assert_eq!(program.json(&["said", "--by", "Putin", "--json"]).1.len(), 2);
}

#[test]
fn an_import_says_what_became_of_every_article() {
    let program = Program::new();
    let folder = program.path("news");
    let folder = folder.to_str().unwrap();
    program.file("news/a.txt", PUTIN);
    program.file("news/b.txt", SUMMIT);

    let (code, lines) = program.json(&["import", folder, "--json"]);
    assert_eq!((code, lines[0]["format"].as_i64(), counts(&lines[0])), (0, Some(1), [2, 2, 0, 0, 0]));

    let (code, lines) = program.json(&["import", folder, "--json"]);
    assert_eq!((code, counts(&lines[0])), (0, [2, 0, 2, 0, 0]));

    program.file("news/b.txt", format!("{SUMMIT}\nMore will follow.\n"));
    program.file("news/copy.txt", PUTIN);
    let (code, lines) = program.json(&["import", folder, "--json"]);
    assert_eq!((code, counts(&lines[0])), (0, [3, 0, 1, 1, 1]));
    assert_eq!(program.json(&["search", "Sochi", "--json"]).1.len(), 1);
}

#[test]
fn the_same_text_has_the_same_id_everywhere() {
    let ids =
        [("one/x.txt", PUTIN.to_owned()), ("two/y.jsonl", json!({"id": 3, "text": PUTIN}).to_string())].map(|(name, text)| {
            let program = Program::new();
            let file = program.file(name, text);
            assert!(program.run(&["import", file.to_str().unwrap()]).status.success());
            program.json(&["search", "موسكو", "--json"]).1[0]["id"].clone()
        });
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_imported() {
    let program = Program::new();
    program.file("news/good.txt", PUTIN);
    program.file("news/empty.txt", "");
    program.file("news/binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0");
    program.file("news/records.jsonl", "{\"text\": \"one\"\nnot json\n{\"text\": \"Two of them came.\"}\n");
    program.file("news/huge.txt", vec![b'a'; 100 << 20]);
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(PUTIN);
    program.file("news/windows.txt", &bytes);
    let mut broken = SUMMIT.as_bytes().to_vec();
    broken.extend("قال الرئيس الروسي إن الاتفاق ينفذ تدريجياً في موسكو اليوم".as_bytes());
    broken.extend(b"\xFF\xFE the end");
    program.file("news/broken.txt", &broken);

    let output = program.run(&["import", program.path("news").to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    let mut failed: Vec<(String, String)> = report["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            let file = fault["file"].as_str().unwrap().rsplit('/').next().unwrap();
            let item = fault["item"].as_str().map(|item| format!(":{item}")).unwrap_or_default();
            let reason = fault["reason"].as_str().unwrap().split([':', '(', ',']).next().unwrap().trim().to_owned();
            (format!("{file}{item}"), reason)
        })
        .collect();
    failed.sort();
    let failed: Vec<(&str, &str)> = failed.iter().map(|(file, reason)| (file.as_str(), reason.as_str())).collect();
    assert_eq!(
        failed,
        [
            ("binary.txt", "is not text"),
            ("broken.txt", "has bytes that are not UTF-8"),
            ("empty.txt", "is empty"),
            ("huge.txt", "is larger than 16 MiB"),
            ("records.jsonl:1", "is no JSON"),
            ("records.jsonl:2", "is no JSON"),
        ]
    );
    // good.txt and windows.txt hold the same text in two encodings.
    assert_eq!(counts(&report), [4, 3, 0, 0, 1]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors.lines().filter(|line| line.starts_with("qala: ")).count(), 6, "{errors}");
}

#[test]
fn nothing_readable_is_an_error_and_nothing_found_is_not() {
    let program = Program::new();
    let empty = program.file("empty.txt", "");
    assert_eq!(program.run(&["import", empty.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(program.run(&["import", "no/such/place"]).status.code(), Some(2));
    let file = program.file("a.txt", PUTIN);
    assert_eq!(program.run(&["import", file.to_str().unwrap()]).status.code(), Some(0));
    for (args, code) in [
        (&["search", "موسكو"][..], 0),
        (&["search", "Reykjavik"], 1),
        (&["entities", "بوتين"], 0),
        (&["entities", "Reykjavik"], 1),
        (&["show", "0000000000000000"], 1),
        (&["show"], 2),
        (&["frobnicate-this"], 2),
    ] {
        let output = program.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(code != 2 || errors.starts_with("qala: "), "{args:?}: {errors}");
    }
}

#[test]
fn searching_without_an_archive_says_how_to_make_one() {
    let output = Program::new().run(&["search", "anything"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors.starts_with("qala: there is no archive in") && errors.contains("qala import"), "{errors}");
}

#[test]
fn an_article_cannot_reach_the_terminal() {
    let program = Program::new();
    let hostile = "\u{1b}]0;owned\u{7}Title \u{1b}[2J\u{9b}31m\u{202e}\n\nBody \u{1b}]52;c;aGVsbG8=\u{7} said Vladimir Putin \u{1b}P$q\u{1b}\\ \u{8}\u{7f}\n";
    program.file("news/hostile\u{1b}[31m.txt", hostile);
    let record = json!({"id": "\u{1b}[1m", "title": hostile, "source": "Wire\u{1b}]2;x\u{7}", "url": "https://example.org/\u{1b}", "text": hostile});
    program.file("news/hostile.jsonl", record.to_string());
    assert!(program.run(&["import", program.path("news").to_str().unwrap()]).status.success());
    let id = program.json(&["search", "Body", "--json"]).1[0]["id"].as_str().unwrap().to_owned();
    let file = program.path("news/hostile.jsonl");
    for args in [
        &["search", "Body"][..],
        &["show", &id],
        &["entities"],
        &["extract", file.to_str().unwrap()],
        &["import", "news/no\u{1b}[2J"],
    ] {
        for output in [program.run(args).stdout, program.run(args).stderr] {
            let text = String::from_utf8(output).unwrap();
            assert!(
                !text.contains(|c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}'),
                "{args:?}: {text:?}"
            );
        }
    }
    for line in program.json(&["search", "Body", "--json"]).1.into_iter().chain(program.json(&["show", &id, "--json"]).1) {
        assert!(!strings(&line).any(|text| text.contains(|c: char| c.is_control() && !"\n\r\t".contains(c))), "{line}");
    }
}

fn strings(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(items) => Box::new(items.iter().flat_map(strings)),
        Value::Object(fields) => Box::new(fields.values().flat_map(strings)),
        _ => Box::new(std::iter::empty()),
    }
}

#[test]
fn a_leading_dash_belongs_to_the_query_and_options_do_not() {
    let program = Program::new();
    let file = program.file("a.txt", SUMMIT);
    program.run(&["import", file.to_str().unwrap()]);
    for (args, found) in [
        (&["search", "-Putin", "--json"][..], false),
        (&["search", "-Ankara", "--json"], true),
        (&["search", "--json", "--limit", "5", "Putin", "-Sochi"], false),
        (&["search", "--json", "--limit", "5", "Putin", "-Ankara"], true),
        (&["search", "Sochi -Putin", "--json"], false),
    ] {
        assert_eq!(program.json(args).0, i32::from(!found), "{args:?}");
    }
}

#[test]
fn shells_and_manuals_know_every_subcommand() {
    let program = Program::new();
    for args in [&["completions", "bash"][..], &["completions", "fish"], &["man"], &["--help"]] {
        let output = program.run(args);
        let text = String::from_utf8(output.stdout).unwrap();
        for name in ["import", "search", "entities", "show", "extract"] {
            assert!(output.status.success() && text.contains(name), "{args:?} lacks {name}");
        }
    }
}

#[test]
fn without_an_archive_the_browser_offers_what_can_be_done() {
    let output = Program::new().run(&[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("There is no archive yet") && text.contains("--sample") && text.contains("qala import"), "{text}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let program = Program::new();
    let file = program.file("a.txt", SUMMIT);
    program.run(&["import", file.to_str().unwrap()]);
    let mut child =
        program.command().args(["extract", file.to_str().unwrap()]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_reference_articles_are_found_in_any_spelling() {
    let Some(folder) = reference_articles() else { return };
    let program = Program::new();
    let (code, report) = program.json(&["import", folder.to_str().unwrap(), "--json"]);
    assert_eq!((code, counts(&report[0])), (0, [5, 5, 0, 0, 0]));
    let found = |query: &str| files(&program.json(&["search", query, "--json"]).1);
    for (query, n_articles) in [("أرمينيا", 5), ("ارمينيا", 5), ("سبوتنيك", 3), ("إردوغان", 1), ("رئيسُ", 5), ("بوتيين", 5)]
    {
        assert_eq!(found(query).len(), n_articles, "{query}");
    }
    assert!(!found("2021").is_empty());
    assert_eq!(found("2021"), found("٢٠٢١"));
}

#[test]
fn the_reference_articles_have_the_titles_that_a_reader_sees() {
    let Some(folder) = reference_articles() else { return };
    let (code, lines) = Program::new().json(&["extract", folder.to_str().unwrap()]);
    assert_eq!((code, lines.len()), (0, 5));
    for line in lines {
        let stem = std::path::Path::new(line["file"].as_str().unwrap()).file_stem().unwrap().to_owned();
        let gold = folder.join("../eval/seeds").join(stem).with_extension("json");
        let gold: Value = serde_json::from_slice(&std::fs::read(gold).unwrap()).unwrap();
        assert_eq!(line["title"]["text"], gold["meta"]["title"]);
        let text = line["text"].as_str().unwrap();
        let shown: String = text.chars().skip(line["title"]["start"].as_u64().unwrap() as usize).collect();
        assert!(shown.starts_with(line["title"]["text"].as_str().unwrap()));
    }
}

#[test]
fn a_carriage_return_cannot_hide_what_stands_before_it() {
    let program = Program::new();
    let file = program.file("a.txt", "Headline\r\nHe denied it.\rHe admitted it.\n");
    program.run(&["import", file.to_str().unwrap()]);
    let id = program.json(&["search", "headline", "--json"]).1[0]["id"].as_str().unwrap().to_owned();
    let shown = String::from_utf8(program.run(&["show", &id]).stdout).unwrap();
    assert!(shown.ends_with("\nHeadline\nHe denied it.\nHe admitted it.\n"), "{shown:?}");
    assert!(program.json(&["show", &id, "--json"]).1[0]["text"].as_str().unwrap().contains("it.\rHe"));
}

#[test]
fn a_headline_of_any_length_is_listed_on_one_short_line() {
    let program = Program::new();
    let file = program.file("a.jsonl", json!({"title": "word ".repeat(100_000), "text": "The body."}).to_string());
    program.run(&["import", file.to_str().unwrap()]);
    let title = program.json(&["search", "body", "--json"]).1[0]["title"].as_str().unwrap().to_owned();
    assert_eq!((title.chars().count(), title.ends_with('…')), (1001, true));
}

#[test]
fn finding_nothing_explains_itself_on_standard_error() {
    let program = Program::new();
    program.file("news/a.txt", PUTIN);
    program.file("news/b.txt", SUMMIT);
    assert!(program.run(&["import", program.path("news").to_str().unwrap()]).status.success());
    let output = program.run(&["search", "Sochi موسكو"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = [
        "qala: 1 article has Sochi; without it there is 1.",
        "qala: 1 article has موسكو; without it there is 1.",
        "qala: try موسكو (without Sochi: 1 article)",
        "qala: try Sochi (without موسكو: 1 article)",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

//! `qala said` and `qala export statements`, run as a shell runs them.

use serde_json::Value;

use crate::program::{Program, reference_articles};

/// A program that has read made-up news.
fn program() -> Program {
    let program = Program::new();
    let lines = [
        r#"{"id":1,"title":"Harbour reopens","source":"Coast Wire","date":"2021-11-03","text":"\"The boats can come home to the harbour after two long years,\" President Vladimir Putin said."}"#,
        r#"{"id":2,"title":"Boats return","source":"Hill Radio","date":"2021-11-05","text":"Putin said: \"The boats can come home to the harbour after two long years\". Sergey Lavrov denied that Armenia had asked for them."}"#,
        r#"{"id":3,"title":"أرمينيا","source":"صحيفة المرفأ","date":"2021-11-07","text":"قال الرئيس الروسي فلاديمير بوتين إن الاتفاق مع أرمينيا ينفذ تدريجيا."}"#,
        r#"{"id":4,"title":"Notes","text":"Putin warned that the winter would be long for everybody."}"#,
    ];
    program.file("news.jsonl", lines.join("\n"));
    assert!(program.run(&["import", program.path("news.jsonl").to_str().unwrap()]).status.success());
    program
}

fn texts(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["text"].as_str().unwrap()).collect()
}

#[test]
fn a_line_tells_who_said_what_where_and_who_carries_it() {
    let program = program();
    let (code, lines) = program.json(&["said", "boats", "--by", "بوتين", "--json"]);
    assert_eq!((code, lines.len()), (0, 1));
    let line = &lines[0];
    for (field, value) in [
        ("title", "Harbour reopens"),
        ("published", "2021-11-03"),
        ("outlet", "Coast Wire"),
        ("speaker_entity", "vladimir_putin"),
        ("cue", "said"),
        ("verb", "said"),
        ("kind", "direct"),
        ("item", "1"),
    ] {
        assert_eq!(line[field], value, "{field}");
    }
    let article = line["article"].as_str().unwrap();
    assert_eq!(line["id"], format!("{article}.1"));
    assert_eq!((line["carried_by"][0].as_str(), line["carried_by"].as_array().unwrap().len()), (Some(article), 2));
    // Positions are those of the article's text, in code points.
    let shown = &program.json(&["show", article, "--json"]).1[0];
    let text: Vec<char> = shown["text"].as_str().unwrap().chars().collect();
    for piece in line["content"].as_array().unwrap().iter().chain([line]) {
        let range = piece["start"].as_u64().unwrap() as usize..piece["end"].as_u64().unwrap() as usize;
        assert!(text[range].iter().collect::<String>().starts_with(piece["text"].as_str().unwrap().split(" … ").next().unwrap()));
    }
}

#[test]
fn speakers_topics_and_dates_narrow_and_the_exit_code_tells() {
    let program = program();
    let found = |args: &[&str]| program.json(&[&["said", "--json"], args].concat());
    assert_eq!(found(&["--by", "putin"]).1.len(), 3);
    assert_eq!(texts(&found(&["--by", "putin", "--about", "armenia"]).1), ["الاتفاق مع أرمينيا ينفذ تدريجيا"]);
    assert_eq!(found(&["verb:denied"]).1.len(), 1);
    assert_eq!(found(&["--by", "putin", "--since", "2021-11-04"]).1.len(), 2);
    assert_eq!(found(&["--by", "putin", "--until", "2021-11-03"]).1.len(), 1);
    assert_eq!(found(&["--limit", "2"]).1.len(), 2);
    assert_eq!(found(&["--by", "nobody"]).0, 1);
    assert_eq!(found(&["…"]).0, 1);
    assert_eq!(program.run(&["said", "--since", "yesterday"]).status.code(), Some(2));
}

#[test]
fn what_has_no_date_is_counted_where_dates_are_asked_for() {
    let program = program();
    let told = |args: &[&str]| String::from_utf8(program.run(args).stderr).unwrap();
    let left_out = "qala: 1 statement in articles without a date is left out\n";
    assert_eq!(told(&["said", "--by", "putin", "--since", "2021"]), left_out);
    assert_eq!(told(&["said", "--by", "putin"]), "");
}

#[test]
fn lines_for_people_say_who_and_where() {
    let program = program();
    let output = program.run(&["said", "boats", "--by", "putin"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("carried by 2, first by Coast Wire on 2021-11-03"), "{text}");
}

#[test]
fn statements_leave_in_three_forms_with_their_count() {
    let program = program();
    let run = |args: &[&str]| {
        let output = program.run(&[&["export", "statements"], args].concat());
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "qala: 3 statements\n");
        String::from_utf8(output.stdout).unwrap()
    };
    let lines: Vec<Value> = run(&["by:putin"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[1]["cue"]["text"], "said");
    assert_eq!(lines[1]["sources"][0]["text"].as_str().map(|text| text.contains("Putin")), Some(true));
    assert!(lines.iter().all(|line| line["contents"][0]["start"].is_u64() && line["confidence"].is_f64()));
    let table = run(&["by:putin", "--format", "csv"]);
    assert_eq!(table.lines().count(), 4);
    let report = run(&["by:putin", "--format", "md"]);
    assert!(
        report.starts_with("# 3 statements\n")
            && report.contains("> الاتفاق مع أرمينيا")
            && report.contains("Carried by 2 articles."),
        "{report}"
    );
    assert_eq!(program.run(&["export", "statements", "by:nobody"]).status.code(), Some(1));
}

#[test]
fn the_reference_articles_tell_what_putin_said_about_karabakh() {
    let Some(articles) = reference_articles() else { return };
    let program = Program::new();
    assert!(program.run(&["import", articles.to_str().unwrap()]).status.success());
    let (code, lines) = program.json(&["said", "--by", "putin", "--about", "karabakh", "--json"]);
    assert_eq!(code, 0);
    assert!(lines.iter().all(|line| line["speaker_entity"] == "vladimir_putin"));
    let (_, same) = program.json(&["said", "--by", "بوتين", "--about", "قره باغ", "--json"]);
    assert_eq!(texts(&lines), texts(&same));
}

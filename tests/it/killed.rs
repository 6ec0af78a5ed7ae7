//! Imports that are killed: whatever the moment, a second import completes the archive as if nothing had happened.

use std::{
    fmt::Write as _,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::program::Program;

const N_ARTICLES: usize = 3000;

/// Records that differ, name shared entities, and come in two files so that a kill can fall between them.
fn lay_out(program: &Program) -> String {
    for part in 0..2 {
        let mut lines = String::new();
        for n in 0..N_ARTICLES / 2 {
            let number = part * N_ARTICLES / 2 + n;
            let country = ["أرمينيا", "أذربيجان", "تركيا", "مصر"][number % 4];
            let text = format!(
                "قال الرئيس الروسي فلاديمير بوتين إن الاتفاق مع {country} رقم {number} ينفذ تدريجياً.\\n\\nوأضاف بوتين: «نعم»."
            );
            let date = format!("2021-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
            writeln!(
                lines,
                r#"{{"id":{number},"title":"الاتفاق رقم {number}","date":"{date}","source":"وكالة","text":"{text}"}}"#
            )
            .unwrap();
        }
        program.file(&format!("news/part{part}.jsonl"), lines);
    }
    program.path("news").to_str().unwrap().to_owned()
}

/// All that a user can see of an archive.
fn contents(program: &Program) -> Vec<String> {
    let sorted = |lines: Vec<Value>| {
        let mut lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        lines.sort();
        lines
    };
    let mut hits = program.json(&["search", "الاتفاق", "--limit", "100000", "--json"]).1;
    for hit in &mut hits {
        // Scores are comparable within one answer only: they count documents that the index still holds but no longer shows.
        hit.as_object_mut().unwrap().remove("score");
    }
    let mut all = sorted(hits);
    all.extend(sorted(program.json(&["said", "--limit", "10000", "--json"]).1));
    all.extend(sorted(program.json(&["entities", "--limit", "10000", "--json"]).1));
    all
}

#[test]
fn a_killed_import_is_completed_by_the_next_one() {
    let undisturbed = Program::new();
    let news = lay_out(&undisturbed);
    let start = Instant::now();
    assert!(undisturbed.run(&["import", &news]).status.success());
    let whole = start.elapsed();
    // File paths differ between homes, so the runs share one folder of news.
    let expected = contents(&undisturbed);
    assert_eq!(expected.iter().filter(|line| line.contains("\"snippet\"")).count(), N_ARTICLES);

    const MOMENTS: u32 = 12;
    for moment in 0..MOMENTS {
        let program = Program::new();
        let mut child = program.command().args(["import", &news]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(5) + whole * moment / MOMENTS);
        child.kill().unwrap();
        child.wait().unwrap();
        let output = program.run(&["import", &news, "--json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        for (found, expected) in contents(&program).iter().zip(&expected) {
            assert_eq!(found, expected, "killed after {moment}/{MOMENTS} of the import");
        }
    }
}

#[test]
fn a_second_import_is_told_that_the_first_is_at_work_and_readers_are_not_disturbed() {
    let program = Program::new();
    let news = lay_out(&program);
    assert!(program.run(&["import", &format!("{news}/part0.jsonl")]).status.success());
    let mut first = program.command().args(["import", &news]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut refused, mut searches) = (None, 0);
    while first.try_wait().unwrap().is_none() {
        assert_eq!(program.json(&["search", "الاتفاق", "--limit", "3", "--json"]).1.len(), 3);
        searches += 1;
        let second = program.run(&["import", &news]);
        if second.status.code() == Some(2) {
            refused = Some(String::from_utf8(second.stderr).unwrap());
        }
    }
    assert!(first.wait().unwrap().success());
    assert!(searches > 0);
    // On a fast machine the first may be done before the second asks; what it says when it asks in time is checked.
    if let Some(message) = refused {
        assert!(message.starts_with("qala: ") && message.contains("another qala"), "{message}");
    }
}

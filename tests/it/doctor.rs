//! `qala doctor`, run as somebody runs it where something may be wrong.

use std::fs;

use crate::program::Program;

/// The exit code and what is told.
fn told(program: &Program) -> (i32, String) {
    let output = program.run(&["doctor"]);
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn what_is_there_is_counted_and_what_is_missing_said() {
    let program = Program::new();
    let (code, text) = told(&program);
    // Without a terminal nothing can be seen of the card: that deserves a look.
    assert_eq!(code, 1);
    for line in ["Terminal", "taken for: xterm", "Configuration", "there is no archive yet; `qala import PATH` makes one"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    program.file("a.txt", "Rain\n\n\"It rains,\" Nadia Farah said on Monday in the hills above the town.\n");
    program.run(&["import", program.path("a.txt").to_str().unwrap()]);
    let (code, text) = told(&program);
    assert_eq!(code, 1);
    assert!(text.contains("articles: 1\n") && text.contains("index: answers") && text.contains("all in their places"), "{text}");
}

#[test]
fn a_damaged_archive_and_a_faulty_configuration_are_told_apart_from_a_healthy_one() {
    let program = Program::new();
    program.file(".config/qala/config.toml", "theme = \"neon\"\n");
    let (code, text) = told(&program);
    assert_eq!(code, 1);
    assert!(text.contains("not understood: ") && text.contains("neon"), "{text}");

    program.file("a.txt", "Rain\n\nIt rains in the hills above the town again.\n");
    program.run(&["import", program.path("a.txt").to_str().unwrap()]);
    fs::write(program.path("archive/archive.db"), "no database").unwrap();
    let (code, text) = told(&program);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("broken: "), "{text}");
}

#[test]
fn all_terminals_that_are_known_are_listed_with_advice() {
    let output = Program::new().run(&["doctor", "--terminals"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for name in ["xterm", "kitty", "Konsole", "mlterm", "PuTTY", "iTerm2", "Windows Terminal", "WezTerm", "Ghostty"] {
        assert!(text.contains(name), "{name}\n{text}");
    }
}

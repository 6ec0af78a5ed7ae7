//! House rules that a compiler cannot check: which module may know which, file sizes, and a sentence at the top of each file.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A module, the modules it may use, and words of the outer world that it may not know.
type Rule = (&'static str, &'static [&'static str], &'static [&'static str]);

const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::time",
    "std::process",
    "ratatui",
    "crossterm",
    "rusqlite",
    "tantivy",
    "clap",
];

const RULES: &[Rule] = &[
    ("text", &[], WORLD),
    ("domain", &["text"], WORLD),
    ("lang", &["text", "domain"], WORLD),
    ("read", &["text", "domain"], &["ratatui", "crossterm", "rusqlite", "tantivy", "clap"]),
    ("extract", &["text", "domain", "lang"], WORLD),
    ("query", &["text", "domain", "lang"], WORLD),
    ("store", &["text", "domain", "lang", "read", "extract", "query"], &["ratatui", "crossterm", "clap", "indicatif"]),
    ("app", &["text", "domain", "query"], WORLD),
    ("ui", &["text", "domain", "query", "app"], &["rusqlite", "tantivy", "clap"]),
    (
        "cli",
        &["text", "domain", "lang", "read", "extract", "query", "store", "app", "ui"],
        &["rusqlite", "tantivy", "ratatui", "crossterm"],
    ),
];

const LONGEST: usize = 400;

#[test]
fn modules_know_only_those_above_them() {
    let mut faults = Vec::new();
    for (module, allowed, unknown) in RULES {
        for path in sources(&root().join("src").join(module)) {
            let code = code_of(&path);
            for name in crate_names(&code) {
                let known = name == *module || allowed.contains(&name.as_str());
                if !known && RULES.iter().any(|(module, ..)| *module == name) {
                    faults.push(format!("{}: may not know crate::{name}", path.display()));
                }
            }
            for word in unknown.iter().filter(|word| code.contains(**word)) {
                faults.push(format!("{}: may not know {word}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_module_has_a_rule() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let is_code = entry.path().is_dir() && !sources(&entry.path()).is_empty() && name != "bin";
        assert!(!is_code || RULES.iter().any(|(module, ..)| *module == name), "src/{name} has no rule in this test");
    }
}

#[test]
fn files_open_with_a_sentence_and_stay_short() {
    let mut faults = Vec::new();
    for path in [root().join("src"), root().join("tests")].iter().flat_map(|folder| sources(folder)) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") {
            faults.push(format!("{}: begins without a sentence that says what it is for", path.display()));
        }
        let n_lines = text.lines().count();
        if n_lines > LONGEST {
            faults.push(format!("{}: {n_lines} lines, more than {LONGEST}", path.display()));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_rules_see_through_grouped_imports() {
    let code = "use crate::{\n    domain::{Article, Query},\n    text::Span,\n};\nfn f() { crate::store::open() }";
    assert_eq!(crate_names(code), ["domain", "text", "store"]);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without comments and without its tests, which may use what they like.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first names behind each `crate::`, groups in braces opened.
fn crate_names(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, word) in code.match_indices("crate::") {
        let rest = &code[at + word.len()..];
        match rest.strip_prefix('{') {
            None => names.push(identifier(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut fresh = true;
                for (offset, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => fresh = true,
                        c if fresh && !c.is_whitespace() => {
                            names.push(identifier(&group[offset..]));
                            fresh = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

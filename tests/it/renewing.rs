//! A new version of the analysis of words: the old index answers while a new one is made beside it, in this program and others.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use qala::{
    domain::Progress,
    query::parse,
    store::{Access, Archive},
};

const SHELVES: [&str; 2] = ["index", "statements"];

/// An archive that was made in two imports of a hundred articles each, with indexes of an older analysis.
fn older(root: &Path) -> PathBuf {
    let folder = root.join("archive");
    for part in 0..2 {
        let file = root.join(format!("part{part}.jsonl"));
        let record = |n: usize| format!("{{\"text\":\"Harbour news {n}\\n\\nNadia Farah said: \\\"The boats are home.\\\"\"}}\n");
        fs::write(&file, (part * 100..part * 100 + 100).map(record).collect::<String>()).unwrap();
        Archive::open(&folder, Access::Write).unwrap().import(&[file], &mut |_| ControlFlow::Continue(())).unwrap();
    }
    for shelf in SHELVES {
        let fingerprint = folder.join(shelf).join("fingerprint");
        let made_with = fs::read_to_string(&fingerprint).unwrap();
        fs::write(fingerprint, made_with.replace("analysis ", "analysis 9")).unwrap();
    }
    folder
}

fn is_older(folder: &Path, shelf: &str) -> bool {
    fs::read_to_string(folder.join(shelf).join("fingerprint")).unwrap().contains("analysis 9")
}

fn found(archive: &mut Archive) -> (usize, usize) {
    let query = parse("harbour", false);
    let said = archive.said(&parse("by:Farah", false), 0..500).unwrap();
    (archive.search(&query, 0..500).unwrap().total, said.total)
}

/// Makes them anew, with a look at each step of the new index.
fn renew(folder: &Path, look: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) {
    let mut watch = |progress: &Progress| progress.renewing.map_or(ControlFlow::Continue(()), |(done, of)| look(done, of));
    Archive::open(folder, Access::Write).unwrap().renew(&mut watch).unwrap();
}

#[test]
fn the_old_index_answers_until_the_new_one_is_whole() {
    let root = tempfile::tempdir().unwrap();
    let folder = older(root.path());
    assert!(Archive::wants_upkeep(&folder));
    let mut reader = Archive::open(&folder, Access::Read).unwrap();
    let all = found(&mut reader);
    assert_eq!(all.0, 200);
    drop(Archive::open(&folder, Access::Write).unwrap());
    assert!(is_older(&folder, "index"), "a writer alone does not take it away");
    let mut told = Vec::new();
    renew(&folder, &mut |done, of| {
        told.push((done, of));
        assert_eq!(found(&mut Archive::open(&folder, Access::Read).unwrap()), all, "whoever comes meanwhile");
        assert!(is_older(&folder, "index") || done >= of / 2);
        ControlFlow::Continue(())
    });
    assert!(told.is_sorted() && told.len() > 4 && told.iter().all(|(done, of)| done <= of && *of == 400), "{told:?}");
    assert!(!Archive::wants_upkeep(&folder));
    assert!(SHELVES.iter().all(|shelf| !folder.join(format!("{shelf}.new")).exists()));
    assert_eq!(found(&mut reader), all, "who has the old one open keeps it");
    assert!(reader.others_imported().unwrap() && !reader.others_imported().unwrap());
    assert_eq!(found(&mut reader), all);
    assert!(reader.renew(&mut |_| ControlFlow::Continue(())).is_err(), "a reader writes nothing");
    let file = root.path().join("more.txt");
    fs::write(&file, "Harbour news at last").unwrap();
    Archive::open(&folder, Access::Write).unwrap().import(&[file], &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(reader.others_imported().unwrap());
    assert_eq!(found(&mut reader).0, 201);
}

#[test]
fn a_new_index_that_was_broken_off_is_gone_on_with() {
    let root = tempfile::tempdir().unwrap();
    let folder = older(root.path());
    let all = found(&mut Archive::open(&folder, Access::Read).unwrap());
    renew(&folder, &mut |done, _| if done < 64 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) });
    assert!(is_older(&folder, "index") && folder.join("index.new").exists());
    assert_eq!(found(&mut Archive::open(&folder, Access::Read).unwrap()), all);
    let mut first = None;
    let file = root.path().join("more.txt");
    fs::write(&file, "Harbour news at last").unwrap();
    let mut watch = |progress: &Progress| {
        first = first.or(progress.renewing.map(|(done, _)| done));
        ControlFlow::Continue(())
    };
    let report = Archive::open(&folder, Access::Write).unwrap().import(&[file], &mut watch).unwrap();
    assert_eq!(report.added, 1, "what comes is added to the new one");
    assert_eq!(first, Some(100), "the first hundred are in it already");
    assert!(!Archive::wants_upkeep(&folder) && !folder.join("index.new").exists());
    assert_eq!(found(&mut Archive::open(&folder, Access::Read).unwrap()), (all.0 + 1, all.1));
}

#[test]
fn what_a_new_index_left_behind_goes_with_the_next_import() {
    let root = tempfile::tempdir().unwrap();
    let folder = older(root.path());
    renew(&folder, &mut |_, _| ControlFlow::Continue(()));
    for left in ["index.old", "statements.new"] {
        fs::create_dir(folder.join(left)).unwrap();
    }
    renew(&folder, &mut |_, _| panic!("nothing is to be made anew"));
    assert!(!folder.join("index.old").exists() && !folder.join("statements.new").exists());
}

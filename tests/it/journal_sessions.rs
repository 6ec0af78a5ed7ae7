//! Undoing and redoing, by one session and by several at once, and what a kill leaves behind.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader},
    ops::ControlFlow,
    process::Stdio,
    thread,
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use qala::{
    app::{Effect, Msg},
    domain::{ArticleId, Change, Decision, Marks, Note, Step},
    query::parse,
    store::{Access, Archive},
    ui::decisions,
};

use crate::{
    place::{Place, decide, marks, tag},
    program::Program,
};

const TEXTS: [&str; 3] = ["one", "two", "three"];

/// What one step of the made-up sessions decides: a kind of decision, on or off, and about which articles.
#[derive(Clone, Copy, Debug)]
struct Wish {
    kind: u8,
    on: bool,
    articles: u8,
}

impl Wish {
    fn changes(self) -> Vec<Change> {
        let decision = match self.kind {
            0 => Decision::Read(self.on),
            1 => Decision::Star(self.on),
            2 => Decision::Tag("a".into(), self.on),
            3 => Decision::Tag("b".into(), self.on),
            kind => {
                let text = if self.on { format!("note {kind}") } else { String::new() };
                Decision::Note(Note { id: u64::from(kind), passage: None, text })
            }
        };
        let about = TEXTS.iter().enumerate().filter(|(n, _)| self.articles >> n & 1 == 1);
        about.map(|(_, text)| Change { article: ArticleId::of(text), decision: decision.clone() }).collect()
    }

    fn label(self) -> String {
        format!("{} {} {}", self.kind, self.on, self.articles)
    }

    fn from_label(label: &str) -> Wish {
        let parts: Vec<&str> = label.split(' ').collect();
        Wish { kind: parts[0].parse().unwrap(), on: parts[1] == "true", articles: parts[2].parse().unwrap() }
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    (0u8..6, any::<bool>(), 1u8..8).prop_map(|(kind, on, articles)| Wish { kind, on, articles })
}

/// What a plain reader of the list of steps would hold to be decided.
fn replayed(steps: &[Step]) -> Vec<BTreeSet<u8>> {
    let mut held = vec![BTreeSet::new(); TEXTS.len()];
    for step in steps.iter().rev().filter(|step| !step.undone) {
        let Wish { kind, on, articles } = Wish::from_label(&step.label);
        for (n, held) in held.iter_mut().enumerate().filter(|(n, _)| articles >> n & 1 == 1) {
            let _ = n;
            if on {
                held.insert(kind)
            } else {
                held.remove(&kind)
            };
        }
    }
    held
}

fn held(archive: &mut Archive) -> Vec<BTreeSet<u8>> {
    let page = archive.search(&parse("", false), 0..9).unwrap();
    let of = |text: &&str| {
        let marks = &page.hits.iter().find(|hit| hit.title == **text).unwrap().marks;
        let mut held: BTreeSet<u8> = marks.notes.iter().map(|note| u8::try_from(note.id).unwrap()).collect();
        held.extend(marks.read.then_some(0));
        held.extend(marks.starred.then_some(1));
        held.extend(marks.tags.iter().map(|tag| if tag == "a" { 2 } else { 3 }));
        held
    };
    TEXTS.iter().map(of).collect()
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Decide(Wish),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![wish().prop_map(Act::Decide), wish().prop_map(Act::Decide), Just(Act::Undo), Just(Act::Undo), Just(Act::Redo)]
}

fn perform(archive: &mut Archive, act: Act) -> Option<Step> {
    match act {
        Act::Decide(wish) => {
            archive.decide(&wish.label(), &wish.changes()).unwrap();
            None
        }
        Act::Undo => archive.undo().unwrap(),
        Act::Redo => archive.redo().unwrap(),
    }
}

/// Tries made-up values on one archive, each without decisions to begin with.
fn for_all<S: Strategy>(strategy: S, test: impl Fn(&Place, S::Value) -> Result<(), TestCaseError>) {
    let place = Place::of(&TEXTS);
    let config = Config { cases: 16, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new(config).run(&strategy, |value| {
        for name in ["decisions.db", "decisions.db-wal", "decisions.db-shm"] {
            let _ = fs::remove_file(place.archive().join(name));
        }
        test(&place, value)
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn one_session_walks_up_and_down_its_states() {
    for_all(prop::collection::vec(act(), 1..25), |place, acts| {
        let mut archive = place.open();
        let (mut states, mut at) = (vec![held(&mut archive)], 0);
        for act in acts {
            let step = perform(&mut archive, act);
            let now = held(&mut archive);
            match act {
                Act::Decide(_) if now != states[at] => {
                    states.truncate(at + 1);
                    states.push(now.clone());
                    at += 1;
                }
                Act::Decide(_) => {}
                Act::Undo => {
                    prop_assert_eq!(step.is_some(), at > 0);
                    at = at.saturating_sub(1);
                }
                Act::Redo => {
                    prop_assert_eq!(step.is_some(), at + 1 < states.len());
                    at = (at + 1).min(states.len() - 1);
                }
            }
            prop_assert_eq!(&now, &states[at]);
            let steps = archive.history(99).unwrap();
            prop_assert_eq!(&now, &replayed(&steps));
            prop_assert_eq!(steps.iter().filter(|step| !step.undone).count(), at);
            prop_assert_eq!(steps.len() + 1, states.len());
        }
        while archive.undo().unwrap().is_some() {}
        prop_assert_eq!(held(&mut archive), vec![BTreeSet::new(); TEXTS.len()]);
        while archive.redo().unwrap().is_some() {}
        prop_assert_eq!(&held(&mut place.open()), states.last().unwrap());
        Ok(())
    });
}

#[test]
fn what_holds_is_what_the_remaining_steps_of_all_sessions_say() {
    for_all(prop::collection::vec((0usize..3, act()), 1..30), |place, acts| {
        let mut sessions = [place.open(), place.open(), place.open()];
        for (session, act) in acts {
            let archive = &mut sessions[session];
            perform(archive, act);
            let now = held(archive);
            if let Act::Decide(wish) = act {
                // Whatever others did: what was just decided holds.
                let mut about = (0..TEXTS.len()).filter(|n| wish.articles >> n & 1 == 1);
                prop_assert!(about.all(|n| now[n].contains(&wish.kind) == wish.on), "{:?}", now);
            }
            prop_assert_eq!(&now, &replayed(&archive.history(99).unwrap()));
        }
        for session in &mut sessions {
            while session.undo().unwrap().is_some() {}
        }
        prop_assert_eq!(held(&mut sessions[0]), vec![BTreeSet::new(); TEXTS.len()]);
        Ok(())
    });
}

fn labels(archive: &Archive) -> Vec<(String, bool)> {
    archive.history(99).unwrap().into_iter().map(|step| (step.label, step.undone)).collect()
}

fn star(archive: &mut Archive, label: &str, text: &str) {
    archive.decide(label, &[Change { article: ArticleId::of(text), decision: Decision::Star(true) }]).unwrap();
}

#[test]
fn a_session_undoes_its_own_steps_and_then_those_from_before() {
    let place = Place::of(&TEXTS);
    star(&mut place.open(), "earlier", "one");
    let (mut mine, mut theirs) = (place.open(), place.open());
    star(&mut mine, "mine", "two");
    star(&mut theirs, "theirs", "two");
    star(&mut theirs, "theirs too", "three");
    let undone = |archive: &mut Archive| archive.undo().unwrap().map(|step| step.label);
    assert_eq!(undone(&mut mine).as_deref(), Some("mine"));
    assert!(marks(&mut mine, "two").starred, "they starred it too");
    assert_eq!(undone(&mut mine).as_deref(), Some("earlier"));
    assert_eq!(undone(&mut mine), None, "what they did meanwhile is theirs");
    assert_eq!(undone(&mut theirs).as_deref(), Some("theirs too"));
    assert_eq!(undone(&mut theirs).as_deref(), Some("theirs"));
    assert!(!marks(&mut mine, "two").starred);
    let redone = |archive: &mut Archive| archive.redo().unwrap().map(|step| step.label);
    assert_eq!(redone(&mut mine).as_deref(), Some("earlier"));
    assert_eq!(redone(&mut mine).as_deref(), Some("mine"));
    assert_eq!(redone(&mut mine), None, "what they undid is theirs to redo");
    // A later session goes on where both ended.
    let mut later = place.open();
    assert_eq!(redone(&mut later).as_deref(), Some("theirs"));
    assert_eq!(undone(&mut later).as_deref(), Some("theirs"));
}

#[test]
fn a_new_decision_drops_what_could_be_redone() {
    let place = Place::of(&TEXTS);
    let mut archive = place.open();
    star(&mut archive, "first", "one");
    star(&mut archive, "second", "two");
    archive.undo().unwrap();
    assert_eq!(labels(&archive), [("second".into(), true), ("first".into(), false)]);
    decide(&mut archive, "one", Decision::Position(1));
    decide(&mut archive, "one", Decision::Star(true));
    assert_eq!(archive.history(9).unwrap().len(), 2, "positions and what holds already are no steps");
    star(&mut archive, "third", "three");
    assert_eq!(labels(&archive), [("third".into(), false), ("first".into(), false)]);
    assert_eq!(archive.redo().unwrap(), None);
    assert_eq!(archive.history(1).unwrap().len(), 1);
}

#[test]
fn several_decide_at_once_and_nothing_is_lost() {
    const SESSIONS: usize = 4;
    const STEPS: usize = 15;
    let place = Place::of(&TEXTS);
    thread::scope(|scope| {
        for session in 0..SESSIONS {
            let place = &place;
            // Each finds no decisions yet, and all make the first one.
            scope.spawn(move || {
                let mut archive = place.open();
                for n in 0..STEPS {
                    decide(&mut archive, TEXTS[n % 2], tag(&format!("s{session}n{n}")));
                    decide(&mut archive, "three", Decision::Note(Note { id: 0, passage: None, text: format!("{session} {n}") }));
                }
                archive.undo().unwrap();
            });
        }
    });
    let mut archive = place.open();
    let n_tags: usize = ["one", "two"].iter().map(|text| marks(&mut archive, text).tags.len()).sum();
    assert_eq!((n_tags, marks(&mut archive, "three").notes.len()), (SESSIONS * STEPS, SESSIONS * (STEPS - 1)));
    assert_eq!(archive.history(999).unwrap().len(), 2 * SESSIONS * STEPS);
}

#[test]
fn an_import_does_not_delay_a_decision() {
    let place = Place::of(&TEXTS);
    let many: String = (0..600).map(|n| format!("{{\"text\":\"number {n}\"}}\n")).collect();
    place.write("many.jsonl", &many);
    let mut reader = place.open();
    let mut writer = Archive::open(&place.archive(), Access::Write).unwrap();
    let mut n_steps = 0;
    let news = place.archive().with_file_name("news");
    let report = writer.import(&[news], &mut |_| {
        // Whether a transaction of the import is open at this moment or not.
        decide(&mut reader, "one", tag(&format!("during{n_steps}")));
        n_steps += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(report.unwrap().added, 600);
    assert!(n_steps > 0 && marks(&mut place.open(), "one").tags.len() == n_steps);
}

#[test]
fn what_was_confirmed_survives_a_kill() {
    let program = Program::new();
    program.file("news/a.txt", "one");
    assert!(program.run(&["import", program.path("news").to_str().unwrap()]).status.success());
    for round in 1..=5 {
        let mut lines = String::new();
        for n in 0..200 {
            let id = ArticleId(round << 32 | n);
            writeln!(lines, r#"{{"format":1,"article":"{id}","file":null,"item":null,"starred":true}}"#).unwrap();
        }
        let file = program.file("kept.jsonl", lines);
        let mut child = program.command().arg("restore").arg(file).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let _ = child.kill();
        child.wait().unwrap();
        assert!(said.contains("200 changes"), "{said}");
        assert_eq!(program.json(&["export", "decisions"]).1.len() as u64, 200 * round);
    }
    let mut archive = Archive::open(&program.path("archive"), Access::Read).unwrap();
    assert_eq!(marks(&mut archive, "one"), Marks::default());
}

#[test]
fn a_session_undoes_down_to_its_own_steps_and_leaves_those_of_others() {
    let place = Place::of(&TEXTS);
    let (mut one, mut two) = (place.open(), place.open());
    decide(&mut one, "one", tag("first"));
    decide(&mut two, "one", tag("second"));
    decide(&mut one, "two", Decision::Star(true));
    let steps = one.history(9).unwrap();
    let of = |archive: &Archive| archive.history(9).unwrap().iter().map(|step| (step.theirs, step.undone)).collect::<Vec<_>>();
    assert_eq!(of(&one), [(false, false), (true, false), (false, false)]);
    assert_eq!(of(&two), [(true, false), (false, false), (true, false)]);
    // Others decide something between the look at the list and the key.
    decide(&mut two, "three", Decision::Read(true));
    let undone = decisions(&mut one, &Effect::UndoTo(steps[2].number)).unwrap();
    assert!(matches!(undone, Some(Msg::Undone(Some(step))) if step.number == steps[2].number));
    assert_eq!(of(&one), [(true, false), (false, true), (true, false), (false, true)]);
    assert_eq!((marks(&mut one, "one").tags, marks(&mut one, "two").starred), (vec!["second".to_owned()], false));
    for refused in [Effect::UndoTo(steps[2].number), Effect::UndoTo(steps[1].number), Effect::RedoTo(steps[1].number)] {
        let done = decisions(&mut one, &refused).unwrap();
        assert!(matches!(done, Some(Msg::Undone(None) | Msg::Redone(None))), "{refused:?} {done:?}");
    }
    decisions(&mut one, &Effect::RedoTo(steps[0].number)).unwrap();
    assert_eq!(of(&one), [(true, false), (false, false), (true, false), (false, false)], "both are done again");
}

#[test]
fn what_others_decide_is_noticed_and_what_is_listed_stays() {
    let place = Place::of(&TEXTS);
    let (mut one, mut two) = (place.open(), place.open());
    assert!(!one.others_decided().unwrap());
    let unread = parse("is:unread", false);
    assert_eq!(one.search(&unread, 0..9).unwrap().total, 3);
    decide(&mut one, "one", Decision::Read(true));
    assert!(!one.others_decided().unwrap(), "its own decisions are no news");
    decide(&mut two, "two", Decision::Read(true));
    assert!(one.others_decided().unwrap());
    assert!(!one.others_decided().unwrap());
    let page = one.search(&unread, 0..9).unwrap();
    assert_eq!((page.total, page.hits.iter().filter(|hit| hit.marks.read).count()), (3, 2));
}

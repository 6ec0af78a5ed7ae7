//! Linking what changed gives what linking everything gives.

use proptest::prelude::*;

use super::*;
use crate::{
    domain::{Evidence, Extraction, Mention, Name, NameIndex},
    extract::link,
    store::{linking, schema, spellings::Deltas},
    text::Span,
};

/// Names that meet: spellings of one name, bare last names, namesakes, a famous person under a slug and misspelt, a place.
const NAMES: [(&str, Kind, &str); 14] = [
    ("per:سمير تاراسيان", Kind::Person, "سمير تاراسيان"),
    ("per:سمير تراسيان", Kind::Person, "سمير تراسيان"),
    ("per:سمير تاراسيين", Kind::Person, "سمير تاراسيين"),
    ("per:تاراسيان", Kind::Person, "تاراسيان"),
    ("per:تراسيان", Kind::Person, "تراسيان"),
    ("per:ليلي تاراسيان", Kind::Person, "ليلى تاراسيان"),
    ("per:سمير", Kind::Person, "سمير"),
    ("per:بوتين", Kind::Person, "بوتين"),
    ("vladimir_putin", Kind::Person, "فلاديمير بوتين"),
    ("per:فلاديمير بوتن", Kind::Person, "فلاديمير بوتن"),
    ("per:نديم بوتين", Kind::Person, "نديم بوتين"),
    ("loc:تاراسيان", Kind::Place, "تاراسيان"),
    ("org:بيت تاراسيان", Kind::Organisation, "بيت تاراسيان"),
    ("org:بيت تاراسيان", Kind::Event, "بيت تاراسيان"),
];

/// An article that holds these of the names, each so often.
fn article(held: &[(usize, usize)]) -> (Extraction, String) {
    let (mut found, mut text) = (Extraction::default(), String::new());
    for (index, (name, times)) in (0..).zip(held) {
        let (key, kind, surface) = NAMES[*name];
        found.names.push(Name { key: NameKey(key.to_owned()), kind, text: surface.to_owned() });
        for _ in 0..*times {
            let start = text.len();
            text.push_str(surface);
            let evidence = Evidence { rule: "made up".into(), confidence: 100 };
            found.mentions.push(Mention { span: Span::new(start, text.len()), kind, name: NameIndex(index), evidence });
            text.push('\n');
        }
    }
    (found, text)
}

/// The words of entities by their ids, as the table has them.
fn worded(db: &Connection) -> Vec<(String, String)> {
    let mut select =
        db.prepare("SELECT word, coalesce(id, '') FROM word LEFT JOIN entity ON number = entity ORDER BY 1, 2").unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

/// All that linking stores, without numbers.
fn linked(db: &Connection) -> Vec<(String, i64, String, i64, i64, String, String)> {
    let mut select = db
        .prepare(
            "SELECT id, entity.kind, entity.name, entity.articles, entity.mentions, folded, coalesce(key || name.kind, '')
             FROM entity LEFT JOIN name ON name.entity = entity.number ORDER BY id, key, name.kind",
        )
        .unwrap();
    let rows = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn held() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::btree_map(0..NAMES.len(), 1usize..4, 1..5).prop_map(|held| held.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_changed_is_linked_as_everything_is(
        steps in proptest::collection::vec((proptest::collection::vec(held(), 1..4), proptest::collection::vec(any::<prop::sample::Index>(), 0..3)), 1..7),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (db, _) = schema::open_writer(folder.path()).unwrap();
        let mut there: Vec<Vec<(usize, usize)>> = Vec::new();
        for (come, go) in steps {
            let mut deltas = Deltas::default();
            db.execute_batch("BEGIN").unwrap();
            for held in &come {
                let (found, text) = article(held);
                deltas.count(&found, &text, 1);
            }
            there.extend(come);
            for index in go {
                if !there.is_empty() {
                    let (found, text) = article(&there.swap_remove(index.index(there.len())));
                    deltas.count(&found, &text, -1);
                }
            }
            deltas.flush(&db).unwrap();
            relink(&db, Linker::get()).unwrap();
            let changed = (linked(&db), worded(&db));
            linking::link(&db, &|names| link::link(names.into_iter(), Packs::get())).unwrap();
            db.execute_batch("COMMIT").unwrap();
            prop_assert_eq!(changed, (linked(&db), worded(&db)));
        }
    }
}

#[test]
fn an_archive_that_knew_no_blocks_is_linked_whole_and_then_by_what_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (db, _) = schema::open_writer(folder.path()).unwrap();
    let mut deltas = Deltas::default();
    let (found, text) = article(&[(0, 2), (3, 1)]);
    deltas.count(&found, &text, 1);
    deltas.flush(&db).unwrap();
    db.execute("UPDATE name SET block = NULL, last = NULL", []).unwrap();
    linking::link(&db, &|names| link::link(names.into_iter(), Packs::get())).unwrap();
    let (found, text) = article(&[(1, 1)]);
    deltas.count(&found, &text, 1);
    deltas.flush(&db).unwrap();
    relink(&db, Linker::get()).unwrap();
    let ids: BTreeSet<String> = linked(&db).into_iter().map(|row| row.0).collect();
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), ["per_سمير_تاراسيان"]);
}

//! What queries of the whole grammar find in an archive of a few records.

use std::{fs, ops::ControlFlow};

use qala::{
    query::parse,
    store::{Access, Archive},
};
use tempfile::TempDir;

/// Number, date, outlet, title and text.
const RECORDS: [(u8, &str, &str, &str, &str); 6] = [
    (1, "2021-11-05", "Coast Wire", "قمة في الدوحة", "قال المدير سامر نعمة إن الاتفاق قريب من النهاية، وأشاد بموقف لبنان."),
    (2, "2021-11-20", "صحيفة المرفأ", "نعمة يرد", "نفى سامر نعمة أن يكون الاتفاق قريبا. وصل سامر إلى لبنان قبل نعمة."),
    (
        3,
        "2021-12-01",
        "Coast Wire",
        "Harbour opens",
        "The harbour in Tyre opened again. \"The boats can come home,\" said Nadia Farah.",
    ),
    (4, "2022-01-02", "Hill Radio", "Rain in the hills", "Farmers in the hills of Lebanon welcomed the boats and the rain."),
    (5, "2022-01-03", "Coast Wire", "قريب من النهاية", "موسم الزيتون في لبنان قريب النهاية."),
    (6, "", "Hill Radio", "Undated", "Nobody knows when the rain came."),
];

fn archive() -> (TempDir, Archive) {
    let root = tempfile::tempdir().unwrap();
    let lines = RECORDS.map(|(id, date, outlet, title, text)| {
        let published = if date.is_empty() { serde_json::Value::Null } else { date.into() };
        serde_json::json!({ "id": id.to_string(), "date": published, "source": outlet, "title": title, "text": text }).to_string()
    });
    let file = root.path().join("records.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let folder = root.path().join("archive");
    let mut writer = Archive::open(&folder, Access::Write).unwrap();
    writer.import(&[file], &mut |_| ControlFlow::Continue(())).unwrap();
    drop(writer);
    let archive = Archive::open(&folder, Access::Read).unwrap();
    (root, archive)
}

fn found(archive: &mut Archive, typed: &str, live: bool) -> Vec<u8> {
    let page = archive.search(&parse(typed, live), 0..99).unwrap();
    assert_eq!(page.total, page.hits.len(), "{typed}");
    page.hits.iter().map(|hit| hit.source.item.as_deref().unwrap().parse().unwrap()).collect()
}

#[test]
fn conditions_choose_what_they_say_and_nothing_else() {
    let (_root, mut archive) = archive();
    for (typed, expected) in [
        // Words, phrases, and what is not wanted.
        ("لبنان", &[1, 2, 4, 5][..]),
        ("\"قريب من النهاية\"", &[1, 5]),
        ("«سامر نعمة»", &[1, 2]),
        ("\"نعمة سامر\"", &[]),
        ("لبنان -نفى", &[1, 4, 5]),
        ("لبنان -\"سامر نعمة\"", &[4, 5]),
        ("harbour | rain", &[3, 4, 6]),
        ("(harbour | rain) boats", &[3, 4]),
        ("harbour | (rain boats)", &[3, 4]),
        ("-(harbour | rain)", &[1, 2, 5]),
        ("-rain -لبنان", &[3]),
        // The very form.
        ("=لبنان", &[1, 2, 5]),
        ("موقف", &[1]),
        ("=موقف", &[]),
        ("=بموقف", &[1]),
        // Fields.
        ("title:نعمة", &[2]),
        ("title:\"قريب من\"", &[5]),
        ("from:coast", &[1, 3, 5]),
        ("from:\"hill radio\" rain", &[4, 6]),
        ("من:المرفأ", &[2]),
        ("-from:coast -from:hill", &[2]),
        ("lang:en", &[3, 4, 6]),
        ("lang:ar date:2021", &[1, 2]),
        ("about:نعمة", &[1, 2]),
        ("by:نعمة", &[1, 2]),
        ("by:farah", &[3]),
        ("by:farah لبنان", &[]),
        // Times; what has no date is in none of them.
        ("date:2021-11", &[1, 2]),
        ("date:\"نوفمبر 2021\"", &[1, 2]),
        ("date:2021-11-20..2022-01-02", &[2, 3, 4]),
        ("date:2022..", &[4, 5]),
        ("date:..2021-11-05", &[1]),
        ("-date:2021..2022", &[6]),
    ] {
        let mut numbers = found(&mut archive, typed, false);
        numbers.sort_unstable();
        assert_eq!(numbers, expected, "{typed}");
    }
}

#[test]
fn the_order_can_be_chosen() {
    let (_root, mut archive) = archive();
    assert_eq!(found(&mut archive, "sort:newest", false), [5, 4, 3, 2, 1, 6]);
    assert_eq!(found(&mut archive, "sort:oldest", false), [1, 2, 3, 4, 5, 6]);
    assert_eq!(found(&mut archive, "لبنان sort:oldest", false), [1, 2, 4, 5]);
    assert_eq!(found(&mut archive, "لبنان sort:newest", false), [5, 4, 2, 1]);
    assert_eq!(found(&mut archive, "\"قريب من النهاية\"", false), [5, 1], "the phrase in a title comes first");
}

#[test]
fn a_phrase_that_is_being_typed_finds_what_it_begins() {
    let (_root, mut archive) = archive();
    for (typed, expected) in [
        ("\"قريب من النه", &[5, 1][..]),
        ("\"قريب من الز", &[]),
        ("\"سامر ن", &[2, 1]),
        ("title:\"قريب م", &[5]),
        ("from:coa", &[5, 3, 1]),
        ("by:far", &[3]),
    ] {
        assert_eq!(found(&mut archive, typed, true), expected, "{typed}");
    }
}

//! Who said what, over a real archive: which statements a query finds, in which order, and which are the same one.

use std::{fs, ops::ControlFlow, path::Path};

use qala::{
    domain::{
        Card, Clause, Dated, EntityId, Expr, Order, Period, Query, Reach, Speakers, Statements, Term, UNKNOWN, UNNAMED, Who,
    },
    query::parse,
    store::{Access, Archive},
    text::words,
};
use tempfile::TempDir;

/// Outlet, date and text, the first line of which is the title.
type Story = (&'static str, &'static str, &'static str);

const STORIES: [Story; 6] = [
    (
        "Coast Wire",
        "2021-11-03",
        "Harbour reopens\n\"The boats can come home to the harbour after two long years of waiting,\" President Vladimir Putin said in Moscow.",
    ),
    (
        "Hill Radio",
        "2021-11-05",
        "Boats return\nPutin said: \"The boats can come home to the harbour after two long years of waiting\". Sergey Lavrov denied that Armenia had asked for the boats.",
    ),
    (
        "صحيفة المرفأ",
        "2021-11-07",
        "بوتين يتحدث عن أرمينيا\nقال الرئيس الروسي فلاديمير بوتين إن الاتفاق مع أرمينيا ينفذ تدريجيا ولا رجعة عنه.\nوأضاف بوتين: «نعم».",
    ),
    (
        "راديو التل",
        "2021-11-08",
        "الزيتون\nأكد وزير الخارجية الروسي سيرغي لافروف أن الأمطار المبكرة أنقذت أشجار الزيتون في القرى الجبلية وأن المزارعين ينتظرون قروضا جديدة من المصرف.",
    ),
    (
        "صحيفة المرفأ",
        "2021-11-09",
        "موسم الزيتون\nأكد وزير الخارجية الروسي سيرغي لافروف أن الأمطار المبكرة أنقذت أشجار الزيتون في القرى الجبلية وأن المزارعين ينتظرون اليوم قروضا جديدة من المصرف.",
    ),
    ("", "", "Notes\nPutin warned that the winter would be long for everybody in the hills."),
];

struct World {
    root: TempDir,
}

impl World {
    fn of(stories: &[Story]) -> World {
        let world = World { root: tempfile::tempdir().unwrap() };
        world.write("one", stories);
        world
    }

    fn write(&self, name: &str, stories: &[Story]) {
        let line = |(outlet, date, text): &Story| {
            let (title, text) = text.split_once('\n').unwrap();
            let mut record = serde_json::json!({"title": title, "text": text});
            for (field, value) in [("source", outlet), ("date", date)] {
                if !value.is_empty() {
                    record[field] = (*value).into();
                }
            }
            format!("{record}\n")
        };
        let news = self.root.path().join("news");
        fs::create_dir_all(&news).unwrap();
        fs::write(news.join(format!("{name}.jsonl")), stories.iter().map(line).collect::<String>()).unwrap();
        let mut archive = Archive::open(&self.archive(), Access::Write).unwrap();
        archive.import(&[news], &mut |_| ControlFlow::Continue(())).unwrap();
    }

    fn archive(&self) -> std::path::PathBuf {
        self.root.path().join("archive")
    }

    fn open(&self) -> Archive {
        Archive::open(&self.archive(), Access::Read).unwrap()
    }
}

fn opened(stories: &[Story]) -> (World, Archive) {
    let world = World::of(stories);
    let archive = world.open();
    (world, archive)
}

fn terms(typed: &str) -> Vec<Term> {
    words(typed).into_iter().map(|word| Term::of(word, typed)).collect()
}

fn named(words: &str) -> Who {
    Who::Named(terms(words))
}

fn said(archive: &mut Archive, clauses: impl IntoIterator<Item = Clause>, order: Order) -> Statements {
    archive.said(&Query { order, ..Query::all(clauses) }, 0..99).unwrap()
}

/// The first words of each card.
fn heads(statements: &Statements) -> Vec<String> {
    let head = |card: &Card| card.text.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    statements.cards.iter().map(head).collect()
}

fn who(speakers: &Speakers) -> Vec<(String, usize)> {
    let named = speakers.named.iter().map(|speaker| (speaker.who.id.0.clone(), speaker.cards));
    let groups = [(UNNAMED, speakers.unnamed_cards), (UNKNOWN, speakers.unknown_cards)];
    named.chain(groups.into_iter().filter(|group| group.1 > 0).map(|(id, cards)| (id.to_owned(), cards))).collect()
}

#[test]
fn a_speaker_is_found_under_every_name_newest_first() {
    let (_world, mut archive) = opened(&STORIES);
    let by = |name: &str| Clause::By(named(name));
    let newest = said(&mut archive, [by("putin")], Order::Newest);
    assert_eq!(heads(&newest), ["الاتفاق مع", "نعم", "The boats", "the winter"]);
    for name in ["بوتين", "فلاديمير", "PUTIN"] {
        assert_eq!(said(&mut archive, [by(name)], Order::Newest).cards, newest.cards, "{name}");
    }
    let entity = Clause::By(Who::Entity(EntityId("vladimir_putin".into())));
    assert_eq!(said(&mut archive, [entity], Order::Newest).total, 4);
    assert_eq!(said(&mut archive, [by("nobody")], Order::Newest).total, 0);
}

#[test]
fn statements_are_found_by_their_own_words_and_not_by_those_around_them() {
    let (_world, mut archive) = opened(&STORIES);
    for (typed, expected) in [
        ("boats", vec!["The boats", "Armenia had"]),
        ("harbour boats", vec!["The boats"]),
        ("الاتفاق", vec!["الاتفاق مع"]),
        ("زيتون", vec!["الأمطار المبكرة"]),
        ("Moscow", vec![]),
        ("reopens", vec![]),
    ] {
        let mut found = heads(&archive.said(&parse(typed, false), 0..99).unwrap());
        found.sort_by_key(|head| expected.iter().position(|it| it == head));
        assert_eq!(found, expected, "{typed}");
    }
    let found = archive.said(&parse("harbour", false), 0..9).unwrap();
    let card = &found.cards[0];
    assert_eq!(card.text_hits.iter().map(|hit| hit.of(&card.text)).collect::<Vec<_>>(), ["harbour"]);
}

#[test]
fn a_topic_is_named_in_the_words_then_in_the_sentence_then_in_the_title() {
    let stories = [
        ("A", "2021-01-01", "Talks with Armenia\nPutin said: \"We will wait for the spring\"."),
        ("B", "2021-01-02", "News\nIn Armenia, Putin said: \"We will not wait any longer\"."),
        ("C", "2020-01-01", "News\nPutin said that Armenia was ready to wait for everybody."),
        ("D", "2021-01-04", "News\nPutin said: \"Nobody will wait for the others to come\"."),
    ];
    let (_world, mut archive) = opened(&stories);
    let about = |name: &str| Clause::About(named(name));
    let found = said(&mut archive, [about("Armenia")], Order::Best);
    let outlets: Vec<_> = found.cards.iter().map(|card| card.hit.outlet.as_deref().unwrap()).collect();
    assert_eq!(outlets, ["C", "B", "A"]);
    assert_eq!(found.cards.iter().map(|card| card.about).collect::<Vec<_>>(), Reach::ALL.map(Some));
    let newest = said(&mut archive, [about("Armenia")], Order::Newest);
    assert_eq!(newest.cards.iter().map(|card| card.about).collect::<Vec<_>>(), [1, 2, 0].map(|at| Some(Reach::ALL[at])));
    // Words that name nobody will do too.
    assert_eq!(said(&mut archive, [about("spring")], Order::Best).total, 1);
    assert_eq!(said(&mut archive, [about("talks")], Order::Best).total, 1);
}

#[test]
fn the_same_words_in_several_articles_are_one_card_of_the_earliest() {
    let (_world, mut archive) = opened(&STORIES);
    let found = said(&mut archive, [], Order::Newest);
    let card = |head: &str| found.cards.iter().find(|card| card.text.starts_with(head)).unwrap();
    let boats = card("The boats");
    assert_eq!((boats.hit.outlet.as_deref(), boats.carriers.len()), (Some("Coast Wire"), 2));
    assert_eq!(boats.first.as_ref().map(|first| (first.id, first.outlet.as_str())), Some((boats.id, "Coast Wire")));
    // One word more makes no other statement of it.
    let rain = card("الأمطار");
    assert_eq!((rain.statements, rain.carriers.len()), (2, 2));
    let shown = archive.carriers(rain.id, 9).unwrap();
    assert_eq!(shown.iter().map(|card| card.text.contains("اليوم")).collect::<Vec<_>>(), [false, true]);
    // Narrowed to the later outlet, the card is that one's, and still says who was first.
    let from = Clause::From(terms("Hill"));
    let later = said(&mut archive, [from, Clause::By(named("putin"))], Order::Newest);
    assert_eq!(later.cards[0].hit.outlet.as_deref(), Some("Hill Radio"));
    assert_eq!((&later.cards[0].carriers, &later.cards[0].first), (&boats.carriers, &boats.first));
}

#[test]
fn verbs_dates_and_outlets_narrow_and_what_has_no_date_is_counted() {
    let (_world, mut archive) = opened(&STORIES);
    assert_eq!(heads(&said(&mut archive, [Clause::Verb("denied".into())], Order::Newest)), ["Armenia had"]);
    let day = |text: &str| Some(text.parse::<Dated>().unwrap());
    let dates = Clause::Date(Period::Between(day("2021-11-01"), day("2021-11-06")));
    let found = said(&mut archive, [dates, Clause::By(named("putin"))], Order::Newest);
    assert_eq!((heads(&found), found.undated), (vec!["The boats".to_owned()], 1));
    assert_eq!(said(&mut archive, [Clause::By(named("putin"))], Order::Newest).undated, 0);
}

#[test]
fn kinds_narrow_in_either_language() {
    let (_world, mut archive) = opened(&STORIES);
    let mut found = |typed: &str| heads(&archive.said(&parse(typed, false), 0..9).unwrap());
    assert_eq!(found("kind:direct by:putin sort:newest"), ["نعم", "The boats"]);
    assert_eq!(found("نوع:مباشر by:putin sort:newest"), ["نعم", "The boats"]);
    assert_eq!(found("kind:indirect by:putin sort:newest"), ["الاتفاق مع", "the winter"]);
    assert_eq!(found("kind:mixed"), [""; 0]);
    // Of articles it asks for those that hold such a statement.
    assert_eq!(archive.search(&parse("kind:direct", false), 0..9).unwrap().total, 3);
}

#[test]
fn sources_without_names_are_counted_together_and_one_by_one() {
    let (_world, mut archive) = opened(&[
        ("A", "2021-01-01", "الميناء\nقال مصدر أمني إن الميناء سيفتح غدا أمام السفن."),
        ("B", "2021-01-02", "السوق\nأفاد شهود عيان بأن السوق مغلق منذ الصباح. وقال فلاديمير بوتين إن السوق سيفتح غدا."),
    ]);
    let all = archive.speakers(&Query::default(), 9).unwrap();
    assert_eq!(who(&all), [("vladimir_putin".to_owned(), 1), (UNNAMED.to_owned(), 2)]);
    let names: Vec<&str> = all.unnamed.iter().map(|source| source.who.name.as_str()).collect();
    assert!(names.contains(&"مصدر أمني") && names.contains(&"شهود عيان"), "{names:?}");
    let by = |id: &EntityId| Clause::By(Who::Entity(id.clone()));
    assert_eq!(said(&mut archive, [by(&EntityId(UNNAMED.into()))], Order::Newest).total, 2);
    for source in all.unnamed {
        assert_eq!(said(&mut archive, [by(&source.who.id)], Order::Newest).total, 1, "{}", source.who.name);
    }
}

#[test]
fn speakers_come_with_the_number_of_their_cards() {
    let (_world, mut archive) = opened(&STORIES);
    let all = archive.speakers(&Query::default(), 9).unwrap();
    assert_eq!(who(&all), [("vladimir_putin".to_owned(), 4), ("sergey_lavrov".to_owned(), 2)]);
    assert_eq!(all.cards, 6);
    assert!(all.named[0].who.aliases.iter().any(|alias| alias.contains("Putin")));
    let olives = archive.speakers(&parse("زيتون", false), 9).unwrap();
    assert_eq!(who(&olives), [("sergey_lavrov".to_owned(), 1)]);
}

#[test]
fn beside_a_name_stands_how_many_cards_its_page_has() {
    const WORDS: &str = "the boats can come home to the harbour after two long years of waiting for it";
    let told =
        |who: &str| format!("News\n\"{WORDS},\" {who} said in Moscow. {who} warned that the winter would be long for everybody.");
    let (first, second, third) = (told("Vladimir Putin"), told("Sergey Lavrov"), told("President Putin"));
    let leak = |text: String| -> &'static str { text.leak() };
    // The same words in two mouths: the group is shown once, and on either page.
    let stories = [("A", "2021-01-01", leak(first)), ("B", "2021-01-02", leak(second)), ("C", "2021-01-03", leak(third))];
    let (_world, mut archive) = opened(&stories);
    for narrowed in ["", "verb:warned", "from:B | from:C", "-from:A"] {
        let speakers = archive.speakers(&parse(narrowed, false), 9).unwrap();
        assert!(!speakers.named.is_empty(), "{narrowed}");
        for speaker in speakers.named {
            let mut query = parse(narrowed, false);
            query.and(Expr::Leaf(Clause::By(Who::Entity(speaker.who.id.clone()))));
            let page = archive.said(&query, 0..9).unwrap();
            assert_eq!((page.total, page.cards.len()), (speaker.cards, speaker.cards), "{} {narrowed}", speaker.who.id);
        }
    }
    let all = archive.speakers(&Query::default(), 9).unwrap();
    assert_eq!(who(&all).into_iter().map(|(_, cards)| cards).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_glance_at_a_phrase_is_completed_to_the_whole() {
    let (_world, mut archive) = opened(&STORIES);
    for typed in ["\"come home\"", "\"come home\" by:putin", "by:putin"] {
        let query = parse(typed, false);
        let glance = archive.glance_said(&query, 0..9).unwrap();
        let whole = archive.finish_said(&query, 0..9, &mut || ControlFlow::Continue(())).unwrap().unwrap();
        assert!(glance.total <= whole.total && !whole.at_least, "{typed}");
        assert_eq!(whole, archive.said(&query, 0..9).unwrap(), "{typed}");
    }
}

#[test]
fn additions_are_seen_at_once_and_a_lost_index_is_made_again() {
    let world = World::of(&STORIES[..1]);
    let mut archive = world.open();
    assert_eq!(said(&mut archive, [], Order::Newest).total, 1);
    world.write("two", &STORIES[1..3]);
    assert!(archive.refresh().unwrap());
    let all = said(&mut archive, [], Order::Newest);
    assert_eq!(all.total, 4);
    for damage in ["", "fingerprint"] {
        let place = world.archive().join("statements").join(damage);
        let _ = if place.is_dir() { fs::remove_dir_all(&place) } else { fs::write(&place, "other") };
        let error = world.open().said(&Query::default(), 0..9).unwrap_err();
        assert!(format!("{error:#}").contains("cannot be searched"), "{error:#}");
        drop(Archive::open(&world.archive(), Access::Write).unwrap());
        assert_eq!(said(&mut world.open(), [], Order::Newest).cards, all.cards);
    }
}

#[test]
fn what_a_changed_file_no_longer_says_is_gone() {
    let world = World::of(&STORIES[2..4]);
    world.write("one", &STORIES[3..4]);
    let found = said(&mut world.open(), [], Order::Newest);
    assert_eq!(heads(&found), ["الأمطار المبكرة"]);
}

#[test]
fn readers_need_no_place_to_write() {
    let world = World::of(&STORIES);
    let mut archive = world.open();
    assert!(Path::new(&world.archive().join("statements/groups")).exists());
    assert_eq!(said(&mut archive, [], Order::Oldest).cards[0].hit.outlet.as_deref(), Some("Coast Wire"));
}

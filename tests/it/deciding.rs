//! Deciding about articles by key: read, stars, tags, notes, undoing, and coming back to where one left off.

use insta::assert_snapshot;
use proptest::prelude::*;
use qala::{
    app::{Effect, Key, Model, Msg, Size},
    domain::{ArticleId, Change, Decision, Note, Passage},
    text::Span,
    ui::Library,
};

use crate::{made_up::MadeUp, session::Session};

fn unread() -> Session {
    Session::over(MadeUp { unread: true, ..MadeUp::default() }, 80, 24)
}

fn decided(session: &Session) -> Vec<(&str, &[Change])> {
    let decided = session.asked.iter().filter_map(|effect| match effect {
        Effect::Decide(label, changes) => Some((label.as_str(), changes.as_slice())),
        _ => None,
    });
    decided.collect()
}

fn notice(session: &Session) -> &str {
    session.model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn an_article_counts_as_read_when_it_was_on_show_for_a_while() {
    let mut session = unread();
    session.rest();
    assert_eq!(decided(&session), [], "a program that was only started marks nothing");
    session.keys("j j").pause();
    assert_eq!(decided(&session), [], "nor does passing");
    session.rest();
    let read = Change { article: ArticleId(2), decision: Decision::Read(true) };
    assert_eq!(decided(&session), [("read", &[read][..])]);
    session.keys("j").pause().keys("K").rest();
    assert_eq!(decided(&session).len(), 1, "a key begins the time anew");
    session.rest();
    assert_eq!(decided(&session).len(), 2);
}

#[test]
fn what_is_marked_unread_by_hand_stays_unread_while_it_is_on_show() {
    let mut session = unread();
    session.keys("j").pause().rest().keys("r").rest().rest();
    assert!(!session.archive.marks(ArticleId(1)).read);
}

#[test]
fn marks_show_without_colour_and_only_when_they_are_kept() {
    let mut session = unread();
    session.keys("r s t").types("harbour #todo").keys("enter a").types("see صور again").keys("enter");
    assert_snapshot!(session.lines(1..=7), @r#"
    ‭ Articles  1/5 ────────────────────────────────────────────────────────────────‬
    ‭▌                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭▌★                                 ¶ #harbour #todo · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭ •Harbour of Tyre reopens after two years of repairs‬
    ‭  2024-10-28 · Coast Wire‬
    ‭ •                                  ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    "#);
    assert_snapshot!(session.lines(10..=16), @r#"
    ‭ Text  0% ─────────────────────────────────────────────────────────────────────‬
    ‭                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭                                                ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭                                                              #todo #harbour ★‬
    ‭                                                               see ﺭﻮﺻ again ¶‬
    ‭‬
    ‭                                                       ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03‬
    "#);
    assert_eq!(notice(&session), "kept: note; u undoes it");
    session.keys("u u u u");
    assert!(session.lines(1..=3).contains("•"));
    assert!(!session.picture().contains(['★', '#', '¶']));
}

#[test]
fn keys_pressed_faster_than_the_journal_writes_are_all_meant() {
    let (mut model, effects) = Model::new("", Size::default());
    let mut session = unread();
    session.carry_out(effects);
    std::mem::swap(&mut model, &mut session.model);
    let press = |model: &mut Model, key: char| qala::app::update(model, Msg::Key(Key::Char(key)));
    let first = press(&mut model, 's');
    let second = press(&mut model, 's');
    let star = |on: bool| vec![Change { article: ArticleId(0), decision: Decision::Star(on) }];
    assert!(first.contains(&Effect::Decide("star".into(), star(true))));
    assert!(second.contains(&Effect::Decide("unstar".into(), star(false))));
    assert!(!model.list.current().unwrap().marks.starred, "nothing is shown before it is kept");
}

#[test]
fn all_listed_articles_are_read_in_one_step() {
    let mut session = Session::over(MadeUp { unread: true, ..MadeUp::of_size(3_000) }, 80, 24);
    session.keys("/").types("rain").keys("enter R");
    assert_eq!(notice(&session), "kept: read all listed, 600 changes; u undoes it");
    session.keys("R");
    assert_eq!(notice(&session), "nothing that is listed was unread");
    session.keys("u");
    assert_eq!(notice(&session), "undone: read all listed, 600 changes");
    assert!(session.archive.marks.values().all(|marks| !marks.read));
}

#[test]
fn unread_articles_are_walked_however_far_they_lie() {
    let mut session = Session::over(MadeUp::of_size(3_000), 80, 24);
    for n in [7, 2_900] {
        session.archive.marks.insert(ArticleId(n), Default::default());
    }
    session.send(Msg::Changed);
    session.keys("] u").pause();
    assert_eq!(session.cursor(), Some(ArticleId(7)));
    session.keys("د ع").pause();
    assert_eq!(session.cursor(), Some(ArticleId(2_900)));
    session.keys("] u").pause();
    assert_eq!(notice(&session), "there is no unread article that way");
    session.keys("[ u").pause();
    assert_eq!(session.cursor(), Some(ArticleId(7)));
}

#[test]
fn tags_are_completed_and_taken_away() {
    let mut session = unread();
    session.keys("t").types("harbour history").keys("enter j t").types("ha");
    assert_snapshot!(session.lines(20..=23), @r#"
    ‭     .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃‬
    ‭────────────────────────────────────────────────────────────────────────────────‬
    ‭ harbour  on 1‬
    ‭ tag:  ha‬
    "#);
    session.keys("tab enter");
    assert_eq!(session.archive.marks(ArticleId(1)).tags, ["harbour"]);
    session.keys("t").types("harbour").keys("enter");
    assert_eq!(notice(&session), "the article has this tag already");
    session.keys("T enter");
    assert_eq!(session.archive.marks(ArticleId(1)).tags, [""; 0]);
    session.keys("k T tab tab enter");
    assert_eq!(session.archive.marks(ArticleId(0)).tags, ["harbour"]);
}

#[test]
fn an_emptied_note_is_gone() {
    let mut session = unread();
    session.keys("a").types("one").keys("enter a").types(" two").keys("enter");
    let notes = session.archive.marks(ArticleId(0)).notes;
    assert_eq!(notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["one two"]);
    session.keys("a C-u enter");
    assert_eq!(session.archive.marks(ArticleId(0)).notes, []);
    session.keys("a esc a backspace");
    assert!(session.model.prompt.is_none(), "escape and erasing in an empty line leave it");
}

#[test]
fn the_journal_is_shown_and_undone_down_to_a_step() {
    let mut session = unread();
    session.keys("s j s j r g h j");
    assert_snapshot!(session.lines(0..=4), @r#"
    ‭ What was decided  enter: undo down to a step, or do again up to it‬
    ‭ 2000-02-29 12:34  read‬
    ‭▌2000-02-29 12:34  star‬
    ‭ 2000-02-29 12:34  star‬
    ‭‬
    "#);
    session.keys("enter");
    let starred = |session: &Session| [0, 1].map(|n| session.archive.marks(ArticleId(n)).starred);
    assert_eq!((starred(&session), session.archive.marks(ArticleId(2)).read), ([true, false], false));
    assert!(session.picture().contains("undone"));
    session.keys("k enter");
    assert_eq!((starred(&session), session.archive.marks(ArticleId(2)).read), ([true, true], true));
    session.keys("q");
    assert!(session.model.history.is_none() && !session.has_left);
}

#[test]
fn reading_goes_on_where_it_ended() {
    let mut session = Session::new(80, 16);
    session.keys("enter j j j").pause();
    let top = session.model.reader.top;
    session.keys("J").pause().keys("K").pause();
    assert_eq!((session.text_shown(), session.model.reader.top), (Some(ArticleId(0)), top));
    assert_eq!(session.archive.done.len(), 0, "how far one has read is no step to undo");
}

#[test]
fn the_next_session_begins_where_the_last_one_ended() {
    let mut session = Session::over(MadeUp::of_size(3_000), 80, 16);
    session.keys("e j enter /").types("مصرف").pause().keys("enter 2 0 0 j").pause().keys("enter j j").pause();
    let (model, effects) = Model::resumed("~/archive", session.model.size, &session.model.place_left());
    let mut next = Session::over(MadeUp::of_size(3_000), 80, 16);
    (next.model, next.waiting) = (model, Vec::new());
    next.carry_out(effects);
    next.pause();
    assert_eq!((next.cursor(), next.text_shown()), (session.cursor(), session.text_shown()));
    assert_eq!(next.model.reader.top, session.model.reader.top);
    assert_eq!((next.model.filter.text(), &next.model.topics), ("مصرف", &session.model.topics));
}

#[test]
fn what_was_left_may_be_anything() {
    for left in ["", "article = 7", "filter = \"a\\nb\"\narticle = \"ffffffffffffffff\"", "\u{1b}", "near = 99999"] {
        let (model, effects) = Model::resumed("", Size::default(), left);
        let mut session = Session::new(80, 24);
        session.model = model;
        session.carry_out(effects);
        session.pause();
        assert_eq!(session.text_shown(), session.cursor(), "{left}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn undoing_everything_returns_to_the_first_state(
        keys in prop::collection::vec("j|k|r|s|R|u|C-r|enter|esc|tab|t|a|T|x|y|g|h|q|space|\\[|\\]|/", 0..60)
    ) {
        let mut session = unread();
        for key in &keys {
            session.keys(key).rest();
        }
        session.send(Msg::Key(Key::Esc)).send(Msg::Key(Key::Esc)).send(Msg::Key(Key::Esc)).keys("h h");
        session.send(Msg::Key(Key::Esc));
        let after: Vec<_> = (0..5).map(|n| session.archive.marks(ArticleId(n))).collect();
        let steps = session.archive.done.len();
        for effect in [Effect::Undo(1_000), Effect::Redo(steps), Effect::Undo(1_000)] {
            session.carry_out(vec![effect.clone()]);
            let now: Vec<_> = (0..5).map(|n| session.archive.marks(ArticleId(n))).collect();
            match effect {
                Effect::Undo(_) => prop_assert!(now.iter().all(|marks| !marks.read && !marks.starred && marks.tags.is_empty() && marks.notes.is_empty())),
                _ => prop_assert_eq!(&now, &after),
            }
            // What is shown is what is kept.
            for n in 0..session.model.list.total {
                let hit = session.model.list.at(n).unwrap();
                prop_assert_eq!(&hit.marks, &session.archive.marks(hit.id));
            }
        }
    }
}

#[test]
fn where_nothing_may_be_written_nothing_is_decided_and_commands_say_so() {
    let mut session = unread();
    session.model.read_only = true;
    session.keys("j j").pause().rest();
    assert_eq!(notice(&session), "", "what would be decided by the way is passed over in silence");
    for key in ["s", "r", "R", "t", "a", "u", "C-r"] {
        session.keys(key);
        assert_eq!(notice(&session), "started with --read-only: nothing is decided", "{key}");
    }
    assert_eq!(decided(&session), []);
}

#[test]
fn totals_are_those_of_the_archive_while_a_filter_is_on() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("rain").keys("enter");
    assert!(session.lines(0..=0).contains("1 of 5 articles"), "{}", session.lines(0..=0));
    session.archive.articles = 4;
    session.send(Msg::Changed);
    assert!(session.lines(0..=0).contains("1 of 4 articles"), "{}", session.lines(0..=0));
}

#[test]
fn what_another_browser_decides_is_seen_with_its_notes() {
    let mut session = Session::new(80, 24);
    let passage = Passage { span: Span::new(0, 12), quote: "وزيرة".to_owned() };
    let note = Note { id: 7, passage: Some(passage), text: "theirs".to_owned() };
    let theirs = [Decision::Star(true), Decision::Note(note)].map(|decision| Change { article: ArticleId(0), decision });
    session.archive.decide("theirs", &theirs).unwrap();
    session.send(Msg::Changed).pause();
    let marks = &session.model.reader.reading.as_deref().unwrap().marks;
    assert!(marks.starred && marks.notes[0].passage.as_ref().is_some_and(|passage| !passage.span.is_empty()));
    assert!(session.picture().contains("theirs"));
    session.keys("g h");
    session.archive.decide("again", &[Change { article: ArticleId(1), decision: Decision::Star(true) }]).unwrap();
    session.send(Msg::Changed);
    assert_eq!(session.model.history.as_ref().map(|history| history.steps.len()), Some(2), "the journal on show follows");
}

#[test]
fn steps_of_others_are_not_undone_here() {
    let mut session = Session::new(80, 24);
    session.keys("s j s g h");
    session.model.history.as_mut().unwrap().steps[1].theirs = true;
    session.keys("j enter");
    assert!(session.lines(23..=23).contains("another browser"));
    assert_eq!(session.archive.done.len(), 2);
    session.keys("k enter");
    assert_eq!(session.archive.done.len(), 1);
}

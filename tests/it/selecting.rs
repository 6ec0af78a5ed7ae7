//! Selecting a passage: where its end goes on lines of every direction, what is shown, copied and noted.

use insta::assert_snapshot;
use proptest::prelude::*;
use qala::{
    app::{Context, Effect, Focus, Key, Msg, Size},
    domain::ArticleId,
    ui::{Theme, view},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use crate::{
    made_up::{MadeUp, Story},
    session::Session,
};

const MIXED: [Story; 1] =
    [("Mixed", "2024-11-03", "Wire", "سنشتري 1200 طن من Coast Bank بسعر 3.5% اليوم.\n\nThe word قال ليلى means 12 things.")];

/// What is selected, as it would be copied.
fn selected(session: &Session) -> &str {
    let reader = &session.model.reader;
    reader.selected().zip(reader.reading.as_deref()).map_or("", |(span, reading)| span.of(&reading.article.text))
}

fn copied(session: &Session) -> &str {
    let copied = session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Copy { what: "passage", text } => Some(text.as_str()),
        _ => None,
    });
    copied.unwrap_or_default()
}

/// Begins to select at the word that begins so.
fn at(session: &mut Session, begin: &str) {
    session.model.reader.selection = None;
    session.keys("v g g");
    let caret = |session: &Session| session.model.reader.selection.unwrap().caret;
    let text = session.model.reader.reading.as_deref().unwrap().article.text.clone();
    while !text[caret(session) as usize..].starts_with(begin) {
        session.keys("w");
    }
    let place = caret(session);
    session.keys("o");
    while caret(session) != place {
        session.keys("w");
    }
}

#[test]
fn words_are_walked_in_the_order_of_the_text_whatever_the_screen_shows() {
    let mut session = Session::over(MadeUp::of(&MIXED), 80, 24);
    at(&mut session, "سنشتري");
    for (keys, passage) in [
        ("e", "سنشتري"),
        ("e", "سنشتري 1200"),
        ("e e", "سنشتري 1200 طن من"),
        ("e", "سنشتري 1200 طن من Coast"),
        ("3 e", "سنشتري 1200 طن من Coast Bank بسعر 3"),
        ("b b", "سنشتري 1200 طن من Coast B"),
        ("$", "سنشتري 1200 طن من Coast Bank بسعر 3.5% اليوم."),
        ("0", "س"),
        ("j", "سنشتري 1200 طن من Coast Bank بسعر 3.5% اليوم.\n\nThe word قال ليلى means 12 thin"),
    ] {
        session.keys(keys);
        if keys != "j" {
            assert_eq!(selected(&session), passage, "{keys}");
        }
    }
    assert!(selected(&session).contains("\n\nThe"), "{:?}", selected(&session));
}

#[test]
fn left_and_right_go_where_they_point() {
    let mut session = Session::over(MadeUp::of(&MIXED), 80, 24);
    at(&mut session, "سنشتري");
    session.keys("left left");
    assert_eq!(selected(&session), "سنش");
    session.keys("right h l");
    assert_eq!(selected(&session), "سن");
    // From the left end of a line from right to left reading goes on at the right of the next line; here that is one from left to
    // right, whose right end is its last letter.
    session.keys("$ left");
    assert!(selected(&session).ends_with("things."), "{:?}", selected(&session));
    at(&mut session, "The");
    session.keys("right right");
    assert_eq!(selected(&session), "The");
}

#[test]
fn paragraphs_are_taken_whole_and_ends_change_places() {
    let mut session = Session::new(80, 24);
    session.keys("v ] p");
    assert!(selected(&session).ends_with("\n\nط"), "{:?}", selected(&session));
    session.keys("] p p");
    let paragraph = "وأضافت الحداد خلال زيارة إلى صور: «سنشتري 1200 طن من المزارعين بسعر عادل».";
    assert_eq!(selected(&session), paragraph);
    session.keys("o w w");
    assert_eq!(selected(&session), &paragraph["وأضافت الحداد ".len()..]);
    session.keys("[ p");
    assert_eq!(selected(&session), paragraph);
    session.keys("[ p [ p ] p ] p ] p ] p");
    assert!(selected(&session).ends_with("من مصرف الساحل."), "past the last paragraph lies the end of the text");
}

#[test]
fn a_selection_on_a_mixed_line_is_shown_where_its_letters_are() {
    let mut session = Session::over(MadeUp::of(&MIXED), 80, 24);
    at(&mut session, "1200");
    session.keys("4 e");
    assert_eq!(selected(&session), "1200 طن من Coast");
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
    let caret = view(&session.model, &Theme::default(), &mut buf).unwrap();
    let is_selected = |x: u16, y: u16| buf[(x, y)].modifier.contains(Modifier::REVERSED);
    let shown: String = (0..80).map(|x| if is_selected(x, caret.1) { buf[(x, caret.1)].symbol() } else { "·" }).collect();
    assert_snapshot!(format!("\u{202D}{}\u{202C}", shown.trim_matches('·')), @"‭Coast····· ﻦﻣ ﻦﻃ 1200‬");
    assert_eq!(buf[caret].symbol(), "t", "the cursor stands on the end that moves");
    assert!(session.picture().contains("4 words selected"));
}

#[test]
fn the_logical_text_is_copied_and_the_selection_left() {
    let mut session = Session::over(MadeUp::of(&MIXED), 80, 24);
    at(&mut session, "طن");
    session.keys("3 e y");
    assert_eq!(copied(&session), "طن من Coast");
    assert_eq!(session.model.context(), Context::Text);
    for leave in ["esc", "q", "v", "C-c", "tab"] {
        session.keys("v").keys(leave);
        assert_eq!(session.model.reader.selection.is_some(), leave == "tab", "{leave}");
        session.model.reader.selection = None;
    }
    assert!(!session.has_left);
}

#[test]
fn a_place_that_was_gone_to_is_selected_whole() {
    let mut session = Session::new(80, 24);
    session.keys("] e v");
    assert_eq!(session.model.focus, Focus::Text);
    assert_eq!(selected(&session), "طرابلس");
    session.keys("y");
    assert_eq!(copied(&session), "طرابلس");
}

#[test]
fn a_passage_bears_a_note_that_is_shown_changed_and_taken_away() {
    let mut session = Session::new(80, 30);
    session.keys("v ] p ] p p a").types("check the price").keys("enter");
    let notes = session.archive.marks(ArticleId(0)).notes;
    let passage = notes[0].passage.as_ref().unwrap();
    assert_eq!(passage.quote, "وأضافت الحداد خلال زيارة إلى صور: «سنشتري 1200 طن من المزارعين بسعر عادل».");
    assert_eq!(session.model.reader.selection, None);
    assert_snapshot!(session.lines(13..=17), @"
    ‭                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭                                                ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭                  …ﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ · check the price ¶‬
    ‭‬
    ‭                                                       ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03‬
    ");
    session.keys("a").types("on the whole").keys("enter");
    assert_eq!(session.archive.marks(ArticleId(0)).notes.len(), 2);
    session.keys("enter g g ] n a C-u").types("checked").keys("enter");
    let notes = session.archive.marks(ArticleId(0)).notes;
    assert_eq!((notes.len(), notes[0].text.as_str()), (2, "checked"));
    session.keys("] n a C-u enter");
    assert_eq!(session.archive.marks(ArticleId(0)).notes.len(), 1, "{:?}", session.archive.marks(ArticleId(0)).notes);
    session.keys("u u u u");
    assert_eq!(session.archive.marks(ArticleId(0)).notes.len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_selected_is_a_stretch_of_the_text_and_its_end_is_in_sight(
        body in "[a-z0-9ا-يَّ\u{200F}\u{0644}\u{0627} .،«»()\n]{1,300}", size in (1u16..120, 1u16..30),
        keys in prop::collection::vec("h|j|k|l|w|b|e|o|p|\\$|0|\\]|\\[|G|C-d|C-u|left|right|page-up", 0..40)
    ) {
        let story: Story = ("title عنوان", "2024-11-03", "wire", Box::leak(body.into_boxed_str()));
        let mut session = Session::over(MadeUp::of(&[story]), 80, 24);
        session.send(Msg::Resize(Size { width: size.0, height: size.1 })).keys("enter v");
        for key in keys {
            session.send(Msg::Key(key.parse::<Key>().unwrap()));
            let reader = &session.model.reader;
            let span = reader.selected().unwrap();
            prop_assert!(reader.reading.as_deref().unwrap().article.text.get(span.range()).is_some());
            prop_assert!(!span.is_empty());
            prop_assert!(reader.caret().is_some_and(|(row, _)| row < reader.height().max(1)), "{:?} {key}", reader.caret());
            session.buffer();
        }
    }
}

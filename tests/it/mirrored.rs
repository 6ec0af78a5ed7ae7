//! The browser with the list on the right: pictures, and when the screen turns round.

use insta::assert_snapshot;
use qala::app::{Focus, Layout, Side};

use crate::{
    made_up::{MadeUp, STORIES},
    session::Session,
};

fn mirrored(width: u16, height: u16) -> Session {
    let mut session = Session::new(width, height);
    session.model.lay_out(Layout::Rtl);
    session
}

#[test]
fn a_wide_screen_begins_on_the_right() {
    assert_snapshot!(mirrored(120, 40).picture(), @r#"
    ‭ 5 articles                                                                                             ~/archive  qala‬
    ‭ ──────────────── Names │ ─────────────────────────────────────────────────── Text │ ──────────────────── 1/5  Articles‬
    ‭               2 People │         ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │ …ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ▐‬
    ‭        ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ 2   │                           ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 ▐‬
    ‭          ﺔﻤﻌﻧ ﺮﻣﺎﺳ 1   │                                                          │ Harbour of Tyre reopens after tw…‬
    ‭               2 Places │                                  ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03 │ 2024-10-28 · Coast Wire‬
    ‭             ﺲﻠﺑﺍﺮﻃ 1   │                                                          │ …ﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                ﺭﻮﺻ 1   │  ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃│         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭        1 Organisations │          .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ┃│ Rain returns to the hills‬
    ‭        ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ 1   │                                                          │ 2024-10-09 · Coast Wire‬
    ‭                        │      ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃│      ﺲﻠﺑﺍﺮﻃ ﻲﻓ ﺏﺎﺘﻜﻟﺍ ﺽﺮﻌﻣ ﺡﺎﺘﺘﻓﺍ‬
    ‭                        │                                    .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ┃│           ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ · 2024-09-30‬
    ‭                        │                                                          │‬
    ‭                        │    ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃│‬
    ‭                        │      ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ┃│‬
    ‭                        │                                                  .ﻞﺣﺎﺴﻟﺍ┃│‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                        │                                                          │‬
    ‭                                                                   ? keys   / filter   tab next pane   e names   q back‬
    "#);
}

#[test]
fn a_screen_of_80_columns_begins_on_the_right() {
    let mut session = mirrored(80, 24);
    assert_snapshot!(session.picture(), @r#"
    ‭ 5 articles                                                     ~/archive  qala‬
    ‭ ──────────────────────────────────────────────────────────────── 1/5  Articles‬
    ‭                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ▐‬
    ‭                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 ▐‬
    ‭ Harbour of Tyre reopens after two years of repairs‬
    ‭ 2024-10-28 · Coast Wire‬
    ‭                                   ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭ Rain returns to the hills‬
    ‭ 2024-10-09 · Coast Wire‬
    ‭ ───────────────────────────────────────────────────────────────────────── Text‬
    ‭                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭                                                ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭‬
    ‭                                                       ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03‬
    ‭‬
    ‭    ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃‬
    ‭                                                  .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ┃‬
    ‭‬
    ‭     .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃‬
    ‭‬
    ‭     ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃‬
    ‭                                       .ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ┃‬
    ‭                           ? keys   / filter   tab next pane   e names   q back‬
    "#);
    session.keys("e j /").types("مصر");
    assert_snapshot!(session.lines(0..=9), @r#"
    ‭ 2 of 5 articles                                                          ﺮﺼﻣ /‬
    ‭ ──────────────────────────────────────────────────────────────── 1/2  Articles‬
    ‭                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ▐‬
    ‭                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 ▐‬
    ‭                                   ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    "#);
    session.keys("enter y").pause();
    assert_snapshot!(session.lines(16..=23), @r#"
    ‭    ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃‬
    ‭────────────────────────────────────────────────────────────────────────────────‬
    ‭                                          Copy the whole text of the article  a‬
    ‭                                                  Copy the id of the article  i‬
    ‭                   Copy the paragraph where you stand, or the first in sight  p‬
    ‭                       Copy the link of the article, or the path of its file  u‬
    ‭                            Copy title, outlet, date and link of the article  y‬
    ‭ y      ? keys   / filter   tab next pane   e names   esc clear filter   q back‬
    "#);
}

#[test]
fn left_is_where_the_left_key_points() {
    let mut session = mirrored(120, 30);
    let mut walk = |keys: &str| keys.split(' ').map(|key| session.keys(key).model.focus).collect::<Vec<Focus>>();
    assert_eq!(walk("h left h l right l"), [Focus::Text, Focus::Names, Focus::Names, Focus::Text, Focus::List, Focus::List]);
}

#[test]
fn the_screen_turns_round_for_an_archive_mostly_from_right_to_left_but_not_for_a_filter() {
    let arabic: Vec<_> = STORIES.iter().copied().filter(|story| !story.0.is_ascii()).collect();
    let mut session = Session::over(MadeUp::of(&arabic), 120, 30);
    assert_eq!(session.model.side, Side::Right);
    session.keys("g m");
    assert_eq!(session.model.side, Side::Left, "a wish beats the articles");
    session.keys("C-l").pause();
    assert_eq!(session.model.side, Side::Left);

    let mut session = Session::new(120, 30);
    assert_eq!(session.model.side, Side::Left, "three of five are no clear majority");
    session.keys("/").types("مصرف").pause();
    assert_eq!((session.model.list.total, session.model.side), (2, Side::Left));
}

#[test]
fn a_caret_that_would_leave_the_screen_stays_in_sight() {
    for width in [20, 24, 60] {
        let mut session = mirrored(width, 12);
        session.keys("/").types("وزيرة الزراعة and the harbour of طرابلس");
        for keys in ["home", "end", "left", "right", "C-w"] {
            session.keys(keys);
            let mut buf = session.buffer();
            let caret = qala::ui::view(&session.model, &qala::ui::Theme::default(), &mut buf);
            assert!(caret.is_some_and(|(x, y)| x < width && y == 0), "{width} {keys} {caret:?}");
        }
    }
}

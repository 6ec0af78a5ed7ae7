//! Pictures of the browser: panes at every width, what is marked, and what stands in empty places.

use insta::assert_snapshot;
use qala::{
    app::{Effect, Focus, Msg},
    domain::{ArticleId, Fault, Progress, Report, Source},
    ui::{Meaning, Theme, view},
};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{made_up::MadeUp, session::Session};

#[test]
fn the_first_picture_needs_no_archive() {
    let (waiting, effects) = Session::unanswered(MadeUp::default(), 60, 6);
    assert!(matches!(effects[..], [Effect::Search { .. }]));
    assert_snapshot!(waiting.picture(), @r#"
    ‭ qala  ~/archive                                  opening …‬
    ‭ Articles ─────────────────────────────────────────────────‬
    ‭‬
    ‭‬
    ‭ Text ─────────────────────────────────────────────────────‬
    ‭ ? keys   / filter   tab next pane   q back‬
    "#);
}

#[test]
fn a_wide_screen_shows_list_text_and_names() {
    assert_snapshot!(Session::new(120, 16).picture(), @r#"
    ‭ qala  ~/archive                                                                                             5 articles‬
    ‭ Articles  1/5 ──────────────────── │ Text  0% ─────────────────────────────────────────────── │ Names ────────────────‬
    ‭▌ …ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │         ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │ People 2‬
    ‭▌         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │                           ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │   2        ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭  Harbour of Tyre reopens after tw… │                                                          │   1          ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭  2024-10-28 · Coast Wire           │                                  ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03 │ Places 2‬
    ‭  …ﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ │                                                          │   1             ﺲﻠﺑﺍﺮﻃ‬
    ‭          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21 │  ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃│   1                ﺭﻮﺻ‬
    ‭  Rain returns to the hills         │          .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ┃│ Organisations 1‬
    ‭  2024-10-09 · Coast Wire           │                                                          │   1        ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭       ﺲﻠﺑﺍﺮﻃ ﻲﻓ ﺏﺎﺘﻜﻟﺍ ﺽﺮﻌﻣ ﺡﺎﺘﺘﻓﺍ │      ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃│‬
    ‭            ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ · 2024-09-30 │                                    .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ┃│‬
    ‭                                    │                                                          │‬
    ‭                                    │    ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃│‬
    ‭                                    │      ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ┃│‬
    ‭ ? keys   / filter   tab next pane   e names   q back‬
    "#);
}

#[test]
fn a_screen_of_80_columns_stacks_the_list_over_the_text() {
    let mut session = Session::new(80, 24);
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                                                     5 articles‬
    ‭ Articles  1/5 ────────────────────────────────────────────────────────────────‬
    ‭▌                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭▌                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭  Harbour of Tyre reopens after two years of repairs‬
    ‭  2024-10-28 · Coast Wire‬
    ‭                                    ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭  Rain returns to the hills‬
    ‭  2024-10-09 · Coast Wire‬
    ‭ Text ─────────────────────────────────────────────────────────────────────────‬
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
    ‭ ? keys   / filter   tab next pane   e names   q back‬
    "#);
    session.keys("e");
    assert_snapshot!(session.lines(1..=7), @r#"
    ‭ Names ────────────────────────────────────────────────────────────────────────‬
    ‭ People 2‬
    ‭▌  2          ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭   1            ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭ Places 2‬
    ‭   1               ﺲﻠﺑﺍﺮﻃ‬
    ‭   1                  ﺭﻮﺻ‬
    "#);
}

#[test]
fn a_narrow_screen_shows_one_pane_at_a_time() {
    let mut session = Session::new(44, 9);
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                 5 articles‬
    ‭ Articles  1/5 ────────────────────────────‬
    ‭▌ …ﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭▌                 ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭  Harbour of Tyre reopens after two years…‬
    ‭  2024-10-28 · Coast Wire‬
    ‭  …ﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                  ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭ ? keys   / filter   tab next pane   e nam…‬
    "#);
    session.keys("j j j").pause().keys("enter");
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                 5 articles‬
    ‭ Text  0% ─────────────────────────────────‬
    ‭ Rain returns to the hills‬
    ‭ 2024-10-09 · Coast Wire · en‬
    ‭‬
    ‭ 2024-10-09 Coast Wire‬
    ‭‬
    ‭ Farmers in the hills above Tripoli‬
    ‭ ? keys   / filter   tab next pane   e nam…‬
    "#);
    session.keys("q");
    assert_eq!(session.model.focus, Focus::List);
}

#[test]
fn what_the_filter_found_is_marked_in_list_and_text() {
    let mut session = Session::new(120, 30);
    session.keys("/").types("rain").pause().keys("enter");
    let (buf, look) = (session.buffer(), Theme::default().style(Meaning::Match));
    let is_marked = |x: u16, y: u16| Some(buf[(x, y)].fg) == look.fg && buf[(x, y)].modifier.contains(look.add_modifier);
    let marked = |y: u16| (0..120).filter(|x| is_marked(*x, y)).map(|x| buf[(x, y)].symbol()).collect::<String>();
    let rows: Vec<(u16, String)> = (0..30).map(|y| (y, marked(y))).filter(|(_, text)| !text.is_empty()).collect();
    assert_eq!(rows, [(2, "RainRain".to_owned()), (8, "rain".to_owned())], "the title in list and text, and the body");
}

#[test]
fn persons_places_and_bodies_differ_without_colour() {
    let session = Session::new(120, 30);
    let mut buf = Buffer::empty(Rect::new(0, 0, 120, 30));
    view(&session.model, &Theme::default().without_colour(), &mut buf);
    let names = session.model.panes().names.unwrap();
    let looks: Vec<_> = [2, 5, 8].map(|row| buf[(names.x + names.width - 2, names.y + row)].modifier).to_vec();
    assert!(looks[0] != looks[1] && looks[1] != looks[2] && looks[0] != looks[2], "{looks:?}");
    assert!(buf.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
}

#[test]
fn the_list_fills_while_files_are_read_and_the_cursor_stays() {
    let mut session = Session::over(MadeUp { articles: 0, ..MadeUp::default() }, 80, 12);
    session.send(Msg::Importing(Progress { bytes_read: 0, bytes_total: 2_000_000, read: 0, committed: 0, renewing: None }));
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                                                     0 articles‬
    ‭ Articles ─────────────────────────────────────────────────────────────────────‬
    ‭‬
    ‭ No articles yet‬
    ‭‬
    ‭ Files are being read; articles appear here as they come.‬
    ‭ Text ─────────────────────────────────────────────────────────────────────────‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭ reading files: 0% of 2.0 MB, 0 articles‬
    "#);
    session.send(Msg::Importing(Progress { renewing: Some((370, 1000)), ..Progress::default() }));
    assert_snapshot!(session.lines(11..=11), @"‭ making the search index anew: 37%; searches use the old one‬");
    (session.archive.articles, session.archive.changed) = (3, true);
    session.send(Msg::Importing(Progress {
        bytes_read: 1_500_000,
        bytes_total: 2_000_000,
        read: 4,
        committed: 3,
        renewing: None,
    }));
    session.keys("j").pause();
    (session.archive.articles, session.archive.changed) = (5, true);
    let failed = vec![Fault { source: Source { file: "bad.txt".into(), item: None }, reason: "is empty".into() }];
    session.send(Msg::Imported(Report { read: 6, added: 5, failed, ..Report::default() }));
    assert_eq!((session.model.list.total, session.cursor()), (5, Some(ArticleId(1))));
    assert_snapshot!(session.lines(11..=11), @"‭ 5 new articles, 1 not readable (first: bad.txt is empty)                ? keys‬");
}

#[test]
fn an_empty_list_says_why() {
    let mut session = Session::over(MadeUp { articles: 0, ..MadeUp::default() }, 70, 12);
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                                           0 articles‬
    ‭ Articles ───────────────────────────────────────────────────────────‬
    ‭‬
    ‭ No articles yet‬
    ‭‬
    ‭ This archive is empty. Leave with q, then‬
    ‭ Text ───────────────────────────────────────────────────────────────‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭ ? keys   / filter   tab next pane   q back‬
    "#);
    session = Session::new(70, 12);
    session.keys("/").types("زرافة");
    assert_snapshot!(session.picture(), @r#"
    ‭ / ﺔﻓﺍﺭﺯ                                              0 of 5 articles‬
    ‭ Articles ───────────────────────────────────────────────────────────‬
    ‭ Nothing found for ﺔﻓﺍﺭﺯ‬
    ‭ No article has ﺔﻓﺍﺭﺯ.‬
    ‭ esc clears the filter‬
    ‭‬
    ‭ Text ───────────────────────────────────────────────────────────────‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭ enter keep   tab complete   esc clear   down next   f1 all keys‬
    "#);
}

#[test]
fn help_lists_what_works_here_and_scrolls() {
    let mut session = Session::new(80, 12);
    session.keys("?");
    assert_snapshot!(session.picture(), @r#"
    ‭ Keys that work here  / looks for a word, C- is Ctrl, M- is Alt  j: 56 more‬
    ‭ j  down         Move down one‬
    ‭ k  up           Move up one‬
    ‭ C-d             Move down half a page‬
    ‭ C-u             Move up half a page‬
    ‭ C-f  page-down  Move down a page‬
    ‭ C-b  page-up    Move up a page‬
    ‭ g g  home       Move to the top; 12 g g moves to the twelfth‬
    ‭ G  end          Move to the end; 12 G moves to the twelfth‬
    ‭ enter           Read the article‬
    ‭ space           Read on: a page of the text, then the next article‬
    ‭ ? keys   / filter   tab next pane   e names   q back‬
    "#);
    let top = session.picture();
    session.keys("G");
    assert_ne!(session.picture(), top);
    session.keys("q");
    assert_eq!((session.model.help.is_none(), session.has_left), (true, false));
}

#[test]
fn a_begun_sequence_shows_how_it_can_end() {
    let mut session = Session::new(80, 12);
    session.keys("]");
    assert!(!session.picture().contains("Go to the next name"));
    session.pause();
    assert!(session.picture().contains("Go to the next name"));
    session.keys("esc");
    assert!(!session.picture().contains("Go to the next name"));
}

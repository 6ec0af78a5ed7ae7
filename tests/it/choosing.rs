//! Sessions with facets, the timeline, snippets, saved searches and lists that are empty: keys in, what is asked and shown out.

use insta::assert_snapshot;
use qala::{
    app::{Effect, Focus, Msg, update},
    domain::{ArticleId, Explanation, Suggestion, Way},
    query,
};

use crate::{made_up::MadeUp, session::Session};

fn filter(session: &Session) -> &str {
    session.model.filter.text()
}

fn notice(session: &Session) -> String {
    session.model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default()
}

fn facet_questions(session: &Session) -> usize {
    session.asked.iter().filter(|effect| matches!(effect, Effect::Facets(..))).count()
}

#[test]
fn facets_stand_beside_a_wide_list_and_are_chosen_and_left_out_with_one_key() {
    let mut session = Session::new(120, 24);
    session.keys("f f");
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                                                                                             5 articles‬
    ‭ Articles  1/5 ──────────────────── │ Text ─────────────────────────────────────────────────── │ In the list ──────────‬
    ‭▌ …ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │         ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │ People‬
    ‭▌         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │                           ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │▌   3         ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭  Harbour of Tyre reopens after tw… │                                                          │    2       ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭  2024-10-28 · Coast Wire           │                                  ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03 │    1         ﻍﺎﺒﺻ ﻢﻳﺮﻛ‬
    ‭  …ﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ │                                                          │    1 Nadia Farah‬
    ‭          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21 │  ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃│ Places‬
    ‭  Rain returns to the hills         │          .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ┃│    3            ﺲﻠﺑﺍﺮﻃ‬
    ‭  2024-10-09 · Coast Wire           │                                                          │    2               ﺭﻮﺻ‬
    ‭       ﺲﻠﺑﺍﺮﻃ ﻲﻓ ﺏﺎﺘﻜﻟﺍ ﺽﺮﻌﻣ ﺡﺎﺘﺘﻓﺍ │      ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃│ Organisations‬
    ‭            ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ · 2024-09-30 │                                    .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ┃│    3       ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                    │                                                          │ Outlets‬
    ‭                                    │    ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃│    2      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ‬
    ‭                                    │      ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ┃│    2 Coast Wire‬
    ‭                                    │                                                  .ﻞﺣﺎﺴﻟﺍ┃│    1        ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ‬
    ‭                                    │                                                          │ Languages‬
    ‭                                    │                                                          │    3 ar‬
    ‭                                    │                                                          │    2 en‬
    ‭                                    │                                                          │ Months‬
    ‭                                    │                                                          │    3 2024-10‬
    ‭                                    │                                                          │    1 2024-11‬
    ‭                                    │                                                          │    1 2024-09‬
    ‭ enter only these   - leave out   f f hide   q back   ? keys‬
    "#);
    session.keys("enter").pause();
    assert_eq!(filter(&session), "about:=nehme ");
    assert_eq!(session.titles().len(), 3);
    assert_eq!(session.model.focus, Focus::Names, "one can go on choosing");
    session.keys("f o -").pause();
    assert_eq!(filter(&session), "-from:=\"صحيفة المرفأ\" about:=nehme ");
    assert_eq!(session.titles().len(), 1);
    assert_snapshot!(session.picture(), @r#"
    ‭ /-from:="ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ" about:=nehme                                                                    1 of 5 articles‬
    ‭ Articles  1/1 ──────────────────── │ Text ─────────────────────────────────────────────────── │ In the list ──────────‬
    ‭▌ Rain returns to the hills         │ Rain returns to the hills                                │ Chosen‬
    ‭▌ 2024-10-09 · Coast Wire           │ 2024-10-09 · Coast Wire · en                             │▌-         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ‬
    ‭                                    │                                                          │ +            ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭                                    │ 2024-10-09 Coast Wire                                    │ People‬
    ‭                                    │                                                          │ +  1         ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭                                    │ Farmers in the hills above Tripoli welcomed the first    │ Places‬
    ‭                                    │ rain since April. Samer Nehme, who heads their union,    │    1            ﺲﻠﺑﺍﺮﻃ‬
    ‭                                    │┃said it had come just in time.                           │ Outlets‬
    ‭                                    │                                                          │    1 Coast Wire‬
    ‭                                    │                                                          │ Languages‬
    ‭                                    │                                                          │    1 en‬
    ‭                                    │                                                          │ Months‬
    ‭                                    │                                                          │    1 2024-10‬
    ‭                                    │                                                          │ Reading‬
    ‭                                    │                                                          │    1 read‬
    ‭                                    │                                                          │‬
    ‭                                    │                                                          │‬
    ‭                                    │                                                          │‬
    ‭                                    │                                                          │‬
    ‭                                    │                                                          │‬
    ‭                                    │                                                          │‬
    ‭ enter only these   - leave out   f f hide   q back   ? keys‬
    "#);
    session.keys("e").pause();
    assert!(!session.model.facets.on, "the names of the article are back");
    session.keys("f f g g enter").pause();
    assert_eq!(filter(&session), "about:=nehme ", "what is chosen is taken back where it stands");
    session.keys("enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("", 5));
}

#[test]
fn a_facet_is_turned_round_and_taken_back() {
    let mut session = Session::new(120, 30);
    session.keys("f l").pause();
    session.keys("enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("lang:ar ", 3));
    session.keys("-").pause();
    assert_eq!((filter(&session), session.titles().len()), ("-lang:ar ", 2));
    session.keys("x").pause();
    assert_eq!((filter(&session), session.titles().len()), ("", 5));
}

#[test]
fn what_is_typed_stays_open_while_facets_are_chosen() {
    let mut session = Session::new(120, 30);
    session.keys("/").types("مصر").keys("enter").pause();
    let before = session.titles();
    session.keys("f l enter").pause();
    assert_eq!(filter(&session), "lang:ar مصر");
    assert_eq!(session.titles(), before, "both are Arabic, and the word is not finished yet");
    session.keys("f u").pause();
    assert_eq!((filter(&session), session.titles().len()), ("is:unread lang:ar مصر", 0));
}

#[test]
fn facets_are_counted_only_where_they_are_seen_and_once_for_each_answer() {
    let mut session = Session::new(120, 30);
    session.keys("j j G g g").pause();
    assert_eq!(facet_questions(&session), 0);
    session.keys("f f");
    assert_eq!(facet_questions(&session), 1);
    session.keys("j j k").pause();
    session.keys("q j j").pause();
    assert_eq!(facet_questions(&session), 1);
    session.keys("f f");
    assert_eq!(facet_questions(&session), 1, "they are known still");
    session.keys("/").types("ra");
    assert_eq!(facet_questions(&session), 3, "asked at each letter; the worker answers the last");
}

#[test]
fn a_small_screen_shows_facets_in_place_of_the_list() {
    let mut session = Session::new(80, 24);
    session.keys("f f");
    assert_snapshot!(session.lines(0..=10), @r#"
    ‭ qala  ~/archive                                                     5 articles‬
    ‭ In the list ──────────────────────────────────────────────────────────────────‬
    ‭ People                    Organisations                2 en‬
    ‭▌   3           ﺔﻤﻌﻧ ﺮﻣﺎﺳ     3         ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ  Months‬
    ‭    2         ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ  Outlets                      3 2024-10‬
    ‭    1           ﻍﺎﺒﺻ ﻢﻳﺮﻛ     2        ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ     1 2024-11‬
    ‭    1 Nadia Farah             2 Coast Wire              1 2024-09‬
    ‭ Places                       1          ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ  Reading‬
    ‭    3              ﺲﻠﺑﺍﺮﻃ  Languages                    5 read‬
    ‭    2                 ﺭﻮﺻ     3 ar‬
    ‭ Text ─────────────────────────────────────────────────────────────────────────‬
    "#);
    session.keys("q");
    assert_eq!(session.model.focus, Focus::List);
    assert!(!session.model.facets.on);
}

#[test]
fn a_mirrored_screen_shows_facets_and_time_from_the_right() {
    let mut session = Session::new(120, 24);
    session.keys("g m f f g t");
    assert_snapshot!(session.picture(), @r#"
    ‭ 5 articles                                                                                             ~/archive  qala‬
    ‭ ────────── In the list │ ─────────────────────────────────────────────────── Text │ ──────────────────── 1/5  Articles‬
    ‭                 People │         ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │ …ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ▐‬
    ‭         ﺔﻤﻌﻧ ﺮﻣﺎﺳ 3   ▐│                           ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 ▐‬
    ‭       ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ 2    │                                                          │ Harbour of Tyre reopens after tw…‬
    ‭         ﻍﺎﺒﺻ ﻢﻳﺮﻛ 1    │                                  ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03 │ 2024-10-28 · Coast Wire‬
    ‭ Nadia Farah       1    │                                                          │ …ﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                 Places │  ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃│         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭            ﺲﻠﺑﺍﺮﻃ 3    │          .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ┃│ Rain returns to the hills‬
    ‭               ﺭﻮﺻ 2    │                                                          │ 2024-10-09 · Coast Wire‬
    ‭          Organisations │      ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃│      ﺲﻠﺑﺍﺮﻃ ﻲﻓ ﺏﺎﺘﻜﻟﺍ ﺽﺮﻌﻣ ﺡﺎﺘﺘﻓﺍ‬
    ‭       ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ 3    │                                    .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ┃│           ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ · 2024-09-30‬
    ‭                Outlets │                                                          │‬
    ‭      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2    │    ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃│‬
    ‭ Coast Wire        2    │      ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ┃│‬
    ‭        ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ 1    │                                                  .ﻞﺣﺎﺴﻟﺍ┃│‬
    ‭              Languages │                                                          │‬
    ‭ ar                3    │                                                          │‬
    ‭ en                2    │                                                          │‬
    ‭                 Months │                                                          │‬
    ‭ 2024-10           3    │                                                          │‬
    ‭              ███               ███                  ███                                 ███                        ███‬
    ‭                                                                by day, 2024-09-30 to 2024-11-03  1 article  2024-11-03‬
    ‭                                                 enter only these   + shorter   - longer   g t hide   esc back   ? keys‬
    "#);
}

#[test]
fn the_timeline_says_which_part_of_it_is_in_sight() {
    let mut session = Session::new(100, 24);
    session.keys("g t j");
    let sight = |session: &Session| session.lines(21..=22).contains("in sight");
    assert!(!sight(&session), "{}", session.lines(21..=22));
    session.model.strip.bars.extend(std::iter::repeat_n(session.model.strip.bars[0], 90));
    assert!(sight(&session), "{}", session.lines(21..=22));
}

#[test]
fn the_timeline_is_walked_zoomed_and_chosen_from() {
    let mut session = Session::new(80, 24);
    session.keys("g t");
    let last = |session: &Session| session.lines(21..=22);
    assert_snapshot!(last(&session), @r#"
    ‭ ▃▃▃▃████▃▃▃▃‬
    ‭ 2024-11  1 article  by month, 2024-09 to 2024-11‬
    "#);
    session.keys("left enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("date:2024-10 ", 3));
    assert_snapshot!(last(&session), @r#"
    ‭ ▃▃▃▃████▃▃▃▃‬
    ‭ 2024-10  3 articles  by month, 2024-09 to 2024-11‬
    "#);
    session.keys("right enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("date:2024-11 ", 1), "one time takes the place of another");
    session.keys("enter").pause();
    assert_eq!(session.titles().len(), 5);
    session.keys("k k k");
    assert_snapshot!(last(&session), @r#"
    ‭ ████‬
    ‭ 2024  5 articles  by year, 2024 to 2024‬
    "#);
    session.keys("esc j");
    assert!(session.model.strip.on && !session.model.strip.walking);
    assert_eq!(session.cursor(), Some(ArticleId(1)));
    session.keys("g t g t");
    assert!(!session.model.strip.on);
}

#[test]
fn a_date_is_gone_to_in_the_list() {
    let mut session = Session::new(120, 30);
    session.keys("g d").types("2024-10").keys("enter").pause();
    assert_eq!(session.cursor(), Some(ArticleId(1)));
    session.keys("g d").types("tomorrow").keys("enter");
    assert!(notice(&session).contains("is no date"));
    session.keys("/").types("سامر").keys("enter").pause();
    session.keys("g d").types("2024-10-21").keys("enter").pause();
    assert_eq!((filter(&session), session.cursor()), ("sort:newest سامر", Some(ArticleId(2))));
}

#[test]
fn the_order_is_a_part_of_the_filter() {
    let mut session = Session::new(120, 30);
    let mut orders = Vec::new();
    for _ in 0..2 {
        session.keys("S").pause();
        orders.push((filter(&session).to_owned(), notice(&session)));
    }
    let said = |filter: &str, notice: &str| (filter.to_owned(), notice.to_owned());
    assert_eq!(orders[0], said("sort:oldest ", "the oldest first"));
    assert_eq!(orders[1], said("", "the newest first"));
    session.keys("/").types("rain").keys("enter S").pause();
    assert_eq!((filter(&session), notice(&session).as_str()), ("sort:newest rain", "the newest first"));
    session.keys("S S").pause();
    assert_eq!((filter(&session), notice(&session).as_str()), ("rain", "the best first"));
}

#[test]
fn an_empty_list_says_why_and_what_would_be_found() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("harbor rain").keys("enter").pause();
    assert_snapshot!(session.lines(0..=10), @r#"
    ‭ /harbor rain                                                   0 of 5 articles‬
    ‭ Articles ─────────────────────────────────────────────────────────────────────‬
    ‭ Nothing found for harbor rain‬
    ‭ No article has harbor; without it there is 1.‬
    ‭ 1 article has rain; without it there is still nothing.‬
    ‭ enter takes a suggestion, esc clears the filter:‬
    ‭▌ without harbor: 1 article‬
    ‭‬
    ‭‬
    ‭‬
    ‭ Text ─────────────────────────────────────────────────────────────────────────‬
    "#);
    session.keys("j enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("rain ", 1));
    assert!(session.model.explained.is_none());
}

#[test]
fn a_spelling_is_taken_with_one_key() {
    let mut session = Session::new(44, 12);
    session.keys("/").types("harbor").keys("enter").pause();
    assert_snapshot!(session.picture(), @r#"
    ‭ /harbor                    0 of 5 articles‬
    ‭ Articles ─────────────────────────────────‬
    ‭ Nothing found for harbor‬
    ‭ No article has harbor.‬
    ‭ enter takes a suggestion, esc clears the…‬
    ‭▌ harbour: 1 article‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭ ? keys   / filter   tab next pane   esc c…‬
    "#);
    session.keys("enter").pause();
    assert_eq!(session.titles(), ["Harbour of Tyre reopens after two years of repairs"]);
}

#[test]
fn an_explanation_that_comes_late_is_not_that_of_another_answer() {
    let mut session = Session::new(60, 14);
    session.keys("/").types("harbor").keys("enter").pause();
    let asked = session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Explain(ticket, ..) => Some(*ticket),
        _ => None,
    });
    session.keys("esc").pause();
    update(&mut session.model, Msg::Explained(asked.unwrap(), Explanation::default()));
    assert_eq!(session.model.explained, None);
}

#[test]
fn beside_few_articles_a_spelling_that_finds_far_more_is_offered() {
    let mut session = Session::new(60, 14);
    session.keys("/").types("rain").keys("enter").pause();
    assert_eq!(session.titles().len(), 1);
    let query = query::parse("harbour", false);
    let way = Way::Respelled { typed: "rain".into(), instead: "harbour".into() };
    session.model.offered = Some(Suggestion { query, articles: 20, way });
    assert_snapshot!(session.lines(2..=5), @r#"
    ‭▌ Rain returns to the hills‬
    ‭▌ 2024-10-09 · Coast Wire‬
    ‭‬
    ‭ f r asks for harbour: 20 articles‬
    "#);
    session.keys("f r").pause();
    assert_eq!((filter(&session), session.titles().len()), ("harbour ", 1));
    assert_eq!(session.model.offered, None, "one article is no slip");
}

#[test]
fn searches_are_saved_opened_deleted_and_brought_back() {
    let mut session = Session::new(80, 24);
    session.keys("f s");
    assert_eq!(notice(&session), "no search is saved yet; :save NAME saves the filter");
    session.keys(":").types("save rain").keys("enter");
    assert!(session.archive.saved.is_empty(), "there is nothing to be saved");
    session.keys("/").types("rain").keys("enter");
    session.keys(":").types("save الأمطار").keys("enter").pause();
    assert_eq!(notice(&session), "saved as \u{2068}الأمطار\u{2069}");
    session.keys("esc e enter f w").types("about somebody").keys("enter esc");
    assert_eq!(session.archive.saved[1].query, "about:=nehme");
    session.keys("backspace f s");
    assert_snapshot!(session.lines(0..=3), @r#"
    ‭ Saved searches  enter: open   x: delete   u: bring back‬
    ‭▌ﺭﺎﻄﻣﻷﺍ  rain‬
    ‭ about somebody  about:=nehme‬
    ‭‬
    "#);
    session.keys("enter").pause();
    assert_eq!((filter(&session), session.titles().len()), ("rain ", 1));
    session.keys("f s x");
    assert_eq!(session.archive.saved.len(), 1);
    session.keys("u q f s j enter").pause();
    assert_eq!(filter(&session), "rain ", "it came back at the end");
}

#[test]
fn snippets_stand_below_titles_while_words_are_looked_for() {
    let mut session = Session::new(80, 24);
    session.keys("g n");
    assert_eq!(session.model.entry_rows(), 2, "without words there is nothing to show");
    session.keys("/").types("سامر").keys("enter").pause();
    assert_snapshot!(session.lines(1..=7), @r#"
    ‭ Articles  1/2 ────────────────────────────────────────────────────────────────‬
    ‭▌                              ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭▌                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭▌ …ﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ‬
    ‭                                    ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭                                                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭  …ﺎﻛ ﻦﻣ ﺀﺍﺪﺘﺑﺍ %3.5 ﻰﻟﺇ ﺔﻴﻋﺍﺭﺰﻟﺍ ﺽﻭﺮﻘﻟﺍ ﻰﻠﻋ ﺓﺪﺋﺎﻔﻟﺍ ﺾﻔﺧ ﻡﻮﻴﻟﺍ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻠﻋﺃ‬
    "#);
    session.keys("g n");
    assert_eq!(session.model.entry_rows(), 2);
}

#[test]
fn lines_of_text_are_fetched_for_what_is_in_sight() {
    let mut session = Session::over(MadeUp::of_size(3_000), 80, 24);
    session.keys("g n /").types("سامر").keys("enter").pause();
    let most = |session: &Session| {
        let asked = session.asked.iter().filter_map(|effect| match effect {
            Effect::Snippets(_, articles, _) => Some(articles.len()),
            _ => None,
        });
        asked.max()
    };
    assert_eq!(most(&session), Some(2));
    session.keys("G").pause();
    let last = session.model.list.current().map(|hit| hit.id);
    assert!(last.and_then(|id| session.model.snippets.of(id)).is_some());
    session.send(Msg::Changed);
    assert!(last.and_then(|id| session.model.snippets.of(id)).is_some());
}

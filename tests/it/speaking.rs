//! The view of statements in sessions: there and back, narrowing, carriers, the lit place, and pictures of it.

use insta::assert_snapshot;
use qala::{
    app::{Effect, Focus, Layout, View},
    domain::ArticleId,
    ui::{Meaning, Theme, view},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use crate::{made_up::MadeUp, session::Session};

fn statements(width: u16, height: u16) -> Session {
    let mut session = Session::new(width, height);
    session.keys("2").pause();
    session
}

fn cards(session: &Session) -> Vec<String> {
    let cards = session.model.said.shown();
    (0..cards.total).filter_map(|n| cards.at(n)).map(|card| card.text.clone()).collect()
}

fn notice(session: &Session) -> &str {
    session.model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn one_key_leads_there_and_one_back() {
    let mut session = Session::new(120, 30);
    session.keys("/").types("مصرف").keys("enter j").pause();
    let before = (session.cursor(), session.text_shown());
    session.keys("2");
    assert_eq!(session.model.view, View::Articles, "a digit may still be a count");
    session.pause();
    assert_eq!((session.model.view, session.model.said.cards.total), (View::Statements, 9));
    assert!(!session.model.is_narrowed(), "each view has its own filter");
    session.keys("j j j j").pause();
    assert_eq!(session.text_shown(), Some(ArticleId(1)));
    session.keys("1").pause();
    assert_eq!((session.cursor(), session.text_shown(), session.model.filter.text()), (before.0, before.1, "مصرف"));
    session.keys("2").pause();
    assert_eq!(session.model.said.cards.cursor, 4, "and its own place");
    session.keys("q");
    assert_eq!(session.model.view, View::Articles);
}

#[test]
fn digits_count_as_before() {
    let mut session = Session::over(MadeUp::of_size(50), 120, 30);
    session.keys("2 j").pause();
    assert_eq!((session.model.view, session.cursor()), (View::Articles, Some(ArticleId(2))));
    session.keys("1 2 G").pause();
    assert_eq!((session.model.view, session.cursor()), (View::Articles, Some(ArticleId(11))));
}

#[test]
fn a_name_leads_to_what_it_said() {
    let mut session = Session::new(120, 30);
    session.keys("e g q").pause();
    assert_eq!(session.model.said.speaker.as_ref().map(|topic| topic.id.0.as_str()), Some("haddad"));
    assert_eq!(cards(&session).len(), 3);
    // From the text too, and whatever was asked for in the view before.
    session.keys("/").types("nothing").keys("enter 1").pause();
    session.keys("enter ] e ] e ] e ] e g q").pause();
    let speaker = session.model.said.speaker.as_ref().unwrap();
    assert_eq!(cards(&session).is_empty(), !["haddad", "nehme"].contains(&speaker.id.0.as_str()), "{speaker:?}");
    assert!(session.model.filter.is_empty());
    session.keys("backspace");
    assert_eq!((session.model.said.speaker.is_none(), cards(&session).len()), (true, 9));
}

#[test]
fn speakers_narrow_and_unknown_ones_are_a_group() {
    let mut session = statements(120, 30);
    let speakers = &session.model.said.speakers;
    let names: Vec<(&str, usize)> = speakers.named.iter().map(|speaker| (speaker.who.id.0.as_str(), speaker.cards)).collect();
    assert_eq!(names, [("haddad", 3), ("nehme", 3), ("farah", 1), ("sabbagh", 1)]);
    assert_eq!((speakers.unnamed_cards, speakers.unknown_cards), (0, 1));
    session.keys("e G enter").pause();
    assert_eq!((session.model.focus, cards(&session).len()), (Focus::List, 1));
    assert_eq!(session.model.said.voices().len(), 6, "the others can still be chosen");
    session.keys("e g g j enter");
    assert_eq!(cards(&session).len(), 3);
    session.keys("e g g enter");
    assert_eq!(cards(&session).len(), 9);
}

#[test]
fn unnamed_sources_are_one_group_that_opens_to_them() {
    let mut session = Session::over(MadeUp { unnamed: true, ..MadeUp::default() }, 120, 30);
    session.keys("2").pause();
    assert_snapshot!(session.lines(1..=6), @r#"
    ‭ Speakers  2 ────────── │ Statements  1/9 ────────────────────────────── │ Text ───────────────────────────────────────‬
    ‭     9 everybody        │▌mixed 95%                     ﺖﻟﺎﻗ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │    ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭     3   ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ +1 │▌ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ │                                       ﻲﺿﺎﻤﻟﺍ‬
    ‭     3     ﺔﻤﻌﻧ ﺮﻣﺎﺳ +1 │▌                                 ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ │               ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭     2 unnamed sources  │▌                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │‬
    ‭     1 unknown          │ direct 95%                   ﺖﻓﺎﺿﺃ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03‬
    "#);
    session.keys("e G k enter").pause();
    assert_eq!((session.model.focus, cards(&session).len()), (Focus::List, 2));
    assert_snapshot!(session.lines(1..=8), @r#"
    ‭ Speakers  2 ────────── │ Statements  1/2 ────────────────────────────── │ Text ───────────────────────────────────────‬
    ‭     9 everybody        │▌witnesses said                      direct 95% │ Harbour of Tyre reopens after two years of‬
    ‭     3   ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ +1 │▌“The boats can come home now”                  │ repairs‬
    ‭     3     ﺔﻤﻌﻧ ﺮﻣﺎﺳ +1 │▌                                               │ 2024-10-28 · Coast Wire · en‬
    ‭     2 unnamed sources  │▌2024-10-28 · Coast Wire                        │‬
    ‭     1   witnesses      │ direct 95%                      ﻝﺎﻗ ﻲﻓﺮﺼﻣ ﺭﺪﺼﻣ │ 2024-10-28 Coast Wire‬
    ‭     1       ﻲﻓﺮﺼﻣ ﺭﺪﺼﻣ │                               «ﻦﻴﻋﺭﺍﺰﻤﻟﺎﺑ ﻖﺜﻧ» │‬
    ‭     1 unknown          │                                                │ The harbour of Tyre (ﺭﻮﺻ) reopened on‬
    "#);
    // One of them, by the keys that choose anybody.
    session.keys("e j enter").pause();
    assert_eq!(cards(&session), ["The boats can come home now"]);
    session.keys("backspace").pause();
    assert_eq!((session.model.said.voices().len(), cards(&session).len()), (5, 9));
}

#[test]
fn the_filter_speaks_the_one_grammar() {
    let mut session = statements(120, 30);
    for (typed, found) in [
        ("boats", 1),
        ("by:نعمة", 2),
        ("verb:promised", 1),
        ("kind:direct", 3),
        ("نوع:مختلط", 1),
        ("from:coast", 2),
        ("date:2024-10-01..2024-10-31", 4),
        ("-by:نعمة المزارعين", 1),
    ] {
        session.keys("/ C-u").types(typed).keys("enter");
        assert_eq!(cards(&session).len(), found, "{typed}");
    }
    session.keys("esc");
    assert_eq!(cards(&session).len(), 9);
}

#[test]
fn the_place_in_the_article_is_lit_and_enter_goes_there() {
    let mut session = statements(120, 30);
    session.keys("j j").pause();
    let chosen = |session: &Session| {
        let all = qala::text::Span::new(0, 10_000);
        let text = &session.model.reader.reading.as_ref().unwrap().article.text;
        let lit = session.model.reader.marks_in(all).into_iter().filter(|marked| marked.mark == qala::app::Mark::Chosen);
        lit.map(|marked| marked.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&session), ["الأمطار المبكرة أنقذت الأشجار"]);
    session.keys("enter");
    assert_eq!(session.model.focus, Focus::Text);
    assert_eq!(session.model.reader.statement_here(), Some(2));
    // There the statements of the article are walked.
    session.keys("] q");
    assert_eq!(chosen(&session), ["الاتحاد طلب قروضا من مصرف الساحل"]);
    session.keys("] q");
    assert!(notice(&session).contains("no next statement"), "{}", notice(&session));
    session.keys("[ q [ q");
    assert_eq!(session.model.reader.statement_here(), Some(1));
    session.keys("q");
    assert_eq!((session.model.view, session.model.focus), (View::Statements, Focus::List));
}

#[test]
fn carriers_are_shown_when_opened_and_put_away_again() {
    let mut session = Session::over(MadeUp::of_size(15), 120, 30);
    session.keys("2").pause();
    assert_eq!(cards(&session).len(), 9);
    session.keys("g s");
    assert_eq!(session.model.said.opened.as_ref().map(|(_, cards)| cards.total), Some(3));
    session.keys("j").pause();
    assert_eq!(session.text_shown(), Some(ArticleId(5)));
    assert_snapshot!(session.lines(1..=5), @r#"
    ‭ Speakers  4 ────────── │ Carried by  2/3 ────────────────────────────── │ Text ───────────────────────────────────────‬
    ‭     9 everybody        │ mixed 95%                     ﺖﻟﺎﻗ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │    ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭     3   ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ +1 │  "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ │                                       ﻲﺿﺎﻤﻟﺍ‬
    ‭     3     ﺔﻤﻌﻧ ﺮﻣﺎﺳ +1 │                                  ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ │               ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭     1 Nadia Farah      │ carried by 3, first by ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ on 2024-1… │‬
    "#);
    session.keys("q").pause();
    assert_eq!((session.model.said.opened.is_none(), session.text_shown()), (true, Some(ArticleId(0))));
    let mut session = statements(120, 30);
    session.keys("g s");
    assert_eq!(notice(&session), "only this article carries it");
}

#[test]
fn why_and_citation_tell_of_the_statement() {
    let mut session = statements(120, 30);
    session.keys("j i");
    assert!(
        notice(&session).starts_with("direct · ") && notice(&session).contains("(haddad) · rule made up"),
        "{}",
        notice(&session)
    );
    session.keys("y q");
    let copied = session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Copy { what: "statement", text } => Some(text.clone()),
        _ => None,
    });
    assert_snapshot!(copied.unwrap().replace(['\u{2068}', '\u{2069}', '\u{200F}'], "|"), @r#"||«سنشتري 1200 طن من المزارعين بسعر عادل»| — |ليلى الحداد|, |أضافت| · |وزيرة الزراعة: موسم الزيتون أفضل من العام الماضي| · |صحيفة المرفأ| · |2024-11-03| · |made-up.jsonl| · |215–252|"#);
    // In the text of the view of articles as well.
    session.keys("1").pause();
    session.keys("enter y q");
    assert!(notice(&session).contains("stand on a statement"));
    session.keys("] q i");
    assert!(notice(&session).starts_with("mixed · "), "{}", notice(&session));
    session.keys("] e ] e i");
    assert!(notice(&session).contains("PER") || notice(&session).contains("LOC"), "{}", notice(&session));
}

#[test]
fn a_wide_screen_shows_speakers_cards_and_the_place() {
    assert_snapshot!(statements(130, 20).picture(), @r#"
    ‭ qala  ~/archive                                                                                                     9 statements‬
    ‭ Speakers  4 ──────────── │ Statements  1/9 ────────────────────────────────── │ Text ───────────────────────────────────────────‬
    ‭     9 everybody          │▌mixed 95%                         ﺖﻟﺎﻗ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │ ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭     3     ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ +1 │▌  ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ │                   ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭     3       ﺔﻤﻌﻧ ﺮﻣﺎﺳ +1 │▌                                        ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ │‬
    ‭     1 Nadia Farah        │▌                         ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │                          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03‬
    ‭     1          ﻍﺎﺒﺻ ﻢﻳﺮﻛ │ direct 95%                       ﺖﻓﺎﺿﺃ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │‬
    ‭     1 unknown            │            «ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» │  ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃‬
    ‭                          │                                                    │ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ┃‬
    ‭                          │                          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │                                           .ﻯﺮﻘﻟﺍ┃‬
    ‭                          │ indirect 95%                         ﺪﻛﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ │‬
    ‭                          │                        ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ │ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃‬
    ‭                          │                                                    │                         .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ┃‬
    ‭                          │                          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │‬
    ‭                          │ indirect 95%                   ﻰﻟﺇ ﺍﺮﻴﺸﻣ ﺔﻤﻌﻧ ﺮﻣﺎﺳ │    ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ┃‬
    ‭                          │                    ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ │    ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ ﺓﺮﻜﺒﻤﻟﺍ┃‬
    ‭                          │                                                    │                            .ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ┃‬
    ‭                          │                          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │‬
    ‭                          │                                                    │‬
    ‭ ? keys   / filter   enter read there   g s carriers   e speakers   i why   q back‬
    "#);
}

#[test]
fn a_screen_of_80_columns_stacks_cards_over_the_text() {
    let mut session = statements(80, 24);
    assert_snapshot!(session.picture(), @r#"
    ‭ qala  ~/archive                                                   9 statements‬
    ‭ Statements  1/9 ──────────────────────────────────────────────────────────────‬
    ‭▌mixed 95%                                                     ﺖﻟﺎﻗ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭▌                   ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ‬
    ‭▌                                                     ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭ direct 95%                                                   ﺖﻓﺎﺿﺃ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭                                        «ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ»‬
    ‭                                                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭ indirect 95%                                                     ﺪﻛﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ‬
    ‭                                                    ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ‬
    ‭                                                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭ Text  0% ─────────────────────────────────────────────────────────────────────‬
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
    ‭ ? keys   / filter   enter read there   g s carriers   e speakers   i why   q…‬
    "#);
    session.keys("e j");
    assert_snapshot!(session.lines(1..=8), @r#"
    ‭ Speakers  4 ──────────────────────────────────────────────────────────────────‬
    ‭     9 everybody‬
    ‭▌    3                                                              ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ‬
    ‭       ﺩﺍﺪﺤﻟﺍ‬
    ‭     3                                                             ﺔﻤﻌﻧ ﺮﻣﺎﺳ +1‬
    ‭     1 Nadia Farah‬
    ‭     1                                                                ﻍﺎﺒﺻ ﻢﻳﺮﻛ‬
    ‭     1 unknown‬
    "#);
}

#[test]
fn the_mirrored_screen_begins_on_the_right() {
    let mut session = Session::over(MadeUp::of_size(10), 130, 14);
    session.model.lay_out(Layout::Rtl);
    session.keys("2").pause();
    assert_snapshot!(session.picture(), @r#"
‭ 9 statements                                                                                                     ~/archive  qala‬
‭ ─────────────────────────────────────── 0%  Text │ ────────────────────────────────── 1/9  Statements │ ──────────── 4  Speakers‬
‭ ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ │ mixed 95%                         ﺖﻟﺎﻗ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ▐│ everybody          9‬
‭                   ar · ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03 │   ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ▐│  +1    ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ 3‬
‭                                                  │                                         ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ▐│  +1      ﺔﻤﻌﻧ ﺮﻣﺎﺳ 3‬
‭                          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ 2024-11-03 │  carried by 2, first by ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ on 2024-11-03▐│ Nadia Farah        1‬
‭                                                  │ direct 95%                       ﺖﻓﺎﺿﺃ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ │          ﻍﺎﺒﺻ ﻢﻳﺮﻛ 1‬
‭  ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ┃│            «ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» │ unknown            1‬
‭ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ┃│                                                    │‬
‭                                           .ﻯﺮﻘﻟﺍ┃│  carried by 2, first by ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ on 2024-11-03 │‬
‭                                                  │                                                    │‬
‭ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ┃│                                                    │‬
‭                         .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ┃│                                                    │‬
‭                                                ? keys   / filter   enter read there   g s carriers   e speakers   i why   q back‬
"#);
    // Left and right are where the keys point.
    session.keys("h");
    assert_eq!(session.model.focus, Focus::Text);
    session.keys("l l");
    assert_eq!(session.model.focus, Focus::Names);
}

#[test]
fn speaker_cue_and_words_are_told_apart_without_colour() {
    let session = statements(130, 20);
    let looks = |theme: &Theme| {
        [Meaning::Speaker, Meaning::Cue, Meaning::Quote, Meaning::Text].map(|meaning| theme.style(meaning).add_modifier)
    };
    for name in Theme::names() {
        let [speaker, cue, _, text] = looks(&Theme::named(name).unwrap().without_colour());
        assert!(speaker != cue && speaker != text && cue != text, "{name}");
        // A terminal without italics shows them apart, too.
        let upright = |look: Modifier| look - Modifier::ITALIC;
        assert!(upright(speaker) != upright(cue) && upright(cue) != upright(text), "{name}");
    }
    // What was said has a bar beside it.
    let mut buf = Buffer::empty(Rect::new(0, 0, 130, 20));
    view(&session.model, &Theme::default().without_colour(), &mut buf);
    let text = session.model.panes().text.unwrap();
    let bars = (0..20).filter(|y| (text.x..text.x + text.width).any(|x| buf[(x, *y)].symbol() == "┃")).count();
    assert!(bars > 0);
}

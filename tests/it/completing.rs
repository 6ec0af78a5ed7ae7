//! Completing the filter line with one key: fields, their values and names that the archive knows; and parts that say nothing.

use insta::assert_snapshot;
use qala::{
    app::{Effect, Model, Msg, Size, update},
    domain::Offer,
    ui::{Meaning, Theme, view},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use crate::{made_up::MadeUp, session::Session};

fn line(session: &Session) -> &str {
    session.model.filter.text()
}

#[test]
fn fields_and_values_are_tried_one_after_the_other() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("t").keys("tab");
    assert_eq!(line(&session), "tag:");
    session.keys("tab");
    assert_eq!(line(&session), "title:");
    session.keys("tab");
    assert_eq!(line(&session), "t", "after the last comes what was typed");
    session.keys("S-tab S-tab");
    assert_eq!(line(&session), "tag:");
    session.keys("esc");
    assert_eq!((line(&session), session.model.filtering), ("t", true), "the first escape closes the list only");
    session.keys("backspace").types("is").keys("tab");
    assert_eq!((line(&session), session.model.proposes()), ("is:", false), "a single one is taken at once");
    session.keys("tab down enter");
    assert_eq!((line(&session), session.titles().len()), ("is:read ", 5), "what is taken is finished");
    session.keys("enter");
    assert!(!session.model.filtering, "without a list the key keeps the filter");
}

#[test]
fn the_list_stands_below_the_piece_and_leaves_hits_in_sight() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("نعمة by:").keys("tab");
    assert_snapshot!(session.lines(0..=8), @r#"
    ‭ / by:"ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ" ﺔﻤﻌﻧ                                        1 of 5 articles‬
    ‭│▌ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ  2  person       │───────────────────────────────────────────────‬
    ‭│ ﺔﻤﻌﻧ ﺮﻣﺎﺳ    3  person       │ﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭│ ﻍﺎﺒﺻ ﻢﻳﺮﻛ    1  person       │                      ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭│ Nadia Farah  1  person       │‬
    ‭│ ﺲﻠﺑﺍﺮﻃ       3  place        │‬
    ‭│ ﺭﻮﺻ          2  place        │‬
    ‭│ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ  3  organisation │‬
    ‭└──────────────────────────────┘‬
    "#);
    assert_eq!(session.model.list.total, 1, "what is tried is searched for");
    session.keys("S-tab enter");
    assert_eq!((line(&session), session.model.filtering), ("نعمة by:", false), "nothing was taken");
}

#[test]
fn in_an_empty_place_the_fields_are_shown() {
    let mut session = Session::new(80, 24);
    session.keys("/ tab");
    assert_snapshot!(session.lines(0..=9), @r#"
    ‭ / by:                                                          5 of 5 articles‬
    ‭ │▌by:     who says something in it                     │──────────────────────‬
    ‭▌│ about:  whom or what it mentions                     │ﻟﺍ ﻢﺳﻮﻣ :ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ‬
    ‭▌│ from:   the outlet                                   │ﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-11-03‬
    ‭ │ date:   when it was published: 2021-11, 2020..2021,… │‬
    ‭ │ lang:   the language: ar, en, ru                     │‬
    ‭ │ tag:    a tag that it bears                          │ﺋﺎﻔﻟﺍ ﺾﻔﺨﻳ ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭ │ is:     unread, read or starred                      │ﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21‬
    ‭ └─────────────────────────────────────────────── 1/12 ─┘‬
    ‭  2024-10-09 · Coast Wire‬
    "#);
    session.keys("S-tab S-tab").types("newest").keys("enter");
    assert_eq!(line(&session), "sort:newest");
}

#[test]
fn values_in_arabic_stand_where_the_line_has_them() {
    let mut session = Session::new(80, 24);
    session.model.lay_out(qala::app::Layout::Rtl);
    session.keys("/").types("عن:ص").keys("tab");
    assert_snapshot!(session.lines(0..=4), @r#"
    ‭ 1 of 5 articles                                               "ﻍﺎﺒﺻ ﻢﻳﺮﻛ":ﻦﻋ /‬
    ‭ ──────────────────────────────────────────────────────│ person  1  ﻍﺎﺒﺻ ﻢﻳﺮﻛ▐│‬
    ‭                                   ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺽﻭﺮﻗ ﻰﻠﻋ ﺓ│  place  2        ﺭﻮﺻ │▐‬
    ‭                                                     ﺄﻓ└──────────────────────┘▐‬
    ‭‬
    "#);
    session.keys("C-u").types("قا").keys("tab");
    assert_eq!(line(&session), "قائل:");
    session.types("ليلى").keys("tab");
    assert_eq!(line(&session), "قائل:\"ليلى الحداد\" ", "a name of several words is one value");
}

#[test]
fn a_phrase_keeps_its_quotation_marks_beside_latin_fields() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("is:read \"قره باغ\" -صور");
    assert_snapshot!(session.lines(0..=0), @r#"‭ / is:read "ﻍﺎﺑ ﻩﺮﻗ" ﺭﻮﺻ-                                       0 of 5 articles‬"#);
    // Arrows walk over the line as it stands there.
    let cells: Vec<u16> = (0..12)
        .map(|_| {
            session.keys("left");
            view(&session.model, &Theme::default(), &mut session.buffer()).map_or(0, |(x, _)| x)
        })
        .collect();
    assert!(cells.is_sorted_by(|one, other| one > other), "{cells:?}");
    session.keys("enter");
    assert_snapshot!(session.lines(0..=0), @r#"‭ /is:read "ﻍﺎﺑ ﻩﺮﻗ" ﺭﻮﺻ-                                        0 of 5 articles‬"#);
}

#[test]
fn a_word_becomes_a_name_that_it_begins() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("Nad").keys("tab");
    assert_eq!((line(&session), session.titles().len()), ("about:\"Nadia Farah\" ", 1));
    session.keys("C-u").types("zzz").keys("tab");
    let notice = session.model.notice.as_ref().map_or("", |notice| notice.text.as_str());
    assert_eq!((line(&session), notice), ("zzz", "nothing in the archive begins with \u{2068}zzz\u{2069}"));
    session.keys("C-u").types("\"a b\"").keys("tab");
    assert!(session.model.notice.is_some() && !session.model.proposes());
}

#[test]
fn what_is_typed_on_closes_the_list_and_late_offers_are_dropped() {
    let (mut model, _) = Model::new("late", Size::default());
    let press = |model: &mut Model, key: &str| update(model, Msg::Key(key.parse().unwrap()));
    for key in ["/", "f", "r", "o", "m", ":"] {
        press(&mut model, key);
    }
    let asked = press(&mut model, "tab").into_iter().find_map(|effect| match effect {
        Effect::Offer(ticket, ..) => Some(ticket),
        _ => None,
    });
    let offers = || ["Coast Wire", "Hill Radio"].map(|name| Offer { name: name.into(), kind: None, articles: Some(3) }).to_vec();
    press(&mut model, "C");
    update(&mut model, Msg::Offered(asked.unwrap(), offers()));
    assert_eq!((model.filter.text(), model.proposes()), ("from:C", false));
    press(&mut model, "backspace");
    let asked = press(&mut model, "tab").into_iter().find_map(|effect| match effect {
        Effect::Offer(ticket, ..) => Some(ticket),
        _ => None,
    });
    update(&mut model, Msg::Offered(asked.unwrap(), offers()));
    assert_eq!((model.filter.text(), model.proposes()), ("from:\"Coast Wire\"", true));
    press(&mut model, "x");
    assert!(!model.proposes());
}

#[test]
fn the_part_that_says_nothing_is_marked_without_colours_too() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("rain is:blue (");
    let marked = |session: &Session, theme: &Theme| {
        let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
        view(&session.model, theme, &mut buf);
        let fault = theme.style(Meaning::Fault).add_modifier;
        assert!(fault.contains(Modifier::UNDERLINED));
        let cells = (0..40).map(|x| &buf[(x, 0)]).filter(|cell| cell.modifier == fault && cell.symbol() != " ");
        cells.map(|cell| cell.symbol()).collect::<String>()
    };
    for name in Theme::names() {
        let theme = Theme::named(name).unwrap().without_colour();
        assert_eq!(marked(&session, &theme), "blue", "{name}: what may still be closed is no fault");
    }
    assert_eq!(session.titles().len(), 1, "the rest is answered");
    session.keys("enter");
    assert_eq!(marked(&session, &Theme::default()), "blue(");
}

#[test]
fn small_screens_have_room_for_some() {
    for (width, height) in [(80, 24), (40, 8), (20, 4), (12, 3), (5, 2)] {
        let mut session = Session::over(MadeUp::default(), width, height);
        session.keys("/ tab tab").pause();
        session.picture();
        session.types("about:").keys("tab tab tab").pause();
        session.picture();
    }
}

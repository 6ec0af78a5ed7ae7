//! Whole sessions without a terminal: keys in, picture out, over a made-up archive that answers at once.

use std::ops::Range;

use insta::assert_snapshot;
use proptest::prelude::*;
use qala::{
    app::{Anchor, Command, Context, Effect, Focus, Key, Keymap, Model, Msg, Size, Ticket, help, update},
    domain::{ArticleId, Fault, Page, Progress, Query, Report, Source},
    ui::{Library, Meaning, Screen, Theme, Transport, page_with, view},
};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::made_up::{self, MadeUp, Story};

/// A running program.
struct Session {
    model: Model,
    library: MadeUp,
    /// Timers that have not run out.
    waiting: Vec<Ticket>,
    /// Everything that was asked of the world.
    asked: Vec<Effect>,
    has_left: bool,
}

impl Session {
    fn over(library: MadeUp, width: u16, height: u16) -> Session {
        let (model, effects) = Model::new("~/archive", Size { width, height });
        let mut session = Session { model, library, waiting: Vec::new(), asked: Vec::new(), has_left: false };
        session.carry_out(effects);
        session
    }

    fn new(width: u16, height: u16) -> Session {
        Session::over(MadeUp::default(), width, height)
    }

    fn send(&mut self, msg: Msg) -> &mut Session {
        let effects = update(&mut self.model, msg);
        self.carry_out(effects);
        self
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(effect.clone());
            match effect {
                Effect::Search { ticket, query, range, anchor } => {
                    let page = page_with(&mut self.library, &query, range, anchor).unwrap();
                    self.send(Msg::Found(ticket, page));
                }
                Effect::Read(ticket, id, query) => {
                    let reading = self.library.read(id, &query).unwrap().map(Box::new);
                    self.send(Msg::Read(ticket, reading));
                }
                Effect::Refresh if self.library.refresh().unwrap() => drop(self.send(Msg::Changed)),
                Effect::After(ticket, _) => self.waiting.push(ticket),
                Effect::Quit => self.has_left = true,
                Effect::Refresh | Effect::Redraw | Effect::Suspend => {}
            }
        }
    }

    /// Presses keys, as key files write them.
    fn keys(&mut self, keys: &str) -> &mut Session {
        for key in keys.split(' ') {
            self.send(Msg::Key(key.parse().unwrap()));
        }
        self
    }

    /// Types characters one by one.
    fn types(&mut self, text: &str) -> &mut Session {
        for c in text.chars() {
            self.send(Msg::Key(Key::Char(c)));
        }
        self
    }

    /// Lets all timers run out.
    fn pause(&mut self) -> &mut Session {
        for ticket in std::mem::take(&mut self.waiting) {
            self.send(Msg::Elapsed(ticket));
        }
        self
    }

    fn buffer(&self) -> Buffer {
        let Size { width, height } = self.model.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.model, &Theme::default(), &mut buf);
        buf
    }

    /// The rows of the screen. Each is wrapped in an override, for they are in visual order already and editors would reorder them.
    fn picture(&self) -> String {
        rows(&self.buffer()).iter().map(|row| format!("\u{202D}{}\u{202C}\n", row.trim_end())).collect()
    }

    fn text_shown(&self) -> Option<ArticleId> {
        self.model.reader.reading.as_ref().map(|reading| reading.article.id)
    }

    fn cursor(&self) -> Option<ArticleId> {
        self.model.list.current().map(|hit| hit.id)
    }

    fn titles(&self) -> Vec<String> {
        (0..self.model.list.total).filter_map(|n| self.model.list.hit(n)).map(|hit| hit.title.clone()).collect()
    }
}

fn rows(buf: &Buffer) -> Vec<String> {
    let width = usize::from(buf.area.width).max(1);
    buf.content.chunks(width).map(|row| row.iter().map(|cell| cell.symbol()).collect()).collect()
}

#[test]
fn the_first_picture_needs_no_archive() {
    let (model, effects) = Model::new("~/archive", Size { width: 60, height: 6 });
    let waiting = Session { model, library: MadeUp::default(), waiting: vec![], asked: vec![], has_left: false };
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
    ‭          ﺄﻓﺮﻤﻟﺍ ﺔﻔﻴﺤﺻ · 2024-10-21 │  ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ │   1                ﺭﻮﺻ‬
    ‭  Rain returns to the hills         │          .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ │ Organisations 1‬
    ‭  2024-10-09 · Coast Wire           │                                                          │   1        ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ‬
    ‭       ﺲﻠﺑﺍﺮﻃ ﻲﻓ ﺏﺎﺘﻜﻟﺍ ﺽﺮﻌﻣ ﺡﺎﺘﺘﻓﺍ │      ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ │‬
    ‭            ﻞﺘﻟﺍ ﻮﻳﺩﺍﺭ · 2024-09-30 │                                    .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ │‬
    ‭                                    │                                                          │‬
    ‭                                    │    ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ │‬
    ‭                                    │      ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ │‬
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
    ‭    ﻦﻣ ﻞﻀﻓﺃ" ﻡﺎﻌﻟﺍ ﺍﺬﻫ ﻥﻮﺘﻳﺰﻟﺍ ﻢﺳﻮﻣ ﻥﺇ ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ ﺔﻋﺍﺭﺰﻟﺍ ﺓﺮﻳﺯﻭ ﺖﻟﺎﻗ - ﺲﻠﺑﺍﺮﻃ‬
    ‭                                                  .ﻯﺮﻘﻟﺍ ﻢﻈﻌﻣ ﻲﻓ "ﻲﺿﺎﻤﻟﺍ ﻡﺎﻌﻟﺍ‬
    ‭‬
    ‭     .«ﻝﺩﺎﻋ ﺮﻌﺴﺑ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﻦﻣ ﻦﻃ 1200 ﻱﺮﺘﺸﻨﺳ» :ﺭﻮﺻ ﻰﻟﺇ ﺓﺭﺎﻳﺯ ﻝﻼﺧ ﺩﺍﺪﺤﻟﺍ ﺖﻓﺎﺿﺃﻭ‬
    ‭‬
    ‭     ﺍﺮﻴﺸﻣ ،ﺭﺎﺠﺷﻷﺍ ﺕﺬﻘﻧﺃ ﺓﺮﻜﺒﻤﻟﺍ ﺭﺎﻄﻣﻷﺍ ﻥﺃ ﺔﻤﻌﻧ ﺮﻣﺎﺳ ﻦﻴﻋﺭﺍﺰﻤﻟﺍ ﺩﺎﺤﺗﺍ ﺲﻴﺋﺭ ﺪﻛﺃﻭ‬
    ‭                                       .ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻣ ﺎﺿﻭﺮﻗ ﺐﻠﻃ ﺩﺎﺤﺗﻻﺍ ﻥﺃ ﻰﻟﺇ‬
    ‭ ? keys   / filter   tab next pane   e names   q back‬
    "#);
    session.keys("e");
    assert_snapshot!(rows(&session.buffer())[1..8].join("\n"), @r#"
     Names ──────────────────────────────────────────────────────────────────────── 
     People 2                                                                       
    ▌  2                                                                ﺩﺍﺪﺤﻟﺍ ﻰﻠﻴﻟ 
       1                                                                  ﺔﻤﻌﻧ ﺮﻣﺎﺳ 
     Places 2                                                                       
       1                                                                     ﺲﻠﺑﺍﺮﻃ 
       1                                                                        ﺭﻮﺻ
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
fn the_text_follows_the_cursor_when_keys_pause() {
    let mut session = Session::new(120, 30);
    assert_eq!(session.text_shown(), Some(ArticleId(0)));
    session.keys("j j j");
    assert_eq!((session.cursor(), session.text_shown()), (Some(ArticleId(3)), Some(ArticleId(0))));
    let read = |session: &Session| session.asked.iter().filter(|effect| matches!(effect, Effect::Read(..))).count();
    let before = read(&session);
    session.pause();
    assert_eq!(session.text_shown(), Some(ArticleId(3)));
    assert_eq!(read(&session), before + 1, "articles that were passed are not read");
}

#[test]
fn the_filter_narrows_the_list_at_each_key() {
    let mut session = Session::new(120, 30);
    session.keys("/");
    let mut totals = Vec::new();
    for c in "مصرف".chars() {
        session.send(Msg::Key(Key::Char(c)));
        totals.push(session.model.list.total);
    }
    assert_eq!(totals, [3, 2, 2, 2]);
    session.pause();
    assert_snapshot!(rows(&session.buffer())[0].trim_end(), @r#" / ﻑﺮﺼﻣ                                                                                                 2 of 5 articles"#);
    session.keys("enter j");
    assert_eq!((session.model.filter.text(), session.cursor()), ("مصرف", Some(ArticleId(2))));
    session.keys("esc");
    assert!(!session.model.is_narrowed());
    assert_eq!(session.cursor(), Some(ArticleId(2)), "clearing the filter stays on the article");
}

#[test]
fn escape_while_typing_goes_back_to_where_filtering_began() {
    let mut session = Session::over(MadeUp::of_size(10_000), 120, 30);
    session.keys("4 3 2 1 G /").types("rain").pause();
    assert_eq!(session.cursor(), Some(ArticleId(3)));
    session.keys("esc");
    assert_eq!(session.cursor(), Some(ArticleId(4320)));
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
fn n_walks_the_hits_of_an_article_and_then_of_the_next() {
    let mut session = Session::new(120, 30);
    session.keys("/").types("سامر").pause().keys("enter");
    assert_eq!(session.model.list.total, 2);
    session.keys("n");
    assert_eq!((session.text_shown(), session.model.reader.hit_here()), (Some(ArticleId(0)), Some(1)));
    session.keys("n").pause();
    assert_eq!((session.text_shown(), session.model.reader.hit_here()), (Some(ArticleId(2)), Some(1)));
    session.keys("n").pause();
    assert_eq!(session.model.notice.as_ref().map(|notice| notice.text.as_str()), Some("this was the last hit"));
    session.keys("N").pause();
    assert_eq!((session.text_shown(), session.model.reader.hit_here()), (Some(ArticleId(0)), Some(1)));
}

#[test]
fn choosing_a_name_narrows_the_list_and_the_scope_stays_in_sight() {
    let mut session = Session::new(120, 30);
    session.keys("e j enter");
    assert_eq!(session.model.focus, Focus::List);
    assert_eq!(session.titles().len(), 3);
    assert_eq!(session.cursor(), Some(ArticleId(0)));
    assert_snapshot!(rows(&session.buffer())[0].trim_end(), @r#"   about: ﺔﻤﻌﻧ ﺮﻣﺎﺳ                                                                                     3 of 5 articles"#);
    session.keys("/").types("rain").keys("enter");
    assert_eq!(session.titles(), ["Rain returns to the hills"]);
    session.keys("esc");
    assert_eq!(session.titles().len(), 3, "first the filter is cleared");
    session.keys("backspace");
    assert_eq!(session.titles().len(), 5);
}

#[test]
fn names_in_the_text_are_walked_and_narrow_the_list_too() {
    let mut session = Session::new(120, 30);
    session.keys("enter ] e ] e");
    assert_eq!(session.model.reader.entity_here().map(|entity| entity.id.0.as_str()), Some("haddad"));
    session.keys("[ e");
    assert_eq!(session.model.reader.entity_here().map(|entity| entity.id.0.as_str()), Some("tripoli"));
    session.keys("enter");
    assert_eq!(session.model.topics.iter().map(|topic| topic.id.0.as_str()).collect::<Vec<_>>(), ["tripoli"]);
    assert_eq!(session.titles().len(), 3);
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
fn commands_work_while_an_arabic_keyboard_is_active() {
    let mut session = Session::new(120, 30);
    session.keys("ت ت ن").pause();
    assert_eq!(session.cursor(), Some(ArticleId(1)));
    session.keys("ظ ص و ر");
    assert_eq!(session.model.filter.text(), "صور", "in the filter line they are letters");
    session.keys("esc ض");
    assert!(session.has_left);
}

#[test]
fn a_hundred_thousand_articles_are_crossed_at_once() {
    let mut session = Session::over(MadeUp::of_size(100_000), 120, 30);
    for (keys, at) in [("G", 99_999), ("k", 99_998), ("5 0 0 0 0 G", 49_999), ("page-down", 50_011), ("g g", 0), ("1 2 j", 12)] {
        session.keys(keys).pause();
        assert_eq!((session.cursor(), session.text_shown()), (Some(ArticleId(at)), Some(ArticleId(at))), "{keys}");
        assert!(session.model.list.held() < 300);
        assert!(!session.picture().contains('…') || session.model.list.visible(13).all(|n| session.model.list.hit(n).is_some()));
    }
}

#[test]
fn space_reads_on_to_the_next_article() {
    let mut session = Session::new(80, 16);
    let mut presses = 0;
    while session.text_shown() == Some(ArticleId(0)) {
        session.keys("space").pause();
        presses += 1;
    }
    assert_eq!((session.text_shown(), session.model.reader.top), (Some(ArticleId(1)), 0));
    assert!(presses > 1, "the text is longer than the pane");
}

#[test]
fn a_late_answer_is_dropped() {
    let (mut model, first) = Model::new("", Size::default());
    update(&mut model, Msg::Key(Key::Char('/')));
    let second = update(&mut model, Msg::Key(Key::Char('r')));
    let answer = |effect: &Effect| match effect {
        Effect::Search { ticket, query, range, .. } => {
            Msg::Found(*ticket, MadeUp::default().search(query, range.clone()).unwrap())
        }
        other => panic!("{other:?}"),
    };
    update(&mut model, answer(&second[0]));
    let total = model.list.total;
    assert!(update(&mut model, answer(&first[0])).is_empty());
    assert_eq!(model.list.total, total);

    let late = Msg::Read(Ticket(10_000), None);
    assert!(update(&mut model, late).is_empty());
    assert_eq!(model.notice, None);
}

#[test]
fn the_list_fills_while_files_are_read_and_the_cursor_stays() {
    let mut session = Session::over(MadeUp { articles: 0, ..MadeUp::default() }, 80, 12);
    session.send(Msg::Importing(Progress { bytes_read: 0, bytes_total: 2_000_000, read: 0, committed: 0 }));
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
    (session.library.articles, session.library.changed) = (3, true);
    session.send(Msg::Importing(Progress { bytes_read: 1_500_000, bytes_total: 2_000_000, read: 4, committed: 3 }));
    session.keys("j").pause();
    (session.library.articles, session.library.changed) = (5, true);
    let failed = vec![Fault { source: Source { file: "bad.txt".into(), item: None }, reason: "is empty".into() }];
    session.send(Msg::Imported(Report { read: 6, added: 5, failed, ..Report::default() }));
    assert_eq!((session.model.list.total, session.cursor()), (5, Some(ArticleId(1))));
    assert_snapshot!(rows(&session.buffer())[11].trim_end(), @r#" 5 new articles, 1 not readable (first: bad.txt is empty)"#);
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
    ‭‬
    ‭ Nothing found for ﺔﻓﺍﺭﺯ‬
    ‭‬
    ‭ Esc clears the filter, Backspace in the list takes back a name.‬
    ‭ Text ───────────────────────────────────────────────────────────────‬
    ‭‬
    ‭‬
    ‭‬
    ‭‬
    ‭ enter keep   esc clear   down next   f1 all keys‬
    "#);
}

#[test]
fn an_article_is_found_again_after_many_came_before_it() {
    let mut library = MadeUp::of_size(5_000);
    let anchor = Some(Anchor { id: ArticleId(1_500), near: 400 });
    let page = page_with(&mut library, &Query::default(), 280..520, anchor).unwrap();
    assert!(page.hits.iter().any(|hit| hit.id == ArticleId(1_500)));
    let page = page_with(&mut library, &Query::default(), 280..520, Some(Anchor { id: ArticleId(4_999), near: 400 })).unwrap();
    assert_eq!(page.first, 280, "what is too far away is given up");
}

#[test]
fn every_command_is_bound_and_listed_in_help() {
    let map = Keymap::default();
    let bound: Vec<Command> =
        Context::ALL.iter().flat_map(|context| map.bindings(*context, &[])).map(|(_, command)| command).collect();
    let mut listed: Vec<&str> = Vec::new();
    // A name in the text is chosen, a filter set and the list narrowed, so that everything works.
    for keys in ["h", "enter ] e", "tab", "/"] {
        let mut session = Session::new(120, 30);
        session.keys("e j enter /").types("سامر").pause().keys("enter").keys(keys);
        listed.extend(help(&session.model).iter().map(|line| line.help));
    }
    for command in Command::ALL {
        assert!(bound.contains(command), "no key runs '{}'", command.name());
        assert!(listed.contains(&command.help()), "'{}' is in no help", command.name());
    }
}

#[test]
fn help_lists_what_works_here_and_scrolls() {
    let mut session = Session::new(80, 12);
    session.keys("?");
    assert_snapshot!(session.picture(), @r#"
    ‭ Keys that work here  j: 16 more‬
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
    assert_eq!((session.model.help, session.has_left), (None, false));
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

#[test]
fn a_paste_becomes_a_filter_on_one_line() {
    let mut session = Session::new(80, 12);
    session.send(Msg::Paste("  rain\r\n\u{1b}[31mhills ".into()));
    assert_eq!(session.model.filter.text(), "rain  \u{FFFD}[31mhills");
}

/// A terminal's worth of bytes for each picture.
fn bytes(session: &Session, screen: &mut Screen<Vec<u8>>) -> Vec<u8> {
    screen.draw(&session.model).unwrap();
    std::mem::take(screen.out())
}

#[test]
fn a_move_in_the_list_costs_little_and_an_idle_screen_nothing() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut session = Session::over(MadeUp::of_size(100_000), width, height);
        let mut screen = Screen::new(Vec::new(), Theme::default(), Transport::Visual);
        bytes(&session, &mut screen);
        session.keys("j");
        let moved = bytes(&session, &mut screen).len();
        assert!(moved <= 150, "{moved} bytes at {width}x{height}");
        assert_eq!(bytes(&session, &mut screen).len(), 0);
        session.keys("k").pause();
        bytes(&session, &mut screen);
        session.keys("]").keys("esc");
        assert_eq!(bytes(&session, &mut screen).len(), 0, "nothing is left behind");
    }
}

#[test]
fn no_text_of_an_article_can_drive_the_terminal() {
    const WILD: [Story; 1] = [(
        "\u{1b}[2Jtitle\u{202E}\u{9b}1m",
        "2024-11-03",
        "\u{7}outlet\u{2066}",
        "body \u{1b}]0;x\u{7} \u{200F}\u{202D}قال\u{2069} \u{85} end",
    )];
    let mut session = Session::over(MadeUp::of(&WILD), 80, 24);
    let mut screen = Screen::new(Vec::new(), Theme::default(), Transport::Visual);
    session.keys("/").types("end").pause();
    let sent = String::from_utf8(bytes(&session, &mut screen)).unwrap();
    // What the program sends itself: CSI sequences of parameters and a letter.
    let mut rest = sent.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        let tail = rest[at + 1..].strip_prefix('[').expect("only CSI sequences");
        let end = tail.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        assert!(tail[..end].chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | '?')), "{:?}", &tail[..=end]);
        rest = &tail[end + 1..];
    }
    let stray = |c: char| {
        (c.is_control() && c != '\u{1b}')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!sent.contains(stray), "{sent:?}");
    assert!(session.buffer().content.iter().all(|cell| !cell.symbol().contains(char::is_control)));
}

/// Key presses, pauses and sizes in any order.
fn event() -> impl Strategy<Value = Result<Msg, ()>> {
    let named = "j|k|g|G|n|N|e|h|l|q|/|\\?|\\]|\\[|J|K|-|[1-9]|enter|esc|tab|S-tab|backspace|delete|down|up|left|right|space|home|end|page-down|page-up|C-d|C-u|C-w|C-l";
    prop_oneof![
        12 => named.prop_map(|name| Ok(Msg::Key(name.parse().unwrap()))),
        2 => "[a-zا-ي ]".prop_map(|c| Ok(Msg::Key(Key::Char(c.chars().next().unwrap())))),
        1 => any::<char>().prop_map(|c| Ok(Msg::Key(Key::Char(c)))),
        3 => Just(Err(())),
        2 => (1u16..200, 1u16..60).prop_map(|(width, height)| Ok(Msg::Resize(Size { width, height }))),
        1 => "\\PC{0,20}".prop_map(|text| Ok(Msg::Paste(text))),
        1 => (0u64..9).prop_map(|n| Ok(Msg::Importing(Progress { bytes_read: n, bytes_total: 9, read: n, committed: n }))),
        1 => Just(Ok(Msg::Changed)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn nothing_that_happens_breaks_the_model(events in prop::collection::vec(event(), 0..50), articles in 0usize..700) {
        let mut session = Session::over(MadeUp::of_size(articles), 80, 24);
        for event in events {
            match event {
                Ok(msg) => session.send(msg),
                Err(()) => session.pause(),
            };
            let list = &session.model.list;
            prop_assert!(list.cursor < list.total.max(1));
            prop_assert!(list.visible(session.model.entries()).contains(&list.cursor) || list.total == 0);
            prop_assert!(session.model.panel.cursor < session.model.panel.names.len().max(1));
            session.buffer();
        }
        session.pause();
        prop_assert_eq!(session.text_shown(), session.cursor(), "the text is that of the cursor when keys pause");
    }
}

#[test]
fn no_size_is_too_small() {
    for (width, height) in
        [(1, 1), (2, 1), (1, 2), (3, 3), (7, 4), (20, 5), (59, 2), (60, 3), (99, 4), (100, 5), (120, 3), (200, 60)]
    {
        let mut session = Session::new(width, height);
        session.buffer();
        for keys in ["?", "q", "e", "tab", "/ ق", "esc", "]"] {
            session.keys(keys).pause();
            session.buffer();
        }
    }
}

#[test]
fn the_made_up_archive_answers_like_a_real_one() {
    let mut library = MadeUp::default();
    let pages: Vec<Page> = [0..2, 2..9].map(|range: Range<usize>| library.search(&Query::default(), range).unwrap()).to_vec();
    assert_eq!(pages.iter().map(|page| page.hits.len()).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(made_up::STORIES.len(), 5);
}

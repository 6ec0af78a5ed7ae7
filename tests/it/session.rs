//! Whole sessions without a terminal: keys in, what is shown out, over a made-up archive that answers at once.

use std::{
    borrow::Cow,
    ops::{ControlFlow, Range, RangeInclusive},
};

use insta::assert_snapshot;
use qala::{
    app::{Anchor, Command, Context, Effect, Focus, Key, Keymap, Model, Msg, Size, Ticket, help, update},
    domain::{ArticleId, Page, Query, Suggestion, Way},
    ui::{Library, Theme, decisions, later, page_with, statements, view},
};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::made_up::{self, MadeUp};

/// A running program.
pub struct Session {
    pub model: Model,
    pub archive: MadeUp,
    /// Timers that have not run out.
    pub waiting: Vec<(Ticket, u64)>,
    /// Everything that was asked of the world.
    pub asked: Vec<Effect>,
    pub has_left: bool,
}

impl Session {
    pub fn over(archive: MadeUp, width: u16, height: u16) -> Session {
        let (mut session, effects) = Session::unanswered(archive, width, height);
        session.carry_out(effects);
        session
    }

    /// One that has asked its first questions and heard nothing yet.
    pub fn unanswered(archive: MadeUp, width: u16, height: u16) -> (Session, Vec<Effect>) {
        let (model, effects) = Model::new("~/archive", Size { width, height });
        (Session { model, archive, waiting: Vec::new(), asked: Vec::new(), has_left: false }, effects)
    }

    pub fn new(width: u16, height: u16) -> Session {
        Session::over(MadeUp::default(), width, height)
    }

    pub fn send(&mut self, msg: Msg) -> &mut Session {
        let effects = update(&mut self.model, msg);
        self.carry_out(effects);
        self
    }

    pub fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(effect.clone());
            match effect {
                Effect::Search { ticket, query, range, anchor } => {
                    let page = page_with(&mut self.archive, &query, range, anchor).unwrap();
                    self.send(Msg::Found(ticket, page));
                }
                Effect::Read(ticket, id, query) => {
                    let reading = self.archive.read(id, &query).unwrap().map(Box::new);
                    self.send(Msg::Read(ticket, reading));
                }
                Effect::Refresh if self.archive.refresh().unwrap() => drop(self.send(Msg::Changed)),
                Effect::After(ticket, milliseconds) => self.waiting.push((ticket, milliseconds)),
                Effect::Quit => self.has_left = true,
                Effect::Copy { .. } | Effect::Visit(_) | Effect::Show { .. } | Effect::Pipe { .. } | Effect::Set(..) => {}
                Effect::Refresh | Effect::Redraw | Effect::NextBidi | Effect::Suspend => {}
                Effect::Said { .. } | Effect::Speakers { .. } | Effect::Carriers { .. } => {
                    let msg = statements(&mut self.archive, &effect).unwrap();
                    self.send(msg.expect("an effect that is about statements"));
                }
                Effect::Finish(..)
                | Effect::FinishSaid(..)
                | Effect::Facets(..)
                | Effect::Timeline(..)
                | Effect::Explain(..)
                | Effect::Snippets(..)
                | Effect::Offer(..)
                | Effect::Searches
                | Effect::SaveSearch(_)
                | Effect::DeleteSearch(_) => {
                    let msg = later(&mut self.archive, &effect, &mut || ControlFlow::Continue(())).unwrap();
                    if let Some(msg) = msg {
                        self.send(msg);
                    }
                }
                other => {
                    let msg = decisions(&mut self.archive, &other).unwrap();
                    self.send(msg.expect("an effect that is about decisions"));
                }
            }
        }
    }

    /// Presses keys, as key files write them.
    pub fn keys(&mut self, keys: &str) -> &mut Session {
        for key in keys.split(' ') {
            self.send(Msg::Key(key.parse().unwrap()));
        }
        self
    }

    /// Types characters one by one.
    pub fn types(&mut self, text: &str) -> &mut Session {
        for c in text.chars() {
            self.send(Msg::Key(Key::Char(c)));
        }
        self
    }

    /// Presses nothing for so many milliseconds.
    pub fn wait(&mut self, milliseconds: u64) -> &mut Session {
        let (over, still): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.waiting).into_iter().partition(|(_, after)| *after <= milliseconds);
        self.waiting = still;
        for (ticket, _) in over {
            self.send(Msg::Elapsed(ticket));
        }
        self
    }

    /// Presses nothing for a moment.
    pub fn pause(&mut self) -> &mut Session {
        self.wait(500)
    }

    /// Reads for a while.
    pub fn rest(&mut self) -> &mut Session {
        self.wait(u64::MAX)
    }

    pub fn buffer(&self) -> Buffer {
        let Size { width, height } = self.model.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.model, &Theme::default(), &mut buf);
        buf
    }

    /// The rows of the screen. Each is wrapped in an override, for they are in visual order already and editors would reorder them.
    pub fn picture(&self) -> String {
        rows(&self.buffer()).iter().map(|row| format!("\u{202D}{}\u{202C}\n", row.trim_end())).collect()
    }

    /// Some rows of the picture.
    pub fn lines(&self, rows: RangeInclusive<usize>) -> String {
        let picture = self.picture();
        let lines = picture.lines().skip(*rows.start()).take(rows.end() + 1 - rows.start());
        lines.collect::<Vec<&str>>().join("\n")
    }

    pub fn text_shown(&self) -> Option<ArticleId> {
        self.model.reader.reading.as_ref().map(|reading| reading.article.id)
    }

    pub fn cursor(&self) -> Option<ArticleId> {
        self.model.list.current().map(|hit| hit.id)
    }

    pub fn titles(&self) -> Vec<String> {
        (0..self.model.list.total).filter_map(|n| self.model.list.at(n)).map(|hit| hit.title.clone()).collect()
    }
}

fn rows(buf: &Buffer) -> Vec<String> {
    let width = usize::from(buf.area.width).max(1);
    buf.content.chunks(width).map(|row| row.iter().map(|cell| cell.symbol()).collect()).collect()
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
fn what_is_to_be_copied_before_the_list_is_there_is_copied_when_it_is() {
    for (articles, copied) in [(3, 1), (0, 0)] {
        let (mut session, effects) = Session::unanswered(MadeUp::of_size(articles), 100, 20);
        session.keys("y a");
        session.carry_out(effects);
        let copies = session.asked.iter().filter(|effect| matches!(effect, Effect::Copy { .. })).count();
        assert_eq!(copies, copied, "of {articles} articles");
        assert_eq!(session.picture().contains("there is no article here"), copied == 0);
    }
}

#[test]
fn on_a_line_that_answers_late_keys_pause_longer_before_a_text_is_sent() {
    for (answered_after, pause) in [(None, 60), (Some(5), 60), (Some(300), 150), (Some(4000), 500)] {
        let mut session = Session::new(100, 20);
        if let Some(after) = answered_after {
            session.send(Msg::Answered(after));
        }
        session.keys("j").wait(pause - 1);
        assert_ne!(session.text_shown(), session.cursor(), "{answered_after:?}");
        session.wait(pause);
        assert_eq!(session.text_shown(), session.cursor(), "{answered_after:?}");
    }
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
    assert_snapshot!(session.lines(0..=0), @r#"‭ / ﻑﺮﺼﻣ                                                                                                 2 of 5 articles‬"#);
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
    assert_snapshot!(session.lines(0..=0), @r#"‭   about: ﺔﻤﻌﻧ ﺮﻣﺎﺳ                                                                                     3 of 5 articles‬"#);
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
fn an_article_is_found_again_after_many_came_before_it() {
    let mut library = MadeUp::of_size(5_000);
    let anchor = Some(Anchor { id: ArticleId(1_500), near: 400 });
    let page = page_with(&mut library, &Query::default(), 280..520, anchor).unwrap();
    assert!(page.hits.iter().any(|hit| hit.id == ArticleId(1_500)));
    let page = page_with(&mut library, &Query::default(), 280..520, Some(Anchor { id: ArticleId(5_001), near: 400 })).unwrap();
    assert_eq!(page.first, 280, "what is gone cannot be stayed on");
}

#[test]
fn every_command_is_bound_and_listed_in_help() {
    let map = Keymap::default();
    let bound: Vec<Command> =
        Context::ALL.iter().flat_map(|context| map.bindings(*context, &[])).map(|(_, command)| command).collect();
    let mut listed: Vec<Cow<'static, str>> = Vec::new();
    // A name in the text is chosen, a filter set, the list narrowed and a spelling offered, so that everything works.
    let more = ["f f", "g t", "f w x enter f s", "g q"];
    for keys in ["h", "enter ] e", "tab", "/", ":", "s g h", "enter v", "enter v a x enter"].into_iter().chain(more) {
        let mut session = Session::new(120, 30);
        session.keys("e j enter /").types("سامر").pause().keys("enter").keys(keys);
        let way = Way::Retyped("x".into());
        session.model.offered = Some(Suggestion { query: Query::default(), articles: 20, way });
        listed.extend(help(&session.model).into_iter().map(|line| line.help));
    }
    for command in Command::ALL {
        assert!(bound.contains(command) || *command == Command::Set, "no key runs '{}'", command.name());
        assert!(listed.iter().any(|help| help == command.help()), "'{}' is in no help", command.name());
    }
}

#[test]
fn a_paste_becomes_a_filter_on_one_line() {
    let mut session = Session::new(80, 12);
    session.send(Msg::Paste("  rain\r\n\u{1b}[31mhills ".into()));
    assert_eq!(session.model.filter.text(), "rain  \u{FFFD}[31mhills");
}

#[test]
fn the_made_up_archive_answers_like_a_real_one() {
    let mut library = MadeUp::default();
    let pages: Vec<Page> = [0..2, 2..9].map(|range: Range<usize>| library.search(&Query::default(), range).unwrap()).to_vec();
    assert_eq!(pages.iter().map(|page| page.hits.len()).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(made_up::STORIES.len(), 5);
}

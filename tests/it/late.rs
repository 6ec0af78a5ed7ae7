//! What must hold when answers come late, in any order and between any keys, and when everything decided is undone.

use std::ops::ControlFlow;

use proptest::prelude::*;
use qala::{
    app::{Effect, Key, Model, Msg, Pointer, Size, Ticket, update},
    domain::{ArticleId, Decision, Marks},
    ui::{Library, Theme, decisions, later, page_with, statements, view},
};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{made_up::MadeUp, session::Session};

/// A program whose questions are answered when the test says so.
struct Late {
    model: Model,
    archive: MadeUp,
    open: Vec<Effect>,
    timers: Vec<Ticket>,
}

impl Late {
    fn over(articles: usize, size: Size) -> Late {
        let (model, effects) = Model::new("late", size);
        let archive = MadeUp { unread: true, in_time: Some(3), ..MadeUp::of_size(articles) };
        let mut late = Late { model, archive, open: Vec::new(), timers: Vec::new() };
        late.ask(effects);
        late
    }

    fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.ask(effects);
    }

    fn ask(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::After(ticket, _) => self.timers.push(ticket),
                effect => self.open.push(effect),
            }
        }
    }

    /// Answers one open question.
    fn answer(&mut self, nth: usize) {
        if self.open.is_empty() {
            return;
        }
        let msg = match self.open.remove(nth % self.open.len()) {
            Effect::Search { ticket, query, range, anchor } => {
                Msg::Found(ticket, page_with(&mut self.archive, &query, range, anchor).unwrap())
            }
            Effect::Read(ticket, id, query) => Msg::Read(ticket, self.archive.read(id, &query).unwrap().map(Box::new)),
            Effect::Set(setting, value) => Msg::Set(setting, value),
            other @ (Effect::Said { .. } | Effect::Speakers { .. } | Effect::Carriers { .. }) => {
                statements(&mut self.archive, &other).unwrap().expect("an effect that is about statements")
            }
            other @ (Effect::Finish(..) | Effect::FinishSaid(..)) => {
                later(&mut self.archive, &other, &mut || ControlFlow::Continue(())).unwrap().expect("a page")
            }
            other => match decisions(&mut self.archive, &other).unwrap() {
                Some(msg) => msg,
                None => return,
            },
        };
        self.send(msg);
    }

    /// Lets time pass until nothing is open.
    fn settle(&mut self) {
        for _ in 0..1000 {
            if !self.open.is_empty() {
                self.answer(0);
            } else if let Some(ticket) = self.timers.pop() {
                self.send(Msg::Elapsed(ticket));
            } else {
                return;
            }
        }
        panic!("it never comes to rest: {:?}", self.open);
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let list = &self.model.list;
        prop_assert!(list.cursor < list.total.max(1));
        prop_assert!(self.model.panel.cursor < self.model.panel.names.len().max(1));
        let Size { width, height } = self.model.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let caret = view(&self.model, &Theme::default(), &mut buf);
        prop_assert!(caret.is_none_or(|(x, y)| x < width && y < height), "{caret:?} on {width}x{height}");
        Ok(())
    }
}

#[derive(Clone, Debug)]
enum Act {
    Send(Msg),
    Answer(usize),
    Wait,
}

fn key() -> impl Strategy<Value = Key> {
    let named = "v|y|w|b|o|p|C-r|:|r|R|s|t|T|a|u|j|k|g|G|n|N|e|h|l|q|/|\\?|\\]|\\[|J|K|\\||-|[0-9]|enter|esc|tab|S-tab|backspace|down|up|left|right|space|home|end|page-down|page-up|C-d|C-u|C-g";
    prop_oneof![
        8 => named.prop_map(|name| name.parse().unwrap()),
        1 => "[a-zا-ي ]".prop_map(|c| Key::Char(c.chars().next().unwrap())),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let pointer = prop::sample::select(vec![Pointer::Click, Pointer::WheelUp, Pointer::WheelDown]);
    prop_oneof![
        12 => key().prop_map(|key| Act::Send(Msg::Key(key))),
        8 => (0usize..4).prop_map(Act::Answer),
        2 => Just(Act::Wait),
        2 => (pointer, 0u16..250, 0u16..80).prop_map(|(pointer, x, y)| Act::Send(Msg::Mouse(pointer, x, y))),
        1 => (1u16..250, 1u16..80).prop_map(|(width, height)| Act::Send(Msg::Resize(Size { width, height }))),
        1 => Just(Act::Send(Msg::Changed)),
        1 => "(set (layout|keys|mouse|theme) ?(rtl|ltr|auto|vim|mutt|on|light)?)|star|history|select|read-all|first|first"
            .prop_map(|line| Act::Send(Msg::Paste(line))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn late_answers_break_nothing(acts in prop::collection::vec(act(), 0..80), articles in 0usize..600, width in 1u16..200, height in 1u16..70) {
        let mut late = Late::over(articles, Size { width, height });
        for act in acts {
            match act {
                Act::Send(msg) => late.send(msg),
                Act::Answer(nth) => late.answer(nth),
                Act::Wait => {
                    for ticket in std::mem::take(&mut late.timers) {
                        late.send(Msg::Elapsed(ticket));
                    }
                }
            }
            late.check()?;
        }
        late.settle();
        late.check()?;
        let shown = late.model.reader.reading.as_ref().map(|reading| reading.article.id);
        prop_assert_eq!(shown, late.model.article_here(), "at rest the text is that of the cursor");
    }

    #[test]
    fn undoing_everything_leads_back_to_the_first_state(keys in prop::collection::vec("s|r|R|j|k|J|K|\\]|u|C-r|t|T|a|v|enter|tab|esc|x|y|backspace|G|space", 0..60)) {
        let mut session = Session::over(MadeUp { unread: true, ..MadeUp::default() }, 80, 24);
        let states = |session: &Session| -> Vec<Marks> {
            (0..5).map(|n| Marks { position: 0, ..session.archive.marks(ArticleId(n)) }).collect()
        };
        let first = states(&session);
        for key in keys {
            session.keys(&key).rest();
        }
        session.keys("esc esc esc esc");
        let last = states(&session);
        let steps = session.archive.done.len();
        let decides_something = |changes: &[qala::domain::Change]| {
            changes.iter().any(|change| !matches!(change.decision, Decision::Position(_)))
        };
        prop_assert!(session.archive.done.iter().all(|(_, changes, _)| decides_something(changes)));
        for _ in 0..steps {
            session.keys("u");
        }
        prop_assert_eq!(states(&session), first);
        for hit in (0..5).filter_map(|n| session.model.list.at(n)) {
            prop_assert_eq!(&Marks { position: 0, ..hit.marks.clone() }, &Marks::default());
        }
        for _ in 0..steps {
            session.keys("C-r");
        }
        prop_assert_eq!(states(&session), last);
    }
}

#[test]
fn an_answer_cut_short_says_so_until_the_rest_comes() {
    let mut late = Late::over(100, Size::default());
    late.settle();
    for key in ["/", "r", "a", "i", "n"] {
        late.send(Msg::Key(key.parse().unwrap()));
    }
    let answer = |late: &mut Late, is_it: fn(&Effect) -> bool| {
        let nth = late.open.iter().rposition(is_it).expect("it was asked");
        late.answer(nth);
    };
    answer(&mut late, |effect| matches!(effect, Effect::Search { .. }));
    let counted = |late: &Late| late.model.list.counted();
    assert_eq!(counted(&late), "≥ 3");
    late.send(Msg::Key(Key::Down));
    let here = late.model.list.current().map(|hit| hit.id);
    // A question that was asked since makes the rest of this one unwanted.
    let stale = late.open.iter().find(|effect| matches!(effect, Effect::Finish(..))).cloned();
    answer(&mut late, |effect| matches!(effect, Effect::Finish(..)));
    assert_eq!((counted(&late).as_str(), late.model.list.current().map(|hit| hit.id)), ("20", here));
    late.send(Msg::Key(Key::Char('x')));
    late.open.extend(stale);
    answer(&mut late, |effect| matches!(effect, Effect::Finish(..)));
    assert_eq!(counted(&late), "20", "until the new answer comes");
    late.settle();
    assert_eq!(counted(&late), "0");
}

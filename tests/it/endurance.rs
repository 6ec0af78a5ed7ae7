//! What must hold whatever is pressed, however large the archive, small the screen or hostile the text.

use proptest::prelude::*;
use qala::{
    app::{Key, Msg, Size, View},
    domain::{ArticleId, Progress},
    ui::{Outgoing, Screen, Theme},
};

use crate::{
    made_up::{MadeUp, Story},
    session::Session,
};

#[test]
fn a_hundred_thousand_articles_are_crossed_at_once() {
    let mut session = Session::over(MadeUp::of_size(100_000), 120, 30);
    for (keys, at) in [("G", 99_999), ("k", 99_998), ("5 0 0 0 0 G", 49_999), ("page-down", 50_011), ("g g", 0), ("1 2 j", 12)] {
        session.keys(keys).pause();
        assert_eq!((session.cursor(), session.text_shown()), (Some(ArticleId(at)), Some(ArticleId(at))), "{keys}");
        assert!(session.model.list.held().1.len() < 300);
        assert!(!session.picture().contains('…') || session.model.list.visible(13).all(|n| session.model.list.at(n).is_some()));
    }
}

/// A terminal's worth of bytes for each picture.
fn bytes(session: &Session, screen: &mut Screen<Vec<u8>>) -> Vec<u8> {
    screen.draw(&session.model).unwrap();
    std::mem::take(screen.out())
}

#[test]
fn a_move_in_the_list_costs_little_and_an_idle_screen_nothing() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut session = Session::over(MadeUp { unread: true, ..MadeUp::of_size(100_000) }, width, height);
        let mut screen = Screen::new(Vec::new(), Theme::default(), Outgoing::default());
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
    let mut screen = Screen::new(Vec::new(), Theme::default(), Outgoing::default());
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
    let named = "v|y|w|b|o|p|C-r|M-d|:|r|R|s|t|T|a|u|C-r|M-b|C-y|j|k|g|G|n|N|e|h|l|q|/|\\?|\\]|\\[|J|K|-|[1-9]|enter|esc|tab|S-tab|backspace|delete|down|up|left|right|space|home|end|page-down|page-up|C-d|C-u|C-w|C-l";
    prop_oneof![
        12 => named.prop_map(|name| Ok(Msg::Key(name.parse().unwrap()))),
        2 => "[a-zا-ي ]".prop_map(|c| Ok(Msg::Key(Key::Char(c.chars().next().unwrap())))),
        1 => any::<char>().prop_map(|c| Ok(Msg::Key(Key::Char(c)))),
        3 => Just(Err(())),
        2 => (1u16..200, 1u16..60).prop_map(|(width, height)| Ok(Msg::Resize(Size { width, height }))),
        1 => "\\PC{0,20}".prop_map(|text| Ok(Msg::Paste(text))),
        1 => (0u64..9).prop_map(|n| Ok(Msg::Importing(Progress { bytes_read: n, bytes_total: 9, read: n, committed: n, renewing: None }))),
        1 => Just(Ok(Msg::Changed)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn nothing_that_happens_breaks_the_model(events in prop::collection::vec(event(), 0..50), articles in 0usize..700) {
        let mut session = Session::over(MadeUp { unread: true, ..MadeUp::of_size(articles) }, 80, 24);
        for event in events {
            match event {
                Ok(msg) => session.send(msg),
                Err(()) => session.rest(),
            };
            let list = &session.model.list;
            prop_assert!(list.cursor < list.total.max(1));
            prop_assert!(list.visible(session.model.entries()).contains(&list.cursor) || list.total == 0);
            prop_assert!(session.model.panel.cursor < session.model.panel.names.len().max(1));
            session.buffer();
        }
        // Cards that come in the first pause ask for a text of theirs, which waits for a pause of its own.
        session.pause().pause();
        let wanted = match session.model.view {
            View::Articles => session.cursor(),
            View::Statements => session.model.card_here().map(|card| card.id.article),
        };
        prop_assert_eq!(session.text_shown(), wanted, "the text is that of the cursor when keys pause");
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

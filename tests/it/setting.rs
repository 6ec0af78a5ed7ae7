//! Settings changed by name while the program runs, and the mouse, which nobody has who did not ask.

use insta::assert_snapshot;
use qala::{
    app::{Effect, Focus, Key, Msg, Pointer, Setting, Side},
    domain::ArticleId,
};

use crate::session::Session;

fn notice(session: &Session) -> String {
    session.model.notice.as_ref().map_or(String::new(), |notice| notice.text.replace(['\u{2068}', '\u{2069}'], ""))
}

fn command(session: &mut Session, typed: &str) -> String {
    session.keys(":").types(typed).keys("enter");
    notice(session)
}

#[test]
fn set_alone_shows_what_is_set_and_a_name_alone_what_it_can_be() {
    let mut session = Session::new(80, 24);
    command(&mut session, "set");
    assert_snapshot!(session.lines(16..=23), @r#"
    ‭ set theme     auto · What things look like‬
    ‭ set layout    auto · On which side the list lies: ltr, rtl, or auto for what…‬
    ‭ set bidi      auto · How right-to-left text is sent to the terminal‬
    ‭ set keys      qala · Keys of another program, laid over the shipped ones‬
    ‭ set layouts   all · Keyboard layouts that count, the most important first, wi…‬
    ‭ set snippets  off · Whether a line of text stands below each title while word…‬
    ‭ set mouse     off · Whether clicks choose and the wheel scrolls; the terminal…‬
    ‭ : set‬
    "#);
    session.types("la").keys("tab enter");
    assert_snapshot!(session.lines(18..=23), @"
    ‭‬
    ‭────────────────────────────────────────────────────────────────────────────────‬
    ‭ set layout auto  now‬
    ‭ set layout ltr‬
    ‭ set layout rtl‬
    ‭ : set layout‬
    ");
    session.keys("tab tab enter");
    assert_eq!(notice(&session), "layout is ltr until you leave; config.toml sets it for good");
}

#[test]
fn settings_change_at_once() {
    let mut session = Session::new(80, 24);
    assert_eq!(command(&mut session, "set layout rtl"), "layout is rtl until you leave; config.toml sets it for good");
    assert_eq!(session.model.side, Side::Right);
    command(&mut session, "set layout=ltr");
    assert_eq!(session.model.side, Side::Left);
    command(&mut session, "set keys newsboat");
    session.keys("n");
    assert_eq!(notice(&session), "there is no unread article that way");
    assert_eq!(command(&mut session, "set keys qala"), "keys is qala until you leave; config.toml sets it for good");
    command(&mut session, "set layouts russian,hebrew");
    assert_eq!(session.model.setting(Setting::Layouts), "russian,hebrew");
    session.types("о");
    assert_eq!(session.cursor(), Some(ArticleId(1)), "о lies on j of a Russian keyboard");
    session.types("ت");
    assert_eq!(session.cursor(), Some(ArticleId(1)), "letters of other layouts count no longer");
}

#[test]
fn what_the_terminal_must_be_told_is_asked_of_the_world() {
    let mut session = Session::new(80, 24);
    for (typed, setting, value) in [
        ("set theme light", Setting::Theme, "light"),
        ("set th mono", Setting::Theme, "mono"),
        ("set mouse", Setting::Mouse, "on"),
        ("set nomouse", Setting::Mouse, "off"),
        ("set mouse off", Setting::Mouse, "off"),
    ] {
        command(&mut session, typed);
        assert_eq!(session.asked.last(), Some(&Effect::Set(setting, value.to_owned())), "{typed}");
    }
    session.send(Msg::Set(Setting::Theme, "mono".to_owned()));
    assert_eq!(session.model.setting(Setting::Theme), "mono");
}

#[test]
fn what_cannot_be_set_is_said_with_what_can() {
    let mut session = Session::new(80, 24);
    for (typed, said) in [
        ("set colour red", "there is no setting 'colour'; there are: theme, layout, bidi, keys, layouts, snippets, mouse"),
        ("set layout up", "layout cannot be 'up'; it can be: auto, ltr, rtl"),
        ("set keys nano", "keys cannot be 'nano'; it can be: qala, vim, emacs, newsboat, mutt, arrows"),
        (
            "set layouts elvish",
            "there is no layout 'elvish'; there are: arabic-101, persian, arabic-mac, arabic-azerty, hebrew, russian",
        ),
    ] {
        assert_eq!(command(&mut session, typed), said);
    }
}

#[test]
fn a_click_chooses_and_a_second_one_opens() {
    let mut session = Session::new(120, 30);
    let click = |session: &mut Session, column: u16, row: u16| {
        session.send(Msg::Mouse(Pointer::Click, column, row));
    };
    click(&mut session, 5, 6);
    session.pause();
    assert_eq!((session.cursor(), session.text_shown()), (Some(ArticleId(2)), Some(ArticleId(2))));
    click(&mut session, 5, 6);
    assert_eq!(session.model.focus, Focus::Text);
    session.send(Msg::Mouse(Pointer::WheelDown, 5, 6)).pause();
    assert_eq!(session.cursor(), Some(ArticleId(3)), "the wheel turns what lies under it");
    // On a name in the text, which can then be narrowed to.
    session.keys("K").pause();
    let picture = session.picture();
    let (row, line) = picture.lines().enumerate().find(|(_, line)| line.contains("ﻞﺣﺎﺴﻟﺍ ﻑﺮﺼﻣ ﻦﻠﻋﺃ")).unwrap();
    let column = line.chars().position(|c| c == 'ﻑ').unwrap() - 1;
    click(&mut session, column as u16, row as u16);
    session.keys("enter").pause();
    assert_eq!(session.model.topics.iter().map(|topic| topic.name.as_str()).collect::<Vec<_>>(), ["مصرف الساحل"]);
}

#[test]
fn names_are_clicked_in_every_column_on_either_side() {
    for layout in ["ltr", "rtl"] {
        let mut session = Session::new(80, 24);
        command(&mut session, &format!("set layout {layout}"));
        session.keys("e");
        let names = session.model.panel.names.len();
        let mut chosen = std::collections::BTreeSet::new();
        for row in 2..10 {
            for column in [4, 30, 60, 75] {
                session.model.focus = Focus::Names;
                let before = session.model.topics.len();
                session.send(Msg::Mouse(Pointer::Click, column, row));
                if session.model.topics.len() == before {
                    chosen.insert(session.model.panel.cursor);
                } else {
                    session.keys("backspace e");
                }
            }
        }
        assert_eq!(chosen.len(), names, "{layout}");
    }
}

#[test]
fn nothing_can_be_clicked_through_a_prompt_or_the_help() {
    let mut session = Session::new(80, 24);
    for keys in [":", "esc ?"] {
        session.keys(keys).send(Msg::Mouse(Pointer::Click, 5, 6));
        assert_eq!(session.cursor(), Some(ArticleId(0)), "{keys}");
    }
    session.send(Msg::Mouse(Pointer::WheelDown, 5, 6));
    assert_eq!(session.model.help.as_ref().map(|help| help.top), Some(3));
    session.send(Msg::Key(Key::Esc));
    assert!(session.model.help.is_none());
}

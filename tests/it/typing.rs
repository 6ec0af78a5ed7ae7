//! What was typed before, looking for something in the help, words that say nothing, and giving an article to a command.

use insta::assert_snapshot;
use qala::{
    app::{Context, Effect, Model, Size, help},
    domain::ArticleId,
};

use crate::session::Session;

fn filter(session: &Session) -> &str {
    session.model.filter.text()
}

/// A session in which these filters were kept and cleared again.
fn after(filters: &[&str]) -> Session {
    let mut session = Session::new(80, 24);
    for typed in filters {
        session.keys("/").types(typed).keys("enter esc");
    }
    session.pause();
    session
}

#[test]
fn up_in_an_empty_filter_line_brings_filters_back() {
    let mut session = after(&["rain", "صور", "bank"]);
    session.keys("/ up");
    assert_eq!((filter(&session), session.titles().len()), ("bank", 1));
    session.keys("up up");
    assert_eq!((filter(&session), session.titles().len()), ("rain", 1));
    session.keys("up");
    assert_eq!(filter(&session), "rain", "there is none before");
    session.keys("down");
    assert_eq!(filter(&session), "صور");
    session.keys("down down");
    assert_eq!((filter(&session), session.titles().len()), ("", 5));
    session.keys("down");
    assert_eq!(session.cursor(), Some(ArticleId(2)), "past the newest the arrow moves in the list again");
    // What is edited is a new filter, in which the arrows move.
    session.keys("up up").types("x").keys("backspace");
    assert_eq!(filter(&session), "صور");
    session.keys("down");
    assert_eq!(filter(&session), "صور");
}

#[test]
fn filters_are_looked_through_with_c_r() {
    let mut session = after(&["rain", "قره باغ", "bank rain"]);
    session.keys("/ C-r");
    assert_snapshot!(session.lines(19..=23), @"
    ‭────────────────────────────────────────────────────────────────────────────────‬
    ‭ bank rain‬
    ‭ ﻍﺎﺑ ﻩﺮﻗ‬
    ‭ rain‬
    ‭ earlier filter:‬
    ");
    session.types("rain").keys("down down enter");
    assert_eq!((filter(&session), session.model.filtering), ("rain", true));
    session.keys("C-u C-r").types("قرة").keys("enter");
    assert_eq!(filter(&session), "قره باغ", "without a choice the first that answers is taken");
    session.keys("C-r esc");
    assert_eq!((filter(&session), session.model.context()), ("قره باغ", Context::Filter));
}

#[test]
fn what_was_typed_is_there_in_the_next_session() {
    let mut session = after(&["rain", "صور"]);
    session.keys(":").types("set layout ltr").keys("enter").keys("|").types("wc -w").keys("enter");
    let left = session.model.place_left();
    let (model, _) = Model::resumed("x", Size { width: 80, height: 24 }, &left);
    assert_eq!(model.filters, ["rain", "صور"]);
    assert_eq!(model.commands, ["set layout ltr"]);
    assert_eq!(model.piped, ["wc -w"]);
    assert_eq!(model.place_left(), left.replace(&left[left.find("article").unwrap()..left.find("near").unwrap()], ""));
}

#[test]
fn what_says_nothing_in_the_filter_is_told() {
    let mut session = Session::new(80, 24);
    session.keys("/").types("is:bl");
    assert!(session.lines(23..=23).contains("'is:bl'"), "{}", session.lines(23..=23));
    session.keys("backspace backspace");
    assert!(!session.lines(23..=23).contains("says nothing"), "what may still become something is no fault");
    session.types("blue").keys("enter");
    assert!(session.lines(23..=23).contains("'is:blue'"));
}

#[test]
fn the_help_is_searched_as_one_types() {
    let mut session = Session::new(80, 24);
    session.keys("? /").types("star");
    assert_snapshot!(session.lines(0..=3), @"
    ‭ Keys that work here  / star‬
    ‭ s  Star the article, or take the star away‬
    ‭‬
    ‭‬
    ");
    session.keys("C-u").types("hist").keys("enter");
    assert_eq!(help(&session.model).len(), 1, "{:?}", help(&session.model));
    // What was looked for goes first, then the help itself.
    session.keys("esc");
    assert!(session.model.help.is_some() && help(&session.model).len() > 20);
    session.keys("/").types("zzz").keys("esc esc");
    assert!(session.model.help.is_none() && !session.has_left);
    session.keys("? / C-c");
    assert!(session.model.help.is_none());
}

#[test]
fn the_help_lists_what_works_here_and_now() {
    let mut session = Session::new(80, 24);
    let lists = |session: &Session, what: &str| help(&session.model).iter().any(|line| line.help.contains(what));
    assert!(!lists(&session, "end of the passage") && !lists(&session, "the next passage with a note"));
    session.keys("v");
    assert!(lists(&session, "end of the passage") && !lists(&session, "Mark all listed"));
    session.keys("a").types("x").keys("enter");
    assert!(lists(&session, "the next passage with a note") && !lists(&session, "end of the passage"));
}

#[test]
fn faults_of_the_configuration_stay_in_the_help() {
    let mut session = Session::new(80, 24);
    session.model.faults = vec!["keys.toml, line 3: there is no command 'jump'".to_owned()];
    session.keys("j k ?");
    assert_snapshot!(session.lines(0..=1), @r#"
    ‭ Keys that work here  / looks for a word, C- is Ctrl, M- is Alt  j: 45 more‬
    ‭ keys.toml, line 3: there is no command 'jump'‬
    "#);
}

#[test]
fn an_article_or_a_passage_is_given_to_a_command() {
    let mut session = Session::new(80, 24);
    let piped = |session: &Session| match session.asked.last() {
        Some(Effect::Pipe { command, text }) => (command.clone(), text.clone()),
        other => panic!("{other:?}"),
    };
    session.keys("|").types("wc -w").keys("enter");
    assert_eq!(piped(&session).0, "wc -w");
    assert!(piped(&session).1.ends_with("من مصرف الساحل."));
    session.keys("] e v | up enter");
    assert_eq!(piped(&session), ("wc -w".to_owned(), "طرابلس".to_owned()));
    session.keys("esc esc j |");
    assert_eq!(session.text_shown(), session.cursor(), "it is the article under the cursor that is given");
    session.types("cat").keys("enter :").types("pipe sort -u").keys("enter");
    assert_eq!(piped(&session).0, "sort -u");
}

#[test]
fn a_kept_filter_gives_way_to_what_is_typed_unless_one_goes_on() {
    for (keys, text) in
        [("b a n k", "bank"), ("space x", "rain x"), ("left x", "raixn"), ("backspace s", "rais"), ("home x", "xrain")]
    {
        let mut session = Session::new(80, 24);
        session.keys("/").types("rain").keys("enter /").keys(keys);
        assert_eq!(filter(&session), text, "{keys}");
    }
    let mut session = Session::new(80, 24);
    session.keys("/").types("rain").keys("enter / enter");
    assert_eq!(filter(&session), "rain");
    session.keys("/").types("صور").keys("C-u up up");
    assert_eq!(filter(&session), "rain", "what gave way can be brought back");
}

#[test]
fn keys_that_do_nothing_say_so() {
    let mut session = Session::new(80, 24);
    for (keys, said) in [
        ("b", "b does nothing here; ? shows the keys that do something"),
        ("Z", "Z does nothing here; ? shows the keys that do something"),
        ("C-x", "C-x does nothing here; ? shows the keys that do something"),
        ("g x", "g x does nothing here; wait after g to see what can follow"),
        ("/ x y z enter v", "there is no text to select in"),
        ("a", "there is no article here"),
        ("s", "there is no article here"),
        ("n", "nothing was found"),
    ] {
        session.keys(keys);
        let notice = session.model.notice.as_ref().map_or("", |notice| notice.text.as_str());
        assert_eq!(notice.replace(['\u{2068}', '\u{2069}'], ""), said, "{keys}");
    }
    session.keys("esc :").types("q!").keys("enter");
    assert!(session.has_left);
}

//! Commands by name: completion, arguments, what was given before, and errors in words.

use insta::assert_snapshot;
use qala::domain::ArticleId;

use crate::session::Session;

fn notice(session: &Session) -> &str {
    session.model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn commands_are_completed_with_their_help() {
    let mut session = Session::new(80, 24);
    session.keys(":").types("n").keys("tab tab");
    assert_snapshot!(session.lines(15..=23), @r#"
    ‭ next            Move down one‬
    ‭▌next-article    Show the next article‬
    ‭ next-name       Go to the next name in the text‬
    ‭ next-pane       Go to the next pane‬
    ‭ names           Go to the names in this article‬
    ‭ next-statement  Go to the next statement in the text‬
    ‭ note            Write a note on the article or passage; an empty one removes…‬
    ‭ next-unread     Go to the next unread article‬
    ‭ : next-article‬
    "#);
    session.keys("S-tab enter").pause();
    assert_eq!(session.cursor(), Some(ArticleId(1)));
}

#[test]
fn commands_take_arguments() {
    let mut session = Session::new(80, 24);
    session.keys(":").types("filter rain").keys("enter").pause();
    assert_eq!((session.titles().len(), session.model.filtering), (1, false));
    session.keys("esc :").types("٣").keys("enter").pause();
    assert_eq!(session.cursor(), Some(ArticleId(2)));
    session.keys(":").types("tag bank").keys("enter :").types("note see the bank").keys("enter :").types("star").keys("enter");
    let marks = session.archive.marks(ArticleId(2));
    assert_eq!((marks.tags, marks.starred, marks.notes.len()), (vec!["bank".to_owned()], true, 1));
    session.keys(":").types("undo 3").keys("enter");
    assert_eq!(session.archive.done.len(), 0);
}

#[test]
fn what_is_not_understood_is_said_and_can_be_mended() {
    let mut session = Session::new(80, 24);
    for (typed, said) in [
        ("jump", "there is no command '\u{2068}jump\u{2069}'; : and Tab show all"),
        ("fi", "'fi' may be: first, filter"),
        ("star now", "star takes a number or nothing"),
    ] {
        session.keys(":").types(typed).keys("enter");
        assert_eq!(notice(&session), said);
    }
    session.keys(": up up up");
    assert_eq!(session.model.prompt.as_ref().map(|prompt| prompt.input.text()), Some("jump"));
    session.keys("C-u").types("last").keys("enter").pause();
    assert_eq!(session.cursor(), Some(ArticleId(4)));
    session.keys(": up enter :").types("q").keys("esc");
    assert!(!session.has_left);
    session.keys(":").types("quit").keys("enter");
    assert!(session.has_left);
}

//! What follows from answers, and what is remembered of them.

use super::*;

fn asking(wish: Wish, environment: &'static [(&str, &str)], file: Option<PathBuf>) -> Asking {
    let set = |wanted: &str| environment.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned());
    let mut asking = Asking::new(wish, set, file);
    asking.ask(&mut Vec::new(), Instant::now()).unwrap();
    asking
}

fn putty(asking: &mut Asking) {
    assert_eq!(asking.hear(Answer::Device("0;136;0".into())), None);
    assert_eq!(asking.hear(Answer::Fence), Some(Change::Answered));
}

const XTERM: &[(&str, &str)] = &[("TERM", "xterm")];

#[test]
fn what_was_answered_is_there_before_the_first_picture_of_the_next_time() {
    let home = tempfile::tempdir().unwrap();
    let file = Some(home.path().join("new").join("terminals.toml"));
    let mut first = asking(Wish::default(), XTERM, file.clone());
    assert_eq!(first.choice().transport, Transport::Visual);
    putty(&mut first);
    assert_eq!(first.choice().transport, Transport::Uba);
    let mut second = asking(Wish::default(), XTERM, file.clone());
    assert_eq!(second.choice().transport, Transport::Uba);
    let answered = [Answer::Name("XTerm(379)".into()), Answer::Device("41;379;0".into()), Answer::Fence];
    for answer in answered {
        second.hear(answer);
    }
    assert_eq!(second.choice().transport, Transport::Visual, "another terminal this time");
    assert_eq!(asking(Wish::default(), &[("TERM", "st-256color")], file).choice().transport, Transport::Visual);
}

#[test]
fn what_the_reader_took_holds_for_terminals_that_answer_the_same() {
    let home = tempfile::tempdir().unwrap();
    let file = Some(home.path().join("terminals.toml"));
    let mut first = asking(Wish::default(), XTERM, file.clone());
    putty(&mut first);
    first.take(Transport::Visual);
    assert_eq!(first.choice().transport, Transport::Visual);
    let mut other = asking(Wish::default(), &[("TERM", "xterm-256color")], file.clone());
    assert_eq!(other.choice().transport, Transport::Visual, "by its environment it is like most");
    putty(&mut other);
    assert_eq!(other.choice().transport, Transport::Visual, "you chose");
    assert_eq!(asking(Wish::default(), XTERM, file).choice().transport, Transport::Visual);
}

const SCREEN: &[(&str, &str)] = &[("TERM", "screen"), ("STY", "1.pts")];

fn screen(asking: &mut Asking) -> String {
    assert_eq!(asking.hear(Answer::Device("83;40900;0".into())), None);
    assert_eq!(asking.hear(Answer::Fence), Some(Change::Answered));
    let mut asked = Vec::new();
    assert!(asking.pass_on(&mut asked, Instant::now()).unwrap());
    String::from_utf8(asked).unwrap()
}

#[test]
fn a_program_in_between_is_given_the_questions_for_the_terminal_around_it() {
    let mut asking = asking(Wish::default(), SCREEN, None);
    assert!(screen(&mut asking).starts_with("\x1bP\x1b[>q"));
    assert!(asking.patience(Instant::now()) > Duration::ZERO);
    asking.hear(Answer::Name("kitty(0.26.5)".into()));
    assert_eq!(asking.hear(Answer::Fence), Some(Change::Answered));
    assert_eq!((asking.choice().transport, asking.patience(Instant::now())), (Transport::Words, Duration::ZERO));
    let mut asked = Vec::new();
    assert!(!asking.pass_on(&mut asked, Instant::now()).unwrap() && asked.is_empty(), "once");
}

#[test]
fn while_the_terminal_around_is_silent_what_was_right_before_holds() {
    let home = tempfile::tempdir().unwrap();
    let file = Some(home.path().join("terminals.toml"));
    let mut first = asking(Wish::default(), SCREEN, file.clone());
    screen(&mut first);
    putty(&mut first);
    assert_eq!(first.choice().transport, Transport::Uba);
    let mut second = asking(Wish::default(), SCREEN, file);
    screen(&mut second);
    assert_eq!(second.choice().transport, Transport::Uba, "not for a moment as if nothing were around");
    second.give_up();
    assert_eq!(second.choice().transport, Transport::Visual, "another terminal is attached, which is not asked");
    second.hear_of("\nmlterm");
    assert_eq!(second.choice().transport, Transport::Uba);
}

#[test]
fn what_the_reader_took_within_one_terminal_does_not_hold_within_another() {
    let home = tempfile::tempdir().unwrap();
    let file = Some(home.path().join("terminals.toml"));
    let mut first = asking(Wish::default(), SCREEN, file.clone());
    screen(&mut first);
    putty(&mut first);
    first.take(Transport::Visual);
    let mut second = asking(Wish::default(), SCREEN, file);
    screen(&mut second);
    second.hear(Answer::Device("24;279;0".into()));
    second.hear(Answer::Fence);
    assert_eq!(second.choice().transport, Transport::Uba);
}

#[test]
fn what_is_set_beats_what_is_found() {
    let wish = Wish { bidi: Bidi::As(Transport::Words), harakat: Some(true) };
    let mut asking = asking(wish, XTERM, None);
    putty(&mut asking);
    assert_eq!((asking.choice().transport, asking.choice().harakat), (Transport::Words, true));
}

#[test]
fn only_the_first_background_counts_and_nothing_is_heard_unasked() {
    let mut asking = asking(Wish::default(), XTERM, None);
    assert_eq!(asking.hear(Answer::Ground(Ground::Light)), Some(Change::Ground(Ground::Light)));
    assert_eq!(asking.hear(Answer::Ground(Ground::Dark)), None);
    assert!(asking.patience(Instant::now()) > Duration::ZERO);
    asking.hear(Answer::Fence);
    assert_eq!(asking.patience(Instant::now()), Duration::ZERO);
    let mut mute = self::asking(Wish::default(), &[("TERM", "linux")], None);
    assert_eq!(mute.hear(Answer::Fence), None);
}

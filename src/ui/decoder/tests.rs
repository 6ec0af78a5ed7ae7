//! Keys and answers in every disorder.

use super::*;
use crate::ui::answers::Ground;

/// What is typed and answered when pieces come so many milliseconds after the questions.
fn heard(pieces: &[(u64, &str)]) -> (String, Vec<Answer>) {
    let start = Instant::now();
    let mut decoder = Decoder::new(start);
    let mut all = Vec::new();
    for (after, bytes) in pieces {
        let now = start + Duration::from_millis(*after);
        all.extend(decoder.hear(bytes.as_bytes(), now));
    }
    all.extend(decoder.overdue(start + Duration::from_secs(60)));
    assert_eq!(decoder.deadline(), None);
    let (mut typed, mut answers) = (Vec::new(), Vec::new());
    for what in all {
        match what {
            Heard::Key(key) => typed.push(key.to_string()),
            Heard::Paste(text) => typed.push(format!("<{text}>")),
            Heard::Mouse(pointer, column, row) => typed.push(format!("{pointer:?}@{column},{row}")),
            Heard::Answer(answer) => answers.push(answer),
        }
    }
    (typed.join(" "), answers)
}

const ANSWERS: [&str; 7] = [
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]11;rgb:ff/ff/ff\x07",
    "\x1bP>|XTerm(379)\x1b\\",
    "\x1b[>41;379;0c",
    "\x1b[8;2$y",
    "\x1b[?62;22c",
    "\x1b[?6c",
];

#[test]
fn answers_are_understood_wherever_they_are_torn_and_never_typed() {
    for text in ANSWERS {
        let (typed, answers) = heard(&[(5, text)]);
        assert_eq!((typed.as_str(), answers.len()), ("", 1), "{text:?}");
        assert_eq!(heard(&[(9000, text)]), (typed, answers.clone()), "late");
        for cut in 1..text.len() {
            let (first, second) = text.split_at(cut);
            for pause in [5, 40, 250] {
                let (typed, torn) = heard(&[(9000, first), (9000 + pause, second)]);
                assert_eq!(torn, answers, "{first:?} {pause} {second:?}");
                // Escape by itself is a key that must not seem dead.
                assert!(typed.is_empty() || typed == "esc" && cut == 1, "{first:?} {pause} {second:?}: {typed:?}");
            }
        }
        let bytes: Vec<(u64, String)> = text.chars().enumerate().map(|(n, c)| (n as u64 * 10, c.to_string())).collect();
        let bytes: Vec<(u64, &str)> = bytes.iter().map(|(at, c)| (*at, c.as_str())).collect();
        assert_eq!(heard(&bytes), (String::new(), answers), "byte by byte: {text:?}");
    }
}

#[test]
fn all_answers_in_one_breath_come_in_order() {
    let (typed, answers) = heard(&[(5, &ANSWERS.concat())]);
    assert_eq!((typed.as_str(), answers.len()), ("", ANSWERS.len()));
    assert_eq!(answers[0], Answer::Ground(Ground::Light));
    assert_eq!(answers[2..5], [Answer::Name("XTerm(379)".into()), Answer::Device("41;379;0".into()), Answer::BidiMode(2)]);
    assert_eq!(answers[5], Answer::Fence);
}

#[test]
fn keys_beside_an_answer_are_passed_on_in_order() {
    for (pieces, typed, count) in [
        (&[(5, "j\x1b]11;rgb:0/0/0\x07k")][..], "j k", 1),
        (&[(5, "j\x1b[>41;379;0ck\x1b[?6cl")], "j k l", 2),
        (&[(5, "]e[e11;rgb:")], "] e [ e 1 1 ; r g b :", 0),
        (&[(5, "\x1b"), (100, "j")], "esc j", 0),
        (&[(5, "\x1b"), (100, "[e")], "esc [ e", 0),
        (&[(5, "\x1b"), (100, "["), (400, "e")], "esc [ e", 0),
        (&[(5, "\x1b"), (500, "]e")], "esc ] e", 0),
        (&[(5, "\x1b]12j")], "M-] 1 2 j", 0),
        (&[(5, "\x1bPj")], "M-P j", 0),
        (&[(5, "\x1bP")], "M-P", 0),
        (&[(5, "\x1b[")], "M-[", 0),
        (&[(5, "\x1bO")], "M-O", 0),
        (&[(5, "\x1bf\x1bت")], "M-f M-ت", 0),
        (&[(5, "\x1b\x1b[A")], "esc up", 0),
        (&[(5, "\x1b[A\x1bOB\x1b[5~\x1b[1;5C\x1b[[A")], "up down page-up right f1", 0),
        (&[(5, "\x1b["), (100, "A")], "up", 0),
        (&[(5, "\x1b[200~a\x1b[>1c\nب\x1b[201~j")], "<a\x1b[>1c\nب> j", 0),
        (&[(5, "\x1b[200~a"), (9000, "b\x1b[20"), (9900, "1~")], "<ab>", 0),
        (&[(5, "\u{62a}"), (6, "a")], "ت a", 0),
        (&[(5, "\x1b[<0;5;7M\x1b[<0;5;7m\x1b[<65;1;1M"), (6, "\x1b[<2;1;1M")], "Click@4,6 WheelDown@0,0", 0),
    ] {
        let (found, answers) = heard(pieces);
        assert_eq!((found.as_str(), answers.len()), (typed, count), "{pieces:?}");
    }
}

#[test]
fn letters_may_be_torn_too() {
    let start = Instant::now();
    let mut decoder = Decoder::new(start);
    assert_eq!(decoder.hear(&[0xd8], start), []);
    assert_eq!(decoder.hear(&[0xaa, 0xff, b'a'], start), [Heard::Key(Key::Char('ت')), Heard::Key(Key::Char('a'))]);
}

#[test]
fn half_an_answer_and_unknown_ones_are_dropped() {
    for (pieces, typed) in [
        (&[(5, "\x1b]11;rgb:ff"), (9000, "j")][..], "j"),
        (&[(5, "\x1b[>41;3"), (9000, "j")], "j"),
        (&[(5, "\x1b[?1;2"), (500, "j")], ""),
        (&[(5, "\x1bP>|XTer"), (9000, "j")], "j"),
        (&[(5, "\x1b[?1u\x1b[3;4R\x1b[I\x1b[<0;1;1mj")], "j"),
    ] {
        assert_eq!(heard(pieces).0, typed, "{pieces:?}");
    }
}

//! Whole sessions under the keyboard layouts of other scripts: what is pressed is the same key, what arrives is another letter.

use std::collections::BTreeMap;

use qala::app::{Effect, Key, Keymap, LAYOUTS, Msg};

use crate::{made_up::MadeUp, session::Session};

/// What is pressed, as on a Latin keyboard; what stands in quotes is typed as text.
const SCRIPTS: [&str; 8] = [
    "j j k enter space ] e ] e [ e n - f10 J K l h",
    "s r t \"to-do\" enter a \"look again\" enter u u C-r g h j enter esc",
    "/ \"صور\" enter n N enter g g G y p y y esc esc",
    "e j enter backspace R u g m g m",
    "enter v e e b ] p [ p p o a \"here\" enter ] n v y v v",
    "3 j 2 k : \"set layout rtl\" enter ? / \"star\" enter esc ? g p \"wc\" enter",
    "] u [ u T esc o y i y u y a g e",
    "2 j g g 4 G 1 0 k Q",
];

/// The letter that a layout sends for the key on which a Latin letter lies.
fn sent(map: &Keymap) -> BTreeMap<char, char> {
    let mut sent = BTreeMap::new();
    for theirs in ('\u{A1}'..='\u{FFFF}').chain('!'..='~') {
        if let Key::Char(ours) = map.translate(Key::Char(theirs))
            && ours != theirs
        {
            sent.entry(ours).or_insert(theirs);
        }
    }
    sent
}

fn played(script: &str, keyboard: &BTreeMap<char, char>, map: &Keymap) -> (Vec<Effect>, String, bool) {
    let mut session = Session::over(MadeUp { unread: true, ..MadeUp::default() }, 100, 30);
    session.model.keymap = map.clone();
    for part in script.split('"').enumerate() {
        match part {
            (n, text) if n % 2 == 1 => drop(session.types(text).lines(0..=0)),
            (_, keys) => {
                for key in keys.split_whitespace() {
                    let key = match key.parse().unwrap() {
                        Key::Char(c) => Key::Char(*keyboard.get(&c).unwrap_or(&c)),
                        key => key,
                    };
                    session.send(Msg::Key(key)).pause();
                }
            }
        }
    }
    (session.asked.clone(), session.picture(), session.has_left)
}

#[test]
fn sessions_are_the_same_under_every_layout() {
    let latin = BTreeMap::new();
    for layout in LAYOUTS {
        let (alone, _) = Keymap::load(None, Some(&[layout.to_owned()]), None);
        let keyboard = sent(&alone);
        let lost: String = ('a'..='z').filter(|letter| !keyboard.contains_key(letter)).collect();
        // On q a Hebrew keyboard has the slash, which is bound itself; F10 and Escape do what q does.
        assert_eq!(lost, if layout == "hebrew" { "q" } else { "" }, "{layout}");
        for script in SCRIPTS {
            let wanted = played(script, &latin, &alone);
            assert_eq!(played(script, &keyboard, &alone), wanted, "{layout}: {script}");
        }
    }
}

#[test]
fn digits_of_other_scripts_count_in_a_session() {
    for digits in ["٣ ت", "۳ ت", "3 j"] {
        let mut session = Session::new(80, 24);
        session.keys(digits);
        assert_eq!(session.model.list.cursor, 3, "{digits}");
    }
}

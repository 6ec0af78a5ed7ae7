//! Terminals that are known by name: how each wants right-to-left text, whether it places vowel marks well, and what to set in it.
//!
//! "Seen" means: looked at in pictures of this program in that version. What is not seen here is said to be so.

use super::{
    Transport,
    answers::{Answers, QUESTIONS_AROUND},
};

/// A terminal, or a program that stands between.
#[derive(Debug, PartialEq)]
pub(super) struct Known {
    /// What people call it.
    pub name: &'static str,
    /// How right-to-left text is sent to it.
    pub transport: Transport,
    /// Whether it places vowel marks on their letters.
    pub harakat: bool,
    /// The version in which this was seen; `None` where it is only known from what others write.
    pub seen: Option<&'static str>,
    /// What to set where something looks wrong.
    pub advice: &'static str,
}

macro_rules! known {
    ($($id:ident $name:literal $transport:ident $harakat:literal $seen:expr, $advice:literal;)*) => {
        $(pub(super) static $id: Known =
            Known { name: $name, transport: Transport::$transport, harakat: $harakat, seen: $seen, advice: $advice };)*

        /// All of them, in the order in which they are listed.
        pub(super) static ALL: &[&Known] = &[$(&$id,)*];
    };
}

known! {
    XTERM "xterm" Visual true Some("379"), "Take a font with Arabic presentation forms: xterm -fa 'DejaVu Sans Mono'.";
    VTE "VTE (GNOME Terminal, xfce4-terminal, Tilix)" Visual true Some("0.70"),
        "Nothing to set: it leaves the order to the program when asked to. Older than 0.58 it never reorders.";
    KONSOLE "Konsole" Konsole true Some("22.12"),
        "It reorders rows by itself. With 'Bi-Directional text rendering' off in the profile, under Advanced, take --bidi visual.";
    KITTY "kitty" Words false Some("0.26"), "It cuts dots off that reach below a line: give lines more height in kitty.conf ('modify_font cell_height 115%', before 0.27 \
         'adjust_line_height 115%'). With 'force_ltr yes' there, take --bidi visual; vowel marks are right then, too.";
    MLTERM "mlterm" Uba true Some("3.9"),
        "Boxes between words are a blank that the font lacks: write 'U+2800-28FF = DejaVu Sans' into ~/.mlterm/aafont. \
         Specks between lines go with 'line_space = 3' in ~/.mlterm/main; with 'use_ctl = false' there, take --bidi visual.";
    PUTTY "PuTTY" Uba true Some("0.78"),
        "With 'Disable bidirectional text display' and 'Disable Arabic text shaping' set under Terminal, Features, take --bidi visual.";
    ALACRITTY "Alacritty" Visual false Some("0.11"), "Vowel marks land beside their letters, so they are hidden.";
    FOOT "foot" Visual false Some("1.13"), "Some vowel marks are lost, so they are hidden.";
    ST "st" Visual false Some("0.9"), "Vowel marks are lost, so they are hidden.";
    URXVT "rxvt-unicode" Visual true Some("9.30"), "Take a font with Arabic presentation forms: -fn 'xft:DejaVu Sans Mono'.";
    ZUTTY "Zutty" Visual false Some("0.14"), "Vowel marks are lost, so they are hidden.";
    ITERM "iTerm2" Visual false None,
        "With 'Support right-to-left scripts' off nothing is to be done; with it on, take --bidi uba. Not tested with this program.";
    APPLE "Terminal.app" Uba false None,
        "It reorders rows and cannot be told not to. Over SSH it is not recognised: take --bidi uba there. Not tested with this program.";
    WINDOWS "Windows Terminal" Visual false None,
        "It does not reorder. If Arabic shows as boxes, choose a font with presentation forms or set 'shaping = false'. Not tested with this program.";
    WEZTERM "WezTerm" Words false None,
        "With 'bidi_enabled = true' it heeds the program's wish and --bidi visual is right; without, words are turned round. Not tested with this program.";
    GHOSTTY "Ghostty" Visual false None, "It draws from left to right as it is sent. Not tested with this program.";
    CONSOLE "Linux console" Visual false None, "It has 512 letters and none of them Arabic; use a terminal in a window.";
    MINTTY "mintty" Visual false None, "It leaves the order to the program when asked to. Not tested with this program.";
    TMUX "tmux" Visual false Some("3.3"),
        "It does not pass on the wish to leave the order alone, and questions only with 'set -g allow-passthrough on', which finds out the \
         terminal around it. Else, where that one reorders rows (VTE, Konsole, PuTTY), take --bidi uba; for kitty words.";
    SCREEN "GNU screen" Visual false Some("4.9"),
        "It passes on questions but no wishes, so the terminal around it is found out by asking through it. Where that is wrong and it \
         reorders rows (VTE, Konsole, PuTTY), take --bidi uba; for kitty words.";
    MOSH "mosh" Visual false Some("1.4"),
        "It answers for the terminal, which stays unknown. Where that one reorders rows (VTE, Konsole, PuTTY), take --bidi uba; for kitty words.";
}

/// What the environment says of the terminal; it may be somebody else's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(Vec<(&'static str, String)>);

/// The variables that say something.
const VARIABLES: [&str; 12] = [
    "TERM",
    "TERM_PROGRAM",
    "TMUX",
    "STY",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "KITTY_WINDOW_ID",
    "MLTERM",
    "XTERM_VERSION",
    "WT_SESSION",
    "SSH_CONNECTION",
    "LC_TERMINAL",
];

impl Hints {
    /// Reads them.
    pub fn of(environment: impl Fn(&str) -> Option<String>) -> Hints {
        let said = |name: &&'static str| Some((*name, environment(name).filter(|value| !value.is_empty())?));
        Hints(VARIABLES.iter().filter_map(said).collect())
    }

    /// What a variable says; nothing is nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }

    /// What is likely to be said again by the same terminal, in one line.
    pub fn signature(&self) -> String {
        let lasting = |(name, value): &(&'static str, String)| match *name {
            "TMUX" | "STY" | "WT_SESSION" | "KITTY_WINDOW_ID" | "MLTERM" => (*name).to_owned(),
            // Who asks, not through which port.
            "SSH_CONNECTION" => format!("SSH={}", value.split(' ').next().unwrap_or_default()),
            _ => format!("{name}={value}"),
        };
        self.0.iter().map(lasting).collect::<Vec<String>>().join(" ")
    }

    /// Whether questions may be asked: the Linux console prints those that it does not know.
    pub fn may_ask(&self) -> bool {
        !matches!(self.get("TERM"), "" | "linux" | "dumb")
    }
}

/// What is known of the terminal around a program in between.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// What the terminal answered to questions that were passed on.
    pub answers: Answers,
    /// What the program says that it calls itself, and the value of `TERM` there.
    told: Option<(String, String)>,
}

/// What tmux is asked to tell of the terminal around it.
pub(super) const TMUX_TELLS: &str = "#{client_termtype}\n#{client_termname}";

impl Around {
    /// Takes what the program says.
    pub fn hear_of(&mut self, told: &str) {
        let mut lines = told.lines().map(|line| line.trim().to_owned());
        let told = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        self.told = Some(told).filter(|(name, term)| !name.is_empty() || !term.is_empty());
    }

    /// What tells this terminal from others, in one line; empty where nothing is known of it.
    pub fn signature(&self) -> String {
        match &self.told {
            _ if !self.answers.is_empty() => self.answers.signature(),
            Some((name, _)) if !name.is_empty() => name.clone(),
            Some((_, term)) => format!("TERM={term}"),
            None => String::new(),
        }
    }
}

/// The program that stands between this one and the terminal and answers for itself, if there is one.
pub(super) fn between(answers: &Answers, hints: &Hints) -> Option<&'static Known> {
    let name = answers.name.as_deref().unwrap_or_default();
    let device = answers.device.as_deref().unwrap_or_default();
    let is_set = |variable: &str| device.is_empty() && !hints.get(variable).is_empty();
    match () {
        () if name.starts_with("tmux") || device.starts_with("84;") || is_set("TMUX") => Some(&TMUX),
        () if device.starts_with("83;") || is_set("STY") => Some(&SCREEN),
        () => None,
    }
}

/// The questions so wrapped that such a program hands them to the terminal around it: screen does, tmux where it is allowed to,
/// and where not it drops them.
pub(super) fn passed_on(between: &Known) -> Vec<u8> {
    let wrapped = match *between == TMUX {
        true => format!("\x1bPtmux;{}\x1b\\", QUESTIONS_AROUND.replace('\x1b', "\x1b\x1b")),
        false => format!("\x1bP{QUESTIONS_AROUND}\x1b\\"),
    };
    wrapped.into_bytes()
}

/// Which terminal it is, by what it answered and else by what the environment says; and in words why that is thought.
pub(super) fn recognise(answers: &Answers, hints: &Hints, around: &Around) -> (&'static Known, String) {
    if let Some(between) = between(answers, hints) {
        return behind(between, hints, around);
    }
    let told = || match answers.bidi_mode {
        Some(2 | 4) => Some((&VTE, "it leaves the order to the program, as asked".to_owned())),
        _ => None,
    };
    // Some terminals answer as others do, so what was answered comes before what was set, perhaps by another terminal.
    let is_mute = answers.name.is_none() && answers.device.is_none();
    let set = || by_hints(hints, is_mute);
    by_answers(answers)
        .or_else(told)
        .or_else(set)
        .unwrap_or_else(|| (&XTERM, "nothing is known of it; most terminals are like xterm in this".to_owned()))
}

fn by_answers(answers: &Answers) -> Option<(&'static Known, String)> {
    let name = answers.name.as_deref().unwrap_or_default();
    let device = answers.device.as_deref().unwrap_or_default();
    let called = by_name(name).map(|known| (known, format!("it calls itself {name}")));
    called.or_else(|| by_device(device).map(|known| (known, format!("it describes itself as device {device}"))))
}

/// The way through a program in between: as the terminal around it wants it.
fn behind(between: &'static Known, hints: &Hints, around: &Around) -> (&'static Known, String) {
    let asked = by_answers(&around.answers).map(|(known, why)| (known, format!("{} passes on that {why}", between.name)));
    let (name, term) = around.told.clone().unwrap_or_default();
    let named = || Some((by_name(&name)?, format!("{} says that it runs in {name}", between.name)));
    let typed = || {
        let hints = Hints(vec![("TERM", term.clone())]);
        Some((by_hints(&hints, false)?.0, format!("{} says that it runs in {term}", between.name)))
    };
    let set = || by_hints(hints, true).map(|(known, why)| (known, format!("{}, but {why}", in_between(between))));
    match asked.or_else(named).or_else(typed).or_else(set) {
        // Its wish for explicit order is lost on the way.
        Some((known, why)) if *known == VTE => (&VTE_BEHIND, why),
        Some((known, why)) if known.transport != Transport::Visual => (known, why),
        Some((_, why)) => (between, why),
        None => (between, in_between(between)),
    }
}

fn in_between(between: &Known) -> String {
    format!("{} is in between and does not tell what is around it", between.name)
}

/// VTE behind something that keeps the program's wish from it.
pub(super) static VTE_BEHIND: Known = Known {
    name: "VTE behind tmux or screen",
    transport: Transport::Uba,
    harakat: true,
    seen: Some("0.70 with tmux 3.3"),
    advice: "It cannot be told to leave the order alone from in there. If another terminal is attached now, take --bidi visual.",
};

fn by_name(name: &str) -> Option<&'static Known> {
    let name = name.to_lowercase();
    let known: [(&str, &'static Known); 11] = [
        ("xterm(", &XTERM),
        ("konsole", &KONSOLE),
        ("kitty", &KITTY),
        ("iterm2", &ITERM),
        ("wezterm", &WEZTERM),
        ("ghostty", &GHOSTTY),
        ("foot", &FOOT),
        ("mintty", &MINTTY),
        ("vte", &VTE),
        ("mlterm", &MLTERM),
        ("alacritty", &ALACRITTY),
    ];
    known.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, known)| *known)
}

fn by_device(device: &str) -> Option<&'static Known> {
    let known: [(&str, &'static Known); 11] = [
        ("65;", &VTE),
        ("61;", &VTE),
        ("24;", &MLTERM),
        ("0;136;", &PUTTY),
        ("1;115;", &KONSOLE),
        ("1;4000;", &KITTY),
        ("1;95;", &APPLE),
        ("77;", &MINTTY),
        ("85;", &URXVT),
        ("41;", &XTERM),
        // mosh has none of its own beside this; it answers for the terminal.
        ("1;10;0", &MOSH),
    ];
    known.iter().find(|(begin, _)| device.starts_with(begin)).map(|(_, known)| *known)
}

/// By the environment; what only another terminal can have set counts where the terminal itself is mute.
fn by_hints(hints: &Hints, is_mute: bool) -> Option<(&'static Known, String)> {
    let own: [(&str, &str, &'static Known); 8] = [
        ("TERM", "alacritty", &ALACRITTY),
        ("TERM", "foot", &FOOT),
        ("TERM", "st-", &ST),
        ("TERM", "linux", &CONSOLE),
        ("TERM", "xterm-kitty", &KITTY),
        ("TERM", "mlterm", &MLTERM),
        ("TERM", "rxvt-unicode", &URXVT),
        ("TERM", "putty", &PUTTY),
    ];
    let inherited: [(&str, &str, &'static Known); 11] = [
        ("KONSOLE_VERSION", "", &KONSOLE),
        ("VTE_VERSION", "", &VTE),
        ("KITTY_WINDOW_ID", "", &KITTY),
        ("MLTERM", "", &MLTERM),
        ("WT_SESSION", "", &WINDOWS),
        ("TERM_PROGRAM", "Apple_Terminal", &APPLE),
        ("TERM_PROGRAM", "iTerm.app", &ITERM),
        ("LC_TERMINAL", "iTerm2", &ITERM),
        ("TERM_PROGRAM", "WezTerm", &WEZTERM),
        ("TERM_PROGRAM", "ghostty", &GHOSTTY),
        ("XTERM_VERSION", "", &XTERM),
    ];
    let all = own.into_iter().chain(inherited.into_iter().filter(|_| is_mute));
    let says = |name: &str, begin: &str| !hints.get(name).is_empty() && hints.get(name).starts_with(begin);
    let found = all.into_iter().find(|(name, begin, _)| says(name, begin));
    found.map(|(name, _, known)| (known, format!("the environment says {name}={}", hints.get(name))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Transport::{Konsole, Uba, Visual, Words};

    fn answers(name: &str, device: &str, mode: Option<u8>) -> Answers {
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Answers { name: said(name), device: said(device), bidi_mode: mode, ground: None }
    }

    fn hints(set: &[(&str, &str)]) -> Hints {
        Hints::of(|wanted| set.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn terminals_are_recognised_by_what_they_answered() {
        for (name, device, mode, transport, harakat, known) in [
            ("XTerm(379)", "41;379;0", Some(0), Visual, true, "xterm"),
            ("", "65;7006;1", Some(2), Visual, true, VTE.name),
            ("Konsole 22.12.3", "1;115;0", None, Konsole, true, "Konsole"),
            ("kitty(0.26.5)", "1;4000;26", Some(0), Words, false, "kitty"),
            ("", "24;279;0", Some(0), Uba, true, "mlterm"),
            ("", "0;136;0", None, Uba, true, "PuTTY"),
            ("", "85;95;0", None, Visual, true, "rxvt-unicode"),
            ("", "1;95;0", None, Uba, false, "Terminal.app"),
            ("WezTerm 20240203", "1;277;0", None, Words, false, "WezTerm"),
            ("", "1;10;0", None, Visual, false, "mosh"),
            ("tmux 3.3a", "84;0;0", None, Visual, false, "tmux"),
            ("", "83;40900;0", None, Visual, false, "GNU screen"),
            ("", "", None, Visual, true, "xterm"),
        ] {
            let (found, why) = recognise(&answers(name, device, mode), &hints(&[("TERM", "xterm-256color")]), &Around::default());
            assert_eq!((found.transport, found.harakat, found.name), (transport, harakat, known), "{name} {device}: {why}");
        }
    }

    #[test]
    fn the_environment_is_only_a_hint() {
        let inherited = hints(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")]);
        assert_eq!(recognise(&answers("", "0;136;0", None), &inherited, &Around::default()).0, &PUTTY);
        assert_eq!(recognise(&Answers::default(), &inherited, &Around::default()).0, &VTE);
        assert_eq!(recognise(&answers("", "0;1700;1", None), &hints(&[("TERM", "alacritty")]), &Around::default()).0, &ALACRITTY);
        assert_eq!(recognise(&answers("", "0;1700;1", None), &inherited, &Around::default()).0, &XTERM, "another one's variable");
    }

    #[test]
    fn a_program_in_between_hides_the_terminal_but_not_always() {
        let tmux = answers("tmux 3.3a", "84;0;0", None);
        let inside = |name: &'static str| hints(&[("TERM", "screen-256color"), ("TMUX", "/run/x,1,0"), (name, "7006")]);
        let around = |told: &str, answers: Answers| {
            let mut around = Around { answers, ..Around::default() };
            around.hear_of(told);
            around
        };
        let transport = |hints: &Hints, told: &str| recognise(&tmux, hints, &around(told, Answers::default())).0.transport;
        assert_eq!(transport(&inside("VTE_VERSION"), ""), Uba);
        assert_eq!(transport(&inside("KONSOLE_VERSION"), ""), Konsole);
        assert_eq!(transport(&inside("XTERM_VERSION"), ""), Visual);
        assert_eq!(transport(&inside("VTE_VERSION"), "XTerm(379)\nxterm"), Visual, "what is attached now counts");
        assert_eq!(transport(&inside("XTERM_VERSION"), "kitty(0.26.5)\nxterm-kitty"), Words);
        assert_eq!(transport(&inside("XTERM_VERSION"), "\nmlterm"), Uba, "a name of its own is as good as an answer");
        assert_eq!(transport(&inside("VTE_VERSION"), "\nxterm-256color"), Uba, "many call themselves so");
        let screen = hints(&[("STY", "1.pts"), ("VTE_VERSION", "7006")]);
        let behind = |around: &Around| recognise(&answers("", "83;40900;0", None), &screen, around).0;
        assert_eq!(behind(&Around::default()), &VTE_BEHIND);
        assert_eq!(behind(&around("", answers("", "0;136;0", None))), &PUTTY, "it was started in VTE and is attached in PuTTY");
        assert_eq!(behind(&around("", answers("", "65;7006;1", Some(1)))), &VTE_BEHIND);
        assert_eq!(behind(&around("", answers("XTerm(379)", "41;379;0", Some(0)))), &SCREEN);
    }

    #[test]
    fn questions_are_wrapped_as_each_program_in_between_passes_them_on() {
        let screen = String::from_utf8(passed_on(&SCREEN)).unwrap();
        assert_eq!(screen, format!("\x1bP{QUESTIONS_AROUND}\x1b\\"));
        let tmux = String::from_utf8(passed_on(&TMUX)).unwrap();
        assert!(tmux.starts_with("\x1bPtmux;\x1b\x1b[>q") && tmux.ends_with("\x1b\x1b[c\x1b\\"), "{tmux:?}");
    }

    #[test]
    fn a_terminal_says_the_same_again() {
        let one = hints(&[("TERM", "xterm"), ("SSH_CONNECTION", "10.0.0.1 4000 10.0.0.2 22"), ("TMUX", "/run/a,1,0")]);
        assert_eq!(one.signature(), "TERM=xterm TMUX SSH=10.0.0.1");
        assert!(one.may_ask() && !hints(&[("TERM", "linux")]).may_ask() && !hints(&[]).may_ask());
    }

    #[test]
    fn what_was_not_seen_says_so() {
        assert!(
            ALL.iter()
                .filter(|known| known.seen.is_none() && known.name != "Linux console")
                .all(|known| known.advice.contains("Not tested"))
        );
    }
}

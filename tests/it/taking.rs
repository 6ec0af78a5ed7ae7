//! Taking an article out of the browser: what is asked of the world, and what arrives in a real tmux.

use std::{
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use qala::app::{Effect, Key, Msg};

use crate::{made_up::MadeUp, program::Program, session::Session};

/// What was last sent towards the clipboard: its name and the text.
fn taken(session: &Session) -> Option<(&'static str, &str)> {
    session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Copy { what, text } => Some((*what, text.as_str())),
        _ => None,
    })
}

#[test]
fn a_citation_isolates_its_fields_and_runs_the_way_of_its_title() {
    let mut session = Session::new(120, 30);
    session.keys("y y");
    let arabic = "\u{200F}\u{2068}وزيرة الزراعة: موسم الزيتون أفضل من العام الماضي\u{2069} · \u{2068}صحيفة المرفأ\u{2069} · \
                  \u{2068}2024-11-03\u{2069} · \u{2068}made-up.jsonl\u{2069}";
    assert_eq!(taken(&session), Some(("citation", arabic)));
    session.keys("j").pause().keys("y y");
    assert!(taken(&session).is_some_and(|(_, text)| text.starts_with("\u{2068}Harbour of Tyre")));
}

#[test]
fn a_paragraph_is_the_one_of_the_hit_or_else_the_first_in_sight() {
    let mut session = Session::new(120, 30);
    session.keys("/").types("صور").pause().keys("enter n y p");
    assert_eq!(taken(&session), Some(("paragraph", "وأضافت الحداد خلال زيارة إلى صور: «سنشتري 1200 طن من المزارعين بسعر عادل».")));
    session.keys("esc esc enter g g y p");
    assert!(taken(&session).is_some_and(|(_, text)| text.starts_with("وزيرة الزراعة: موسم")), "{:?}", taken(&session));
    let mut session = Session::new(120, 9);
    session.keys("enter G y p");
    assert!(taken(&session).is_some_and(|(_, text)| text.starts_with("وأضافت الحداد")), "{:?}", taken(&session));
}

#[test]
fn text_place_and_id_are_taken_whole() {
    let mut session = Session::new(80, 24);
    session.keys("y a");
    assert!(taken(&session).is_some_and(|(what, text)| what == "article" && text.ends_with("من مصرف الساحل.")));
    session.keys("y u");
    assert_eq!(taken(&session), Some(("file path", "made-up.jsonl")));
    session.keys("y i");
    assert_eq!(taken(&session).map(|(what, text)| (what, text.len())), Some(("id", 16)));
    // With an Arabic keyboard the same keys bear these letters.
    session.keys("غ غ");
    assert_eq!(taken(&session).map(|(what, _)| what), Some("citation"));
}

#[test]
fn the_original_is_a_link_or_else_a_path_that_is_told() {
    let mut session = Session::new(80, 24);
    session.keys("o");
    let told = session.model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(told, Some("no link is known; it was read from \u{2068}made-up.jsonl\u{2069}"));
    session.keys("E");
    assert!(matches!(session.asked.last(), Some(Effect::Show { text, .. }) if text.ends_with("من مصرف الساحل.")));
    session.keys("j g e");
    assert!(matches!(session.asked.last(), Some(Effect::Show { text, .. }) if text.starts_with("Harbour of Tyre")));
}

#[test]
fn what_is_taken_is_the_article_under_the_cursor_even_before_it_is_shown() {
    let mut session = Session::new(120, 30);
    session.keys("j y y");
    assert!(taken(&session).is_some_and(|(_, text)| text.contains("Harbour of Tyre")));
}

#[test]
fn an_empty_archive_has_nothing_to_take() {
    let mut session = Session::over(MadeUp { articles: 0, ..MadeUp::default() }, 80, 24);
    session.keys("y y");
    assert_eq!(taken(&session), None);
    assert_eq!(session.model.notice.as_ref().map(|notice| notice.text.as_str()), Some("there is no article here"));
}

#[test]
fn the_keys_that_take_are_shown_after_y() {
    let mut session = Session::new(80, 24);
    session.keys("y").pause();
    let picture = session.picture();
    for line in ["y  Copy title, outlet", "p  Copy the paragraph", "a  Copy the whole text", "u  Copy the link", "i  Copy the id"]
    {
        assert!(picture.contains(line), "{line}\n{picture}");
    }
    session.send(Msg::Key(Key::Esc));
    assert_eq!(taken(&session), None);
}

const PATIENCE: Duration = Duration::from_secs(30);

/// A tmux server of its own with the browser in it.
struct Tmux {
    program: Program,
}

impl Tmux {
    /// Starts the browser on one article, or says that there is no tmux.
    fn start(set_clipboard: &str, environment: &str) -> Option<Tmux> {
        Tmux::over("افتتاح معرض الكتاب في طرابلس\n\nقالت ليلى الحداد إنها اشترت 3 كتب.\n", set_clipboard, environment)
    }

    fn over(article: &str, set_clipboard: &str, environment: &str) -> Option<Tmux> {
        let tmux = Tmux { program: Program::new() };
        let Ok(version) = Command::new("tmux").arg("-V").output() else {
            println!("skipped: there is no tmux here");
            return None;
        };
        assert!(version.status.success());
        let file = tmux.program.file("news/a.txt", article);
        let browser = format!(
            "env {environment} HOME={home} QALA_ARCHIVE={home}/archive {qala} {file}",
            home = tmux.program.path("").display(),
            qala = env!("CARGO_BIN_EXE_qala"),
            file = file.display()
        );
        let started = tmux.run(&["new-session", "-d", "-x", "100", "-y", "30", "cat"]);
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        tmux.run(&["set-option", "-s", "set-clipboard", set_clipboard]);
        assert!(tmux.run(&["respawn-pane", "-k", &browser]).status.success());
        // What the end of the import tells would take the place of what is told of a copy.
        tmux.wait_for("1 new articles");
        tmux.wait_for("1/1");
        Some(tmux)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.args(["-u", "-f", "/dev/null"]).args(args).stdin(Stdio::null());
        command.env("TMUX_TMPDIR", self.program.path("")).env_remove("TMUX").output().unwrap()
    }

    fn wait_for(&self, text: &str) {
        let start = Instant::now();
        loop {
            let shown = String::from_utf8_lossy(&self.run(&["capture-pane", "-p"]).stdout).into_owned();
            if shown.contains(text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {text}:\n{shown}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the end of what runs in the pane.
    fn wait_until_it_ends(&self) {
        let start = Instant::now();
        while self.run(&["display-message", "-p", "#{pane_dead}"]).stdout != b"1\n" {
            assert!(start.elapsed() < PATIENCE, "it goes on");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn buffer(&self) -> String {
        String::from_utf8(self.run(&["save-buffer", "-"]).stdout).unwrap()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn tmux_has_the_logical_text_whatever_it_lets_programs_do() {
    for set_clipboard in ["on", "external", "off"] {
        let Some(tmux) = Tmux::start(set_clipboard, "") else { return };
        tmux.run(&["send-keys", "G", "y", "a"]);
        tmux.wait_for("article put into tmux's buffer");
        assert_eq!(tmux.buffer(), "افتتاح معرض الكتاب في طرابلس\n\nقالت ليلى الحداد إنها اشترت 3 كتب.\n", "{set_clipboard}");
        tmux.run(&["send-keys", "y", "y"]);
        tmux.wait_for("citation put into tmux's buffer");
        assert!(tmux.buffer().starts_with("\u{200F}\u{2068}افتتاح معرض الكتاب في طرابلس\u{2069} · "), "{}", tmux.buffer());
    }
}

#[test]
fn a_tmux_that_is_out_of_reach_takes_the_sequence_where_it_may() {
    // As behind SSH: no socket is named, and only the sequence can get through.
    let Some(tmux) = Tmux::start("on", "-u TMUX TERM=tmux-256color") else { return };
    tmux.run(&["send-keys", "y", "a"]);
    tmux.wait_for("article sent to the terminal by OSC 52 (");
    assert_eq!(tmux.buffer(), "افتتاح معرض الكتاب في طرابلس\n\nقالت ليلى الحداد إنها اشترت 3 كتب.\n");
}

#[test]
fn a_long_text_comes_through_screen_in_pieces_and_whole() {
    if Command::new("screen").arg("-v").output().is_err() {
        println!("skipped: there is no screen here");
        return;
    }
    let article = format!("Rain\n\n{}\n", "قالت ليلى الحداد إنها اشترت 3 كتب. ".repeat(40));
    let screen = "-u TMUX -u TMUX_PANE TERM=xterm-256color screen -c /dev/null -U env";
    let Some(tmux) = Tmux::over(&article, "on", screen) else { return };
    tmux.run(&["send-keys", "y", "a"]);
    tmux.wait_for("article sent to the terminal by OSC 52 (");
    assert_eq!(tmux.buffer(), article);
    // Screen would stay behind without its terminal.
    tmux.run(&["set-option", "-w", "remain-on-exit", "on"]);
    tmux.run(&["send-keys", "Q"]);
    tmux.wait_until_it_ends();
}

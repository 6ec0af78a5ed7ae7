//! The browser in a real pseudo-terminal: what it leaves behind on every way out, and what hostile articles do to it.

use std::{
    io::{Read, Write},
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::program::Program;

const PATIENCE: Duration = Duration::from_secs(30);
const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };

/// The browser, everything it has sent, and the screen that a terminal makes of it.
struct Browser {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    sent: Arc<Mutex<Vec<u8>>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Browser {
    fn start(program: &Program, args: &[&str]) -> Browser {
        Browser::start_with(program, args, &[])
    }

    fn start_with(program: &Program, args: &[&str], environment: &[(&str, &str)]) -> Browser {
        let pty = native_pty_system().openpty(SIZE).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_qala"));
        command.args(args);
        command.env_clear();
        for (name, value) in [("HOME", program.path("")), ("QALA_ARCHIVE", program.path("archive"))] {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let collected = Arc::clone(&sent);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                collected.lock().unwrap().extend_from_slice(&chunk[..n]);
            }
        });
        Browser { child, keys: pty.master.take_writer().unwrap(), sent, _master: pty.master }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }

    fn screen(&self) -> vt100::Parser {
        let [rows, columns] = [SIZE.rows, SIZE.cols].map(|n| n.try_into().expect("a terminal has rows and columns"));
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        terminal.process(&self.sent.lock().unwrap());
        terminal
    }

    /// Waits until `wanted` holds of the browser, and says what was on the screen if it never does.
    fn wait_for(&mut self, what: &str, wanted: impl Fn(&mut Browser) -> bool) {
        let start = Instant::now();
        while !wanted(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}:\n{}", self.screen().screen().contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |browser| browser.screen().screen().contents().contains(text));
    }

    fn wait_for_end(&mut self) -> u32 {
        self.wait_for("the end", |browser| browser.child.try_wait().unwrap().is_some());
        self.child.wait().unwrap().exit_code()
    }

    /// That the terminal is as a shell expects it.
    fn assert_given_back(&mut self) {
        self.wait_for("the terminal to be given back", |browser| browser.sent().ends_with_reset());
        let terminal = self.screen();
        let screen = terminal.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{:?}", self.sent());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

trait Reset {
    fn ends_with_reset(&self) -> bool;
}

impl Reset for String {
    /// Explicit bidi mode was left and the alternate screen too, after the last time they were entered.
    fn ends_with_reset(&self) -> bool {
        let after = |off: &str, on: &str| self.rfind(off) > self.rfind(on);
        after("\u{1b}[8h", "\u{1b}[8l") && after("\u{1b}[?1049l", "\u{1b}[?1049h") && after("\u{1b}[?25h", "\u{1b}[?25l")
    }
}

#[test]
fn every_way_out_gives_the_terminal_back() {
    for way in ["q", "TERM", "HUP", "INT"] {
        let program = Program::new();
        let mut browser = Browser::start(&program, &["--sample"]);
        browser.wait_for_text("/24");
        match way {
            "q" => browser.press("q"),
            signal => browser.signal(signal),
        }
        assert_eq!(browser.wait_for_end(), 0, "{way}");
        browser.assert_given_back();
    }
}

#[test]
fn an_archive_that_cannot_be_opened_gives_the_terminal_back_and_says_why() {
    let program = Program::new();
    program.file("archive/archive.db", "this is no database, however long it may look at first sight");
    let mut browser = Browser::start(&program, &[]);
    assert_eq!(browser.wait_for_end(), 2);
    browser.wait_for("a reason", |browser| browser.sent().contains("qala: "));
    browser.assert_given_back();
}

#[test]
fn control_z_stops_and_the_shell_brings_the_browser_back() {
    let program = Program::new();
    let mut browser = Browser::start(&program, &["--sample"]);
    browser.wait_for_text("/24");
    browser.press("\u{1a}");
    browser.assert_given_back();
    let pid = browser.child.process_id().unwrap();
    browser.wait_for("a stopped process", |_| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // Where there is no /proc the terminal's state alone must do.
        status.is_empty() || status.rsplit(')').next().unwrap().trim_start().starts_with('T')
    });
    browser.signal("CONT");
    browser.wait_for_text("/24");
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
    browser.assert_given_back();
}

#[test]
fn a_hostile_article_shows_harmless_characters() {
    let program = Program::new();
    let hostile = "\u{1b}]0;owned\u{7}Gotcha\u{1b}[2J\u{9b}2J \u{202e}txt\n\nBody \u{1b}]52;c;aGVsbG8=\u{7} said \u{1b}[?1049l Vladimir Putin\u{8}\n";
    let file = program.file("news\u{1b}[2J/a\u{7}.txt", hostile);
    let mut browser = Browser::start(&program, &[file.to_str().unwrap()]);
    browser.wait_for_text("Gotcha");
    browser.wait_for_text("Putin");
    let sent = browser.sent();
    for sequence in ["\u{1b}]0;", "\u{1b}]52", "\u{9b}", "\u{202e}", "\u{7}", "\u{1b}[?1049l"] {
        assert!(!sent.contains(sequence), "{sequence:?} was sent");
    }
    let screen = browser.screen();
    assert!(screen.screen().contents().contains("said"), "the screen was cleared:\n{}", screen.screen().contents());
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
}

#[test]
fn articles_appear_while_the_import_goes_on_and_typing_filters_them() {
    let program = Program::new();
    let folder = program.path("news");
    for n in 0..300 {
        program.file(
            &format!("news/{n}.txt"),
            format!("Report number {n} from Yerevan\n\nThe ministry said that talks would go on.\n"),
        );
    }
    program.file("news/other.txt", "بوتين في سوتشي\n\nقال الرئيس الروسي فلاديمير بوتين إن الاتفاق ينفذ.\n");
    let mut browser = Browser::start(&program, &[folder.to_str().unwrap()]);
    // The first line counts what the list holds; the last one counts what the import has read.
    let listed = |browser: &mut Browser, wanted: &str| {
        let screen = browser.screen().screen().contents();
        screen.lines().next().is_some_and(|line| line.ends_with(wanted))
    };
    browser.wait_for("all articles in the list", |browser| listed(browser, " 301 articles"));
    browser.press("/بوتيين");
    browser.wait_for("the one that the letters find", |browser| listed(browser, " 1 of 301 articles"));
    browser.press("\u{1b}");
    browser.wait_for("all articles again", |browser| listed(browser, " 301 articles") && !listed(browser, " of 301 articles"));
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
}

#[test]
fn a_light_background_that_the_terminal_tells_of_changes_the_colours_and_types_nothing() {
    let program = Program::new();
    let mut browser = Browser::start(&program, &["--sample"]);
    browser.wait_for("the question", |browser| browser.sent().contains("\u{1b}]11;?"));
    browser.wait_for_text("/24");
    let colour = |browser: &Browser| browser.screen().screen().cell(0, 1).map(vt100::Cell::fgcolor);
    let dark = colour(&browser);
    for piece in ["\u{1b}]11;r", "gb:ffff/fff", "f/ffff\u{1b}", "\\"] {
        browser.press(piece);
        thread::sleep(Duration::from_millis(20));
    }
    browser.wait_for("other colours", |browser| colour(browser) != dark);
    browser.press("\u{1b}]11;rgb:0000/0000/0000\u{7}");
    browser.press("/Yerevan");
    browser.wait_for_text("/ Yerevan");
    browser.press("\r");
    browser.press("q");
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
    browser.assert_given_back();
}

/// Writes a script and the words that run it.
fn script(program: &Program, name: &str, lines: &str) -> String {
    format!("/bin/sh {}", program.file(name, lines).display())
}

#[test]
fn an_editor_has_the_terminal_to_itself_and_gives_it_back() {
    let program = Program::new();
    let editor =
        script(&program, "ed.sh", "echo EDITING\nhead=$(/bin/cat \"$1\")\nread answer\necho \"$answer$head\" > $HOME/seen\n");
    let article = program.file("news/a.txt", "Rain over the hills\n\nThe minister said that it was late.\n");
    let mut browser = Browser::start_with(&program, &[article.to_str().unwrap()], &[("EDITOR", &editor)]);
    browser.wait_for_text("1 article");
    browser.wait_for_text("it was late");
    browser.press("E");
    browser.wait_for("the editor", |browser| browser.sent().contains("EDITING"));
    browser.press("every key\r");
    browser.wait_for_text("it was late");
    let seen = std::fs::read_to_string(program.path("seen")).unwrap();
    assert!(seen.starts_with("every keyRain over the hills"), "{seen}");

    // What interrupts the other program does not end this one.
    browser.press("ge");
    browser.wait_for("the editor", |browser| browser.sent().matches("EDITING").count() == 2);
    browser.press("\u{3}");
    browser.wait_for_text("ended with");
    browser.press("/rain");
    browser.wait_for_text("1 of 1 article");
    browser.press("\rqq");
    assert_eq!(browser.wait_for_end(), 0);
    browser.assert_given_back();
}

#[test]
fn a_link_is_opened_as_one_argument() {
    let program = Program::new();
    let script = script(&program, "visit.sh", "echo \"$#$1\" > $HOME/part && /bin/mv $HOME/part $HOME/visited\n");
    let link = "https://example.org/a?b=1;touch$IFS$HOME/hacked&c='d'&e";
    let article = program.file("news/a.md", format!("---\ntitle: Rain\nurl: {link}\n---\n\nIt was late.\n"));
    let mut browser = Browser::start_with(&program, &[article.to_str().unwrap()], &[("BROWSER", &script)]);
    browser.wait_for_text("It was late");
    browser.press("o");
    browser.wait_for("a visit", |_| program.path("visited").exists());
    assert_eq!(std::fs::read_to_string(program.path("visited")).unwrap(), format!("1{link}\n"));
    assert!(!program.path("hacked").exists());
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
}

#[test]
fn a_second_browser_works_beside_the_first() {
    let program = Program::new();
    let mut first = Browser::start(&program, &["--sample"]);
    first.wait_for_text("/24");
    let mut second = Browser::start(&program, &["--sample"]);
    second.wait_for_text("/24");
    assert_eq!(program.json(&["search", "Suez", "--json"]).0, 0);
    for browser in [&mut second, &mut first] {
        browser.press("q");
        assert_eq!(browser.wait_for_end(), 0);
    }
}

#[test]
fn a_mark_that_was_shown_outlives_a_kill_and_two_browsers_lose_nothing() {
    let program = Program::new();
    let mut first = Browser::start(&program, &["--sample"]);
    first.wait_for_text("/24");
    // The list itself may come a moment after its frame, and before it there is nothing to star.
    first.wait_for_text("1/24");
    let mut second = Browser::start(&program, &["--sample"]);
    second.wait_for_text("/24");
    second.press("tmine\r");
    second.wait_for_text("#mine");
    first.press("s");
    first.wait_for_text("★");
    first.signal("KILL");
    first.wait_for_end();
    second.press("q");
    assert_eq!(second.wait_for_end(), 0);
    let mut third = Browser::start(&program, &["--sample"]);
    third.wait_for_text("/24");
    third.wait_for_text("★");
    third.wait_for_text("#mine");
    // Where this one ends the next one begins.
    third.press("/Suez\r");
    third.wait_for_text(" of 24");
    third.press("Q");
    assert_eq!(third.wait_for_end(), 0);
    let mut fourth = Browser::start(&program, &["--sample"]);
    fourth.wait_for_text("/Suez");
    fourth.press("Q");
    assert_eq!(fourth.wait_for_end(), 0);
}

#[test]
fn a_command_has_the_article_and_what_it_prints_is_seen() {
    let program = Program::new();
    let article = program.file("news/a.txt", "Rain over the hills\n\nThe minister said that it was late.\n");
    let mut browser = Browser::start_with(&program, &[article.to_str().unwrap()], &[("PATH", "/usr/bin:/bin")]);
    browser.wait_for_text("it was late");
    browser.press("|tr a-z A-Z\r");
    browser.wait_for_text("IT WAS LATE");
    browser.wait_for_text("Enter goes back");
    // Keys meant for the question are not the browser's.
    browser.press("qqq\r");
    browser.wait_for_text("it was late");
    browser.press("|exit 3\r");
    browser.wait_for_text("Enter goes back");
    browser.press("\r");
    browser.wait_for_text("exit status: 3");
    browser.press("q");
    assert_eq!(browser.wait_for_end(), 0);
    browser.assert_given_back();
}

#[test]
fn the_mouse_is_left_alone_until_somebody_asks_for_it() {
    let program = Program::new();
    let mut browser = Browser::start(&program, &["--sample"]);
    browser.wait_for_text("/24");
    assert!(!browser.sent().contains("\u{1b}[?1000h"));
    browser.press(":set mouse\r");
    // What it says of that may be gone at once, when new articles are told of.
    let mode = |browser: &Browser| browser.screen().screen().mouse_protocol_mode();
    browser.wait_for("the mouse to be taken", |browser| mode(browser) == vt100::MouseProtocolMode::PressRelease);
    browser.press("\u{1b}[<0;9;5M\u{1b}[<0;9;5m");
    browser.wait_for_text("2/24");
    browser.press(":set nomouse\r");
    browser.wait_for("the mouse to be given back", |browser| mode(browser) == vt100::MouseProtocolMode::None);
    browser.press(":set mouse\r");
    browser.wait_for("the mouse", |browser| mode(browser) == vt100::MouseProtocolMode::PressRelease);
    browser.press("Q");
    assert_eq!(browser.wait_for_end(), 0);
    browser.assert_given_back();
}

#[test]
fn what_one_browser_marks_the_other_shows_by_itself() {
    let program = Program::new();
    let mut first = Browser::start(&program, &["--sample"]);
    // The count stands there before the list does, and only what is listed can be tagged.
    first.wait_for_text("/24");
    first.wait_for_text("2024-10-16");
    let mut second = Browser::start(&program, &["--sample"]);
    second.wait_for_text("/24");
    second.wait_for_text("2024-10-16");
    first.press("tshared\r");
    first.wait_for_text("#shared");
    second.wait_for_text("#shared");
    second.press("a");
    second.wait_for_text("note:");
    second.press("theirs\r");
    first.wait_for_text("theirs");
    for browser in [&mut second, &mut first] {
        browser.press("Q");
        assert_eq!(browser.wait_for_end(), 0);
    }
}

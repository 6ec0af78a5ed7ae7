//! Bidi transports: what reordering terminals show of what they are sent is the picture that was painted.

use proptest::prelude::*;
use qala::{
    app::{Msg, Size},
    text::{
        clean::clean,
        layout::{Options, Row, line, rows},
    },
    ui::{Theme, view},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Color};
use unicode_width::UnicodeWidthStr;

use crate::{
    made_up::MadeUp,
    session::Session,
    terminals::{Kind, Terminal, is_as_wanted, symbols, text, wanted},
};

const REORDERING: [Kind; 4] = [Kind::Rows, Kind::RowsByLetter, Kind::RowsUnmirrored, Kind::Words];

/// How many rows were compared, and what those show that differ.
#[derive(Debug, Default)]
struct Tally {
    rows: usize,
    wrong: Vec<String>,
}

impl Tally {
    /// Shows a picture and compares what is seen with what is wanted.
    fn compare(&mut self, terminal: &mut Terminal, picture: &Buffer, caret: Option<(u16, u16)>) {
        let inexact = terminal.show(picture, caret);
        let (seen, wanted) = (terminal.seen(), wanted(picture));
        let mut wrong = 0;
        for (seen, wanted) in seen.iter().zip(&wanted) {
            assert_eq!(symbols(seen), symbols(wanted), "letters are lost");
            if !seen.iter().zip(wanted).all(|(seen, wanted)| is_as_wanted(seen, wanted)) {
                wrong += 1;
                self.wrong.push(text(wanted));
            }
        }
        self.rows += seen.len();
        assert!(wrong <= inexact, "{wrong} rows are wrong where {inexact} were known to be: {:?}", self.wrong);
        if let Some(caret) = caret.filter(|_| wrong == 0) {
            assert_eq!(terminal.caret(), caret, "the caret stands elsewhere");
        }
    }

    fn exact(&self) -> f64 {
        1.0 - self.wrong.len() as f64 / self.rows.max(1) as f64
    }
}

fn paint(buf: &mut Buffer, x: u16, y: u16, width: u16, row: &Row, marked: bool) {
    let mut x = x + if row.rtl { width - row.width() } else { 0 };
    for cluster in &row.clusters {
        let cell = &mut buf[(x, y)];
        cell.set_symbol(&cluster.text);
        if marked && cluster.src.start % 97 < 40 {
            cell.set_bg(Color::Blue);
        }
        x += u16::from(cluster.width);
    }
}

/// A picture of two panes with a frame between them: rows of an article from `top` on, at two widths.
fn panes(narrow: &[Row], wide: &[Row], top: usize, width: u16, height: u16) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, 36 + width + 1, height));
    for y in 0..height {
        buf[(34, y)].set_symbol("│");
        let at = top + usize::from(y);
        if let Some(row) = narrow.get(at) {
            paint(&mut buf, 2, y, 31, row, false);
        }
        if let Some(row) = wide.get(at) {
            paint(&mut buf, 36, y, width, row, true);
        }
    }
    buf[(0, height / 2)].set_symbol("▌");
    buf
}

/// Scrolls through an article a row at a time.
fn scroll(article: &str, width: u16, height: u16, tallies: &mut [Tally; 4]) {
    let options = Options { harakat: false, ..Options::default() };
    let (narrow, wide) = (rows(article, 31, &options), rows(article, width, &options));
    for (kind, tally) in REORDERING.into_iter().zip(tallies) {
        let mut terminal = Terminal::new(kind, 36 + width + 1, height);
        for top in 0..wide.len().max(1) {
            tally.compare(&mut terminal, &panes(&narrow, &wide, top, width, height), None);
        }
    }
}

fn assert_exact(tallies: &[Tally; 4]) {
    for (kind, tally) in REORDERING.iter().zip(tallies) {
        println!("{kind:?}: {} rows, {:.3} % exact", tally.rows, tally.exact() * 100.0);
        assert!(tally.exact() >= 0.995, "{kind:?}: {tally:?}");
    }
}

#[test]
fn scrolling_through_the_samples_shows_what_was_painted() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/src/samples");
    let mut tallies = <[Tally; 4]>::default();
    for (n, file) in std::fs::read_dir(samples).unwrap().enumerate() {
        let article = clean(std::fs::read_to_string(file.unwrap().path()).unwrap());
        let article: String = article.chars().take(1500).collect();
        scroll(&article, [38, 51, 77][n % 3], 6, &mut tallies);
    }
    assert_exact(&tallies);
}

#[test]
fn scrolling_through_the_reference_articles_shows_what_was_painted() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    let Ok(files) = std::fs::read_dir(corpus) else {
        println!("skipped: {corpus} is not there");
        return;
    };
    let mut tallies = <[Tally; 4]>::default();
    for file in files {
        let article = clean(std::fs::read_to_string(file.unwrap().path()).unwrap());
        for width in [40, 73] {
            scroll(&article, width, 4, &mut tallies);
        }
    }
    assert_exact(&tallies);
}

/// A minute or more for 2,000 articles; the file is named by `QALA_TRANSPORT_ARTICLES`, one JSON object with a `text` per line.
#[test]
fn many_articles_show_what_was_painted() {
    let Some(file) = std::env::var_os("QALA_TRANSPORT_ARTICLES") else {
        println!("skipped: QALA_TRANSPORT_ARTICLES names no file");
        return;
    };
    let mut tallies = <[Tally; 4]>::default();
    for (n, line) in std::fs::read_to_string(file).unwrap().lines().take(2000).enumerate() {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        let article = clean(article["text"].as_str().unwrap().to_owned());
        let width = 30 + u16::try_from(n * 37 % 70).unwrap();
        let options = Options { harakat: false, ..Options::default() };
        let (narrow, wide) = (rows(&article, 31, &options), rows(&article, width, &options));
        let picture = panes(&narrow, &wide, 0, width, u16::try_from(wide.len().min(60)).unwrap());
        for (kind, tally) in REORDERING.into_iter().zip(&mut tallies) {
            let mut terminal = Terminal::new(kind, picture.area.width, picture.area.height);
            tally.compare(&mut terminal, &picture, None);
        }
    }
    for tally in &tallies {
        tally.wrong.iter().for_each(|row| println!("  inexact: {row}"));
    }
    assert_exact(&tallies);
}

/// What the session shows now.
fn picture(session: &Session) -> (Buffer, Option<(u16, u16)>) {
    let Size { width, height } = session.model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let caret = view(&session.model, &Theme::default(), &mut buf);
    (buf, caret)
}

#[test]
fn a_session_with_filters_popups_and_other_sizes_shows_what_was_painted() {
    for kind in REORDERING {
        let mut session = Session::over(MadeUp { unread: true, ..MadeUp::of_size(40) }, 120, 20);
        let mut terminal = Terminal::new(kind, 120, 20);
        let mut tally = Tally::default();
        let mut look = |session: &Session| {
            let (picture, caret) = picture(session);
            tally.compare(&mut terminal, &picture, caret);
        };
        for keys in ["j", "j", "j", "k", "C-d", "enter", "j", "j", "] e", "g g", "?", "j", "q", "g m", "tab", "s", "tab"] {
            session.keys(keys);
            look(&session);
            session.pause();
            look(&session);
        }
        session.keys("/");
        for c in "الزيتون 20 ab (وقال".chars() {
            session.types(&c.to_string());
            look(&session);
        }
        for _ in 0..8 {
            session.keys("left");
            look(&session);
        }
        // Lists that open over all this.
        session.keys("esc esc /");
        for c in "عن:ال".chars() {
            session.types(&c.to_string());
        }
        for keys in [
            "tab", "tab", "tab", "esc", "esc", "f f", "j", "j", "f f", "2", "j", "tab", "j", "?", "q", "1", ":", "tab", "esc",
            "g h",
        ] {
            session.keys(keys).pause();
            look(&session);
        }
        session.keys("q esc").pause();
        for (width, height) in [(80, 24), (40, 10), (61, 15), (20, 5), (120, 20)] {
            session.send(Msg::Resize(Size { width, height })).pause();
            look(&session);
        }
        assert!(tally.exact() >= 0.995, "{kind:?}: {tally:?}");
    }
}

#[test]
fn some_words_have_no_exact_order() {
    // Nothing else is known.
    for (what, logical, rows_exact, words_exact) in [
        ("a number before letters in one word, at the row's beginning", "1932م قال", false, true),
        ("the same after another word", "عام 1932م قال", true, true),
        ("a bracket before it", "(1932م) قال", false, true),
        ("a number after letters in one word", "قال م1932", true, true),
        ("foreign letters before right-to-left ones in one word", "قال USAو", true, false),
        ("foreign letters after right-to-left ones in one word", "قال الـUSA", true, true),
        ("brackets around both", "قال (abc و) (د) [1]", true, true),
        ("dates, ranges and signs", "في 26/11/2021 و10-12 و5% و$3.5", true, true),
    ] {
        let row = line(logical, 60, &Options::default());
        let mut buf = Buffer::empty(Rect::new(0, 0, 64, 1));
        paint(&mut buf, 2, 0, 60, &row, false);
        for (kind, exact) in [
            (Kind::Rows, rows_exact),
            (Kind::RowsByLetter, rows_exact),
            (Kind::RowsUnmirrored, rows_exact),
            (Kind::Words, words_exact),
        ] {
            let mut tally = Tally::default();
            tally.compare(&mut Terminal::new(kind, 64, 1), &buf, None);
            assert_eq!(tally.wrong.is_empty(), exact, "{what} on {kind:?}: {tally:?}");
        }
    }
}

#[test]
fn what_stands_for_an_unsafe_character_keeps_its_cell_between_words() {
    // Overrides, as some agencies have them around numbers, are replaced where articles are read.
    let logical = clean("قال  \u{202D}25\u{202C} زيتونا \u{202E}\u{202E}  وعنبا\u{202D} .".to_owned());
    let row = line(&logical, 40, &Options::default());
    let mut picture = Buffer::empty(Rect::new(0, 0, 44, 1));
    paint(&mut picture, 2, 0, 40, &row, false);
    assert_eq!(text(&wanted(&picture)[0]).matches('\u{FFFD}').count(), 4);
    for kind in REORDERING {
        let mut tally = Tally::default();
        tally.compare(&mut Terminal::new(kind, 44, 1), &picture, None);
        assert!(tally.wrong.is_empty(), "{kind:?}: {tally:?}");
    }
}

fn mixed_line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[ابتثجحخدرسشصطعفقكلمنهويىةءئؤآأإ]{1,6}",
        2 => "[a-zA-Z]{1,6}",
        4 => " {1,2}",
        2 => "[0-9٠-٩۰-۹]{1,4}",
        1 => "[-.,:/%$#_()«»\\[\\]\"'،؛؟۔…]{1,3}",
        1 => "[אבגדהו]{1,4}",
        1 => "[漢字かな]{1,2}",
        1 => "\u{FFFD}{1,3}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_letter_is_lost_and_what_is_said_to_be_exact_is(
        lines in prop::collection::vec((mixed_line(), mixed_line(), any::<bool>()), 1..4),
        width in 10_u16..60,
        marks in prop::collection::vec(0_u16..100, 0..6),
    ) {
        let mut terminals = REORDERING.map(|kind| Terminal::new(kind, width * 2 + 4, 2));
        let has_wide = lines.iter().any(|(left, right, _)| left.width() + right.width() > left.chars().count() + right.chars().count());
        for (left, right, framed) in lines {
            let mut buf = Buffer::empty(Rect::new(0, 0, width * 2 + 4, 2));
            paint(&mut buf, 1, 0, width, &line(&left, width, &Options::default()), false);
            paint(&mut buf, width + 3, 0, width, &line(&right, width, &Options::default()), false);
            if framed {
                buf[(width + 1, 0)].set_symbol("│");
            }
            // A terminal gives the second half of a wide letter that is painted over the looks of what comes, whatever was asked.
            let marks = if has_wide { &[][..] } else { &marks };
            marks.iter().for_each(|x| buf[(x % (width * 2 + 4), 0)].bg = Color::Red);
            for terminal in &mut terminals {
                Tally::default().compare(terminal, &buf, None);
            }
        }
    }
}

//! What holds for the layout of any text at all, hostile text included.

use proptest::prelude::*;
use qala::text::{
    Span,
    layout::{Base, Cluster, Line, Options, Row, line, row_at, rows},
};
use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// Characters with a say in joining, order, width or breaking, among ordinary ones.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ابتثجحخدرسشصطعفقكلمنهويىةءئؤآأإ]{1,6}",
        2 => "[a-zA-Z]{1,6}",
        2 => "[ ]{1,3}",
        1 => "[0-9٠-٩۰-۹.,:/-]{1,8}",
        1 => "[()«»\\[\\]{}<>\"'،؛؟۔…]{1,3}",
        1 => "[\u{64B}-\u{655}\u{670}\u{301}\u{34F}]{1,3}",
        1 => "[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2069}\u{61C}\u{FEFF}\u{AD}]{1,2}",
        1 => "[پچژگکیڤٹڑےںھەڵێۆ]{1,4}",
        1 => "[漢字かなカナ한글ｶﾞ。、「」\u{3000}]{1,4}",
        1 => prop::sample::select(vec!["👩\u{200D}👩\u{200D}👧", "🇦🇲🇦🇿", "❤\u{FE0F}", "👍🏽", "क्ष्म", "ശ്രീ", "שָׁלוֹם", "กำ", "\u{1160}", "e\u{301}"])
            .prop_map(str::to_owned),
        1 => "[\r\n\t\u{0}-\u{1F}\u{7F}-\u{9F}\u{2028}\u{2029}\u{A0}]{1,2}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_options() -> impl Strategy<Value = Options> {
    let base = prop::sample::select(vec![Base::Auto, Base::Ltr, Base::Rtl]);
    (any::<bool>(), any::<bool>(), any::<bool>(), base).prop_map(|(shaping, harakat, collapse_blank_lines, base)| Options {
        shaping,
        harakat,
        tatweel: true,
        collapse_blank_lines,
        base,
    })
}

/// Blanks, controls that split or steer, and joiners: what may have no cell.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Marks without a letter may be hidden, and Hangul vowels without a consonant cannot be shown.
fn has_width(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c).is_some_and(|width| width > 0)
}

fn in_logical_order(rows: &[Row]) -> Vec<&Cluster> {
    let mut clusters: Vec<&Cluster> = rows.iter().flat_map(|row| &row.clusters).collect();
    clusters.sort_by_key(|cluster| cluster.src);
    clusters
}

/// Everything that must be true of `rows` of `text` at `width`.
fn check(text: &str, rows: &[Row], width: u16) {
    for row in rows {
        assert!(row.width() <= width.max(1) || row.clusters.len() == 1, "{row} is wider than {width}");
        assert!(row.clusters.iter().all(|cluster| row.src.contains(cluster.src)), "{row} has clusters of elsewhere");
        for cluster in &row.clusters {
            check_cluster(cluster);
        }
        let all = row.cells(row.src);
        assert_eq!(
            all.iter().map(|cells| cells.len()).sum::<usize>(),
            usize::from(row.width()),
            "a highlight of the row covers it"
        );
        assert_eq!(all.len(), usize::from(!row.is_empty()), "and has no gaps");
    }
    assert!(rows.windows(2).all(|pair| pair[0].src.end <= pair[1].src.start), "rows ascend");
    let clusters = in_logical_order(rows);
    assert!(clusters.windows(2).all(|pair| pair[0].src.end <= pair[1].src.start), "no byte is shown twice");
    let mut shown = clusters.iter().peekable();
    for (at, c) in text.char_indices() {
        while shown.next_if(|cluster| cluster.src.end as usize <= at).is_some() {}
        let covered = shown.peek().is_some_and(|cluster| cluster.src.has(at));
        assert!(covered || !is_visible(c) || !has_width(c), "{c:?} at {at} has no cell");
        if is_visible(c) && covered {
            let row = &rows[row_at(rows, at).expect("there are rows")];
            assert!(row.columns_of(at).is_some(), "{c:?} at {at} is not in the row that row_at tells");
        }
    }
}

/// The symbol can be painted as it is: one grapheme, of the width that ratatui will reckon with, with nothing in it that a
/// terminal would obey.
fn check_cluster(cluster: &Cluster) {
    assert!(!cluster.src.is_empty());
    assert!(!cluster.text.chars().any(char::is_control), "{cluster:?}");
    assert!(!cluster.text.contains(|c| !is_visible(c) && c != '\u{200D}' && c != ' ' && c != '\u{3000}'), "{cluster:?}");
    assert_eq!(cluster.text.graphemes(true).count(), 1, "{cluster:?}");
    assert_eq!(u16::from(cluster.width), cluster.text.cell_width(), "{cluster:?}");
    assert!(cluster.width > 0);
}

proptest! {
    #[test]
    fn rows_show_every_visible_character_once_and_fit(text in hostile_text(), width in 0_u16..40, options in any_options()) {
        check(&text, &rows(&text, width, &options), width);
    }

    #[test]
    fn width_changes_breaks_and_nothing_else(text in hostile_text(), width in 1_u16..40, options in any_options()) {
        let visible = |width| -> Vec<Cluster> {
            let rows = rows(&text, width, &options);
            in_logical_order(&rows).into_iter().filter(|cluster| !cluster.is_blank()).cloned().collect()
        };
        prop_assert_eq!(visible(width), visible(10_000));
    }

    #[test]
    fn a_line_fits_and_accounts_for_all_of_its_text(text in hostile_text(), width in 0_u16..60, options in any_options()) {
        let row = line(&text, width, &options);
        prop_assert!(row.width() <= width);
        row.clusters.iter().for_each(check_cluster);
        if !row.is_empty() {
            let mut sources: Vec<Span> = row.clusters.iter().map(|cluster| cluster.src).collect();
            sources.sort();
            prop_assert!(sources.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert_eq!((sources[0].start, sources[sources.len() - 1].end), (0, row.src.end));
        }
    }

    #[test]
    fn columns_and_sources_lead_to_each_other(text in hostile_text(), options in any_options()) {
        let row = line(&text, u16::MAX, &options);
        for (columns, cluster) in row.placed() {
            let offset = row.offset_at(columns.start).expect("a column of the row");
            prop_assert_eq!(offset, cluster.src.start as usize);
            prop_assert_eq!(row.columns_of(offset), Some(columns.clone()));
            prop_assert_eq!(row.cells(cluster.src), vec![columns]);
        }
        prop_assert_eq!(row.offset_at(row.width()), None);
    }

    #[test]
    fn the_caret_stays_at_the_row(text in hostile_text(), options in any_options()) {
        let row = line(&text, u16::MAX, &options);
        for offset in 0..=text.len() + 1 {
            let caret = row.caret(offset);
            prop_assert!(caret.edge <= row.width());
            prop_assert!((-1..=i32::from(row.width())).contains(&caret.cell()));
        }
    }

    #[test]
    fn fields_do_not_reorder_each_other(one in hostile_text(), other in hostile_text()) {
        let line = Line::new().field(&one, 1).literal(" · ", 2).field(&other, 3);
        let row = line.row(u16::MAX, &Options::default());
        let mut tags: Vec<i32> = row.clusters.iter().filter_map(|cluster| line.tag(cluster.src)).copied().collect();
        if row.rtl {
            tags.reverse();
        }
        prop_assert!(tags.is_sorted(), "{:?}", tags);
    }
}

#[test]
fn the_reference_articles_lay_out_at_every_width() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    let Ok(files) = std::fs::read_dir(corpus) else {
        println!("skipped: {corpus} is not there");
        return;
    };
    for file in files {
        let path = file.expect("a folder entry").path();
        let text = std::fs::read_to_string(&path).expect("articles are UTF-8");
        for width in 30..=100 {
            check(&text, &rows(&text, width, &Options::default()), width);
        }
    }
}

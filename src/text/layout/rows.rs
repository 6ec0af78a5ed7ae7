//! Whole articles: paragraphs one after the other, each wrapped into rows.

use super::{
    Cluster, Options, Row,
    order::{self, Levels},
    shape::shape,
    wrap::row_ends,
};
use crate::text::Span;

/// Lays out `text`, a paragraph to a line of it, in rows of at most `width` columns (at least one).
///
/// Sources are bytes of `text` and ascend from row to row. A blank line gives an empty row in the direction of the
/// paragraph before. Only a symbol that is wider than `width` itself makes a wider row.
pub fn rows(text: &str, width: u16, options: &Options) -> Vec<Row> {
    let width = width.max(1);
    let mut rows: Vec<Row> = Vec::new();
    let mut rtl = options.base.is_rtl(text, false);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let paragraph = line.strip_suffix('\n').map_or(line, |rest| rest.strip_suffix('\r').unwrap_or(rest));
        let end = start + paragraph.len();
        if paragraph.trim().is_empty() {
            match rows.last_mut() {
                Some(above) if options.collapse_blank_lines && above.is_empty() => above.src.end = Span::new(start, end).end,
                _ => rows.push(Row { clusters: Vec::new(), rtl, src: Span::new(start, end) }),
            }
        } else {
            rtl = options.base.is_rtl(paragraph, rtl);
            wrap_paragraph(paragraph, start, rtl, width, options, &mut rows);
        }
        start += line.len();
    }
    rows
}

/// The number of the row that shows the byte at `offset`, or that it would follow; `None` only where there are no rows.
pub fn row_at(rows: &[Row], offset: usize) -> Option<usize> {
    let after = rows.partition_point(|row| row.src.start as usize <= offset);
    if rows.is_empty() { None } else { Some(after.saturating_sub(1)) }
}

fn wrap_paragraph(paragraph: &str, start: usize, rtl: bool, width: u16, options: &Options, rows: &mut Vec<Row>) {
    let levels = Levels::new(paragraph, rtl);
    let mut clusters = shape(paragraph, start, &levels, options);
    clusters.drain(..too_deep_an_indent(&clusters, width));
    let ends = row_ends(paragraph, start, &clusters, width);
    let (mut clusters, mut taken) = (clusters.into_iter(), 0);
    let mut from = start;
    for end in ends {
        let mut row: Vec<Cluster> = clusters.by_ref().take(end - taken).collect();
        taken = end;
        let to = row.last().map_or(from, |last| last.src.end as usize);
        while row.pop_if(|last| last.is_blank()).is_some() {}
        order::reorder(&mut row, levels.base());
        rows.push(Row { clusters: row, rtl, src: Span::new(from, to) });
        from = to;
    }
    if from == start {
        rows.push(Row { clusters: Vec::new(), rtl, src: Span::new(start, start + paragraph.len()) });
    }
}

/// The number of blanks at the start of a paragraph if they would fill more than half of a row: centred titles and the like.
fn too_deep_an_indent(clusters: &[Cluster], width: u16) -> usize {
    let blanks = clusters.iter().take_while(|cluster| cluster.is_blank()).count();
    let cells: usize = clusters[..blanks].iter().map(|blank| usize::from(blank.width)).sum();
    if cells > usize::from(width) / 2 { blanks } else { 0 }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::text::layout::{
        Base,
        capitals::{arabic, painted, screen},
    };

    #[test]
    fn paragraphs_run_in_their_own_direction() {
        assert_snapshot!(screen("SAID THE MINISTER (26/11) OF foreign office: \"YES\".\n\nthe minister said: \"YES INDEED\".", 18), @r#"
        | RETSINIM EHT DIAS|
        |foreign FO (26/11)|
        |    ."SEY" :office|
        |                  |
        |the minister said:|
        |"DEEDNI SEY".     |
        "#);
    }

    #[test]
    fn brackets_turn_round_and_numbers_do_not() {
        assert_snapshot!(screen("[A] (B) <C> {1} «2021» 3-2 50%", 40), @r"
        |          %50 2-3 «2021» {1} <C> (B) [A]|
        ");
    }

    #[test]
    fn an_iso_date_needs_an_isolate() {
        assert_snapshot!(screen("ON 2021-11-26 IN\nON \u{2068}2021-11-26\u{2069} IN\non 9 NOVEMBER 2020 in\non \u{2068}9 NOVEMBER 2020\u{2069} in", 24), @r"
        |        NI 26-11-2021 NO|
        |        NI 2021-11-26 NO|
        |on 9 2020 REBMEVON in   |
        |on 2020 REBMEVON 9 in   |
        ");
    }

    #[test]
    fn blank_lines_follow_the_direction_above() {
        let text = arabic("HE SAID\n\n \t\n\r\n2021\r\nyes\n\n");
        let directions = |options: &Options| rows(&text, 20, options).iter().map(|row| row.rtl).collect::<Vec<_>>();
        assert_eq!(directions(&Options::default()), [true, true, true, true, true, false, false]);
        let collapsed = Options { collapse_blank_lines: true, ..Options::default() };
        assert_eq!(directions(&collapsed), [true, true, true, false, false]);
        assert_eq!(directions(&Options { base: Base::Ltr, ..collapsed }), [false; 5]);
        assert_eq!(rows("", 20, &collapsed), []);
    }

    #[test]
    fn rows_tell_where_they_come_from() {
        let text = arabic("HE SAID YES\r\n\r\nno no");
        let rows = rows(&text, 7, &Options::default());
        let sources: Vec<&str> = rows.iter().map(|row| row.src.of(&text)).collect();
        assert_eq!(sources, [&arabic("HE SAID "), &arabic("YES"), "", "no no"]);
        let found: Vec<Option<usize>> = [0, 13, 14, 15, 22, 24, 26, 99].iter().map(|offset| row_at(&rows, *offset)).collect();
        assert_eq!(found, [0, 0, 1, 1, 2, 3, 3, 3].map(Some));
        assert_eq!(row_at(&[], 0), None);
    }

    #[test]
    fn a_deep_indent_is_dropped_and_a_shallow_one_kept() {
        assert_snapshot!(screen("  - one\n            CENTRED TITLE", 20), @r"
        |  - one             |
        |       ELTIT DERTNEC|
        ");
    }

    #[test]
    fn tabs_return_to_the_direction_of_the_paragraph() {
        assert_eq!(painted(&rows(&arabic("a B \tC d"), 20, &Options::default())[0]), "a B  C d");
        assert_eq!(painted(&rows(&arabic("a B C d"), 20, &Options::default())[0]), "a C B d");
    }
}

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

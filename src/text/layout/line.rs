//! Single lines: all in one row, cut short at the logical end.

use compact_str::CompactString;

use super::{
    Cluster, Options, Row,
    order::{self, Levels},
    shape::shape,
};
use crate::text::Span;

/// Lays out `text` in one row of at most `width` columns; line ends are blanks.
///
/// What does not fit is cut off at the logical end, for right-to-left text on the left, and "…" stands for it: its source
/// is all that is missing. An input line that scrolls asks for a `width` of `u16::MAX`.
pub fn line(text: &str, width: u16, options: &Options) -> Row {
    line_in(text, width, options.base.is_rtl(text, false), options)
}

/// The same in a direction that is already known.
pub(super) fn line_in(text: &str, width: u16, rtl: bool, options: &Options) -> Row {
    let levels = Levels::new(text, rtl);
    let mut clusters = shape(text, 0, &levels, options);
    truncate(&mut clusters, width, levels.base());
    order::reorder(&mut clusters, levels.base());
    Row { clusters, rtl, src: Span::new(0, text.len()) }
}

fn truncate(clusters: &mut Vec<Cluster>, width: u16, base: u8) {
    let width = usize::from(width);
    let cells = |clusters: &[Cluster]| clusters.iter().map(|cluster| usize::from(cluster.width)).sum::<usize>();
    let (Some(last), true) = (clusters.last(), cells(clusters) > width) else { return };
    let end = last.src.end;
    let mut used = 0;
    let fitting = clusters.iter().take_while(|cluster| {
        used += usize::from(cluster.width);
        used < width
    });
    let kept = fitting.count();
    let kept = clusters[..kept].iter().rposition(|cluster| !cluster.is_blank()).map_or(0, |last| last + 1);
    let src = Span { start: clusters[kept].src.start, end };
    clusters.truncate(kept);
    if width > 0 {
        clusters.push(Cluster { text: CompactString::const_new("…"), src, width: 1, level: base });
    }
}

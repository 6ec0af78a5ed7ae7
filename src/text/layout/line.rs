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
/// is all that is missing. A cut within an isolate has the "…" at the logical end of that isolate. An input line that scrolls asks for a `width` of `u16::MAX`.
pub fn line(text: &str, width: u16, options: &Options) -> Row {
    line_in(text, width, options.base.is_rtl(text, false), options)
}

/// The same in a direction that is already known.
pub(super) fn line_in(text: &str, width: u16, rtl: bool, options: &Options) -> Row {
    let levels = Levels::new(text, rtl);
    let mut clusters = shape(text, 0, &levels, options);
    truncate(&mut clusters, width, &levels);
    order::reorder(&mut clusters, levels.base());
    Row { clusters, rtl, src: Span::new(0, text.len()) }
}

fn truncate(clusters: &mut Vec<Cluster>, width: u16, levels: &Levels) {
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
        clusters.push(Cluster { text: CompactString::const_new("…"), src, width: 1, level: levels.around(src.start as usize) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::layout::{
        Base,
        capitals::{arabic, painted},
    };

    #[test]
    fn what_does_not_fit_is_cut_off_at_the_logical_end() {
        for (text, width, expected) in [
            ("HE SAID YES", 20, "SEY DIAS EH"),
            ("HE SAID YES", 11, "SEY DIAS EH"),
            ("HE SAID YES", 9, "…DIAS EH"),
            ("HE SAID YES", 8, "…DIAS EH"),
            ("HE SAID YES", 7, "…IAS EH"),
            ("HE SAID YES", 1, "…"),
            ("HE SAID YES", 0, ""),
            ("he said yes", 8, "he said…"),
            ("HE SAID no no", 12, "…no DIAS EH"),
            ("he said YES NO", 12, "he said SEY…"),
            ("漢字", 3, "漢…"),
            ("漢字", 2, "…"),
            ("   ", 2, "…"),
            ("TWO\nLINES", 20, "SENIL OWT"),
            ("", 5, ""),
        ] {
            assert_eq!(painted(&line(&arabic(text), width, &Options::default())), expected, "{text:?} in {width}");
        }
    }

    #[test]
    fn the_ellipsis_stands_for_all_that_is_missing() {
        let text = arabic("HE SAID YES");
        let row = line(&text, 9, &Options::default());
        assert_eq!(row.clusters[0].src.of(&text), arabic(" YES"));
        assert_eq!(format!("{:?}", row.cells(Span::new(17, 18))), "[0..1]", "a hit in the missing part shows");
    }

    #[test]
    fn a_direction_can_be_forced() {
        for (base, expected) in [(Base::Auto, "abc FED."), (Base::Ltr, "abc FED."), (Base::Rtl, ".FED abc")] {
            assert_eq!(painted(&line(&arabic("abc DEF."), 20, &Options { base, ..Options::default() })), expected, "{base:?}");
        }
    }
}

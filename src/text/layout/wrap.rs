//! Wrapping: where rows end, in logical order, by UAX #14 and greedily.

use unicode_linebreak::linebreaks;

use super::Cluster;

/// For each row the number of the cluster after its last one. `clusters` are those of `paragraph`, in logical order.
///
/// Rows end where the standard allows a break, so that numbers and dates stay whole and no row begins with a full stop; a
/// word wider than a row breaks anywhere. Blanks at the end of a row do not count. Only a cluster wider than `width`
/// makes a row that is too wide.
pub(super) fn row_ends(paragraph: &str, start: usize, clusters: &[Cluster], width: u16) -> Vec<usize> {
    let mut chances = linebreaks(paragraph).map(|(at, _)| start + at).peekable();
    let mut ends = Vec::new();
    let (mut first, mut used) = (0, 0_usize);
    // The last allowed break in the row so far, and the cells before it.
    let mut chance: Option<(usize, usize)> = None;
    for (n, cluster) in clusters.iter().enumerate() {
        let cells = usize::from(cluster.width);
        while n > first && used + cells > usize::from(width) && !cluster.is_blank() {
            let (end, before) = chance.take().unwrap_or((n, used));
            ends.push(end);
            first = end;
            used -= before;
        }
        used += cells;
        while let Some(at) = chances.next_if(|at| *at <= cluster.src.end as usize) {
            if at > cluster.src.start as usize {
                chance = Some((n + 1, used));
            }
        }
    }
    if first < clusters.len() {
        ends.push(clusters.len());
    }
    ends
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::text::layout::capitals::screen;

    #[test]
    fn words_stay_whole_and_blanks_at_the_end_do_not_count() {
        assert_snapshot!(screen("SAID THE MINISTER OF THE  EXTERIOR IN THE TALKS", 8), @r"
        |EHT DIAS|
        |RETSINIM|
        |  EHT FO|
        |ROIRETXE|
        |  EHT NI|
        |   SKLAT|
        ");
    }

    #[test]
    fn rows_may_end_after_hyphens_and_slashes_but_not_within_numbers_and_dates() {
        assert_snapshot!(screen("ARMENIAN-AZERI TALKS 26-11-2021 JANUARY/FEBRUARY 11/12/2021 3,500.75 (SEE) covid-19", 12), @r"
        |   -NAINEMRA|
        | SKLAT IREZA|
        |  2021-11-26|
        |    /YRAUNAJ|
        |    YRAURBEF|
        |  11/12/2021|
        |    3,500.75|
        |       (EES)|
        |    covid-19|
        ");
    }

    #[test]
    fn closing_marks_stay_with_their_words() {
        assert_snapshot!(screen("«HE SAID» , (YES) ! NO ؟", 7), @r"
        |    EH»|
        |, «DIAS|
        |! (SEY)|
        |   ؟ ON|
        ");
    }

    #[test]
    fn a_word_wider_than_the_row_breaks_where_it_must() {
        assert_snapshot!(screen("SEE https://example.org/archive/2021/11/minister.html NOW ABCDEFGHIJKLMNOP", 14), @r"
        |  https:// EES|
        |  example.org/|
        |archive/2021/1|
        |            1/|
        | minister.html|
        |           WON|
        |NMLKJIHGFEDCBA|
        |            PO|
        ");
    }

    #[test]
    fn wide_letters_break_anywhere_but_before_their_full_stop() {
        assert_snapshot!(screen("東京で会談した。漢字 한국어 ok", 7), @r"
        |東京で |
        |会談し |
        |た。漢 |
        |字 한국|
        |어 ok  |
        ");
        assert_snapshot!(screen("漢a", 1), @r"
        |漢|
        |a|
        ");
    }

    #[test]
    fn a_no_break_space_holds() {
        assert_snapshot!(screen("the 20\u{A0}km road", 8), @r"
        |the     |
        |20 km   |
        |road    |
        ");
    }
}

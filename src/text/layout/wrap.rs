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

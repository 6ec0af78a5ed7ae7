//! Long answers of which only a part is at hand: how far they scroll with their cursor, and which part should be fetched next.

use std::ops::Range;

/// The part of so many entries to hold when the screen is around `index`.
pub(super) fn around(index: usize, size: usize) -> Range<usize> {
    let first = index.saturating_sub(size / 2);
    first..first + size
}

/// The first visible entry of a pane of `entries`, so that the cursor is visible and no page is emptier than need be. The pane
/// scrolls a page at a time, less `context` entries that stay in sight.
pub(super) fn revealing(cursor: usize, top: usize, total: usize, entries: usize, context: usize) -> usize {
    let entries = entries.max(1);
    let top = if cursor < top {
        (cursor + 1 + context).saturating_sub(entries)
    } else if cursor >= top + entries {
        cursor - context
    } else {
        top
    };
    top.min(total.saturating_sub(entries))
}

/// The part of so many entries to fetch, where `visible` and a page around it are neither `held` nor `coming`.
pub(super) fn missing(
    visible: &Range<usize>,
    entries: usize,
    total: usize,
    held: &Range<usize>,
    coming: Option<&Range<usize>>,
    size: usize,
) -> Option<Range<usize>> {
    let near = visible.start.saturating_sub(entries)..total.min(visible.end + entries);
    let covers = |part: &Range<usize>| part.start <= near.start && near.end <= part.end.min(total);
    (!covers(held) && !coming.is_some_and(covers)).then(|| around((visible.start + visible.end) / 2, size))
}

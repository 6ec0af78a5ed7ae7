//! Transport `uba`: what to send to a terminal that reorders whole rows, so that the wanted row is seen.
//!
//! A row is taken apart into stretches: words between single blanks that look alike, up to a wider gap, a line of the frame or a
//! change of looks. Each stretch gets an order of its own, found by trying and checked against the algorithm itself; it is nearly
//! always plain logical order, so that what is marked with the mouse is text. Where two stretches would flow into each other, one
//! blank between them becomes a strong one ([`STRONG_BLANK`]), and one before the first stretch keeps the row left-to-right. A
//! stretch that has no order as a whole, such as one whose number stands on the wrong side, is cut at a blank.
//!
//! A change of looks ends a stretch since some terminals (Konsole before 23.08) reorder only what looks alike.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use super::{
    glyphs::Glyph,
    terminal::{Rules, STRONG_BLANK, is_line, is_rtl},
};

/// An order in which to send the glyphs of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Which glyph of the wanted row goes where.
    pub(super) order: Vec<usize>,
    /// What each shows when it is sent, for the terminal mirrors brackets.
    pub(super) bases: Vec<char>,
    /// Whether the wanted row is seen; where no order is exact, most of it is.
    pub(super) exact: bool,
}

/// Finds what to send for a row that is wanted, to a terminal that mirrors brackets or not.
pub(super) fn plan(row: &[Glyph], mirrors: bool) -> Plan {
    let (plain, odd) = (Rules::plain(mirrors), Rules::odd(mirrors));
    let wanted: Vec<char> = row.iter().map(|glyph| if glyph.is_blank() { ' ' } else { glyph.base() }).collect();
    if !wanted.iter().any(|c| is_rtl(*c)) {
        return Plan { order: (0..row.len()).collect(), bases: wanted, exact: true };
    }
    let loose = arranged(row, &wanted, &stretches(row, &wanted, false), plain);
    if loose.exact && faults(row, &wanted, &loose, &odd) == 0 {
        return loose;
    }
    // Nothing flows over a strong blank between all words.
    let mut strict = arranged(row, &wanted, &stretches(row, &wanted, true), plain);
    for base in strict.bases.iter_mut().filter(|base| **base == ' ') {
        *base = STRONG_BLANK;
    }
    strict.exact = faults(row, &wanted, &strict, &plain) == 0;
    let faults = |plan: &Plan| (faults(row, &wanted, plan, &plain), faults(row, &wanted, plan, &odd));
    if faults(&strict) < faults(&loose) { strict } else { loose }
}

/// The stretches of a row; with `single`, one for each word.
fn stretches(row: &[Glyph], wanted: &[char], single: bool) -> Vec<Range<usize>> {
    let is_text = |n: usize| wanted.get(n).is_some_and(|c| *c != ' ' && !is_line(*c));
    let joins = |n: usize| {
        !single && wanted[n] == ' ' && is_text(n + 1) && row[n].has_style_of(&row[n - 1]) && row[n].has_style_of(&row[n + 1])
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut n = 0;
    while n < row.len() {
        let start = n;
        while is_text(n) || (n > start && n < row.len() && joins(n)) {
            n += 1;
        }
        if n > start {
            found.push(start..n);
        }
        n = n.max(start + 1);
    }
    found
}

/// Gives each stretch an order, and sets strong blanks where they are needed.
fn arranged(row: &[Glyph], wanted: &[char], stretches: &[Range<usize>], rules: [Rules; 2]) -> Plan {
    let mut plan = Plan { order: (0..wanted.len()).collect(), bases: wanted.to_vec(), exact: true };
    // Blanks before which something ends that cannot go on behind them.
    let mut cuts = Vec::new();
    for stretch in stretches {
        if wanted[stretch.clone()].iter().any(|c| is_rtl(*c)) {
            arrange(wanted, stretch.clone(), rules[0], &mut plan, &mut cuts);
        }
    }
    for cut in cuts {
        plan.bases[cut] = STRONG_BLANK;
    }
    separate(stretches, &mut plan);
    plan.exact = faults(row, wanted, &plan, &rules) == 0;
    plan
}

/// Gives a stretch an order, in parts if it has none as a whole.
fn arrange(wanted: &[char], stretch: Range<usize>, rules: Rules, plan: &mut Plan, cuts: &mut Vec<usize>) {
    let mut start = stretch.start;
    while start < stretch.end {
        let blanks = (start..stretch.end).filter(|n| wanted[*n] == ' ');
        let mut ends: Vec<usize> = blanks.chain([stretch.end]).collect();
        ends.reverse();
        let found = ends.iter().find_map(|end| Some((*end, inverse(&wanted[start..*end], rules)?)));
        let (end, (order, bases)) = found.unwrap_or_else(|| {
            let end = ends.last().copied().unwrap_or(stretch.end);
            (end, attempt(&wanted[start..end], rules))
        });
        for (n, (from, base)) in order.into_iter().zip(bases).enumerate() {
            plan.order[start + n] = start + from;
            plan.bases[start + n] = base;
        }
        cuts.extend((end < stretch.end).then_some(end));
        start = end + 1;
    }
}

type Order = (Vec<usize>, Vec<char>);

/// The order in which a stretch between strong left-to-right letters must be sent; `None` where there is none among those tried.
fn inverse(wanted: &[char], rules: Rules) -> Option<Order> {
    let between = |sent: &[char], rules: Rules| -> Vec<(usize, char)> {
        let row: Vec<char> = [&[STRONG_BLANK], sent, &[STRONG_BLANK]].concat();
        let inside = |(n, c): (usize, char)| Some((n.checked_sub(1).filter(|n| *n < sent.len())?, c));
        rules.shown(&row).into_iter().filter_map(inside).collect()
    };
    let forward: Vec<usize> = between(wanted, rules).into_iter().map(|(n, _)| n).collect();
    let backward: Vec<usize> = (0..wanted.len()).rev().collect();
    let same: Vec<usize> = (0..wanted.len()).collect();
    let mut exact_with_pairs = None;
    for order in [forward, backward, same] {
        let mut bases: Vec<char> = order.iter().map(|n| wanted[*n]).collect();
        // What will stand in text that runs right to left is mirrored by the terminal.
        for (n, drawn) in between(&bases.clone(), rules) {
            bases[n] = drawn;
        }
        let is_exact = |rules: Rules| {
            let shown = between(&bases, rules);
            shown.iter().enumerate().all(|(n, (from, drawn))| order[*from] == n && *drawn == wanted[n])
        };
        if is_exact(rules) {
            if is_exact(Rules { brackets: false, ..rules }) {
                return Some((order, bases));
            }
            exact_with_pairs.get_or_insert((order, bases));
        }
    }
    exact_with_pairs
}

/// Something for a word that has no exact order: its letters stand right, its number or bracket on the wrong side.
fn attempt(wanted: &[char], rules: Rules) -> Order {
    let row: Vec<char> = [&[STRONG_BLANK], wanted, &[STRONG_BLANK]].concat();
    let shown = rules.shown(&row).into_iter();
    shown.filter_map(|(n, c)| Some((n.checked_sub(1).filter(|n| *n < wanted.len())?, c))).unzip()
}

/// What stood before, as far as it has a say in what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    LeftToRight,
    RightToLeft,
}

/// Sets a strong blank in gaps over which right-to-left text would flow, or behind which the first letter would turn the row.
fn separate(stretches: &[Range<usize>], plan: &mut Plan) {
    let mut before = Before::Nothing;
    for n in 0..plan.bases.len() {
        let c = plan.bases[n];
        before = match bidi_class(c) {
            BidiClass::L => Before::LeftToRight,
            BidiClass::R | BidiClass::AL | BidiClass::AN => Before::RightToLeft,
            _ => before,
        };
        let in_stretch = stretches.iter().any(|stretch| stretch.contains(&n));
        if c != ' ' || in_stretch || before == Before::LeftToRight {
            continue;
        }
        let mut after = plan.bases[n + 1..].iter().map(|c| bidi_class(*c));
        let follows = after.find(|class| {
            let is_number = *class == BidiClass::EN && before == Before::RightToLeft;
            is_number || matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL | BidiClass::AN)
        });
        if matches!(follows, Some(BidiClass::R | BidiClass::AL | BidiClass::AN | BidiClass::EN)) {
            plan.bases[n] = STRONG_BLANK;
            before = Before::LeftToRight;
        }
    }
}

/// How many cells are seen wrong, under the worst of some rules. One blank may stand for another that looks the same.
fn faults(row: &[Glyph], wanted: &[char], plan: &Plan, rules: &[Rules]) -> usize {
    let wrong = |rules: &Rules| {
        let shown = rules.shown(&plan.bases);
        let is_wrong = |(n, (from, drawn)): &(usize, (usize, char))| {
            let (from, drawn) = (plan.order[*from], if *drawn == STRONG_BLANK { ' ' } else { *drawn });
            drawn != wanted[*n] || (from != *n && (drawn != ' ' || !row[from].has_style_of(&row[*n])))
        };
        shown.into_iter().enumerate().filter(is_wrong).count()
    };
    rules.iter().map(wrong).max().unwrap_or(0)
}

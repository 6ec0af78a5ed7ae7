//! The features of English: words tell less by themselves, without articles and particles in front, and more by those beside
//! them, by the run of capitals that they stand in, and by how the rest of the document writes them.

use super::{
    facts::Facts,
    features::{Around, Emit},
    runs::{Run, Runs},
};
use crate::extract::tokens::Tokens;

/// Appends the features of a token.
pub(super) fn features(tokens: &Tokens<'_>, facts: &[Facts], runs: &Runs, around: Around<'_>, at: usize, emit: &mut Emit<'_>) {
    neighbours(around, emit);
    let [here, left, right, far, beyond] = around;
    let cases = around.map(case);
    emit.triple(cases[1], cases[0], cases[2]);
    emit.triple(cases[3] << 8 | cases[1], cases[0], cases[4] << 8 | cases[2]);
    emit.triple(left.lexis.named.into(), here.lexis.named.into(), right.lexis.named.into());
    emit.pair(u64::from(left.lexis.fine), u64::from(here.lexis.fine));
    emit.pair(u64::from(here.lexis.fine), u64::from(right.lexis.fine));
    emit.pair(u64::from(far.lexis.coarse), u64::from(left.lexis.coarse));
    emit.pair(u64::from(right.lexis.coarse), u64::from(beyond.lexis.coarse));
    for one in [here, left, right] {
        emit.put(1 + u64::from(one.lexis.named >> 9 & 7));
    }
    emit.pair(1 + u64::from(here.lexis.named >> 9 & 7), cases[0]);
    let written = runs.written(here.stem);
    emit.put(written);
    emit.pair(written, cases[0]);
    emit.pair(cases[0], here.document);
    let Some(run) = runs.at(at) else { return };
    bounds(tokens, facts, run, emit);
    for beside in [runs.owner(tokens, run), runs.owned(tokens, run)] {
        let (first, last) = beside.map_or((0, 0), |(start, end)| (facts[start].stem, facts[end - 1].stem));
        emit.put(first);
        emit.put(last);
        emit.put(beside.map_or(0, |(start, end)| named(facts, start, end) + 1));
    }
    let Some(longer) = runs.longer(at, here.stem) else { return };
    let (start, end) = longer.tokens;
    let (first, last) = (&facts[start], &facts[end - 1]);
    emit.put(longer.place + 1);
    emit.put(first.stem);
    emit.put(last.stem);
    emit.put(first.any);
    emit.put(last.any);
    emit.pair(longer.place + 1, named(facts, start, end) + 1);
    emit.pair(longer.place + 1, u64::from(first.lexis.named) + 1);
    emit.pair(longer.place + 1, u64::from(last.lexis.named) + 1);
    emit.pair(longer.place + 1, first.rule + 1);
}

/// What the run that a token is part of begins and ends with, and what stands around it.
fn bounds(tokens: &Tokens<'_>, facts: &[Facts], run: Run, emit: &mut Emit<'_>) {
    let (start, end) = run.tokens;
    let (first, last) = (&facts[start], &facts[end - 1]);
    let edge = Facts { stem: 1, ..Facts::default() };
    let sentence =
        |at: Option<usize>| at.filter(|at| tokens.all.get(*at).is_some_and(|token| token.sentence == tokens.all[start].sentence));
    let before = sentence(start.checked_sub(1)).map_or(&edge, |at| &facts[at]);
    let after = sentence(Some(end)).map_or(&edge, |at| &facts[at]);
    emit.put(run.place + 1);
    for one in [first, last] {
        emit.put(one.stem);
        emit.put(one.any);
        emit.put(u64::from(one.lexis.named) + 1);
        emit.put(u64::from(one.lexis.fine));
        emit.pair(run.place + 1, one.stem);
        emit.pair(run.place + 1, one.any);
        emit.pair(run.place + 1, u64::from(one.lexis.named) + 1);
        emit.pair(run.place + 1, u64::from(one.lexis.coarse));
    }
    for one in [before, after] {
        emit.put(one.stem);
        emit.put(one.any);
        emit.put(u64::from(one.lexis.fine));
        emit.pair(run.place + 1, one.stem);
        emit.pair(run.place + 1, u64::from(one.lexis.coarse));
    }
    emit.pair(before.stem, after.stem);
    emit.pair(u64::from(before.lexis.coarse), u64::from(after.lexis.coarse));
    emit.pair(first.stem, last.stem);
    emit.put(named(facts, start, end) + 1);
}

/// What the lists of names say of the words of a run, as one number.
fn named(facts: &[Facts], start: usize, end: usize) -> u64 {
    let sort = |one: &Facts| {
        let shares = [0, 3, 6].map(|shift| one.lexis.named >> shift & 7);
        match shares.iter().enumerate().max_by_key(|(_, share)| **share) {
            Some((kind, share)) if *share > 3 => kind as u64 + 1,
            _ if one.lexis.frequency > 0 => 4,
            _ => 0,
        }
    };
    facts[start..end].iter().take(4).fold(0, |all, one| all * 5 + sort(one))
}

fn neighbours([here, left, right, far, beyond]: Around<'_>, emit: &mut Emit<'_>) {
    emit.pair(left.stem, here.stem);
    emit.pair(here.stem, right.stem);
    for (one, two) in [(far, left), (right, beyond)] {
        emit.pair(one.stem, two.stem);
        emit.pair(one.any, two.any);
        emit.pair(one.lexicon + 1, two.lexicon + 1);
        emit.pair(one.rule + 1, two.rule + 1);
    }
    emit.triple(left.any, here.any, right.any);
    emit.triple(left.stem, here.stem, right.stem);
    emit.pair(here.rule + 1, left.stem);
    emit.pair(here.rule + 1, right.stem);
    emit.pair(left.stem, here.shape);
}

/// How a word is capitalised, or which mark it is.
fn case(one: &Facts) -> u64 {
    if one.word != one.shape { 1 + (one.shape >> 4 & 7) } else { one.shape }
}

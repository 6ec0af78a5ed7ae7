//! The subject that stands before an Arabic verb: X قال, وكان X قد أعلن, لكن X يقول.

use super::{Finder, Speaker};
use crate::{
    domain::{Kind, NameIndex},
    lang::Class,
};

/// The most tokens between the beginning of a clause and its verb.
const REACH: usize = 12;

/// Who stands before the verb at `at` as its subject, in a sentence that begins at `start`; `cut` letters are taken off the verb.
pub(super) fn subject_before(finder: &Finder<'_, '_>, at: usize, start: usize, cut: u8) -> Speaker {
    let tokens = finder.tokens;
    if cut > 0 || at == start {
        return Speaker::default();
    }
    let mut before = at;
    while before > start
        && (tokens.all[before - 1].is(Class::AUXILIARY) || matches!(tokens.folded(before - 1), "لا" | "لم" | "لن" | "سبق"))
    {
        before -= 1;
    }
    if before == start {
        return Speaker::default();
    }
    if tokens.all[before - 1].is(Class::RELATIVE) {
        let named = (start..before - 1).rev().find_map(|token| finder.mention_at(token));
        return Speaker { span: None, name: named.map(|mention| finder.mentions[mention].name), unnamed: false };
    }
    let comma = matches!(tokens.mark(before - 1), '،' | ',' | '"' | '»');
    let last = before - 1 - usize::from(comma && before > start + 1);
    if let Some(mention) = finder.mention_at(last) {
        // A place right before the verb mostly ends another phrase: في جنوب X قالت.
        let place = finder.mentions[mention].kind == Kind::Place && (comma || !opens(finder, mention, start));
        if !finder.is_governed(finder.ranges[mention].0) && !place {
            return finder.speaker(mention);
        }
    }
    let opening = clause(finder, before, start);
    if opening >= before || before - opening > REACH {
        return Speaker::default();
    }
    let phrase = finder.subject_after(opening, before);
    // وكان X قد أعلن
    let gap = (phrase.next..at).all(|token| {
        tokens.all[token].is(Class::AUXILIARY) || !tokens.all[token].is_word() || tokens.all[token].is(Class::WEEKDAY)
    });
    if gap { phrase.speaker } else { Speaker::default() }
}

/// Where the clause of the verb at `at` begins: behind كان, لكن, أن and their like, else with the sentence.
fn clause(finder: &Finder<'_, '_>, at: usize, start: usize) -> usize {
    let tokens = finder.tokens;
    let begins = |token: usize| {
        let of_be = tokens.all[token].can_be(Class::AUXILIARY) && !tokens.all[token].is(Class::CUE);
        let conjunction = matches!(
            tokens.folded(token),
            "لكن"
                | "كما"
                | "اما"
                | "ولكن"
                | "واما"
                | "بيد"
                | "غير"
                | "الا"
                | "بينما"
                | "فيما"
                | "حين"
                | "لان"
                | "بان"
        );
        of_be || conjunction || tokens.all[token].is(Class::THAT)
    };
    let last = (at.saturating_sub(REACH).max(start)..at).rev().find(|token| begins(*token));
    last.map_or_else(|| (start..at).find(|token| tokens.all[*token].is_word()).unwrap_or(start), |token| token + 1)
}

/// Whether nothing but titles stands between a mention and the beginning of its clause.
pub(super) fn opens(finder: &Finder<'_, '_>, mention: usize, start: usize) -> bool {
    let tokens = finder.tokens;
    let mut at = finder.ranges[mention].0;
    while at > start && tokens.all[at - 1].is(Class::TITLE | Class::NATIONALITY | Class::HONORIFIC | Class::ORG_LABEL) {
        at -= 1;
    }
    if at == start {
        return true;
    }
    let before = &tokens.all[at - 1];
    before.is(Class::AUXILIARY | Class::THAT)
        || before.can_be(Class::AUXILIARY)
        || !before.is_word()
        || matches!(tokens.folded(at - 1), "لكن" | "ولكن" | "كما" | "بينما" | "فيما" | "اما")
}

/// The first name in a sentence that no preposition governs: the subject of its main verb.
pub(super) fn sentence_subject(finder: &Finder<'_, '_>, start: usize, at: usize) -> Option<NameIndex> {
    let mut token = start;
    while token < at {
        if let Some(mention) = finder.mention_at(token) {
            let place = finder.mentions[mention].kind == Kind::Place && token != start + 1;
            if !place && !finder.is_governed(token) {
                return Some(finder.mentions[mention].name);
            }
            token = finder.ranges[mention].1;
        }
        token += 1;
    }
    None
}

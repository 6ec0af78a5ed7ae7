//! The second reading of a document: a name of several words, once read, is the name wherever its words stand.
//!
//! Where another occurrence was not read, or only a part of it was, the whole is taken: لوس أنجلس within لوس أنجلس غالاكسي is no town.

use std::collections::HashMap;

use super::{
    dates::FoundDate,
    document::{first_word, rests},
    furniture::Page,
    names::Candidate,
    tokens::{Case, Tokens},
};
use crate::domain::Kind;

/// How sure a name must have been read to be looked for again.
const SURE: u8 = 50;
/// How sure a repeated name is at most.
const REPEATED: u8 = 80;

/// The names of several words that a document has, by their first word without attached particles, the longest first; `true` where
/// that word lost its alif to a lam in front: ل and the article are written as one.
struct Names<'f> {
    by_first: HashMap<String, Vec<(&'f Candidate, bool)>>,
}

impl<'f> Names<'f> {
    fn new(tokens: &Tokens<'_>, found: &'f [Candidate]) -> Names<'f> {
        let mut by_first: HashMap<String, Vec<(&Candidate, bool)>> = HashMap::new();
        for known in found.iter().filter(|known| known.confidence >= SURE && is_long(tokens, known)) {
            let first = first_word(tokens, known);
            if let Some(joined) = first.strip_prefix('ا').filter(|rest| rest.starts_with('ل')) {
                by_first.entry(joined.to_owned()).or_default().push((known, true));
            }
            by_first.entry(first.into_owned()).or_default().push((known, false));
        }
        for names in by_first.values_mut() {
            names.sort_by_key(|(known, _)| std::cmp::Reverse((known.tokens.1 - known.tokens.0, known.confidence)));
        }
        Names { by_first }
    }

    /// The longest name that stands at a token, with the letters attached in front.
    fn at(&self, tokens: &Tokens<'_>, at: usize) -> Option<(&'f Candidate, u8)> {
        rests(tokens.folded(at)).find_map(|(cut, rest)| {
            let mut names = self.by_first.get(rest)?.iter().filter(|(_, joined)| cut > 0 || !joined);
            names.find(|(known, _)| goes_on(tokens, known, at)).map(|(known, _)| (*known, cut))
        })
    }
}

/// Whether a candidate is a name of a person, place or body with two words or more.
fn is_long(tokens: &Tokens<'_>, known: &Candidate) -> bool {
    let words = (known.tokens.0..known.tokens.1).filter(|at| tokens.all[*at].is_word()).count();
    words > 1 && matches!(known.kind, Kind::Person | Kind::Place | Kind::Organisation)
}

/// Whether what follows the first word of a name also follows the token `at`.
fn goes_on(tokens: &Tokens<'_>, known: &Candidate, at: usize) -> bool {
    let (start, end) = known.tokens;
    let same = |offset: usize| {
        tokens.mark(start + offset) == tokens.mark(at + offset) && tokens.folded(start + offset) == tokens.folded(at + offset)
    };
    at + end - start <= tokens.all.len() && (1..end - start).all(same)
}

/// Takes the names of several words wherever they stand; names that are parts of such a place give way.
pub(super) fn read_again(tokens: &Tokens<'_>, page: &Page, dates: &[FoundDate], found: &mut Vec<Candidate>) {
    let names = Names::new(tokens, found);
    if names.by_first.is_empty() {
        return;
    }
    // Which name covers each token, from 1; dates are covered by none that could give way.
    let mut cover = vec![0_usize; tokens.all.len()];
    for (number, known) in found.iter().enumerate() {
        cover[known.tokens.0..known.tokens.1].fill(number + 1);
    }
    for date in dates {
        cover[date.tokens.0..date.tokens.1].fill(usize::MAX);
    }
    let (mut more, mut gone) = (Vec::new(), vec![false; found.len()]);
    let mut at = 0;
    while at < tokens.all.len() {
        let token = &tokens.all[at];
        let open = token.mark == 'w' && token.case != Case::Lower && !page.hides(at);
        let Some((known, cut)) = open.then(|| names.at(tokens, at)).flatten() else {
            at += 1;
            continue;
        };
        let end = at + known.tokens.1 - known.tokens.0;
        let inside =
            |number: usize| number != usize::MAX && at <= found[number - 1].tokens.0 && found[number - 1].tokens.1 <= end;
        let whole = |number: usize| found[number - 1].tokens == (at, end);
        let covers = cover[at..end].iter().copied().filter(|number| *number > 0);
        if covers.clone().all(inside) && !covers.clone().any(whole) {
            covers.for_each(|number| gone[number - 1] = true);
            let confidence = known.confidence.min(REPEATED);
            more.push(Candidate { tokens: (at, end), cut, confidence, rule: "named in full", ..*known });
        }
        at = end;
    }
    let mut number = 0;
    found.retain(|_| {
        number += 1;
        !gone[number - 1]
    });
    found.extend(more);
    found.sort_by_key(|known| known.tokens);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Fields, Language},
        extract::{dates, furniture},
        lang::Packs,
    };

    /// What is read in a text of which only `known` was read before.
    fn again(text: &str, known: &[(&str, Kind)]) -> Vec<(String, Kind)> {
        let packs = Packs::get();
        let tokens = Tokens::new(text, packs.pack(Language::ARABIC), packs);
        let (page, dates) = (furniture::find(&tokens, &Fields::default()), dates::find(&tokens));
        let mut from = 0;
        let mut found: Vec<Candidate> = Vec::new();
        for (words, kind) in known {
            let start = from + text[from..].find(words).unwrap();
            from = start + words.len();
            let covers = |at: &usize| (tokens.all[*at].span.start as usize) < from && start < tokens.all[*at].span.end as usize;
            let own: Vec<usize> = (0..tokens.all.len()).filter(covers).collect();
            let range = (own[0], own[own.len() - 1] + 1);
            let cut = text[tokens.all[own[0]].span.start as usize..start].chars().count() as u8;
            found.push(Candidate { tokens: range, cut, kind: *kind, entry: None, body: None, rule: "model", confidence: 90 });
        }
        read_again(&tokens, &page, &dates, &mut found);
        found.iter().map(|known| (known.span(&tokens).of(text).to_owned(), known.kind)).collect()
    }

    #[test]
    fn a_name_of_several_words_is_found_again_behind_particles_and_over_its_parts() {
        let body = Kind::Organisation;
        let text = "وقع نادي تلال غالاكسي العقد. ووصل اللاعب إلى تلال غالاكسي اليوم، وقال لتلال غالاكسي شكرا.";
        let found = again(text, &[("تلال غالاكسي", body), ("تلال", Kind::Place)]);
        assert_eq!(found, ["تلال غالاكسي"; 3].map(|name| (name.to_owned(), body)));
        let text = "قال الصندوق الأخضر إنه سيدفع. وشكر الوزير للصندوق الأخضر دعمه.";
        let found = again(text, &[("الصندوق الأخضر", body)]);
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["الصندوق الأخضر", "لصندوق الأخضر"]);
    }

    #[test]
    fn a_name_gives_way_to_none_that_it_holds_or_crosses() {
        let text = "زار اتحاد تلال غالاكسي المدينة. وكان تلال غالاكسي هنا.";
        let known = [("اتحاد تلال غالاكسي", Kind::Organisation), ("تلال غالاكسي", Kind::Organisation)];
        assert_eq!(again(text, &known), known.map(|(name, kind)| (name.to_owned(), kind)));
    }
}

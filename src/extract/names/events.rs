//! Events and papers by the words that head or end their names: `قمة هلسنكي`, `الحرب الباردة`, `World Cup`, `Kyoto Protocol`.
//!
//! They come after all other names are settled: they may hold a place, never a person or body.

use super::Candidate;
use crate::{
    domain::Kind,
    extract::{
        furniture::Page,
        tokens::{Case, Tokens},
    },
    lang::Class,
};

/// Heads that a place's name completes, folded.
const OF_PLACE: [(&str, Kind); 13] = [
    ("قمه", Kind::Event),
    ("معركه", Kind::Event),
    ("حرب", Kind::Event),
    ("مجزره", Kind::Event),
    ("مؤتمر", Kind::Event),
    ("محادثات", Kind::Event),
    ("اولمبياد", Kind::Event),
    ("مونديال", Kind::Event),
    ("اتفاق", Kind::Document),
    ("اتفاقيه", Kind::Document),
    ("اتفاقيات", Kind::Document),
    ("معاهده", Kind::Document),
    ("بروتوكول", Kind::Document),
];

/// Names that stand as they are, folded; a nationality may follow the civil war and the like.
const FIXED: [(&[&str], bool, Kind); 9] = [
    (&["الحرب", "العالميه", "الاولي"], false, Kind::Event),
    (&["الحرب", "العالميه", "الثانيه"], false, Kind::Event),
    (&["الحرب", "البارده"], false, Kind::Event),
    (&["الربيع", "العربي"], false, Kind::Event),
    (&["الحرب", "الاهليه"], true, Kind::Event),
    (&["الثوره"], true, Kind::Event),
    (&["الانتفاضه"], true, Kind::Event),
    (&["كاس", "العالم"], false, Kind::Event),
    (&["كاس", "الامم"], true, Kind::Event),
];

/// Last words of English names, folded.
const TAILS: [(&str, Kind); 20] = [
    ("cup", Kind::Event),
    ("games", Kind::Event),
    ("olympics", Kind::Event),
    ("war", Kind::Event),
    ("championship", Kind::Event),
    ("championships", Kind::Event),
    ("summit", Kind::Event),
    ("festival", Kind::Event),
    ("marathon", Kind::Event),
    ("intifada", Kind::Event),
    ("treaty", Kind::Document),
    ("protocol", Kind::Document),
    ("agreement", Kind::Document),
    ("accord", Kind::Document),
    ("accords", Kind::Document),
    ("declaration", Kind::Document),
    ("convention", Kind::Document),
    ("charter", Kind::Document),
    ("act", Kind::Document),
    ("resolution", Kind::Document),
];

/// The events and papers that `found` leaves out.
pub(in crate::extract) fn find(tokens: &Tokens<'_>, page: &Page, found: &[Candidate]) -> Vec<Candidate> {
    let mut all = Vec::new();
    // The next name to end behind the token at hand.
    let mut next = 0;
    let mut at = 0;
    while at < tokens.all.len() {
        while found.get(next).is_some_and(|name| name.tokens.1 <= at) {
            next += 1;
        }
        let hit = match tokens.all[at].case {
            _ if tokens.mark(at) != 'w' || page.hides(at) => None,
            Case::None => of_place(tokens, at, &found[next..]).or_else(|| fixed(tokens, at)),
            _ => tailed(tokens, at),
        };
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        let free = found[next..]
            .iter()
            .take_while(|name| name.tokens.0 < hit.tokens.1)
            .all(|name| name.kind == Kind::Place && name.tokens.0 >= hit.tokens.0 && name.tokens.1 <= hit.tokens.1);
        at = if free { hit.tokens.1 } else { at + 1 };
        if free {
            all.push(hit);
        }
    }
    all
}

fn candidate(tokens: (usize, usize), cut: u8, kind: Kind, rule: &'static str) -> Candidate {
    Candidate { tokens, cut, kind, entry: None, body: None, rule, confidence: 70 }
}

/// A folded word, whole and behind one attached particle.
fn readings(folded: &str) -> impl Iterator<Item = (u8, &str)> {
    let rest = folded.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).map(|rest| (1, rest));
    std::iter::once((0, folded)).chain(rest)
}

fn of_place(tokens: &Tokens<'_>, at: usize, found: &[Candidate]) -> Option<Candidate> {
    let (cut, kind) = readings(tokens.folded(at))
        .find_map(|(cut, word)| OF_PLACE.iter().find(|(head, _)| *head == word).map(|(_, kind)| (cut, *kind)))?;
    let place = found.iter().take_while(|name| name.tokens.0 <= at + 1).find(|name| name.tokens.0 == at + 1)?;
    (place.kind == Kind::Place && place.cut == 0).then(|| candidate((at, place.tokens.1), cut, kind, "event head+place"))
}

fn fixed(tokens: &Tokens<'_>, at: usize) -> Option<Candidate> {
    for (words, nation, kind) in &FIXED {
        let follow = |cut: u8, first: &str| {
            first == words[0]
                && (1..words.len()).all(|offset| tokens.folded(at + offset) == words[offset])
                && (cut == 0 || words[0].starts_with("ال"))
        };
        let Some((cut, _)) = readings(tokens.folded(at)).find(|(cut, first)| follow(*cut, first)) else { continue };
        let end = at + words.len();
        let adjective =
            tokens.all.get(end).is_some_and(|next| next.is(Class::NATIONALITY)) && tokens.folded(end).starts_with("ال");
        match (*nation, adjective) {
            (false, _) => return Some(candidate((at, end), cut, *kind, "known event")),
            (true, true) => return Some(candidate((at, end + 1), cut, *kind, "known event")),
            (true, false) => {}
        }
    }
    None
}

/// A run of capitalised words up to a tail; an article or a title in front stays outside.
fn tailed(tokens: &Tokens<'_>, at: usize) -> Option<Candidate> {
    let capital = |at: usize| {
        tokens.all.get(at).is_some_and(|token| token.mark == 'w' && token.case == Case::Title && !token.is(Class::FUNCTION))
    };
    if !capital(at) || at > 0 && capital(at - 1) {
        return None;
    }
    let end = (at..at + 6).take_while(|at| capital(*at)).last()? + 1;
    let (_, kind) = TAILS.iter().find(|(tail, _)| *tail == tokens.folded(end - 1))?;
    let plain = tokens.all[at].is(Class::NATIONALITY | Class::COMMON | Class::MONTH | Class::WEEKDAY) && end - at == 2;
    // A headline in title case tells nothing.
    let (start, stop) = tokens.sentences[tokens.all[at].sentence as usize];
    let small = tokens.all[start..stop].iter().filter(|token| token.case == Case::Lower).count();
    (end - at >= 2 && !plain && small >= 3).then(|| candidate((at, end), 0, *kind, "capitals+event"))
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Fields, Kind},
        extract::{Means, Models, extract_with},
        lang::Packs,
    };

    fn events(text: &str) -> Vec<(&str, &str)> {
        let means = Means { models: &Models::NONE, ..Means::default() };
        let read = extract_with(text, &Fields::default(), Packs::get(), &means, None);
        let named = read.mentions.iter().filter(|mention| matches!(mention.kind, Kind::Event | Kind::Document));
        named.map(|mention| (mention.span.of(text), mention.kind.label())).collect()
    }

    #[test]
    fn a_place_or_nationality_completes_the_head_of_an_event_or_paper() {
        for (text, found) in [
            ("انتهت قمة هلسنكي مساء الاثنين", vec![("قمة هلسنكي", "EVENT")]),
            ("قبل توقيع اتفاقية جنيف وبعد الحرب الباردة", vec![("اتفاقية جنيف", "DOC"), ("الحرب الباردة", "EVENT")]),
            ("خلال الثورة الفرنسية والحرب الأهلية", vec![("الثورة الفرنسية", "EVENT")]),
            (
                "They read that the country signed the Kyoto Protocol long after the war had begun in the south",
                vec![("Kyoto Protocol", "DOC")],
            ),
            ("Fans of the team left after the World Cup had ended", vec![("World Cup", "EVENT")]),
        ] {
            assert_eq!(events(text), found, "{text}");
        }
    }
}

//! The pass over the whole document: a name once known in full is known everywhere by its last part, and equal things become one [`Name`].

use std::{borrow::Cow, collections::HashMap};

use super::{
    dates::FoundDate,
    furniture::Page,
    link::skeleton::{is_respelling, skeleton},
    names::Candidate,
    same::{body_of_country, fullest},
    tokens::{Case, Tokens},
};
use crate::{
    domain::{Dated, Evidence, Kind, Mention, Name, NameIndex, NameKey},
    lang::Class,
    text::{Span, fold},
};

/// Names of one article while they are collected.
#[derive(Default)]
struct Register {
    names: Vec<Name>,
    by_key: HashMap<String, u32>,
}

impl Register {
    fn name(&mut self, key: String, kind: Kind, text: &str) -> NameIndex {
        let next = self.names.len() as u32;
        let index = *self.by_key.entry(key.clone()).or_insert(next);
        if index == next {
            self.names.push(Name { key: NameKey(key), kind, text: text.to_owned() });
        } else if let Some(name) = self.names.get_mut(index as usize)
            && text.chars().count() > name.text.chars().count()
        {
            name.text = text.to_owned();
        }
        NameIndex(index)
    }
}

/// What the article calls a person by, and who it is.
struct Known<'t> {
    full: &'t str,
    name: NameIndex,
}

/// Turns candidates and dates into names and mentions, and, to `repeat`, finds the further mentions of names once given in full.
pub(super) fn resolve(
    tokens: &Tokens<'_>,
    page: &Page,
    found: Vec<Candidate>,
    dates: Vec<FoundDate>,
    published: Option<Dated>,
    repeat: bool,
) -> (Vec<Name>, Vec<Mention>) {
    let mut register = Register::default();
    let mut mentions: Vec<Mention> = Vec::with_capacity(found.len() + dates.len());
    let mut taken = vec![false; tokens.all.len()];
    let folded: Vec<String> = found.iter().map(|candidate| key_text(tokens, candidate)).collect();
    let fullest = fullest(tokens, &found, &folded);
    let mut surnames: HashMap<&str, Known<'_>> = HashMap::new();
    let mut bodies: HashMap<&str, NameIndex> = HashMap::new();
    let mut firsts: HashMap<&str, NameIndex> = HashMap::new();
    for (index, candidate) in found.iter().enumerate() {
        let span = candidate.span(tokens);
        taken[candidate.tokens.0..candidate.tokens.1].fill(true);
        let full = &folded[fullest[index]];
        let key = key(tokens, &found[fullest[index]], full);
        let name = register.name(key, candidate.kind, span.of(tokens.text));
        match candidate.kind {
            Kind::Person => {
                if let Some((_, last)) =
                    full.rsplit_once(' ').filter(|(_, last)| !matches!(*last, "الله" | "الدين" | "الرحمن" | "العزيز"))
                {
                    surnames.entry(last).or_insert(Known { full, name });
                    let first = full.split(' ').next().unwrap_or_default();
                    firsts.entry(first).or_insert(name);
                }
            }
            // Names that no lexicon holds are looked for again; the lexicon's are found everywhere already.
            _ if candidate.entry.is_none() && candidate.body.is_none() => {
                bodies.entry(full).or_insert(name);
            }
            _ => {}
        }
        let evidence = Evidence { rule: candidate.rule.into(), confidence: candidate.confidence };
        mentions.push(Mention { span, kind: candidate.kind, name, evidence });
    }
    bodies.extend(
        firsts.iter().filter(|(first, _)| first.len() > 4 && !surnames.contains_key(*first)).map(|(first, name)| (*first, *name)),
    );
    if repeat {
        again(tokens, page, &surnames, &bodies, &mut taken, &mut mentions, &register);
    }
    for date in &dates {
        let key = date_key(date, published, &dates);
        let name = register.name(key, Kind::Date, date.span.of(tokens.text));
        mentions.push(Mention {
            span: date.span,
            kind: Kind::Date,
            name,
            evidence: Evidence { rule: "date".into(), confidence: 95 },
        });
    }
    mentions.sort_by_key(|mention| mention.span);
    (register.names, mentions)
}

/// What stands for a thing in all texts: the lexicon's slug, else its kind and folded name.
fn key(tokens: &Tokens<'_>, candidate: &Candidate, folded: &str) -> String {
    let names = &tokens.packs.names;
    if let Some(entry) = candidate.entry {
        return names.entry(entry).slug.to_owned();
    }
    if let Some((head, country)) = candidate.body {
        return names.body(head, names.entry(country).slug);
    }
    match body_of_country(tokens, candidate, folded) {
        Some((head, country)) => names.body(head, country),
        None => format!("{}:{folded}", candidate.kind.label().to_lowercase()),
    }
}

/// The folded words of a candidate, parted by blanks, without attached particles.
fn key_text(tokens: &Tokens<'_>, candidate: &Candidate) -> String {
    let mut key = String::new();
    for at in candidate.tokens.0..candidate.tokens.1 {
        if !tokens.all[at].is_word() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        if at == candidate.tokens.0 {
            key.push_str(&first_word(tokens, candidate));
        } else {
            key.push_str(tokens.folded(at));
        }
    }
    key
}

/// The first word of a candidate, folded, without attached particles; an alif that a lam took comes back.
pub(super) fn first_word<'t>(tokens: &'t Tokens<'_>, candidate: &Candidate) -> Cow<'t, str> {
    let at = candidate.tokens.0;
    if candidate.cut == 0 {
        return tokens.folded(at).into();
    }
    let start = tokens.cut_start(at, candidate.cut);
    let rest = fold(&tokens.text[start..tokens.all[at].span.end as usize]);
    let lam = tokens.folded(at).trim_start_matches(['و', 'ف']).starts_with("لل") && rest.starts_with('ل');
    if lam { format!("ا{rest}").into() } else { rest.into() }
}

/// Finds the words outside all mentions that repeat a known last name or body, with attached particles or small misspellings.
fn again(
    tokens: &Tokens<'_>,
    page: &Page,
    surnames: &HashMap<&str, Known<'_>>,
    bodies: &HashMap<&str, NameIndex>,
    taken: &mut [bool],
    mentions: &mut Vec<Mention>,
    register: &Register,
) {
    if surnames.is_empty() && bodies.is_empty() {
        return;
    }
    let mut skeletons: HashMap<String, Vec<&str>> = HashMap::new();
    for last in surnames.keys().filter(|last| last.chars().count() >= 5) {
        skeletons.entry(skeleton(last)).or_default().push(last);
    }
    for spellings in skeletons.values_mut() {
        spellings.sort_unstable();
    }
    for (at, taken) in taken.iter_mut().enumerate() {
        let token = &tokens.all[at];
        if *taken || token.mark != 'w' || page.hides(at) || token.case == Case::Lower {
            continue;
        }
        let folded = tokens.folded(at);
        let mut hit: Option<(u8, NameIndex, &str)> = None;
        for (cut, rest) in rests(folded) {
            if let Some(known) = surnames.get(rest) {
                // A last name that is a common word needs more than itself.
                let plain = token.is(Class::COMMON | Class::FUNCTION | Class::TITLE | Class::CUE | Class::NATIONALITY)
                    && !token.is(Class::GIVEN);
                // In one name, Latin or Arabic, a bare given name is too weak.
                if !plain && known.full != rest {
                    hit = Some((cut, known.name, "last name"));
                    break;
                }
            }
            if let Some(name) = bodies.get(rest) {
                let plain = token.is(Class::COMMON | Class::FUNCTION | Class::CUE) || rest.chars().count() < 3;
                if !plain {
                    hit = Some((cut, *name, "named before"));
                    break;
                }
            }
        }
        if hit.is_none() && token.case == Case::None && token.is_unknown() && folded.chars().count() >= 5 {
            for (cut, rest) in rests(folded) {
                let alike = skeletons.get(&skeleton(rest)).and_then(|all| all.iter().find(|last| is_respelling(rest, last)));
                if let Some(last) = alike {
                    hit = Some((cut, surnames[*last].name, "last name respelt"));
                    break;
                }
            }
        }
        let Some((cut, name, rule)) = hit else { continue };
        let kind = register.names[name.0 as usize].kind;
        let span = Span::new(tokens.cut_start(at, cut), token.span.end as usize);
        *taken = true;
        mentions.push(Mention { span, kind, name, evidence: Evidence { rule: rule.into(), confidence: 80 } });
    }
}

/// A word and its rests after one and two attached particles.
pub(super) fn rests(folded: &str) -> impl Iterator<Item = (u8, &str)> {
    let long = |rest: &&str| rest.len() >= 6;
    let one = folded.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).filter(long);
    let two = folded.strip_prefix(['و', 'ف']).and_then(|rest| rest.strip_prefix(['ب', 'ك', 'ل'])).filter(long);
    [Some((0, folded)), one.map(|rest| (1, rest)), two.map(|rest| (2, rest))].into_iter().flatten()
}

/// The key of a date: the day where text and publication date tell it, else what is stated.
fn date_key(date: &FoundDate, published: Option<Dated>, all: &[FoundDate]) -> String {
    // A day that the text names with its year elsewhere is that day.
    let elsewhere = || {
        let same = |other: &&FoundDate| {
            other.year.is_some() && (other.month, other.day, other.hijri) == (date.month, date.day, date.hijri)
        };
        all.iter().find(same).filter(|_| date.relative.is_none()).and_then(FoundDate::dated)
    };
    match date.resolved(published).or_else(elsewhere) {
        Some(dated) => format!("date:{dated}"),
        None if date.hijri => {
            format!("date:{:04}-{:02}-{:02} AH", date.year.unwrap_or(0), date.month.unwrap_or(0), date.day.unwrap_or(0))
        }
        None => format!("date:--{:02}-{:02}", date.month.unwrap_or(0), date.day.unwrap_or(0)),
    }
}

//! Who speaks: everybody whom the sentence or the story so far offers as the speaker of an Arabic report, weighed against each other.

use super::{
    Finder, Speaker,
    agreement::fit,
    arabic::Anchor,
    model::{Options, Question, bucket},
};
use crate::{
    domain::{Kind, NameIndex},
    lang::{Class, Gender, Mood},
    text::Span,
};

/// Somebody who may be the speaker, with all that speaks for it.
#[derive(Clone, Debug, Default)]
struct Candidate {
    speaker: Speaker,
    kind: &'static str,
    gender: Gender,
    /// What it is to the cue, the sentence and the story; a few words each.
    roles: Vec<&'static str>,
    /// The first token of its nearest naming before the cue.
    nearest: Option<usize>,
}

/// Sentences back in which names are looked for.
const BACK: usize = 3;

/// The least probability with which a speaker is called unknown.
const UNKNOWN: f32 = 0.6;

/// The most speakers of earlier statements that are considered.
const SPOKEN: usize = 4;

/// Chooses the speaker of a report; its probability comes with it.
pub(super) fn speaker(finder: &mut Finder<'_, '_>, anchor: &Anchor, start: usize, outer: Option<usize>) -> (Speaker, f32) {
    let candidates = candidates(finder, anchor, start, outer);
    let site = site(finder, anchor, start);
    let explicit = if anchor.after.span.is_some() {
        "A"
    } else if anchor.before.span.is_some() {
        "B"
    } else {
        "0"
    };
    let mut options = Options::new(finder.weights, finder.decisions.is_some());
    for candidate in &candidates {
        options.open(|| finder.evidence(&candidate.speaker));
        let fits = fit(anchor.cue.gender, candidate.gender);
        let mood = if anchor.cue.mood == Mood::Participle { "p" } else { "v" };
        options.add(&["s:kind:", candidate.kind, ":", site]);
        options.add(&["s:fit:", fits, ":", mood]);
        for role in &candidate.roles {
            options.add(&["s:", role]);
            options.add(&["s:", role, ":", site]);
            options.add(&["s:", role, ":", fits, mood]);
        }
        if candidate.kind == "none" {
            options.add(&["s:none:", explicit, ":", site]);
        }
        if let Some(nearest) = candidate.nearest {
            let sentences = finder.tokens.all[anchor.at].sentence.saturating_sub(finder.tokens.all[nearest].sentence) as usize;
            options.add(&["s:back:", bucket(sentences), ":", site]);
            if sentences == 0 {
                options.add(&["s:tokens:", bucket(anchor.at.saturating_sub(nearest)), ":", site]);
            }
        }
    }
    // Nobody, the last option, must be likelier than not by far.
    let (best, share) = options.best_but_last(UNKNOWN);
    let cue = finder.tokens.span(anchor.at, anchor.at + 1);
    if let (Some(decisions), Some(decision)) = (&mut finder.decisions, options.decision(Question::Speaker, cue)) {
        decisions.push(decision);
    }
    let chosen = &candidates[best];
    // Only the clause's own words name its speaker; one found farther off is left out by it.
    let own =
        chosen.roles.iter().any(|role| matches!(*role, "after" | "before") || *role == "rule" && anchor.speaker.span.is_some());
    let span = chosen.speaker.span.filter(|_| own || chosen.speaker.name.is_none());
    (Speaker { span, ..chosen.speaker }, share)
}

/// Where the cue stands.
pub(super) fn site(finder: &Finder<'_, '_>, anchor: &Anchor, start: usize) -> &'static str {
    let tokens = finder.tokens;
    let first = (start..anchor.at).all(|at| !tokens.all[at].is_word());
    let before = (start..anchor.at).rev().find(|at| tokens.all[*at].is_word());
    let relative =
        before.is_some_and(|at| tokens.all[at].can_be(Class::RELATIVE) || matches!(tokens.folded(at), "حيث" | "ما" | "مما"));
    match (anchor.cue.mood, first, anchor.cut > 0) {
        (Mood::Participle, true, _) => "first participle",
        (Mood::Participle, ..) => "participle",
        (_, true, true) => "and first",
        (_, true, false) => "first",
        _ if relative => "relative",
        (_, _, true) => "and",
        _ => "within",
    }
}

fn candidates(finder: &Finder<'_, '_>, anchor: &Anchor, start: usize, outer: Option<usize>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::with_capacity(12);
    // The rules' own answer comes first: without weights it wins.
    let ruled = if anchor.speaker.span.is_none() && anchor.speaker.name.is_none() {
        finder.omitted(anchor.cue.gender)
    } else {
        anchor.speaker
    };
    if ruled.span.is_some() || ruled.name.is_some() {
        add(finder, &mut all, ruled, "rule", None);
    }
    for (speaker, role) in [(anchor.after, "after"), (anchor.before, "before")] {
        if speaker.span.is_some() || speaker.name.is_some() {
            add(finder, &mut all, speaker, role, None);
        }
    }
    // دافع X عن نفسه وقال: the subject of the verb that begins the sentence.
    if let Some(first) =
        (start..anchor.at).find(|at| finder.tokens.all[*at].is_word()).filter(|first| begins_with_verb(finder, *first))
    {
        let phrase = finder.subject_after(first + 1, anchor.at);
        if phrase.speaker.span.is_some() {
            add(finder, &mut all, phrase.speaker, "subject of the first verb", Some(first + 1));
        }
    }
    in_sentence(finder, &mut all, anchor, start);
    spoken(finder, &mut all, anchor, outer);
    named_before(finder, &mut all, start);
    all.push(Candidate { kind: "none", roles: vec!["none"], ..Candidate::default() });
    all
}

/// Whether a sentence begins with a verb, as far as its first word tells: neither a name nor a noun with the article nor a function word.
fn begins_with_verb(finder: &Finder<'_, '_>, first: usize) -> bool {
    let token = &finder.tokens.all[first];
    let folded = finder.tokens.folded(first);
    let plain = folded.strip_prefix('و').unwrap_or(folded);
    let noun = Class::FUNCTION | Class::TITLE | Class::SOURCE_PERSON | Class::PREPOSITION | Class::ORG_HEAD | Class::GIVEN;
    token.mark == 'w'
        && finder.mention_at(first).is_none()
        && !token.is(noun)
        && !plain.starts_with("ال")
        && !folded.starts_with(['ب', 'ل'])
}

/// Names and descriptions in the sentence, before the cue and up to what it reports.
fn in_sentence(finder: &Finder<'_, '_>, all: &mut Vec<Candidate>, anchor: &Anchor, start: usize) {
    let tokens = finder.tokens;
    let (mut subject, mut at, mut last) = (true, start, None);
    while at < anchor.reported.start {
        if at == anchor.at {
            at = anchor.reported.cue_end + 1;
            continue;
        }
        let Some(mention) = finder.mention_at(at).filter(|mention| finder.ranges[*mention].0 == at) else {
            let opens = at < anchor.at && tokens.all[at].quote == 0 && finder.opens_description(at) && !finder.is_governed(at);
            if opens {
                let phrase = finder.described(at, anchor.at);
                if phrase.speaker.span.is_some() {
                    let role = if subject { "subject described" } else { "described" };
                    let speaker = if phrase.next >= anchor.at { phrase.speaker } else { Speaker { ..phrase.speaker } };
                    add(finder, all, speaker, role, Some(at));
                    subject = false;
                    last = all.len().checked_sub(1);
                    at = phrase.next.max(at + 1);
                    continue;
                }
            }
            at += 1;
            continue;
        };
        let next = finder.ranges[mention].1;
        let speaker = Speaker { span: None, ..finder.speaker(mention) };
        let behind = at > anchor.at;
        let reported = finder.drafts.last().is_some_and(|draft| {
            let content = draft.content.first().map_or((0, 0), |range| *range);
            content.0 <= at && at < content.1
        });
        let governed = finder.is_governed(at);
        let role = match (behind, governed, reported) {
            (true, true, _) => "behind governed",
            (true, false, _) => "behind",
            (_, _, true) if subject => "reported subject",
            (_, true, true) => "reported governed",
            (_, false, true) => "reported",
            (_, true, false) => "governed",
            (_, false, false) if subject => "subject",
            (_, false, false) => "named",
        };
        subject = subject && (governed || finder.mentions[mention].kind == Kind::Place && at > start + 1);
        let found = add(finder, all, speaker, role, (!behind).then_some(at));
        if tokens.all[at].quote != 0 {
            all[found].roles.push("quoted");
        }
        last = if behind { last } else { Some(found) };
        at = next.max(at + 1);
    }
    if let Some(candidate) = last.and_then(|last| all.get_mut(last)) {
        candidate.roles.push("last named");
    }
}

/// Those who spoke before, the latest first.
fn spoken(finder: &Finder<'_, '_>, all: &mut Vec<Candidate>, anchor: &Anchor, outer: Option<usize>) {
    let tokens = finder.tokens;
    let here = tokens.all[anchor.at].sentence;
    let mut seen: Vec<NameIndex> = Vec::new();
    for draft in finder.drafts.iter().enumerate().rev().filter(|(index, _)| Some(*index) != outer || outer.is_none()) {
        let (index, draft) = draft;
        let Some(name) = draft.speaker.name.filter(|name| !seen.contains(name)) else { continue };
        let nested = draft.nested_in.is_some();
        let sentences = here.saturating_sub(tokens.all[draft.cue.0].sentence);
        let rank = match (seen.len(), sentences) {
            (0, 0) => "last here",
            (0, 1) => "last",
            (0, 2) => "last but one back",
            (0, _) => "last far",
            (1, 0..=1) => "second",
            (1, _) => "second far",
            (2, _) => "third",
            _ => "fourth",
        };
        seen.push(name);
        let found = add(finder, all, Speaker { name: Some(name), ..Speaker::default() }, rank, None);
        if nested {
            all[found].roles.push("nested speaker");
        }
        if draft.speaker.span.is_some() && index + 1 == finder.drafts.len() {
            all[found].roles.push("last explicit");
        }
        let between = draft.content.last().map_or(draft.cue.0, |range| range.1);
        let paragraph = (between..anchor.at).any(|at| tokens.mark(at) == '\n');
        if seen.len() == 1 {
            all[found].roles.push(if paragraph { "last, new paragraph" } else { "last, same paragraph" });
        }
        if draft.rule == "headline:" {
            all[found].roles.push("headline speaker");
        }
        if seen.len() >= SPOKEN {
            break;
        }
    }
}

/// Those named in the sentences before.
fn named_before(finder: &Finder<'_, '_>, all: &mut Vec<Candidate>, start: usize) {
    let tokens = finder.tokens;
    let here = tokens.all[start].sentence as usize;
    for back in 1..=BACK.min(here) {
        let (first, end) = tokens.sentences[here - back];
        let mut subject = true;
        let from = finder.ranges.partition_point(|range| range.0 < first);
        for index in from..finder.ranges.len() {
            let (at, _) = finder.ranges[index];
            if at >= end {
                break;
            }
            if !matches!(finder.mentions[index].kind, Kind::Person | Kind::Place | Kind::Organisation) || finder.page.hides(at) {
                continue;
            }
            let governed = finder.is_governed(at);
            let place = finder.mentions[index].kind == Kind::Place;
            let role = match (back, governed, subject && !place) {
                (1, false, true) => "subject before",
                (1, false, false) => "named before",
                (1, true, _) => "governed before",
                (2, false, true) => "subject two before",
                (2, ..) => "named two before",
                (_, false, true) => "subject far",
                _ => "named far",
            };
            subject = subject && (governed || place);
            let speaker = Speaker { span: None, ..finder.speaker(index) };
            add(finder, all, speaker, role, Some(at));
        }
    }
}

/// Adds a candidate, or a role to the one of the same name; returns where it stands.
fn add(
    finder: &Finder<'_, '_>,
    all: &mut Vec<Candidate>,
    mut speaker: Speaker,
    role: &'static str,
    nearest: Option<usize>,
) -> usize {
    speaker.name = speaker.name.map(|name| finder.known_state(name));
    let same = |other: &Candidate| match (speaker.name, other.speaker.name) {
        (Some(one), Some(two)) => one == two,
        (None, None) => speaker.span == other.speaker.span,
        _ => false,
    };
    if let Some(found) = all.iter().position(same) {
        let known = &mut all[found];
        if !known.roles.contains(&role) {
            known.roles.push(role);
        }
        known.speaker.span = known.speaker.span.or(speaker.span);
        known.nearest = known.nearest.max(nearest);
        return found;
    }
    let gender = match (speaker.name, speaker.span) {
        (Some(name), _) => finder.gender(name),
        (None, Some(span)) => finder.token_at(span).map_or(Gender::Any, |at| finder.gender_of_word(at)),
        _ => Gender::Any,
    };
    all.push(Candidate { speaker, kind: kind(finder, &speaker), gender, roles: vec![role], nearest });
    all.len() - 1
}

fn kind(finder: &Finder<'_, '_>, speaker: &Speaker) -> &'static str {
    let Some(name) = speaker.name else { return "described" };
    let name = &finder.names[name.0 as usize];
    match name.kind {
        _ if name.key.0.starts_with("src:") => "source",
        Kind::Person => "person",
        Kind::Place => "place",
        _ => "body",
    }
}

impl Finder<'_, '_> {
    /// The first token of a span that begins with a token.
    pub(super) fn token_at(&self, span: Span) -> Option<usize> {
        let at = self.tokens.all.partition_point(|token| token.span.end <= span.start);
        (at < self.tokens.all.len()).then_some(at)
    }

    /// Whether a preposition, attached or not, governs the noun at a token.
    pub(super) fn is_governed(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let attached = self.mention_at(at).is_some_and(|mention| {
            self.mentions[mention].span.start != tokens.all[at].span.start && !tokens.folded(at).starts_with(['و', 'ف'])
        });
        attached
            || at.checked_sub(1).is_some_and(|before| {
                tokens.all[before].is(Class::PREPOSITION)
                    || matches!(
                        tokens.folded(before),
                        "ل" | "ك"
                            | "مع"
                            | "بين"
                            | "ضد"
                            | "لدي"
                            | "خلال"
                            | "بعد"
                            | "قبل"
                            | "حول"
                            | "منذ"
                            | "عند"
                            | "نحو"
                    )
            })
    }

    /// Whether somebody who can speak may be described from this token on.
    pub(super) fn opens_description(&self, at: usize) -> bool {
        let token = &self.tokens.all[at];
        token.mark == 'w' && token.is(Class::SOURCE_PERSON | Class::TITLE | Class::PAPER | Class::BODY | Class::ORG_LABEL)
    }

    /// Everything that names a speaker, for a trainer.
    fn evidence(&self, speaker: &Speaker) -> Vec<Span> {
        let mentions = self.mentions.iter().filter(|mention| Some(mention.name) == speaker.name).map(|mention| mention.span);
        let named = self.drafts.iter().filter(|draft| draft.speaker.name.is_some() && draft.speaker.name == speaker.name);
        let mut spans: Vec<Span> = speaker.span.into_iter().chain(named.filter_map(|draft| draft.speaker.span)).collect();
        spans.extend(mentions);
        spans
    }
}

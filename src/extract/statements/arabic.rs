//! Arabic sentences: verb, subject, adjuncts, then what was said; participles and omitted subjects go on with the speaker before.

use super::{
    Draft, Finder, Speaker, acceptance,
    agreement::fit,
    attribution,
    complement::Reported,
    ending,
    preceding::{sentence_subject, subject_before},
};
use crate::lang::{Class, Cue, Family, Gender, Mood, Preposition};

/// A reporting word with its content begun.
pub(super) struct Anchor {
    /// The token of the word.
    pub at: usize,
    /// Letters cut off it.
    pub cut: u8,
    pub cue: Cue,
    /// Who speaks by the rules.
    pub speaker: Speaker,
    /// What stands behind the word where its subject would.
    pub after: Speaker,
    /// What stands before it.
    pub before: Speaker,
    /// The token behind the noun phrase that follows the word.
    pub phrase_end: usize,
    pub addressee: Option<crate::domain::NameIndex>,
    pub reported: Reported,
    /// The token at which its clause begins, where content before it ends.
    pub clause: usize,
    /// Whether it stands inside the content of the one before.
    pub nested: bool,
    /// The probability that it reports.
    pub share: f32,
}

/// Reads one sentence.
pub(super) fn read(finder: &mut Finder<'_, '_>, sentence: usize) {
    let (start, end) = finder.tokens.sentences[sentence];
    // A place line hides the head of its sentence only.
    let Some(start) = (start..end).find(|token| !finder.page.hides(*token)) else { return };
    let before = finder.drafts.len();
    let anchors = anchors(finder, start, end);
    let mut outer: Option<usize> = None;
    for (index, anchor) in anchors.iter().enumerate() {
        let ruled = ending::of(finder, anchor, &anchors[index + 1..], end);
        let (stop, ends) = (ruled, 1.0f32);
        let (speaker, speaks) = attribution::speaker(finder, anchor, start, outer.filter(|_| anchor.nested));
        let nested_in = if anchor.nested { outer } else { None };
        if !anchor.nested {
            outer = Some(finder.drafts.len());
        }
        let keep = finder.last;
        if speaker.span.is_some() && !anchor.nested {
            finder.gender = anchor.cue.gender;
        }
        finder.push(Draft {
            speaker,
            cue: (anchor.at, anchor.reported.cue_end, anchor.cut),
            content: vec![(anchor.reported.start, stop)],
            cut: anchor.reported.cut,
            via: anchor.reported.via,
            addressee: anchor.addressee,
            nested_in,
            rule: anchor.reported.rule,
            confidence: (anchor.share * ends * speaks * 100.0).round() as u8,
        });
        if anchor.nested {
            finder.last = keep;
        }
    }
    super::sources::read(finder, start, end, before);
}

/// All reporting words of a sentence that report something.
fn anchors(finder: &mut Finder<'_, '_>, start: usize, end: usize) -> Vec<Anchor> {
    let tokens = finder.tokens;
    let mut anchors: Vec<Anchor> = Vec::new();
    // A verb whose content a participle brings: تابع X قائلا.
    let mut waiting: Option<Speaker> = None;
    for at in start..end {
        let token = &tokens.all[at];
        if token.mark != 'w' || token.quote != 0 {
            continue;
        }
        let paper = paper_cue(finder, at, end);
        let Some(form) = token.form(Class::CUE).filter(|form| form.cut <= 1) else { continue };
        let other = token.is(Class::FUNCTION | Class::TITLE | Class::GIVEN | Class::NATIONALITY | Class::PREPOSITION);
        if token.is(Class::SOURCE) || form.cut == 1 && (other || !tokens.folded(at).starts_with(['و', 'ف'])) {
            continue;
        }
        let cue = *tokens.pack.cue(form.value);
        if finder.cover[at] != 0
            || is_source_clause(finder, at)
            || paper.is_none() && is_noun(finder, at, form.cut, &cue)
            || impersonal(finder, at)
        {
            continue;
        }
        if paper.is_none() && came(tokens.folded(at)) {
            continue;
        }
        let from = paper.unwrap_or(at + 1);
        let mut phrase = if cue.mood == Mood::Verb {
            finder.subject_after(from, end)
        } else {
            super::subject::Phrase { next: from, ..Default::default() }
        };
        let Some(mut reported) = finder.reported(at, phrase.next, end, &cue) else {
            if cue.mood == Mood::Verb && phrase.speaker.span.is_some() && cue.family == Family::Say {
                waiting = Some(phrase.speaker);
            }
            continue;
        };
        let mut speaker = phrase.speaker;
        let phrase_end = phrase.next;
        let preceding = if cue.mood == Mood::Verb { subject_before(finder, at, start, form.cut) } else { Speaker::default() };
        // X يؤكد Y: who stands right before the verb is its subject.
        if cue.mood == Mood::Verb && form.cut == 0 && at > start && speaker.span.is_some() {
            let opens = finder.mention_at(at - 1).is_some_and(|mention| super::preceding::opens(finder, mention, start));
            let before = if opens { subject_before(finder, at, start, form.cut) } else { Speaker::default() };
            if before.span.is_some() {
                speaker = before;
            }
        }
        let behind = behind(finder, at, tokens.words(start, at) > 0 && form.cut > 0, &cue, &phrase, &reported);
        if speaker.span.is_some() && behind != Behind::Subject {
            speaker = Speaker::default();
        }
        let after = if behind == Behind::Object { Speaker::default() } else { phrase.speaker };
        if cue.mood == Mood::Verb && speaker.span.is_none() {
            speaker = subject_before(finder, at, start, form.cut);
        }
        if let Some(last) = paper {
            reported.cue_end = reported.cue_end.max(last - 1);
        }
        if cue.mood == Mood::Participle
            && let Some(subject) = waiting.take()
        {
            speaker = subject;
        }
        if (cue.mood == Mood::Participle || at > start + 3)
            && speaker.span.is_none()
            && speaker.name.is_none()
            && anchors.is_empty()
        {
            speaker = Speaker { span: None, name: sentence_subject(finder, start, at), unnamed: false };
        }
        if cue.family == Family::Relay {
            speaker = relayed(finder, at, speaker, &mut reported);
        }
        // دعا X Y إلى …: the second name is spoken to.
        let told =
            matches!(cue.family, Family::Call | Family::Express) || matches!(stem_of_telling(tokens.folded(at)), "ابلغ" | "اخبر");
        if told && phrase.addressee.is_none() && phrase.speaker.span.is_some() {
            let next = (phrase.next..reported.start).find_map(|token| finder.bare_mention(token));
            phrase.addressee = next.map(|mention| finder.mentions[mention].name);
        }
        waiting = None;
        let clause = clause_start(finder, at, start);
        let inside = anchors.last().is_some_and(|last| last.reported.start <= at && last.reported.end.is_none_or(|end| end > at));
        let nested = inside && cue.mood == Mood::Verb && form.cut == 0 && clause == at;
        let mut anchor = Anchor {
            at,
            cut: form.cut,
            cue,
            speaker,
            after,
            before: preceding,
            phrase_end,
            addressee: phrase.addressee,
            reported,
            clause,
            nested,
            share: 1.0,
        };
        let (reports, share) = acceptance::judge(finder, &anchor, start, end);
        // Not to rule something out is to say something, though the annotated articles have few such reports to learn from.
        if reports || cue.denies && super::negation::negated(tokens, at, true) {
            anchor.share = share;
            anchors.push(anchor);
        }
    }
    anchors
}

/// What the noun phrase behind a verb is to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    Subject,
    /// Perhaps whom they accuse or describe: only a second noun would make it the subject.
    Unsure,
    Object,
}

/// Whether the noun phrase behind the verb at `at` says it or is told; `joined` verbs follow another one in their sentence.
fn behind(
    finder: &Finder<'_, '_>,
    at: usize,
    joined: bool,
    cue: &Cue,
    phrase: &super::subject::Phrase,
    reported: &Reported,
) -> Behind {
    // تتهمه أنقرة: the object is attached already.
    let attached = ["ه", "ها", "هم"].iter().any(|pronoun| finder.tokens.folded(at).ends_with(pronoun));
    let Some(span) = phrase.speaker.span.filter(|_| !attached || cue.mood == Mood::Participle) else { return Behind::Subject };
    let transitive = matches!(cue.family, Family::Accuse | Family::Describe) && cue.preposition.is_some()
        || cue.family == Family::Call && cue.preposition == Some(Preposition::On);
    let asks = cue.family == Family::Call && cue.preposition == Some(Preposition::With);
    let advises = cue.family == Family::Say && cue.preposition == Some(Preposition::With);
    // ناشد وزارة: a verb that does not agree with what follows.
    let clashes = cue.gender == Gender::Masculine
        && (transitive || advises || cue.family == Family::Call)
        && finder.token_at(span).is_some_and(|head| fit(cue.gender, finder.gender_of_word(head)) == "clash");
    // ورحبت X بالقرار وطالبت Y بـ…: a second verb goes on with the subject of the first.
    if clashes || joined && (transitive || asks) {
        Behind::Object
    } else if transitive && phrase.next + usize::from(reported.cut == 0) >= reported.start {
        Behind::Unsure
    } else {
        Behind::Subject
    }
}

/// A verb of telling without conjunction and feminine ending.
fn stem_of_telling(folded: &str) -> &str {
    let folded = folded.strip_prefix('و').unwrap_or(folded);
    folded.strip_suffix('ت').unwrap_or(folded)
}

/// `جاء في بيان`, `ورد في`: the token after the paper, where the cue at `at` is such a phrase.
fn paper_cue(finder: &Finder<'_, '_>, at: usize, end: usize) -> Option<usize> {
    let tokens = finder.tokens;
    if !came(tokens.folded(at)) || at + 2 >= end {
        return None;
    }
    if tokens.folded(at + 1) == "فيه" || tokens.folded(at + 1) == "فيها" {
        return Some(at + 2);
    }
    (tokens.folded(at + 1) == "في" && tokens.all[at + 2].can_be(Class::PAPER | Class::ORG_LABEL)).then_some(at + 3)
}

/// Whether a word is the verb of `جاء في`.
fn came(folded: &str) -> bool {
    matches!(folded.strip_prefix(['و', 'ف']).unwrap_or(folded), "جاء" | "ورد" | "جاءت")
}

/// A cue that is the verb of `حسبما ذكرت X` or `بحسب ما أفاد` belongs to that source.
fn is_source_clause(finder: &Finder<'_, '_>, at: usize) -> bool {
    let tokens = finder.tokens;
    let source = |at: usize| tokens.all[at].can_be(Class::SOURCE);
    let what = |at: usize| matches!(tokens.folded(at), "ما" | "لما");
    at >= 1 && source(at - 1) || at >= 2 && what(at - 1) && (source(at - 2) || tokens.folded(at - 2) == "علي")
}

/// Whether a word that could be a cue is a noun here: preceded by a preposition or numeral, or it has an article.
fn is_noun(finder: &Finder<'_, '_>, at: usize, cut: u8, cue: &Cue) -> bool {
    let tokens = finder.tokens;
    if cue.mood == Mood::Participle {
        return false;
    }
    let Some(before) = at.checked_sub(1).map(|before| &tokens.all[before]) else { return false };
    // بين, حول: a preposition unless the clause follows at once.
    if tokens.all[at].can_be(Class::FUNCTION) && !finder.is_that(at + 1) {
        // بين X أن, عبر X عن: the choice among cues tells.
        let about = tokens.folded(at).ends_with("عبر") && (at + 1..at + 14).any(|token| tokens.folded(token) == "عن");
        let that = tokens.folded(at).ends_with("بين") && (at + 2..at + 9).any(|token| finder.is_that(token));
        return !(about || that);
    }
    let folded = tokens.folded(at - 1);
    // Not said, or only to be said: لم يعلن, أن يعلن.
    let present = tokens.folded(at).starts_with(['ي', 'ت']) && tokens.folded(at).chars().count() > 3;
    // Who does not deny or rule out says something all the same.
    if matches!(folded.strip_prefix(['و', 'ف']).unwrap_or(folded), "لم" | "لن") && !cue.denies
        || present && cut == 0 && folded == "ان"
    {
        return true;
    }
    if cut > 0 {
        return false;
    }
    before.is(Class::PREPOSITION) && !matches!(folded, "ب")
        || cue.strict && matches!(folded, "هذا" | "هذه" | "اي" | "كل" | "بعد" | "قبل" | "عن")
}

/// يذكر أن, يشار إلى: nobody says so.
fn impersonal(finder: &Finder<'_, '_>, at: usize) -> bool {
    let tokens = finder.tokens;
    if !tokens.all[at].can_be(Class::IMPERSONAL) {
        return false;
    }
    let next = at + 1 + usize::from(tokens.folded(at + 1) == "الي");
    finder.is_that(next)
}

/// نقلت X عن Y: Y speaks through X.
fn relayed(finder: &Finder<'_, '_>, at: usize, outlet: Speaker, reported: &mut Reported) -> Speaker {
    let tokens = finder.tokens;
    let from = (at + 1..reported.start).find(|token| tokens.folded(*token) == "عن");
    let Some(from) = from else { return outlet };
    let source = finder.subject_after(from + 1, reported.start);
    if source.speaker.span.is_none() {
        return outlet;
    }
    reported.via = outlet.name;
    source.speaker
}

/// Where the clause of a cue begins: at the comma or conjunction before it.
fn clause_start(finder: &Finder<'_, '_>, at: usize, start: usize) -> usize {
    let tokens = finder.tokens;
    let mut clause = at;
    while clause > start
        && (tokens.all[clause - 1].can_be(Class::AUXILIARY)
            || matches!(tokens.folded(clause - 1), "كما" | "فيما" | "بينما" | "حيث"))
    {
        clause -= 1;
    }
    if clause > start && matches!(tokens.mark(clause - 1), '،' | ',' | '؛') {
        clause -= 1;
    }
    clause
}

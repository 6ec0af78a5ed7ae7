//! Whether an Arabic word that can report does report here: تعتبر says of itself nothing, and a road that يكشف عن a valley speaks to nobody.

use super::{
    Finder,
    arabic::Anchor,
    attribution, content,
    model::{Options, Question, bucket},
};
use crate::{
    domain::Kind,
    lang::{Class, Mood},
    text::Span,
};

/// The least probability with which a word is taken to report.
const LEAST: f32 = 0.42;

/// The probability that an anchor reports; under a half it does not.
pub(super) fn judge(finder: &mut Finder<'_, '_>, anchor: &Anchor, start: usize, end: usize) -> (bool, f32) {
    let tokens = finder.tokens;
    let at = anchor.at;
    let mut options = Options::new(finder.weights, finder.decisions.is_some());
    options.open(Vec::new);
    let word = tokens.folded(at);
    let word = if anchor.cut > 0 { word.strip_prefix(['و', 'ف']).unwrap_or(word) } else { word };
    let site = attribution::site(finder, anchor, start);
    let rule = anchor.reported.rule;
    let mood = match anchor.cue.mood {
        Mood::Participle => "participle",
        Mood::Verb if word.starts_with('ي') || word.starts_with('ت') && !word.ends_with('ت') => "present",
        Mood::Verb => "past",
    };
    let family = anchor.cue.family.label();
    let after = who(finder, anchor.after.span, anchor.after.name.is_some());
    let before = who(finder, anchor.before.span, anchor.before.name.is_some());
    let title = finder.page.title_tokens;
    let place = if (title.0..title.1).contains(&at) {
        "title"
    } else if finder.drafts.is_empty() {
        "none yet"
    } else {
        "story"
    };
    options.add(&["c"]);
    options.add(&["c:word:", word]);
    options.add(&["c:word:", word, ":", rule]);
    options.add(&["c:word:", word, ":", after]);
    options.add(&["c:rule:", rule, ":", family]);
    options.add(&["c:rule:", rule, ":", mood]);
    options.add(&["c:rule:", rule, ":", after]);
    options.add(&["c:mood:", mood, ":", site]);
    options.add(&["c:who:", after, ":", before]);
    options.add(&["c:who:", after, ":", before, ":", mood]);
    options.add(&["c:who:", after, ":", family]);
    options.add(&["c:site:", site, ":", after]);
    options.add(&["c:place:", place, ":", rule]);
    options.add(&["c:place:", place, ":", after]);
    options.add(&["c:strict:", if anchor.cue.strict { "yes:" } else { "no:" }, rule]);
    let previous = at.checked_sub(1).map_or("start", |before| class(finder, before));
    options.add(&["c:previous:", previous]);
    options.add(&["c:previous:", previous, ":", mood]);
    if let Some(before) = at.checked_sub(1).filter(|before| tokens.all[*before].is(Class::FUNCTION)) {
        options.add(&["c:behind:", tokens.folded(before)]);
    }
    options.add(&["c:next:", class(finder, at + 1), ":", mood]);
    let first = anchor.reported.start;
    options.add(&["c:first:", class(finder, first), ":", rule]);
    let gap = tokens.words((anchor.reported.cue_end + 1).min(first), first);
    options.add(&["c:gap:", bucket(gap), ":", rule]);
    let bare = anchor.phrase_end.min(first);
    options.add(&["c:loose:", bucket(tokens.words(bare, first)), ":", rule]);
    let length = content::words(tokens, first, anchor.reported.end.unwrap_or(end));
    options.add(&["c:length:", bucket(length), ":", rule]);
    let inside = finder.drafts.last().is_some_and(|draft| tokens.all[draft.cue.0].sentence == tokens.all[at].sentence);
    options.add(&["c:inside:", if inside { "yes:" } else { "no:" }, site, ":", after]);
    if tokens.all[at].is(Class::COMMON) || tokens.all[at].is(Class::FUNCTION) {
        options.add(&["c:also common"]);
    }
    // The other option: no report.
    options.open(Vec::new);
    let (best, share) = options.best();
    let cue = tokens.span(at, at + 1);
    if let (Some(decisions), Some(decision)) = (&mut finder.decisions, options.decision(Question::Cue, cue)) {
        decisions.push(decision);
    }
    // A wrong statement costs less than a missed one while most are right.
    let reports = if best == 0 { share } else { 1.0 - share };
    (reports >= LEAST, reports)
}

/// What stands where a subject should.
fn who(finder: &Finder<'_, '_>, span: Option<Span>, named: bool) -> &'static str {
    let Some(at) = span.and_then(|span| finder.token_at(span)) else { return if named { "relative" } else { "nobody" } };
    if let Some(mention) = finder.mention_at(at) {
        return match finder.mentions[mention].kind {
            Kind::Person => "person",
            Kind::Place => "place",
            _ => "body",
        };
    }
    let token = &finder.tokens.all[at];
    if token.is(Class::SOURCE_PERSON) {
        "source"
    } else if token.is(Class::TITLE | Class::KIN | Class::HONORIFIC) {
        "title"
    } else if token.is(Class::PAPER) {
        "paper"
    } else if token.is(Class::BODY | Class::ORG_HEAD | Class::ORG_LABEL | Class::ORG_WEAK) {
        "some body"
    } else if token.is_unknown() {
        "unknown"
    } else {
        "thing"
    }
}

/// The class of a token, as coarse as choices need it.
pub(super) fn class(finder: &Finder<'_, '_>, at: usize) -> &'static str {
    let Some(token) = finder.tokens.all.get(at) else { return "end" };
    if token.mark != 'w' {
        return match token.mark {
            '0' => "number",
            '\n' => "line",
            '،' | ',' | '؛' => "comma",
            '"' | '«' | '»' | '“' | '”' => "quote",
            ':' => "colon",
            '.' | '!' | '?' | '؟' => "stop",
            _ => "mark",
        };
    }
    if finder.mention_at(at).is_some() {
        return "name";
    }
    for (class, name) in [
        (Class::THAT, "that"),
        (Class::RELATIVE, "relative"),
        (Class::AUXILIARY, "auxiliary"),
        (Class::SOURCE, "source word"),
        (Class::PREPOSITION, "preposition"),
        (Class::PRONOUN, "pronoun"),
        (Class::WEEKDAY, "weekday"),
        (Class::FUNCTION, "function"),
        (Class::CUE, "cue"),
        (Class::TITLE, "title"),
        (Class::PAPER, "paper"),
        (Class::SOURCE_PERSON, "person word"),
        (Class::NATIONALITY, "nationality"),
        (Class::BODY, "body"),
        (Class::COMMON, "common"),
    ] {
        if token.is(class) {
            return name;
        }
    }
    if token.can_be(Class::CUE) {
        return "and cue";
    }
    let folded = finder.tokens.folded(at);
    if folded.starts_with("ال") {
        "the"
    } else if folded.starts_with("وال") {
        "and the"
    } else if folded.starts_with("بال") || folded.starts_with("لل") {
        "by the"
    } else if folded.starts_with('ي') || folded.starts_with('ت') {
        "present"
    } else if folded.starts_with('و') {
        "and"
    } else if folded.ends_with('ا') {
        "adverb"
    } else if folded.ends_with('ت') {
        "past"
    } else {
        "word"
    }
}

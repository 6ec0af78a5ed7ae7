//! Where what an Arabic clause reports comes to its end: at its marks, the next report, a new clause, or with the sentence.

use super::{Finder, arabic::Anchor, complement::quote_opening, content::words};
use crate::lang::{Class, Mood};

/// The token at which the content of `anchor` ends, in a sentence that ends at `bound`; `later` are the reports behind it.
pub(super) fn of(finder: &Finder<'_, '_>, anchor: &Anchor, later: &[Anchor], bound: usize) -> usize {
    let tokens = finder.tokens;
    if let Some(end) = anchor.reported.end {
        return end;
    }
    let start = anchor.reported.start;
    // A noun phrase ends where a clause of its own begins; a clause goes on over commas.
    let nominal = matches!(anchor.reported.rule, "verb+preposition" | "verb+noun");
    // أن "…"، …: what was said ends with its marks.
    if let Some(quote) = quote_opening(finder, start) {
        let quote = &tokens.quotes[quote];
        if quote.closed && words(tokens, quote.open, quote.close) >= 2 && matches!(tokens.mark(quote.close + 1), '،' | ',') {
            return quote.close;
        }
    }
    let next = later.iter().find(|next| {
        next.clause > start && !next.nested && (next.cue.mood == Mood::Participle || next.cut > 0 || next.clause < next.at)
    });
    let bound = next.map_or(bound, |next| next.clause.min(bound));
    let in_title = (finder.page.title_tokens.0..finder.page.title_tokens.1).contains(&start);
    let breaks = |at: usize| {
        if tokens.all[at].quote != 0 {
            // The closing mark of the speaker's words, and behind it the reporter's: «…» بعد أن ….
            let closes = at > 0 && at + 1 < bound && tokens.all[at + 1].quote == 0 && is_close(finder, at);
            return closes && adds(finder, at + 1 + usize::from(tokens.mark(at + 1) == '،'));
        }
        match tokens.mark(at) {
            '،' => behind_comma(finder, at + 1, nominal),
            // A headline tells of several things.
            '.' => in_title && tokens.mark(at + 1) == '.',
            'w' => nominal && begins_clause(finder, at),
            _ => false,
        }
    };
    let bound = (start + 2..bound).find(|at| breaks(*at)).unwrap_or(bound);
    // بحسب without a comma before it.
    let source =
        (start + 3..bound).find(|at| tokens.all[*at].quote == 0 && matches!(tokens.folded(*at), "بحسب" | "وفقا" | "حسبما"));
    source.unwrap_or(bound)
}

/// Whether the closing mark of a quotation that holds speech stands at a token.
fn is_close(finder: &Finder<'_, '_>, at: usize) -> bool {
    let quote = usize::from(finder.tokens.all[at].quote).checked_sub(1).map(|quote| &finder.tokens.quotes[quote]);
    quote.is_some_and(|quote| quote.closed && quote.close == at && words(finder.tokens, quote.open, quote.close) >= 2)
}

/// Whether the reporter goes on at a token behind the speaker's own words: when it was, what came before it, what it hints at.
fn adds(finder: &Finder<'_, '_>, at: usize) -> bool {
    let tokens = finder.tokens;
    match tokens.folded(at) {
        "بعد" | "بعدما" | "قبل" | "كما" | "وفق" | "حسب" | "عقب" => true,
        "في" => matches!(tokens.folded(at + 1), "اشاره" | "وقت" | "الوقت" | "حين"),
        "علي" => matches!(tokens.folded(at + 1), "حد" | "ما"),
        "الامر" => tokens.folded(at + 1) == "الذي",
        _ => false,
    }
}

/// Whether a clause that no speaker is credited with begins at a token behind a comma.
fn behind_comma(finder: &Finder<'_, '_>, at: usize, nominal: bool) -> bool {
    let tokens = finder.tokens;
    let (word, next) = (tokens.folded(at), tokens.folded(at + 1));
    let always = matches!(
        word,
        "فيما"
            | "بينما"
            | "وفق"
            | "وفقا"
            | "بحسب"
            | "حسب"
            | "حسبما"
            | "وكان"
            | "وكانت"
            | "وذلك"
            | "طبقا"
            | "كما"
            | "نقلا"
            | "وهو"
            | "لكن"
            | "لكنه"
            | "لكنها"
            | "لكنهم"
            | "بيد"
    );
    let of_noun = nominal
        && matches!(
            word,
            "وهي"
                | "وهم"
                | "ولم"
                | "وقد"
                | "الامر"
                | "بعدما"
                | "الا"
                | "ولكن"
                | "ولكنه"
                | "ولكنها"
                | "اما"
                | "رغم"
                | "ورغم"
                | "خلال"
                | "في"
        );
    let participle = tokens
        .all
        .get(at)
        .and_then(|token| token.form(Class::CUE))
        .is_some_and(|form| form.cut == 0 && tokens.pack.cue(form.value).mood == Mood::Participle && word.ends_with('ا'));
    always
        || of_noun
        || participle
        || word == "في" && matches!(next, "حين" | "وقت" | "اشاره")
        || matches!(word, "غير" | "الا") && next == "ان"
        || word == "علي" && matches!(next, "ما" | "حد")
}

/// Whether a clause begins inside a noun phrase without a comma: …, وهي ….
fn begins_clause(finder: &Finder<'_, '_>, at: usize) -> bool {
    match finder.tokens.folded(at) {
        "وهو" | "وهي" | "بعدما" | "لكنها" | "لكنه" => true,
        "بعد" => finder.tokens.folded(at + 1) == "ان",
        _ => false,
    }
}

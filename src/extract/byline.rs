//! Who wrote an article: the names behind a label (`بقلم: X`, `By X and Y`) or behind the place of a place line (`القاهرة - X:`).

use super::{
    labels::{is_agency, longest_name},
    tokens::{Case, Tokens},
};
use crate::{
    domain::Kind,
    lang::{Class, packs::key_of},
    text::Span,
};

/// Words of a writer's name.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;
/// The most words of a byline that has no colon.
const LABELLED: usize = 7;

/// What no word of a writer's name is.
const NEVER: Class = Class(
    Class::FUNCTION.0
        | Class::CUE.0
        | Class::THAT.0
        | Class::PREPOSITION.0
        | Class::NATIONALITY.0
        | Class::MONTH.0
        | Class::WEEKDAY.0
        | Class::ORG_HEAD.0
        | Class::SOURCE.0,
);

/// Labels of those who worked on an article but did not write it.
const NOT_WRITERS: [&str; 5] = ["تحرير", "ترجمه", "editing by", "edited by", "مراسلنا"];

/// The token behind the label that a byline begins with: a colon, or a word like `By`, where only names follow.
pub(super) fn label_end(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let is_label = |stop: usize| {
        let label = key_of(Span { start: tokens.all[start].span.start, end: tokens.all[stop - 1].span.end }.of(tokens.text));
        tokens.pack.furniture.iter().any(|(phrase, why)| why == "byline" && *phrase == label)
    };
    if let Some(colon) = (start + 1..end).find(|at| tokens.mark(*at) == ':') {
        return is_label(colon).then_some(colon + 1);
    }
    let stop = (start + 1..end.min(start + 4)).rev().find(|stop| is_label(*stop))?;
    // هذا المقال بقلم X، أستاذ …: three words are a label whatever follows.
    if stop - start == 3 {
        return Some(stop);
    }
    let words = tokens.words(stop, end);
    let whole = (2..=LABELLED).contains(&words) && !matches!(tokens.mark(end - 1), '.' | '؟' | '?' | '!' | '…');
    let capital = |at: usize| matches!(tokens.all[at].case, Case::Title | Case::Upper) || tokens.folded(at) == "and";
    let latin = tokens.all[start].case != Case::None;
    let named = (stop..end)
        .filter(|at| tokens.all[*at].is_word())
        .all(|at| if latin { capital(at) } else { !tokens.all[at].is(NEVER) || tokens.all[at].is(Class::GIVEN) });
    // كتب is a verb as well: only a given name makes it a label.
    let given = || (stop..end).find(|at| !skipped(tokens, *at)).is_some_and(|at| tokens.all[at].is(Class::GIVEN));
    let begins = if latin { tokens.all[start].case != Case::Lower } else { given() };
    (whole && named && begins).then_some(stop)
}

/// Where the place line that names its writer ends, and the tokens of the name: `القاهرة - X:`, `لندن: X`, given the token
/// behind the place.
pub(super) fn signature(tokens: &Tokens<'_>, from: usize, end: usize) -> Option<((usize, usize), usize)> {
    let first = (from..end.min(from + 3)).find(|at| tokens.all[*at].is_word())?;
    let stop = (first..end).take(NAME.end() + 1).find(|at| !tokens.all[*at].is_word());
    let stop = stop.or_else(|| (end - first <= *NAME.end()).then_some(end))?;
    let loose = |at: usize| tokens.all[at].spaced || tokens.all.get(at + 1).is_none_or(|next| next.spaced);
    let closed = stop == end || tokens.mark(stop) == ':' || matches!(tokens.mark(stop), '-' | '–' | '—') && loose(stop);
    // Only a known given name tells a writer from what the report begins with.
    let given = tokens.all[first].is(Class::GIVEN) && !tokens.all[first].is(NEVER);
    let personal = given && NAME.contains(&(stop - first)) && (first..stop).all(|at| is_name_word(tokens, at));
    (closed && personal).then(|| ((first, stop), (stop + 1).min(end)))
}

/// The end of the place that a line begins with and of the mark behind it: `القاهرة -`, `لندن:`.
pub(super) fn place_end(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let (place, stop) = known(tokens, start, end)?;
    (place == Kind::Place && matches!(tokens.mark(stop), '-' | '–' | '—' | ':' | '،' | '/' | '(')).then_some(stop + 1)
}

/// The writers that a byline names: all behind its label, one by one, without titles, places and outlets.
pub(super) fn writers(tokens: &Tokens<'_>, (start, end): (usize, usize)) -> Vec<String> {
    let from = label_end(tokens, start, end).unwrap_or(start);
    let label = key_of(Span { start: tokens.all[start].span.start, end: tokens.all[from].span.start }.of(tokens.text));
    if from >= end || NOT_WRITERS.contains(&label.as_str()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut part = from;
    // Behind a long label stands the name, and behind a comma what the writer does.
    let end = if from - start == 3 { (from..end).find(|at| matches!(tokens.mark(*at), '،' | ',')).unwrap_or(end) } else { end };
    for at in from..=end {
        let and = at < end && (tokens.folded(at) == "and" || tokens.folded(at) == "و");
        // سمير وليلى: a further given name with و.
        let joined = at > part && at < end && tokens.all[at].form(Class::GIVEN).is_some_and(|form| form.cut == 1);
        if at < end && (tokens.all[at].is_word() || tokens.mark(at) == '.') && !and && !joined {
            continue;
        }
        found.extend(writer(tokens, part, at, joined && at == part));
        if joined {
            found.extend(writer(tokens, at, next_part(tokens, at + 1, end), true));
            part = next_part(tokens, at + 1, end);
        } else {
            part = at + 1;
        }
    }
    found.dedup();
    found
}

fn next_part(tokens: &Tokens<'_>, from: usize, end: usize) -> usize {
    (from..end).find(|at| !tokens.all[*at].is_word()).unwrap_or(end)
}

/// The name between two tokens, if they hold one; `cut` takes و off its first word.
fn writer(tokens: &Tokens<'_>, start: usize, end: usize, cut: bool) -> Option<String> {
    let first = (start..end).rev().find(|at| skipped(tokens, *at)).map_or(start, |title| title + 1);
    let words = tokens.words(first, end);
    if first >= end
        || !NAME.contains(&words)
        || known(tokens, first, end).is_some_and(|(kind, stop)| kind != Kind::Person && stop == end)
    {
        return None;
    }
    if !(first..end).all(|at| is_name_word(tokens, at) || cut && at == first) || (first..end).any(|at| is_agency(tokens, at)) {
        return None;
    }
    let from = tokens.cut_start(first, u8::from(cut));
    Some(tokens.text[from..tokens.all[end - 1].span.end as usize].to_owned())
}

fn is_name_word(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = &tokens.all[at];
    token.mark == 'w' && token.case != Case::Lower && (!token.is(NEVER) || token.is(Class::GIVEN))
}

/// Titles and what colleagues are called.
fn skipped(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = &tokens.all[at];
    token.is(Class::TITLE | Class::HONORIFIC) && !token.is(Class::GIVEN)
        || matches!(tokens.folded(at), "الزميل" | "الزميله" | "من" | "our")
        || tokens.mark(at) == '.'
}

/// The kind of the longest thing of the lexicon that begins at a token, and the token behind it.
fn known(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<(Kind, usize)> {
    let whole = tokens.all[start].is_known();
    let (entry, stop) = longest_name(tokens, start, end).filter(|_| whole)?;
    Some((tokens.packs.names.entry(entry).kind, stop))
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, extract::extract, lang::Packs};

    fn byline(text: &str) -> Vec<String> {
        extract(text, &Fields::default(), Packs::get()).header.byline
    }

    #[test]
    fn writers_are_named_behind_a_label_or_a_place() {
        const REPORT: &str = "التقى الوزير نظيره في القاهرة وبحث معه التعاون بين البلدين في مجالات عدة.";
        for (head, writers) in [
            ("بقلم: سمير تاراسيان\n\n", &["سمير تاراسيان"][..]),
            ("كتب سمير تاراسيان\n\n", &["سمير تاراسيان"]),
            ("إعداد: سمير تاراسيان وليلى حداد\n\n", &["سمير تاراسيان", "ليلى حداد"]),
            ("بقلم الزميل محمد تاراسيان، CNN\n\n", &["محمد تاراسيان"]),
            ("القاهرة - محمد تاراسيان: ", &["محمد تاراسيان"]),
            ("لندن: محمد تاراسيان\n\n", &["محمد تاراسيان"]),
            ("هذا المقال بقلم سمير تاراسيان، أستاذ في الجامعة والآراء أدناه تعبر عن رأيه\n\n", &["سمير تاراسيان"]),
            ("ترجمة: سمير تاراسيان\n\n", &[]),
            ("القاهرة - رويترز: ", &[]),
            ("القاهرة (رويترز) - ", &[]),
            ("كتب محمد على صفحته أمس\n\n", &[]),
            ("", &[]),
        ] {
            assert_eq!(byline(&format!("لقاء وزاري في القاهرة\n\n{head}{REPORT}\n")), writers, "{head}");
        }
        for (line, writers) in [
            ("By Jane Doe", &["Jane Doe"][..]),
            ("By Jane Doe and John Roe, Cairo", &["Jane Doe", "John Roe"]),
            ("Edited by Jane Doe", &[]),
            ("By the river they met", &[]),
        ] {
            let text = format!("Ministers meet in Cairo\n{line}\n\nThe ministers met in Cairo and talked for hours.\n");
            assert_eq!(byline(&text), writers, "{line}");
        }
    }
}

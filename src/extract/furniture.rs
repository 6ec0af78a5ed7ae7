//! What belongs to the page and not to the report: the headline, its repetition, credits, place lines, widgets, links to other stories.

use super::{
    byline,
    dates::whole_date_at,
    labels::{bracketed_label, credit, phrase, pointer, taken_from},
    masthead, teasers,
    tokens::Tokens,
};
use crate::{
    domain::{Fields, Furniture},
    lang::{Class, packs::key_of},
    text::Span,
};

/// A text's lines, sorted into headline, report and furniture.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The headline.
    pub title: Span,
    /// Its tokens.
    pub title_tokens: (usize, usize),
    /// The token at which the report begins, after headline and place line.
    pub body: usize,
    /// Tokens of the place line, where there is one.
    pub dateline: Option<(usize, usize)>,
    /// Token ranges of all lines that are a publisher's or agency's credit.
    pub credits: Vec<(usize, usize)>,
    /// Token ranges of all bylines, their labels included.
    pub bylines: Vec<(usize, usize)>,
    /// The tokens of a publisher's name that stands alone above the credits at the end.
    pub publisher: Option<(usize, usize)>,
    /// Furniture in order of the text.
    pub furniture: Vec<Furniture>,
    hidden: Vec<(usize, usize)>,
}

impl Page {
    /// Whether a token belongs to the page and not to the report.
    pub fn hides(&self, token: usize) -> bool {
        let next = self.hidden.partition_point(|(start, _)| *start <= token);
        next > 0 && token < self.hidden[next - 1].1
    }

    /// Takes the tokens from `start` to before `end` for furniture.
    pub(super) fn hide(&mut self, tokens: &Tokens<'_>, start: usize, end: usize, why: &str) {
        let span = tokens.span(start, end);
        self.furniture.push(Furniture { span, why: why.to_owned().into() });
        self.hidden.push((start, end));
    }
}

/// The most words of a line that can be a label, a credit or a widget.
pub(super) const SHORT: usize = 9;
/// The most words of a place line.
const DATELINE: usize = 16;

/// Sorts the lines of a text.
pub(super) fn find(tokens: &Tokens<'_>, fields: &Fields) -> Page {
    let mut page = Page::default();
    let lines = lines(tokens);
    let own_title = fields.title.as_deref().map(key_of).filter(|key| !key.is_empty());
    let mut title_key = String::new();
    let mut seen_body = false;
    // A record that names its headline has no page around it.
    let head = if own_title.is_none() { masthead::find(tokens, &lines) } else { masthead::Masthead::default() };
    page.publisher = head.outlet;
    for (n, &(start, end)) in lines.iter().enumerate() {
        let words = tokens.words(start, end);
        let span = tokens.span(start, end);
        let key = if words <= 40 { key_of(span.of(tokens.text)) } else { String::new() };
        if words == 0 {
            continue;
        }
        if let Some(why) = phrase(tokens, &key, words)
            .or_else(|| credit(tokens, start, end, words))
            .or_else(|| pointer(tokens, start, end, words))
        {
            // A rule of dashes above a notice belongs to it.
            if let Some(&(rule, stop)) =
                n.checked_sub(1).and_then(|before| lines.get(before)).filter(|line| is_rule(tokens, **line))
            {
                page.hide(tokens, rule, stop, &why);
            }
            page.hide(tokens, start, end, &why);
            if why.contains("credit") {
                page.credits.push((start, end));
            } else if why == "byline" {
                page.bylines.push((start, end));
            }
            continue;
        }
        if n < head.lines {
            page.hide(tokens, start, end, "page head");
            continue;
        }
        if words <= SHORT && super::dates::is_date_line(tokens, start, end) {
            page.hide(tokens, start, end, "date line");
            continue;
        }
        if title_key.is_empty() {
            if own_title.as_ref().is_none_or(|own| *own == key) || !key.is_empty() {
                page.title = span;
                page.title_tokens = (start, end);
                page.body = end;
                title_key = key;
            } else {
                // A paragraph before any headline: the text has none of its own.
                title_key = "\0".into();
                page.body = start;
            }
            continue;
        }
        if !seen_body && key == title_key {
            page.hide(tokens, start, end, "repeated title");
            page.body = end;
            continue;
        }
        if seen_body {
            if let Some((open, why)) = bracketed_label(tokens, start, end) {
                page.hide(tokens, open, end, &why);
                if why.contains("credit") {
                    page.credits.push((open, end));
                }
            }
            continue;
        }
        let dated = words <= DATELINE && is_dated(tokens, start, end);
        let mut stop = dateline(tokens, start, end);
        let place = stop.or_else(|| byline::place_end(tokens, start, end));
        if let Some((writer, behind)) = place.and_then(|place| byline::signature(tokens, place, end)) {
            page.bylines.push(writer);
            stop = Some(behind);
        }
        if let Some(stop) = stop {
            // A whole line of place, outlet and day; else the report goes on behind its place line.
            let stop = if dated { end } else { stop };
            page.hide(tokens, start, stop, "dateline");
            page.dateline = Some((start, stop));
            page.body = stop;
            seen_body = stop < end;
        } else if dated {
            page.hide(tokens, start, end, "date line");
        } else {
            seen_body = true;
            page.body = start;
        }
    }
    page.hidden.sort_unstable();
    publisher(tokens, &lines, &mut page);
    page.hidden.sort_unstable();
    teasers::hide(tokens, &lines, &mut page);
    page.furniture.sort_by_key(|part| part.span);
    page.hidden.sort_unstable();
    page
}

/// A line of marks only, such as dashes.
fn is_rule(tokens: &Tokens<'_>, (start, end): (usize, usize)) -> bool {
    end - start >= 3 && (start..end).all(|at| matches!(tokens.mark(at), '-' | '_' | '–' | '—' | '=' | '*' | '.'))
}

/// A short line below the headline that ends like no sentence and names a whole day: when, where and by whom the page was published.
fn is_dated(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let ends = matches!(tokens.mark(end - 1), '.' | '؟' | '?' | '!' | '…');
    !ends && (start..end).any(|at| whole_date_at(tokens, at))
}

/// Takes a short line right above the credits that end a page for its publisher.
fn publisher(tokens: &Tokens<'_>, lines: &[(usize, usize)], page: &mut Page) {
    let report = |line: &&(usize, usize)| !page.hides(line.0) && line.0 >= page.body;
    let Some(&(start, end)) = lines.iter().rev().find(report) else { return };
    // A credit behind the last sentence is none below it.
    let credited = page.credits.iter().any(|credit| credit.0 >= end && taken_from(tokens, credit.0, credit.1).is_none());
    let words = tokens.words(start, end);
    let says = (start..end).any(|token| tokens.all[token].is(Class::CUE));
    if page.publisher.is_none()
        && credited
        && words <= SHORT
        && !says
        && !matches!(tokens.mark(end - 1), '.' | '؟' | '?' | '!')
        && start > page.body
    {
        page.hide(tokens, start, end, "credit");
        page.publisher = Some((start, end));
    }
}

/// The token ranges between line ends, without them.
fn lines(tokens: &Tokens<'_>) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for at in 0..=tokens.all.len() {
        if tokens.mark(at) == '\n' {
            if at > start {
                lines.push((start, at));
            }
            start = at + 1;
        }
    }
    lines
}

/// The place line at the head of a report: `موسكو، 14 ماي - (سبوتنيك) -`, `LONDON (Reuters) -`, `اسم نيوز/`.
///
/// Short, ended by a dash, slash or colon, and made of places, dates, names and brackets only.
fn dateline(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let mut words = 0;
    let mut brackets = false;
    let mut depth = 0;
    let mut stop = None;
    for at in start..end {
        match tokens.mark(at) {
            '(' | '[' => (depth, brackets) = (depth + 1, true),
            ')' | ']' => {
                depth -= 1;
                let dash = (at + 1..end.min(at + 3))
                    .take_while(|next| matches!(tokens.mark(*next), '-' | '–' | '—' | '_' | ':' | 'ـ'))
                    .last();
                // A bracket alone ends the line only where it opened it.
                if depth == 0 && (dash.is_some() || tokens.mark(start) == '(') {
                    stop = Some(dash.unwrap_or(at) + 1);
                    break;
                }
            }
            '-' | '–' | '—' | '/' | '|' if depth == 0 && words > 0 => {
                let loose = tokens.all[at].spaced || tokens.all.get(at + 1).is_some_and(|next| next.spaced);
                let more = (at + 1..end.min(at + 4)).any(|next| tokens.mark(next) == '(');
                if loose && !more {
                    stop = Some(at + 1);
                    break;
                }
            }
            ':' | '.' | '«' | '"' | '“' => return None,
            'w' => {
                words += 1;
                let token = &tokens.all[at];
                let label = token.can_be(Class::CUE | Class::THAT | Class::PREPOSITION) && depth == 0;
                if label || words > DATELINE {
                    return None;
                }
            }
            _ => {}
        }
    }
    let mut stop = stop?;
    while stop < end && matches!(tokens.mark(stop), '-' | '–' | '—') {
        stop += 1;
    }
    let plain = words <= 4 || brackets;
    (plain && stop < end).then_some(stop)
}

//! Who is the subject: the first noun phrase after an Arabic verb, the one before an English one, and offices that stand for persons.

use super::{Finder, Speaker, bearers::Meant};
use crate::{
    domain::{Kind, NameIndex},
    lang::Class,
};

/// A noun phrase that may be a subject.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Phrase {
    /// Who it is.
    pub speaker: Speaker,
    /// The token after it.
    pub next: usize,
    /// To whom something is told, where the phrase before it says so.
    pub addressee: Option<NameIndex>,
}

/// Words that can begin the description of a speaker.
const SPEAKERS: Class = Class(
    Class::TITLE.0
        | Class::SOURCE_PERSON.0
        | Class::PAPER.0
        | Class::ORG_HEAD.0
        | Class::ORG_WEAK.0
        | Class::BODY.0
        | Class::ORG_LABEL.0
        | Class::KIN.0
        | Class::HONORIFIC.0,
);

/// The most words of a description.
const LONGEST: usize = 14;

impl Finder<'_, '_> {
    /// The subject after a verb that ends before `start`: a name, or a description up to the next function word or mark.
    pub(super) fn subject_after(&self, start: usize, limit: usize) -> Phrase {
        let tokens = self.tokens;
        let mut at = start;
        let mut addressee = None;
        // قال لرويترز X, قال للصحفيين X
        if let Some(token) = tokens.all.get(at).filter(|token| token.mark == 'w') {
            let told = tokens.folded(at).starts_with('ل') && !token.is_known() && token.forms().iter().any(|form| form.cut > 0);
            if told {
                addressee = self.mention_at(at).map(|mention| self.mentions[mention].name);
                at = self.mention_at(at).map_or(at + 1, |mention| self.ranges[mention].1);
                while at < limit && tokens.all[at].is(Class::NATIONALITY) {
                    at += 1;
                }
            }
        }
        at = self.behind_aside(at, limit);
        let short = super::complement::quote_opening(self, at)
            .is_none_or(|quote| super::content::words(tokens, tokens.quotes[quote].open, tokens.quotes[quote].close) <= 3);
        if matches!(tokens.mark(at), '"' | '«' | '،') && short && self.bare_mention(at + 1).is_some() {
            at += 1;
        }
        // أحد المسؤولين, بعض السكان, #X
        while tokens.mark(at) == '#' || matches!(tokens.folded(at), "احد" | "احدي" | "بعض") {
            at += 1;
        }
        if tokens.folded(at) == "عدد" && tokens.folded(at + 1) == "من" {
            at += 2;
        }
        // كل من X وY
        if tokens.folded(at) == "كل" && tokens.folded(at + 1) == "من" {
            at += 2;
        }
        if let Some(mention) = self.bare_mention(at) {
            let mut next = self.ranges[mention].1;
            // X وY وZ
            while let Some(more) =
                self.mention_at(next).filter(|more| self.ranges[*more].0 == next && tokens.folded(next).starts_with('و'))
            {
                next = self.ranges[more].1;
            }
            return Phrase { speaker: self.speaker(mention), next, addressee };
        }
        let begins = tokens.all.get(at).is_some_and(|token| {
            let other =
                token.is(Class::FUNCTION | Class::THAT | Class::WEEKDAY | Class::CUE | Class::PREPOSITION | Class::RELATIVE);
            // An indefinite noun that is no office, paper or body is what is reported, not who reports.
            let article = tokens.folded(at).starts_with("ال");
            // Opponents, prosecutors: indefinite plurals; and names that nothing else knows.
            let folded = tokens.folded(at);
            let plural = token.is(Class::COMMON) && folded.len() >= 10 && (folded.ends_with("ون") || folded.ends_with("و"));
            let unknown = token.is_unknown() && !folded.ends_with("ها") && !folded.ends_with("هم");
            token.mark == 'w' && token.quote == 0 && (token.is(SPEAKERS) || !other && (article || plural || unknown))
        });
        if at < limit && begins {
            return self.description(at, limit, addressee);
        }
        let unnamed = Phrase { next: at, addressee, ..Phrase::default() };
        self.before_clause(at, limit).map_or(unnamed, |next| {
            let name = self.bearer(at, next);
            let speaker = Speaker { span: Some(tokens.span(at, next)), name, unnamed: name.is_none() };
            Phrase { speaker, next, addressee }
        })
    }

    /// The token behind asides between a verb and its subject: من جهته, بدوره, اليوم, أيضا.
    fn behind_aside(&self, start: usize, limit: usize) -> usize {
        let tokens = self.tokens;
        let mut at = start;
        while at < limit {
            let own = |word: &str| ["جهت", "جانب", "طرف", "ناحيت"].iter().any(|stem| word.starts_with(stem)) && word.len() <= 14;
            if tokens.folded(at) == "من" && own(tokens.folded(at + 1)) {
                at += 2;
            } else if matches!(tokens.folded(at), "بدوره" | "بدورها" | "بدورهم" | "اليوم" | "امس" | "ايضا" | "كذلك" | "لاحقا")
                || tokens.all[at].is(Class::WEEKDAY)
            {
                at += 1;
            } else if at > start && matches!(tokens.mark(at), '،' | ',') {
                return at + 1;
            } else {
                break;
            }
        }
        at
    }

    /// The end of the few plain words between a verb and its clause, which can only be its subject: قال كونتي إن, تقول ماكنزي: ….
    fn before_clause(&self, start: usize, limit: usize) -> Option<usize> {
        let tokens = self.tokens;
        let plain = |at: usize| {
            let token = &tokens.all[at];
            let folded = tokens.folded(at);
            let adverb =
                folded.ends_with('ا') && token.is(Class::COMMON) || token.is(Class::MONTH | Class::YEAR | Class::RELATIVE_TIME);
            let attached = folded.starts_with(['ب', 'ل', 'ك']) && token.forms().iter().any(|form| form.cut > 0);
            token.mark == 'w'
                && token.quote == 0
                && !adverb
                && !attached
                && !token.is(Class::FUNCTION
                    | Class::THAT
                    | Class::WEEKDAY
                    | Class::CUE
                    | Class::PREPOSITION
                    | Class::RELATIVE
                    | Class::SOURCE)
        };
        let end = (start..limit.min(start + 4)).find(|at| !plain(*at)).filter(|end| *end > start)?;
        let said = self.is_that(end) || tokens.mark(end) == ':' || tokens.all[end].is(Class::RELATIVE);
        (said && end < limit).then_some(end)
    }

    /// The description that begins at `start`, whatever its first word.
    pub(super) fn described(&self, start: usize, limit: usize) -> Phrase {
        self.description(start, limit, None)
    }

    fn description(&self, start: usize, limit: usize, addressee: Option<NameIndex>) -> Phrase {
        let tokens = self.tokens;
        let mut at = start;
        // Where a phrase behind في begins: the office goes on if its bearer follows.
        let mut inner: Option<usize> = None;
        let titled = tokens.all[start].can_be(Class::TITLE | Class::SOURCE_PERSON | Class::HONORIFIC | Class::KIN);
        let label = tokens.all[start].can_be(Class::ORG_LABEL | Class::ORG_HEAD | Class::ORG_WEAK | Class::BODY);
        let mut closed = false;
        while at < limit && at - start < LONGEST {
            let token = &tokens.all[at];
            if let Some(mention) = self.bare_mention(at) {
                closed = true;
                if self.mentions[mention].kind == Kind::Person {
                    // يتهم معارضون X: no office, so no bearer.
                    let head = tokens.folded(start);
                    if at > start && !titled && (head.ends_with("ون") || head.ends_with("ين")) {
                        break;
                    }
                    return Phrase { speaker: self.speaker(mention), next: self.ranges[mention].1, addressee };
                }
                at = self.ranges[mention].1;
                continue;
            }
            // صحيفة "X": the name in marks is the speaker.
            if matches!(token.mark, '"' | '«' | '“')
                && tokens.all[start].can_be(SPEAKERS)
                && let Some(quote) = super::complement::quote_opening(self, at).filter(|quote| {
                    let quote = &tokens.quotes[*quote];
                    quote.closed && super::content::words(tokens, quote.open, quote.close) <= if label { 4 } else { 2 }
                })
            {
                let next = tokens.quotes[quote].close + 1;
                if let Some(mention) = self.bare_mention(at + 1).filter(|_| label || !titled) {
                    return Phrase { speaker: self.speaker(mention), next, addressee };
                }
                at = next.min(limit);
                continue;
            }
            if matches!(token.mark, '،' | ',' | '(' | '"' | '«') {
                // An office in apposition, with its bearer behind a comma and perhaps an honorific.
                let name =
                    (at + 1..limit.min(at + 4)).find(|at| !tokens.all[*at].is(Class::HONORIFIC | Class::TITLE)).unwrap_or(at + 1);
                let bearer = self.bare_mention(name).filter(|mention| self.mentions[*mention].kind == Kind::Person && titled);
                if let Some(mention) = bearer {
                    return Phrase { speaker: self.speaker(mention), next: self.ranges[mention].1, addressee };
                }
                if let Some(end) = self.between_commas(name).filter(|_| titled) {
                    let span = Some(tokens.span(name, end));
                    return Phrase { speaker: Speaker { span, name: None, unnamed: true }, next: end, addressee };
                }
                break;
            }
            if token.mark == '#' {
                at += 1;
                continue;
            }
            if titled && at > start && matches!(tokens.folded(at), "في" | "لدي") {
                inner.get_or_insert(at);
                at += 1;
                continue;
            }
            // A definite head takes adjectives with the article, a closed genitive nothing else: توقعت المملكة عجزا.
            let the = tokens.folded(at).starts_with("ال") || token.is(Class::NATIONALITY);
            let name =
                titled && (token.is_unknown() || token.is(Class::GIVEN | Class::NAME_PARTICLE | Class::TITLE | Class::HONORIFIC));
            let joined =
                tokens.folded(at) == "باسم" || tokens.folded(at).starts_with("لل") || tokens.folded(at).starts_with("وال");
            if closed && token.mark == 'w' && !the && !name && !joined {
                break;
            }
            closed |= the;
            if token.mark != 'w'
                || token.is(Class::FUNCTION | Class::THAT | Class::WEEKDAY) && !matches!(tokens.folded(at), "باسم" | "عام")
                || token.can_be(Class::CUE) && !token.is(Class::COMMON | Class::TITLE | Class::GIVEN) && at > start
            {
                break;
            }
            at += 1;
        }
        let at = inner.unwrap_or(at);
        let next = at;
        let span = tokens.span(start, at.max(start + 1));
        let name = self.bearer(start, at);
        Phrase { speaker: Speaker { span: Some(span), name, unnamed: name.is_none() }, next, addressee }
    }

    /// The end of two to four words between commas that can only be a name which no rule knows: وزير الخارجية، X Y، ….
    fn between_commas(&self, start: usize) -> Option<usize> {
        let tokens = self.tokens;
        let name = |at: usize| {
            let token = &tokens.all[at];
            // No common word is written with this letter and foreign names often are.
            let foreign = token.first == 'آ' && at == start;
            let plain = token.is_unknown() || token.is(Class::GIVEN | Class::NAME_PARTICLE);
            token.mark == 'w' && (foreign || plain && !tokens.folded(at).starts_with("ال"))
        };
        let end = (start..tokens.all.len().min(start + 5)).find(|at| !name(*at))?;
        let closed = matches!(tokens.mark(end), '،' | ',') || self.is_that(end);
        (closed && (2..=4).contains(&(end - start))).then_some(end)
    }

    /// Who is meant by a description: the bearer of an office, the body that a description names, the issuer of a paper.
    pub(super) fn bearer(&self, start: usize, end: usize) -> Option<NameIndex> {
        let tokens = self.tokens;
        let paper = tokens.all[start].can_be(Class::PAPER);
        let mut country = None;
        let mut body = None;
        for at in start..end {
            let token = &tokens.all[at];
            if let Some(form) = token.form(Class::NATIONALITY) {
                country = tokens.packs.country(form.word).map(|entry| entry.slug);
            }
            if let Some(mention) = self.mention_at(at) {
                let mention = &self.mentions[mention];
                match mention.kind {
                    Kind::Place => country = Some(self.names[mention.name.0 as usize].key.0.as_str()),
                    Kind::Organisation => body = Some(mention.name),
                    _ => {}
                }
            }
        }
        if paper {
            return body.or(self.issuer);
        }
        if let Some(body) = self.body_again(start) {
            return Some(body);
        }
        if end == start + 1 {
            // A last name that no rule took for one.
            let last = |range: &(usize, usize)| tokens.folded(range.1 - 1) == tokens.folded(start);
            let mut persons = self.mentions.iter().zip(&self.ranges).filter(|(mention, _)| mention.kind == Kind::Person);
            if let Some((mention, _)) = persons.find(|(_, range)| last(range)) {
                return Some(mention.name);
            }
        }
        let seen = match self.meant(start, end) {
            Some(Meant::Here(name)) => return Some(name),
            Some(Meant::Then(slug)) => return self.named(slug),
            Some(Meant::Seen(name)) => Some(name),
            None => None,
        };
        // Whom the text gives a title of this kind comes before whom other articles do.
        let title = (start..end).find(|at| tokens.all[*at].can_be(Class::TITLE)).map(|at| stem(tokens.folded(at)));
        let same = |office: &&(String, String, NameIndex)| {
            title == Some(office.0.as_str())
                && country.is_none_or(|country| office.1 == country)
                && !self.holds_another(start, end, office.2)
        };
        let here = self.offices.iter().rev().find(same).map(|office| office.2);
        here.or_else(|| self.named(&seen?.key.0))
    }

    /// The body that a bare الوزارة or الشركة means: the last one named before with that head, else for a label the last body.
    fn body_again(&self, at: usize) -> Option<NameIndex> {
        let tokens = self.tokens;
        let token = &tokens.all[at];
        if !token.can_be(Class::ORG_HEAD | Class::BODY | Class::ORG_LABEL) || !stem_differs(tokens.folded(at)) {
            return None;
        }
        let wanted = stem(tokens.folded(at));
        let before = || {
            self.mentions
                .iter()
                .zip(&self.ranges)
                .rev()
                .filter(|(mention, range)| mention.kind == Kind::Organisation && range.0 < at)
        };
        let headed = before().find(|(_, range)| {
            let headed = |at: usize| {
                let word = stem(tokens.folded(at));
                word.strip_suffix(wanted).is_some_and(|rest| matches!(rest, "" | "ل" | "ب" | "و" | "ول" | "وب" | "ف" | "ك"))
            };
            headed(range.0) || range.0 > 0 && headed(range.0 - 1)
        });
        headed.or_else(|| before().next().filter(|_| token.can_be(Class::ORG_LABEL))).map(|(mention, _)| mention.name)
    }

    /// Learns which offices the article gives to whom: `الرئيس الروسي فلاديمير بوتين`.
    pub(super) fn learn_offices(&mut self) {
        let tokens = self.tokens;
        for (index, mention) in self.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Person) {
            let first = self.ranges[index].0;
            let mut country = String::new();
            for before in (first.saturating_sub(7)..first).rev() {
                let token = &tokens.all[before];
                if token.mark != 'w' {
                    if matches!(token.mark, '،' | ',') && before + 1 == first {
                        continue;
                    }
                    break;
                }
                if let Some(form) = token.form(Class::NATIONALITY) {
                    country = tokens.packs.country(form.word).map(|entry| entry.slug.to_owned()).unwrap_or_default();
                } else if let Some(place) = self.mention_at(before).filter(|place| self.mentions[*place].kind == Kind::Place) {
                    country = self.names[self.mentions[place].name.0 as usize].key.0.clone();
                }
                if token.can_be(Class::TITLE) {
                    self.offices.push((stem(tokens.folded(before)).to_owned(), country.clone(), mention.name));
                }
                if token.is(Class::FUNCTION) {
                    break;
                }
            }
        }
    }
}

/// A title without article and particles.
fn stem(folded: &str) -> &str {
    let word = folded.strip_prefix(['و', 'ف']).filter(|rest| rest.starts_with("ال")).unwrap_or(folded);
    word.strip_prefix("ال").unwrap_or(word)
}

/// Whether a word has the article.
fn stem_differs(folded: &str) -> bool {
    stem(folded) != folded
}

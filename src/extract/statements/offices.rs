//! Titles that stand for persons: the Russian president is whom this text calls so by name, else who held the office on the day
//! of publication, else nobody known.

use super::Finder;
use crate::{
    domain::{Kind, Language, NameIndex},
    lang::{
        Class, Gender, Offices,
        offices::{Seat, Title},
    },
    text::Span,
};

/// The most tokens of a title with state or body.
const LONGEST: usize = 14;

/// An office as a text names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Office {
    what: &'static str,
    /// Whose: the slug of a state or body, two joined by `+` for an envoy; empty where the words do not say it.
    seat: String,
    /// The token behind the words.
    next: usize,
}

impl Office {
    /// Whether its words reach a token.
    pub(super) fn is_whole(&self, end: usize) -> bool {
        self.next >= end
    }
}

/// An office that the text gives to somebody by name: الرئيس الروسي فلاديمير بوتين.
#[derive(Clone, Debug)]
pub(super) struct Held {
    office: Office,
    at: usize,
    who: NameIndex,
}

/// Who is meant by a title, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meant {
    /// Whom the text calls so by name.
    Here(NameIndex),
    /// The slug of the person who held the office on the day of publication.
    Then(&'static str),
}

impl Meant {
    /// What the evidence of a statement says of it.
    pub(super) fn way(self) -> &'static str {
        match self {
            Meant::Here(_) => "title+name",
            Meant::Then(_) => "office that day",
        }
    }
}

impl Finder<'_, '_> {
    /// The office that the words from a token on name, the longest title that fits.
    pub(super) fn office_at(&self, start: usize) -> Option<Office> {
        let (tokens, offices) = (self.tokens, Offices::get());
        let (mut node, mut seat, mut at) = (0, String::new(), start);
        let mut best = None;
        while at < tokens.all.len().min(start + LONGEST) {
            let token = &tokens.all[at];
            if token.mark != 'w' {
                // Germany's, secretary-general
                if !matches!(token.mark, '\'' | '’' | '-') || at == start {
                    break;
                }
                at += 1;
                continue;
            }
            let mut next = at + 1;
            if let Some((slug, behind)) = self.seat_at(at) {
                let parted = if seat.is_empty() { "" } else { "+" };
                seat = seat + parted + &slug;
                next = behind;
            } else if let Some(step) = self.title_step(node, at, start) {
                node = step;
            } else if !self.is_filler(node, at) {
                break;
            }
            at = next;
            if let Some((what, seat)) = pick(offices, offices.titles(node), &seat) {
                best = Some(Office { what, seat, next: at });
            }
        }
        let best = best.filter(|office| !self.belongs_elsewhere(office))?;
        // A spokesman of the ministry is not its spokesman.
        let named = tokens.folded(start).trim_start_matches(['و', 'ف']);
        let definite = named.is_ascii() || named.starts_with("ال") || named.starts_with("لل") || !best.what.contains("spokes");
        definite.then_some(best)
    }

    /// Whether the words go on with a state or body that is not known: المدير العام لشركة …, رئيس الوزراء في حكومة ….
    fn belongs_elsewhere(&self, office: &Office) -> bool {
        let (tokens, next) = (self.tokens, office.next);
        let lam = tokens.folded(next).starts_with('ل') && tokens.all[next].forms().iter().any(|form| form.cut > 0);
        office.seat.is_empty() && (lam || tokens.folded(next) == "of")
    }

    /// The state or body that a token names, and the token behind it.
    fn seat_at(&self, at: usize) -> Option<(String, usize)> {
        let tokens = self.tokens;
        if let Some(mention) = self.mention_at(at).filter(|mention| self.ranges[*mention].0 == at) {
            let slug = &self.names[self.mentions[mention].name.0 as usize].key.0;
            let kind = self.mentions[mention].kind;
            let known = kind == Kind::Place || kind == Kind::Organisation && Offices::get().is_seat(slug);
            return known.then(|| (slug.clone(), self.ranges[mention].1));
        }
        let form = tokens.all[at].form(Class::NATIONALITY)?;
        // An indefinite adjective tells of one of several: وزير روسي.
        let definite = tokens.folded(at).is_ascii() || tokens.folded(at).contains("ال");
        let country = tokens.packs.country(form.word).filter(|_| definite)?;
        Some((country.slug.to_owned(), at + 1))
    }

    /// The node of titles after a word; a first word may have a particle before it.
    fn title_step(&self, node: u32, at: usize, start: usize) -> Option<u32> {
        let (offices, folded) = (Offices::get(), self.tokens.folded(at));
        let bare = || folded.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).filter(|_| at == start);
        offices.step(node, folded).or_else(|| offices.step(node, bare()?))
    }

    /// Words that change nothing: official, of the, and what leads from an envoy to where he is sent.
    fn is_filler(&self, node: u32, at: usize) -> bool {
        let sent = || Offices::get().titles(node).iter().any(|title| matches!(title.office, "envoy" | "ambassador"));
        match self.tokens.folded(at) {
            "الرسمي" | "الرسميه" | "الحالي" | "الحاليه" | "s" => true,
            "of" | "the" => node != 0,
            "الي" | "لدي" | "في" | "to" | "for" | "الخاص" | "الخاصه" => sent(),
            _ => false,
        }
    }

    /// Learns which offices the text gives to whom by name, before or behind the title.
    pub(super) fn learn_holders(&mut self) {
        let (tokens, offices) = (self.tokens, Offices::get());
        let english = tokens.pack.language == Language::ENGLISH;
        let opens = |at: usize| {
            let token = &tokens.all[at];
            let title = token.can_be(Class::TITLE | Class::SOURCE_PERSON)
                || matches!(tokens.folded(at), "العاهل" | "عاهل" | "المرشد" | "خادم" | "امبراطور" | "مسوول" | "مسووله")
                || english && token.mark == 'w';
            title && self.title_step(0, at, at).is_some()
        };
        let mut held = Vec::new();
        let mut at = 0;
        while at < tokens.all.len() {
            // English puts the state first: Russian President X.
            let seat = english && tokens.all[at].mark == 'w' && offices.step(0, tokens.folded(at + 1)).is_some();
            let office = if opens(at) || seat && self.seat_at(at).is_some() { self.office_at(at) } else { None };
            let Some(office) = office else {
                at += 1;
                continue;
            };
            let next = office.next;
            if let Some(who) = self.name_behind(next).or_else(|| self.name_before(at, next)) {
                held.push(Held { office, at, who });
            }
            at = next;
        }
        self.held = held;
    }

    /// The person whose name follows a title: X, ، X, الأمير X.
    fn name_behind(&self, next: usize) -> Option<NameIndex> {
        let tokens = self.tokens;
        let rank = |at: usize| {
            tokens.all.get(at).is_some_and(|token| token.is(Class::HONORIFIC))
                || matches!(tokens.mark(at), '،' | ',' | '(' | '"' | '«')
                || matches!(
                    tokens.folded(at),
                    "الامير"
                        | "الشيخ"
                        | "الملك"
                        | "الملكه"
                        | "السلطان"
                        | "المشير"
                        | "الفريق"
                        | "اللواء"
                        | "العماد"
                        | "الجنرال"
                        | "اول"
                )
        };
        let at = (next..next + 4).find(|at| !rank(*at))?;
        let mention = self.bare_mention(at)?;
        (self.mentions[mention].kind == Kind::Person).then(|| self.mentions[mention].name)
    }

    /// The person whose name stands before a title in apposition: X، الرئيس الروسي،.
    fn name_before(&self, at: usize, next: usize) -> Option<NameIndex> {
        let tokens = self.tokens;
        let last = at.checked_sub(2)?;
        let parted = matches!((tokens.mark(at - 1), tokens.mark(next)), ('،' | ',', '،' | ',' | '.') | ('(', ')'));
        let mention = self.mention_at(last).filter(|_| parted)?;
        (self.mentions[mention].kind == Kind::Person).then(|| self.mentions[mention].name)
    }

    /// Who is meant by the title that the tokens from `start` to before `end` are.
    pub(super) fn meant(&self, start: usize, end: usize) -> Option<Meant> {
        let office = self.office_at(start).filter(|office| office.next >= end)?;
        let fits = |held: &&Held| {
            held.office.what == office.what && (office.seat.is_empty() || held.office.seat == office.seat) && held.at != start
        };
        let before = self.held.iter().rfind(|held| held.at < start && fits(held));
        if let Some(held) = before.or_else(|| self.held.iter().find(fits)) {
            return Some(Meant::Here(held.who));
        }
        // Without a state or body a title tells nothing of the world, and without a date there is no day to ask for.
        let (offices, day) = (Offices::get(), self.published.filter(|_| !office.seat.is_empty())?);
        let holder = offices.holder(&office.seat, office.what, day)?;
        // A spokeswoman is not the man who holds the office, but his deputy.
        let gender = if offices.is_woman(holder) { Gender::Feminine } else { Gender::Masculine };
        let told = (start..office.next).map(|at| title_gender(self.tokens.folded(at))).find(|gender| *gender != Gender::Any);
        told.is_none_or(|told| told == gender).then_some(Meant::Then(holder))
    }

    /// The name of a thing of the lexicon where the article has it.
    pub(super) fn named(&self, slug: &str) -> Option<NameIndex> {
        let index = self.names.iter().position(|name| name.key.0 == slug)?;
        u32::try_from(index).ok().map(NameIndex)
    }

    /// Whether words that name an office whole cannot mean somebody whom this text gives other offices alone.
    pub(super) fn holds_another(&self, start: usize, end: usize, who: NameIndex) -> bool {
        let Some(office) = self.office_at(start).filter(|office| office.next >= end && office.next > start + 1) else {
            return false;
        };
        let same = |held: &Held| {
            held.office.what == office.what
                && (office.seat.is_empty() || held.office.seat.is_empty() || held.office.seat == office.seat)
        };
        let mut own = self.held.iter().filter(|held| held.who == who).peekable();
        own.peek().is_some() && !own.any(same)
    }

    /// Who is meant by the words of a span, as [`Finder::meant`].
    pub(super) fn meant_by(&self, span: Span) -> Option<Meant> {
        let start =
            self.token_at(span).filter(|start| self.bare_mention(*start).is_none_or(|_| self.office_at(*start).is_some()))?;
        let end = self.tokens.all.partition_point(|token| token.span.start < span.end);
        self.meant(start, end)
    }
}

/// The gender that a word of a title tells; the first Arabic word always tells one.
fn title_gender(folded: &str) -> Gender {
    match folded {
        _ if folded.ends_with("woman") || folded == "queen" => Gender::Feminine,
        _ if folded.ends_with("sman") || folded == "king" => Gender::Masculine,
        _ if folded.is_ascii() => Gender::Any,
        _ if folded.ends_with('ه') => Gender::Feminine,
        _ => Gender::Masculine,
    }
}

/// The office that one of these titles means beside a state or body, and whose it is.
fn pick(offices: &Offices, titles: &[Title], seat: &str) -> Option<(&'static str, String)> {
    let fits = |title: &&Title| match title.seat {
        Seat::Named => true,
        Seat::Only(only) => seat == only || seat.is_empty(),
        Seat::Always(own) => seat == own || seat.is_empty(),
    };
    let seat_of = |title: &Title| match title.seat {
        Seat::Always(own) => own.to_owned(),
        _ => seat.to_owned(),
    };
    let mut all = titles.iter().filter(fits);
    let first = all.clone().next()?;
    let title = all.find(|title| offices.has(&seat_of(title), title.office)).unwrap_or(first);
    Some((title.office, seat_of(title)))
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Fields, Statement},
        extract::extract,
        lang::Packs,
    };

    /// Who says the last statement of a text of this day, and by which rule that is known.
    fn speaker(text: &str, day: Option<&str>) -> (String, String) {
        let fields = Fields { published: day.and_then(|day| day.parse().ok()), ..Fields::default() };
        let found = extract(text, &fields, Packs::get());
        let Statement { speaker_name, evidence, .. } = found.statements.last().expect("a statement").clone();
        let key = speaker_name.map(|name| found.names[name.0 as usize].key.0.clone()).unwrap_or_default();
        (key, evidence.rule.split("; ").nth(1).unwrap_or_default().to_owned())
    }

    const TABLE: &str = "speaker: office that day";
    const HERE: &str = "speaker: title+name";

    #[test]
    fn a_title_alone_means_who_held_the_office_that_day() {
        for (title, day, who) in [
            ("الرئيس الروسي", "2021-11-26", "vladimir_putin"),
            ("الرئيس الروسي", "2010-11-26", "dmitry_medvedev"),
            ("وزير الخارجية الأميركي", "2018-07-01", "mike_pompeo"),
            ("المستشارة الألمانية", "2018-07-01", "angela_merkel"),
            ("وزير خارجية تركيا", "2018-07-01", "mevlut_cavusoglu"),
            ("رئيسة المفوضية الأوروبية", "2022-07-01", "ursula_von_der_leyen"),
            ("الأمين العام للأمم المتحدة", "2012-07-01", "ban_ki_moon"),
            ("المبعوث الأممي إلى اليمن", "2019-07-01", "martin_griffiths"),
            ("المتحدث باسم الكرملين", "2019-07-01", "dmitry_peskov"),
            ("نائب الرئيس الأميركي", "2022-07-01", ""),
        ] {
            let (key, rule) = speaker(&format!("لقاء في القاهرة\n\nوقال {title} إن اللقاء كان مفيدا.\n"), Some(day));
            match who {
                "" => assert!(key.starts_with("src:"), "{title}: {key}"),
                _ => assert_eq!((key.as_str(), rule.as_str()), (who, TABLE), "{title}"),
            }
        }
        for (title, who) in [
            ("The US president", "joe_biden"),
            ("Germany's chancellor", "angela_merkel"),
            ("The British prime minister", "boris_johnson"),
            ("The president of France", "emmanuel_macron"),
        ] {
            let text = format!("Ministers meet in Cairo\n\n{title} said the meeting had been useful to both sides.\n");
            assert_eq!(speaker(&text, Some("2021-11-26")), (who.to_owned(), TABLE.to_owned()), "{title}");
        }
    }

    #[test]
    fn without_a_day_or_with_a_doubt_nobody_is_guessed() {
        for (title, day) in [
            ("الرئيس الأميركي", None),
            ("الرئيس الأميركي", Some("2021")),
            ("الرئيس الأميركي", Some("2021-01-20")),
            ("الرئيس الأميركي السابق", Some("2019-07-01")),
            ("نائب وزير الخارجية الروسي", Some("2019-07-01")),
            ("متحدث باسم الكرملين", Some("2019-07-01")),
            ("المتحدثة باسم الكرملين", Some("2019-07-01")),
            ("الرئيس", Some("2019-07-01")),
        ] {
            let (key, rule) = speaker(&format!("لقاء في القاهرة\n\nوقال {title} إن اللقاء كان مفيدا.\n"), day);
            assert!(key.starts_with("src:") || key == "kremlin", "{title}: {key}");
            assert_eq!(rule, "", "{title}");
        }
    }

    #[test]
    fn whom_the_text_calls_so_by_name_comes_before_the_table() {
        let said = "وقال الرئيس الروسي إن اللقاء كان مفيدا.";
        let named = "والتقى الرئيس الروسي سمير تاراسيان الوزير في القاهرة.";
        for text in [format!("{named}\n\n{said}"), format!("{said}\n\n{named}")] {
            let (key, rule) = speaker(&format!("لقاء في القاهرة\n\n{text}\n"), Some("2021-11-26"));
            assert_eq!((key.as_str(), rule.as_str()), ("per:سمير تاراسيان", HERE), "{text}");
        }
        // Another office of the same state is somebody else.
        let text = "لقاء\n\nوصل وزير الدفاع الروسي سيرغي شويغو.\nوقال وزير الخارجية الروسي إن اللقاء كان مفيدا.\n";
        assert!(speaker(text, None).0.starts_with("src:"));
        assert_eq!(speaker(text, Some("2021-11-26")).0, "sergey_lavrov");
    }
}

//! Whom a title means: whom this text calls so by name, else who held the office on the day of publication, as the table or the
//! other articles of the archive tell, else nobody known.

use super::{Finder, offices::Office};
use crate::{
    domain::{self, Bearer, Kind, Language, Name, NameIndex},
    extract::holders::month_of,
    lang::{Class, Gender, Offices},
    text::Span,
};

/// An office that the text gives to somebody by name: الرئيس الروسي فلاديمير بوتين.
#[derive(Clone, Debug)]
pub(super) struct Held {
    office: Office,
    at: usize,
    who: NameIndex,
}

/// Who is meant by a title, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meant<'h> {
    /// Whom the text calls so by name.
    Here(NameIndex),
    /// The slug of the person who held the office on the day of publication.
    Then(&'static str),
    /// Whom other articles of the archive call so about that day.
    Seen(&'h Name),
}

impl Meant<'_> {
    /// What the evidence of a statement says of it.
    pub(super) fn way(self) -> &'static str {
        match self {
            Meant::Here(_) => "title+name",
            Meant::Then(_) => "office that day",
            Meant::Seen(_) => "office in the archive",
        }
    }
}

impl<'t> Finder<'t, '_> {
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
    pub(super) fn meant(&self, start: usize, end: usize) -> Option<Meant<'t>> {
        let office = self.whole_office(start, end)?;
        let fits = |held: &&Held| {
            held.office.what == office.what && (office.seat.is_empty() || held.office.seat == office.seat) && held.at != start
        };
        let before = self.held.iter().rfind(|held| held.at < start && fits(held));
        if let Some(held) = before.or_else(|| self.held.iter().find(fits)) {
            return Some(Meant::Here(held.who));
        }
        // Without a state or body a title tells nothing of the world, and without a date there is no day to ask for.
        let (offices, day) = (Offices::get(), self.published.filter(|_| !office.seat.is_empty())?);
        let told = self.gender_told(start, &office);
        if !offices.rules(&office.seat, office.what, day) {
            return self.holders.holder(&office.post(told)?, month_of(day)?).map(Meant::Seen);
        }
        let holder = offices.holder(&office.seat, office.what, day)?;
        // A spokeswoman is not the man who holds the office, but his deputy.
        let gender = if offices.is_woman(holder) { Gender::Feminine } else { Gender::Masculine };
        (told == Gender::Any || told == gender).then_some(Meant::Then(holder))
    }

    /// The office that the tokens from `start` to before `end` name whole.
    fn whole_office(&self, start: usize, end: usize) -> Option<Office> {
        self.office_at(start).filter(|office| office.next >= end)
    }

    /// The gender of the title of an office that begins at a token.
    fn gender_told(&self, start: usize, office: &Office) -> Gender {
        let words = (start..office.next).map(|at| self.tokens.folded(at));
        // Behind the first Arabic word may stand a place, which tells nothing.
        let mut telling = words.filter(|word| !word.is_ascii() || title_gender(word) != Gender::Any);
        telling.next().map_or(Gender::Any, title_gender)
    }

    /// The office by whose title words speak of which only the archive can tell whom they mean, and whom it tells.
    pub(super) fn asked_by(&self, span: Span) -> Option<domain::Office> {
        let (start, end) = self.title_of(span)?;
        let office = self.whole_office(start, end).filter(|office| !self.is_ruled(office))?;
        self.published.and_then(month_of)?;
        let told = match self.meant(start, end) {
            Some(Meant::Here(_)) => return None,
            Some(Meant::Seen(name)) => Some(name.clone()),
            Some(Meant::Then(_)) | None => None,
        };
        Some(domain::Office { post: office.post(self.gender_told(start, &office))?, bearer: Bearer::Told(told) })
    }

    /// Whether the table of offices is what to ask on the day of publication.
    fn is_ruled(&self, office: &Office) -> bool {
        self.published.is_some_and(|day| Offices::get().rules(&office.seat, office.what, day))
    }

    /// The offices that the article gives to somebody, and those of which it only speaks, each once.
    pub(super) fn offices_seen(&mut self) -> Vec<domain::Office> {
        let mut all = std::mem::take(&mut self.asked);
        if self.published.and_then(month_of).is_some() {
            let stated = self.held.iter().filter(|held| !self.is_ruled(&held.office) && !self.is_anothers(held.at));
            all.extend(stated.filter_map(|held| {
                let post = held.office.post(self.gender_told(held.at, &held.office))?;
                Some(domain::Office { post, bearer: Bearer::Named(held.who) })
            }));
        }
        // They are few.
        let mut seen = Vec::with_capacity(all.len());
        for office in all {
            if !seen.contains(&office) {
                seen.push(office);
            }
        }
        seen
    }

    /// Whether a title belongs to a longer one, or to one that is over: deputy foreign minister, former president.
    fn is_anothers(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let (tokens, token) = (self.tokens, &self.tokens.all[before]);
        let word = if token.mark == '-' { before.saturating_sub(1) } else { before };
        let part_of_more = matches!(
            tokens.folded(word),
            "former" | "ex" | "late" | "then" | "acting" | "deputy" | "assistant" | "incoming" | "مكتب" | "باسم"
        );
        // Behind and, a title is the second one of the same person: رئيس الوزراء ووزير الدفاع.
        let is_second = tokens.folded(at).starts_with('و') && Offices::get().step(0, tokens.folded(at)).is_none();
        part_of_more || !is_second && token.can_be(Class::TITLE | Class::SOURCE_PERSON | Class::KIN)
    }

    /// The name of a thing of the lexicon where the article has it.
    pub(super) fn named(&self, slug: &str) -> Option<NameIndex> {
        let index = self.names.iter().position(|name| name.key.0 == slug)?;
        u32::try_from(index).ok().map(NameIndex)
    }

    /// Whether words that name an office whole cannot mean somebody whom this text gives other offices alone.
    pub(super) fn holds_another(&self, start: usize, end: usize, who: NameIndex) -> bool {
        let Some(office) = self.whole_office(start, end).filter(|office| office.next > start + 1) else { return false };
        let same = |held: &Held| {
            (held.office.what == office.what || office.what == "spokesperson" && held.office.what.contains(office.what))
                && (office.seat.is_empty() || held.office.seat.is_empty() || held.office.seat == office.seat)
        };
        let mut own = self.held.iter().filter(|held| held.who == who).peekable();
        own.peek().is_some() && !own.any(same)
    }

    /// Who is meant by the words of a span, as [`Finder::meant`].
    pub(super) fn meant_by(&self, span: Span) -> Option<Meant<'t>> {
        let (start, end) = self.title_of(span)?;
        self.meant(start, end)
    }

    /// The tokens of a span that may be a title.
    fn title_of(&self, span: Span) -> Option<(usize, usize)> {
        let start =
            self.token_at(span).filter(|start| self.bare_mention(*start).is_none_or(|_| self.office_at(*start).is_some()))?;
        Some((start, self.tokens.all.partition_point(|token| token.span.start < span.end)))
    }
}

/// The gender that a word of a title tells; Arabic words but that for a mayor always tell one.
fn title_gender(folded: &str) -> Gender {
    match folded {
        _ if folded.ends_with("woman") || folded == "queen" => Gender::Feminine,
        _ if folded.ends_with("sman") || folded == "king" => Gender::Masculine,
        _ if folded.is_ascii() => Gender::Any,
        // A mayor, whatever letters are attached.
        _ if folded.ends_with("عمده") => Gender::Any,
        _ if folded.ends_with('ه') => Gender::Feminine,
        _ => Gender::Masculine,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Bearer, Fields, Office, Statement},
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

    /// The offices of which an article of this day tells or asks, with the keys of those whom it names.
    fn offices(said: &str, day: &str) -> Vec<String> {
        let fields = Fields { published: day.parse().ok(), ..Fields::default() };
        let found = extract(&format!("لقاء في القاهرة\n\n{said}\n"), &fields, Packs::get());
        let who = |office: &Office| match office.bearer {
            Bearer::Named(name) => format!("{} is {}", office.post, found.names[name.0 as usize].key.0),
            Bearer::Told(_) => format!("{}?", office.post),
        };
        found.offices.iter().map(who).collect()
    }

    #[test]
    fn offices_that_no_table_has_are_told_or_asked_for() {
        let day = "2018-07-01";
        for (said, seen) in [
            ("وقال وزير السياحة المصري سمير تاراسيان إن اللقاء كان مفيدا.", vec!["tourism_minister:egypt is per:سمير تاراسيان"]),
            ("وقال وزير السياحة المصري إن اللقاء كان مفيدا.", vec!["tourism_minister:egypt?"]),
            ("وقالت وزيرة السياحة المصرية إن اللقاء كان مفيدا.", vec!["tourism_minister:egypt:f?"]),
            ("وقال مدرب المنتخب المصري إن اللقاء كان مفيدا.", vec!["coach:egypt?"]),
            ("وقال عمدة القاهرة إن اللقاء كان مفيدا.", vec!["mayor:cairo?"]),
            ("وقال العمدة إن اللقاء كان مفيدا. وعمدة القاهرة سمير تاراسيان هناك.", vec!["mayor:cairo is per:سمير تاراسيان"]),
            // Two offices of one person.
            (
                "وقال نائب الحاكم ووزير السياحة المصري سمير تاراسيان إن اللقاء كان مفيدا.",
                vec!["tourism_minister:egypt is per:سمير تاراسيان"],
            ),
            // A deputy is not the minister, nor who speaks for him or leads his office; where a coach comes from is not whom he
            // trains, and the president of a club is not that of its country.
            ("وقال مدير مكتب وزير السياحة المصري سمير تاراسيان إن اللقاء كان مفيدا.", vec![]),
            ("وقال المتحدث باسم وزير السياحة المصري سمير تاراسيان إن اللقاء كان مفيدا.", vec![]),
            ("وقال رئيس النادي المصري سمير تاراسيان إن اللقاء كان مفيدا.", vec![]),
            ("وقال المحافظ المصري إن اللقاء كان مفيدا.", vec![]),
            ("وقال قائد المنتخب المصري إن اللقاء كان مفيدا.", vec!["leader:egypt_national_football_team?"]),
            ("وقال نائب وزير السياحة المصري سمير تاراسيان إن اللقاء كان مفيدا.", vec![]),
            ("وقال المدرب الألماني إن اللقاء كان مفيدا.", vec![]),
            // Which of many; whose; the table knows.
            ("وقال السفير المصري إن اللقاء كان مفيدا.", vec![]),
            ("وقال وزير السياحة إن اللقاء كان مفيدا.", vec![]),
            ("وقال الرئيس المصري إن اللقاء كان مفيدا.", vec![]),
        ] {
            assert_eq!(offices(said, day), seen, "{said}");
        }
        assert!(offices("وقال وزير السياحة المصري إن اللقاء كان مفيدا.", "2018").is_empty(), "no month");
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

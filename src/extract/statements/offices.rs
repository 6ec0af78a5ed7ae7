//! Offices as a text names them: the longest title that fits, with the state or body whose it is, before or behind it.

use super::Finder;
use crate::{
    domain::Kind,
    lang::{
        Class, Gender, Offices,
        offices::{Seat, Title},
    },
};

/// The most tokens of a title with state or body.
const LONGEST: usize = 14;

/// An office as a text names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Office {
    pub what: &'static str,
    /// Whose: the slug of a state or body, two joined by `+` for an envoy; empty where the words do not say it.
    pub seat: String,
    /// Whether the words leave open which of many is meant: the Russian ambassador.
    vague: bool,
    /// The token behind the words.
    pub next: usize,
}

/// Whose an office is, as words say it.
#[derive(Default)]
struct Seats {
    /// The slugs of states and bodies.
    all: String,
    /// Those that are there by name, and not as an adjective.
    named: String,
}

impl Seats {
    fn add(&mut self, slug: &str, is_name: bool) {
        let join = |seat: &mut String| {
            let parted = if seat.is_empty() { "" } else { "+" };
            *seat += &format!("{parted}{slug}");
        };
        join(&mut self.all);
        if is_name {
            join(&mut self.named);
        }
    }
}

impl Office {
    /// How the archive calls it, where it is one of which it can tell: women's titles are offices of their own, so that no man is
    /// taken for their bearer.
    pub fn post(&self, gender: Gender) -> Option<String> {
        let woman = if gender == Gender::Feminine { ":f" } else { "" };
        let known = !self.seat.is_empty() && !self.vague;
        known.then(|| format!("{}:{}{woman}", self.what, self.seat))
    }

    /// Whether its words reach a token.
    pub fn is_whole(&self, end: usize) -> bool {
        self.next >= end
    }
}

impl Finder<'_, '_> {
    /// The office that the words from a token on name, the longest title that fits.
    pub(super) fn office_at(&self, start: usize) -> Option<Office> {
        let (tokens, offices) = (self.tokens, Offices::get());
        let (mut node, mut seats, mut at) = (0, Seats::default(), start);
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
                seats.add(&slug, self.mention_at(at).is_some());
                next = behind;
            } else if let Some(step) = self.title_step(node, at, start) {
                node = step;
            } else if !self.is_filler(node, at) {
                break;
            }
            at = next;
            if let Some((title, seat)) = pick(offices, offices.titles(node), &seats) {
                let vague = title.seat == Seat::ByTwo && !seat.contains('+');
                let seat = if title.office == COACH { country_of_team(seat) } else { seat };
                best = Some(Office { what: title.office, seat, vague, next: at });
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
    pub(super) fn seat_at(&self, at: usize) -> Option<(String, usize)> {
        let tokens = self.tokens;
        if let Some(mention) = self.mention_at(at).filter(|mention| self.ranges[*mention].0 == at) {
            let slug = &self.names[self.mentions[mention].name.0 as usize].key.0;
            let kind = self.mentions[mention].kind;
            let is_club = || tokens.packs.names.by_slug(slug).is_some_and(|entry| entry.role == "club");
            let known = kind == Kind::Place || kind == Kind::Organisation && (Offices::get().is_seat(slug) || is_club());
            return known.then(|| (slug.clone(), self.ranges[mention].1));
        }
        let form = tokens.all[at].form(Class::NATIONALITY)?;
        // An indefinite adjective tells of one of several: وزير روسي.
        let definite = tokens.folded(at).is_ascii() || tokens.folded(at).contains("ال");
        let country = tokens.packs.country(form.word).filter(|_| definite)?;
        Some((country.slug.to_owned(), at + 1))
    }

    /// The node of titles after a word; a first word may have a particle before it.
    pub(super) fn title_step(&self, node: u32, at: usize, start: usize) -> Option<u32> {
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
}

/// The office of those who train a team.
const COACH: &str = "coach";

/// The country of a national team, since its coach is said to be either's.
fn country_of_team(seat: String) -> String {
    match seat.strip_suffix("_national_football_team") {
        Some("saudi") => "saudi_arabia".to_owned(),
        Some(country) => country.to_owned(),
        None => seat,
    }
}

/// The office that one of these titles means beside a state or body, and whose it is.
fn pick<'o>(offices: &Offices, titles: &'o [Title], seats: &Seats) -> Option<(&'o Title, String)> {
    let fits = |title: &&Title| match title.seat {
        Seat::Named | Seat::ByName | Seat::ByTwo => true,
        Seat::Only(own) | Seat::Always(own) => seats.all == own || seats.all.is_empty(),
    };
    let seat_of = |title: &Title| match title.seat {
        Seat::Always(own) => own.to_owned(),
        Seat::ByName => seats.named.clone(),
        _ => seats.all.clone(),
    };
    let mut all = titles.iter().filter(fits);
    let first = all.clone().next()?;
    let title = all.find(|title| offices.has(&seat_of(title), title.office)).unwrap_or(first);
    Some((title, seat_of(title)))
}

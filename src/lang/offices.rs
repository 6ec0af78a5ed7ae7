//! Who held which office when: heads of states, governments and bodies, ministers and speakers, from `names/offices.tsv`, and
//! what the offices are called, from `names/office_titles.tsv`.
//!
//! The table answers for a day only where it is sure: strictly between the two ends of a term, all that a date of a lower
//! precision can mean included, and never beyond the month up to which it is known.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::table::{NumberMap, hash, mix};
use crate::{domain::Dated, text::words};

static HELD: &str = include_str!("names/offices.tsv");
static TITLES: &str = include_str!("names/office_titles.tsv");

/// Whose office a title means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// That of whatever state or body stands beside it.
    Named,
    /// Only that of this one, where it stands beside it: chancellors are heads of few governments.
    Only(&'static str),
    /// That of this one, whether or not it is named.
    Always(&'static str),
    /// That of whatever stands beside it by name; an adjective tells where its holder comes from.
    ByName,
    /// One of many unless both who sends and to whom stand beside it.
    ByTwo,
}

/// What a title means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// The office, as the files call it.
    pub office: &'static str,
    /// Whose it is.
    pub seat: Seat,
}

/// Somebody's time in an office.
#[derive(Clone, Copy, Debug)]
struct Term {
    holder: &'static str,
    from: Dated,
    /// `None` where the term goes on beyond what is known.
    until: Option<Dated>,
}

/// Offices, their titles and holders.
#[derive(Clone, Debug)]
pub struct Offices {
    /// A trie of titles over the hashes of bare words.
    edges: NumberMap<u32>,
    ends: Vec<Vec<Title>>,
    terms: HashMap<(&'static str, &'static str), Vec<Term>>,
    /// All states and bodies with offices.
    seats: HashSet<&'static str>,
    women: HashSet<&'static str>,
    /// The first day of which nothing is known.
    unknown_from: Day,
}

/// A day that orders: year, month, day.
type Day = (i16, u8, u8);

fn first_day(date: Dated) -> Day {
    (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn last_day(date: Dated) -> Day {
    (date.year, date.month.unwrap_or(12), date.day.unwrap_or(31))
}

impl Offices {
    /// The tables of the program.
    pub fn get() -> &'static Offices {
        static OFFICES: LazyLock<Offices> = LazyLock::new(Offices::read);
        &OFFICES
    }

    fn read() -> Offices {
        let (edges, terms, seats) = Default::default();
        let women = super::names::women().collect();
        let mut offices = Offices { edges, ends: vec![Vec::new()], terms, seats, women, unknown_from: (0, 0, 0) };
        for [office, arabic, english, seat, ..] in rows(TITLES) {
            let seat = match seat.split_at_checked(1) {
                Some(("@", slug)) => Seat::Only(slug),
                Some(("=", slug)) => Seat::Always(slug),
                Some(("!", _)) => Seat::ByName,
                Some(("+", _)) => Seat::ByTwo,
                _ => Seat::Named,
            };
            for title in [arabic, english].iter().flat_map(|titles| titles.split('|')).filter(|title| !title.is_empty()) {
                offices.add(title, Title { office, seat });
            }
        }
        for [seat, office, holder, from, until] in rows(HELD) {
            let date = |text: &str| text.parse::<Dated>().ok();
            match (date(from), office) {
                (_, "until") => offices.unknown_from = date(until).map_or((0, 0, 0), |known| first_day(known.following())),
                (Some(from), _) => {
                    offices.seats.extend(seat.split('+'));
                    offices.terms.entry((seat, office)).or_default().push(Term { holder, from, until: date(until) });
                }
                (None, _) => {}
            }
        }
        offices
    }

    /// Adds a title, all its alternatives one by one.
    fn add(&mut self, title: &str, meaning: Title) {
        let mut nodes = vec![0];
        for place in title.split(' ') {
            let mut next = Vec::with_capacity(nodes.len());
            for word in place.split('/').flat_map(words) {
                let step = hash(&[bare(&word.folded)]);
                for node in &nodes {
                    let fresh = u32::try_from(self.ends.len()).expect("a short list");
                    let to = *self.edges.entry(edge(*node, step)).or_insert(fresh);
                    if to == fresh {
                        self.ends.push(Vec::new());
                    }
                    next.push(to);
                }
            }
            nodes = next;
        }
        for node in nodes {
            let known = &mut self.ends[node as usize];
            if !known.contains(&meaning) {
                known.push(meaning);
            }
        }
    }

    /// The node after `node` along a folded word, whatever article it has; the root is 0.
    pub fn step(&self, node: u32, folded: &str) -> Option<u32> {
        self.edges.get(&edge(node, hash(&[bare(folded)]))).copied()
    }

    /// What the title that ends at a node means.
    pub fn titles(&self, node: u32) -> &[Title] {
        &self.ends[node as usize]
    }

    /// Whether a state or body has this office at all.
    pub fn has(&self, seat: &str, office: &str) -> bool {
        self.terms_of(seat, office).is_some()
    }

    /// Whether the table is what to ask for an office on a day; of others and of later days it knows nothing.
    pub fn rules(&self, seat: &str, office: &str, on: Dated) -> bool {
        self.has(seat, office) && last_day(on) < self.unknown_from
    }

    /// Whether a body has offices at all.
    pub fn is_seat(&self, slug: &str) -> bool {
        self.seats.contains(slug)
    }

    fn terms_of<'a>(&'a self, seat: &'a str, office: &'a str) -> Option<&'a [Term]> {
        let terms: &HashMap<(&'a str, &'a str), Vec<Term>> = &self.terms;
        terms.get(&(seat, office)).map(Vec::as_slice)
    }

    /// Whether a person of the lexicon is a woman.
    pub fn is_woman(&self, slug: &str) -> bool {
        self.women.contains(slug)
    }

    /// The slug of the person who surely held an office on the whole of a day, month or year.
    pub fn holder(&self, seat: &str, office: &str, on: Dated) -> Option<&'static str> {
        let (first, last) = (first_day(on), last_day(on));
        if last >= self.unknown_from {
            return None;
        }
        let held = |term: &&Term| last_day(term.from) < first && term.until.is_none_or(|until| last < first_day(until));
        self.terms_of(seat, office)?.iter().find(held).map(|term| term.holder)
    }
}

/// A folded word without its article, an attached ل or ب aside.
fn bare(folded: &str) -> &str {
    ["ال", "لل", "بال"].iter().find_map(|article| folded.strip_prefix(article)).filter(|rest| rest.len() > 2).unwrap_or(folded)
}

fn edge(node: u32, word: u64) -> u64 {
    mix(word.wrapping_add(u64::from(node).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

/// The rows of a file, each padded to five columns.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Kind, lang::Packs};

    fn held(seat: &str, office: &str, on: &str) -> Option<&'static str> {
        Offices::get().holder(seat, office, on.parse().unwrap())
    }

    #[test]
    fn an_office_has_one_holder_and_only_where_the_date_leaves_no_doubt() {
        for (seat, office, on, holder) in [
            ("united_states", "president", "2021-01-19", Some("donald_trump")),
            ("united_states", "president", "2021-01-20", None),
            ("united_states", "president", "2021-01-21", Some("joe_biden")),
            ("united_states", "president", "2021-01", None),
            ("united_states", "president", "2021", None),
            ("united_states", "president", "2022", Some("joe_biden")),
            ("germany", "prime_minister", "2021-11-26", Some("angela_merkel")),
            ("russia", "president", "2009", Some("dmitry_medvedev")),
            ("united_nations+syria", "envoy", "2018-05", Some("staffan_de_mistura")),
            // Nobody held it then; nothing is known of so late a day; nobody holds it at all.
            ("lebanon", "president", "2015-05-01", None),
            ("russia", "president", "2030-01-01", None),
            ("russia", "king", "2018", None),
        ] {
            assert_eq!(held(seat, office, on), holder, "{seat} {office} {on}");
        }
    }

    #[test]
    fn titles_are_found_with_and_without_articles() {
        let offices = Offices::get();
        let meant = |title: &str| {
            let node = words(title).iter().try_fold(0, |node, word| offices.step(node, &word.folded));
            node.map_or(Vec::new(), |node| offices.titles(node).iter().map(|title| title.office).collect())
        };
        assert!(meant("وزير الخارجية").contains(&"foreign_minister"));
        assert!(meant("وزيرة خارجية").contains(&"foreign_minister"));
        assert!(meant("المتحدثة باسم وزارة الخارجية").contains(&"foreign_spokesperson"));
        assert!(meant("foreign minister").contains(&"foreign_minister"));
        assert!(meant("نائب وزير الخارجية").is_empty());
        assert!(!meant("نائب الرئيس").contains(&"president"));
    }

    #[test]
    fn every_row_names_what_the_lexicons_know_and_no_office_has_two_holders_at_once() {
        let names = &Packs::get().names;
        let offices = Offices::get();
        assert!(offices.terms.len() > 300 && offices.unknown_from > (2025, 1, 1));
        assert!(offices.is_woman("angela_merkel") && !offices.is_woman("vladimir_putin"));
        for ((seat, office), terms) in &offices.terms {
            assert!(seat.split('+').all(|slug| names.by_slug(slug).is_some()), "{seat}");
            assert!(offices.ends.iter().flatten().any(|title| title.office == *office), "{office} has no title");
            for (n, term) in terms.iter().enumerate() {
                let person = names.by_slug(term.holder).is_some_and(|entry| entry.kind == Kind::Person);
                assert!(person, "{} {office}: {}", seat, term.holder);
                let end = term.until.map_or(offices.unknown_from, first_day);
                assert!(first_day(term.from) < end, "{seat} {office} {}", term.holder);
                let next = terms.get(n + 1).map_or((i16::MAX, 12, 31), |next| first_day(next.from));
                assert!(term.until.map_or((i16::MAX, 12, 31), first_day) <= next, "{seat} {office} {}", term.holder);
            }
        }
    }
}

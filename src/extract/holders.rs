//! Who held which office when, as the articles of an archive tell: titles that stand for persons of whom no table knows.
//!
//! An article that gives an office to somebody by name (وزير السياحة المصري X) is evidence for its month. A title alone means
//! whom nearly all articles of about that time call so; where they differ it means nobody.

use std::collections::BTreeMap;

use super::Links;
use crate::domain::{Bearer, Dated, EntityId, Extraction, Name, Office};

/// What the articles of one month say of an office.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The office, as [`crate::domain::Office::post`] calls it.
    pub post: String,
    /// The month, as [`month_of`] counts.
    pub month: i32,
    /// Whom they name.
    pub person: EntityId,
    /// The name by which an article that does not name that person can know of it; of several that of most articles is taken.
    pub name: Name,
    /// How many articles do.
    pub articles: u64,
}

/// The holders of offices by month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holders {
    names: Vec<Name>,
    by_post: BTreeMap<String, BTreeMap<i32, usize>>,
}

/// So many months before and after are looked at until there is enough evidence.
const REACH: i32 = 3;
/// So many articles are enough.
const ENOUGH: u64 = 2;
/// One person must be named in so many hundredths of them.
const NEARLY_ALL: u64 = 80;

/// The month of a date, counted from the year 0; none where only the year is known.
pub fn month_of(date: Dated) -> Option<i32> {
    Some(i32::from(date.year) * 12 + i32::from(date.month?) - 1)
}

/// What one article says of offices.
pub fn evidence<'e>(extraction: &'e Extraction, links: &'e Links) -> impl Iterator<Item = Evidence> + 'e {
    let month = extraction.header.published.and_then(month_of);
    extraction.offices.iter().filter_map(move |office| {
        let Bearer::Named(name) = office.bearer else { return None };
        let name = extraction.names.get(name.0 as usize)?;
        let entity = links.entity(&name.key)?;
        let name = Name { text: entity.name.clone(), ..name.clone() };
        Some(Evidence { post: office.post.clone(), month: month?, person: entity.id.clone(), name, articles: 1 })
    })
}

/// How many articles name each person in a month.
type Tally<'e> = BTreeMap<&'e EntityId, u64>;

/// How many articles name a person by each key and text.
type Spelt<'e> = BTreeMap<(&'e str, &'e str), (u64, &'e Name)>;

impl Holders {
    /// Nobody.
    pub const NONE: Holders = Holders { names: Vec::new(), by_post: BTreeMap::new() };

    /// What articles tell, the same in whatever order they do.
    pub fn of(evidence: &[Evidence]) -> Holders {
        let mut posts: BTreeMap<&str, BTreeMap<i32, Tally<'_>>> = BTreeMap::new();
        let mut names: BTreeMap<&EntityId, Spelt<'_>> = BTreeMap::new();
        for one in evidence {
            *posts.entry(&one.post).or_default().entry(one.month).or_default().entry(&one.person).or_default() += one.articles;
            let own = names.entry(&one.person).or_default();
            own.entry((&one.name.key.0, &one.name.text)).or_insert((0, &one.name)).0 += one.articles;
        }
        let mut terms = Vec::new();
        for (post, months) in &posts {
            let (Some((first, _)), Some((last, _))) = (months.first_key_value(), months.last_key_value()) else { continue };
            let decided = (first - REACH..=last + REACH).filter_map(|month| Some((month, decide(months, month)?)));
            terms.extend(decided.map(|(month, person)| (*post, month, person)));
        }
        let usual = |person| names[person].values().max_by_key(|(articles, name)| (*articles, std::cmp::Reverse(&name.key)));
        let terms =
            terms.into_iter().filter_map(|(post, month, person)| Some((post.to_owned(), month, usual(person)?.1.clone())));
        Holders::from_terms(terms)
    }

    /// Whether an article, read without knowing them, may be read otherwise with them.
    pub fn tell_more_of(&self, extraction: &Extraction) -> bool {
        let Some(month) = extraction.header.published.and_then(month_of) else { return false };
        let told = |office: &Office| matches!(office.bearer, Bearer::Told(_)) && self.holder(&office.post, month).is_some();
        extraction.offices.iter().any(told)
    }

    /// The holders whom [`Holders::terms`] told.
    pub fn from_terms(terms: impl Iterator<Item = (String, i32, Name)>) -> Holders {
        let mut holders = Holders::NONE;
        let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (post, month, name) in terms {
            let number = *numbers.entry((name.key.0.clone(), name.text.clone())).or_insert_with(|| {
                holders.names.push(name);
                holders.names.len() - 1
            });
            holders.by_post.entry(post).or_default().insert(month, number);
        }
        holders
    }

    /// Every office in every month in which somebody surely held it.
    pub fn terms(&self) -> impl Iterator<Item = (&str, i32, &Name)> {
        self.by_post
            .iter()
            .flat_map(|(post, months)| months.iter().map(|(month, number)| (post.as_str(), *month, &self.names[*number])))
    }

    /// Whom an office means in a month.
    pub fn holder(&self, post: &str, month: i32) -> Option<&Name> {
        let number = self.by_post.get(post)?.get(&month)?;
        self.names.get(*number)
    }
}

/// Who held an office in a month: the nearest months that tell enough decide, and only where they agree.
fn decide<'e>(months: &BTreeMap<i32, Tally<'e>>, month: i32) -> Option<&'e EntityId> {
    for reach in 0..=REACH {
        let mut tally = Tally::new();
        for (person, articles) in months.range(month - reach..=month + reach).flat_map(|(_, persons)| persons) {
            *tally.entry(person).or_default() += articles;
        }
        let all: u64 = tally.values().sum();
        if all >= ENOUGH {
            let (person, articles) = tally.into_iter().max_by_key(|(_, articles)| *articles)?;
            return (articles >= ENOUGH && articles * 100 >= all * NEARLY_ALL).then_some(person);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Kind, NameKey};

    fn says(month: i32, person: &str, key: &str, articles: u64) -> Evidence {
        let name = Name { key: NameKey(key.into()), kind: Kind::Person, text: key.into() };
        Evidence { post: "tourism_minister:egypt".into(), month, person: EntityId(person.into()), name, articles }
    }

    #[test]
    fn an_office_means_whom_nearly_all_articles_of_the_time_call_so() {
        let evidence = [
            says(100, "per_a", "per:a", 1),
            says(101, "per_a", "per:aa", 4),
            says(104, "per_a", "per:a", 1),
            says(104, "per_b", "per:b", 9),
            says(110, "per_b", "per:b", 1),
            says(111, "per_a", "per:a", 1),
            says(130, "per_b", "per:b", 1),
        ];
        let holders = Holders::of(&evidence);
        let holder = |month| holders.holder("tourism_minister:egypt", month).map(|name| name.key.0.as_str());
        for (month, who) in [
            (97, None),
            (98, Some("per:aa")),
            (101, Some("per:aa")),
            (102, Some("per:aa")),
            // Three months tell of both, and hardly more of one.
            (103, Some("per:b")),
            (104, Some("per:b")),
            (107, Some("per:b")),
            (110, None),
            (111, None),
            // One article is not enough.
            (130, None),
        ] {
            assert_eq!(holder(month), who, "{month}");
        }
        assert_eq!(holders.holder("tourism_minister:tunisia", 101), None);
    }

    proptest! {
        #[test]
        fn holders_are_the_same_in_every_order_and_come_back_from_their_terms(
            shuffled in Just((0..40).map(|n| says(n / 3, ["x", "y"][n as usize % 7 / 5], ["k", "l", "m"][n as usize % 3], 1)).collect::<Vec<_>>()).prop_shuffle()
        ) {
            let mut sorted = shuffled.clone();
            sorted.sort_by_key(|one| (one.month, one.person.clone(), one.name.key.clone()));
            let holders = Holders::of(&shuffled);
            prop_assert_eq!(&holders, &Holders::of(&sorted));
            let terms = holders.terms().map(|(post, month, name)| (post.to_owned(), month, name.clone()));
            prop_assert_eq!(&holders, &Holders::from_terms(terms));
        }
    }
}

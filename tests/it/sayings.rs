//! What is said in the made-up articles: statements with their places, and answers made of them.

use std::ops::Range;

use qala::{
    domain::{
        ArticleId, Card, Carrier, Clause, Dated, Entity, EntityId, Evidence, Excerpt, Expr, Kind, Manner, NameIndex, Period,
        Polarity, Query, Speaker, Speakers, Statement, StatementId, Statements, UNKNOWN, UNNAMED, Who,
    },
    text::{CharIndex, Span, words},
};

use crate::made_up::{MadeUp, NAMES};

/// Story, index of the speaker's name, the words that name the speaker, the cue, its family, what was said, how.
type Saying = (usize, Option<u32>, Option<&'static str>, &'static str, &'static str, &'static str, Manner);

const SAYINGS: [Saying; 9] = [
    (
        0,
        Some(0),
        Some("وزيرة الزراعة ليلى الحداد"),
        "قالت",
        "said",
        "موسم الزيتون هذا العام \"أفضل من العام الماضي\" في معظم القرى",
        Manner::Mixed,
    ),
    (0, Some(1), Some("الحداد خلال"), "أضافت", "said", "سنشتري 1200 طن من المزارعين بسعر عادل", Manner::Direct),
    (0, Some(2), Some("سامر نعمة"), "أكد", "said", "الأمطار المبكرة أنقذت الأشجار", Manner::Indirect),
    (0, Some(2), None, "مشيرا إلى", "said", "الاتحاد طلب قروضا من مصرف الساحل", Manner::Indirect),
    (1, Some(5), Some("harbour master Nadia Farah"), "said", "said", "The boats can come home now", Manner::Direct),
    (2, None, None, "أعلن", "promised", "خفض الفائدة على القروض الزراعية إلى 3.5% ابتداء من كانون الثاني", Manner::Indirect),
    (2, Some(4), Some("مدير المصرف كريم صباغ"), "قال", "said", "نثق بالمزارعين", Manner::Direct),
    (3, Some(3), Some("Samer Nehme"), "said", "said", "it had come just in time", Manner::Indirect),
    (4, Some(0), Some("ليلى الحداد"), "قالت", "said", "اشترت كتابا واحدا فقط", Manner::Indirect),
];

fn find(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    Span::new(at, at + words.len())
}

/// The statements of a story, whose text this is.
pub fn statements(story: usize, text: &str) -> Vec<Statement> {
    let of_story = SAYINGS.iter().filter(|saying| saying.0 == story && text.contains(saying.5));
    let statement = |(_, who, speaker, cue, _, words, manner): &Saying| Statement {
        manner: *manner,
        speaker: speaker.map(|speaker| find(text, speaker)),
        speaker_name: who.map(NameIndex),
        cue: Some(find(text, cue)),
        family: None,
        polarity: Polarity::Asserted,
        content: vec![find(text, words)],
        via: None,
        addressee: None,
        nested_in: None,
        evidence: Evidence { rule: "made up".into(), confidence: 95 },
    };
    of_story.map(statement).collect()
}

fn entity(name: u32) -> Entity {
    let (_, id, kind, shown) = NAMES[name as usize];
    let aliases = NAMES.iter().filter(|other| other.1 == id && other.0 != shown).map(|other| other.0.to_owned());
    Entity { id: EntityId(id.to_owned()), kind, name: shown.to_owned(), aliases: aliases.collect(), articles: 1, mentions: 1 }
}

/// Who speaks; in an archive with unnamed sources these are two of the speakers.
fn speaker(archive: &MadeUp, saying: &Saying) -> Option<Entity> {
    let source = |name: &str| Entity {
        id: EntityId(format!("src_{}", name.replace(' ', "_"))),
        kind: Kind::Person,
        name: name.to_owned(),
        aliases: Vec::new(),
        articles: 1,
        mentions: 1,
    };
    match saying.1 {
        Some(4) if archive.unnamed => Some(source("مصدر مصرفي")),
        Some(5) if archive.unnamed => Some(source("witnesses")),
        name => name.map(entity),
    }
}

fn meets(archive: &MadeUp, saying: &Saying, date: &str, outlet: &str, expr: &Expr) -> bool {
    let clause = match expr {
        Expr::All(parts) => return parts.iter().all(|part| meets(archive, saying, date, outlet, part)),
        Expr::Any(parts) => return parts.iter().any(|part| meets(archive, saying, date, outlet, part)),
        Expr::Not(part) => return !meets(archive, saying, date, outlet, part),
        Expr::Leaf(clause) => clause,
    };
    let holds = |text: &str, terms: &[qala::domain::Term]| {
        let text = words(text);
        let has = |term: &qala::domain::Term| {
            text.iter().any(|word| if term.open { word.folded.starts_with(&term.folded) } else { word.folded == term.folded })
        };
        terms.iter().all(has)
    };
    match clause {
        Clause::Words { terms, .. } => holds(saying.5, terms),
        Clause::By(Who::Entity(id)) => match speaker(archive, saying) {
            None => id.0 == UNKNOWN,
            Some(who) => who.id == *id || id.0 == UNNAMED && who.id.0.starts_with("src_"),
        },
        Clause::By(Who::Named(terms)) => saying.1.is_some_and(|name| holds(NAMES[name as usize].0, terms)),
        Clause::About(Who::Named(terms)) => holds(saying.5, terms),
        Clause::Verb(family) => saying.4 == family,
        Clause::Kind(manner) => saying.6 == *manner,
        Clause::From(terms) => holds(outlet, terms),
        Clause::Date(Period::Between(from, to)) => {
            let date: Dated = date.parse().unwrap();
            from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
        }
        _ => false,
    }
}

/// All cards that answer, the newest first: of articles that repeat a story the first one.
fn answering(archive: &MadeUp, query: &Query) -> Vec<Card> {
    let mut cards = Vec::new();
    for n in 0..archive.articles.min(archive.stories.len()) {
        let (_, date, outlet, _) = archive.stories[n];
        let of_story = SAYINGS.iter().filter(|saying| saying.0 == n);
        for (number, saying) in of_story.enumerate() {
            if meets(archive, saying, date, outlet, &query.root) {
                cards.push(card(archive, n, number, saying, query));
            }
        }
    }
    cards
}

fn card(archive: &MadeUp, n: usize, number: usize, saying: &Saying, query: &Query) -> Card {
    let (story, text) = (n % archive.stories.len(), archive.text(n));
    let statement = statements(story, &text).swap_remove(number);
    let index = CharIndex::new(&text);
    let excerpt = |span: Span| Excerpt { span, chars: index.span(span), text: span.of(&text).to_owned() };
    let hit = archive.hit(n, &Query::default());
    let same = (story..archive.articles).step_by(archive.stories.len());
    let carriers: Vec<StatementId> = same.map(|n| StatementId { article: ArticleId(n as u64), number: number as u32 }).collect();
    let first = Carrier { id: carriers[0], published: hit.published, outlet: hit.outlet.clone().unwrap() };
    let first = (carriers.len() > 1).then_some(first);
    Card {
        id: StatementId { article: hit.id, number: number as u32 },
        speaker: statement.speaker.map(excerpt),
        who: speaker(archive, saying),
        cue: statement.cue.map(excerpt),
        family: Some(saying.4),
        polarity: Polarity::Asserted,
        manner: statement.manner,
        content: statement.content.iter().map(|piece| excerpt(*piece)).collect(),
        text: saying.5.to_owned(),
        text_hits: crate::made_up::places(saying.5, query),
        via: None,
        addressee: None,
        about: None,
        evidence: statement.evidence,
        score: 0.0,
        statements: carriers.len(),
        carriers,
        first,
        hit,
    }
}

pub fn said(archive: &MadeUp, query: &Query, range: Range<usize>) -> Statements {
    let cards = answering(archive, query);
    let total = cards.len();
    let cards = cards.into_iter().skip(range.start).take(range.len()).collect();
    Statements { first: range.start, cards, total, ..Statements::default() }
}

pub fn speakers(archive: &MadeUp, query: &Query) -> Speakers {
    let cards = answering(archive, query);
    let (mut list, mut unknown_cards): (Vec<Speaker>, usize) = (Vec::new(), 0);
    for card in &cards {
        match (&card.who, list.iter_mut().find(|speaker| Some(&speaker.who) == card.who.as_ref())) {
            (None, _) => unknown_cards += 1,
            (_, Some(speaker)) => speaker.cards += 1,
            (Some(who), None) => list.push(Speaker { who: who.clone(), cards: 1 }),
        }
    }
    list.sort_by_key(|speaker| std::cmp::Reverse(speaker.cards));
    let (unnamed, named): (Vec<Speaker>, Vec<Speaker>) =
        list.into_iter().partition(|speaker| speaker.who.id.0.starts_with("src_"));
    let unnamed_cards = unnamed.iter().map(|speaker| speaker.cards).sum();
    Speakers { named, unnamed, unnamed_cards, unknown_cards, cards: cards.len() }
}

pub fn carriers(archive: &MadeUp, id: StatementId) -> Vec<Card> {
    let story = id.article.0 as usize % archive.stories.len();
    let number = id.number as usize;
    let Some(saying) = SAYINGS.iter().filter(|saying| saying.0 == story).nth(number) else { return Vec::new() };
    let same = (story..archive.articles).step_by(archive.stories.len());
    same.map(|n| card(archive, n, number, saying, &Query::default())).collect()
}

//! Who said what: the statements of an archive that answer a query, those who make them, and the articles that carry them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result};

use super::{
    Archive, articles, asked,
    index::{Answered, Ask, Place, Rows, Sayings, Spoken, Voices},
    matcher::Matcher,
    sayings, schema, spellings,
};
use crate::{
    domain::{
        Article, Card, Carrier, Clause, Entity, Excerpt, Extraction, Hit, Name, NameIndex, NameKey, Query, Reach, Speakers,
        Statement, StatementId, Statements, Term, UNKNOWN, UNNAMED,
    },
    text::{CharIndex, Span, clean_line},
};

impl Archive {
    /// A part of the statements that answer a query, `window` counting cards from 0. Statements with the same words, or nearly,
    /// are one card: the earliest of those that answer.
    ///
    /// Words are those of what was said; `about:` asks for what was said first, then for its sentence, then for the article's
    /// title. The other conditions are those of [`Archive::search`].
    ///
    /// # Errors
    /// When the index of statements is missing, foreign or damaged.
    pub fn said(&mut self, query: &Query, window: Range<usize>) -> Result<Statements> {
        let found = self.said_until(None, query, window);
        schema::explained(&self.folder, found)
    }

    pub(super) fn said_until(&mut self, until: Option<Instant>, query: &Query, window: Range<usize>) -> Result<Statements> {
        let asked = self.asked_of_statements(query)?;
        let widest = asked.last().cloned().unwrap_or_default();
        let first = window.start;
        let words: Vec<Term> = query.terms().into_iter().filter(|term| !term.folded.is_empty()).cloned().collect();
        let sayings = self.sayings()?;
        let Answered { spoken, total, at_least, meaning, respelled } =
            sayings.search(until, (&asked, &words), query.order, window)?;
        // That takes as long as the answer itself.
        let undated = asked::undated(&widest).filter(|_| !at_least);
        let undated = undated.map(|ask| sayings.count(&ask)).transpose()?.unwrap_or(0);
        let matcher = Matcher::new(meaning.forms().cloned());
        let mut cards = self.cards(&spoken, &matcher)?;
        if has_topic(query) {
            cards.iter_mut().for_each(|(level, card)| card.about = Reach::ALL.get(*level).copied());
        }
        let cards = cards.into_iter().map(|(_, card)| card).collect();
        Ok(Statements { first, cards, total, at_least, undated, respelled })
    }

    /// Those who speak in the answer to a query, at most so many with names and without, who says most first.
    ///
    /// # Errors
    /// As for [`Archive::said`].
    pub fn speakers(&mut self, query: &Query, most: usize) -> Result<Speakers> {
        let found = self.speakers_in(query, most);
        schema::explained(&self.folder, found)
    }

    fn speakers_in(&mut self, query: &Query, most: usize) -> Result<Speakers> {
        let asked = self.asked_of_statements(query)?;
        let sayings = opened(&self.folder, &mut self.sayings)?;
        let Voices { named, unnamed } = sayings.voices(&asked, most)?;
        let mut pages = sayings.pages(&asked)?;
        let mut told = |keys: &[String]| spellings::speakers(&self.db, keys, &mut |keys| pages.count(Place::Speaker, keys), most);
        let (named, unnamed) = (told(&named)?, told(&unnamed)?);
        let unnamed_cards = pages.count(Place::Label, &[UNNAMED.to_owned()])?;
        let unknown_cards = pages.count(Place::Speaker, &[UNKNOWN.to_owned()])?;
        Ok(Speakers { named, unnamed, unnamed_cards, unknown_cards, cards: pages.all() })
    }

    /// All statements that use the same words as this one, or nearly, as far as there are `most`; the earliest first.
    ///
    /// # Errors
    /// As for [`Archive::said`].
    pub fn carriers(&mut self, id: StatementId, most: usize) -> Result<Vec<Card>> {
        let found = self.carriers_of(id, most);
        schema::explained(&self.folder, found)
    }

    fn carriers_of(&mut self, id: StatementId, most: usize) -> Result<Vec<Card>> {
        let Some(row) = articles::row_of(&self.db, id.article)? else { return Ok(Vec::new()) };
        let sayings = self.sayings()?;
        let Some(handle) = sayings.handle_of(row, id.number)? else { return Ok(Vec::new()) };
        let carriers = sayings.carriers_of(handle)?.into_iter().take(most);
        let spoken: Vec<Spoken> = carriers.map(|(row, number)| Spoken { row, number, score: 0.0, level: 0, handle }).collect();
        Ok(self.cards(&spoken, &Matcher::default())?.into_iter().map(|(_, card)| card).collect())
    }

    /// What a query asks of statements, from its narrowest meaning to its widest.
    pub(super) fn asked_of_statements(&mut self, query: &Query) -> Result<Vec<Ask>> {
        // Without decisions statements are as good.
        let _ = self.journal.look();
        let rows = self.selection.of(query, &self.db, &self.journal)?;
        let reaches: &[Reach] = if has_topic(query) { &Reach::ALL } else { &[Reach::Title] };
        let mut titles: Vec<(Vec<Term>, Rows)> = Vec::new();
        let mut known = asked::Known::new();
        let mut asked = Vec::new();
        for reach in reaches {
            // The engine of articles is opened only where a title is asked for.
            let (folder, engine) = (&self.folder, &mut self.engine);
            let mut titled = |terms: &[Term]| {
                if let Some((_, rows)) = titles.iter().find(|(known, _)| known == terms) {
                    return Ok(rows.clone());
                }
                let engine = super::opened(folder, engine)?;
                let rows = Rows::new(&engine.rows(&Ask::Words { terms: terms.to_vec(), title: true })?, true);
                titles.push((terms.to_vec(), rows.clone()));
                Ok(rows)
            };
            asked.push(asked::resolve_said(&self.db, query, rows.clone(), *reach, &mut known, &mut titled)?);
        }
        Ok(asked)
    }

    pub(super) fn sayings(&mut self) -> Result<&mut Sayings> {
        opened(&self.folder, &mut self.sayings)
    }

    /// The cards of some statements, each behind the first condition that it meets.
    fn cards(&mut self, spoken: &[Spoken], matcher: &Matcher) -> Result<Vec<(usize, Card)>> {
        // Cards of one page are often of one speaker.
        let mut known: HashMap<NameKey, Entity> = HashMap::new();
        let mut read: BTreeMap<i64, Option<(Article, Extraction, Hit)>> = BTreeMap::new();
        let mut cards = Vec::with_capacity(spoken.len());
        for Spoken { row, number, score, level, handle } in spoken.iter().copied() {
            if let std::collections::btree_map::Entry::Vacant(place) = read.entry(row) {
                let found = articles::read(&self.db, row)?;
                let hit = articles::hit(&self.db, row)?;
                place.insert(found.zip(hit).map(|((article, extraction), hit)| (article, extraction, hit)));
            }
            // What is gone since the index was opened is passed over.
            let Some(Some((article, extraction, hit))) = read.get(&row) else { continue };
            let Some(statement) = extraction.statements.get(number as usize) else { continue };
            let id = StatementId { article: article.id, number };
            let mut hit = hit.clone();
            hit.marks = self.journal.marks(hit.id)?;
            let mut card = card(id, hit, &article.text, extraction, statement);
            if let Some(name) = named(extraction, statement.speaker_name) {
                let who = match known.get(&name.key) {
                    Some(who) => who.clone(),
                    None => spellings::behind(&self.db, name)?,
                };
                card.who = Some(known.entry(name.key.clone()).or_insert(who).clone());
            }
            (card.text_hits, card.score) = (matcher.hits(&card.text), score);
            let same = self.sayings()?.carriers_of(handle)?;
            card.statements = same.len();
            (card.carriers, card.first) = self.carried(&same)?;
            cards.push((level, card));
        }
        Ok(cards)
    }

    /// Of these statements one for each article, and what is shown of the first of several articles; of these there may be thousands.
    fn carried(&self, statements: &[(i64, u32)]) -> Result<(Vec<StatementId>, Option<Carrier>)> {
        let (mut carriers, mut seen, mut first) = (Vec::new(), HashSet::new(), None);
        for (row, number) in statements {
            if let (true, Some(article)) = (seen.insert(*row), articles::id_of(&self.db, *row)?) {
                carriers.push(StatementId { article, number: *number });
                first = first.or(Some(*row));
            }
        }
        let hit = first.filter(|_| carriers.len() > 1).map(|row| articles::hit(&self.db, row)).transpose()?.flatten();
        let first = hit.map(|hit| carrier(carriers[0], &hit));
        Ok((carriers, first))
    }
}

/// A statement without what others say of it.
fn card(id: StatementId, hit: Hit, text: &str, extraction: &Extraction, statement: &Statement) -> Card {
    let index = CharIndex::new(text);
    let excerpt = |span: Span| Excerpt { span, chars: index.span(span), text: text.get(span.range()).unwrap_or_default().into() };
    let content: Vec<Excerpt> = statement.content.iter().map(|span| excerpt(*span)).collect();
    let pieces: Vec<String> = content.iter().map(|piece| one_line(&piece.text)).collect();
    let name = |name: Option<NameIndex>| named(extraction, name).map(|name| clean_line(&name.text));
    Card {
        id,
        hit,
        speaker: statement.speaker.map(excerpt),
        who: None,
        cue: statement.cue.map(excerpt),
        family: sayings::verb(text, statement),
        polarity: statement.polarity,
        manner: statement.manner,
        content,
        text: pieces.join(" … "),
        text_hits: Vec::new(),
        via: name(statement.via),
        addressee: name(statement.addressee),
        about: None,
        evidence: statement.evidence.clone(),
        score: 0.0,
        statements: 1,
        carriers: Vec::new(),
        first: None,
    }
}

fn named(extraction: &Extraction, name: Option<NameIndex>) -> Option<&Name> {
    extraction.names.get(name?.0 as usize)
}

fn carrier(id: StatementId, hit: &Hit) -> Carrier {
    let file = || hit.source.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Carrier { id, published: hit.published, outlet: clean_line(&hit.outlet.clone().unwrap_or_else(file)) }
}

/// The index of statements, opened where nobody has done so.
fn opened<'a>(folder: &Path, sayings: &'a mut Option<Sayings>) -> Result<&'a mut Sayings> {
    match sayings {
        Some(sayings) => Ok(sayings),
        none => {
            let sayings = Sayings::open(folder).with_context(|| super::unsearchable(folder))?;
            Ok(none.insert(sayings))
        }
    }
}

/// Whether a query asks what something is said about.
fn has_topic(query: &Query) -> bool {
    let mut found = false;
    query.root.visit(false, &mut |clause, denied| found |= !denied && matches!(clause, Clause::About(_)));
    found
}

fn one_line(text: &str) -> String {
    clean_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

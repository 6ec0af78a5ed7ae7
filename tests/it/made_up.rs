//! A made-up archive of short made-up articles, so that sessions can be tested without files, SQL or an index.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
};

use crate::made_up_counts::lies_between;
use anyhow::Result;
use qala::{
    app::decide,
    domain::{
        Among, Article, ArticleId, Card, Change, Clause, Decision, Entity, EntityId, Evidence, Explanation, Expr, Extraction,
        Facets, Fields, Header, Hit, Kind, Language, Marks, Mention, Name, NameIndex, NameKey, Offer, Page, Period, Place, Query,
        Reading, Saved, Snippet, Source, Speakers, State, StatementId, Statements, Step, Timeline, Who,
    },
    text::{Span, words},
    ui::Library,
};

use crate::sayings;
pub use crate::stories::{STORIES, Story};

/// Spelling, id, kind, the name to show.
pub const NAMES: [(&str, &str, Kind, &str); 12] = [
    ("ليلى الحداد", "haddad", Kind::Person, "ليلى الحداد"),
    ("الحداد", "haddad", Kind::Person, "ليلى الحداد"),
    ("سامر نعمة", "nehme", Kind::Person, "سامر نعمة"),
    ("Samer Nehme", "nehme", Kind::Person, "سامر نعمة"),
    ("كريم صباغ", "sabbagh", Kind::Person, "كريم صباغ"),
    ("Nadia Farah", "farah", Kind::Person, "Nadia Farah"),
    ("طرابلس", "tripoli", Kind::Place, "طرابلس"),
    ("Tripoli", "tripoli", Kind::Place, "طرابلس"),
    ("صور", "tyre", Kind::Place, "صور"),
    ("Tyre", "tyre", Kind::Place, "صور"),
    ("مصرف الساحل", "bank", Kind::Organisation, "مصرف الساحل"),
    ("Coast Bank", "bank", Kind::Organisation, "مصرف الساحل"),
];

const CUES: [&str; 7] = ["قالت", "وقالت", "وأضافت", "وأكد", "أعلن", "وقال", "said"];

/// An archive that holds stories over and over: article `n` is story `n % stories`.
#[derive(Clone, Debug)]
pub struct MadeUp {
    pub stories: Vec<Story>,
    pub articles: usize,
    /// Whether the next refresh finds something new.
    pub changed: bool,
    /// Whether articles that nobody decided about are unread. Mostly they are read, so that pictures show what they are about.
    pub unread: bool,
    /// Whether some speakers are described and not named.
    pub unnamed: bool,
    pub marks: BTreeMap<ArticleId, Marks>,
    /// Label, changes, and the marks before them.
    pub done: Vec<Kept>,
    pub undone: Vec<Kept>,
    pub saved: Vec<Saved>,
    /// How many hits of a query there is time for at first; of all where it is not set.
    pub in_time: Option<usize>,
}

type Kept = (String, Vec<Change>, BTreeMap<ArticleId, Marks>);

impl Default for MadeUp {
    fn default() -> MadeUp {
        MadeUp {
            stories: STORIES.to_vec(),
            articles: STORIES.len(),
            changed: false,
            unread: false,
            unnamed: false,
            marks: BTreeMap::new(),
            done: vec![],
            undone: vec![],
            saved: vec![],
            in_time: None,
        }
    }
}

impl MadeUp {
    pub fn of_size(articles: usize) -> MadeUp {
        MadeUp { articles, ..MadeUp::default() }
    }

    pub fn of(stories: &[Story]) -> MadeUp {
        MadeUp { stories: stories.to_vec(), articles: stories.len(), ..MadeUp::default() }
    }

    pub fn text(&self, n: usize) -> String {
        let (title, date, outlet, body) = self.stories[n % self.stories.len()];
        format!("{title}\n\n{date} {outlet}\n\n{body}")
    }

    pub fn answers(&self, n: usize, query: &Query) -> bool {
        self.meets(n, &query.root)
    }

    pub fn meets(&self, n: usize, expr: &Expr) -> bool {
        let clause = match expr {
            Expr::All(parts) => return parts.iter().all(|part| self.meets(n, part)),
            Expr::Any(parts) => return parts.iter().any(|part| self.meets(n, part)),
            Expr::Not(part) => return !self.meets(n, part),
            Expr::Leaf(clause) => clause,
        };
        let (title, date, outlet, _) = self.stories[n % self.stories.len()];
        let (text, marks) = (self.text(n), self.marks(ArticleId(n as u64)));
        let holds = |text: &str| !places(text, &Query::all([clause.clone()])).is_empty();
        match clause {
            Clause::Words { place: Place::Anywhere, .. } => holds(&text),
            Clause::Words { place: Place::Title, .. } => holds(title),
            Clause::About(who) => mentions(&text).iter().any(|(_, name)| is(who, *name)),
            Clause::By(who) => {
                CUES.iter().any(|cue| text.contains(cue)) && mentions(&text).iter().any(|(_, name)| is(who, *name))
            }
            Clause::From(terms) => words(outlet).iter().any(|word| terms.iter().any(|term| term.folded == word.folded)),
            Clause::Lang(asked) => language(title) == *asked,
            Clause::Date(Period::Between(from, to)) => lies_between(date.parse().unwrap(), *from, *to),
            Clause::Date(Period::Recent(_)) | Clause::Verb(_) | Clause::Kind(_) => false,
            Clause::Is(State::Unread) => !marks.read,
            Clause::Is(State::Read) => marks.read,
            Clause::Is(State::Starred) => marks.starred,
            Clause::Tag { name, .. } => marks.tags.iter().any(|tag| tag == name),
            Clause::HasNote => !marks.notes.is_empty(),
        }
    }

    pub fn hit(&self, n: usize, query: &Query) -> Hit {
        let (title, date, outlet, _) = self.stories[n % self.stories.len()];
        Hit {
            id: ArticleId(n as u64),
            title: title.to_owned(),
            title_hits: places(title, query),
            published: date.parse().ok(),
            outlet: Some(outlet.to_owned()),
            language: language(title),
            source: Source { file: "made-up.jsonl".to_owned(), item: None },
            score: 0.0,
            marks: self.marks(ArticleId(n as u64)),
        }
    }

    pub fn marks(&self, id: ArticleId) -> Marks {
        self.marks.get(&id).cloned().unwrap_or_else(|| Marks { read: !self.unread, ..Marks::default() })
    }

    fn step(&self, number: usize, (label, changes, _): &Kept, undone: bool) -> Step {
        Step { number: number as u64, label: label.clone(), seconds: 951_827_696, changes: changes.len(), undone, theirs: false }
    }

    fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            let mut marks = self.marks(change.article);
            decide(&mut marks, &change.decision);
            self.marks.insert(change.article, marks);
        }
    }
}

impl Library for MadeUp {
    fn search(&mut self, query: &Query, range: Range<usize>) -> Result<Page> {
        if query.is_empty() {
            let hits = (range.start..range.end.min(self.articles)).map(|n| self.hit(n, query)).collect();
            return Ok(Page { first: range.start, hits, total: self.articles, articles: self.articles, ..Page::default() });
        }
        // Stories repeat, so that it is enough to look at each once, unless it is asked what was decided.
        let is_of_text =
            query.clauses().iter().all(|clause| !matches!(clause, Clause::Is(_) | Clause::Tag { .. } | Clause::HasNote));
        let looked_at = if is_of_text { self.stories.len() } else { self.articles.max(1) };
        let answering: Vec<bool> = (0..looked_at).map(|n| self.answers(n, query)).collect();
        let found: Vec<usize> = (0..self.articles).filter(|n| answering[n % looked_at]).collect();
        let hits = found.iter().skip(range.start).take(range.len()).map(|n| self.hit(*n, query)).collect();
        Ok(Page { first: range.start, hits, total: found.len(), articles: self.articles, ..Page::default() })
    }

    fn glance(&mut self, query: &Query, range: Range<usize>) -> Result<Page> {
        let mut page = self.search(query, range)?;
        if let Some(found) = self.in_time.filter(|found| *found < page.total && !query.is_empty()) {
            page.hits.truncate(found.saturating_sub(page.first));
            (page.total, page.at_least) = (found, true);
        }
        Ok(page)
    }

    fn read(&mut self, id: ArticleId, query: &Query) -> Result<Option<Reading>> {
        let n = usize::try_from(id.0)?;
        if n >= self.articles {
            return Ok(None);
        }
        let (title, date, outlet, _) = self.stories[n % self.stories.len()];
        let text = self.text(n);
        let header = Header {
            title: Span::new(0, title.len()),
            language: language(title),
            published: date.parse().ok(),
            outlet: Some(outlet.to_owned()),
            furniture: vec![qala::domain::Furniture {
                span: Span::new(title.len() + 2, title.len() + 2 + date.len() + 1 + outlet.len()),
                why: "credit".into(),
            }],
            ..Header::default()
        };
        let extraction = Extraction {
            offices: Vec::new(),
            header,
            names: NAMES
                .iter()
                .map(|(spelling, id, kind, _)| Name { key: NameKey((*id).to_owned()), kind: *kind, text: (*spelling).to_owned() })
                .collect(),
            mentions: mentions(&text).into_iter().map(|(span, name)| mention(span, name)).collect(),
            statements: sayings::statements(n % self.stories.len(), &text),
        };
        let entities = NAMES
            .iter()
            .map(|(_, id, kind, name)| Entity {
                id: EntityId((*id).to_owned()),
                kind: *kind,
                name: (*name).to_owned(),
                aliases: Vec::new(),
                articles: 1,
                mentions: 1,
            })
            .collect();
        let hits = places(&text, query);
        let source = Source { file: "made-up.jsonl".to_owned(), item: None };
        let article = Article { id, text, fields: Fields::default(), sources: vec![source] };
        Ok(Some(Reading { article, extraction, entities, hits, marks: self.marks(id) }))
    }

    fn said(&mut self, query: &Query, range: Range<usize>) -> Result<Statements> {
        Ok(sayings::said(self, query, range))
    }

    fn speakers(&mut self, query: &Query, _most: usize) -> Result<Speakers> {
        Ok(sayings::speakers(self, query))
    }

    fn carriers(&mut self, id: StatementId, _most: usize) -> Result<Vec<Card>> {
        Ok(sayings::carriers(self, id))
    }

    fn refresh(&mut self) -> Result<bool> {
        Ok(std::mem::take(&mut self.changed))
    }

    fn decide(&mut self, label: &str, changes: &[Change]) -> Result<()> {
        let before = changes.iter().map(|change| (change.article, self.marks(change.article))).collect();
        self.apply(changes);
        // How far somebody has read is kept, but is no step.
        if !changes.iter().all(|change| matches!(change.decision, Decision::Position(_))) {
            self.done.push((label.to_owned(), changes.to_vec(), before));
            self.undone.clear();
        }
        Ok(())
    }

    fn undo(&mut self) -> Result<Option<Step>> {
        let Some(kept) = self.done.pop() else { return Ok(None) };
        for (id, marks) in &kept.2 {
            let position = self.marks(*id).position;
            self.marks.insert(*id, Marks { position, ..marks.clone() });
        }
        let step = self.step(self.done.len(), &kept, true);
        self.undone.push(kept);
        Ok(Some(step))
    }

    fn redo(&mut self) -> Result<Option<Step>> {
        let Some(kept) = self.undone.pop() else { return Ok(None) };
        self.apply(&kept.1);
        let step = self.step(self.done.len(), &kept, false);
        self.done.push(kept);
        Ok(Some(step))
    }

    fn history(&self, steps: usize) -> Result<Vec<Step>> {
        let done = self.done.iter().map(|kept| (kept, false));
        let all = done.chain(self.undone.iter().rev().map(|kept| (kept, true))).enumerate();
        let all: Vec<Step> = all.map(|(n, (kept, undone))| self.step(n, kept, undone)).collect();
        Ok(all.into_iter().rev().take(steps).collect())
    }

    fn tags(&self) -> Result<Vec<(String, u64)>> {
        let mut tags: BTreeMap<String, u64> = BTreeMap::new();
        self.marks.values().flat_map(|marks| &marks.tags).for_each(|tag| *tags.entry(tag.clone()).or_default() += 1);
        Ok(tags.into_iter().collect())
    }

    fn facets(&mut self, query: &Query, _: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Facets>> {
        Ok(Some(self.all_facets(query)))
    }

    fn offers(
        &mut self,
        among: Among,
        begun: &str,
        most: usize,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Vec<Offer>>> {
        Ok(Some(self.known(among, begun).into_iter().take(most).collect()))
    }

    fn timeline(&mut self, query: &Query) -> Result<Timeline> {
        Ok(self.all_dates(query))
    }

    fn explain(
        &mut self,
        query: &Query,
        _: &[(String, Query)],
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Explanation>> {
        Ok(Some(self.explanation(query)))
    }

    fn snippets(&mut self, query: &Query, articles: &[ArticleId], _: usize) -> Result<Vec<Snippet>> {
        Ok(self.lines(query, articles))
    }

    fn searches(&self) -> Result<Vec<Saved>> {
        Ok(self.saved.clone())
    }

    fn save_search(&mut self, saved: &Saved) -> Result<()> {
        self.saved.retain(|known| known.name != saved.name);
        self.saved.push(saved.clone());
        Ok(())
    }

    fn delete_search(&mut self, name: &str) -> Result<()> {
        self.saved.retain(|known| known.name != name);
        Ok(())
    }
}

fn language(title: &str) -> Language {
    if title.is_ascii() { Language::ENGLISH } else { Language::ARABIC }
}

/// Where the words of a query stand.
pub fn places(text: &str, query: &Query) -> Vec<Span> {
    let matches = |folded: &str| {
        query.terms().iter().any(|term| {
            let bare = folded.strip_prefix('و').unwrap_or(folded);
            [folded, bare].iter().any(|form| if term.open { form.starts_with(&term.folded) } else { *form == term.folded })
        })
    };
    words(text).into_iter().filter(|word| matches(&word.folded)).map(|word| word.span).collect()
}

/// Whether somebody of a query is behind a name.
fn is(who: &Who, name: usize) -> bool {
    match who {
        Who::Entity(id) => NAMES[name].1 == id.0,
        Who::Named(terms) => NAMES[name].0.contains(&terms[0].typed),
    }
}

fn mentions(text: &str) -> Vec<(Span, usize)> {
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (name, (spelling, ..)) in NAMES.iter().enumerate() {
        for (at, _) in text.match_indices(spelling) {
            let span = Span::new(at, at + spelling.len());
            if !found.iter().any(|(other, _)| other.overlaps(span)) {
                found.push((span, name));
            }
        }
    }
    found.sort();
    found
}

fn mention(span: Span, name: usize) -> Mention {
    Mention { span, kind: NAMES[name].2, name: NameIndex(name as u32), evidence: evidence() }
}

fn evidence() -> Evidence {
    Evidence { rule: "made up".into(), confidence: 100 }
}

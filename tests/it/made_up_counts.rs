//! What the made-up archive says of whole answers: facets, dates, explanations and lines of text, counted article by article.

use std::collections::BTreeMap;

use qala::domain::{
    Among, ArticleId, Aspect, Clause, Dated, EntityId, Explanation, Expr, Facet, Facets, Kind, Language, Offer, Part, Period,
    Query, Snippet, State, Suggestion, Term, Timeline, Way, Who,
};

use crate::made_up::{MadeUp, NAMES, STORIES, places};

impl MadeUp {
    fn count(&self, expr: &Expr) -> usize {
        (0..self.articles).filter(|n| self.meets(*n, expr)).count()
    }

    pub fn all_facets(&self, query: &Query) -> Facets {
        let total = self.count(&query.root);
        let mut facets = Vec::new();
        for (aspect, name, clause) in aspects() {
            let articles = self.count(&Expr::All(vec![query.root.clone(), Expr::Leaf(clause.clone())]));
            if articles > 0 {
                facets.push(Facet { aspect, name, clause, articles });
            }
        }
        facets.sort_by_key(|facet| (facet.aspect, std::cmp::Reverse(facet.articles)));
        Facets { total, facets }
    }

    /// Whatever begins so, letter by letter.
    pub fn known(&self, among: Among, begun: &str) -> Vec<Offer> {
        let count = |clause: Clause| Some(self.count(&Expr::Leaf(clause)) as u64);
        let mut offers: Vec<Offer> = Vec::new();
        let mut offer = |name: &str, kind, articles: Option<u64>| {
            let offer = Offer { name: name.to_owned(), kind, articles };
            if name.split(' ').any(|word| word.starts_with(begun)) && articles != Some(0) && !offers.contains(&offer) {
                offers.push(offer);
            }
        };
        match among {
            Among::Names => NAMES.iter().for_each(|(_, id, kind, name)| {
                offer(name, Some(*kind), count(Clause::About(Who::Entity(EntityId((*id).into())))))
            }),
            Among::Speakers => NAMES
                .iter()
                .for_each(|(_, id, kind, name)| offer(name, Some(*kind), count(Clause::By(Who::Entity(EntityId((*id).into())))))),
            Among::Outlets => self.stories.iter().for_each(|(_, _, outlet, _)| offer(outlet, None, None)),
            Among::Languages => {
                ["ar", "en"].into_iter().for_each(|code| offer(code, None, count(Clause::Lang(Language::from_code(code)))))
            }
            Among::Dates => offer("2024", None, Some(self.articles as u64)),
            Among::Tags => {}
        }
        offers
    }

    pub fn all_dates(&self, query: &Query) -> Timeline {
        let mut dates: BTreeMap<Dated, usize> = BTreeMap::new();
        for n in (0..self.articles).filter(|n| self.answers(*n, query)) {
            *dates.entry(self.stories[n % self.stories.len()].1.parse().unwrap()).or_default() += 1;
        }
        Timeline { dates: dates.into_iter().collect(), undated: 0 }
    }

    /// Every word that nothing holds and that begins so is thought to be a misspelt harbour.
    pub fn explanation(&self, query: &Query) -> Explanation {
        let mut explanation = Explanation::default();
        for (nth, expr) in query.parts().iter().enumerate() {
            let mut others = query.parts().to_vec();
            others.remove(nth);
            let (alone, without) = (self.count(expr), self.count(&Expr::All(others.clone())));
            if let (Expr::Leaf(Clause::Words { terms, .. }), 0) = (expr, alone)
                && terms[0].folded.starts_with("harb")
            {
                let term = Term { typed: "harbour".into(), folded: "harbour".into(), seated: false, exact: false, open: false };
                let way = Way::Respelled { typed: terms[0].typed.clone(), instead: "harbour".into() };
                let mut parts = query.parts().to_vec();
                parts[nth] = Expr::Leaf(Clause::word(term));
                let query = Query { root: Expr::All(parts), ..query.clone() };
                explanation.suggestions.push(Suggestion { articles: self.count(&query.root), query, way });
            }
            if without > 0 && query.parts().len() > 1 {
                let query = Query { root: Expr::All(others), ..query.clone() };
                explanation.suggestions.push(Suggestion { query, articles: without, way: Way::Without(expr.clone()) });
            }
            explanation.parts.push(Part { expr: expr.clone(), alone, without });
        }
        explanation.suggestions.retain(|suggestion| suggestion.articles > 0);
        explanation
    }

    pub fn lines(&self, query: &Query, articles: &[ArticleId]) -> Vec<Snippet> {
        let line = |id: &ArticleId| {
            let text = self.stories[id.0 as usize % self.stories.len()].3.lines().next().unwrap_or_default().to_owned();
            Snippet { id: *id, hits: places(&text, query), text }
        };
        articles.iter().map(line).collect()
    }
}

/// Whatever articles may have in common.
fn aspects() -> Vec<(Aspect, String, Clause)> {
    let mut all: Vec<(Aspect, String, Clause)> = Vec::new();
    for (_, id, kind, name) in NAMES {
        let aspect = match kind {
            Kind::Person => Aspect::People,
            Kind::Place => Aspect::Places,
            _ => Aspect::Organisations,
        };
        all.push((aspect, name.to_owned(), Clause::About(Who::Entity(EntityId(id.to_owned())))));
    }
    for (_, date, outlet, _) in STORIES {
        let term =
            |word: &str| Term { typed: word.into(), folded: qala::text::fold(word), seated: false, exact: true, open: false };
        all.push((Aspect::Outlets, outlet.to_owned(), Clause::From(outlet.split(' ').map(term).collect())));
        let month: Dated = date[..7].parse().unwrap();
        all.push((Aspect::Months, month.to_string(), Clause::Date(Period::Between(Some(month), Some(month)))));
    }
    for language in [Language::ARABIC, Language::ENGLISH] {
        all.push((Aspect::Languages, language.code().to_owned(), Clause::Lang(language)));
    }
    for (name, state) in [("unread", State::Unread), ("read", State::Read), ("starred", State::Starred)] {
        all.push((Aspect::States, name.to_owned(), Clause::Is(state)));
    }
    let mut seen: Vec<Clause> = Vec::new();
    all.retain(|(_, _, clause)| {
        let is_new = !seen.contains(clause);
        seen.push(clause.clone());
        is_new
    });
    all
}

/// Whether a day lies in a period of days, months or years.
pub fn lies_between(date: Dated, from: Option<Dated>, to: Option<Dated>) -> bool {
    let rest = |to: Dated| {
        if to.month.is_none() {
            9_999
        } else if to.day.is_none() {
            99
        } else {
            0
        }
    };
    from.is_none_or(|from| from <= date) && to.is_none_or(|to| date.sort_key() <= to.sort_key() + rest(to))
}

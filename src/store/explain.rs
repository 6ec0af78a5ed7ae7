//! Why an answer is empty or nearly so: what each part of the query holds, what is found without it, and which spelling finds something.

use std::ops::ControlFlow;

use anyhow::Result;

use super::{
    Archive, asked,
    index::{Ask, Watch},
    schema,
};
use crate::domain::{Clause, Explanation, Expr, Part, Query, Suggestion, Term, Way};

/// The most suggestions that are made.
const MOST: usize = 6;

impl Archive {
    /// Why nothing answers a query, and which queries near to it something answers. `retyped` are queries with how they read
    /// where another keyboard layout had been active.
    ///
    /// # Errors
    /// When archive or index cannot be read.
    pub fn explain(&mut self, query: &Query, retyped: &[(String, Query)]) -> Result<Explanation> {
        Ok(self.explain_while(query, retyped, &mut || ControlFlow::Continue(()))?.unwrap_or_default())
    }

    /// The same; `None` where `watch`, which is asked after each part, broke it off.
    ///
    /// # Errors
    /// As for [`Archive::explain`].
    pub fn explain_while(&mut self, query: &Query, retyped: &[(String, Query)], watch: Watch<'_>) -> Result<Option<Explanation>> {
        let explanation = self.explanation(query, retyped, watch);
        schema::explained(&self.folder, explanation)
    }

    fn explanation(&mut self, query: &Query, retyped: &[(String, Query)], watch: Watch<'_>) -> Result<Option<Explanation>> {
        let parts = query.parts().to_vec();
        let _ = self.journal.look();
        let rows = self.selection.of(query, &self.db, &self.journal)?;
        let asks = match asked::resolve(&self.db, query, rows)?.root {
            Ask::All(asks) => asks,
            ask => vec![ask],
        };
        let mut explanation = Explanation::default();
        for (nth, expr) in parts.iter().enumerate() {
            if watch().is_break() {
                return Ok(None);
            }
            let others: Vec<Ask> = asks.iter().enumerate().filter(|(n, _)| *n != nth).map(|(_, ask)| ask.clone()).collect();
            let engine = self.engine()?;
            let alone = asks.get(nth).map_or(Ok(0), |ask| engine.total(ask))?;
            let without = engine.total(&Ask::All(others.clone()))?;
            explanation.parts.push(Part { expr: expr.clone(), alone, without });
            if without > 0 {
                for (way, spelt, ask) in self.respelled(expr)? {
                    let mut all = others.clone();
                    all.push(ask);
                    let articles = self.engine()?.total(&Ask::All(all))?;
                    if articles > 0 {
                        let mut parts = parts.clone();
                        parts[nth] = spelt;
                        explanation.suggestions.push(Suggestion { query: whole(parts, query), articles, way });
                    }
                }
            }
        }
        for (line, meant) in retyped {
            let rows = self.selection.of(meant, &self.db, &self.journal)?;
            let ask = asked::resolve(&self.db, meant, rows)?.root;
            let articles = self.engine()?.total(&ask)?;
            if articles > 0 {
                explanation.suggestions.push(Suggestion { query: meant.clone(), articles, way: Way::Retyped(line.clone()) });
            }
        }
        explanation.suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.articles));
        let mut fewer: Vec<Suggestion> = Vec::new();
        if parts.len() > 1 {
            for (nth, part) in explanation.parts.iter().enumerate().filter(|(_, part)| part.without > 0) {
                let mut rest = parts.clone();
                let left_out = rest.remove(nth);
                let suggested = whole(rest, query);
                fewer.push(Suggestion { query: suggested, articles: part.without, way: Way::Without(left_out) });
            }
        }
        fewer.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.articles));
        explanation.suggestions.extend(fewer);
        explanation.suggestions.truncate(MOST);
        Ok(Some(explanation))
    }

    /// A condition with one of its words spelt otherwise, in each way that the index knows.
    fn respelled(&mut self, expr: &Expr) -> Result<Vec<(Way, Expr, Ask)>> {
        let Expr::Leaf(Clause::Words { terms, place }) = expr else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (nth, term) in terms.iter().enumerate() {
            for word in self.engine()?.spellings(term)? {
                let mut terms = terms.clone();
                terms[nth] = Term { typed: word.clone(), folded: word.clone(), seated: true, exact: false, open: false };
                let clause = Clause::Words { terms: terms.clone(), place: *place };
                let ask = Ask::Words { terms, title: *place == crate::domain::Place::Title };
                found.push((Way::Respelled { typed: term.typed.clone(), instead: word }, Expr::Leaf(clause), ask));
            }
        }
        Ok(found)
    }
}

fn whole(parts: Vec<Expr>, like: &Query) -> Query {
    Query { root: Expr::All(parts), order: like.order }
}

//! Why nothing was found, in sentences, and what would find something.

use crate::{
    domain::{Explanation, Expr, Query, Suggestion, Way},
    query,
};

/// An explanation and the cursor among its suggestions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explained {
    /// Why nothing was found.
    pub explanation: Explanation,
    /// An index into its suggestions; 0 without any.
    pub cursor: usize,
}

/// An answer of so few articles may be to a slip that others have made too.
pub(super) const FEW: usize = 2;

/// How many times more articles another spelling must find to be offered beside an answer.
const FAR_MORE: usize = 20;

/// Beside an answer of few articles: the spelling that finds far more, where there is one.
pub(super) fn meant_rather(explanation: Explanation, total: usize) -> Option<Suggestion> {
    let is_spelling = |suggestion: &Suggestion| matches!(suggestion.way, Way::Respelled { .. } | Way::Retyped(_));
    let far_more = |suggestion: &Suggestion| is_spelling(suggestion) && suggestion.articles >= total * FAR_MORE;
    explanation.suggestions.into_iter().find(far_more)
}

/// What each condition holds, one sentence each.
pub fn reasons(explanation: &Explanation) -> Vec<String> {
    let several = explanation.parts.len() > 1;
    let sentence = |part: &crate::domain::Part| {
        let shown = shown(&part.expr);
        let alone = match part.alone {
            0 => format!("No article has {shown}"),
            1 => format!("1 article has {shown}"),
            n => format!("{n} articles have {shown}"),
        };
        match (several, part.without) {
            (false, _) => format!("{alone}."),
            (true, 0) => format!("{alone}; without it there is still nothing."),
            (true, 1) => format!("{alone}; without it there is 1."),
            (true, n) => format!("{alone}; without it there are {n}."),
        }
    };
    explanation.parts.iter().map(sentence).collect()
}

/// A suggestion on one line.
pub fn suggested(suggestion: &Suggestion) -> String {
    let articles = if suggestion.articles == 1 { "1 article".to_owned() } else { format!("{} articles", suggestion.articles) };
    match &suggestion.way {
        Way::Retyped(instead) | Way::Respelled { instead, .. } => format!("\u{2068}{instead}\u{2069}: {articles}"),
        Way::Without(expr) => format!("without {}: {articles}", shown(expr)),
    }
}

/// A condition as it is typed.
fn shown(expr: &Expr) -> String {
    format!("\u{2068}{}\u{2069}", query::show(&Query { root: expr.clone(), ..Query::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Part;

    #[test]
    fn every_part_has_its_sentence() {
        let query = query::parse("alpha -beta is:read", false);
        let part = |nth: usize, alone, without| Part { expr: query.parts()[nth].clone(), alone, without };
        let parts = vec![part(0, 0, 12), part(1, 1, 0), part(2, 70, 1)];
        let explanation = Explanation { parts, suggestions: Vec::new() };
        let said: Vec<String> = reasons(&explanation).iter().map(|line| line.replace(['\u{2068}', '\u{2069}'], "")).collect();
        assert_eq!(
            said,
            [
                "No article has alpha; without it there are 12.",
                "1 article has -beta; without it there is still nothing.",
                "70 articles have is:read; without it there is 1."
            ]
        );
    }

    #[test]
    fn beside_an_answer_only_a_spelling_is_offered_and_only_of_far_more() {
        let query = query::parse("alpha", false);
        let suggestion = |way, articles| Suggestion { query: query.clone(), articles, way };
        let respelled = || Way::Respelled { typed: "alfa".into(), instead: "alpha".into() };
        let without = || Way::Without(query.root.clone());
        for (ways, total, offered) in [
            (vec![suggestion(respelled(), 40)], 2, Some(40)),
            (vec![suggestion(respelled(), 39)], 2, None),
            (vec![suggestion(without(), 400), suggestion(respelled(), 60)], 1, Some(60)),
            (vec![suggestion(without(), 400)], 1, None),
        ] {
            let explanation = Explanation { parts: Vec::new(), suggestions: ways };
            assert_eq!(meant_rather(explanation, total).map(|suggestion| suggestion.articles), offered, "{total}");
        }
    }
}

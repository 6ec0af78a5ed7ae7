//! Choosing and leaving out facets: what is chosen is written into the filter line.

use super::keys;
use crate::{
    app::{Effect, Focus, Input, Model, Severity, list::Landing},
    domain::{Aspect, Clause, Expr, Query, State, Who},
    query,
};

/// Shows the facets and goes to them, or to those of an aspect; from there back to the list, with the names in their place again.
pub(super) fn show(model: &mut Model, aspect: Option<Aspect>) -> Vec<Effect> {
    if aspect.is_none() && model.facets.on && model.focus == Focus::Names {
        return hide(model);
    }
    model.facets.on = true;
    model.facets.goal = aspect;
    let mut effects = keys::focus(model, Focus::Names);
    effects.extend(model.follow());
    reach(model);
    effects
}

/// Goes to the aspect that was asked for, once there are facets.
pub(super) fn reach(model: &mut Model) {
    if !model.facets.is_current {
        return;
    }
    let rows = model.facet_rows();
    let goal = model.facets.goal.take().and_then(|aspect| model.facets.row_of(aspect));
    let cursor = goal.unwrap_or(model.facets.cursor);
    model.facets.move_to(cursor, rows);
}

/// Puts the names of the article back where the facets stood.
pub(super) fn hide(model: &mut Model) -> Vec<Effect> {
    model.facets.on = false;
    keys::focus(model, Focus::List)
}

/// Lists only the articles of the facet under the cursor, or no longer only those.
pub(super) fn choose(model: &mut Model, exclude: bool) -> Vec<Effect> {
    let Some((clause, _)) = model.facets.current() else {
        model.tell(Severity::Info, "there is nothing to choose here");
        return Vec::new();
    };
    let clause = clause.clone();
    // What is chosen is taken back where it stands, whichever way it was chosen.
    let exclude = exclude || model.facets.choice_here().is_some_and(|choice| choice.excluded);
    toggle(model, clause, exclude)
}

/// Lists only unread articles, or all again.
pub(super) fn unread(model: &mut Model) -> Vec<Effect> {
    toggle(model, Clause::Is(State::Unread), false)
}

fn toggle(model: &mut Model, clause: Clause, exclude: bool) -> Vec<Effect> {
    if let Clause::About(Who::Entity(id)) = &clause
        && let Some(at) = model.topics.iter().position(|topic| topic.id == *id)
    {
        // The list is narrowed to this name beside the filter.
        model.topics.remove(at);
        if !exclude {
            let typed = model.filter.text().to_owned();
            return write(model, &typed);
        }
    }
    let leaf = Expr::Leaf(clause);
    let not = Expr::Not(Box::new(leaf.clone()));
    let (wanted, other) = if exclude { (not, leaf) } else { (leaf, not) };
    let had = query::parse(model.filter.text(), true).parts().contains(&wanted);
    let text = match had {
        true => without(model.filter.text(), |part| *part == wanted),
        false => with(&without(model.filter.text(), |part| *part == other), &wanted),
    };
    write(model, &text)
}

/// Filters by a text that the program has put together.
pub(super) fn write(model: &mut Model, text: &str) -> Vec<Effect> {
    model.filter = Input::new(text);
    let effects = model.ask(Landing::Top);
    let query = model.query();
    model.facets.arrange(&query);
    effects
}

/// What was typed, with one condition more. It is put before the rest, so that a word that is still open stays so and the counts
/// hold that led to the choice.
pub(super) fn with(typed: &str, more: &Expr) -> String {
    let query = query::parse(typed, true);
    let shown = query::show(&Query { root: more.clone(), ..Query::default() });
    match query.root {
        Expr::Any(_) => {
            let root = Expr::All(vec![more.clone(), query.root]);
            query::show(&Query { root, order: query.order })
        }
        _ => format!("{shown} {}", typed.trim_start()),
    }
}

/// What was typed, without some of its conditions.
pub(super) fn without(typed: &str, is_dropped: impl Fn(&Expr) -> bool) -> String {
    let mut query = query::parse(typed, true);
    if !query.parts().iter().any(&is_dropped) {
        return typed.to_owned();
    }
    query.drop_parts(is_dropped);
    let shown = query::show(&query);
    // What was finished must not be open now.
    let open = query.terms().last().is_some_and(|term| term.open);
    if open || shown.is_empty() { shown } else { shown + " " }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_come_and_go_in_what_was_typed() {
        let date = query::parse("date:2021-11", false).root.clone();
        let date = match date {
            Expr::All(parts) => parts[0].clone(),
            date => date,
        };
        for (typed, longer, shorter) in [
            ("", "date:2021-11 ", ""),
            ("بوت", "date:2021-11 بوت", "بوت"),
            ("بوتين ", "date:2021-11 بوتين ", "بوتين "),
            ("-\"a b\" is:unread", "date:2021-11 -\"a b\" is:unread", "-\"a b\" is:unread "),
        ] {
            let found = with(typed, &date);
            assert_eq!(found, longer);
            assert!(query::parse(&found, true).parts().contains(&date));
            let back = without(&found, |part| *part == date);
            assert_eq!(query::parse(&back, true), query::parse(typed, true), "{back} for {shorter}");
        }
        let either = with("a | b", &date);
        let query = query::parse(&either, false);
        assert_eq!((query.parts().len(), &query.parts()[0]), (2, &date), "{either}");
    }
}

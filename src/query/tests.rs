//! The grammar as tables: what is typed, what it means, what is told, and the way back.

use proptest::prelude::*;

use super::*;
use crate::{
    domain::{Among, Clause, EntityId, Expr, Language, Manner, Order, Period, Place, Recent, State, Term, Unit, Who},
    text::words,
};

fn term(typed: &str) -> Term {
    Term::of(words(typed).remove(0), typed)
}

fn terms(typed: &[&str]) -> Vec<Term> {
    typed.iter().map(|typed| term(typed)).collect()
}

fn word(typed: &str) -> Expr {
    Expr::Leaf(Clause::word(term(typed)))
}

fn phrase(typed: &[&str]) -> Expr {
    Expr::Leaf(Clause::Words { terms: terms(typed), place: Place::Anywhere })
}

fn leaf(clause: Clause) -> Expr {
    Expr::Leaf(clause)
}

fn not(part: Expr) -> Expr {
    Expr::Not(Box::new(part))
}

fn reads(typed: &str, expected: Vec<Expr>) {
    assert_eq!(parse(typed, false).root, Expr::All(expected), "{typed}");
}

#[test]
fn words_and_signs_make_a_tree() {
    let any = Expr::Any;
    reads("Moscow، أرمينيا ٢٠٢١", vec![word("Moscow"), word("أرمينيا"), word("٢٠٢١")]);
    reads("\"قره باغ\" «سبوتنيك» “a b”", vec![phrase(&["قره", "باغ"]), word("سبوتنيك"), phrase(&["a", "b"])]);
    reads("بوتين -إردوغان", vec![word("بوتين"), not(word("إردوغان"))]);
    reads("a | b c", vec![any(vec![word("a"), word("b")]), word("c")]);
    reads("a|b|c", vec![any(vec![word("a"), word("b"), word("c")])]);
    reads("(a b) | c", vec![any(vec![Expr::All(vec![word("a"), word("b")]), word("c")])]);
    reads("-(a | b) (c d)", vec![not(any(vec![word("a"), word("b")])), word("c"), word("d")]);
    reads("F-16 well-known", vec![phrase(&["F", "16"]), phrase(&["well", "known"])]);
    reads("2021ء", vec![phrase(&["2021", "ء"])]);
    // Other colons and commas are between words.
    reads("Moscow:Baku,Tbilisi قال: من:", vec![word("Moscow"), word("Baku"), word("Tbilisi"), word("قال"), word("من")]);
    reads("=بوتين", vec![leaf(Clause::word(Term { exact: true, ..term("بوتين") }))]);
}

#[test]
fn fields_have_latin_and_arabic_names() {
    let named = |typed: &[&str]| Who::Named(terms(typed));
    for typed in ["by:بوتين", "BY:بوتين", "قائل:بوتين"] {
        reads(typed, vec![leaf(Clause::By(named(&["بوتين"])))]);
    }
    for typed in ["about:\"قره باغ\"", "عن:«قره باغ»"] {
        reads(typed, vec![leaf(Clause::About(named(&["قره", "باغ"])))]);
    }
    reads("about:=vladimir_putin", vec![leaf(Clause::About(Who::Entity(EntityId("vladimir_putin".into()))))]);
    reads("by:=\"per:x y\"", vec![leaf(Clause::By(Who::Entity(EntityId("per:x y".into()))))]);
    reads("from:\"Coast Wire\"", vec![leaf(Clause::From(terms(&["Coast", "Wire"])))]);
    reads("title:قمة", vec![leaf(Clause::Words { terms: terms(&["قمة"]), place: Place::Title })]);
    reads("kind:direct نوع:منقول", vec![leaf(Clause::Kind(Manner::Direct)), leaf(Clause::Kind(Manner::Indirect))]);
    reads("verb:denied lang:AR", vec![leaf(Clause::Verb("denied".into())), leaf(Clause::Lang(Language::ARABIC))]);
    reads("-date:2021", vec![not(leaf(Clause::Date(Period::Between("2021".parse().ok(), "2021".parse().ok()))))]);
    reads("date:\"last week\"", vec![leaf(Clause::Date(Period::Recent(Recent::Last(Unit::Week))))]);
    assert_eq!(parse("a sort:oldest", false).order, Order::Oldest);
}

#[test]
fn conditions_on_decisions_stand_anywhere() {
    let is = |state| leaf(Clause::Is(state));
    let tag = |name: &str| leaf(Clause::Tag { name: name.into(), open: false });
    reads("IS:Starred قال is:read", vec![is(State::Starred), word("قال"), is(State::Read)]);
    reads("has:note tag:القوقاز tag:Élysée tag:★", vec![leaf(Clause::HasNote), tag("القوقاز"), tag("elysee"), tag("★")]);
    let open = |typed| matches!(parse(typed, true).clauses()[..], [Clause::Tag { open: true, .. }]);
    assert!(open("tag:to-do"));
    assert!(!open("tag:to-do "));
}

#[test]
fn only_a_word_being_typed_is_open() {
    let open = |typed, live| parse(typed, live).terms().iter().any(|term| term.open);
    for typed in ["بوت", "is:read بوت", "\"قره با", "-x (بوت", "title:بوت"] {
        assert!(open(typed, true), "{typed}");
        assert!(!open(typed, false), "{typed}");
    }
    for typed in ["بوتين ", "  ", "بوتين is:read", "\"قره باغ\"", "=بوت", "\"قره "] {
        assert!(!open(typed, true), "{typed}");
    }
}

#[test]
fn a_query_that_is_still_being_typed_is_never_an_error() {
    let whole = "(\"قره باغ\" | by:=\"x y\") -date:2021..2022 is:unread tag:x sort:newest F-16 verb:denied";
    for end in whole.char_indices().map(|(at, _)| at) {
        assert_eq!(problems(&whole[..end], true), [], "{}", &whole[..end]);
    }
}

#[test]
fn what_says_nothing_is_passed_over_and_told() {
    for (typed, live, rest, told) in [
        ("is:unr", true, "", 0),
        ("is:unr ", true, "", 1),
        ("is:blue house", false, "house", 1),
        ("is:blue", true, "", 1),
        ("tag: has: by:", false, "", 3),
        ("date:soon", false, "", 1),
        ("lang:xx", false, "", 1),
        ("(a", false, "a", 1),
        ("a) b", false, "a b", 1),
        ("\"a b", false, "\"a b\"", 1),
        ("a | ", false, "a", 0),
        ("| a", false, "a", 0),
        ("- -- a", false, "a", 0),
        ("()", false, "", 0),
        ("= \" \"", false, "", 0),
    ] {
        assert_eq!((show(&parse(typed, live)).as_str(), problems(typed, live).len()), (rest, told), "{typed}");
    }
    let told = &problems("قال is:blue", false)[0];
    assert_eq!(told.text, "'is:blue' says nothing; there is is:unread, is:read, is:starred");
    let wrong = |typed: &'static str| problems(typed, false).remove(0).span.of(typed);
    for (typed, part) in
        [("قال is:blue", "blue"), ("-date:soon x", "soon"), ("a (b", "("), ("a) b", ")"), ("x \"a b", "\""), ("by: x", "by:")]
    {
        assert_eq!(wrong(typed), part, "only the part that is wrong");
    }
}

#[test]
fn what_can_follow_is_offered() {
    // The caret stands at the sign |; what is replaced, what was typed of it, what is known and what the archive knows more.
    let offered = |typed: &str| {
        let caret = typed.find('|').expect("a caret");
        let line = typed.replacen('|', "", 1);
        let found = completion(&line, caret)?;
        Some((found.span.of(&line).to_owned(), found.begun, found.known.join(" "), found.among))
    };
    let row = |span: &str, begun: &str, known: &str, among| Some((span.to_owned(), begun.to_owned(), known.to_owned(), among));
    for (typed, expected) in [
        ("بوتين ab|", row("ab", "ab", "about:", Some(Among::Names))),
        ("عن|", row("عن", "عن", "عن: عنوان:", Some(Among::Names))),
        ("لاغ|", row("لاغ", "لاغ", "by:", Some(Among::Names))),
        ("is:|", row("", "", "unread read starred", None)),
        ("-is:un|", row("un", "un", "unread", None)),
        ("حالة:un|", row("un", "un", "unread", None)),
        ("date:ye|", row("ye", "ye", "yesterday", Some(Among::Dates))),
        ("by:بوت|", row("بوت", "بوت", "", Some(Among::Speakers))),
        ("by:بو|تين x", row("بوتين", "بو", "", Some(Among::Speakers))),
        ("from:\"Coast W|", row("\"Coast W", "Coast W", "", Some(Among::Outlets))),
        ("from:\"Coast| Wire\" x", row("\"Coast Wire\"", "Coast", "", Some(Among::Outlets))),
        ("tag:|", row("", "", "", Some(Among::Tags))),
        ("lang:a|", row("a", "a", "", Some(Among::Languages))),
        ("zzz|", row("zzz", "zzz", "", Some(Among::Names))),
    ] {
        assert_eq!(offered(typed), expected, "{typed}");
    }
    for typed in ["\"a b\"|", "z|", "is:unread|", "by:=put|", "title:a|", "b|y:x"] {
        assert_eq!(offered(typed), None, "{typed}");
    }
    let fields = |typed| offered(typed).map(|(_, _, known, _)| known);
    assert!(fields("|").is_some_and(|known| known.starts_with("by: about: from:")));
    assert!(fields("a (|").is_some_and(|known| known.starts_with("by:")));
    assert!(fields("بوتين -|").is_some_and(|known| known.starts_with("قائل: عن:")), "in the script of the line");
}

#[test]
fn what_is_taken_reads_as_one_value() {
    for (name, value) in [("Coast Wire", "\"Coast Wire\""), ("بوتين", "بوتين"), ("2021-11", "2021-11"), ("a \"b\"", "\"a b\"")]
    {
        assert_eq!(super::value(name), value);
        assert_eq!(parse(&format!("from:{value}"), false).parts().len(), 1);
    }
}

fn clauses() -> impl Strategy<Value = Clause> {
    let typed = prop::sample::select(vec!["بوتين", "وقال", "إِردوغان", "Moscow", "٢٠٢١", "x1"]);
    let words = prop::collection::vec(typed.prop_map(term), 1..4).boxed();
    let exact = |mut terms: Vec<Term>, exact: bool| {
        terms.iter_mut().for_each(|term| term.exact = exact);
        terms
    };
    let place = prop::sample::select(vec![Place::Anywhere, Place::Title]);
    let who = prop_oneof![
        words.clone().prop_map(Who::Named),
        prop::sample::select(vec!["putin", "per:x y", "=odd", "a|b"]).prop_map(|id| Who::Entity(EntityId(id.into()))),
    ]
    .boxed();
    let period = prop::sample::select(vec!["2021", "2021-11..2022", "..2021-02-03", "2020..", "yesterday", "last-month", "9d"]);
    prop_oneof![
        (words.clone(), any::<bool>(), place)
            .prop_map(move |(terms, is, place)| Clause::Words { terms: exact(terms, is), place }),
        who.clone().prop_map(Clause::About),
        who.prop_map(Clause::By),
        words.prop_map(Clause::From),
        period.prop_map(|typed| Clause::Date(period::read(typed).unwrap())),
        prop::sample::select(vec![State::Unread, State::Read, State::Starred]).prop_map(Clause::Is),
        prop::sample::select(vec!["x", "to do", "★"]).prop_map(|name| Clause::Tag { name: name.into(), open: false }),
        Just(Clause::HasNote),
        Just(Clause::Verb("denied".into())),
        Just(Clause::Kind(Manner::Mixed)),
        Just(Clause::Lang(Language::ARABIC)),
    ]
}

/// Trees as the parser makes them: no group directly within one of its kind or with a single part.
fn trees() -> impl Strategy<Value = Expr> {
    clauses().prop_map(Expr::Leaf).prop_recursive(4, 24, 4, |inner| {
        let inner = inner.boxed();
        let parts = prop::collection::vec(inner.clone(), 2..4).boxed();
        let flat = |is_same: fn(&Expr) -> bool| {
            move |parts: Vec<Expr>| parts.into_iter().filter(|part| !is_same(part)).collect::<Vec<_>>()
        };
        prop_oneof![
            parts
                .clone()
                .prop_map(flat(|part| matches!(part, Expr::All(_))))
                .prop_filter_map("too few", |parts| (parts.len() > 1).then_some(Expr::All(parts))),
            parts
                .prop_map(flat(|part| matches!(part, Expr::Any(_))))
                .prop_filter_map("too few", |parts| (parts.len() > 1).then_some(Expr::Any(parts))),
            inner.prop_map(not),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_shown_reads_as_the_same(parts in prop::collection::vec(trees(), 0..4), order in prop::sample::select(vec![Order::Best, Order::Newest, Order::Oldest])) {
        let parts = parts.into_iter().filter(|part| !matches!(part, Expr::All(_))).collect();
        let query = Query { root: Expr::All(parts), order };
        prop_assert_eq!(problems(&show(&query), false), vec![]);
        prop_assert_eq!(parse(&show(&query), false), query.clone(), "{}", show(&query));
    }

    #[test]
    fn nothing_typed_breaks_it(typed in "[\\PC\"«»()|=: \u{600}-\u{6FF}-]{0,40}", live: bool) {
        let query = parse(&typed, live);
        let again = parse(&show(&query), false);
        prop_assert_eq!(show(&again), show(&query));
        for problem in problems(&typed, live) {
            prop_assert!(typed.get(problem.span.range()).is_some());
        }
        for (at, _) in typed.char_indices() {
            completion(&typed, at);
        }
    }
}

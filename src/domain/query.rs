//! What is asked of an archive: a tree of conditions.

use super::{Dated, EntityId, Language, Manner};
use crate::text::{Word, without_article};

/// A question. Without conditions it asks for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What must hold.
    pub root: Expr,
    /// How the answer is ordered.
    pub order: Order,
}

/// Conditions put together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All of these hold; none of them: everything.
    All(Vec<Expr>),
    /// At least one of these holds.
    Any(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// One condition.
    Leaf(Clause),
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Clause {
    /// The article, or only its title, holds these words side by side; mostly it is one word.
    Words {
        /// The words in their order; at least one.
        terms: Vec<Term>,
        /// Where they must stand.
        place: Place,
    },
    /// The article mentions somebody or something.
    About(Who),
    /// The article holds a statement by somebody.
    By(Who),
    /// The article holds a statement with a verb of this family, by its label ("denied").
    Verb(String),
    /// The article holds a statement that is rendered so.
    Kind(Manner),
    /// The article came from an outlet whose name holds these words.
    From(Vec<Term>),
    /// The article was published at this time.
    Date(Period),
    /// The article is written in this language.
    Lang(Language),
    /// This was decided about the article.
    Is(State),
    /// The article bears this tag.
    Tag {
        /// Its name in folded form.
        name: String,
        /// Whether the name is still being typed and stands for all tags that begin with it.
        open: bool,
    },
    /// There is a note on the article.
    HasNote,
}

/// One word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word as typed, so that analysis sees what folding loses.
    pub typed: String,
    /// The word in folded form.
    pub folded: String,
    /// Whether its first alif was written with hamza or madda, which folding loses: then no ال stands there.
    pub seated: bool,
    /// Whether only this very form is meant (`=word`): no attached particles, no other spelling.
    pub exact: bool,
    /// Whether it is still being typed and stands for all words that begin with it.
    pub open: bool,
}

/// Where words must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the article, its title included.
    #[default]
    Anywhere,
    /// In the title.
    Title,
}

/// Somebody or something that is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// This entity.
    Entity(EntityId),
    /// Whatever some spelling of which holds these words.
    Named(Vec<Term>),
}

/// A time, to be worked out when the question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// From the first day of one date to the last day of another, both included; a missing end is open.
    Between(Option<Dated>, Option<Dated>),
    /// A stretch told from today.
    Recent(Recent),
}

/// Stretches of time that are told from today; weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recent {
    /// This day.
    Today,
    /// The day before it.
    Yesterday,
    /// The week, month or year in which today lies.
    This(Unit),
    /// The one before.
    Last(Unit),
    /// So many days up to today, today included.
    Days(u16),
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By how well articles answer; without words the newest first.
    #[default]
    Best,
    /// The newest first.
    Newest,
    /// The oldest first; articles without a date are last.
    Oldest,
}

/// A query that is kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// The query as it is typed.
    pub query: String,
}

/// What a reader decided about an article, or has not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
}

impl Query {
    /// Asks for all of these conditions.
    pub fn all(clauses: impl IntoIterator<Item = Clause>) -> Query {
        let root = Expr::All(clauses.into_iter().map(Expr::Leaf).collect());
        Query { root, order: Order::default() }
    }

    /// Asks for one condition more.
    pub fn and(&mut self, more: Expr) {
        match &mut self.root {
            Expr::All(parts) => parts.push(more),
            root => {
                let before = std::mem::take(root);
                *root = Expr::All(vec![before, more]);
            }
        }
    }

    /// The conditions that must all hold.
    pub fn parts(&self) -> &[Expr] {
        match &self.root {
            Expr::All(parts) => parts,
            root => std::slice::from_ref(root),
        }
    }

    /// Asks no longer for these of the conditions that must all hold.
    pub fn drop_parts(&mut self, is_dropped: impl Fn(&Expr) -> bool) {
        match &mut self.root {
            Expr::All(parts) => parts.retain(|part| !is_dropped(part)),
            root if is_dropped(root) => *root = Expr::default(),
            _ => {}
        }
    }

    /// Whether it asks for everything, in whatever order.
    pub fn is_empty(&self) -> bool {
        self.root == Expr::default()
    }

    /// All conditions in the order typed, those that are denied included.
    pub fn clauses(&self) -> Vec<&Clause> {
        let mut found = Vec::new();
        self.root.visit(false, &mut |clause, _| found.push(clause));
        found
    }

    /// The words that articles must or may hold, in the order typed.
    pub fn terms(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        self.root.visit(false, &mut |clause, denied| {
            if let (Clause::Words { terms, .. }, false) = (clause, denied) {
                found.extend(terms);
            }
        });
        found
    }
}

impl Default for Expr {
    fn default() -> Expr {
        Expr::All(Vec::new())
    }
}

impl Expr {
    /// Hands out every condition, with whether it is denied.
    pub fn visit<'a>(&'a self, denied: bool, each: &mut impl FnMut(&'a Clause, bool)) {
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| part.visit(denied, each)),
            Expr::Not(part) => part.visit(!denied, each),
            Expr::Leaf(clause) => each(clause, denied),
        }
    }
}

impl Term {
    /// A finished word of a text, in all its forms.
    pub fn of(word: Word, text: &str) -> Term {
        let typed = word.span.of(text).to_owned();
        Term { typed, folded: word.folded, seated: word.seated, exact: false, open: false }
    }

    /// The folded word without ال.
    pub fn bare(&self) -> &str {
        without_article(&self.folded, self.seated).unwrap_or(&self.folded)
    }
}

impl Clause {
    /// One word anywhere in the article.
    pub fn word(term: Term) -> Clause {
        Clause::Words { terms: vec![term], place: Place::Anywhere }
    }
}

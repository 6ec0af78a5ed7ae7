//! What is known: articles, names, statements, entities and queries as plain data with public fields.

mod article;
mod date;
mod decision;
mod entity;
mod explanation;
mod extraction;
mod facets;
mod hit;
mod language;
mod offer;
mod query;
mod said;
mod verb;

pub use article::{Article, ArticleId, Draft, Fault, Fields, Reading, Source};
pub use date::Dated;
pub use decision::{Change, Decision, Marks, Note, Passage, Step};
pub use entity::{Entity, EntityId, NameKey};
pub use explanation::{Explanation, Part, Suggestion, Way};
pub use extraction::{
    Bearer, Evidence, Extraction, Furniture, Header, Kind, Manner, Mention, Name, NameIndex, Office, Statement,
};
pub use facets::{Aspect, Facet, Facets, Timeline};
pub use hit::{Hit, Page, Progress, Report, Snippet};
pub use language::Language;
pub use offer::{Among, Offer};
pub use query::{Clause, Expr, Order, Period, Place, Query, Recent, Saved, State, Term, Unit, Who};
pub use said::{Card, Carrier, Excerpt, Reach, Speaker, Speakers, StatementId, Statements, UNKNOWN, UNNAMED};
pub use verb::{Family, Polarity};

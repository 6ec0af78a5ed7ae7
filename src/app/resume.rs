//! Where a reader left off, as a few lines of TOML: what was listed, which article was on show, how far it was scrolled.

use serde::{Deserialize, Serialize};

use super::{Anchor, Effect, Input, Model, Size, Topic, View, list::Landing};
use crate::domain::{ArticleId, EntityId, Kind};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Left {
    filter: String,
    article: Option<String>,
    near: usize,
    byte: u32,
    filters: Vec<String>,
    commands: Vec<String>,
    piped: Vec<String>,
    about: Vec<About>,
}

#[derive(Debug, Serialize, Deserialize)]
struct About {
    entity: String,
    kind: String,
    name: String,
}

const KINDS: [(&str, Kind); 5] = [
    ("person", Kind::Person),
    ("place", Kind::Place),
    ("organisation", Kind::Organisation),
    ("event", Kind::Event),
    ("document", Kind::Document),
];

impl Model {
    /// A program that goes on where another ended and left this text; what cannot be understood of it is passed over.
    pub fn resumed(title: &str, size: Size, left: &str) -> (Model, Vec<Effect>) {
        let (mut model, _) = Model::new(title, size);
        let left: Left = toml::from_str(left).unwrap_or_default();
        model.filter = Input::new(crate::text::clean_line(&left.filter));
        let lines = |lines: Vec<String>| lines.iter().map(|line| crate::text::clean_line(line)).collect();
        (model.filters, model.commands, model.piped) = (lines(left.filters), lines(left.commands), lines(left.piped));
        let topic = |about: About| {
            let (_, kind) = KINDS.iter().find(|(name, _)| *name == about.kind)?;
            Some(Topic { id: EntityId(about.entity), kind: *kind, name: crate::text::clean_line(&about.name) })
        };
        model.topics = left.about.into_iter().filter_map(topic).collect();
        let article: Option<ArticleId> = left.article.and_then(|id| id.parse().ok());
        model.left = article.map(|id| (id, left.byte));
        let landing = article.map_or(Landing::Top, |id| Landing::Go(Anchor { id, near: left.near }));
        let effects = model.ask(landing);
        (model, effects)
    }

    /// Where the reader stands, for [`Model::resumed`].
    pub fn place_left(&self) -> String {
        // The list of articles is what is resumed.
        let (filter, topics) = match self.view {
            View::Articles => (&self.filter, &self.topics),
            View::Statements => (&self.said.aside.0, &self.said.aside.1),
        };
        let about = topics.iter().filter_map(|topic| {
            let (kind, _) = KINDS.iter().find(|(_, kind)| *kind == topic.kind)?;
            Some(About { entity: topic.id.0.clone(), kind: (*kind).to_owned(), name: topic.name.clone() })
        });
        let left = Left {
            filter: filter.text().to_owned(),
            article: self.list.current().map(|hit| hit.id.to_string()),
            near: self.list.cursor,
            byte: self.reader.position(),
            filters: self.filters.clone(),
            commands: self.commands.clone(),
            piped: self.piped.clone(),
            about: about.collect(),
        };
        toml::to_string(&left).unwrap_or_default()
    }
}

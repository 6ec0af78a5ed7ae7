//! The fields of the grammar: their names, also in Arabic, and the values that are known beforehand.

use crate::domain::Manner;

/// A field of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who speaks.
    By,
    /// Who or what is mentioned.
    About,
    /// The outlet.
    From,
    /// When it was published.
    Date,
    /// The language.
    Lang,
    /// A tag that it bears.
    Tag,
    /// What was decided.
    Is,
    /// What is there.
    Has,
    /// The family of the verb with which somebody speaks.
    Verb,
    /// How a statement is rendered.
    Kind,
    /// Words of the title.
    Title,
    /// The order of the answer.
    Sort,
}

/// A field, its name in the grammar, its name in Arabic, and what it is for.
type Row = (Field, &'static str, &'static str, &'static str);

const FIELDS: [Row; 12] = [
    (Field::By, "by", "قائل", "who says something in it"),
    (Field::About, "about", "عن", "whom or what it mentions"),
    (Field::From, "from", "من", "the outlet"),
    (Field::Date, "date", "تاريخ", "when it was published: 2021-11, 2020..2021, \"last week\""),
    (Field::Lang, "lang", "لغة", "the language: ar, en, ru"),
    (Field::Tag, "tag", "وسم", "a tag that it bears"),
    (Field::Is, "is", "حالة", "unread, read or starred"),
    (Field::Has, "has", "فيه", "note"),
    (Field::Verb, "verb", "فعل", "how somebody speaks in it: denied, accused, promised"),
    (Field::Kind, "kind", "نوع", "how somebody is reported in it: direct, indirect or mixed"),
    (Field::Title, "title", "عنوان", "words of its title"),
    (Field::Sort, "sort", "ترتيب", "the order: best, newest or oldest"),
];

/// States that can be asked for with `is:`.
pub(super) const STATES: &[&str] = &["unread", "read", "starred"];
/// What can be asked for with `has:`.
pub(super) const PARTS: &[&str] = &["note"];
/// Orders that can be asked for with `sort:`.
pub(super) const ORDERS: &[&str] = &["best", "newest", "oldest"];
/// Families of verbs that can be asked for with `verb:`.
pub(super) const VERBS: &[&str] =
    &["said", "accused", "denied", "warned", "promised", "called", "expressed", "described", "showed", "relayed"];

/// Kinds of statements that can be asked for with `kind:`, also in Arabic.
pub(super) const KINDS: &[&str] = &["direct", "indirect", "mixed", "مباشر", "منقول", "مختلط"];

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<Manner> {
    let place = KINDS.iter().position(|known| *known == name)?;
    Some(Manner::ALL[place % Manner::ALL.len()])
}

impl Field {
    /// The field of this name, in whatever case.
    pub fn of_name(name: &str) -> Option<Field> {
        let lower = name.to_lowercase();
        FIELDS.iter().find(|(_, latin, arabic, _)| *latin == lower || *arabic == name).map(|(field, ..)| *field)
    }

    /// All fields in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, ..)| *field)
    }

    /// Its name: `by`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Its other name: `قائل`.
    pub fn arabic_name(self) -> &'static str {
        self.row().2
    }

    /// What it asks for, in a few words.
    pub fn help(self) -> &'static str {
        self.row().3
    }

    /// The values that are known beforehand; none where the archive knows them.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Field::Is => STATES,
            Field::Has => PARTS,
            Field::Sort => ORDERS,
            Field::Verb => VERBS,
            Field::Kind => KINDS,
            _ => &[],
        }
    }

    fn row(self) -> &'static Row {
        FIELDS.iter().find(|(field, ..)| *field == self).expect("every field has a row")
    }
}

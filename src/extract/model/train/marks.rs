//! Annotations kept apart from the texts they were made on: a line for each article, which fits one text only.
//!
//! `ID ⇥ CHECKSUM ⇥ 12+8PER 33+4LOC? …`: where each name begins and how many code points it has, its kind, and `?` where the annotator was
//! torn. The checksum is the beginning of the text's BLAKE3.

use std::fmt::{self, Display};

use super::{Article, GoldName};
use crate::{domain::Kind, text::Span};

/// A name as annotated, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where it begins.
    pub start: usize,
    /// How long it is.
    pub length: usize,
    /// What it names.
    pub kind: Kind,
    /// Whether the annotator was torn.
    pub optional: bool,
}

/// The annotation of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The article's id in its corpus.
    pub id: String,
    /// The checksum of the text.
    pub checksum: String,
    /// The names in order of the text.
    pub names: Vec<Mark>,
}

/// Why an annotation cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A line that is none.
    Malformed(String),
    /// The text is another one.
    OtherText(String),
    /// A name lies beyond the end of the text.
    Beyond(String),
}

impl Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::Malformed(what) => write!(out, "not an annotation: {what:?}"),
            Misfit::OtherText(id) => write!(out, "{id}: the text is not the one that was annotated"),
            Misfit::Beyond(id) => write!(out, "{id}: a name lies beyond the end of the text"),
        }
    }
}

impl std::error::Error for Misfit {}

/// What an annotation says of the text it was made on.
pub fn checksum(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

impl Marks {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Marks, Misfit> {
        let malformed = |what: &str| Misfit::Malformed(what.to_owned());
        let mut fields = line.split('\t');
        let (Some(id), Some(checksum), Some(names), None) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
            return Err(malformed(line));
        };
        let names = names.split_whitespace().map(|name| mark(name).ok_or_else(|| malformed(name)));
        Ok(Marks { id: id.to_owned(), checksum: checksum.to_owned(), names: names.collect::<Result<_, _>>()? })
    }

    /// The names on which two annotators agree; what only one of them has, or is sure of, is optional.
    #[must_use]
    pub fn agreed(&self, other: &Marks) -> Marks {
        let place = |mark: &Mark| (mark.start, mark.length, mark.kind);
        let mut names: Vec<Mark> = self.names.clone();
        for mark in &mut names {
            let sure = other.names.iter().any(|theirs| place(theirs) == place(mark) && !theirs.optional);
            mark.optional |= !sure;
        }
        let free = |theirs: &&Mark| names.iter().all(|own| place(own) != place(theirs));
        let more: Vec<Mark> = other.names.iter().filter(free).map(|theirs| Mark { optional: true, ..*theirs }).collect();
        names.extend(more);
        names.sort_unstable();
        Marks { names, ..self.clone() }
    }

    /// The annotated article, if `text` is the one that was annotated.
    pub fn article(&self, text: &str) -> Result<Article, Misfit> {
        if checksum(text) != self.checksum {
            return Err(Misfit::OtherText(self.id.clone()));
        }
        let mut starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
        starts.push(text.len());
        let name = |mark: &Mark| {
            let span = Span::new(*starts.get(mark.start)?, *starts.get(mark.start + mark.length)?);
            Some(GoldName { span, kind: mark.kind, optional: mark.optional })
        };
        let names: Option<Vec<GoldName>> = self.names.iter().map(name).collect();
        let names = names.ok_or_else(|| Misfit::Beyond(self.id.clone()))?;
        Ok(Article { text: text.to_owned(), names, page: Vec::new() })
    }
}

impl Display for Marks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}\t{}\t", self.id, self.checksum)?;
        for (number, mark) in self.names.iter().enumerate() {
            let (blank, torn) = (if number > 0 { " " } else { "" }, if mark.optional { "?" } else { "" });
            write!(out, "{blank}{}+{}{}{torn}", mark.start, mark.length, mark.kind.label())?;
        }
        Ok(())
    }
}

fn mark(written: &str) -> Option<Mark> {
    let (sure, optional) = written.strip_suffix('?').map_or((written, false), |sure| (sure, true));
    let (start, rest) = sure.split_once('+')?;
    let (length, kind) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
    Some(Mark { start: start.parse().ok()?, length: length.parse().ok()?, kind: Kind::from_label(kind)?, optional })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(names: &str) -> Marks {
        Marks::parse(&format!("a-1\t{}\t{names}", checksum("زار سمير باريس"))).unwrap()
    }

    #[test]
    fn a_line_is_read_and_written_back() {
        let marks = line("4+4PER 9+5LOC?");
        assert_eq!(Marks::parse(&marks.to_string()), Ok(marks));
        assert_eq!(Marks::parse("a-1\t00"), Err(Misfit::Malformed("a-1\t00".to_owned())));
        assert_eq!(Marks::parse("a\t0\t4-4PER"), Err(Misfit::Malformed("4-4PER".to_owned())));
    }

    #[test]
    fn names_are_found_in_the_text_they_were_made_on_and_in_no_other() {
        let marks = line("4+4PER 9+5LOC?");
        let article = marks.article("زار سمير باريس").unwrap();
        let names: Vec<_> = article.names.iter().map(|name| (name.span.of(&article.text), name.kind, name.optional)).collect();
        assert_eq!(names, [("سمير", Kind::Person, false), ("باريس", Kind::Place, true)]);
        assert_eq!(marks.article("زار سمير باريس."), Err(Misfit::OtherText("a-1".to_owned())));
        assert_eq!(line("4+40PER").article("زار سمير باريس"), Err(Misfit::Beyond("a-1".to_owned())));
    }

    #[test]
    fn what_one_annotator_alone_is_sure_of_is_optional() {
        let agreed = line("4+4PER 9+5LOC").agreed(&line("0+3ORG 4+4PER 9+5ORG"));
        assert_eq!(agreed, line("0+3ORG? 4+4PER 9+5LOC? 9+5ORG?"));
        assert_eq!(line("4+4PER?").agreed(&line("4+4PER")), line("4+4PER?"));
    }
}

//! Where terms stand in the dictionaries of the segments: a query asks for the same few again and again, in every tier and with
//! every further letter.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use anyhow::Result;
use tantivy::postings::TermInfo;

use super::{
    begun::Begun,
    snapshot::{Place, Segment, Snapshot},
};
use crate::store::forms::{written_beginnings, written_terms};

/// The terms that were looked up in one state of the index.
#[derive(Default)]
pub(super) struct Dictionary {
    /// In the order of [`Place`]; for each term what each segment knows of it.
    known: [RefCell<HashMap<String, Entry>>; Place::COUNT],
    /// The terms behind what was typed last.
    pub(super) begun: RefCell<Begun>,
}

/// What each segment knows of a term, in their order.
type Entry = Arc<[Option<TermInfo>]>;

/// At twenty segments these are a megabyte in each place.
const MOST_KNOWN: usize = 1024;

impl Snapshot {
    /// The segments that hold a term, with what they know of it.
    pub(super) fn holding(&self, place: Place, term: &str) -> Result<impl Iterator<Item = (&Segment, TermInfo)>> {
        let entry = self.entry(place, term)?;
        let segments = self.segments.iter().enumerate();
        Ok(segments.filter_map(move |(nth, segment)| Some((segment, entry.get(nth)?.clone()?))))
    }

    /// How many documents hold a term, deleted ones included.
    pub(super) fn often(&self, place: Place, term: &str) -> Result<u64> {
        Ok(self.entry(place, term)?.iter().flatten().map(|info| u64::from(info.doc_freq)).sum())
    }

    /// In how many documents a word is written, with or without a hamza, deleted ones included.
    pub(super) fn written(&self, place: Place, word: &str) -> Result<u64> {
        written_terms(word).iter().map(|term| self.often(place, term)).sum()
    }

    /// Whether any word is written that begins so.
    pub(super) fn begins(&self, place: Place, word: &str) -> Result<bool> {
        let beginnings = written_beginnings(word);
        for segment in &self.segments {
            for beginning in &beginnings {
                let mut terms = segment.words(place).terms().range().ge(beginning).into_stream()?;
                if terms.advance() && terms.key().starts_with(beginning.as_bytes()) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn entry(&self, place: Place, term: &str) -> Result<Entry> {
        let known = &self.dictionary.known[place as usize];
        if let Some(entry) = known.borrow().get(term) {
            return Ok(entry.clone());
        }
        let entry: Entry =
            self.segments.iter().map(|segment| segment.words(place).terms().get(term)).collect::<std::io::Result<_>>()?;
        let mut known = known.borrow_mut();
        if known.len() == MOST_KNOWN {
            known.clear();
        }
        known.insert(term.to_owned(), entry.clone());
        Ok(entry)
    }
}

//! What an archive knows by name that begins as somebody has typed: to complete a query.

use anyhow::Result;

use super::{
    Archive,
    blob::kind_of,
    index::{Place, Watch},
    schema,
    spellings::{self, bare},
};
use crate::{
    domain::{Among, Dated, Offer},
    text::words,
};

/// Names are looked at so many at a time before it is asked whether anybody still waits for them.
const STRETCH: usize = 256;

impl Archive {
    /// What the archive knows that begins so, at most so many, the most frequent first; `None` where `watch` broke it off.
    ///
    /// Beginnings are compared as searches compare words: each word typed begins a word of some spelling. Counts are of articles
    /// of the whole archive, and left out where they are not known at once.
    ///
    /// # Errors
    /// When archive, index or decisions cannot be read.
    pub fn offers(&mut self, among: Among, begun: &str, most: usize, watch: Watch<'_>) -> Result<Option<Vec<Offer>>> {
        let offers = self.begun(among, begun, most, watch);
        schema::explained(&self.folder, offers)
    }

    fn begun(&mut self, among: Among, begun: &str, most: usize, watch: Watch<'_>) -> Result<Option<Vec<Offer>>> {
        let asked: Vec<String> = words(begun).into_iter().map(|word| bare(&word).to_owned()).collect();
        let mut offers = match among {
            Among::Speakers | Among::Names => return self.names_begun(among, &asked, most, watch),
            Among::Outlets => self.keys_begun(Place::Outlet, &asked, watch)?,
            Among::Languages => self.keys_begun(Place::Language, &asked, watch)?,
            Among::Tags => Some(tags(self.journal.tags()?, &asked)),
            Among::Dates => Some(dates(&self.dates()?, begun.trim())),
        };
        if let Some(offers) = &mut offers {
            offers.truncate(most);
        }
        Ok(offers)
    }

    /// Entities from the most frequent down; of speakers those that say something, by in how many articles they do.
    fn names_begun(&mut self, among: Among, asked: &[String], most: usize, watch: Watch<'_>) -> Result<Option<Vec<Offer>>> {
        let mut found = Vec::new();
        {
            let mut select = self.db.prepare_cached(
                "SELECT number, kind, name, articles, folded || ' ' || replace(id, '_', ' ') FROM entity
                 WHERE articles > 0 ORDER BY articles DESC",
            )?;
            let mut rows = select.query([])?;
            let mut seen = 0;
            // Of those who are often mentioned not all speak.
            let enough = if among == Among::Speakers { most * 3 } else { most };
            while let Some(row) = rows.next()? {
                seen += 1;
                if seen % STRETCH == 0 && watch().is_break() {
                    return Ok(None);
                }
                let folded = row.get_ref(4)?.as_str()?;
                if asked.iter().all(|word| begins(folded.split(' '), word)) {
                    let number: i64 = row.get(0)?;
                    let kind = kind_of(row.get::<_, i64>(1)?.cast_unsigned())?;
                    let articles = row.get::<_, i64>(3)?.unsigned_abs();
                    found.push((number, Offer { name: row.get(2)?, kind: Some(kind), articles: Some(articles) }));
                    if found.len() >= enough {
                        break;
                    }
                }
            }
        }
        if among == Among::Names {
            return Ok(Some(found.into_iter().map(|(_, offer)| offer).collect()));
        }
        let mut speakers = Vec::new();
        for (number, offer) in found {
            if watch().is_break() {
                return Ok(None);
            }
            let keys = spellings::keys_of(&self.db, number)?;
            let articles = self.engine()?.holding(Place::Speaker, &keys)?;
            if articles > 0 {
                speakers.push(Offer { articles: Some(articles as u64), ..offer });
            }
        }
        speakers.sort_by_key(|offer| std::cmp::Reverse(offer.articles));
        speakers.truncate(most);
        Ok(Some(speakers))
    }

    fn keys_begun(&mut self, place: Place, asked: &[String], watch: Watch<'_>) -> Result<Option<Vec<Offer>>> {
        let engine = self.engine()?;
        let Some(counted) = engine.keys(&engine.everything(), place, watch)? else { return Ok(None) };
        let offer = |(name, articles): (String, usize)| Offer { name, kind: None, articles: Some(articles as u64) };
        Ok(Some(counted.into_iter().filter(|(name, _)| is_begun(name, asked)).map(offer).collect()))
    }

    fn dates(&mut self) -> Result<Vec<(u32, usize)>> {
        let engine = self.engine()?;
        Ok(engine.dates(&engine.everything()))
    }
}

/// Whether each of these words begins a word of a name.
fn is_begun(name: &str, asked: &[String]) -> bool {
    let its = words(name);
    asked.iter().all(|word| begins(its.iter().map(bare), word))
}

fn begins<'a>(mut words: impl Iterator<Item = &'a str>, begun: &str) -> bool {
    words.any(|word| word.starts_with(begun))
}

fn tags(tags: Vec<(String, u64)>, asked: &[String]) -> Vec<Offer> {
    let offer = |(name, articles)| Offer { name, kind: None, articles: Some(articles) };
    tags.into_iter().filter(|(name, _)| is_begun(name, asked)).map(offer).collect()
}

/// The years that begin so, or the months of one; the newest first.
fn dates(dates: &[(u32, usize)], begun: &str) -> Vec<Offer> {
    let begun = crate::text::fold(begun).replace('/', "-");
    let months = begun.len() >= 4;
    let mut found: Vec<(Dated, u64)> = Vec::new();
    for (key, articles) in dates {
        let key = if months { key / 100 * 100 } else { key / 10_000 * 10_000 };
        let Some(date) = Dated::from_sort_key(key).filter(|date| date.to_string().starts_with(&begun)) else { continue };
        match found.last_mut() {
            Some((last, count)) if *last == date => *count += *articles as u64,
            _ => found.push((date, *articles as u64)),
        }
    }
    let offer = |(date, articles): (Dated, u64)| Offer { name: date.to_string(), kind: None, articles: Some(articles) };
    found.into_iter().rev().map(offer).collect()
}

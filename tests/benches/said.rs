//! How long the view of statements waits for its answers, in time of this thread (other work on the machine does not count): the
//! first screen of a frequent speaker, and who speaks in the whole archive.
//!
//! `QALA_ARCHIVE=folder cargo bench --bench said`, the archive being read only; without the variable nothing is measured.

use std::path::PathBuf;

use cpu_time::ThreadTime;
use qala::{
    domain::{Clause, Order, Query, UNNAMED, Who},
    store::{Access, Archive},
};

/// A screen of cards, as the browser asks for it.
const WINDOW: usize = 60;

/// As many speakers as the browser lists.
const SPEAKERS: usize = 400;

/// So many of the most frequent ones are asked for.
const ASKED: usize = 20;

fn main() -> anyhow::Result<()> {
    let Some(folder) = std::env::var_os("QALA_ARCHIVE").map(PathBuf::from) else {
        println!("skipped: QALA_ARCHIVE does not name an archive");
        return Ok(());
    };
    let mut archive = Archive::open(&folder, Access::Read)?;
    let newest = |clauses: Vec<Clause>| Query { order: Order::Newest, ..Query::all(clauses) };
    let started = ThreadTime::now();
    let all = archive.said(&newest(Vec::new()), 0..WINDOW)?;
    println!("index opened and first screen of {} cards: {:.1} ms", all.total, ms(started));
    let started = ThreadTime::now();
    let speakers = archive.speakers(&newest(Vec::new()), SPEAKERS)?;
    println!("who speaks in all of them: {:.1} ms", ms(started));

    let (mut pages, mut opened) = (Vec::new(), Vec::new());
    let mut asked: Vec<_> = speakers.named.iter().take(ASKED).map(|speaker| (speaker.who.id.clone(), speaker.cards)).collect();
    asked.push((qala::domain::EntityId(UNNAMED.to_owned()), speakers.unnamed_cards));
    for (id, cards) in asked {
        let query = newest(vec![Clause::By(Who::Entity(id.clone()))]);
        let started = ThreadTime::now();
        let page = archive.said(&query, 0..WINDOW)?;
        let took = ms(started);
        println!("{took:8.1} ms  {id}, {} of {cards} cards", page.total);
        pages.push(took);
        let Some(card) = page.cards.iter().max_by_key(|card| card.carriers.len()) else { continue };
        let started = ThreadTime::now();
        archive.carriers(card.id, 100)?;
        opened.push(ms(started));
    }
    for (what, mut times) in [("a speaker's first screen", pages), ("the carriers of a statement", opened)] {
        times.sort_by(f64::total_cmp);
        let (Some(most), Some(middle)) = (times.last(), times.get(times.len() / 2)) else { continue };
        println!("{what}: median {middle:.1} ms, at most {most:.1} ms");
    }
    Ok(())
}

fn ms(started: ThreadTime) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

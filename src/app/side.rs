//! On which side the screen begins: on the right where most of what is listed is written from right to left.

use std::str::FromStr;

use crate::domain::{Hit, Language};

/// The side of the screen on which everything begins: the list lies there, and with it each line's name, bar and first words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The left, as for English.
    #[default]
    Left,
    /// The right, as for Arabic.
    Right,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// What the reader wishes of the side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// The side that suits the articles.
    #[default]
    Auto,
    /// Always the left.
    Ltr,
    /// Always the right.
    Rtl,
}

impl Layout {
    /// All of them.
    pub const ALL: [Layout; 3] = [Layout::Auto, Layout::Ltr, Layout::Rtl];

    /// What configuration and command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Auto => "auto",
            Layout::Ltr => "ltr",
            Layout::Rtl => "rtl",
        }
    }
}

impl FromStr for Layout {
    type Err = String;

    fn from_str(name: &str) -> Result<Layout, String> {
        let known = Layout::ALL.into_iter().find(|layout| layout.name() == name);
        known.ok_or_else(|| format!("there is no layout '{name}'; there are auto, ltr and rtl"))
    }
}

/// The side for an archive that begins with these articles, which lay on `now` so far. It changes only when the share of articles
/// from right to left is clear, so that new articles do not turn the screen to and fro.
pub(super) fn suiting(hits: &[Hit], now: Side) -> Side {
    let known = || hits.iter().filter(|hit| hit.language != Language::UNKNOWN);
    let (rtl, all) = (known().filter(|hit| hit.language.is_rtl()).count(), known().count());
    match now {
        Side::Left if rtl * 3 > all * 2 => Side::Right,
        Side::Right if rtl * 2 < all => Side::Left,
        now => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Marks, Source};

    fn hits(rtl: usize, ltr: usize, unknown: usize) -> Vec<Hit> {
        let hit = |language: Language| Hit {
            id: ArticleId(0),
            title: String::new(),
            title_hits: Vec::new(),
            published: None,
            outlet: None,
            language,
            source: Source { file: String::new(), item: None },
            score: 0.0,
            marks: Marks::default(),
        };
        let many = |language, times| std::iter::repeat_n(hit(language), times);
        many(Language::ARABIC, rtl).chain(many(Language::ENGLISH, ltr)).chain(many(Language::UNKNOWN, unknown)).collect()
    }

    #[test]
    fn the_side_changes_only_for_a_clear_majority() {
        for (rtl, ltr, unknown, from_left, from_right) in [
            (0, 0, 0, Side::Left, Side::Right),
            (0, 0, 9, Side::Left, Side::Right),
            (1, 0, 9, Side::Right, Side::Right),
            (3, 2, 0, Side::Left, Side::Right),
            (5, 5, 0, Side::Left, Side::Right),
            (4, 5, 0, Side::Left, Side::Left),
            (7, 3, 0, Side::Right, Side::Right),
        ] {
            let hits = hits(rtl, ltr, unknown);
            assert_eq!(suiting(&hits, Side::Left), from_left, "{rtl} {ltr} {unknown}");
            assert_eq!(suiting(&hits, Side::Right), from_right, "{rtl} {ltr} {unknown}");
        }
    }
}

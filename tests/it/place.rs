//! A place with news and an archive of them, and short ways to decide something about its articles.

use std::{fs, ops::ControlFlow, path::PathBuf};

use qala::{
    domain::{ArticleId, Change, Decision, Marks, Query},
    store::{Access, Archive},
};
use tempfile::TempDir;

/// A folder with news and the archive made of them.
pub struct Place {
    root: TempDir,
}

impl Place {
    /// One article for each text, read from `0.txt`, `1.txt` and so on.
    pub fn of(texts: &[&str]) -> Place {
        let place = Place { root: tempfile::tempdir().unwrap() };
        for (n, text) in texts.iter().enumerate() {
            place.write(&format!("{n}.txt"), text);
        }
        place.import();
        place
    }

    pub fn archive(&self) -> PathBuf {
        self.root.path().join("archive")
    }

    fn news(&self) -> PathBuf {
        self.root.path().join("news")
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.news()).unwrap();
        fs::write(self.news().join(name), text).unwrap();
    }

    pub fn import(&self) {
        let mut archive = Archive::open(&self.archive(), Access::Write).unwrap();
        archive.import(&[self.news()], &mut |_| ControlFlow::Continue(())).unwrap();
    }

    pub fn open(&self) -> Archive {
        Archive::open(&self.archive(), Access::Read).unwrap()
    }
}

pub fn change(text: &str, decision: Decision) -> Change {
    Change { article: ArticleId::of(text), decision }
}

/// Makes a step of one change.
pub fn decide(archive: &mut Archive, text: &str, decision: Decision) {
    archive.decide("step", &[change(text, decision)]).unwrap();
}

pub fn tag(name: &str) -> Decision {
    Decision::Tag(name.into(), true)
}

pub fn marks(archive: &mut Archive, text: &str) -> Marks {
    archive.read(ArticleId::of(text), &Query::default()).unwrap().unwrap().marks
}

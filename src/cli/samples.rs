//! The articles that come with the program, for a first look without any files.

use std::{fs, io, path::Path};

/// Every sample file with its name. The texts were written for qala about real, public events.
const FILES: &[(&str, &str)] = &[
    ("ar-channel.jsonl", include_str!("../samples/ar-channel.jsonl")),
    ("ar-portal-al-haouz.txt", include_str!("../samples/ar-portal-al-haouz.txt")),
    ("ar-portal-grain-deal.txt", include_str!("../samples/ar-portal-grain-deal.txt")),
    ("ar-portal-grand-museum.txt", include_str!("../samples/ar-portal-grand-museum.txt")),
    ("ar-portal-hope-probe.txt", include_str!("../samples/ar-portal-hope-probe.txt")),
    ("ar-portal-naqoura.txt", include_str!("../samples/ar-portal-naqoura.txt")),
    ("ar-portal-suez-canal.txt", include_str!("../samples/ar-portal-suez-canal.txt")),
    ("ar-wire.jsonl", include_str!("../samples/ar-wire.jsonl")),
    ("en-broadcasting-jeddah.txt", include_str!("../samples/en-broadcasting-jeddah.txt")),
    ("en-broadcasting-suez.txt", include_str!("../samples/en-broadcasting-suez.txt")),
    ("en-courier-abiy-nobel.txt", include_str!("../samples/en-courier-abiy-nobel.txt")),
    ("en-courier-webb.txt", include_str!("../samples/en-courier-webb.txt")),
    ("en-wire.jsonl", include_str!("../samples/en-wire.jsonl")),
];

/// Lays the sample files into `folder`; those that lie there already stay untouched, so that a second start imports nothing.
pub(super) fn lay_out(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in FILES {
        let path = folder.join(name);
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    #[test]
    fn all_samples_are_articles() {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path()).unwrap();
        let (files, faults) = crate::read::list(&[folder.path().to_owned()]);
        let mut languages = (0, 0);
        for file in files {
            crate::read::drafts(&file, crate::extract::date_of, &mut |draft| {
                let arabic = draft.unwrap().text.chars().any(|c| ('\u{620}'..='\u{64A}').contains(&c));
                languages = if arabic { (languages.0 + 1, languages.1) } else { (languages.0, languages.1 + 1) };
                ControlFlow::Continue(())
            });
        }
        assert_eq!((faults, languages), (Vec::new(), (16, 8)));
    }
}

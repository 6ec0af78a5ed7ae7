//! Markdown: one article; the simple `key: value` lines of its front matter become its fields.

use std::fs::File;

use super::{
    Each,
    dates::{self, ReadDate},
    fault,
    jsonl::record_text,
    plain,
};
use crate::{
    domain::{Draft, Fields, Source},
    text::clean_line,
};

/// Reads a file that holds one article, with or without front matter between lines of `---`.
pub(super) fn read(bytes: File, source: Source, date: ReadDate, each: Each<'_>) {
    let Some(text) = plain::text(bytes, &source, each) else { return };
    let mut unread = None;
    let draft = match front_matter(&text, date, &mut unread) {
        Some((fields, body)) => Draft { source, text: record_text(fields.title.as_deref(), body), fields },
        None => Draft { source, text, fields: Fields::default() },
    };
    if let Some(complaint) = unread
        && each(Err(fault(&draft.source, complaint))).is_break()
    {
        return;
    }
    let _ = each(Ok(draft));
}

/// The fields and the text behind them; `unread` receives what is to be said of a date.
fn front_matter<'t>(text: &'t str, date: ReadDate, unread: &mut Option<String>) -> Option<(Fields, &'t str)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut fields = Fields::default();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return Some((fields, rest[at..].trim_start_matches(['\r', '\n'])));
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => fields.title = Some(clean_line(value)),
            "date" => {
                fields.published = dates::of_text(value, date);
                *unread = fields.published.is_none().then(|| dates::complaint(value));
            }
            "source" | "outlet" => fields.outlet = Some(clean_line(value)),
            "url" | "link" => fields.url = Some(clean_line(value)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::{domain::Fields, read::testing::read};

    #[test]
    fn front_matter_becomes_fields() {
        let (drafts, _) =
            read("a.md", "---\ntitle: \"القمة\"\ndate: 2021-11-26\nsource: Sample Wire\ntags: [a]\n---\n\nنص.\n".as_bytes());
        assert_eq!(drafts[0].text, "القمة\n\nنص.\n");
        let expected = Fields {
            title: Some("القمة".into()),
            published: "2021-11-26".parse().ok(),
            outlet: Some("Sample Wire".into()),
            url: None,
        };
        assert_eq!(drafts[0].fields, expected);
    }

    #[test]
    fn dates_are_understood_or_reported() {
        for (date, complaints) in [("26 Nov 2021", 0), ("soon", 1)] {
            let (drafts, faults) = read("a.md", format!("---\ndate: {date}\n---\nHe said so.\n").as_bytes());
            assert_eq!((drafts[0].fields.published.is_some(), faults.len()), (complaints == 0, complaints));
        }
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        let text = "---\nHe said so.\n";
        let (drafts, _) = read("a.md", text.as_bytes());
        assert_eq!((drafts[0].text.as_str(), &drafts[0].fields), (text, &Fields::default()));
    }
}

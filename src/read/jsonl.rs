//! JSON Lines: one object with an article on each line.

use std::{
    collections::HashSet,
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader, Read, Seek},
    ops::ControlFlow,
};

use encoding_rs::UTF_8;
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Each, LARGEST_ARTICLE,
    dates::{self, ReadDate},
    encoding, fault, says,
};
use crate::{
    domain::{Draft, Fields, Source},
    text::{clean, clean_line},
};

/// How much of a file is looked at to tell its encoding, in bytes.
const SAMPLE: u64 = 1 << 16;

const MENDED: &str = "has characters that are no Unicode; they were read as U+FFFD";

/// A line as it may be written; unknown fields are passed over.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Value,
    /// Another name for `date`; what `qala show --json` prints has it.
    #[serde(default)]
    published: Value,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// Reads a file of any length, a line at a time.
pub(super) fn read(mut bytes: File, whole: Source, date: ReadDate, each: Each<'_>) {
    let mut sample = Vec::new();
    let looked = bytes.by_ref().take(SAMPLE).read_to_end(&mut sample).and_then(|_| bytes.rewind());
    if let Err(error) = looked {
        let _ = each(Err(fault(&whole, says(&error))));
        return;
    }
    if sample.iter().all(u8::is_ascii_whitespace) {
        let _ = each(Err(fault(&whole, "is empty")));
        return;
    }
    let encoding = match encoding::guess(&sample) {
        Ok(encoding) => encoding,
        Err(reason) => {
            let _ = each(Err(fault(&whole, reason)));
            return;
        }
    };
    // UTF-8 passes as it is, so that broken bytes are seen in their line.
    let other = (encoding != UTF_8).then_some(encoding);
    let decoder = DecodeReaderBytesBuilder::new().encoding(other).utf8_passthru(true).build(bytes);
    let mut lines = BufReader::with_capacity(1 << 20, decoder);
    let mut line = Vec::new();
    let mut items = Items::default();
    for number in 1u64.. {
        line.clear();
        let source = || Source { file: whole.file.clone(), item: Some(number.to_string()) };
        let result = match lines.by_ref().take(LARGEST_ARTICLE).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Err(error) => {
                let _ = each(Err(fault(&source(), says(&error))));
                return;
            }
            Ok(_) if line.len() as u64 == LARGEST_ARTICLE && line.last() != Some(&b'\n') => {
                if let Err(error) = skip_line(&mut lines) {
                    let _ = each(Err(fault(&source(), says(&error))));
                    return;
                }
                Err(fault(&source(), format!("is a line of more than {} MiB", LARGEST_ARTICLE >> 20)))
            }
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(_) => {
                let found = draft(&line, source(), date).map(|found| (found, None)).or_else(|fault| {
                    let mended = mended(&line).and_then(|line| draft(&line, source(), date).ok());
                    mended.map(|found| (found, Some(MENDED))).ok_or(fault)
                });
                match found {
                    Ok(((found, unread), mended)) => {
                        let notices = mended.map(str::to_owned).into_iter().chain(unread);
                        for reason in notices {
                            if each(Err(fault(&source(), reason))).is_break() {
                                return;
                            }
                        }
                        Ok(items.told_apart(found, number))
                    }
                    Err(found) => Err(found),
                }
            }
        };
        if let ControlFlow::Break(()) = each(result) {
            return;
        }
    }
}

/// The places that were taken in one file, as digests: a file may hold millions of records.
#[derive(Default)]
struct Items {
    taken: HashSet<u64>,
}

impl Items {
    /// Gives a record whose id stood on an earlier line already a place of its own, so that neither replaces the other.
    fn told_apart(&mut self, mut draft: Draft, line: u64) -> Draft {
        if let Some(item) = &draft.source.item
            && !self.take(item)
        {
            let own = format!("{item} (line {line})");
            self.take(&own);
            draft.source.item = Some(own);
        }
        draft
    }

    fn take(&mut self, item: &str) -> bool {
        let mut digest = DefaultHasher::new();
        item.hash(&mut digest);
        self.taken.insert(digest.finish())
    }
}

fn skip_line(lines: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let (used, done) = match lines.fill_buf()? {
            [] => return Ok(()),
            buffer => match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            },
        };
        lines.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// The line with U+FFFD for what no text can hold, bytes that are not UTF-8 and halves of surrogate pairs; `None` where that
/// changes nothing.
fn mended(line: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(line);
    let mut mended = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let (length, is_half) = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(_), _) => (6, true),
            (None, _) => (escape.chars().take(2).map(char::len_utf8).sum(), false),
        };
        let (escape, behind) = escape.split_at(length);
        mended.push_str(if is_half { "\u{FFFD}" } else { escape });
        rest = behind;
    }
    mended.push_str(rest);
    (mended.as_bytes() != line).then(|| mended.into_bytes())
}

/// The half of a surrogate pair that an escape at the beginning of `text` stands for.
fn surrogate(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|code| (0xD800..=0xDFFF).contains(code))
}

/// The article of a line, and what is to be said of the date that it states.
fn draft(line: &[u8], source: Source, date: ReadDate) -> Result<(Draft, Option<String>), crate::domain::Fault> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_end();
    if !line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<Value>(line).is_ok() {
        return Err(fault(&source, "is no article record: an object with a text is needed"));
    }
    // Checked at once, a line costs far less than when the parser checks its strings; what is no UTF-8 it shall tell itself.
    let record = match UTF_8.decode_without_bom_handling_and_without_replacement(line) {
        Some(line) => serde_json::from_str(&line),
        None => serde_json::from_slice(line),
    };
    let record: Record = record.map_err(|error| {
        let what = if error.is_data() { "is no article record" } else { "is no JSON" };
        // The line of the file is told by the source; to the parser each line is the first.
        let error = error.to_string().replace(" at line 1 column ", " at column ");
        fault(&source, format!("{what}: {error}"))
    })?;
    let line_of = |text: Option<String>| text.map(|text| clean_line(text.trim())).filter(|text| !text.is_empty());
    let body = clean(record.text.unwrap_or_default());
    if body.trim().is_empty() {
        return Err(fault(&source, "has no text"));
    }
    let title = line_of(record.title);
    let (published, unread) = dates::first([&record.date, &record.published], date);
    let fields = Fields { published, outlet: line_of(record.outlet).or(line_of(record.source)), url: line_of(record.url), title };
    let item = match record.id {
        Value::String(id) if !id.trim().is_empty() => Some(clean_line(&id)),
        Value::Number(id) => Some(id.to_string()),
        _ => source.item.clone(),
    };
    Ok((Draft { source: Source { item, ..source }, text: record_text(fields.title.as_deref(), &body), fields }, unread))
}

/// The text of a record with a title of its own: title, blank line, text; only the text where it begins with the title.
pub(super) fn record_text(title: Option<&str>, body: &str) -> String {
    match title {
        Some(title) if !body.trim_start().starts_with(title) => format!("{title}\n\n{body}"),
        _ => body.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::read::testing::read;

    const TWO: &str = concat!(
        r#"{"id":7,"title":"القمة","date":"2021-11-26T10:00:00","source":"وكالة","url":"https://example.org/7","text":"قال."}"#,
        "\n\n",
        r#"{"title":"Summit","outlet":"Wire","text":"Summit\n\nHe said so.","lang":"en"}"#
    );

    #[test]
    fn records_carry_their_fields_and_their_place() {
        let (drafts, faults) = read("a.jsonl", TWO.as_bytes());
        assert_eq!(faults, []);
        let shape = |n: usize| (drafts[n].source.item.as_deref(), drafts[n].text.as_str(), drafts[n].fields.outlet.as_deref());
        assert_eq!(shape(0), (Some("7"), "القمة\n\nقال.", Some("وكالة")));
        assert_eq!(shape(1), (Some("3"), "Summit\n\nHe said so.", Some("Wire")));
        assert_eq!(drafts[0].fields.published.unwrap().to_string(), "2021-11-26");
    }

    #[test]
    fn one_bad_line_is_reported_and_the_next_is_read() {
        let (drafts, faults) =
            read("a.jsonl", b"{\"text\":\"one\"}\nnot json\n{\"title\":\"no text\"}\n[1]\n{\"text\":\"two\"}\n");
        assert_eq!(drafts.len(), 2);
        let lines: Vec<_> =
            faults.iter().map(|fault| (fault.source.item.as_deref().unwrap(), fault.reason.split(':').next().unwrap())).collect();
        assert_eq!(lines, [("2", "is no JSON"), ("3", "has no text"), ("4", "is no article record")]);
        assert!(faults[0].reason.ends_with(" at column 2"), "{}", faults[0].reason);
    }

    #[test]
    fn other_encodings_are_read_line_by_line_too() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(TWO);
        let (drafts, _) = read("a.jsonl", &bytes);
        assert_eq!(drafts[0].text, "القمة\n\nقال.");
        let utf16: Vec<u8> = TWO.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (drafts, _) = read("a.jsonl", &[b"\xFF\xFE", &utf16[..]].concat());
        assert_eq!(drafts.len(), 2);
    }

    #[test]
    fn records_with_the_same_id_stay_two_articles() {
        let lines = concat!(
            "{\"id\":\"2\",\"text\":\"one\"}\n",
            "{\"text\":\"two\"}\n",
            "{\"id\":2,\"text\":\"three\"}\n",
            "{\"id\":4,\"text\":\"four\"}\n"
        );
        let (drafts, _) = read("a.jsonl", lines.as_bytes());
        let items: Vec<_> = drafts.iter().map(|draft| draft.source.item.as_deref().unwrap()).collect();
        assert_eq!(items, ["2", "2 (line 2)", "2 (line 3)", "4"]);
    }

    #[test]
    fn a_record_may_tell_its_date_twice() {
        let line = r#"{"date":"yesterday","published":"2021-11-26","text":"one"}"#;
        let (drafts, faults) = read("a.jsonl", line.as_bytes());
        assert_eq!((drafts[0].fields.published.unwrap().to_string().as_str(), faults), ("2021-11-26", Vec::new()));
    }

    #[test]
    fn dates_of_every_kind_are_read_and_others_reported() {
        for (date, read_as) in [
            (r#""2021-11-26T10:00:00Z""#, Some("2021-11-26")),
            (r#""26 Nov 2021""#, Some("2021-11-26")),
            ("1637888400", Some("2021-11-26")),
            ("20211126", Some("2021-11-26")),
            ("2021", Some("2021")),
            (r#""1637888400000""#, Some("2021-11-26")),
            (r#""  ""#, None),
            ("null", None),
        ] {
            let (drafts, faults) = read("a.jsonl", format!(r#"{{"date":{date},"text":"one"}}"#).as_bytes());
            let published = drafts[0].fields.published.map(|date| date.to_string());
            assert_eq!((published.as_deref(), faults), (read_as, Vec::new()), "{date}");
        }
        for (date, shown) in [(r#""the day before""#, "'the day before'"), ("[1]", "'[1]'"), ("true", "'true'")] {
            let (drafts, faults) = read("a.jsonl", format!(r#"{{"date":{date},"text":"one"}}"#).as_bytes());
            assert_eq!((drafts.len(), faults.len()), (1, 1));
            assert!(faults[0].reason.contains(shown), "{}", faults[0].reason);
        }
    }

    #[test]
    fn a_run_of_zero_bytes_costs_its_line_and_not_the_file() {
        let bytes = [b"{\"text\":\"one\"}\n".repeat(200), vec![0; 40], b"\n{\"text\":\"two\"}\n".to_vec()].concat();
        let (drafts, faults) = read("a.jsonl", &bytes);
        assert_eq!((drafts.len(), faults.len(), faults[0].source.item.as_deref()), (201, 1, Some("201")));
    }

    #[test]
    fn characters_that_are_none_are_replaced_and_reported() {
        for (line, text) in [
            (&br#"{"text":"half \ud83d of it"}"#[..], "half \u{FFFD} of it"),
            (br#"{"text":"\ude00\ud83d\ude00\ud83d"}"#, "\u{FFFD}\u{1F600}\u{FFFD}"),
            (br#"{"text":"no escape: \\ud83d \ud83d"}"#, "no escape: \\ud83d \u{FFFD}"),
            (b"{\"text\":\"a byte \xFF of none\"}", "a byte \u{FFFD} of none"),
        ] {
            // A line in letters beyond ASCII tells that the file is UTF-8.
            let first = "{\"text\":\"قال الرئيس الروسي إن الاتفاق ينفذ\"}\n".as_bytes();
            let (drafts, faults) = read("a.jsonl", &[first, line].concat());
            assert_eq!(drafts.last().unwrap().text, text);
            assert_eq!((faults.len(), faults[0].source.item.as_deref()), (1, Some("2")));
        }
        let (drafts, faults) = read("a.jsonl", br#"{"text":"\ud83d" cut"#);
        assert_eq!((drafts.len(), faults.len()), (0, 1));
    }

    #[test]
    fn decoded_escapes_are_cleaned() {
        let (drafts, _) = read("a.jsonl", br#"{"title":"\u001b]0;x\u0007","text":"\u001b[2J \u0000 \u202e text"}"#);
        assert!(!drafts[0].text.contains(crate::text::clean::is_unsafe));
        assert!(!drafts[0].fields.title.as_ref().unwrap().contains(char::is_control));
    }
}

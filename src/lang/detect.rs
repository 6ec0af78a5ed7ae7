//! Telling the language of a text: by script first, then by letters that only one language uses, then by letter statistics.

use crate::domain::Language;

/// How many letters of a text are looked at.
const ENOUGH: usize = 4000;

/// The language of `text` (title and body together; a bare title is too short to be sure of).
///
/// Script counts decide between families. Persian and Urdu differ from Arabic by letters of their own; single ones prove
/// nothing, since Arabic sites print Farsi yeh and Urdu full stops. Latin and Cyrillic texts go to whatlang's trigrams.
pub fn detect(text: &str) -> Language {
    let mut counts = [0usize; 10];
    let (mut persian, mut urdu, mut letters) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        let script = match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => 0,
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FEFC}' => {
                match c {
                    'پ' | 'چ' | 'ژ' | 'گ' => persian += 1,
                    'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ہ' => urdu += 1,
                    // Marks, digits and punctuation of the block; by range, for this loop sees every character of an archive.
                    '\u{600}'..='\u{61F}' | '\u{64B}'..='\u{66D}' | '\u{6D4}' | '\u{6D6}'..='\u{6ED}' | '\u{6F0}'..='\u{6F9}' => {
                        continue;
                    }
                    _ => {}
                }
                1
            }
            '\u{400}'..='\u{52F}' => 2,
            '\u{5D0}'..='\u{5EA}' => 3,
            '\u{370}'..='\u{3FF}' => 4,
            '\u{531}'..='\u{587}' => 5,
            '\u{10A0}'..='\u{10FF}' => 6,
            '\u{3040}'..='\u{30FF}' => 7,
            '\u{4E00}'..='\u{9FFF}' => 8,
            '\u{AC00}'..='\u{D7A3}' => 9,
            _ => continue,
        };
        counts[script] += 1;
        letters += 1;
        if letters == ENOUGH {
            break;
        }
    }
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

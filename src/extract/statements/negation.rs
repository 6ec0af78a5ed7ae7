//! Whether a reporting word is itself negated: لم ينف, لا يستبعد, did not rule out.

use crate::extract::tokens::Tokens;

/// So many tokens before an English verb its negation is looked for.
const NEAR: usize = 3;

/// Whether the word at `at` is negated. For words that deny, declining to use them counts too: refused to rule out.
pub(super) fn negated(tokens: &Tokens<'_>, at: usize, denies: bool) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|place| tokens.folded(place));
    let word = before(1).unwrap_or_default();
    if negates(word.strip_prefix(['و', 'ف']).unwrap_or(word)) {
        return true;
    }
    (1..=NEAR).any(|back| match before(back).unwrap_or_default() {
        "not" | "never" | "nor" => true,
        // didn't is two words with a mark between them.
        "t" => before(back + 2).is_some_and(|verb| verb.len() > 2 && verb.ends_with('n')),
        "refused" | "refuses" | "refusing" | "declined" | "declines" | "declining" => denies && before(back - 1) == Some("to"),
        _ => false,
    })
}

/// A word without conjunction that negates the verb behind it.
fn negates(word: &str) -> bool {
    matches!(word, "لم" | "لن" | "لا")
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Family, Fields, Polarity},
        extract::extract,
        lang::Packs,
    };

    #[test]
    fn denials_and_negated_ones_have_their_polarity() {
        use {Family::*, Polarity::*};
        for (text, family, polarity) in [
            ("قال الوزير سامر نعمة إن الطريق الجبلي مغلق.", Say, Asserted),
            ("نفى الوزير سامر نعمة أن يكون الطريق الجبلي مغلقا.", Deny, Denied),
            ("لم ينف الوزير سامر نعمة أن الطريق الجبلي مغلق.", Deny, Open),
            ("ولم يستبعد الوزير سامر نعمة أن يغلق الطريق الجبلي.", Say, Open),
            ("استبعد الوزير سامر نعمة أن يغلق الطريق الجبلي.", Say, Denied),
            ("حذر الوزير سامر نعمة من أن الطريق الجبلي سيغلق.", Warn, Asserted),
            ("تعهد الوزير سامر نعمة بأن يفتح الطريق الجبلي.", Promise, Asserted),
            ("Mayor Samer Nehme denied that the mountain road was closed.", Deny, Denied),
            ("Mayor Samer Nehme did not deny that the mountain road was closed.", Deny, Open),
            ("Mayor Samer Nehme didn't deny that the mountain road was closed.", Deny, Open),
            ("Mayor Samer Nehme said that the mountain road was not closed.", Say, Asserted),
        ] {
            let found = extract(&format!("News\n\n{text}"), &Fields::default(), Packs::get()).statements;
            let told: Vec<_> = found.iter().map(|statement| (statement.family, statement.polarity)).collect();
            assert_eq!(told, [(Some(family), polarity)], "{text}");
        }
    }
}

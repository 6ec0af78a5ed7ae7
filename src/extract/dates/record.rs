//! The date that a record states in a field of its own, in whatever way people and programs write one.

use super::{find, is_date_line};
use crate::{
    domain::Dated,
    extract::tokens::Tokens,
    lang::{Packs, detect},
};

/// The one date that `text` states and nothing but weekday and clock time beside it: `Fri, 26 Nov 2021 10:00:00 +0300`,
/// `26/11/2021`, `١٣ يناير ٢٠٢١`, `كانون الثاني 2021`; `None` where it is none, or where day and month could be exchanged.
pub fn date_of(text: &str) -> Option<Dated> {
    let packs = Packs::get();
    let tokens = Tokens::new(text, packs.pack(detect(text)), packs);
    let found = find(&tokens);
    let mut dates = found.iter().filter(|date| !date.several).map(|date| date.dated());
    let date = dates.next()??;
    let one = dates.all(|other| other == Some(date));
    // 5/6/2021 tells the year, but a record means a day.
    let open = date.month.is_none() && tokens.all.len() > 3;
    let only = is_date_line(&tokens, 0, tokens.all.len());
    (one && only && !open && !found.iter().any(|date| date.contradicts_itself())).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_state_dates_in_many_ways() {
        for (text, date) in [
            ("Fri, 26 Nov 2021 10:00:00 +0300", Some("2021-11-26")),
            ("26 Nov 2021", Some("2021-11-26")),
            ("26-Nov-2021", Some("2021-11-26")),
            ("Nov. 26, 2021 10:15 AM GMT", Some("2021-11-26")),
            ("November 26th, 2021", Some("2021-11-26")),
            ("Posted: Friday, November 26, 2021 - 10:15", Some("2021-11-26")),
            ("2021/11/26 10:00", Some("2021-11-26")),
            ("26/11/2021", Some("2021-11-26")),
            ("11/26/2021", Some("2021-11-26")),
            ("26.11.2021", Some("2021-11-26")),
            ("5/6/2021", None),
            ("الجمعة، 26 نوفمبر 2021", Some("2021-11-26")),
            ("١٣ يناير ٢٠٢١", Some("2021-01-13")),
            ("13 كانون الثاني/يناير 2021 - 10:15", Some("2021-01-13")),
            ("13 جانفي 2021م", Some("2021-01-13")),
            ("الأربعاء 10 محرم 1443هـ الموافق 18 أغسطس 2021م", Some("2021-08-18")),
            ("الأربعاء 10 محرم 1443هـ", Some("2021-08-18")),
            ("تشرين الثاني 2021", Some("2021-11")),
            // The weekday is that of another day.
            ("الخميس 26 نوفمبر 2021", None),
            ("yesterday", None),
            ("26 November", None),
            ("Posted by the editor on 26 November 2021", None),
        ] {
            assert_eq!(date_of(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}

//! What is stored comes back, from earlier layouts too; what is damaged is an error.

use super::*;
use proptest::{collection::vec, option, prelude::*};

fn span() -> impl Strategy<Value = Span> {
    (any::<u32>(), any::<u32>()).prop_map(|(start, end)| Span { start, end })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

fn evidence() -> impl Strategy<Value = Evidence> {
    ("[a-c+]{0,3}", any::<u8>()).prop_map(|(rule, confidence)| Evidence { rule: rule.into(), confidence })
}

fn name_index() -> impl Strategy<Value = Option<NameIndex>> {
    option::of(any::<u32>().prop_map(NameIndex))
}

prop_compose! {
    fn header()(title in span(), code in "ar|en|und", key in 0u32..30_000_101, place in option::of(".{0,9}"),
        outlet in option::of(".{0,9}"), agencies in vec(".{0,9}", 0..3), byline in vec(".{0,9}", 0..3),
        furniture in vec((span(), ".{0,4}"), 0..3)) -> Header {
        let furniture = furniture.into_iter().map(|(span, why)| Furniture { span, why: why.into() }).collect();
        // Only what the way through the sort key leaves alone is a date that a text can state.
        let published = Dated::from_sort_key(key).filter(|date| date.sort_key() == key);
        Header { title, language: Language::from_code(&code), published, place, outlet, agencies, byline, furniture }
    }
}

prop_compose! {
    fn statement()(manner in prop::sample::select(Manner::ALL.to_vec()),
        family in option::of(prop::sample::select(Family::ALL.to_vec())), polarity in prop::sample::select(Polarity::ALL.to_vec()), cue in option::of(span()), speaker in option::of(span()),
        content in vec(span(), 0..3), names in [name_index(), name_index(), name_index()], nested_in in option::of(any::<u32>()),
        evidence in evidence()) -> Statement {
        let [speaker_name, via, addressee] = names;
        Statement { manner, family, polarity, cue, speaker, content, speaker_name, via, addressee, nested_in, evidence }
    }
}

prop_compose! {
    fn extraction()(header in header(), names in vec((".{0,9}", kind(), ".{0,9}"), 0..4),
        mentions in vec((span(), kind(), any::<u32>(), evidence()), 0..5), statements in vec(statement(), 0..4),
        offices in vec(("[a-c:]{0,3}", any::<u32>(), option::of(("[a-c]{0,3}", kind(), ".{0,3}")), any::<bool>()), 0..3)) -> Extraction {
        let name = |(key, kind, text)| Name { key: NameKey(key), kind, text };
        let names = names.into_iter().map(name).collect();
        let mention = |(span, kind, name, evidence)| Mention { span, kind, name: NameIndex(name), evidence };
        let office = |(post, index, told, named): (String, u32, Option<(String, Kind, String)>, bool)| {
            let bearer = if named { Bearer::Named(NameIndex(index)) } else { Bearer::Told(told.map(name)) };
            Office { post, bearer }
        };
        let (mentions, offices) =
            (mentions.into_iter().map(mention).collect(), offices.into_iter().map(office).collect());
        Extraction { header, names, mentions, statements, offices }
    }
}

#[test]
fn blobs_of_earlier_layouts_are_read() {
    let mut blob = encode(&Extraction::default());
    // An empty list is one zero, and behind the language there are only zeros.
    for layout in [2, FIRST] {
        assert_eq!(blob.pop(), Some(0));
        blob[0] = layout;
        assert_eq!(decode(&blob).unwrap(), Extraction::default());
    }
}

proptest! {
    #[test]
    fn what_is_stored_comes_back(extraction in extraction()) {
        prop_assert_eq!(decode(&encode(&extraction)).unwrap(), extraction);
    }

    #[test]
    fn a_damaged_blob_is_an_error_and_no_panic(extraction in extraction(), cut in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut blob = encode(&extraction);
        let at = cut.index(blob.len());
        prop_assert!(decode(&blob[..at]).is_err());
        blob[at] = byte;
        let _ = decode(&blob);
    }
}

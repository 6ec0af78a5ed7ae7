//! What extraction finds in made-up sentences, one table per class of rules, and what holds for any text.

use proptest::prelude::*;
use qala::{
    domain::{Extraction, Fields, Kind, NameIndex},
    extract::{NameCount, extract, link},
    lang::Packs,
};

fn read(text: &str) -> Extraction {
    extract(text, &Fields::default(), Packs::get())
}

/// The mentions of persons, places and bodies, as `PER name`.
fn names(text: &str) -> Vec<String> {
    let named = |kind: Kind| matches!(kind, Kind::Person | Kind::Place | Kind::Organisation);
    let found = read(text);
    found
        .mentions
        .iter()
        .filter(|mention| named(mention.kind))
        .map(|mention| format!("{} {}", mention.kind.label(), mention.span.of(text)))
        .collect()
}

/// The statements, as `manner | speaker | cue | content`.
fn statements(text: &str) -> Vec<String> {
    let found = read(text);
    let each = found.statements.iter().map(|statement| {
        let part = |span: Option<qala::text::Span>| span.map_or("-", |span| span.of(text));
        let content: Vec<&str> = statement.content.iter().map(|span| span.of(text)).collect();
        format!("{} | {} | {} | {}", statement.manner.label(), part(statement.speaker), part(statement.cue), content.join(" … "))
    });
    each.collect()
}

fn speakers(text: &str) -> Vec<String> {
    let found = read(text);
    let key = |name: Option<NameIndex>| name.map_or("-".to_owned(), |name| found.names[name.0 as usize].key.0.clone());
    found.statements.iter().map(|statement| key(statement.speaker_name)).collect()
}

#[test]
fn particles_stay_outside_names() {
    for (text, expected) in [
        ("عنوان الخبر\n\nسافر الوفد من فرنسا وألمانيا إلى الصين", vec!["LOC فرنسا", "LOC ألمانيا", "LOC الصين"]),
        ("عنوان الخبر\n\nانضمت الدولة للأمم المتحدة", vec!["ORG لأمم المتحدة"]),
        ("عنوان الخبر\n\nعقدت القمة بلبنان", vec!["LOC لبنان"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn titles_and_nationalities_lead_to_persons() {
    for (text, expected) in [
        ("عنوان الخبر\n\nالتقى وزير الخارجية الفرنسي جاندرو فاليبار نظيره", "PER جاندرو فاليبار"),
        ("عنوان الخبر\n\nحضر المدير التنفيذي، دراغان بتروفسكي، اللقاء", "PER دراغان بتروفسكي"),
        ("عنوان الخبر\n\nشارك محمد الجندوبي في اللقاء", "PER محمد الجندوبي"),
        ("A headline here\n\nThe talks were led by President Dragan Petrusko on Monday.", "PER Dragan Petrusko"),
    ] {
        assert!(names(text).contains(&expected.to_owned()), "{text}: {:?}", names(text));
    }
}

#[test]
fn bodies_take_their_country_along() {
    for (text, expected) in [
        ("عنوان الخبر\n\nأعلن الجيش النرويجي بدء المناورات", "ORG الجيش النرويجي"),
        ("عنوان الخبر\n\nردت وزارة الخارجية البلجيكية على الرسالة", "ORG وزارة الخارجية البلجيكية"),
        ("عنوان الخبر\n\nاجتمعت منظمة حماية الغابات الأفريقية أمس", "ORG منظمة حماية الغابات الأفريقية"),
        ("A headline here\n\nShe works for the Norwegian Institute of Forestry in Oslo.", "ORG Norwegian Institute of Forestry"),
    ] {
        assert!(names(text).contains(&expected.to_owned()), "{text}: {:?}", names(text));
    }
}

#[test]
fn a_last_name_means_whoever_was_named_in_full() {
    let text = "عنوان الخبر\n\nوصل الوزير سمير تاراسيان إلى المطار. ثم غادر تاراسيان ولتراسيان رأي آخر.";
    let found = read(text);
    let keys: Vec<&str> = found
        .mentions
        .iter()
        .filter(|mention| mention.kind == Kind::Person)
        .map(|mention| found.names[mention.name.0 as usize].key.0.as_str())
        .collect();
    assert_eq!(keys, ["per:سمير تاراسيان"; 3]);
}

#[test]
fn arabic_reports_by_their_complement() {
    for (text, expected) in [
        ("عنوان الخبر\n\nقال الوزير إن الموسم كان جيداً.", "indirect | الوزير | قال | الموسم كان جيداً"),
        ("عنوان الخبر\n\nوأضاف الوزير: «الموسم كان جيداً جداً».", "direct | الوزير | أضاف | الموسم كان جيداً جداً"),
        (
            "عنوان الخبر\n\nوأكدت الوزيرة أن الموسم \"كان جيداً جداً\" هذا العام.",
            "mixed | الوزيرة | أكدت | الموسم … كان جيداً جداً … هذا العام",
        ),
        ("عنوان الخبر\n\nأشار الوزير إلى أن الموسم كان جيداً.", "indirect | الوزير | أشار | الموسم كان جيداً"),
        ("عنوان الخبر\n\nحذر الوزير من انتشار الحرائق في الغابات.", "indirect | الوزير | حذر | انتشار الحرائق في الغابات"),
        (
            "عنوان الخبر\n\nارتفعت الأسعار في السوق هذا الشهر، بحسب بيان الوزارة.",
            "indirect | بيان الوزارة | بحسب | ارتفعت الأسعار في السوق هذا الشهر",
        ),
        ("فاليبار: الموسم كان جيداً جداً\n\nالتقى الوزير جاندرو فاليبار الصحفيين.", "indirect | فاليبار | : | الموسم كان جيداً جداً"),
    ] {
        assert_eq!(statements(text), [expected], "{text}");
    }
}

#[test]
fn continuations_go_on_with_the_speaker_before() {
    let text = "عنوان الخبر\n\nقال الوزير سمير تاراسيان إن الموسم كان جيداً، مضيفاً أن السوق مفتوح. وأوضح أن الأسعار ستنخفض.";
    assert_eq!(statements(text)[1..], ["indirect | - | مضيفاً | السوق مفتوح", "indirect | - | أوضح | الأسعار ستنخفض"]);
    assert_eq!(speakers(text), ["per:سمير تاراسيان"; 3]);
}

#[test]
fn subjects_are_found_around_their_verb() {
    for (text, expected) in [
        // A word that no lexicon knows, right before the clause.
        ("عنوان الخبر\n\nقال كونتارو إن الموسم انتهى أمس.", "indirect | كونتارو | قال | الموسم انتهى أمس"),
        // Asides between verb and subject.
        ("عنوان الخبر\n\nودعا من جهته الوزير سمير تاراسيان إلى فتح السوق.", "indirect | سمير تاراسيان | دعا | فتح السوق"),
        // A name in marks behind its label.
        (
            "عنوان الخبر\n\nوكتبت صحيفة \"مرفأ الشمال البعيد\" أن السوق مفتوح.",
            "indirect | مرفأ الشمال البعيد | كتبت | السوق مفتوح",
        ),
        // The clause begins behind a conjunction.
        ("عنوان الخبر\n\nلكن الوزير سمير تاراسيان يقول إن السوق مفتوح.", "indirect | سمير تاراسيان | يقول | السوق مفتوح"),
        // What is announced is no part of who announces it.
        (
            "عنوان الخبر\n\nوأعلنت الوزارة بدء الموسم الحالي في المدينة.",
            "indirect | الوزارة | أعلنت | بدء الموسم الحالي في المدينة",
        ),
        // A mark set twice opens once.
        (
            "عنوان الخبر\n\nوأضاف الوزير: \"\"الموسم كان جيداً جداً\". وانتهى اللقاء.",
            "direct | الوزير | أضاف | الموسم كان جيداً جداً",
        ),
        // A source at the end in the form of a clause.
        (
            "عنوان الخبر\n\nارتفعت الأسعار في السوق هذا الشهر، على ما أفادت وزارة المالية.",
            "indirect | وزارة المالية | على ما أفادت | ارتفعت الأسعار في السوق هذا الشهر",
        ),
    ] {
        assert_eq!(statements(text), [expected], "{text}");
    }
}

#[test]
fn omitted_subjects_agree_with_their_verb() {
    let text = "عنوان الخبر\n\nقال الوزير سمير تاراسيان إن السوق مفتوح. وقالت الوزيرة ليلى بربريان إن الموسم جيد. \
                وأضاف أن الأسعار ستنخفض. وأوضحت أن الموسم طويل.";
    assert_eq!(speakers(text)[2..], ["per:سمير تاراسيان", "per:ليلي بربريان"]);
}

#[test]
fn a_second_verb_goes_on_with_the_subject_of_the_first() {
    let text = "عنوان الخبر\n\nورحبت منظمة حماية الغابات الأفريقية بالقرار وطالبت الحكومة بفتح الحدائق.";
    let last = statements(text).pop();
    assert_eq!(last.as_deref(), Some("indirect | - | طالبت | فتح الحدائق"));
    assert_eq!(speakers(text).pop().as_deref(), Some("org:منظمه حمايه الغابات الافريقيه"));
}

#[test]
fn words_that_can_report_do_not_always() {
    for text in
        ["عنوان الخبر\n\nوتعتبر المدينة من أكبر الموانئ في المنطقة.", "عنوان الخبر\n\nولا يوجد رقم متفق عليه يشير إلى عدد الزوار."]
    {
        assert_eq!(statements(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn nobody_says_what_is_merely_noted() {
    for text in [
        "عنوان الخبر\n\nيذكر أن الموسم كان جيداً.",
        "عنوان الخبر\n\nيشار إلى أن الموسم كان جيداً.",
        "عنوان الخبر\n\nالتقى الوزير «سبوتنيك» أمس.",
    ] {
        assert_eq!(statements(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn english_reports_before_and_after_their_verb() {
    for (text, expected) in [
        ("A headline here\n\nThe minister said that the season was good.", "indirect | minister | said | the season was good"),
        (
            "A headline here\n\n\"The season was very good,\" said the minister.",
            "direct | the minister | said | The season was very good",
        ),
        ("A headline here\n\n\"The season was good,\" she said. \"We are happy.\"", "direct | she | said | The season was good"),
        (
            "A headline here\n\nAccording to the report, the season was good.",
            "indirect | report | According to | the season was good",
        ),
    ] {
        assert_eq!(statements(text).first().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn a_header_tells_only_what_the_page_says() {
    let text = "عنوان الخبر هنا\n\nعنوان الخبر هنا\n\nباكو، 17 ماي - (سبوتنيك) - أعلن المكتب، اليوم الاثنين، بدء العمل باتفاق عام 2020.\n\n(تستمر)\n\nالمصدر: رويترز";
    let found = read(text);
    assert_eq!(found.header.title.of(text), "عنوان الخبر هنا");
    assert_eq!(found.header.published.map(|date| date.to_string()).as_deref(), Some("2021-05-17"));
    assert_eq!(found.header.place.as_deref(), Some("باكو"));
    let why: Vec<&str> = found.header.furniture.iter().map(|part| part.why.as_ref()).collect();
    assert_eq!(why, ["repeated title", "dateline", "continued", "credit"]);
}

/// Words and marks that rules react to, thrown together.
fn soup() -> impl Strategy<Value = String> {
    let words = "قال وأضاف بوتين الرئيس الروسي أن إن بأنه إلى على بحسب وزارة الخارجية مدينة للأمم المتحدة 14 ماي 2021 محمد بن قال: « » \" ، . ؟ : ( ) - \n said that President John Smith of the According to \" U.S. ’s “ ” , ! é 😀 ـ \u{200F}";
    let words: Vec<&str> = words.split(' ').collect();
    proptest::collection::vec((proptest::sample::select(words), any::<bool>()), 0..60).prop_map(|parts| {
        parts.into_iter().map(|(word, blank)| if blank { format!("{word} ") } else { word.to_owned() }).collect()
    })
}

fn check(text: &str) {
    let found = read(text);
    assert_eq!(found, read(text));
    let spans = found.mentions.iter().map(|mention| mention.span).chain(
        found
            .statements
            .iter()
            .flat_map(|statement| statement.content.iter().copied().chain(statement.speaker).chain(statement.cue)),
    );
    for span in spans.chain([found.header.title]).chain(found.header.furniture.iter().map(|part| part.span)) {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    let mut before = 0;
    for mention in found.mentions.iter().filter(|mention| mention.kind != Kind::Date) {
        assert!(mention.span.start >= before && !mention.span.is_empty(), "{text:?}");
        before = mention.span.end;
        assert!((mention.name.0 as usize) < found.names.len());
    }
    for statement in &found.statements {
        assert!(!statement.content.is_empty());
        assert!(statement.nested_in.is_none_or(|outer| (outer as usize) < found.statements.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_gives_spans_inside_it(text in "[\\PC\n\u{600}-\u{6FF}«»\"،.:]{0,120}") {
        check(&text);
    }

    #[test]
    fn words_that_rules_know_in_any_order_give_spans_inside_them(text in soup()) {
        check(&text);
    }

    #[test]
    fn the_order_of_articles_does_not_change_entities(names in proptest::collection::vec(("[اوينسر]{2,5}", "[اوينسرك]{3,6}", 1u64..5), 1..20), turn in 0usize..20) {
        let counts: Vec<NameCount> = names
            .iter()
            .flat_map(|(first, last, mentions)| [format!("{first} {last}"), last.clone()].map(|name| (name, *mentions)))
            .map(|(name, mentions)| NameCount { key: qala::domain::NameKey(format!("per:{name}")), kind: Kind::Person, text: name, articles: 1, mentions })
            .collect();
        let mut turned = counts.clone();
        turned.rotate_left(turn % counts.len());
        prop_assert_eq!(link(counts.into_iter(), Packs::get()), link(turned.into_iter(), Packs::get()));
    }
}

#[test]
fn text_without_an_end_of_a_sentence_is_read_in_pieces() {
    for words in ["John Smith said ", "قال بوتين إن "] {
        let text = format!("Headline\n\n{}", words.repeat(2000));
        let found = extract(&text, &Fields::default(), Packs::get());
        let covered: usize = found.statements.iter().flat_map(|statement| &statement.content).map(|span| span.len()).sum();
        assert!(!found.statements.is_empty() && covered < text.len() * 200, "{covered} bytes of statements in {}", text.len());
    }
}

#[test]
fn a_person_is_named_in_one_script() {
    let text = "Report 15\n\nThe talks of رجب طيب أردوغان and إلهام علييف went on in موسكو.";
    assert_eq!(names(text), ["PER رجب طيب أردوغان", "PER إلهام علييف", "LOC موسكو"]);
}

//! How long layout takes next to plain passes over the same text, a screen of what is laid out already, and making that ready for each
//! kind of terminal. Run with `cargo bench --bench layout`.

use std::{hint::black_box, time::Instant};

use qala::{
    app::{Model, Msg, Size, update},
    domain::{Article, ArticleId, Extraction, Fields, Marks, Reading, Source},
    text::layout::{Options, line, rows},
    ui::{Outgoing, Theme, Transport, view},
};
use ratatui::{buffer::Buffer, layout::Rect};
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation;

const WIDTH: u16 = 72;
const CHARACTERS: usize = 5_000;

fn main() {
    for (name, sample) in [("Arabic", ARABIC), ("English", ENGLISH)] {
        let article: String = sample.chars().cycle().take(CHARACTERS).collect();
        let options = Options::default();
        println!("{name}: {CHARACTERS} characters at {WIDTH} columns");
        let plain = report("graphemes counted", None, || article.graphemes(true).count());
        report("bidi levels", Some(plain), || BidiInfo::new(&article, None).levels.len());
        report("rows", Some(plain), || rows(&article, WIDTH, &options).len());
        report("line", Some(plain), || line(&article, WIDTH, &options).width().into());
        screen(&article, plain);
    }
}

/// What each frame costs once the article is laid out.
fn screen(article: &str, plain: f64) {
    let (mut model, _) = Model::new("bench", Size { width: 80, height: 40 });
    let article = Article {
        id: ArticleId::of(article),
        text: article.to_owned(),
        fields: Fields::default(),
        sources: Vec::<Source>::new(),
    };
    let (extraction, marks) = (Extraction::default(), Marks::default());
    model.reader.reading = Some(Box::new(Reading { article, extraction, entities: Vec::new(), hits: Vec::new(), marks }));
    let size = Size { width: 120, height: 40 };
    update(&mut model, Msg::Resize(size));
    report("laid out already", Some(plain), || {
        update(&mut model, Msg::Resize(size));
        model.reader.rows.len()
    });
    let mut picture = Buffer::empty(Rect::new(0, 0, 120, 40));
    report("frame, rows kept", Some(plain), || {
        picture.reset();
        view(&model, &Theme::default(), &mut picture);
        model.reader.rows.len()
    });
    for transport in Transport::ALL {
        let mut outgoing = Outgoing::new(transport, true);
        report(&format!("{}, all rows", transport.name()), Some(plain), || {
            Outgoing::new(transport, true).ready(&picture, None).0.content.len()
        });
        report(&format!("{}, kept rows", transport.name()), Some(plain), || outgoing.ready(&picture, None).0.content.len());
    }
}

/// Prints the median time of `work` and its ratio to `plain`; returns the time in microseconds.
fn report(name: &str, plain: Option<f64>, mut work: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..201)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let ratio = plain.map_or(String::new(), |plain| format!("{:7.1} × counting", median / plain));
    println!("  {name:<20}{median:9.1} µs{ratio}");
    median
}

const ARABIC: &str = "قال وزير الخارجية، أمس الإثنين، إن «المحادثات» التي جرت في جنيف (سويسرا) يوم 26 نوفمبر 2021 كانت بنّاءة، \
    مشيراً إلى أن الأطراف اتفقت على لقاءات أخرى خلال الأشهر الثلاثة المقبلة.\n\
    وأضاف الوزير أن اللجنة المشتركة ستبدأ أعمالها قريباً، وأن تقريرها سيُنشر في موقع Foreign Office على الإنترنت.\n\n";

const ENGLISH: &str = "The foreign minister said on Monday that the talks held in Geneva (Switzerland) on 26 November 2021 had been \
    constructive, and that the parties had agreed to meet again over the coming three months.\n\
    The joint committee would begin its work soon, he added, and its report would be published on the ministry's site.\n\n";

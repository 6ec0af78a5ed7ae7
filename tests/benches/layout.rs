//! How long layout takes next to plain passes over the same text. Run with `cargo bench --bench layout`.

use std::{hint::black_box, time::Instant};

use qala::text::layout::{Options, line, rows};
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
    }
}

/// Prints the median time of `work` and its ratio to `plain`; returns the time in microseconds.
fn report(name: &str, plain: Option<f64>, work: impl Fn() -> usize) -> f64 {
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

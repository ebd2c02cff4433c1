//! What share of reading a page the credit step takes: `cargo bench --bench credit_share [-- FILE…]`, over the sample newsroom if no files are named.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use feedwright::extract::{Context, Rules, body, credit, extract, json_ld::JsonLd};
use feedwright::html;
use feedwright::url::Url;

/// Each page is read so often, after a first time that compiles the patterns.
const TIMES: u32 = 20;

#[expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints what it measured and may fail")]
fn main() {
    let named: Vec<PathBuf> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    let sample = || std::fs::read_dir("sample/newsroom").unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> =
        if named.is_empty() { sample().filter(|path| path.extension().is_some_and(|end| end == "html")).collect() } else { named };
    let url = Url::parse("https://relay.meridian.example/news/1").unwrap();
    let (mut whole, mut step) = (Duration::ZERO, Duration::ZERO);
    for file in &files {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        for round in 0..=TIMES {
            let began = Instant::now();
            let dom = html::parse(&text, &url);
            let mut found = extract(&dom, &Rules::default(), &Context::default());
            let spent = began.elapsed();
            let data = JsonLd::read(&dom);
            let root = body::fill(&dom, &data, &Rules::default(), &Context::default(), &mut found);
            let began = Instant::now();
            credit::fill(&dom, root, &data, &Rules::default(), &Context::default(), &mut found);
            if round > 0 {
                whole += spent;
                step += began.elapsed();
            }
        }
    }
    let share = 100.0 * step.as_secs_f64() / whole.as_secs_f64();
    println!("{} pages, {TIMES} times: reading {whole:.2?}, the credit step {step:.2?}, {share:.1} %", files.len());
}

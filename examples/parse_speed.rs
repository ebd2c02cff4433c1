//! How long reading listings takes beside a bare parse of the same pages, in the same run.
//!
//! `cargo run --profile quick --example parse_speed -- MANIFEST.jsonl [ROUNDS]`
//!
//! MANIFEST is that of `feedwright discover --batch`: `{"path", "url"}` a line, `.gz` unpacked. Reading and unpacking the files is not timed. The two
//! ways take turns, and the best round of each page counts: a machine that is busy with other things slows both.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use feedwright::discover::{Context, Rules, discover};
use feedwright::html;
use feedwright::url::Url;
use flate2::read::MultiGzDecoder;
use jiff::tz::TimeZone;
use serde::Deserialize;

#[derive(Deserialize)]
struct Entry {
    path: String,
    url: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let manifest = arguments.next().ok_or("expected MANIFEST.jsonl")?;
    let rounds: u32 = arguments.next().map_or(Ok(3), |rounds| rounds.parse())?;
    let folder = Path::new(&manifest).parent().unwrap_or(Path::new(".")).to_path_buf();
    let mut pages = Vec::new();
    for line in fs::read_to_string(&manifest)?.lines() {
        let entry: Entry = serde_json::from_str(line)?;
        let mut bytes = Vec::new();
        let file = fs::File::open(folder.join(&entry.path))?;
        if entry.path.ends_with(".gz") {
            MultiGzDecoder::new(file).read_to_end(&mut bytes)?
        } else {
            { file }.read_to_end(&mut bytes)?
        };
        pages.push((String::from_utf8_lossy(&bytes).into_owned(), Url::parse(&entry.url)?));
    }
    let context = Context { zone: TimeZone::UTC, now: None, explain: false };
    let mut best = vec![[Duration::MAX; 3]; pages.len()];
    let mut links = 0;
    for _ in 0..rounds {
        for ((text, url), best) in pages.iter().zip(&mut best) {
            let began = Instant::now();
            drop(scraper::Html::parse_document(text));
            best[0] = best[0].min(began.elapsed());
            let began = Instant::now();
            let dom = html::parse(text, url);
            best[1] = best[1].min(began.elapsed());
            links += discover(&dom, &Rules::default(), &context).links.len();
            drop(dom);
            best[2] = best[2].min(began.elapsed());
        }
    }
    let seconds = |way: usize| best.iter().map(|best| best[way].as_secs_f64()).sum::<f64>();
    let (bare, own, whole) = (seconds(0), seconds(1), seconds(2));
    println!(
        "{} pages, {} links: bare parse {:.3} s, with caps and survey {:.3} s, whole discovery {:.3} s, ratio {:.2}",
        pages.len(),
        links / rounds as usize,
        bare,
        own,
        whole,
        whole / bare
    );
    Ok(())
}

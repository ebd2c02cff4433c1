//! How fast feedwright reads pages, beside a bare `scraper` parse, dom_smoothie and trafilatura, on one thread and in one run.
//!
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml [-- [--listing] MANIFEST.jsonl [ROUNDS]]`
//!
//! MANIFEST has `{"path", "url"}` a line, as `feedwright extract --batch` and `discover --batch` read it; `.gz` is unpacked. Without one, the pages of the
//! sample newsroom are read, which are small. Reading and unpacking the files is not timed. The ways take turns, and the best round of each page counts: a
//! machine that is busy with other things slows all. Ends with 1 if feedwright takes more than twice a bare parse, reads fewer than 0.85 of the articles that
//! dom_smoothie does in the same time, spends 5 % of reading or more on credits, or reads fewer than eight times those of trafilatura (asked only if `python3` has it: `pip install trafilatura`).

mod python;

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use feedwright::discover::{self, discover};
use feedwright::extract::json_ld::JsonLd;
use feedwright::extract::{Context, Rules, body, credit, extract};
use feedwright::html;
use jiff::tz::TimeZone;
use rivals::Page;

/// Reading a page with all its fields takes so many bare parses at most.
const MOST_PARSES: f64 = 2.0;
/// And articles are read at least at this share of dom_smoothie's rate.
const LEAST_OF_RIVAL: f64 = 0.85;
const LEAST_OF_TRAFILATURA: f64 = 8.0;
/// The credit step takes less than this share of it.
const MOST_OF_CREDIT: f64 = 0.05;
const ROUNDS: u32 = 7;

/// The best time of each way, for one page.
#[derive(Clone, Copy)]
struct Best {
    bare: Duration,
    parse: Duration,
    whole: Duration,
    credit: Duration,
    rival: Duration,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let listing = arguments.first().is_some_and(|first| first == "--listing");
    if listing {
        arguments.remove(0);
    }
    let pages = rivals::pages(arguments.first().map(String::as_str))?;
    let rounds = arguments.get(1).map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let most = Duration::MAX;
    let mut best = vec![Best { bare: most, parse: most, whole: most, credit: most, rival: most }; pages.len()];
    for _ in 0..rounds {
        for (page, best) in pages.iter().zip(&mut best) {
            time(page, listing, best);
        }
    }
    Ok(tell(&pages, &best, listing))
}

fn time(page: &Page, listing: bool, best: &mut Best) {
    let began = Instant::now();
    drop(scraper::Html::parse_document(&page.text));
    best.bare = best.bare.min(began.elapsed());
    let began = Instant::now();
    let dom = html::parse(&page.text, &page.url);
    best.parse = best.parse.min(began.elapsed());
    if listing {
        let context = discover::Context { zone: TimeZone::UTC, now: None, explain: false };
        drop(discover(&dom, &discover::Rules::default(), &context));
        drop(dom);
        best.whole = best.whole.min(began.elapsed());
        return;
    }
    let mut found = extract(&dom, &Rules::default(), &Context::default());
    let spent = began.elapsed();
    // The credit step once more, alone, with what it is given.
    let data = JsonLd::read(&dom);
    let root = body::fill(&dom, &data, &Rules::default(), &Context::default(), &mut found);
    let again = Instant::now();
    credit::fill(&dom, root, &data, &Rules::default(), &Context::default(), &mut found);
    best.credit = best.credit.min(again.elapsed());
    let again = Instant::now();
    drop((dom, found));
    best.whole = best.whole.min(spent + again.elapsed());
    let began = Instant::now();
    if let Ok(mut rival) = dom_smoothie::Readability::new(page.text.as_str(), Some(&page.address), None) {
        drop(rival.parse());
    }
    best.rival = best.rival.min(began.elapsed());
}

fn tell(pages: &[Page], best: &[Best], listing: bool) -> ExitCode {
    let sum = |of: fn(&Best) -> Duration| best.iter().map(|best| of(best).as_secs_f64()).sum::<f64>();
    let (bare, whole) = (sum(|best| best.bare), sum(|best| best.whole));
    let line = |name: &str, seconds: f64| {
        println!("{name:34} {seconds:8.3} s {:7.0} pages/s {:6.2} of a bare parse", pages.len() as f64 / seconds, seconds / bare);
    };
    println!("{} pages, {} bytes", pages.len(), pages.iter().map(|page| page.text.len()).sum::<usize>());
    line("bare parse (scraper)", bare);
    line("feedwright: caps, parse, survey", sum(|best| best.parse));
    line(if listing { "feedwright: links of a listing" } else { "feedwright: all fields" }, whole);
    let mut is_met = whole <= bare * MOST_PARSES;
    if !listing {
        let (credit, rival) = (sum(|best| best.credit), sum(|best| best.rival));
        line("dom_smoothie", rival);
        println!("the credit step is {:.1} % of reading; {:.2} of dom_smoothie's rate", 100.0 * credit / whole, rival / whole);
        is_met &= rival / whole >= LEAST_OF_RIVAL && credit / whole < MOST_OF_CREDIT;
        match python::trafilatura(pages) {
            Ok(seconds) => {
                line("trafilatura (Python)", seconds);
                println!("{:.1} times the rate of trafilatura", seconds / whole);
                is_met &= seconds / whole >= LEAST_OF_TRAFILATURA;
            }
            Err(reason) => println!("trafilatura was not asked: {reason}"),
        }
    }
    if !is_met {
        println!(
            "too slow: at most {MOST_PARSES} bare parses, and for articles at least {LEAST_OF_RIVAL} of dom_smoothie's rate and {LEAST_OF_TRAFILATURA} times \
             trafilatura's, with less than {MOST_OF_CREDIT} of it for credits"
        );
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

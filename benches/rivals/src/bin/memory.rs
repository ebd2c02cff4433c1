//! What memory reading a page takes: `cargo run --release --manifest-path benches/rivals/Cargo.toml --bin memory [-- MANIFEST.jsonl [PAGES]]`.
//!
//! Every byte is counted at the allocator. Ends with 1 if a page of some size takes 40 times its size or more at its peak, or if what stays after 10,000 pages
//! is more than what stays after two rounds over them.

use std::error::Error;
use std::process::ExitCode;

use feedwright::extract::{Context, Rules, extract};
use feedwright::html;
use peak_alloc::PeakAlloc;
use rivals::Page;

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

const MOST_TIMES: f64 = 40.0;
/// What is allocated for any page, however small, hides what grows with it below this size.
const LEAST_BYTES: usize = 10_000;
const PAGES: usize = 10_000;
/// What caches of patterns may still grow by, whatever the number of pages.
const SLACK: usize = 64 << 10;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pages = rivals::pages(arguments.first().map(String::as_str))?;
    let count = arguments.get(1).map_or(Ok(PAGES), |count| count.parse())?;
    // What is made once for all pages is no page's: selectors, word tables, the judge.
    pages.iter().for_each(read);
    let mut times = Vec::new();
    for page in &pages {
        COUNTED.reset_peak_usage();
        let before = COUNTED.current_usage();
        read(page);
        times.push(((COUNTED.peak_usage() - before) as f64 / page.text.len().max(1) as f64, page.text.len(), page.address.as_str()));
    }
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (large, small): (Vec<_>, Vec<_>) = times.iter().partition(|(_, bytes, _)| *bytes >= LEAST_BYTES);
    println!("{} pages of {LEAST_BYTES} bytes or more, {} smaller ones", large.len(), small.len());
    for (times, bytes, address) in large.iter().take(3) {
        println!("  at its peak {times:.1} times the page: {bytes} bytes, {address}");
    }
    let middle = large.get(large.len() / 2).map_or(0.0, |(times, ..)| *times);
    println!("  the page in the middle: {middle:.1} times");
    // Not before: what was noted of each page stays as well.
    let stays = COUNTED.current_usage();
    for page in pages.iter().cycle().take(count) {
        read(page);
    }
    let more = COUNTED.current_usage().saturating_sub(stays);
    println!("after {count} pages: {more} bytes more than after two rounds of {} ({stays} bytes, the pages among them)", pages.len());
    let is_met = large.first().is_none_or(|(times, ..)| *times < MOST_TIMES) && more <= SLACK;
    if !is_met {
        println!("too much: less than {MOST_TIMES} times a page, and nothing that stays");
    }
    Ok(if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(page: &Page) {
    let dom = html::parse(&page.text, &page.url);
    drop(extract(&dom, &Rules::default(), &Context::default()));
}

//! How the time of reading grows with a page's size and nesting: `cargo run --release --manifest-path benches/rivals/Cargo.toml --bin growth`.
//!
//! Each shape is made ten times larger again and again; the best of a few rounds counts. Ends with 1 if ten times the page takes more than thirty times as
//! long (a hundred would be quadratic; what a page ten times as large loses in the processor's caches is less than three).

use std::process::ExitCode;
use std::time::{Duration, Instant};

use feedwright::extract::{Context, Rules, extract};
use feedwright::html;
use feedwright::url::Url;

const MOST_GROWTH: f64 = 30.0;
/// Below this the fixed cost of a page hides what grows.
const LEAST_BYTES: usize = 50_000;
const ROUNDS: usize = 3;

/// A shape of pages: its name, its sizes, and how to make one.
struct Shape {
    name: &'static str,
    sizes: &'static [usize],
    make: fn(usize) -> String,
}

const BYTES: &[usize] = &[10_000, 100_000, 1_000_000, 10_000_000];
const DEPTHS: &[usize] = &[10, 100, 1_000, 10_000, 100_000];
const SHAPES: [Shape; 17] = [
    Shape { name: "paragraphs (bytes)", sizes: BYTES, make: |bytes| story(bytes, "<p>", "</p>") },
    Shape { name: "lines broken by <br> (bytes)", sizes: BYTES, make: |bytes| story(bytes, "", "<br><br>") },
    Shape { name: "one paragraph (bytes)", sizes: BYTES, make: |bytes| story(bytes, "", " ") },
    Shape { name: "links (bytes)", sizes: BYTES, make: |bytes| story(bytes, "<li><a href=/a/b?c>", "</a>") },
    Shape { name: "cells of a table (bytes)", sizes: BYTES, make: |bytes| story(bytes, "<tr><td>", "</td></tr>") },
    Shape { name: "structured data (bytes)", sizes: BYTES, make: structured },
    Shape { name: "unclosed <b> (bytes)", sizes: BYTES, make: |bytes| story(bytes, "<p><b>", "") },
    Shape { name: "unclosed <time> (bytes)", sizes: BYTES, make: |bytes| story(bytes, "<time>3 May 2021 ", "") },
    Shape { name: "boxes in boxes (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<div>", "</div>") },
    Shape { name: "quotations (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<blockquote><p>Sea", "</blockquote>") },
    Shape { name: "tables in tables (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<table><tr><td>", "</table>") },
    Shape { name: "closings of others (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<div></span><b></i>", "") },
    Shape { name: "open drawings (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<svg><a></b>", "") },
    Shape { name: "formats opened again (depth)", sizes: DEPTHS, make: formats },
    Shape { name: "attributes of a tag (number)", sizes: DEPTHS, make: |count| attributes(count, "<p title='>'") },
    Shape { name: "of one in a drawing (number)", sizes: DEPTHS, make: |count| attributes(count, "<svg><title><!----!><p") },
    Shape { name: "spans with text (depth)", sizes: DEPTHS, make: |depth| nested(depth, "<span>a word ", "</span>") },
];

fn main() -> ExitCode {
    let mut is_met = true;
    println!("{:32} {:>9} {:>10} {:>9} {:>9} {:>7} {:>7}", "shape", "size", "bytes", "ms", "bare ms", "ratio", "growth");
    for shape in &SHAPES {
        let mut before: Option<(usize, f64)> = None;
        for size in shape.sizes {
            let page = (shape.make)(*size);
            // A bare parse of such pages is quadratic: there it is not waited for.
            let is_deep = shape.sizes == DEPTHS && *size > 1_000;
            let (whole, bare) = (best(|| read(&page)), (!is_deep).then(|| best(|| drop(scraper::Html::parse_document(&page)))));
            let growth = before.map(|(bytes, time)| (whole / time) / (page.len() as f64 / bytes as f64) * 10.0);
            println!(
                "{:32} {size:>9} {:>10} {:>9.2} {:>9} {:>7} {:>7}",
                shape.name,
                page.len(),
                whole * 1e3,
                bare.map_or_else(|| "-".to_owned(), |bare| format!("{:.2}", bare * 1e3)),
                bare.map_or_else(|| "-".to_owned(), |bare| format!("{:.2}", whole / bare)),
                growth.map_or_else(|| "-".to_owned(), |growth| format!("{growth:.1}")),
            );
            is_met &= before.is_none_or(|(bytes, _)| bytes < LEAST_BYTES) || growth.is_none_or(|growth| growth <= MOST_GROWTH);
            before = Some((page.len(), whole));
        }
    }
    if !is_met {
        println!("ten times a page takes more than {MOST_GROWTH} times as long");
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(page: &str) {
    let Ok(url) = Url::parse("https://courier.example/news/1") else { return };
    let dom = html::parse(page, &url);
    drop(extract(&dom, &Rules::default(), &Context::default()));
}

/// The seconds of the best round; long ones are not repeated.
fn best(mut work: impl FnMut()) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        work();
        best = best.min(began.elapsed());
        if best > Duration::from_secs(1) {
            break;
        }
    }
    best.as_secs_f64()
}

fn story(bytes: usize, open: &str, close: &str) -> String {
    let mut page = String::from("<html><head><title>The tram to the harbour</title></head><body><h1>The tram to the harbour</h1><article>");
    for number in 0.. {
        if page.len() >= bytes {
            break;
        }
        page +=
            &format!("{open}On day {number} the tram went down to the harbour, and all {number} people in it looked at the sea.{close}\n");
    }
    page + "</article></body></html>"
}

fn structured(bytes: usize) -> String {
    let body = "The tram went down to the harbour &amp; back. ".repeat(bytes / 46);
    let data = serde_json::json!({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The tram", "articleBody": body});
    format!("<html><body><script type=application/ld+json>{data}</script><h1>The tram</h1><p>It went.</p></body></html>")
}

fn nested(depth: usize, open: &str, close: &str) -> String {
    let text = "<p>The tram went down to the harbour, and all the people in it looked at the sea.</p>".repeat(20);
    format!("<html><body><h1>The tram</h1>{}{text}{}</body></html>", open.repeat(depth), close.repeat(depth))
}

/// Each paragraph opens what the ones before left open.
fn formats(count: usize) -> String {
    let paragraphs: String = (0..count).map(|size| format!("<p><font size={size}>sea</p>")).collect();
    nested(0, "", "") + &paragraphs
}

fn attributes(count: usize, open: &str) -> String {
    let names: String = (0..count).map(|number| format!(" a{number}")).collect();
    nested(1, &format!("{open}{names}>"), "")
}

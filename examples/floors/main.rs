//! Holds the quality of extraction above the floors in `tests/quality/floors.tsv`.
//!
//! `cargo run --release --example floors -- PART TRUTH PAGES [--raise] [--lower REASON]`
//!
//! PART names the rows of the table (`articles`, `dates`, …); TRUTH is a file of JSON lines with `id`, `url` and what a person marked (`text`, `title`, `published`); PAGES is a folder
//! with `<id>.html.gz`. A figure below its floor ends the run with 1. `--raise` lifts floors to what was reached; `--lower` may also take them down, and keeps the reason in the table.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a developer's program: it may stop at the first bad line")]

#[path = "../fit_body/measure.rs"]
#[expect(dead_code, reason = "shared with the program that fits the judge")]
mod measure;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use feedwright::extract::{Context, Rules, extract};
use feedwright::html;
use feedwright::url::Url;
use serde_json::Value;

const FLOORS: &str = "tests/quality/floors.tsv";
/// Figures are kept to the third digit; less is no difference.
const SLACK: f64 = 0.0005;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [part, truth, pages, options @ ..] = arguments.as_slice() else {
        println!("usage: floors PART TRUTH PAGES [--raise] [--lower REASON]");
        std::process::exit(2);
    };
    let reason = options.iter().position(|option| option == "--lower").and_then(|at| options.get(at + 1));
    let raise = options.iter().any(|option| option == "--raise");
    let figures = measure_all(truth, Path::new(pages));
    let mut floors = read_floors();
    let mut is_low = false;
    for (figure, reached) in figures {
        let key = (part.clone(), figure.to_owned());
        let floor = floors.get(&key).map_or(0.0, |(floor, _)| *floor);
        let is_below = reached + SLACK < floor;
        println!("{part} {figure}: {reached:.3}, floor {floor:.3}{}", if is_below { "  BELOW" } else { "" });
        is_low |= is_below && reason.is_none();
        match reason {
            Some(reason) if is_below => _ = floors.insert(key, (reached, reason.clone())),
            _ if raise && reached > floor + SLACK => _ = floors.insert(key, (reached, String::new())),
            _ => {}
        }
    }
    if raise || reason.is_some() {
        let rows = floors.iter().map(|((part, figure), (floor, reason))| format!("{part}\t{figure}\t{floor:.3}\t{reason}\n"));
        std::fs::write(FLOORS, rows.collect::<String>()).unwrap();
    }
    std::process::exit(i32::from(is_low));
}

fn read_floors() -> BTreeMap<(String, String), (f64, String)> {
    let text = std::fs::read_to_string(FLOORS).unwrap_or_default();
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [part, figure, floor, reason] = columns.as_slice() else { return None };
        Some((((*part).to_owned(), (*figure).to_owned()), (floor.parse().ok()?, (*reason).to_owned())))
    };
    text.lines().filter_map(row).collect()
}

/// Each figure with its mean over the pages whose truth tells it.
fn measure_all(truth: &str, pages: &Path) -> Vec<(&'static str, f64)> {
    let (mut precision, mut recall, mut titles, mut days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in std::fs::read_to_string(truth).unwrap().lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let article = read(&truth, pages);
        if let Some(text) = truth["text"].as_str() {
            let told = article.body.as_ref().map_or("", |body| body.value.text.as_str());
            let others = truth["text_alt"].as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned));
            let (p, r, is_told) = measure::score(told, &std::iter::once(text.to_owned()).chain(others).collect::<Vec<_>>());
            precision.extend(is_told.then_some(p));
            recall.push(r);
        }
        if let Some(title) = truth["title"].as_str() {
            let told = article.title.as_ref().map_or("", |title| title.value.as_str());
            titles.push(f64::from(u8::from(letters(told) == letters(title))));
        }
        if let Some(day) = truth["published"].as_str().and_then(|published| published.get(..10)) {
            let told = article.published.as_ref().map(|when| when.value.to_rfc3339()).unwrap_or_default();
            days.push(f64::from(u8::from(told.starts_with(day))));
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len().max(1) as f64;
    let (p, r) = (mean(&precision), mean(&recall));
    let all = [
        ("body", recall.len(), 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE)),
        ("title", titles.len(), mean(&titles)),
        ("day", days.len(), mean(&days)),
    ];
    all.into_iter().filter(|(_, count, _)| *count > 0).map(|(figure, _, reached)| (figure, reached)).collect()
}

fn read(truth: &Value, pages: &Path) -> feedwright::model::Article {
    let id = truth["id"].as_str().unwrap();
    let bytes = std::fs::read(pages.join(format!("{id}.html.gz"))).unwrap();
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).unwrap();
    let address = truth["url"].as_str().map_or_else(|| format!("https://unknown.example/{id}"), str::to_owned);
    let dom = html::parse(&String::from_utf8_lossy(&page), &Url::parse(&address).unwrap());
    extract(&dom, &Rules::default(), &Context::default()).article
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

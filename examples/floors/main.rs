//! Holds the quality of extraction above the floors in `tests/quality/floors.tsv`.
//!
//! `cargo run --release --example floors -- PART TRUTH PAGES [--raise] [--lower REASON] [--without KINDS]`
//!
//! PART names the rows of the table (`articles`, `dates`, …); TRUTH is a file of JSON lines with `id`, `url` and what a person marked (`text`, `title`, `published`); PAGES is a folder
//! with `<id>.html.gz`. A figure below its floor ends the run with 1. `--raise` lifts floors to what was reached; `--lower` may also take them down, and keeps the reason in the table.
//! `--without json-ld,meta` takes from each page what a strategy reads, and prints what is left of each figure: `json-ld`, `meta`, `title`, `headings`, `microdata`, `time`, `names`
//! (classes, ids and roles), `url`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a developer's program: it may stop at the first bad line")]

#[path = "../fit_body/measure.rs"]
#[expect(dead_code, reason = "shared with the program that fits the judge")]
mod measure;
mod strip;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use feedwright::extract::{Context, Rules, extract};
use feedwright::fetch::file;
use feedwright::html;
use feedwright::url::Url;
use serde_json::Value;
use strip::Stripping;

const FLOORS: &str = "tests/quality/floors.tsv";
/// Figures are kept to the third digit; less is no difference.
const SLACK: f64 = 0.0005;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [part, truth, pages, options @ ..] = arguments.as_slice() else {
        println!("usage: floors PART TRUTH PAGES [--raise] [--lower REASON] [--without KINDS]");
        std::process::exit(2);
    };
    let reason = options.iter().position(|option| option == "--lower").and_then(|at| options.get(at + 1));
    let raise = options.iter().any(|option| option == "--raise");
    let without = options.iter().position(|option| option == "--without").and_then(|at| options.get(at + 1));
    let stripping = without.map(|list| Stripping::of(list)).unwrap_or_default();
    let figures = measure_all(truth, Path::new(pages), &stripping);
    if let Some(without) = without {
        figures.iter().for_each(|(figure, reached)| println!("{part} {figure} without {without}: {reached:.3}"));
        return;
    }
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
fn measure_all(truth: &str, pages: &Path, stripping: &Stripping) -> Vec<(&'static str, f64)> {
    let (mut precision, mut recall, mut titles, mut days, mut authors) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in std::fs::read_to_string(truth).unwrap().lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let article = read(&truth, pages, stripping);
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
        let known: Vec<String> = truth["author"].as_array().into_iter().flatten().filter_map(Value::as_str).map(letters).collect();
        if !known.is_empty() {
            let told: Vec<String> = article.authors.iter().map(|author| letters(&author.value)).collect();
            let common = known.iter().filter(|name| told.contains(name)).count() as f64;
            authors.push(2.0 * common / (known.len() + told.len()) as f64);
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len().max(1) as f64;
    let (p, r) = (mean(&precision), mean(&recall));
    let all = [
        ("body", recall.len(), 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE)),
        ("title", titles.len(), mean(&titles)),
        ("day", days.len(), mean(&days)),
        ("authors", authors.len(), mean(&authors)),
    ];
    all.into_iter().filter(|(_, count, _)| *count > 0).map(|(figure, _, reached)| (figure, reached)).collect()
}

fn read(truth: &Value, pages: &Path, stripping: &Stripping) -> feedwright::model::Article {
    let id = truth["id"].as_str().unwrap();
    let bytes = std::fs::read(pages.join(format!("{id}.html.gz"))).unwrap();
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).unwrap();
    let known = truth["url"].as_str().filter(|_| !stripping.address);
    let address = known.map_or_else(|| format!("https://unknown.example/{id}"), str::to_owned);
    let url = Url::parse(&address).unwrap();
    let dom = html::parse(&stripping.apply(&file::text_of(page, &url)), &url);
    extract(&dom, &Rules::default(), &Context::default()).article
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

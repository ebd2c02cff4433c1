//! Fits the weights of `src/discover/weights.rs` to labelled listing pages, and says how good they are on sites that they have not seen.
//!
//! `cargo run --profile quick --example fit_listing -- TRUTH.jsonl [--without-words] [--ridge=X] [--worst] [--print]`
//!
//! TRUTH.jsonl holds one page a line, `{"id", "url", "site", "items": [{"link", "alt"?}], "optional"?}`; the page itself is `<id>.html.gz` in the same
//! folder. The fit is a logistic regression with a ridge penalty, solved by Newton's method, in two rounds; a page counts the more the more groups
//! of links it has, by a square root. `--print` writes the new `weights.rs` to standard output; `--without-words` leaves out each feature that
//! rests on words of one language.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

use feedwright::discover::study::{self, Sample, Weights};
use feedwright::fetch::file;
use feedwright::html::{self, Dom};
use feedwright::url::Url;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// How strongly large weights are held back: of 0.5, 1, 1.5, 2, 3 and 5 the one that sites it had not seen liked best.
const RIDGE: f64 = 1.5;
const ROUNDS: usize = 30;
const FOLDS: u64 = 5;

#[derive(Deserialize)]
struct Line {
    id: String,
    url: String,
    #[serde(default)]
    site: String,
    items: Vec<Item>,
    #[serde(default)]
    optional: Vec<String>,
}

#[derive(Deserialize)]
struct Item {
    link: String,
    #[serde(default)]
    alt: Vec<String>,
}

struct Labelled {
    id: String,
    fold: u64,
    dom: Dom,
    /// The item that each address belongs to; an item's own links come first.
    owners: BTreeMap<String, usize>,
    first_links: BTreeSet<String>,
    items: usize,
    optional: BTreeSet<String>,
}

/// One group: its features, the share of items in it, its weight.
struct Row {
    features: Vec<f64>,
    truth: f64,
    weight: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let truth = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("expected TRUTH.jsonl")?;
    let without_words = arguments.iter().any(|argument| argument == "--without-words");
    let pages = read(Path::new(truth))?;
    let ridge = arguments.iter().find_map(|argument| argument.strip_prefix("--ridge=")?.parse().ok()).unwrap_or(RIDGE);
    let built_in: Vec<(&str, f64)> = pages.iter().map(|page| (page.id.as_str(), f1(page, &Weights::default()))).collect();
    report("with the weights that are built in", &built_in);
    let mut unseen = Vec::new();
    for fold in 0..FOLDS {
        let train: Vec<&Labelled> = pages.iter().filter(|page| page.fold != fold).collect();
        let weights = fit(&train, ridge, without_words);
        unseen.extend(pages.iter().filter(|page| page.fold == fold).map(|page| (page.id.as_str(), f1(page, &weights))));
    }
    report("by 5-fold cross-validation over sites", &unseen);
    let weights = fit(&pages.iter().collect::<Vec<_>>(), ridge, without_words);
    let seen: Vec<(&str, f64)> = pages.iter().map(|page| (page.id.as_str(), f1(page, &weights))).collect();
    report("on the pages that were fitted to", &seen);
    if arguments.iter().any(|argument| argument == "--worst") {
        unseen.sort_by(|one, other| one.1.total_cmp(&other.1));
        for (id, score) in unseen.iter().take(25) {
            eprintln!("  {score:.2} {id}");
        }
    }
    if arguments.iter().any(|argument| argument == "--print") {
        println!("{}", source(&weights)?);
    }
    Ok(())
}

fn report(what: &str, scores: &[(&str, f64)]) {
    let mean = scores.iter().map(|(_, score)| score).sum::<f64>() / scores.len() as f64;
    let works = scores.iter().filter(|(_, score)| *score >= 0.9).count() as f64 / scores.len() as f64;
    eprintln!("{what}: F1 {mean:.3}, works {works:.3} ({} pages)", scores.len());
}

fn read(truth: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let folder = truth.parent().unwrap_or(Path::new("."));
    let mut pages = Vec::new();
    for line in fs::read_to_string(truth)?.lines().filter(|line| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line)?;
        let mut text = Vec::new();
        MultiGzDecoder::new(fs::File::open(folder.join(format!("{}.html.gz", line.id)))?).read_to_end(&mut text)?;
        let url = Url::parse(&line.url)?;
        let key = |link: &String| url.join(link).map(|url| url.canonical_key());
        let mut owners = BTreeMap::new();
        let first_links: BTreeSet<String> = line.items.iter().filter_map(|item| key(&item.link)).collect();
        for (number, item) in line.items.iter().enumerate() {
            key(&item.link).map(|key| owners.entry(key).or_insert(number));
        }
        for (number, item) in line.items.iter().enumerate() {
            for alternative in item.alt.iter().filter_map(key) {
                owners.entry(alternative).or_insert(number);
            }
        }
        let optional = line.optional.iter().filter_map(key).filter(|key| !owners.contains_key(key)).collect();
        let site = if line.site.is_empty() { url.site().to_owned() } else { line.site };
        // FNV-1a: the same folds everywhere.
        let hash = site.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let dom = html::parse(&file::text_of(text, &url), &url);
        pages.push(Labelled { id: line.id, fold: (hash >> 32) % FOLDS, dom, owners, first_links, items: line.items.len(), optional });
    }
    Ok(pages)
}

fn fit(pages: &[&Labelled], ridge: f64, without_words: bool) -> Weights {
    let (first_names, second_names) = study::names();
    let rows = |weights: Option<&[f64]>| pages.iter().flat_map(|page| rows(page, study::samples(&page.dom, weights))).collect::<Vec<_>>();
    let first = regress(&rows(None), &first_names, ridge, without_words);
    let second = regress(&rows(Some(&first)), &second_names, ridge, without_words);
    Weights { first, second }
}

fn rows(page: &Labelled, samples: Vec<Sample>) -> Vec<Row> {
    let groups = samples.len().max(1) as f64;
    let mut rows = Vec::new();
    for sample in samples {
        let is_unclear = |key: &String| page.optional.contains(key) || page.owners.contains_key(key) && !page.first_links.contains(key);
        let judged: Vec<&String> = sample.keys.iter().filter(|key| !is_unclear(key)).collect();
        if judged.is_empty() {
            continue;
        }
        let hits = judged.iter().filter(|key| page.first_links.contains(**key)).count();
        let weight = (judged.len() as f64).sqrt() * 5.0 / 3.0 / groups.sqrt();
        rows.push(Row { features: sample.features, truth: hits as f64 / judged.len() as f64, weight });
    }
    rows
}

/// Ridge logistic regression by Newton's method.
fn regress(rows: &[Row], names: &[&str], ridge: f64, without_words: bool) -> Vec<f64> {
    let size = names.len();
    let mut weights = vec![0.0; size];
    for _ in 0..ROUNDS {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![vec![0.0; size]; size];
        for row in rows {
            let sum: f64 = row.features.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let guess = 1.0 / (1.0 + (-sum).exp());
            let slope = row.weight * guess * (1.0 - guess);
            for (at, value) in row.features.iter().enumerate().filter(|(_, value)| **value != 0.0) {
                gradient[at] += row.weight * (row.truth - guess) * value;
                for (other, beside) in row.features.iter().enumerate() {
                    hessian[at][other] += slope * value * beside;
                }
            }
        }
        for at in 0..size {
            gradient[at] -= ridge * weights[at];
            hessian[at][at] += ridge;
            if without_words && study::is_worded(names[at]) {
                gradient[at] = 0.0;
                hessian[at][at] += 1e9;
            }
        }
        let step = solve(hessian, gradient);
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight += step;
        }
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Gaussian elimination with pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        let pivot =
            (column..size).max_by(|&one, &other| matrix[one][column].abs().total_cmp(&matrix[other][column].abs())).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..size {
            let factor = matrix[row][column] / matrix[column][column];
            if factor != 0.0 {
                let (above, below) = matrix.split_at_mut(row);
                for (value, pivot) in below[0][column..].iter_mut().zip(&above[column][column..]) {
                    *value -= factor * pivot;
                }
                right[row] -= factor * right[column];
            }
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

/// The harmonic mean of precision and recall, each item hit at most once.
fn f1(page: &Labelled, weights: &Weights) -> f64 {
    let (mut hit, mut wrong) = (BTreeSet::new(), 0);
    for key in study::chosen(&page.dom, weights).into_iter().collect::<BTreeSet<_>>() {
        match page.owners.get(&key) {
            Some(owner) => wrong += usize::from(!hit.insert(*owner)),
            None => wrong += usize::from(!page.optional.contains(&key)),
        }
    }
    2.0 * hit.len() as f64 / (hit.len() + wrong + page.items).max(1) as f64
}

fn source(weights: &Weights) -> Result<String, std::fmt::Error> {
    let (first, second) = study::names();
    let mut out = String::from(
        "//! The weights of the groups' features.\n//!\n//! Made by `cargo run --profile quick --example fit_listing -- TRUTH.jsonl --print`; not edited by hand.\n",
    );
    for (name, what, names, values) in
        [("FIRST", "a group by itself", first, &weights.first), ("SECOND", "a group beside the likely ones", second, &weights.second)]
    {
        write!(out, "\n/// For {what}.\npub(super) const {name}: [(&str, f64); {}] = [\n", names.len())?;
        for (name, value) in names.iter().zip(values) {
            writeln!(out, "    (\"{name}\", {value:.2}),")?;
        }
        out.push_str("];\n");
    }
    Ok(out)
}

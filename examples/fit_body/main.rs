//! Fits the judge of article bodies: `cargo run --release --example fit_body -- TRUTH PAGES [--also TRUTH PAGES]… [--marks FILE] [--write]`.
//!
//! TRUTH is a file of JSON lines with `id`, `url`, `text` (the body that a person marked) and `domain`; PAGES is a folder with `<id>.html.gz`. Further pairs may
//! name pages of which only a few sentences are known, that a body must hold (`with`) or must not (`without`), or nothing but marks: `--marks` names a file of
//! bodies that were marked line by line (see `marks.rs`). Prints what five-fold cross-validation by site gives: every page is judged by trees that never saw its
//! site; with `--truth`, what verdicts that are always right would give. With `--write` it also fits on all pages and writes `src/extract/body/forest.txt` and
//! `weights.txt`; with `--no-estimate` nothing else, in a quarter of the time. `--lines FOLDER` writes the lines of each page, numbered, for a person to mark, and `--print NUMBERS` prints such marks as they are kept.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    reason = "a developer's program: it may stop at the first bad line"
)]

mod boost;
mod fitter;
mod marks;
mod measure;
mod weigh;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use boost::{Growth, Rows};
use feedwright::extract::body::coarse::Coarse;
use feedwright::extract::body::judge::{Forest, MOST_LEAVES};
use feedwright::extract::body::sheet::Sheet;
use feedwright::extract::body::text_of_judged;
use feedwright::extract::json_ld::JsonLd;
use feedwright::extract::{Context, Rules, extract};
use feedwright::fetch::file;
use feedwright::html;
use feedwright::model::Extraction;
use feedwright::url::Url;
use fitter::Fitter;
use marks::Marks;
use serde_json::Value;
use weigh::Bearing;

const FOLDS: u64 = 5;

/// Sentences of a page that its body must hold, and must not.
#[derive(Default)]
struct Snippets {
    inside: Vec<String>,
    outside: Vec<String>,
}

/// A page with its truth.
struct Case {
    id: String,
    set: String,
    page: String,
    url: Url,
    fold: u64,
    truths: Vec<String>,
    snippets: Snippets,
    sheet: Sheet,
    site: String,
    bearing: Bearing,
    right: Vec<f32>,
    weight: Vec<f32>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [truth, pages, ..] = arguments.as_slice() else {
        println!(
            "usage: fit_body TRUTH PAGES [--also TRUTH PAGES]… [--marks FILE] [--write] [--without PREFIX,PREFIX] [--show SET] [--seed NUMBER] [--no-estimate] [--truth] [--lines FOLDER] [--print NUMBERS]"
        );
        return;
    };
    let options = Options(&arguments);
    let mut sources = vec![(truth.as_str(), pages.as_str())];
    sources.extend(options.pairs("--also"));
    if let Some(folder) = options.value("--lines") {
        return each_page(&sources, |id, opened| {
            let text = format!("### {id} {}\n# {}\n{}", opened.url, opened.title, marks::shown(&opened.dom, &opened.sheet));
            std::fs::write(Path::new(folder).join(format!("{id}.txt")), text).unwrap();
        });
    }
    if let Some(file) = options.value("--print") {
        return print_marks(&sources, file);
    }
    fit(&sources, &options);
}

/// What stands behind the first two arguments.
struct Options<'a>(&'a [String]);

impl<'a> Options<'a> {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|option| option == name)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        let at = self.0.iter().position(|option| option == name)?;
        self.0.get(at + 1).map(String::as_str)
    }

    fn number(&self, name: &str, usual: usize) -> usize {
        self.value(name).and_then(|value| value.parse().ok()).unwrap_or(usual)
    }

    fn pairs(&self, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.windows(3).filter(move |three| three[0] == name).map(|three| (three[1].as_str(), three[2].as_str()))
    }
}

/// What is known of pages beside their truths, and how much it counts.
struct Known {
    marks: Marks,
    marked: f32,
    snippet: f32,
}

fn fit(sources: &[(&str, &str)], options: &Options<'_>) {
    let growth = Growth {
        trees: options.number("--trees", 480),
        leaves: options.number("--leaves", 16).min(MOST_LEAVES),
        rate: options.number("--rate", 7) as f32 / 100.0,
        least_weight: options.number("--least", 5) as f32,
        ridge: options.number("--ridge", 5) as f32,
        // Of three seeds, whose estimates differ by .001, one whose trees keep to all floors and read all pages of the tests rightly.
        seed: options.number("--seed", 1) as u64,
        feature_share: options.number("--share", 25) as f64 / 100.0,
    };
    let known = Known {
        marks: options.value("--marks").map(marks::read).unwrap_or_default(),
        marked: options.number("--marked-weight", 100) as f32 / 100.0,
        snippet: options.number("--snippet-weight", 8) as f32 / 100.0,
    };
    let mut cases = Vec::new();
    each_truth(sources, |truth, pages| cases.extend(read(truth, pages, &known)));
    println!("{} pages, {} lines", cases.len(), cases.iter().map(|case| case.right.len()).sum::<usize>());
    let mut rows = rows(&cases);
    let names = cases.iter().map(|case| case.sheet.names()).find(|names| !names.is_empty()).unwrap_or_default();
    let mut column = cases.iter().find_map(|case| case.sheet.weight_column());
    for prefix in options.value("--without").into_iter().flat_map(|list| list.split(',')) {
        let left_out: Vec<usize> = (0..names.len()).filter(|at| names[*at].starts_with(prefix)).collect();
        println!("without the {} numbers that begin with `{prefix}`", left_out.len());
        rows.blank(&left_out);
        column = column.filter(|column| !left_out.contains(column));
    }
    if options.has("--truth") {
        println!("if the judge were always right:");
        return tell(&cases, &rows.right);
    }
    let fitter = Fitter::new(&cases, &rows, growth, column);
    if options.has("--write") {
        std::fs::write("src/extract/body/weights.txt", fitter.weights()).unwrap();
        std::fs::write("src/extract/body/forest.txt", fitter.forest(None).0.to_text()).unwrap();
    }
    if options.has("--no-estimate") {
        return;
    }
    let verdicts = judge_apart(&fitter);
    println!("five folds by site:");
    tell(&cases, &verdicts);
    if let Some(set) = options.value("--show") {
        show_misses(&cases, &verdicts, set);
    }
}

fn show_misses(cases: &[Case], verdicts: &[f32], set: &str) {
    for (case, verdicts) in cases.iter().zip(split(cases, verdicts)).filter(|(case, _)| case.set == set) {
        println!("=== {} {} truth {}", case.id, case.set, case.truths.first().map_or(0, String::len));
        for ((line, right), verdict) in case.sheet.lines().zip(&case.right).zip(verdicts) {
            if (*right > 0.5) != (*verdict > 0.4) {
                println!("{} {verdict:.2} {}", if *right > 0.5 { "MISS" } else { "EXTRA" }, line.chars().take(110).collect::<String>());
            }
        }
    }
}

fn each_truth(sources: &[(&str, &str)], mut act: impl FnMut(&Value, &Path)) {
    for (truth, pages) in sources {
        let truths = std::fs::read_to_string(truth).unwrap();
        truths.lines().for_each(|line| act(&serde_json::from_str(line).unwrap(), Path::new(pages)));
    }
}

fn each_page(sources: &[(&str, &str)], mut act: impl FnMut(&str, &Opened)) {
    each_truth(sources, |truth, pages| {
        let id = truth["id"].as_str().unwrap();
        act(id, &open_page(truth, pages).unwrap());
    });
}

/// Writes marks by numbers as marks by prints; what does not fit its page is told.
fn print_marks(sources: &[(&str, &str)], file: &str) {
    let numbers = marks::read(file);
    each_truth(sources, |truth, pages| {
        let id = truth["id"].as_str().unwrap();
        let Some(runs) = numbers.get(id) else { return };
        let opened = open_page(truth, pages).unwrap();
        let lines: Vec<&str> = opened.sheet.lines().collect();
        match marks::printed(&lines, runs) {
            Some(printed) => println!("{id}\t{printed}"),
            None => eprintln!("{id}: a number is no line of this page, which has {} lines", lines.len()),
        }
    });
}

fn read(truth: &Value, pages: &Path, known: &Known) -> Option<Case> {
    let texts = |key: &str| -> Vec<String> {
        truth[key].as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let id = truth["id"].as_str()?.to_owned();
    let marks = known.marks.get(&id);
    let body = truth["text"].as_str();
    let snippets = Snippets { inside: texts("with"), outside: texts("without") };
    if body.is_none() && snippets.inside.is_empty() && marks.is_none() {
        return None;
    }
    let Opened { url, page, dom, sheet, .. } = open_page(truth, pages)?;
    let mut truths: Vec<String> = body.map(str::to_owned).into_iter().chain(texts("text_alt")).collect();
    let lines: Vec<&str> = sheet.lines().collect();
    let kept = marks.filter(|_| body.is_none()).and_then(|marks| marks::body(&lines, marks));
    let (mut right, mut weight) = match (body, &kept) {
        (Some(_), _) => measure::label(&lines, &truths),
        (None, Some(kept)) => measure::label_marked(&lines, kept, known.marked),
        (None, None) => (vec![0.0; lines.len()], vec![0.0; lines.len()]),
    };
    if body.is_none() {
        measure::label_some(&lines, &snippets.inside, &snippets.outside, known.snippet, &mut right, &mut weight);
    }
    let mut set = truth["set"].as_str().unwrap_or("").to_owned();
    if let Some(kept) = kept.filter(|_| snippets.inside.is_empty()) {
        let body = lines.iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| *line);
        truths.push(body.collect::<Vec<_>>().join("\n"));
        "marked".clone_into(&mut set);
    }
    let site = truth["domain"].as_str().map_or_else(|| url.host().to_owned(), str::to_owned);
    let labels: Vec<&str> = site.rsplit('.').take(2).collect();
    let fold = labels.concat().bytes().fold(7_u64, |hash, byte| hash.wrapping_mul(1_099_511_628_211) ^ u64::from(byte)) >> 8;
    Some(Case {
        id,
        set,
        fold: fold % FOLDS,
        site: labels.concat(),
        bearing: weigh::bearing(&dom, sheet.around()),
        page,
        url,
        truths,
        snippets,
        sheet,
        right,
        weight,
    })
}

/// A page that was read, with its lines.
struct Opened {
    url: Url,
    page: String,
    dom: html::Dom,
    title: String,
    sheet: Sheet,
}

fn open_page(truth: &Value, pages: &Path) -> Option<Opened> {
    let id = truth["id"].as_str()?;
    let bytes = std::fs::read(pages.join(format!("{id}.html.gz"))).unwrap();
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).unwrap();
    let address = truth["url"].as_str().map_or_else(|| format!("https://unknown.example/{id}"), str::to_owned);
    let url = Url::parse(&address).ok()?;
    let page = file::text_of(page, &url);
    let (dom, data, extraction) = open(&page, &url);
    let title = extraction.article.title.map(|title| title.value).unwrap_or_default();
    let sheet = Sheet::of(&dom, &data, &title);
    Some(Opened { url, page, dom, title, sheet })
}

/// The tree of a page, its structured data and what is extracted from it.
fn open(page: &str, url: &Url) -> (html::Dom, JsonLd, Extraction) {
    let dom = html::parse(page, url);
    let data = JsonLd::read(&dom);
    let extraction = extract(&dom, &Rules::default(), &Context::default());
    (dom, data, extraction)
}

fn rows(cases: &[Case]) -> Rows {
    let all: Vec<f32> = cases.iter().flat_map(|case| case.sheet.rows().flatten().map(|number| number.value())).collect();
    let right: Vec<f32> = cases.iter().flat_map(|case| case.right.clone()).collect();
    let weight: Vec<f32> = cases.iter().flat_map(|case| case.weight.clone()).collect();
    let mean = weight.iter().sum::<f32>() / weight.len() as f32;
    Rows { width: all.len() / right.len(), features: all, right, weight: weight.iter().map(|weight| weight / mean).collect() }
}

/// Judges every page by weights and trees that never saw its site.
fn judge_apart(fitter: &Fitter<'_>) -> Vec<f32> {
    let forests: Vec<(Forest, Rows)> = std::thread::scope(|scope| {
        let growing: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || fitter.forest(Some(fold)))).collect();
        growing.into_iter().map(|forest| forest.join().unwrap()).collect()
    });
    let ask = |(row, fold): (usize, &u64)| {
        let (forest, rows) = &forests[*fold as usize];
        let row: Vec<Coarse> = rows.features[row * rows.width..(row + 1) * rows.width].iter().map(|number| Coarse::of(*number)).collect();
        forest.ask(&row, rows.width)[0]
    };
    fitter.folds.iter().enumerate().map(ask).collect()
}

fn split<'a>(cases: &[Case], verdicts: &'a [f32]) -> Vec<&'a [f32]> {
    let mut rest = verdicts;
    cases
        .iter()
        .map(|case| {
            let (own, others) = rest.split_at(case.right.len());
            rest = others;
            own
        })
        .collect()
}

fn tell(cases: &[Case], verdicts: &[f32]) {
    let mut sets: BTreeMap<&str, Vec<(f64, f64, bool)>> = BTreeMap::new();
    let mut snippets = [0.0; 3];
    for (case, verdicts) in cases.iter().zip(split(cases, verdicts)) {
        let (dom, data, extraction) = open(&case.page, &case.url);
        let text = text_of_judged(&dom, &data, &case.sheet, verdicts, &extraction);
        if case.truths.is_empty() {
            measure::count(&text, &case.snippets.inside, &case.snippets.outside, &mut snippets);
            continue;
        }
        let score = measure::score(&text, &case.truths);
        sets.entry(&case.set).or_default().push(score);
        if case.set != "marked" {
            sets.entry("~ALL").or_default().push(score);
        }
    }
    for (set, scores) in sets {
        let told: Vec<f64> = scores.iter().filter(|score| score.2).map(|score| score.0).collect();
        let precision = told.iter().sum::<f64>() / told.len().max(1) as f64;
        let recall = scores.iter().map(|score| score.1).sum::<f64>() / scores.len() as f64;
        println!("  {set:18} {:4} F1 {:.4} P {precision:.4} R {recall:.4}", scores.len(), 2.0 * precision * recall / (precision + recall));
    }
    let [right, missed, wrong] = snippets;
    if right > 0.0 {
        let (precision, recall) = (right / (right + wrong), right / (right + missed));
        println!("  snippets F1 {:.4} P {precision:.4} R {recall:.4}", 2.0 * precision * recall / (precision + recall));
    }
}

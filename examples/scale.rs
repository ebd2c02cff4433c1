//! How the everyday commands fare on a large store: fills one, publishes it, and measures time and memory of each command.
//!
//! `cargo build --release && cargo run --release --example scale -- FOLDER [SOURCES] [ITEMS OF EACH]`; the folder must not exist yet.
//! `feedwright` is looked for beside this program's own folder, where the first of these commands puts it.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a program that measures, for people to read")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use feedwright::model::{Item, SourceId};
use feedwright::store::{Changes, SourceRecord, Store, Stored};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const WORDS: [&str; 12] =
    ["ferry", "harbour", "bridge", "council", "orchard", "market", "winter", "library", "tram", "lighthouse", "school", "evening"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder that does not exist yet"));
    let mut number = |default: usize| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (sources, items) = (number(10_000), number(100));
    let program = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("feedwright");
    assert!(program.exists(), "there is no `{}`: build it with `cargo build --release`", program.display());
    fs::create_dir(&folder).unwrap();
    let began = Instant::now();
    fill(&folder, sources, items);
    println!("{sources} sources, {} items: filled in {:.1} s", sources * items, began.elapsed().as_secs_f64());
    measure(&program, &folder, "first run: publishes all", &["run"]);
    println!("store: {} MB", size(&folder.join("feedwright.db")) / 1_000_000);
    for _ in 0..2 {
        measure(&program, &folder, "status", &["status"]);
        measure(&program, &folder, "status --json", &["status", "--json"]);
        measure(&program, &folder, "check", &["check"]);
        measure(&program, &folder, "run, nothing due", &["run"]);
        write_news(&folder, Timestamp::now().as_millisecond());
        measure(&program, &folder, "run, one source due", &["run", "s00000"]);
    }
}

/// One source is a saved page; the others are on the web and not due.
fn fill(folder: &Path, sources: usize, items: usize) {
    let mut config = "[publish]\ndir = \"feeds\"\nbase-url = \"https://feeds.example/\"\nformats = [\"atom\"]\n".to_owned();
    let mut store = Store::open(&folder.join("feedwright.db")).unwrap();
    let now = Timestamp::now();
    for number in 0..sources {
        let name = format!("s{number:05}");
        let address = if number == 0 {
            "page.html\"\nsaved-from = \"https://site0.example/".to_owned()
        } else {
            format!("https://site{number}.example/news")
        };
        write!(config, "\n[[source]]\nname = \"{name}\"\nurl = \"{address}\"\n").unwrap();
        let source = SourceId::new(&name).unwrap();
        let record = SourceRecord {
            next_due: now.checked_add(SignedDuration::from_hours(1_000)).ok(),
            last_success: Some(now),
            title: Some(format!("Courier number {number}")),
            ..SourceRecord::default()
        };
        let stored = (0..items).map(|place| stored(&source, number * items + place, now)).collect();
        store.commit(&source, &Changes { items: stored, record, ..Changes::default() }).unwrap();
    }
    fs::write(folder.join("config.toml"), config).unwrap();
    write_news(folder, 0);
}

fn stored(source: &SourceId, number: usize, now: Timestamp) -> Stored {
    let at = now.checked_sub(SignedDuration::from_mins(i64::try_from(number % 500_000).unwrap_or(0))).unwrap();
    let text: String = (0..60).map(|place| format!("{} ", WORDS[(number * 7 + place * place) % WORDS.len()])).collect();
    let item: Item = serde_json::from_value(json!({
        "id": format!("urn:uuid:{number:032x}"), "source": source, "url": format!("https://{source}.example/news/{number}"),
        "title": format!("Report {number} of the {}", WORDS[number % WORDS.len()]), "html": format!("<p>{text}</p>"), "text": text,
        "summary": null, "authors": ["Ana Solano"],
        "credits": [{"name": format!("Wire {}", number % 300), "url": null, "role": "agency", "phrase": "(Wire)", "confidence": 0.9, "visible": true}],
        "image": null, "media": [], "tags": [], "language": "en",
        "published": {"at": at, "offset_seconds": 0, "precision": "second", "zone": "given"},
        "first_seen": at, "updated": at, "fingerprint": format!("{number:032x}"), "revision": 0,
    }))
    .unwrap();
    Stored { keys: vec![format!("{source}.example/news/{number}")], digest: "0123456789abcdef".to_owned(), item }
}

/// A saved listing with nine articles that were not there before.
fn write_news(folder: &Path, edition: i64) {
    let mut items = String::new();
    fs::create_dir_all(folder.join("news")).unwrap();
    for (place, word) in WORDS.iter().enumerate().take(9) {
        let title = format!("The {word} of the coast opens again after edition {edition}");
        let path = format!("news/the-{word}-of-the-coast-{edition}{place}.html");
        write!(items, "<li><h2><a href=\"{path}\">{title}</a></h2><p>What the {word} is to those who live there.</p></li>").unwrap();
        let text =
            format!("<p>Report {place} of edition {edition} says of the {word} what nobody had known of it before that day.</p>").repeat(5);
        let page = format!("<!doctype html><title>{title}</title><article><h1>{title}</h1>{text}</article>");
        fs::write(folder.join(path), page).unwrap();
    }
    let listing = format!("<!doctype html><title>Courier</title><main><ul>{items}</ul></main>");
    fs::write(folder.join("page.html"), listing).unwrap();
}

fn measure(program: &Path, folder: &Path, what: &str, arguments: &[&str]) {
    let began = Instant::now();
    let mut child = Command::new(program).args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut peak, status) = (0, format!("/proc/{}/status", child.id()));
    let code = loop {
        if let Some(line) = fs::read_to_string(&status).unwrap_or_default().lines().find(|line| line.starts_with("VmHWM")) {
            peak = line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(peak);
        }
        match child.try_wait().unwrap() {
            Some(status) => break status.code().unwrap_or(-1),
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    println!("{what:28} {:8.2} s  {:6} MB  exit {code}", began.elapsed().as_secs_f64(), peak / 1_000);
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

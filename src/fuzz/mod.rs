//! Fuzzing on the stable toolchain: seeds, changed at random, against everything that strangers' bytes meet.
//!
//! In the suite each target gets a short run, the same every time. A long one is had with
//! `FUZZ_SECONDS=1800 cargo test --profile quick --lib fuzz::pages`; an input that breaks something is kept in `target/fuzz/`,
//! named in the failure, and belongs into `tests/seeds/` with the repair. An input that takes too long counts as broken.
//! `PAGES=FOLDER cargo test --profile quick --lib fuzz::every_page -- --nocapture` puts every page of a folder of yours through the same, unchanged (`.gz` is unpacked).

mod mutate;
mod targets;

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use self::mutate::Mutator;

/// What one input may take of a processor in a debug build. Real inputs of this size take milliseconds.
const LONGEST: Duration = Duration::from_secs(20);

/// Runs one target over its seeds, and over changes of them.
#[track_caller]
#[expect(clippy::print_stdout, reason = "a long run tells how far it came")]
fn fuzz(name: &str, folders: &[&str], rounds: usize, target: fn(&[u8])) {
    let seconds: Option<u64> = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seeds = seeds(folders);
    assert!(!seeds.is_empty(), "no seeds for {name}");
    for seed in &seeds {
        try_one(name, seed, target);
    }
    // A long run is another one each time; a short one is always the same.
    let number = if seconds.is_some() { fastrand::u64(..) } else { 20_261_124 };
    let mut mutator = Mutator::new(seeds, number);
    let (began, mut done) = (Instant::now(), 0_usize);
    while seconds.map_or(done < rounds, |seconds| began.elapsed().as_secs() < seconds) {
        try_one(name, &mutator.next(), target);
        done += 1;
    }
    if seconds.is_some() {
        println!("{name}: {done} inputs in {:.0} s, seed {number}", began.elapsed().as_secs_f64());
    }
}

#[track_caller]
fn try_one(name: &str, input: &[u8], target: fn(&[u8])) {
    let (began, used) = (Instant::now(), processor_time());
    let outcome = catch_unwind(AssertUnwindSafe(|| target(input)));
    let took = match (processor_time(), used) {
        (Some(now), Some(used)) => now - used,
        _ => began.elapsed(),
    };
    if outcome.is_err() || took > LONGEST {
        let path = keep(name, input);
        panic!("{name}: {} bytes in {} {}", input.len(), path.display(), if outcome.is_err() { "panicked" } else { "took too long" });
    }
}

/// What this thread has used of a processor, where the system tells: the clock on the wall would count what others do as well.
fn processor_time() -> Option<Duration> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Keeps an input for looking at it.
fn keep(name: &str, input: &[u8]) -> PathBuf {
    let sum = input.iter().fold(14_695_981_039_346_656_037_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(1_099_511_628_211));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}-{sum:016x}"));
    std::fs::write(&path, input).unwrap();
    path
}

/// The files of some folders of the project, in order.
fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn robots() {
    fuzz("robots", &["tests/seeds/robots"], 500, crate::fetch::fuzz::robots);
}

#[test]
fn charset() {
    fuzz("charset", &["tests/seeds/charset"], 500, crate::fetch::fuzz::charset);
}

#[test]
fn codings() {
    fuzz("codings", &["tests/seeds/codings"], 200, crate::fetch::fuzz::codings);
}

#[test]
fn headers() {
    fuzz("headers", &["tests/seeds/headers"], 300, crate::fetch::fuzz::headers);
}

#[test]
fn dates() {
    fuzz("dates", &["tests/seeds/dates"], 200, targets::dates);
}

#[test]
fn urls() {
    fuzz("urls", &["tests/seeds/urls"], 500, targets::urls);
}

#[test]
fn pages() {
    fuzz("pages", &["tests/seeds/pages", "sample/newsroom"], 40, targets::page);
}

#[test]
#[expect(clippy::print_stdout, reason = "it tells how much was read")]
fn every_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("PAGES").map_or_else(|| root.join("sample/newsroom"), PathBuf::from);
    let pages: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| is_page(path)).collect();
    assert!(!pages.is_empty(), "no pages in {}", folder.display());
    for path in &pages {
        try_one("page", &unpacked(path), targets::page);
    }
    println!("{}: {} pages", folder.display(), pages.len());
}

fn is_page(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.trim_end_matches(".gz").ends_with(".html"))
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    if path.extension().is_none_or(|end| end != "gz") {
        return bytes;
    }
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).unwrap();
    page
}

#[test]
fn fragments() {
    fuzz("fragments", &["tests/seeds/pages"], 60, targets::fragment);
}

#[test]
fn feeds() {
    fuzz("feeds", &["tests/seeds/feeds"], 200, targets::feed);
}

#[test]
fn config() {
    fuzz("config", &["tests/seeds/config"], 50, targets::config);
}

//! The rules of ARCHITECTURE.md that the compiler cannot hold: layers, doors, sizes.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import of this crate. The order is the order of the layers.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &["url"]),
    ("url", &["model"]),
    ("html", &["model", "url"]),
    ("discover", &["model", "url", "html", "extract"]),
    ("extract", &["model", "url", "html"]),
    ("curate", &["model", "url", "html", "extract"]),
    ("schedule", &["model", "url"]),
    ("health", &["model", "url"]),
    ("event", &["model", "url"]),
    ("fetch", &["model", "url", "event"]),
    ("transform", &["model", "url", "event"]),
    // The store keys credits by the aliases that extraction knows.
    ("store", &["model", "url", "event", "curate", "health", "schedule", "extract"]),
    ("publish", &["model", "url", "event"]),
    ("config", &["model", "url", "html", "discover", "extract", "curate", "schedule", "health", "fetch", "transform", "publish", "store"]),
    ("pipeline", &["*"]),
    ("run", &["*"]),
    ("watch", &["*"]),
    ("serve", &["*"]),
    ("cli", &["*"]),
];

/// Modules above the pipeline, which nothing below may import.
const ABOVE: &[&str] = &["run", "watch", "serve", "cli"];

/// What only acts, and where it may stand.
const DOORS: &[(&str, &[&str])] = &[
    ("reqwest::", &["src/fetch/client.rs"]),
    ("rusqlite::", &["src/store/"]),
    ("scraper::", &["src/html/", "src/discover/", "src/extract/"]),
    ("atom_syndication::", &["src/publish/"]),
    ("SafeHtml::assume_clean", &["src/html/", "src/store/", "src/model/", "src/publish/tests.rs"]),
    ("println!", &["src/cli/"]),
    ("eprintln!", &["src/cli/"]),
];

/// Words that the pure half must not hold: it knows no network, disk, clock, process, environment or async.
const EFFECTS: &[&str] = &[
    "std::fs",
    "std::net::Tcp",
    "std::net::Udp",
    "ToSocketAddrs",
    "std::env",
    "std::process",
    "std::io",
    "tokio",
    "Instant::now",
    "SystemTime",
    "Timestamp::now",
    "async fn",
];
const PURE: &[&str] = &["model", "url", "html", "discover", "extract", "curate", "schedule", "health", "event"];

/// The ceiling of a file, in lines.
const LONGEST_FILE: usize = 400;

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root).unwrap().to_path_buf(), text));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the sources were not found");
    files
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn module(path: &Path) -> String {
    let second = path.components().nth(1).unwrap().as_os_str().to_string_lossy().into_owned();
    second.trim_end_matches(".rs").to_owned()
}

fn is_test_file(path: &Path) -> bool {
    let is_named = |name: &str| path.file_name().is_some_and(|file| file == name);
    is_named("tests.rs") || is_named("fuzz.rs") || path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "fuzz")
}

#[test]
fn no_module_imports_one_above_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        let module = module(path);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else { continue };
        for (imported, _) in LAYERS.iter().filter(|(name, _)| *name != module) {
            let may =
                allowed.contains(imported) || (allowed.contains(&"*") && (!ABOVE.contains(imported) || ABOVE.contains(&module.as_str())));
            if !may && code(text).contains(&format!("crate::{imported}")) {
                wrong.push(format!("{}: `{module}` may not use `{imported}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_effect_has_one_door() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        let shown = path.to_string_lossy();
        for (word, doors) in DOORS {
            if code(text).contains(word) && !doors.iter().any(|door| shown.starts_with(door)) {
                wrong.push(format!("{shown}: `{word}` belongs in {doors:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pure_half_has_no_effects() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        if !PURE.contains(&module(path).as_str()) {
            continue;
        }
        for word in EFFECTS.iter().filter(|word| code(text).contains(**word)) {
            wrong.push(format!("{}: `{word}` in the pure half", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small_enough_to_read() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split by concept, ceiling {LONGEST_FILE}:\n{}", long.join("\n"));
}

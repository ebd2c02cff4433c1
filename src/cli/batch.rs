//! `extract --batch` and `discover --batch`: many saved pages in, JSON lines out, in the order of the input.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::discover::{self, discover};
use crate::extract::{self, extract};
use crate::fetch::file;
use crate::html;
use crate::model::{Discovery, Extraction};
use crate::url::Url;

use super::Failure;

/// Which stage runs over the pages.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stage {
    /// Listing pages.
    Discover,
    /// Article pages.
    Extract,
}

/// Arguments of the batch commands.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A JSON-lines file of `{"id", "path", "url"}`; `-` reads standard input
    #[arg(long, value_name = "MANIFEST")]
    batch: PathBuf,
    /// How many pages to read at the same time
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Print pages, bytes, seconds and pages per second on stderr at the end
    #[arg(long)]
    stats: bool,
}

#[derive(Debug, Deserialize)]
struct Entry {
    id: String,
    path: PathBuf,
    url: String,
}

/// What was done with one page: its answer, its size, the time that reading it took.
struct Answer {
    line: Value,
    bytes: usize,
    spent: Duration,
}

/// Reads the manifest, answers each line, prints in order.
pub(super) fn run(arguments: &Arguments, stage: Stage) -> Result<(), Failure> {
    let (manifest, folder) = read_manifest(&arguments.batch).map_err(Failure::usage)?;
    let answers = answer_all(&manifest, &folder, stage, arguments.threads.max(1));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for answer in &answers {
        writeln!(out, "{}", answer.line)?;
    }
    out.flush()?;
    if arguments.stats {
        let bytes: usize = answers.iter().map(|answer| answer.bytes).sum();
        let seconds: f64 = answers.iter().map(|answer| answer.spent.as_secs_f64()).sum();
        let rate = answers.len() as f64 / seconds.max(f64::MIN_POSITIVE);
        anstream::eprintln!("{} pages, {bytes} bytes, {seconds:.3} s, {rate:.1} pages/s", answers.len());
    }
    Ok(())
}

fn read_manifest(path: &Path) -> Result<(Vec<Result<Entry, String>>, PathBuf)> {
    let (text, folder) = if path == Path::new("-") {
        (io::read_to_string(io::stdin().lock()).context("cannot read the manifest from standard input")?, PathBuf::from("."))
    } else {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read the manifest `{}`", path.display()))?;
        (text, path.parent().unwrap_or(Path::new(".")).to_path_buf())
    };
    let lines = text.as_bytes().lines().map_while(Result::ok).enumerate().filter(|(_, line)| !line.trim().is_empty());
    let entries = lines.map(|(number, line)| serde_json::from_str(&line).map_err(|error| format!("manifest line {}: {error}", number + 1)));
    Ok((entries.collect(), folder))
}

fn answer_all(manifest: &[Result<Entry, String>], folder: &Path, stage: Stage, threads: usize) -> Vec<Answer> {
    let next = AtomicUsize::new(0);
    let slots: Vec<Mutex<Option<Answer>>> = manifest.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(entry), Some(slot)) = (manifest.get(index), slots.get(index)) else { break };
                    let answer = answer(entry, folder, stage);
                    if let Ok(mut slot) = slot.lock() {
                        *slot = Some(answer);
                    }
                }
            });
        }
    });
    slots.into_iter().filter_map(|slot| slot.into_inner().ok().flatten()).collect()
}

fn answer(entry: &Result<Entry, String>, folder: &Path, stage: Stage) -> Answer {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Answer { line: json!({"id": null, "error": error}), bytes: 0, spent: Duration::ZERO },
    };
    let read = || -> Result<(String, Url)> {
        let path = folder.join(&entry.path);
        let bytes = read_page(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let url = Url::parse(&entry.url).with_context(|| format!("`{}` is not an absolute URL", entry.url))?;
        Ok((file::text_of(bytes, &url), url))
    };
    match read() {
        Ok((text, url)) => {
            let began = Instant::now();
            let line = answer_page(&entry.id, &text, &url, stage);
            Answer { line, bytes: text.len(), spent: began.elapsed() }
        }
        Err(error) => Answer { line: json!({"id": entry.id, "error": format!("{error:#}")}), bytes: 0, spent: Duration::ZERO },
    }
}

fn read_page(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
        return Ok(unpacked);
    }
    Ok(bytes)
}

fn answer_page(id: &str, text: &str, url: &Url, stage: Stage) -> Value {
    let dom = html::parse(text, url);
    match stage {
        Stage::Discover => {
            let context = discover::Context { zone: TimeZone::UTC, now: None, explain: false };
            discovery_line(id, url, &discover(&dom, &discover::Rules::default(), &context))
        }
        Stage::Extract => extraction_line(id, url, &extract(&dom, &extract::Rules::default(), &extract::Context::default())),
    }
}

fn discovery_line(id: &str, url: &Url, found: &Discovery) -> Value {
    let items: Vec<Value> = found
        .links
        .iter()
        .map(|link| {
            json!({
                "link": link.url.as_str(), "title": link.title, "date": link.date.map(|date| date.to_rfc3339()),
                "summary": link.teaser, "image": link.image, "author": link.author,
            })
        })
        .collect();
    json!({
        "id": id, "url": url, "items": items, "next": found.next, "confidence": found.confidence,
        "feeds": found.feeds.iter().map(|feed| feed.url.as_str()).collect::<Vec<_>>(), "notes": found.notes,
    })
}

pub(super) fn extraction_line(id: &str, url: &Url, found: &Extraction) -> Value {
    let article = &found.article;
    let credits: Vec<Value> = article
        .credits
        .iter()
        .map(|credit| json!({"name": credit.value.name, "url": credit.value.url, "role": credit.value.role, "confidence": credit.value.confidence, "evidence": credit.value.phrase}))
        .collect();
    json!({
        "id": id, "url": url,
        "title": article.title.as_ref().map(|title| &title.value),
        "text": article.body.as_ref().map(|body| &body.value.text),
        "html": article.body.as_ref().map(|body| body.value.html.as_str()),
        "summary": article.summary.as_ref().map(|summary| &summary.value),
        "published": article.published.as_ref().map(|when| when.value.to_rfc3339()),
        "modified": article.modified.as_ref().map(|when| when.value.to_rfc3339()),
        "authors": article.authors.iter().map(|author| &author.value).collect::<Vec<_>>(),
        "image": article.image.as_ref().map(|image| &image.value),
        "language": article.language.as_ref().map(|language| &language.value),
        "site": article.site.as_ref().map(|site| &site.value),
        "tags": article.tags, "section": article.section, "credit": credits, "quality": found.quality,
        "origins": origins(found), "notes": found.notes,
    })
}

fn origins(found: &Extraction) -> Value {
    let article = &found.article;
    let mut origins = serde_json::Map::new();
    let mut put = |field: &str, origin: Option<&crate::model::Origin>| {
        if let Some(origin) = origin {
            origins.insert(field.to_owned(), json!(origin));
        }
    };
    put("title", article.title.as_ref().map(|found| &found.origin));
    put("body", article.body.as_ref().map(|found| &found.origin));
    put("summary", article.summary.as_ref().map(|found| &found.origin));
    put("published", article.published.as_ref().map(|found| &found.origin));
    put("modified", article.modified.as_ref().map(|found| &found.origin));
    put("authors", article.authors.first().map(|found| &found.origin));
    put("image", article.image.as_ref().map(|found| &found.origin));
    put("language", article.language.as_ref().map(|found| &found.origin));
    put("site", article.site.as_ref().map(|found| &found.origin));
    put("credit", article.credits.first().map(|found| &found.origin));
    Value::Object(origins)
}

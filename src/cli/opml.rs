//! `import` and `export`: lists of feeds as OPML, items as JSON lines.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::config::{Config, edit};
use crate::model::SourceId;
use crate::store::Store;
use crate::url::Url;

use super::output::say;
use super::{Failure, add};

/// Add the feeds of an OPML file as sources, or take in items.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// The OPML file, or with `--items` the JSON lines
    file: PathBuf,
    /// Take in the items that `export --items` printed; those that are there stay as they are
    #[arg(long)]
    items: bool,
    /// Show what would be added, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Print all feeds as OPML, or all items as JSON lines.
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// Items as JSON lines, rather than feeds as OPML
    #[arg(long)]
    items: bool,
}

/// Appends a source for each outline with an address that is not followed yet.
pub(super) fn import(path: &Path, arguments: &Import) -> Result<(), Failure> {
    if arguments.items {
        return super::items::take_in(&Config::read(path)?, &arguments.file, arguments.dry_run);
    }
    let text = fs::read_to_string(&arguments.file)
        .with_context(|| format!("cannot read `{}`", arguments.file.display()))
        .map_err(Failure::usage)?;
    let outlines = outlines(&text).with_context(|| format!("`{}` is no OPML", arguments.file.display())).map_err(Failure::usage)?;
    let mut config = Config::read(path)?;
    let mut toml = fs::read_to_string(path)?;
    let mut added = 0;
    for (title, url) in outlines {
        if config.sources.iter().any(|source| source.address.url().canonical_key() == url.canonical_key()) {
            continue;
        }
        let name = add::free_name(&config, &add::name_for(&title, &url));
        toml = edit::append_source(path, &toml, &[("name", name.as_str().into()), ("url", url.as_str().into())])?;
        config = Config::parse(path, &toml)?;
        say!("{name}  {url}");
        added += 1;
    }
    if !arguments.dry_run {
        edit::write(path, &toml)?;
    }
    anstream::eprintln!("{added} source(s) {}", if arguments.dry_run { "would be added" } else { "added" });
    Ok(())
}

fn outlines(text: &str) -> anyhow::Result<Vec<(String, Url)>> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    let mut is_opml = false;
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) => {
                is_opml |= start.name().as_ref() == "opml";
                found.extend(outline(&start));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if is_opml { Ok(found) } else { Err(anyhow!("it has no `<opml>` element")) }
}

fn outline(start: &BytesStart<'_>) -> Option<(String, Url)> {
    let mut title = String::new();
    let mut url = None;
    for attribute in start.attributes().filter_map(Result::ok) {
        let value = quick_xml::escape::unescape(attribute.value.as_ref()).ok()?.into_owned();
        match attribute.key.as_ref() {
            "title" | "text" => title = value,
            "xmlUrl" => url = Url::parse(&value).ok(),
            _ => {}
        }
    }
    url.filter(Url::is_web).map(|url| (title, url))
}

/// Prints the OPML file as it is published, or every item.
pub(super) fn export(config: &Config, arguments: &Export) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if !arguments.items {
        let path = config.publish.dir.join("feeds.opml");
        let bytes = fs::read(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))
            .map_err(|error| Failure::Stopped(error, Some("`feedwright run` writes it".to_owned())))?;
        out.write_all(&bytes)?;
        return Ok(out.flush()?);
    }
    let mut failed = None;
    Store::open_to_read(&config.store)?.each_stored(|stored| {
        let line = super::items::line(&stored);
        failed = writeln!(out, "{line}").err();
        failed.is_none()
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(out.flush()?),
    }
}

/// A name that can be used, from any text.
pub(super) fn slug(text: &str) -> Option<SourceId> {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    SourceId::new(&words.join("-").chars().take(40).collect::<String>()).ok()
}

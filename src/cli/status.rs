//! `status`: how each source is, and who is credited.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::config::{Config, Source, edit};
use crate::health;
use crate::model::Relocation;
use crate::store::{SourceRecord, Store};

use super::{Failure, safe};

/// Show each source's health.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// How many credited outlets are listed.
const CREDITS_SHOWN: usize = 10;

/// Prints a table, or JSON.
pub(super) fn status(path: &Path, config: &Config, arguments: &Arguments) -> Result<(), Failure> {
    let store = Store::open(&config.store)?;
    let counts = store.counts()?;
    let credits = store.credits()?;
    let now = Timestamp::now();
    let mut rows = Vec::new();
    for source in &config.sources {
        rows.push((source, store.source(&source.name)?, counts.get(source.name.as_str()).copied().unwrap_or(0)));
    }
    if arguments.json {
        let sources: Vec<_> = rows.iter().map(|(source, record, items)| as_json(source, record, *items)).collect();
        anstream::println!("{}", json!({"sources": sources, "credits": credits}));
        return Ok(());
    }
    let width = rows.iter().map(|(source, ..)| source.name.as_str().len()).max().unwrap_or(0).max(6);
    anstream::println!("{:width$}  {:>6}  {:>12}  {:>12}  state", "source", "items", "last good", "next");
    for (source, record, items) in &rows {
        let good = record.last_success.map_or_else(|| "never".to_owned(), |at| format!("{} ago", length(now.duration_since(at))));
        let next = record
            .next_due
            .filter(|due| *due > now)
            .map_or_else(|| "due".to_owned(), |due| format!("in {}", length(due.duration_since(now))));
        anstream::println!("{:width$}  {items:>6}  {good:>12}  {next:>12}  {}", source.name.as_str(), state(source, record));
    }
    for (source, record, _) in &rows {
        if let Some(relocation) = degraded(source, record) {
            print_change(path, source, relocation);
        }
    }
    if !credits.is_empty() {
        anstream::println!("\ncredited");
        for credit in credits.iter().take(CREDITS_SHOWN) {
            anstream::println!("{:>6}  {}", credit.items, safe::short(&credit.name, 60));
        }
    }
    Ok(())
}

fn as_json(source: &Source, record: &SourceRecord, items: i64) -> serde_json::Value {
    json!({
        "name": source.name, "url": source.address.url().to_string(), "enabled": source.enabled, "items": items,
        "last_success": record.last_success, "next_due": record.next_due, "failures": record.failures,
        "failure": record.failure.as_ref().map(|(code, message)| json!({"code": code, "message": message})),
        "held": record.held, "confidence": record.confidence, "usual_links": health::usual_links(&record.polls),
        "feeds": record.feeds, "polls": record.polls, "degraded": degraded(source, record),
    })
}

/// The relocation of a source whose rules are still those that missed.
fn degraded<'r>(source: &Source, record: &'r SourceRecord) -> Option<&'r Relocation> {
    let rule = source.listing.item.as_ref().or(source.listing.link.as_ref())?;
    record.relocation.as_ref().filter(|relocation| relocation.missed == rule.as_str())
}

/// The change to the configuration that would mend a source.
pub(super) fn print_change(path: &Path, source: &Source, relocation: &Relocation) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    match edit::relocated(path, &text, source.name.as_str(), relocation) {
        Ok(changed) => anstream::println!("\nto mend `{}`\n{}", source.name, safe::lines(&edit::difference(path, &text, &changed))),
        Err(error) => anstream::println!("\nto mend `{}`: set new `listing` rules ({})", source.name, safe::line(&error.to_string())),
    }
}

fn state(source: &Source, record: &SourceRecord) -> String {
    if !source.enabled {
        return "off".to_owned();
    }
    match &record.failure {
        Some((code, message)) => format!("{code} ×{}: {}", record.failures, safe::short(message, 80)),
        None if degraded(source, record).is_some() => {
            "degraded: its listing rules match nothing; the list was found by known links".to_owned()
        }
        None if record.last_success.is_some() => "good".to_owned(),
        None => "new".to_owned(),
    }
}

fn length(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

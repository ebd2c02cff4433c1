//! `status`: how each source is, and who is credited.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::config::{Config, Source};
use crate::health;
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
pub(super) fn status(config: &Config, arguments: &Arguments) -> Result<(), Failure> {
    let store = Store::open(&config.store)?;
    let standings = store.standings()?;
    let credits = store.credits()?;
    let now = Timestamp::now();
    let mut rows = Vec::new();
    for source in &config.sources {
        rows.push((source, store.source(&source.name)?, standings.get(source.name.as_str()).map_or(0, |standing| standing.items)));
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
        "feeds": record.feeds, "polls": record.polls,
    })
}

fn state(source: &Source, record: &SourceRecord) -> String {
    if !source.enabled {
        return "off".to_owned();
    }
    match &record.failure {
        Some((code, message)) => format!("{code} ×{}: {}", record.failures, safe::short(message, 80)),
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

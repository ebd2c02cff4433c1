//! `status`: how each source is, and who is credited.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::config::{Config, Source, edit};
use crate::health;
use crate::model::{Item, Relocation};
use crate::publish::Disk;
use crate::store::{SourceRecord, Store};

use super::output::say;
use super::{Failure, safe};

/// Show each source's health.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only this source, in detail: its failure, its rhythm, and what changed lately
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// How many credited outlets are listed.
const CREDITS_SHOWN: usize = 10;
/// How many corrections and polls are listed for one source.
const CORRECTIONS_SHOWN: usize = 10;
const POLLS_SHOWN: usize = 5;
/// How many of the articles that could not be read are listed.
const UNREAD_SHOWN: usize = 5;

/// Prints a table, or JSON.
pub(super) fn status(path: &Path, config: &Config, arguments: &Arguments) -> Result<(), Failure> {
    let store = Store::open_to_read(&config.store)?;
    if let Some(name) = &arguments.name {
        let known = |source: &&Source| source.name.as_str() == name;
        let Some(source) = config.sources.iter().find(known) else {
            return Err(crate::run::Error::Unknown { name: name.clone() }.into());
        };
        return detail(&store, source, arguments.json);
    }
    let standings = store.standings()?;
    let credits = store.credits()?;
    let now = Timestamp::now();
    let mut rows = Vec::new();
    for source in &config.sources {
        rows.push((source, store.source(&source.name)?, standings.get(source.name.as_str()).map_or(0, |standing| standing.items)));
    }
    if arguments.json {
        let sources: Vec<_> = rows.iter().map(|(source, record, items)| as_json(source, record, *items, now)).collect();
        say!("{}", json!({"sources": sources, "credits": credits}));
        return Ok(());
    }
    let width = rows.iter().map(|(source, ..)| source.name.as_str().len()).max().unwrap_or(0).max(6);
    say!("{:width$}  {:>6}  {:>12}  {:>12}  state", "source", "items", "last good", "next");
    for (source, record, items) in &rows {
        let good = record.last_success.map_or_else(|| "never".to_owned(), |at| format!("{} ago", length(now.duration_since(at))));
        let next = record
            .next_due
            .filter(|due| *due > now)
            .map_or_else(|| "due".to_owned(), |due| format!("in {}", length(due.duration_since(now))));
        say!("{:width$}  {items:>6}  {good:>12}  {next:>12}  {}", source.name.as_str(), state(source, record, now));
    }
    let orphans = crate::run::orphans(config, &store, &Disk::list(&config.publish.dir))?;
    if !orphans.is_empty() {
        say!("\nof no source any more (`feedwright prune --orphans` removes them)");
        for file in &orphans {
            say!("  {}", safe::line(file));
        }
    }
    for (source, record, _) in &rows {
        if let Some(relocation) = degraded(source, record) {
            print_change(path, source, relocation);
        }
    }
    if !credits.is_empty() {
        say!("\ncredited");
        for credit in credits.iter().take(CREDITS_SHOWN) {
            say!("{:>6}  {}", credit.items, safe::short(&credit.name, 60));
        }
    }
    Ok(())
}

/// One source, with what is behind its line in the table.
fn detail(store: &Store, source: &Source, as_lines: bool) -> Result<(), Failure> {
    let (record, items, now) = (store.source(&source.name)?, store.standing(&source.name)?.items, Timestamp::now());
    let (corrected, shared) = (store.corrected(&source.name, CORRECTIONS_SHOWN)?, store.count_shared(&source.name)?);
    let (unread, missing) = store.unread(&source.name, UNREAD_SHOWN)?;
    if as_lines {
        let mut value = as_json(source, &record, items, now);
        if let Some(object) = value.as_object_mut() {
            let changed = |item: &Item| json!({"title": item.title, "url": item.url, "updated": item.updated, "revision": item.revision});
            object.insert("corrected".to_owned(), corrected.iter().map(changed).collect());
            object.insert("unread".to_owned(), json!({"count": missing, "next": unread}));
            object.insert("same_story".to_owned(), json!(shared));
        }
        say!("{value}");
        return Ok(());
    }
    say!("{}  {}\n{items} items; {}", source.name, safe::line(&source.address.url().to_string()), state(source, &record, now));
    if shared > 0 {
        say!("{shared} of them tell the same story as items of other sources");
    }
    if let Some((code, message)) = &record.failure {
        say!("fails {} times in a row with {code}: {}", record.failures, safe::line(message));
    }
    if let Some(pulse) = health::pulse(&record.arrivals, now) {
        say!("{}", pulse.words());
    }
    for poll in record.polls.iter().rev().take(POLLS_SHOWN) {
        let outcome = poll.code.as_deref().unwrap_or("good");
        say!("  {} ago: {} links, {} new, {outcome}", length(now.duration_since(poll.at)), poll.links, poll.new);
    }
    if missing > 0 {
        say!("could not be read: {missing}; they are tried again while they are listed");
    }
    for article in &unread {
        let wait = article.next_try.duration_since(now);
        let next = if wait.is_positive() { format!("again in {}", length(wait)) } else { "again at the next run".to_owned() };
        say!("  {}: {} ×{}, {next}", safe::short(&article.address, 80), article.code, article.attempts);
    }
    if !corrected.is_empty() {
        say!("corrected");
    }
    for item in &corrected {
        say!("  {} ago: {} (revision {})", length(now.duration_since(item.updated)), safe::short(&item.title, 80), item.revision);
    }
    Ok(())
}

fn as_json(source: &Source, record: &SourceRecord, items: i64, now: Timestamp) -> serde_json::Value {
    let pulse = health::pulse(&record.arrivals, now);
    json!({
        "rhythm": pulse.map(|pulse| json!({"per_day": pulse.per_day, "silent_hours": pulse.silence.as_hours(), "quiet": pulse.is_quiet,
            "words": pulse.words()})),
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
        Ok(changed) => say!("\nto mend `{}`\n{}", source.name, safe::lines(&edit::difference(path, &text, &changed))),
        Err(error) => say!("\nto mend `{}`: set new `listing` rules ({})", source.name, safe::line(&error.to_string())),
    }
}

fn state(source: &Source, record: &SourceRecord, now: Timestamp) -> String {
    if !source.enabled {
        return "off".to_owned();
    }
    match &record.failure {
        Some((code, message)) => format!("{code} ×{}: {}", record.failures, safe::short(message, 80)),
        None if degraded(source, record).is_some() => {
            "degraded: its listing rules match nothing; the list was found by known links".to_owned()
        }
        None if record.last_success.is_some() => match health::pulse(&record.arrivals, now).filter(|pulse| pulse.is_quiet) {
            Some(pulse) => format!("quiet: {}", pulse.words()),
            None => "good".to_owned(),
        },
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

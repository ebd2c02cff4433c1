//! The health of every source as a text file that Prometheus' node exporter collects (exposition format 0.0.4).

use std::fmt::Write;
use std::path::Path;

use jiff::Timestamp;

use crate::config::Config;
use crate::health;
use crate::publish::Disk;
use crate::store::{SourceRecord, Store};

use super::Error;

/// One figure of every source: its name, what it means, and how it is got.
type Gauge = (&'static str, &'static str, fn(&SourceRecord, i64, Timestamp) -> Option<f64>);

const GAUGES: [Gauge; 7] = [
    ("last_success_seconds", "When the last poll that went well was, in seconds since 1970.", |record, _, _| seconds(record.last_success)),
    ("next_due_seconds", "When the source is due next, in seconds since 1970.", |record, _, _| seconds(record.next_due)),
    ("items", "Items kept.", |_, items, _| Some(items as f64)),
    ("failures", "Failed polls in a row.", |record, _, _| Some(f64::from(record.failures))),
    ("confidence", "How sure it is that the listing is one, from 0 to 1.", |record, _, _| Some(record.confidence)),
    ("items_per_day", "New items a day, as learned.", |record, _, now| Some(health::pulse(&record.arrivals, now)?.per_day)),
    ("quiet", "Whether the source has been silent for unusually long.", |record, _, now| {
        Some(f64::from(u8::from(health::pulse(&record.arrivals, now)?.is_quiet)))
    }),
];

fn seconds(at: Option<Timestamp>) -> Option<f64> {
    at.map(|at| at.as_second() as f64)
}

/// Writes the file, if the configuration names one.
pub(super) fn write(config: &Config, store: &Store, now: Timestamp) -> Result<(), Error> {
    let Some(path) = &config.publish.metrics else { return Ok(()) };
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(()) };
    let text = render(config, store, now)?;
    // The folder of a bare name is called nothing.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Disk::open(folder)?.put(name, text.as_bytes())?;
    Ok(())
}

/// The text of the file.
pub fn render(config: &Config, store: &Store, now: Timestamp) -> Result<String, crate::store::Error> {
    let standings = store.standings()?;
    let mut rows = Vec::new();
    for source in config.sources.iter().filter(|source| source.enabled) {
        let items = standings.get(source.name.as_str()).map_or(0, |standing| standing.items);
        rows.push((&source.name, store.source(&source.name)?, items));
    }
    let mut text = String::new();
    for (name, help, figure) in GAUGES {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "# HELP feedwright_source_{name} {help}\n# TYPE feedwright_source_{name} gauge");
        for (source, record, items) in &rows {
            if let Some(value) = figure(record, *items, now) {
                let _ = writeln!(text, "feedwright_source_{name}{{source=\"{source}\"}} {value}");
            }
        }
    }
    let _ = writeln!(text, "# HELP feedwright_source_failing Why a source fails.\n# TYPE feedwright_source_failing gauge");
    for (source, record, _) in &rows {
        if let Some((code, _)) = &record.failure {
            let _ = writeln!(text, "feedwright_source_failing{{source=\"{source}\",code=\"{code}\"}} 1");
        }
    }
    Ok(text)
}

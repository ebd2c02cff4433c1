//! From the store to the files: which feeds there are, what is in them, and which must be written.
//!
//! What decides that is one row for each source and one for each feed: a run that changed one source of ten thousand reads and writes only
//! that one's items. Archives are written before the live feed that leads to them.

mod build;
mod history;
mod operations;
mod overview;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::config::{Config, FeedRule, Source};
use crate::model::Feed;
use crate::publish::{self, Card, Chain, Disk, Format, Place, file_name};
use crate::store::{Published, Standing, Store};

use super::Error;

/// The folder of the feeds of credited outlets.
const BY_SOURCE: &str = "by-source/";

/// One feed to publish: where its items come from.
struct Planned<'a> {
    stem: String,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Source(&'a Source),
    Rule(&'a FeedRule),
    Credited { key: String, name: String, changes: i64 },
    Health { token: String },
}

/// Everything that publishing works with.
struct Press<'a> {
    config: &'a Config,
    store: &'a mut Store,
    disk: &'a Disk,
    place: Place,
    /// What every token begins with: the program and how it publishes.
    edition: String,
    standings: BTreeMap<String, Standing>,
    published: BTreeMap<String, Published>,
    wrote: Vec<String>,
}

/// Publishes every feed whose items changed or whose files are missing; gives the names of the files written. `may_go_on` is asked between feeds:
/// what is left over then is published by the next run.
pub(super) fn publish(config: &Config, store: &mut Store, disk: &Disk, mut may_go_on: impl FnMut() -> bool) -> Result<Vec<String>, Error> {
    let planned = plan(config, store)?;
    let mut press = Press {
        config,
        place: Place { base_url: config.publish.base_url.clone(), hub: None },
        edition: format!("{} {:?}", env!("CARGO_PKG_VERSION"), config.publish),
        standings: store.standings()?,
        published: store.published()?,
        store,
        disk,
        wrote: Vec::new(),
    };
    let mut changed = false;
    for feed in &planned {
        if !may_go_on() {
            return Ok(press.wrote);
        }
        changed |= press.feed(feed)?;
    }
    press.overview(&planned, changed)?;
    Ok(press.wrote)
}

/// Those of these files that are feeds, or archives of feeds, which the configuration no longer has, or whose outlet is not credited often enough
/// any more.
pub fn orphans(config: &Config, store: &Store, files: &[String]) -> Result<Vec<String>, Error> {
    let mut names: BTreeSet<String> = plan(config, store)?.into_iter().map(|planned| planned.stem).collect();
    // A source that rests keeps its files.
    names.extend(config.sources.iter().map(|source| source.name.to_string()));
    let stem = |file: &'_ str| -> Option<String> {
        let stem = Format::ALL.iter().find_map(|format| file.strip_suffix(&format!(".{}", format.extension())))?;
        let stem = stem.split(".archive-").next().unwrap_or(stem);
        // Other folders in there are somebody else's.
        (!stem.contains('/') || stem.starts_with(BY_SOURCE)).then(|| stem.to_owned())
    };
    Ok(files.iter().filter(|file| stem(file).is_some_and(|stem| !names.contains(&stem))).cloned().collect())
}

fn plan<'a>(config: &'a Config, store: &Store) -> Result<Vec<Planned<'a>>, Error> {
    let mut planned: Vec<Planned<'a>> = Vec::new();
    for source in config.sources.iter().filter(|source| source.enabled) {
        planned.push(Planned { stem: source.name.to_string(), kind: Kind::Source(source) });
    }
    for rule in &config.feeds {
        planned.push(Planned { stem: rule.name.to_string(), kind: Kind::Rule(rule) });
    }
    if config.publish.health {
        planned.push(Planned { stem: operations::STEM.to_owned(), kind: Kind::Health { token: operations::token(config, store)? } });
    }
    if config.publish.by_source > 0 {
        let least = i64::try_from(config.publish.by_source).unwrap_or(i64::MAX);
        let mut stems = BTreeSet::new();
        for credit in store.credits()?.into_iter().filter(|credit| credit.items >= least) {
            let stem = format!("{BY_SOURCE}{}", slug(&credit.key));
            if stems.insert(stem.clone()) {
                planned.push(Planned { stem, kind: Kind::Credited { key: credit.key, name: credit.name, changes: credit.changes } });
            }
        }
    }
    Ok(planned)
}

impl Press<'_> {
    /// Publishes one feed if it must be; says whether it was looked at.
    fn feed(&mut self, planned: &Planned<'_>) -> Result<bool, Error> {
        let files: Vec<String> = self.config.publish.formats.iter().map(|&format| file_name(&planned.stem, format)).collect();
        let is_same = self.published.get(&planned.stem).is_some_and(|published| published.token == self.token(&planned.kind));
        if is_same && files.iter().all(|file| self.disk.has(file)) && self.has_archives(&planned.stem) {
            return Ok(false);
        }
        let chain = self.history(planned)?;
        if let Kind::Source(source) = planned.kind {
            self.standings.insert(source.name.to_string(), self.store.standing(&source.name)?);
        }
        let Some(mut built) = build::build(self.config, self.store, planned, self.archives())? else { return Ok(true) };
        // Archives do without: they must not change when another source tells the same story later.
        built.same_story = self.store.same_stories(&built.items)?;
        self.write(&built, &planned.stem, &chain)?;
        let card = serde_json::to_string(&Card::of(&built)).unwrap_or_default();
        let published = Published { token: self.token(&planned.kind), card };
        self.store.set_published(&planned.stem, &published)?;
        self.published.insert(planned.stem.clone(), published);
        Ok(true)
    }

    /// Whether older items go into archives: only with an address can a document lead to them.
    fn archives(&self) -> bool {
        self.config.publish.archives && self.place.base_url.is_some()
    }

    fn write(&mut self, feed: &Feed, stem: &str, chain: &Chain) -> Result<(), Error> {
        for &format in &self.config.publish.formats {
            let file = file_name(stem, format);
            let bytes = publish::render(feed, stem, chain, &self.place, format)?;
            if self.disk.put(&file, &bytes)? {
                self.wrote.push(file);
            }
        }
        Ok(())
    }

    /// Changes whenever what would be written changes: the items, the configuration, the program.
    fn token(&self, kind: &Kind<'_>) -> String {
        let changes = |source: &Source| self.standings.get(source.name.as_str()).map_or(0, |standing| standing.changes);
        let mut parts = vec![self.edition.clone()];
        match kind {
            Kind::Source(source) => {
                let said = (
                    &source.address,
                    &source.title,
                    &source.description,
                    &source.language,
                    source.every,
                    (source.keep, source.keep_age, source.keep_bytes),
                );
                let head = self.standings.get(source.name.as_str()).map_or("", |standing| standing.head.as_str());
                parts.push(format!("{} {said:?} {head} {}", source.name, changes(source)));
            }
            Kind::Rule(rule) => {
                parts.push(format!("{rule:?}"));
                parts.extend(members(self.config, rule).map(|source| format!("{} {}", source.name, changes(source))));
            }
            Kind::Health { token } => parts.push(token.clone()),
            Kind::Credited { key, name, changes } => parts.push(format!("{key} {name} {changes}")),
        }
        digest(&parts.join("\n"))
    }
}

/// The sources of a feed across sources.
fn members<'a>(config: &'a Config, rule: &'a FeedRule) -> impl Iterator<Item = &'a Source> {
    config.sources.iter().filter(|source| rule.sources.is_empty() || rule.sources.contains(&source.name))
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// A file name from a key in any script: what is not ASCII is told apart by a digest.
fn slug(key: &str) -> String {
    let words: Vec<String> = key
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let plain = words.join("-").chars().take(60).collect::<String>();
    if key.is_ascii() && !plain.is_empty() { plain } else { format!("{plain}-{}", &digest(key)[..8]).trim_matches('-').to_owned() }
}

//! From the store to the files: which feeds there are, what is in them, and which must be written.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::config::{Config, FeedRule, Source};
use crate::curate::{FeedFilter, identity};
use crate::extract::credit::alias_key;
use crate::model::{Feed, Item, SourceId};
use crate::publish::{self, Chain, Disk, HEADLINES, Listed, Place, file_name};
use crate::store::Store;
use crate::url::Url;

use super::Error;

/// How many items of each source are looked at for a feed that narrows by words or language.
const LOOKED_AT: usize = 500;

/// One feed to publish: where its items come from.
struct Planned<'a> {
    stem: String,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Source(&'a Source),
    Rule(&'a FeedRule),
    Credited { key: String, name: String },
}

/// Publishes every feed whose items changed or whose files are missing; gives the names of the files written.
pub(super) fn publish(config: &Config, store: &mut Store, disk: &Disk) -> Result<Vec<String>, Error> {
    prune(config, store)?;
    let place = Place { base_url: config.publish.base_url.clone(), hub: None };
    let planned = plan(config, store)?;
    let mut wrote = Vec::new();
    let mut tokens = Vec::new();
    let mut changed = false;
    for feed in &planned {
        let token = token(config, store, &feed.kind)?;
        tokens.push(token.clone());
        let files: Vec<String> = config.publish.formats.iter().map(|&format| file_name(&feed.stem, format)).collect();
        if store.published(&feed.stem)?.as_ref() == Some(&token) && files.iter().all(|file| disk.has(file)) {
            continue;
        }
        changed = true;
        let Some(built) = build(config, store, &feed.kind, config.publish.items)? else { continue };
        for (&format, file) in config.publish.formats.iter().zip(&files) {
            let bytes = publish::render(&built, &feed.stem, &Chain::default(), &place, format)?;
            if disk.put(file, &bytes)? {
                wrote.push(file.clone());
            }
        }
        store.set_published(&feed.stem, &token)?;
    }
    let whole = digest(&tokens.join("\n"));
    let stands = disk.has("index.html") && disk.has("feeds.opml") && store.published("index")?.as_ref() == Some(&whole);
    if changed || !stands {
        wrote.extend(overview(config, store, disk, &planned, &place)?);
        store.set_published("index", &whole)?;
    }
    Ok(wrote)
}

fn prune(config: &Config, store: &mut Store) -> Result<(), Error> {
    for source in config.sources.iter().filter(|source| source.keep > 0) {
        // What a feed shows is always kept.
        store.prune(&source.name, Some(source.keep.max(config.publish.items)), None)?;
    }
    Ok(())
}

fn plan<'a>(config: &'a Config, store: &Store) -> Result<Vec<Planned<'a>>, Error> {
    let mut planned: Vec<Planned<'a>> = Vec::new();
    for source in config.sources.iter().filter(|source| source.enabled) {
        planned.push(Planned { stem: source.name.to_string(), kind: Kind::Source(source) });
    }
    for rule in &config.feeds {
        planned.push(Planned { stem: rule.name.to_string(), kind: Kind::Rule(rule) });
    }
    if config.publish.by_source > 0 {
        let least = i64::try_from(config.publish.by_source).unwrap_or(i64::MAX);
        for credit in store.credits()?.into_iter().filter(|credit| credit.items >= least) {
            let stem = format!("by-source/{}", slug(&credit.key));
            if planned.iter().all(|other| other.stem != stem) {
                planned.push(Planned { stem, kind: Kind::Credited { key: credit.key, name: credit.name } });
            }
        }
    }
    Ok(planned)
}

/// Changes whenever what would be written changes: the items, the configuration, the program.
fn token(config: &Config, store: &Store, kind: &Kind<'_>) -> Result<String, Error> {
    let mut parts = vec![format!("{} {:?}", env!("CARGO_PKG_VERSION"), config.publish)];
    let of =
        |source: &Source| format!("{} {:?} {:?} {:?} {:?}", source.name, source.address, source.title, source.description, source.language);
    match kind {
        Kind::Source(source) => {
            let record = store.source(&source.name)?;
            parts.extend([of(source), format!("{:?} {:?} {}", record.title, record.language, store.token(&source.name)?)]);
        }
        Kind::Rule(rule) => {
            parts.push(format!("{rule:?}"));
            for source in members(config, rule) {
                parts.extend([of(source), store.token(&source.name)?]);
            }
        }
        Kind::Credited { key, .. } => {
            parts.push(key.clone());
            for source in &config.sources {
                parts.push(store.token(&source.name)?);
            }
        }
    }
    Ok(digest(&parts.join("\n")))
}

fn members<'a>(config: &'a Config, rule: &'a FeedRule) -> impl Iterator<Item = &'a Source> {
    config.sources.iter().filter(|source| rule.sources.is_empty() || rule.sources.contains(&source.name))
}

/// Builds a feed of at most `limit` items. `None` for a source that never had one: there is nothing to publish yet.
fn build(config: &Config, store: &Store, kind: &Kind<'_>, limit: usize) -> Result<Option<Feed>, Error> {
    let feed = match kind {
        Kind::Source(source) => {
            let items = store.window(&source.name, limit, 0)?;
            if items.is_empty() {
                return Ok(None);
            }
            source_feed(store, source, items)?
        }
        Kind::Rule(rule) => {
            let items = combined(config, store, rule, limit)?;
            let title = rule.title.clone().unwrap_or_else(|| rule.name.to_string());
            let home = members(config, rule).next().map(|source| source.address.url().clone());
            // An empty feed is as old as the newest item that it could have had; before there is one, there is nothing to publish.
            let Some(updated) = newest(&items).or(newest_of(members(config, rule), store)?) else { return Ok(None) };
            crossing(config, rule.name.clone(), title, home, items, updated)
        }
        Kind::Credited { key, name } => {
            let items = store.credited(std::slice::from_ref(key), limit)?;
            let stem = SourceId::new(&slug(key)).unwrap_or_else(|_| fallback_name());
            let Some(updated) = newest(&items) else { return Ok(None) };
            crossing(config, stem, format!("Credited to {name}"), None, items, updated)
        }
    };
    Ok(Some(within(feed, config.publish.max_bytes)))
}

fn source_feed(store: &Store, source: &Source, items: Vec<Item>) -> Result<Feed, Error> {
    let record = store.source(&source.name)?;
    let home = source.address.url().clone();
    let host = home.host().strip_prefix("www.").unwrap_or(home.host()).to_owned();
    let title = source.title.clone().or(record.title).filter(|title| !title.is_empty()).unwrap_or_else(|| source.name.to_string());
    let description = source.description.clone().unwrap_or_else(|| match host.as_str() {
        "" => format!("{title}, in full text."),
        host => format!("Articles of {host}, in full text."),
    });
    let minutes = u32::try_from(source.every.as_secs() / 60).ok();
    Ok(Feed {
        name: source.name.clone(),
        id: identity::feed_id(source.name.as_str()),
        author: title.clone(),
        title,
        description,
        home,
        language: source.language.clone().or(record.language),
        updated: newest(&items).unwrap_or(Timestamp::UNIX_EPOCH),
        ttl_minutes: minutes,
        items,
    })
}

/// A feed across sources.
fn crossing(config: &Config, name: SourceId, title: String, home: Option<Url>, items: Vec<Item>, updated: Timestamp) -> Feed {
    let base = config.publish.base_url.clone().or(home);
    Feed {
        id: identity::feed_id(name.as_str()),
        name,
        author: config.publish.title.clone(),
        description: format!("{title}: articles from several sources, in full text."),
        title,
        home: base.or_else(|| items.first().map(|item| item.url.clone())).unwrap_or_else(fallback_home),
        language: None,
        updated,
        ttl_minutes: None,
        items,
    }
}

fn combined(config: &Config, store: &Store, rule: &FeedRule, limit: usize) -> Result<Vec<Item>, Error> {
    let filter: &FeedFilter = &rule.filter;
    let mut items = if filter.credit.is_empty() {
        let mut items = Vec::new();
        for source in members(config, rule) {
            items.extend(store.window(&source.name, if narrows(filter) { LOOKED_AT } else { limit }, 0)?);
        }
        items
    } else {
        let keys: Vec<String> = filter.credit.iter().map(|name| alias_key(name)).collect();
        store.credited(&keys, LOOKED_AT)?
    };
    let member = |item: &Item| members(config, rule).any(|source| source.name == item.source);
    items.retain(|item| filter.takes(item) && member(item));
    items.sort_by(|one, other| other.date().cmp(&one.date()).then_with(|| one.id.cmp(&other.id)));
    items.truncate(limit);
    Ok(items)
}

fn narrows(filter: &FeedFilter) -> bool {
    !filter.words.is_empty() || !filter.language.is_empty()
}

/// Leaves out the oldest items until the bodies fit; at least one stays.
fn within(mut feed: Feed, max_bytes: usize) -> Feed {
    let mut bytes = 0;
    let fitting = feed.items.iter().take_while(|item| {
        bytes += item.html.as_str().len();
        bytes <= max_bytes
    });
    let count = fitting.count().max(1);
    feed.items.truncate(count);
    feed
}

fn overview(config: &Config, store: &Store, disk: &Disk, planned: &[Planned<'_>], place: &Place) -> Result<Vec<String>, Error> {
    let mut feeds = Vec::new();
    for planned in planned {
        let Some(feed) = build(config, store, &planned.kind, HEADLINES)? else { continue };
        let count = match &planned.kind {
            Kind::Source(source) => store.window_size(&source.name, config.publish.items)?,
            Kind::Rule(rule) => combined(config, store, rule, config.publish.items)?.len(),
            Kind::Credited { key, .. } => store.credited(std::slice::from_ref(key), config.publish.items)?.len(),
        };
        feeds.push((planned.stem.clone(), feed, count));
    }
    let listed: Vec<Listed<'_>> = feeds
        .iter()
        .map(|(stem, feed, count)| Listed { feed, stem: stem.clone(), formats: config.publish.formats.clone(), count: *count })
        .collect();
    let files = [
        ("index.html", publish::index(&config.publish.title, &listed, place)),
        ("feeds.opml", publish::opml(&config.publish.title, &listed, place)),
    ];
    let mut wrote = Vec::new();
    for (name, bytes) in files {
        if disk.put(name, &bytes)? {
            wrote.push(name.to_owned());
        }
    }
    Ok(wrote)
}

fn newest(items: &[Item]) -> Option<Timestamp> {
    items.iter().map(|item| item.updated).max()
}

fn newest_of<'a>(sources: impl Iterator<Item = &'a Source>, store: &Store) -> Result<Option<Timestamp>, Error> {
    let mut newest = None;
    for source in sources {
        newest = newest.max(store.last_change(&source.name)?);
    }
    Ok(newest)
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

fn fallback_name() -> SourceId {
    #[expect(clippy::expect_used, reason = "the literal is a legal name")]
    SourceId::new("feed").expect("a legal name")
}

fn fallback_home() -> Url {
    #[expect(clippy::expect_used, reason = "the literal is an address")]
    Url::parse("http://localhost/").expect("an address")
}

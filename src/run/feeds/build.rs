//! What is in each feed: the items, and what is said of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::{Config, FeedRule, Source};
use crate::curate::{FeedFilter, identity};
use crate::extract::credit::alias_key;
use crate::model::{Feed, Item, SourceId};
use crate::store::Store;
use crate::url::Url;

use super::{Error, Kind, Planned, members, operations, slug};

/// How many items of each source are looked at for a feed that narrows by words or language.
const LOOKED_AT: usize = 500;
/// A feed across more sources than this is filled from the newest items of all, rather than from those of each.
const MANY_SOURCES: usize = 100;
/// How many of the newest items of all sources are looked at for it.
const LOOKED_AT_OF_ALL: usize = 5_000;

/// What is said of a source's feed: kept with its archives, so that these never change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) home: Url,
    pub(super) language: Option<String>,
    pub(super) ttl_minutes: Option<u32>,
    /// Who publishes it, where that is not its title.
    #[serde(default)]
    pub(super) author: Option<String>,
}

/// Builds a feed. `None` for one that never had an item: there is nothing to publish yet. `is_archived` says whether the source's older items are
/// in archives.
pub(super) fn build(config: &Config, store: &Store, planned: &Planned<'_>, is_archived: bool) -> Result<Option<Feed>, Error> {
    let limit = config.publish.items;
    let feed = match &planned.kind {
        Kind::Health { .. } => return operations::build(config, store),
        Kind::Source(source) => {
            let items = if is_archived { store.live(&source.name)? } else { store.window(&source.name, limit, 0)? };
            if items.is_empty() {
                return Ok(None);
            }
            let feed = with_head(&source.name, head(store, source)?, items);
            // What does not fit was sealed into archives.
            return Ok(Some(if is_archived { feed } else { within(feed, config.publish.max_bytes) }));
        }
        Kind::Rule(rule) => {
            let mut items = if is_archived { store.members(&planned.stem)? } else { combined(config, store, rule, limit)? };
            // A source that was removed takes its items along.
            items.retain(|item| members(config, rule).any(|source| source.name == item.source));
            let home = members(config, rule).next().map(|source| source.address.url().clone());
            // An empty feed is as old as the newest item that it could have had; before there is one, there is nothing to publish.
            let Some(updated) = newest(&items).or(newest_of(members(config, rule), store)?) else { return Ok(None) };
            crossing(config, rule.name.clone(), rule_title(rule), home, items, updated)
        }
        Kind::Credited { key, name, .. } => {
            let items = if is_archived { store.members(&planned.stem)? } else { store.credited(std::slice::from_ref(key), limit)? };
            let Some(updated) = newest(&items) else { return Ok(None) };
            crossing(config, credited_name(key), credited_title(name), None, items, updated)
        }
    };
    Ok(Some(if is_archived { feed } else { within(feed, config.publish.max_bytes) }))
}

/// The name of a feed that may have archives, and what is said of it now. `None` for one that has none.
pub(super) fn head_of(config: &Config, store: &Store, kind: &Kind<'_>) -> Result<Option<(SourceId, Head)>, Error> {
    let across = |name: SourceId, title: String| {
        let feed = crossing(config, name, title, None, Vec::new(), Timestamp::UNIX_EPOCH);
        let (name, author) = (feed.name.clone(), Some(feed.author));
        let head = Head { title: feed.title, description: feed.description, home: feed.home, language: None, ttl_minutes: None, author };
        (name, head)
    };
    Ok(match kind {
        Kind::Source(source) => Some((source.name.clone(), head(store, source)?)),
        Kind::Rule(rule) => Some(across(rule.name.clone(), rule_title(rule))),
        Kind::Credited { key, name, .. } => Some(across(credited_name(key), credited_title(name))),
        Kind::Health { .. } => None,
    })
}

fn rule_title(rule: &FeedRule) -> String {
    rule.title.clone().unwrap_or_else(|| rule.name.to_string())
}

fn credited_title(name: &str) -> String {
    format!("Credited to {name}")
}

fn credited_name(key: &str) -> SourceId {
    SourceId::new(&slug(key)).unwrap_or_else(|_| fallback_name())
}

/// The keys of the outlets that a feed narrows to, if it does.
pub(super) fn credit_keys(rule: &FeedRule) -> Option<Vec<String>> {
    let credit = &rule.filter.credit;
    (!credit.is_empty()).then(|| credit.iter().map(|name| alias_key(name)).collect())
}

/// What is said of a source's feed now.
pub(super) fn head(store: &Store, source: &Source) -> Result<Head, Error> {
    let record = store.source(&source.name)?;
    let home = source.address.url().clone();
    let host = home.host().strip_prefix("www.").unwrap_or(home.host()).to_owned();
    let title = source.title.clone().or(record.title).filter(|title| !title.is_empty()).unwrap_or_else(|| source.name.to_string());
    let description = source.description.clone().unwrap_or_else(|| match host.as_str() {
        "" => format!("{title}, in full text."),
        host => format!("Articles of {host}, in full text."),
    });
    let ttl_minutes = u32::try_from(source.every.as_secs() / 60).ok();
    Ok(Head { title, description, home, language: source.language.clone().or(record.language), ttl_minutes, author: None })
}

/// The live feed of a source, or an archive of any feed.
pub(super) fn with_head(name: &SourceId, head: Head, items: Vec<Item>) -> Feed {
    Feed {
        name: name.clone(),
        id: identity::feed_id(name.as_str()),
        author: head.author.unwrap_or_else(|| head.title.clone()),
        title: head.title,
        description: head.description,
        home: head.home,
        language: head.language,
        updated: newest(&items).unwrap_or(Timestamp::UNIX_EPOCH),
        ttl_minutes: head.ttl_minutes,
        items,
        same_story: BTreeMap::new(),
    }
}

/// A feed across sources.
pub(super) fn crossing(config: &Config, name: SourceId, title: String, home: Option<Url>, items: Vec<Item>, updated: Timestamp) -> Feed {
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
        same_story: BTreeMap::new(),
    }
}

fn combined(config: &Config, store: &Store, rule: &FeedRule, limit: usize) -> Result<Vec<Item>, Error> {
    let filter: &FeedFilter = &rule.filter;
    let names: std::collections::BTreeSet<&SourceId> = members(config, rule).map(|source| &source.name).collect();
    let takes = |item: &Item| filter.takes(item) && names.contains(&item.source);
    let mut items = if let Some(keys) = credit_keys(rule) {
        store.credited(&keys, LOOKED_AT)?
    } else if names.len() > MANY_SOURCES {
        newest_of_all(store, limit, takes)?
    } else {
        let mut items = Vec::new();
        for name in &names {
            items.extend(store.window(name, if narrows(filter) { LOOKED_AT } else { limit }, 0)?);
        }
        items
    };
    items.retain(takes);
    items.sort_by(|one, other| other.date().cmp(&one.date()).then_with(|| one.id.cmp(&other.id)));
    items.truncate(limit);
    Ok(items)
}

fn newest_of_all(store: &Store, limit: usize, takes: impl Fn(&Item) -> bool) -> Result<Vec<Item>, Error> {
    let (mut items, mut looked_at) = (Vec::new(), 0);
    store.newest(|item| {
        looked_at += 1;
        if takes(&item) {
            items.push(item);
        }
        items.len() < limit && looked_at < LOOKED_AT_OF_ALL
    })?;
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

pub(super) fn fallback_name() -> SourceId {
    #[expect(clippy::expect_used, reason = "the literal is a legal name")]
    SourceId::new("feed").expect("a legal name")
}

pub(super) fn fallback_home() -> Url {
    #[expect(clippy::expect_used, reason = "the literal is an address")]
    Url::parse("http://localhost/").expect("an address")
}

//! Which links of a listing deserve a request: articles are read once.
//!
//! An article is read again only when the listing changed what it says of it, when a configured re-check is due, or, after a failure, when its
//! time to be tried again has come.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::{ItemId, Link, Note, Validators};
use crate::url::Url;

use super::filter::ItemFilter;
use super::identity;

/// How long a failed article waits before its n-th retry: ten minutes, doubled each time, a day at most.
const FIRST_RETRY: Duration = Duration::from_secs(600);
const LONGEST_RETRY: Duration = Duration::from_secs(86_400);

/// An article that was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Its item.
    pub id: ItemId,
    /// Digest of what the listing said of it.
    pub digest: String,
    /// When the item was first seen.
    pub first_seen: Timestamp,
    /// How many re-checks were made.
    pub rechecks: u32,
    /// Whether the item was pruned: it is not read again, or it would come back as new.
    pub is_pruned: bool,
    /// The address that was read last, and what makes the next request for it conditional.
    pub visit: Option<(Url, Validators)>,
}

/// An article that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How often it failed.
    pub attempts: u32,
    /// When it may be tried again.
    pub next_try: Timestamp,
}

/// What the store knows of the links of a listing, by [`identity::key`].
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Articles that were read.
    pub read: BTreeMap<String, Sighting>,
    /// Articles that could not be read.
    pub failed: BTreeMap<String, Failure>,
    /// Articles that were read and left out by the rules of now, with the digest of what the listing said.
    pub left_out: BTreeMap<String, String>,
}

/// How a source's articles are read.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// What is left out.
    pub filter: &'a ItemFilter,
    /// After which times since the first sight an article is read again.
    pub recheck: &'a [Duration],
    /// How many new articles are read in one run, so that a first run stays polite.
    pub max_new: usize,
}

/// What is to be done with the links of a listing.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// To be read, in the listing's order.
    pub fetch: Vec<Link>,
    /// Known and unchanged.
    pub seen: Vec<ItemId>,
    /// Left out, each with its reason.
    pub skipped: Vec<(Link, Note)>,
}

/// Decides what is to be done with each link.
pub fn plan(links: &[Link], known: &Known, now: Timestamp, options: &Options<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut taken = BTreeSet::new();
    for link in links {
        let key = identity::key(&link.url);
        if !taken.insert(key.clone()) {
            continue;
        }
        let skip = |code: &str, text: &str| (link.clone(), Note::new(code, text));
        if !options.filter.allows(link.title.as_deref().unwrap_or(""), link.url.as_str()) {
            plan.skipped.push(skip("filtered", "left out by the source's `items` filter"));
        } else if let Some(sighting) = known.read.get(&key) {
            let waits = known.failed.get(&key).is_some_and(|failure| failure.next_try > now);
            let is_wanted = sighting.digest != digest(link) || recheck_due(sighting, now, options.recheck);
            if sighting.is_pruned || waits || !is_wanted {
                plan.seen.push(sighting.id.clone());
            } else {
                plan.fetch.push(link.clone());
            }
        } else if is_left_out(link, &key, known) {
            plan.skipped
                .push(skip("left-out", "left out when it was read; it is read again when the rules, or the listing's words, change"));
        } else if known.failed.get(&key).is_some_and(|failure| failure.next_try > now) {
            plan.skipped.push(skip("waits-for-retry", "could not be read lately; it will be tried again later"));
        } else if plan.fetch.len() >= options.max_new {
            plan.skipped.push(skip("next-run", "the limit of new articles for one run is reached"));
        } else {
            plan.fetch.push(link.clone());
        }
    }
    plan
}

fn is_left_out(link: &Link, key: &str, known: &Known) -> bool {
    known.left_out.get(key).is_some_and(|before| *before == digest(link))
}

/// When a listing that is as it was must be read in full all the same: the next re-check, the next try of what failed, or at once for what the
/// limit of one run left. `read` are the keys of
/// what was read just now; `failed` says when those that failed may be tried again.
pub fn next_look(
    links: &[Link],
    read: &BTreeSet<String>,
    failed: &BTreeMap<String, Timestamp>,
    known: &Known,
    now: Timestamp,
    options: &Options<'_>,
) -> Option<Timestamp> {
    let due = |first_seen: Timestamp, rechecks: u32| first_seen.checked_add(*options.recheck.get(rechecks as usize)?).ok();
    let looks = links.iter().filter_map(|link| {
        let key = identity::key(&link.url);
        if !options.filter.allows(link.title.as_deref().unwrap_or(""), link.url.as_str()) {
            return None;
        }
        if is_left_out(link, &key, known) && !known.read.contains_key(&key) {
            return None;
        }
        if let Some(next_try) = failed.get(&key) {
            return Some(*next_try);
        }
        let waits = known.failed.get(&key).map(|failure| failure.next_try).filter(|next_try| *next_try > now);
        match known.read.get(&key) {
            Some(sighting) if sighting.is_pruned => None,
            Some(sighting) => Some(due(sighting.first_seen, sighting.rechecks + u32::from(read.contains(&key)))?.max(waits.unwrap_or(now))),
            None if read.contains(&key) => due(now, 0),
            None => Some(waits.unwrap_or(now)),
        }
    });
    looks.min()
}

/// When an article that failed for the n-th time may be tried again.
pub fn next_try(attempts: u32, now: Timestamp) -> Timestamp {
    let wait = FIRST_RETRY.saturating_mul(1 << attempts.saturating_sub(1).min(10)).min(LONGEST_RETRY);
    now.checked_add(wait).unwrap_or(now)
}

/// Digest of what a listing says of an article: title, teaser and day, normalised so that counters and ages
/// ("3 hours ago") do not count.
pub fn digest(link: &Link) -> String {
    let mut hash = Sha256::new();
    hash.update(super::merge::normalise(link.title.as_deref().unwrap_or("")));
    hash.update([0]);
    hash.update(super::merge::normalise(link.teaser.as_deref().unwrap_or("")));
    hash.update([0]);
    hash.update(link.date.map_or_else(String::new, |date| date.date().to_string()));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn recheck_due(sighting: &Sighting, now: Timestamp, recheck: &[Duration]) -> bool {
    let Some(wait) = recheck.get(sighting.rechecks as usize) else { return false };
    sighting.first_seen.checked_add(*wait).is_ok_and(|due| due <= now)
}

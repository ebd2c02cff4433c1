//! Reading the articles that deserve it, and merging them with history into what is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::config::Source;
use crate::curate::{self, Change, Incoming, identity, kinship, plan};
use crate::event::Event;
use crate::fetch::Access;
use crate::model::{Discovery, Item, Link, Note};
use crate::store::{self, Changes, Store, Stored};
use crate::url::Url;
use crate::{html, transform};

use super::article::{self, Read};
use super::{Failure, Manner, Shop, listing};

/// What a poll came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// New items.
    pub new: usize,
    /// Changed items.
    pub changed: usize,
    /// Articles that were read and are as they were.
    pub unchanged: usize,
    /// Articles that could not be read.
    pub failed: Vec<(Link, Failure)>,
    /// Articles that are known and were not read again.
    pub seen: usize,
    /// Articles that the limit of one run left for the next.
    pub left_over: usize,
    /// The new items, for the hook.
    pub items: Vec<Item>,
    /// What is worth telling.
    pub notes: Vec<Note>,
    /// When the listing must be read in full again, even if it is as it was.
    pub(super) look_again: Option<Timestamp>,
    fingerprints: BTreeMap<String, usize>,
}

/// So many unreadable articles, and none that was read, say that the site is at fault and not an article.
const ALL_UNREADABLE: usize = 3;
/// So many articles of one poll with the very same text are a notice and no articles.
const SAME_BODIES: usize = 3;
/// Texts of fewer characters are the same only if every character is.
const SHORTEST_TWIN: usize = 200;

impl Outcome {
    /// Whether most of the articles are one and the same text.
    pub(super) fn is_wall(&self) -> bool {
        let all: usize = self.fingerprints.values().sum();
        self.fingerprints.values().any(|&count| count >= SAME_BODIES && count * 2 > all)
    }

    /// Why the source counts as failed: not one article could be read, and there is more to it than a broken link among known articles.
    pub(super) fn failure(&self) -> Option<Failure> {
        let read = self.new + self.changed + self.unchanged;
        let is_one_bad_article = self.seen > 0 && self.failed.len() < ALL_UNREADABLE;
        let (_, first) = self.failed.first().filter(|_| read == 0 && !is_one_bad_article)?;
        let message = format!("none of {} articles could be read: {}", self.failed.len(), first.message);
        Some(Failure { message, ..first.clone() })
    }
}

/// The keys of a listing's links.
pub(super) fn keys(discovery: &Discovery) -> Vec<String> {
    let keys: BTreeSet<String> = discovery.links.iter().map(|link| identity::key(&link.url)).collect();
    keys.into_iter().collect()
}

/// How many links of a listing lead to what is known, by address or by article number (new addresses alone are no new articles), and how many
/// are not left out by the source's own rules.
pub(super) fn count_known(discovery: &Discovery, of: &Source, store: &Store) -> Result<(usize, usize), store::Error> {
    let source = &of.name;
    let numbers: Vec<Option<String>> = discovery.links.iter().map(|link| identity::number_key(&link.url)).collect();
    let mut keys = keys(discovery);
    keys.extend(numbers.iter().flatten().cloned());
    let known = store.known(source, &keys)?.read;
    let is_known = |(link, number): &(&Link, &Option<String>)| {
        known.contains_key(&identity::key(&link.url)) || number.as_ref().is_some_and(|number| known.contains_key(number))
    };
    let left_out = store.left_out(source, &keys, &listing::rules_of(of))?;
    let is_wanted = |link: &&Link| {
        of.items.allows(link.title.as_deref().unwrap_or(""), link.url.as_str()) && !left_out.contains_key(&identity::key(&link.url))
    };
    let wanted = discovery.links.iter().filter(is_wanted).count();
    Ok((discovery.links.iter().zip(&numbers).filter(is_known).count(), wanted))
}

/// Reads what the plan says and merges it.
pub(super) async fn gather(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Arc<Access>,
    discovery: &Discovery,
    manner: Manner,
) -> Result<(Changes, Outcome), store::Error> {
    let rules = listing::rules_of(source);
    let keys = keys(discovery);
    let mut known = shop.store().known(&source.name, &keys)?;
    known.left_out = shop.store().left_out(&source.name, &keys, &rules)?;
    let options = plan::Options { filter: &source.items, recheck: &source.recheck, max_new: source.max_new };
    let plan = curate::plan(&discovery.links, &known, manner.now, &options);
    let (links, articles) = (discovery.links.len(), plan.fetch.len());
    (shop.tell)(Event::Listed { source: source.name.clone(), links, articles });
    let waits = |note: &Note| matches!(note.code.as_str(), "next-run" | "waits-for-retry");
    let left_over = plan.skipped.iter().filter(|(_, note)| waits(note)).count();
    let mut outcome = Outcome { left_over, seen: plan.seen.len(), ..Outcome::default() };
    let mut changes = Changes { rules, ..Changes::default() };
    let mut merging = Merging { shop, source, manner, pending: BTreeMap::new() };
    let read: BTreeSet<String> = plan.fetch.iter().map(|link| identity::key(&link.url)).collect();
    for (link, read) in read_all(shop, source, access, plan.fetch, &known, manner).await {
        match read {
            Ok(None) => still(&link, &known, &mut changes, &mut outcome),
            Ok(Some(read)) => {
                let read = match merging.shop_transform(read).await {
                    Ok(read) => read,
                    // As it came it may be what the command is there to keep out; it is tried again later.
                    Err(failure) => {
                        put_off(&link, failure, &known, manner, &mut changes, &mut outcome);
                        continue;
                    }
                };
                match read {
                    Some((read, altered)) => merging.merge(&read, altered, &mut changes, &mut outcome)?,
                    // An item that is there stays as it is.
                    None if known.read.contains_key(&identity::key(&link.url)) => still(&link, &known, &mut changes, &mut outcome),
                    None => leave_out(&link, &mut changes),
                }
            }
            Err(failure) => put_off(&link, failure, &known, manner, &mut changes, &mut outcome),
        }
    }
    known.left_out.extend(changes.left_out.iter().cloned());
    let failed = changes.failed.iter().map(|(key, _, next_try, _)| (key.clone(), *next_try)).collect();
    outcome.look_again = plan::next_look(&discovery.links, &read, &failed, &known, manner.now, &options);
    Ok((changes, outcome))
}

/// An article that could not be read; it is tried again later.
fn put_off(link: &Link, failure: Failure, known: &plan::Known, manner: Manner, changes: &mut Changes, outcome: &mut Outcome) {
    let key = identity::key(&link.url);
    let attempts = known.failed.get(&key).map_or(0, |failure| failure.attempts) + 1;
    changes.failed.push((key.clone(), attempts, plan::next_try(attempts, manner.now), failure.code.clone()));
    if known.read.contains_key(&key) {
        // An article that was read before and cannot be read again is no fault of the source.
        outcome.notes.push(Note::new(&failure.code, format!("`{}` could not be read again: {}", link.url, failure.message)));
    } else {
        outcome.failed.push((link.clone(), failure));
    }
}

/// An article that was read and is no item; it is not read again.
fn leave_out(link: &Link, changes: &mut Changes) {
    let key = identity::key(&link.url);
    changes.recovered.push(key.clone());
    changes.left_out.push((key, plan::digest(link)));
}

/// An article whose server says that it is as it was.
fn still(link: &Link, known: &plan::Known, changes: &mut Changes, outcome: &mut Outcome) {
    let key = identity::key(&link.url);
    let Some(sighting) = known.read.get(&key) else { return };
    outcome.unchanged += 1;
    changes.unchanged.push((sighting.id.clone(), plan::digest(link), Vec::new()));
    changes.recovered.push(key);
}

/// All articles, read side by side (hosts keep their own pace), in the order of the listing.
async fn read_all(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Arc<Access>,
    links: Vec<Link>,
    known: &plan::Known,
    manner: Manner,
) -> Vec<(Link, Result<Option<Read>, Failure>)> {
    let mut tasks = JoinSet::new();
    for (place, link) in links.into_iter().enumerate() {
        let (shop, source, access) = (Arc::clone(shop), Arc::clone(source), Arc::clone(access));
        let visit = known.read.get(&identity::key(&link.url)).and_then(|sighting| sighting.visit.clone());
        tasks.spawn(async move { (place, link.clone(), article::read(&shop, &source, &access, link, visit, manner).await) });
    }
    let mut done: BTreeMap<usize, (Link, Result<Option<Read>, Failure>)> = BTreeMap::new();
    while let Some(joined) = tasks.join_next().await {
        // A task ends early only when the run is being stopped.
        if let Ok((place, link, read)) = joined {
            done.insert(place, (link, read));
        }
    }
    done.into_values().collect()
}

/// What the user's command changed of an article; only what it named.
#[derive(Debug, Default)]
struct Altered {
    title: Option<String>,
    html: Option<String>,
    summary: Option<String>,
    tags: Option<Vec<String>>,
}

struct Merging<'a> {
    shop: &'a Arc<Shop>,
    source: &'a Arc<Source>,
    manner: Manner,
    /// Items of this very poll, by key and by fingerprint: not in the store yet.
    pending: BTreeMap<String, Item>,
}

impl Merging<'_> {
    /// Passes an article through the user's command. `None` if the command said `null`: leave it out.
    async fn shop_transform(&self, read: Read) -> Result<Option<(Read, Altered)>, Failure> {
        let Some(command) = &self.source.transform else { return Ok(Some((read, Altered::default()))) };
        let article = &read.extraction.article;
        let body = article.body.as_ref().map(|body| &body.value);
        let input = serde_json::json!({
            "source": self.source.name, "url": read.page.url, "title": article.title.as_ref().map(|title| &title.value),
            "html": body.map(|body| body.html.as_str()), "text": body.map(|body| &body.text),
            "summary": article.summary.as_ref().map(|summary| &summary.value), "tags": article.tags,
        });
        match transform::run(command, &input).await {
            Ok(serde_json::Value::Null) => Ok(None),
            Ok(output) => {
                let text = |name: &str| output.get(name).and_then(|value| value.as_str()).map(str::to_owned);
                let tags = output.get("tags").and_then(|tags| serde_json::from_value(tags.clone()).ok());
                let altered = Altered { title: text("title"), html: text("html"), summary: text("summary"), tags };
                Ok(Some((read, altered)))
            }
            Err(error) => {
                let hint = "its articles wait, and are tried again at later runs; `feedwright check` tells whether the command is found";
                Err(Failure::new(error.code(), format!("its `transform` failed: {error}"), Some(hint)))
            }
        }
    }

    fn merge(&mut self, read: &Read, altered: Altered, changes: &mut Changes, outcome: &mut Outcome) -> Result<(), store::Error> {
        let article = &read.extraction.article;
        let canonical = article.canonical.as_ref().map(|canonical| &canonical.value);
        let mut keys = identity::keys(&read.link.url, &read.page.url, &read.page.hops, canonical);
        let incoming =
            Incoming { source: &self.source.name, link: &read.link, page: &read.page, extraction: &read.extraction, now: self.manner.now };
        let first = keys.first().cloned().unwrap_or_default();
        let title = article.title.as_ref().map(|title| title.value.clone()).or_else(|| read.link.title.clone()).unwrap_or_default();
        keys.extend(identity::number_key(&read.page.url));
        let text = article.body.as_ref().map_or("", |body| body.value.text.as_str());
        let known = self.find(&keys, &Seen { url: &read.page.url, title: &title, text })?;
        let (change, notes) = curate::merge(&incoming, identity::mint(&self.source.name, &first), known.as_ref());
        outcome.notes.extend(notes);
        changes.recovered.push(first);
        let digest = plan::digest(&read.link);
        match change {
            Change::Unchanged(id) => {
                outcome.unchanged += 1;
                changes.visits.push((id.clone(), read.link.url.clone(), read.validators.clone()));
                changes.unchanged.push((id, digest, keys));
            }
            Change::Insert(item) => {
                let item = alter(*item, altered);
                *outcome.fingerprints.entry(item.fingerprint.clone()).or_default() += 1;
                if !self.source.items.keeps(&item) || self.is_forgotten(&keys, &item)? {
                    leave_out(&read.link, changes);
                    return Ok(());
                }
                if let Some(twin) = self.twin(&item)? {
                    outcome.unchanged += 1;
                    changes.unchanged.push((twin.id, digest, keys));
                    return Ok(());
                }
                outcome.new += 1;
                outcome.items.push(item.clone());
                changes.visits.push((item.id.clone(), read.link.url.clone(), read.validators.clone()));
                self.put(item, digest, keys, changes);
            }
            Change::Update(item) => {
                outcome.changed += 1;
                changes.visits.push((item.id.clone(), read.link.url.clone(), read.validators.clone()));
                self.put(alter(*item, altered), digest, keys, changes);
            }
        }
        Ok(())
    }

    fn put(&mut self, item: Item, digest: String, keys: Vec<String>, changes: &mut Changes) {
        for key in keys.iter().chain([&item.fingerprint]) {
            self.pending.entry(key.clone()).or_insert_with(|| item.clone());
        }
        changes.items.push(Stored { item, digest, keys });
    }

    /// The item that a page belongs to: by the address in the listing, or on weaker evidence (redirect, canonical address, article number)
    /// if the texts are akin.
    fn find(&self, keys: &[String], seen: &Seen<'_>) -> Result<Option<Item>, store::Error> {
        for (place, key) in keys.iter().enumerate() {
            let found = match self.pending.get(key) {
                Some(item) => Some(item.clone()),
                None => self.shop.store().find(&self.source.name, std::slice::from_ref(key))?,
            };
            if let Some(item) = found.filter(|item| place == 0 || seen.is_edition_of(item)) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    /// Whether an article is one that was forgotten by hand, perhaps under another address: by the same evidence as an item is found.
    fn is_forgotten(&self, keys: &[String], item: &Item) -> Result<bool, store::Error> {
        let fingerprint = if item.text.chars().count() >= SHORTEST_TWIN { item.fingerprint.as_str() } else { "" };
        for (place, key) in keys.iter().enumerate() {
            let Some(forgotten) = self.shop.store().forgotten(&self.source.name, key, fingerprint)? else { continue };
            let is_akin = kinship::similar_titles(&forgotten.title, &item.title) && !identity::numbers_differ(&item.url, &forgotten.url);
            if place == 0 || forgotten.fingerprint == item.fingerprint || is_akin {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// An item of this source with the very same title and text under another address.
    fn twin(&self, item: &Item) -> Result<Option<Item>, store::Error> {
        let twin = match self.pending.get(&item.fingerprint) {
            Some(twin) => Some(twin.clone()),
            None => self.shop.store().find_text(&self.source.name, &item.fingerprint)?,
        };
        // What is left of a short text without its counters may be alike by chance.
        Ok(twin.filter(|twin| twin.text == item.text || item.text.chars().count() >= SHORTEST_TWIN))
    }
}

/// A page as far as it matters for which item it is.
struct Seen<'a> {
    url: &'a Url,
    title: &'a str,
    text: &'a str,
}

impl Seen<'_> {
    fn is_edition_of(&self, item: &Item) -> bool {
        !identity::numbers_differ(self.url, &item.url)
            && (kinship::similar_titles(&item.title, self.title) || kinship::similar_texts(&item.text, self.text))
    }
}

fn alter(mut item: Item, altered: Altered) -> Item {
    if let Some(title) = altered.title {
        item.title = title;
    }
    if let Some(html) = altered.html {
        item.html = html::sanitize::fragment(&html, &item.url);
    }
    item.summary = altered.summary.or(item.summary);
    item.tags = altered.tags.unwrap_or(item.tags);
    item
}

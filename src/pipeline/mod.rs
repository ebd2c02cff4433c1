//! One source, from poll to commit: `fetch → discover → plan → fetch → extract → merge → commit`.
//!
//! A poll either changes the store in one transaction or leaves it as it was, but for the memory of the failure. Feeds are
//! built from the store afterwards, by `run`.

mod article;
mod elsewhere;
mod gather;
mod listing;
mod whole;

pub use article::Read;
pub use gather::Outcome;
use listing::Looked;
pub use listing::find_again;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::config::{Config, Cookies, Source};
use crate::event::Event;
use crate::fetch::{Access, Fetcher, Jar};
use crate::health::{self, Arrival, Observation, Poll, Verdict};
use crate::model::{Discovery, Page};
use crate::schedule::{self, Rhythm};
use crate::store::{self, Changes, SourceRecord, Store};

/// What every poll of a run shares.
pub struct Shop {
    /// The configuration.
    pub config: Config,
    /// The fetcher.
    pub fetcher: Fetcher,
    /// The store; locked for single calls only.
    pub store: Mutex<Store>,
    /// Who is told what happens.
    pub tell: Box<dyn Fn(Event) + Send + Sync>,
    /// How many mebibytes of pages are parsed at the same time: a tree is many times as large as its text.
    reading: Semaphore,
}

/// Mebibytes of pages that are read at the same time: large pages take turns.
const READING: u32 = 12;

impl Shop {
    /// What the polls of one run share.
    pub fn new(config: Config, fetcher: Fetcher, store: Store, tell: Box<dyn Fn(Event) + Send + Sync>) -> Self {
        Self { config, fetcher, store: Mutex::new(store), tell, reading: Semaphore::new(READING as usize) }
    }

    /// The store, for one call.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a source failed, ready to be told and remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A stable, hyphenated word.
    pub code: String,
    /// One line for people.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with its words.
    pub fn new(code: &str, message: impl Into<String>, hint: Option<&str>) -> Self {
        Self { code: code.to_owned(), message: message.into(), hint: hint.map(str::to_owned) }
    }
}

impl From<crate::fetch::Error> for Failure {
    fn from(error: crate::fetch::Error) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), hint: error.hint() }
    }
}

/// How a poll is made.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The moment of the poll.
    pub now: Timestamp,
    /// Let the listing in whatever the judgement says.
    pub accept: bool,
    /// How many pages of the listing to read, if more than the configuration says.
    pub pages: usize,
}

/// Polls one source. The outer error is the store's, and ends the run; the inner one is the source's own.
pub async fn poll(shop: &Arc<Shop>, source: &Arc<Source>, manner: Manner) -> Result<Result<Outcome, Failure>, store::Error> {
    let mut record = shop.store().source(&source.name)?;
    if record.url.as_ref() != Some(source.address.url()) {
        record.forget_listing();
        record.url = Some(source.address.url().clone());
    }
    let access = Arc::new(access(source, &record));
    let listing = listing::fetch(shop, source, &access, &record, manner).await;
    keep_cookies(&mut record, source, &access, manner);
    let listing = match listing {
        Ok(Looked::Changed(listing)) => *listing,
        Ok(Looked::Unchanged(validators)) => {
            record.validators = validators.unwrap_or(record.validators);
            return remember(shop, source, record, manner, Ok(Outcome::default()), None);
        }
        Err(failure) => return remember(shop, source, record, manner, Err(failure), None),
    };
    if let Some(failure) = judge(shop, source, &listing.discovery, &mut record, manner)? {
        return remember(shop, source, record, manner, Err(failure), Some(&listing.discovery));
    }
    record.validators = listing.validators;
    record.listing = Some(listing.digest);
    record.fresh_for = listing.fresh_for;
    record.title = listing.discovery.title.clone().or(record.title);
    record.language = listing.discovery.language.clone().or(record.language);
    record.feeds = listing.discovery.feeds.clone();
    record.confidence = listing.discovery.confidence;
    record.relocation = listing.discovery.relocation.clone();
    let (mut changes, mut outcome) = gather::gather(shop, source, &access, &listing.discovery, manner).await?;
    keep_cookies(&mut record, source, &access, manner);
    outcome.notes.extend(listing.discovery.notes.iter().filter(|note| note.code == "rules-relocated").cloned());
    if outcome.is_wall() {
        let failure = Failure::new("same-bodies", "the articles read have the same text: the site shows a notice instead of them", None);
        return remember(shop, source, record, manner, Err(failure), Some(&listing.discovery));
    }
    record.look_again = outcome.look_again;
    if record.relocation.is_some() {
        // Whether a rule still misses must be seen again.
        record.forget_listing();
    }
    let failure = outcome.failure();
    if outcome.new > 0 && record.last_success.is_some() {
        record.arrivals.push(Arrival { at: manner.now, new: outcome.new });
        let surplus = record.arrivals.len().saturating_sub(health::ARRIVALS);
        record.arrivals.drain(..surplus);
    }
    note(&mut record, source, manner, &failure.clone().map_or(Ok(()), Err));
    let code = failure.as_ref().map(|failure| failure.code.clone());
    record.polls.push(Poll::of(&listing.discovery, outcome.new, manner.now, code));
    trim(&mut record);
    changes.record = record;
    shop.store().commit(&source.name, &changes)?;
    Ok(failure.map_or(Ok(outcome), Err))
}

/// Remembers a poll that changed no items.
fn remember(
    shop: &Shop,
    source: &Source,
    mut record: SourceRecord,
    manner: Manner,
    outcome: Result<Outcome, Failure>,
    discovery: Option<&Discovery>,
) -> Result<Result<Outcome, Failure>, store::Error> {
    let verdict = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
    note(&mut record, source, manner, &verdict);
    if let Err(failure) = &outcome {
        // A held or failed poll must be looked at in full again.
        record.forget_listing();
        let nothing = Discovery::default();
        record.polls.push(Poll::of(discovery.unwrap_or(&nothing), 0, manner.now, Some(failure.code.clone())));
        trim(&mut record);
    }
    shop.store().commit(&source.name, &Changes { record, ..Changes::default() })?;
    Ok(outcome)
}

fn note(record: &mut SourceRecord, source: &Source, manner: Manner, verdict: &Result<(), Failure>) {
    match verdict {
        Ok(()) => {
            record.failures = 0;
            record.failure = None;
            record.held = 0;
            record.last_success = Some(manner.now);
        }
        Err(failure) => {
            record.failures += 1;
            record.failure = Some((failure.code.clone(), failure.message.clone()));
        }
    }
    let polls = record.polls.iter().filter(|poll| poll.code.is_none()).map(|poll| (poll.at, poll.new));
    let rhythm = Rhythm {
        every: source.every,
        slowest: source.slowest,
        gap: schedule::usual_gap(polls, manner.now),
        fresh_for: record.fresh_for.map(Duration::from_secs),
        failures: record.failures,
    };
    record.next_due = Some(schedule::next_due(source.name.as_str(), &rhythm, manner.now));
}

fn trim(record: &mut SourceRecord) {
    let surplus = record.polls.len().saturating_sub(health::HISTORY);
    record.polls.drain(..surplus);
}

fn judge(
    shop: &Shop,
    source: &Source,
    discovery: &Discovery,
    record: &mut SourceRecord,
    manner: Manner,
) -> Result<Option<Failure>, store::Error> {
    let (known, wanted) = gather::count_known(discovery, source, &shop.store())?;
    let by_rules = source.listing.item.is_some() || source.listing.link.is_some();
    let observation = Observation { discovery, known, wanted, by_rules, language: record.language.as_deref() };
    let verdict = health::judge(&observation, &record.polls, record.held);
    match verdict {
        Verdict::Accept => Ok(None),
        Verdict::Hold { .. } if manner.accept && !discovery.links.is_empty() => Ok(None),
        Verdict::Hold { code, reason } => {
            record.held += 1;
            let hint = health::surface_hint(discovery.surface).map_or_else(|| hold_hint(code, source), str::to_owned);
            let kept = if record.last_success.is_some() { "; the last good feed stays" } else { "" };
            Ok(Some(Failure { code: code.to_owned(), message: format!("{reason}{kept}"), hint: Some(hint) }))
        }
    }
}

fn hold_hint(code: &str, source: &Source) -> String {
    match code {
        "empty" | "not-sure" => {
            format!("see what is there with `feedwright try {}`, and set `listing` rules if need be", source.address.url())
        }
        _ => format!("if the page really changed, let it in with `feedwright run --accept {}`", source.name),
    }
}

/// What the source may do beyond an ordinary visitor.
fn access(source: &Source, record: &SourceRecord) -> Access {
    let mut access = Access::for_source(source.address.url(), source.private);
    access.headers = source.headers.iter().filter_map(|(name, value)| Some((name.clone(), article::secret(value)?))).collect();
    access.auth = source.auth.as_ref().and_then(article::login);
    access.jar = match source.cookies {
        Cookies::Forget => None,
        Cookies::Run => Some(Jar::default()),
        // What is no longer understood is forgotten: the site sets its cookies again.
        Cookies::Keep => Some(Jar::with(serde_json::from_str(&record.cookies).unwrap_or_default())),
    };
    access.robots = source.robots;
    access.spacing = source.spacing;
    access.language = source.language.clone();
    access.render = source.render;
    access
}

/// Cookies that last go into the record; none, where they are not to be kept.
fn keep_cookies(record: &mut SourceRecord, source: &Source, access: &Access, manner: Manner) {
    let kept = access.jar.as_ref().filter(|_| source.cookies == Cookies::Keep).map(|jar| jar.lasting(manner.now));
    record.cookies = kept.filter(|kept| !kept.is_empty()).and_then(|kept| serde_json::to_string(&kept).ok()).unwrap_or_default();
}

/// Parses and reads a page on a thread of its own: a tree is no business of the async runtime.
async fn read_page<T: Send + 'static>(shop: &Shop, page: Arc<Page>, read: impl FnOnce(&Page) -> T + Send + 'static) -> Option<T> {
    let mebibytes = u32::try_from(page.text.len() >> 20).unwrap_or(READING) + 1;
    // More pages at once than there are processors would only take memory: each has its tree, and each thread its caches.
    let processors = std::thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(READING));
    let share = mebibytes.max(READING / processors).min(READING);
    let _turn = shop.reading.acquire_many(share).await.ok()?;
    tokio::task::spawn_blocking(move || read(&page)).await.ok()
}

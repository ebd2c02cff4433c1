//! One pass over what is due: poll, commit, publish. The cron job.
//!
//! Sources are polled side by side; one that fails never spoils another. Feeds are built from the store when all polls are done, and only
//! those whose items changed or whose files are missing.

mod feeds;
mod hooks;
mod metrics;
mod stop;

pub use feeds::orphans;
pub use metrics::render as metrics;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::config::{Config, Source};
use crate::event::{Event, Probe};
use crate::fetch::{self, Fetcher, HostState};
use crate::pipeline::{self, Failure, Manner, Outcome, Shop};
use crate::store::{self, Lock, Locked, Store};
use crate::{model, publish, schedule};
use stop::Stop;

/// How many sources are polled at the same time. Most of a poll is waiting for a host's turn, and some hosts never answer: a few dozen of
/// those must leave room for the others. What costs memory has gates of its own (`[fetch] concurrency`, [`pipeline::Shop::reading`]).
const SOURCES_AT_ONCE: usize = 512;
/// How often the feeds of sources that are done are published while others still wait for their sites.
const PUBLISH_EARLY: Duration = Duration::from_secs(15);
/// How often what hosts asked of us is saved while a pass goes on: it must survive a kill.
const SAVE_HOSTS: Duration = Duration::from_secs(2);
/// How often it is looked whether the lock is free: it cannot be waited for and a signal heard at once.
const LOCK_LOOK: Duration = Duration::from_millis(200);
/// What the hooks get after a signal to stop: whoever sent it waits, two seconds at most.
const LAST_HOOKS: Duration = Duration::from_millis(800);

/// What a pass is to do.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these sources; all where empty.
    pub names: BTreeSet<String>,
    /// Poll even what is not due.
    pub force: bool,
    /// Let the listings of these sources in, whatever the judgement says.
    pub accept: BTreeSet<String>,
    /// Read so many pages of each listing, if more than configured.
    pub backfill: usize,
    /// Wait for another run to end, rather than give up.
    pub wait: bool,
    /// The moment of the pass; the clock's where not set.
    pub now: Option<Timestamp>,
    /// Asked at every boundary of the disk: for tests.
    pub probe: Probe,
}

/// How one source fared.
#[derive(Debug, Clone)]
pub struct SourceReport {
    /// Which.
    pub name: model::SourceId,
    /// New, changed and unreadable articles.
    pub outcome: Outcome,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// How a pass went.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The sources that were polled, by name.
    pub sources: Vec<SourceReport>,
    /// The files that were written.
    pub wrote: Vec<String>,
    /// What went wrong beside the sources, one line each.
    pub warnings: Vec<String>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

impl Report {
    /// Whether every source is well.
    pub fn is_good(&self) -> bool {
        self.sources.iter().all(|source| source.failure.is_none())
    }
}

/// A pass could not be made at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another run is at work.
    #[error("another run is at work ({holder})")]
    Busy {
        /// Who.
        holder: String,
    },
    /// A name that no source has.
    #[error("there is no source named `{name}`")]
    Unknown {
        /// The name.
        name: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The feeds could not be written.
    #[error(transparent)]
    Publish(#[from] publish::Error),
    /// The fetcher could not be set up.
    #[error(transparent)]
    Fetch(#[from] fetch::Error),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Busy { .. } => Some("wait for it with `--wait`; the lock frees itself when that process ends".to_owned()),
            Self::Unknown { .. } => Some("`feedwright status` lists the sources".to_owned()),
            Self::Store(error) => error.hint().map(str::to_owned),
            Self::Publish(error) => error.hint().map(str::to_owned),
            Self::Fetch(error) => error.hint(),
        }
    }
}

/// Makes one pass. `stop` ends it early: what was read by then is kept and published.
pub async fn pass(
    config: &Config,
    selection: &Selection,
    tell: Box<dyn Fn(Event) + Send + Sync>,
    stop: impl Future<Output = ()>,
) -> Result<Report, Error> {
    let now = selection.now.unwrap_or_else(Timestamp::now);
    check_names(config, selection)?;
    tokio::pin!(stop);
    let mut stop = Stop::new(stop.as_mut());
    let Some(lock) = lock(config, selection, now, &mut stop).await? else {
        return Ok(Report { stopped: true, ..Report::default() });
    };
    let store = Store::open(&config.store)?.probed(selection.probe.clone());
    // The output is opened first: a pass that cannot publish should not poll.
    let disk = publish::Disk::open(&config.publish.dir)?.probed(selection.probe.clone());
    let hosts = store.hosts()?.iter().filter_map(|(_, state)| serde_json::from_str::<HostState>(state).ok()).collect();
    let mut fetcher = Fetcher::new(config.fetch.clone(), hosts)?;
    if lock.is_after_kill() {
        fetcher.assume_asked();
    }
    let due = due(config, &store, selection, now)?;
    tell(Event::Began { sources: due.len() });
    let shop = Arc::new(Shop::new(config.clone(), fetcher, store, tell));
    let mut report = poll_all(&shop, &disk, due, selection, now, &mut stop).await?;
    let mut warnings = Vec::new();
    stop.hear_during(hooks::call(config, &report, &mut warnings), LAST_HOOKS).await;
    report.warnings = warnings;
    let mut store = shop.store();
    report.wrote.extend(feeds::publish(config, &mut store, &disk, || stop.leaves_time())?);
    report.stopped = stop.is_asked();
    metrics::write(config, &store, now)?;
    for file in &report.wrote {
        (shop.tell)(Event::Wrote { file: file.clone() });
    }
    Ok(report)
}

/// Takes the lock; waits for it where that is wanted. `None` if the signal to stop came first.
async fn lock(
    config: &Config,
    selection: &Selection,
    now: Timestamp,
    stop: &mut Stop<'_, impl Future<Output = ()>>,
) -> Result<Option<Lock>, Error> {
    loop {
        match Lock::take(&config.store, now)? {
            Locked::Held(lock) => return Ok(Some(lock)),
            Locked::Busy(holder) if !selection.wait => return Err(Error::Busy { holder }),
            Locked::Busy(_) => {}
        }
        tokio::select! {
            () = tokio::time::sleep(LOCK_LOOK) => {}
            () = stop.asked() => return Ok(None),
        }
    }
}

fn check_names(config: &Config, selection: &Selection) -> Result<(), Error> {
    let known = |name: &&String| !config.sources.iter().any(|source| source.name.as_str() == name.as_str());
    match selection.names.iter().chain(&selection.accept).find(known) {
        Some(name) => Err(Error::Unknown { name: name.clone() }),
        None => Ok(()),
    }
}

fn due(config: &Config, store: &Store, selection: &Selection, now: Timestamp) -> Result<Vec<Arc<Source>>, store::Error> {
    let named = |source: &Source| selection.names.contains(source.name.as_str()) || selection.accept.contains(source.name.as_str());
    let everyone = selection.names.is_empty() && selection.accept.is_empty();
    let waiting = if selection.force || !everyone { BTreeMap::new() } else { store.not_due(now)? };
    let mut due = Vec::new();
    for source in config.sources.iter().filter(|source| source.enabled && (everyone || named(source))) {
        let waits = match waiting.get(source.name.as_str()) {
            None => false,
            Some(next) => !is_unbelievable(source, *next, store, now)?,
        };
        if !waits {
            due.push(Arc::new(source.clone()));
        }
    }
    Ok(due)
}

/// Whether a source would wait longer than it can have been told to, because the clock was ahead when it was polled.
fn is_unbelievable(source: &Source, next: Timestamp, store: &Store, now: Timestamp) -> Result<bool, store::Error> {
    let later_than = |wait: Duration| now.checked_add(wait).is_ok_and(|latest| next > latest);
    Ok(later_than(schedule::longest(source.every, source.slowest)) || later_than(source.every) && store.source(&source.name)?.is_ahead(now))
}

async fn poll_all(
    shop: &Arc<Shop>,
    disk: &publish::Disk,
    due: Vec<Arc<Source>>,
    selection: &Selection,
    now: Timestamp,
    stop: &mut Stop<'_, impl Future<Output = ()>>,
) -> Result<Report, Error> {
    let gate = Arc::new(Semaphore::new(SOURCES_AT_ONCE));
    let mut tasks = JoinSet::new();
    for source in due {
        let accept = selection.accept.contains(source.name.as_str());
        let manner = Manner { now, accept, pages: selection.backfill };
        let (shop, gate) = (Arc::clone(shop), Arc::clone(&gate));
        tasks.spawn(async move {
            let _turn = gate.acquire_owned().await;
            (shop.tell)(Event::Polling { source: source.name.clone() });
            let outcome = pipeline::poll(&shop, &source, manner).await;
            (source.name.clone(), outcome)
        });
    }
    let mut report = Report::default();
    let mut save = tokio::time::interval(SAVE_HOSTS);
    let (mut published, mut unpublished) = (Instant::now(), false);
    loop {
        let joined = tokio::select! {
            joined = tasks.join_next() => joined,
            _ = save.tick() => {
                save_hosts(shop)?;
                if unpublished && published.elapsed() > PUBLISH_EARLY {
                    report.wrote.extend(feeds::publish(&shop.config, &mut shop.store(), disk, || stop.leaves_time())?);
                    (published, unpublished) = (Instant::now(), false);
                }
                continue;
            }
            () = stop.asked() => {
                tasks.abort_all();
                break;
            }
        };
        let Some(joined) = joined else { break };
        let Ok((name, polled)) = joined else { continue };
        let (outcome, failure) = match polled? {
            Ok(outcome) => (outcome, None),
            Err(failure) => (Outcome::default(), Some(failure)),
        };
        let told = failure.as_ref().map(|failure| failure.message.clone());
        (shop.tell)(Event::Polled { source: name.clone(), new: outcome.new, changed: outcome.changed, failure: told });
        report.sources.push(SourceReport { name, outcome, failure });
        unpublished = true;
    }
    save_hosts(shop)?;
    report.sources.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(report)
}

/// Politeness must survive a kill, so hosts are saved as the run goes on.
fn save_hosts(shop: &Shop) -> Result<(), store::Error> {
    let states = shop.fetcher.changed_hosts();
    let rows: Vec<(String, String)> =
        states.iter().filter_map(|state| Some((state.host.clone(), serde_json::to_string(state).ok()?))).collect();
    if rows.is_empty() { Ok(()) } else { shop.store().save_hosts(&rows) }
}

//! One owner for each host: its pace, its rests, its robots.txt, its statistics. Nobody gets round it.
//!
//! What it knows is plain data that the store keeps between runs, with instants of the wall clock, so that ten cron runs an
//! hour are as polite as one long one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::Error;
use super::options::Options;
use super::{retry, robots};
use crate::url::{Url, registrable_domain};

/// A host whose robots.txt asks for a pause beyond the patience gets so many such waits in one run, and the rest of its pages in later ones:
/// with none it would never be read, and with all of them one slow host would hold up the run for everyone.
const LONG_WAITS: u32 = 2;

/// What is remembered of a host.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostState {
    /// `host:port`.
    pub host: String,
    /// The slot of the latest request.
    pub last_request: Option<Timestamp>,
    /// Passing failures in a row.
    pub failures: u32,
    /// Paths that are left alone until an instant, and who asked for it.
    pub rests: BTreeMap<String, (Timestamp, String)>,
    /// The robots.txt.
    pub robots: Option<RobotsAnswer>,
    /// Requests so far.
    pub requests: u64,
}

impl HostState {
    /// Forgets what only a clock that was ahead can have written: it would keep the host waiting until that wrong time.
    fn disbelieve_future(&mut self, now: Timestamp) {
        self.last_request = self.last_request.map(|last| last.min(now));
        self.robots = self.robots.take().filter(|answer| answer.at <= now);
        let longest = now.checked_add(retry::LONGEST_RETRY_AFTER).unwrap_or(now);
        self.rests.retain(|_, (until, _)| *until <= longest);
    }
}

/// A robots.txt as it was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RobotsAnswer {
    /// When it was asked for.
    pub at: Timestamp,
    /// Its rules; `None` where the server failed, which means: stay away (RFC 9309, section 2.3.1.4).
    pub rules: Option<robots::Rules>,
    /// What happened, in words.
    pub why: String,
}

/// All hosts of a run.
pub(super) struct Hosts {
    hosts: Mutex<BTreeMap<String, Arc<Host>>>,
    sites: Mutex<BTreeMap<String, Timestamp>>,
    /// When hosts that nothing is known of may have been asked last: a run that was killed could not tell.
    asked_by: Option<Timestamp>,
}

/// One host.
pub(super) struct Host {
    pub(super) state: Mutex<HostState>,
    /// Robots.txt is asked for by one task while the others wait.
    pub(super) asking: tokio::sync::Mutex<()>,
    gate: Arc<Semaphore>,
    changed: AtomicBool,
    /// Waits beyond the patience in this run.
    long_waits: AtomicU32,
}

impl Hosts {
    pub(super) fn new(mut states: Vec<HostState>, options: &Options, now: Timestamp) -> Self {
        states.iter_mut().for_each(|state| state.disbelieve_future(now));
        let mut sites: BTreeMap<String, Timestamp> = BTreeMap::new();
        for (state, last) in states.iter().filter_map(|state| Some((state, state.last_request?))) {
            let name = state.host.rsplit_once(':').map_or(state.host.as_str(), |(name, _)| name);
            let site = sites.entry(registrable_domain(name).to_owned()).or_insert(last);
            *site = last.max(*site);
        }
        let hosts = states.into_iter().map(|state| (state.host.clone(), Arc::new(Host::new(state, options)))).collect();
        Self { hosts: Mutex::new(hosts), sites: Mutex::new(sites), asked_by: None }
    }

    /// Takes every host for asked just now, because a run that was killed may have asked it.
    pub(super) fn assume_asked(&mut self, now: Timestamp) {
        self.asked_by = Some(now);
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.values().for_each(|host| host.write(|state| state.last_request = state.last_request.max(Some(now))));
    }

    /// The owner of a host, made on first sight.
    pub(super) fn of(&self, authority: &str, options: &Options) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let new =
            || Arc::new(Host::new(HostState { host: authority.to_owned(), last_request: self.asked_by, ..HostState::default() }, options));
        Arc::clone(hosts.entry(authority.to_owned()).or_insert_with(new))
    }

    /// The states of those hosts that changed since this was last asked.
    pub(super) fn changed(&self) -> Vec<HostState> {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = hosts.values().filter(|host| host.changed.swap(false, Ordering::Relaxed));
        changed.map(|host| host.read(Clone::clone)).collect()
    }

    /// Waits for the host's turn: at most so many requests at once, and the pause between them. `left`: the time that the run has.
    pub(super) async fn turn(
        &self,
        host: &Host,
        url: &Url,
        spacing: Duration,
        options: &Options,
        left: Duration,
    ) -> Result<OwnedSemaphorePermit, Error> {
        let closed = |_| Error::Budget { url: url.clone(), why: "the run is ending".to_owned() };
        let permit = Arc::clone(&host.gate).acquire_owned().await.map_err(closed)?;
        let now = Timestamp::now();
        host.read(|state| rest_for(state, url, now))?;
        let judge = |wait: Duration| {
            let waits = || host.long_waits.fetch_add(1, Ordering::Relaxed);
            wait <= left && (wait <= options.patience || (wait <= spacing && waits() < LONG_WAITS))
        };
        let slot = self.reserve(host, url, spacing, options.site_spacing.min(spacing), now, judge);
        let wait = slot.map_err(|(until, wait)| {
            let why = format!("its pace allows no request for {} s", wait.as_secs());
            Error::HeldBack { host: url.host().to_owned(), until, why }
        })?;
        if !wait.is_zero() {
            tracing::info!(milliseconds = wait.as_millis(), "waiting for the host's turn");
            tokio::time::sleep(wait).await;
        }
        Ok(permit)
    }

    /// Takes the next slot of a host, if the wait for it is found acceptable; else tells when it would be.
    fn reserve(
        &self,
        host: &Host,
        url: &Url,
        spacing: Duration,
        site_spacing: Duration,
        now: Timestamp,
        judge: impl FnOnce(Duration) -> bool,
    ) -> Result<Duration, (Timestamp, Duration)> {
        let after = |last: Option<Timestamp>, pause: Duration| last.and_then(|last| last.checked_add(pause).ok()).unwrap_or(now);
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let site = registrable_domain(url.host()).to_owned();
        host.write(|state| {
            let slot = now.max(after(state.last_request, spacing)).max(after(sites.get(&site).copied(), site_spacing));
            let wait = Duration::try_from(slot.duration_since(now)).unwrap_or(Duration::ZERO);
            if !judge(wait) {
                return Err((slot, wait));
            }
            state.last_request = Some(slot);
            state.requests += 1;
            sites.insert(site, slot);
            Ok(wait)
        })
    }
}

impl Host {
    fn new(state: HostState, options: &Options) -> Self {
        let gate = Arc::new(Semaphore::new(options.host_concurrency.max(1)));
        Self {
            state: Mutex::new(state),
            asking: tokio::sync::Mutex::default(),
            gate,
            changed: AtomicBool::new(false),
            long_waits: AtomicU32::new(0),
        }
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&HostState) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn write<T>(&self, change: impl FnOnce(&mut HostState) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.changed.store(true, Ordering::Relaxed);
        change(&mut state)
    }

    /// Notes how a request ended, and rests the host where that is due.
    pub(super) fn ended(&self, url: &Url, outcome: Result<u16, &Error>, retry_after: Option<Duration>) {
        let now = Timestamp::now();
        self.write(|state| {
            // The pause begins when the answer has come: a request that was long on its way must not shorten it.
            state.last_request = state.last_request.max(Some(now));
            if let Some(wait) = retry_after {
                let until = now.checked_add(wait).unwrap_or(now);
                state.rests.insert(retry::scope(url.path()).to_owned(), (until, "it asked for a pause (`Retry-After`)".to_owned()));
            }
            let failed = match outcome {
                Ok(status) => status == 429 || status >= 500,
                Err(error) => error.is_transient(),
            };
            if !failed {
                state.failures = 0;
                return;
            }
            state.failures += 1;
            if let Some(rest) = retry::rest(state.failures) {
                let until = now.checked_add(rest).unwrap_or(now);
                state.rests.insert("/".to_owned(), (until, format!("it failed {} times in a row", state.failures)));
            }
        });
    }
}

fn rest_for(state: &HostState, url: &Url, now: Timestamp) -> Result<(), Error> {
    let due = state.rests.iter().filter(|(scope, (until, _))| url.path().starts_with(scope.as_str()) && *until > now);
    match due.max_by_key(|(_, (until, _))| *until) {
        Some((_, (until, why))) => Err(Error::HeldBack { host: url.host().to_owned(), until: *until, why: why.clone() }),
        None => Ok(()),
    }
}

/// How long a robots.txt holds: a day, as RFC 9309 section 2.4 allows at most; a failed one is asked for again after an hour.
pub(super) fn robots_holds(answer: &RobotsAnswer, now: Timestamp) -> bool {
    let hours = if answer.rules.is_some() { 24 } else { 1 };
    now.duration_since(answer.at) < SignedDuration::from_hours(hours)
}

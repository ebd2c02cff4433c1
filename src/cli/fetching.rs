//! Fetching for the commands that look at single pages: at the same pace, and with the same memory of hosts, as `run`.

use crate::config::Config;
use crate::fetch::{Access, Fetched, Fetcher, HostState, Request};
use crate::model::Page;
use crate::store::Store;
use crate::url::Url;

use super::{Failure, runtime};

/// One fetcher for one command.
pub(super) struct Fetching {
    fetcher: Fetcher,
    runtime: tokio::runtime::Runtime,
    store: Option<Store>,
    render: bool,
}

impl Fetching {
    /// With what the store remembers of hosts, if there is a store. `render`: a browser builds each page.
    pub(super) fn new(config: Option<&Config>, render: bool) -> Result<Self, Failure> {
        let store = config.filter(|config| config.store.exists()).and_then(|config| Store::open_to_read(&config.store).ok());
        let rows = store.as_ref().and_then(|store| store.hosts().ok()).unwrap_or_default();
        let hosts = rows.iter().filter_map(|(_, state)| serde_json::from_str::<HostState>(state).ok()).collect();
        let options = config.map(|config| config.fetch.clone()).unwrap_or_default();
        Ok(Self { fetcher: Fetcher::new(options, hosts)?, runtime: runtime()?, store, render })
    }

    /// Fetches a page.
    pub(super) fn page(&mut self, url: &Url) -> Result<Page, Failure> {
        let access = Access { render: self.render, ..Access::for_source(url, false) };
        let fetched = self.runtime.block_on(self.fetcher.fetch(Request { url, access: &access, validators: None }));
        self.remember();
        match fetched? {
            Fetched::Page(page) => Ok(*page),
            Fetched::NotModified => Err(Failure::usage(anyhow::anyhow!("`{url}` answered 304 to a request without conditions"))),
        }
    }

    /// Lets the next run know. A store that is in use or broken is no reason to fail here.
    fn remember(&mut self) {
        let changed = self.fetcher.changed_hosts();
        let rows: Vec<_> = changed.iter().filter_map(|state| Some((state.host.clone(), serde_json::to_string(state).ok()?))).collect();
        if let Some(Err(error)) = self.store.as_mut().map(|store| store.save_hosts(&rows)) {
            tracing::warn!(%error, "what the host asked of us could not be kept");
        }
    }
}

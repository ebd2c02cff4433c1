//! Requests for the same page at the same time are made once, and all who asked get the answer.
//!
//! Nothing is kept beyond that: who asks later asks anew. Requests with credentials are nobody else's, and are made alone.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::{Error, Fetched, Request};

/// Everything of a request that the answer may depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    url: String,
    validators: (Option<String>, Option<String>),
    language: Option<String>,
    robots: Option<bool>,
    private_host: Option<String>,
    render: bool,
}

impl Key {
    /// The key of a request; `None` for one that has credentials.
    pub(super) fn of(request: &Request<'_>) -> Option<Self> {
        let access = request.access;
        let validators = request.validators.map(|validators| (validators.etag.clone(), validators.last_modified.clone()));
        (!access.has_credentials()).then(|| Self {
            url: request.url.as_str().to_owned(),
            validators: validators.unwrap_or_default(),
            language: access.language.clone(),
            robots: access.robots,
            private_host: access.private_host.clone(),
            render: access.render,
        })
    }
}

type Answer = Arc<OnceCell<Result<Fetched, Error>>>;

/// The requests that are under way.
#[derive(Default)]
pub(super) struct Shared(Mutex<BTreeMap<Key, Answer>>);

impl Shared {
    /// Makes the request, or waits for the one that is under way. If its maker gives up, one of those who wait makes it.
    pub(super) async fn once(&self, key: Key, ask: impl Future<Output = Result<Fetched, Error>>) -> Result<Fetched, Error> {
        let answer = {
            let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(under_way.entry(key.clone()).or_default())
        };
        if Arc::strong_count(&answer) > 2 {
            tracing::info!("the same page is being asked for already");
        }
        let result = answer.get_or_init(|| ask).await.clone();
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.get(&key).is_some_and(|current| Arc::ptr_eq(current, &answer)) {
            under_way.remove(&key);
        }
        result
    }
}

//! What happens during a run, as plain values: for progress on a terminal, for logs, for tests.

use std::fmt;
use std::sync::Arc;

use crate::model::SourceId;
use crate::url::Url;

/// Asked at every point where a crash or a fault of the disk would show: before and after each commit, flush and rename. Tests answer with the
/// system's error number to see that nothing is lost; everyone else leaves it empty.
#[derive(Clone, Default)]
pub struct Probe(Option<Arc<dyn Fn(&'static str) -> Option<i32> + Send + Sync>>);

impl Probe {
    /// A probe that is answered by a function of the boundary's name.
    pub fn new(answer: impl Fn(&'static str) -> Option<i32> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(answer)))
    }

    /// The error that is to happen here, if one is.
    pub fn at(&self, boundary: &'static str) -> Option<i32> {
        self.0.as_ref().and_then(|answer| answer(boundary))
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Probe" } else { "Probe(none)" })
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The pass has begun; so many sources are due.
    Began {
        /// How many.
        sources: usize,
    },
    /// A source is being polled.
    Polling {
        /// Which.
        source: SourceId,
    },
    /// A listing was read; so many articles are to be read.
    Listed {
        /// Of which source.
        source: SourceId,
        /// Links on the listing.
        links: usize,
        /// Articles to read.
        articles: usize,
    },
    /// A request is being made.
    Asking {
        /// The address.
        url: Url,
    },
    /// A page was read.
    Read {
        /// The address.
        url: Url,
        /// Bytes on the wire.
        bytes: u64,
    },
    /// An article is done with.
    Article {
        /// Of which source.
        source: SourceId,
        /// The address.
        url: Url,
        /// Why it could not be read, if it could not.
        failure: Option<String>,
    },
    /// A source is done with.
    Polled {
        /// Which.
        source: SourceId,
        /// New items.
        new: usize,
        /// Changed items.
        changed: usize,
        /// Why it failed, if it did.
        failure: Option<String>,
    },
    /// A feed file was written.
    Wrote {
        /// Its name.
        file: String,
    },
}

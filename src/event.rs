//! What happens during a run, as plain values: for progress on a terminal, for logs, for tests.

use crate::model::SourceId;
use crate::url::Url;

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

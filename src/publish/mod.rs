//! From a [`Feed`] to bytes in every format, and from bytes to files.
//!
//! Rendering is a function of the data alone: no clock, no hash-map order, so that unchanged data give unchanged files and
//! readers get 304. Files are touched only through [`disk`]. The mapping of fields follows RSS 2.0, RFC 4287, JSON Feed 1.1
//! and what validators and readers agree on.

mod atom;
mod author;
mod body;
pub mod disk;
mod error;
mod index;
mod json_feed;
mod opml;
mod rss;
#[cfg(test)]
mod tests;
mod xml;

pub use disk::Disk;
pub use error::Error;
pub use index::{Card, HEADLINES, Listed, index};
pub use opml::opml;

use serde::{Deserialize, Serialize};

use crate::model::Feed;
use crate::url::Url;

/// A format that feeds are published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 3] = [Format::Rss, Format::Atom, Format::Json];

    /// What follows the feed's name in the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Rss => "rss.xml",
            Format::Atom => "atom.xml",
            Format::Json => "json",
        }
    }

    /// The media type, as written in links.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Format::Rss => "RSS",
            Format::Atom => "Atom",
            Format::Json => "JSON Feed",
        }
    }
}

/// Where the directory of feeds is served, and what every feed of it says of that.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The address of the directory, with its final slash. Without it the feeds have no `rel=self`.
    pub base_url: Option<Url>,
    /// A WebSub hub that is told of changes.
    pub hub: Option<Url>,
}

impl Place {
    /// The public address of a file of the directory.
    pub fn address(&self, file: &str) -> Option<String> {
        self.base_url.as_ref().and_then(|base| base.join(file)).map(|url| xml::ascii_url(&url))
    }
}

/// A document's place in a history that is split into archives (RFC 5005, section 4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The stem of the archive before this document.
    pub previous: Option<String>,
    /// The stem of the archive after this one. Only the oldest archive has it, which is sealed together with the next: any other would
    /// have to change when the next one comes.
    pub next: Option<String>,
    /// The stem of the live feed; only archives have it, and it makes this document an archive.
    pub current: Option<String>,
}

impl Chain {
    /// The relations to write and the stems they lead to.
    fn relations(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let pairs = [("current", &self.current), ("prev-archive", &self.previous), ("next-archive", &self.next)];
        pairs.into_iter().filter_map(|(relation, stem)| stem.as_deref().map(|stem| (relation, stem)))
    }
}

/// The name of a feed's file in a format: `city-hall.rss.xml`.
pub fn file_name(stem: &str, format: Format) -> String {
    format!("{stem}.{}", format.extension())
}

/// The bytes of a feed. `stem` is its file's name without the extension, with any sub-directory.
pub fn render(feed: &Feed, stem: &str, chain: &Chain, place: &Place, format: Format) -> Result<Vec<u8>, Error> {
    match format {
        Format::Rss => rss::render(feed, stem, chain, place),
        Format::Atom => atom::render(feed, stem, chain, place),
        Format::Json => json_feed::render(feed, stem, chain, place),
    }
}

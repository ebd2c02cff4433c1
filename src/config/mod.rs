//! `config.toml`: read completely, offline, into final values; every error at once, each with its place.
//!
//! The options of a stage live beside the code they steer; this module composes them. Keys may be written with `-` or `_`.
//! `[defaults]` is poured under every `[[source]]` before anything is read, so that errors still point at the right line.

pub mod edit;
mod error;
mod layer;
mod source;
mod value;

pub use error::{Error, Problem};
pub use source::{Address, Auth, Cookies, FeedRule, Source};
pub use value::{SecretText, Wait};

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::fetch;
use crate::publish::Format;
use crate::url::Url;

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file it was read from.
    pub path: PathBuf,
    /// Where feeds go.
    pub publish: Publish,
    /// The store's file.
    pub store: PathBuf,
    /// How pages are fetched.
    pub fetch: fetch::Options,
    /// What is polled.
    pub sources: Vec<Source>,
    /// What is published across sources.
    pub feeds: Vec<FeedRule>,
    /// Commands that are told of events.
    pub hooks: Hooks,
    /// Names of outlets and agencies, and their home pages.
    pub outlets: BTreeMap<String, Url>,
}

/// `[publish]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Publish {
    /// The directory that is written; relative to the configuration file.
    pub dir: PathBuf,
    /// Where that directory is served. Gives `rel=self` and the addresses in the index.
    pub base_url: Option<Url>,
    /// The title of the index page and the OPML file.
    pub title: String,
    /// The formats of every feed, one at least.
    #[serde(deserialize_with = "value::some")]
    pub formats: Vec<Format>,
    /// How many items a feed holds at most, one at least.
    #[serde(deserialize_with = "value::positive")]
    pub items: usize,
    /// How many bytes the bodies of a feed hold at most; older items are left out, or go into archives.
    pub max_bytes: usize,
    /// Whether what the feed of a source no longer shows goes into archives (RFC 5005). They need `base_url` for their links.
    pub archives: bool,
    /// One feed for each credited source that has at least this many items; 0 switches them off.
    pub by_source: usize,
    /// Whether `_health` is published: a feed of what goes wrong with the sources, for whoever runs them.
    pub health: bool,
    /// A text file with the health of every source, for Prometheus; relative to the configuration file.
    pub metrics: Option<PathBuf>,
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("feeds"),
            base_url: None,
            title: "Feeds".to_owned(),
            formats: Format::ALL.to_vec(),
            // What readers and servers take in their stride: 50 items of 5 KB are a quarter of a megabyte.
            items: 50,
            max_bytes: 1_000_000,
            archives: true,
            by_source: 0,
            health: false,
            metrics: None,
        }
    }
}

/// `[hooks]`: each command gets JSON on its standard input.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Hooks {
    /// Run when a source failed, with the source and the failure.
    pub on_failure: Option<Vec<String>>,
    /// Run when a source has new items, with the items.
    pub on_new_items: Option<Vec<String>>,
}

impl Config {
    /// Reads and checks a file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        Self::parse(path, &text)
    }

    /// Checks a text as if it had been read from `path`.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        layer::read(path, text).map_err(|problems| Error::Broken { path: path.to_path_buf(), text: text.to_owned(), problems })
    }

    /// The folder that relative paths start from.
    pub fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }
}

#[cfg(test)]
mod tests;

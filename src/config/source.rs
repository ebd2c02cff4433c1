//! One `[[source]]` and one `[[feed]]`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::curate::{FeedFilter, ItemFilter};
use crate::model::SourceId;
use crate::url::Url;
use crate::{discover, extract};

use super::value::{SecretText, Wait, Zone};

/// Where a source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// On the web.
    Web(Url),
    /// A saved page on this machine.
    File {
        /// The file.
        path: PathBuf,
        /// The address that it had, or its `file:` address.
        saved_from: Url,
    },
}

impl Address {
    /// The address as published: the web's, or the one the page was saved from.
    pub fn url(&self) -> &Url {
        match self {
            Self::Web(url) | Self::File { saved_from: url, .. } => url,
        }
    }
}

/// A page that is polled, with its rules.
#[derive(Debug, Clone)]
pub struct Source {
    /// The stem of its files.
    pub name: SourceId,
    /// Where it is.
    pub address: Address,
    /// Whether it is polled and published; `false` keeps its items but leaves it alone.
    pub enabled: bool,
    /// The title of its feed; the page's own where not set.
    pub title: Option<String>,
    /// The description of its feed.
    pub description: Option<String>,
    /// BCP 47; the page's own where not set.
    pub language: Option<String>,
    /// The zone of times that name none.
    pub timezone: TimeZone,
    /// The interval between polls.
    pub every: Duration,
    /// The longest interval: a quiet site is polled less often, up to this. `None`: always `every`, but for what the server says.
    pub slowest: Option<Duration>,
    /// How the listing is read.
    pub listing: discover::Rules,
    /// How articles are read.
    pub article: extract::Rules,
    /// Which articles become items.
    pub items: ItemFilter,
    /// After which times an article is read again.
    pub recheck: Vec<Duration>,
    /// How many new articles are read in one run.
    pub max_new: usize,
    /// How many items are kept for ever; 0 keeps all.
    pub keep: usize,
    /// How old items become at most; `None`: they are kept for ever.
    pub keep_age: Option<Duration>,
    /// How many bytes of items are kept; 0 keeps all.
    pub keep_bytes: u64,
    /// Headers of its own.
    pub headers: BTreeMap<String, SecretText>,
    /// How long cookies are kept.
    pub cookies: Cookies,
    /// A login.
    pub auth: Option<Auth>,
    /// Whether robots.txt is obeyed; `None` follows `[fetch]`.
    pub robots: Option<bool>,
    /// Whether a browser builds its pages before they are read.
    pub render: bool,
    /// Whether its public name may lead to a private address.
    pub private: bool,
    /// The pause between requests; `None` follows `[fetch]`.
    pub spacing: Option<Duration>,
    /// A command that each new article passes through: JSON in, JSON out.
    pub transform: Option<Vec<String>>,
}

/// `auth = { user = "…", password = { env = "NAME" } }` or `auth = { bearer = { env = "NAME" } }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Auth {
    /// The user of a basic login.
    pub user: Option<String>,
    /// Its password.
    pub password: Option<SecretText>,
    /// A bearer token instead.
    pub bearer: Option<SecretText>,
}

/// `cookies = true` or `cookies = "keep"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cookies {
    /// For one chain of redirects.
    #[default]
    Forget,
    /// During a run.
    Run,
    /// Between runs as well, until they expire; those without an expiry date end with the run.
    Keep,
}

impl<'de> Deserialize<'de> for Cookies {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Cookies;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`true`, `false` or `\"keep\"`")
            }

            fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Cookies, E> {
                Ok(if value { Cookies::Run } else { Cookies::Forget })
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Cookies, E> {
                if value == "keep" { Ok(Cookies::Keep) } else { Err(E::invalid_value(serde::de::Unexpected::Str(value), &self)) }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What is published across sources: one `[[feed]]`.
#[derive(Debug, Clone)]
pub struct FeedRule {
    /// The stem of its files.
    pub name: SourceId,
    /// Its title.
    pub title: Option<String>,
    /// The sources it combines; all of them where empty.
    pub sources: Vec<SourceId>,
    /// What it narrows to.
    pub filter: FeedFilter,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawSource {
    name: SourceId,
    url: String,
    saved_from: Option<Url>,
    #[serde(default = "yes")]
    enabled: bool,
    title: Option<String>,
    description: Option<String>,
    language: Option<String>,
    timezone: Option<Zone>,
    every: Option<Wait>,
    slowest: Option<Wait>,
    #[serde(default)]
    listing: discover::Rules,
    #[serde(default)]
    article: extract::Rules,
    #[serde(default)]
    items: ItemFilter,
    #[serde(default)]
    recheck: Vec<Wait>,
    max_new: Option<usize>,
    #[serde(default)]
    keep: usize,
    keep_age: Option<Wait>,
    #[serde(default)]
    keep_bytes: u64,
    #[serde(default)]
    headers: BTreeMap<String, SecretText>,
    #[serde(default)]
    cookies: Cookies,
    auth: Option<Auth>,
    robots: Option<bool>,
    #[serde(default)]
    render: bool,
    #[serde(default)]
    private: bool,
    spacing: Option<Wait>,
    transform: Option<Vec<String>>,
}

/// How often a source is polled that says nothing of it.
const EVERY: Duration = Duration::from_secs(30 * 60);
/// How many new articles of a source one run reads: a first run of a long listing stays polite, and the rest follows.
const MAX_NEW: usize = 200;

impl RawSource {
    /// The final source; the error names the key and says what is wrong with its value.
    pub(super) fn finish(self, folder: &Path) -> Result<Source, (&'static str, String)> {
        let address = address(&self.url, self.saved_from, folder)?;
        if self.render && matches!(address, Address::File { .. }) {
            return Err(("url", "a saved page cannot be rendered: `render` is for pages on the web".to_owned()));
        }
        Ok(Source {
            name: self.name,
            address,
            enabled: self.enabled,
            title: self.title,
            description: self.description,
            language: self.language,
            timezone: self.timezone.map_or(TimeZone::UTC, |zone| zone.0),
            every: self.every.map_or(EVERY, |wait| wait.0),
            slowest: self.slowest.map(|wait| wait.0),
            listing: self.listing,
            article: self.article,
            items: self.items,
            recheck: self.recheck.into_iter().map(|wait| wait.0).collect(),
            max_new: self.max_new.unwrap_or(MAX_NEW),
            keep: self.keep,
            keep_age: self.keep_age.map(|wait| wait.0),
            keep_bytes: self.keep_bytes,
            headers: self.headers,
            cookies: self.cookies,
            auth: self.auth,
            robots: self.robots,
            render: self.render,
            private: self.private,
            spacing: self.spacing.map(|wait| wait.0),
            transform: self.transform,
        })
    }
}

fn address(text: &str, saved_from: Option<Url>, folder: &Path) -> Result<Address, (&'static str, String)> {
    let wrong = |reason: String| ("url", reason);
    let path = match Url::parse(text) {
        Ok(url) if url.is_web() && !url.host().is_empty() => return Ok(Address::Web(url)),
        Ok(url) if url.parts().scheme() == "file" => {
            url.parts().to_file_path().map_err(|()| wrong(format!("`{text}` is not the address of a file on this machine")))?
        }
        // A one-letter scheme is a drive.
        Ok(url) if url.parts().scheme().len() > 1 => {
            return Err(wrong(format!("`{text}` is neither an http or https address nor a file")));
        }
        _ if text.contains("://") => return Err(wrong(format!("`{text}` is not a valid address"))),
        _ => folder.join(text),
    };
    let absolute = std::path::absolute(&path).map_err(|error| wrong(format!("`{text}`: {error}")))?;
    let own = url::Url::from_file_path(&absolute).map_err(|()| wrong(format!("`{text}` cannot be written as an address")))?;
    Ok(Address::File { path, saved_from: saved_from.unwrap_or_else(|| own.into()) })
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawFeed {
    name: SourceId,
    title: Option<String>,
    #[serde(default)]
    sources: Vec<SourceId>,
    #[serde(default)]
    credit: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    language: Vec<String>,
}

impl RawFeed {
    pub(super) fn finish(self) -> FeedRule {
        let filter = FeedFilter { credit: self.credit, words: self.words, language: self.language };
        FeedRule { name: self.name, title: self.title, sources: self.sources, filter }
    }
}

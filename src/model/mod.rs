//! Plain data that every stage speaks: pages, links, articles, items, feeds.
//!
//! Nothing here acts or decides. Required things are not `Option`, a string with a promise is a newtype with one
//! constructor, and every extracted value carries the [`Origin`] that says how it was found.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize};

mod article;
mod feed;
mod listing;

pub use article::{Article, Body, Candidate, Credit, Extraction, Media, Role};
pub use feed::{Feed, Item};
pub use listing::{Discovery, DroppedLink, FeedLink, Link, LinkGroup, Page, Relocation, Surface, Validators};

/// How a value was found, in words a user can check against the page: `json-ld`, `meta og:title`, `css .story`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(pub String);

impl Origin {
    /// An origin from its words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value together with how it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value itself.
    pub value: T,
    /// Where in the page, or by which heuristic, it was found.
    pub origin: Origin,
}

impl<T> Found<T> {
    /// A value with the words of its origin.
    pub fn new(value: T, origin: impl Into<String>) -> Self {
        Self { value, origin: Origin::new(origin) }
    }
}

/// Something worth telling that is no error: why a link was dropped, why a field is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A stable, hyphenated word for programs: `no-date`, `date-in-future`, `selector-missed`.
    pub code: String,
    /// One sentence for people, lower case, without a final period.
    pub text: String,
}

impl Note {
    /// A note from its code and its sentence.
    pub fn new(code: &str, text: impl Into<String>) -> Self {
        Self { code: code.to_owned(), text: text.into() }
    }
}

/// How exact a point in time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the calendar day was given; the instant is noon of that day.
    Day,
    /// Hours and minutes were given.
    Minute,
    /// Seconds, or fractions of them, were given.
    Second,
}

/// Whether the page itself gave the zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The page wrote an offset or a zone.
    Given,
    /// The source's configured zone, or UTC, was assumed.
    Assumed,
}

/// A point in time as a page tells it: the instant, how exact it is, and whose zone it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The instant.
    pub at: Timestamp,
    /// Seconds east of Greenwich of the zone the time was written (or assumed) in.
    pub offset_seconds: i32,
    /// How exact the instant is.
    pub precision: Precision,
    /// Whether the zone was given or assumed.
    pub zone: Zone,
}

impl When {
    /// A calendar day without a time: noon in `zone`, so that no reader's zone moves it to another day.
    pub fn day(date: jiff::civil::Date, zone: &TimeZone) -> Option<Self> {
        let zoned = zone.to_zoned_datetime(date.at(12, 0, 0, 0)).ok()?;
        Some(Self { at: zoned.timestamp(), offset_seconds: zoned.offset().seconds(), precision: Precision::Day, zone: Zone::Assumed })
    }

    /// The calendar day in the zone that the time was written in.
    pub fn date(&self) -> jiff::civil::Date {
        self.offset().to_datetime(self.at).date()
    }

    /// RFC 3339 in its own offset; only `YYYY-MM-DD` where the page gave only a day.
    pub fn to_rfc3339(&self) -> String {
        match self.precision {
            Precision::Day => self.date().to_string(),
            Precision::Minute | Precision::Second => self.at.display_with_offset(self.offset()).to_string(),
        }
    }

    fn offset(&self) -> Offset {
        Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC)
    }
}

/// HTML that has passed the sanitiser: well-formed, absolute URLs, nothing that runs or tracks.
///
/// Made by `html::sanitize` and read back by `store`, nowhere else (a test holds this).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Wraps text that is known to be sanitised. Only the sanitiser and the store may call this.
    pub fn assume_clean(html: String) -> Self {
        Self(html)
    }

    /// The HTML text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A regular expression from the configuration, compiled when the configuration is read.
#[derive(Debug, Clone)]
pub struct Pattern(pub regex::Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        regex::Regex::new(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

/// The name of a source or feed: also the stem of its files. Lower-case ASCII letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SourceId(String);

impl SourceId {
    /// Longest name: file systems allow 255 bytes, and suffixes such as `.archive-0001.atom.xml` need room.
    pub const MAX_LENGTH: usize = 100;

    /// Checks a name; the error says what is expected.
    pub fn new(name: &str) -> Result<Self, String> {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if name.is_empty() || name.len() > Self::MAX_LENGTH || !starts_well || !name.chars().all(legal) {
            return Err(format!(
                "`{name}` is not a usable name: expected 1 to {} of a-z, 0-9, `-` and `_`, starting with a letter or digit",
                Self::MAX_LENGTH
            ));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SourceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

/// The permanent identity of an item: `urn:uuid:…`, minted once and stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub String);

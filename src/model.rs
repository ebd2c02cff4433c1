//! Plain data that every stage speaks: pages, links, articles, items, feeds.
//!
//! Nothing here acts or decides. Required things are not `Option`, a string with a promise is a newtype with one
//! constructor, and every extracted value carries the [`Origin`] that says how it was found.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize};

use crate::url::Url;

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

/// What a server said that lets the next request be conditional (RFC 9110, section 8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` header, verbatim.
    pub etag: Option<String>,
    /// The `Last-Modified` header, verbatim.
    pub last_modified: Option<String>,
}

/// A fetched document, decoded to text.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where the text came from after redirects.
    pub url: Url,
    /// The URL that was asked for.
    pub asked: Url,
    /// The HTTP status; 200 for a file.
    pub status: u16,
    /// The media type without parameters, lower case; empty if the server gave none.
    pub media_type: String,
    /// The decoded text: HTML, or XML or JSON where the source is a feed or a sitemap.
    pub text: String,
    /// What makes the next request conditional.
    pub validators: Validators,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Each URL that redirected on the way here.
    pub hops: Vec<Url>,
    /// How long the server says that the text stays fresh (`Cache-Control: max-age`, `Expires`), in seconds.
    pub fresh_for: Option<u64>,
    /// Bytes on the wire, headers left out.
    pub bytes: u64,
    /// `Link` headers, verbatim.
    pub link_headers: Vec<String>,
}

/// One article that a listing links to, with whatever the listing says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Where the article is, absolute.
    pub url: Url,
    /// Its headline as the listing shows it.
    pub title: Option<String>,
    /// Its summary as the listing shows it, plain text.
    pub teaser: Option<String>,
    /// Its date as the listing shows it.
    pub date: Option<When>,
    /// Its picture.
    pub image: Option<Url>,
    /// Its author as shown.
    pub author: Option<String>,
    /// How the link was found.
    pub origin: Origin,
    /// Its place in the listing, from 0.
    pub position: usize,
}

/// A feed that a page announces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedLink {
    /// Where the feed is.
    pub url: Url,
    /// Its title, where the page gives one.
    pub title: Option<String>,
    /// Its media type.
    pub media_type: String,
}

/// What kind of page this is, where that explains why it yields nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surface {
    /// Nothing stands in the way.
    #[default]
    Open,
    /// A check for robots: "Just a moment…".
    BotWall,
    /// A form to log in, where an article or a listing was expected.
    Login,
    /// Only the beginning is shown to those who do not pay.
    Paywall,
    /// A consent dialogue instead of the page.
    Consent,
    /// An empty shell that JavaScript fills.
    AppShell,
    /// "Not found" with status 200.
    SoftNotFound,
    /// A domain that is for sale.
    Parked,
    /// A search or a category without results.
    NoResults,
}

/// A group of links of one structure that was weighed as a whole (for `try`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkGroup {
    /// The structure that its links share, written like a CSS selector.
    pub signature: String,
    /// How many different links it holds.
    pub links: usize,
    /// How sure it is that these are items, from 0 to 1.
    pub score: f64,
    /// Whether its links were taken.
    pub taken: bool,
    /// A few of its texts.
    pub samples: Vec<String>,
}

/// A link that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedLink {
    /// The link.
    pub url: String,
    /// Why, as a stable hyphenated word: `navigation`, `footer`, `tag-page`, `off-site`.
    pub reason: String,
}

/// What a listing yields. Discovery cannot fail: a messy page gives fewer links and more notes.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// The articles, in the page's order.
    pub links: Vec<Link>,
    /// The next page of the listing.
    pub next: Option<Url>,
    /// The feeds that the page announces.
    pub feeds: Vec<FeedLink>,
    /// How sure it is that `links` are the items of this page, from 0 to 1.
    pub confidence: f64,
    /// What stands in the way, if anything.
    pub surface: Surface,
    /// The title of the listing page, for the feed's title.
    pub title: Option<String>,
    /// The language of the listing page, BCP 47.
    pub language: Option<String>,
    /// The groups that were weighed, best first.
    pub groups: Vec<LinkGroup>,
    /// Links that were not taken, each with its reason.
    pub dropped: Vec<DroppedLink>,
    /// What is worth telling.
    pub notes: Vec<Note>,
}

/// In what way a page credits an outlet or agency for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A label or hat-tip: the text was taken from there, whole or reworked.
    #[serde(rename = "source")]
    Source,
    /// Taken over whole from another outlet.
    #[serde(rename = "republished-from")]
    Republished,
    /// A wire agency's text.
    #[serde(rename = "agency")]
    Agency,
    /// It contributed a part.
    #[serde(rename = "contributing")]
    Contributing,
}

impl Role {
    /// The stable word for this role.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Source => "source",
            Role::Republished => "republished-from",
            Role::Agency => "agency",
            Role::Contributing => "contributing",
        }
    }
}

/// The outlet or agency that the page itself credits for the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// The name as the page shows it.
    pub name: String,
    /// Where the page links the name or the original to; else the known home page of a known name.
    pub url: Option<Url>,
    /// In what way it is credited.
    pub role: Role,
    /// The words of the page that say so: the evidence.
    pub phrase: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// Whether the body's text already says so visibly.
    pub visible: bool,
}

/// A recording or film that the article carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Where the file is.
    pub url: Url,
    /// Its media type: `audio/mpeg`.
    pub media_type: String,
    /// Its size in bytes, if known.
    pub length: Option<u64>,
}

/// The body of an article, in both forms that are published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Sanitised HTML.
    pub html: SafeHtml,
    /// What a person would read; paragraphs are split by a blank line.
    pub text: String,
}

/// What one page yields.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The page's own permanent address (canonical URL on the same site), if it names one.
    pub canonical: Option<Found<Url>>,
    /// The headline, without the site's name.
    pub title: Option<Found<String>>,
    /// The body.
    pub body: Option<Found<Body>>,
    /// The page's own lead or description, plain text.
    pub summary: Option<Found<String>>,
    /// Names of persons (or of an agency, where that is the only byline).
    pub authors: Vec<Found<String>>,
    /// When it was published.
    pub published: Option<Found<When>>,
    /// When it was last changed.
    pub modified: Option<Found<When>>,
    /// The lead image.
    pub image: Option<Found<Url>>,
    /// Audio and video files.
    pub media: Vec<Media>,
    /// Who is credited for the text, in the page's order.
    pub credits: Vec<Found<Credit>>,
    /// Tags and keywords.
    pub tags: Vec<String>,
    /// The section of the site.
    pub section: Option<String>,
    /// BCP 47.
    pub language: Option<Found<String>>,
    /// The site's name.
    pub site: Option<Found<String>>,
    /// The next page of the same article (`rel=next` inside an article).
    pub next: Option<Url>,
}

/// A candidate for a field, for `try`: what was seen, where, and whether it won.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The field: `title`, `published`, `body`.
    pub field: String,
    /// Its value, shortened.
    pub value: String,
    /// Where it was found.
    pub origin: Origin,
    /// Whether it won, or why it did not.
    pub verdict: String,
}

/// An article, and how it was come by. Extraction cannot fail: a field that misses costs that field only.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// The article.
    pub article: Article,
    /// How likely this is a whole, real article, from 0 to 1.
    pub quality: f64,
    /// What stands in the way, if anything.
    pub surface: Surface,
    /// Who else was in the running for each field. Only filled when asked for.
    pub candidates: Vec<Candidate>,
    /// What is worth telling.
    pub notes: Vec<Note>,
}

/// An article as kept and published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its permanent identity.
    pub id: ItemId,
    /// The source that it came from.
    pub source: SourceId,
    /// Its address.
    pub url: Url,
    /// Its headline; never empty (the first words of the text, or the address, stand in).
    pub title: String,
    /// Its body, sanitised.
    pub html: SafeHtml,
    /// Its body as plain text.
    pub text: String,
    /// Its lead, plain text.
    pub summary: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Credited outlets and agencies.
    pub credits: Vec<Credit>,
    /// The lead image.
    pub image: Option<Url>,
    /// Audio and video.
    pub media: Vec<Media>,
    /// Tags.
    pub tags: Vec<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// When the page says that it was published.
    pub published: Option<When>,
    /// When feedwright first saw it; the date of undated items.
    pub first_seen: Timestamp,
    /// When its title or text last changed; unique within its source.
    pub updated: Timestamp,
    /// Digest of the normalised title and text.
    pub fingerprint: String,
    /// How often it changed, from 0.
    pub revision: u32,
}

impl Item {
    /// The instant that readers sort by: the page's, else the first sighting.
    pub fn date(&self) -> Timestamp {
        self.published.map_or(self.first_seen, |when| when.at)
    }
}

/// What is published under one name, ready to be written in any format.
///
/// `updated` is the newest change among the items and never the time of writing, so that the same data give the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// The stem of its files.
    pub name: SourceId,
    /// Its permanent identity, `urn:uuid:…`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The page that it mirrors.
    pub home: Url,
    /// BCP 47.
    pub language: Option<String>,
    /// The site's name: stands in where an item has no author.
    pub author: String,
    /// The newest change.
    pub updated: Timestamp,
    /// How often it is polled, in minutes, for `<ttl>`.
    pub ttl_minutes: Option<u32>,
    /// Newest first.
    pub items: Vec<Item>,
}

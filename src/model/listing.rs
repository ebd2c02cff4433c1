//! Pages as fetched, and what a listing yields.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Note, Origin, When};
use crate::url::Url;

/// What a server said that lets the next request be conditional (RFC 9110, section 8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` header, verbatim.
    pub etag: Option<String>,
    /// The `Last-Modified` header, verbatim.
    pub last_modified: Option<String>,
    /// The address that sent them, after redirects: there they are sent back.
    #[serde(default)]
    pub at: Option<Url>,
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
    /// Links, but none that look like articles.
    OnlyMenus,
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

/// Where a list went whose configured rules match nothing any more, told by the links that are known from before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relocation {
    /// The rule that missed.
    pub missed: String,
    /// A rule for the items that would find them, where there is a short one.
    pub item: Option<String>,
    /// A rule for the links, inside the items or on the page.
    pub link: Option<String>,
    /// How many of the links were known.
    pub known: usize,
    /// How many links the list has.
    pub links: usize,
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
    /// How many minutes a feed says that it stays as it is (`ttl`).
    pub ttl_minutes: Option<u32>,
    /// The groups that were weighed, best first.
    pub groups: Vec<LinkGroup>,
    /// Links that were not taken, each with its reason.
    pub dropped: Vec<DroppedLink>,
    /// What is worth telling.
    pub notes: Vec<Note>,
    /// Set where the configured rules missed and the list was found again by known links.
    pub relocation: Option<Relocation>,
}

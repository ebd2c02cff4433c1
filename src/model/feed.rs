//! Items as kept, and feeds as published.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Credit, ItemId, Media, SafeHtml, SourceId, When};
use crate::url::Url;

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
    /// Where other sources have the same story, by item.
    pub same_story: std::collections::BTreeMap<ItemId, Vec<Url>>,
}

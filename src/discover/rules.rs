//! What the configuration may say about the listing of a source.

use serde::Deserialize;

use crate::html::Css;

/// `listing = { item = "li.teaser", link = "h2 a", next = "a[rel=next]", pages = 3 }`. Each rule replaces the automatic way for its part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Rules {
    /// One element an item.
    pub item: Option<Css>,
    /// The link, inside the item (or on the page, where `item` is not set).
    pub link: Option<Css>,
    /// The title, inside the item.
    pub title: Option<Css>,
    /// The date, inside the item.
    pub date: Option<Css>,
    /// The summary, inside the item.
    pub summary: Option<Css>,
    /// The image, inside the item.
    pub image: Option<Css>,
    /// The author, inside the item.
    pub author: Option<Css>,
    /// The link to the next page.
    pub next: Option<Css>,
    /// How many pages of the listing to read, at least 1.
    pub pages: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { item: None, link: None, title: None, date: None, summary: None, image: None, author: None, next: None, pages: 1 }
    }
}

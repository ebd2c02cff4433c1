//! What a listing says of each item besides its title: date, teaser, picture, author, from the item's own part of the page.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use scraper::ElementRef;

use super::anchor::Anchor;
use super::when::Dates;
use super::words::line_of;
use crate::html::{Dom, noise, picture};
use crate::model::{Link, Origin};

/// A teaser is at least this long.
const SHORTEST_TEASER: usize = 25;
const LONGEST_TEASER: usize = 500;
/// A longer text names no author.
const LONGEST_NAME: usize = 60;

/// One item: its links, and the part of the page that is its own.
pub(super) struct Item<'s, 'a> {
    pub(super) links: Vec<&'s Anchor<'a>>,
    pub(super) container: ElementRef<'a>,
    /// Another part of the page that shows the same item.
    pub(super) elsewhere: Option<ElementRef<'a>>,
}

/// What surrounds the items.
pub(super) struct Surroundings<'a> {
    pub(super) dom: &'a Dom,
    pub(super) language: &'a str,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Option<Timestamp>,
}

/// Describes all items of a page.
pub(super) fn describe(items: &[Item<'_, '_>], around: &Surroundings<'_>, origin: &str) -> Vec<Link> {
    let titles = super::title::titles(items);
    let dates = Dates::read(items, &titles, around);
    let mut links = Vec::with_capacity(items.len());
    for (position, ((item, title), date)) in items.iter().zip(titles).zip(dates.0).enumerate() {
        let Some(first) = item.links.first() else { continue };
        let image = item
            .container
            .descendent_elements()
            .filter(|element| element.value().name() == "img")
            .find_map(|element| picture::address(element.value(), &around.dom.base));
        links.push(Link {
            url: first.url.clone(),
            teaser: teaser(item.container, title.as_deref()),
            title,
            date,
            image,
            author: author(item.container),
            origin: Origin::new(origin),
            position,
        });
    }
    links
}

fn teaser(container: ElementRef<'_>, title: Option<&str>) -> Option<String> {
    let paragraphs = container.descendent_elements().filter(|element| {
        matches!(element.value().name(), "p" | "dd" | "blockquote")
            || element.value().name() == "div" && element.child_elements().next().is_none()
    });
    let texts = paragraphs.filter(|element| !noise::is_furniture(element.value())).map(line_of);
    let teaser = texts.into_iter().find(|text| text.chars().count() >= SHORTEST_TEASER && title != Some(text.as_str()))?;
    Some(teaser.chars().take(LONGEST_TEASER).collect())
}

fn author(container: ElementRef<'_>) -> Option<String> {
    let names_author = |(name, value): (&str, &str)| match name {
        "rel" => value.split_whitespace().any(|rel| rel == "author"),
        "class" => value.split_whitespace().any(|class| matches!(class, "author" | "byline" | "author-name" | "post-author")),
        _ => false,
    };
    let named = container.descendent_elements().find(|element| element.value().attrs().any(names_author))?;
    let text = line_of(named);
    let text = text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")).unwrap_or(&text);
    (!text.is_empty() && text.chars().count() <= LONGEST_NAME).then(|| text.to_owned())
}

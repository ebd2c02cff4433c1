//! What a listing says of one item: title, date, teaser, picture, author, from the item's own container.

use jiff::tz::TimeZone;
use scraper::ElementRef;

use super::anchor::{Anchor, is_heading};
use crate::extract::date;
use crate::html::{Dom, collapse, noise, picture, text_of};
use crate::model::{Link, Origin, When};

/// A link that says only this does not say its title.
const GENERIC: [&str; 44] = [
    "read more",
    "more",
    "continue reading",
    "continue",
    "full story",
    "details",
    "view",
    "open",
    "pdf",
    "html",
    "download",
    "here",
    "link",
    "comments",
    "comment",
    "permalink",
    "share",
    "video",
    "photo",
    "read",
    "see more",
    "learn more",
    "weiterlesen",
    "mehr",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "leer mas",
    "seguir leyendo",
    "ler mais",
    "leia mais",
    "leggi tutto",
    "continua",
    "lees meer",
    "läs mer",
    "les mer",
    "czytaj więcej",
    "читать далее",
    "далее",
    "подробнее",
    "続きを読む",
    "阅读全文",
    "더보기",
];
/// A teaser is at least this long.
const SHORTEST_TEASER: usize = 25;
const LONGEST_TEASER: usize = 500;

/// What surrounds an item.
pub(super) struct Surroundings<'a> {
    pub(super) dom: &'a Dom,
    pub(super) language: &'a str,
    pub(super) zone: &'a TimeZone,
}

/// Describes the item of these links; `container` holds nothing of other items.
pub(super) fn describe(
    links: &[&Anchor<'_>],
    container: ElementRef<'_>,
    around: &Surroundings<'_>,
    position: usize,
    origin: &Origin,
) -> Option<Link> {
    let first = links.first()?;
    let title = title(links, container);
    let date = date(container, title.as_deref(), around);
    let image = container
        .descendent_elements()
        .filter(|element| element.value().name() == "img")
        .find_map(|element| picture::address(element.value(), &around.dom.base));
    Some(Link {
        url: first.url.clone(),
        teaser: teaser(container, title.as_deref()),
        title,
        date,
        image,
        author: author(container),
        origin: origin.clone(),
        position,
    })
}

fn title(links: &[&Anchor<'_>], container: ElementRef<'_>) -> Option<String> {
    for anchor in links.iter().filter(|anchor| anchor.in_heading) {
        let inside = anchor.element.descendent_elements().skip(1).find(|child| is_heading(child.value().name())).map(text_of);
        let around = || {
            anchor
                .element
                .ancestors()
                .filter_map(ElementRef::wrap)
                .take(4)
                .find(|element| is_heading(element.value().name()))
                .map(|_| anchor.text.clone())
        };
        if let Some(text) = inside.or_else(around).filter(|text| !is_generic(text)) {
            return Some(text);
        }
    }
    let heading =
        container.descendent_elements().filter(|element| is_heading(element.value().name())).map(text_of).find(|text| !text.is_empty());
    let longest = links.iter().filter(|anchor| !is_generic(&anchor.text)).max_by_key(|anchor| anchor.text.chars().count());
    match (heading, longest) {
        (Some(heading), _) if !is_generic(&heading) => Some(heading),
        (_, Some(anchor)) => Some(first_block(anchor)),
        _ => links.iter().find_map(|anchor| labelled(anchor)).or_else(|| longest_cell(container)),
    }
}

/// A whole card may be the link: its first block of text is the title.
fn first_block(anchor: &Anchor<'_>) -> String {
    let is_block = |name: &str| matches!(name, "div" | "p" | "span" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if anchor.text.chars().count() <= 140 {
        return anchor.text.clone();
    }
    let blocks = anchor.element.descendent_elements().skip(1).filter(|child| is_block(child.value().name()));
    let leaves = blocks.filter(|child| !child.child_elements().any(|inner| is_block(inner.value().name())));
    leaves.map(text_of).find(|text| text.chars().count() >= 15).unwrap_or_else(|| anchor.text.clone())
}

fn labelled(anchor: &Anchor<'_>) -> Option<String> {
    let own = ["aria-label", "title"].iter().find_map(|name| anchor.element.attr(name));
    let inner = || anchor.element.descendent_elements().find_map(|child| child.attr("alt").or_else(|| child.attr("title")));
    own.or_else(inner).map(collapse).filter(|text| !is_generic(text))
}

fn longest_cell(container: ElementRef<'_>) -> Option<String> {
    let cells =
        container.descendent_elements().filter(|child| matches!(child.value().name(), "td" | "p" | "span" | "div" | "b" | "strong" | "dt"));
    let texts = cells.filter(|cell| !cell.child_elements().any(|inner| matches!(inner.value().name(), "td" | "p" | "div"))).map(text_of);
    texts.filter(|text| !is_generic(text) && text.chars().count() <= 300).max_by_key(|text| text.chars().count())
}

fn is_generic(text: &str) -> bool {
    let bare: String = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.is_empty()
        || GENERIC.contains(&bare.as_str())
        || bare.chars().all(|c| c.is_ascii_digit())
        || (bare.ends_with("comments") && bare.len() < 16)
}

fn date(container: ElementRef<'_>, title: Option<&str>, around: &Surroundings<'_>) -> Option<When> {
    let read = |text: &str| date::parse(text, around.language, around.zone);
    for element in container.descendent_elements() {
        let is_date = element.value().name() == "time" || element.attr("itemprop").is_some_and(|names| names.starts_with("date"));
        if is_date {
            let told = element.attr("datetime").or_else(|| element.attr("content")).and_then(read);
            if let Some(when) = told.or_else(|| read(&text_of(element))) {
                return Some(when);
            }
        }
    }
    let mut text = String::new();
    for piece in container.text().take(400) {
        text.push_str(piece);
        text.push(' ');
        if text.len() > 4_000 {
            break;
        }
    }
    let mut text = collapse(&text);
    if let Some(title) = title.filter(|title| title.len() > 3) {
        text = text.replace(title, " ");
    }
    date::find_in_text(&text, around.language, around.zone).map(|(when, _)| when).or_else(|| heading_above(container, around))
}

/// A date in the heading above a group of items, not farther than the items before this one.
fn heading_above(container: ElementRef<'_>, around: &Surroundings<'_>) -> Option<When> {
    const FARTHEST: usize = 60;
    let mut node = *container;
    for _ in 0..3 {
        for sibling in node.prev_siblings().filter_map(ElementRef::wrap).take(FARTHEST) {
            let name = sibling.value().name();
            if is_heading(name) || matches!(name, "dt" | "th" | "time" | "strong" | "b") {
                let text = text_of(sibling);
                if text.chars().count() <= 80 {
                    return date::find_in_text(&text, around.language, around.zone).map(|(when, _)| when);
                }
            }
        }
        node = node.parent()?;
    }
    None
}

fn teaser(container: ElementRef<'_>, title: Option<&str>) -> Option<String> {
    let paragraphs = container.descendent_elements().filter(|element| {
        matches!(element.value().name(), "p" | "dd" | "blockquote")
            || element.value().name() == "div" && element.child_elements().next().is_none()
    });
    let texts = paragraphs.filter(|element| !noise::is_furniture(element.value())).map(text_of);
    let teaser = texts.into_iter().find(|text| text.chars().count() >= SHORTEST_TEASER && title != Some(text.as_str()))?;
    Some(teaser.chars().take(LONGEST_TEASER).collect())
}

fn author(container: ElementRef<'_>) -> Option<String> {
    let named = container.descendent_elements().find(|element| {
        let is_rel = element.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "author"));
        is_rel || element.value().classes().any(|class| matches!(class, "author" | "byline" | "author-name" | "post-author"))
    })?;
    let text = text_of(named);
    let text = text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")).unwrap_or(&text);
    (!text.is_empty() && text.chars().count() <= 60).then(|| text.to_owned())
}

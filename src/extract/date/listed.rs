//! Dates of other stories: items of a list, each with a headline that leads to another page.

use std::cell::OnceCell;

use ego_tree::NodeId;
use rustc_hash::FxHashSet;
use scraper::ElementRef;

use super::element::beginning;
use super::shown::{MAX_DATED_TEXT, may_be_date};
use crate::html::{Attribute as _, Dom};

/// An item of a list is hardly more than so many levels above its date.
const LEVELS: usize = 5;
/// An item has no more nodes.
const NODES_OF_ITEM: usize = 60;
/// In characters: a link with less text is a name or a button.
const SHORTEST_HEADLINE: usize = 16;
/// Siblings of an item that are asked whether they are items too.
const MOST_SIBLINGS: usize = 12;
/// Pieces of text in which an item shows its date.
const PIECES_OF_ITEM: usize = 12;

/// In bytes: an item with more text has a teaser, and is of the main list of a page that shows the newest of its stories.
const LONGEST_ITEM: usize = 240;
/// So many paragraphs of its own make a page an article. On one that is nothing but a list, the dates of the list are all that there is.
const PARAGRAPHS_OF_ARTICLE: usize = 2;

/// The lists of a page.
pub(super) struct Lists<'a> {
    dom: &'a Dom,
    /// What is around the headline.
    around_headline: FxHashSet<NodeId>,
    /// Asked once, and only of pages with lists.
    is_article: OnceCell<bool>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(dom: &'a Dom, heading: Option<NodeId>) -> Self {
        let headline = heading.and_then(|heading| dom.html.tree.get(heading));
        let around_headline = headline.into_iter().flat_map(|headline| headline.ancestors().map(|node| node.id())).collect();
        Self { dom, around_headline, is_article: OnceCell::new() }
    }

    /// Whether an element holds the headline.
    pub(super) fn hold_headline(&self, element: ElementRef<'_>) -> bool {
        self.around_headline.contains(&element.id())
    }

    /// Whether the date that an element shows is of one of several stories in a list, beside an article.
    pub(super) fn hold(&self, element: ElementRef<'_>) -> bool {
        self.is_of_another(element) && *self.is_article.get_or_init(|| self.is_article())
    }

    fn is_article(&self) -> bool {
        let texts =
            self.dom.html.tree.root().descendants().filter(|node| node.value().as_text().is_some_and(|text| text.len() > MAX_DATED_TEXT));
        let parents = texts.filter_map(|node| node.parent().and_then(ElementRef::wrap));
        let shown = parents.filter(|parent| !matches!(parent.value().name(), "script" | "style" | "noscript" | "template"));
        shown.filter(|parent| !self.is_of_another(*parent)).nth(PARAGRAPHS_OF_ARTICLE - 1).is_some()
    }

    /// Whether an element is in an item of a list. The item that holds the page's headline is none.
    fn is_of_another(&self, element: ElementRef<'_>) -> bool {
        let around = element.ancestors().filter_map(ElementRef::wrap).take(LEVELS);
        for item in std::iter::once(element).chain(around) {
            let is_large = || item.descendants().nth(NODES_OF_ITEM).is_some() || is_long(item);
            if matches!(item.value().name(), "body" | "html" | "main") || self.hold_headline(item) || is_large() {
                return false;
            }
            if self.leads_elsewhere(item) && self.has_like(item) {
                return true;
            }
        }
        false
    }

    /// Whether an element has a link with the text of a headline that leads to a page of the site.
    fn leads_elsewhere(&self, item: ElementRef<'_>) -> bool {
        let links = item.descendants().take(NODES_OF_ITEM).filter_map(ElementRef::wrap).filter(|element| element.value().name() == "a");
        links.into_iter().any(|link| {
            let of_site = |href: &str| {
                !href.starts_with('#') && (!href.contains(':') && !href.starts_with("//") || href.contains(self.dom.url.host()))
            };
            let leads = link.attribute("href").is_some_and(|href| of_site(href) && !href.contains("share"));
            // A link in a paragraph is no headline.
            let in_prose =
                || link.parent().and_then(ElementRef::wrap).is_some_and(|parent| parent.value().name() == "p" && is_running(parent));
            leads && !in_prose() && beginning(link, PIECES_OF_ITEM).chars().count() >= SHORTEST_HEADLINE
        })
    }

    /// Whether an element beside it is of the same kind, leads elsewhere too and has a date of its own.
    fn has_like(&self, item: ElementRef<'_>) -> bool {
        let siblings =
            || item.prev_siblings().take(MOST_SIBLINGS).chain(item.next_siblings().take(MOST_SIBLINGS)).filter_map(ElementRef::wrap);
        siblings().any(|other| {
            let alike = other.value().name() == item.value().name() && other.attribute("class") == item.attribute("class");
            alike && self.leads_elsewhere(other) && may_be_date(&beginning(other, PIECES_OF_ITEM))
        })
    }
}

fn is_long(element: ElementRef<'_>) -> bool {
    element.text().take(NODES_OF_ITEM).map(|text| text.trim().len()).sum::<usize>() > LONGEST_ITEM
}

/// Whether a paragraph has text of its own before or after its links.
fn is_running(paragraph: ElementRef<'_>) -> bool {
    let own = paragraph.children().filter_map(|node| node.value().as_text().map(|text| text.trim().len()));
    own.sum::<usize>() > SHORTEST_HEADLINE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn dates_of_lists_are_of_other_stories() {
        let check = |page: &str, expected: bool| {
            let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
            let element = |id: &NodeId| dom.html.tree.get(*id).and_then(ElementRef::wrap);
            let time = dom.survey.times.first().and_then(element).unwrap();
            assert_eq!(Lists::new(&dom, dom.survey.headings.first().copied()).is_of_another(time), expected, "{page}");
        };
        let item = "<li><a href=/b>The ferry to the islands sails again</a> <time>4 July 2024</time></li>";
        check(&format!("<h1>A bridge opens</h1><ul>{item}{item}</ul>"), true);
        check(&format!("<h1>A bridge opens</h1><ul>{item}</ul>"), false);
        let teaser = item.replace("</time>", &format!("</time><p>{}</p>", "Many came to the quay to see it leave. ".repeat(6)));
        check(&format!("<h1>All stories</h1><ul>{teaser}{teaser}</ul>"), false);
        let prose = "<div><time>4 July 2024</time><p>Many came to the quay, and <a href=/b>the ferry sailed again</a></p></div>";
        check(&format!("<h1>A bridge opens</h1><section>{prose}{prose}</section>"), false);
        let abroad = item.replace("/b", "https://elsewhere.example/b");
        check(&format!("<h1>A bridge opens</h1><ul>{abroad}{abroad}</ul>"), false);
        let card = "<li><article><h3><a href=/b>The ferry to the islands sails again</a></h3><time>4 July 2024</time></article></li>";
        check(&format!("<h1>A bridge opens</h1><ul>{card}{card}</ul>"), true);
        check(
            "<h1>A bridge opens</h1><p><a href=/ann>Ann Brook</a> <time>4 July 2024</time></p><p><a href=/b>The ferry sails</a></p>",
            false,
        );
        check(&format!("<div><h1>A bridge opens</h1><time>4 July 2024</time></div><ul>{item}{item}</ul>"), false);
    }
}

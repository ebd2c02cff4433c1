//! Where in a page its dates stand, and how far each place is to be trusted.

use std::collections::HashSet;
use std::sync::LazyLock;

use ego_tree::{NodeId, NodeRef};
use regex::Regex;
use scraper::{ElementRef, Node};

use super::element::{beginning, is_dated, names_of, value_of};
use super::opening;
use super::statement::{LONGEST_STATEMENT, says_modified};
use crate::extract::near;
use crate::html::{Attribute as _, Dom, collapse};

/// A text that may be a date, and its place.
pub(super) struct Place {
    pub(super) text: String,
    pub(super) origin: String,
    /// Trust, 0 to 100; the highest with a readable date wins, the earliest among equals.
    pub(super) trust: u8,
    pub(super) modified: bool,
    /// Whether it stands beside the headline.
    pub(super) beside: bool,
}

/// Names of `<meta>` that say when an article was published, best first.
const PUBLISHED_METAS: &[&str] = &[
    "article:published_time",
    "article:published:time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "published_at",
    "published_time",
    "article:published",
    "article.published",
    "publication_date",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "published-date",
    "publication-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.created",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "prism.publicationdate",
    "bt:pubdate",
    "rnews:datepublished",
    "og:pubdate",
    "og:question:published_time",
    "sort_date",
    "pdate",
    "last-published",
    "created",
    "date_created",
    "date-published",
    "datecreated",
    "created_at",
    "video:release_date",
    "og:release_date",
    "release_date",
    "release-date",
    "date",
];

/// Names of `<meta>` that say when an article was changed, best first.
const MODIFIED_METAS: &[&str] = &[
    "article:modified_time",
    "article:modified:time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "modified",
    "article:modified",
    "updated_time",
    "revision_date",
    "lastupdate",
];

/// Parts of class names and ids of places whose dates are never the article's.
pub(super) const NEVER: &[&str] = &["comment", "copyright", "disqus", "reply", "related", "recommend", "calendar", "upcoming", "joined"];
/// Words of class names and ids of places whose dates are seldom the article's: some templates wrap the article itself in them.
const SELDOM: &[&str] =
    &["footer", "sidebar", "side", "teaser", "teasers", "widget", "popular", "archive", "latest", "promo", "recent", "news-list", "card"];
/// What a place costs that seldom holds the article's date: less than any place that is free of it.
const SELDOM_COST: u8 = 24;
/// Names of `<meta>` that many systems fill with the day of the last change, or with the day's date: a visible date is better.
const VAGUE_METAS: &[&str] = &[
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "created",
    "last-published",
    "date_created",
    "release_date",
    "release-date",
    "og:release_date",
];
/// Like microdata, but seldom kept as carefully.
const RDFA_TRUST: u8 = 58;
/// Just under a dated text beside the headline.
const VAGUE_TRUST: u8 = 54;
/// What a `<time>` below the headline gains on those of other articles.
const NEAR_BONUS: u8 = 6;
/// Nodes below the headline that are within a screen of it.
const NODES_BELOW: usize = 250;
/// So many paragraphs are asked for a dateline.
const PARAGRAPHS_WITH_DATELINE: usize = 2;
/// Nodes above it, within its block.
const NODES_ABOVE: usize = 60;
/// Levels of that block.
const LEVELS_ABOVE: usize = 3;
/// A text of this many characters with a date in it is hardly more than the date.
pub(super) const LONGEST_DATE: usize = 40;
/// How a date in the page's text was found.
pub(super) const VISIBLE: &str = "visible text";
/// Above a date in prose beside the headline, below one that stands alone.
const STATEMENT_TRUST: u8 = 42;
/// Like a dated text beside the headline, and exact.
const TITLED_TRUST: u8 = 57;
/// How many ancestors are asked whether they are a footer or a comment.
pub(super) const MAX_ANCESTORS: usize = 12;
/// A longer text is prose in which a date is of the story.
const MAX_DATED_TEXT: usize = 200;
/// A date split by mark-up has few pieces; taking all of a long parent for each would be quadratic.
pub(super) const MOST_PIECES: usize = 12;

/// What the head says.
pub(super) fn metas(dom: &Dom, places: &mut Vec<Place>) {
    for meta in &dom.survey.metas {
        let (keys, modified) = if PUBLISHED_METAS.contains(&meta.key.as_str()) { (PUBLISHED_METAS, false) } else { (MODIFIED_METAS, true) };
        let Some(rank) = keys.iter().position(|key| *key == meta.key) else { continue };
        // Keys of one list differ by at most ten points, so that a well-known one wins over a vague one.
        let vague = VAGUE_METAS.contains(&meta.key.as_str());
        let trust = if vague { VAGUE_TRUST } else { 85 - u8::try_from(rank / 5).unwrap_or(10) };
        places.push(Place { text: meta.content.clone(), origin: format!("meta {}", meta.key), trust, modified, beside: false });
    }
}

/// Microdata and `<time>`.
pub(super) fn marked(dom: &Dom, heading: Option<NodeId>, places: &mut Vec<Place>) {
    for id in &dom.survey.itemprops {
        let Some(element) = dom.html.tree.get(*id).and_then(ElementRef::wrap) else { continue };
        let property = element.attribute("itemprop").unwrap_or("").to_ascii_lowercase();
        let modified = property.contains("datemodified");
        if (modified || property.contains("datepublished") || property.contains("datecreated"))
            && let Some(cost) = cost_of_place(*element)
        {
            places.push(Place {
                text: value_of(element),
                origin: format!("itemprop {property}"),
                trust: 80 - cost,
                modified,
                beside: false,
            });
        }
    }
    let near = times_below(dom, heading);
    for id in &dom.survey.times {
        let Some(element) = dom.html.tree.get(*id).and_then(ElementRef::wrap) else { continue };
        let names = names_of(element);
        let modified = names.contains("updated") || names.contains("modified");
        let published = element.attribute("pubdate").is_some() || names.contains("publish") || names.contains("entry-date");
        let Some(cost) = cost_of_place(*element) else { continue };
        let trust = if published { 70 } else { 60 } - cost + if near.contains(id) { NEAR_BONUS } else { 0 };
        let beside = near.contains(id);
        places.push(Place { text: value_of(element), origin: "time".into(), trust, modified: modified && !published, beside });
    }
}

/// The `<time>` elements within a screen below the headline.
fn times_below(dom: &Dom, heading: Option<NodeId>) -> HashSet<NodeId> {
    let heading = heading.and_then(|heading| dom.html.tree.get(heading));
    let below = heading.into_iter().flat_map(|heading| near::following(heading).take(NODES_BELOW));
    below.filter(|node| node.value().as_element().is_some_and(|element| element.name() == "time")).map(|node| node.id()).collect()
}

/// The short texts around the headline, up to the first paragraph: what a reader takes for the article's date.
pub(super) fn around_headline(dom: &Dom, heading: Option<NodeId>, places: &mut Vec<Place>) {
    let Some(heading) = heading.and_then(|heading| dom.html.tree.get(heading)) else { return };
    let within =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| !matches!(element.name(), "body" | "html" | "main"));
    let scope = heading.ancestors().take(LEVELS_ABOVE).take_while(within).last();
    let above: Vec<NodeRef<'_, Node>> =
        scope.into_iter().flat_map(|scope| scope.descendants().take(NODES_ABOVE)).take_while(|node| node.id() != heading.id()).collect();
    let mut paragraphs = 0;
    for node in above.into_iter().chain(near::following(heading).take(NODES_BELOW)) {
        if let Some(element) = ElementRef::wrap(node).filter(|_| paragraphs == 0) {
            places.extend(titled(element));
            continue;
        }
        let Some(text) = node.value().as_text() else { continue };
        if text.trim().len() > MAX_DATED_TEXT {
            // The dateline opens the first paragraph, or the one after a lead.
            places.extend(opening::dateline(text));
            paragraphs += 1;
            if paragraphs == PARAGRAPHS_WITH_DATELINE {
                break;
            }
        } else if paragraphs == 0 {
            places.extend(shown(node, text, true).map(|(place, _)| place));
        }
    }
}

/// hAtom keeps the instant in a `title`: `<abbr class="published" title="2020-01-02T10:00:00Z">`.
fn titled(element: ElementRef<'_>) -> Option<Place> {
    let title = element.attribute("title").filter(|title| title.len() >= 10 && title.bytes().take(4).all(|byte| byte.is_ascii_digit()))?;
    let names = names_of(element);
    let published = names.contains("published") || names.contains("date");
    (element.value().name() != "time" && (published || names.contains("updated"))).then(|| Place {
        text: title.to_owned(),
        origin: "title of a date".into(),
        trust: TITLED_TRUST,
        modified: !published,
        beside: true,
    })
}

/// Short texts of elements whose class says that they show a date, and the short texts after the headline.
pub(super) fn visible(dom: &Dom, heading: Option<NodeId>, places: &mut Vec<Place>) {
    places.extend(dom.survey.properties.iter().filter_map(|id| declared_property(ElementRef::wrap(dom.html.tree.get(*id)?)?)));
    let mut after_heading = None;
    for node in dom.html.tree.root().descendants() {
        if Some(node.id()) == heading {
            after_heading = Some(0_usize);
        }
        let Node::Text(text) = node.value() else { continue };
        if text.len() > MAX_DATED_TEXT {
            after_heading = after_heading.map(|count| count + 1 + text.len() / MAX_DATED_TEXT * 5);
            continue;
        }
        after_heading = after_heading.map(|count| count + 1);
        // A byline stands within a screen of the headline: some fifty pieces of text, most of them white space.
        let near = after_heading.is_some_and(|count| count < 50);
        places.extend(shown(node, text, near).map(|(place, modified)| Place {
            trust: place.trust - u8::from(modified),
            modified: false,
            ..place
        }));
    }
}

/// RDFa: `<span property="dc:date" content="2020-01-02">`.
fn declared_property(element: ElementRef<'_>) -> Option<Place> {
    let (property, content) = (element.attribute("property")?, element.attribute("content")?);
    let dated = property.ends_with("datePublished") || property.ends_with("dateCreated") || property.ends_with("dc:date");
    (dated && cost_of_place(*element) == Some(0)).then(|| Place {
        text: content.to_owned(),
        origin: format!("rdfa {property}"),
        trust: RDFA_TRUST,
        modified: false,
        beside: false,
    })
}

/// A short text that may be a date, and whether it says that it is the last change's.
fn shown(node: NodeRef<'_, Node>, text: &str, near: bool) -> Option<(Place, bool)> {
    let parent = node.parent().and_then(ElementRef::wrap)?;
    if !may_be_date(text) || matches!(parent.value().name(), "script" | "style" | "noscript" | "title" | "option") {
        return None;
    }
    let cost = cost_of_place(*parent)?;
    let exact = parent.attribute("datetime").filter(|_| !matches!(parent.value().name(), "time" | "ins" | "del"));
    let whole = match exact {
        Some(exact) => exact.to_owned(),
        None if text.len() < 12 => beginning(parent, MOST_PIECES),
        None => collapse(text),
    };
    let dated = whole.starts_with("Stand") || is_dated(parent);
    let before = parent.prev_sibling().and_then(|node| node.value().as_text().map(|text| collapse(text))).unwrap_or_default();
    if !dated && parent.value().name() == "a" && !(before.ends_with(':') && before.len() < LONGEST_DATE) {
        return None;
    }
    let of_page = says_modified(&whole) && whole.chars().count() <= LONGEST_STATEMENT;
    let cost = if of_page && cost == SELDOM_COST { 0 } else { cost };
    let trust = match (dated, near) {
        // "This page was last changed on …" in a footer tells more than a date in prose.
        (false, _) if of_page => STATEMENT_TRUST,
        (true, true) => 55,
        (true, false) => 45,
        (false, true) if whole.chars().count() <= LONGEST_DATE => 52,
        (false, true) => 40,
        (false, false) => 25,
    };
    // Many templates give the class `updated` to the date of publication too.
    let by_class = || ["modified", "lastmod", "changed", "updated-"].iter().any(|word| names_of(parent).contains(word));
    let modified = says_modified(&whole) || before.len() < LONGEST_DATE && says_modified(&before) || by_class();
    Some((Place { text: whole, origin: VISIBLE.into(), trust: trust - cost, modified, beside: near && cost == 0 }, modified))
}

pub(super) fn may_be_date(text: &str) -> bool {
    match text.is_ascii() {
        true => text.bytes().filter(u8::is_ascii_digit).nth(2).is_some(),
        false => text.chars().filter(|c| super::token::digit(*c).is_some()).nth(2).is_some() || text.contains('年'),
    }
}

/// What the surroundings of a date take from its trust; `None` in comments and lists of other articles.
fn cost_of_place(node: NodeRef<'_, Node>) -> Option<u8> {
    let mut cost = 0;
    for element in node.ancestors().filter_map(ElementRef::wrap).take(MAX_ANCESTORS).chain(ElementRef::wrap(node)) {
        // A body's classes describe the whole page: "single-post with-sidebar".
        match element.value().name() {
            "nav" => return None,
            "footer" | "aside" if !is_meta(element) => cost = SELDOM_COST,
            "body" | "html" | "main" | "article" => continue,
            _ => {}
        }
        for names in ["class", "id"].iter().filter_map(|name| element.attribute(name)).filter(|names| tells_something(names)) {
            let names = names.to_ascii_lowercase();
            if NEVER.iter().any(|word| names.contains(word)) {
                return None;
            }
            if names.split_whitespace().any(|name| SELDOM.contains(&name)) {
                cost = SELDOM_COST;
            }
        }
    }
    Some(cost)
}

/// `<aside class="meta">`: the author and the date of the text that it stands beside.
fn is_meta(element: ElementRef<'_>) -> bool {
    element.attribute("class").is_some_and(|names| names.split_whitespace().any(|name| name == "meta"))
}

/// Whether names have any of the words that lower a place's trust: most have none, and one look is enough for them.
fn tells_something(names: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("(?i-u:{})", [NEVER, SELDOM].concat().join("|"))).ok());
    WORDS.as_ref().is_none_or(|words| words.is_match(names))
}

//! Where in a page its dates stand, and how far each place is to be trusted.

use std::collections::HashSet;
use std::sync::LazyLock;

use ego_tree::{NodeId, NodeRef};
use regex::Regex;
use scraper::{ElementRef, Node};

use super::element::{beginning, names_of, value_of};
use super::label_words::{says_modified, says_published};
use super::listed::Lists;
use super::shown::{MAX_DATED_TEXT, label_before};
use crate::extract::near;
use crate::html::{Attribute as _, Dom, Meta, is_time};

/// A text that may be a date, and its place.
#[derive(Clone)]
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
    "og:publish_date",
    "og:regdate",
    "og:question:published_time",
    "sort_date",
    "pdate",
    "last-published",
    "created",
    "date_created",
    "date-published",
    "date_published",
    "published_date",
    "publisheddate",
    "published",
    "pub_date",
    "publish_time",
    "publishtime",
    "dateposted",
    "article:published_date",
    "article:publish_date",
    "article:post_date",
    "shareaholic:article_published_time",
    "dcsext.articlefirstpublished",
    "vr:published_time",
    "mediator_published_time",
    "iso-8601-publish-date",
    "dc.date.published",
    "dc.issued",
    "dc.created",
    "dc:created",
    "dcterms.available",
    "bepress_citation_date",
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
    "last-updated",
    "last_updated",
    "date_modified",
    "updated",
    "dc.modified",
    "og:article:modified_time",
];

/// Parts of class names and ids of places whose dates are never the article's.
pub(super) const NEVER: &[&str] = &[
    "comment",
    "kommentar",
    "comentari",
    "komentar",
    "kommentti",
    "reacties",
    "yorumlar",
    "otzyv",
    "diskuse",
    "guestbook",
    "copyright",
    "disqus",
    "reply",
    "related",
    "recommend",
    "calendar",
    "upcoming",
    "joined",
    "current-date",
    "currentdate",
    "todays-date",
    "date-today",
];
/// Words of class names and ids of places whose dates are seldom the article's: some templates wrap the article itself in them.
const SELDOM: &[&str] =
    &["footer", "sidebar", "side", "teaser", "teasers", "widget", "popular", "archive", "latest", "promo", "recent", "news-list", "card"];
/// What a place costs that seldom holds the article's date: less than any place that is free of it.
pub(super) const SELDOM_COST: u8 = 24;
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
/// Less than any short text beside the headline.
const VAGUE_TRUST: u8 = 50;
/// A `<time>` that says that it is of a publication, by its class or by `pubdate`.
const TOLD_TRUST: u8 = 76;
/// Any other `<time>` within a screen below the headline.
const BESIDE_TRUST: u8 = 66;
/// Elsewhere it may be of other stories or comments, or tell a reader what day it is today: any short text beside the headline is better.
const FAR_TRUST: u8 = 51;
/// A lead may stand above a date, but not a whole text.
const PARAGRAPHS_ABOVE: usize = 2;
/// Nodes below the headline that are within a screen of it.
pub(super) const NODES_BELOW: usize = 250;
/// How many ancestors are asked whether they are a footer or a comment.
pub(super) const MAX_ANCESTORS: usize = 12;

/// So many names of a list share a trust, and the last of a list lose so much.
const RANKS_A_POINT: usize = 5;
const MOST_POINTS: u8 = 10;
/// Parts of the names of types (schema.org) whose dates are never the article's.
pub(super) const OTHER_THINGS: [&str; 4] = ["Comment", "Review", "Event", "Answer"];
/// From this on a date is declared for programs.
const DECLARED: u8 = 74;
/// "Last updated on 4 July 2024".
const PIECES_OF_TIME: usize = 4;

/// What the head says.
pub(super) fn metas(dom: &Dom, places: &mut Vec<Place>) {
    let among = |keys: &[&str], meta: &Meta| keys.iter().position(|key| *key == meta.key);
    let ranked = |meta| match among(PUBLISHED_METAS, meta) {
        Some(rank) => Some((rank, false, meta)),
        None => among(MODIFIED_METAS, meta).map(|rank| (rank, true, meta)),
    };
    let mut metas: Vec<(usize, bool, &Meta)> = dom.survey.metas.iter().filter(|meta| !meta.is_property).filter_map(ranked).collect();
    // Some names share their trust, and then the first place wins.
    metas.sort_by_key(|(rank, ..)| *rank);
    for (rank, modified, meta) in metas {
        // Names of one list differ by at most ten points, so that a well-known one wins over a vague one.
        let vague = VAGUE_METAS.contains(&meta.key.as_str());
        let trust = if vague { VAGUE_TRUST } else { 85 - u8::try_from(rank / RANKS_A_POINT).unwrap_or(0).min(MOST_POINTS) };
        places.push(Place { text: meta.content.clone(), origin: format!("meta {}", meta.key), trust, modified, beside: false });
    }
}

/// Microdata and `<time>`.
pub(super) fn marked(dom: &Dom, heading: Option<NodeId>, lists: &Lists<'_>, places: &mut Vec<Place>) {
    for id in &dom.survey.itemprops {
        let Some(element) = dom.html.tree.get(*id).and_then(ElementRef::wrap) else { continue };
        let property = element.attribute("itemprop").unwrap_or("").to_ascii_lowercase();
        let modified = property.contains("datemodified");
        if (modified || property.contains("datepublished") || property.contains("datecreated"))
            && let Some(cost) = cost_of_place(*element, lists)
            && !is_of_another_thing(element, lists)
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
    let declared = is_declared(places);
    let near = times_below(dom, heading);
    for id in &dom.survey.times {
        let Some(element) = dom.html.tree.get(*id).and_then(ElementRef::wrap) else { continue };
        let names = names_of(element);
        let published = element.attribute("pubdate").is_some() || names.contains("publish") || names.contains("entry-date");
        let Some(cost) = cost_of_place(*element, lists) else { continue };
        if !declared && lists.hold(element) {
            continue;
        }
        let modified = names.contains("updated") || names.contains("modified") || tells_of_change(element);
        let beside = near.contains(id);
        let trust = match () {
            () if published => TOLD_TRUST,
            () if beside => BESIDE_TRUST,
            () => FAR_TRUST,
        };
        let trust = trust - cost;
        places.push(Place { text: value_of(element), origin: "time".into(), trust, modified: modified && !published, beside });
    }
}

/// Whether a property is of a comment, a review or an event: what holds the headline is the article, whatever it is called.
fn is_of_another_thing(element: ElementRef<'_>, lists: &Lists<'_>) -> bool {
    let scope = element.ancestors().filter_map(ElementRef::wrap).take(MAX_ANCESTORS).find(|around| around.attribute("itemscope").is_some());
    let Some(scope) = scope.filter(|scope| !lists.hold_headline(*scope)) else { return false };
    let kind = scope.attribute("itemtype").and_then(|kind| kind.rsplit('/').next()).unwrap_or("");
    OTHER_THINGS.iter().any(|other| kind.contains(other))
}

/// Whether the text of a `<time>`, or the label before it, says that it is of a change.
fn tells_of_change(element: ElementRef<'_>) -> bool {
    let text = beginning(element, PIECES_OF_TIME);
    // A label in the element counts more than one before it.
    !says_published(&text) && (says_modified(&text) || says_modified(&label_before(*element)))
}

/// Whether a date is declared so well that no text of the page is better.
pub(super) fn is_declared(places: &[Place]) -> bool {
    places.iter().any(|place| !place.modified && place.trust >= DECLARED)
}

/// The `<time>` elements within a screen below the headline and above the text: what follows the text may be of other stories and of comments.
fn times_below(dom: &Dom, heading: Option<NodeId>) -> HashSet<NodeId> {
    let heading = heading.and_then(|heading| dom.html.tree.get(heading));
    let below = heading.into_iter().flat_map(|heading| near::following(heading).take(NODES_BELOW));
    let mut paragraphs = 0;
    let before_text = below.take_while(|node| {
        paragraphs += usize::from(node.value().as_text().is_some_and(|text| text.trim().len() > MAX_DATED_TEXT));
        paragraphs < PARAGRAPHS_ABOVE
    });
    before_text.filter(|node| node.value().as_element().is_some_and(|element| is_time(element.name()))).map(|node| node.id()).collect()
}

/// RDFa: `<span property="dc:date" content="2020-01-02">`.
pub(super) fn declared_property(element: ElementRef<'_>, lists: &Lists<'_>) -> Option<Place> {
    let (property, content) = (element.attribute("property")?, element.attribute("content")?);
    let dated = property.ends_with("datePublished") || property.ends_with("dateCreated") || property.ends_with("dc:date");
    (dated && cost_of_place(*element, lists) == Some(0)).then(|| Place {
        text: content.to_owned(),
        origin: format!("rdfa {property}"),
        trust: RDFA_TRUST,
        modified: false,
        beside: false,
    })
}

/// What the surroundings of a date take from its trust; `None` in comments and lists of other articles. What holds the headline too is neither, whatever
/// its names say: `shows-comments`.
pub(super) fn cost_of_place(node: NodeRef<'_, Node>, lists: &Lists<'_>) -> Option<u8> {
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
            if NEVER.iter().any(|word| names.contains(word)) && !lists.hold_headline(element) {
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

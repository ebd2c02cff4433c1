//! From a listing page to the links of its articles, in tiers, certain ones first.
//!
//! The configuration's rules are taken at their word. Without them, links of one structure are weighed as groups (`score`); the likely groups'
//! links are the items. Discovery cannot fail: a messy page gives fewer links and more notes.

mod anchor;
mod by_rules;
mod features;
pub mod feed;
mod item;
mod kind;
mod likeness;
mod pagination;
mod piece;
pub mod posts;
mod propose;
mod relocate;
mod repeated;
mod rules;
mod score;
pub mod sitemap;
mod state;
mod structure;
mod structured;
pub mod study;
#[cfg(test)]
mod tests;
mod title;
mod weights;
mod when;
mod words;

pub use kind::{Kind, kind};
pub use relocate::{links, relocate};
pub use rules::Rules;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::item::Surroundings;
use crate::html::{Attribute as _, Dom, surface};
use crate::model::{Discovery, FeedLink, Note, Surface};
use crate::url::Url;

/// From this confidence on a list is taken for what it seems.
const SURE: f64 = 0.5;
/// So many links without one article among them are menus.
const MENU: usize = 5;
/// What a list in a page's data is worth: it is one, but nobody sees it in the page.
const DATA: f64 = 0.6;

/// What discovery needs to know besides the page.
#[derive(Debug, Clone)]
pub struct Context {
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// When the page was fetched.
    pub now: Option<Timestamp>,
    /// Whether to keep groups and dropped links, for `try`.
    pub explain: bool,
}

/// Finds the articles that a listing page links to.
pub fn discover(dom: &Dom, rules: &Rules, context: &Context) -> Discovery {
    let mut discovery = Discovery {
        title: dom.survey.meta("og:site_name").map(str::to_owned).or_else(|| dom.survey.title.clone()).filter(|title| !title.is_empty()),
        language: dom.survey.lang.clone().filter(|lang| matches!(lang.len(), 2 | 5)),
        feeds: announced(dom),
        ..Discovery::default()
    };
    let anchors = anchor::collect(dom);
    let language = dom.survey.lang.clone().unwrap_or_default();
    let around = Surroundings { dom, language: &language, zone: &context.zone, now: context.now };
    if rules.item.is_some() || rules.link.is_some() {
        by_rules::find(dom, &anchors, rules, &around, &mut discovery);
    } else {
        let weighed = repeated::weigh(dom, &anchors, &structured::listed(dom), &score::Weights::default());
        repeated::find(&anchors, &weighed, &around, context, &mut discovery);
    }
    let items: HashSet<String> = discovery.links.iter().map(|link| link.url.canonical_key()).collect();
    discovery.next = match &rules.next {
        Some(css) => dom.html.select(css.selector()).next().and_then(|element| dom.base.join(element.attribute("href")?)),
        None => pagination::next(dom, &anchors, &items),
    };
    let by_rules = rules.item.is_some() || rules.link.is_some();
    if !by_rules && discovery.confidence < SURE {
        from_data(dom, &mut discovery);
    }
    let sure = if discovery.confidence < SURE { 0 } else { discovery.links.len() };
    discovery.surface = surface::surface(dom, sure);
    if discovery.surface == Surface::Open && discovery.links.is_empty() && anchors.len() >= MENU && !by_rules {
        discovery.surface = Surface::OnlyMenus;
    }
    if let Some(api) = posts_api(dom) {
        discovery.notes.push(Note::new("posts-api", format!("the site lists its posts at {}", api.as_str())));
    }
    if discovery.surface != Surface::Open && discovery.confidence < SURE {
        discovery.links.clear();
    }
    discovery
}

/// Explicit rules that find the same links as discovery finds without any; `None` where no short ones do.
pub fn explicit_rules(dom: &Dom) -> Option<Rules> {
    let anchors = anchor::collect(dom);
    let weighed = repeated::weigh(dom, &anchors, &structured::listed(dom), &score::Weights::default());
    let items = repeated::gather(&anchors, &repeated::homes(&anchors, &weighed), dom);
    propose::propose(dom, &anchors, &items)
}

/// Where the page shows no sure list, what its data list may be it.
fn from_data(dom: &Dom, discovery: &mut Discovery) {
    let links = state::links(dom);
    if links.is_empty() || links.len() < discovery.links.len() {
        return;
    }
    discovery
        .notes
        .push(Note::new("from-data", "the page shows no list itself; the items are from the data that it carries for its scripts"));
    discovery.links = links;
    discovery.confidence = DATA;
}

/// Where WordPress' REST API lists the posts, if the page says that it is there.
fn posts_api(dom: &Dom) -> Option<Url> {
    let root = dom.survey.links.iter().find(|link| link.rel == "https://api.w.org/")?;
    dom.base.join(&format!("{}/wp/v2/posts?per_page=50", root.href.trim_end_matches('/')))
}

/// The feeds that the page names in its head.
fn announced(dom: &Dom) -> Vec<FeedLink> {
    const TYPES: [&str; 4] = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"];
    let feeds = dom
        .survey
        .links
        .iter()
        .filter(|link| link.rel.split_whitespace().any(|rel| rel == "alternate") && TYPES.contains(&link.media_type.as_str()));
    let is_feed = |link: &&crate::html::RelLink| link.media_type != "application/json" || link.href.contains("feed");
    feeds
        .filter(is_feed)
        .filter_map(|link| {
            Some(FeedLink { url: dom.base.join(&link.href)?, title: link.title.clone(), media_type: link.media_type.clone() })
        })
        .collect()
}

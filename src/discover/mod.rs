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
mod pagination;
mod piece;
mod repeated;
mod rules;
mod score;
pub mod sitemap;
mod structure;
mod structured;
pub mod study;
mod title;
mod weights;
mod when;
mod words;

pub use kind::{Kind, kind};
pub use rules::Rules;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::item::Surroundings;
use crate::html::{Dom, surface};
use crate::model::{Discovery, FeedLink};

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
        Some(css) => dom.html.select(css.selector()).next().and_then(|element| dom.base.join(element.attr("href")?)),
        None => pagination::next(dom, &anchors, &items),
    };
    discovery.surface = surface::surface(dom, discovery.links.len());
    if !matches!(discovery.surface, crate::model::Surface::Open) && discovery.confidence < 0.5 {
        discovery.links.clear();
    }
    discovery
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

//! `_health`: a feed of what went wrong with the sources, for whoever runs them. Readers of the other feeds never see any of it.

use crate::config::Config;
use crate::curate::identity;
use crate::html::sanitize;
use crate::model::{Feed, Item, ItemId, Precision, When, Zone};
use crate::store::{Incident, Store};

use super::build::{crossing, fallback_home, fallback_name};
use super::{Error, digest};

/// The stem of its files: no source can be called so.
pub(super) const STEM: &str = "_health";

/// Changes whenever an incident begins or ends.
pub(super) fn token(config: &Config, store: &Store) -> Result<String, Error> {
    Ok(digest(&format!("{:?}", store.incidents(config.publish.items)?)))
}

/// The feed; `None` while nothing ever went wrong.
pub(super) fn build(config: &Config, store: &Store) -> Result<Option<Feed>, Error> {
    let items: Vec<Item> = store.incidents(config.publish.items)?.iter().map(|incident| item(config, incident)).collect();
    let Some(updated) = items.iter().map(|item| item.updated).max() else { return Ok(None) };
    let title = format!("{}: health of the sources", config.publish.title);
    let feed = crossing(config, fallback_name(), title, None, items, updated);
    Ok(Some(Feed { id: identity::feed_id(STEM), description: "Sources that fail, and when they are well again.".to_owned(), ..feed }))
}

fn item(config: &Config, incident: &Incident) -> Item {
    let source = config.sources.iter().find(|source| source.name.as_str() == incident.source);
    let url = source.map_or_else(fallback_home, |source| source.address.url().clone());
    let mut text = format!("Since {}: {}.", incident.began.strftime("%Y-%m-%d %H:%M UTC"), incident.message);
    let mut title = format!("{} fails: {}", incident.source, incident.code);
    if let Some(ended) = incident.ended {
        title = format!("{} is well again (failed: {})", incident.source, incident.code);
        text.push_str(&format!(" Well again since {}.", ended.strftime("%Y-%m-%d %H:%M UTC")));
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Several sources may begin to fail in one run, and no two entries of a feed share an instant of change.
    let apart = jiff::SignedDuration::from_millis(incident.number.rem_euclid(1_000));
    let changed = incident.ended.unwrap_or(incident.began);
    Item {
        id: ItemId(identity::feed_id(&format!("{STEM}\n{}\n{}", incident.source, incident.number))),
        source: source.map_or_else(fallback_name, |source| source.name.clone()),
        html: sanitize::fragment(&format!("<p>{escaped}</p>"), &url),
        url,
        title,
        text,
        summary: None,
        authors: Vec::new(),
        credits: Vec::new(),
        image: None,
        media: Vec::new(),
        tags: vec![incident.code.clone()],
        language: Some("en".to_owned()),
        published: Some(When { at: incident.began, offset_seconds: 0, precision: Precision::Second, zone: Zone::Given }),
        first_seen: incident.began,
        updated: changed.checked_add(apart).unwrap_or(changed),
        fingerprint: String::new(),
        revision: u32::from(incident.ended.is_some()),
    }
}

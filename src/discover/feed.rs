//! An existing RSS, Atom or JSON feed as a listing: to turn a truncated feed into a full-text one.

use feed_rs::model::Entry;
use jiff::Timestamp;

use crate::html::collapse;
use crate::model::{Discovery, Link, Note, Origin, Precision, When, Zone};
use crate::url::Url;

/// Reads a feed. One that cannot be parsed yields no links and a note.
pub fn parse(text: &str, url: &Url) -> Discovery {
    let mut discovery = Discovery { confidence: 1.0, ..Discovery::default() };
    let feed = match feed_rs::parser::parse(text.as_bytes()) {
        Ok(feed) => feed,
        Err(error) => {
            discovery.notes.push(Note::new("feed-broken", format!("the feed cannot be read: {error}")));
            discovery.confidence = 0.0;
            return discovery;
        }
    };
    discovery.title = feed.title.map(|title| plain(&title.content));
    discovery.language = feed.language;
    discovery.ttl_minutes = feed.ttl;
    for entry in &feed.entries {
        let position = discovery.links.len();
        discovery.links.extend(link(entry, url, position));
    }
    let next = feed.links.iter().find(|link| matches!(link.rel.as_deref(), Some("next" | "prev-archive")));
    discovery.next = next.and_then(|link| url.join(&link.href));
    discovery
}

fn link(entry: &Entry, base: &Url, position: usize) -> Option<Link> {
    let alternate = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let address = alternate.or(entry.links.first()).and_then(|link| base.join(&link.href)).filter(Url::is_web)?;
    let date = entry.published.or(entry.updated).and_then(|date| Timestamp::from_millisecond(date.timestamp_millis()).ok());
    let picture = entry.media.iter().find_map(|media| media.thumbnails.first().map(|thumbnail| thumbnail.image.uri.clone()));
    Some(Link {
        url: address.without_tracking(),
        title: entry.title.as_ref().map(|title| plain(&title.content)).filter(|title| !title.is_empty()),
        teaser: entry.summary.as_ref().map(|summary| plain(&summary.content)).filter(|teaser| !teaser.is_empty()),
        date: date.map(|at| When { at, offset_seconds: 0, precision: Precision::Second, zone: Zone::Given }),
        image: picture.and_then(|picture| base.join(&picture)),
        author: entry.authors.first().and_then(|author| author.name.as_deref()).map(collapse).filter(|name| !name.is_empty()),
        origin: Origin::new("feed"),
        position,
    })
}

/// The text of a title or summary that may hold mark-up.
fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return collapse(text);
    }
    collapse(&scraper::Html::parse_fragment(text).root_element().text().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_links() {
        let url = Url::parse("https://a.example/feed.xml").unwrap();
        let text = "<rss version='2.0'><channel><title>A</title><item><title>Tom &amp;amp; Jo</title><link>https://a.example/1?utm_source=rss</link>\
                    <description>&lt;p&gt;Short&lt;/p&gt;</description><pubDate>Fri, 20 Nov 2026 14:30:00 +0000</pubDate></item></channel></rss>";
        let found = parse(text, &url);
        assert_eq!(found.links.len(), 1);
        assert_eq!(found.links[0].url.as_str(), "https://a.example/1");
        assert_eq!(found.links[0].title.as_deref(), Some("Tom & Jo"));
        assert_eq!(found.links[0].teaser.as_deref(), Some("Short"));
        assert_eq!(found.links[0].date.unwrap().to_rfc3339(), "2026-11-20T14:30:00+00:00");
    }

    #[test]
    fn a_broken_feed_is_a_note() {
        let found = parse("<rss><channel>", &Url::parse("https://a.example/").unwrap());
        assert!(found.links.is_empty() && found.confidence == 0.0);
    }
}

//! RSS 2.0, built and written by the `rss` crate.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Item as RssItem, Source};

use crate::model::{Feed, Item};

use super::{Chain, Error, Format, Place, author, body, file_name, xml};

const MEDIA_NAMESPACE: &str = "http://search.yahoo.com/mrss/";
const HISTORY_NAMESPACE: &str = "http://purl.org/syndication/history/1.0";
const ATOM_NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// The bytes of the RSS file.
pub(super) fn render(feed: &Feed, stem: &str, chain: &Chain, place: &Place) -> Result<Vec<u8>, Error> {
    let mut channel = Channel {
        title: xml::line(&feed.title),
        link: xml::ascii_url(&feed.home),
        description: xml::line(&feed.description),
        language: feed.language.clone(),
        last_build_date: Some(date(feed.updated)),
        generator: Some(format!("feedwright/{}", env!("CARGO_PKG_VERSION"))),
        ttl: feed.ttl_minutes.filter(|&minutes| minutes > 0).map(|minutes| minutes.to_string()),
        items: feed.items.iter().map(|item| rss_item(item, feed)).collect(),
        ..Channel::default()
    };
    channel.atom_ext = Some(AtomExtension { links: links(stem, chain, place) });
    channel.namespaces = BTreeMap::from([("atom".to_owned(), ATOM_NAMESPACE.to_owned())]);
    if feed.items.iter().any(|item| item.image.is_some()) {
        channel.namespaces.insert("media".to_owned(), MEDIA_NAMESPACE.to_owned());
    }
    if chain.current.is_some() {
        channel.namespaces.insert("fh".to_owned(), HISTORY_NAMESPACE.to_owned());
    }
    let fail = |reason: String| Error::Render { feed: feed.name.to_string(), reason };
    let written = channel.pretty_write_to(Vec::new(), b' ', 1).map_err(|error| fail(error.to_string()))?;
    let corrections = xml::Corrections { hex_titles: true, archive: chain.current.is_some(), ..xml::Corrections::default() };
    xml::correct(&String::from_utf8_lossy(&written), &corrections).map_err(|error| fail(error.to_string()))
}

fn links(stem: &str, chain: &Chain, place: &Place) -> Vec<Link> {
    let file = |relation: &str, stem: &str| {
        let href = place.address(&file_name(stem, Format::Rss))?;
        Some(Link { rel: relation.to_owned(), href, mime_type: Some(Format::Rss.media_type().to_owned()), ..Link::default() })
    };
    let mut links: Vec<Link> = file("self", stem).into_iter().collect();
    if let Some(hub) = &place.hub {
        links.push(Link { rel: "hub".to_owned(), href: xml::ascii_url(hub), ..Link::default() });
    }
    links.extend(chain.relations().filter_map(|(relation, stem)| file(relation, stem)));
    links
}

fn rss_item(item: &Item, feed: &Feed) -> RssItem {
    let html = body::html(item);
    let summary = item.summary.as_deref().map(xml::line).filter(|summary| !summary.is_empty());
    let (description, content) = match summary {
        Some(summary) if !html.is_empty() => (xml::escape(&summary), Some(html)),
        Some(summary) => (xml::escape(&summary), None),
        None => (html, None),
    };
    let (source, via) = source(item);
    RssItem {
        title: Some(xml::line(&item.title)),
        link: Some(xml::ascii_url(&item.url)),
        guid: Some(Guid { value: item.id.0.clone(), permalink: false }),
        pub_date: Some(date(item.date())),
        description: (!description.is_empty()).then_some(description),
        content,
        categories: tags(item).map(|name| Category { name, domain: None }).collect(),
        enclosure: enclosure(item),
        source,
        atom_ext: via.map(|link| AtomExtension { links: vec![link] }),
        dublin_core_ext: Some(dublin_core(item, feed)),
        extensions: extensions(item),
        ..RssItem::default()
    }
}

/// `<source>` wants an address, so a credit without one goes to `dc:source` instead. An article's own address goes to `rel=via`.
fn source(item: &Item) -> (Option<Source>, Option<Link>) {
    let Some(credit) = author::principal(item) else { return (None, None) };
    let Some(home) = author::home(credit) else { return (None, None) };
    let name = xml::line(&credit.name);
    let via = credit.url.as_ref().filter(|_| author::leads_to_article(credit)).map(|url| Link {
        rel: "via".to_owned(),
        href: xml::ascii_url(url),
        title: Some(name.clone()),
        ..Link::default()
    });
    (Some(Source { url: home, title: Some(name) }), via)
}

fn dublin_core(item: &Item, feed: &Feed) -> DublinCoreExtension {
    let authors = author::authors(item);
    let principal_has_address = author::principal(item).is_some_and(|credit| credit.url.is_some());
    DublinCoreExtension {
        // One joined name: readers keep only the first or the last of several.
        creators: if authors.is_empty() { Vec::new() } else { vec![authors.join(", ")] },
        contributors: author::contributors(item).map(|credit| xml::line(&credit.name)).collect(),
        languages: item.language.iter().filter(|language| feed.language.as_ref() != Some(language)).cloned().collect(),
        sources: if principal_has_address { Vec::new() } else { author::sources(item).map(|credit| xml::line(&credit.name)).collect() },
        ..DublinCoreExtension::default()
    }
}

/// One enclosure an item is all that readers agree on: audio or video first, else the picture. An unknown length is 0.
fn enclosure(item: &Item) -> Option<Enclosure> {
    if let Some(media) = item.media.first() {
        let length = media.length.unwrap_or(0).to_string();
        return Some(Enclosure { url: xml::ascii_url(&media.url), length, mime_type: media.media_type.clone() });
    }
    let url = body::picture(item)?;
    Some(Enclosure { mime_type: image_type(&url).to_owned(), url, length: "0".to_owned() })
}

fn extensions(item: &Item) -> ExtensionMap {
    let mut extensions = ExtensionMap::new();
    if item.updated > item.first_seen {
        let updated = extension("atom:updated", Some(item.updated.to_string()), &[]);
        extensions.insert("atom".to_owned(), BTreeMap::from([("updated".to_owned(), vec![updated])]));
    }
    if let Some(picture) = body::picture(item) {
        let content = extension("media:content", None, &[("url", &picture), ("medium", "image"), ("type", image_type(&picture))]);
        let thumbnail = extension("media:thumbnail", None, &[("url", &picture)]);
        let media = BTreeMap::from([("content".to_owned(), vec![content]), ("thumbnail".to_owned(), vec![thumbnail])]);
        extensions.insert("media".to_owned(), media);
    }
    extensions
}

fn extension(name: &str, value: Option<String>, attributes: &[(&str, &str)]) -> Extension {
    let attrs = attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Extension { name: name.to_owned(), value, attrs, children: BTreeMap::new() }
}

/// The media type of a picture by its address; JPEG where it does not say.
pub(super) fn image_type(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    match path.rsplit('.').next().unwrap_or("") {
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => "image/jpeg",
    }
}

/// Tags as published: one line each, none empty, none twice.
pub(super) fn tags(item: &Item) -> impl Iterator<Item = String> {
    let mut seen = std::collections::BTreeSet::new();
    item.tags.iter().map(|tag| xml::line(tag)).filter(move |tag| !tag.is_empty() && seen.insert(tag.to_lowercase()))
}

/// RFC 2822 in UTC with a numeric zone: `UTC` is an error there, and odd offsets are warnings.
pub(super) fn date(at: jiff::Timestamp) -> String {
    let zoned = at.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    zoned.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

//! Atom 1.0 (RFC 4287), built and written by the `atom_syndication` crate.

use std::collections::BTreeMap;

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, Feed as AtomFeed, FixedDateTime, Generator, Link, Person, Text, WriteConfig};

use crate::model::{Feed, Item};

use super::rss::{image_type, tags};
use super::{Chain, Error, Format, Place, author, body, file_name, xml};

/// The bytes of the Atom file.
pub(super) fn render(feed: &Feed, stem: &str, chain: &Chain, place: &Place) -> Result<Vec<u8>, Error> {
    let atom = AtomFeed {
        title: Text::plain(xml::line(&feed.title)),
        id: feed.id.clone(),
        updated: instant(feed.updated),
        authors: vec![Person { name: xml::line(&feed.author), uri: Some(xml::ascii_url(&feed.home)), ..Person::default() }],
        generator: Some(Generator { value: "feedwright".to_owned(), uri: None, version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
        links: links(feed, stem, chain, place),
        subtitle: Some(Text::plain(xml::line(&feed.description))).filter(|subtitle| !subtitle.value.is_empty()),
        entries: feed.items.iter().map(|item| entry(item, feed)).collect(),
        namespaces: namespaces(feed, chain),
        lang: feed.language.clone(),
        ..AtomFeed::default()
    };
    let fail = |reason: String| Error::Render { feed: feed.name.to_string(), reason };
    let config = WriteConfig { write_document_declaration: false, indent_size: Some(1) };
    let mut written = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec();
    written = atom.write_with_config(written, config).map_err(|error| fail(error.to_string()))?;
    let languages: Vec<Option<String>> =
        feed.items.iter().map(|item| item.language.clone().filter(|language| feed.language.as_ref() != Some(language))).collect();
    let corrections = xml::Corrections { entry_languages: &languages, archive: chain.current.is_some(), ..xml::Corrections::default() };
    xml::correct(&String::from_utf8_lossy(&written), &corrections).map_err(|error| fail(error.to_string()))
}

fn namespaces(feed: &Feed, chain: &Chain) -> BTreeMap<String, String> {
    let mut namespaces = BTreeMap::new();
    let mut declare = |wanted: bool, prefix: &str, namespace: &str| {
        if wanted {
            namespaces.insert(prefix.to_owned(), namespace.to_owned());
        }
    };
    declare(feed.items.iter().any(|item| author::principal(item).is_some()), "dc", "http://purl.org/dc/elements/1.1/");
    declare(feed.items.iter().any(|item| item.image.is_some()), "media", "http://search.yahoo.com/mrss/");
    declare(chain.current.is_some(), "fh", "http://purl.org/syndication/history/1.0");
    namespaces
}

fn links(feed: &Feed, stem: &str, chain: &Chain, place: &Place) -> Vec<Link> {
    let file = |relation: &str, stem: &str| {
        let href = place.address(&file_name(stem, Format::Atom))?;
        Some(link(relation, href, Some(Format::Atom.media_type())))
    };
    let mut links: Vec<Link> = file("self", stem).into_iter().collect();
    links.push(link("alternate", xml::ascii_url(&feed.home), Some("text/html")));
    links.extend(place.hub.as_ref().map(|hub| link("hub", xml::ascii_url(hub), None)));
    links.extend(chain.relations().filter_map(|(relation, stem)| file(relation, stem)));
    links
}

fn link(relation: &str, href: String, media_type: Option<&str>) -> Link {
    Link { rel: relation.to_owned(), href, mime_type: media_type.map(str::to_owned), ..Link::default() }
}

fn entry(item: &Item, feed: &Feed) -> Entry {
    let html = body::html(item);
    let summary = item.summary.as_deref().map(xml::line).filter(|summary| !summary.is_empty());
    let content =
        Content { value: Some(html).filter(|html| !html.is_empty()), content_type: Some("html".to_owned()), ..Content::default() };
    Entry {
        title: title(&xml::line(&item.title)),
        id: item.id.0.clone(),
        updated: instant(item.updated),
        published: Some(instant(item.date())),
        authors: author::authors(item).into_iter().map(|name| Person { name, ..Person::default() }).collect(),
        contributors: author::contributors(item)
            .map(|credit| Person { name: xml::line(&credit.name), uri: credit.url.as_ref().map(xml::ascii_url), ..Person::default() })
            .collect(),
        categories: tags(item).map(|term| Category { term, ..Category::default() }).collect(),
        links: entry_links(item, feed),
        summary: summary.map(Text::plain),
        content: Some(content).filter(|content| content.value.is_some()),
        extensions: extensions(item),
        ..Entry::default()
    }
}

/// Plain text, unless the text itself looks like mark-up, which some readers would then interpret.
fn title(text: &str) -> Text {
    let looks_like_markup = text.contains("</") || text.split('&').skip(1).any(|rest| rest.split(';').next().is_some_and(is_entity_name));
    if looks_like_markup { Text::html(xml::escape(text)) } else { Text::plain(text.to_owned()) }
}

fn is_entity_name(name: &str) -> bool {
    !name.is_empty() && name.len() < 10 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}

fn entry_links(item: &Item, feed: &Feed) -> Vec<Link> {
    let mut links = vec![link("alternate", xml::ascii_url(&item.url), Some("text/html"))];
    for credit in author::sources(item) {
        if let Some(url) = &credit.url {
            let mut via = link("via", xml::ascii_url(url), Some("text/html"));
            via.title = Some(xml::line(&credit.name));
            links.push(via);
        }
    }
    for media in &item.media {
        let mut enclosure = link("enclosure", xml::ascii_url(&media.url), Some(&media.media_type));
        enclosure.length = media.length.map(|length| length.to_string());
        links.push(enclosure);
    }
    if let Some(picture) = body::picture(item) {
        let media_type = image_type(&picture);
        links.push(link("enclosure", picture, Some(media_type)));
    }
    let same_story = feed.same_story.get(&item.id).into_iter().flatten();
    links.extend(same_story.map(|url| link("related", xml::ascii_url(url), Some("text/html"))));
    links
}

/// The crate writes attributes of extensions raw, so they are escaped here.
fn extensions(item: &Item) -> ExtensionMap {
    let mut extensions = ExtensionMap::new();
    let sources: Vec<Extension> = author::sources(item).map(|credit| extension("dc:source", Some(xml::line(&credit.name)), &[])).collect();
    if !sources.is_empty() {
        extensions.insert("dc".to_owned(), BTreeMap::from([("source".to_owned(), sources)]));
    }
    if let Some(picture) = body::picture(item) {
        let address = xml::escape(&picture);
        let content = extension("media:content", None, &[("url", &address), ("medium", "image"), ("type", image_type(&picture))]);
        let thumbnail = extension("media:thumbnail", None, &[("url", &address)]);
        let media = BTreeMap::from([("content".to_owned(), vec![content]), ("thumbnail".to_owned(), vec![thumbnail])]);
        extensions.insert("media".to_owned(), media);
    }
    extensions
}

fn extension(name: &str, value: Option<String>, attributes: &[(&str, &str)]) -> Extension {
    let attrs = attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Extension { name: name.to_owned(), value, attrs, children: BTreeMap::new() }
}

/// The crate speaks `chrono`; the rest of the project does not.
fn instant(at: jiff::Timestamp) -> FixedDateTime {
    let nanoseconds = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
    chrono::DateTime::from_timestamp(at.as_second(), nanoseconds).unwrap_or_default().fixed_offset()
}

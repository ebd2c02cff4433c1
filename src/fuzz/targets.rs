//! What must hold for any bytes at all.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::config::Config;
use crate::discover::{self, discover};
use crate::extract::{self, date, extract};
use crate::fetch::file;
use crate::html::{self, sanitize};
use crate::model::{Feed, Item, ItemId, SafeHtml, SourceId};
use crate::publish::{self, Chain, Format, Place};
use crate::url::Url;

fn base() -> Url {
    Url::parse("https://courier.example/news/2026-11-20-report-7.html").unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

/// A whole page: discovered, extracted, published in every format, and read back strictly. Twice, with one result.
pub(super) fn page(bytes: &[u8]) {
    let text = file::text_of(bytes.to_vec(), &base());
    let read = || {
        let dom = html::parse(&text, &base());
        let context = extract::Context { link: None, zone: TimeZone::UTC, now: Some(now()), outlets: None, explain: true };
        let extraction = extract(&dom, &extract::Rules::default(), &context);
        let listing = discover::Context { zone: TimeZone::UTC, now: Some(now()), explain: true };
        (extraction, discover(&dom, &discover::Rules::default(), &listing))
    };
    let (extraction, discovery) = read();
    let again = read();
    assert_eq!(format!("{extraction:?}{discovery:?}"), format!("{:?}{:?}", again.0, again.1), "the same page gives the same result");
    assert!(discovery.links.iter().all(|link| link.url.is_web()), "links lead to the web");
    let article = extraction.article;
    let html = article.body.map(|body| body.value.html).unwrap_or_else(|| sanitize::fragment("", &base()));
    let title = article.title.map(|title| title.value).unwrap_or_default();
    check_safe(&html);
    let mut item = item(title, html);
    item.summary = article.summary.map(|summary| summary.value);
    item.authors = article.authors.into_iter().map(|author| author.value).collect();
    item.image = article.image.map(|image| image.value);
    item.credits = article.credits.into_iter().map(|credit| credit.value).collect();
    item.tags = article.tags;
    publish(item);
}

/// Mark-up of a feed or of the user's command: cleaned, and published.
pub(super) fn fragment(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let clean = sanitize::fragment(&text, &base());
    check_safe(&clean);
    publish(item(text.chars().take(200).collect(), clean));
}

/// A feed or a sitemap.
pub(super) fn feed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for discovery in [discover::feed::parse(&text, &base()), discover::sitemap::parse(&text, &base())] {
        assert!(discovery.links.iter().all(|link| link.url.is_web()), "links lead to the web");
    }
    let _ = discover::kind("", &text);
}

/// Dates: found where they stand, and read the same when they are cut out.
pub(super) fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for language in ["", "en", "es", "de", "ru", "ja", "ar", "fa"] {
        let _ = date::parse(&text, language, &TimeZone::UTC);
        if let Some((_, range)) = date::find_in_text(&text, language, &TimeZone::UTC) {
            assert!(text.get(range.clone()).is_some(), "{range:?} of {}", text.len());
        }
    }
}

/// Addresses: what is read is written and read back the same.
pub(super) fn urls(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        for url in [Url::parse(line).ok(), base().join(line)].into_iter().flatten() {
            let again = Url::parse(url.as_str()).unwrap();
            assert_eq!(again, url);
            assert_eq!(again.canonical_key(), url.canonical_key());
            assert!(url.same_site(&again));
            let _ = (url.to_string(), url.host(), url.path(), url.site(), url.join("../x"));
        }
    }
}

/// A configuration: read, or every mistake told with its place.
pub(super) fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = Config::parse(Path::new("config.toml"), &text) {
        assert!(!error.to_string().is_empty());
    }
}

/// No script, no handler, no address that runs, as a reader's own parser sees it.
fn check_safe(html: &SafeHtml) {
    const BANNED: [&str; 12] = ["script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base", "svg", "math"];
    let dom = html::parse(&format!("<!doctype html><body>{}", html.as_str()), &base());
    for element in dom.html.tree.nodes().filter_map(|node| node.value().as_element()) {
        assert!(!BANNED.contains(&element.name()), "<{}> in {}", element.name(), html.as_str());
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style", "{name} in {}", html.as_str());
            let runs = ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| value.trim().to_ascii_lowercase().starts_with(scheme));
            assert!(!runs || !matches!(name, "href" | "src" | "srcset" | "poster" | "cite"), "{name}={value}");
        }
    }
}

fn item(title: String, html: SafeHtml) -> Item {
    Item {
        id: ItemId("urn:uuid:00000000-0000-5000-8000-000000000001".to_owned()),
        source: SourceId::new("courier").unwrap(),
        url: base(),
        title,
        html,
        text: String::new(),
        summary: None,
        authors: Vec::new(),
        credits: Vec::new(),
        image: None,
        media: Vec::new(),
        tags: Vec::new(),
        language: Some("en".to_owned()),
        published: None,
        first_seen: now(),
        updated: now(),
        fingerprint: String::new(),
        revision: 0,
    }
}

fn publish(item: Item) {
    let feed = Feed {
        same_story: Default::default(),
        name: SourceId::new("courier").unwrap(),
        author: "Courier".to_owned(),
        id: "urn:uuid:00000000-0000-5000-8000-000000000000".to_owned(),
        title: item.title.clone(),
        description: item.title.clone(),
        home: base(),
        language: None,
        updated: now(),
        ttl_minutes: None,
        items: vec![item],
    };
    let place = Place { base_url: Url::parse("https://feeds.example/").ok(), hub: None };
    for format in Format::ALL {
        let bytes = publish::render(&feed, "courier", &Chain::default(), &place, format).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        if format == Format::Json {
            let _: serde_json::Value = serde_json::from_str(text).unwrap();
        } else {
            check_xml(text);
        }
    }
}

/// Strictly: well-formed, with no character and no reference that XML 1.0 does not allow.
fn check_xml(text: &str) {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(legal), "an illegal character");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => tag.attributes().for_each(|attribute| {
                attribute.unwrap();
            }),
            Event::GeneralRef(name) => {
                let known = matches!(name.as_ref(), "amp" | "lt" | "gt" | "quot" | "apos");
                let character = name.resolve_char_ref().unwrap();
                assert!(known || character.is_some_and(legal), "a reference that means nothing: {name:?}");
            }
            _ => {}
        }
    }
    assert!(feed_rs::parser::parse(text.as_bytes()).is_ok(), "a feed that cannot be read");
}

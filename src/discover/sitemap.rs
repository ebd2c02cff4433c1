//! Sitemaps and news sitemaps (sitemaps.org 0.9, Google's news extension) as listings.

use quick_xml::Reader;
use quick_xml::events::Event;

use jiff::tz::TimeZone;

use crate::extract::date;
use crate::html::collapse;
use crate::model::{Discovery, Link, Note, Origin, When};
use crate::url::Url;

/// The most addresses that are taken: the newest of a sitemap, which may hold 50,000.
const MOST_LINKS: usize = 500;

/// Reads a sitemap, newest first. An index of sitemaps leads to its newest one as the next page.
pub fn parse(text: &str, url: &Url) -> Discovery {
    let mut entries = Vec::new();
    let mut discovery = Discovery { confidence: 1.0, ..Discovery::default() };
    let is_index = match read(text, &mut entries) {
        Ok(is_index) => is_index,
        Err(error) => {
            discovery.notes.push(Note::new("sitemap-broken", format!("the sitemap breaks off: {error}")));
            false
        }
    };
    // Stable: what has no date keeps its order, after what has one.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date.map(|date| date.at)));
    if is_index {
        discovery.next = entries.first().and_then(|entry| url.join(&entry.address));
        return discovery;
    }
    if entries.len() > MOST_LINKS {
        discovery
            .notes
            .push(Note::new("sitemap-cut", format!("the sitemap has {} addresses; the newest {MOST_LINKS} are taken", entries.len())));
    }
    for entry in entries.into_iter().take(MOST_LINKS) {
        let position = discovery.links.len();
        let Some(address) = url.join(&entry.address).filter(|address| address.is_web() && address.same_site(url)) else { continue };
        discovery.links.push(Link {
            url: address,
            title: entry.title,
            teaser: None,
            date: entry.date,
            image: entry.image.and_then(|image| url.join(&image)),
            author: None,
            origin: Origin::new("sitemap"),
            position,
        });
    }
    discovery
}

#[derive(Default)]
struct Entry {
    address: String,
    title: Option<String>,
    date: Option<When>,
    is_news: bool,
    image: Option<String>,
}

fn read(text: &str, entries: &mut Vec<Entry>) -> Result<bool, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    let (mut entry, mut words, mut is_index) = (Entry::default(), String::new(), false);
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                words.clear();
                match start.local_name().as_ref() {
                    "sitemapindex" => is_index = true,
                    "url" | "sitemap" => entry = Entry::default(),
                    _ => {}
                }
            }
            Event::Text(piece) => words.push_str(piece.as_ref()),
            Event::CData(piece) => words.push_str(piece.as_ref()),
            Event::GeneralRef(reference) => words.push_str(character(reference.as_ref())),
            Event::End(end) => {
                let value = collapse(&words);
                match (end.name().as_ref(), end.local_name().as_ref()) {
                    ("image:loc", _) => entry.image = Some(value),
                    (_, "loc") => entry.address = value,
                    (_, "title") if entry.title.is_none() => entry.title = Some(value).filter(|title| !title.is_empty()),
                    (_, "publication_date") => (entry.date, entry.is_news) = (date::parse(&value, "", &TimeZone::UTC), true),
                    (_, "lastmod") if !entry.is_news => entry.date = date::parse(&value, "", &TimeZone::UTC),
                    (_, "url" | "sitemap") if !entry.address.is_empty() => entries.push(std::mem::take(&mut entry)),
                    _ => {}
                }
                words.clear();
            }
            Event::Eof => return Ok(is_index),
            _ => {}
        }
    }
}

/// The character of one of XML's own references; numeric ones are rare in addresses and titles of sitemaps and are read too.
fn character(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" | "#39" | "#x27" => "'",
        _ => "",
    }
}

//! JSON Feed 1.1. The extension `_feedwright` carries what has no field of its own: credits with role and evidence.

use serde::Serialize;

use crate::model::{Feed, Item, Precision};

use super::rss::tags;
use super::{Chain, Error, Format, Place, author, body, file_name, xml};

#[derive(Serialize)]
struct Document {
    version: &'static str,
    title: String,
    home_page_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    authors: Vec<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    items: Vec<Entry>,
}

#[derive(Serialize)]
struct Name {
    name: String,
}

#[derive(Serialize)]
struct Hub {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<String>,
    title: String,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Name>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
    #[serde(rename = "_feedwright")]
    extension: Extension,
}

#[derive(Serialize)]
struct Attachment {
    url: String,
    mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Extension {
    /// How the date is known: `second`, `minute`, `day`, or `first-seen` where the page gives none.
    date: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<CreditEntry>,
    /// Where other sources have the same story.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_story: Vec<String>,
}

#[derive(Serialize)]
struct CreditEntry {
    name: String,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    evidence: String,
}

/// The bytes of the JSON file.
pub(super) fn render(feed: &Feed, stem: &str, chain: &Chain, place: &Place) -> Result<Vec<u8>, Error> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: xml::line(&feed.title),
        home_page_url: xml::ascii_url(&feed.home),
        feed_url: place.address(&file_name(stem, Format::Json)),
        next_url: chain.previous.as_ref().and_then(|older| place.address(&file_name(older, Format::Json))),
        description: xml::line(&feed.description),
        authors: vec![Name { name: xml::line(&feed.author) }],
        language: feed.language.clone(),
        hubs: place.hub.iter().map(|hub| Hub { r#type: "WebSub", url: xml::ascii_url(hub) }).collect(),
        items: feed.items.iter().map(|item| entry(item, feed)).collect(),
    };
    let mut bytes =
        serde_json::to_vec_pretty(&document).map_err(|error| Error::Render { feed: feed.name.to_string(), reason: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(item: &Item, feed: &Feed) -> Entry {
    let original = author::principal(item).filter(|credit| author::leads_to_article(credit));
    Entry {
        id: item.id.0.clone(),
        url: xml::ascii_url(&item.url),
        external_url: original.and_then(|credit| credit.url.as_ref()).map(xml::ascii_url),
        title: xml::line(&item.title),
        content_html: body::html(item),
        summary: item.summary.as_deref().map(xml::line).filter(|summary| !summary.is_empty()),
        image: body::picture(item),
        date_published: item.date().to_string(),
        date_modified: (item.revision > 0).then(|| item.updated.to_string()),
        authors: author::authors(item).into_iter().map(|name| Name { name }).collect(),
        tags: tags(item).collect(),
        language: item.language.clone().filter(|language| feed.language.as_ref() != Some(language)),
        attachments: item
            .media
            .iter()
            .map(|media| Attachment { url: xml::ascii_url(&media.url), mime_type: media.media_type.clone(), size_in_bytes: media.length })
            .collect(),
        extension: Extension { date: date_quality(item), credits: credits(item), same_story: same_story(item, feed) },
    }
}

fn date_quality(item: &Item) -> &'static str {
    match item.published.map(|when| when.precision) {
        Some(Precision::Second) => "second",
        Some(Precision::Minute) => "minute",
        Some(Precision::Day) => "day",
        None => "first-seen",
    }
}

fn same_story(item: &Item, feed: &Feed) -> Vec<String> {
    feed.same_story.get(&item.id).into_iter().flatten().map(xml::ascii_url).collect()
}

fn credits(item: &Item) -> Vec<CreditEntry> {
    item.credits
        .iter()
        .map(|credit| CreditEntry {
            name: xml::line(&credit.name),
            role: credit.role.as_str(),
            url: credit.url.as_ref().map(xml::ascii_url),
            evidence: xml::line(&credit.phrase),
        })
        .collect()
}

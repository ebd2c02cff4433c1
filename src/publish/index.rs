//! `index.html`: what a person sees who opens the directory of feeds. No script; readable on a phone, light or dark.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::{Deserialize, Serialize};

use crate::model::{Feed, Item};
use crate::url::Url;

use super::{Format, Place, author, file_name, xml};

/// What the index and the OPML file say of a feed; kept in the store, so that they can be written without building every feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The page that it mirrors.
    pub home: Url,
    /// BCP 47.
    pub language: Option<String>,
    /// How many items it shows.
    pub count: usize,
    headlines: Vec<Headline>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Headline {
    title: String,
    url: Url,
    day: String,
    language: Option<String>,
    credit: Option<String>,
}

impl Card {
    /// The card of a feed.
    pub fn of(feed: &Feed) -> Self {
        Self {
            title: xml::line(&feed.title),
            description: xml::line(&feed.description),
            home: feed.home.clone(),
            language: feed.language.clone(),
            count: feed.items.len(),
            headlines: feed.items.iter().take(HEADLINES).map(|item| Headline::of(item, feed)).collect(),
        }
    }
}

impl Headline {
    fn of(item: &Item, feed: &Feed) -> Self {
        let day = item.published.map_or_else(|| jiff::tz::Offset::UTC.to_datetime(item.first_seen).date(), |when| when.date());
        Self {
            title: xml::line(&item.title),
            url: item.url.clone(),
            day: day.to_string(),
            language: item.language.clone().filter(|language| feed.language.as_ref() != Some(language)),
            credit: author::principal(item).map(|credit| xml::line(&credit.name)),
        }
    }
}

/// A feed in the index.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// What is said of it.
    pub card: &'a Card,
    /// Its file's name without the extension, with any sub-directory.
    pub stem: &'a str,
    /// The formats in which it is published.
    pub formats: &'a [Format],
}

/// How many headlines are shown of each feed.
pub const HEADLINES: usize = 3;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #6a665f; --line: #e3ded5; --paper: #fbfaf7; --card: #fff; --link: #9a3412; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae5; --soft: #a19c92; --line: #34312c; --paper: #181715; --card: #211f1c; --link: #fdba74; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 46rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); } p { margin: .25rem 0; } .soft { color: var(--soft); font-size: .9rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 1rem 0; }
ul { list-style: none; margin: .6rem 0 0; padding: 0; } li { padding: .35rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.formats a { display: inline-block; margin: .4rem .4rem 0 0; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; }
";

/// The bytes of the index page.
pub fn index(title: &str, feeds: &[Listed<'_>], place: &Place) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("feedwright {}", env!("CARGO_PKG_VERSION")));
                title { (xml::line(title)) }
                @for listed in feeds {
                    @for &format in listed.formats {
                        link rel="alternate" type=(format.media_type()) title=(format!("{} ({})", listed.card.title, format.label()))
                            href=(address(listed, format, place));
                    }
                }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (xml::line(title)) }
                    p class="soft" {
                        (counted(feeds.len(), "feed")) ". Copy an address into your reader, or import "
                        a href="feeds.opml" { "all of them" } " at once."
                    }
                }
                main { @for listed in feeds { (card(listed, place)) } }
            }
        }
    };
    let mut bytes = page.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn address(listed: &Listed<'_>, format: Format, place: &Place) -> String {
    let file = file_name(listed.stem, format);
    place.address(&file).unwrap_or(file)
}

fn card(listed: &Listed<'_>, place: &Place) -> Markup {
    let card = listed.card;
    html! {
        article lang=[card.language.as_deref()] {
            h2 { (card.title) }
            p class="soft" lang="en" {
                a href=(xml::ascii_url(&card.home)) { (if card.home.host().is_empty() { "source" } else { card.home.host() }) }
                " · " (counted(card.count, "item"))
            }
            p class="formats" lang="en" {
                @for &format in listed.formats { a href=(address(listed, format, place)) { (format.label()) } }
            }
            ul { @for headline in &card.headlines { (line(headline)) } }
        }
    }
}

fn line(headline: &Headline) -> Markup {
    html! {
        li lang=[headline.language.as_deref()] dir="auto" {
            a href=(xml::ascii_url(&headline.url)) { (headline.title) }
            br;
            span class="soft" {
                time datetime=(headline.day) { (headline.day) }
                @if let Some(credit) = &headline.credit { " · via " (credit) }
            }
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

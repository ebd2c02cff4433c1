//! `index.html`: what a person sees who opens the directory of feeds. No script; readable on a phone, light or dark.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::model::{Feed, Item};

use super::{Format, Place, author, file_name, xml};

/// A feed as the index and the OPML file list it.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// The feed.
    pub feed: &'a Feed,
    /// Its file's name without the extension, with any sub-directory.
    pub stem: String,
    /// The formats in which it is published.
    pub formats: Vec<Format>,
    /// How many items it has; `feed` may hold only the newest of them.
    pub count: usize,
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
                    @for &format in &listed.formats {
                        link rel="alternate" type=(format.media_type()) title=(format!("{} ({})", xml::line(&listed.feed.title), format.label()))
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
    let file = file_name(&listed.stem, format);
    place.address(&file).unwrap_or(file)
}

fn card(listed: &Listed<'_>, place: &Place) -> Markup {
    let feed = listed.feed;
    html! {
        article lang=[feed.language.as_deref()] {
            h2 { (xml::line(&feed.title)) }
            p class="soft" lang="en" {
                a href=(xml::ascii_url(&feed.home)) { (if feed.home.host().is_empty() { "source" } else { feed.home.host() }) }
                " · " (counted(listed.count, "item"))
            }
            p class="formats" lang="en" {
                @for &format in &listed.formats { a href=(address(listed, format, place)) { (format.label()) } }
            }
            ul { @for item in feed.items.iter().take(HEADLINES) { (headline(item, feed)) } }
        }
    }
}

fn headline(item: &Item, feed: &Feed) -> Markup {
    let day = item.published.map_or_else(|| jiff::tz::Offset::UTC.to_datetime(item.first_seen).date(), |when| when.date());
    html! {
        li lang=[item.language.as_deref().filter(|language| feed.language.as_deref() != Some(language))] dir="auto" {
            a href=(xml::ascii_url(&item.url)) { (xml::line(&item.title)) }
            br;
            span class="soft" {
                time datetime=(day.to_string()) { (day.to_string()) }
                @if let Some(credit) = author::principal(item) { " · via " (xml::line(&credit.name)) }
            }
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

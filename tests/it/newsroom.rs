//! A newsroom of made-up articles for the local site: every one different, every one a fair article.

use crate::support::{Answer, Asked, Site};

const PLACES: [&str; 8] = ["Low Harbour", "Verrin", "Anse Grise", "Pell Island", "Orna", "Mount Tarrow", "Santa Brega", "Upper Harbour"];
const THINGS: [&str; 7] = ["ferry", "bridge", "library", "tram", "market", "lighthouse", "orchard"];
const DEEDS: [&str; 5] = ["opens again", "gets a new roof", "asks for volunteers", "celebrates its founder", "closes for the winter"];

/// Limits of time that hold on a machine with much else to do: an answer that comes too late is another story than the one the test tells.
pub const PATIENCE: &str = "connect-timeout = \"5m\"\nfirst-byte-timeout = \"5m\"\nidle-timeout = \"5m\"\ntotal-timeout = \"10m\"\n";

/// The headline of an article.
pub fn headline(number: usize) -> String {
    let (place, thing) = (PLACES[number % PLACES.len()], THINGS[number % THINGS.len()]);
    format!("The {thing} of {place} {} (report {number})", DEEDS[number % DEEDS.len()])
}

/// The path of an article.
pub fn path(number: usize) -> String {
    format!("/news/2026-10-{:02}-report-{number}.html", number % 28 + 1)
}

/// The page of an article; `edition` changes its text.
pub fn article(number: usize, edition: &str) -> String {
    let (place, thing, title) = (PLACES[number % PLACES.len()], THINGS[number % THINGS.len()], headline(number));
    let paragraphs: String = (0..4)
        .map(|part| {
            format!(
                "<p>Paragraph {part} of report {number}: the {thing} of {place} was seen by {} people this week, and most of them said that \
                 they would come back when the weather is better and the road from {} is dry again.{edition}</p>",
                number * 7 + part,
                PLACES[(number + part) % PLACES.len()]
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Test Courier</title>\
         <meta property=og:title content=\"{title}\"><meta property=article:published_time content=\"2026-10-{:02}T08:{:02}:00Z\"></head>\
         <body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{paragraphs}<p>Source: Northwire</p></article>\
         <footer>© Test Courier</footer></body></html>",
        number % 28 + 1,
        number % 60
    )
}

/// A listing of these articles.
pub fn listing(numbers: impl Iterator<Item = usize>) -> String {
    let items: String = numbers
        .map(|number| {
            let (path, title) = (path(number), headline(number));
            format!("<li class=item><h2><a href=\"{path}\">{title}</a></h2><p>The story of report {number}, told in short.</p></li>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Test Courier</title></head><body><nav><a href=/about>About</a></nav>\
         <main><ul>{items}</ul></main><footer>© Test Courier</footer></body></html>"
    )
}

/// A site with a listing of `count` articles at `/` that answers conditional requests.
pub fn site(count: usize) -> Site {
    Site::start_with(move |asked: &Asked| {
        if asked.path == "/" {
            let page = Answer::html(&listing(0..count)).with("ETag", "\"front-1\"");
            return if asked.header("if-none-match") == "\"front-1\"" { Answer::status(304) } else { page };
        }
        match (0..count).find(|&number| path(number) == asked.path) {
            Some(number) => Answer::html(&article(number, "")),
            None => Answer::not_found(),
        }
    })
}

/// A configuration that polls such a site without pauses.
pub fn config(url: &str, items: usize) -> String {
    format!(
        "[publish]\ndir = \"feeds\"\nbase-url = \"https://feeds.example/\"\nitems = {items}\n\n[fetch]\nspacing = \"0s\"\n\n\
         [[source]]\nname = \"courier\"\nurl = \"{url}\"\n"
    )
}

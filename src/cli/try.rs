//! `try`: what a page would yield, each value with its origin. Writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::config::{Config, Source};
use crate::discover::{self, discover};
use crate::extract::{self, extract};
use crate::fetch;
use crate::health;
use crate::html;
use crate::model::{Discovery, Extraction, Link, Page, Surface};
use crate::pipeline;
use crate::store::Store;
use crate::url::Url;

use super::fetching::Fetching;
use super::output::say;
use super::{Failure, batch, safe, status};

/// Show what a page would yield.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  feedwright try https://cityhall.example/press            a listing
  feedwright try https://cityhall.example/press/1234.html --as article
  feedwright try https://cityhall.example/app --render     a page that scripts build
  feedwright try saved.html --as article --json")]
pub(super) struct Arguments {
    /// An address, or a saved page
    target: String,
    /// What the page is; told from the page itself where not given
    #[arg(long = "as", value_name = "WHAT")]
    kind: Option<What>,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Let a Chromium on this machine run the page's scripts first, as `render = true` does for a source
    #[arg(long)]
    render: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// A page that lists articles, a feed or a sitemap
    Listing,
    /// One article
    Article,
}

/// A listing as looked at, and one of its articles in full.
pub(super) struct Look {
    pub(super) discovery: Discovery,
    /// Explicit rules that find the same, where there are short ones.
    pub(super) rules: Option<discover::Rules>,
    pub(super) article: Option<(Link, Extraction)>,
}

/// How many articles are looked at until one can be read.
const ARTICLES_TRIED: usize = 3;
/// So much text at such quality makes a page an article, where nobody says what it is.
const ARTICLE_QUALITY: f64 = 0.6;

/// Looks at a page and prints what it yields.
pub(super) fn look(path: &Path, config: Option<&Config>, arguments: &Arguments) -> Result<(), Failure> {
    let page = page(config, &arguments.target, arguments.render)?;
    let source = config.and_then(|config| source_of(config, &page.url));
    let discovery = discovered(&page, config, source, true);
    let extraction = extracted(&page, config, source);
    let what = arguments.kind.unwrap_or_else(|| told(&page, &discovery, &extraction));
    match (what, arguments.json) {
        (What::Listing, true) => say!("{}", listing_json(&page, &discovery)),
        (What::Listing, false) => {
            print_listing(&discovery);
            if let (Some(source), Some(relocation)) = (source, &discovery.relocation) {
                status::print_change(path, source, relocation);
            }
        }
        (What::Article, true) => say!("{}", article_json(&page, &extraction)),
        (What::Article, false) => print_article(&extraction),
    }
    Ok(())
}

/// Fetches a listing and its first readable article, for `add`.
pub(super) fn listing(config: &Config, url: &Url, render: bool) -> Result<Look, Failure> {
    let mut fetching = Fetching::new(Some(config), render)?;
    let page = fetching.page(url)?;
    let discovery = discovered(&page, None, None, false);
    let is_html = discover::kind(&page.media_type, &page.text) == discover::Kind::Html;
    let rules = if is_html { discover::explicit_rules(&html::parse(&page.text, &page.url)) } else { None };
    let mut article = None;
    for link in discovery.links.iter().take(ARTICLES_TRIED) {
        let Ok(page) = fetching.page(&link.url) else { continue };
        let extraction = extracted(&page, Some(config), None);
        let is_readable = extraction.article.body.is_some();
        article = Some((link.clone(), extraction));
        if is_readable {
            break;
        }
    }
    Ok(Look { discovery, rules, article })
}

/// The source that polls this address, else one of the same site.
fn source_of<'c>(config: &'c Config, url: &Url) -> Option<&'c Source> {
    let same = |source: &&Source| source.address.url().canonical_key() == url.canonical_key();
    config.sources.iter().find(same).or_else(|| config.sources.iter().find(|source| source.address.url().same_site(url)))
}

/// An address as a person types it: the scheme may be missing.
pub(super) fn address(text: &str) -> Result<Url, Failure> {
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&full).map_err(|error| Failure::usage(anyhow!("`{text}` is not an address: {error}")))?;
    if url.is_web() { Ok(url) } else { Err(Failure::usage(anyhow!("`{text}`: expected an http or https address"))) }
}

fn page(config: Option<&Config>, target: &str, render: bool) -> Result<Page, Failure> {
    let path = match target.strip_prefix("file://") {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(target),
    };
    if !target.starts_with("http") && path.exists() {
        let absolute = std::path::absolute(&path)?;
        let url =
            url::Url::from_file_path(&absolute).map_err(|()| Failure::usage(anyhow!("`{target}` cannot be written as an address")))?;
        return Ok(fetch::file::read(Path::new(&path), &url.into(), Timestamp::now())?);
    }
    let url = address(target)?;
    let source = config.and_then(|config| source_of(config, &url));
    Fetching::new(config, render || source.is_some_and(|source| source.render))?.page(&url)
}

fn discovered(page: &Page, config: Option<&Config>, source: Option<&Source>, explain: bool) -> Discovery {
    let zone = source.map_or(TimeZone::UTC, |source| source.timezone.clone());
    let rules = source.map(|source| source.listing.clone()).unwrap_or_default();
    let context = discover::Context { zone, now: Some(Timestamp::now()), explain };
    match discover::kind(&page.media_type, &page.text) {
        discover::Kind::Html => {
            let dom = html::parse(&page.text, &page.url);
            let discovery = discover(&dom, &rules, &context);
            match (source, config.filter(|config| config.store.exists())) {
                // As a run would: links that are known show where a list went.
                (Some(source), Some(config)) => {
                    let known = |keys: &[String]| Store::open_to_read(&config.store).ok()?.known(&source.name, keys).ok();
                    pipeline::find_again(source, &dom, &context, discovery, &known)
                }
                _ => discovery,
            }
        }
        discover::Kind::Feed => discover::feed::parse(&page.text, &page.url),
        discover::Kind::Sitemap => discover::sitemap::parse(&page.text, &page.url),
        discover::Kind::Posts => discover::posts::parse(&page.text, &page.url),
    }
}

fn extracted(page: &Page, config: Option<&Config>, source: Option<&Source>) -> Extraction {
    let zone = source.map_or(TimeZone::UTC, |source| source.timezone.clone());
    let rules = source.map(|source| source.article.clone()).unwrap_or_default();
    let outlets = config.map(|config| &config.outlets);
    let context = extract::Context { link: None, zone, now: Some(Timestamp::now()), outlets, explain: true };
    extract(&html::parse(&page.text, &page.url), &rules, &context)
}

fn told(page: &Page, discovery: &Discovery, extraction: &Extraction) -> What {
    let is_html = discover::kind(&page.media_type, &page.text) == discover::Kind::Html;
    let is_article = is_html && extraction.quality >= ARTICLE_QUALITY && extraction.article.published.is_some();
    if is_article && discovery.confidence < extraction.quality { What::Article } else { What::Listing }
}

fn listing_json(page: &Page, discovery: &Discovery) -> serde_json::Value {
    json!({
        "kind": "listing", "url": page.url, "title": discovery.title, "confidence": discovery.confidence,
        "surface": discovery.surface, "items": discovery.links, "next": discovery.next, "feeds": discovery.feeds,
        "groups": discovery.groups, "dropped": discovery.dropped, "notes": discovery.notes,
        "relocation": discovery.relocation,
    })
}

fn article_json(page: &Page, extraction: &Extraction) -> serde_json::Value {
    let mut line = batch::extraction_line("", &page.url, extraction);
    if let Some(object) = line.as_object_mut() {
        object.remove("id");
        object.insert("kind".to_owned(), json!("article"));
        object.insert("surface".to_owned(), json!(extraction.surface));
        object.insert("candidates".to_owned(), json!(extraction.candidates));
    }
    line
}

fn print_listing(discovery: &Discovery) {
    say!("{}", safe::short(discovery.title.as_deref().unwrap_or("(no title)"), 100));
    say!("{} items, confidence {:.2}", discovery.links.len(), discovery.confidence);
    print_surface(discovery.surface);
    for link in &discovery.links {
        let date = link.date.map_or_else(|| "          ".to_owned(), |date| date.date().to_string());
        say!("  {date}  {}", safe::short(link.title.as_deref().unwrap_or("(no title)"), 100));
        say!("              {}  [{}]", safe::short(&link.url.to_string(), 110), safe::line(&link.origin.0));
    }
    if let Some(next) = &discovery.next {
        say!("next page: {}", safe::line(&next.to_string()));
    }
    for feed in &discovery.feeds {
        say!("feed of its own: {}", safe::line(&feed.url.to_string()));
    }
    if !discovery.groups.is_empty() {
        say!("\ngroups of links, the likeliest first");
        for group in &discovery.groups {
            let mark = if group.taken { "+" } else { "-" };
            let sample = group.samples.first().map(String::as_str).unwrap_or("");
            say!("{mark} {:.2}  {:>4}  {}  {}", group.score, group.links, safe::short(&group.signature, 60), safe::short(sample, 50));
        }
    }
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for dropped in &discovery.dropped {
        *tally.entry(&dropped.reason).or_default() += 1;
    }
    for (reason, count) in tally {
        say!("dropped: {count} {}", safe::line(reason));
    }
    for note in &discovery.notes {
        say!("note: {}", safe::line(&note.text));
    }
}

/// The fields of an article, each with its origin.
pub(super) fn print_article(extraction: &Extraction) {
    let article = &extraction.article;
    let field = |name: &str, value: Option<(String, String)>| match value {
        Some((value, origin)) => say!("{name:>10}  {}  [{}]", safe::short(&value, 110), safe::line(&origin)),
        None => say!("{name:>10}  –"),
    };
    let text = |found: &Option<crate::model::Found<String>>| found.as_ref().map(|found| (found.value.clone(), found.origin.0.clone()));
    let when = |found: &Option<crate::model::Found<crate::model::When>>| {
        found.as_ref().map(|found| (found.value.to_rfc3339(), found.origin.0.clone()))
    };
    print_surface(extraction.surface);
    field("title", text(&article.title));
    field("published", when(&article.published));
    field("modified", when(&article.modified));
    let names: Vec<&str> = article.authors.iter().map(|author| author.value.as_str()).collect();
    field("authors", article.authors.first().map(|first| (names.join(", "), first.origin.0.clone())));
    for credit in &article.credits {
        let words = format!("{} ({}): “{}”", credit.value.name, credit.value.role.as_str(), credit.value.phrase);
        field("credit", Some((words, credit.origin.0.clone())));
    }
    field("image", article.image.as_ref().map(|image| (image.value.to_string(), image.origin.0.clone())));
    field("summary", text(&article.summary));
    field("language", text(&article.language));
    field("site", text(&article.site));
    field("tags", Some((article.tags.join(", "), "page".to_owned())).filter(|(tags, _)| !tags.is_empty()));
    let body = article.body.as_ref().map(|body| (format!("{} characters", body.value.text.chars().count()), body.origin.0.clone()));
    field("body", body);
    if let Some(body) = &article.body {
        for paragraph in body.value.text.split("\n\n").take(3) {
            say!("            {}", safe::short(paragraph, 160));
        }
    }
    for candidate in &extraction.candidates {
        say!(
            "  {:>10}  {}  [{}] {}",
            candidate.field,
            safe::short(&candidate.value, 70),
            safe::line(&candidate.origin.0),
            safe::line(&candidate.verdict)
        );
    }
    say!("   quality  {:.2}", extraction.quality);
    for note in &extraction.notes {
        say!("note: {}", safe::line(&note.text));
    }
}

fn print_surface(surface: Surface) {
    if surface != Surface::Open {
        say!("{}", health::surface_words(surface));
    }
}

//! The name of the site.

use serde_json::Value;

use super::spelling::Host;
use super::{explain, masthead, words};
use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Dom, collapse, letters};
use crate::model::{Candidate, Found};

/// Names of `<meta>` that name the site or its app, after `og:site_name` and the structured data.
const META_KEYS: [&str; 9] = [
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "twitter:app:name:iphone",
    "al:ios:app_name",
    "al:android:app_name",
    "shareaholic:site_name",
];
/// How a name that nothing declares was found.
const HOST: &str = "host";
/// What systems write where nobody set a name, in letters.
const NO_NAMES: [&str; 12] = [
    "home",
    "homepage",
    "website",
    "mysite",
    "mywebsite",
    "myblog",
    "mywordpresssite",
    "mywordpresswebsite",
    "mywordpressblog",
    "wordpress",
    "sitename",
    "yoursitename",
];
/// A longer text is a slogan.
const LONGEST: usize = 60;

/// In letters: a title that is shorter without the site's name keeps it.
const SHORTEST_HEADLINE: usize = 8;
/// A headline has so many words at least; few names have.
const HEADLINE: usize = 4;
/// What stands between a name and a slogan, a section or the company behind it.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " • ", " · ", ": "];

/// The site's name.
pub(super) struct Site {
    /// As data of the page declare it, and as it stands behind titles: with a slogan, often.
    pub(super) declared: String,
    /// Without slogan; where data declare none, as the page shows it.
    pub(super) name: Found<String>,
}

#[cfg(test)]
impl Site {
    /// A site that declares this name.
    pub(super) fn named(name: &str) -> Self {
        Self { declared: name.to_owned(), name: Found::new(name.to_owned(), "meta og:site_name") }
    }
}

/// A name in words that the host spells ("Harbour Post" of harbourpost.example), be it on the links to the front page, else what the head declares, the publisher
/// of the structured data, the end of the title, else the host. A name that is only an address gives way to one in words.
pub(super) fn find(dom: &Dom, data: &JsonLd, candidates: Option<&mut Vec<Candidate>>) -> Option<Site> {
    let mut seen: Vec<(String, String)> = Vec::new();
    if let Some(name) = dom.survey.meta("og:site_name").or_else(|| dom.survey.meta("og:site:name")) {
        seen.push((collapse(name), "meta og:site_name".to_owned()));
    }
    let publisher = data
        .articles()
        .filter_map(|node| node.get("publisher"))
        .find_map(|value| data.resolve(value).and_then(|node| json_ld::text(node.get("name")?)));
    let told = publisher.or_else(|| data.of_type("WebSite").find_map(|node| json_ld::text(node.get("name")?)));
    seen.extend(told.map(|name| (name, "json-ld publisher".to_owned())));
    seen.extend(sold_with(data).map(|name| (name, "json-ld isPartOf".to_owned())));
    seen.extend(META_KEYS.iter().filter_map(|key| Some((collapse(dom.survey.meta(key)?), format!("meta {key}")))));
    let host = Host::of(&dom.url);
    seen.extend(masthead::like_host(dom, &host).map(|name| (name, "title".to_owned())));
    // Of Chinese portals; elsewhere, the name of a part of the site.
    seen.extend(dom.survey.meta("sitename").map(|name| (collapse(name), "meta sitename".to_owned())));
    for (name, _) in &mut seen {
        let trimmed = name.trim_end_matches([' ', '-', '–', '|', '%', '»']);
        name.truncate(trimmed.len());
    }
    let headline = dom.survey.meta("og:title").filter(|title| words::count(title) >= HEADLINE).map(letters);
    // A template that was not filled in, or filled in with the headline, names nothing.
    let is_said = |name: &str| {
        let name = letters(name);
        !NO_NAMES.contains(&name.as_str()) && headline.as_ref().is_none_or(|headline| *headline != name)
    };
    let is_name = |name: &str| !name.contains("://") && !name.contains(['{', '}']) && is_said(name);
    let all: Vec<String> = seen.iter().map(|(name, _)| letters(name)).collect();
    let is_long = |name: &str| shorten(name, &all, &host).chars().count() > LONGEST;
    seen.retain(|(name, _)| !name.is_empty() && is_name(name) && !is_long(name));
    // Local files and archives have hosts that name nothing.
    if dom.url.site().contains('.') && seen.is_empty() {
        seen.push((dom.url.site().to_owned(), HOST.to_owned()));
    }
    let declared = best(&seen, &host).map(|(name, _)| name.clone());
    add_masthead(dom, &host, &mut seen);
    let (name, origin) = best(&seen, &host)?;
    if let Some(candidates) = candidates {
        explain(candidates, "site", &seen, origin);
    }
    let short = shorten(name, &all, &host).to_owned();
    let headline = || dom.survey.title.as_deref()?.trim_end().strip_suffix(short.as_str());
    let ends_title = || headline().is_some_and(|headline| letters(headline).chars().count() >= SHORTEST_HEADLINE);
    let declared = declared.filter(|declared| declared == name || !ends_title()).unwrap_or_else(|| name.clone());
    Some(Site { declared, name: Found::new(short, origin.clone()) })
}

/// One in words that the host spells, else the first that is no address.
fn best<'a>(seen: &'a [(String, String)], host: &Host) -> Option<&'a (String, String)> {
    let spelled = seen.iter().find(|(name, _)| host.spells_words(name));
    spelled.or_else(|| seen.iter().find(is_in_words)).or(seen.first())
}

/// "HP" and "harbourpost.example" say less than the masthead; where nothing else is declared, anything says more.
fn add_masthead(dom: &Dom, host: &Host, seen: &mut Vec<(String, String)>) {
    let declared = seen.iter().find(is_in_words).map(|(name, _)| name.as_str());
    if declared.is_none_or(|name| !name.contains(' ') && letters(name) != host.core()) {
        let found = masthead::spelled(dom, host).map(|name| (name, "link to the front page"));
        let found = found.or_else(|| masthead::undeclared(dom, host).filter(|_| declared.is_none()));
        seen.extend(found.map(|(name, origin)| (name, origin.to_owned())));
    }
}

/// What the article is sold with, by its name (schema.org, "Subscription and paywalled content"): the newspaper.
fn sold_with(data: &JsonLd) -> Option<String> {
    let sold = |value: &Value| {
        let whole = data.resolve(value)?;
        json_ld::text(whole.get("name").filter(|_| whole.contains_key("productID"))?)
    };
    data.articles().filter_map(|node| node.get("isPartOf")).find_map(sold)
}

/// Of "Harbour Post: News of all lakes" and "Harbour Post - Quay Press Ltd" the part that the host spells, or that another place says alone.
fn shorten<'a>(name: &'a str, all: &[String], host: &Host) -> &'a str {
    let parts = SEPARATORS.iter().filter_map(|separator| name.split_once(*separator));
    let mut named = parts.filter_map(|(first, rest)| {
        let is_own = |part: &str| host.is(part) && !is_short(part);
        [first, rest].into_iter().find(|part| is_own(part)).or_else(|| Some(first).filter(|first| all.contains(&letters(first))))
    });
    named.next().map(str::trim).filter(|named| !named.is_empty()).unwrap_or(name)
}

/// Whether a name is mere initials: what stands beside them says what they mean.
fn is_short(name: &str) -> bool {
    const MOST: usize = 5;
    name.chars().count() <= MOST && !name.chars().any(char::is_lowercase)
}

fn is_in_words((name, origin): &&(String, String)) -> bool {
    origin != HOST && !is_address(name)
}

fn is_address(name: &str) -> bool {
    !name.contains(' ') && name.trim_end_matches('.').rsplit_once('.').is_some_and(|(_, end)| (2..=4).contains(&end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_name_in_words_is_better_than_an_address() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &Url::parse("https://www.harbourpost.example/a").unwrap());
            assert_eq!(find(&dom, &JsonLd::read(&dom), None).map(|site| site.name.value).as_deref(), Some(expected), "{page}");
        };
        let ld = "<script type='application/ld+json'>{\"@type\":\"Article\",\"publisher\":{\"name\":\"The Harbour Post\"}}</script>";
        check("<meta property=og:site_name content='Harbour Post'>", "Harbour Post");
        check("<meta property=og:site:name content='Harbour Post'>", "Harbour Post");
        check(&format!("<meta property=og:site_name content=HARBOUR.EXAMPLE>{ld}"), "The Harbour Post");
        check(&format!("<meta property=og:site_name content=harbourpost>{ld}"), "The Harbour Post");
        check("<meta property=og:site_name content='News of all Lakes'><title>Bridge opens | Harbour Post -</title>", "Harbour Post");
        check("<meta property=og:site_name content='Lake News'><title>Bridge opens | Harbourpost</title>", "Lake News");
        check(&format!("<meta property=og:site_name content=HARBOUR.NET>{ld}"), "The Harbour Post");
        check(&format!("<meta property=og:site_name content='Harbour Post'>{ld}"), "Harbour Post");
        check("<title>Bridge opens | Harbourpost</title>", "Harbourpost");
        check("<h1>Bridge opens</h1>", "harbourpost.example");
    }

    #[test]
    fn a_name_stands_without_slogan_and_company() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &Url::parse("https://www.harbour-post.example/a").unwrap());
            assert_eq!(find(&dom, &JsonLd::read(&dom), None).map(|site| site.name.value).as_deref(), Some(expected), "{page}");
        };
        check("<meta property=og:site_name content='Harbour Post - Quay Press and Print Ltd'>", "Harbour Post");
        check("<meta property=og:site_name content='Your news: Harbour Post'>", "Harbour Post");
        let ld = "<script type='application/ld+json'>{\"@type\":\"Article\",\"publisher\":{\"name\":\"Quay.example\"}}</script>";
        check(&format!("<meta property=og:site_name content='Quay.example - all that happens'>{ld}"), "Quay.example");
        check("<meta property=og:site_name content='Harbour - News'>", "Harbour - News");
        check("<meta property=og:site_name content='All of the harbour | HARBOUR-POST.EXAMPLE'>", "HARBOUR-POST.EXAMPLE");
        check("<meta property=og:site_name content='{$site.name}'><title>Bridge opens | The Post</title>", "harbour-post.example");
        check(
            "<meta property=og:title content='The bridge opens again'><meta property=og:site_name content='The bridge opens again'>",
            "harbour-post.example",
        );
        check("<meta property=og:site_name content='My WordPress Site'><a href=/>Harbour Post</a>", "Harbour Post");
        check("<meta property=og:site_name content=Home><meta name=SiteName content='港口报'>", "港口报");
        check(
            "<meta property=og:title content='桥梁将于明年开放'><meta property=og:site_name content='桥梁将于明年开放'>",
            "harbour-post.example",
        );
        check("<meta property=og:site_name content='Post of the Harbour'><a href=/>Harbour Post</a>", "Post of the Harbour");
    }

    #[test]
    fn a_blog_may_be_the_first_part_of_its_host() {
        let check = |host: &str, name: &str, expected: &str| {
            let page = format!("<meta property=og:site_name content='{name}'>");
            let dom = crate::html::parse(&page, &Url::parse(&format!("https://{host}/a")).unwrap());
            assert_eq!(find(&dom, &JsonLd::read(&dom), None).map(|site| site.name.value).as_deref(), Some(expected), "{page}");
        };
        check("quayside.blogs.example", "Quayside | Boats | Tea", "Quayside");
        check("blog.quay.example", "Blog | Boats", "Blog | Boats");
    }

    #[test]
    fn the_masthead_and_what_an_article_is_sold_with_name_the_site() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &Url::parse("https://www.harbour-post.example/a").unwrap());
            assert_eq!(find(&dom, &JsonLd::read(&dom), None).map(|site| site.name.value).as_deref(), Some(expected), "{page}");
        };
        check("<meta property=og:site_name content=HP><a href=/ aria-label='Harbour Post front page'></a>", "Harbour Post");
        check("<meta property=og:site_name content=HP><a href=/><img alt='Logo: Harbour Post'></a>", "Harbour Post");
        check("<meta property=og:site_name content=HP><a href=/>Front page</a>", "HP");
        check("<meta property=og:site_name content=HP><a href=https://other.example/>Harbour Post</a>", "HP");
        let part = "\"isPartOf\":{\"@type\":[\"CreativeWork\",\"Product\"],\"name\":\"The Quay\",\"productID\":\"quay:all\"}";
        check(&format!("<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",{part}}}</script>"), "The Quay");
    }
}

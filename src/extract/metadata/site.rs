//! The name of the site.

use serde_json::Value;

use super::explain;
use crate::extract::home;
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
/// Small words that a host leaves out.
pub(super) const ARTICLES: [&str; 13] = ["die", "der", "das", "the", "le", "la", "les", "el", "los", "il", "lo", "de", "het"];
/// A longer text is a slogan.
const LONGEST: usize = 60;

/// A headline has so many words at least; few names have.
const HEADLINE: usize = 4;
/// Hosts of a site's parts: "Blog" names none.
const PARTS: [&str; 14] =
    ["blog", "blogs", "news", "forum", "forums", "docs", "help", "shop", "store", "community", "support", "wiki", "press", "media"];
/// What stands between a name and a slogan, a section or the company behind it.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " • ", " · ", ": "];

/// The site's name.
pub(super) struct Site {
    /// As the page declares it, and puts it behind its titles: with a slogan, often.
    pub(super) declared: String,
    /// Without.
    pub(super) name: Found<String>,
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
    seen.extend(from_title(dom).map(|name| (name, "title".to_owned())));
    for (name, _) in &mut seen {
        let trimmed = name.trim_end_matches([' ', '-', '–', '|', '%', '»']);
        name.truncate(trimmed.len());
    }
    let host = dom.url.site();
    let core = letters(host.split('.').next().unwrap_or(""));
    let spellings = spellings(dom);
    let headline = dom.survey.meta("og:title").filter(|title| title.split_whitespace().count() >= HEADLINE);
    // A template that was not filled in, or filled in with the headline, names nothing.
    let is_name = |name: &str| !name.contains("://") && !name.contains(['{', '}']) && headline.is_none_or(|headline| headline != name);
    let all: Vec<String> = seen.iter().map(|(name, _)| letters(name)).collect();
    let is_long = |name: &str| shorten(name, &all, &spellings).chars().count() > LONGEST;
    seen.retain(|(name, _)| !name.is_empty() && is_name(name) && !is_long(name));
    // Local files and archives have hosts that name nothing.
    if host.contains('.') && seen.is_empty() {
        seen.push((host.to_owned(), "host".to_owned()));
    }
    // "HP" and "harbourpost.example" say less than the masthead.
    if seen.iter().find(|(name, _)| !is_address(name)).is_none_or(|(name, _)| !name.contains(' ') && letters(name) != core) {
        let masthead = home::names(dom).find_map(|said| spelled_in(&said, &core));
        seen.extend(masthead.map(|name| (name, "link to the front page".to_owned())));
    }
    let spelled = seen.iter().find(|(name, _)| spells(name, &core));
    let (declared, origin) = spelled.or_else(|| seen.iter().find(|(name, _)| !is_address(name))).or(seen.first())?;
    if let Some(candidates) = candidates {
        explain(candidates, "site", &seen, origin);
    }
    let name = shorten(declared, &all, &spellings).to_owned();
    Some(Site { declared: declared.clone(), name: Found::new(name, origin.clone()) })
}

/// What the article is sold with, by its name (schema.org, "Subscription and paywalled content"): the newspaper.
fn sold_with(data: &JsonLd) -> Option<String> {
    let sold = |value: &Value| {
        let whole = data.resolve(value)?;
        json_ld::text(whole.get("name").filter(|_| whole.contains_key("productID"))?)
    };
    data.articles().filter_map(|node| node.get("isPartOf")).find_map(sold)
}

/// The letters by which the host may spell the name of the site: of quay.post.example `post`, `postexample`, `quay`.
fn spellings(dom: &Dom) -> Vec<String> {
    let (site, host) = (dom.url.site(), dom.url.host());
    let label = |host: &str| letters(host.split('.').next().unwrap_or(""));
    let own = Some(label(host)).filter(|own| host != site && own.len() >= 4 && !PARTS.contains(&own.as_str()));
    [label(site), letters(site)].into_iter().chain(own).filter(|spelling| !spelling.is_empty()).collect()
}

/// Of "Harbour Post: News of all lakes" and "Harbour Post - Quay Press Ltd" the part that the host spells, or that another place says alone.
fn shorten<'a>(name: &'a str, all: &[String], spellings: &[String]) -> &'a str {
    let parts = SEPARATORS.iter().filter_map(|separator| name.split_once(*separator));
    let mut named = parts.filter_map(|(first, rest)| {
        let is_own = |part: &str| spellings.contains(&letters(part.trim_start_matches("www."))) && !is_short(part);
        [first, rest].into_iter().find(|part| is_own(part)).or_else(|| Some(first).filter(|first| all.contains(&letters(first))))
    });
    named.next().map(str::trim).filter(|named| !named.is_empty()).unwrap_or(name)
}

/// Whether a name is mere initials: what stands beside them says what they mean.
fn is_short(name: &str) -> bool {
    const MOST: usize = 5;
    name.chars().count() <= MOST && !name.chars().any(char::is_lowercase)
}

/// The words of a text that the host spells: of "HARBOUR POST front page" the first two.
fn spelled_in(said: &str, core: &str) -> Option<String> {
    const MOST_WORDS: usize = 12;
    let words: Vec<&str> = said.split_whitespace().take(MOST_WORDS).collect();
    let ends = |start: usize| (start + 2..=words.len()).map(move |end| start..end);
    let runs = (0..words.len()).flat_map(ends).filter_map(|run| words.get(run));
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    runs.filter(|run| run.iter().all(is_word)).map(|run| run.join(" ")).find(|name| letters(name) == core)
}

/// Whether a name of several words is the host's, but for an article before it.
fn spells(name: &str, core: &str) -> bool {
    let Some((first, rest)) = name.split_once(' ') else { return false };
    letters(name) == core || ARTICLES.contains(&first.to_lowercase().as_str()) && letters(rest) == core
}

fn is_address(name: &str) -> bool {
    !name.contains(' ') && name.trim_end_matches('.').rsplit_once('.').is_some_and(|(_, end)| (2..=4).contains(&end.len()))
}

fn from_title(dom: &Dom) -> Option<String> {
    let title = dom.survey.title.as_deref()?;
    let core = letters(dom.url.site().split('.').next()?);
    let tail = [" | ", " - ", " – ", " — ", " • ", " · ", " » "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(_, tail)| tail.len())?
        .1;
    let tail_letters = letters(tail);
    let alike = !core.is_empty() && (tail_letters.contains(&core) || core.contains(&tail_letters) && tail_letters.len() >= 4);
    (alike && tail.chars().count() <= 40).then(|| tail.trim().to_owned())
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

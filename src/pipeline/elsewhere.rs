//! Where more of an article is: its next page, or another edition of the same page. Pure: a tree and headers in, addresses out.
//!
//! A declared "next" is believed only where its address says that it is the same article's next page, because many sites mean the next
//! article by it. `Link` headers (RFC 8288) count like the links of the page's head, after those.

use crate::html::Dom;
use crate::model::{FeedLink, Page};
use crate::url::Url;

/// What a page says of the rest of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// The next page of the article.
    pub(super) next: Option<Url>,
    /// Another edition of this page: the canonical one, the one to print, the light one.
    pub(super) edition: Option<Url>,
    /// The page's own permanent address, as its header says.
    pub(super) canonical: Option<Url>,
}

/// Words for a page in an address, beside a number.
const PAGE_WORDS: [&str; 12] = ["page", "pg", "p", "part", "seite", "pagina", "pag", "pagine", "sida", "side", "strona", "sayfa"];
/// Reads what a page says. `first` is the address of the article's first page, `number` that of this one.
pub(super) fn look(dom: &Dom, page: &Page, first: &Url, number: usize) -> Elsewhere {
    let headers = headers(page);
    let in_head = |name: &str| {
        let told = dom.survey.links.iter().filter(|link| has(&link.rel, name) && link.hreflang.is_none());
        told.filter_map(|link| dom.base.join(&link.href)).next()
    };
    let in_header = |name: &str| headers.iter().find(|link| has(&link.rel, name)).and_then(|link| page.url.join(&link.target));
    let is_next = |url: &Url| is_page(first, url, number + 1);
    let next = in_head("next").filter(is_next).or_else(|| in_header("next").filter(is_next)).or_else(|| numbered(dom, first, number + 1));
    let own = page.url.canonical_key();
    let differs =
        |url: &Url| url.is_web() && url.same_site(&page.url) && url.canonical_key() != own && !url.path().trim_matches('/').is_empty();
    let is_article = |url: &Url| !url.path().trim_matches('/').is_empty();
    let canonical = in_header("canonical").filter(|url| url.is_web() && url.same_site(&page.url) && is_article(url));
    let edition = in_head("canonical").or_else(|| canonical.clone()).filter(differs);
    let edition = edition.or_else(|| for_print(dom).filter(differs)).or_else(|| in_head("amphtml").filter(differs));
    // What is for those who pay is not looked for elsewhere.
    Elsewhere { next, edition: edition.filter(|_| !is_for_payment(dom)), canonical }
}

/// Whether the page says that its text is not free: schema.org's word for it, or Open Graph's.
fn is_for_payment(dom: &Dom) -> bool {
    let says_so = |data: &String| {
        let data: String = data.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        ["false", "\"false\"", "\"http://schema.org/false\"", "\"https://schema.org/false\""]
            .iter()
            .any(|no| data.contains(&format!("\"isaccessibleforfree\":{no}")))
    };
    dom.survey.meta("article:content_tier").is_some_and(|tier| tier != "free") || dom.survey.json_ld.iter().any(says_so)
}

/// The feeds that the header of a page announces.
pub(super) fn feeds(page: &Page) -> Vec<FeedLink> {
    let is_feed = |link: &&Header| {
        let kind = link.media_type.as_str();
        has(&link.rel, "alternate") && (kind.ends_with("rss+xml") || kind.ends_with("atom+xml") || kind == "application/feed+json")
    };
    let found = headers(page);
    let feed = |link: &Header| Some(FeedLink { url: page.url.join(&link.target)?, title: None, media_type: link.media_type.clone() });
    found.iter().filter(is_feed).filter_map(feed).collect()
}

/// The next page of a listing, as its header says.
pub(super) fn next_by_header(page: &Page) -> Option<Url> {
    let next = headers(page).into_iter().find(|link| has(&link.rel, "next"))?;
    page.url.join(&next.target).filter(|url| url.is_web() && url.same_site(&page.url) && url.canonical_key() != page.url.canonical_key())
}

fn has(rel: &str, name: &str) -> bool {
    rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case(name))
}

/// A pager's link: its text is the number, and its address says the same.
fn numbered(dom: &Dom, first: &Url, number: usize) -> Option<Url> {
    let wanted = number.to_string();
    for node in dom.html.tree.nodes() {
        let Some(element) = node.value().as_element().filter(|element| element.name() == "a") else { continue };
        let is_next = element.attr("rel").is_some_and(|rel| has(rel, "next"));
        let says_so = || {
            let mut texts = node.descendants().filter_map(|node| node.value().as_text().map(|text| text.trim().to_owned()));
            texts.find(|text| !text.is_empty()).is_some_and(|text| text == wanted)
        };
        let Some(href) = element.attr("href").filter(|_| is_next || says_so()) else { continue };
        if let Some(url) = dom.base.join(href).filter(|url| is_page(first, url, number)) {
            return Some(url);
        }
    }
    None
}

/// The edition for printing.
fn for_print(dom: &Dom) -> Option<Url> {
    dom.html.tree.nodes().find_map(|node| {
        let element = node.value().as_element().filter(|element| element.name() == "link")?;
        let is_print = element.attr("media").is_some_and(|media| media.eq_ignore_ascii_case("print"));
        let is_page = element.attr("rel").is_some_and(|rel| has(rel, "alternate"));
        dom.base.join(element.attr("href").filter(|_| is_print && is_page)?)
    })
}

/// Whether an address is page `number` of the article at `first`: the same address, and that number where pages are counted.
fn is_page(first: &Url, candidate: &Url, number: usize) -> bool {
    if candidate.host() != first.host() || candidate.canonical_key() == first.canonical_key() {
        return false;
    }
    let (base, page) = (bare(first, 1), bare(candidate, number));
    page.1 && base.0 == page.0
}

/// An address without the number of its page, and whether there was one.
fn bare(url: &Url, number: usize) -> (String, bool) {
    let mut counted = false;
    let mut query: Vec<String> = Vec::new();
    let without = url.without_tracking();
    for (key, value) in without.parts().query_pairs() {
        if is_page_word(&key) && value == number.to_string() {
            counted = true;
        } else {
            query.push(format!("{key}={value}"));
        }
    }
    query.sort();
    let path = url.path().trim_end_matches('/');
    let (stem, ending) = path.rsplit_once('.').filter(|(_, ending)| ending.len() <= 5 && !ending.contains('/')).unwrap_or((path, ""));
    let stem = match strip_number(stem, number).filter(|_| !counted) {
        Some(stem) => {
            counted = true;
            stem
        }
        None => stem,
    };
    (format!("{stem}.{ending}?{}", query.join("&")), counted)
}

/// A path without `/2`, `/page/2`, `/page-2`, `-page-2`, `_p2`, `-2` and the like at its end. The bare number after `/`, `-`, `_` or `,` counts from 2
/// on, for a "1" there is more often part of a name.
fn strip_number(stem: &str, number: usize) -> Option<&str> {
    let rest = stem.strip_suffix(&number.to_string())?;
    let marks = ['/', '-', '_', ',', '='];
    let before = rest.trim_end_matches(marks);
    let word = before.rsplit(marks).next().unwrap_or("");
    if is_page_word(word) {
        return before.strip_suffix(word)?.strip_suffix(marks);
    }
    if number < 2 { None } else { rest.strip_suffix(marks) }
}

fn is_page_word(word: &str) -> bool {
    PAGE_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// One link of a `Link` header.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    target: String,
    rel: String,
    media_type: String,
}

fn headers(page: &Page) -> Vec<Header> {
    page.link_headers.iter().flat_map(|header| parse(header)).collect()
}

/// Reads `<address>; rel="next"; type="…", <…>`. What is odd is left out.
fn parse(header: &str) -> Vec<Header> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else { break };
        let end = end_of_parameters(after);
        let mut link = Header { target: target.trim().to_owned(), ..Header::default() };
        for parameter in after.get(..end).unwrap_or("").split(';') {
            let Some((name, value)) = parameter.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "rel" => value.clone_into(&mut link.rel),
                "type" => link.media_type = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        links.push(link);
        rest = after.get(end..).unwrap_or("");
    }
    links
}

/// The first comma outside of quotation marks.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return place,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &str, candidate: &str, number: usize, expected: bool) {
        let url = |text: &str| Url::parse(&format!("https://a.example{text}")).unwrap();
        assert_eq!(is_page(&url(first), &url(candidate), number), expected, "{first} {candidate}");
    }

    #[test]
    fn pages_of_the_same_article() {
        check("/2026/story", "/2026/story/2", 2, true);
        check("/2026/story/", "/2026/story/2/", 2, true);
        check("/2026/story/", "/2026/story/page/3/", 3, true);
        check("/story.html", "/story-2.html", 2, true);
        check("/story.html", "/story_p2.html", 2, true);
        check("/story.html", "/story-seite-2.html", 2, true);
        check("/story", "/story?page=2", 2, true);
        check("/story?id=7", "/story?id=7&p=2", 2, true);
        check("/story?page=1", "/story?page=2&utm_source=x", 2, true);
        check("/story/page/1", "/story/page/2", 2, true);
    }

    #[test]
    fn other_articles_listings_and_comments_are_none() {
        check("/2026/story", "/2026/another-story", 2, false);
        check("/story/1", "/story/2", 2, false);
        check("/news/story-41.html", "/news/story-42.html", 2, false);
        check("/story", "/page/2", 2, false);
        check("/story", "/story/comment-page-2", 2, false);
        check("/story", "/story?cpage=2", 2, false);
        check("/story", "/story?id=2", 2, false);
        check("/story", "/story/3", 2, false);
        check("/story?page=2", "/story?page=2", 2, false);
        check("/story", "/story", 2, false);
        assert!(!is_page(&Url::parse("https://a.example/x").unwrap(), &Url::parse("https://b.example/x/2").unwrap(), 2));
    }

    #[test]
    fn link_headers_are_read() {
        let links = parse(
            "<https://a.example/x?a=1,2>; rel=\"canonical\", </feed>; title=\"a, b\"; rel=alternate; type=\"application/rss+xml\", <broken",
        );
        let expected = [("https://a.example/x?a=1,2", "canonical", ""), ("/feed", "alternate", "application/rss+xml")];
        let found: Vec<_> = links.iter().map(|link| (link.target.as_str(), link.rel.as_str(), link.media_type.as_str())).collect();
        assert_eq!(found, expected);
        assert!(parse("").is_empty() && parse("<><><;;=\"").len() < 4);
    }
}

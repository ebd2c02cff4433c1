//! What a fetched text is: a page, a feed, a sitemap or an API's answer. Servers mislabel all of them, so the text itself is looked at.

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An HTML page.
    Html,
    /// An RSS, Atom or JSON feed.
    Feed,
    /// A sitemap or an index of sitemaps.
    Sitemap,
    /// Posts as WordPress' REST API gives them.
    Posts,
}

/// How far into the text its root element is looked for: comments and stylesheets come before it.
const LOOKED_AT: usize = 4_096;

/// Tells what a text is by its root element.
pub fn kind(media_type: &str, text: &str) -> Kind {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let head = text.get(..end).unwrap_or(text).to_ascii_lowercase();
    if head.starts_with('{') {
        return if media_type.contains("json") || head.contains("jsonfeed.org/version") { Kind::Feed } else { Kind::Html };
    }
    if super::posts::is_posts(text) {
        return Kind::Posts;
    }
    match root(&head) {
        "rss" | "feed" | "rdf" => Kind::Feed,
        "urlset" | "sitemapindex" => Kind::Sitemap,
        _ => Kind::Html,
    }
}

/// The local name of the first element.
fn root(head: &str) -> &str {
    let mut rest = head;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or("");
        } else if !rest.starts_with(['?', '!']) {
            let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or("");
            return name.rsplit(':').next().unwrap_or(name);
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_element_decides() {
        let check = |text: &str, expected: Kind| assert_eq!(kind("text/html", text), expected, "{text}");
        check("<!doctype html><html>", Kind::Html);
        check("\u{feff}<?xml version='1.0'?>\n<!-- <rss> --><rss version='2.0'>", Kind::Feed);
        check("<rdf:RDF xmlns:rdf='x'>", Kind::Feed);
        check("<feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed);
        check("<urlset>", Kind::Sitemap);
        check("{\"version\": \"https://jsonfeed.org/version/1.1\"}", Kind::Feed);
        check("[{\"link\": \"https://a.example/x\", \"title\": {\"rendered\": \"x\"}}]", Kind::Posts);
        check("", Kind::Html);
    }
}

//! What one walk over the tree gathers, so that no field has to search the page again.

use ego_tree::NodeId;
use scraper::{Html, Node};

use super::Attribute as _;
use super::data;
use super::text::{collapse, is_time};

/// One `<meta>`: `name`, `property`, `itemprop` or `http-equiv` (lower case) and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The key, lower case.
    pub key: String,
    /// The content, white space collapsed.
    pub content: String,
    /// Whether the key is an `itemprop`, which is of the thing around it and not always of the page.
    pub is_property: bool,
}

/// One `<link rel>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelLink {
    /// The relations, lower case, separated by spaces.
    pub rel: String,
    /// The address as written.
    pub href: String,
    /// The media type, lower case.
    pub media_type: String,
    /// The title.
    pub title: Option<String>,
    /// The language of the target.
    pub hreflang: Option<String>,
}

/// What the head and the marked-up parts of a page say.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The `lang` of `<html>`.
    pub lang: Option<String>,
    /// `<base href>` as written.
    pub base_href: Option<String>,
    /// The text of the first `<title>`.
    pub title: Option<String>,
    /// All `<meta>` with a key and a content, in order.
    pub metas: Vec<Meta>,
    /// All `<link rel href>`, in order.
    pub links: Vec<RelLink>,
    /// The text of each `<script type="application/ld+json">`, in order.
    pub json_ld: Vec<String>,
    /// Other scripts that hold data (`application/json`, `__NEXT_DATA__`, `window.__STATE__ = {…}`).
    pub data_scripts: Vec<NodeId>,
    /// All `<h1>`.
    pub headings: Vec<NodeId>,
    /// All `<h2>` and `<h3>`.
    pub subheadings: Vec<NodeId>,
    /// All `<time>`, and what stands for it.
    pub times: Vec<NodeId>,
    /// All elements with `itemprop`.
    pub itemprops: Vec<NodeId>,
    /// The links to the front page of a host, this or another.
    pub front_links: Vec<NodeId>,
    /// The links with `rel="tag"`.
    pub tag_links: Vec<NodeId>,
    /// The texts with a copyright sign.
    pub rights: Vec<NodeId>,
    /// All elements with `property` (RDFa, and most `<meta>`).
    pub properties: Vec<NodeId>,
}

/// What Remix and React Router call JSON-LD among the metas of a page (React Router, "Meta Tags and SEO"); some pages pass it on as a `<meta>`.
const JSON_LD_IN_META: &str = "script:ld+json";

impl Survey {
    /// Walks the tree once.
    pub fn walk(html: &Html) -> Self {
        let mut survey = Self::default();
        for node in html.tree.nodes() {
            let element = match node.value() {
                Node::Element(element) => element,
                // Asking for its first byte is cheaper, and most text has none.
                Node::Text(text) if text.as_bytes().contains(&0xC2) && text.contains('©') => {
                    survey.rights.push(node.id());
                    continue;
                }
                _ => continue,
            };
            // One look at the attributes is cheaper than a search for each name.
            for (name, value) in element.attrs() {
                match name {
                    "itemprop" => survey.itemprops.push(node.id()),
                    "property" => survey.properties.push(node.id()),
                    "rel" if value.contains("tag") && value.split_whitespace().any(|rel| rel == "tag") => survey.tag_links.push(node.id()),
                    _ => {}
                }
            }
            match element.name() {
                "html" => survey.lang = survey.lang.take().or_else(|| element.attribute("lang").map(|lang| lang.trim().to_owned())),
                "base" => survey.base_href = survey.base_href.take().or_else(|| element.attribute("href").map(str::to_owned)),
                "title" if survey.title.is_none() => survey.title = Some(own_text(node)),
                "meta" => survey.meta_element(element),
                "link" => survey.links.extend(rel_link(element)),
                "script" => survey.script(node, element),
                "h1" => survey.headings.push(node.id()),
                "h2" | "h3" => survey.subheadings.push(node.id()),
                "a" if element.attribute("href").is_some_and(leads_to_front) => survey.front_links.push(node.id()),
                name if is_time(name) => survey.times.push(node.id()),
                _ => {}
            }
        }
        survey
    }

    /// The content of the first `<meta>` with this key (lower case).
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.metas.iter().find(|meta| meta.key == key && !meta.content.is_empty()).map(|meta| meta.content.as_str())
    }

    fn meta_element(&mut self, element: &scraper::node::Element) {
        let Some(meta) = meta(element) else { return };
        if meta.key == JSON_LD_IN_META {
            self.json_ld.push(meta.content);
        } else {
            self.metas.push(meta);
        }
    }

    fn script(&mut self, node: ego_tree::NodeRef<'_, Node>, element: &scraper::node::Element) {
        let media_type = element.attribute("type").unwrap_or("").to_ascii_lowercase();
        if media_type.starts_with("application/ld+json") {
            self.json_ld.push(node.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect());
            return;
        }
        let first = || node.first_child().and_then(|child| child.value().as_text().map(|text| &**text));
        let is_state = || media_type.is_empty() && first().is_some_and(data::is_state);
        if media_type.starts_with("application/json") || element.attribute("id") == Some("__NEXT_DATA__") || is_state() {
            self.data_scripts.push(node.id());
        }
    }
}

/// `/`, `//a.example` or `https://a.example/`, and the front page of a forum or a book: `./`, `index.php`.
fn leads_to_front(href: &str) -> bool {
    const INDEX: [&str; 4] = ["./", "index.php", "index.html", "index.htm"];
    let path = href.split(['?', '#']).next().unwrap_or("");
    if INDEX.contains(&path) || INDEX.contains(&path.trim_start_matches("./").trim_start_matches('/')) {
        return true;
    }
    let rest = href.strip_prefix("https:").or_else(|| href.strip_prefix("http:")).unwrap_or(href);
    let after_host = rest.strip_prefix("//").map_or(rest, |rest| rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/"));
    after_host == "/"
}

fn own_text(node: ego_tree::NodeRef<'_, Node>) -> String {
    collapse(&node.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect::<String>())
}

fn meta(element: &scraper::node::Element) -> Option<Meta> {
    let (name, key) = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| Some((*name, element.attribute(name)?)))?;
    // Some page builders, and tools that save pages, write `value` for `content`.
    let content = element.attribute("content").or_else(|| element.attribute("value"))?;
    Some(Meta { key: key.trim().to_ascii_lowercase(), content: collapse(content), is_property: name == "itemprop" })
}

fn rel_link(element: &scraper::node::Element) -> Option<RelLink> {
    Some(RelLink {
        rel: element.attribute("rel")?.to_ascii_lowercase(),
        href: element.attribute("href")?.to_owned(),
        media_type: element.attribute("type").unwrap_or("").to_ascii_lowercase(),
        title: element.attribute("title").map(collapse),
        hreflang: element.attribute("hreflang").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meta_may_write_value_for_content() {
        let html =
            Html::parse_document("<meta property='og:title' content='A  tale'><meta name='Author' value='Ana Solano'><meta name='x'>");
        let survey = Survey::walk(&html);
        assert_eq!(survey.meta("og:title"), Some("A tale"));
        assert_eq!(survey.meta("author"), Some("Ana Solano"));
        assert_eq!(survey.metas.len(), 2);
    }

    #[test]
    fn json_ld_may_stand_in_a_meta() {
        let survey =
            Survey::walk(&Html::parse_document("<meta name='script:ld+json' content='{&quot;headline&quot;:&quot;A tale&quot;}'>"));
        assert_eq!(survey.json_ld, ["{\"headline\":\"A tale\"}"]);
    }
}
